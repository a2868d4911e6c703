"""Texts under other names: the same words at the same places, but for the annotated names."""

import importlib
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TRAINING = Path(__file__).parents[2] / "training"
# Each text with the words whose first place is annotated, and their entities.
TEXTS = (
    ("Dr. Mary Stone met Jane Hill before she left", {"Mary": "A", "Jane": "B", "she": "pronounA"}),
    ("Omar Ross and Ivan Wood said his car was gone", {"Omar": "A", "Ivan": "B", "his": "pronoun"}),
    (
        "When Ruth Field saw Alma Moss , Field took her hand",
        {"Ruth": "A", "Alma": "B", "her": "pronounB"},
    ),
)


@pytest.fixture
def swap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, which like all of the folder's programs finds its neighbours by their names."""
    monkeypatch.syspath_prepend(TRAINING)
    for name in ("swap", "examples", "names"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("swap")


@pytest.fixture
def texts(swap: ModuleType) -> list[list[Any]]:
    """The texts, each of one sentence."""
    found = []
    for sentence, marks in TEXTS:
        words = sentence.split()
        mentions = sorted((words.index(word), entity) for word, entity in marks.items())
        found.append([swap.Example("gap", words, document=sentence, mentions=mentions)])
    return found


def test_pool_tells_given_names_by_the_pronoun_and_family_names(
    swap: ModuleType, texts: list[list[Any]]
) -> None:
    pool = swap.NamePool.read(texts)
    assert pool.given == {"F": ["Alma", "Jane", "Mary", "Ruth"], "M": ["Ivan", "Omar"]}
    assert pool.family == ["Field", "Hill", "Moss", "Ross", "Stone", "Wood"]


def test_each_name_becomes_another_everywhere(swap: ModuleType, texts: list[list[Any]]) -> None:
    pool = swap.NamePool.read(texts)
    for seed in range(20):
        drawn = pool.draw(texts[2], random.Random(seed))
        assert set(drawn) <= {"Ruth", "Field", "Alma", "Moss"}
        assert len(set(drawn.values())) == len(drawn)
        assert not set(drawn.values()) & set(texts[2][0].words)
        assert {drawn.get(word) for word in ("Ruth", "Alma")} <= {"Jane", "Mary", None}
        assert {drawn.get(word) for word in ("Field", "Moss")} <= {*pool.family, None}


def test_titles_and_pronouns_stay(swap: ModuleType, texts: list[list[Any]]) -> None:
    drawn = swap.NamePool.read(texts).draw(texts[0], random.Random(3))
    assert drawn
    assert not {"Dr.", "she", "met"} & set(drawn)
