"""The learnt weights that cut a text into tokens and sentences, checked and read once."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError

SPLITTER_FOLDER = Path(__file__).parent / "splitter"
FORMAT = 1
FILES = ("tokens.json", "sentences.npz")
WAY_OUT = "Reinstall the package, or make the file again (training/README.md)."
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenWeights:
    """What cuts chunks into tokens.

    Attributes:
        fused: words in small letters that are two tokens, and where they are cut.
        scores: feature -> weight in hundredths; a border whose sum is above 0 parts tokens.
    """

    fused: dict[str, int]
    scores: dict[str, int]


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """What finds where sentences start.

    Attributes:
        words: words in small letters -> row of ``arrays["word"]``; row 0 is any other word.
        suffixes: a word's last three characters -> row of ``arrays["suffix"]``, 0 any other.
        shapes: the look of a word -> row of ``arrays["shape"]``, 0 any other.
        arrays: float32 weights by name.
    """

    words: dict[str, int]
    suffixes: dict[str, int]
    shapes: dict[str, int]
    arrays: dict[str, Floats]


@lru_cache(maxsize=4)
def read_splitter(folder: Path = SPLITTER_FOLDER) -> tuple[TokenWeights, SentenceWeights]:
    """The weights of a folder.

    Raises:
        ModelError: a file is missing or damaged, or the folder is of another format.
    """
    check_splitter(folder)
    table = json.loads((folder / "tokens.json").read_text("utf-8"))
    with np.load(folder / "sentences.npz") as stored:
        arrays = {name: stored[name] for name in stored.files}
    rows = {name: _rows(arrays.pop(f"{name}_list")) for name in ("word", "suffix", "shape")}
    floats = {name: array.astype(np.float32) for name, array in arrays.items()}
    sentences = SentenceWeights(rows["word"], rows["suffix"], rows["shape"], floats)
    return TokenWeights(table["fused"], table["scores"]), sentences


def _rows(column: NDArray[np.uint8]) -> dict[str, int]:
    """Entry -> row from 1; ``column`` holds the entries as UTF-8, parted by line breaks."""
    entries = column.tobytes().decode("utf-8").split("\n")
    return {entry: row for row, entry in enumerate(entries, 1)}


def check_splitter(folder: Path = SPLITTER_FOLDER) -> dict[str, str]:
    """The sha256 of each file of a folder whose files are all as they were made.

    Raises:
        ModelError: the manifest or a file is missing, damaged or of another format.
    """
    path = folder / "manifest.json"
    try:
        # The manifest is JSON of several value types.
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ModelError(f"{path}: cannot be read: {error}. {WAY_OUT}", path=path) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else None
        raise ModelError(f"{path}: format {found}, expected {FORMAT}. {WAY_OUT}", path=path)
    sums: dict[str, str] = manifest["sha256"]
    for name in FILES:
        _check_sum(folder / name, sums.get(name, ""))
    return sums


def _check_sum(path: Path, expected: str) -> None:
    """Raise ModelError unless the file is there and has the expected sha256."""
    if not path.is_file():
        raise ModelError(f"{path}: there is no such file. {WAY_OUT}", path=path)
    found = sha256_of(path)
    if found != expected:
        text = f"{path}: damaged: sha256 {found[:12]}…, expected {expected[:12]}…. {WAY_OUT}"
        raise ModelError(text, path=path)


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(folder: Path) -> None:
    """Write the manifest of the files that lie in a folder; for the scripts that make them."""
    sums = {name: sha256_of(folder / name) for name in FILES if (folder / name).is_file()}
    text = json.dumps({"format": FORMAT, "sha256": sums}, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
