"""Pairs of words are scored by the model's vectors; words without a vector by 0."""

import numpy as np
import pytest
from spacy.language import Language

from kg.nlp.coreference import PairVectors
from kg.nlp.encoder import PairHead


@pytest.fixture
def pairs() -> PairVectors:
    """Two columns, one added and one multiplied, for the words 4 and 7 of a Doc."""
    head = PairHead(np.array([[1.0, 10.0]], np.float32), np.array([0.5], np.float32), 1)
    before = np.array([[1.0, 2.0], [3.0, 0.0]], np.float32)
    after = np.array([[0.0, 0.0], [-2.0, 3.0]], np.float32)
    return PairVectors({4: 0, 7: 1}, before, after, head)


@pytest.mark.parametrize(
    ("anaphor", "antecedents", "expected"),
    [
        # max(0, 1 - 2) * 1 + 2 * 3 * 10 + 0.5, and max(0, 3 - 2) * 1 + 0.5
        (7, [4, 7], [60.5, 1.5]),
        (7, [4, 5], [60.5, 0.0]),
        (5, [4], [0.0]),
        (7, [], []),
    ],
)
def test_scores(
    pairs: PairVectors, anaphor: int, antecedents: list[int], expected: list[float]
) -> None:
    assert pairs.scores(anaphor, antecedents).tolist() == expected


def test_model_prefers_who_a_pronoun_speaks_of(nlp: Language) -> None:
    doc = nlp("Maria Lopez met John Smith on Monday. She told reporters that the talks had failed.")
    at = {token.text: token.i for token in doc}
    she, he, day = doc._.pair_vectors.scores(at["She"], [at["Maria"], at["John"], at["Monday"]])
    assert she > he
    assert she > day


def test_empty_text_has_no_vectors(nlp: Language) -> None:
    assert nlp("")._.pair_vectors.scores(0, [1]).tolist() == [0.0]
