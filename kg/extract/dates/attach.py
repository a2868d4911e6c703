"""The value that a time expression gives to an event, with the preposition before it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from kg.extract.dates.values import days_of, interval_of, shift_unit
from kg.records import DateInterval, Span, TimeExpression

_RANGE_BEFORE = re.compile(r"\b(from|between)\s+(?:\w+\s+)?$", re.IGNORECASE)
_RANGE_JOINTS = re.compile(r"\s*(?:to|through|until|till|and)\s+(?:the\s+)?|\s*[-\u2013\u2014]\s*")
_PAIR_JOINT = re.compile(r"\s+and\s+")
_PREPOSITION = re.compile(
    r"\b(since|until|till|by|before|after|from|between|as of|in|on|at|during|within|for|over|"
    r"throughout)\s+(?:the\s+|about\s+|around\s+|late\s+|early\s+|at least\s+)?$",
    re.IGNORECASE,
)


def preposition_before(text: str, start: int) -> str | None:
    """The preposition right before character ``start`` ("since", "until"), lower case, or None."""
    match = _PREPOSITION.search(text, max(0, start - 30), start)
    return match[1].lower() if match else None


def attach_value(
    time: TimeExpression,
    preposition: str | None,
    *,
    published: date | None,
    until: TimeExpression | None = None,
) -> TimeExpression:
    """The time of an event that ``preposition`` ties to ``time``.

    Args:
        time: an expression as ``find_times`` gives it.
        preposition: the word before it, lower case; "since" makes an interval that ends with the
            publication, "from" and "between" with ``until``.
        published: the article's day.
        until: the other end of a range, where there is one.

    Returns:
        ``time`` itself, or a copy with a value "first/last" and its interval; the span of a range
        runs to its end.
    """
    if until is not None:
        return join_range(time, until)
    if preposition == "since" and published is not None:
        return resolve_since(time, published)
    return time


def resolve_since(time: TimeExpression, published: date) -> TimeExpression:
    """``time`` as the start of an interval that lasts to ``published`` ("2019-02-20/2019-03-06").

    An expression that names no days, or none before the publication, is given back as it is.
    """
    days = days_of(time.value) if "/" not in time.value else None
    if time.type not in ("DATE", "TIME") or days is None or days[0] > published:
        return time
    interval = DateInterval(
        first=days[0], last=published, resolved_from=_words(time, f"since {time.value}")
    )
    return replace(time, value=f"{time.value}/{published.isoformat()}", interval=interval)


def _words(time: TimeExpression, default: str) -> str:
    return time.interval.resolved_from if time.interval else default


def join_range(first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """The interval from ``first`` to ``last``, spanning both and the words between."""
    span = Span(article_id=first.span.article_id, start=first.span.start, end=last.span.end)
    value = f"{first.value}/{last.value}"
    words = f"{_words(first, first.value)} to {_words(last, last.value)}"
    return TimeExpression(
        span=span, type=first.type, value=value, interval=interval_of(value, words)
    )


def find_range_end(
    text: str, time: TimeExpression, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The expression that ends the range which ``time`` begins, or None.

    "from May to July", "between 1914 and 1918", "1939-45" and two years joined by "and" are ranges;
    both ends must name days, and the second must not come first. ``times`` are in text order.
    """
    after = bisect_left(times, time.span.end, key=lambda other: other.span.start)
    if after == len(times):
        return None
    other = times[after]
    joint = text[time.span.end : other.span.start]
    if not (_RANGE_JOINTS.fullmatch(joint) and _can_join(text, time, joint)):
        return None
    one, two = days_of(time.value), days_of(other.value)
    return other if one and two and one[0] <= two[0] and one != two else None


def _can_join(text: str, time: TimeExpression, joint: str) -> bool:
    before = _RANGE_BEFORE.search(text, max(0, time.span.start - 30), time.span.start)
    if _PAIR_JOINT.fullmatch(joint):
        return bool(before) or (time.type == "DATE" and bool(re.fullmatch(r"[\d-]+", time.value)))
    return bool(before) or not joint.strip().isalpha() or joint.strip() in ("to", "through")


def find_range_start(
    text: str, time: TimeExpression, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The expression that begins the range which ``time`` ends, or None."""
    before = bisect_left(times, time.span.start, key=lambda other: other.span.start) - 1
    if before < 0:
        return None
    other = times[before]
    return other if find_range_end(text, other, times) == time else None


_AFTER = re.compile(r"\s+(after|before|following)\s+(?:the\s+)?")
_LENGTH = re.compile(r"P(T?)([\d.]+)([SMHDWQY])")
_UNIT_WORDS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}


def counted_from(
    text: str, time: TimeExpression, anchor: DateInterval, end: int, *, is_back: bool = False
) -> TimeExpression | None:
    """The day of "three days after" or "a week before" something of the days ``anchor``.

    Args:
        text: of the article.
        time: the length of time, the words "after" or "before" following it.
        anchor: the days that it is counted from.
        end: character where the whole expression ends.
        is_back: the anchor is what happened then, and the day that of what it is counted from.

    Returns:
        A date, or None where ``time`` is no length in days or longer, or no such word follows.
    """
    length = _LENGTH.fullmatch(time.value)
    joint = _AFTER.match(text, time.span.end)
    if length is None or joint is None or length[1]:
        return None
    amount = float(length[2]) * (1 if (joint[1] == "before") is is_back else -1)
    value = shift_unit(anchor.first, _UNIT_WORDS[length[3]], amount)
    span = Span(article_id=time.span.article_id, start=time.span.start, end=end)
    words = text[span.start : span.end]
    return TimeExpression(span=span, type="DATE", value=value, interval=interval_of(value, words))


def _days_after(
    text: str, time: TimeExpression, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The day of "three days after April 15": the duration ``time`` from the date after it."""
    joint = _AFTER.match(text, time.span.end)
    if joint is None:
        return None
    after = bisect_left(times, joint.end(), key=lambda other: other.span.start)
    anchor = times[after] if after < len(times) else None
    if anchor is None or anchor.interval is None or anchor.type != "DATE":
        return None
    if anchor.span.start != joint.end():
        return None
    return counted_from(text, time, anchor.interval, anchor.span.end)


def _whole_night(text: str, time: TimeExpression) -> TimeExpression:
    """``time``, but where it is "overnight" the two days that the night belongs to."""
    word = text[time.span.start : time.span.end].lower()
    if word != "overnight" or time.interval is None:
        return time
    first = time.interval.first
    last = first + timedelta(days=1)
    interval = DateInterval(first=first, last=last, resolved_from=word)
    return replace(time, value=f"{first.isoformat()}/{last.isoformat()}", interval=interval)


def event_time(
    text: str | Doc,
    time: TimeExpression,
    times: Sequence[TimeExpression],
    *,
    published: date | None,
) -> TimeExpression:
    """What ``time``, found in ``text`` among ``times``, says about the event it is attached to.

    ``times`` are in text order, as `find_times` gives them. Give the text as a string where there
    are many events: spaCy builds ``Doc.text`` anew at each use.

    Looks for the other end of a range and for the preposition, and applies ``attach_value``.
    """
    text = text if isinstance(text, str) else text.text
    start = find_range_start(text, time, times)
    if start is not None:
        return join_range(start, time)
    counted = _days_after(text, time, times)
    if counted is not None:
        return counted
    return attach_value(
        _whole_night(text, time),
        preposition_before(text, time.span.start),
        published=published,
        until=find_range_end(text, time, times),
    )
