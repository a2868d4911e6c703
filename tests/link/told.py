"""What an article tells, made by hand: its actors, places and events, each by its words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kg.records import (
    Article,
    ArticleResult,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Location,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    RecordKey,
    Role,
    RoleName,
    Span,
    TimeExpression,
)

KINDS = {
    "person": EntityKind.PERSON,
    "organisation": EntityKind.ORGANIZATION,
    "group": EntityKind.GROUP,
    "place": EntityKind.PLACE,
    "country": EntityKind.COUNTRY,
}


class Telling:
    """One article, to which actors and events are added; each stands where its words first do."""

    def __init__(self, article_id: str, text: str, *, published: date | None = None) -> None:
        """Start with the bare text, its sentences ended by full stops."""
        self.article = Article(id=article_id, text=text, published=published)
        self._entities: dict[str, Entity] = {}
        self._mentions: list[Mention] = []
        self._events: list[Event] = []

    def name(self, words: str, kind: str, *, row: str = "", country: str | None = None) -> Entity:
        """Add an actor or place; a row of the gazetteer makes it a known place."""
        span = self._span(words)
        head = self._span(words.split()[-1])
        named = words[0].isupper()
        self._mentions.append(
            Mention(
                id=f"m-{words}",
                span=span,
                head=span if named else head,
                kind=MentionKind.NAME if named else MentionKind.NOMINAL,
                entity_kind=KINDS[kind],
                sentence=0,
                score=1.0,
            )
        )
        place = Location(
            gazetteer_id=row, name=words, latitude=0, longitude=0, country=country, score=0.9
        )
        self._entities[words] = Entity(
            id=f"e-{words}",
            kind=KINDS[kind],
            label=words,
            named=named,
            mention_ids=(f"m-{words}",),
            country=country,
            location=place if row else None,
        )
        return self._entities[words]

    def event(
        self,
        words: str,
        action: str,
        roles: Mapping[str, Sequence[str]],
        *,
        day: date | None = None,
    ) -> RecordKey:
        """Add an event whose trigger is "text/lemma"; its participants are known by their words."""
        text, _, lemma = words.partition("/")
        trigger = self._span(text)
        start = self.article.text.rfind(".", 0, trigger.start) + 1
        sentence = Span(
            article_id=self.article.id,
            start=start,
            end=self.article.text.index(".", trigger.start) + 1,
        )
        interval = DateInterval(first=day, last=day, resolved_from="test") if day else None
        event = Event(
            id=f"v-{text}",
            label=text,
            trigger=trigger,
            lemma=lemma or text,
            action=action,
            category=None,
            mode=None,
            sentence=sentence,
            roles=tuple(
                Role(
                    name=RoleName[name.upper()],
                    entity_id=f"e-{filler}",
                    span=self._span(filler),
                    rule="test",
                    score=0.9,
                )
                for name, fillers in roles.items()
                for filler in fillers
            ),
            time=TimeExpression(span=trigger, type="DATE", value="", interval=interval)
            if interval
            else None,
            quantities=(),
            polarity=Polarity.POSITIVE,
            modality=Modality.ACTUAL,
            attribution=None,
            evidence=Evidence(
                span=sentence,
                quote=self.article.text[sentence.start : sentence.end],
                rule="test",
                model="test",
                score=0.9,
            ),
        )
        self._events.append(event)
        return RecordKey(article_id=self.article.id, record_id=event.id)

    def result(self) -> ArticleResult:
        """All that was added."""
        return ArticleResult(
            article=self.article,
            mentions=tuple(self._mentions),
            entities=tuple(self._entities.values()),
            events=tuple(self._events),
        )

    def _span(self, words: str) -> Span:
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.article.text)
        if found is None:
            raise ValueError(f"{self.article.text!r} has no {words!r}")
        return Span(article_id=self.article.id, start=found.start(), end=found.end())
