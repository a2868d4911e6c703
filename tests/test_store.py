import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.export import write_turtle
from kg.graph.mapping import map_triples
from kg.graph.nodes import event_iri
from kg.graph.ontology import PREFIXES
from kg.graph.sparql import check_query
from kg.store import Store, load_triples, open_store
from tests.graph.factories import clash

TRIPLES = map_triples([clash()])
CAPTURED = "SELECT ?who { ?event kg:actor/rdfs:label ?who ; kg:action act:capture-person }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l"


@pytest.fixture(scope="module")
def store() -> Store:
    return Store(TRIPLES)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_turtle(TRIPLES, tmp_path / "graph.ttl")
    return tmp_path


@pytest.fixture
def service() -> Iterator[tuple[str, list[object]]]:
    """The address of a server on this machine, and who called it."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, caller = server.accept()
                except OSError:
                    return
                calls.append(caller)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=2)


def test_prefixes_need_not_be_declared(store: Store) -> None:
    result = store.query(CAPTURED)
    assert result.variables == ("who",)
    assert result.rows == ((ox.Literal("River Guard"),),)


@pytest.mark.parametrize("timeout", [None, 20.0])
def test_project_answers(project: Path, timeout: float | None) -> None:
    assert open_store(project).query(CAPTURED, timeout=timeout).cells() == [["River Guard"]]


@pytest.mark.parametrize("timeout", [None, 20.0])
def test_project_of_one_article_answers_at_once(project: Path, timeout: float | None) -> None:
    began = time.process_time()
    open_store(project).query(CAPTURED, timeout=timeout)
    assert time.process_time() - began < 2  # aimed at 0.5 s, on an idle machine


def test_turtle_file_is_opened_too(project: Path) -> None:
    assert len(open_store(project / "graph.ttl")) == len(TRIPLES)
    assert set(load_triples(project)) == set(TRIPLES)


def test_store_holds_what_it_was_given(store: Store) -> None:
    assert set(store.triples()) == set(TRIPLES)


def test_rdflib_graph_is_the_same(store: Store) -> None:
    assert len(store.rdf) == len(TRIPLES)


@pytest.mark.parametrize("timeout", [None, 20.0])
def test_each_form_of_query(store: Store, timeout: float | None) -> None:
    asked = store.query("ASK { ?e kg:actor ?a }", timeout=timeout)
    assert (asked.kind, asked.boolean, asked.cells()) == ("boolean", True, [["true"]])
    made = store.query(
        "CONSTRUCT { ?e rdfs:label ?l } WHERE { ?e kg:date ?d ; rdfs:label ?l }", timeout=timeout
    )
    label = "River Guard captured 40 raiders in Nordhaven"
    assert made.kind == "graph"
    assert [str(t.object.value) for t in made.triples] == [label]
    assert made.cells()[0][1:] == ["rdfs:label", label]
    (event,) = {t.subject for t in made.triples}
    told = store.query(f"DESCRIBE {event}", timeout=timeout)
    assert len(told.triples) > 10


def test_cells_are_for_people(store: Store) -> None:
    result = store.query(
        "SELECT ?p ?l ?none { ?e kg:place ?p ; kg:date ?l OPTIONAL { ?e kg:x ?none } }"
    )
    assert result.cells() == [[result.cells()[0][0], "2024-05-03", ""]]
    assert result.cells()[0][0].startswith("place:")


def test_json_and_csv(store: Store) -> None:
    result = store.query("SELECT ?d ?x { ?e kg:date ?d OPTIONAL { ?e kg:none ?x } }")
    assert '"value":"2024-05-03"' in result.to_json()
    assert result.to_csv().split() == ["d,x", "2024-05-03,"]


def test_graph_has_no_json_or_csv(store: Store) -> None:
    result = store.query("CONSTRUCT WHERE { ?e kg:date ?d }")
    for give in (result.to_json, result.to_csv):
        with pytest.raises(QueryError, match=r"a graph has no .* results.*ask for ttl"):
            give()


PLAIN = [
    "?e kg:actor ?x",
    "?e kg:target ?x",
    "?e kg:place ?x",
    "?e kg:action ?x",
    "?e kg:category ?x",
    "?e kg:mode ?x",
    "?e kg:lemma ?x",
    "?e kg:quantity ?x",
    "?e kg:claim ?x",
    "?e kg:modality ?x FILTER NOT EXISTS { ?e a kg:Claim }",
    "?e kg:polarity ?x FILTER NOT EXISTS { ?e a kg:Claim }",
    "?e a sem:Event",
    "?e kg:actor ?a ; kg:action/skos:broader* act:Violence",
    "?e kg:quantity/kg:counts ?x",
    "?e (kg:actor|kg:target|kg:place|kg:instrument) ?x",
    "?s rdf:subject ?e ; rdf:predicate kg:actor",
]


@pytest.mark.parametrize("pattern", PLAIN)
def test_plain_query_returns_no_unrealised_event(store: Store, pattern: str) -> None:
    found = {row[0] for row in store.query(f"SELECT ?e {{ {pattern} }}").rows}
    events = clash().events
    assert found
    assert found <= {event_iri(event) for event in events if event.is_realised}


def test_counts_of_unrealised_events_are_not_counted(store: Store) -> None:
    rows = store.query("SELECT ?n { ?q kg:counts ?c ; schema:value ?n }").cells()
    assert sorted(rows) == [["3"], ["40"]]  # not the 200 soldiers that are to be sent


REFUSED = [
    ("SELECT * { SERVICE <{url}> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { service <{url}> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { SeRvIcE silent <{url}> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { SERVICE#x\n#y\n<{url}> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { SERVICE\n\t<{url}>\n{ ?s ?p ?o } }", "SERVICE is refused"),
    ("PREFIX e: <{url}> SELECT * { SERVICE e: { ?s ?p ?o } }", "SERVICE is refused"),
    ("PREFIX e: <{url}> SELECT*{SERVICEe:{?s ?p ?o}}", "no prefix 'SERVICEe:'"),
    ("PREFIX e: <{url}> SELECT*{SERVICEe:x{?s ?p ?o}}", "no prefix 'SERVICEe:'"),
    ("PREFIX e: <{url}> SELECT*{SERVICESILENTe:x{?s ?p ?o}}", "no prefix"),
    ("PREFIX e:<{url}> PREFIX SERVICEe:<a:> SELECT*{SERVICEe:x{?s ?p ?o}}", "does not parse"),
    ("PREFIX :<{url}> PREFIX service:<a:> SELECT*{service:x{?s ?p ?o}}", "does not parse"),
    ("SELECT * { BIND(<{url}> AS ?u) SERVICE?u{?s ?p ?o} }", "SERVICE is refused"),
    ("SELECT * { VALUES ?u { <{url}> } SERVICE ?u { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { ?s ?p trueSERVICE<{url}>{ ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { ?s ?p 1SERVICE<{url}>{ ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { ?s ?p 'x'SERVICE<{url}>{ ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * { ?s ?p ?o FILTER EXISTS{SERVICE <{url}>{?s ?p ?o}} }", "SERVICE is refused"),
    ("SELECT * { ?s ?p ?o FILTER(?o <?p)SERVICE <{url}> { ?x ?y ?z} FILTER(?p> ?o) }", "SERVICE"),
    ("SELECT * { { SELECT * { SERVICE <{url}> { ?s ?p ?o } } } }", "SERVICE is refused"),
    ("SELECT * { \\u0053ERVICE <{url}> { ?s ?p ?o } }", r"'\\\\' is no part of SPARQL"),
    ('SELECT * { VALUES ?x { """a" #\\q\n } SERVICE <{url}> {?s ?p ?o} #"""} }', "SERVICE is ref"),
    ("SELECT * { VALUES ?x { '''a' #\\q\n } SERVICE <{url}> {?s ?p ?o} #'''} }", "SERVICE is ref"),
    ('SELECT * { VALUES ?x { "a\n" } SERVICE <{url}> {?s ?p ?o} #"} }', "a string that does not"),
    ("SELECT * { ?s ?p 'x\\q' . SERVICE <{url}> {?s ?p ?o} }", "a string that does not end"),
    ("SELECT * FROM <{url}> { ?s ?p ?o }", "FROM is refused"),
    ("SELECT * from named <{url}> { GRAPH ?g { ?s ?p ?o } }", "FROM is refused"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM is refused"),
    ("PREFIX e: <{url}> ASKFROM e:x { ?s ?p ?o }", "FROM is refused"),
    ("PREFIX e: <{url}> SELECT*FROMe:x{?s ?p ?o}", "no prefix 'FROMe:'"),
    ("CONSTRUCT { ?s ?p ?o } FROM <{url}> WHERE { ?s ?p ?o }", "FROM is refused"),
    ("DESCRIBE <a:b> FROM <{url}>", "FROM is refused"),
    ("LOAD <{url}>", "LOAD is refused"),
    ("load silent <file:///etc/passwd> into graph <a:b>", "load is refused|LOAD is refused"),
    ("SELECT * { ?s ?p ?o } ; LOAD <{url}>", "LOAD is refused"),
    ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT is refused"),
    ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "DELETE is refused"),
    ("WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH is refused"),
    ("CLEAR ALL", "CLEAR is refused"),
    ("DROP DEFAULT", "DROP is refused"),
    ("CREATE GRAPH <a:b>", "CREATE is refused"),
    ("COPY DEFAULT TO <a:b>", "COPY is refused"),
    ("MOVE DEFAULT TO <a:b>", "MOVE is refused"),
    ("ADD DEFAULT TO <a:b>", "ADD is refused"),
]


@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_what_calls_out_or_writes_is_refused_before_it_runs(
    store: Store, service: tuple[str, list[object]], query: str, message: str
) -> None:
    url, calls = service
    for timeout in (None, 20.0):
        with pytest.raises(QueryError, match=message):
            store.query(query.replace("{url}", url), timeout=timeout)
    assert calls == []
    assert set(store.triples()) == set(TRIPLES)


def test_the_engine_alone_would_have_called(service: tuple[str, list[object]]) -> None:
    """Shows that the tests above can fail: the server hears a SERVICE that nothing refuses."""
    url, calls = service
    query = f"PREFIX e: <{url}> SELECT*{{SERVICEe:x{{?s ?p ?o}}}}"
    with pytest.raises(OSError, match=r".+"):
        list(ox.Store().query(query))  # type: ignore[arg-type]
    assert calls


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "SERVICE <http://x/> { } FROM LOAD" }',
        "SELECT * { ?s rdfs:label 'from' , \"\"\"LOAD \"it\" service\"\"\" , '''INSERT 'a' ''' }",
        "# SERVICE <http://x/>\nSELECT * { ?s ?p ?o } # FROM <file:///x>",
        "SELECT ?service ?from $load { ?service ?from $load }",
        "PREFIX ex: <http://x/> SELECT * { ?s ex:service ex:FROM ; ex:load ex:insert }",
        "PREFIX from: <http://x/> SELECT * { ?s from:a from:b }",
        "PREFIX service: <http://x/> SELECT * { ?s service:a service:b . service:c ?p ?o }",
        "SELECT * { ?s <http://x/SERVICE> <http://from/LOAD> }",
        "SELECT * { _:service ?p _:from }",
        "SELECT * { ?s ?p 'a'@from }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o <?p) FILTER(?p>?o) }",
        r"SELECT * { ?s ?p 'a\tb\\c\'d\"e\nf' }",
    ],
)
def test_forbidden_words_are_allowed_where_they_are_no_keywords(store: Store, query: str) -> None:
    assert store.query(query).kind == "rows"


SAME = [
    "SELECT ?e ?l { ?e a sem:Event ; rdfs:label ?l FILTER(regex(?l, '^r.* \\\\w+$', 'i')) }",
    "SELECT (COUNT(*) AS ?n) (MAX(?c) AS ?m) { ?s kg:score ?c } GROUP BY ?p HAVING (COUNT(*) > 1)",
    "SELECT ?x { BIND(3-1 AS ?x) }",
    "SELECT ?x { BIND(3 - -1 + 2*5/4 AS ?x) }",
    "SELECT ?x { VALUES ?y { 5 1.5 2e3 .5 -7 +2 true } BIND(?y-1 AS ?x) }",
    "SELECT * { ?s ?p ?o . MINUS { ?s a ?t } } LIMIT 3 OFFSET 0",
    "SELECT DISTINCT ?t { ?e kg:actor|kg:target ?a . ?a a ?t . ?e ^rdf:subject/rdf:predicate ?p }",
    "SELECT ?a { ?e (kg:actor/rdfs:label)? ?a ; !(rdf:type|^kg:claim) ?b } ORDER BY DESC(?a) ?b",
    "SELECT ?x { BIND(COALESCE(?none, IF(BOUND(?none), 1, STRLANG('a', 'en'))) AS ?x) }",
    "SELECT ?x { BIND(CONCAT(UCASE(\"a\"), STR(<http://x/#y>), '''b\nc''') AS ?x) }",
    "SELECT ?s { ?s kg:date \"2024-05-03\"^^xsd:date . FILTER(?s IN (?s) && !(?s NOT IN (?s))) }",
    "SELECT ?s { [ a kg:Claim ; kg:score ?c ] . ?s kg:claim [] . FILTER(?c >= 0.7 || ?c != 1) }",
    "BASE <https://w3id.org/newskg/> SELECT ?s { ?s kg:action <action#capture-person> }",
    "PREFIX a: <https://w3id.org/newskg/action#> SELECT ?s { ?s kg:action a:capture\\-person }",
    "SELECT ?s { { SELECT ?s { ?s a sem:Event } LIMIT 1 } UNION { ?s a kg:Claim } }",
    "SELECT ?s { VALUES (?s ?l) { (UNDEF \"Nordhaven\") } ?s rdfs:label ?l }",
    "SELECT ?x { BIND(ENCODE_FOR_URI('ä/é') AS ?x) FILTER(STRLEN('äöü')=3) }",
    "SELECT (GROUP_CONCAT(?l;SEPARATOR=', ') AS ?x) { ?s kg:named true ; rdfs:label ?l }",
    "SELECT ?x { BIND(xsd:integer('5')+1 AS ?x) }",
    "SELECT ?x { ( 1 2 ) rdf:rest*/rdf:first ?x }",
    "SELECT ?x{?s kg:score ?x.FILTER(?x<1)}",
]  # fmt: skip


@pytest.mark.parametrize("query", SAME)
def test_checked_query_means_what_was_written(store: Store, query: str) -> None:
    inner = ox.Store()
    inner.extend(ox.Quad(t.subject, t.predicate, t.object) for t in TRIPLES)
    found = inner.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    expected = [tuple(str(term) for term in solution) for solution in found]
    rows = [tuple(str(term) for term in row) for row in store.query(query).rows]
    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?s {\n ?s foo ?o }", "line 2, column 5: does not parse at 'foo'"),
        ("SELECT ?é {\n ?é ?p 'é' .\n ?x }", "line 3, column 5: does not parse at '}'"),
        ("SELECT * { ?s ?p ?o", "column 20: incomplete"),
        ("SELECT * { ?s ?p ?o } LIMIT x", "column 29: does not parse at 'x'"),
        ("SELECT * { ?s foo:x ?o }", "column 15: no prefix 'foo:'. Known are act:, art:"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?o", "The SELECT contains a variable that is unbound"),
        ("SELEC * { ?s ?p ?o }", "column 1: 'SELEC'. Expected SELECT, ASK, CONSTRUCT"),
        ("", "column 1: nothing to ask. Expected SELECT"),
        ("# only a comment", "nothing to ask"),
        ("PREFIX foo SELECT * { }", "column 1: a PREFIX that is none. Expected PREFIX name:"),
        ("SELECT * { ?s ?p 'open }", "column 18: a string that does not end"),
        ("SELECT * { ?s ?p ~ }", "column 18: '~' is no part of SPARQL"),
    ],
)
@pytest.mark.parametrize("timeout", [None, 20.0])
def test_error_tells_where_and_what(
    store: Store, query: str, message: str, timeout: float | None
) -> None:
    with pytest.raises(QueryError) as caught:
        store.query(query, timeout=timeout)
    assert message in str(caught.value)
    assert str(caught.value).startswith("query, line ")


def test_query_that_takes_too_long_is_ended(store: Store) -> None:
    began = time.process_time()
    with pytest.raises(QueryError, match=r"not answered within 0\.4 s.*LIMIT"):
        store.query(ENDLESS, timeout=0.4)
    assert time.process_time() - began < 5


def test_missing_project_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"graph\.ttl: no such file.*kg build") as caught:
        open_store(tmp_path)
    assert caught.value.path == tmp_path / "graph.ttl"
    with pytest.raises(StoreError, match=r"other\.ttl: no such file"):
        open_store(tmp_path / "other.ttl")
    with pytest.raises(StoreError, match=r"nowhere.graph\.ttl: no such file"):
        open_store(tmp_path / "nowhere")


@pytest.mark.parametrize("timeout", [None, 20.0])
def test_broken_graph_names_the_line(tmp_path: Path, timeout: float | None) -> None:
    (tmp_path / "graph.ttl").write_text("@prefix a: <http://a/> .\na:b a:c .\n")
    with pytest.raises(StoreError, match=r"graph\.ttl, line 2: .*make the project again"):
        open_store(tmp_path).query("ASK { ?s ?p ?o }", timeout=timeout)


def test_checked_query_holds_no_comment_prefix_or_line() -> None:
    checked = check_query("PREFIX e: <http://x/>\n# a\nSELECT * # b\n{ ?s e:p 'a\nb' }".replace(
        "a\nb", "a\\nb"), {})  # fmt: skip
    assert "#" not in checked.text
    assert "\n" not in checked.text
    assert checked.text.split() == ["SELECT", "*", "{", "?s", "<http://x/p>", '"a\\nb"', "}"]


def test_several_threads_may_ask(store: Store) -> None:
    found: list[list[list[str]]] = []
    threads = [
        threading.Thread(target=lambda: found.append(store.query(CAPTURED).cells()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[["River Guard"]]] * 8


def test_queries_through_rdflib_are_checked(project: Path) -> None:
    graph = open_store(project).rdf
    assert len(list(graph.query("SELECT ?event WHERE { ?event a sem:Event }"))) > 0
    for text in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <x:y> { ?s ?p ?o }",
    ):
        with pytest.raises(QueryError):
            graph.query(text)
    with pytest.raises(QueryError):
        graph.update("DELETE WHERE { ?s ?p ?o }")
