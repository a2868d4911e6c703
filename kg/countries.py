"""Countries by what names them: names, abbreviations, demonyms, capitals, seats of government.

The table is ``ontology/countries.ttl``; codes are ISO 3166-1 alpha-3, and XKX for Kosovo.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import OntologyError
from kg.placenames import acronym_key, loose_spelling, normalise, without_possessive
from kg.resources import ontology_dir

COUNTRIES_FILE = "countries.ttl"
PLACES_FILE = "places.ttl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory; its point, in degrees, lies near its middle."""

    iso3: str
    iso2: str
    name: str
    geonames_id: int
    latitude: float
    longitude: float
    population: int
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


def read_rows(path: Path) -> dict[str, dict[str, list[str]]]:
    """The subjects of a Turtle file with the values of their properties, in the order of the file.

    Property names lose their namespace; a value is the literal's text or the resource's IRI.

    Raises:
        OntologyError: the file cannot be read or is not Turtle.
    """
    rows: dict[str, dict[str, list[str]]] = {}
    try:
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal | NamedNode):
                name = re.split(r"[#/]", quad.predicate.value)[-1]
                row = rows.setdefault(quad.subject.value, {})
                values = row.setdefault(name, [])
                if quad.object.value not in values:
                    values.append(quad.object.value)
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(
            f"{path}: not a Turtle file that can be read: {error}", path=path
        ) from error
    return rows


def place_in(path: Path, iri: str) -> str:
    """Where a file first names a resource, as ``path:line``; the path alone where it does not."""
    name = re.split(r"[#/:]", iri)[-1]
    lines = path.read_text("utf-8").splitlines()
    found = (
        n for n, line in enumerate(lines, start=1) if re.search(rf"[:/#]{name}(?![\w-])", line)
    )
    line_number = next(found, None)
    return f"{path}:{line_number}" if line_number else str(path)


def one_value(path: Path, iri: str, row: Mapping[str, list[str]], name: str) -> str:
    """The one value that a row gives for a property.

    Raises:
        OntologyError: it gives none or several.
    """
    values = row.get(name, [])
    if len(values) != 1:
        found = ", ".join(values) or "none"
        message = f"{place_in(path, iri)}: {iri}: {name} is {found}; expected exactly one"
        raise OntologyError(message, path=path)
    return values[0]


def number(path: Path, iri: str, row: Mapping[str, list[str]], name: str) -> float:
    """The one number that a row gives for a property.

    Raises:
        OntologyError: it gives none or several, or something that is no number.
    """
    value = one_value(path, iri, row, name)
    try:
        return float(value)
    except ValueError as error:
        message = f"{place_in(path, iri)}: {iri}: {name} is {value!r}; expected a number"
        raise OntologyError(message, path=path) from error


@cache
def read_countries(path: Path | None = None) -> tuple[Country, ...]:
    """All countries in the order of the file; the default is the one that ships.

    Raises:
        OntologyError: the file cannot be read, or a row lacks a code or a number.
    """
    source = path or ontology_dir() / COUNTRIES_FILE
    return tuple(_country(source, iri, row) for iri, row in read_rows(source).items())


def _country(path: Path, iri: str, row: Mapping[str, list[str]]) -> Country:
    return Country(
        iso3=one_value(path, iri, row, "isoAlpha3"),
        iso2=one_value(path, iri, row, "isoAlpha2"),
        name=one_value(path, iri, row, "prefLabel"),
        geonames_id=int(number(path, iri, row, "geonamesId")),
        latitude=number(path, iri, row, "lat"),
        longitude=number(path, iri, row, "long"),
        population=int(number(path, iri, row, "population")),
        aliases=tuple(row.get("altLabel", ())),
        demonyms=tuple(row.get("demonym", ())),
        capitals=tuple(row.get("capitalName", ())),
        seats=tuple(row.get("governmentSeat", ())),
    )


@dataclass(frozen=True, slots=True)
class _Index:
    names: Mapping[str, str]
    acronyms: Mapping[str, str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]
    seats: Mapping[str, str]
    labels: Mapping[str, str]
    spelt_names: Mapping[str, str]
    spelt_demonyms: Mapping[str, str]


@cache
def _index() -> _Index:
    countries = read_countries()
    names = [(c.iso3, name) for c in countries for name in (c.name, *c.aliases)]
    demonyms = [(c.iso3, name) for c in countries for name in c.demonyms]
    acronyms = {key: iso3 for iso3, name in names if (key := acronym_key(name))}
    return _Index(
        names=_first_wins((iso3, name) for iso3, name in names if not acronym_key(name)),
        acronyms=acronyms,
        demonyms=_first_wins(demonyms),
        capitals=_first_wins((c.iso3, name) for c in countries for name in c.capitals),
        seats=_first_wins((c.iso3, name) for c in countries for name in c.seats),
        labels={c.iso3: c.name for c in countries},
        spelt_names=_by_spelling((*names, *demonyms), names),
        spelt_demonyms=_by_spelling((*names, *demonyms), demonyms),
    )


def _by_spelling(
    every: Iterable[tuple[str, str]], wanted: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """The wanted by how they are spelt at a glance, without what names of two countries share."""
    countries: dict[str, set[str]] = {}
    for iso3, name in every:
        countries.setdefault(_spelling(_key(name)), set()).add(iso3)
    return {
        key: iso3
        for iso3, name in wanted
        if (key := _spelling(_key(name))) and len(countries[key]) == 1
    }


def _spelling(key: str) -> str:
    """The loose spelling of one long word; empty of others."""
    return "" if len(key) < _LONG_NAME or " " in key else loose_spelling(key)


def _first_wins(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for iso3, name in pairs:
        index.setdefault(_key(name), iso3)
    return index


def _key(text: str) -> str:
    return normalise(without_possessive(text.strip())).removeprefix("the ")


def country_name(iso3: str) -> str | None:
    """The English name of a country, or None for a code that is none ("TUR" gives "Türkiye")."""
    return _index().labels.get(iso3)


def named_country(text: str) -> str | None:
    """The country called ``text``: by its name, an older or longer one, or an abbreviation."""
    index = _index()
    acronym = acronym_key(re.sub(r"^(?:the|The) |['\u2019]s$", "", text.strip()))
    if acronym and acronym in index.acronyms:
        return index.acronyms[acronym]
    if not (text[:1].isupper() or " " in text):
        return None
    key = _key(text)
    return index.names.get(key) or index.spelt_names.get(_spelling(key))


def demonym_country(text: str) -> str | None:
    """The country whose people or things are called ``text`` ("Turkish", "Turks" give "TUR")."""
    index, key = _index(), _key(text)
    words = [key, key.removesuffix("s"), key.removeprefix("pro "), key.removeprefix("anti ")]
    exact = next((index.demonyms[word] for word in words if word in index.demonyms), None)
    if exact or not text[:1].isupper():
        return exact
    return next(filter(None, (index.spelt_demonyms.get(_spelling(word)) for word in words)), None)


def country_of_capital(text: str) -> str | None:
    """The country of a capital, present, former or de facto ("Baghdad" gives "IRQ")."""
    return _index().capitals.get(_key(text))


def find_country(text: str) -> str | None:
    """The country that a short text names, or None.

    Names and abbreviations come first, then demonyms, seats of government ("the Kremlin") and
    capitals; "northern Iraq" and "Iraqi police" are found by the words within them. Where a text
    names several countries the first one is given.
    """
    whole = _lookup(text)
    return whole or _lookup_within(text)


def _lookup(text: str) -> str | None:
    found = (
        named_country(text) or demonym_country(text) if text[:1].isupper() else named_country(text)
    )
    return found or _index().seats.get(_key(text)) or country_of_capital(text)


# Letters of a name that is recognised although it is misspelt: shorter ones look like other words.
_LONG_NAME = 8
_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W_]+(?:['\u2019\-][^\W_]+)*")
# Words of the longest name of a country, "Saint Vincent and the Grenadines" and the like.
_LONGEST_NAME = 6


def _lookup_within(text: str) -> str | None:
    words = list(_WORD.finditer(text))
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST_NAME) - 1, first - 1, -1):
            part = text[words[first].start() : words[last].end()]
            if part[:1].isupper() and (found := _lookup(part)):
                return found
        for piece in words[first].group().split("-"):
            if piece[:1].isupper() and (found := _lookup(piece)):
                return found
    return None
