"""The IRIs of the nodes, made from the records' content, and the literals.

Same record, same IRI, on every machine. Text that holds a lone surrogate, which no RDF can hold, is
written with U+FFFD in its place, so that offsets keep counting.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.graph.ontology import PREFIXES, XSD, mint_iri
from kg.graph.terms import PLACE_KINDS
from kg.records import (
    Article,
    Entity,
    Event,
    Membership,
    Merge,
    Quantity,
    Role,
    Span,
    TimeExpression,
    content_id,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_ACTION_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def article_iri(article_id: str) -> ox.NamedNode:
    """The IRI of an article."""
    return mint_iri("art", article_id)


@lru_cache(maxsize=2**14)
def span_iri(span: Span) -> ox.NamedNode:
    """The IRI of characters of an article: ``ARTICLE#char=START,END``, as NIF has it."""
    return ox.NamedNode(f"{article_iri(span.article_id).value}#char={span.start},{span.end}")


def entity_iri(entity: Entity) -> ox.NamedNode:
    """The IRI of an entity: in the namespace of places for places and facilities."""
    return mint_iri("place" if entity.kind in PLACE_KINDS else "ent", entity.id)


def event_iri(event: Event) -> ox.NamedNode:
    """The IRI of an event, realised or not."""
    return mint_iri("event", event.id)


def claim_iri(event: Event) -> ox.NamedNode:
    """The IRI of what one article says of an event at one trigger."""
    trigger = event.trigger
    return mint_iri("claim", content_id("claim", event.id, trigger.article_id, trigger.start))


def role_iri(event: Event, role: Role) -> ox.NamedNode:
    """The IRI of the statement that an entity, by these characters, fills a role of the event."""
    return mint_iri("role", content_id("role", event.id, *_parts(role)))


def membership_iri(membership: Membership) -> ox.NamedNode:
    """The IRI of the statement that an entity, by these characters, belongs to another."""
    return mint_iri("membership", content_id("membership", *_parts(membership)))


def quantity_iri(event: Event, quantity: Quantity) -> ox.NamedNode:
    """The IRI of a number of an event."""
    return mint_iri("qty", content_id("quantity", event.id, *_parts(quantity)))


def merge_iri(merge: Merge) -> ox.NamedNode:
    """The IRI of a merge."""
    return mint_iri("merge", merge.id)


def action_iri(action: str) -> ox.NamedNode:
    """The IRI of an action, a concept of ``actions.ttl``.

    Raises:
        OntologyError: the name cannot be one of a concept.
    """
    if not _ACTION_NAME.fullmatch(action):
        raise OntologyError(
            f"{action!r}: no action. Expected the local name of a concept of actions.ttl, letters "
            'and digits joined by "-"; mend the lexicon that gave it.'
        )
    return ox.NamedNode(PREFIXES["act"] + action)


def whole_span(article: Article) -> Span:
    """All characters of the article."""
    return Span(article_id=article.id, start=0, end=len(article.text))


def context_iri(article: Article) -> ox.NamedNode:
    """The IRI of the article's whole text."""
    return span_iri(whole_span(article))


def time_iri(time: TimeExpression) -> ox.NamedNode:
    """The IRI of a time expression."""
    return mint_iri("time", content_id("time", *_parts(time)))


def _parts(record: "DataclassInstance") -> Iterator[object]:
    """All that a record says, so that two records have one IRI only where they are equal."""
    return (getattr(record, field.name) for field in fields(record))


def quoted(span: Span, article: Article) -> str:
    """The article's characters under a span, as they stand in the graph."""
    return clean(article.text[span.start : span.end])


def clean(text: str) -> str:
    """The text with lone surrogates, which no RDF can hold, replaced one for one."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def text_literal(text: str | None) -> ox.Literal | None:
    """The text as a string; None where there is none."""
    return ox.Literal(clean(text)) if text else None


def date_literal(day: date | None) -> ox.Literal | None:
    """The day as an ``xsd:date``."""
    return ox.Literal(day.isoformat(), datatype=XSD.date) if day else None


def number_literal(value: float | None) -> ox.Literal | None:
    """The number as an ``xsd:integer`` where it is whole, else as an ``xsd:decimal``."""
    if value is None:
        return None
    return ox.Literal(int(value)) if value == int(value) else decimal_literal(value)


def decimal_literal(value: float) -> ox.Literal:
    """A decimal of at most six places, in the one form that every store keeps as it is."""
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if digits == "-0" else digits, datatype=XSD.decimal)
