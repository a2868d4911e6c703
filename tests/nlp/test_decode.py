"""Scores -> trees with one root."""

from itertools import product
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.nlp.decode import (
    find_tree,
    head_titled_names,
    lift,
    reduced_relatives,
    verbal_nouns,
    weigh_relations,
)
from kg.nlp.encoder import Encoder, PairHead, Scores
from kg.nlp.names import NameSpan, softmax, top_probability

Floats = NDArray[np.float32]


@st.composite
def arc_scores(draw: st.DrawFn, *, most: int) -> Floats:
    n = draw(st.integers(1, most))
    seed = draw(st.integers(0, 2**32 - 1))
    spread = draw(st.sampled_from([0.0, 1.0, 10.0]))
    scores = np.random.default_rng(seed).normal(scale=spread, size=(n, n + 1))
    result: Floats = scores.astype(np.float32)
    return result


def is_tree(heads: list[int] | tuple[int, ...]) -> bool:
    """Whether every word reaches the root, which has one child."""
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def log_probability(heads: list[int] | tuple[int, ...], arcs: Floats) -> float:
    """What the arcs' scores make of a tree: each word's governors weighed against each other."""
    shifted = arcs.astype(np.float64) - arcs.max(axis=1, keepdims=True)
    table = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(table[np.arange(len(heads)), list(heads)].sum())


@settings(max_examples=150, deadline=None)
@given(arc_scores(most=30))
def test_always_a_tree_with_one_root(arcs: Floats) -> None:
    assert is_tree(find_tree(arcs))


@settings(max_examples=60, deadline=None)
@given(arc_scores(most=3))
def test_best_tree_of_up_to_three_words(arcs: Floats) -> None:
    assert_best(arcs)


@given(arc_scores(most=8))
def test_top_probability_is_that_of_the_best_label(scores: Floats) -> None:
    assert np.allclose(top_probability(scores), softmax(scores).max(axis=-1))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("n", [4, 5])
def test_best_tree_of_four_and_five_words(n: int, seed: int) -> None:
    assert_best(np.random.default_rng(seed).normal(scale=3, size=(n, n + 1)).astype(np.float32))


def assert_best(arcs: Floats) -> None:
    n = len(arcs)
    trees = [heads for heads in product(range(n + 1), repeat=n) if is_tree(heads)]
    best = max(log_probability(heads, arcs) for heads in trees)
    assert log_probability(find_tree(arcs), arcs) == pytest.approx(best, abs=1e-4)


def arcs_of(*best: int, root: int | None = None) -> Floats:
    """Scores that prefer for each word the governor given, and weakly for one word the root."""
    scores = np.zeros((len(best), len(best) + 1), np.float32)
    for word, governor in enumerate(best):
        scores[word, governor] = 5
    if root is not None:
        scores[root - 1, 0] = 3
    return scores


@pytest.mark.parametrize(
    ("preferred", "root", "expected"),
    [
        ((2, 0, 2), None, [2, 0, 2]),
        ((2, 1), 1, [0, 1]),
        ((2, 3, 1), 2, [2, 0, 1]),
        ((2, 1, 4, 3), 1, None),
        ((0, 0, 0), None, None),
        ((1,), None, [0]),
    ],
    ids=["tree", "cycle of two", "cycle of three", "two cycles", "three roots", "one word"],
)
def test_cycles_and_several_roots_are_broken(
    preferred: tuple[int, ...], root: int | None, expected: list[int] | None
) -> None:
    found = find_tree(arcs_of(*preferred, root=root))
    assert is_tree(found)
    assert expected in (None, found)


def test_softmax_of_large_scores_is_finite() -> None:
    p = softmax(np.array([[1000.0, 0.0], [-1000.0, -1000.0]], np.float32))
    assert np.isfinite(p).all()
    assert p.sum(axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("second_best", "expected"),
    [
        # "left said Monday": Monday hangs on "left", which "said" governs.
        (9.5, [2, 0, 2]),
        (5.0, [2, 0, 1]),
    ],
)
def test_crossing_arc_is_lifted_where_that_is_nearly_as_likely(
    second_best: float, expected: list[int]
) -> None:
    arcs = np.zeros((3, 4), np.float32)
    arcs[0, 2] = arcs[1, 0] = arcs[2, 1] = 10
    arcs[2, 2] = second_best
    assert lift([2, 0, 1], arcs) == expected


def test_arc_that_crosses_nothing_stays() -> None:
    assert lift([2, 0, 2], np.zeros((3, 4), np.float32)) == [2, 0, 2]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("attack/4/nsubj/ launched/4/ccomp/VerbForm=Part today/2/advmod/ failed/0/root/", [1]),
        ("he/4/nsubj/ fired/4/ccomp/VerbForm=Fin today/2/advmod/ says/0/root/", []),
        ("today/3/advmod/ launched/3/ccomp/VerbForm=Part failed/0/root/", []),
        ("he/2/nsubj/ saw/0/root/ taken/2/ccomp/VerbForm=Part", []),
    ],
)
def test_participle_between_subject_and_verb_is_the_subjects(
    words: str, expected: list[int]
) -> None:
    _, heads, deprels, feats = zip(*(word.split("/") for word in words.split()), strict=True)
    assert reduced_relatives([int(h) for h in heads], deprels, feats) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("died/0/root/VERB in/4/case/ADP police/4/compound/NOUN firing/1/obl/VERB", [3]),
        ("died/0/root/VERB in/4/mark/SCONJ the/4/det/DET firing/1/advcl/VERB", []),
        ("died/0/root/VERB in/3/case/ADP fights/1/obl/NOUN", []),
    ],
)
def test_word_after_a_preposition_is_a_noun(words: str, expected: list[int]) -> None:
    rows = [word.split("/") for word in words.split()]
    _, heads, deprels, upos = zip(*rows, strict=True)
    assert verbal_nouns([int(h) for h in heads], deprels, upos) == expected


def test_of_two_governors_about_as_likely_the_one_with_the_plainer_relation_is_chosen() -> None:
    arcs = np.full((3, 4), -9, np.float32)
    arcs[0, 2] = arcs[1, 0] = 9
    arcs[2, 1], arcs[2, 2] = 5.2, 5.0
    # Governor 1 makes two relations as likely, governor 2 makes one plain.
    left = np.array([[0, 0, 0], [0, 0, 0], [0, 9, 0], [0, 0, 0]], np.float32)
    right = np.zeros((4, 3), np.float32)
    scores = Scores({}, arcs, (left, right), (left, right), (left, right))
    labels = {"deprel": ["root", "obl", "nmod"]}
    head = PairHead(np.eye(3, dtype=np.float32), np.zeros(3, np.float32), n_added=3)
    encoder = SimpleNamespace(labels=labels, pairs={"deprel": head})
    assert find_tree(arcs)[2] == 1
    assert find_tree(weigh_relations(scores, cast(Encoder, encoder)))[2] == 2


def titled(cells: str) -> tuple[list[str], dict[int, int]]:
    """Words as "word/governor/relation"; capital words are one person's name, others nouns."""
    rows = [cell.split("/") for cell in cells.split()]
    words, heads, deprels = (list(column) for column in zip(*rows, strict=True))
    capital = [i for i, word in enumerate(words) if word[0].isupper()]
    name = NameSpan(capital[0], capital[-1] + 1, "PERSON", 1.0, np.zeros(0, np.float32))
    governors = [int(head) for head in heads]
    moved = head_titled_names([name], [word.islower() for word in words], governors, deprels)
    return [f"{h}/{d}" for h, d in zip(governors, deprels, strict=True)], moved


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # The name hangs on the noun, whose preposition and relation become the name's.
        (
            "met/0/root by/3/case trader/1/obl Ann/3/flat Lee/4/flat",
            ["0/root", "4/case", "4/nmod:desc", "1/obl", "4/flat"],
        ),
        # The noun keeps the words before it that are its own.
        (
            "rich/2/amod trader/4/nsubj Ann/2/flat left/0/root",
            ["2/amod", "3/nmod:desc", "4/nsubj", "0/root"],
        ),
        # Two objects side by side are one.
        (
            "met/0/root trader/1/obj Ann/1/obj Lee/3/flat",
            ["0/root", "3/nmod:desc", "1/obj", "3/flat"],
        ),
        # With an article the noun stays the head.
        (
            "the/2/det trader/4/nsubj Ann/2/flat left/0/root",
            ["2/det", "4/nsubj", "2/appos", "0/root"],
        ),
    ],
)
def test_name_after_a_bare_noun_is_the_head(cells: str, expected: list[str]) -> None:
    found, moved = titled(cells)
    assert found == expected
    assert bool(moved) == ("nmod:desc" in " ".join(expected))


def test_names_elsewhere_stay() -> None:
    cells = "trader/2/nsubj met/0/root Ann/2/obj Lee/3/flat"
    assert titled(cells) == (["2/nsubj", "0/root", "2/obj", "3/flat"], {})
