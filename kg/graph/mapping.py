"""Article results -> RDF: one event node with flat properties, a claim beside it that says why.

Every statement leads to characters of an article: an event through its claims, a role through its
role statement, an entity through its mentions, a time or a quantity through its own evidence. What
was denied, planned or only possible is a ``kg:UnrealisedEvent`` and takes none of the properties of
``_REALISED``, so that no query for what happened returns it. There are no blank nodes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import pyoxigraph as ox

from kg.graph.joins import Lead, lead_reports, map_merges, merge_entities
from kg.graph.nodes import (
    action_iri,
    article_iri,
    claim_iri,
    clean,
    context_iri,
    date_literal,
    decimal_literal,
    entity_iri,
    event_iri,
    membership_iri,
    number_literal,
    quantity_iri,
    quoted,
    role_iri,
    span_iri,
    text_literal,
    time_iri,
    whole_span,
)
from kg.graph.ontology import (
    DC,
    DCTERMS,
    GEO,
    KG,
    NIF,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    XSD,
    cameo_iri,
    find_concept,
    mint_iri,
    plover_iri,
    sector_iri,
)
from kg.graph.terms import (
    COMPARATORS,
    COUNTS,
    ENTITY_TYPES,
    MENTION_TYPES,
    MODALITIES,
    PLACE_KINDS,
    POLARITIES,
    REALISED,
    RELATIONS,
    UNREALISED,
    EventTerms,
)
from kg.records import (
    Article,
    ArticleResult,
    DateInterval,
    Entity,
    Event,
    Membership,
    Mention,
    Merge,
    Modality,
    Polarity,
    Quantity,
    Role,
    Span,
    TimeExpression,
)

if TYPE_CHECKING:
    import rdflib

Entities: TypeAlias = Mapping[str, Entity]
T = TypeVar("T")
_Object: TypeAlias = ox.NamedNode | ox.Literal | None
_Flat: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def map_results(results: Iterable[ArticleResult], merges: Iterable[Merge] = ()) -> "rdflib.Graph":
    """The graph of the results for users of rdflib, kept in Oxigraph so that queries are quick.

    Raises:
        OntologyError: an event has an action or category that the ontology does not know.
        ValueError: an entity or event names a mention or entity that is in none of the results.
    """
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(t.subject, t.predicate, t.object) for t in map_triples(results, merges)
    )
    return wrap_store(store)


def wrap_store(store: ox.Store) -> "rdflib.Graph":
    """The default graph of an Oxigraph store as a graph of rdflib, with kg's prefixes bound.

    Its queries are checked as those of ``kg query`` are: none leaves the machine or reads a file.
    """
    import rdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    from kg.graph.rdflib_store import CheckedStore

    graph = rdflib.Graph(
        CheckedStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none"
    )
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def map_triples(results: Iterable[ArticleResult], merges: Iterable[Merge] = ()) -> list[ox.Triple]:
    """The triples of the results, each once, in an order that depends on nothing but them.

    Args:
        results: with one id for one thing, as ``kg.link.across`` gives them.
        merges: what made records of several articles one.

    Raises:
        OntologyError: an event has an action or category that the ontology does not know.
        ValueError: an entity or event names a mention or entity that is in none of the results.
    """
    articles = list(results)
    entities = merge_entities(articles)
    triples: set[ox.Triple] = set()
    for entity in entities.values():
        triples.update(_map_entity(entity))
    leads = lead_reports(articles)
    for result in articles:
        triples.update(_map_article(result, entities, leads))
    triples.update(map_merges(merges, entities))
    return sort_triples(triples)


def sort_triples(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples by subject, predicate (the type and the label first) and object, each once."""
    text = cache(str)

    rank = {RDF.type: 0, RDFS.label: 1}

    def key(triple: ox.Triple) -> tuple[str, int, str, str]:
        predicate = triple.predicate
        return text(triple.subject), rank.get(predicate, 2), text(predicate), str(triple.object)

    return sorted(set(triples), key=key)


def _map_entity(entity: Entity) -> Iterator[ox.Triple]:
    node = entity_iri(entity)
    for kind in ENTITY_TYPES[entity.kind]:
        yield ox.Triple(node, RDF.type, kind)
    location = entity.location
    country = entity.country or (location.country if location else None)
    yield from _statements(
        node,
        (RDFS.label, ox.Literal(clean(entity.label))),
        (KG.named, ox.Literal(entity.named)),
        (KG.country, text_literal(country)),
        (SKOS.exactMatch, mint_iri("wd", entity.wikidata) if entity.wikidata else None),
        *((SKOS.altLabel, text_literal(alias)) for alias in entity.aliases),
    )
    if entity.sector is not None:
        yield ox.Triple(node, KG.sector, sector_iri(entity.sector))
        yield from _map_concept(sector_iri(entity.sector))
    yield from _map_location(entity, node)


def _map_location(entity: Entity, node: ox.NamedNode) -> Iterator[ox.Triple]:
    location = entity.location
    if location is None:
        if entity.kind in PLACE_KINDS:
            yield ox.Triple(node, RDF.type, KG.UnresolvedPlace)
        return
    yield from _statements(
        node,
        (GEO.lat, decimal_literal(location.latitude)),
        (GEO.long, decimal_literal(location.longitude)),
        (KG.gazetteerId, text_literal(location.gazetteer_id)),
        (KG.gazetteerName, text_literal(location.name)),
        (KG.locationScore, decimal_literal(location.score)),
    )


def _map_article(
    result: ArticleResult, entities: Entities, leads: Mapping[str, Lead]
) -> Iterator[ox.Triple]:
    """What one article says, without the descriptions of its entities."""
    article = result.article
    yield from _describe_article(article)
    mentions = {mention.id: mention for mention in result.mentions}
    for entity in result.entities:
        node = entity_iri(entities[entity.id])
        for mention_id in entity.mention_ids:
            mention = _look_up(mention_id, mentions, asker=entity.id)
            yield ox.Triple(node, KG.mention, span_iri(mention.span))
            yield from _map_mention(mention, article)
    for time in result.times:
        yield from _map_time(time, article)
    for membership in result.memberships:
        yield from _map_membership(membership, article, entities=entities)
    for event in result.events:
        yield from _map_event(event, article, entities=entities, lead=leads.get(event.id))


def _look_up(key: str, table: Mapping[str, T], *, asker: str) -> T:
    if key not in table:
        raise ValueError(f"{asker}: {key!r} is in none of the results; pass all of an article")
    return table[key]


def _describe_article(article: Article) -> Iterator[ox.Triple]:
    node = article_iri(article.id)
    context = context_iri(article)
    digest = sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    url = ox.Literal(clean(article.url), datatype=XSD.anyURI) if article.url else None
    yield ox.Triple(node, RDF.type, SCHEMA.NewsArticle)
    yield from _statements(
        node,
        (RDFS.label, text_literal(article.title or article.id)),
        (DCTERMS.identifier, text_literal(article.id)),
        (DCTERMS.title, text_literal(article.title)),
        (DCTERMS.issued, date_literal(article.published)),
        (DC.publisher, text_literal(article.source)),
        (SCHEMA.url, url),
        (KG.textSha256, ox.Literal(digest)),
    )
    yield ox.Triple(context, RDF.type, NIF.Context)
    yield ox.Triple(context, NIF.isString, ox.Literal(clean(article.text)))
    yield ox.Triple(context, DCTERMS.isPartOf, node)
    yield from _map_offsets(whole_span(article), context)


def _map_string(span: Span, article: Article) -> Iterator[ox.Triple]:
    """Characters of the article that support something."""
    yield ox.Triple(span_iri(span), NIF.anchorOf, ox.Literal(quoted(span, article)))
    yield from _map_offsets(span, context_iri(article))


def _map_offsets(span: Span, context: ox.NamedNode) -> Iterator[ox.Triple]:
    node = span_iri(span)
    yield ox.Triple(node, RDF.type, NIF.OffsetBasedString)
    yield ox.Triple(node, NIF.beginIndex, ox.Literal(span.start))
    yield ox.Triple(node, NIF.endIndex, ox.Literal(span.end))
    yield ox.Triple(node, NIF.referenceContext, context)


def _map_mention(mention: Mention, article: Article) -> Iterator[ox.Triple]:
    yield ox.Triple(span_iri(mention.span), RDF.type, MENTION_TYPES[mention.kind])
    yield from _map_string(mention.span, article)


def _map_event(
    event: Event, article: Article, *, entities: Entities, lead: Lead | None
) -> Iterator[ox.Triple]:
    """What one article tells of an event; what a node has one of comes from its lead report."""
    node = event_iri(event)
    terms = REALISED if event.is_realised else UNREALISED
    for kind in _event_types(event):
        yield ox.Triple(node, RDF.type, kind)
    yield from _statements(
        node,
        (terms.lemma, text_literal(event.lemma)),
        (terms.claim, claim_iri(event)),
    )
    if lead is None or lead.event is event:
        yield from _statements(
            node,
            (RDFS.label, ox.Literal(clean(event.label))),
            (KG.polarity, POLARITIES[event.polarity] if event.is_realised else None),
            (KG.modality, MODALITIES[event.modality] if event.is_realised else None),
        )
    yield from _map_kinds(event, terms, is_lead=lead is None or lead.event is event)
    yield from _map_event_time(event, terms, article=article, lead=lead)
    yield from _map_claim(event, article, entities=entities)
    for role in event.roles:
        entity = _look_up(role.entity_id, entities, asker=event.id)
        yield from _map_role(role, event, entity=entity, article=article)
    for quantity in event.quantities:
        yield from _map_quantity(quantity, event, terms=terms, article=article)
    yield from _map_attribution(event, article, entities=entities)


def _event_types(event: Event) -> Iterator[ox.NamedNode]:
    """``sem:Event``, or the class of unrealised events with each way in which it is one."""
    if event.is_realised:
        yield SEM.Event
        return
    yield KG.UnrealisedEvent
    if event.polarity is Polarity.NEGATIVE:
        yield KG.DeniedEvent
    if event.modality is Modality.PLANNED:
        yield KG.PlannedEvent
    if event.modality is Modality.HYPOTHETICAL:
        yield KG.HypotheticalEvent


def _map_kinds(event: Event, terms: EventTerms, *, is_lead: bool) -> Iterator[ox.Triple]:
    """What kind of action it is, each kind with its label and what it is a kind of."""
    kinds = [(terms.action, action_iri(event.action))]
    if event.category is not None and is_lead:
        kinds.append((terms.category, plover_iri(event.category)))
        if event.mode is not None:
            kinds.append((terms.mode, plover_iri(event.category, event.mode)))
    root = cameo_iri(event.action, event.category, event.mode)
    if root is not None:
        kinds.append((terms.cameo, root))
    for predicate, concept in kinds:
        yield ox.Triple(event_iri(event), predicate, concept)
        yield from _map_concept(concept)


@cache
def _map_concept(iri: ox.NamedNode) -> tuple[ox.Triple, ...]:
    """A concept that no file has is called by its name: users may widen the lexicon elsewhere."""
    concept = find_concept(iri)
    name = concept.label if concept else re.sub("[-_]", " ", iri.value.partition("#")[2])
    wider = concept.broader if concept else ()
    return (
        ox.Triple(iri, RDF.type, SKOS.Concept),
        ox.Triple(iri, RDFS.label, ox.Literal(name)),
        *(ox.Triple(iri, SKOS.broader, broader) for broader in wider),
        *(triple for broader in wider for triple in _map_concept(broader)),
    )


def _map_event_time(
    event: Event, terms: EventTerms, *, article: Article, lead: Lead | None
) -> Iterator[ox.Triple]:
    node, time = event_iri(event), event.time
    if time is None:
        return
    yield ox.Triple(node, terms.time, time_iri(time))
    yield ox.Triple(node, terms.time_text, ox.Literal(quoted(time.span, article)))
    yield ox.Triple(node, terms.time_value, ox.Literal(clean(time.value)))
    if time.interval:
        first, last = lead.days if lead and lead.days else _whole(time.interval)
        yield from _statements(
            node,
            (terms.date, date_literal(first) if first == last else None),
            (terms.earliest, date_literal(first)),
            (terms.latest, date_literal(last)),
        )
    yield from _map_time(time, article)


def _whole(interval: DateInterval) -> tuple[date, date]:
    return interval.first, interval.last


def _map_time(time: TimeExpression, article: Article) -> Iterator[ox.Triple]:
    node = time_iri(time)
    interval = time.interval
    yield ox.Triple(node, RDF.type, SEM.Time)
    yield from _statements(
        node,
        (RDFS.label, text_literal(quoted(time.span, article))),
        (KG.timeType, text_literal(time.type)),
        (KG.timex, text_literal(time.value)),
        (SEM.hasEarliestBeginTimeStamp, date_literal(interval.first) if interval else None),
        (SEM.hasLatestEndTimeStamp, date_literal(interval.last) if interval else None),
        (KG.evidence, span_iri(time.span)),
    )
    yield from _map_string(time.span, article)


def _map_claim(event: Event, article: Article, *, entities: Entities) -> Iterator[ox.Triple]:
    node, evidence = claim_iri(event), event.evidence
    who = _teller(event, article, entities=entities)
    yield ox.Triple(node, RDF.type, KG.Claim)
    yield ox.Triple(node, PROV.hadPrimarySource, article_iri(article.id))
    yield from _statements(
        node,
        (RDFS.label, text_literal(f"{who}: {event.label}")),
        (KG.polarity, POLARITIES[event.polarity]),
        (KG.modality, MODALITIES[event.modality]),
        (KG.evidence, span_iri(evidence.span)),
        (KG.trigger, span_iri(event.trigger)),
        (KG.rule, text_literal(evidence.rule)),
        (KG.model, text_literal(evidence.model)),
        (KG.score, decimal_literal(evidence.score)),
    )
    yield from _map_string(evidence.span, article)
    yield from _map_string(event.trigger, article)
    yield ox.Triple(span_iri(event.sentence), RDF.type, NIF.Sentence)
    yield from _map_string(event.sentence, article)


def _teller(event: Event, article: Article, *, entities: Entities) -> str:
    """Who says so, by name: the speaker, else the article's publisher or title."""
    told = event.attribution
    if told is None:
        return article.source or article.title or article.id
    speaker = entities.get(told.entity_id) if told.entity_id else None
    return speaker.label if speaker else quoted(told.span, article)


def _map_attribution(event: Event, article: Article, *, entities: Entities) -> Iterator[ox.Triple]:
    told = event.attribution
    if told is None:
        return
    claim = claim_iri(event)
    if told.entity_id is not None:
        speaker = _look_up(told.entity_id, entities, asker=event.id)
        yield ox.Triple(claim, PROV.wasAttributedTo, entity_iri(speaker))
    yield from _statements(
        claim,
        (KG.cue, text_literal(quoted(told.cue, article))),
        (KG.attributionRule, text_literal(told.rule)),
    )
    for span in (told.span, told.cue):
        yield ox.Triple(claim, KG.attributionEvidence, span_iri(span))
        yield from _map_string(span, article)


def _map_role(role: Role, event: Event, *, entity: Entity, article: Article) -> Iterator[ox.Triple]:
    """The flat statement, and the statement about it that holds its evidence."""
    terms = REALISED if event.is_realised else UNREALISED
    flat = event_iri(event), terms.roles[role.name], entity_iri(entity)
    statement = role_iri(event, role)
    yield ox.Triple(claim_iri(event), KG.roleStatement, statement)
    yield ox.Triple(statement, RDF.type, KG.RoleStatement)
    yield ox.Triple(statement, KG.inferred, ox.Literal(role.inferred))
    label = f"{role.name.value}: {quoted(role.span, article)}"
    yield from _map_stated(flat, statement, label, told=role, article=article)


def _map_stated(
    flat: _Flat, statement: ox.NamedNode, label: str, *, told: Role | Membership, article: Article
) -> Iterator[ox.Triple]:
    """A flat statement, and what the statement about it says of what it states and why."""
    subject, predicate, value = flat
    yield ox.Triple(subject, predicate, value)
    yield from _statements(
        statement,
        (RDFS.label, text_literal(label)),
        (RDF.subject, subject),
        (RDF.predicate, predicate),
        (RDF.object, value),
        (KG.evidence, span_iri(told.span)),
        (KG.rule, text_literal(told.rule)),
        (KG.score, decimal_literal(told.score)),
    )
    yield from _map_string(told.span, article)


def _map_membership(
    told: Membership, article: Article, *, entities: Entities
) -> Iterator[ox.Triple]:
    """The flat statement, and the statement about it that holds its evidence."""
    member, body = (_look_up(key, entities, asker=article.id) for key in (told.member, told.body))
    statement, label = membership_iri(told), f"{member.label}: {body.label}"
    flat = entity_iri(member), RELATIONS[told.relation], entity_iri(body)
    yield ox.Triple(statement, RDF.type, KG.MembershipStatement)
    yield from _map_stated(flat, statement, label, told=told, article=article)


def _map_quantity(
    quantity: Quantity, event: Event, *, terms: EventTerms, article: Article
) -> Iterator[ox.Triple]:
    node, span = quantity_iri(event, quantity), quantity.span
    yield ox.Triple(event_iri(event), terms.quantity, node)
    yield ox.Triple(claim_iri(event), KG.claimedQuantity, node)
    yield ox.Triple(node, RDF.type, SCHEMA.QuantitativeValue)
    yield from _statements(
        node,
        (RDFS.label, text_literal(quoted(span, article))),
        (terms.counts, COUNTS[quantity.role]),
        (SCHEMA.value, number_literal(quantity.value)),
        (SCHEMA.maxValue, number_literal(quantity.maximum)),
        (SCHEMA.unitText, text_literal(quantity.unit)),
        (KG.comparator, COMPARATORS[quantity.comparator]),
        (KG.evidence, span_iri(span)),
    )
    yield from _map_string(span, article)


def _statements(subject: ox.NamedNode, *pairs: tuple[ox.NamedNode, _Object]) -> Iterator[ox.Triple]:
    """The pairs as triples of one subject, without those that have no object."""
    for predicate, value in pairs:
        if value is not None:
            yield ox.Triple(subject, predicate, value)
