"""Article results as JSON Lines, the public exchange form: one article a line, each a flat record.

``events.schema.json`` beside this module describes a record (JSON Schema 2020-12). Reading what was
written gives equal results: nothing of an ``ArticleResult`` is lost. Offsets are those of ``text``.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

from kg.errors import StoreError
from kg.graph.nodes import entity_iri, event_iri
from kg.graph.ontology import cameo_iri
from kg.records import (
    Article,
    ArticleResult,
    Attribution,
    Comparator,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Location,
    Membership,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    QuantityRole,
    RecordKey,
    Relation,
    Role,
    RoleName,
    Span,
    TimeExpression,
)

Record = dict[str, Any]  # Any: the values of a JSON object, which the schema describes
Iris = Mapping[RecordKey, str]
T = TypeVar("T")
ROLE_KEYS = {name: f"{name.value}s" for name in RoleName}
"""The key of a record's event under which the fillers of each role stand."""


def schema() -> Record:
    """The JSON Schema of one record."""
    return cast(Record, json.loads(files("kg").joinpath("events.schema.json").read_text("utf-8")))


def to_record(result: ArticleResult, iris: Iris | None = None) -> Record:
    """The record of ``result``, its keys in the order of the README.

    Roles are grouped by their name, in each group in the order of the event.

    Args:
        result: as the article was read.
        iris: for records that have another node than their own, its IRI, by the record's key.
    """
    article, nodes = result.article, iris or {}
    spans = {mention.id: mention.span for mention in result.mentions}
    return {
        "id": article.id,
        "title": article.title,
        "date": article.published.isoformat() if article.published else None,
        "source": article.source,
        "url": article.url,
        "text": article.text,
        "entities": [
            _entity_record(entity, spans, _iri_of(entity, article, nodes))
            for entity in result.entities
        ],
        "times": [_time_record(time) for time in result.times],
        "events": [_event_record(event, _iri_of(event, article, nodes)) for event in result.events],
        "memberships": [_membership_record(one) for one in result.memberships],
        "mentions": [_mention_record(mention) for mention in result.mentions],
        "sentences": [_pair(sentence) for sentence in result.sentences],
    }


def from_record(record: Record) -> ArticleResult:
    """The result that ``record`` was made of.

    Raises:
        StoreError: the record is not of the form that the schema describes.
    """
    try:
        return _Reader(record["id"]).result(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        article_id = record.get("id") if isinstance(record, dict) else None
        raise StoreError(
            f"article {article_id!r}: not a record of events.jsonl ({error!r}); expected what "
            'events.schema.json describes; make it again with "kg build"'
        ) from error


def to_jsonl(results: Iterable[ArticleResult], iris: Iris | None = None) -> str:
    """One line an article, in the order given; equal results give equal text."""
    return "".join(_iter_lines(results, iris))


def write_jsonl(results: Iterable[ArticleResult], path: Path, iris: Iris | None = None) -> None:
    """Write one line an article to ``path``; ``iris`` as for ``to_record``.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_iter_lines(results, iris))
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); expected a writable place; "
            "choose another",
            path=path,
        ) from error


def _iter_lines(results: Iterable[ArticleResult], iris: Iris | None) -> Iterator[str]:
    return (f"{_dumps(to_record(result, iris))}\n" for result in results)


def _iri_of(record: Entity | Event, article: Article, iris: Iris) -> str:
    known = iris.get(RecordKey(article_id=article.id, record_id=record.id))
    if known is not None:
        return known
    return (entity_iri(record) if isinstance(record, Entity) else event_iri(record)).value


def read_jsonl(path: Path) -> list[ArticleResult]:
    """The results that ``write_jsonl`` wrote to ``path``, in its order.

    Raises:
        StoreError: the file cannot be read, or a line is not of the form that the schema describes.
    """
    return [from_record(record) for record in iter_records(path)]


def iter_records(path: Path) -> Iterator[Record]:
    """The JSON object of each line of ``path``, blank lines left out.

    Raises:
        StoreError: the file cannot be read, or a line holds no JSON object.
    """
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _parse_line(line, where=f"{path}: line {number}")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise StoreError(
            f"{path}: cannot be read ({reason}); expected the events.jsonl of a project; "
            'make it with "kg build"',
            path=path,
        ) from error


def _parse_line(line: str, *, where: str) -> Record:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise StoreError(f"{where}: not JSON ({error}); expected one record a line") from error
    if not isinstance(record, dict):
        kind = type(record).__name__
        raise StoreError(f"{where}: {kind} is no record; expected one JSON object a line")
    return record


def _dumps(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _entity_record(entity: Entity, spans: Mapping[str, Span], iri: str) -> Record:
    location = entity.location
    return {
        "id": entity.id,
        "name": entity.label,
        "type": entity.kind.value,
        "named": entity.named,
        "aliases": list(entity.aliases),
        "mentions": [_pair(spans[mention_id]) for mention_id in entity.mention_ids],
        "mention_ids": list(entity.mention_ids),
        "lat": location.latitude if location else None,
        "lon": location.longitude if location else None,
        "country": entity.country,
        "sector": entity.sector,
        "wikidata": entity.wikidata,
        "iri": iri,
        "gazetteer": _gazetteer_record(location) if location else None,
    }


def _gazetteer_record(location: Location) -> Record:
    return {
        "id": location.gazetteer_id,
        "name": location.name,
        "country": location.country,
        "score": location.score,
    }


def _mention_record(mention: Mention) -> Record:
    return {
        "id": mention.id,
        "span": _pair(mention.span),
        "head": _pair(mention.head),
        "kind": mention.kind.value,
        "type": mention.entity_kind.value,
        "label": mention.label,
        "sentence": mention.sentence,
        "score": mention.score,
    }


def _time_record(time: TimeExpression) -> Record:
    interval = time.interval
    return {
        "span": _pair(time.span),
        "type": time.type,
        "value": time.value,
        "first": interval.first.isoformat() if interval else None,
        "last": interval.last.isoformat() if interval else None,
        "resolved_from": interval.resolved_from if interval else None,
    }


def _event_record(event: Event, iri: str) -> Record:
    roles = {
        key: [_role_record(role) for role in event.roles if role.name is name]
        for name, key in ROLE_KEYS.items()
    }
    return {
        "id": event.id,
        "label": event.label,
        "trigger": _pair(event.trigger),
        "lemma": event.lemma,
        "sentence": _pair(event.sentence),
        "action": event.action,
        "category": event.category,
        "mode": event.mode,
        "cameo": _cameo_code(event),
        **roles,
        "time": _time_record(event.time) if event.time else None,
        "quantity": [_quantity_record(quantity) for quantity in event.quantities],
        "polarity": event.polarity.value,
        "modality": event.modality.value,
        "source": _source_record(event.attribution) if event.attribution else None,
        "evidence": _evidence_record(event.evidence),
        "score": event.evidence.score,
        "iri": iri,
    }


def _cameo_code(event: Event) -> str | None:
    """The two digits of the event's CAMEO root, which follow from its action and category."""
    root = cameo_iri(event.action, event.category, event.mode)
    return root.value.rpartition("#")[2] if root else None


def _role_record(role: Role) -> Record:
    return {
        "entity": role.entity_id,
        "span": _pair(role.span),
        "rule": role.rule,
        "score": role.score,
        "inferred": role.inferred,
    }


def _quantity_record(quantity: Quantity) -> Record:
    return {
        "span": _pair(quantity.span),
        "value": quantity.value,
        "max": quantity.maximum,
        "comparator": quantity.comparator.value,
        "unit": quantity.unit,
        "role": quantity.role.value,
    }


def _source_record(attribution: Attribution) -> Record:
    return {
        "entity": attribution.entity_id,
        "span": _pair(attribution.span),
        "mention": attribution.mention_id,
        "cue": _pair(attribution.cue),
        "rule": attribution.rule,
    }


def _membership_record(membership: Membership) -> Record:
    return {
        "member": membership.member,
        "body": membership.body,
        "span": _pair(membership.span),
        "rule": membership.rule,
        "score": membership.score,
        "relation": membership.relation.value,
    }


def _evidence_record(evidence: Evidence) -> Record:
    return {
        "span": _pair(evidence.span),
        "quote": evidence.quote,
        "rule": evidence.rule,
        "model": evidence.model,
        "score": evidence.score,
    }


class _Reader:
    """Makes the records of one article, whose id its spans carry."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id

    def result(self, record: Record) -> ArticleResult:
        return ArticleResult(
            article=self.article(record),
            sentences=tuple(map(self.span, record["sentences"])),
            mentions=tuple(map(self.mention, record["mentions"])),
            entities=tuple(map(self.entity, record["entities"])),
            times=tuple(map(self.time, record["times"])),
            events=tuple(map(self.event, record["events"])),
            # Projects of the forms 1 and 2 have none.
            memberships=tuple(map(self.membership, record.get("memberships", []))),
        )

    def article(self, record: Record) -> Article:
        return Article(
            id=record["id"],
            text=record["text"],
            title=record["title"],
            published=date.fromisoformat(record["date"]) if record["date"] else None,
            source=record["source"],
            url=record["url"],
        )

    def span(self, pair: list[int]) -> Span:
        start, end = pair
        return Span(article_id=self.article_id, start=start, end=end)

    def membership(self, record: Record) -> Membership:
        return Membership(
            member=record["member"],
            body=record["body"],
            span=self.span(record["span"]),
            rule=record["rule"],
            score=record["score"],
            relation=Relation(record["relation"]),
        )

    def mention(self, record: Record) -> Mention:
        return Mention(
            id=record["id"],
            span=self.span(record["span"]),
            head=self.span(record["head"]),
            kind=MentionKind(record["kind"]),
            entity_kind=EntityKind(record["type"]),
            sentence=record["sentence"],
            score=record["score"],
            label=record["label"],
        )

    def entity(self, record: Record) -> Entity:
        return Entity(
            id=record["id"],
            kind=EntityKind(record["type"]),
            label=record["name"],
            named=record["named"],
            aliases=tuple(record["aliases"]),
            mention_ids=tuple(record["mention_ids"]),
            country=record["country"],
            sector=record.get("sector"),
            wikidata=record.get("wikidata"),
            location=_location(record),
        )

    def time(self, record: Record) -> TimeExpression:
        interval = None
        if record["first"] is not None:
            interval = DateInterval(
                first=date.fromisoformat(record["first"]),
                last=date.fromisoformat(record["last"]),
                resolved_from=record["resolved_from"],
            )
        return TimeExpression(
            span=self.span(record["span"]),
            type=record["type"],
            value=record["value"],
            interval=interval,
        )

    def event(self, record: Record) -> Event:
        return Event(
            id=record["id"],
            label=record["label"],
            trigger=self.span(record["trigger"]),
            lemma=record["lemma"],
            action=record["action"],
            category=record["category"],
            mode=record["mode"],
            sentence=self.span(record["sentence"]),
            roles=tuple(self.roles(record)),
            time=_optional(self.time, record["time"]),
            quantities=tuple(map(self.quantity, record["quantity"])),
            polarity=Polarity(record["polarity"]),
            modality=Modality(record["modality"]),
            attribution=_optional(self.attribution, record["source"]),
            evidence=self.evidence(record["evidence"]),
        )

    def roles(self, event: Record) -> Iterator[Role]:
        for name, key in ROLE_KEYS.items():
            for record in event[key]:
                yield Role(
                    name=name,
                    entity_id=record["entity"],
                    span=self.span(record["span"]),
                    rule=record["rule"],
                    score=record["score"],
                    inferred=record["inferred"],
                )

    def quantity(self, record: Record) -> Quantity:
        return Quantity(
            span=self.span(record["span"]),
            value=record["value"],
            maximum=record["max"],
            comparator=Comparator(record["comparator"]),
            unit=record["unit"],
            role=QuantityRole(record["role"]),
        )

    def attribution(self, record: Record) -> Attribution:
        return Attribution(
            mention_id=record["mention"],
            span=self.span(record["span"]),
            cue=self.span(record["cue"]),
            rule=record["rule"],
            entity_id=record["entity"],
        )

    def evidence(self, record: Record) -> Evidence:
        return Evidence(
            span=self.span(record["span"]),
            quote=record["quote"],
            rule=record["rule"],
            model=record["model"],
            score=record["score"],
        )


def _location(entity: Record) -> Location | None:
    row = entity["gazetteer"]
    if row is None:
        return None
    return Location(
        gazetteer_id=row["id"],
        name=row["name"],
        latitude=entity["lat"],
        longitude=entity["lon"],
        country=row["country"],
        score=row["score"],
    )


def _optional(make: Callable[[Record], T], record: Record | None) -> T | None:
    return make(record) if record is not None else None
