"""Number words and figures."""

import pytest

from kg.extract.numbers import read_figure, read_number, read_ordinal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty - five", 25),
        ("two hundred and fifty", 250),
        ("a dozen", 12),
        ("two dozen", 24),
        ("2.5 million", 2_500_000),
        ("three thousand four hundred", 3_400),
        ("one million two hundred thousand", 1_200_000),
        ("two and a half", 2.5),
        ("half", 0.5),
        ("10,000", 10_000),
        ("soldiers", None),
        ("two soldiers", None),
        ("", None),
    ],
)
def test_read_number(text: str, value: float | None) -> None:
    assert read_number(text.split()) == value


@pytest.mark.parametrize(
    ("text", "value"), [("40k", 40_000), ("3bn", 3e9), ("1,200.5", 1200.5), ("12a", None)]
)
def test_read_figure(text: str, value: float | None) -> None:
    assert read_figure(text) == value


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("third", 3),
        ("twenty first", 21),
        ("21st", 21),
        ("ninth", 9),
        ("thirtieth", 30),
        ("one", None),
    ],
)
def test_read_ordinal(text: str, rank: int | None) -> None:
    assert read_ordinal(text.split()) == rank
