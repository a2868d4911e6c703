"""What counts as a named mention where names are measured."""

from importlib import import_module
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Iraqi army", True),
        ("U.S.", True),
        ("pro-Sadr fighters", True),
        ("We", False),
        ("The town", False),
        ("In that village", False),
        ("Those who fled", False),
        ("soldiers", False),
    ],
)
def test_named_mention_has_a_capitalised_word(
    text: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "training")
    assert import_module("evaluate").is_named(text) is expected
