"""The learnt weights that cut a text into tokens and sentences, checked and read once."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.nlp.manifest import check_file, read_manifest, sha256_of

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
    sums: dict[str, str] = read_manifest(folder, form=FORMAT, way_out=WAY_OUT)["sha256"]
    for name in FILES:
        check_file(folder / name, sums.get(name, ""), way_out=WAY_OUT)
    return sums


def write_manifest(folder: Path) -> None:
    """Write the manifest of the files that lie in a folder; for the scripts that make them."""
    sums = {name: sha256_of(folder / name) for name in FILES if (folder / name).is_file()}
    text = json.dumps({"format": FORMAT, "sha256": sums}, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
