"""Looking places up by name, and building and keeping the index."""

import logging
import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError, StoreError
from kg.link import gazetteer as module
from kg.link.gazetteer import Gazetteer, PlaceCandidate, cache_folder, open_gazetteer
from kg.link.gazetteer_build import read_curated, source_digest
from kg.placenames import (
    Feature,
    acronym_key,
    is_common_word,
    iter_variants,
    normalise,
    phonetic,
    skeleton,
)
from kg.resources import ontology_dir

PREFIXES = (
    "@prefix kg: <https://w3id.org/newskg/ontology#> .\n"
    "@prefix place: <https://w3id.org/newskg/place/> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .\n"
)
GOOD = (
    'place:ford a kg:Site ; skos:prefLabel "Ford"@en ; skos:altLabel "Forde"@en ;\n'
    "    kg:within place:country-SYR ; geo:lat 34.5 ; geo:long 41 .\n"
)


def best(gazetteer: Gazetteer, name: str) -> PlaceCandidate:
    return gazetteer.candidates(name)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AL-HOL", "al Hol"),
        ("Saint Louis", "St. Louis"),
        ("Mount Vernon", "Mt. Vernon"),
        ("São Paulo", "Sao Paulo"),
        ("Ar Ra's", "ar ras"),
        ("Nur\u2010Sultan", "Nur-Sultan"),
        ("Łódź", "Lodz"),
        ("Diyarbak\u0131r", "Diyarbakir"),
        ("U.S.", "US"),
        ("Washington, D.C.", "Washington DC"),
    ],
)
def test_normalise_makes_spellings_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Hol", "Al Hawl"),
        ("Deir Az Zor", "Dayr az-Zawr"),
        ("Falluja", "Al Fallūjah"),
        ("Idlib", "Edleb"),
        ("Raqqa", "Ar Raqqah"),
        ("Tartus", "Tartous"),
    ],
)
def test_transliterations_sound_the_same(one: str, other: str) -> None:
    assert phonetic(normalise(one)) == phonetic(normalise(other))


def test_different_names_share_no_skeleton() -> None:
    keys = {skeleton(phonetic(normalise(name))) for name in ("Mosul", "Aleppo", "Homs", "Raqqa")}
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("name", "key"),
    [("U.S.", "US"), ("NATO", "NATO"), ("us", None), ("Us", None), ("A", None), ("ALEPPO", None)],
)
def test_acronyms_are_in_capitals(name: str, key: str | None) -> None:
    assert acronym_key(name) == key


@pytest.mark.parametrize(
    ("name", "key", "feature", "is_part"),
    [
        ("Aleppo province", "aleppo", Feature.DIVISION, False),
        ("the City of Mosul", "mosul", Feature.SETTLEMENT, False),
        ("Lake Assad", "assad", Feature.WATER, False),
        ("Cook County", "cook", Feature.DISTRICT, False),
        ("northern Iraq", "iraq", None, True),
        ("south-eastern Turkey's", "turkey", None, True),
        ("Sydney airport", "sydney", Feature.SETTLEMENT, True),
    ],
)
def test_variants_take_away_what_is_no_name(
    name: str, key: str, feature: Feature | None, is_part: bool
) -> None:
    found = {variant.key: variant for variant in iter_variants(name)}
    assert found[key].is_part is is_part
    assert feature in found[key].features if feature else not found[key].features


@pytest.mark.parametrize("word", ["Valley", "the State", "August", "Northern", "city"])
def test_common_words(word: str) -> None:
    assert is_common_word(word)
    assert not is_common_word(f"{word} Mosul")


@pytest.mark.parametrize(
    ("name", "place", "country"),
    [
        ("al-Hol", "Al Ḩawl", "SYR"),
        ("Al Hawl", "Al Ḩawl", "SYR"),
        ("Deir Az Zor", "Deir ez-Zor", "SYR"),
        ("Dayr az-Zawr", "Deir ez-Zor", "SYR"),
        ("Hasakah", "Al Ḩasakah", "SYR"),
        ("Baghouz", "Baghouz", "SYR"),
        ("al-Hol camp", "Al-Hol camp", "SYR"),
        ("eastern Ghouta", "Eastern Ghouta", "SYR"),
        ("Kobani", "\u2018Ayn al \u2018Arab", "SYR"),
        ("northern Iraq", "Iraq", "IRQ"),
        ("the US", "United States", "USA"),
        ("U.S.", "United States", "USA"),
        ("Western US", "United States", "USA"),
        ("D.C.", "District of Columbia", "USA"),
        ("L.A.", "Los Angeles", "USA"),
        ("La.", "Louisiana", "USA"),
        ("Calif.", "California", "USA"),
        ("Travis County", "Travis County", "USA"),
        ("Bombay", "Mumbai", "IND"),
        ("Burma", "Myanmar", "MMR"),
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("Constantinople", "Istanbul", "TUR"),
        ("Turkish", "Türkiye", "TUR"),
        ("Texans", "Texas", "USA"),
        ("Kharkov", "Kharkiv", "UKR"),
        ("Middle East", "Middle East", None),
        ("the Mediterranean", "Mediterranean Sea", None),
        ("Darfur", "Darfur", "SDN"),
    ],
)
def test_finds_a_place_by_its_names(
    gazetteer: Gazetteer, name: str, place: str, country: str | None
) -> None:
    found = gazetteer.candidates(name)
    assert (place, country) in {(c.name, c.country) for c in found[:2]}, found[:3]


def test_words_around_a_name_choose_its_kind(gazetteer: Gazetteer) -> None:
    assert best(gazetteer, "Aleppo province").feature is Feature.DIVISION
    assert best(gazetteer, "city of Aleppo").feature is Feature.SETTLEMENT
    assert best(gazetteer, "Euphrates River").feature is Feature.WATER
    assert best(gazetteer, "northern Iraq").is_part


def test_a_river_that_is_not_known_is_no_town(gazetteer: Gazetteer) -> None:
    assert all(c.feature is not Feature.SETTLEMENT for c in gazetteer.candidates("River Paris"))


def test_a_name_has_all_its_places(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("Paris")
    assert found[0].country == "FRA"
    assert {"US.TX", "US.TN", "US.KY"} <= {candidate.division for candidate in found}


def test_an_unknown_name_has_none(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Qwrtpsdfg") == ()
    assert gazetteer.candidates("") == ()


def test_a_capital_is_one(gazetteer: Gazetteer) -> None:
    assert best(gazetteer, "Baghdad").feature in (Feature.CAPITAL, Feature.DIVISION)
    assert any(c.feature is Feature.CAPITAL for c in gazetteer.candidates("Washington"))


def test_areas_are_countries_and_divisions(gazetteer: Gazetteer) -> None:
    assert [c.feature for c in gazetteer.areas("Texas")] == [Feature.DIVISION]
    assert gazetteer.areas("Springfield") == ()
    assert [c.name for c in gazetteer.country("SYR")] == ["Syria"]
    assert gazetteer.country("XXX") == ()


@given(st.text(max_size=40))
def test_any_name_is_answered_the_same_twice(name: str) -> None:
    assert open_gazetteer().candidates(name) == open_gazetteer().candidates(name)


def test_the_index_is_small_enough() -> None:
    path = cache_folder() / f"gazetteer-{source_digest()}.sqlite"
    open_gazetteer()
    assert not path.exists() or path.stat().st_size < 60e6


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/reader")
    assert cache_folder() == Path("/home/reader/.cache/newskg")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache")
    assert cache_folder() == Path("/var/cache/newskg")
    monkeypatch.setenv("KG_CACHE", "/srv/kg")
    assert cache_folder() == Path("/srv/kg")


def _tiny_index(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE place (id INTEGER)")
    database.commit()
    database.close()


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder, and a build that takes no time."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "build_index", _tiny_index)
    return tmp_path / "cache"


def open_anew() -> Gazetteer:
    return open_gazetteer.__wrapped__()


def test_the_index_is_built_once_and_left_whole(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_anew().close()
    (file,) = fresh.iterdir()
    assert file.name == f"gazetteer-{source_digest()}.sqlite"
    monkeypatch.setattr(module, "build_index", lambda path: pytest.fail("built again"))
    open_anew().close()


def test_a_build_that_fails_leaves_nothing(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise OntologyError("places.ttl: bad")

    monkeypatch.setattr(module, "build_index", fail)
    with pytest.raises(OntologyError, match=r"places\.ttl"):
        open_anew()
    assert list(fresh.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_told_once_and_done_without(
    fresh: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fresh.write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        open_anew().close()
    (record,) = caplog.records
    assert "Set KG_CACHE" in record.getMessage()


def test_a_damaged_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"no database" + os.urandom(100))
    with pytest.raises(StoreError, match="not a gazetteer index"):
        Gazetteer(path)


def test_reads_a_row_of_places(tmp_path: Path) -> None:
    path = tmp_path / "places.ttl"
    path.write_text(PREFIXES + GOOD, encoding="utf-8")
    (row,) = read_curated(path)
    assert row.gazetteer_id == "kg:ford"
    assert row.names == ("Ford", "Forde")
    assert (row.feature, row.country) == (Feature.SITE, "SYR")
    assert (row.latitude, row.longitude) == (34.5, 41.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            GOOD.replace("kg:Site", "kg:Ship"),
            r"places\.ttl:5: .*class Ship; expected one of BodyOfWater",
        ),
        (GOOD.replace("-SYR", "-ATL"), r"places\.ttl:5: .*country-ATL; expected a country"),
        (GOOD.replace("geo:long 41", ""), r"long is none; expected exactly one"),
        (GOOD.replace(" .\n", "\n"), "not a Turtle file"),
        (GOOD + GOOD.replace("34.5", "35.5"), r"lat is 34\.5, 35\.5; expected exactly one"),
        (
            GOOD.replace(" .\n", " ; kg:geonamesId 7 .\n")
            + GOOD.replace("place:ford", "place:fork").replace(" .\n", " ; kg:geonamesId 7 .\n"),
            r"places\.ttl:7: .*7 is already corrected by .*ford",
        ),
    ],
)
def test_a_bad_row_is_told_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "places.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        read_curated(path)


def test_the_places_that_ship_are_sound() -> None:
    rows = read_curated(ontology_dir() / "places.ttl")
    assert len(rows) > 1500
    assert len({row.gazetteer_id for row in rows}) == len(rows)
    assert all(-90 <= row.latitude <= 90 and -180 <= row.longitude <= 180 for row in rows)
