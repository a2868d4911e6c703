"""Names: the best spans of a sentence, and one type for a name throughout a document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.countries import demonym_country, named_country
from kg.knownnames import known_type
from kg.words import word_set

Floats = NDArray[np.float32]
# The types between which the places of a name decide together.
UNIFIED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
# "... of X" of these says that X is a place: so it is in 153 of 155 names that follow them in GUM,
# wikigold, BTC, WNUT17 and CrossNER, where three names in ten are places. "In" and "near" change
# nothing more: the model heeds them itself.
OF_PLACES = word_set(
    """
    city town village suburb suburbs district province governorate county state port capital
    neighbourhood neighborhood municipality region area outskirts vicinity centre center streets
    north south east west northeast northwest southeast southwest siege island
    people residents population citizens inhabitants mayor governor
    """
)
# Nats that such a place of a name takes from other types; 2 to 4 give the same on the same texts.
OF_PLACES_WEIGHT = 4.0
# Weapons and other things that news writes in capitals; their plurals end in "s".
ABBREVIATIONS = word_set(
    """
    IED VBIED SVBIED UAV UAS RPG ICBM IRBM SLBM MANPADS WMD SUV ATV APC MRAP ATM GPS GDP
    VAT DNA RNA HIV AIDS ADHD PTSD CCTV LNG
    """
)
# What stands before a person's name and is no part of it.
HONORIFICS = word_set("mr mrs ms miss mx dr drs prof professor doctor sir madam aunt uncle")
# Added to probabilities before their logarithm.
LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name: its words ``first`` to ``end`` (excluded), its type, and how sure it is.

    ``score`` is the probability of its least likely word; ``evidence`` (types,) the mean logarithm
    of its words' probability of each type.
    """

    first: int
    end: int
    label: str
    score: float
    evidence: Floats


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    top = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = top / top.sum(axis=-1, keepdims=True)
    return result


def top_probability(scores: Floats) -> Floats:
    """The greatest probability along the last axis: that of the label with the best score."""
    best: Floats = 1 / np.exp(scores - scores.max(axis=-1, keepdims=True)).sum(axis=-1)
    return best


def find_names(scores: Floats, tags: Sequence[str]) -> list[NameSpan]:
    """The names in the best valid BIO sequence.

    Args:
        scores: float32 (n, tags), n at least 1.
        tags: "O", "B-type" and "I-type" of each type.

    Returns:
        In text order.
    """
    log_p = np.log(softmax(scores) + LEAST)
    allowed = _transitions(tuple(tags))
    total, back = log_p[0] + allowed[0], []
    for row in log_p[1:]:
        paths = total[:, None] + allowed[1:]
        back.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    path = [int(total.argmax())]
    for pointer in reversed(back):
        path.append(int(pointer[path[-1]]))
    return _spans(path[::-1], np.exp(log_p), tags)


def trim(words: Sequence[str], name: NameSpan) -> NameSpan:
    """The name without what stands before a person's ("Dr. Ann Lee")."""
    first = name.first
    if name.label == "PERSON":
        while first + 1 < name.end and words[first].lower().rstrip(".") in HONORIFICS:
            first += 1
    return replace(name, first=first)


def settle(words: Sequence[str], names: Sequence[NameSpan]) -> list[NameSpan]:
    """The names of a sentence, those typed as such that name a country, its people, a known body.

    "US troops" and "Israeli soil" have been called organisations and places, "Daesh" a person: no
    text teaches all of these words, and lists have them. "UAV" and the like are things.
    """
    texts = (" ".join(words[name.first : name.end]) for name in names)
    return [
        replace(name, label=_settled_type(text, name.label))
        for text, name in zip(texts, names, strict=True)
    ]


def _settled_type(text: str, label: str) -> str:
    if label not in UNIFIED:
        return label
    if text.removesuffix("s") in ABBREVIATIONS:
        return "MISC"
    if named_country(text):
        return "GPE" if label in ("ORG", "LOC") else label
    if " " not in text and demonym_country(text):
        return "NORP"
    return known_type(text) or label


@lru_cache(maxsize=4)
def _transitions(tags: tuple[str, ...]) -> Floats:
    """float32 (1 + tags, tags): 0 where a tag may follow another, else very negative.

    Row 0 is the start of the sentence.
    """
    allowed = np.zeros((len(tags) + 1, len(tags)), np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            allowed[0, j] = -1e4
            for i, before in enumerate(tags, 1):
                if before[2:] != tag[2:]:
                    allowed[i, j] = -1e4
    return allowed


def _spans(path: list[int], p: Floats, tags: Sequence[str]) -> list[NameSpan]:
    """The names of a BIO sequence; ``p`` (n, tags) are the probabilities."""
    types = _types(tuple(tags))
    found: list[NameSpan] = []
    first = None
    for i, at in enumerate([*path, tags.index("O")]):
        if first is not None and not tags[at].startswith("I-"):
            rows = p[first:i]
            score = float(min(p[k, path[k]] for k in range(first, i)))
            evidence = np.array(
                [np.log(rows[:, columns].sum(axis=1) + LEAST).mean() for columns in types.values()]
            )
            found.append(NameSpan(first, i, tags[path[first]][2:], score, evidence))
            first = None
        if tags[at].startswith("B-"):
            first = i
    return found


@lru_cache(maxsize=4)
def _types(tags: tuple[str, ...]) -> dict[str, list[int]]:
    """The columns of each type's tags, the types in the tags' order."""
    found: dict[str, list[int]] = {}
    for i, tag in enumerate(tags):
        if tag != "O":
            found.setdefault(tag[2:], []).append(i)
    return found


def unify_types(
    sentences: Sequence[Sequence[str]], names: Sequence[Sequence[NameSpan]], tags: Sequence[str]
) -> list[list[NameSpan]]:
    """The names of a document's sentences, with one type for all that are written alike.

    A name is spoken of more plainly in some places than in others: the type is that for which all
    its places together speak most. Names of different lengths do not speak for each other, and a
    place does not become a happening because one happened there ("before Fallujah").
    """
    types = list(_types(tuple(tags)))
    fixed = [types.index(label) for label in types if label not in UNIFIED]
    others = [types.index(label) for label in types if label not in PLACES]
    total: dict[tuple[str, ...], Floats] = {}

    def key(words: Sequence[str], name: NameSpan) -> tuple[str, ...]:
        return tuple(word.casefold() for word in words[name.first : name.end])

    for words, found in zip(sentences, names, strict=True):
        for name in found:
            if name.label in UNIFIED:
                at = key(words, name)
                evidence = total.setdefault(at, np.zeros(len(types), np.float32))
                evidence += name.evidence
                if _is_of_a_place(words, name):
                    evidence[others] -= OF_PLACES_WEIGHT
    for evidence in total.values():
        evidence[fixed] = -np.inf
    return [
        [
            replace(name, label=types[int(total[key(words, name)].argmax())])
            if name.label in UNIFIED
            else name
            for name in found
        ]
        for words, found in zip(sentences, names, strict=True)
    ]


def _is_of_a_place(words: Sequence[str], name: NameSpan) -> bool:
    """Whether the words before the name take only a place ("the suburb of", "residents of")."""
    before = [word.lower() for word in words[max(0, name.first - 2) : name.first]]
    return len(before) == 2 and before[0] in OF_PLACES and before[1] == "of"
