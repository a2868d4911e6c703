"""Links the names of places in an article to the gazetteer, or says why one is left unlinked.

The names of one article are linked together: ``kg.link.coherence`` says how they are scored. Here
is what the text adds: which name contains which ("Paris, Texas", "al-Hol in Hasakah"), the
countries and divisions that it names in passing, and when no candidate is good enough to be taken.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kg.countries import demonym_country
from kg.link.coherence import WEIGHTS, NameGroup, Weights, distance_km, score_candidates
from kg.link.gazetteer import MATCH_SOUND, Gazetteer, PlaceCandidate, open_gazetteer
from kg.placenames import Feature, is_common_word
from kg.records import EntityKind, Location, Span

# The likeliest candidates that a link keeps, for a person to choose from.
SHOWN_CANDIDATES = 5
# Candidates this near each other are one answer: a city, its district and its province.
SAME_ANSWER_KM = 50.0
# Below this the likeliest candidate is a guess among many: of the places linked with 0.1 to 0.3,
# four in ten are right on TR-News, LGL and GeoWebNews; with 0.9 or more, nineteen in twenty.
MIN_SCORE = 0.2
# A name whose likeliest candidate has this score says what country the article is about.
SURE = 0.7
# A town that the text puts "in" another town lies this near it.
CONTAINER_KM = 100.0
# Of a containing name, only the likeliest candidates count.
CONTAINER_CANDIDATES = 8
MIN_HINT_LETTERS = 4


class UnresolvedReason(StrEnum):
    """Why a name of a place has no location."""

    NOT_IN_GAZETTEER = "NotInGazetteer"
    AMBIGUOUS = "Ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A name of a place in an article.

    ``within`` gives names of places that contain it, where the caller knows any; ``link_places``
    adds what it finds in the text.
    """

    text: str
    span: Span
    kind: EntityKind = EntityKind.PLACE
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLink:
    """What a name was linked to, or why it was not.

    ``location`` and ``reason``: exactly one is set. ``candidates`` are scored, the best first.
    """

    name: PlaceName
    location: Location | None
    reason: UnresolvedReason | None
    candidates: tuple[Location, ...]


def link_places(
    names: Sequence[PlaceName],
    *,
    text: str,
    publisher_country: str | None = None,
    gazetteer: Gazetteer | None = None,
    weights: Weights = WEIGHTS,
) -> tuple[PlaceLink, ...]:
    """One link for each name, in the order of ``names``.

    Args:
        names: the names of places in one article.
        text: the article's text, that the names' spans point into.
        publisher_country: ISO 3166 alpha-3 code of the country that the article was published in.
        gazetteer: where to look names up; the default is the one that ships.
        weights: how much each kind of evidence counts.
    """
    gazetteer = gazetteer or open_gazetteer()
    lookups = [
        _look_up(name, outer, gazetteer)
        for name, outer in zip(names, _containers(names, text), strict=True)
    ]
    groups, positions = _group(lookups, gazetteer)
    every = [*groups, *_hints(text, {name.text for name in names}, gazetteer)]
    scores = score_candidates(every, publisher_country=publisher_country, weights=weights)
    sure = _sure_countries(every, scores)
    return tuple(
        _link(name, groups[position], scores[position], sure)
        for name, position in zip(names, positions, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Lookup:
    candidates: tuple[PlaceCandidate, ...]
    containers: tuple[str, ...]


def _look_up(name: PlaceName, containers: tuple[str, ...], gazetteer: Gazetteer) -> _Lookup:
    """The candidates of a name; "Paris, Texas" as one name is Paris, contained in Texas."""
    candidates = gazetteer.candidates(name.text)
    head, *rest = re.split(r",\s+", name.text)
    if candidates or not rest:
        return _Lookup(candidates, containers)
    return _Lookup(gazetteer.candidates(head), (*rest, *containers))


def _group(lookups: Sequence[_Lookup], gazetteer: Gazetteer) -> tuple[list[NameGroup], list[int]]:
    """Groups of lookups with equal candidates, and for each lookup the position of its group."""
    positions: dict[tuple[str, ...], int] = {}
    members: list[list[_Lookup]] = []
    where = []
    for lookup in lookups:
        key = tuple(candidate.gazetteer_id for candidate in lookup.candidates)
        position = positions.setdefault(key, len(members))
        if position == len(members):
            members.append([])
        members[position].append(lookup)
        where.append(position)
    return [_merge(items, gazetteer) for items in members], where


def _merge(lookups: Sequence[_Lookup], gazetteer: Gazetteer) -> NameGroup:
    candidates = lookups[0].candidates
    names = dict.fromkeys(name for lookup in lookups for name in lookup.containers)
    areas = [a for name in names for a in gazetteer.candidates(name)[:CONTAINER_CANDIDATES]]
    contained = frozenset(
        index
        for index, place in enumerate(candidates)
        if any(_lies_in(place, area) for area in areas)
    )
    return NameGroup(candidates=candidates, count=len(lookups), contained=contained)


def _lies_in(place: PlaceCandidate, area: PlaceCandidate) -> bool:
    if area.gazetteer_id == place.gazetteer_id or place.feature is Feature.COUNTRY:
        return False
    if area.feature is Feature.COUNTRY:
        return place.country == area.country
    if area.feature is Feature.DIVISION and area.division:
        return place.division == area.division and place.feature is not Feature.DIVISION
    return place.country == area.country and distance_km(place, area) < CONTAINER_KM


_DIRECTION = (
    r"(?:the|nearby|neighbou?ring|central|(?:north|south)?-?(?:north|south|east|west)(?:ern)?)"
)
_BETWEEN = re.compile(
    r"(?:['\u2019]s)?(?:\s*\(|,\s+"
    rf"|,?\s+(?:(?:an?|the|its)\s+(?:[\w-]+\s+){{1,3}})?(?:in|of)\s+(?:{_DIRECTION}\s+)*)"
)
_MAX_BETWEEN = 48
_AFTER_COMMA = re.compile(r",\s+((?:[A-Z][\w.'\u2019-]*\s?){1,3})")


def find_containment(text: str, spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """Pairs (inner, outer) of indexes into ``spans``, in the order of the text.

    Sees "X, Y", "X (Y)", "X in Y", "X in northern Y" and "X, a city in Y". A list ("X, Y and Z")
    looks the same, so a pair holds only where a candidate of X does lie in one of Y.
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i].start, spans[i].end))
    pairs = []
    for inner, outer in pairwise(order):
        between = text[spans[inner].end : spans[outer].start]
        if len(between) <= _MAX_BETWEEN and _BETWEEN.fullmatch(between):
            pairs.append((inner, outer))
    return tuple(pairs)


def _containers(names: Sequence[PlaceName], text: str) -> list[tuple[str, ...]]:
    """For each name, the names that contain it: given, between spans, or following a comma."""
    outer: dict[int, list[str]] = {}
    for inner, container in find_containment(text, [name.span for name in names]):
        outer.setdefault(inner, []).append(names[container].text)
    for index, name in enumerate(names):
        if after := _AFTER_COMMA.match(text, name.span.end):
            words = after.group(1).split()
            outer.setdefault(index, []).extend(
                " ".join(words[:n]) for n in range(len(words), 0, -1)
            )
    return [(*name.within, *outer.get(index, ())) for index, name in enumerate(names)]


_CAPITALISED = re.compile(r"[A-Z][\w.'\u2019-]*(?:\s[A-Z][\w-]*){0,2}")
_ENDING = re.compile(r"(?:['\u2019]s|[.,])$")


def _hints(text: str, names: set[str], gazetteer: Gazetteer) -> list[NameGroup]:
    """Countries and divisions that the text names elsewhere: in other names, and as demonyms."""
    counts: dict[tuple[PlaceCandidate, ...], int] = {}
    for match in _CAPITALISED.finditer(text):
        for candidates in _iter_areas(match.group().split(), names, gazetteer):
            counts[candidates] = counts.get(candidates, 0) + 1
    return [
        NameGroup(candidates=candidates, count=count, is_hint=True)
        for candidates, count in counts.items()
    ]


def _iter_areas(
    words: Sequence[str], names: set[str], gazetteer: Gazetteer
) -> Iterator[tuple[PlaceCandidate, ...]]:
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            surface = _ENDING.sub("", " ".join(words[first:last]))
            if len(surface) < MIN_HINT_LETTERS or surface in names:
                continue
            country = demonym_country(surface) if last == first + 1 else None
            found = gazetteer.country(country) if country else gazetteer.areas(surface)
            if found:
                yield found
                break


def _sure_countries(
    groups: Iterable[NameGroup], scores: Iterable[Sequence[float]]
) -> frozenset[str]:
    """The countries in which some name lies beyond much doubt, and not by its sound alone."""
    best = [_best(group, values) for group, values in zip(groups, scores, strict=True)]
    return frozenset(
        place.country
        for place, score in filter(None, best)
        if place.country and score > SURE and place.match > MATCH_SOUND
    )


def _best(group: NameGroup, scores: Sequence[float]) -> tuple[PlaceCandidate, float] | None:
    if not group.candidates:
        return None
    index = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return group.candidates[index], scores[index]


def _link(
    name: PlaceName, group: NameGroup, scores: Sequence[float], sure: frozenset[str]
) -> PlaceLink:
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    kept = [i for i in order[:SHOWN_CANDIDATES] if scores[i] > 0.0]
    agreed = _agreed_score(group, scores, order)
    reason = _doubt(name, group, order[:1], agreed, sure)
    locations = [_location(group.candidates[i], scores[i]) for i in kept]
    return PlaceLink(
        name=name,
        location=None if reason else _location(group.candidates[order[0]], agreed),
        reason=reason,
        candidates=tuple(locations),
    )


def _agreed_score(group: NameGroup, scores: Sequence[float], order: Sequence[int]) -> float:
    """The score of the likeliest candidate and of those that are the same answer."""
    if not order:
        return 0.0
    best = group.candidates[order[0]]
    near = (i for i in order if scores[i] and _is_same_answer(best, group.candidates[i]))
    return min(1.0, sum(scores[i] for i in near))


def _is_same_answer(one: PlaceCandidate, other: PlaceCandidate) -> bool:
    return one is other or distance_km(one, other) < SAME_ANSWER_KM


def _doubt(
    name: PlaceName,
    group: NameGroup,
    best: Sequence[int],
    score: float,
    sure: frozenset[str],
) -> UnresolvedReason | None:
    """Why the likeliest candidate is not taken, or None where it is."""
    if not best:
        return UnresolvedReason.NOT_IN_GAZETTEER
    if best[0] in group.contained:
        return None
    place = group.candidates[best[0]]
    if place.match <= MATCH_SOUND and place.country not in sure:
        return UnresolvedReason.NOT_IN_GAZETTEER
    if is_common_word(name.text) or score < MIN_SCORE:
        return UnresolvedReason.AMBIGUOUS
    return None


def _location(place: PlaceCandidate, score: float) -> Location:
    return Location(
        gazetteer_id=place.gazetteer_id,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        country=place.country,
        score=round(score, 4),
    )
