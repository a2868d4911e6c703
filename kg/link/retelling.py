"""The same event told twice in one article: "police released him … after his release".

Only what refers back in so many words is joined: a noun with "the", "this" or a possessive where
the article told one such event before by a kindred word, and a bare noun of the word and day of
another report. A crowd holds one demonstration: "5,000 people protested … the demonstrators
marched". A verb and the noun that it carries tell one event too: "handed down the sentence".
"""

import re
from collections.abc import Iterator

from kg.link.clusters import Link
from kg.link.families import is_telling
from kg.link.sameness import Report, conflicts
from kg.records import ArticleResult
from kg.words import word_set

# What makes a noun definite, and a word between, which names nobody: "the deadly attack".
_DEFINITE = re.compile(
    r"\b(?i:the|this|that|these|those|his|her|their|its)\s+(?:[a-z]+-?[a-z]*\s+)?$"
)
# What may stand between a verb and the noun that it carries: a particle, what goes with the noun.
_CARRYING = re.compile(r"\s+(?:[^\W\d_][\w'\u2019-]*\s+){0,3}")
# Not these: "died in the attack" tells of two events, "agreed and signed" as well.
_PARTING = word_set(
    "after against amid and as at because before but by during for from in into of on or over "
    "since than that to under until when where which while who whom whose with"
)
# Nor these verbs, which tell what became of a thing that was there before: "overturned the ruling".
_UNDOING = word_set(
    "annul appeal back break cancel challenge confirm end fear lift overturn postpone quash reject "
    "repeal resume reverse revoke suspend survive uphold violate"
)
# How far before a noun its article may stand.
_REACH = 40
_KINDRED = 4


def iter_retellings(result: ArticleResult, reports: list[Report]) -> Iterator[Link]:
    """The reports of an article that tell again what an earlier one of it told."""
    ordered = sorted(reports, key=lambda report: (report.event.trigger, report.key))
    for number, report in enumerate(ordered):
        if number and _is_carried(report, ordered[number - 1], result.article.text):
            yield _link(ordered[number - 1], report, "verb_carries_noun", 0.9)
        alike = [one for one in ordered[:number] if _may_retell(report, one)]
        if _is_definite(report, result.article.text) and len(alike) == 1:
            yield _link(alike[0], report, "definite_noun_retells", 0.7)
            continue
        if crowds := [one for one in ordered[:number] if _is_same_crowd(report, one)]:
            yield _link(crowds[0], report, "same_crowd_demonstrates", 0.8)
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
        and {f.node for f in report.places} <= {f.node for f in earlier.places}
        and not conflicts(report, earlier)
    )


def _is_carried(report: Report, verb: Report, text: str) -> bool:
    """Whether the report is the noun that the verb before it only brings: "imposed sanctions"."""
    between = text[verb.event.trigger.end : report.event.trigger.start]
    return (
        report.family == verb.family != "happening"
        and is_telling(verb.event)
        and report.event.sentence == verb.event.sentence
        and report.event.lemma != verb.event.lemma
        and verb.event.lemma not in _UNDOING
        and _is_base_or_plural(report, text)
        and not _is_base_or_plural(verb, text)
        and _CARRYING.fullmatch(between) is not None
        and not _PARTING & set(between.lower().split())
        and not conflicts(report, verb)
    )


def _is_base_or_plural(report: Report, text: str) -> bool:
    """Whether the word stands as a noun does, and not as a verb in the past or with "-ing"."""
    word = text[report.event.trigger.start : report.event.trigger.end].lower()
    return word.removesuffix("s").removesuffix("e") == report.event.lemma.lower().removesuffix("e")


def _are_kindred(one: str, other: str) -> bool:
    """Whether two lemmas begin alike: "meeting" and "meet"."""
    length = min(len(one), len(other), _KINDRED)
    return length > 2 and one[:length].lower() == other[:length].lower()


def _is_same_crowd(report: Report, earlier: Report) -> bool:
    """Whether the same people, who have no name, demonstrate in both, the later without a day."""
    actors = {f.node for f in report.actors if not f.is_named}
    return (
        report.family == earlier.family == "demonstration"
        and bool(actors)
        and actors == {f.node for f in earlier.actors}
        and not report.is_dated
        and not conflicts(report, earlier)
    )


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
    """Whether it is a noun after such a word: "the attack", and no verb, as in "the men fought"."""
    start = report.event.trigger.start
    if not _is_base_or_plural(report, text):
        return False
    return _DEFINITE.search(text[max(0, start - _REACH) : start]) is not None
