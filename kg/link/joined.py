"""Articles written anew with one id for one thing, from the links between their records.

The records of an article stay as they were read; this is the layer over them that the graph, the
network and the page are made of.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.link.actors import aliases_of
from kg.link.clusters import Groups, Link
from kg.records import (
    ArticleResult,
    Entity,
    EntityKind,
    Event,
    Membership,
    MentionKind,
    Merge,
    RecordKey,
    Role,
    Span,
    content_id,
)

# What a node is whose records were taken for different kinds: the surer kind of as many records.
_KIND_ORDER = (
    EntityKind.ORGANIZATION,
    EntityKind.PERSON,
    EntityKind.GROUP,
    EntityKind.FACILITY,
    EntityKind.PLACE,
    EntityKind.COUNTRY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Articles whose records have the ids of their nodes, and the merges that gave them those.

    ``results`` are sorted by the articles' ids, ``nodes`` are the nodes' ids by the records that
    the articles were read with.
    """

    results: tuple[ArticleResult, ...]
    merges: tuple[Merge, ...]
    nodes: Mapping[RecordKey, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A record with the article it is from; ``order`` sorts the earlier report first."""

    result: ArticleResult
    record: Entity | Event
    order: tuple[date, str, int, str]


Records = Mapping[RecordKey, Source]


def article_order(result: ArticleResult) -> tuple[date, str]:
    """What sorts the articles: the day of publication, those without one last, then the id."""
    return result.article.published or date.max, result.article.id


def _iter_records(result: ArticleResult) -> Iterator[tuple[RecordKey, Source]]:
    published, article_id = article_order(result)
    starts = {mention.id: mention.span.start for mention in result.mentions}
    for entity in result.entities:
        start = min((starts.get(i, 0) for i in entity.mention_ids), default=0)
        key = RecordKey(article_id=article_id, record_id=entity.id)
        yield key, Source(result, entity, (published, article_id, start, entity.id))
    for event in result.events:
        key = RecordKey(article_id=article_id, record_id=event.id)
        order = (published, article_id, event.trigger.start, event.id)
        yield key, Source(result, event, order)


def apply_merges(results: Iterable[ArticleResult], merges: Iterable[Merge]) -> Linked:
    """The articles joined up by merges that were found before, and by no others."""
    ordered = sorted(results, key=article_order)
    records = read_records(ordered)
    links: tuple[list[Link], list[Link]] = ([], [])
    for merge in merges:
        if merge.kept in records and merge.joined in records:
            links[merge.is_event].append(
                Link(
                    kept=merge.kept,
                    joined=merge.joined,
                    rule=merge.rule,
                    score=merge.score,
                    reason=merge.reason,
                )
            )
    return assemble(ordered, records, *links)


def assemble(
    results: Sequence[ArticleResult],
    records: Records,
    entity_links: Sequence[Link],
    event_links: Sequence[Link],
) -> Linked:
    """The articles with the ids of the nodes that the links make of their records."""
    groups = Groups()
    for link in (*entity_links, *event_links):
        groups.unite(link.kept, link.joined)
    ids = _node_ids(records, groups)
    nodes = _Nodes(records, groups, ids)
    merges = [_merge(link, records, ids) for link in (*entity_links, *event_links)]
    return Linked(
        results=tuple(sorted(map(nodes.relabel, results), key=lambda r: r.article.id)),
        merges=tuple(sorted(merges, key=lambda m: (not m.is_event, m.node, m.joined, m.kept))),
        nodes=ids,
    )


def read_records(results: Iterable[ArticleResult]) -> Records:
    """The actors, places and events of the articles by their keys."""
    return {key: source for result in results for key, source in _iter_records(result)}


def _node_ids(records: Records, groups: Groups) -> dict[RecordKey, str]:
    """The id of the node of each record: that of its group's earliest record.

    Where groups that are kept apart have the same, as namesakes do, the earliest keeps it.
    """
    ids: dict[RecordKey, str] = {}
    taken: set[str] = set()
    for key in sorted(records, key=lambda key: records[key].order):
        if key in ids:
            continue
        own = key.record_id
        node = own if own not in taken else content_id("apart", own, key.article_id)
        taken.add(node)
        ids |= dict.fromkeys(groups.members(key), node)
    return ids


class _Nodes:
    """The nodes of the records, with which articles are written anew."""

    def __init__(self, records: Records, groups: Groups, ids: Mapping[RecordKey, str]) -> None:
        self._ids = ids
        self._faces: dict[str, Entity] = {}
        for members in groups.groups():
            sources = [records[key] for key in sorted(members, key=lambda k: records[k].order)]
            entities = [s.record for s in sources if isinstance(s.record, Entity)]
            if entities:
                self._faces[ids[members[0]]] = face_of(entities)

    def relabel(self, result: ArticleResult) -> ArticleResult:
        """The article with the ids of its nodes in place of its own."""
        article_id = result.article.id
        records: tuple[Entity | Event, ...] = (*result.entities, *result.events)
        ids = {
            record.id: self._ids[RecordKey(article_id=article_id, record_id=record.id)]
            for record in records
        }
        order = {mention.id: number for number, mention in enumerate(result.mentions)}
        found: dict[str, Entity] = {}
        for entity in result.entities:
            node = ids[entity.id]
            face = replace(self._faces.get(node, entity), id=node)
            known = found[node].mention_ids if node in found else ()
            mentions = sorted({*known, *entity.mention_ids}, key=lambda i: order.get(i, 0))
            found[node] = replace(face, mention_ids=tuple(mentions))
        return replace(
            result,
            entities=tuple(found.values()),
            events=tuple(_with_nodes(event, ids) for event in result.events),
            memberships=tuple(_memberships_with_nodes(result.memberships, ids)),
        )


def face_of(group: Sequence[Entity]) -> Entity:
    """What a node of several records shows: the commonest kind, the fullest name, all others.

    Sector, identifier and country are those of any record that has one, whatever their order.
    """
    counts = Counter(entity.kind for entity in group)
    kind = max(counts, key=lambda kind: (counts[kind], -_KIND_ORDER.index(kind)))
    alike = [entity for entity in group if entity.kind is kind]
    best = min(alike, key=lambda entity: (not entity.named, -len(entity.label), entity.label))
    names = [name for entity in group for name in (entity.label, *entity.aliases) if entity.named]
    located = [entity.location for entity in alike if entity.location]
    return replace(
        best,
        named=any(entity.named for entity in group),
        aliases=aliases_of(sorted(names), best.label),
        country=min((e.country for e in alike if e.country), default=None),
        sector=min((e.sector for e in alike if e.sector), default=None),
        wikidata=min((e.wikidata for e in alike if e.wikidata), default=None),
        location=min(located, key=lambda row: (-row.score, row.gazetteer_id)) if located else None,
    )


def _with_nodes(event: Event, ids: Mapping[str, str]) -> Event:
    roles: dict[tuple[str, str], Role] = {}
    for role in event.roles:
        moved = replace(role, entity_id=ids.get(role.entity_id, role.entity_id))
        known = roles.get((moved.name, moved.entity_id))
        if known is None or known.score < moved.score:
            roles[moved.name, moved.entity_id] = moved
    told = event.attribution
    if told is not None and told.entity_id is not None:
        told = replace(told, entity_id=ids.get(told.entity_id, told.entity_id))
    return replace(event, id=ids[event.id], roles=tuple(roles.values()), attribution=told)


def _memberships_with_nodes(
    told: Iterable[Membership], ids: Mapping[str, str]
) -> Iterator[Membership]:
    for one in told:
        moved = replace(one, member=ids[one.member], body=ids[one.body])
        if moved.member != moved.body:
            yield moved


def _merge(link: Link, records: Records, ids: Mapping[RecordKey, str]) -> Merge:
    pair = records[link.kept], records[link.joined]
    spans = _evidence(pair[0]), _evidence(pair[1])
    return Merge(
        id=content_id("merge", link.kept, link.joined),
        is_event=isinstance(pair[0].record, Event),
        node=ids[link.kept],
        kept=link.kept,
        joined=link.joined,
        rule=link.rule,
        score=link.score,
        reason=link.reason,
        names=(pair[0].record.label, pair[1].record.label),
        evidence=spans,
        quotes=(_quote(spans[0], pair[0]), _quote(spans[1], pair[1])),
    )


def _quote(span: Span, source: Source) -> str:
    return source.result.article.text[span.start : span.end]


def _evidence(source: Source) -> Span:
    """The characters that name the thing: an event's sentence, an actor's fullest name."""
    if isinstance(source.record, Event):
        return source.record.evidence.span
    wanted = frozenset(source.record.mention_ids)
    mentions = [mention for mention in source.result.mentions if mention.id in wanted]
    names = [m for m in mentions if m.kind is MentionKind.NAME] or mentions
    return max(names, key=lambda m: (m.span.end - m.span.start, -m.span.start)).span
