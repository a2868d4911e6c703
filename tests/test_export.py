import json
from io import BytesIO
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import ConfigError, StoreError
from kg.export import export_project, read_triples, to_jsonld, to_ntriples, to_turtle, write_turtle
from kg.graph.mapping import map_results, map_triples
from kg.graph.ontology import PREFIXES, XSD
from kg.jsonl import read_jsonl, write_jsonl
from kg.store.project import write_merges
from tests.graph.factories import clash, make_article, make_result

TRIPLES = map_triples([clash()])
TO_TEXT = {"ttl": to_turtle, "nt": to_ntriples, "jsonld": to_jsonld}
OXIGRAPH = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}
# Any text but lone surrogates, which UTF-8 has not.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
AWKWARD = [
    *('"', "\\", "'''", '"""', "\n", "\r\n", "\t", "\0"),
    *("\x85", "\u2028", "\ufeff", "a\\u0041", "\U0001f600", ""),
]
# rdflib's own reader of JSON-LD makes a ConjunctiveGraph.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
NODE = ox.NamedNode(PREFIXES["ent"] + "x")
NOTE = ox.NamedNode(PREFIXES["rdfs"] + "comment")


def by_oxigraph(text: str, form: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text.encode(), format=OXIGRAPH[form])}


def by_rdflib(text: str, form: str) -> set[ox.Triple]:
    return set(
        read_triples(rdflib.Graph(bind_namespaces="none").parse(data=text, format=RDFLIB[form]))
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_jsonl([clash()], tmp_path / "events.jsonl")
    write_merges([], tmp_path / "merges.jsonl")
    write_turtle(TRIPLES, tmp_path / "graph.ttl")
    return tmp_path


@pytest.mark.parametrize("form", TO_TEXT)
def test_oxigraph_reads_back_what_was_written(form: str) -> None:
    assert by_oxigraph(TO_TEXT[form](TRIPLES), form) == set(TRIPLES)


@pytest.mark.parametrize("form", TO_TEXT)
def test_rdflib_reads_back_what_was_written(form: str) -> None:
    assert by_rdflib(TO_TEXT[form](TRIPLES), form) == set(TRIPLES)


@pytest.mark.parametrize("form", TO_TEXT)
def test_writing_twice_gives_equal_bytes_whatever_the_order(form: str) -> None:
    assert TO_TEXT[form](TRIPLES) == TO_TEXT[form](reversed(TRIPLES))


@pytest.mark.parametrize("form", TO_TEXT)
def test_graph_of_rdflib_gives_the_same_text(form: str) -> None:
    assert TO_TEXT[form](map_results([clash()])) == TO_TEXT[form](TRIPLES)


def test_turtle_and_json_ld_are_isomorphic_in_rdflib() -> None:
    turtle = rdflib.Graph(bind_namespaces="none").parse(data=to_turtle(TRIPLES), format="turtle")
    linked = rdflib.Graph(bind_namespaces="none").parse(data=to_jsonld(TRIPLES), format="json-ld")
    assert isomorphic(turtle, linked)


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(ANY_TEXT)
def test_any_text_survives_every_form(text: str) -> None:
    triples = [ox.Triple(NODE, NOTE, ox.Literal(text))]
    for form, write in TO_TEXT.items():
        assert by_oxigraph(write(triples), form) == set(triples)
        assert by_rdflib(write(triples), form) == set(triples)


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_survives_every_form(text: str) -> None:
    triples = [ox.Triple(NODE, NOTE, ox.Literal(text))]
    for form, write in TO_TEXT.items():
        assert by_oxigraph(write(triples), form) == set(triples)
        assert by_rdflib(write(triples), form) == set(triples)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.text(min_size=1, max_size=12))
def test_any_article_id_survives_turtle(article_id: str) -> None:
    triples = map_triples([make_result(make_article("Reeds.", id=article_id))])
    text = to_turtle(triples)
    assert by_oxigraph(text, "ttl") == set(triples)
    assert by_rdflib(text, "ttl") == set(triples)


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (ox.Literal("40", datatype=XSD.integer), "40"),
        (ox.Literal("-4.25", datatype=XSD.decimal), "-4.25"),
        (ox.Literal("1", datatype=XSD.decimal), '"1"^^xsd:decimal'),
        (ox.Literal("true", datatype=XSD.boolean), "true"),
        (ox.Literal("1", datatype=XSD.boolean), '"1"^^xsd:boolean'),
        (ox.Literal("x", datatype=XSD.integer), '"x"^^xsd:integer'),
        (ox.Literal("2024-05-03", datatype=XSD.date), '"2024-05-03"^^xsd:date'),
        (ox.Literal("a", language="en"), '"a"@en'),
        (ox.Literal("a"), '"a"'),
        (ox.NamedNode(PREFIXES["act"] + "attack"), "act:attack"),
        (ox.NamedNode(PREFIXES["act"]), f"<{PREFIXES['act']}>"),
        (ox.NamedNode(PREFIXES["ent"] + "a%20b"), f"<{PREFIXES['ent']}a%20b>"),
        (ox.NamedNode(PREFIXES["ent"] + "a."), f"<{PREFIXES['ent']}a.>"),
        (ox.NamedNode(PREFIXES["ent"] + "-a"), f"<{PREFIXES['ent']}-a>"),
    ],
)
def test_term_in_turtle(literal: ox.Literal | ox.NamedNode, text: str) -> None:
    triples = [ox.Triple(NODE, NOTE, literal)]
    written = to_turtle(triples)
    assert written.endswith(f"\nent:x rdfs:comment {text} .\n")
    assert by_oxigraph(written, "ttl") == set(triples)


def test_turtle_has_one_block_a_subject_and_all_prefixes() -> None:
    text = to_turtle(TRIPLES)
    subjects = {triple.subject for triple in TRIPLES}
    assert text.count(" .\n\n") + 1 == len(subjects) + 1
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == [
        f"{prefix}:" for prefix in sorted(PREFIXES)
    ]
    assert "event:" in text
    assert "\r" not in text


def test_json_ld_uses_plain_values_and_prefixes() -> None:
    document = json.loads(to_jsonld(TRIPLES))
    assert document["@context"]["kg"] == PREFIXES["kg"]
    (event,) = [n for n in document["@graph"] if n.get("kg:lemma") == "capture"]
    assert event["@type"] == ["sem:Event"]
    assert event["rdfs:label"] == "River Guard captured 40 raiders in Nordhaven"
    assert event["kg:category"] == {"@id": "plover:ASSAULT"}
    assert event["kg:date"] == {"@value": "2024-05-03", "@type": "xsd:date"}


def test_empty_graph_is_written() -> None:
    assert by_oxigraph(to_turtle([]), "ttl") == set()
    assert to_ntriples([]) == ""
    assert by_oxigraph(to_jsonld([]), "jsonld") == set()


@pytest.mark.parametrize("form", TO_TEXT)
def test_project_is_exported(project: Path, form: str) -> None:
    assert export_project(project, form) == TO_TEXT[form](TRIPLES).encode()


def test_turtle_of_a_project_is_its_own_file(project: Path) -> None:
    assert export_project(project, "ttl") == (project / "graph.ttl").read_bytes()


def test_json_lines_of_a_project_are_its_own_file(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "x.jsonl"
    assert export_project(project, "jsonl", out) is None
    assert out.read_bytes() == (project / "events.jsonl").read_bytes()
    assert read_jsonl(out) == [clash()]


def test_graphml_of_a_project_holds_its_network(project: Path) -> None:
    data = export_project(project, "graphml")
    assert data is not None
    network = nx.read_graphml(BytesIO(data), force_multigraph=True)
    labels = {attributes["label"] for _, attributes in network.nodes(data=True)}
    assert {"River Guard", "40 raiders", "Nordhaven"} <= labels
    assert export_project(project, "graphml") == data


def test_export_into_a_stream(project: Path) -> None:
    out = BytesIO()
    assert export_project(project, "nt", out) is None
    assert out.getvalue() == to_ntriples(TRIPLES).encode()


def test_unknown_form_names_the_known(project: Path) -> None:
    with pytest.raises(ConfigError, match=r"'png': no export format\. Expected one of ttl, nt"):
        export_project(project, "png")


@pytest.mark.parametrize("form", ["ttl", "jsonl", "graphml"])
def test_export_of_nothing_is_an_error(tmp_path: Path, form: str) -> None:
    with pytest.raises(StoreError, match="kg build"):
        export_project(tmp_path, form, tmp_path / "out")
    assert not (tmp_path / "out").exists()
