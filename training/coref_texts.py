"""Texts whose pronouns are annotated: GUM, the annotated training articles, GAP development."""

from __future__ import annotations

import csv
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from examples import is_held_out, read_rows
from gum import BRACKET

# The parts of GUM that are nearest to news: written or edited prose, and talk that is quoted in it.
GENRES = frozenset(
    {"news", "interview", "bio", "speech", "court", "voyage", "academic", "textbook"}
)


@dataclass(slots=True)
class CorefText:
    """A text with the entities that its mentions belong to.

    Attributes:
        text: the text.
        mentions: (start, end, entity) in characters of ``text``.
        weight: how much each of its pronouns counts.
        is_complete: whether a pronoun without annotation refers to nothing in the text.
        is_answered: whether only pronouns are taught for which the right answer can be given.
    """

    text: str = ""
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    weight: float = 1.0
    is_complete: bool = False
    is_answered: bool = False


def iter_texts(packs: Path) -> Iterator[CorefText]:
    """The texts of the packs from which the model has not learnt coreference, in a fixed order."""
    yield from iter_gum(packs / "ud/en_gum-train.conllu.xz")
    yield from iter_articles(packs / "events")
    yield from iter_gap(packs / "coref/gap-development.tsv.xz")


def iter_gum(path: Path) -> Iterator[CorefText]:
    """The held-out documents of GUM's nearest genres, paragraphs parted by a line break."""
    document = _GumDocument()
    for comments, rows in read_rows(path):
        if "newdoc id" in comments:
            yield from document.finish()
            name = comments["newdoc id"]
            is_wanted = name.split("_")[1] in GENRES and is_held_out(name)
            document = _GumDocument(is_wanted=is_wanted)
        document.add(rows, is_paragraph="newpar" in comments)
    yield from document.finish()


@dataclass(slots=True)
class _GumDocument:
    """A document of GUM while its sentences are read; a mention may end in a later one."""

    is_wanted: bool = False
    result: CorefText = field(default_factory=lambda: CorefText(is_complete=True))
    open_: dict[str, list[int]] = field(default_factory=dict)

    def add(self, rows: list[list[str]], *, is_paragraph: bool) -> None:
        text = self.result.text
        if is_paragraph and text:
            text = text.rstrip() + "\n"
        for row in rows:
            if not row[0].isdigit():
                continue
            misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
            start, end = len(text), len(text) + len(row[1])
            self._mark(misc.get("Entity", ""), start, end)
            text += row[1] + ("" if misc.get("SpaceAfter") == "No" else " ")
        self.result.text = text

    def _mark(self, cell: str, start: int, end: int) -> None:
        """Open and close the mentions that a word's Entity cell names."""
        for opened, single, closed in BRACKET.findall(cell):
            # A mention in several parts has their numbers behind it: "12[1/2]".
            name = (opened.split("-")[0] or closed).split("[")[0]
            if opened and not single:
                self.open_.setdefault(name, []).append(start)
            elif opened:
                self.result.mentions.append((start, end, name))
            elif self.open_.get(name):
                self.result.mentions.append((self.open_[name].pop(), end, name))

    def finish(self) -> Iterator[CorefText]:
        if self.is_wanted:
            yield self.result


def iter_articles(folder: Path) -> Iterator[CorefText]:
    """The annotated articles; their kinds of mention are kg's own, so they count double."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield CorefText(
            text=gold["text"],
            mentions=[
                (s, e, entity["id"]) for entity in gold["entities"] for s, e in entity["mentions"]
            ],
            weight=2.0,
        )


def iter_gap(path: Path) -> Iterator[CorefText]:
    """GAP's texts: one pronoun, and two names of which at most one is its."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in (row for row in rows if is_held_out(row["ID"])):
            start = int(row["Pronoun-offset"])
            mentions = [(start, start + len(row["Pronoun"]), "pronoun")]
            for name in "AB":
                at = int(row[f"{name}-offset"])
                entity = "pronoun" if row[f"{name}-coref"] == "TRUE" else name
                mentions.append((at, at + len(row[name]), entity))
            yield CorefText(text=row["Text"], mentions=mentions, is_answered=True)
