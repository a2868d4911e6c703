"""Precision, recall and F1 of predicted articles against gold ones, per kind of record.

Both sides are records of ``events.jsonl``, or gold files of that form, in which an event's fillers
may be plain entity ids. Matching, one to one and with as many pairs as can be:

events     triggers overlap. A gold event marked ``optional`` is scored neither way, nor is what is
           matched to it or overlaps its trigger.
actors, targets, places
           over the fillers of all events: right where the events match and the predicted filler
           overlaps a mention of the gold one. Those of an unmatched event are wrong or missed.
triples    an event's every actor with its every place and its every target; right where all are.
entities   the two share a mention: half or more of the characters of both spans are common.

A gold article that is not predicted counts as predicted empty; other articles are left out.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TypeVar

import networkx as nx  # type: ignore[import-untyped]

from kg.errors import ArticleError, StoreError
from kg.jsonl import Record, iter_records

logger = logging.getLogger(__name__)

T = TypeVar("T")
Range = tuple[int, int]
ROLES = ("actors", "targets", "places")
KINDS = ("events", *ROLES, "triples", "entities")
_COMMON_SHARE = 0.5  # of the characters of two mentions; above 0 so that a nested name is another


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what is right, wrong and missed, which add up over articles."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        """The counts of both."""
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The share of the predictions that is right, 0 to 1; None where there is no prediction."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of the gold that is found, 0 to 1; None where there is no gold."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, 0 to 1; None where there is neither gold nor prediction."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class _Event:
    trigger: Range
    optional: bool
    fillers: dict[str, tuple[tuple[Range, ...], ...]]  # for each role, each filler's ranges


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is scored of one article."""

    id: str
    text: str
    entities: tuple[tuple[Range, ...], ...]
    events: tuple[_Event, ...]


def evaluate_files(gold: Path, predicted: Path) -> dict[str, Score]:
    """The scores of one file against another, for each of ``KINDS``.

    Args:
        gold: JSON Lines, a JSON file, or a folder of JSON files.
        predicted: the same.

    Raises:
        StoreError: a file cannot be read or is not of that form.
        ArticleError: the two have different texts for one article.
    """
    return evaluate(read_records(gold), read_records(predicted))


def evaluate(gold: Iterable[Record], predicted: Iterable[Record]) -> dict[str, Score]:
    """The scores of predicted records against gold ones, for each of ``KINDS``.

    Raises:
        StoreError: a record is not of the form of events.jsonl.
        ArticleError: the two have different texts for one article.
    """
    sheets = {sheet.id: sheet for sheet in map(_sheet, predicted)}
    totals = dict.fromkeys(KINDS, Score())
    gold_ids = set()
    for sheet in map(_sheet, gold):
        gold_ids.add(sheet.id)
        other = sheets.get(sheet.id, _Sheet(sheet.id, sheet.text, (), ()))
        for kind, score in _score_article(sheet, other).items():
            totals[kind] += score
    if not gold_ids <= sheets.keys():
        logger.warning("%d gold articles are not predicted", len(gold_ids - sheets.keys()))
    return totals


def read_records(path: Path) -> list[Record]:
    """The records of a JSON Lines file, a JSON file, or a folder of JSON files.

    Raises:
        StoreError: a file cannot be read or holds no record.
    """
    if path.is_dir() and not any(path.glob("*.json")):
        raise StoreError(f"{path}: holds no .json file; expected gold articles", path=path)
    if path.is_dir():
        return [record for file in sorted(path.glob("*.json")) for record in read_records(file)]
    if path.suffix != ".json":
        return list(iter_records(path))
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreError(
            f"{path}: cannot be read as JSON ({reason}); expected a gold article", path=path
        ) from error
    return value if isinstance(value, list) else [value]


def _sheet(record: Record) -> _Sheet:
    try:
        mentions = {
            entity["id"]: tuple(map(_range, entity["mentions"])) for entity in record["entities"]
        }
        events = tuple(_event(event, mentions) for event in record["events"])
        return _Sheet(str(record["id"]), record["text"], tuple(mentions.values()), events)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        name = record.get("id") if isinstance(record, dict) else record
        raise StoreError(
            f"article {name!r}: not a record that can be scored ({error!r}); expected id, text, "
            "entities and events as in events.jsonl"
        ) from error


def _event(record: Record, mentions: dict[str, tuple[Range, ...]]) -> _Event:
    fillers = {role: tuple(_filler(filler, mentions) for filler in record[role]) for role in ROLES}
    return _Event(_range(record["trigger"]), bool(record.get("optional")), fillers)


def _filler(filler: str | Record, mentions: dict[str, tuple[Range, ...]]) -> tuple[Range, ...]:
    if isinstance(filler, str):
        return mentions[filler]
    if filler.get("span"):
        return (_range(filler["span"]),)
    return mentions[filler["entity"]]


def _range(pair: Sequence[int]) -> Range:
    start, end = pair
    return int(start), int(end)


def _score_article(gold: _Sheet, predicted: _Sheet) -> dict[str, Score]:
    if gold.text != predicted.text:
        raise ArticleError(
            f"{gold.id}: the gold and the predicted text differ; expected the same characters; "
            "build the prediction from the gold's text"
        )
    pairs = list(_iter_event_pairs(gold.events, predicted.events))
    scores = {role: _total(_score_role(pair, role) for pair in pairs) for role in ROLES}
    return {
        "events": _total(_count(one is not None, other is not None) for one, other in pairs),
        **scores,
        "triples": _total(map(_score_triples, pairs)),
        "entities": _score_entities(gold, predicted),
    }


_Pair = tuple[_Event | None, _Event | None]


def _iter_event_pairs(gold: Sequence[_Event], predicted: Sequence[_Event]) -> Iterator[_Pair]:
    """Gold events with the predicted ones that match them, None for what has no partner."""
    matches = _match(gold, predicted, _event_weight)
    for number, event in enumerate(gold):
        if not event.optional:
            partner = matches.get(number)
            yield event, None if partner is None else predicted[partner]
    free = [event.trigger for event in gold if event.optional]
    for number, event in enumerate(predicted):
        spare = any(_common(event.trigger, trigger) for trigger in free)
        if number not in matches.values() and not spare:
            yield None, event


def _event_weight(gold: _Event, predicted: _Event) -> float:
    """Greater for a required gold event, so that an optional one never takes its partner."""
    share = _common_share(gold.trigger, predicted.trigger)
    return share + (0 if gold.optional else 2) if share else 0.0


def _score_role(pair: _Pair, role: str) -> Score:
    gold, predicted = (event.fillers[role] if event else () for event in pair)
    right = len(_match(gold, predicted, _overlap)) if pair[0] and pair[1] else 0
    return Score(right, len(predicted) - right, len(gold) - right)


def _score_triples(pair: _Pair) -> Score:
    total = Score()
    for role in ("places", "targets"):
        gold, predicted = (
            list(product(event.fillers["actors"], event.fillers[role])) if event else []
            for event in pair
        )
        right = len(_match(gold, predicted, _triple_overlap))
        total += Score(right, len(predicted) - right, len(gold) - right)
    return total


def _score_entities(gold: _Sheet, predicted: _Sheet) -> Score:
    right = len(_match(gold.entities, predicted.entities, _shared_mentions))
    return Score(right, len(predicted.entities) - right, len(gold.entities) - right)


_Ranges = Sequence[Range]


def _overlap(gold: _Ranges, predicted: _Ranges) -> float:
    return float(any(_common(one, other) for one, other in product(gold, predicted)))


def _triple_overlap(gold: tuple[_Ranges, _Ranges], predicted: tuple[_Ranges, _Ranges]) -> float:
    return _overlap(gold[0], predicted[0]) * _overlap(gold[1], predicted[1])


def _shared_mentions(gold: _Ranges, predicted: _Ranges) -> float:
    shared = (_common_share(*pair) >= _COMMON_SHARE for pair in product(gold, predicted))
    return float(sum(shared))


def _match(
    gold: Sequence[T], predicted: Sequence[T], weight: Callable[[T, T], float]
) -> dict[int, int]:
    """Predicted for gold positions: the matching with the most pairs, then the greatest weight."""
    graph = nx.Graph()
    for (left, one), (right, other) in product(enumerate(gold), enumerate(predicted)):
        if found := weight(one, other):
            graph.add_edge(("gold", left), ("predicted", right), weight=found)
    pairs = map(sorted, nx.max_weight_matching(graph, maxcardinality=True))
    return {left: right for (_, left), (_, right) in pairs}


def _common(one: Range, other: Range) -> int:
    """How many characters two ranges have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _common_share(one: Range, other: Range) -> float:
    common = _common(one, other)
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common else 0.0


def _count(in_gold: bool, in_predicted: bool) -> Score:
    both = in_gold and in_predicted
    return Score(int(both), int(in_predicted and not both), int(in_gold and not both))


def _total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
