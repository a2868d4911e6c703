"""A model folder that is incomplete, damaged or of another format is refused, with the way out."""

import hashlib
import json
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.nlp.encoder import FORMAT, MODEL_FOLDER, check_folder

PART = "labels.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one small part and a manifest that fits it."""
    (tmp_path / PART).write_text("{}", "utf-8")
    write_manifest(
        tmp_path, {"format": FORMAT, "sha256": {PART: hashlib.sha256(b"{}").hexdigest()}}
    )
    return tmp_path


def write_manifest(folder: Path, manifest: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        check_folder(folder)
    message = str(caught.value)
    assert str(caught.value.path) in message
    assert "Reinstall the package" in message
    assert "\n" not in message
    return message


def test_whole_folder(folder: Path) -> None:
    assert check_folder(folder)["format"] == FORMAT


def test_shipped_folder() -> None:
    assert set(check_folder(MODEL_FOLDER)["sha256"]) >= {"model.onnx", "labels.json"}


def test_no_folder(tmp_path: Path) -> None:
    assert "manifest.json: there is no such file" in refusal(tmp_path / "nowhere")


def test_missing_part(folder: Path) -> None:
    (folder / PART).unlink()
    assert f"{PART}: there is no such file" in refusal(folder)


def test_damaged_part(folder: Path) -> None:
    (folder / PART).write_text("{ }", "utf-8")
    message = refusal(folder)
    assert PART in message
    assert "damaged" in message


def test_other_format(folder: Path) -> None:
    write_manifest(folder, {"format": FORMAT + 1, "sha256": {}})
    assert f"format {FORMAT + 1}, expected {FORMAT}" in refusal(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00"], ids=["empty", "cut off", "bytes"])
def test_manifest_that_is_no_json(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    assert "not JSON" in refusal(folder)
