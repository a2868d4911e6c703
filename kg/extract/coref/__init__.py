"""Which mentions of an article are one thing: chains, found by sieves, the surest sieve first.

Names come first (spelling, short forms, acronyms), then what the text states (brackets, "also
known as", apposition, "X is the Y"), then noun phrases by head and class, and pronouns. No sieve
joins what an earlier one tells apart: two full names, two genders, two quantified groups.
Source: the multi-pass sieve of Lee et al. (2013), "Deterministic Coreference Resolution".
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.coref.aliases import (
    correct_persons,
    link_names,
    link_short_names,
    link_stated_names,
    link_stated_nouns,
)
from kg.extract.coref.anaphors import Resolver
from kg.extract.coref.clusters import Clusters
from kg.extract.coref.nouns import (
    link_classes,
    link_headline,
    link_nouns,
    link_owned,
    link_persons,
)
from kg.extract.coref.referents import Referent, read_referents
from kg.extract.coref.signs import Signs
from kg.extract.coref.speakers import link_speakers
from kg.extract.mentions import PhraseTable
from kg.extract.quotations import quoted_tokens
from kg.records import Mention

__all__ = ["find_chains", "find_clusters", "make_resolver"]


def find_chains(doc: Doc, table: PhraseTable) -> tuple[tuple[str, ...], ...]:
    """The ids of the mentions of one thing, each chain and the chains in text order.

    A mention that stands alone is in no chain.
    """
    known = {phrase.mention.id for phrase in table.phrases}
    chains = (
        tuple(mention.id for mention in group if mention.id in known)
        for group in find_clusters(doc, table)
    )
    return tuple(chain for chain in chains if len(chain) > 1)


def find_clusters(doc: Doc, table: PhraseTable) -> list[list[Mention]]:
    """The mentions of each thing that is spoken of twice, in text order.

    Beside the table's phrases there are noun phrases for objects, ideas and happenings, which are
    no mentions of the article's result.
    """
    resolver = make_resolver(doc, table)
    for referent in filter(resolver.is_to_resolve, resolver.referents):
        resolver.link(referent)
    link_owned(resolver.referents, resolver.clusters)
    groups = resolver.clusters.groups()
    return [[r.phrase.mention for r in group] for group in groups if len(group) > 1]


def make_resolver(doc: Doc, table: PhraseTable) -> Resolver:
    """What resolves a document's anaphors, with all that is known before the first of them."""
    referents = read_referents(doc, table)
    clusters = _join_nouns(doc, referents)
    quoted = quoted_tokens(doc)
    link_speakers(doc, referents, clusters, quoted)
    return Resolver(Signs(referents, clusters, quoted, doc._.pair_vectors))


def _join_nouns(doc: Doc, referents: Sequence[Referent]) -> Clusters:
    """What rules join."""
    clusters = Clusters(referents)
    correct_persons(referents)
    link_names(referents, clusters)
    link_stated_names(doc, referents, clusters)
    link_stated_nouns(referents, clusters)
    link_short_names(referents, clusters)
    link_headline(referents, clusters)
    link_nouns(referents, clusters)
    link_classes(referents, clusters)
    link_persons(referents, clusters)
    return clusters
