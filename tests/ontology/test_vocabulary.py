"""The ontology's files: every term explained, and every file in the words of kg.ttl."""

import re
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from kg.export import to_turtle
from kg.graph import ontology
from kg.graph.ontology import KG, PREFIXES, RDF, RDFS, SKOS, load_turtle
from kg.graph.terms import REALISED
from kg.graph.validate import validate_graph
from kg.resources import ontology_dir
from kg.store import Store

FOLDER = ontology_dir()
OWL = PREFIXES["owl"]
COMMENT = ox.NamedNode(PREFIXES["rdfs"] + "comment")
KG_TRIPLES = load_turtle(FOLDER / "kg.ttl")
PLOVER_TRIPLES = load_turtle(FOLDER / "plover.ttl")
QUARTERS = {
    "verbal-cooperation": {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    "material-cooperation": {"COOPERATE", "AID", "RETREAT"},
    "verbal-conflict": {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"},
    "material-conflict": {"PROTEST", "MOBILIZE", "COERCE", "ASSAULT"},
}


def in_space(terms: Iterable[object], prefix: str) -> set[str]:
    """The local names of the terms of a namespace."""
    space = PREFIXES[prefix]
    return {
        term.value.removeprefix(space)
        for term in terms
        if isinstance(term, ox.NamedNode) and term.value.startswith(space)
    }


def defined(prefix: str, triples: Iterable[ox.Triple]) -> set[str]:
    return in_space((t.subject for t in triples if t.predicate == RDF.type), prefix)


def namespaces() -> list[type]:
    return [
        value
        for value in vars(ontology).values()
        if isinstance(value, type) and issubclass(value, ontology._Terms) and value.__annotations__
    ]


DEFINED = defined("kg", KG_TRIPLES)


@pytest.mark.parametrize("name", sorted(DEFINED))
def test_every_term_has_a_label_and_a_comment(name: str) -> None:
    node = ox.NamedNode(PREFIXES["kg"] + name)
    for predicate in (RDFS.label, COMMENT):
        told = [t.object for t in KG_TRIPLES if (t.subject, t.predicate) == (node, predicate)]
        assert [term.language for term in told] == ["en"]


def test_every_term_of_python_stands_in_the_ontology() -> None:
    assert set(KG.__annotations__) <= DEFINED


def test_namespaces_of_python_have_their_iris() -> None:
    assert len(namespaces()) == 13
    for space in namespaces():
        for name in space.__annotations__:
            assert getattr(space, name).value.endswith(name)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ttl")), ids=lambda path: path.name)
def test_files_use_only_terms_that_are_defined(path: object) -> None:
    triples = load_turtle(path)
    used = in_space((term for t in triples for term in (t.subject, t.predicate, t.object)), "kg")
    lexicon = defined("kg", load_turtle(FOLDER / "actions.ttl"))
    assert used <= DEFINED | lexicon


@pytest.mark.parametrize("path", sorted(FOLDER.glob("queries/*.rq")), ids=lambda path: path.name)
def test_queries_use_only_terms_that_are_defined(path: object) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\bkg:(\w+)", text)) <= DEFINED
    for prefix, name in (("act", "actions.ttl"), ("plover", "plover.ttl")):
        concepts = defined(prefix, load_turtle(FOLDER / name))
        assert set(re.findall(rf"\b{prefix}:([\w-]+)", text)) <= concepts


@pytest.mark.parametrize("name", ["kg.ttl", "plover.ttl", "examples.ttl"])
def test_no_blank_nodes(name: str) -> None:
    for triple in load_turtle(FOLDER / name):
        assert not isinstance(triple.subject, ox.BlankNode)
        assert not isinstance(triple.object, ox.BlankNode)


@pytest.mark.parametrize("term", sorted(REALISED.__dataclass_fields__.keys() - {"roles"}))
def test_each_property_of_events_has_a_counterpart(term: str) -> None:
    name = getattr(REALISED, term).value.rpartition("#")[2]
    assert f"unrealised{name[0].upper()}{name[1:]}" in DEFINED


def test_properties_of_unrealised_events_lead_to_nothing_that_happened() -> None:
    """With inference, too: no superproperty would carry them over to what happened."""
    above = ox.NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
    for triple in KG_TRIPLES:
        if "unrealised" in triple.subject.value:
            assert triple.predicate != above


def test_unrealised_and_realised_events_are_disjoint() -> None:
    disjoint = ox.NamedNode(OWL + "disjointWith")
    event = ox.NamedNode(PREFIXES["sem"] + "Event")
    assert ox.Triple(KG.UnrealisedEvent, disjoint, event) in KG_TRIPLES


@pytest.mark.parametrize(
    "vocabulary",
    ["sem", "prov", "nif", "skos", "schema"],
)
def test_ontology_is_aligned(vocabulary: str) -> None:
    aligned = ("subClassOf", "subPropertyOf", "range", "domain")
    objects = (t.object for t in KG_TRIPLES if t.predicate.value.endswith(aligned))
    assert in_space(objects, vocabulary)


@pytest.mark.parametrize(("quarter", "categories"), QUARTERS.items())
def test_plover_category_stands_in_its_quarter(quarter: str, categories: set[str]) -> None:
    node = ox.NamedNode(PREFIXES["plover"] + quarter)
    found = [t.subject for t in PLOVER_TRIPLES if (t.predicate, t.object) == (SKOS.broader, node)]
    assert in_space(found, "plover") == categories


@pytest.mark.parametrize("name", sorted(defined("plover", PLOVER_TRIPLES)))
def test_plover_concept_is_defined(name: str) -> None:
    node = ox.NamedNode(PREFIXES["plover"] + name)
    told = {t.predicate.value.rpartition("#")[2] for t in PLOVER_TRIPLES if t.subject == node}
    assert {"prefLabel", "notation", "definition", "inScheme"} <= told
    assert told & {"broader", "topConceptOf"}


def test_plover_modes_belong_to_their_categories() -> None:
    names = defined("plover", PLOVER_TRIPLES) - set(QUARTERS)
    modes = {name for name in names if not name.isupper()}
    assert len(names - modes) == 16
    for triple in PLOVER_TRIPLES:
        mode = triple.subject.value.removeprefix(PREFIXES["plover"])
        if triple.predicate == SKOS.broader and mode in modes:
            category = triple.object.value.removeprefix(PREFIXES["plover"])
            assert mode.startswith(f"{category}-")


def test_cameo_has_its_twenty_roots() -> None:
    codes = defined("cameo", PLOVER_TRIPLES)
    assert codes == {f"{number:02}" for number in range(1, 21)}
    for code in codes:
        node = ox.NamedNode(PREFIXES["cameo"] + code)
        told = {t.predicate.value.rpartition("#")[2] for t in PLOVER_TRIPLES if t.subject == node}
        assert {"prefLabel", "notation", "definition", "topConceptOf", "inScheme"} <= told


def test_every_category_and_only_roots_lead_to_cameo() -> None:
    actions = load_turtle(FOLDER / "actions.ttl")
    links = [t for t in (*PLOVER_TRIPLES, *actions) if t.predicate == SKOS.closeMatch]
    categories = {name for name in defined("plover", PLOVER_TRIPLES) if name.isupper()}
    assert categories <= in_space((t.subject for t in links), "plover")
    targets = {t.object.value for t in links}
    assert targets <= {PREFIXES["cameo"] + code for code in defined("cameo", PLOVER_TRIPLES)}
    assert len({t.subject for t in links}) == len(links)


def test_examples_conform_to_the_shapes() -> None:
    assert validate_graph(load_turtle(FOLDER / "examples.ttl")) == []


def test_examples_are_as_kg_writes_them() -> None:
    """The same blocks, in an order that tells the story."""
    text = (FOLDER / "examples.ttl").read_text(encoding="utf-8")
    written = to_turtle(load_turtle(FOLDER / "examples.ttl"))
    blocks = {part for part in text.split("\n\n") if not part.startswith(("#", "@prefix"))}
    assert {block.strip() for block in blocks} == {
        block.strip() for block in written.split("\n\n") if not block.startswith("@prefix")
    }


def test_examples_quote_their_text() -> None:
    store = Store(load_turtle(FOLDER / "examples.ttl"))
    wrong = """SELECT ?s { ?s nif:anchorOf ?quote ; nif:beginIndex ?b ; nif:endIndex ?e ;
                 nif:referenceContext/nif:isString ?text
                 FILTER(SUBSTR(?text, ?b + 1, ?e - ?b) != ?quote) }"""
    assert store.query(wrong).rows == ()
    assert len(store.query("SELECT ?s { ?s nif:anchorOf ?q }").rows) > 10
