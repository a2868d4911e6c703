"""Joins the mentions of one article into entities, and its event mentions into events of them.

A chain of mentions is an entity, and so is a mention that stands alone if it is a name or has a
part in an event. A named entity's id comes from its kind and name (a country's from its code, a
located place's from its gazetteer row, an actor's of the register from there), so that the same
thing mostly gets the same id in every article; what has no name, or one that many bear, is one
article's own. What is one thing across articles is decided in ``kg.link.across``.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.countries import named_country
from kg.errors import KGError
from kg.extract.memberships import INCLUDED_IN_GROUP
from kg.link.actors import (
    aliases_of,
    best_name,
    clean_name,
    clean_noun,
    country_in_words,
)
from kg.link.identify import country_of_office, identify
from kg.link.identity import tells_who
from kg.link.labels import event_label
from kg.link.owners import (
    homes_of_demonstrators,
    is_ethnic,
    owner_body,
    owner_country,
    title_of,
)
from kg.link.register import Actor, Register, shipped_register
from kg.link.scene import Scene
from kg.link.sectors import is_former, sector_in_words
from kg.link.within import join_chains
from kg.placenames import normalise
from kg.records import (
    ArticleResult,
    Attribution,
    Entity,
    EntityKind,
    Event,
    EventMention,
    Extraction,
    Location,
    Membership,
    Mention,
    MentionKind,
    Role,
    Span,
    content_id,
)

if TYPE_CHECKING:
    from kg.link.gazetteer import Gazetteer

logger = logging.getLogger(__name__)

# Of how many noun phrases the longest is the label of what has no name.
FIRST_NOUNS = 3
LOCATED = frozenset({EntityKind.PLACE, EntityKind.COUNTRY})
# Bodies of many countries: who serves one is of none, and of its sector whatever the office.
WORLDWIDE = frozenset({"IGO", "UNO", "EUR", "NGO"})
ACTING = frozenset({EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION})
# What one can be a member of: a state, too ("an envoy for Chad").
BODIES = frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION, EntityKind.COUNTRY})
NO_ACTORS = LOCATED | {EntityKind.FACILITY}


def link(
    extraction: Extraction,
    *,
    gazetteer: "Gazetteer | None" = None,
    register: Register | None = None,
) -> ArticleResult:
    """The article's entities and events.

    Args:
        extraction: what the article says, as text.
        gazetteer: where places are looked up; None for the one that ships. Places stay without a
            location where it cannot be opened.
        register: who the names of actors can mean; None for the register that ships.
    """
    groups = _groups(extraction)
    locations = _locate(extraction, groups, gazetteer)
    groups = _kept(extraction, join_chains(extraction, groups, located=locations))
    register = register or shipped_register()
    scene = Scene(extraction, locations)
    actors = identify(
        scene,
        groups,
        kinds=[_kind(group, _names(extraction, group)) for group in groups],
        register=register,
    )
    entities: dict[str, Entity] = {}
    ethnic = [is_ethnic(scene, group) for group in groups]
    for position, group in enumerate(groups):
        entity = _entity(extraction, group, locations)
        if position in actors:
            entity = _registered(entity, actors[position])
        elif entity.kind not in NO_ACTORS:
            if ethnic[position]:
                entity = replace(entity, country=None)
            entity = _described(entity, scene, group, register)
        known = entities.get(entity.id)
        entities[entity.id] = entity if known is None else _joined(extraction, known, entity)
    entity_of = {m: entity.id for entity in entities.values() for m in entity.mention_ids}
    spans = {m.id: m.span for m in extraction.mentions}
    pronouns = (m.id for m in extraction.mentions if m.kind is MentionKind.PRONOUN)
    index = _Index(entity_of, spans, frozenset(pronouns))
    events = [_event(extraction, told, entities, index) for told in extraction.event_mentions]
    peoples = {entity_of[g[0].id] for g, is_people in zip(groups, ethnic, strict=True) if is_people}
    for key, country in homes_of_demonstrators(entities, events, peoples=peoples).items():
        entities[key] = replace(entities[key], country=country)
    return ArticleResult(
        article=extraction.article,
        sentences=extraction.sentences,
        mentions=extraction.mentions,
        entities=tuple(entities.values()),
        times=extraction.times,
        events=tuple(events),
        memberships=_memberships(extraction, entities, entity_of),
    )


def _memberships(
    extraction: Extraction, entities: Mapping[str, Entity], entity_of: Mapping[str, str]
) -> tuple[Membership, ...]:
    """The memberships between those who act and the bodies that they can be of, each pair once."""
    found: dict[tuple[str, str], Membership] = {}
    for told in extraction.memberships:
        member, body = entity_of.get(told.member), entity_of.get(told.body)
        if member is None or body is None or member == body:
            continue
        is_inner = told.rule == INCLUDED_IN_GROUP
        kinds = entities[member].kind, entities[body].kind
        if kinds[0] in (ACTING | LOCATED if is_inner else ACTING) and kinds[1] in BODIES:
            pair = member, body
            found.setdefault(pair, replace(told, member=member, body=body))
    return tuple(found.values())


def _groups(extraction: Extraction) -> list[list[Mention]]:
    """The mentions of each chain in text order, and each mention that is in none."""
    by_id = {mention.id: mention for mention in extraction.mentions}
    groups = []
    chained: set[str] = set()
    for chain in extraction.chains:
        members = [by_id[i] for i in chain if i in by_id]
        chained.update(m.id for m in members)
        groups.append(members)
    groups += [[m] for m in extraction.mentions if m.id not in chained]
    return [group for group in groups if group]


def _kept(extraction: Extraction, groups: Iterable[list[Mention]]) -> list[list[Mention]]:
    """The groups that are somebody or something, by their first mention."""
    used = _used(extraction.event_mentions)
    kept = [group for group in groups if _matters(group, used)]
    return sorted(kept, key=lambda group: (group[0].span, group[0].id))


def _used(told: Iterable[EventMention]) -> frozenset[str]:
    """The ids of the mentions that take part in an event or say so."""
    used: set[str] = set()
    for event in told:
        used.update(argument.mention_id for argument in event.arguments)
        if event.attribution is not None:
            used.add(event.attribution.mention_id)
    return frozenset(used)


def _matters(group: Sequence[Mention], used: frozenset[str]) -> bool:
    """Whether the group is more than pronouns that refer to nobody known and do nothing."""
    return any(m.kind is not MentionKind.PRONOUN or m.id in used for m in group)


def _text(extraction: Extraction, mention: Mention) -> str:
    return extraction.article.text[mention.span.start : mention.span.end]


def _names(extraction: Extraction, group: Sequence[Mention]) -> list[str]:
    return [clean_name(_text(extraction, m)) for m in group if m.kind is MentionKind.NAME]


def _entity(
    extraction: Extraction, group: Sequence[Mention], locations: Mapping[str, Location]
) -> Entity:
    names = _names(extraction, group)
    kind = _kind(group, names)
    label = best_name(names) if names else _nominal_label(extraction, group)
    location = next((locations[m.id] for m in group if m.id in locations), None)
    if kind not in LOCATED:
        location = None
    country = _country(extraction, group, kind=kind, names=names, location=location)
    return Entity(
        id=_entity_id(extraction, group, _Key(kind, label if names else None, country, location)),
        kind=kind,
        label=label,
        named=bool(names),
        aliases=aliases_of(names, label),
        mention_ids=tuple(m.id for m in group),
        country=country,
        location=location,
        sector=sector_in_words(_telling_texts(extraction, group, names), kind),
    )


def _registered(entity: Entity, actor: Actor) -> Entity:
    """The entity as the register has it; its other names stay those of the article."""
    names = (entity.label, *entity.aliases) if entity.named else ()
    return replace(
        entity,
        id=actor.id,
        kind=actor.kind,
        label=actor.label,
        named=True,
        aliases=aliases_of(names, actor.label),
        country=actor.country,
        location=None,
        sector=actor.sector,
        wikidata=actor.wikidata,
    )


def _described(
    entity: Entity, scene: Scene, group: Sequence[Mention], register: Register
) -> Entity:
    """An actor that the register lacks, with the country and sector that its surroundings tell."""
    country, sector = entity.country, entity.sector
    if sector is None and (title := title_of(scene, group)):
        sector = sector_in_words([title], entity.kind)
    if country is None:
        country = owner_country(scene, group)
    if country is None:
        country = country_of_office(scene, group, register)
    nouns = [scene.words(m) for m in group if m.kind is MentionKind.NOMINAL]
    owned = owner_body(scene, group, register)
    if owned is not None and country in (None, owned[0].country):
        owner, words = owned
        inherited = None if any(map(is_former, (*nouns, words))) else owner.sector
        is_joint = owner.country is None and owner.sector in WORLDWIDE
        country, sector = owner.country, inherited if is_joint else sector or inherited
    return replace(entity, country=country, sector=sector)


@dataclass(frozen=True, slots=True)
class _Key:
    """What an entity's id is made of."""

    kind: EntityKind
    name: str | None
    country: str | None
    location: Location | None


def _entity_id(extraction: Extraction, group: Sequence[Mention], key: _Key) -> str:
    if key.name is None or not tells_who(key.name, key.kind):
        return content_id("entity", extraction.article.id, *(m.id for m in group))
    if key.kind is EntityKind.COUNTRY and key.country is not None:
        return content_id("entity", key.kind, key.country)
    if key.location is not None:
        return content_id("entity", key.kind, "gazetteer", key.location.gazetteer_id)
    return content_id("entity", key.kind, normalise(key.name))


def _kind(group: Sequence[Mention], names: Sequence[str]) -> EntityKind:
    """The kind that most names have, else most nouns, else the pronouns'; the first wins a tie.

    A country's name makes a country of what was taken for a body.
    """
    for wanted in (MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN):
        kinds = [m.entity_kind for m in group if m.kind is wanted]
        if kinds:
            counts = Counter(kinds)
            kind = max(counts, key=lambda k: (counts[k], -kinds.index(k)))
            if kind is EntityKind.COUNTRY and names and not any(map(named_country, names)):
                # Taken for a country by its capital's name.
                return EntityKind.PLACE
            if kind is EntityKind.ORGANIZATION and names and all(map(named_country, names)):
                return EntityKind.COUNTRY
            return kind
    return EntityKind.GROUP


def _nominal_label(extraction: Extraction, group: Sequence[Mention]) -> str:
    """The longest of the first noun phrases, without article; a pronoun's own text if no noun."""
    nouns = [clean_noun(_text(extraction, m)) for m in group if m.kind is MentionKind.NOMINAL]
    if nouns:
        return max(nouns[:FIRST_NOUNS], key=len)
    return _text(extraction, group[0])


def _country(
    extraction: Extraction,
    group: Sequence[Mention],
    *,
    kind: EntityKind,
    names: Sequence[str],
    location: Location | None,
) -> str | None:
    if kind is EntityKind.COUNTRY:
        found = (named_country(name) for name in names)
        return next((c for c in found if c), location.country if location else None)
    if location is not None:
        return location.country
    texts = _telling_texts(extraction, group, names)
    return next((c for text in texts if (c := country_in_words(text))), None)


def _telling_texts(
    extraction: Extraction, group: Sequence[Mention], names: Sequence[str]
) -> list[str]:
    """The names of a thing, then the noun phrases that say what it is."""
    nouns = [_text(extraction, m) for m in group if m.kind is MentionKind.NOMINAL]
    return [*names, *nouns]


def _locate(
    extraction: Extraction, groups: Iterable[Sequence[Mention]], gazetteer: "Gazetteer | None"
) -> dict[str, Location]:
    """The locations of the named places among the mentions, by mention id."""
    from kg.link.places import PlaceName, link_places

    mentions = [
        m
        for group in groups
        for m in group
        if m.kind is MentionKind.NAME and m.entity_kind in LOCATED
    ]
    if not mentions:
        return {}
    names = [
        PlaceName(text=clean_name(_text(extraction, m)), span=m.span, kind=m.entity_kind)
        for m in mentions
    ]
    try:
        links = link_places(names, text=extraction.article.text, gazetteer=gazetteer)
    except KGError as error:
        logger.warning("%s: places are left unresolved: %s", extraction.article.id, error)
        return {}
    pairs = zip(mentions, links, strict=True)
    return {m.id: found.location for m, found in pairs if found.location is not None}


def _joined(extraction: Extraction, one: Entity, other: Entity) -> Entity:
    """Two chains that turned out to name one thing."""
    order = {m.id: n for n, m in enumerate(extraction.mentions)}
    ids = sorted({*one.mention_ids, *other.mention_ids}, key=lambda i: order[i])
    names = (one.label, *one.aliases, other.label, *other.aliases)
    return replace(
        one,
        mention_ids=tuple(ids),
        aliases=aliases_of(names, one.label),
        country=one.country or other.country,
        location=one.location or other.location,
        sector=one.sector or other.sector,
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """The entity and the span of each mention, and which are pronouns, by their ids."""

    entity_of: Mapping[str, str]
    spans: Mapping[str, Span]
    pronouns: frozenset[str]


def _event(
    extraction: Extraction,
    told: EventMention,
    entities: Mapping[str, Entity],
    index: _Index,
) -> Event:
    roles = _roles(told, index)
    return Event(
        id=content_id(
            "event", extraction.article.id, told.trigger.start, told.trigger.end, told.action
        ),
        label=event_label(extraction.article.text, told, roles, entities),
        trigger=told.trigger,
        lemma=told.lemma,
        action=told.action,
        category=told.category,
        mode=told.mode,
        sentence=told.sentence,
        roles=roles,
        time=told.time,
        quantities=told.quantities,
        polarity=told.polarity,
        modality=told.modality,
        attribution=_attribution(told.attribution, index),
        evidence=told.evidence,
    )


def _roles(told: EventMention, index: _Index) -> tuple[Role, ...]:
    """The arguments as roles, one for each entity and role name: no pronoun, and the surest."""
    best: dict[tuple[str, str], tuple[bool, float]] = {}
    found: dict[tuple[str, str], Role] = {}
    for argument in told.arguments:
        entity_id = index.entity_of.get(argument.mention_id)
        if entity_id is None:
            continue
        key = (argument.name, entity_id)
        rank = (argument.mention_id not in index.pronouns, argument.score)
        if key not in best or rank > best[key]:
            best[key] = rank
            found[key] = Role(
                name=argument.name,
                entity_id=entity_id,
                span=index.spans[argument.mention_id],
                rule=argument.rule,
                score=argument.score,
                inferred=argument.inferred,
            )
    return tuple(found.values())


def _attribution(told: Attribution | None, index: _Index) -> Attribution | None:
    return None if told is None else replace(told, entity_id=index.entity_of.get(told.mention_id))
