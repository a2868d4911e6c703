"""Scores the candidates of an article's place names together, so that they make sense side by side.

Each name starts from a prior over its candidates: how well the name fits, how populous and of what
kind the place is, whether the text says outright what contains it. Then the candidates of different
names support each other where they lie in one division, in one country or near each other, as much
as each is likely, and the scores are renewed a few times: mean-field inference over the pairs. That
the places of one text lie together is an old finding: Leidner, Toponym Resolution in Text (2007).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, log10, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from kg.link.gazetteer import PlaceCandidate
from kg.placenames import Feature

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EARTH_RADIUS_KM = 6371.0
# More rounds change no choice on the development sets.
ROUNDS = 5
# Per name, and for all of an article's names: what is quadratic stays under 10 ms.
MAX_CANDIDATES = 25
MIN_CANDIDATES = 5
MAX_TOTAL = 800
# English news is about these more often than their size says.
ENGLISH_SPEAKING = frozenset({"AUS", "CAN", "GBR", "IRL", "NZL", "USA"})
# A country counts as having 10 to this many people: small ones are as notable as large ones.
COUNTRY_MAGNITUDE = 7.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each kind of evidence counts, in nats; ``population`` per factor of ten.

    Tuned by hand, one after another, on the accuracy at 161 km over TR-News, LGL and GeoWebNews
    together, and rounded.
    """

    match: float = 5.0
    population: float = 0.8
    smallest_population: float = 300.0
    english_speaking: float = 0.5
    same_country: float = 0.2
    same_division: float = 2.5
    near: float = 3.0
    near_km: float = 200.0
    support: float = 2.0
    hint: float = 0.2
    repetition: float = 0.5
    containment: float = 6.0
    publisher: float = 1.5
    features: Mapping[Feature, float] = field(
        default_factory=lambda: {
            Feature.CONTINENT: 9.0,
            Feature.WORLD_REGION: 9.0,
            Feature.COUNTRY: 3.0,
            Feature.DIVISION: 0.5,
            Feature.DISTRICT: -1.5,
            Feature.CAPITAL: 2.0,
            Feature.SETTLEMENT: 0.0,
            Feature.SECTION: 3.0,
            Feature.REGION: 6.0,
            Feature.WATER: 5.5,
            Feature.MOUNTAIN: 5.0,
            Feature.ISLAND: 5.0,
            Feature.CAMP: 5.0,
            Feature.SITE: 5.0,
        }
    )


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """All mentions of one name in an article, which mean one place.

    ``contained`` holds the indexes of the candidates that lie in a place that contains them by the
    text; ``is_hint`` marks a country or division only named in passing ("Texas Rangers").
    """

    candidates: tuple[PlaceCandidate, ...]
    count: int = 1
    contained: frozenset[int] = frozenset()
    is_hint: bool = False


def score_candidates(
    groups: Sequence[NameGroup], *, publisher_country: str | None = None, weights: Weights = WEIGHTS
) -> list[tuple[float, ...]]:
    """For each group, the probability of each of its candidates; they sum to 1.

    Candidates beyond the likeliest few of a name get 0. Takes time quadratic in what is kept.
    """
    limit = max(MIN_CANDIDATES, min(MAX_CANDIDATES, MAX_TOTAL // max(1, len(groups))))
    priors = [_priors(group, publisher_country, weights) for group in groups]
    kept = [sorted(range(len(p)), key=lambda i: (-p[i], i))[:limit] for p in priors]
    owner = np.repeat(np.arange(len(groups)), [len(indexes) for indexes in kept])
    if not len(owner):
        return [() for _ in groups]
    places = [g.candidates[i] for g, indexes in zip(groups, kept, strict=True) for i in indexes]
    prior = np.array([p[i] for p, indexes in zip(priors, kept, strict=True) for i in indexes])
    strength = np.array([_strength(group, weights) for group in groups])[owner]
    chance = _infer(prior, strength, _affinities(places, owner, weights), owner, weights)
    scores = [[0.0] * len(group.candidates) for group in groups]
    flat = [(name, index) for name, indexes in enumerate(kept) for index in indexes]
    for (name, index), value in zip(flat, chance, strict=True):
        scores[name][index] = float(value)
    return [tuple(values) for values in scores]


def _priors(group: NameGroup, publisher_country: str | None, weights: Weights) -> list[float]:
    values = []
    for index, place in enumerate(group.candidates):
        value = weights.match * place.match + weights.features[place.feature]
        if place.feature is Feature.COUNTRY:
            value += weights.population * COUNTRY_MAGNITUDE
        else:
            value += weights.population * log10(max(place.population, weights.smallest_population))
            value += weights.english_speaking * (place.country in ENGLISH_SPEAKING)
        value += weights.containment * (index in group.contained)
        value += weights.publisher * (
            place.country is not None and place.country == publisher_country
        )
        values.append(value)
    return values


def _strength(group: NameGroup, weights: Weights) -> float:
    """How much a group supports others: a name that comes often more, a hint less."""
    share = weights.hint if group.is_hint else 1.0
    return float(share * group.count**weights.repetition)


def _infer(
    prior: Floats, strength: Floats, affinity: Floats, owner: Ints, weights: Weights
) -> Floats:
    chance = _softmax(prior, owner)
    for _ in range(ROUNDS):
        support = affinity @ (chance * strength)
        chance = _softmax(prior + weights.support * np.log1p(support), owner)
    return chance


def _affinities(places: Sequence[PlaceCandidate], owner: Ints, weights: Weights) -> Floats:
    """How much each pair of candidates supports each other; shape (n, n), symmetric.

    Zero for two candidates of one name.
    """
    units = _unit_vectors(places)
    chord = np.sqrt(np.clip(2.0 - 2.0 * (units @ units.T), 0.0, 4.0)) * EARTH_RADIUS_KM
    affinity: Floats = weights.near * np.exp(-chord / weights.near_km)
    affinity += weights.same_country * _same([place.country or "" for place in places])
    affinity += weights.same_division * _same([place.division for place in places])
    affinity[owner[:, None] == owner[None, :]] = 0.0
    return affinity


def _unit_vectors(places: Sequence[PlaceCandidate]) -> Floats:
    """The places as points of the unit sphere; shape (n, 3)."""
    latitude = np.radians([place.latitude for place in places])
    longitude = np.radians([place.longitude for place in places])
    return np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=1,
    )


def distance_km(one: PlaceCandidate, other: PlaceCandidate) -> float:
    """The great-circle distance between two places, in kilometres."""
    south, north = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half_chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord)))


def _same(values: Sequence[str]) -> NDArray[np.bool_]:
    """Which pairs of values are equal and not empty; shape (n, n)."""
    codes: dict[str, int] = {"": -1}
    numbers = np.array([codes.setdefault(value, len(codes)) for value in values])
    pairs: NDArray[np.bool_] = (numbers[:, None] == numbers[None, :]) & (numbers[:, None] >= 0)
    return pairs


def _softmax(logits: Floats, owner: Ints) -> Floats:
    """Probabilities from logits, within each run of equal ``owner``."""
    n_groups = int(owner[-1]) + 1
    top = np.full(n_groups, -np.inf)
    np.maximum.at(top, owner, logits)
    powers = np.exp(logits - top[owner])
    totals = np.bincount(owner, powers, n_groups)
    chance: Floats = powers / totals[owner]
    return chance
