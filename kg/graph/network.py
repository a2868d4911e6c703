"""Records -> a networkx graph of entities, events and places: for drawing, counting and GraphML."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from kg.records import (
    Article,
    ArticleResult,
    Entity,
    EntityKind,
    Event,
    Role,
    RoleName,
    Span,
)

Attribute: TypeAlias = str | int | float | bool
SAYS = "says"
_PLACE_KINDS = frozenset({EntityKind.PLACE, EntityKind.FACILITY})
# XML 1.0, production 2: what GraphML cannot hold, lone surrogates included.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def build_network(results: Iterable[ArticleResult]) -> "nx.MultiDiGraph[str]":
    """A directed graph whose nodes are entities, events and places, keyed by their record's id.

    Every node has ``kind`` ("entity", "place" or "event"), ``type`` (the entity's kind or the
    event's action) and ``label``. Edges run from an event to each entity in it, with the role's
    name as key, and from a speaker to the event that is told, with the key "says". An entity or
    event that several articles share is one node with the edges that any of them gives it; what the
    first article (by id) says of it stays, and an event that others tell, too, has ``reports``.
    What has no name and no part in an event is left out. All attributes are str, int, float or
    bool, what is unknown is left out, and characters that XML forbids are replaced one for one by
    U+FFFD, so that GraphML can hold the graph.

    Args:
        results: of any number of articles; nodes and edges come in the order of the articles' ids.

    Raises:
        ValueError: an event names an entity that is in none of the results.
    """
    ordered = sorted(results, key=lambda result: result.article.id)
    acting = _acting_ids(ordered)
    drawn = acting | _place_ids(ordered)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for result in ordered:
        for entity in result.entities:
            if entity.id not in network and (entity.named or entity.id in drawn):
                is_place = is_place_node(entity, acts=entity.id in acting)
                network.add_node(entity.id, **_entity_attributes(entity, is_place=is_place))
    for result in ordered:
        for event in result.events:
            if event.id not in network:
                network.add_node(event.id, **_event_attributes(event, result.article))
            elif network.nodes[event.id]["article"] != result.article.id:
                reports = network.nodes[event.id].get("reports", 1)
                network.nodes[event.id]["reports"] = reports + 1
            _add_edges(network, event, result.article)
    return network


def _place_ids(results: Iterable[ArticleResult]) -> set[str]:
    """Ids of what is the place of an event."""
    roles = (role for result in results for event in result.events for role in event.roles)
    return {role.entity_id for role in roles if role.name is RoleName.PLACE}


def is_place_node(entity: Entity, *, acts: bool) -> bool:
    """Whether the entity is drawn as a place: a country is, unless it acts, suffers or speaks."""
    if entity.kind is EntityKind.COUNTRY:
        return not acts
    return entity.kind in _PLACE_KINDS


def quoted(span: Span, article: Article) -> str:
    """The article's characters under a span."""
    return article.text[span.start : span.end]


def drawable(text: str) -> str:
    """The text, as long as before, with each character that XML forbids replaced by U+FFFD."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _acting_ids(results: Iterable[ArticleResult]) -> set[str]:
    """The entities that fill a role other than place, or speak."""
    events = [event for result in results for event in result.events]
    acting = {
        role.entity_id
        for event in events
        for role in event.roles
        if role.name is not RoleName.PLACE
    }
    return acting | {
        e.attribution.entity_id for e in events if e.attribution and e.attribution.entity_id
    }


def _entity_attributes(entity: Entity, *, is_place: bool) -> dict[str, Attribute]:
    """What a node says of an entity."""
    location = entity.location
    return _known(
        kind="place" if is_place else "entity",
        type=entity.kind.value,
        label=entity.label,
        named=entity.named,
        n_mentions=len(entity.mention_ids),
        aliases="; ".join(entity.aliases) or None,
        country=entity.country or (location.country if location else None),
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        gazetteer_id=location.gazetteer_id if location else None,
        gazetteer_name=location.name if location else None,
    )


def _event_attributes(event: Event, article: Article) -> dict[str, Attribute]:
    """What a node says of an event, with the characters that support it."""
    time = event.time
    interval = time.interval if time else None
    return _known(
        kind="event",
        type=event.action,
        label=event.label,
        trigger=quoted(event.trigger, article),
        lemma=event.lemma,
        category=event.category,
        mode=event.mode,
        polarity=event.polarity.value,
        modality=event.modality.value,
        is_realised=event.is_realised,
        time=quoted(time.span, article) if time else None,
        time_value=time.value if time else None,
        first_day=interval.first.isoformat() if interval else None,
        last_day=interval.last.isoformat() if interval else None,
        quantities="; ".join(quoted(q.span, article) for q in event.quantities) or None,
        source=quoted(event.attribution.span, article) if event.attribution else None,
        article=article.id,
        quote=event.evidence.quote,
        start=event.evidence.span.start,
        end=event.evidence.span.end,
        rule=event.evidence.rule,
        score=event.evidence.score,
    )


def _add_edges(network: "nx.MultiDiGraph[str]", event: Event, article: Article) -> None:
    """Join the event to the entities in its roles and to who tells it."""
    for role in _iter_first_roles(event):
        _check_known(network, role.entity_id, event)
        if network.has_edge(event.id, role.entity_id, key=role.name.value):
            continue
        network.add_edge(
            event.id,
            role.entity_id,
            key=role.name.value,
            **_known(
                role=role.name.value,
                text=quoted(role.span, article),
                rule=role.rule,
                score=role.score,
                inferred=role.inferred,
            ),
        )
    attribution = event.attribution
    if attribution and attribution.entity_id:
        _check_known(network, attribution.entity_id, event)
        if network.has_edge(attribution.entity_id, event.id, key=SAYS):
            return
        network.add_edge(
            attribution.entity_id,
            event.id,
            key=SAYS,
            **_known(role=SAYS, text=quoted(attribution.cue, article), rule=attribution.rule),
        )


def _iter_first_roles(event: Event) -> Iterator[Role]:
    """The event's roles, the first of each name and entity: a key joins two nodes once."""
    seen: set[tuple[str, str]] = set()
    for role in event.roles:
        key = (role.name.value, role.entity_id)
        if key not in seen:
            seen.add(key)
            yield role


def _check_known(network: "nx.MultiDiGraph[str]", entity_id: str, event: Event) -> None:
    if entity_id not in network:
        raise ValueError(
            f"event {event.id}: no entity {entity_id!r}. Expected one of the results' entities; "
            "pass the results whole."
        )


def _known(**attributes: Attribute | None) -> dict[str, Attribute]:
    """The attributes that have a value, fit for XML."""
    return {
        name: drawable(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }
