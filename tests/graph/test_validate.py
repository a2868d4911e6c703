import sys
from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kg.errors import ConfigError
from kg.graph.mapping import map_results, map_triples
from kg.graph.nodes import claim_iri, entity_iri, event_iri, span_iri
from kg.graph.ontology import DCTERMS, GEO, KG, NIF, RDF, RDFS, SEM, XSD
from kg.graph.validate import Violation, validate_graph, validate_results
from kg.records import ArticleResult
from tests.graph.factories import clash
from tests.graph.test_mapping import Result

CLASH = clash()
CAPTURE, DENIAL = event_iri(CLASH.events[0]), event_iri(CLASH.events[1])
CLAIM = claim_iri(CLASH.events[0])
TOWN = entity_iri(CLASH.entities[2])
FORD = entity_iri(CLASH.entities[4])
STRING = span_iri(CLASH.events[0].trigger)
ARTICLE = ox.NamedNode("https://w3id.org/newskg/article/clash")
Edit = Callable[[list[ox.Triple]], list[ox.Triple]]


def without(subject: ox.NamedNode, predicate: ox.NamedNode) -> Edit:
    return lambda triples: [t for t in triples if (t.subject, t.predicate) != (subject, predicate)]


def with_(subject: ox.NamedNode, predicate: ox.NamedNode, value: object) -> Edit:
    return lambda triples: [*triples, ox.Triple(subject, predicate, value)]


def instead(subject: ox.NamedNode, predicate: ox.NamedNode, value: object) -> Edit:
    return lambda triples: with_(subject, predicate, value)(without(subject, predicate)(triples))


def decimal(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=XSD.decimal)


def test_article_with_all_kinds_of_events_conforms() -> None:
    assert validate_results([CLASH]) == []


def test_graph_of_rdflib_conforms() -> None:
    assert validate_graph(map_results([CLASH])) == []


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(Result)
def test_any_result_conforms(result: ArticleResult) -> None:
    # Names, labels and coordinates may be anything; what the articles' dates allow is not checked.
    assert validate_results([result]) == []


@pytest.mark.parametrize(
    ("edit", "node", "path"),
    [
        (without(CAPTURE, RDFS.label), CAPTURE, "rdfs:label"),
        (with_(CAPTURE, RDFS.label, ox.Literal("again")), CAPTURE, "rdfs:label"),
        (without(CAPTURE, KG.action), CAPTURE, "kg:action"),
        (without(CAPTURE, KG.claim), CAPTURE, "kg:claim"),
        (instead(CAPTURE, KG.actor, CLAIM), CAPTURE, "kg:actor"),
        (instead(CAPTURE, KG.date, ox.Literal("Friday")), CAPTURE, "kg:date"),
        (instead(CAPTURE, KG.latest, ox.Literal("2001-01-01", datatype=XSD.date)), CAPTURE,
         "kg:earliest"),
        (instead(CAPTURE, KG.polarity, KG.Negative), CAPTURE, "kg:polarity"),
        (instead(CAPTURE, KG.modality, KG.Planned), CAPTURE, "kg:modality"),
        (with_(CAPTURE, KG.unrealisedActor, TOWN), CAPTURE, "kg:unrealisedActor"),
        (with_(DENIAL, KG.actor, TOWN), DENIAL, "kg:actor"),
        (with_(DENIAL, KG.date, ox.Literal("2024-05-03", datatype=XSD.date)), DENIAL, "kg:date"),
        (with_(DENIAL, RDF.type, SEM.Event), DENIAL, ""),
        (without(DENIAL, KG.unrealisedClaim), DENIAL, "kg:unrealisedClaim"),
        (without(CLAIM, KG.evidence), CLAIM, "kg:evidence"),
        (without(CLAIM, KG.rule), CLAIM, "kg:rule"),
        (instead(CLAIM, KG.score, decimal("1.5")), CLAIM, "kg:score"),
        (instead(CLAIM, KG.score, ox.Literal("high")), CLAIM, "kg:score"),
        (without(TOWN, KG.named), TOWN, "kg:named"),
        (instead(TOWN, GEO.lat, decimal("91")), TOWN, "geo:lat"),
        (instead(TOWN, KG.country, ox.Literal("Veland")), TOWN, "kg:country"),
        (with_(FORD, GEO.lat, decimal("1")), FORD, "geo:lat"),
        (instead(STRING, NIF.endIndex, ox.Literal(0)), STRING, "nif:beginIndex"),
        (without(STRING, NIF.anchorOf), STRING, ""),
        (without(ARTICLE, DCTERMS.identifier), ARTICLE, "dcterms:identifier"),
    ],
)  # fmt: skip
def test_broken_graph_is_found(edit: Edit, node: ox.NamedNode, path: str) -> None:
    found = validate_graph(edit(map_triples([CLASH])))
    assert (node.value, path) in [(_full(v.node), v.path) for v in found]


def _full(shortened: str) -> str:
    from kg.graph.ontology import PREFIXES

    prefix, _, local = shortened.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else shortened


def test_denied_event_that_is_told_as_fact_too_is_found() -> None:
    node = ox.NamedNode("https://w3id.org/newskg/event/x")
    triples = [
        ox.Triple(node, RDF.type, SEM.Event),
        ox.Triple(node, RDF.type, KG.DeniedEvent),
    ]
    assert len(validate_graph(triples)) >= 4


def test_missing_role_evidence_is_found() -> None:
    triples = map_triples([CLASH])
    statement = next(t.subject for t in triples if t.predicate == RDF.predicate)
    assert isinstance(statement, ox.NamedNode)
    found = validate_graph(without(statement, KG.evidence)(triples))
    assert [v.message for v in found] == [
        "Every statement points to the characters that support it."
    ]


def test_violations_tell_node_path_and_value_in_order() -> None:
    edit = instead(CLAIM, KG.score, decimal("1.5"))
    found = validate_graph(without(CAPTURE, RDFS.label)(edit(map_triples([CLASH]))))
    assert found == sorted(found)
    assert found[0] == Violation(
        node=f"claim:{CLAIM.value.rpartition('/')[2]}",
        path="kg:score",
        message="A score is one decimal from 0 to 1.",
        value="1.5",
    )


def test_each_article_is_checked() -> None:
    wrong = replace(CLASH.entities[2], country="nowhere")
    second = clash("second")
    broken = replace(second, entities=(*second.entities[:2], wrong, *second.entities[3:]))
    broken = replace(broken, entities=tuple(
        replace(e, mention_ids=()) if e is wrong else e for e in broken.entities
    ))  # fmt: skip
    assert [v.value for v in validate_results([CLASH, broken])] == ["nowhere"]


def test_without_pyshacl_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(ConfigError, match=r"pyshacl: not installed.*newskg\[dev\]"):
        validate_graph([])
