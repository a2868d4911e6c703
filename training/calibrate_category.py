"""Calibrate the model's categories: python training/calibrate_category.py PACKS [--texts N].

The model learnt the categories of events from a few articles, so its probabilities say too much,
and on those articles it is always right. What it says of words that the lexicon knows, in texts
that it learnt no events from, shows how far it is to be trusted: the lexicon's category is the
label. PACKS is the folder of training packs; its UD English texts are read, save those that are
annotated with events. Prints the temperature (Guo et al. 2017) that fits best, and how often the
best category is the lexicon's by its probability. README.md says what came of it.
"""

from __future__ import annotations

import argparse
import lzma
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.extract.actions import Lexicon, shipped_lexicon
from kg.extract.mentions import find_phrases
from kg.extract.triggers import clause_of
from kg.nlp.pipeline import load

FILES = ("en_gum-train.conllu.xz", "en_ewt-ud-train.conllu.xz")
# What is near to news; the weblogs are annotated with events in part, and so left out.
KINDS = ("newsgroup", "GUM_news", "GUM_interview", "GUM_speech", "GUM_bio", "GUM_voyage")
TEMPERATURES = [round(1 + 0.25 * step, 2) for step in range(25)]
LIKELY_EVENT = 0.5
NONE = "none"
SMALLEST = 1e-4


@dataclass(frozen=True)
class Judgement:
    """What the model says of a word, and the lexicon's category of it, "none" for none."""

    table: dict[str, float]
    category: str


def read_texts(packs: Path, seen: frozenset[str]) -> Iterator[str]:
    """The texts of the documents, a sentence a line, without those that are in ``seen``."""
    for file in FILES:
        lines: list[str] = []
        wanted = False
        content = lzma.decompress((packs / "ud" / file).read_bytes()).decode("utf-8")
        for line in content.splitlines():
            if line.startswith("# newdoc"):
                if lines:
                    yield " ".join(lines)
                name = line.split("=")[-1].strip()
                wanted = any(kind in name for kind in KINDS) and name not in seen
                lines = []
            elif line.startswith("# text = ") and wanted:
                lines.append(line.removeprefix("# text = ").strip())
        if lines:
            yield " ".join(lines)


def annotated(packs: Path) -> frozenset[str]:
    """The names of the documents that the model learnt events from, as UD writes them."""
    stems = (path.stem.split("-")[0] for path in (packs / "events").glob("news_*.json"))
    return frozenset(f"GUM_{stem}" for stem in stems)


def judgements(texts: Iterator[str], lexicon: Lexicon) -> Iterator[Judgement]:
    """The judgements on every word that the lexicon knows as an event, and the model as well."""
    for doc in load().pipe(texts):
        table = find_phrases(doc, "text")
        for token in doc:
            if token._.event < LIKELY_EVENT or not token._.category:
                continue
            sense = lexicon.find_sense(token.lemma_, token.pos_, clause_of(token, table))
            if sense is not None and sense.action.is_event:
                yield Judgement(dict(token._.category), sense.action.category or NONE)


def sharpened(table: dict[str, float], temperature: float) -> dict[str, float]:
    """The probabilities under a temperature: above 1 they come nearer to one another."""
    powers = {name: max(p, 0.0) ** (1 / temperature) for name, p in table.items()}
    total = sum(powers.values()) or 1.0
    return {name: power / total for name, power in powers.items()}


def loss(found: list[Judgement], temperature: float) -> float:
    """Mean negative log-likelihood of the lexicon's categories."""
    odds = (max(sharpened(j.table, temperature)[j.category], SMALLEST) for j in found)
    return -sum(math.log(p) for p in odds) / len(found)


def main() -> None:
    """Print the temperature and the reliability table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path)
    parser.add_argument("--texts", type=int, help="how many texts to read, all where not given")
    o = parser.parse_args()
    lexicon = shipped_lexicon()
    texts = islice(read_texts(o.packs, annotated(o.packs)), o.texts)
    found = list(judgements(texts, lexicon))
    best = min(TEMPERATURES, key=lambda temperature: loss(found, temperature))
    print(f"{len(found)} words; temperature {best}")
    for temperature in (1.0, best):
        print(f"temperature {temperature}: loss {loss(found, temperature):.3f}")
        rows = [sharpened(j.table, temperature) for j in found]
        for low in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            told = [
                (name, j.category)
                for row, j in zip(rows, found, strict=True)
                for name in [max(row, key=lambda key: row[key])]
                if name != NONE and low <= row[name] < low + 0.1
            ]
            right = sum(name == category for name, category in told)
            share = f"{right / len(told):.2f}" if told else "-"
            print(f"  {low:.1f}-{low + 0.1:.1f}: {len(told):5} told, {share} as the lexicon")


if __name__ == "__main__":
    main()
