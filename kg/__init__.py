"""English news to a graph of who did what to whom, where and when, and who says so.

``kg.build(["corpus/"])`` reads articles and gives a ``KnowledgeGraph``: records in ``.events`` and
``.entities``, ``.rdf`` an rdflib graph, ``.network`` a networkx one, ``.save(folder)`` files.
"""

from kg.articles import read_articles
from kg.build import KnowledgeGraph, build
from kg.errors import (
    ArticleError,
    ConfigError,
    KGError,
    ModelError,
    OntologyError,
    QueryError,
    StoreError,
)
from kg.records import (
    Article,
    ArticleResult,
    Attribution,
    Comparator,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Failure,
    Location,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    QuantityRole,
    Role,
    RoleName,
    Span,
    TimeExpression,
)

__all__ = [
    "Article",
    "ArticleError",
    "ArticleResult",
    "Attribution",
    "Comparator",
    "ConfigError",
    "DateInterval",
    "Entity",
    "EntityKind",
    "Event",
    "Evidence",
    "Failure",
    "KGError",
    "KnowledgeGraph",
    "Location",
    "Mention",
    "MentionKind",
    "Modality",
    "ModelError",
    "OntologyError",
    "Polarity",
    "Quantity",
    "QuantityRole",
    "QueryError",
    "Role",
    "RoleName",
    "Span",
    "StoreError",
    "TimeExpression",
    "build",
    "read_articles",
]
