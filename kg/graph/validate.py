"""Checks a graph against ``ontology/shapes.ttl`` with SHACL.

pySHACL takes half a second for ten thousand triples and seven for a hundred thousand, so a corpus
is checked article by article.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import ConfigError, OntologyError
from kg.graph.mapping import map_triples
from kg.graph.ontology import shorten_iri
from kg.records import ArticleResult
from kg.resources import ontology_dir

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_VOCABULARIES = ("kg.ttl", "plover.ttl")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """A node that breaks a shape: which, by which property, and what was expected."""

    node: str
    path: str
    message: str
    value: str


def validate_results(results: Iterable[ArticleResult]) -> list[Violation]:
    """What the graph of each article breaks, in the order of the results.

    Raises:
        ConfigError: pySHACL is not installed.
    """
    found: list[Violation] = []
    for result in results:
        found.extend(validate_graph(map_triples([result])))
    return found


def validate_graph(graph: "rdflib.Graph | Iterable[ox.Triple]") -> list[Violation]:
    """What a graph breaks of the shapes, sorted; empty where it conforms.

    Raises:
        ConfigError: pySHACL is not installed.
        OntologyError: the shapes cannot be used.
    """
    try:
        import pyshacl
        from pyshacl.errors import ReportableRuntimeError
    except ImportError as error:
        raise ConfigError(
            'pyshacl: not installed. Expected for validation; pip install "newskg[dev]".'
        ) from error
    try:
        _, report, _ = pyshacl.validate(
            _plain_graph(graph),
            shacl_graph=_read_turtle("shapes.ttl"),
            ont_graph=_read_turtle(*_VOCABULARIES),
            inplace=True,
        )
    except ReportableRuntimeError as error:
        raise OntologyError(f"shapes.ttl: {error}. Expected SHACL; mend the shape.") from error
    return sorted(_iter_violations(report))


def _plain_graph(graph: "rdflib.Graph | Iterable[ox.Triple]") -> "rdflib.Graph":
    """A copy in rdflib's own memory, which pySHACL may add to, its strings as rdflib reads them."""
    import rdflib

    if isinstance(graph, rdflib.Graph):
        lines = graph.serialize(format="ox-nt")
    else:
        lines = "".join(f"{triple} .\n" for triple in graph)
    return rdflib.Graph(bind_namespaces="none").parse(data=lines, format="nt")


@cache
def _read_turtle(*names: str) -> "rdflib.Graph":
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for name in names:
        graph.parse(ontology_dir() / name, format="turtle")
    return graph


def _iter_violations(report: object) -> Iterable[Violation]:
    import rdflib
    from rdflib.namespace import RDF, SH

    if not isinstance(report, rdflib.Graph):  # pySHACL gives an error in its place
        raise OntologyError(f"shapes.ttl: {report}. Expected SHACL; mend the shape.")
    for node in report.subjects(RDF.type, SH.ValidationResult):
        message = sorted(str(text) for text in report.objects(node, SH.resultMessage))
        yield Violation(
            node=_show(report.value(node, SH.focusNode)),
            path=_show(report.value(node, SH.resultPath)),
            message=message[0] if message else "",
            value=_show(report.value(node, SH.value)),
        )


def _show(term: "Node | None") -> str:
    return shorten_iri(str(term)) if term is not None else ""
