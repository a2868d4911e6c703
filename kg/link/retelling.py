"""The same event told twice in one article: "police released him … after his release".

Only what refers back in so many words is joined: a noun with "the", "this" or a possessive where
the article told one such event before by a kindred word, and a bare noun of the word and day of
another report.
"""

import re
from collections.abc import Iterator

from kg.link.clusters import Link
from kg.link.sameness import Report, conflicts
from kg.records import ArticleResult

_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|his|her|their|its)\s+(?:[a-z]+-?[a-z]*\s+)?$", re.IGNORECASE
)
# How far before a noun its article may stand.
_REACH = 40
_KINDRED = 4


def iter_retellings(result: ArticleResult, reports: list[Report]) -> Iterator[Link]:
    """The reports of an article that tell again what an earlier one of it told."""
    ordered = sorted(reports, key=lambda report: (report.event.trigger, report.key))
    for number, report in enumerate(ordered):
        alike = [one for one in ordered[:number] if _may_retell(report, one)]
        if _is_definite(report, result.article.text) and len(alike) == 1:
            yield _link(alike[0], report, "definite_noun_retells", 0.7)
            continue
        same = [one for one in ordered if _is_bare_repeat(report, one)]
        if len(same) == 1:
            yield _link(same[0], report, "same_word_same_day_retells", 0.8)


def _link(kept: Report, joined: Report, rule: str, score: float) -> Link:
    return Link(
        kept=kept.key,
        joined=joined.key,
        rule=rule,
        score=score,
        reason=f"{kept.family}: the article told it as {kept.event.lemma!r}",
    )


def _may_retell(report: Report, earlier: Report) -> bool:
    """Whether nothing in the later report is new, and the earlier one says more than its word."""
    return (
        report.family == earlier.family
        and _are_kindred(report.event.lemma, earlier.event.lemma)
        and bool(earlier.parties or earlier.places)
        and not report.is_dated
        and not report.event.quantities
        and {f.node for f in report.parties} <= {f.node for f in earlier.parties}
        and not conflicts(report, earlier)
    )


def _are_kindred(one: str, other: str) -> bool:
    """Whether two lemmas begin alike: "meeting" and "meet"."""
    length = min(len(one), len(other), _KINDRED)
    return length > 2 and one[:length].lower() == other[:length].lower()


def _is_bare_repeat(report: Report, other: Report) -> bool:
    """Whether a report without participants has the word, the day and the place of the other."""
    return (
        report.key != other.key
        and not report.parties
        and bool(other.parties)
        and report.event.lemma == other.event.lemma
        and report.event.action == other.event.action
        and report.is_dated
        and other.is_dated
        and report.days == other.days
        and {f.node for f in report.places} <= {f.node for f in other.places}
    )


def _is_definite(report: Report, text: str) -> bool:
    start = report.event.trigger.start
    return _DEFINITE.search(text[max(0, start - _REACH) : start]) is not None
