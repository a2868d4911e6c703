"""Finds the time expressions of an article and resolves them in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from kg.extract.dates.grammar import find_phrases
from kg.extract.dates.phrases import Phrase
from kg.extract.dates.resolve import Context, resolve
from kg.extract.dates.tense import Direction, direction_at
from kg.extract.dates.values import days_of, interval_of
from kg.extract.syntax import text_of
from kg.records import Span, TimeExpression

#: An article tells history where so many dates name a year other than that of publication or the
#: one before, and they are so many times the words that count from today. Of 16 histories and 89
#: news texts 16 and 1 are so taken; 4 takes 16 and 5, 8 takes 15 and none; the second number (1 to
#: 3) hardly matters.
_MIN_FAR_DATES, _FAR_PER_DEICTIC = 6, 2
_DEICTIC = frozenset({"weekday", "today", "tonight", "ago", "unit", "ahead"})
_DIRECTED = frozenset(
    {"date", "month", "weekday", "season", "quarter", "tonight", "unit", "holiday"}
)
#: How many expressions away one may take its year or day from another: a bound on the time that
#: endless sentences cost.
_NEIGHBOURS = 20
#: Expressions that take their day from the rest of the sentence.
_DEPENDENT = frozenset({"clock", "partof"})
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[A-Z\"\u201c\u2018'(])|\n\s*\n")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_IN_BEFORE = re.compile(r"\b(?:in|of|on|since)\s+$", re.IGNORECASE)
#: Kinds whose value is no date that a later expression could count from.
_NO_ANCHOR = frozenset({"reference", "recent", "anaphor", "decade", "century"})


def find_times(
    doc: Doc, *, published: date | None, article_id: str = "", start: int = 0
) -> tuple[TimeExpression, ...]:
    """The time expressions of ``doc`` in text order, with TIMEX3 values.

    Args:
        doc: with UD labels the tense of the governing verb is read from the tree, without them
            from the words around.
        published: the day that "today" and "Wednesday" count from; None leaves what depends on it
            open ("XXXX-WXX-3").
        article_id: goes into the spans.
        start: character before which nothing is a time expression (a header line, for instance).

    Returns:
        Expressions that do not overlap; ends of ranges apart (see ``attach_value``).
    """
    text = text_of(doc)
    phrases = find_phrases(text, start=start)
    bounds = _sentence_starts(doc, text)
    values = _resolve_all(doc, text, phrases, published, bounds)
    return tuple(
        TimeExpression(
            span=Span(article_id=article_id, start=phrase.start, end=phrase.end),
            type=kind,
            value=value,
            interval=interval_of(value, text[phrase.start : phrase.end]),
        )
        for phrase, (kind, value) in zip(phrases, values, strict=True)
    )


def _sentence_starts(doc: Doc, text: str) -> list[int]:
    if doc.has_annotation("SENT_START"):
        return [sent.start_char for sent in doc.sents]
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def is_narrative(phrases: Sequence[Phrase], published: date | None) -> bool:
    """Whether the text tells history, so that dates count from the one last mentioned."""
    years = [phrase.year for phrase in phrases if phrase.year is not None]
    current = (published.year, published.year - 1) if published else ()
    far = sum(year not in current for year in years)
    deictic = sum(phrase.kind in _DEICTIC and not phrase.anaphoric for phrase in phrases)
    return far >= max(_MIN_FAR_DATES, _FAR_PER_DEICTIC * deictic) and 2 * far > len(years)


def _resolve_all(
    doc: Doc,
    text: str,
    phrases: Sequence[Phrase],
    published: date | None,
    bounds: Sequence[int],
) -> list[tuple[str, str]]:
    narrative = is_narrative(phrases, published)
    values: dict[int, tuple[str, str]] = {}
    sentences = _sentence_numbers(phrases, bounds)
    mentioned: str | None = None
    last_day: str | None = published.isoformat() if published else None
    days: dict[int, str | None] = {}
    for index, phrase in enumerate(phrases):
        days[index] = last_day
        if _is_dependent(phrase):
            continue
        context = Context(
            published=published,
            mentioned=mentioned,
            is_narrative=narrative,
            direction=_direction(doc, text, phrase),
            sentence_year=_sentence_year(text, phrases, sentences, index, published),
        )
        values[index] = resolve(phrase, context)
        value = values[index][1]
        if _is_anchor(phrase, values[index]) and not (mentioned or "").startswith(value):
            mentioned = value
        if _DAY.match(value):
            last_day = value
    for index in _dependents(phrases):
        day = _day_of_sentence(index, phrases, sentences, values)
        if day is None and phrases[index].kind == "clock":
            day = days[index]
        context = Context(
            published=published, mentioned=day, is_narrative=narrative, direction=Direction.UNKNOWN
        )
        values[index] = resolve(phrases[index], context)
    return [values[index] for index in range(len(phrases))]


def _is_dependent(phrase: Phrase) -> bool:
    return phrase.kind in _DEPENDENT and phrase.shift is None


def _dependents(phrases: Sequence[Phrase]) -> Iterator[int]:
    return (index for index, phrase in enumerate(phrases) if _is_dependent(phrase))


def _direction(doc: Doc, text: str, phrase: Phrase) -> Direction:
    if phrase.is_dated or phrase.kind not in _DIRECTED:
        return Direction.UNKNOWN
    return direction_at(doc, text, phrase.start, phrase.end)


def _sentence_numbers(phrases: Sequence[Phrase], bounds: Sequence[int]) -> list[int]:
    numbers, current = [], 0
    for phrase in phrases:
        while current + 1 < len(bounds) and bounds[current + 1] <= phrase.start:
            current += 1
        numbers.append(current)
    return numbers


def _sentence_year(
    text: str,
    phrases: Sequence[Phrase],
    sentences: Sequence[int],
    index: int,
    published: date | None,
) -> int | None:
    """A year before that of publication that "in" puts earlier in the sentence of ``index``."""
    for other in range(index - 1, max(-1, index - _NEIGHBOURS), -1):
        if sentences[other] != sentences[index]:
            return None
        year = phrases[other].year
        is_adverbial = _IN_BEFORE.search(
            text, max(0, phrases[other].start - 9), phrases[other].start
        )
        if is_adverbial and year is not None and published and 0 < year < published.year:
            return year
    return None


def _is_anchor(phrase: Phrase, resolved: tuple[str, str]) -> bool:
    kind, value = resolved
    return kind in ("DATE", "TIME") and phrase.kind not in _NO_ANCHOR and days_of(value) is not None


def _same_sentence(index: int, sentences: Sequence[int]) -> range:
    """The indices of the phrases near phrase ``index`` in its sentence."""
    first = max(bisect_left(sentences, sentences[index]), index - _NEIGHBOURS)
    return range(first, min(bisect_right(sentences, sentences[index]), index + _NEIGHBOURS))


def _day_of_sentence(
    index: int,
    phrases: Sequence[Phrase],
    sentences: Sequence[int],
    values: dict[int, tuple[str, str]],
) -> str | None:
    """The value of the day nearest to phrase ``index`` in its sentence, or None."""
    here = phrases[index]
    near = [
        (min(abs(phrases[other].start - here.end), abs(here.start - phrases[other].end)), value)
        for other in _same_sentence(index, sentences)
        if other in values and _DAY.match(value := values[other][1])
    ]
    return min(near)[1] if near else None


def with_article(times: Sequence[TimeExpression], article_id: str) -> tuple[TimeExpression, ...]:
    """``times`` with their spans in the article ``article_id``."""
    return tuple(replace(time, span=replace(time.span, article_id=article_id)) for time in times)
