"""The words of the graph: closed namespaces, the prefixes, and the ontology's files.

A namespace is a class whose annotations are its terms, so a wrong term is an error of the type
checker, and an ``AttributeError`` when it runs. ``tests/ontology`` holds them against ``kg.ttl``.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.resources import ontology_dir
from kg.turtle import parse_turtle, read_turtle, split_iri

BASE: Final = "https://w3id.org/newskg/"

PREFIXES: Final[dict[str, str]] = {
    "act": BASE + "action#",
    "art": BASE + "article/",
    "cameo": BASE + "cameo#",
    "claim": BASE + "claim/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "ent": BASE + "entity/",
    "event": BASE + "event/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "kg": BASE + "ontology#",
    "membership": BASE + "membership/",
    "merge": BASE + "merge/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "place": BASE + "place/",
    "plover": BASE + "plover#",
    "prov": "http://www.w3.org/ns/prov#",
    "qty": BASE + "quantity/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "role": BASE + "role/",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": BASE + "time/",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of every file that kg writes, and of every query that it reads."""


class _Terms:
    """A closed namespace: each annotation of a subclass becomes the IRI of that term."""

    def __init_subclass__(cls, *, prefix: str) -> None:
        for name in cls.__annotations__:
            setattr(cls, name, ox.NamedNode(PREFIXES[prefix] + name))


class KG(_Terms, prefix="kg"):
    """The terms of ``ontology/kg.ttl``."""

    About: ClassVar[ox.NamedNode]
    Actual: ClassVar[ox.NamedNode]
    ActorCount: ClassVar[ox.NamedNode]
    AtLeast: ClassVar[ox.NamedNode]
    AtMost: ClassVar[ox.NamedNode]
    Claim: ClassVar[ox.NamedNode]
    Comparator: ClassVar[ox.NamedNode]
    Count: ClassVar[ox.NamedNode]
    Country: ClassVar[ox.NamedNode]
    DeadCount: ClassVar[ox.NamedNode]
    DeniedEvent: ClassVar[ox.NamedNode]
    DisplacedCount: ClassVar[ox.NamedNode]
    Entity: ClassVar[ox.NamedNode]
    Exactly: ClassVar[ox.NamedNode]
    Facility: ClassVar[ox.NamedNode]
    Group: ClassVar[ox.NamedNode]
    Habitual: ClassVar[ox.NamedNode]
    Hypothetical: ClassVar[ox.NamedNode]
    HypotheticalEvent: ClassVar[ox.NamedNode]
    InjuredCount: ClassVar[ox.NamedNode]
    LessThan: ClassVar[ox.NamedNode]
    MembershipStatement: ClassVar[ox.NamedNode]
    Mention: ClassVar[ox.NamedNode]
    Merge: ClassVar[ox.NamedNode]
    Modality: ClassVar[ox.NamedNode]
    MoreThan: ClassVar[ox.NamedNode]
    NameMention: ClassVar[ox.NamedNode]
    Negative: ClassVar[ox.NamedNode]
    NominalMention: ClassVar[ox.NamedNode]
    Object: ClassVar[ox.NamedNode]
    Organization: ClassVar[ox.NamedNode]
    OtherCount: ClassVar[ox.NamedNode]
    Person: ClassVar[ox.NamedNode]
    Place: ClassVar[ox.NamedNode]
    Planned: ClassVar[ox.NamedNode]
    PlannedEvent: ClassVar[ox.NamedNode]
    Polarity: ClassVar[ox.NamedNode]
    Positive: ClassVar[ox.NamedNode]
    PronounMention: ClassVar[ox.NamedNode]
    Range: ClassVar[ox.NamedNode]
    RoleStatement: ClassVar[ox.NamedNode]
    TargetCount: ClassVar[ox.NamedNode]
    UnrealisedEvent: ClassVar[ox.NamedNode]
    UnresolvedPlace: ClassVar[ox.NamedNode]
    action: ClassVar[ox.NamedNode]
    actor: ClassVar[ox.NamedNode]
    attributionEvidence: ClassVar[ox.NamedNode]
    attributionRule: ClassVar[ox.NamedNode]
    cameo: ClassVar[ox.NamedNode]
    category: ClassVar[ox.NamedNode]
    claim: ClassVar[ox.NamedNode]
    claimedQuantity: ClassVar[ox.NamedNode]
    comparator: ClassVar[ox.NamedNode]
    country: ClassVar[ox.NamedNode]
    counts: ClassVar[ox.NamedNode]
    cue: ClassVar[ox.NamedNode]
    date: ClassVar[ox.NamedNode]
    earliest: ClassVar[ox.NamedNode]
    evidence: ClassVar[ox.NamedNode]
    gazetteerId: ClassVar[ox.NamedNode]
    gazetteerName: ClassVar[ox.NamedNode]
    inferred: ClassVar[ox.NamedNode]
    instrument: ClassVar[ox.NamedNode]
    joinedRecord: ClassVar[ox.NamedNode]
    keptRecord: ClassVar[ox.NamedNode]
    latest: ClassVar[ox.NamedNode]
    lemma: ClassVar[ox.NamedNode]
    locationScore: ClassVar[ox.NamedNode]
    memberOf: ClassVar[ox.NamedNode]
    mention: ClassVar[ox.NamedNode]
    mergedInto: ClassVar[ox.NamedNode]
    modality: ClassVar[ox.NamedNode]
    mode: ClassVar[ox.NamedNode]
    model: ClassVar[ox.NamedNode]
    named: ClassVar[ox.NamedNode]
    place: ClassVar[ox.NamedNode]
    polarity: ClassVar[ox.NamedNode]
    quantity: ClassVar[ox.NamedNode]
    reason: ClassVar[ox.NamedNode]
    roleStatement: ClassVar[ox.NamedNode]
    rule: ClassVar[ox.NamedNode]
    sector: ClassVar[ox.NamedNode]
    score: ClassVar[ox.NamedNode]
    supportedBy: ClassVar[ox.NamedNode]
    target: ClassVar[ox.NamedNode]
    textSha256: ClassVar[ox.NamedNode]
    time: ClassVar[ox.NamedNode]
    timeText: ClassVar[ox.NamedNode]
    timeType: ClassVar[ox.NamedNode]
    timeValue: ClassVar[ox.NamedNode]
    timex: ClassVar[ox.NamedNode]
    trigger: ClassVar[ox.NamedNode]
    unrealisedAction: ClassVar[ox.NamedNode]
    unrealisedActor: ClassVar[ox.NamedNode]
    unrealisedCameo: ClassVar[ox.NamedNode]
    unrealisedCategory: ClassVar[ox.NamedNode]
    unrealisedClaim: ClassVar[ox.NamedNode]
    unrealisedCounts: ClassVar[ox.NamedNode]
    unrealisedDate: ClassVar[ox.NamedNode]
    unrealisedEarliest: ClassVar[ox.NamedNode]
    unrealisedInstrument: ClassVar[ox.NamedNode]
    unrealisedLatest: ClassVar[ox.NamedNode]
    unrealisedLemma: ClassVar[ox.NamedNode]
    unrealisedMode: ClassVar[ox.NamedNode]
    unrealisedPlace: ClassVar[ox.NamedNode]
    unrealisedQuantity: ClassVar[ox.NamedNode]
    unrealisedTarget: ClassVar[ox.NamedNode]
    unrealisedTime: ClassVar[ox.NamedNode]
    unrealisedTimeText: ClassVar[ox.NamedNode]
    unrealisedTimeValue: ClassVar[ox.NamedNode]


class DC(_Terms, prefix="dc"):
    """Dublin Core elements 1.1, whose publisher may be a plain string."""

    publisher: ClassVar[ox.NamedNode]


class DCTERMS(_Terms, prefix="dcterms"):
    """Dublin Core terms."""

    identifier: ClassVar[ox.NamedNode]
    isPartOf: ClassVar[ox.NamedNode]
    isReplacedBy: ClassVar[ox.NamedNode]
    issued: ClassVar[ox.NamedNode]
    title: ClassVar[ox.NamedNode]


class GEO(_Terms, prefix="geo"):
    """WGS84 latitude and longitude, in degrees."""

    lat: ClassVar[ox.NamedNode]
    long: ClassVar[ox.NamedNode]


class NIF(_Terms, prefix="nif"):
    """The NLP Interchange Format: strings named by their character offsets."""

    Context: ClassVar[ox.NamedNode]
    OffsetBasedString: ClassVar[ox.NamedNode]
    Sentence: ClassVar[ox.NamedNode]
    anchorOf: ClassVar[ox.NamedNode]
    beginIndex: ClassVar[ox.NamedNode]
    endIndex: ClassVar[ox.NamedNode]
    isString: ClassVar[ox.NamedNode]
    referenceContext: ClassVar[ox.NamedNode]


class OWL(_Terms, prefix="owl"):
    """The Web Ontology Language."""

    deprecated: ClassVar[ox.NamedNode]


class PROV(_Terms, prefix="prov"):
    """PROV-O: where a statement comes from."""

    hadPrimarySource: ClassVar[ox.NamedNode]
    wasAttributedTo: ClassVar[ox.NamedNode]


class RDF(_Terms, prefix="rdf"):
    """RDF's own terms."""

    object: ClassVar[ox.NamedNode]
    predicate: ClassVar[ox.NamedNode]
    subject: ClassVar[ox.NamedNode]
    type: ClassVar[ox.NamedNode]


class RDFS(_Terms, prefix="rdfs"):
    """RDF Schema."""

    label: ClassVar[ox.NamedNode]


class SCHEMA(_Terms, prefix="schema"):
    """schema.org."""

    NewsArticle: ClassVar[ox.NamedNode]
    QuantitativeValue: ClassVar[ox.NamedNode]
    maxValue: ClassVar[ox.NamedNode]
    unitText: ClassVar[ox.NamedNode]
    url: ClassVar[ox.NamedNode]
    value: ClassVar[ox.NamedNode]


class SEM(_Terms, prefix="sem"):
    """The Simple Event Model."""

    Actor: ClassVar[ox.NamedNode]
    Event: ClassVar[ox.NamedNode]
    Object: ClassVar[ox.NamedNode]
    Place: ClassVar[ox.NamedNode]
    Time: ClassVar[ox.NamedNode]
    hasEarliestBeginTimeStamp: ClassVar[ox.NamedNode]
    hasLatestEndTimeStamp: ClassVar[ox.NamedNode]


class SKOS(_Terms, prefix="skos"):
    """SKOS: concepts and their names."""

    Concept: ClassVar[ox.NamedNode]
    altLabel: ClassVar[ox.NamedNode]
    broader: ClassVar[ox.NamedNode]
    closeMatch: ClassVar[ox.NamedNode]
    exactMatch: ClassVar[ox.NamedNode]
    prefLabel: ClassVar[ox.NamedNode]


class XSD(_Terms, prefix="xsd"):
    """The datatypes of XML Schema."""

    anyURI: ClassVar[ox.NamedNode]
    boolean: ClassVar[ox.NamedNode]
    date: ClassVar[ox.NamedNode]
    decimal: ClassVar[ox.NamedNode]
    integer: ClassVar[ox.NamedNode]
    string: ClassVar[ox.NamedNode]


@lru_cache(maxsize=2**14)
def mint_iri(prefix: str, local: str) -> ox.NamedNode:
    """The IRI of a node: the prefix's namespace and ``local``, percent-encoded where it must be."""
    encoded = quote(local.encode("utf-8", "surrogatepass"), safe="")
    if not encoded.strip("."):  # "." and ".." are steps of a path, which some readers resolve
        encoded = encoded.replace(".", "%2E")
    return ox.NamedNode(PREFIXES[prefix] + encoded)


def shorten_iri(iri: str) -> str:
    """The IRI as ``prefix:local`` where one of the prefixes fits it, else as it is."""
    namespace, local = split_iri(iri)
    prefix = _PREFIX_OF.get(namespace)
    return f"{prefix}:{local}" if prefix and local else iri


_FILES: Final = ("actions.ttl", "kg.ttl", "plover.ttl", "shapes.ttl")
_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def load_turtle(path: Path) -> tuple[ox.Triple, ...]:
    """The triples of a Turtle file, in the file's order.

    Raises:
        OntologyError: the file cannot be read, or does not parse; the message says at which line.
    """
    return tuple(parse_turtle(path, read_turtle(path)))


def ontology_digests(folder: Path | None = None) -> dict[str, str]:
    """The SHA-256 of each of the ontology's files by name, for the record of a build."""
    files = sorted((folder or ontology_dir()).glob("*.ttl"))
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of ``actions.ttl`` or ``plover.ttl``: its name, and what it is a kind of.

    ``cameo`` is the root of CAMEO that it comes close to, where the file says so.
    """

    iri: ox.NamedNode
    label: str
    broader: tuple[ox.NamedNode, ...] = ()
    cameo: ox.NamedNode | None = None


def find_concept(iri: ox.NamedNode) -> Concept | None:
    """The concept of that IRI; None where neither file has it.

    Raises:
        OntologyError: a file cannot be read, or does not parse.
    """
    schemes = (PREFIXES["plover"], PREFIXES["cameo"])
    name = "plover.ttl" if iri.value.startswith(schemes) else "actions.ttl"
    return _read_concepts(ontology_dir() / name).get(iri)


def cameo_iri(
    action: str, category: str | None = None, mode: str | None = None
) -> ox.NamedNode | None:
    """The root of CAMEO that an event has; None where none fits.

    The action's own root counts before the mode's, the mode's before the category's.

    Args:
        action: local name of a concept of ``actions.ttl``.
        category: the event's PLOVER category, if it has one.
        mode: its PLOVER mode, if it has one.

    Raises:
        OntologyError: a file cannot be read, or does not parse.
    """
    concepts = [("act", action)]
    if category is not None:
        concepts += [("plover", f"{category}-{mode}"), ("plover", category)]
    found = (find_concept(mint_iri(prefix, name)) for prefix, name in concepts)
    return next((concept.cameo for concept in found if concept and concept.cameo), None)


def plover_iri(category: str, mode: str | None = None) -> ox.NamedNode:
    """The IRI of a PLOVER category, or of one of its modes.

    Raises:
        OntologyError: ``plover.ttl`` has no such category, or the category no such mode.
    """
    name = category if mode is None else f"{category}-{mode}"
    iri = mint_iri("plover", name)
    if find_concept(iri) is None:
        above = None if mode is None else mint_iri("plover", category)
        known = ", ".join(_plover_names(above))
        raise OntologyError(
            f"{name}: no PLOVER {'category' if mode is None else 'mode'}. Expected one of "
            f"{known or 'none'}; mend the concept of actions.ttl that names it."
        )
    return iri


def sector_iri(code: str) -> ox.NamedNode:
    """The IRI of a sector of ``plover.ttl``.

    Raises:
        OntologyError: it has no such sector.
    """
    iri = mint_iri("plover", f"sector-{code}")
    if find_concept(iri) is None:
        raise OntologyError(
            f"{code}: no PLOVER sector. Expected a sector of plover.ttl, such as GOV; mend "
            "the register that names it."
        )
    return iri


def _plover_names(category: ox.NamedNode | None) -> list[str]:
    """The names of the categories, or of the modes of one."""
    concepts = _read_concepts(ontology_dir() / "plover.ttl").values()
    names = {
        concept.iri: concept.iri.value.removeprefix(PREFIXES["plover"]) for concept in concepts
    }
    if category is None:
        return sorted(name for name in names.values() if name.isupper())
    return sorted(names[c.iri] for c in concepts if category in c.broader)


@cache
def _read_concepts(path: Path) -> dict[ox.NamedNode, Concept]:
    labels: dict[ox.NamedNode, str] = {}
    broader: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    cameo: dict[ox.NamedNode, ox.NamedNode] = {}
    for triple in load_turtle(path):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode):
            continue
        if triple.predicate == SKOS.prefLabel and isinstance(value, ox.Literal):
            labels[subject] = value.value
        elif triple.predicate == SKOS.broader and isinstance(value, ox.NamedNode):
            broader.setdefault(subject, []).append(value)
        elif triple.predicate == SKOS.closeMatch and isinstance(value, ox.NamedNode):
            cameo[subject] = value
    return {
        iri: Concept(
            iri=iri, label=label, broader=tuple(broader.get(iri, ())), cameo=cameo.get(iri)
        )
        for iri, label in labels.items()
    }


def check_ontology() -> list[str]:
    """A line for each of the ontology's files: that it is whole, and how much it holds.

    Raises:
        OntologyError: a file is missing, or does not parse.
    """
    folder = ontology_dir()
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise OntologyError(
            f"{folder}: no {', '.join(missing)}. Expected {', '.join(_FILES)}; reinstall kg.",
            path=folder,
        )
    return [
        f"{path.name}: {len(load_turtle(path))} statements" for path in sorted(folder.glob("*.ttl"))
    ]
