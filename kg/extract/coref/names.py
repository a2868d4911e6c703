"""Whether two names can be one thing's: spelling, short and full names, acronyms, gender.

Names are compared as words without case, diacritics, possessive and article. A person's last name
or first name alone stands for the full name, an acronym for the words whose initials it has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.countries import named_country
from kg.extract.coref.vocabulary import (
    CORPORATE_FORMS,
    FEMALE_NAMES,
    FEMALE_TITLES,
    LAND_FORMS,
    LAST_NAMES,
    MALE_NAMES,
    MALE_TITLES,
    NAME_SUFFIXES,
    OFFICES,
    SMALL_WORDS,
    TITLES,
)
from kg.placenames import normalise, without_possessive

_ACRONYM = re.compile(r"^(?:[A-Z][A-Z0-9&.\-/]{1,9}s?|[A-Z][a-z]?[A-Z]{1,4})$")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: as it was written, as words to compare, and those joined to one key."""

    text: str
    words: tuple[str, ...]
    key: str
    country: str | None
    is_acronym: bool


def read_name(text: str) -> Name:
    """The name that ``text`` writes, without its article and possessive."""
    bare = without_possessive(" ".join(text.split()))
    bare = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", bare, flags=re.IGNORECASE)
    words = normalise(bare).split() or [bare.casefold()]
    return Name(
        text=bare,
        words=tuple(words),
        key=" ".join(words),
        country=named_country(bare),
        is_acronym=len(words) == 1 and bool(_ACRONYM.match(bare.strip())),
    )


def person_words(name: Name) -> tuple[str, ...]:
    """A person's name words without titles and suffixes."""
    words = list(name.words)
    while len(words) > 1 and (words[0] in OFFICES or words[0] in TITLES):
        words = words[1:]
    while len(words) > 1 and words[-1] in NAME_SUFFIXES:
        words = words[:-1]
    return tuple(words)


def is_short_person(short: Name, full: Name) -> bool:
    """Whether ``short`` is a part of ``full``: last or first name, or both without the middle."""
    few, many = person_words(short), person_words(full)
    if "of" in many[1:]:
        many = many[: many.index("of", 1)]
    if len(few) >= len(many) or not few:
        return False
    if len(few) == 1:
        return few[0] in (many[-1], many[0])
    if few == many[-len(few) :] or few == many[: len(few)]:
        return True
    return few[0] == many[0] and few[-1] == many[-1]


def is_short_body(short: Name, full: Name) -> bool:
    """Whether ``short`` is a body's or place's ``full`` name without its form, or its end."""
    few, many = short.words, full.words
    if not few or len(few) >= len(many):
        return False
    rest = many[len(few) :]
    if few == many[: len(few)] and all(word in CORPORATE_FORMS for word in rest):
        return True
    if len(few) > 1 and few == many[: len(few)] and rest[0] in ("of", "in", "for"):
        return True
    if len(few) == 1 and few == many[-1:] and many[-2] == "of" and short.country is None:
        return not short.is_acronym
    if few == many[: len(few)] and len(rest) == 1 and rest[0] in LAND_FORMS:
        return True
    return len(few) > 1 and few in (many[-len(few) :], head_words(full)[-len(few) :])


def head_words(name: Name) -> tuple[str, ...]:
    """A body's words up to the one that says what it is: "Supreme Court", not "of Cassation"."""
    return name.words[: name.words.index("of")] if "of" in name.words[1:] else name.words


def is_acronym_of(acronym: Name, full: Name) -> bool:
    """Whether ``acronym`` is made of the initials of ``full``, small words counted or not."""
    if not acronym.is_acronym or len(full.words) < 2:
        return False
    letters = re.sub(r"[^a-z0-9]", "", acronym.key)
    letters = letters.removesuffix("s") if acronym.text.endswith("s") else letters
    if len(letters) < 2:
        return False
    # "Co-operation" counts for one letter or two.
    return letters in {*_initials(full.words), *_initials(tuple(full.text.casefold().split()))}


def _initials(words: tuple[str, ...]) -> Iterator[str]:
    """The initials of all words, of all but "the", and of all but small words."""
    for left_out in (frozenset[str](), frozenset({"the"}), SMALL_WORDS):
        yield "".join(word[0] for word in words if word not in left_out)


def long_form_start(acronym: Name, before: str) -> int | None:
    """Where in ``before``, the text up to an acronym's bracket, the words that it stands for start.

    The acronym's letters are matched with the words' initials from right to left.
    Source: Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions
    in biomedical text".
    """
    letters = re.sub(r"[^a-z]", "", acronym.key)
    words = list(re.finditer(r"[^\W_]+", before))
    if not acronym.is_acronym or not words:
        return None
    at = len(letters) - 1
    for word in reversed(words[-3 * len(letters) :]):
        if word.group()[0].casefold() == letters[at] and word.group() not in SMALL_WORDS:
            at -= 1
        elif word.group().casefold() not in SMALL_WORDS:
            return None
        if at < 0:
            return word.start()
    return None


def is_loose_acronym_of(acronym: Name, full: Name) -> bool:
    """Whether the letters of ``acronym`` stand in order in ``full``, the first one first.

    Safe only where the text gives the acronym in brackets after the name.
    """
    if not acronym.is_acronym:
        return False
    letters = re.sub(r"[^a-z]", "", acronym.key)
    rest = iter(full.key)
    return full.key[:1] == letters[:1] and all(letter in rest for letter in letters)


def same_name(one: Name, other: Name) -> bool:
    """Whether the spellings are one name: equal words, one country, or differing only in spaces."""
    if one.country is not None and one.country == other.country:
        return True
    return one.key == other.key or one.key.replace(" ", "") == other.key.replace(" ", "")


def gender_of_name(name: Name) -> str | None:
    """What the title or the first name tells: "Masc", "Fem", or None."""
    words = person_words(name)
    first = words[0]
    titles = name.words[: name.words.index(first)]
    if len(words) == 1 and first in LAST_NAMES:
        first = ""
    if first in MALE_NAMES or any(word in MALE_TITLES for word in titles):
        return "Fem" if any(word in FEMALE_TITLES for word in titles) else "Masc"
    is_female = first in FEMALE_NAMES or any(word in FEMALE_TITLES for word in titles)
    return "Fem" if is_female else None
