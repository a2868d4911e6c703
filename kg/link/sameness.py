"""Whether two reports of different articles are of one event: what speaks for it, what against.

For it speak the same kind of action, the same day, participants and places in common, and that the
two articles share names. Against it, without appeal, speak another day, other named participants in
the same role, another place, soldiers here and civilians there. Numbers may differ.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.countries import country_of_capital
from kg.link.families import family_of, is_telling
from kg.link.stories import LONGEST, NEWS_DAYS, Story, join_words, shared_names
from kg.link.wording import stem, telling_words
from kg.placenames import normalise
from kg.records import (
    ArticleResult,
    Entity,
    EntityKind,
    Event,
    Modality,
    QuantityRole,
    RecordKey,
    RoleName,
)
from kg.words import word_set

# From how many points on two reports are one event; tuned with the weights below on the articles of
# tests/merging, where 3 to 4.5 do nearly alike and 5 joins fewer right pairs.
LEAST = 4.0
# What a report of a full score has; more changes nothing.
_MOST = 12.0
_SAME_DAY, _SAME_DAYS = 3.0, 1.0
_SAME_ACTION, _SAME_FAMILY, _SAME_LEMMA = 1.0, 0.5, 1.0
_NAMED, _COUNTRY, _DESCRIBED, _VAGUE = 3.0, 1.0, 1.0, 0.5
_SAME_PLACE, _PLACE_NAMED = 2.0, 1.0
_SAME_SENTENCE_DAY = 1.5
_SHARED_WORD, _MOST_WORDS = 0.5, 2.0
# What two reports share by chance too.
_WEAK = frozenset(
    {"description", "words", "number", "day", "days", "day of the sentence", "nearby"}
)
_MOST_STORY = 3.0
# A number that is so many times another one counts something else; crowds are told apart by 4.
_OTHER_NUMBER = 5.0
_NEAR_NUMBER, _SAME_COUNT = 2.0, 0.5
_PEOPLE = word_set(
    "people person persons man men woman women victim victims police officer officers official "
    "officials member members resident residents government they them those us it"
)
# People of one of these are none of another.
_SIDES = {
    word: side
    for side, words in {
        "force": "soldier soldiers troop troops policeman policemen officer officers guard guards",
        "rebel": "rebel rebels militant militants fighter fighters insurgent insurgents gunman "
        "gunmen attacker attackers terrorist terrorists jihadist jihadists guerrilla guerrillas",
        "civilian": "civilian civilians villager villagers child children pupil pupils student "
        "students passenger passengers tourist tourists worker workers protester protesters "
        "demonstrator demonstrators fan fans supporter supporters journalist journalists",
    }.items()
    for word in words.split()
}
_COMBATANTS = frozenset(word for word, side in _SIDES.items() if side != "civilian")
_COUNTED = {
    QuantityRole.ACTOR,
    QuantityRole.TARGET,
    QuantityRole.DEAD,
    QuantityRole.INJURED,
    QuantityRole.DISPLACED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Who fills a role: the node, and what tells it apart.

    ``is_somebody`` says that the name is of one actor only: a capital stands for a government, or
    for more. ``is_site`` is so of a square, a camp, a building.
    """

    node: RecordKey
    head: str
    is_named: bool
    is_somebody: bool
    is_country: bool
    is_site: bool
    country: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One event of one article, as far as it can be compared."""

    key: RecordKey
    event: Event
    family: str
    days: tuple[date, date] | None
    is_dated: bool
    words: frozenset[str]
    actors: tuple[Filler, ...]
    targets: tuple[Filler, ...]
    places: tuple[Filler, ...]
    story: Story
    named_places: frozenset[RecordKey]

    @property
    def parties(self) -> tuple[Filler, ...]:
        """Who takes part, whichever way."""
        return self.actors + self.targets


@dataclass(frozen=True, slots=True)
class Verdict:
    """How surely two reports are of one event, from 0 to 1, by which rule, and why."""

    points: float
    rule: str
    reason: str
    same_word: bool

    @property
    def score(self) -> float:
        """The points as a share of what a full report can have."""
        return round(min(0.99, self.points / _MOST), 3)


def read_reports(
    result: ArticleResult, story: Story, node: Callable[[RecordKey], RecordKey]
) -> list[Report]:
    """The reports of what happened once, with what can be compared of them."""
    entities = {entity.id: entity for entity in result.entities}
    named_places = frozenset(
        node(RecordKey(article_id=result.article.id, record_id=entity.id))
        for entity in result.entities
        if entity.location is not None
    )

    def fillers(event: Event, name: RoleName) -> tuple[Filler, ...]:
        return tuple(
            _filler(entities[role.entity_id], result, node)
            for role in event.roles
            if role.name is name and role.entity_id in entities
        )

    return [
        Report(
            key=RecordKey(article_id=result.article.id, record_id=event.id),
            event=event,
            family=family_of(event.action),
            days=_days(event, result),
            is_dated=_is_dated(event),
            words=telling_words(event, result.article.text),
            actors=fillers(event, RoleName.ACTOR),
            targets=fillers(event, RoleName.TARGET),
            places=fillers(event, RoleName.PLACE),
            story=story,
            named_places=named_places,
        )
        for event in result.events
        if event.is_realised and event.modality is Modality.ACTUAL
    ]


def conflicts(one: Report, other: Report) -> bool:
    """Whether the two cannot be one event."""
    return (
        _is_another_day(one, other)
        or _are_others(one.actors, other.actors)
        or _are_others(one.targets, other.targets)
        or _is_elsewhere(one, other)
        or _are_other_people(one.targets, other.targets)
        or _counts_differ(one.event, other.event)
    )


def compare(one: Report, other: Report) -> Verdict | None:
    """What speaks for the two reports being of one event; None where too little does."""
    if one.family != other.family or conflicts(one, other):
        return None
    found = points_in_common(one, other)
    story = shared_names(one.story, other.story)
    story_points = min(_MOST_STORY, sum(story.values()))
    points = sum(found.values()) + story_points
    anchor = next((name for name in ("participant", "place", "description") if name in found), "")
    if points < LEAST or not (anchor or {"day", "days"} & found.keys()):
        return None
    if not _is_anchored(found, story_points, is_telling=is_telling(one.event)):
        return None
    if "day" not in found and tell_of_other_things(one, other):
        return None
    when = "day" if "day" in found else "days"
    rule = f"same_action_{anchor or 'story'}_{when}"
    labels = join_words(one.story.labels[key] for key in story)
    parts = [f"{name} {value:g}" for name, value in found.items()]
    reason = f"{one.family}: " + ", ".join(parts)
    if labels:
        reason += f"; both articles name {labels}"
    return Verdict(points, rule, reason, same_word="word" in found)


def points_in_common(one: Report, other: Report) -> dict[str, float]:
    """What two reports of one family have in common, each with its weight."""
    return dict(_iter_points(one, other))


def tell_of_other_things(one: Report, other: Report) -> bool:
    """Whether both say in words of their own whom or what it befell, and not the same."""
    return any(
        _are_other_words(left, right)
        for left, right in (
            (one.targets, other.targets),
            (_unnamed(one.places), _unnamed(other.places)),
        )
    )


def _are_other_words(left: tuple[Filler, ...], right: tuple[Filler, ...]) -> bool:
    ones, others = _telling_heads(left), _telling_heads(right)
    return bool(ones and others and not ones & others)


def _telling_heads(fillers: tuple[Filler, ...]) -> set[str]:
    """The words for those that have no name, without those that may be anybody's."""
    heads = {f.head for f in fillers if not f.is_named and f.head.isalpha()}
    return {_SIDES.get(head, stem(head)) for head in heads - _PEOPLE}


def _is_anchored(found: Mapping[str, float], story_points: float, *, is_telling: bool) -> bool:
    """Whether the two have more in common than their story and the kind of action.

    A country, whoever announces much, a vague word for who took part or one telling word of the
    sentence are enough only together with something else.
    """
    weak = _WEAK & found.keys()
    part = found.get("participant", 0.0)
    if part > _NAMED or (part and (weak or "place" in found)):
        return True
    if not is_telling:
        return False
    if "place" in found or part >= _NAMED:
        return True
    if max(found.get("description", 0.0), found.get("words", 0.0)) >= _DESCRIBED:
        return True
    # That two articles share a story and a kind of action is too little without a day: of one war
    # on one day articles tell many attacks.
    is_one_story = story_points >= _MOST_STORY
    if is_one_story and "day" in found:
        return True
    return len(weak) > (1 if is_one_story or "word" in found else 2)


def _iter_points(one: Report, other: Report) -> Iterator[tuple[str, float]]:
    """What the two have in common, each with its weight."""
    same = one.event.action == other.event.action
    yield "action", _SAME_ACTION if same else _SAME_FAMILY
    if one.event.lemma == other.event.lemma:
        yield "word", _SAME_LEMMA
    if one.is_dated and other.is_dated:
        days = {*(one.days or ()), *(other.days or ())}
        yield ("day", _SAME_DAY) if len(days) == 1 else ("days", _SAME_DAYS)
    elif one.days and one.days == other.days and one.days[0] == one.days[1]:
        yield "day of the sentence", _SAME_SENTENCE_DAY
    if _counts_are_near(one.event, other.event):
        yield "number", _SAME_COUNT
    if shared := one.words & other.words:
        yield "words", min(_MOST_WORDS, _SHARED_WORD * len(shared))
    if weight := _shared_parties(one, other):
        yield "participant", weight
    if weight := _shared_heads(one, other):
        yield "description", weight
    if _share_a_place(one, other):
        yield "place", _SAME_PLACE
    elif _place_is_named(one, other) or _place_is_named(other, one):
        yield "nearby", _PLACE_NAMED


def _shared_parties(one: Report, other: Report) -> float:
    """By role; for those that do it together, whoever is named first."""
    weight = 0.0
    pairs = [(one.actors, other.actors), (one.targets, other.targets)]
    if one.family == "meeting":
        pairs = [(one.parties, other.parties)]
    for left, right in pairs:
        nodes = {filler.node for filler in right}
        for filler in left:
            if filler.node in nodes:
                weight += _COUNTRY if filler.is_country else _NAMED
    return min(weight, 2 * _NAMED)


def _shared_heads(one: Report, other: Report) -> float:
    """Whether both call a participant or place that has no name the same."""
    heads = [
        (
            _common_nouns(left, right) | _common_nouns(right, left),
            {f.node for f in left} & {f.node for f in right},
        )
        for left, right in (
            (one.actors, other.actors),
            (one.targets, other.targets),
            (_unnamed(one.places), _unnamed(other.places)),
        )
    ]
    weights = [
        _VAGUE if found <= _PEOPLE | _COMBATANTS else _DESCRIBED
        for found, nodes in heads
        if found and not nodes
    ]
    return max(weights, default=0.0)


def _common_nouns(left: tuple[Filler, ...], right: tuple[Filler, ...]) -> set[str]:
    """The names of both, and the nouns of one that end a name of the other: "Georgian police"."""
    nouns = {f.head for f in left if not f.is_named}
    ends = {f.head.rpartition(" ")[2] for f in right if f.head}
    return nouns & ends | {f.head for f in left if f.head} & {f.head for f in right}


def _unnamed(fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
    return tuple(filler for filler in fillers if not filler.is_named)


def _share_a_place(one: Report, other: Report) -> bool:
    nodes = {filler.node for filler in _located(other)}
    return any(filler.node in nodes for filler in _located(one))


def _place_is_named(one: Report, other: Report) -> bool:
    """Whether the place of one is spoken of in the other article, whose event has none."""
    places = _located(one)
    return not _located(other) and any(f.node in other.named_places for f in places)


def _located(report: Report) -> list[Filler]:
    return [f for f in report.places if f.is_named and not f.is_country]


def _is_another_day(one: Report, other: Report) -> bool:
    if one.days is None or other.days is None:
        return False
    return one.days[1] < other.days[0] or other.days[1] < one.days[0]


def _are_others(left: tuple[Filler, ...], right: tuple[Filler, ...]) -> bool:
    """Whether both sides are named, and by none of the other's names."""
    ones, others = [f for f in left if f.is_somebody], [f for f in right if f.is_somebody]
    if not ones or not others or len(ones) < len(left) or len(others) < len(right):
        return False
    nodes = {f.node for f in others}
    heads = {f.head for f in others}
    if any(f.node in nodes or f.head in heads for f in ones):
        return False
    # A minister acts for a country, and an army for its own.
    countries = {f.country for f in others if f.country}
    return not any(f.country in countries for f in ones) or not (
        any(f.is_country for f in ones) or any(f.is_country for f in others)
    )


def _is_elsewhere(one: Report, other: Report) -> bool:
    """Whether both have a place, another one, and only one of the articles speaks of both.

    A square is compared with a square, and a town with a town: the one may lie in the other.
    """
    if _share_a_place(one, other):
        return False
    for is_site in (False, True):
        left, right = (
            [f for f in _located(report) if f.is_site is is_site] for report in (one, other)
        )
        are_known = all(f.node in other.named_places for f in left) and all(
            f.node in one.named_places for f in right
        )
        if left and right and not are_known:
            return True
    return False


def _are_other_people(left: tuple[Filler, ...], right: tuple[Filler, ...]) -> bool:
    """Whether soldiers are meant here, civilians there."""
    ones = {_SIDES[f.head] for f in left if f.head in _SIDES}
    others = {_SIDES[f.head] for f in right if f.head in _SIDES}
    return bool(ones and others and not ones & others)


def _counts_differ(one: Event, other: Event) -> bool:
    """Whether the numbers are too far apart to be two claims about one thing."""
    left, right = dict(_iter_counts(one)), dict(_iter_counts(other))
    return any(
        max(value, right[role]) > _OTHER_NUMBER * min(value, right[role])
        for role, value in left.items()
        if role in right
    )


def _counts_are_near(one: Event, other: Event) -> bool:
    """Whether both give a number for the same role, and neither twice the other's."""
    left, right = dict(_iter_counts(one)), dict(_iter_counts(other))
    return any(
        max(value, right[role]) <= _NEAR_NUMBER * min(value, right[role])
        for role, value in left.items()
        if role in right
    )


def _iter_counts(event: Event) -> Iterator[tuple[QuantityRole, float]]:
    for quantity in event.quantities:
        if quantity.role in _COUNTED and quantity.value:
            yield quantity.role, quantity.value


def _filler(
    entity: Entity, result: ArticleResult, node: Callable[[RecordKey], RecordKey]
) -> Filler:
    return Filler(
        node=node(RecordKey(article_id=result.article.id, record_id=entity.id)),
        head=_head(entity, result),
        is_named=entity.named,
        is_somebody=entity.named and country_of_capital(entity.label) is None,
        is_country=entity.kind is EntityKind.COUNTRY,
        is_site=entity.kind is EntityKind.FACILITY,
        country=entity.country,
    )


def _head(entity: Entity, result: ArticleResult) -> str:
    """The name, or the head of the first noun phrase: "400 fighters" gives "fighters"."""
    if entity.named:
        return normalise(entity.label)
    first = next((m for m in result.mentions if m.id in entity.mention_ids), None)
    return normalise(result.article.text[first.head.start : first.head.end]) if first else ""


def _is_dated(event: Event) -> bool:
    interval = event.time.interval if event.time else None
    return interval is not None and (interval.last - interval.first).days < LONGEST


def _days(event: Event, result: ArticleResult) -> tuple[date, date] | None:
    """The first and last day that it can be of; None where nothing says.

    What has no date of its own is of the day of another event of its sentence, else of the news.
    """
    published = result.article.published
    told = [e.time.interval for e in (event, *_neighbours(event, result)) if e.time]
    interval = next((found for found in told if found is not None), None)
    if interval is not None:
        return interval.first, interval.last
    if published is None:
        return None
    return published - timedelta(days=NEWS_DAYS), published


def _neighbours(event: Event, result: ArticleResult) -> list[Event]:
    return [e for e in result.events if e.sentence == event.sentence and e.is_realised]


def by_family(reports: list[Report]) -> Mapping[str, list[Report]]:
    """The reports by the family of their action."""
    found: dict[str, list[Report]] = {}
    for report in reports:
        found.setdefault(report.family, []).append(report)
    return found
