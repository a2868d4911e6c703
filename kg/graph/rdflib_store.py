"""Oxigraph's store for rdflib, with kg's rules for queries."""

from collections.abc import Mapping
from typing import Any

from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.sparql import Query, Update
from rdflib.query import Result
from rdflib.term import Identifier

from kg.errors import QueryError
from kg.graph.ontology import PREFIXES
from kg.graph.sparql import check_query


class CheckedStore(OxigraphStore):
    """A store whose queries neither leave the machine nor read a file, and which none changes."""

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # namespaces in any form that rdflib takes, hence Any
        initBindings: Mapping[str, Identifier],
        queryGraph: str,
        **kwargs: object,
    ) -> Result:
        """Check and run a query, with kg's prefixes and those of the caller known.

        Raises:
            QueryError: the query asks for SERVICE, FROM or anything but reading this graph.
        """
        if not isinstance(query, str):
            raise QueryError("a prepared query cannot be checked. Pass the query as text")
        given = {prefix: str(namespace) for prefix, namespace in initNs.items()}
        checked = check_query(query, {**PREFIXES, **given})
        return super().query(checked.text, {}, initBindings, queryGraph, **kwargs)

    def update(self, update: Update | str, *args: object, **kwargs: object) -> None:
        """Refuse: a graph of kg is made by building, not by SPARQL updates.

        Raises:
            QueryError: always.
        """
        raise QueryError("updates are refused. Change the articles or the ontology and build again")
