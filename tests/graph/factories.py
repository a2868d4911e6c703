"""Results made by hand, small parts first: an article, its mentions and entities, its events."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

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
    Role,
    RoleName,
    Span,
    TimeExpression,
    content_id,
)

SENTENCES = (
    "The River Guard captured 40 raiders in Nordhaven on Friday, Colonel Ida Falk said.",
    "The Guard did not shell Nordhaven, she said.",
    "It may attack Mill Ford.",
    "Veland plans to send more than 200 soldiers to Nordhaven.",
    "Raiders often rob travellers on the Old Bridge.",
    "Three to five people died.",
)
TEXT = "\n\n".join(SENTENCES)
FRIDAY = DateInterval(
    first=date(2024, 5, 3), last=date(2024, 5, 3), resolved_from="the article's date"
)


def make_article(text: str = TEXT, **changes: object) -> Article:
    fields: dict[str, Any] = {
        "id": "clash",
        "text": text,
        "title": "Clash at the river",
        "published": date(2024, 5, 4),
        "source": "The Daily Reed",
        "url": "https://reed.example/clash",
    }
    return Article(**{**fields, **changes})


def span_of(article: Article, text: str, *, after: str = "") -> Span:
    """Where the words of ``text`` stand first, from where ``after`` stands first."""
    words = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    found = words.search(article.text, article.text.index(after))
    assert found is not None, text
    return Span(article_id=article.id, start=found.start(), end=found.end())


def make_mention(
    article: Article, span: Span, kind: EntityKind, how: MentionKind = MentionKind.NAME
) -> Mention:
    return Mention(
        id=content_id("mention", article.id, span.start, span.end),
        span=span,
        head=span,
        kind=how,
        entity_kind=kind,
        sentence=0,
        score=0.9,
    )


def make_entity(
    label: str, kind: EntityKind, mentions: Iterable[Mention], **changes: object
) -> Entity:
    fields: dict[str, Any] = {
        "id": content_id(kind, label),
        "kind": kind,
        "label": label,
        "named": label[0].isupper(),
        "mention_ids": tuple(mention.id for mention in mentions),
    }
    return Entity(**{**fields, **changes})


def make_role(name: RoleName, entity: Entity, span: Span, **changes: object) -> Role:
    fields: dict[str, Any] = {"rule": "subject_is_actor", "score": 0.8}
    return Role(name=name, entity_id=entity.id, span=span, **{**fields, **changes})


def make_event(article: Article, trigger: str, sentence: str, **changes: object) -> Event:
    """An event told as fact, without roles, unless ``changes`` says otherwise."""
    span = span_of(article, trigger, after=sentence)
    whole = span_of(article, sentence)
    fields: dict[str, Any] = {
        "id": content_id("event", article.id, span.start),
        "label": sentence.rstrip("."),
        "trigger": span,
        "lemma": trigger,
        "action": "attack",
        "category": "ASSAULT",
        "mode": None,
        "sentence": whole,
        "roles": (),
        "time": None,
        "quantities": (),
        "polarity": Polarity.POSITIVE,
        "modality": Modality.ACTUAL,
        "attribution": None,
        "evidence": Evidence(
            span=whole, quote=sentence, rule="verb_is_event", model="test 1", score=0.75
        ),
    }
    return Event(**{**fields, **changes})


def make_quantity(span: Span, value: float | None, **changes: object) -> Quantity:
    fields: dict[str, Any] = {
        "maximum": None,
        "comparator": Comparator.EXACTLY,
        "unit": "people",
        "role": QuantityRole.TARGET,
    }
    return Quantity(span=span, value=value, **{**fields, **changes})


def make_result(article: Article | None = None, **changes: object) -> ArticleResult:
    return ArticleResult(article=article or make_article(), **changes)


def clash(article_id: str = "clash") -> ArticleResult:
    """An article with a capture, a denial, a plan, a possibility, a habit and a death toll."""
    article = make_article(id=article_id)
    things = {
        "guard": ("River Guard", EntityKind.ORGANIZATION, {"aliases": ("The Guard",)}),
        "raiders": ("40 raiders", EntityKind.GROUP, {}),
        "town": ("Nordhaven", EntityKind.PLACE, {"location": _town()}),
        "colonel": ("Ida Falk", EntityKind.PERSON, {}),
        "ford": ("Mill Ford", EntityKind.PLACE, {}),
        "state": ("Veland", EntityKind.COUNTRY, {"country": "VEL"}),
        "bridge": ("Old Bridge", EntityKind.FACILITY, {}),
    }
    mentions = {
        key: make_mention(article, span_of(article, label), kind)
        for key, (label, kind, _) in things.items()
    }
    she = make_mention(
        article,
        span_of(article, "she"),
        EntityKind.PERSON,
        MentionKind.PRONOUN,
    )
    entities = {
        key: make_entity(
            label, kind, [mentions[key], *([she] if key == "colonel" else [])], **changes
        )
        for key, (label, kind, changes) in things.items()
    }
    return ArticleResult(
        article=article,
        sentences=tuple(span_of(article, sentence) for sentence in SENTENCES),
        mentions=(*mentions.values(), she),
        entities=tuple(entities.values()),
        times=(_friday(article),),
        events=tuple(_clash_events(article, entities, she)),
        memberships=(
            Membership(
                member=entities["colonel"].id,
                body=entities["guard"].id,
                span=span_of(article, "Colonel Ida Falk"),
                rule="body_before_member",
                score=0.8,
            ),
        ),
    )


def _clash_events(article: Article, entities: dict[str, Entity], she: Mention) -> Iterable[Event]:
    captured, shelled, attack, send, rob, died = SENTENCES

    def role(name: RoleName, key: str, text: str, after: str) -> Role:
        return make_role(name, entities[key], span_of(article, text, after=after))

    colonel = entities["colonel"]
    actor, target, place = RoleName.ACTOR, RoleName.TARGET, RoleName.PLACE
    yield make_event(
        article,
        "captured",
        captured,
        label="River Guard captured 40 raiders in Nordhaven",
        lemma="capture",
        action="capture-person",
        mode="abduct",
        roles=(
            role(actor, "guard", "The River Guard", captured),
            role(target, "raiders", "40 raiders", captured),
            role(place, "town", "Nordhaven", captured),
        ),
        time=_friday(article),
        quantities=(make_quantity(span_of(article, "40"), 40, unit="raiders"),),
        attribution=_told(article, captured, "Colonel Ida Falk", entity=colonel),
    )
    yield make_event(
        article,
        "shell",
        shelled,
        label="River Guard did not shell Nordhaven",
        action="bombard",
        mode="heavy-weapons",
        roles=(
            role(actor, "guard", "The Guard", shelled),
            role(target, "town", "Nordhaven", shelled),
        ),
        polarity=Polarity.NEGATIVE,
        attribution=_told(article, shelled, "she", entity=colonel),
    )
    yield make_event(
        article,
        "attack",
        attack,
        label="River Guard might attack Mill Ford",
        roles=(role(actor, "guard", "It", attack), role(place, "ford", "Mill Ford", attack)),
        modality=Modality.HYPOTHETICAL,
    )
    yield make_event(
        article,
        "send",
        send,
        label="Veland to send soldiers to Nordhaven",
        action="deploy",
        category="MOBILIZE",
        mode="troops",
        roles=(role(actor, "state", "Veland", send), role(place, "town", "Nordhaven", send)),
        quantities=(
            make_quantity(
                span_of(article, "more than 200"),
                200,
                comparator=Comparator.MORE_THAN,
                unit="soldiers",
            ),
        ),
        modality=Modality.PLANNED,
    )
    yield make_event(
        article,
        "rob",
        rob,
        label="Raiders rob travellers on the Old Bridge",
        action="rob",
        category=None,
        roles=(role(place, "bridge", "the Old Bridge", rob),),
        modality=Modality.HABITUAL,
    )
    yield make_event(
        article,
        "died",
        died,
        label="Three to five people died",
        lemma="die",
        action="die",
        category=None,
        roles=(
            make_role(
                place, entities["town"], span_of(article, "Nordhaven"), inferred=True, score=0.4
            ),
        ),
        quantities=(
            make_quantity(
                span_of(article, "Three to five"),
                3,
                maximum=5,
                comparator=Comparator.RANGE,
                role=QuantityRole.DEAD,
            ),
        ),
    )


def _town() -> Location:
    return Location(
        gazetteer_id="geonames:1",
        name="Nordhaven",
        latitude=60.5,
        longitude=-4.25,
        country="VEL",
        score=0.9,
    )


def _friday(article: Article) -> TimeExpression:
    return TimeExpression(
        span=span_of(article, "on Friday"), type="DATE", value="2024-05-03", interval=FRIDAY
    )


def _told(article: Article, sentence: str, speaker: str, *, entity: Entity) -> Attribution:
    return Attribution(
        mention_id=entity.mention_ids[0],
        span=span_of(article, speaker, after=sentence),
        cue=span_of(article, "said", after=sentence),
        rule="subject_of_said_is_speaker",
        entity_id=entity.id,
    )
