"""Reads registers of actors in Turtle, and refuses what is wrong or clashes in them.

ent:example-front a kg:Organization ; skos:prefLabel "Example Front"@en ;
    skos:altLabel "EXF"@en ; kg:contextLabel "the Front"@en ;
    kg:sector plover:sector-REB ; kg:country "SYR" ; skos:exactMatch wd:Q1 .
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.countries import country_name, place_in
from kg.errors import OntologyError
from kg.link.register import Actor, Office
from kg.placenames import name_key
from kg.records import EntityKind
from kg.resources import ontology_dir
from kg.turtle import parse_turtle, read_turtle, split_iri

_KG: Final = "https://w3id.org/newskg/ontology#"
_ENTITY: Final = "https://w3id.org/newskg/entity/"
_SECTOR: Final = "https://w3id.org/newskg/plover#sector-"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
_KINDS: Final = {
    _KG + kind.value: kind
    for kind in (EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION)
}
_PROPERTIES: Final = {
    _TYPE: "type",
    _SKOS + "prefLabel": "prefLabel",
    _SKOS + "altLabel": "altLabel",
    _SKOS + "exactMatch": "exactMatch",
    _KG + "contextLabel": "contextLabel",
    _KG + "sector": "sector",
    _KG + "country": "country",
    _KG + "office": "office",
    _KG + "officeTitle": "officeTitle",
    _KG + "firstYear": "firstYear",
    _KG + "lastYear": "lastYear",
}
_WIKIDATA_ID: Final = re.compile(r"Q[1-9]\d*")
_LOCAL_NAME: Final = re.compile(r"[A-Za-z0-9](?:[\w.-]*[\w-])?")


@dataclass
class _Row:
    """A subject of a file: its values by the names of the properties."""

    path: Path
    iri: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def error(self, problem: str) -> OntologyError:
        """What is wrong with it, with its file and line."""
        return OntologyError(
            f"{place_in(self.path, self.iri)}: {self.iri}: {problem}", path=self.path
        )

    def one(self, name: str) -> str:
        """The one value of a property."""
        values = self.values.get(name, [])
        if len(values) != 1:
            found = ", ".join(map(repr, values)) or "none"
            raise self.error(f"{name} is {found}; expected exactly one")
        return values[0]

    def at_most_one(self, name: str) -> str | None:
        """The value of a property; None where it has none."""
        return self.one(name) if name in self.values else None


def read_actors(paths: Iterable[Path]) -> list[Actor]:
    """The actors of the files taken together, in the order of their IRIs.

    Raises:
        OntologyError: a file cannot be read or parsed, an actor lacks something or names an unknown
            class, sector or country, or two actors clash.
    """
    sectors = known_sectors()
    rows: dict[str, _Row] = {}
    actors: dict[str, Actor] = {}
    for path in paths:
        for row in _read_rows(path):
            other = rows.setdefault(row.iri, row)
            actor = _actor(row, sectors)
            if actors.setdefault(actor.id, actor) != actor:
                raise row.error(
                    f"is also in {place_in(other.path, row.iri)}, where it differs; keep one"
                )
    found = sorted(actors.values(), key=lambda actor: actor.id)
    _check_names(found, rows)
    return found


def known_sectors() -> frozenset[str]:
    """The codes of the sectors of ``plover.ttl``."""
    path = ontology_dir() / "plover.ttl"
    subjects = {_text(t.subject) for t in parse_turtle(path, read_turtle(path))}
    return frozenset(s.removeprefix(_SECTOR) for s in subjects if s.startswith(_SECTOR))


def _read_rows(path: Path) -> list[_Row]:
    """The named subjects of a file that are no heading, with the offices of each as values."""
    rows: dict[str, _Row] = {}
    blanks: dict[str, dict[str, str]] = {}
    offices: list[tuple[_Row, str]] = []
    for triple in parse_turtle(path, read_turtle(path)):
        subject, value, name = triple.subject, triple.object, triple.predicate.value
        short = _PROPERTIES.get(name)
        if isinstance(subject, ox.BlankNode):
            blanks.setdefault(subject.value, {})[short or name] = _text(value)
            continue
        iri = _text(subject)
        row = rows.setdefault(iri, _Row(path, iri))
        if short is None and name.startswith((_KG, _SKOS)):
            known = ", ".join(sorted(set(_PROPERTIES.values())))
            raise row.error(f"unknown property {name}; expected one of {known}")
        if short == "office" and isinstance(value, ox.BlankNode):
            offices.append((row, value.value))
        elif short is not None:
            row.values.setdefault(short, []).append(_text(value))
    for row, blank in offices:
        row.values.setdefault("office", []).append(_office_text(row, blanks.get(blank, {})))
    return list(rows.values())


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _office_text(row: _Row, values: Mapping[str, str]) -> str:
    """An office as "TITLE|FIRST|LAST", so that a row's values are all text."""
    title, first, last = (values.get(n, "") for n in ("officeTitle", "firstYear", "lastYear"))
    is_year = re.compile(r"\d{4}")
    if not title or not is_year.fullmatch(first) or not is_year.fullmatch(last or first):
        raise row.error(
            f"office {title!r}, {first!r} to {last!r}; expected kg:officeTitle, kg:firstYear and, "
            "where it ended, kg:lastYear, years of four digits"
        )
    if last and last < first:
        raise row.error(f"office {title!r} ends in {last}, before {first}")
    return f"{title}|{first}|{last}"


def _actor(row: _Row, sectors: frozenset[str]) -> Actor:
    namespace, local = split_iri(row.iri)
    if namespace != _ENTITY or not _LOCAL_NAME.fullmatch(local):
        raise row.error(
            f"not an IRI of an actor; expected {_ENTITY} and a name of letters, digits and -"
        )
    type_ = row.one("type")
    if type_ not in _KINDS:
        raise row.error(f"class {type_}; expected one of {', '.join(sorted(_KINDS))}")
    label = row.one("prefLabel")
    others, shared = row.values.get("altLabel", []), row.values.get("contextLabel", [])
    if any(not name_key(name) for name in (label, *others, *shared)):
        raise row.error("a name without letters; expected names in Latin letters or digits")
    return Actor(
        id=local,
        kind=_KINDS[type_],
        label=label,
        names=tuple(dict.fromkeys((label, *others))),
        shared=tuple(shared),
        sector=_sector(row, sectors),
        country=_country(row),
        wikidata=_wikidata(row),
        offices=tuple(map(_office, row.values.get("office", ()))),
    )


def _sector(row: _Row, sectors: frozenset[str]) -> str | None:
    iri = row.at_most_one("sector")
    if iri is None:
        return None
    code = iri.removeprefix(_SECTOR)
    if code not in sectors:
        known = ", ".join(sorted(sectors))
        raise row.error(f"sector {iri}; expected plover:sector- and one of {known}")
    return code


def _country(row: _Row) -> str | None:
    code = row.at_most_one("country")
    if code is not None and country_name(code) is None:
        raise row.error(f"country {code!r}; expected an ISO 3166 alpha-3 code such as SYR")
    return code


def _wikidata(row: _Row) -> str | None:
    iri = row.at_most_one("exactMatch")
    if iri is None:
        return None
    local = iri.removeprefix(_WIKIDATA)
    if not _WIKIDATA_ID.fullmatch(local):
        raise row.error(f"exactMatch {iri}; expected {_WIKIDATA}Q and a number")
    return local


def _office(text: str) -> Office:
    title, first, last = text.split("|")
    return Office(title=title, first=int(first), last=int(last) if last else None)


def _check_names(actors: Sequence[Actor], rows: Mapping[str, _Row]) -> None:
    """Refuse a name, or a Wikidata identifier, that two actors claim for themselves."""
    owners: dict[str, Actor] = {}
    labels: dict[str, Actor] = {}
    items: dict[str, Actor] = {}
    for actor in actors:
        if labels.setdefault(name_key(actor.label), actor) is not actor:
            other = labels[name_key(actor.label)]
            raise _clash(actor, other, f"{actor.label!r} is the skos:prefLabel of", rows)
        shared = {name_key(name) for name in actor.shared}
        for name in actor.names:
            key = name_key(name)
            if key not in shared and owners.setdefault(key, actor) is not actor:
                raise _clash(actor, owners[key], f"{name!r} names both", rows)
        if actor.wikidata and items.setdefault(actor.wikidata, actor) is not actor:
            raise _clash(actor, items[actor.wikidata], f"{actor.wikidata} is both", rows)


def _clash(one: Actor, other: Actor, what: str, rows: Mapping[str, _Row]) -> OntologyError:
    there = rows[_ENTITY + other.id]
    return rows[_ENTITY + one.id].error(
        f"{what} this and {there.iri} ({place_in(there.path, there.iri)}). Expected names of one "
        "actor alone; make it a kg:contextLabel of both, or drop it from one"
    )
