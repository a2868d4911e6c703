"""Folders of learnt weights: a manifest with the form and the sha256 of each file, checked."""

import hashlib
import json
from pathlib import Path
from typing import Any

from kg.errors import ModelError


def read_manifest(folder: Path, *, form: int, way_out: str) -> dict[str, Any]:
    """The manifest of a folder: JSON of several value types, "sha256" a table by file name.

    Args:
        folder: where the weights are.
        form: the form that the folder must have.
        way_out: how to get a folder that is whole.

    Raises:
        ModelError: the manifest is missing, is none, or is of another form.
    """
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except OSError as error:
        is_gone = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if is_gone else error.strerror
        raise ModelError(f"{path}: {reason}; it cannot be read. {way_out}", path=path) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ModelError(f"{path}: not JSON: {error}. {way_out}", path=path) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("sha256"), dict):
        raise ModelError(f"{path}: not a manifest of weights. {way_out}", path=path)
    if manifest.get("format") != form:
        found = manifest.get("format")
        raise ModelError(f"{path}: format {found}, expected {form}. {way_out}", path=path)
    return manifest


def check_file(path: Path, expected: str, *, way_out: str) -> None:
    """Make sure that a file is there and has the expected sha256.

    Raises:
        ModelError: it is missing or damaged.
    """
    if not path.is_file():
        raise ModelError(f"{path}: there is no such file. {way_out}", path=path)
    found = sha256_of(path)
    if found != expected:
        sums = f"sha256 {found[:12]}…, the manifest has {expected[:12]}…"
        raise ModelError(f"{path}: damaged: {sums}. {way_out}", path=path)


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
