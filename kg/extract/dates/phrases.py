"""What a matched rule says, as fields: the numbers and codes of its words, not yet a date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.dates.lexicon import (
    DECADES,
    EASTER_FEASTS,
    FREQUENCIES,
    HOLIDAYS,
    MONTHS,
    PARTS,
    PLURALS,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
)
from kg.extract.dates.pieces import Piece
from kg.extract.numbers import read_number, read_ordinal
from kg.words import word_set

_FORWARD = word_set("next coming following upcoming ensuing subsequent")
_BACKWARD = word_set("last past previous preceding prior")
#: Shifts that count from the date last mentioned and not from the day of publication.
_ANAPHORIC = word_set("following previous preceding prior ensuing subsequent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A time expression at ``[start, end)``, read but not resolved.

    ``shift`` counts units from the anchor (-1 "last", 0 "this", 1 "next"); ``anaphoric`` says that
    the anchor is the date last mentioned ("the next day", "that year"), ``year_shift`` does the
    same for the year alone ("August of that year"). ``amount`` None with a ``unit`` is a vague
    number ("several days").
    """

    start: int
    end: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    ordinal: int | None = None
    part: str | None = None
    edge: str | None = None
    shift: int | None = None
    year_shift: int | None = None
    anaphoric: bool = False
    unit: str | None = None
    amount: float | None = None
    code: str | None = None
    zone: str | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the phrase names its year itself."""
        return self.year is not None


def _year_of(text: str) -> int:
    digits = int(re.sub(r"\D", "", text))
    if digits >= 100:
        return digits
    return digits + (1900 if digits > _PIVOT else 2000)


#: A two-digit year above this one is of the twentieth century.
_PIVOT = 40


class _Reader:
    """The words under a match, by group name."""

    def __init__(
        self, pieces: Sequence[Piece], at: int, end: int, match: re.Match[str] | None
    ) -> None:
        self.pieces, self.at, self.end, self.match = pieces, at, end, match

    def words(self, name: str) -> list[str]:
        """The lower-case words of group ``name``; empty where it took no part."""
        if self.match is None or name not in self.match.re.groupindex:
            return []
        first, after = self.match.span(name)
        return [piece.low for piece in self.pieces[first:after]] if first >= 0 else []

    def word(self, name: str) -> str | None:
        """The first word of group ``name``, or None."""
        return next(iter(self.words(name)), None)

    def number(self, name: str) -> int | None:
        """The digits of group ``name`` as a number ("7th" 7), or None."""
        word = self.word(name)
        return int(re.sub(r"\D", "", word)) if word else None


def read_phrases(
    kind: str, pieces: Sequence[Piece], reach: tuple[int, int], match: re.Match[str] | None
) -> tuple[tuple[Phrase, ...], int]:
    """The phrases of one match, in text order, and the piece after the last one.

    A match is two phrases where it names two days or years that share a month or a century.
    """
    at, end = reach
    read = _Reader(pieces, at, end, match)
    phrase = _read(kind, read)
    if read.word("da") and match is not None:
        return _split_first(phrase, read, match.start("da")), end
    if read.word("na") and match is not None:
        return _split_amounts(phrase, read), end
    for name in ("db", "yc"):
        if read.word(name) and match is not None:
            return _split_last(phrase, read, match.start(name)), end
    return (phrase,), end


def _split_first(phrase: Phrase, read: _Reader, index: int) -> tuple[Phrase, ...]:
    match = read.match
    second = read.pieces[match.start("d")] if match else read.pieces[index]
    one = replace(phrase, end=read.pieces[index].end, day=read.number("da"))
    return one, replace(phrase, start=second.start)


def _split_amounts(phrase: Phrase, read: _Reader) -> tuple[Phrase, ...]:
    match = read.match
    if match is None:
        return (phrase,)
    last, first = read.pieces[match.end("na") - 1], read.pieces[match.start("n")]
    one = replace(phrase, end=last.end, amount=read_number(read.words("na")))
    return one, replace(phrase, start=first.start)


def _split_last(phrase: Phrase, read: _Reader, index: int) -> tuple[Phrase, ...]:
    piece = read.pieces[index]
    if phrase.kind == "year":
        year = (phrase.year or 0) // 100 * 100 + int(piece.low)
        before = read.pieces[index - 2]
        return replace(phrase, end=before.end), Phrase(
            start=piece.start, end=piece.end, kind="year", year=year
        )
    match = read.match
    first_end = match.end("d") if match else index
    day = read.number("db")
    one = replace(phrase, end=read.pieces[first_end - 1].end)
    return one, replace(phrase, start=piece.start, day=day, weekday=None)


def _read(kind: str, read: _Reader) -> Phrase:
    words = [piece.low for piece in read.pieces[read.at : read.end]]
    shift, anaphoric = _read_shift(read.words("sh"), words)
    unit = read.word("u")
    year_word = read.word("r")
    return Phrase(
        start=read.pieces[read.at].start,
        end=read.pieces[read.end - 1].end,
        kind=kind,
        year=_read_year(read),
        month=MONTHS.get(read.word("m") or read.word("ma") or ""),
        day=read.number("d"),
        weekday=WEEKDAYS.get((read.word("w") or "").removesuffix("s")),
        season=SEASONS.get(read.word("s") or ""),
        ordinal=_read_rank(read),
        part=PARTS.get(read.word("p") or ""),
        edge=_read_edge(words),
        shift=shift,
        year_shift=_read_shift([year_word], [])[0] if year_word else None,
        anaphoric=anaphoric,
        unit=PLURALS.get(unit, unit) if unit else None,
        amount=_read_amount(kind, read, words),
        code=_read_code(kind, read, words),
        zone="Z" if read.word("z") in ("utc", "gmt") else None,
    )


def _read_year(read: _Reader) -> int | None:
    if read.word("y"):
        year = _year_of(read.word("y") or "")
        return -year if _is_before_christ(read.word("e")) else year
    if read.word("yb"):
        year = read.number("yb") or 0
        return -year if _is_before_christ(read.word("eb")) else year
    return None


def _is_before_christ(era: str | None) -> bool:
    return bool(era) and (era or "").startswith("b")


def _read_rank(read: _Reader) -> int | None:
    words = read.words("o")
    if words[:1] == ["latter"]:
        return 2
    return read_ordinal(words)


def _read_edge(words: Sequence[str]) -> str | None:
    return next((word for word in words[:4] if word in _EDGES), None)


_EDGES = word_set("early late later earlier mid middle beginning start end close latter outset eve")


def _read_shift(named: Sequence[str | None], words: Sequence[str]) -> tuple[int | None, bool]:
    if not named:
        return None, False
    word = named[-1] or ""
    with_article = words[:1] == ["the"]
    if word in ("before", "after"):
        return (1 if word == "after" else -1), False
    if word in _FORWARD:
        return 1, word in _ANAPHORIC or (with_article and word == "next")
    if word in _BACKWARD:
        return -1, word in _ANAPHORIC
    return 0, word in ("that", "same") or "same" in words


def _read_amount(kind: str, read: _Reader, words: Sequence[str]) -> float | None:
    number = read.words("n")
    half = 0.5 if words[-3:] == ["and", "a", "half"] else 0.0
    if not number:
        counted = kind in ("duration", "later", "set") and read.word("u") not in PLURALS
        return 1.0 + half if counted else None
    if number[0] == "half":
        return 0.5
    if number == ["other"] or "couple" in number:
        return 2.0
    if any(word in _VAGUE for word in number):
        return None
    value = read_number(number)
    return None if value is None else value + half


_VAGUE = word_set(
    "few several many some various numerous multiple dozens scores hundreds thousands tens"
)


def _read_code(kind: str, read: _Reader, words: Sequence[str]) -> str | None:
    text = " ".join(words).replace(" 's", "'s")
    if kind == "reference":
        return REFERENCES.get(text, "PRESENT_REF")
    if kind == "frequency":
        return FREQUENCIES[read.word("c") or ""]
    if kind == "holiday":
        return next(name for name in _FEASTS if text.startswith(name))
    if kind == "decade" and read.word("c") in DECADES:
        return str(1900 + DECADES[read.word("c") or ""])
    for name in ("c", "l", "t"):
        if read.word(name):
            return read.word(name)
    return None


_FEASTS = sorted((*HOLIDAYS, *EASTER_FEASTS), key=len, reverse=True)


def timex_unit(unit: str, amount: float | None) -> str:
    """The TIMEX3 duration of ``amount`` units: "P3D", "PT2H", "P2.5Y"; None gives "PXD"."""
    letters, multiple = UNITS[unit]
    prefix, letter = ("PT", letters[1]) if letters.startswith("T") else ("P", letters)
    return f"{prefix}{'X' if amount is None else format_number(amount * multiple)}{letter}"


def format_number(value: float) -> str:
    """``value`` without a needless decimal point."""
    return f"{value:g}" if value != int(value) else str(int(value))
