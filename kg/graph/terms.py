"""Which terms of the ontology the values of the records become."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.graph.ontology import KG, SEM
from kg.records import (
    Comparator,
    EntityKind,
    MentionKind,
    Modality,
    Polarity,
    QuantityRole,
    Relation,
    RoleName,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTerms:
    """The properties of an event node."""

    roles: dict[RoleName, ox.NamedNode]
    action: ox.NamedNode
    category: ox.NamedNode
    mode: ox.NamedNode
    cameo: ox.NamedNode
    lemma: ox.NamedNode
    date: ox.NamedNode
    earliest: ox.NamedNode
    latest: ox.NamedNode
    time_text: ox.NamedNode
    time_value: ox.NamedNode
    time: ox.NamedNode
    quantity: ox.NamedNode
    counts: ox.NamedNode
    claim: ox.NamedNode


REALISED: Final = EventTerms(
    roles={
        RoleName.ACTOR: KG.actor,
        RoleName.TARGET: KG.target,
        RoleName.PLACE: KG.place,
        RoleName.INSTRUMENT: KG.instrument,
    },
    action=KG.action,
    category=KG.category,
    mode=KG.mode,
    cameo=KG.cameo,
    lemma=KG.lemma,
    date=KG.date,
    earliest=KG.earliest,
    latest=KG.latest,
    time_text=KG.timeText,
    time_value=KG.timeValue,
    time=KG.time,
    quantity=KG.quantity,
    counts=KG.counts,
    claim=KG.claim,
)

UNREALISED: Final = EventTerms(
    roles={
        RoleName.ACTOR: KG.unrealisedActor,
        RoleName.TARGET: KG.unrealisedTarget,
        RoleName.PLACE: KG.unrealisedPlace,
        RoleName.INSTRUMENT: KG.unrealisedInstrument,
    },
    action=KG.unrealisedAction,
    category=KG.unrealisedCategory,
    mode=KG.unrealisedMode,
    cameo=KG.unrealisedCameo,
    lemma=KG.unrealisedLemma,
    date=KG.unrealisedDate,
    earliest=KG.unrealisedEarliest,
    latest=KG.unrealisedLatest,
    time_text=KG.unrealisedTimeText,
    time_value=KG.unrealisedTimeValue,
    time=KG.unrealisedTime,
    quantity=KG.unrealisedQuantity,
    counts=KG.unrealisedCounts,
    claim=KG.unrealisedClaim,
)

ENTITY_TYPES: Final = {
    EntityKind.PERSON: (KG.Person, SEM.Actor),
    EntityKind.GROUP: (KG.Group, SEM.Actor),
    EntityKind.ORGANIZATION: (KG.Organization, SEM.Actor),
    EntityKind.COUNTRY: (KG.Country, SEM.Actor, SEM.Place),
    EntityKind.PLACE: (KG.Place, SEM.Place),
    EntityKind.FACILITY: (KG.Facility, SEM.Place),
    EntityKind.OBJECT: (KG.Object, SEM.Object),
}
PLACE_KINDS: Final = frozenset({EntityKind.PLACE, EntityKind.FACILITY})
MENTION_TYPES: Final = {
    MentionKind.NAME: KG.NameMention,
    MentionKind.NOMINAL: KG.NominalMention,
    MentionKind.PRONOUN: KG.PronounMention,
}
POLARITIES: Final = {Polarity.POSITIVE: KG.Positive, Polarity.NEGATIVE: KG.Negative}
MODALITIES: Final = {
    Modality.ACTUAL: KG.Actual,
    Modality.PLANNED: KG.Planned,
    Modality.HYPOTHETICAL: KG.Hypothetical,
    Modality.HABITUAL: KG.Habitual,
}
RELATIONS: Final = {Relation.MEMBER: KG.memberOf, Relation.SUPPORTED: KG.supportedBy}
COMPARATORS: Final = {
    Comparator.EXACTLY: KG.Exactly,
    Comparator.ABOUT: KG.About,
    Comparator.AT_LEAST: KG.AtLeast,
    Comparator.AT_MOST: KG.AtMost,
    Comparator.MORE_THAN: KG.MoreThan,
    Comparator.LESS_THAN: KG.LessThan,
    Comparator.RANGE: KG.Range,
}
COUNTS: Final = {
    QuantityRole.ACTOR: KG.ActorCount,
    QuantityRole.TARGET: KG.TargetCount,
    QuantityRole.DEAD: KG.DeadCount,
    QuantityRole.INJURED: KG.InjuredCount,
    QuantityRole.DISPLACED: KG.DisplacedCount,
    QuantityRole.OTHER: KG.OtherCount,
}
