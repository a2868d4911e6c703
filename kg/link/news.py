"""What two articles tell beside an event that both tell: the rest of one piece of news.

Articles that tell of one event, found by its own evidence, tell of its circumstances too: "the army
rescued 1,500 villagers" here, "soldiers rescued more than 1,000 people" there. Such reports need
less in common than others, but each must be the only one of its kind that its article has left.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from kg.link.families import is_telling
from kg.link.sameness import (
    Report,
    Verdict,
    conflicts,
    points_in_common,
    tell_of_other_things,
)
from kg.records import RecordKey

_Told: TypeAlias = tuple[RecordKey, Report]
# What the shared event adds.
_SAME_NEWS = 2.0
# Two attacks of one war share these as well: something else must be the same.
_SAID_OF_ALL = frozenset({"action", "word", "day of the sentence", "days"})


@dataclass(frozen=True)
class News:
    """The reports of one article, each after the record that stands for its event so far."""

    told: Sequence[_Told]

    @cached_property
    def events(self) -> frozenset[RecordKey]:
        """All that the article tells."""
        return frozenset(event for event, _ in self.told)

    @cached_property
    def telling(self) -> frozenset[RecordKey]:
        """The events that two articles do not tell by chance."""
        return frozenset(event for event, report in self.told if is_telling(report.event))

    def left_of(self, shared: frozenset[RecordKey]) -> Mapping[str, Sequence[_Told]]:
        """The reports of all other events, by their families."""
        found: dict[str, list[_Told]] = defaultdict(list)
        for event, report in self.told:
            if event not in shared:
                found[report.family].append((event, report))
        return found


def iter_companions(left: News, right: News) -> Iterator[tuple[Report, Report, Verdict]]:
    """The reports of two articles that are one event since the articles tell of another one."""
    if left.telling.isdisjoint(right.telling):
        return
    shared = left.events & right.events
    ones, others = left.left_of(shared), right.left_of(shared)
    for family in sorted(ones.keys() & others.keys()):
        pair = ones[family], others[family]
        words = sorted(set.intersection(*({r.event.lemma for _, r in told} for told in pair)))
        by_word = [found for word in words if (found := _best(*pair, word))]
        if not by_word and (found := _best(*pair, None)):
            by_word = [found]
        yield from by_word


def _best(
    ones: Iterable[_Told], others: Iterable[_Told], word: str | None
) -> tuple[Report, Report, Verdict] | None:
    """The surest pair of the reports with the word, or of all; None where it is not clear."""
    verdicts = [
        (one, other, verdict)
        for one in _only_one(ones, word)
        for other in _only_one(others, word)
        if (verdict := _compare(one, other))
    ]
    return max(verdicts, key=lambda found: found[2].points, default=None)


def _only_one(told: Iterable[_Told], word: str | None) -> list[Report]:
    """The reports with the word, or all, where they are of one event; else nothing."""
    found = [(event, report) for event, report in told if word in (None, report.event.lemma)]
    return [report for _, report in found] if len({event for event, _ in found}) == 1 else []


def _compare(one: Report, other: Report) -> Verdict | None:
    """What speaks for the two; None where their words speak of different things."""
    if (
        one.event.action != other.event.action
        or not is_telling(one.event)
        or conflicts(one, other)
        or tell_of_other_things(one, other)
    ):
        return None
    found = points_in_common(one, other)
    if not found.keys() - _SAID_OF_ALL:
        return None
    parts = ", ".join(f"{name} {value:g}" for name, value in found.items())
    return Verdict(
        points=sum(found.values()) + _SAME_NEWS,
        rule="same_action_same_news",
        reason=f"{one.family}: {parts}; both articles tell of another event",
        same_word="word" in found,
    )
