"""One thing, one node across articles: joins actors, places and reports of events, and says why.

All articles of a project are linked together, from their own findings and in an order that depends
on nothing but them, so that adding them one by one or all at once gives the same. What was found in
an article stays as it was; the links are a layer over it and can be taken away one by one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from kg.errors import ConfigError
from kg.link.clusters import Clusters, Link
from kg.link.decisions import Decisions
from kg.link.identity import (
    Profile,
    combine,
    differ,
    home_country,
    is_telling,
    name_keys,
    profile_of,
)
from kg.link.joined import Linked, Records, article_order, assemble, read_records
from kg.link.news import News, iter_companions
from kg.link.retelling import iter_retellings
from kg.link.sameness import Report, Verdict, by_family, compare, conflicts, read_reports
from kg.link.stories import read_stories, related, shared_names
from kg.placenames import acronym_key, normalise
from kg.records import (
    ArticleResult,
    Entity,
    EntityKind,
    Event,
    RecordKey,
)

_Told: TypeAlias = tuple[Report, ...]
_Pair: TypeAlias = tuple[RecordKey, RecordKey]
BY_USER = "decided_by_user"
BY_USERS_NAMES = "names_decided_by_user"


def link_articles(results: Iterable[ArticleResult], decisions: Decisions | None = None) -> Linked:
    """The articles joined up: one id for one thing.

    Args:
        results: as each article was read; their order does not matter.
        decisions: what a user forces and forbids.

    Raises:
        ConfigError: a decision is about records that cannot be one thing, such as an actor and an
            event.
    """
    ordered = sorted(results, key=article_order)
    decided = decisions or Decisions()
    records = read_records(ordered)
    _check_decisions(decided, records)
    entities = _join_entities(ordered, records, decided)
    events = _join_events(ordered, records, entities, decided)
    return assemble(ordered, records, entities.links, events.links)


def _check_decisions(decisions: Decisions, records: Records) -> None:
    """Records that are gone are left alone: an article may come back."""
    for one, other in decisions.forced():
        if one in records and other in records:
            left, right = _sort_of(records[one].record), _sort_of(records[other].record)
            if left != right:
                raise ConfigError(
                    f"{decisions.path}: {one} is {left}, {other} {right}. Expected two of one sort "
                    "under [[same]]; mend it.",
                    path=decisions.path,
                )


def _sort_of(record: Entity | Event) -> str:
    if isinstance(record, Entity):
        return "an actor or place"
    return "an event that happened" if record.is_realised else "an event that did not happen"


# Actors and places


def _join_entities(
    results: Sequence[ArticleResult], records: Records, decisions: Decisions
) -> Clusters[Profile]:
    profiles = {
        key: profile_of(source.record, source.result)
        for key, source in records.items()
        if isinstance(source.record, Entity)
    }
    clusters = Clusters(profiles, conflict=differ, combine=combine, apart=decisions.apart())
    _force(clusters, decisions)
    _join_by_names(results, clusters, decisions)
    _join_acronyms(results, clusters, decisions)
    _join_other_kinds(results, clusters, decisions)
    return clusters


def _force(clusters: Clusters[Profile] | Clusters[_Told], decisions: Decisions) -> None:
    for one, other in decisions.forced():
        if one in clusters and other in clusters:
            link = Link(kept=one, joined=other, rule=BY_USER, score=1.0, reason="a user says so")
            clusters.join(link, forced=True)


def _join_by_names(
    results: Sequence[ArticleResult], clusters: Clusters[Profile], decisions: Decisions
) -> None:
    blocks: dict[tuple[int, str, str], list[tuple[RecordKey, float, str]]] = defaultdict(list)
    same, parted = decisions.same_names(), decisions.parted_names()
    for result in results:
        home = home_country(result)
        for entity in result.entities:
            key = RecordKey(article_id=result.article.id, record_id=entity.id)
            names = {normalise(name) for name in (entity.label, *entity.aliases) if entity.named}
            if decided := sorted(same[name] for name in names if name in same):
                reason = f"a user says that {entity.label} is one with the other"
                blocks[-1, BY_USERS_NAMES, decided[0]].append((key, 1.0, reason))
            if parted and names & parted:
                continue
            for rank, rule, value, score, reason in name_keys(entity, home=home):
                blocks[rank, rule, value].append((key, score, reason))
    for (rank, rule, _), members in sorted(blocks.items()):
        _join_block(clusters, rule, members, forced=rank < 0)


def _join_block(
    clusters: Clusters[Profile],
    rule: str,
    members: Sequence[tuple[RecordKey, float, str]],
    *,
    forced: bool = False,
) -> None:
    """Join each record to the first of those before it that it does not differ from."""
    heads: list[RecordKey] = []
    scores = {key: score for key, score, _ in members}
    for key, score, reason in members:
        for head in heads:
            shown = min(score, scores[head])
            link = Link(kept=head, joined=key, rule=rule, score=shown, reason=reason)
            if clusters.join(link, forced=forced):
                break
        else:
            heads.append(key)


def _join_acronyms(
    results: Sequence[ArticleResult], clusters: Clusters[Profile], decisions: Decisions
) -> None:
    """An article that only has the acronym means what all other articles have it stand for."""
    bare: dict[str, list[RecordKey]] = defaultdict(list)
    written: dict[str, list[RecordKey]] = defaultdict(list)
    parted = decisions.parted_names()
    for result in results:
        for entity in result.entities:
            if entity.kind is not EntityKind.ORGANIZATION or not entity.named:
                continue
            key = RecordKey(article_id=result.article.id, record_id=entity.id)
            if acronym := acronym_key(entity.label):
                bare[acronym].append(key)
            for acronym in {a for alias in entity.aliases if (a := acronym_key(alias))}:
                written[acronym].append(key)
    for acronym, keys in sorted(bare.items()):
        roots = {clusters.root(key) for key in written.get(acronym, ())}
        if len(roots) == 1 and normalise(acronym) not in parted:
            first = written[acronym][0]
            reason = f"{acronym} stands for one name only in all the articles"
            for key in keys:
                rule = "acronym_of_one_name"
                clusters.join(Link(kept=first, joined=key, rule=rule, score=0.8, reason=reason))


def _join_other_kinds(
    results: Sequence[ArticleResult], clusters: Clusters[Profile], decisions: Decisions
) -> None:
    """A name of several words that articles of one story give to different kinds of thing.

    So is a place that the gazetteer knew in one of the articles only.
    """
    blocks: dict[str, list[tuple[RecordKey, bool]]] = defaultdict(list)
    parted = decisions.parted_names()
    for result in results:
        for entity in result.entities:
            name = normalise(entity.label)
            is_place = entity.kind is EntityKind.PLACE
            is_name = is_place or (entity.location is None and is_telling(name))
            if entity.named and is_name and name not in parted:
                key = RecordKey(article_id=result.article.id, record_id=entity.id)
                blocks[name].append((key, is_place))
    mixed = {
        name: keys
        for name, keys in blocks.items()
        if len({clusters.root(key) for key, _ in keys}) > 1
    }
    if not mixed:
        return
    stories = read_stories(results, clusters.root)
    for name, keys in sorted(mixed.items()):
        firsts: list[tuple[RecordKey, bool]] = []
        for key, is_place in keys:
            for first, was_place in firsts:
                if is_place != was_place and not is_telling(name):
                    continue
                one, other = stories[first.article_id], stories[key.article_id]
                if one.days.isdisjoint(other.days) or not shared_names(one, other):
                    continue
                reason = "both articles tell of one story"
                rule = "same_name_same_story"
                if clusters.join(Link(kept=first, joined=key, rule=rule, score=0.7, reason=reason)):
                    break
            else:
                firsts.append((key, is_place))


# Events


def _join_events(
    results: Sequence[ArticleResult],
    records: Records,
    entities: Clusters[Profile],
    decisions: Decisions,
) -> Clusters[_Told]:
    stories = read_stories(results, entities.root)
    reports = {
        result.article.id: read_reports(result, stories[result.article.id], entities.root)
        for result in results
    }
    profiles: dict[RecordKey, _Told] = {
        key: () for key, source in records.items() if isinstance(source.record, Event)
    }
    profiles |= {report.key: (report,) for found in reports.values() for report in found}
    clusters = Clusters(profiles, conflict=_any_conflict, combine=_both, apart=decisions.apart())
    _force(clusters, decisions)
    for result in results:
        for link in iter_retellings(result, reports[result.article.id]):
            clusters.join(link)
    families = {article_id: by_family(found) for article_id, found in reports.items()}
    pairs = list(related(stories))
    links = [
        (points, link)
        for one, other in pairs
        for points, link in _best_pairs(
            families[one.article_id], families[other.article_id], records
        )
    ]
    _join_surest_first(clusters, links, records)
    news = {
        article_id: News([(clusters.root(report.key), report) for report in found])
        for article_id, found in reports.items()
    }
    links = [
        (verdict.points, _event_link((one.key, other.key), verdict, records))
        for left, right in pairs
        for one, other, verdict in iter_companions(news[left.article_id], news[right.article_id])
    ]
    _join_surest_first(clusters, links, records)
    return clusters


def _join_surest_first(
    clusters: Clusters[_Told], links: Iterable[tuple[float, Link]], records: Records
) -> None:
    for _, link in sorted(
        links,
        key=lambda pair: (-pair[0], records[pair[1].kept].order, records[pair[1].joined].order),
    ):
        clusters.join(link)


def _event_link(pair: _Pair, verdict: Verdict, records: Records) -> Link:
    kept, joined = sorted(pair, key=lambda key: records[key].order)
    return Link(
        kept=kept,
        joined=joined,
        rule=verdict.rule,
        score=verdict.score,
        reason=verdict.reason,
    )


def _any_conflict(left: _Told, right: _Told) -> bool:
    return any(conflicts(one, other) for one, other in product(left, right))


def _both(left: _Told, right: _Told) -> _Told:
    return left + right


def _best_pairs(
    left: Mapping[str, list[Report]], right: Mapping[str, list[Report]], records: Records
) -> Iterator[tuple[float, Link]]:
    """The pairs of reports of two articles that are one event.

    The surest first; where two are as sure and share a report, neither is taken, for it is not
    clear which event is meant. Of reports that use the same word only those are compared: "met" is
    no rival of "received".
    """
    for family in sorted(left.keys() & right.keys()):
        verdicts = {
            (one.key, other.key): verdict
            for one, other in product(left[family], right[family])
            if (verdict := compare(one, other))
        }
        for pair in choose_pairs(verdicts):
            yield verdicts[pair].points, _event_link(pair, verdicts[pair], records)


def choose_pairs(verdicts: Mapping[_Pair, Verdict]) -> list[_Pair]:
    """The pairs that no other pair that is as sure speaks against, the surest first."""
    chosen: list[_Pair] = []
    for pair in sorted(verdicts, key=lambda pair: (-verdicts[pair].points, pair)):
        own = verdicts[pair]
        rivals = (
            other
            for other, found in verdicts.items()
            if (other[0] == pair[0]) != (other[1] == pair[1])
            and found.points >= own.points
            and (found.same_word or not own.same_word)
        )
        if not any(other in chosen or _is_open(other, pair, chosen) for other in rivals):
            chosen.append(pair)
    return chosen


def _is_open(rival: _Pair, pair: _Pair, chosen: Iterable[_Pair]) -> bool:
    """Whether nothing surer was found for the report that only the rival has."""
    side = 1 if rival[0] == pair[0] else 0
    return all(other[side] != rival[side] for other in chosen)
