"""Learn where tokens are cut: python tokens.py PACKS FOLDER.

Writes FOLDER/tokens.json (a linear model of the borders between units, see kg/nlp/tokens.py) and
the manifest. The loss is logistic with an L1 penalty, minimised in one deterministic descent; half
a minute on one core. Prints F1 of the tokens of EWT dev.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rawtext import read_documents

from kg.nlp.splitting import TokenWeights, write_manifest
from kg.nlp.tokens import CHUNK, PLAIN, UNIT, UDTokenizer, borders, follower, units_of

TRAIN = ("en_ewt-ud-train", "en_gum-train")
DEV = "en_ewt-ud-dev"
# A chunk, what follows it, where it is cut.
Seen = tuple[str, str, tuple[int, ...]]
# Second halves of a fused word, and the first halves before "s".
HALVES = frozenset({"not", "nt", "na", "ta", "ve", "re", "ll", "m"})
BEFORE_S = frozenset({"that", "let", "there", "what", "he", "she", "who", "here", "where"})
LEAST = 2
# Of 0.1-1 the best on EWT dev; a smaller one keeps more features.
L1 = 0.5
STEPS = 200


def count_chunks(paths: Iterable[Path]) -> Counter[Seen]:
    """How often each chunk occurs, with what follows and its cuts."""
    found: Counter[Seen] = Counter()
    for path in paths:
        for doc in read_documents(path):
            for match in CHUNK.finditer(doc.text):
                begin, end = match.span(1)
                line_ends = "\n" in match.group(2) or match.end() == len(doc.text)
                after = "" if line_ends else follower(doc.text[match.end() :][:1])
                cuts = tuple(i - begin for i in range(begin + 1, end) if i in doc.tokens)
                found[match.group(1), after, cuts] += 1
    return found


def fused_words(chunks: Counter[Seen]) -> dict[str, int]:
    """Words in small letters that are mostly written as one and cut in two, with the cut."""
    total: Counter[str] = Counter()
    cut: Counter[tuple[str, int]] = Counter()
    for (chunk, _, cuts), n in chunks.items():
        for match in UNIT.finditer(chunk):
            word = match.group().lower()
            if word.isalpha():
                total[word] += n
                inside = [i - match.start() for i in cuts if match.start() < i < match.end()]
                cut.update({(word, i): n for i in inside if len(inside) == 1})
    return {
        word: i
        for (word, i), n in sorted(cut.items())
        if n >= LEAST and n > 0.6 * total[word] and _is_fusion(word[:i], word[i:])
    }


def _is_fusion(first: str, second: str) -> bool:
    return second in HALVES or (second == "s" and first in BEFORE_S)


def examples(
    chunks: Counter[Seen], fused: dict[str, int]
) -> tuple[list[list[str]], NDArray[np.float64], NDArray[np.float64]]:
    """Features, label (1 where tokens part) and count of each border of the chunks."""
    rows: list[list[str]] = []
    labels: list[bool] = []
    counts: list[int] = []
    for (chunk, after, cuts), n in sorted(chunks.items()):
        if PLAIN.fullmatch(chunk) and chunk.lower() not in fused:
            continue
        units = units_of(chunk, fused)
        ends = np.cumsum([len(unit) for unit in units])
        for k, features in borders(units, after):
            rows.append(features)
            labels.append(int(ends[k - 1]) in cuts)
            counts.append(n)
    return rows, np.array(labels, float), np.array(counts, float)


def fit(chunks: Counter[Seen]) -> TokenWeights:
    """Weights that minimise the loss, by accelerated proximal descent with a step for each."""
    fused = fused_words(chunks)
    rows, labels, counts = examples(chunks, fused)
    seen: Counter[str] = Counter()
    for row, n in zip(rows, counts, strict=True):
        seen.update(dict.fromkeys(row, int(n)))
    names = sorted(name for name, n in seen.items() if n >= LEAST)
    index = {name: i for i, name in enumerate(names)}
    size, width = len(names) + 1, len(rows[0])
    table = np.array([[index.get(name, size - 1) for name in row] for row in rows])

    def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(table.ravel(), weights=np.repeat(values, width), minlength=size)

    step = spread(counts) * width / 4 + 1e-9
    weights, ahead, t = np.zeros(size), np.zeros(size), 1.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-ahead[table].sum(1)))
        moved = ahead - spread(counts * (p - labels)) / step
        moved = np.sign(moved) * np.maximum(np.abs(moved) - L1 / step, 0)
        moved[-1] = 0
        t_next = (1 + np.sqrt(1 + 4 * t * t)) / 2
        ahead = moved + (t - 1) / t_next * (moved - weights)
        weights, t = moved, t_next
    hundredths = {name: round(100 * float(weights[i])) for i, name in enumerate(names)}
    return TokenWeights(fused, {name: w for name, w in hundredths.items() if w})


def measure(weights: TokenWeights, path: Path) -> float:
    """F1 in percent of the tokens of a treebank's chunks."""
    import spacy

    tokenizer = UDTokenizer(spacy.blank("en").vocab, weights)
    right = either = 0
    for (chunk, after, cuts), n in count_chunks([path]).items():
        pieces = tokenizer.cut(chunk, after)
        ours = set(pairwise([0, *np.cumsum([len(piece) for piece in pieces]).tolist()]))
        theirs = set(pairwise([0, *cuts, len(chunk)]))
        right += n * len(ours & theirs)
        either += n * (len(ours) + len(theirs))
    return round(200 * right / either, 2)


def main() -> None:
    """Learn, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path)
    parser.add_argument("folder", type=Path)
    o = parser.parse_args()
    weights = fit(count_chunks(o.packs / f"ud/{name}.conllu.xz" for name in TRAIN))
    table = {"fused": weights.fused, "scores": weights.scores}
    text = json.dumps(table, ensure_ascii=False, indent=0) + "\n"
    o.folder.mkdir(parents=True, exist_ok=True)
    (o.folder / "tokens.json").write_text(text, encoding="utf-8")
    write_manifest(o.folder)
    found = measure(weights, o.packs / f"ud/{DEV}.conllu.xz")
    print(f"{len(weights.scores)} weights; EWT dev: {found}")


if __name__ == "__main__":
    main()
