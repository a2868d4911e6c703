"""Text cut into pieces that one character each stands for, so that rules are regular expressions.

A piece is finer than a token ("1939-45", "12-year" and "mid-May" are cut at the dash) and carries
the set of lexicon categories of its word. Each set of categories is one character (an atom), and a
category in a rule becomes the class of the atoms that have it: "month day ? comma ? year" is then
an ordinary regular expression over the string of atoms, with words of several categories for free.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.extract.dates.lexicon import CATEGORIES

_ERA = r"(?:B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.|C\.\s?E\.)"
_AMPM = r"(?:[ap]\.\s?m\.|[ap]\.?m\b)"
_SHAPES: dict[str, str] = {
    "isodate": r"\d{4}-\d\d-\d\d(?!\d)",
    "slashdate": r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])",
    "fiscalyear": r"FY\s?(?:20)?\d\d(?!\d)|[QH][1-4]\s(?:19|20)\d\d(?!\d)",
    "clock": rf"\d{{1,2}}:\d\d(?::\d\d)?(?:\s?{_AMPM})?(?!\d)|\d{{1,2}}\.\d\d\s?{_AMPM}"
    rf"|\d{{1,2}}\s?{_AMPM}|[01]\d{{3}}\s?(?=(?:GMT|UTC|hrs|hours local)\b)"
    r"|\d{1,2}\so['\u2019]clock\b",
    "decade": r"\d{3}0['\u2019]?s\b|['\u2019]?\d0s\b",
    "shortyear": r"['\u2019]\d\d\b(?!['\u2019])",
    "ordnum": r"\d{1,2}(?:st|nd|rd|th)\b",
    "number": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    "erashort": _ERA,
    "possessive": r"['\u2019]s\b",
    "word": r"[^\W\d_]+",
    "gap": r"\n[^\S\n]*\n\s*",
    "mark": r"[^\w\s]|_",
}
_PIECE = re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES.items()))
_SHAPE_NAMES = ("isodate", "slashdate", "fiscalyear", "clock", "decade", "shortyear", "ordnum")

#: Categories that come from a piece's shape, in the sets in which they occur.
_SHAPE_SETS: tuple[frozenset[str], ...] = (
    *(frozenset({name}) for name in _SHAPE_NAMES),
    frozenset({"ordnum", "dayord"}),
    frozenset({"number", "day", "twodigits"}),
    frozenset({"number", "day"}),
    frozenset({"number", "twodigits"}),
    frozenset({"number", "threedigits"}),
    frozenset({"number", "year"}),
    frozenset({"number"}),
    frozenset({"era"}),
    frozenset({"gap"}),
    frozenset(),
)
#: Words that are months or seasons only when they are written with a capital.
_CAPITAL_MONTHS = frozenset({"march", "may"})
_CAPITAL_ABBREVIATIONS = frozenset(CATEGORIES["abbr"].split()) | frozenset(
    CATEGORIES["weekdayabbr"].split()
)
EARLIEST_YEAR, LATEST_YEAR = 1000, 2100


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, figure or mark at ``[start, end)`` of the text, with its categories' atom."""

    start: int
    end: int
    low: str
    atom: str
    is_capital: bool


def _words_by_category() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for category, words in CATEGORIES.items():
        for word in words.split():
            found.setdefault(word, set()).add(category)
    return {word: frozenset(categories) for word, categories in found.items()}


_WORDS = _words_by_category()
_LOWERED = {
    word: _WORDS[word] - {"month", "abbr", "weekdayabbr"} | {"lowmonth"} for word in _CAPITAL_MONTHS
}
_SETS = sorted({*_WORDS.values(), *_LOWERED.values(), *_SHAPE_SETS}, key=sorted)
_ATOMS = {categories: chr(0x4E00 + i) for i, categories in enumerate(_SETS)}
#: The atom of a piece that is in no category: no rule begins with it.
BLANK = _ATOMS[frozenset()]


def _number_categories(text: str) -> frozenset[str]:
    categories = {"number"}
    if text.isdigit():
        value = int(text)
        if 1 <= value <= 31 and len(text) <= 2:
            categories.add("day")
        if len(text) == 2:
            categories.add("twodigits")
        if len(text) == 3:
            categories.add("threedigits")
        if len(text) == 4 and EARLIEST_YEAR <= value <= LATEST_YEAR:
            categories.add("year")
    return frozenset(categories)


def _word_categories(text: str) -> frozenset[str]:
    low = text.lower()
    if low in _LOWERED and text.islower():
        return _LOWERED[low]
    categories = _WORDS.get(low, frozenset())
    if low in _CAPITAL_ABBREVIATIONS and text.islower():
        categories = categories - {"abbr", "weekdayabbr"}
    if low in ("ad", "ce", "bc", "bce", "est", "ist", "bst") and not text.isupper():
        categories = categories - {"era", "zone"}
    return categories if categories in _ATOMS else frozenset()


def _categories(match: re.Match[str]) -> frozenset[str]:
    shape, text = match.lastgroup or "mark", match.group()
    if shape == "word":
        return _word_categories(text)
    if shape == "number":
        return _number_categories(text)
    if shape == "ordnum":
        day = 1 <= int(text[:-2]) <= 31
        return frozenset({"ordnum", "dayord"}) if day else frozenset({"ordnum"})
    if shape == "erashort":
        return frozenset({"era"})
    if shape == "gap":
        return frozenset({"gap"})
    if shape in _SHAPE_NAMES:
        return frozenset({shape})
    return _WORDS.get(text, frozenset())


def cut(text: str, *, start: int = 0) -> list[Piece]:
    """The pieces of ``text`` from character ``start`` on, in order, blanks left out."""
    pieces = []
    for match in _PIECE.finditer(text, start):
        atom = _ATOMS.get(_categories(match), BLANK)
        low = match.group().lower().replace("\u2019", "'")
        pieces.append(Piece(match.start(), match.end(), low, atom, match.group()[0].isupper()))
    return pieces


@cache
def atoms_of(category: str) -> str:
    """The atoms whose set has ``category``.

    Raises:
        ValueError: no word and no shape has the category.
    """
    atoms = "".join(atom for categories, atom in _ATOMS.items() if category in categories)
    if not atoms:
        raise ValueError(f"category {category!r}: none in the lexicon; add it to CATEGORIES")
    return atoms


_RULE_TOKEN = re.compile(
    r"(?P<name>\w+):(?P<named>[\w/]+)|(?P<plain>[\w/]+)|(?P<sign>[()|?*+]|\{\d,\d\})"
)


def compile_rule(pattern: str, macros: dict[str, str]) -> re.Pattern[str]:
    """The regular expression over atoms that ``pattern`` writes.

    ``pattern`` is made of categories ("month", or "month/abbr" for either), named ones ("m:month"),
    the signs ( ) | ? * + {m,n} and macros, which are written in capitals.
    """
    while any(re.search(rf"\b{macro}\b", pattern) for macro in macros):
        for macro, meaning in macros.items():
            pattern = re.sub(rf"\b{macro}\b", f"( {meaning} )", pattern)
    named_group = re.compile(r"(\w+):\(")
    pattern = named_group.sub(r"(?P<\1>", pattern)
    parts: list[str] = []
    i = 0
    while i < len(pattern):
        if pattern.startswith("(?P<", i):
            close = pattern.index(">", i) + 1
            parts.append(pattern[i:close])
            i = close
            continue
        match = _RULE_TOKEN.match(pattern, i)
        if not match:
            i += 1
            continue
        parts.append(_translate(match))
        i = match.end()
    return re.compile("".join(parts))


def _translate(match: re.Match[str]) -> str:
    if match["sign"]:
        return "(?:" if match["sign"] == "(" else match["sign"]
    categories: Iterable[str] = (match["named"] or match["plain"]).split("/")
    atoms = "[" + "".join(atoms_of(category) for category in categories) + "]"
    return f"(?P<{match['name']}>{atoms})" if match["named"] else atoms
