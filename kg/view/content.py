"""What the page says about each article, entity and event, as plain values that JSON can hold."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from kg.graph.network import drawable
from kg.link.joined import article_order
from kg.records import (
    Article,
    ArticleResult,
    Attribution,
    Entity,
    Event,
    Membership,
    Polarity,
    Quantity,
    Role,
    Span,
    TimeExpression,
)

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def describe_results(results: Iterable[ArticleResult]) -> dict[str, Json]:
    """The page's texts: ``articles``, ``entities`` and ``events`` by id, in reading order.

    Beside them a list of ``memberships``.

    An event that is told more than once is as its first report tells it, that of the earliest
    article; ``reports`` are the others, in the same form.

    Offsets count Unicode code points of the article's text, as everywhere in kg; the page's script
    counts so too, though its language would not.
    """
    articles: dict[str, Json] = {}
    entities: dict[str, Json] = {}
    told: dict[str, list[tuple[tuple[date, str], Event]]] = {}
    ordered = sorted(results, key=lambda result: result.article.id)
    for result in ordered:
        articles[result.article.id] = _article(result.article)
        for entity in result.entities:
            entities.setdefault(entity.id, _entity(entity))
        for event in sorted(result.events, key=lambda event: (event.trigger, event.id)):
            told.setdefault(event.id, []).append((article_order(result), event))
    events: dict[str, Json] = {}
    for event_id, reports in told.items():
        first, *others = (event for _, event in sorted(reports, key=lambda pair: pair[0]))
        events[event_id] = {**_event(first), "reports": [_event(other) for other in others]}
    memberships: list[Json] = [_membership(one) for result in ordered for one in result.memberships]
    return {
        "articles": articles,
        "entities": entities,
        "events": events,
        "memberships": memberships,
    }


def status_of(event: Event) -> str:
    """How the text tells the event: "actual", "habitual", "denied", "planned" or "hypothetical"."""
    if event.polarity is Polarity.NEGATIVE:
        return "denied"
    return event.modality.value


def _article(article: Article) -> Json:
    return {
        "title": drawable(article.title),
        "date": article.published.isoformat() if article.published else None,
        "source": drawable(article.source),
        "url": article.url,
        "text": drawable(article.text),
    }


def _entity(entity: Entity) -> Json:
    location = entity.location
    return {
        "type": entity.kind.value,
        "label": drawable(entity.label),
        "named": entity.named,
        "aliases": [drawable(alias) for alias in entity.aliases],
        "mentions": len(entity.mention_ids),
        "country": entity.country or (location.country if location else None),
        "gazetteer": location.name if location else None,
        "lat": location.latitude if location else None,
        "lon": location.longitude if location else None,
    }


def _event(event: Event) -> dict[str, Json]:
    return {
        "article": event.trigger.article_id,
        "label": drawable(event.label),
        "trigger": _pair(event.trigger),
        "sentence": _pair(event.sentence),
        "action": event.action,
        "category": event.category,
        "mode": event.mode,
        "status": status_of(event),
        "realised": event.is_realised,
        "roles": [_role(role) for role in event.roles],
        "time": _time(event.time) if event.time else None,
        "quantities": [_quantity(quantity) for quantity in event.quantities],
        "says": _attribution(event.attribution) if event.attribution else None,
        "rule": event.evidence.rule,
        "model": event.evidence.model,
        "score": round(event.evidence.score, 3),
    }


def _role(role: Role) -> Json:
    return {
        "name": role.name.value,
        "entity": role.entity_id,
        "span": _pair(role.span),
        "rule": role.rule,
        "score": round(role.score, 3),
        "inferred": role.inferred,
    }


def _membership(membership: Membership) -> Json:
    return {
        "member": membership.member,
        "body": membership.body,
        "relation": membership.relation.value,
        "article": membership.span.article_id,
        "span": _pair(membership.span),
    }


def _time(time: TimeExpression) -> Json:
    interval = time.interval
    return {
        "span": _pair(time.span),
        "value": time.value,
        "first": interval.first.isoformat() if interval else None,
        "last": interval.last.isoformat() if interval else None,
    }


def _quantity(quantity: Quantity) -> Json:
    return {
        "span": _pair(quantity.span),
        "value": quantity.value,
        "maximum": quantity.maximum,
        "comparator": quantity.comparator.value,
        "unit": drawable(quantity.unit),
        "role": quantity.role.value,
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "entity": attribution.entity_id,
        "span": _pair(attribution.span),
        "cue": _pair(attribution.cue),
        "rule": attribution.rule,
    }


def _pair(span: Span) -> Json:
    return [span.start, span.end]
