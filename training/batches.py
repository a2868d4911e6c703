"""Sentences -> windows of one document's sentences -> padded tensors."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from examples import IGNORE, Example
from tokenizers import Tokenizer
from torch import Tensor

from kg.nlp.features import shape_of

LONGEST_WORD = 8
# Sentences of more words (with the root) or pieces are not trained on.
LONGEST_SENTENCE, MOST_PIECES = 160, 400
# How many pieces a window takes: drawn for each, because the model meets every length. 1 is a
# sentence by itself.
WINDOW_SIZES = (1, 64, 128, 192, 192)
# Sentences whose source does not say what stands beside them are mostly read alone.
ALONE = 0.7
# How often a window is read in lower case, in upper case.
LOWER, UPPER = 0.05, 0.03
WORD_LABELS = {
    "upos": "upos",
    "mention_type": "mention_types",
    "predicate": "predicates",
    "event": "events",
    "modality": "modality",
    "polarity": "polarity",
    "status": "statuses",
}
TEXT_LABELS = ("feats", "lemma")


@dataclass
class Encoded:
    """Sentences with their pieces.

    ``ids`` and ``shapes`` run over the pieces; ``first`` and ``last`` give each word's outer
    pieces, word 0 being the root. ``starts`` are the sentences' first words, counted from 1.
    """

    parts: list[Example]
    ids: list[int]
    shapes: list[int]
    first: list[int]
    last: list[int]
    starts: list[int] = field(default_factory=lambda: [1])

    @property
    def source(self) -> str:
        """The source of all its sentences."""
        return self.parts[0].source


@dataclass
class Batch:
    """Padded inputs and labels; a label tensor is absent where the source does not annotate it.

    ``sentence`` (batch, 1 + words) numbers the sentences of a window from 1; 0 is the root, -1 is
    padding. Roles are (predicates, words of a sentence), ``candidates`` their words. ``anaphors``
    are (n, 2), row and word; ``antecedents`` (n, most), words, -1 where there is none;
    ``corefers`` (n, 1 + most) are the right ones, column 0 standing for "none of them".
    """

    inputs: tuple[Tensor, ...]
    sentence: Tensor
    labels: dict[str, Tensor]
    allowed: dict[str, Tensor]
    name_odds: Tensor | None = None
    heads: Tensor | None = None
    deprels: Tensor | None = None
    predicates: Tensor | None = None
    candidates: Tensor | None = None
    roles: Tensor | None = None
    anaphors: Tensor | None = None
    antecedents: Tensor | None = None
    corefers: Tensor | None = None


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
        """The sentence's pieces between [CLS] and [SEP]."""
        ids, shapes, first, last = [self.cls], [0], [0], [0]
        for word in example.words:
            pieces = self.pieces(word)
            first.append(len(ids))
            ids += pieces
            shapes += [shape_of(word)] * len(pieces)
            last.append(len(ids) - 1)
        return Encoded([example], [*ids, self.sep], [*shapes, 0], first, last)


def join(parts: list[Encoded]) -> Encoded:
    """One window: [CLS] and the sentences, each closed by [SEP]."""
    whole = Encoded([], [parts[0].ids[0]], [0], [0], [0], [])
    for part in parts:
        shift = len(whole.ids) - 1
        whole.starts.append(len(whole.first))
        whole.parts += part.parts
        whole.ids += part.ids[1:]
        whole.shapes += part.shapes[1:]
        whole.first += [i + shift for i in part.first[1:]]
        whole.last += [i + shift for i in part.last[1:]]
    return whole


def make_windows(
    rows: list[Encoded], rng: random.Random, sizes: Sequence[int] = WINDOW_SIZES
) -> list[Encoded]:
    """The sentences, which are in the order of their sources, as windows of drawn sizes."""
    windows: list[Encoded] = []
    chunk: list[Encoded] = []
    size = budget = 0
    for e in rows:
        example = e.parts[0]
        follows = bool(chunk) and (chunk[-1].source, chunk[-1].parts[0].document) == (
            e.source,
            example.document,
        )
        if chunk and (not follows or size + len(e.ids) > budget):
            windows.append(join(chunk))
            chunk = []
        if not chunk:
            size = 1
            budget = rng.choice(sizes)
            if not example.document and rng.random() < ALONE:
                budget = 1
        chunk.append(e)
        size += len(e.ids) - 1
    return [*windows, join(chunk)] if chunk else windows


def recase(e: Encoded, rng: random.Random) -> Encoded:
    """Now and then the window in lower or in upper case; its lemmas are not taught then."""
    draw = rng.random()
    if draw > LOWER + UPPER:
        return e
    change = str.lower if draw < LOWER else str.upper
    words = [change(word) for part in e.parts for word in part.words]
    shapes = list(e.shapes)
    for word, first, last in zip(words, e.first[1:], e.last[1:], strict=True):
        shapes[first : last + 1] = [shape_of(word)] * (last + 1 - first)
    parts = [Example(**{**vars(part), "lemma": []}) for part in e.parts]
    return Encoded(parts, e.ids, shapes, e.first, e.last, e.starts)


def is_short(e: Encoded) -> bool:
    """Whether a sentence is short enough to be trained on."""
    return len(e.first) <= LONGEST_SENTENCE and len(e.ids) <= MOST_PIECES


def make_batches(
    rows: list[Encoded], pieces: int, rng: random.Random, *, context: bool
) -> list[list[Encoded]]:
    """Batches in random order, each of one source and of windows of about equal length.

    No batch holds more than ``pieces`` pieces with its padding, but for a single longer window.
    Without ``context`` each sentence is a window by itself.
    """
    rows = [e for e in rows if is_short(e)]
    if context:
        rows = [recase(e, rng) for e in make_windows(rows, rng)]
    by_source: dict[str, list[Encoded]] = {}
    for e in rows:
        by_source.setdefault(e.source, []).append(e)
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


def sentence_numbers(e: Encoded) -> list[int]:
    """0 for the root, then each word's sentence, from 1."""
    return [0, *(k for k, part in enumerate(e.parts, 1) for _ in part.words)]


def column(e: Encoded, name: str) -> list:
    """A label column over all words; IGNORE where a sentence does not have it."""
    cells: list = []
    for part in e.parts:
        cells += getattr(part, name) or [IGNORE] * len(part.words)
    return cells


def collate(chunk: list[Encoded], encoding: Encoding) -> Batch:
    """A batch with every label that its source annotates."""
    index, words = encoding.index, max(len(e.first) for e in chunk) - 1
    batch = Batch(inputs(chunk), pad([sentence_numbers(e) for e in chunk], words + 1, -1), {}, {})

    def has(name: str) -> bool:
        return any(getattr(part, name) for e in chunk for part in e.parts)

    for label, name in WORD_LABELS.items():
        if has(name):
            batch.labels[label] = pad([column(e, name) for e in chunk], words, IGNORE)
    for name in TEXT_LABELS:
        if has(name):
            rows = [[index[name].get(v, IGNORE) for v in column(e, name)] for e in chunk]
            batch.labels[name] = pad(rows, words, IGNORE)
    if has("name_odds"):
        batch.name_odds = odds(chunk, words, len(index["names"]))
    elif has("names"):
        tags = index["names"]
        rows = [[[tags[t] for t in cell] for cell in column(e, "names")] for e in chunk]
        batch.allowed["names"] = allowed(rows, words, len(tags))
    if has("category"):
        rows = [column(e, "category") for e in chunk]
        batch.allowed["category"] = allowed(rows, words, len(index["category"]))
    if has("heads"):
        batch.heads = pad([governors(e) for e in chunk], words, IGNORE)
        rows = [[index["deprel"].get(d, IGNORE) for d in column(e, "deprels")] for e in chunk]
        batch.deprels = pad(rows, words, IGNORE)
    add_roles(batch, chunk, index["role"])
    add_coreference(batch, chunk)
    return batch


def governors(e: Encoded) -> list[int]:
    """Each word's governor in the window, from 1; 0 is the root."""
    return [
        head + start - 1 if head else 0
        for part, start in zip(e.parts, e.starts, strict=True)
        for head in part.heads
    ]


def allowed(rows: list[list[Iterable[int]]], words: int, labels: int) -> Tensor:
    """Bool (batch, words, labels): whether a word may bear a label."""
    out = torch.zeros(len(rows), words, labels, dtype=torch.bool)
    for b, row in enumerate(rows):
        for w, indices in enumerate(row):
            out[b, w, list(indices)] = True
    return out


def odds(chunk: list[Encoded], words: int, labels: int) -> Tensor:
    """Float (batch, words, labels): each word's probabilities, all 0 where nothing is known."""
    out = torch.zeros(len(chunk), words, labels)
    for b, e in enumerate(chunk):
        rows = [row for part in e.parts for row in part.name_odds]
        out[b, : len(rows)] = torch.tensor(rows)
    return out


def add_roles(batch: Batch, chunk: list[Encoded], index: dict[str, int]) -> None:
    """Set the batch's predicates and roles, where it has any.

    Predicates are (n, 2), batch row and word; a role row has each word's label towards it.
    """
    predicates, candidates, roles = [], [], []
    for b, e in enumerate(chunk):
        for part, start in zip(e.parts, e.starts, strict=True):
            for p in (i for i, flag in enumerate(part.predicates) if flag):
                row = [0] * len(part.words)
                for predicate, argument, label in part.roles:
                    if predicate == p:
                        row[argument] = index.get(label, IGNORE)
                predicates.append([b, start + p])
                candidates.append(list(range(start, start + len(row))))
                roles.append(row)
    if predicates:
        most = max(map(len, roles))
        batch.predicates = torch.tensor(predicates)
        batch.candidates, batch.roles = pad(candidates, most, 0), pad(roles, most, IGNORE)


def add_coreference(batch: Batch, chunk: list[Encoded]) -> None:
    """Set the batch's anaphors and their antecedents, where it has any."""
    anaphors, antecedents, right = [], [], []
    for b, e in enumerate(chunk):
        for word, before, answer in iter_anaphors(e):
            anaphors.append([b, word])
            antecedents.append(before)
            right.append(answer if any(answer) else [1, *answer[1:]])
    if anaphors:
        most = max(map(len, antecedents))
        batch.anaphors = torch.tensor(anaphors)
        batch.antecedents, batch.corefers = pad(antecedents, most, -1), pad(right, 1 + most, 0)


def iter_anaphors(e: Encoded) -> Iterable[tuple[int, list[int], list[int]]]:
    """(word, candidate words, [0, whether each is right]) of a window's mentions but the first.

    A source that annotates a pronoun and names for it alone has the pronoun last in the list.
    """
    mentions = [
        (start + word, entity)
        for part, start in zip(e.parts, e.starts, strict=True)
        for word, entity in part.mentions
    ]
    if e.source == "gap":
        pronoun = next((m for m in mentions if m[1].startswith("pronoun")), None)
        names = [m for m in mentions if not m[1].startswith("pronoun")]
        if pronoun and names:
            right = [int(entity == pronoun[1].removeprefix("pronoun")) for _, entity in names]
            yield pronoun[0], [word for word, _ in names], [0, *right]
        return
    mentions.sort()
    for k in range(1, len(mentions)):
        word, entity = mentions[k]
        yield word, [w for w, _ in mentions[:k]], [0, *(int(x == entity) for _, x in mentions[:k])]
