"""What several reports of one event leave to one of them, and the merges as nodes of the graph.

An event that several articles tell is one node: it has the participants, places, times and numbers
of all reports, each with its claim, but one label, one category and one span of days, which are
those of its lead report, the earliest, and the days that all reports allow.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.graph.nodes import clean, decimal_literal, entity_iri, merge_iri, span_iri, text_literal
from kg.graph.ontology import DCTERMS, KG, OWL, RDF, RDFS, mint_iri
from kg.link.joined import face_of
from kg.records import ArticleResult, Entity, Event, Merge


@dataclass(frozen=True, slots=True)
class Lead:
    """The report that an event's node is named for, and the days that all its reports allow."""

    event: Event
    days: tuple[date, date] | None


def lead_reports(results: Iterable[ArticleResult]) -> dict[str, Lead]:
    """The lead of each event that has several reports, by the event's id."""
    reports: dict[str, list[tuple[tuple[date, str, int], Event]]] = defaultdict(list)
    for result in results:
        published = result.article.published or date.max
        for event in result.events:
            order = published, result.article.id, event.trigger.start
            reports[event.id].append((order, event))
    return {
        node: Lead(event=min(told, key=lambda pair: pair[0])[1], days=_common_days(told))
        for node, told in reports.items()
        if len(told) > 1
    }


def _common_days(
    told: Iterable[tuple[tuple[date, str, int], Event]],
) -> tuple[date, date] | None:
    """What the reports' days have in common; where a user joined other days, the lead's."""
    intervals = [
        event.time.interval
        for _, event in sorted(told, key=lambda pair: pair[0])
        if event.time and event.time.interval
    ]
    if not intervals:
        return None
    first, last = max(i.first for i in intervals), min(i.last for i in intervals)
    return (first, last) if first <= last else (intervals[0].first, intervals[0].last)


def merge_entities(results: Iterable[ArticleResult]) -> dict[str, Entity]:
    """The entities by id; one that several articles name gets one label, the others are aliases."""
    groups: dict[str, list[Entity]] = {}
    for result in results:
        for entity in result.entities:
            groups.setdefault(entity.id, []).append(entity)
    return {key: face_of(group) if len(group) > 1 else group[0] for key, group in groups.items()}


def map_merges(merges: Iterable[Merge], entities: Mapping[str, Entity]) -> Iterator[ox.Triple]:
    """The merges, and for each IRI that a record alone would have the one that it has now."""
    for merge in merges:
        node = merge_iri(merge)
        kept = _node(merge, entities)
        yield ox.Triple(node, RDF.type, KG.Merge)
        yield ox.Triple(node, RDFS.label, ox.Literal(clean(" = ".join(merge.names))))
        yield ox.Triple(node, KG.mergedInto, kept)
        yield ox.Triple(node, KG.keptRecord, ox.Literal(clean(str(merge.kept))))
        yield ox.Triple(node, KG.joinedRecord, ox.Literal(clean(str(merge.joined))))
        yield ox.Triple(node, KG.rule, ox.Literal(merge.rule))
        yield ox.Triple(node, KG.score, decimal_literal(merge.score))
        if reason := text_literal(merge.reason):
            yield ox.Triple(node, KG.reason, reason)
        for span in merge.evidence:
            yield ox.Triple(node, KG.evidence, span_iri(span))
        for record in (merge.kept, merge.joined):
            if merge.is_event and record.record_id != merge.node:
                former = mint_iri("event", record.record_id)
                yield ox.Triple(former, OWL.deprecated, ox.Literal(True))
                yield ox.Triple(former, DCTERMS.isReplacedBy, kept)


def _node(merge: Merge, entities: Mapping[str, Entity]) -> ox.NamedNode:
    return mint_iri("event", merge.node) if merge.is_event else entity_iri(entities[merge.node])
