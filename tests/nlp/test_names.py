"""Scores -> names in valid BIO sequences, of one type throughout a document."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.names import NameSpan, find_names, settle, trim, unify_types

TAGS = ("O", "B-GPE", "I-GPE", "B-ORG", "I-ORG")


def names_of(*tags: str) -> list[tuple[int, int, str]]:
    scores = np.zeros((len(tags), len(TAGS)), np.float32)
    for word, tag in enumerate(tags):
        scores[word, TAGS.index(tag)] = 4
    return [(name.first, name.end, name.label) for name in find_names(scores, TAGS)]


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (["O", "O"], []),
        (["B-GPE", "I-GPE", "O"], [(0, 2, "GPE")]),
        (["B-GPE", "B-GPE"], [(0, 1, "GPE"), (1, 2, "GPE")]),
        (["B-GPE", "O", "B-ORG", "I-ORG"], [(0, 1, "GPE"), (2, 4, "ORG")]),
    ],
)
def test_names_from_tags(tags: list[str], names: list[tuple[int, int, str]]) -> None:
    assert names_of(*tags) == names


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1), st.sampled_from([0.1, 2.0, 20.0]))
def test_names_never_overlap_and_their_scores_are_probabilities(
    n: int, seed: int, spread: float
) -> None:
    scores = np.random.default_rng(seed).normal(scale=spread, size=(n, len(TAGS)))
    found = find_names(scores.astype(np.float32), TAGS)
    ends = [0]
    for name in found:
        assert ends[-1] <= name.first < name.end <= n
        assert name.label in ("GPE", "ORG")
        assert 0 <= name.score <= 1
        assert (name.evidence <= 1e-6).all()
        ends.append(name.end)


def test_inside_tag_alone_is_read_as_the_best_valid_sequence() -> None:
    found = names_of("O", "I-ORG", "I-ORG")
    assert all(label == "ORG" for _, _, label in found)
    assert len(found) <= 1


def name(words: str, gpe: float) -> tuple[list[str], list[NameSpan]]:
    """A sentence that is one name, a place with probability ``gpe``, else a body."""
    split, label = words.split(), "GPE" if gpe > 0.5 else "ORG"
    evidence = np.log(np.array([gpe, 1 - gpe], np.float32))
    return split, [NameSpan(0, len(split), label, max(gpe, 1 - gpe), evidence)]


@pytest.mark.parametrize(
    ("given_names", "labels"),
    [
        ([("Miramar", 0.9), ("Miramar", 0.4)], ["GPE", "GPE"]),
        ([("Miramar", 0.6), ("MIRAMAR", 0.1)], ["ORG", "ORG"]),
        ([("Miramar", 0.6), ("Miramar City", 0.1)], ["GPE", "ORG"]),
        ([("Miramar", 0.6), ("Encino", 0.1)], ["GPE", "ORG"]),
        ([], []),
    ],
)
def test_names_written_alike_have_one_type(
    given_names: list[tuple[str, float]], labels: list[str]
) -> None:
    parts = [name(*pair) for pair in given_names]
    found = unify_types([p[0] for p in parts], [p[1] for p in parts], TAGS)
    assert [n.label for names in found for n in names] == labels


def test_what_only_places_take_speaks_for_a_place() -> None:
    plain, found = name("Miramar", 0.1)
    words = ["the", "suburb", "of", "Miramar"]
    placed = NameSpan(3, 4, "GPE", 0.6, np.log(np.array([0.6, 0.4], np.float32)))
    for before, labels in ((words, ["GPE", "GPE"]), (["a", "song", "of", "Miramar"], ["ORG"] * 2)):
        both = unify_types([plain, before], [found, [placed]], TAGS)
        assert [n.label for names in both for n in names] == labels


@pytest.mark.parametrize(
    ("words", "label", "first"),
    [
        ("Dr. Ann Lee", "PERSON", 1),
        ("Mr Lee", "PERSON", 1),
        ("Dr.", "PERSON", 0),
        ("Dr Pepper", "ORG", 0),
        ("Ann Lee", "PERSON", 0),
    ],
)
def test_title_is_no_part_of_a_persons_name(words: str, label: str, first: int) -> None:
    split = words.split()
    found = trim(split, NameSpan(0, len(split), label, 1.0, np.zeros(2, np.float32)))
    assert (found.first, found.end) == (first, len(split))


def test_countries_and_their_people_are_typed_by_the_list() -> None:
    words = ["US", "troops", "left", "Israeli", "soil", ";", "Georgia", "met", "Japan", "Airlines"]
    types = [("US", "ORG"), ("Israeli", "GPE"), ("Georgia", "PERSON"), ("Japan", "ORG")]
    names = [
        NameSpan(words.index(w), words.index(w) + 1 + (w == "Japan"), t, 0.9, np.zeros(1, "f4"))
        for w, t in types
    ]
    labels = [name.label for name in settle(words, names)]
    assert labels == ["GPE", "NORP", "PERSON", "ORG"]


@pytest.mark.parametrize(
    ("text", "label", "settled"),
    [
        ("Da\u2019esh", "PERSON", "ORG"),
        ("al - Qaeda", "PERSON", "ORG"),
        ("Kurdistan Workers ' Party", "GPE", "ORG"),
        ("Assad", "ORG", "PERSON"),
        ("Daesh", "NORP", "NORP"),
        ("VBIEDs", "ORG", "MISC"),
        ("UAV", "GPE", "MISC"),
        ("UAV Tactical Systems", "ORG", "ORG"),
    ],
)
def test_known_names_are_typed_by_the_list(text: str, label: str, settled: str) -> None:
    words = text.split()
    found = settle(words, [NameSpan(0, len(words), label, 0.9, np.zeros(1, np.float32))])
    assert [name.label for name in found] == [settled]
