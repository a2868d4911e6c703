"""The shape of words, and lemmas from edit scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.features import SHAPES, apply_script, shape_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("army", "lower"),
        ("Army", "title"),
        ("NATO", "upper"),
        ("A", "initial"),
        ("McCain", "mixed"),
        ("iPhone", "mixed"),
        ("2024", "digits"),
        ("MH17", "alphanumeric"),
        ("3rd", "alphanumeric"),
        ("—", "symbol"),
        ("...", "symbol"),
        ("U.S.", "upper"),
        ("al-Hol", "mixed"),
        ("Łódź", "title"),
        ("القاهرة", "lower"),
        ("😀", "symbol"),
        ("", "symbol"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.text())
def test_every_word_has_a_shape(word: str) -> None:
    assert 0 < shape_of(word) < len(SHAPES)


@pytest.mark.parametrize(
    ("form", "script", "lemma"),
    [
        ("attacked", "lower|2|", "attack"),
        ("seized", "lower|1|", "seize"),
        ("Armies", "lower|3|y", "army"),
        ("went", "=go", "go"),
        ("Paris", "keep|0|", "Paris"),
        ("NATO", "keep|0|", "NATO"),
        ("AMERICANS", "title|1|", "American"),
        ("is", "lower|2|", "is"),
        ("a", "keep|3|", "a"),
        ("ran", "lower|2|un", "run"),
        ("|", "keep|0|", "|"),
    ],
)
def test_lemmas(form: str, script: str, lemma: str) -> None:
    assert apply_script(form, script) == lemma


@given(st.text(min_size=1), st.sampled_from(["lower", "title", "keep"]), st.integers(0, 9))
def test_lemma_is_never_empty(form: str, case: str, cut: int) -> None:
    assert apply_script(form, f"{case}|{cut}|")
