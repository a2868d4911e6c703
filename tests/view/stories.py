"""Results made by hand for the viewer's tests."""

from collections.abc import Iterable
from datetime import date

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
    Modality,
    Polarity,
    Quantity,
    QuantityRole,
    Role,
    RoleName,
    Span,
    TimeExpression,
)

FLOOD = (
    "The river Tarn burst its banks on Monday.\n\n"
    "Soldiers rescued 30 villagers from Oldham Bridge on Tuesday, mayor Ada Quist said. "
    "The army denied that troops had looted a shop in Oldham Bridge. "
    "The council plans to house the villagers in Redcombe."
)


class Story:
    """An article under construction; spans are given by their words."""

    def __init__(self, article_id: str, text: str, title: str) -> None:
        self.article = Article(
            id=article_id, text=text, title=title, published=date(2024, 5, 8), source="The Courier"
        )
        self.entities: dict[str, Entity] = {}
        self.events: list[Event] = []

    def span(self, words: str, after: int = 0) -> Span:
        start = self.article.text.index(words, after)
        return Span(article_id=self.article.id, start=start, end=start + len(words))

    def sentence(self, span: Span) -> Span:
        text = self.article.text
        ends = [text.rfind(mark, 0, span.start) for mark in (". ", "\n")]
        start = max(ends[0] + 2 if ends[0] >= 0 else 0, ends[1] + 1)
        stop = text.find(".", span.end)
        return Span(article_id=span.article_id, start=start, end=stop + 1 or len(text))

    def entity(self, key: str, kind: EntityKind, label: str, **fields: object) -> None:
        self.entities[key] = Entity(id=key, kind=kind, label=label, named=True, **fields)  # type: ignore[arg-type]

    def event(
        self,
        key: str,
        trigger: str,
        *roles: tuple[RoleName, str, str],
        says: tuple[str, str, str] | None = None,
        time: str | None = None,
        **fields: object,
    ) -> None:
        word = self.span(trigger)
        sentence = self.sentence(word)
        values: dict[str, object] = {
            "label": f"something {trigger}",
            "category": "AID",
            "polarity": Polarity.POSITIVE,
            "modality": Modality.ACTUAL,
            "quantities": (),
            "mode": None,
            "action": trigger,
            **fields,
        }
        self.events.append(
            Event(  # type: ignore[arg-type]
                id=key,
                trigger=word,
                lemma=trigger,
                sentence=sentence,
                roles=tuple(self._role(sentence, *role) for role in roles),
                time=self._time(sentence, time),
                attribution=self._attribution(sentence, *says) if says else None,
                evidence=Evidence(
                    span=sentence,
                    quote=self.article.text[sentence.start : sentence.end],
                    rule="verb_is_event",
                    model="hand",
                    score=0.9,
                ),
                **values,
            )
        )

    def result(self) -> ArticleResult:
        return ArticleResult(
            article=self.article,
            entities=tuple(self.entities.values()),
            events=tuple(self.events),
        )

    def _role(self, sentence: Span, name: RoleName, key: str, words: str) -> Role:
        span = self.span(words, sentence.start)
        return Role(name=name, entity_id=key, span=span, rule="subject_is_actor", score=0.8)

    def _time(self, sentence: Span, words: str | None) -> TimeExpression | None:
        if words is None:
            return None
        day = date(2024, 5, 7)
        interval = DateInterval(first=day, last=day, resolved_from=words)
        span = self.span(words, sentence.start)
        return TimeExpression(span=span, type="DATE", value=day.isoformat(), interval=interval)

    def _attribution(self, sentence: Span, key: str, who: str, cue: str) -> Attribution:
        return Attribution(
            mention_id="m",
            span=self.span(who, sentence.start),
            cue=self.span(cue, sentence.start),
            rule="subject_of_saying",
            entity_id=key,
        )


def flood(article_id: str = "flood") -> ArticleResult:
    """Four events: one plain, one told by somebody and counted, one denied, one planned."""
    story = Story(article_id, FLOOD, "Soldiers rescue villagers after flood")
    quantity = Quantity(
        span=story.span("30 villagers"),
        value=30.0,
        maximum=None,
        comparator=Comparator.EXACTLY,
        unit="villagers",
        role=QuantityRole.TARGET,
    )
    place = Location(
        gazetteer_id="7",
        name="Oldham Bridge",
        latitude=51.5,
        longitude=-1.25,
        country="GBR",
        score=1.0,
    )
    story.entity("soldiers", EntityKind.GROUP, "Soldiers", aliases=("troops",))
    story.entity("villagers", EntityKind.GROUP, "30 villagers")
    story.entity("bridge", EntityKind.PLACE, "Oldham Bridge", location=place)
    story.entity("redcombe", EntityKind.PLACE, "Redcombe")
    story.entity("mayor", EntityKind.PERSON, "Ada Quist", mention_ids=("1", "2"))
    story.entity("army", EntityKind.ORGANIZATION, "The army")
    story.entity("council", EntityKind.ORGANIZATION, "The council")
    story.event("e-burst", "burst", category=None)
    story.event(
        "e-rescue",
        "rescued",
        (RoleName.ACTOR, "soldiers", "Soldiers"),
        (RoleName.TARGET, "villagers", "30 villagers"),
        (RoleName.PLACE, "bridge", "Oldham Bridge"),
        says=("mayor", "mayor Ada Quist", "said"),
        time="on Tuesday",
        quantities=(quantity,),
        label="Soldiers rescued 30 villagers in Oldham Bridge",
    )
    story.event(
        "e-loot",
        "looted",
        (RoleName.ACTOR, "soldiers", "troops"),
        (RoleName.PLACE, "bridge", "Oldham Bridge"),
        says=("army", "The army", "denied"),
        polarity=Polarity.NEGATIVE,
        category="COERCE",
    )
    story.event(
        "e-house",
        "house",
        (RoleName.ACTOR, "council", "The council"),
        (RoleName.TARGET, "villagers", "the villagers"),
        (RoleName.PLACE, "redcombe", "Redcombe"),
        modality=Modality.PLANNED,
    )
    return story.result()


def crowd(n_events: int) -> ArticleResult:
    """An article of ``n_events`` events between a tenth as many actors."""
    n_actors = max(n_events // 10, 2)
    sentences = [f"Unit {i % n_actors} met{i} Unit {i * 7 % n_actors}." for i in range(n_events)]
    story = Story("crowd", " ".join(sentences), "Many meetings")
    for number in range(n_actors):
        story.entity(f"unit-{number}", EntityKind.GROUP, f"Unit {number} of the Northern Division")
    for i in range(n_events):
        pairs = ((RoleName.ACTOR, i % n_actors), (RoleName.TARGET, i * 7 % n_actors))
        roles = [(role, f"unit-{number}", f"Unit {number}") for role, number in pairs]
        story.event(f"met-{i:04}", f"met{i} ".strip(), *roles)
    return story.result()


def with_labels(labels: Iterable[str]) -> ArticleResult:
    """One event for each label, which stands as title, text, name, action and id."""
    text = " ".join(labels)
    story = Story("x", f"{text}.", text)
    for label in labels:
        story.entity(f"id {label}", EntityKind.GROUP, label, aliases=(label,), country=label)
        story.event(
            f"event {label}",
            label,
            (RoleName.ACTOR, f"id {label}", label),
            label=label,
            category=label,
            mode=label,
        )
    return story.result()
