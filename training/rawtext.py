"""A treebank's text as it stood before it was cut, with where its tokens and sentences start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from examples import read_rows


@dataclass
class RawText:
    """One document: paragraphs are parted by a line break, sentences by a blank or nothing."""

    text: str = ""
    tokens: set[int] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)


def read_documents(path: Path) -> list[RawText]:
    """The documents of a CoNLL-U file, rebuilt from its comments and SpaceAfter."""
    found: list[RawText] = []
    gap = ""
    for comments, rows in read_rows(path):
        if "newdoc id" in comments or not found:
            found.append(RawText())
        elif any(key in ("newpar", "newpar id") for key in comments):
            gap = "\n"
        doc = found[-1]
        doc.text += gap if doc.text else ""
        doc.sentences.add(len(doc.text))
        gap = ""
        for pieces, space in _surface(rows):
            doc.text += gap
            for piece in pieces:
                doc.tokens.add(len(doc.text))
                doc.text += piece
            gap = space
    return found


def _surface(rows: list[list[str]]) -> Iterator[tuple[list[str], str]]:
    """(words that are written as one, the blank after them) of a sentence."""
    last = 0
    for row in rows:
        number, _, end = row[0].partition("-")
        blank = "" if "SpaceAfter=No" in row[9] else " "
        if end:
            last = int(end)
            words = [r[1] for r in rows if r[0].isdigit() and int(number) <= int(r[0]) <= last]
            yield words if "".join(words) == row[1] else [row[1]], blank
        elif number.isdigit() and int(number) > last:
            yield [row[1]], blank
