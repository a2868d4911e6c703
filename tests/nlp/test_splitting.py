"""The splitter's files are those that were made, or a message says which is not."""

import json
import shutil
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.nlp.splitting import FILES, SPLITTER_FOLDER, check_splitter, read_splitter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SPLITTER_FOLDER, tmp_path / "splitter"))


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        read_splitter(folder)
    assert "Reinstall the package" in str(caught.value)
    return str(caught.value)


def test_whole_folder(folder: Path) -> None:
    assert set(check_splitter(folder)) == set(FILES)
    tokens, sentences = read_splitter(folder)
    assert tokens.fused["cannot"] == 3
    assert len(sentences.arrays["word"]) == 1 + len(sentences.words)
    assert len(sentences.arrays["suffix"]) == 1 + len(sentences.suffixes)
    assert len(sentences.arrays["shape"]) == 1 + len(sentences.shapes)


@pytest.mark.parametrize("name", FILES)
def test_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert f"{name}: there is no such file" in refusal(folder)


@pytest.mark.parametrize("name", FILES)
def test_damaged_file(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b" ")
    assert f"{name}: damaged" in refusal(folder)


def test_missing_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert "cannot be read" in refusal(folder)


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"format": 0, "sha256": {}})])
def test_other_manifest(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text, "utf-8")
    assert "manifest.json" in refusal(folder)
