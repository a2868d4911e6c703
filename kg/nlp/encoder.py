"""The language model's file: words in, scores out, through ONNX Runtime on one CPU thread."""

import hashlib
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

Floats = NDArray[np.float32]
FORMAT = 2
WAY_OUT = "Reinstall the package, or train the model again (training/README.md)."
FILES = frozenset({"model.onnx", "pairs.npz", "labels.json", "lemmas.txt", "tokenizer.json"})
MODEL_FOLDER = Path(__file__).parent / "model"
LONGEST_WORD = 8
# Longer runs of pieces are cut into windows; the encoder has 512 positions.
LONGEST_WINDOW = 384
# Pieces in a padded batch, 1,000-8,000 tried: with fewer the calls cost more, with more the
# processor's cache does not hold them.
BATCH_PIECES = 2048


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of one window of n words; row 0 of the arrays is the root.

    Attributes:
        tokens: label scores by head name, each float32 (n, labels).
        arcs: float32 (n, 1 + n), the score of each governor for each word, governor 0 the root.
        relation: projected pair vectors of governors and dependents, float32 (1 + n, width) each.
        role: the same for predicates and arguments.
    """

    tokens: dict[str, Floats]
    arcs: Floats
    relation: tuple[Floats, Floats]
    role: tuple[Floats, Floats]


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
        self.pair_sum: int = manifest["pair_sum"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        with np.load(folder / "pairs.npz") as weights:
            self.pairs: dict[str, Floats] = {name: weights[name] for name in weights.files}
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

    def score(self, windows: Sequence[Sequence[str]]) -> list[Scores]:
        """The model's scores for each window of words, in the order given."""
        pieces = [[self._pieces(word) for word in words] for words in windows]
        order = sorted(range(len(windows)), key=lambda i: sum(map(len, pieces[i])))
        found: dict[int, Scores] = {}
        for batch in _batches(order, [sum(map(len, p)) + 2 for p in pieces]):
            outputs = self._run([windows[i] for i in batch], [pieces[i] for i in batch])
            for row, i in enumerate(batch):
                found[i] = self._scores(outputs, row, len(windows[i]))
        return [found[i] for i in range(len(windows))]

    def _run(
        self, windows: Sequence[Sequence[str]], pieces: Sequence[Sequence[tuple[int, ...]]]
    ) -> list[Floats]:
        width = max(sum(map(len, p)) for p in pieces) + 2
        words = max(map(len, pieces)) + 1
        ids = np.zeros((len(pieces), width), np.int64)
        shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
        first = np.zeros((len(pieces), words), np.int64)
        last = np.zeros_like(first)
        for row, (window, split) in enumerate(zip(windows, pieces, strict=True)):
            ids[row, 0] = self._cls
            at = 1
            for k, (word, part) in enumerate(zip(window, split, strict=True), 1):
                ids[row, at : at + len(part)] = part
                shapes[row, at : at + len(part)] = shape_of(word)
                first[row, k], last[row, k] = at, at + len(part) - 1
                at += len(part)
            ids[row, at] = self._sep
            mask[row, : at + 1] = 1
        feed = {"ids": ids, "shapes": shapes, "mask": mask, "first": first, "last": last}
        outputs: list[Floats] = self.session.run(None, feed)
        return outputs

    def _scores(self, outputs: list[Floats], row: int, n: int) -> Scores:
        tokens, arcs, *pairs = (out[row] for out in outputs)
        ends = np.cumsum([len(self.labels[head]) for head in self.heads])[:-1]
        parts = np.split(tokens[1 : n + 1], ends, axis=1)
        left, right, predicate, argument = (p[: n + 1] for p in pairs)
        return Scores(
            tokens=dict(zip(self.heads, parts, strict=True)),
            arcs=arcs[1 : n + 1, : n + 1],
            relation=(left, right),
            role=(predicate, argument),
        )

    def pair_scores(self, head: str, left: Floats, right: Floats) -> Floats:
        """Label scores of pairs of projected vectors.

        Args:
            head: "deprel" or "role".
            left: float32 (..., width), of governors or predicates.
            right: float32 (..., width), of dependents or arguments.

        Returns:
            float32 (..., labels of the head).
        """
        k = self.pair_sum
        total = np.maximum(left[..., :k] + right[..., :k], 0.0)
        hidden = np.concatenate([total, left[..., k:] * right[..., k:]], axis=-1)
        scores: Floats = hidden @ self.pairs[f"{head}.weight"].T + self.pairs[f"{head}.bias"]
        return scores


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
    path = folder / "manifest.json"
    try:
        # The manifest is JSON of several value types.
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: there is no such file. {WAY_OUT}", path=path) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ModelError(f"{path}: not JSON: {error}. {WAY_OUT}", path=path) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("sha256"), dict):
        raise ModelError(f"{path}: not a model's manifest. {WAY_OUT}", path=path)
    if manifest.get("format") != FORMAT:
        found = manifest.get("format")
        raise ModelError(f"{path}: format {found}, expected {FORMAT}. {WAY_OUT}", path=path)
    for name, expected in manifest["sha256"].items():
        _check_file(folder / name, expected)
    return manifest


def _check_file(path: Path, expected: str) -> None:
    if not path.is_file():
        raise ModelError(f"{path}: there is no such file. {WAY_OUT}", path=path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        sums = f"sha256 {found[:12]}…, the manifest has {expected[:12]}…"
        raise ModelError(f"{path}: damaged: {sums}. {WAY_OUT}", path=path)
