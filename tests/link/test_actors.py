"""Names, other names and countries of actors."""

import pytest

from kg.link.actors import (
    aliases_of,
    best_name,
    clean_name,
    clean_noun,
    country_at_end,
    country_in_words,
    country_of_title,
    title_before,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Islamic\nState's", "Islamic State"),
        ("The Hague", "Hague"),
        ("“Umm Fatima", "Umm Fatima"),
        ("Theresa May", "Theresa May"),
        ("the", "the"),
    ],
)
def test_clean_name(text: str, expected: str) -> None:
    assert clean_name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the  village", "village"), ("his wife", "his wife"), ("400 fighters", "400 fighters")],
)
def test_clean_noun(text: str, expected: str) -> None:
    assert clean_noun(text) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["SDF", "SDF", "Syrian Democratic Forces"], "Syrian Democratic Forces"),
        (["Trump", "Donald Trump", "Trump"], "Donald Trump"),
        (["Kobani, a town in the north", "Kobani"], "Kobani"),
        (["NATO"], "NATO"),
        (["Ana Costa", "Ana Kosta"], "Ana Costa"),
    ],
)
def test_best_name_is_written_out(names: list[str], expected: str) -> None:
    assert best_name(names) == expected


def test_aliases_stand_in_order_of_first_use_and_once() -> None:
    names = ["ISIL", "ISIS", "Islamic State", "isil", "ISIS"]
    assert aliases_of(names, "Islamic State") == ("ISIL", "ISIS")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Iraqi police", "IRQ"),
        ("the Bank of China", "CHN"),
        ("Syrian Democratic Forces", "SYR"),
        ("US troops", "USA"),
        ("a top Sri Lankan official", "LKA"),
        ("two North Koreans", "PRK"),
        ("top U.S. official", "USA"),
        ("Senior Pakistan army officers", "PAK"),
        ("Cairo's security chief", "EGY"),
        ("talks with Iraq", None),
        ("US-backed forces", None),
        ("anti-Russian protesters", None),
        ("Turkish and Syrian forces", None),
        ("Islamic State of Iraq and the Levant", None),
        ("the group", None),
    ],
)
def test_country_is_whose_the_actor_is(text: str, country: str | None) -> None:
    assert country_in_words(text) == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Then the Iraqi ", "IRQ"),
        ("Ivory Coast's ", "CIV"),
        ("in South Korea ", "KOR"),
        ("Iraq, ", None),
        ("the ", None),
        ("", None),
    ],
)
def test_country_that_ends_a_text(text: str, country: str | None) -> None:
    assert country_at_end(text) == country


@pytest.mark.parametrize(
    ("before", "title", "country"),
    [
        ("the Russian Foreign Minister ", "Foreign Minister", "RUS"),
        ("Nigerian junior foreign minister ", "junior foreign minister", "NGA"),
        ("Pakistan President ", "President", "PAK"),
        ("Iraq on Monday, President ", "President", None),
        ("Judge ", "Judge", None),
        ("he met ", "", None),
    ],
)
def test_title_before_a_name(before: str, title: str, country: str | None) -> None:
    assert title_before(before) == title
    assert country_of_title(before) == country
