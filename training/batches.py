"""Sentences -> padded tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from examples import IGNORE, Example
from tokenizers import Tokenizer
from torch import Tensor

from kg.nlp.features import shape_of

LONGEST_WORD = 8
# Sentences of more words (with the root) or pieces are not trained on.
LONGEST_SENTENCE, MOST_PIECES = 160, 400


@dataclass
class Encoded:
    """An example with its pieces.

    ``ids`` and ``shapes`` run over the pieces; ``first`` and ``last`` give each word's outer
    pieces, word 0 being the root.
    """

    example: Example
    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]


@dataclass
class Batch:
    """Padded inputs and labels; a label tensor is absent where the source does not annotate it."""

    inputs: tuple[Tensor, ...]
    word_mask: Tensor
    labels: dict[str, Tensor]
    allowed: dict[str, Tensor]
    heads: Tensor | None = None
    deprels: Tensor | None = None
    predicates: Tensor | None = None
    roles: Tensor | None = None


class Encoding:
    """Words to pieces, labels to indices."""

    def __init__(self, tokenizer: Path, labels: dict[str, list[str]]) -> None:
        """Read the encoder's own tokenizer; ``labels`` are the tables of data.label_tables."""
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.labels = labels
        self.index = {
            name: {label: i for i, label in enumerate(table)} for name, table in labels.items()
        }
        self.cls, self.sep, self.unknown = (
            self.tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]")
        )
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Piece ids of one word: at least one, at most LONGEST_WORD."""
        if word not in self.cache:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
            self.cache[word] = (
                ids if len(ids) <= LONGEST_WORD else [*ids[: LONGEST_WORD - 2], *ids[-2:]]
            )
        return self.cache[word]

    def encode(self, example: Example) -> Encoded:
        """The example's pieces between [CLS] and [SEP]."""
        ids, shapes, first, last = [self.cls], [0], [0], [0]
        for word in example.words:
            pieces = self.pieces(word)
            first.append(len(ids))
            ids += pieces
            shapes += [shape_of(word)] * len(pieces)
            last.append(len(ids) - 1)
        return Encoded(example, [*ids, self.sep], [*shapes, 0], first, last)


def make_batches(encoded: list[Encoded], pieces: int, rng: random.Random) -> list[list[Encoded]]:
    """Batches in random order, each of one source and of sentences of about equal length.

    No batch holds more than ``pieces`` pieces with its padding, but for a single longer sentence.
    """
    by_source: dict[str, list[Encoded]] = {}
    for e in encoded:
        if len(e.first) <= LONGEST_SENTENCE and len(e.ids) <= MOST_PIECES:
            by_source.setdefault(e.example.source, []).append(e)
    batches: list[list[Encoded]] = []
    for source in sorted(by_source):
        rows = by_source[source]
        rng.shuffle(rows)
        rows.sort(key=lambda e: len(e.ids) + rng.random() * 4)
        chunk: list[Encoded] = []
        for e in rows:
            if chunk and (len(chunk) + 1) * len(e.ids) > pieces:
                batches.append(chunk)
                chunk = []
            chunk.append(e)
        if chunk:
            batches.append(chunk)
    rng.shuffle(batches)
    return batches


def pad(rows: list[list[int]], width: int, value: int) -> Tensor:
    """int64 (rows, width), the rows filled up with ``value``."""
    return torch.tensor([[*r, *[value] * (width - len(r))] for r in rows])


def inputs(chunk: list[Encoded]) -> tuple[Tensor, ...]:
    """ids, shapes, mask, first, last of a padded batch."""
    width, words = max(len(e.ids) for e in chunk), max(len(e.first) for e in chunk)
    return (
        pad([e.ids for e in chunk], width, 0),
        pad([e.shapes for e in chunk], width, 0),
        pad([[1] * len(e.ids) for e in chunk], width, 0),
        pad([e.first for e in chunk], words, 0),
        pad([e.last for e in chunk], words, 0),
    )


def collate(chunk: list[Encoded], encoding: Encoding) -> Batch:
    """A batch with every label that its source annotates."""
    index, words = encoding.index, max(len(e.first) for e in chunk) - 1
    examples = [e.example for e in chunk]
    mask = pad([[1] * len(e.first) for e in chunk], words + 1, 0).bool()
    batch = Batch(inputs(chunk), mask, {}, {})
    for name, column in (
        ("upos", "upos"),
        ("mention_type", "mention_types"),
        ("predicate", "predicates"),
        ("event", "events"),
        ("modality", "modality"),
        ("polarity", "polarity"),
    ):
        if any(getattr(e, column) for e in examples):
            batch.labels[name] = pad([getattr(e, column) for e in examples], words, IGNORE)
    for name in ("feats", "lemma"):
        if any(getattr(e, name) for e in examples):
            rows = [[index[name].get(v, IGNORE) for v in getattr(e, name)] for e in examples]
            batch.labels[name] = pad(rows, words, IGNORE)
    if any(e.names for e in examples):
        batch.allowed["names"] = allowed(
            [[[index["names"][t] for t in tags] for tags in e.names] for e in examples],
            words,
            len(index["names"]),
        )
    if any(e.category for e in examples):
        batch.allowed["category"] = allowed(
            [e.category for e in examples], words, len(index["category"])
        )
    if any(e.heads for e in examples):
        batch.heads = pad([e.heads for e in examples], words, IGNORE)
        batch.deprels = pad(
            [[index["deprel"].get(d, IGNORE) for d in e.deprels] for e in examples], words, IGNORE
        )
    add_roles(batch, examples, index["role"], words)
    return batch


def allowed(rows: list[list[Iterable[int]]], words: int, labels: int) -> Tensor:
    """Bool (batch, words, labels): whether a word may bear a label."""
    out = torch.zeros(len(rows), words, labels, dtype=torch.bool)
    for b, row in enumerate(rows):
        for w, indices in enumerate(row):
            out[b, w, list(indices)] = True
    return out


def add_roles(batch: Batch, examples: list[Example], index: dict[str, int], words: int) -> None:
    """Set the batch's predicates and roles, where it has any.

    Predicates are (n, 2), batch row and word; roles (n, words), each word's label towards it.
    """
    predicates, roles = [], []
    for b, example in enumerate(examples):
        for p in (i for i, flag in enumerate(example.predicates) if flag):
            row = [0] * len(example.words) + [IGNORE] * (words - len(example.words))
            for predicate, argument, label in example.roles:
                if predicate == p:
                    row[argument] = index.get(label, IGNORE)
            predicates.append([b, p])
            roles.append(row)
    if predicates:
        batch.predicates, batch.roles = torch.tensor(predicates), torch.tensor(roles)
