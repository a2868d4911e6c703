"""Which names join actors and places of several articles, and what keeps namesakes apart."""

from datetime import date

import pytest

from kg.link.identity import (
    Profile,
    body_words,
    combine,
    differ,
    home_country,
    is_telling,
    name_keys,
    profile_of,
    tells_who,
)
from kg.records import EntityKind
from tests.link.told import Telling

DAY = date(2024, 5, 2)


@pytest.mark.parametrize(
    ("name", "kind", "tells"),
    [
        ("Marta Ilves", EntityKind.PERSON, True),
        ("Ilves", EntityKind.PERSON, False),
        ("President Ilves", EntityKind.PERSON, False),
        ("Estonians", EntityKind.GROUP, False),
        ("Peipsi Brigade", EntityKind.GROUP, True),
    ],
)
def test_surname_or_people_alone_tells_nobody(name: str, kind: EntityKind, *, tells: bool) -> None:
    assert tells_who(name, kind) is tells


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("the Interior Ministry", "interior ministry"),
        ("Iraqi police", "police"),
        ("Iraq's Ministry of Defence", "ministry defence"),
        ("Kestrel Bank", None),
        ("Iraq", None),
    ],
)
def test_body_that_every_country_has(name: str, words: str | None) -> None:
    assert body_words(name) == words


def test_institutions_are_joined_within_one_country_only() -> None:
    told = Telling("a", "The Interior Ministry spoke.")
    ministry = told.name("Interior Ministry", "organisation")
    keys = [{key.key for key in name_keys(ministry, home=home)} for home in ("PER", "GEO", None)]
    assert keys[0]
    assert keys[1]
    assert not keys[0] & keys[1]
    assert keys[2] == set()


def test_known_place_is_joined_by_its_row_and_not_by_its_name() -> None:
    told = Telling("a", "Paris lies on the Seine.")
    (key,) = name_keys(told.name("Paris", "place", row="geonames:1", country="FRA"), home="USA")
    assert (key.rule, key.key) == ("same_gazetteer_row", "Place:geonames:1")


def test_what_has_no_name_is_never_joined() -> None:
    told = Telling("a", "They held 400 fighters.")
    assert list(name_keys(told.name("400 fighters", "group"), home="SYR")) == []


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("The coach Jan Rebane, 52, resigned.", "The minister Jan Rebane spoke.", True),
        ("Jan Rebane, 52, resigned.", "Jan Rebane, 23, ran home.", True),
        ("Jan Rebane, 52, resigned.", "Jan Rebane, 53, resigned.", False),
        ("The minister Jan Rebane spoke.", "The judge Jan Rebane spoke.", False),
    ],
)
def test_occupation_and_age_tell_namesakes_apart(one: str, other: str, *, apart: bool) -> None:
    profiles = []
    for text in (one, other):
        told = Telling("a", text, published=DAY)
        profiles.append(profile_of(told.name("Jan Rebane", "person"), told.result()))
    assert differ(*profiles) is apart


def test_what_two_records_say_counts_for_both() -> None:
    old = Profile(birth=(1970, 1973))
    both = combine(Profile(occupations=frozenset({"sport"})), old)
    assert differ(both, Profile(birth=(1999, 2002)))
    assert differ(both, Profile(occupations=frozenset({"public"})))
    assert combine(old, Profile(birth=(1972, 1975))).birth == (1972, 1973)


def test_home_is_the_country_of_most_mentions_and_none_on_a_tie() -> None:
    told = Telling("a", "Tartu and Narva are far from Riga.")
    told.name("Tartu", "place", row="1", country="EST")
    told.name("Riga", "place", row="2", country="LVA")
    assert home_country(told.result()) is None
    told.name("Narva", "place", row="3", country="EST")
    assert home_country(told.result()) == "EST"


def test_one_word_and_a_body_are_no_telling_names() -> None:
    assert is_telling("kestrel wind")
    assert not is_telling("kestrel")
    assert not is_telling("central bank")
