"""The records that every step of kg reads and returns: frozen, and free of any library's types.

Offsets are 0-based, half-open Unicode code points of the unaltered ``Article.text``. Scores run
from 0 to 1, higher is surer. Coordinates are WGS84 degrees. Dates are proleptic Gregorian.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b


class EntityKind(StrEnum):
    """What a mention or an entity is, in the ACE/ERE sense; an object is a weapon or a vehicle."""

    PERSON = "Person"
    GROUP = "Group"
    ORGANIZATION = "Organization"
    COUNTRY = "Country"
    PLACE = "Place"
    FACILITY = "Facility"
    OBJECT = "Object"


class MentionKind(StrEnum):
    """How a mention refers: by name, by a common noun, or by a pronoun."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class RoleName(StrEnum):
    """The part that an entity plays in an event."""

    ACTOR = "actor"
    TARGET = "target"
    PLACE = "place"
    INSTRUMENT = "instrument"


class Relation(StrEnum):
    """How somebody belongs to a body: as its member, or as one whom it supports."""

    MEMBER = "member"
    SUPPORTED = "supported"


class Polarity(StrEnum):
    """Whether the text says that the event was so, or that it was not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """Whether the event is told as fact, as intended, as possible, or as a habit."""

    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    HABITUAL = "habitual"


class Comparator(StrEnum):
    """How a stated number relates to the true one."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    RANGE = "range"


class QuantityRole(StrEnum):
    """What a number counts."""

    ACTOR = "actor"
    TARGET = "target"
    DEAD = "dead"
    INJURED = "injured"
    DISPLACED = "displaced"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news text as received; ``text`` is never altered."""

    id: str
    text: str
    title: str = ""
    published: date | None = None
    source: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open character range ``[start, end)`` of one article's text."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that refers to somebody, something or some place.

    ``span`` runs from the determiner to the last word of the head noun phrase that ACE calls the
    mention; ``head`` is its head word (the whole name for a name). ``sentence`` counts from 0.
    ``label`` is the language model's finer word for it: a name's type (PERSON, ORG, GPE, LOC, FAC,
    NORP), a noun's (person, organization, place), or "pronoun".
    """

    id: str
    span: Span
    head: Span
    kind: MentionKind
    entity_kind: EntityKind
    sentence: int
    score: float
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a place is: gazetteer row, point in WGS84 degrees, ISO 3166 alpha-3 country."""

    gazetteer_id: str
    name: str
    latitude: float
    longitude: float
    country: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """The thing that one or more mentions refer to.

    ``label`` is its best name, ``aliases`` the other names in order of first use, ``country`` an
    ISO 3166 alpha-3 code where it is known, ``location`` set for places that are resolved.
    ``sector`` is an actor's part in society, a code of plover.ttl such as "GOV"; ``wikidata`` its
    identifier there, for actors of the register.
    """

    id: str
    kind: EntityKind
    label: str
    named: bool
    aliases: tuple[str, ...] = ()
    mention_ids: tuple[str, ...] = ()
    country: str | None = None
    location: Location | None = None
    sector: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateInterval:
    """The days, first and last included, that a time expression can mean."""

    first: date
    last: date
    resolved_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A span that says when, how long or how often.

    ``type`` is DATE, TIME, DURATION or SET and ``value`` the TIMEX3 value ("2019-03-06", "P3D",
    "XXXX-WXX-3"); ``interval`` is set where the value names days of the calendar.
    """

    span: Span
    type: str
    value: str
    interval: DateInterval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that the text gives, with what it counts.

    ``value`` is the number, or the lower end where ``maximum`` is set; "hundreds" is 200 with
    comparator ``at_least`` (the plural says two or more of the unit).
    """

    span: Span
    value: float | None
    maximum: float | None
    comparator: Comparator
    unit: str
    role: QuantityRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A mention that fills a role of an event mention, with the rule that says so."""

    name: RoleName
    mention_id: str
    rule: str
    score: float
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An entity that fills a role of an event; ``span`` is the mention that does so in the text."""

    name: RoleName
    entity_id: str
    span: Span
    rule: str
    score: float
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says so: the speaker's mention, its entity once linked, and the word that tells."""

    mention_id: str
    span: Span
    cue: Span
    rule: str
    entity_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters that support a statement and what derived it; ``quote == text[start:end]``."""

    span: Span
    quote: str
    rule: str
    model: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One report of an action, its arguments still mentions.

    ``action`` is the local name of a concept of ontology/actions.ttl; ``category`` a PLOVER
    category or None where none fits; ``pos`` the trigger's part of speech in Universal
    Dependencies (VERB, NOUN, ADJ), "" where it is not known; ``evidence`` quotes the sentence.
    """

    id: str
    trigger: Span
    lemma: str
    pos: str = ""
    action: str
    category: str | None
    mode: str | None
    sentence: Span
    arguments: tuple[Argument, ...]
    time: TimeExpression | None
    quantities: tuple[Quantity, ...]
    polarity: Polarity
    modality: Modality
    attribution: Attribution | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That somebody serves, leads or is part of a body, or is one of a group, as the text says.

    With the relation SUPPORTED the body stands behind the member: "US-backed forces". ``member``
    and ``body`` are ids of mentions in an `Extraction`, of entities in an
    `ArticleResult`; ``span`` runs over the two mentions that say so.
    """

    member: str
    body: str
    span: Span
    rule: str
    score: float
    relation: Relation = Relation.MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one article says, still as text: mentions, times and event mentions.

    ``chains`` are the ids of mentions of one thing, each chain in text order; a mention that stands
    alone is in no chain.
    """

    article: Article
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    event_mentions: tuple[EventMention, ...] = ()
    chains: tuple[tuple[str, ...], ...] = ()
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The action itself, its roles filled by entities."""

    id: str
    label: str
    trigger: Span
    lemma: str
    action: str
    category: str | None
    mode: str | None
    sentence: Span
    roles: tuple[Role, ...]
    time: TimeExpression | None
    quantities: tuple[Quantity, ...]
    polarity: Polarity
    modality: Modality
    attribution: Attribution | None
    evidence: Evidence

    @property
    def is_realised(self) -> bool:
        """Whether it is told as having happened: not denied, planned or only possible."""
        told_as_fact = self.modality in (Modality.ACTUAL, Modality.HABITUAL)
        return told_as_fact and self.polarity is Polarity.POSITIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An article, or a part of one, that could not be processed, and why."""

    article_id: str
    stage: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleResult:
    """All that was found in one article."""

    article: Article
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    events: tuple[Event, ...] = ()
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RecordKey:
    """Which record is meant: an entity or event of one article, by the article's id and its own."""

    article_id: str
    record_id: str

    def __str__(self) -> str:
        """``ARTICLE/RECORD``, as the commands print it and the user's decisions name it."""
        return f"{self.article_id}/{self.record_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two records that were found to be one thing, mostly of different articles, and why.

    ``is_event`` parts events from actors and places; ``node`` is the id of the one node that both
    records are in the graph; ``reason`` says in words what the rule saw. ``names`` are the labels
    of the two records, ``evidence`` the characters that speak of the thing in the article of
    ``kept`` and in that of ``joined``, ``quotes`` what these read.
    """

    id: str
    is_event: bool
    node: str
    kept: RecordKey
    joined: RecordKey
    rule: str
    score: float
    reason: str
    names: tuple[str, str]
    evidence: tuple[Span, Span]
    quotes: tuple[str, str]


def content_id(*parts: object) -> str:
    """A 16-character id that depends on nothing but ``parts``, the same in every run."""
    text = "\x1f".join(str(part) for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
