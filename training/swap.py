"""GAP's texts under other names, so that a pronoun is learnt from what stands around its names."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from examples import Example
from names import TITLES, bare

if TYPE_CHECKING:
    from batches import Encoded, Encoding

# How often a text is read under other names.
SWAPPED = 0.8
FEMININE, MASCULINE = frozenset({"she", "her", "hers"}), frozenset({"he", "him", "his"})


@dataclass(slots=True)
class NamePool:
    """The given names of each gender, and the family names, that GAP's own texts have.

    A word is a given name where it begins a name of several words.
    """

    given: dict[str, list[str]] = field(default_factory=dict)
    family: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, texts: Iterable[list[Example]]) -> NamePool:
        """The names that the texts' annotated pronouns may stand for."""
        given: dict[str, set[str]] = {"F": set(), "M": set()}
        family: set[str] = set()
        for text in texts:
            for words in annotated_names(text):
                if len(words) > 1:
                    given.setdefault(gender_of(text), set()).add(words[0])
                    family.add(words[-1])
        given.pop("", None)
        firsts = set().union(*given.values())
        return cls({g: sorted(found) for g, found in given.items()}, sorted(family - firsts))

    def draw(self, text: list[Example], rng: random.Random) -> dict[str, str]:
        """A word for each word of the text's annotated names, no word for two of them."""
        gender = gender_of(text)
        if gender not in self.given:
            return {}
        firsts = set().union(*self.given.values())
        taken = {word for example in text for word in example.words}
        drawn: dict[str, str] = {}
        for words in annotated_names(text):
            for k, word in enumerate(words):
                if word in drawn or len(word) < 3:
                    continue
                is_given = word in firsts and (k == 0 or 0 < k < len(words) - 1)
                pool = self.given[gender] if is_given else self.family
                other = rng.choice(pool)
                if other not in taken:
                    drawn[word] = other
                    taken.add(other)
        return drawn


def gender_of(text: list[Example]) -> str:
    """The gender of the text's annotated pronoun: "F", "M", or "" where it has none."""
    for example in text:
        for i, entity in example.mentions:
            word = example.words[i].lower()
            if entity.startswith("pronoun") and word in FEMININE | MASCULINE:
                return "F" if word in FEMININE else "M"
    return ""


def annotated_names(text: list[Example]) -> list[list[str]]:
    """The words of the two annotated names: from where each starts, as far as words are capital."""
    found = []
    for example in text:
        for start, entity in example.mentions:
            if entity.startswith("pronoun"):
                continue
            end = start
            while end < len(example.words) and is_name_word(example.words[end]):
                end += 1
            words = [w for w in example.words[start:end] if bare(w) not in TITLES]
            if words:
                found.append(words)
    return found


def is_name_word(word: str) -> bool:
    """Whether a word can be part of a person's name: "Lee", "McCoy", "Jean-Luc", "J."."""
    return word[:1].isupper() and word.replace("-", "").replace("'", "").rstrip(".").isalpha()


def swap_names(
    rows: Iterable[Encoded], pool: NamePool, rng: random.Random, encoding: Encoding
) -> list[Encoded]:
    """The sentences, in their order, those of most texts of GAP under other names."""
    found: list[Encoded] = []
    for source, group in groupby(rows, key=lambda e: (e.source, e.parts[0].document)):
        text = list(group)
        if source[0] != "gap" or rng.random() > SWAPPED:
            found += text
            continue
        names = pool.draw([e.parts[0] for e in text], rng)
        for e in text:
            (example,) = e.parts
            words = [names.get(word, word) for word in example.words]
            found.append(encoding.encode(replace(example, words=words)))
    return found
