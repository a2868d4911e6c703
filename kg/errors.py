"""The exceptions that kg raises.

KGError
├─ ConfigError      a flag or option has a value that cannot be used
├─ ArticleError     an article cannot be read, or holds no text
├─ ModelError       the language model's folder is missing, damaged, or of another version
├─ OntologyError    an ontology file does not parse, or names an unknown class, role or category
├─ StoreError       a project or graph cannot be opened, saved or parsed
└─ QueryError       a SPARQL query does not parse, is refused, or ran out of time
"""

from pathlib import Path


class KGError(Exception):
    """What the data or the machine did wrong: what, what was expected, and the way out."""

    def __init__(self, message: str, *, path: Path | str | None = None) -> None:
        """Keep the message and, where there is one, the file it is about."""
        super().__init__(message)
        self.path = path


class ConfigError(KGError):
    """A flag or option has a value that cannot be used."""


class ArticleError(KGError):
    """An article cannot be read, or holds no text."""


class ModelError(KGError):
    """The language model's folder is missing, damaged, or of another version."""


class OntologyError(KGError):
    """An ontology file does not parse, or names an unknown class, role or category."""


class StoreError(KGError):
    """A project or graph cannot be opened, saved or parsed."""


class QueryError(KGError):
    """A SPARQL query does not parse, is refused, or ran out of time."""
