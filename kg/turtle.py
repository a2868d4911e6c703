"""Turtle files that come with kg or that a user adds: read, parsed, and told what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError


def read_turtle(path: Path) -> bytes:
    """The bytes of a Turtle file.

    Raises:
        OntologyError: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(
            f"{path}: cannot be read ({error.strerror}). Expected a Turtle file; reinstall kg, or "
            "give the path of a file that exists.",
            path=path,
        ) from error


def parse_turtle(path: Path, content: bytes) -> Iterator[ox.Triple]:
    """The triples of a Turtle file's ``content``, in the file's order.

    Raises:
        OntologyError: it does not parse; the message says at which line.
    """
    try:
        for quad in ox.parse(content, format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise OntologyError(
            f"{path}, line {error.lineno}: {error.msg}. Expected Turtle; mend that line.", path=path
        ) from error


def split_iri(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, up to its last "#" or "/", and the local name after it."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end], iri[end:]
