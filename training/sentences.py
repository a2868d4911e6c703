"""Learn where sentences start: python sentences.py PACKS FOLDER.

Needs FOLDER/tokens.json (tokens.py). Writes FOLDER/sentences.npz, the network of
kg/nlp/boundaries.py, and the manifest; a minute or two on one core. Prints F1 of the sentences of
EWT dev, line breaks given.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from rawtext import RawText, read_documents
from torch import Tensor, nn

from kg.nlp.boundaries import (
    DILATION,
    FIRST_REACH,
    LINE,
    LINE_WORD,
    SECOND_REACH,
    Boundaries,
    shape_of,
)
from kg.nlp.sentences import read
from kg.nlp.splitting import SentenceWeights, TokenWeights, write_manifest
from kg.nlp.tokens import UDTokenizer

TRAIN = ("en_ewt-ud-train", "en_gum-train")
DEV = "en_ewt-ud-dev"
# Rarer words, endings and looks than these have no vector of their own.
LEAST_WORD, LEAST_PART = 10, 8
WIDTH, FILTERS = 32, 48
EPOCHS, LENGTH, BATCH, RATE = 16, 128, 32, 2e-3
DROPOUT, FORGET_WORD, FORGET_SUFFIX = 0.3, 0.3, 0.15
SEED = 7


@dataclass
class Shown:
    """A document as the network sees it, and which of its words start a sentence."""

    words: list[str]
    gaps: list[int]
    ruled: list[bool]
    starts: list[bool]


def show(doc: RawText, tokenizer: UDTokenizer) -> Shown:
    """A document with its answers, a line break before and after it."""
    tokens = tokenizer(doc.text)
    reading = read(tokens)
    starts = [i >= 0 and tokens[i].idx in doc.sentences for i in reading.tokens]
    return Shown(
        [LINE_WORD, *reading.words],
        [LINE, *reading.gaps],
        [False, *reading.ruled],
        [False, *starts],
    )


def tables(docs: Iterable[Shown]) -> SentenceWeights:
    """The words, endings and looks that get a vector, without the vectors."""
    words = Counter(word.lower() for doc in docs for word in doc.words)
    suffixes: Counter[str] = Counter()
    for word, n in words.items():
        suffixes[word[-3:]] += n
    shapes = Counter(shape_of(word) for doc in docs for word in doc.words)

    def rows(counts: Counter[str], least: int) -> dict[str, int]:
        kept = (key for key, n in counts.items() if n >= least and "\n" not in key)
        return {key: row for row, key in enumerate(sorted(kept), 1)}

    return SentenceWeights(
        rows(words, LEAST_WORD), rows(suffixes, LEAST_PART), rows(shapes, LEAST_PART), {}
    )


class Network(nn.Module):
    """The same network as `Boundaries`, to be trained."""

    def __init__(self, weights: SentenceWeights) -> None:
        """Take the tables' sizes; the vectors start at random."""
        super().__init__()
        sizes = {
            "word": 1 + len(weights.words),
            "suffix": 1 + len(weights.suffixes),
            "shape": 1 + len(weights.shapes),
            "state": 2 * LINE + 2,
        }
        self.tables = nn.ModuleDict({k: nn.Embedding(n, WIDTH) for k, n in sizes.items()})
        for table in self.tables.values():
            nn.init.normal_(table.weight, 0, 0.3)
        self.near = nn.Conv1d(WIDTH, FILTERS, 2 * FIRST_REACH + 1, padding=FIRST_REACH)
        self.far = nn.Conv1d(
            FILTERS,
            FILTERS,
            2 * SECOND_REACH + 1,
            padding=SECOND_REACH * DILATION,
            dilation=DILATION,
        )
        self.out = nn.Linear(2 * FILTERS + WIDTH, 1)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, rows: Tensor) -> Tensor:
        """Log odds; ``rows`` is (batch, words, 4): word, ending, look, state."""
        columns = list(rows.unbind(-1))
        if self.training:
            for column, rate in enumerate((FORGET_WORD, FORGET_SUFFIX)):
                columns[column] = columns[column] * (torch.rand(columns[0].shape) > rate)
        inner = sum(
            table(column) for table, column in zip(self.tables.values(), columns, strict=True)
        )
        inner = self.drop(inner)
        near = torch.relu(self.near(inner.transpose(1, 2)))
        far = torch.relu(self.far(self.drop(near)))
        seen = torch.cat([near.transpose(1, 2), far.transpose(1, 2), inner], -1)
        odds: Tensor = self.out(self.drop(seen))[..., 0]
        return odds

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        """The weights as `Boundaries` takes them, in half precision."""
        out = {name: table.weight for name, table in self.tables.items()}
        for name, layer in (("near", self.near), ("far", self.far)):
            out |= {name: layer.weight.permute(2, 1, 0), f"{name}_bias": layer.bias}
        out |= {"out": self.out.weight[0], "out_bias": self.out.bias}
        return {name: value.detach().numpy().astype(np.float16) for name, value in out.items()}


def encode(doc: Shown, weights: SentenceWeights) -> tuple[Tensor, Tensor, Tensor]:
    """Rows (words, 4), answers and whether each word is asked about, of a document."""
    rows_of = Boundaries(weights).rows_of
    rows = [
        (*rows_of(word), 2 * gap + ruled)
        for word, gap, ruled in zip(doc.words, doc.gaps, doc.ruled, strict=True)
    ]
    asked = [gap != LINE for gap in doc.gaps]
    return torch.tensor(rows), torch.tensor(doc.starts).float(), torch.tensor(asked).float()


def train(docs: list[Shown], weights: SentenceWeights) -> Network:
    """A trained network."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    net = Network(weights)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.01)
    parts = [encode(doc, weights) for doc in docs]
    per_epoch = sum(len(part[1]) for part in parts) // (LENGTH * BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: max(0.02, 1 - step / (EPOCHS * per_epoch))
    )
    for epoch in range(EPOCHS):
        order.shuffle(parts)
        total = 0.0
        for rows, answers, asked in batches(parts, order.randrange(LENGTH)):
            losses = nn.functional.binary_cross_entropy_with_logits(
                net(rows), answers, weight=asked, reduction="sum"
            )
            loss = losses / asked.sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / per_epoch:.4f}", flush=True)
    return net.eval()


def batches(
    parts: list[tuple[Tensor, Tensor, Tensor]], offset: int
) -> Iterable[tuple[Tensor, Tensor, Tensor]]:
    """All documents in a row, cut into pieces of LENGTH from an offset, BATCH in each."""
    rows, answers, asked = (torch.cat(column)[offset:] for column in zip(*parts, strict=True))
    n = len(answers) // LENGTH
    shape = (n, LENGTH)
    rows = rows[: n * LENGTH].view(*shape, 4)
    answers, asked = (column[: n * LENGTH].view(shape) for column in (answers, asked))
    for chosen in torch.randperm(n).split(BATCH):
        yield rows[chosen], answers[chosen], asked[chosen]


def measure(docs: list[Shown], network: Boundaries | None) -> float:
    """F1 in percent of whole sentences; without a network that of the rules."""
    right = either = 0
    for doc in docs:
        verdicts = doc.ruled if network is None else _verdicts(doc, network)
        ours, theirs = (
            set(pairwise([i for i, is_start in enumerate(row) if is_start] + [len(doc.words)]))
            for row in (verdicts, doc.starts)
        )
        right += len(ours & theirs)
        either += len(ours) + len(theirs)
    return round(200 * right / either, 2)


def _verdicts(doc: Shown, network: Boundaries) -> list[bool]:
    """Whether each word starts a sentence, as `kg.nlp.sentences` decides."""
    scores = network.score(doc.words, doc.gaps, doc.ruled)
    rows = zip(doc.words, doc.gaps, scores, strict=True)
    return [word != LINE_WORD and (gap == LINE or odds > 0) for word, gap, odds in rows]


def save(weights: SentenceWeights, path: Path) -> None:
    """Write the tables and arrays; the lists of entries as UTF-8 bytes."""
    lists = {"word": weights.words, "suffix": weights.suffixes, "shape": weights.shapes}
    columns = {
        f"{name}_list": np.frombuffer("\n".join(rows).encode(), np.uint8)
        for name, rows in lists.items()
    }
    np.savez_compressed(path, **columns, **weights.arrays)


def main() -> None:
    """Learn, write and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", type=Path)
    parser.add_argument("folder", type=Path)
    o = parser.parse_args()
    table = json.loads((o.folder / "tokens.json").read_text("utf-8"))
    tokenizer = UDTokenizer(spacy.blank("en").vocab, TokenWeights(table["fused"], table["scores"]))
    train_docs, dev = (
        [show(d, tokenizer) for n in names for d in read_documents(o.packs / f"ud/{n}.conllu.xz")]
        for names in (TRAIN, (DEV,))
    )
    weights = tables(train_docs)
    weights.arrays.update(train(train_docs, weights).arrays())
    save(weights, o.folder / "sentences.npz")
    write_manifest(o.folder)
    floats = {name: array.astype(np.float32) for name, array in weights.arrays.items()}
    weights.arrays.update(floats)
    network = Boundaries(weights)
    print(f"EWT dev: rules {measure(dev, None)}, network {measure(dev, network)}")


if __name__ == "__main__":
    main()
