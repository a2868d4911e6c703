"""The sentence network: its arithmetic, its window, its look at words."""

import numpy as np
import pytest

from kg.nlp.boundaries import BLANK, BLOCK, LINE, MARGIN, Boundaries, shape_of
from kg.nlp.splitting import SentenceWeights, read_splitter


def toy() -> Boundaries:
    """A network that says 1 for "army" and for the word after it, else 0."""
    arrays = {
        "word": np.array([[0.0], [1.0]], np.float32),
        "suffix": np.zeros((1, 1), np.float32),
        "shape": np.zeros((1, 1), np.float32),
        "state": np.zeros((6, 1), np.float32),
        "near": np.zeros((7, 1, 1), np.float32),
        "near_bias": np.zeros(1, np.float32),
        "far": np.zeros((5, 1, 1), np.float32),
        "far_bias": np.zeros(1, np.float32),
        "out": np.array([1.0, 0.0, 1.0], np.float32),
        "out_bias": np.zeros(1, np.float32),
    }
    # The tap before the middle one sees the word before.
    arrays["near"][2] = 1.0
    return Boundaries(SentenceWeights({"army": 1}, {}, {}, arrays))


def score(network: Boundaries, words: list[str]) -> list[float]:
    gaps = [LINE, *[BLANK] * (len(words) - 1)]
    return network.score(words, gaps, [False] * len(words)).tolist()


def test_taps_reach_where_they_say() -> None:
    assert score(toy(), ["the", "Army", "left", "it"]) == [0, 1, 1, 0]


def test_nothing() -> None:
    assert score(toy(), []) == []


def test_blocks_join_without_a_seam() -> None:
    words = ["the"] * (BLOCK - 1) + ["army"] + ["left"] * BLOCK
    found = score(toy(), words)
    assert [i for i, s in enumerate(found) if s] == [BLOCK - 1, BLOCK]


def test_no_word_beyond_the_window_counts() -> None:
    network = Boundaries(read_splitter()[1])
    words = ["army", *["left"] * MARGIN, "it", *["left"] * MARGIN, "army"]
    other = ["Who", *words[1:-1], "?"]
    middle = MARGIN + 1
    assert score(network, words)[middle] == pytest.approx(score(network, other)[middle], abs=1e-5)


@pytest.mark.parametrize(
    ("word", "shape"),
    [("The", "Aa+"), ("U.S.", "A.A."), ("2,500", "1,1+"), ("...", ".+"), ("army", "a+")],
)
def test_shape(word: str, shape: str) -> None:
    assert shape_of(word) == shape
