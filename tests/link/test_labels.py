"""What an event is called: one plain sentence that says how the text means it."""

from dataclasses import dataclass, replace

import pytest

from kg.link.labels import event_label, is_plural
from kg.records import (
    Entity,
    EntityKind,
    EventMention,
    Evidence,
    Modality,
    Polarity,
    Role,
    RoleName,
    Span,
)

ACTOR, TARGET, PLACE = RoleName.ACTOR, RoleName.TARGET, RoleName.PLACE
BODY, GROUP, PERSON, TOWN = (
    EntityKind.ORGANIZATION,
    EntityKind.GROUP,
    EntityKind.PERSON,
    EntityKind.PLACE,
)


def span_of(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(article_id="a", start=at, end=at + len(words))


@dataclass(frozen=True)
class Told:
    """An event of a text, its participants being told in the order of their words."""

    text: str
    trigger: str
    lemma: str
    pos: str = "VERB"
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL
    parts: tuple[tuple[RoleName, str, str, Entity], ...] = ()

    def part(
        self, name: RoleName, words: str, rule: str, kind: EntityKind, label: str = ""
    ) -> "Told":
        shown = label or words
        is_name = shown[:1].isupper() and not shown.startswith(("They", "No "))
        thing = Entity(id=shown, kind=kind, label=shown, named=is_name)
        return replace(self, parts=(*self.parts, (name, words, rule, thing)))

    def label(self) -> str:
        whole = span_of(self.text, self.text)
        event = EventMention(
            id="e",
            trigger=span_of(self.text, self.trigger),
            lemma=self.lemma,
            pos=self.pos,
            action="act",
            category=None,
            mode=None,
            sentence=whole,
            arguments=(),
            time=None,
            quantities=(),
            polarity=self.polarity,
            modality=self.modality,
            attribution=None,
            evidence=Evidence(span=whole, quote=self.text, rule="r", model="m", score=1.0),
        )
        roles = tuple(
            Role(
                name=name,
                entity_id=thing.id,
                span=span_of(self.text, words),
                rule=rule,
                score=0.9,
            )
            for name, words, rule, thing in self.parts
        )
        return event_label(self.text, event, roles, {p[3].id: p[3] for p in self.parts})


RAID = (
    Told("Rebels attack the barracks in Zorn.", "attack", "attack")
    .part(ACTOR, "Rebels", "subject_is_actor", GROUP)
    .part(TARGET, "the barracks", "object_is_target", EntityKind.FACILITY, "barracks")
    .part(PLACE, "Zorn", "located_in_phrase", TOWN)
)


@pytest.mark.parametrize(
    ("polarity", "modality", "label"),
    [
        (Polarity.POSITIVE, Modality.ACTUAL, "Rebels attacked barracks in Zorn"),
        (Polarity.POSITIVE, Modality.HABITUAL, "Rebels attack barracks in Zorn"),
        (Polarity.POSITIVE, Modality.PLANNED, "Rebels to attack barracks in Zorn"),
        (Polarity.POSITIVE, Modality.HYPOTHETICAL, "Rebels might attack barracks in Zorn"),
        (Polarity.NEGATIVE, Modality.ACTUAL, "Rebels did not attack barracks in Zorn"),
        (Polarity.NEGATIVE, Modality.HABITUAL, "Rebels do not attack barracks in Zorn"),
        (Polarity.NEGATIVE, Modality.PLANNED, "Rebels not to attack barracks in Zorn"),
        (Polarity.NEGATIVE, Modality.HYPOTHETICAL, "Rebels might not attack barracks in Zorn"),
    ],
)
def test_verb_says_how_the_event_is_meant(
    polarity: Polarity, modality: Modality, label: str
) -> None:
    assert replace(RAID, polarity=polarity, modality=modality).label() == label


TAKEN = Told("They are often taken to a camp.", "taken", "take")


@pytest.mark.parametrize(
    ("polarity", "modality", "label"),
    [
        (Polarity.POSITIVE, Modality.ACTUAL, "they were taken"),
        (Polarity.POSITIVE, Modality.HABITUAL, "they are taken"),
        (Polarity.POSITIVE, Modality.PLANNED, "they to be taken"),
        (Polarity.NEGATIVE, Modality.ACTUAL, "they were not taken"),
        (Polarity.NEGATIVE, Modality.HYPOTHETICAL, "they might not be taken"),
    ],
)
def test_passive_agrees_and_says_how_it_is_meant(
    polarity: Polarity, modality: Modality, label: str
) -> None:
    event = TAKEN.part(TARGET, "They", "passive_subject_is_target", GROUP)
    assert replace(event, polarity=polarity, modality=modality).label() == label


ATTACK = (
    Told("The attack on Zorn by rebels failed.", "attack", "attack", pos="NOUN")
    .part(ACTOR, "rebels", "by_phrase_of_noun_is_actor", GROUP)
    .part(TARGET, "Zorn", "prepositional_phrase_of_noun_is_target", TOWN)
)


@pytest.mark.parametrize(
    ("polarity", "modality", "label"),
    [
        (Polarity.POSITIVE, Modality.ACTUAL, "attack by rebels on Zorn"),
        (Polarity.POSITIVE, Modality.PLANNED, "planned attack by rebels on Zorn"),
        (Polarity.POSITIVE, Modality.HYPOTHETICAL, "possible attack by rebels on Zorn"),
        (Polarity.NEGATIVE, Modality.ACTUAL, "no attack by rebels on Zorn"),
    ],
)
def test_noun_says_how_the_event_is_meant(
    polarity: Polarity, modality: Modality, label: str
) -> None:
    assert replace(ATTACK, polarity=polarity, modality=modality).label() == label


SELF = "coordinated_predicate_shares_subject_is_actor"


@pytest.mark.parametrize(
    ("event", "label"),
    [
        # What a noun's owner suffers, and both together.
        (
            Told("Their defeat looms.", "defeat", "defeat", "NOUN").part(
                TARGET, "Their", "owner_is_target", GROUP, "rebels"
            ),
            "defeat of rebels",
        ),
        (
            Told("Karlov's killing by a guard", "killing", "killing", "NOUN")
            .part(TARGET, "Karlov", "owner_is_target", PERSON)
            .part(ACTOR, "a guard", "by_phrase_of_noun_is_actor", PERSON, "guard"),
            "killing of Karlov by guard",
        ),
        (
            Told("defiance of rebels and clerics", "defiance", "defiance", "NOUN")
            .part(TARGET, "rebels", "of_phrase_is_target", GROUP)
            .part(TARGET, "clerics", "of_phrase_is_target", GROUP),
            "defiance of rebels and clerics",
        ),
        (
            Told("talks between Veland and Norland", "talks", "talk", "NOUN")
            .part(ACTOR, "Veland", "parties_of_noun_are_actors", EntityKind.COUNTRY)
            .part(ACTOR, "Norland", "parties_of_noun_are_actors", EntityKind.COUNTRY),
            "talks between Veland and Norland",
        ),
        (
            Told("support for President Ahn", "support", "support", "NOUN").part(
                TARGET, "Ahn", "prepositional_phrase_of_noun_is_target", PERSON
            ),
            "support for Ahn",
        ),
        # Particles, and pronouns in their case.
        (
            Told("Many had given themselves up.", "given", "give").part(
                TARGET, "themselves", "object_is_target", GROUP, "many"
            ),
            "many gave themselves up",
        ),
        (
            Told("He walked up and turned himself in to police.", "turned", "turn")
            .part(ACTOR, "He", SELF, PERSON, "Ahn")
            .part(TARGET, "himself", "object_is_target", PERSON, "Ahn")
            .part(TARGET, "police", "marked_oblique_is_target", GROUP),
            "Ahn turned himself in to police",
        ),
        (
            Told("efforts to roll back the militia", "roll", "roll").part(
                TARGET, "the militia", "object_is_target", BODY, "militia"
            ),
            "militia was rolled back",
        ),
        (
            Told("They stopped them.", "stopped", "stop")
            .part(ACTOR, "They", "subject_is_actor", GROUP, "They")
            .part(TARGET, "them", "object_is_target", GROUP, "they"),
            "they stopped them",
        ),
        (
            Told("The US hit us.", "hit", "hit")
            .part(ACTOR, "US", "subject_is_actor", EntityKind.COUNTRY)
            .part(TARGET, "us", "object_is_target", GROUP),
            "US hit us",
        ),
        # Who is the grammatical subject.
        (
            Told("Her baby died.", "died", "die").part(
                TARGET, "Her baby", "subject_is_target", PERSON, "her baby"
            ),
            "her baby died",
        ),
        (
            Told("shot and killed him", "shot", "shoot").part(
                TARGET, "him", "coordinated_predicate_shares_object", PERSON, "Ahn"
            ),
            "Ahn was shot",
        ),
        (
            Told("No passenger was hurt.", "hurt", "hurt", polarity=Polarity.NEGATIVE).part(
                TARGET, "No passenger", "passive_subject_is_target", PERSON, "No passenger"
            ),
            "no passenger was hurt",
        ),
        (
            Told("Two men were found dead.", "dead", "dead", "ADJ").part(
                TARGET, "Two men", "subject_is_target", GROUP, "two men"
            ),
            "two men were dead",
        ),
        # Targets that are no objects stay behind their preposition.
        (
            Told("shooting at officers", "shooting", "shoot").part(
                TARGET, "officers", "marked_oblique_is_target", GROUP
            ),
            "shooting at officers",
        ),
        (
            Told("Ahn fired at the house and the barn", "fired", "fire")
            .part(ACTOR, "Ahn", "subject_is_actor", PERSON)
            .part(TARGET, "the house", "marked_oblique_is_target", EntityKind.FACILITY, "house")
            .part(TARGET, "the barn", "marked_oblique_is_target", EntityKind.FACILITY, "barn"),
            "Ahn fired at house and barn",
        ),
        (
            Told("Ahn shot Bo at close range", "shot", "shoot")
            .part(ACTOR, "Ahn", "subject_is_actor", PERSON)
            .part(TARGET, "Bo", "object_is_target", PERSON)
            .part(TARGET, "close range", "marked_oblique_is_target", EntityKind.PLACE),
            "Ahn shot Bo at close range",
        ),
        # Nothing but the event, and a place that is beside the matter.
        (Told("an attempt to disrupt it", "disrupt", "disrupt"), "disrupting"),
        (
            Told("Taking Zorn, a town on the river,", "Taking", "take")
            .part(TARGET, "Zorn", "object_is_target", TOWN)
            .part(PLACE, "a town", "containing_place", TOWN, "town"),
            "Zorn was taken",
        ),
        (
            Told("Troops pulled out of Zorn.", "pulled", "pull")
            .part(ACTOR, "Troops", "subject_is_actor", GROUP)
            .part(PLACE, "Zorn", "located_in_phrase", TOWN),
            "Troops pulled out of Zorn",
        ),
    ],
)
def test_label_is_a_plain_sentence(event: Told, label: str) -> None:
    assert event.label() == label


def test_only_three_of_many_actors_are_named() -> None:
    event = Told("Ahn, Bo, Cy and Di left.", "left", "leave")
    for name in ("Ahn", "Bo", "Cy", "Di"):
        event = event.part(ACTOR, name, "subject_is_actor", PERSON)
    assert event.label() == "Ahn, Bo, Cy and others left"


@pytest.mark.parametrize(
    ("label", "kind", "named", "plural"),
    [
        ("River Defence Forces", BODY, True, True),
        ("Reuters", BODY, True, False),
        ("Turks", GROUP, True, True),
        ("opposition", GROUP, False, False),
        ("group of women", GROUP, False, False),
        ("at least 75 men", GROUP, False, True),
        ("many children", GROUP, False, True),
        ("police", GROUP, False, True),
        ("journalists", GROUP, False, True),
        ("US", EntityKind.COUNTRY, True, False),
        ("boss", PERSON, False, False),
        ("62-year-old man", PERSON, False, False),
        ("They", GROUP, False, True),
        ("it", BODY, False, False),
        ("those", GROUP, False, True),
    ],
)
def test_number(label: str, kind: EntityKind, *, named: bool, plural: bool) -> None:
    assert is_plural(Entity(id="e", kind=kind, label=label, named=named)) is plural
