"""The graph as a file: canonical Turtle, N-Triples, JSON-LD, JSON Lines, GraphML.

Triples are sorted and prefixes fixed, so that equal graphs give equal bytes.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import pyoxigraph as ox

from kg.errors import ConfigError
from kg.graph.mapping import sort_triples
from kg.graph.ontology import PREFIXES, RDF, XSD, shorten_iri
from kg.jsonl import read_jsonl
from kg.link.joined import apply_merges
from kg.staging import staged_files
from kg.store import load_triples
from kg.store.project import EVENTS_FILE, check_format, read_merges

if TYPE_CHECKING:
    import rdflib

# What follows a prefix without escapes. Narrower than the grammar of Turtle: what is left out is
# written as a whole IRI, which every parser reads.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
# The integers whose JSON number JSON-LD reads back as the same literal, in any language.
_SAFE_INTEGER: Final = re.compile("0|-?[1-9][0-9]{0,14}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+")


def export_project(project: Path, form: str, out: Path | BinaryIO | None = None) -> bytes | None:
    """The graph of a project in another form.

    Args:
        project: a folder that ``kg build`` wrote.
        form: ttl, nt, jsonld, jsonl or graphml.
        out: a file to write, or a binary stream; with None the bytes are returned.

    Returns:
        The bytes where ``out`` is None, else None.

    Raises:
        ConfigError: ``form`` is none of these.
        StoreError: the project cannot be read, or ``out`` not be written.
    """
    if form not in _FORMS:
        raise ConfigError(f"{form!r}: no export format. Expected one of {', '.join(_FORMS)}.")
    check_format(project)
    data = _FORMS[form](project)
    if out is None:
        return data
    if isinstance(out, Path):
        with staged_files(out.parent, out.name) as staged:
            staged[out.name].write_bytes(data)
    else:
        out.write(data)
    return None


def write_turtle(graph: "rdflib.Graph | Iterable[ox.Triple]", path: Path) -> None:
    """Write the graph to ``path`` as canonical Turtle.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_text(to_turtle(graph), encoding="utf-8", newline="\n")


def to_turtle(graph: "rdflib.Graph | Iterable[ox.Triple]") -> str:
    """Canonical Turtle: fixed prefixes, one block a subject, everything sorted."""
    blocks = ["".join(f"@prefix {key}: <{iri}> .\n" for key, iri in sorted(PREFIXES.items()))]
    for subject, triples in groupby(read_triples(graph), key=lambda triple: triple.subject):
        lines = [_turtle_line(term, objects) for term, objects in _by_predicate(triples)]
        blocks.append(f"{_turtle_term(subject)} " + " ;\n    ".join(lines) + " .\n")
    return "\n".join(blocks)


def to_ntriples(graph: "rdflib.Graph | Iterable[ox.Triple]") -> str:
    """N-Triples in the canonical form, sorted."""
    return "".join(f"{triple} .\n" for triple in read_triples(graph))


def to_jsonld(graph: "rdflib.Graph | Iterable[ox.Triple]") -> str:
    """JSON-LD with the prefixes as its context, one node object a subject."""
    nodes = [
        {"@id": _compact(subject), **_node_object(triples)}
        for subject, triples in groupby(read_triples(graph), key=lambda triple: triple.subject)
    ]
    document = {"@context": dict(sorted(PREFIXES.items())), "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_triples(graph: "rdflib.Graph | Iterable[ox.Triple]") -> list[ox.Triple]:
    """The triples of a graph of rdflib's or Oxigraph's, sorted, each once."""
    if hasattr(graph, "serialize"):
        data = graph.serialize(format="ox-nt", encoding="utf-8")
        return sort_triples(q.triple for q in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    return sort_triples(graph)


def _by_predicate(
    triples: Iterable[ox.Triple],
) -> Iterator[tuple[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]:
    for predicate, group in groupby(triples, key=lambda triple: triple.predicate):
        yield predicate, [triple.object for triple in group]


def _turtle_line(predicate: ox.NamedNode, objects: Iterable[object]) -> str:
    verb = "a" if predicate == RDF.type else _turtle_term(predicate)
    return f"{verb} " + " , ".join(map(_turtle_term, objects))


def _turtle_term(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return _turtle_iri(term)
    return _turtle_literal(term) if isinstance(term, ox.Literal) else str(term)


@lru_cache(maxsize=2**14)
def _turtle_iri(term: ox.NamedNode) -> str:
    short = _compact(term)
    return short if short != term.value else str(term)


def _turtle_literal(term: ox.Literal) -> str:
    kind, value = term.datatype, term.value
    if (
        (kind == XSD.integer and _INTEGER.fullmatch(value))
        or (kind == XSD.decimal and _DECIMAL.fullmatch(value))
        or (kind == XSD.boolean and value in ("true", "false"))
    ):
        return value
    if term.language or kind == XSD.string:
        return str(term)
    return f"{ox.Literal(value)}^^{_turtle_term(kind)}"


def _compact(term: object) -> str:
    """``prefix:local`` where the local name needs no escape, else the whole IRI or label."""
    if not isinstance(term, ox.NamedNode):
        return str(term)
    short = shorten_iri(term.value)
    return short if _LOCAL.fullmatch(short.partition(":")[2]) else term.value


def _node_object(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """The properties of a node in JSON-LD, whose values are of JSON's types, hence Any."""
    node: dict[str, Any] = {}
    for predicate, objects in _by_predicate(triples):
        if predicate == RDF.type:
            node["@type"] = [_compact(term) for term in objects]
        else:
            values = [_jsonld_value(term) for term in objects]
            node[_compact(predicate)] = values[0] if len(values) == 1 else values
    return node


def _jsonld_value(term: object) -> str | bool | int | dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"@id": _compact(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value
    if term.datatype == XSD.boolean and term.value in ("true", "false"):
        return term.value == "true"
    if term.datatype == XSD.integer and _SAFE_INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _compact(term.datatype)}


def _export_graphml(project: Path) -> bytes:
    import networkx as nx  # type: ignore[import-untyped]

    from kg.graph.network import build_network

    results = read_jsonl(project / EVENTS_FILE)
    network = build_network(apply_merges(results, read_merges(project)).results)
    buffer = BytesIO()
    nx.write_graphml(network, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


def _export_jsonl(project: Path) -> bytes:
    """The bytes as the build wrote them, once they have been read without an error."""
    path = project / EVENTS_FILE
    read_jsonl(path)
    return path.read_bytes()


_FORMS: Final[dict[str, Callable[[Path], bytes]]] = {
    "ttl": lambda project: to_turtle(load_triples(project)).encode("utf-8"),
    "nt": lambda project: to_ntriples(load_triples(project)).encode("utf-8"),
    "jsonld": lambda project: to_jsonld(load_triples(project)).encode("utf-8"),
    "jsonl": _export_jsonl,
    "graphml": _export_graphml,
}
