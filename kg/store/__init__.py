"""The project's graph as a store that answers SPARQL, on Oxigraph.

A query neither leaves the machine nor reads a file nor writes: see ``kg.graph.sparql``.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.ontology import PREFIXES, shorten_iri
from kg.graph.sparql import EXAMPLE, CheckedQuery, check_query, describe_position
from kg.store.project import check_format
from kg.store.worker import answer

if TYPE_CHECKING:
    import rdflib

__all__ = ["GRAPH_FILE", "Result", "Store", "Term", "load_triples", "open_store"]

GRAPH_FILE: Final = "graph.ttl"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_WORKER: Final = Path(__file__).with_name("worker.py")
# Among the characters that the engine expected, the sentences that say what it did not like.
_ENGINE_HINT: Final = re.compile(
    r"(?:expected|,) (?:one of )?([A-Z][^,\[\n]* (?:is|not|failed)\b[^,\n]*)"
)
_ENGINE_ERRORS: Final = (SyntaxError, ValueError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a query found.

    SELECT gives ``variables`` and ``rows``, ASK ``boolean``, CONSTRUCT and DESCRIBE ``triples``.
    ``body`` is the same as SPARQL JSON results, or as N-Triples.
    """

    kind: str
    body: bytes
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] = ()

    def cells(self) -> list[list[str]]:
        """The rows as text for a person: IRIs by their prefixes, plain values, "" where unbound.

        The answer of ASK is one cell; a triple of CONSTRUCT or DESCRIBE is a row of three.
        """
        if self.boolean is not None:
            return [[str(self.boolean).lower()]]
        triples = [(triple.subject, triple.predicate, triple.object) for triple in self.triples]
        return [[_show(term) for term in row] for row in triples or self.rows]

    def to_json(self) -> str:
        """SPARQL 1.1 JSON results.

        Raises:
            QueryError: the query gave a graph.
        """
        if self.kind == "graph":
            raise QueryError("a graph has no JSON results. Expected SELECT or ASK; ask for ttl.")
        return self.body.decode("utf-8")

    def to_csv(self) -> str:
        """SPARQL 1.1 CSV results, with full IRIs.

        Raises:
            QueryError: the query gave a graph.
        """
        if self.kind == "graph":
            raise QueryError("a graph has no CSV results. Expected SELECT or ASK; ask for ttl.")
        found = ox.parse_query_results(self.body, format=ox.QueryResultsFormat.JSON)
        text = (found.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode("utf-8")
        return text if text.endswith("\n") else f"{text}\r\n"


class Store:
    """A graph to ask; it does not change, and several threads may ask it at once."""

    def __init__(self, graph: Path | Iterable[ox.Triple]) -> None:
        """Take a Turtle file, which is read when it is first needed, or triples."""
        self.path = graph if isinstance(graph, Path) else None
        self._triples = () if isinstance(graph, Path) else tuple(graph)

    @cached_property
    def _inner(self) -> ox.Store:
        if self.path is not None:
            return _load(self.path)
        store = ox.Store()
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in self._triples)
        return store

    def __len__(self) -> int:
        """How many triples there are."""
        return len(self._inner)

    def triples(self) -> list[ox.Triple]:
        """All triples, in no order."""
        return [quad.triple for quad in self._inner]

    @cached_property
    def rdf(self) -> "rdflib.Graph":
        """The same graph for users of rdflib, without a copy; its queries are not checked."""
        from kg.graph.mapping import wrap_store

        return wrap_store(self._inner)

    def query(self, sparql: str, *, timeout: float | None = None) -> Result:
        """The answer to a query; the prefixes of ``PREFIXES`` need not be declared.

        Args:
            sparql: SPARQL 1.1, SELECT, ASK, CONSTRUCT or DESCRIBE.
            timeout: seconds after which it is given up; it then runs in a process of its own,
                which takes about 0.1 s more, as nothing can end a query within this one.

        Raises:
            QueryError: the query does not parse, is refused, or ran out of time.
            StoreError: the graph cannot be read.
        """
        query = check_query(sparql, PREFIXES)
        if timeout is None:
            inner = self._inner
            try:
                kind, body = answer(inner, query.text)
            except _ENGINE_ERRORS as error:
                raise _query_error(query, type(error).__name__, str(error)) from error
        else:
            kind, body = self._answer_apart(query, timeout)
        return _read_result(kind, body)

    def _answer_apart(self, query: CheckedQuery, timeout: float) -> tuple[str, bytes]:
        request = {"query": query.text, "graph": str(self.path) if self.path else None}
        triples = "".join(f"{triple} .\n" for triple in self._triples)
        given = f"{json.dumps(request)}\n{triples}".encode()
        try:
            child = subprocess.run(
                [sys.executable, "-P", str(_WORKER)],
                input=given,
                capture_output=True,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise QueryError(
                f"query: not answered within {timeout:g} s. Ask for less: bind more of the "
                "variables, or set a LIMIT; or allow more time."
            ) from error
        head, _, body = child.stdout.partition(b"\n")
        if child.returncode == 3:
            raise _query_error(query, head.decode(), body.decode("utf-8"))
        if child.returncode != 0:
            _ = self._inner  # says what is wrong with the graph, if anything is
            raise StoreError(
                f"query: the process that answers it ended with code {child.returncode} "
                f"({child.stderr.decode('utf-8', 'replace').strip()[-200:]}). Expected an answer; "
                "ask for less, or leave the time limit out."
            )
        return head.decode(), body


def open_store(project: Path) -> Store:
    """The store of a project, a folder that ``kg build`` wrote, or of one Turtle file.

    Raises:
        StoreError: there is no graph, or another version of kg wrote it; or, when it is first
            asked, the graph does not parse.
    """
    if project.is_dir():
        check_format(project)
    path = project / GRAPH_FILE if project.is_dir() else project
    if not path.is_file():
        expected = project if project.suffix else project / GRAPH_FILE
        raise StoreError(
            f"{expected}: no such file. Expected the graph of a project; make it with "
            f'"kg build INPUT -o {project}".',
            path=expected,
        )
    if path.suffix != ".ttl":
        raise StoreError(
            f'{path}: is no project. Expected a folder that "kg build INPUT -o PROJECT" wrote, or '
            "a Turtle file (.ttl).",
            path=path,
        )
    return Store(path)


def load_triples(project: Path) -> list[ox.Triple]:
    """The triples of a project's graph, in no order.

    Raises:
        StoreError: there is no graph, or it does not parse.
    """
    return open_store(project).triples()


def _load(path: Path) -> ox.Store:
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be read ({error.strerror}). Expected the graph of a project; "
            'make it again with "kg build".',
            path=path,
        ) from error
    except SyntaxError as error:
        raise StoreError(
            f"{path}, line {error.lineno}: {error.msg}. Expected Turtle; make the project again "
            'with "kg build".',
            path=path,
        ) from error
    return store


def _query_error(query: CheckedQuery, kind: str, message: str) -> QueryError:
    """What the engine said, with the position in the query as it was given."""
    found = re.match(r"error at \d+:(\d+)", message)
    if kind != "SyntaxError" or not found:
        return QueryError(f"query: {message}. Expected SPARQL 1.1, such as {EXAMPLE}")
    offset = query.locate(int(found[1]))
    near = query.source[offset:].split(maxsplit=1)
    at = f"does not parse at {near[0]!r}" if near else "incomplete, or not allowed as a whole"
    hint = f" ({told[1]})" if (told := _ENGINE_HINT.search(message)) else ""
    where = describe_position(query.source, offset)
    return QueryError(f"{where}: {at}{hint}. Expected SPARQL 1.1, such as {EXAMPLE}")


def _read_result(kind: str, body: bytes) -> Result:
    if kind == "nt":
        quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return Result(kind="graph", body=body, triples=tuple(quad.triple for quad in quads))
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Result(kind="boolean", body=body, boolean=bool(found))
    variables = tuple(variable.value for variable in found.variables)
    rows = tuple(tuple(solution) for solution in found)
    return Result(kind="rows", body=body, variables=variables, rows=rows)


def _show(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten_iri(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)
