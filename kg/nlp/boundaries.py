"""A small convolutional network that says of each word whether a sentence starts with it.

It sees words, their endings and their look, the gap before each, and what the rules of
`kg.nlp.sentences` hold; a window of seven words either side. Trained by ``training/sentences.py``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.nlp.splitting import Floats, SentenceWeights

# What stands before a word: nothing, a blank, a line break that parts.
GLUED, BLANK, LINE = 0, 1, 2
# Stands for every line break that parts, and around the text.
LINE_WORD = "\n"
LONGEST_SHAPE = 6
LONGEST_WORD = 24
# Words in one matrix. Small enough for OpenBLAS to stay in one thread, whose waiting for a second
# one costs ten times the work on a busy machine; of 64-4096.
BLOCK = 96
FIRST_REACH, SECOND_REACH, DILATION = 3, 2, 2
MARGIN = FIRST_REACH + SECOND_REACH * DILATION
Ints = NDArray[np.int64]


def shape_of(word: str) -> str:
    """The look of a word: case of letters, digits as 1, marks as they are, runs marked by +."""
    look = re.sub("[A-Z]", "A", re.sub("[a-z]", "a", re.sub(r"\d", "1", word[:LONGEST_WORD])))
    return re.sub(r"(.)\1+", r"\1+", look)[:LONGEST_SHAPE]


class Boundaries:
    """The network with its weights."""

    def __init__(self, weights: SentenceWeights) -> None:
        """Take the learnt weights."""
        self.weights = weights
        self._rows = lru_cache(maxsize=50_000)(self.rows_of)

    def rows_of(self, word: str) -> tuple[int, int, int]:
        """The rows of a word in the tables of words, endings and looks."""
        w, lower = self.weights, word[:LONGEST_WORD].lower()
        return (
            w.words.get(lower, 0),
            w.suffixes.get(lower[-3:], 0),
            w.shapes.get(shape_of(word), 0),
        )

    def score(
        self, words: Sequence[str], gaps: Sequence[int], ruled: Sequence[bool]
    ) -> NDArray[np.float32]:
        """For each word the log odds that a sentence starts with it.

        Args:
            words: the text's words, LINE_WORD for each line break that parts.
            gaps: what stands before each word.
            ruled: whether the rules start a sentence with it.

        Returns:
            float32, shape (words,).
        """
        if not words:
            return np.zeros(0, np.float32)
        rows = np.array([self._rows(word) for word in words], np.int64)
        state = 2 * np.asarray(gaps, np.int64) + np.asarray(ruled, np.int64)
        edge = np.tile(np.array([[*self._rows(LINE_WORD), 2 * LINE]], np.int64), (MARGIN, 1))
        padded = np.concatenate([edge, np.column_stack([rows, state]), edge])
        parts = [
            self._block(padded[begin : begin + BLOCK + 2 * MARGIN])
            for begin in range(0, len(words), BLOCK)
        ]
        return np.concatenate(parts)

    def _block(self, rows: Ints) -> Floats:
        """Log odds of the words of a block, which has MARGIN more words at either side."""
        a = self.weights.arrays
        names = ("word", "suffix", "shape", "state")
        inner = np.zeros((len(rows), a["word"].shape[1]), np.float32)
        for column, name in enumerate(names):
            inner += a[name][rows[:, column]]
        near = _convolve(inner, a["near"], a["near_bias"], step=1)
        far = _convolve(near, a["far"], a["far_bias"], step=DILATION)
        cut = slice(SECOND_REACH * DILATION, -SECOND_REACH * DILATION)
        seen = np.concatenate([near[cut], far, inner[MARGIN:-MARGIN]], axis=1)
        odds: Floats = seen @ a["out"] + a["out_bias"]
        return odds


def _convolve(inner: Floats, weight: Floats, bias: Floats, *, step: int) -> Floats:
    """A convolution without padding, and ReLU.

    Args:
        inner: float32, shape (words, width).
        weight: float32, shape (taps, width, filters).
        bias: float32, shape (filters,).
        step: words between two taps.

    Returns:
        float32, shape (words - (taps - 1) * step, filters).
    """
    n = len(inner) - (len(weight) - 1) * step
    total = np.broadcast_to(bias, (n, len(bias))).copy()
    for tap, part in enumerate(weight):
        total += inner[tap * step : tap * step + n] @ part
    return np.maximum(total, 0.0)
