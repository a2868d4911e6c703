"""English news to a graph of who did what to whom, where and when, and who says so.

``kg.build(["corpus/"])`` reads articles and gives a ``KnowledgeGraph``: records in ``.events`` and
``.entities``, ``.rdf`` an rdflib graph, ``.network`` a networkx one, ``.save(folder)`` files.
"""

from kg.articles import read_articles
from kg.build import KnowledgeGraph, build, open_project
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
    Merge,
    Modality,
    Polarity,
    Quantity,
    QuantityRole,
    RecordKey,
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
    "Merge",
    "Modality",
    "ModelError",
    "OntologyError",
    "Polarity",
    "Quantity",
    "QuantityRole",
    "QueryError",
    "RecordKey",
    "Role",
    "RoleName",
    "Span",
    "StoreError",
    "TimeExpression",
    "build",
    "open_project",
    "read_articles",
]
