"""English number words and figures as numbers; shared by dates and quantities."""

import re
from collections.abc import Sequence

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"

#: Number words below a hundred, with their value.
SMALL: dict[str, int] = {word: value for value, word in enumerate(_SMALL.split())} | {
    word: 10 * value for value, word in enumerate(_ROUND.split(), start=2)
}

#: Words that multiply what stands before them.
SCALES: dict[str, int] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}

#: Letters that newspapers write after a figure ("$3bn", "40k", "2.5m").
SCALE_SUFFIXES: dict[str, int] = {
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
    "tn": 1_000_000_000_000,
}

_ORDINAL_STEMS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
}

#: Ordinal words from first to ninetieth, without the compounds ("twenty-first").
ORDINALS: dict[str, int] = _ORDINAL_STEMS | {
    (word[:-1] + "ieth" if word.endswith("y") else word + "th"): value
    for word, value in SMALL.items()
    if value >= 4 and value not in _ORDINAL_STEMS.values()
}

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SUFFIXED = re.compile(rf"({_FIGURE.pattern})({'|'.join(sorted(SCALE_SUFFIXES, key=len)[::-1])})")


def read_figure(text: str) -> float | None:
    """The number that a token of digits writes ("10,000", "2.5", "40k"), or None."""
    if _FIGURE.fullmatch(text):
        return float(text.replace(",", ""))
    suffixed = _SUFFIXED.fullmatch(text.lower())
    if suffixed:
        return float(suffixed[1].replace(",", "")) * SCALE_SUFFIXES[suffixed[2]]
    return None


def read_number(words: Sequence[str]) -> float | None:
    """The number that a run of words writes, or None where a word is no part of a number.

    Args:
        words: lower-case words and figures in order; hyphens left out or given as "-".

    Returns:
        "two hundred and fifty" 250, "2.5 million" 2500000, "a dozen" 12, "two and a half" 2.5.
    """
    words = [word for word in words if word not in ("-", "\u2013")]
    if words[-1:] == ["half"]:
        rest = words[:-1]
        while rest and rest[-1] in ("a", "and"):
            rest = rest[:-1]
        whole = read_number(rest) if rest else 0.0
        return None if whole is None else whole + 0.5
    total, group, seen = 0.0, 0.0, False
    for word in words:
        if word in ("and", "of"):
            continue
        value = 1.0 if word in ("a", "an") else read_figure(word)
        value = float(SMALL[word]) if word in SMALL else value
        if value is not None:
            group, seen = group + value, True
        elif word in SCALES:
            group, seen = (group or 1.0) * SCALES[word], True
            if SCALES[word] >= 1_000:
                total, group = total + group, 0.0
        else:
            return None
    return total + group if seen else None


def read_ordinal(words: Sequence[str]) -> int | None:
    """The rank that lower-case words write ("third", "21st", "twenty first"), or None."""
    words = [word for word in words if word not in ("-", "\u2013")]
    if not words:
        return None
    figure = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", words[-1])
    if figure and len(words) == 1:
        return int(figure[1])
    last = ORDINALS.get(words[-1])
    if last is None or any(word not in SMALL for word in words[:-1]):
        return None
    return last + sum(SMALL[word] for word in words[:-1])
