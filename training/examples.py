"""A training sentence, and the reader of the tab-separated files that it comes from."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# The index of a label that the source does not state.
IGNORE = -100


@dataclass
class Example:
    """One sentence; a list left empty is not annotated in its source.

    ``document`` is "" where the source does not say which sentences follow each other. A mention is
    its head word and the entity that it refers to. ``name_odds`` are each word's probabilities of
    the name tags where these are inferred, all 0 where nothing is known.
    """

    source: str
    words: list[str]
    sent_id: str = ""
    document: str = ""
    upos: list[int] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=list)
    name_odds: list[list[float]] = field(default_factory=list)
    mention_types: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    predicates: list[int] = field(default_factory=list)
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    modality: list[int] = field(default_factory=list)
    polarity: list[int] = field(default_factory=list)
    category: list[frozenset[int]] = field(default_factory=list)
    mentions: list[tuple[int, str]] = field(default_factory=list)


def is_held_out(document: str) -> bool:
    """Whether the language model must not learn coreference from a document.

    The weights of salience.py are fitted on these, so that they see the model as it is on new text.
    """
    return zlib.crc32(document.encode()) % 3 == 0


def read_rows(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """(comments, rows) of each sentence of a tab-separated, blank-line-parted file."""
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in [*file, ""]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = {}, []


def top_words(first: int, last: int, heads: list[int]) -> list[int]:
    """The words of the range whose governor lies outside it; heads count from 1, 0 is the root."""
    return [i for i in range(first, last + 1) if not first <= heads[i] - 1 <= last]
