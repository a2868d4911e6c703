"""The language model's file: words in, scores out, through ONNX Runtime on one CPU thread."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.nlp.features import shape_of
from kg.nlp.manifest import check_file, read_manifest

Floats = NDArray[np.float32]
FORMAT = 4
WAY_OUT = "Reinstall the package, or train the model again (training/README.md)."
FILES = frozenset({"model.onnx", "pairs.npz", "labels.json", "lemmas.txt", "tokenizer.json"})
MODEL_FOLDER = Path(__file__).parent / "model"
LONGEST_WORD = 8
# A document's sentences are read in windows of so many pieces, because what stands before and after
# tells what a name is and what a pronoun takes up; as in training.
WINDOW = 192
# Longer sentences must be cut; the encoder has 512 positions.
LONGEST_SENTENCE = 384
# Pieces in a padded batch, 1,000-8,000 tried: with fewer the calls cost more, with more the
# processor's cache does not hold them.
BATCH_PIECES = 2048


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of one sentence of n words; row 0 of the arrays is the root.

    Attributes:
        tokens: label scores by head name, each float32 (n, labels).
        arcs: float32 (n, 1 + n), the score of each governor for each word, governor 0 the root.
        relation: projected pair vectors of governors and dependents, float32 (1 + n, width) each.
        role: the same for predicates and arguments.
        coref: the same for antecedents and anaphors, which may be of two sentences.
    """

    tokens: dict[str, Floats]
    arcs: Floats
    relation: tuple[Floats, Floats]
    role: tuple[Floats, Floats]
    coref: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class PairHead:
    """The output layer of a head over pairs of words: what `Scores` holds are its inputs.

    ``weight`` is float32 (labels, width), ``bias`` (labels,); the first ``n_added`` columns of two
    vectors are added, the others multiplied.
    """

    weight: Floats
    bias: Floats
    n_added: int

    def scores(self, left: Floats, right: Floats) -> Floats:
        """Label scores of pairs of projected vectors.

        Args:
            left: float32 (..., width), of governors, predicates or antecedents.
            right: float32 (..., width), of dependents, arguments or anaphors.

        Returns:
            float32 (..., labels).
        """
        k = self.n_added
        total = np.maximum(left[..., :k] + right[..., :k], 0.0)
        hidden = np.concatenate([total, left[..., k:] * right[..., k:]], axis=-1)
        result: Floats = hidden @ self.weight.T + self.bias
        return result


class Encoder:
    """A loaded model folder."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Check and open the folder.

        Raises:
            ModelError: a file is missing or damaged, or the folder is of another format.
        """
        manifest = check_folder(folder)
        missing = sorted(FILES - set(manifest["sha256"]))
        if missing:
            text = f"{folder / 'manifest.json'}: has no sha256 of {', '.join(missing)}. {WAY_OUT}"
            raise ModelError(text, path=folder)
        self.folder = folder
        self.version: str = manifest["version"]
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text("utf-8"))
        lines = (folder / "lemmas.txt").read_text("utf-8").splitlines()
        self.lemmas = {pos: frozenset(lemmas) for pos, *lemmas in map(str.split, lines)}
        pairs = (
            (pos, lemma.partition("="))
            for pos, lemmas in self.lemmas.items()
            for lemma in lemmas
            if "=" in lemma
        )
        self.forms = {(pos, form): lemma for pos, (form, _, lemma) in pairs}
        self.heads: list[str] = manifest["token_heads"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        with np.load(folder / "pairs.npz") as weights:
            self.pairs = {
                name: PairHead(
                    weights[f"{name}.weight"], weights[f"{name}.bias"], manifest["pair_sum"]
                )
                for name in ("deprel", "role", "coref")
            }
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        pieces = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._cls, self._sep, self._unknown = (int(piece or 0) for piece in pieces)
        self._pieces = lru_cache(maxsize=50_000)(self._split)

    def _split(self, word: str) -> tuple[int, ...]:
        """Piece ids of a word: at least one, at most LONGEST_WORD (its start and its last two)."""
        ids = self.tokenizer.encode(word, add_special_tokens=False).ids or [self._unknown]
        return tuple(ids if len(ids) <= LONGEST_WORD else [*ids[: LONGEST_WORD - 2], *ids[-2:]])

    def n_pieces(self, word: str) -> int:
        """How many pieces the word takes of a window."""
        return len(self._pieces(word))

    def score(self, sentences: Sequence[Sequence[str]]) -> list[Scores]:
        """The model's scores for each sentence of a document, given whole and in its order."""
        pieces = [[self._pieces(word) for word in words] for words in sentences]
        sizes = [sum(map(len, p)) + 1 for p in pieces]
        windows = _windows(sizes)
        lengths = [sum(sizes[i] for i in window) + 1 for window in windows]
        order = sorted(range(len(windows)), key=lambda k: lengths[k])
        found: dict[int, Scores] = {}
        for batch in _batches(order, lengths):
            outputs = self._run([windows[k] for k in batch], sentences, pieces)
            for row, k in enumerate(batch):
                start = 1
                for i in windows[k]:
                    end = start + len(sentences[i])
                    found[i] = self._scores([out[row] for out in outputs], start, end)
                    start = end
        return [found[i] for i in range(len(sentences))]

    def _run(
        self,
        windows: Sequence[range],
        sentences: Sequence[Sequence[str]],
        pieces: Sequence[Sequence[tuple[int, ...]]],
    ) -> list[Floats]:
        """The outputs for a batch of windows: [CLS], then each sentence and a [SEP]."""
        width = max(1 + sum(1 + sum(map(len, pieces[i])) for i in window) for window in windows)
        words = max(1 + sum(len(sentences[i]) for i in window) for window in windows)
        ids = np.zeros((len(windows), width), np.int64)
        shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
        first = np.zeros((len(windows), words), np.int64)
        last = np.zeros_like(first)
        for row, window in enumerate(windows):
            ids[row, 0] = self._cls
            at, k = 1, 1
            for i in window:
                for word, part in zip(sentences[i], pieces[i], strict=True):
                    ids[row, at : at + len(part)] = part
                    shapes[row, at : at + len(part)] = shape_of(word)
                    first[row, k], last[row, k] = at, at + len(part) - 1
                    at += len(part)
                    k += 1
                ids[row, at] = self._sep
                at += 1
            mask[row, :at] = 1
        feed = {"ids": ids, "shapes": shapes, "mask": mask, "first": first, "last": last}
        outputs: list[Floats] = self.session.run(None, feed)
        return outputs

    def _scores(self, outputs: Sequence[Floats], start: int, end: int) -> Scores:
        """The scores of the words ``start`` to ``end`` of a window, and of the root."""
        tokens, arcs, *pairs = outputs
        ends = np.cumsum([len(self.labels[head]) for head in self.heads])[:-1]
        parts = np.split(tokens[start:end], ends, axis=1)
        left, right, predicate, argument, before, after = (
            np.concatenate([p[:1], p[start:end]]) for p in pairs
        )
        rows = arcs[start:end]
        return Scores(
            tokens=dict(zip(self.heads, parts, strict=True)),
            arcs=np.concatenate([rows[:, :1], rows[:, start:end]], axis=1),
            relation=(left, right),
            role=(predicate, argument),
            coref=(before, after),
        )


def _windows(sizes: Sequence[int]) -> list[range]:
    """Runs of consecutive sentences of at most WINDOW pieces, or of one longer sentence."""
    windows: list[range] = []
    start = total = 0
    for i, size in enumerate(sizes):
        if i > start and total + size > WINDOW:
            windows.append(range(start, i))
            start, total = i, 0
        total += size
    return [*windows, range(start, len(sizes))] if sizes else []


def _batches(order: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """``order`` (by length) cut so that no padded batch passes BATCH_PIECES."""
    batches: list[list[int]] = []
    for i in order:
        if not batches or (len(batches[-1]) + 1) * lengths[i] > BATCH_PIECES:
            batches.append([])
        batches[-1].append(i)
    return batches


def check_folder(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder whose files are all there and undamaged.

    Raises:
        ModelError: the folder, its manifest or a file is missing, damaged or of another format.
    """
    manifest = read_manifest(folder, form=FORMAT, way_out=WAY_OUT)
    for name, expected in manifest["sha256"].items():
        check_file(folder / name, expected, way_out=WAY_OUT)
    return manifest
