"""Countries by name, demonym, capital, seat of government and abbreviation."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.countries import (
    country_name,
    country_of_capital,
    demonym_country,
    find_country,
    named_country,
    read_countries,
)
from kg.errors import OntologyError

ROW = (
    "@prefix kg: <https://w3id.org/newskg/ontology#> .\n"
    "@prefix place: <https://w3id.org/newskg/place/> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .\n"
    'place:country-UTO a kg:Country ; skos:prefLabel "Utopia" ; kg:isoAlpha3 "UTO" ;\n'
    '    kg:isoAlpha2 "UT" ; kg:geonamesId 1 ; kg:population 9 ; geo:lat 1.5 ; geo:long 2.5 .\n'
)


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("the US", "USA"),
        ("Turkish", "TUR"),
        ("Iraqi police", "IRQ"),
        ("U.S.-backed fighters", "USA"),
        ("US-led coalition", "USA"),
        ("pro-Russian separatists", "RUS"),
        ("northern Iraq", "IRQ"),
        ("the Kremlin", "RUS"),
        ("Downing Street", "GBR"),
        ("Baghdad", "IRQ"),
        ("Kiev", "UKR"),
        ("North Korean", "PRK"),
        ("South Koreans", "KOR"),
        ("Burma", "MMR"),
        ("Côte d'Ivoire", "CIV"),
        ("Democratic Republic of the Congo", "COD"),
        ("Bosnian Serbs", "BIH"),
        ("Syria's army", "SYR"),
        ("South Sudan", "SSD"),
        ("Kosovo", "XKX"),
    ],
)
def test_finds_the_country_that_a_text_names(text: str, iso3: str) -> None:
    assert find_country(text) == iso3


@pytest.mark.parametrize("text", ["us", "police", "polish", "chad", "car", "", "a turkey", "Smith"])
def test_finds_no_country_in_common_words(text: str) -> None:
    assert find_country(text) is None


@pytest.mark.parametrize(
    ("text", "iso3"),
    [("Turkish", "TUR"), ("Turks", "TUR"), ("Dutch", "NLD"), ("Filipinos", "PHL"), ("Paris", None)],
)
def test_demonyms(text: str, iso3: str | None) -> None:
    assert demonym_country(text) == iso3


@pytest.mark.parametrize(
    ("text", "iso3"),
    [("Washington", "USA"), ("Sana'a", "YEM"), ("Peking", "CHN"), ("Lyon", None)],
)
def test_capitals(text: str, iso3: str | None) -> None:
    assert country_of_capital(text) == iso3


@pytest.mark.parametrize(
    ("text", "name", "demonym"),
    [
        ("Phillippines", "PHL", "PHL"),
        ("Afganistan", "AFG", None),
        ("Azerbaijanni", None, "AZE"),
        ("phillippines", None, None),
        ("Malli", None, None),
    ],
)
def test_long_names_are_known_where_letters_are_doubled_or_an_h_is_missing(
    text: str, name: str | None, demonym: str | None
) -> None:
    assert named_country(text) == name
    assert demonym_country(text) == demonym


def test_a_demonym_is_not_a_name() -> None:
    assert named_country("Turkish") is None
    assert named_country("Turkey") == "TUR"


def test_every_country_has_a_code_a_name_and_a_point() -> None:
    countries = read_countries()
    assert len({c.iso3 for c in countries}) == len(countries) == 250
    assert all(country_name(c.iso3) == c.name for c in countries)
    assert all(-90 <= c.latitude <= 90 and -180 <= c.longitude <= 180 for c in countries)


def test_every_name_finds_its_own_country_unless_it_is_shared() -> None:
    shared = {"Congo", "Macedonia", "Saint Martin", "St. Martin"}
    for country in read_countries():
        for name in (country.name, *country.aliases):
            assert name in shared or named_country(name) == country.iso3, name


def test_an_unknown_code_has_no_name() -> None:
    assert country_name("XXX") is None


def test_reads_a_file_of_countries(tmp_path: Path) -> None:
    path = tmp_path / "countries.ttl"
    path.write_text(ROW, encoding="utf-8")
    (country,) = read_countries(path)
    assert (country.iso3, country.name, country.latitude) == ("UTO", "Utopia", 1.5)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "geo:lat 1.5",
            'geo:lat "north"',
            r"countries\.ttl:5: .*lat is 'north'; expected a number",
        ),
        ("geo:lat 1.5", "geo:lat 1.5, 2.5", r"lat is 1\.5, 2\.5; expected exactly one"),
        (' ; kg:isoAlpha3 "UTO"', "", r"isoAlpha3 is none; expected exactly one"),
        ("place:country-UTO a", "place:country-UTO a a", r"not a Turtle file that can be read"),
    ],
)
def test_a_bad_row_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "countries.ttl"
    path.write_text(ROW.replace(old, new), encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        read_countries(path)


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    found = find_country(text)
    assert found is None or country_name(found)
