"""What two articles tell beside an event that both tell: the rest of one piece of news.

Articles that tell of one event, found by its own evidence, tell of its circumstances too: "the army
rescued 1,500 villagers" here, "soldiers rescued more than 1,000 people" there. Such reports need
less in common than others, but each must be the only one of its kind that its article has left.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kg.link.families import is_telling
from kg.link.sameness import (
    Report,
    Verdict,
    conflicts,
    points_in_common,
    tell_of_other_things,
)
from kg.records import RecordKey

Reports = Mapping[str, Sequence[Report]]
# What the shared event adds.
_SAME_NEWS = 2.0
# Two attacks of one war share these as well: something else must be the same.
_SAID_OF_ALL = frozenset({"action", "word", "day of the sentence", "days"})


def iter_companions(
    left: Reports, right: Reports, root: Callable[[RecordKey], RecordKey]
) -> Iterator[tuple[Report, Report, Verdict]]:
    """The reports of two articles that are one event since the articles tell of another one.

    Args:
        left: the reports of one article by their families.
        right: those of the other article.
        root: for a report the one that stands for all that are joined with it so far.
    """
    shared = _roots(left, root) & _roots(right, root)
    if not any(root(r.key) in shared and is_telling(r.event) for r in _iter_all(left)):
        return
    for family in sorted(left.keys() & right.keys()):
        ones, others = (
            [r for r in side[family] if root(r.key) not in shared] for side in (left, right)
        )
        words = sorted({r.event.lemma for r in ones} & {r.event.lemma for r in others})
        by_word = [found for word in words if (found := _best(ones, others, word, root))]
        if not by_word and (found := _best(ones, others, None, root)):
            by_word = [found]
        yield from by_word


def _best(
    ones: Iterable[Report],
    others: Iterable[Report],
    word: str | None,
    root: Callable[[RecordKey], RecordKey],
) -> tuple[Report, Report, Verdict] | None:
    """The surest pair of the reports with the word, or of all; None where it is not clear."""
    verdicts = [
        (one, other, verdict)
        for one in _only_one(ones, word, root)
        for other in _only_one(others, word, root)
        if (verdict := _compare(one, other))
    ]
    return max(verdicts, key=lambda found: found[2].points, default=None)


def _iter_all(reports: Reports) -> Iterator[Report]:
    for found in reports.values():
        yield from found


def _roots(reports: Reports, root: Callable[[RecordKey], RecordKey]) -> set[RecordKey]:
    return {root(report.key) for report in _iter_all(reports)}


def _only_one(
    reports: Iterable[Report], word: str | None, root: Callable[[RecordKey], RecordKey]
) -> list[Report]:
    """The reports with the word, or all, where they are of one event; else nothing."""
    found = [report for report in reports if word in (None, report.event.lemma)]
    return found if len({root(report.key) for report in found}) == 1 else []


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
