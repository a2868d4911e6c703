"""Windows and scores; a folder that is incomplete, damaged or of another format is refused."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from kg.nlp.decode import analyse
from kg.nlp.encoder import FORMAT, MODEL_FOLDER, Encoder, check_folder

PART = "labels.json"
# Written with the model by training/export.py.
PARITY = Path(__file__).parent / "parity.json"


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


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(MODEL_FOLDER)


def test_long_document_is_read_in_windows(encoder: Encoder) -> None:
    sentences = [["The", "army", "left", "the", "town", "on", "Monday", "."]] * 60
    found = encoder.score(sentences)
    assert [s.arcs.shape for s in found] == [(8, 9)] * 60
    assert {s.coref[1].shape[0] for s in found} == {9}


def test_sentence_is_read_with_what_stands_beside_it(encoder: Encoder) -> None:
    """The scores differ, and the tree does not leave its sentence."""
    sentence = ["Lopez", "resigned", "."]
    alone = encoder.score([sentence])[0]
    beside = encoder.score([["Maria", "Lopez", "leads", "the", "bank", "."], sentence])[1]
    assert not np.allclose(alone.tokens["names"], beside.tokens["names"])
    assert alone.arcs.shape == beside.arcs.shape


def test_no_sentences(encoder: Encoder) -> None:
    assert encoder.score([]) == []


def test_shipped_file_decides_as_the_trained_weights_do(encoder: Encoder) -> None:
    """Decisions of the trainer in float32, stored when the file was written, against int8."""
    stored = json.loads(PARITY.read_text("utf-8"))
    analyses = analyse(stored["sentences"], encoder)
    for name in ("upos", "heads", "deprels", "mention_types", "statuses"):
        expected = [x for row in stored[name] for x in row]
        found = [x for analysis in analyses for x in getattr(analysis, name)]
        same = sum(a == b for a, b in zip(found, expected, strict=True))
        assert same >= 0.97 * len(expected), name
    expected = [p for row in stored["governor"] for p in row]
    differences = np.abs(np.array([p for a in analyses for p in a.sureness["governor"]]) - expected)
    # Weights of seven bits, by which the same file computes the same on every processor.
    assert differences.mean() < 0.015
