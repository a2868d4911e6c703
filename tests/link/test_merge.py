"""From an extraction made by hand to entities and events."""

import re
from typing import cast

import pytest

from kg.errors import StoreError
from kg.link.gazetteer import Gazetteer, PlaceCandidate
from kg.link.merge import link
from kg.placenames import Feature
from kg.records import (
    Argument,
    Article,
    ArticleResult,
    Attribution,
    Entity,
    EntityKind,
    EventMention,
    Evidence,
    Extraction,
    Membership,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    RoleName,
    Span,
)

TEXT = (
    "The Syrian Democratic Forces (SDF) captured 400 fighters in Hajin. They were not harmed, "
    "the SDF said. A man saw it in the US."
)
PERSON, GROUP, BODY = EntityKind.PERSON, EntityKind.GROUP, EntityKind.ORGANIZATION
NAME, NOUN, PRONOUN = MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN


class OneTown:
    """A gazetteer that knows one town."""

    def candidates(self, name: str) -> tuple[PlaceCandidate, ...]:
        if name != "Hajin":
            return ()
        return (
            PlaceCandidate(
                gazetteer_id="1",
                name="Hajin",
                feature=Feature.SETTLEMENT,
                latitude=34.7,
                longitude=40.8,
                country="SYR",
                division="SY.07",
                population=37_000,
                match=1.0,
            ),
        )

    def areas(self, name: str) -> tuple[PlaceCandidate, ...]:
        return ()

    def country(self, iso3: str) -> tuple[PlaceCandidate, ...]:
        return ()


class Broken(OneTown):
    """A gazetteer whose file is damaged."""

    def candidates(self, name: str) -> tuple[PlaceCandidate, ...]:
        raise StoreError("index: damaged")


ONE_TOWN = cast(Gazetteer, OneTown())


def span(words: str, *, text: str = TEXT, nth: int = 0, article_id: str = "a") -> Span:
    start = [m.start() for m in re.finditer(re.escape(words), text)][nth]
    return Span(article_id=article_id, start=start, end=start + len(words))


def mention(
    words: str,
    kind: MentionKind,
    entity_kind: EntityKind,
    *,
    text: str = TEXT,
    nth: int = 0,
    article_id: str = "a",
) -> Mention:
    where = span(words, text=text, nth=nth, article_id=article_id)
    return Mention(
        id=f"{article_id}:{words}:{nth}",
        span=where,
        head=where,
        kind=kind,
        entity_kind=entity_kind,
        sentence=0,
        score=0.9,
    )


MENTIONS = (
    mention("Syrian Democratic Forces", NAME, BODY),
    mention("SDF", NAME, BODY),
    mention("400 fighters", NOUN, GROUP),
    mention("Hajin", NAME, EntityKind.PLACE),
    mention("They", PRONOUN, GROUP),
    mention("SDF", NAME, BODY, nth=1),
    mention("A man", NOUN, PERSON),
    mention("US", NAME, EntityKind.COUNTRY),
)
CHAINS = (("a:Syrian Democratic Forces:0", "a:SDF:0", "a:SDF:1"), ("a:400 fighters:0", "a:They:0"))


def told(
    trigger: str,
    lemma: str,
    *arguments: tuple[RoleName, str, str],
    polarity: Polarity = Polarity.POSITIVE,
    modality: Modality = Modality.ACTUAL,
    speaker: str | None = None,
    pos: str = "VERB",
) -> EventMention:
    attribution = None
    if speaker is not None:
        attribution = Attribution(
            mention_id=speaker, span=span("SDF", nth=1), cue=span("said"), rule="reported_clause"
        )
    return EventMention(
        id=f"v-{trigger}",
        trigger=span(trigger),
        lemma=lemma,
        pos=pos,
        action=lemma,
        category=None,
        mode=None,
        sentence=span(TEXT),
        arguments=tuple(
            Argument(name=role, mention_id=m, rule=rule, score=0.9) for role, m, rule in arguments
        ),
        time=None,
        quantities=(),
        polarity=polarity,
        modality=modality,
        attribution=attribution,
        evidence=Evidence(span=span(TEXT), quote=TEXT, rule="r", model="m", score=0.9),
    )


CAPTURE = told(
    "captured",
    "capture",
    (RoleName.ACTOR, "a:SDF:0", "subject_is_actor"),
    (RoleName.TARGET, "a:400 fighters:0", "object_is_target"),
    (RoleName.PLACE, "a:Hajin:0", "place_phrase"),
)
HARM = told(
    "harmed",
    "harm",
    (RoleName.TARGET, "a:They:0", "passive_subject_is_target"),
    polarity=Polarity.NEGATIVE,
    speaker="a:SDF:1",
)


def linked(
    *events: EventMention,
    mentions: tuple[Mention, ...] = MENTIONS,
    chains: tuple[tuple[str, ...], ...] = CHAINS,
    gazetteer: Gazetteer = ONE_TOWN,
) -> ArticleResult:
    extraction = Extraction(
        article=Article(id="a", text=TEXT),
        mentions=mentions,
        event_mentions=events or (CAPTURE, HARM),
        chains=chains,
    )
    return link(extraction, gazetteer=gazetteer)


def entity(result: ArticleResult, label: str) -> Entity:
    (found,) = [e for e in result.entities if e.label == label]
    return found


def test_chain_is_an_entity_with_its_best_name_and_aliases() -> None:
    forces = entity(linked(), "Syrian Democratic Forces")
    assert forces.kind is BODY
    assert forces.named
    assert forces.aliases == ("SDF",)
    assert forces.country == "SYR"
    assert forces.mention_ids == CHAINS[0]


def test_pronoun_belongs_to_its_noun_and_does_not_name_it() -> None:
    fighters = entity(linked(), "400 fighters")
    assert fighters.mention_ids == CHAINS[1]
    assert not fighters.named
    assert fighters.aliases == ()


def test_noun_that_takes_part_in_nothing_is_an_entity_all_the_same() -> None:
    assert "man" in {e.label for e in linked().entities}


def test_name_that_takes_part_in_nothing_is_an_entity() -> None:
    country = entity(linked(), "US")
    assert (country.kind, country.country) == (EntityKind.COUNTRY, "USA")


def test_place_gets_its_location_and_country() -> None:
    town = entity(linked(), "Hajin")
    assert town.location is not None
    assert (town.location.latitude, town.country) == (34.7, "SYR")


def test_damaged_gazetteer_leaves_all_but_locations(caplog: pytest.LogCaptureFixture) -> None:
    result = linked(gazetteer=cast(Gazetteer, Broken()))
    assert entity(result, "Hajin").location is None
    assert len(result.events) == 2
    assert "damaged" in caplog.text


def test_events_have_entities_in_their_roles_and_as_speakers() -> None:
    result = linked()
    capture, harm = result.events
    names = {e.id: e.label for e in result.entities}
    assert [(r.name, names[r.entity_id]) for r in capture.roles] == [
        (RoleName.ACTOR, "Syrian Democratic Forces"),
        (RoleName.TARGET, "400 fighters"),
        (RoleName.PLACE, "Hajin"),
    ]
    assert names[harm.roles[0].entity_id] == "400 fighters"
    assert harm.attribution is not None
    assert names[str(harm.attribution.entity_id)] == "Syrian Democratic Forces"


def test_entity_fills_a_role_once() -> None:
    twice = told(
        "captured",
        "capture",
        (RoleName.ACTOR, "a:SDF:0", "subject_is_actor"),
        (RoleName.ACTOR, "a:SDF:1", "subject_is_actor"),
    )
    assert len(linked(twice).events[0].roles) == 1


def test_two_spellings_of_one_country_are_one_entity() -> None:
    text = "The US and the United States"
    mentions = tuple(
        mention(words, NAME, EntityKind.COUNTRY, text=text) for words in ("US", "United States")
    )
    article = Article(id="a", text=text)
    result = link(Extraction(article=article, mentions=mentions), gazetteer=ONE_TOWN)
    (country,) = result.entities
    assert country.label == "US"
    assert country.aliases == ("United States",)
    assert len(country.mention_ids) == 2


def test_capital_taken_for_a_country_is_a_place() -> None:
    mentions = (mention("Hajin", NAME, EntityKind.COUNTRY),)
    (town,) = linked(mentions=mentions, chains=()).entities
    assert town.kind is EntityKind.PLACE


def other_article(text: str) -> ArticleResult:
    mentions = (
        mention("SDF", NAME, BODY, text=text, article_id="b"),
        mention("400 fighters", NOUN, GROUP, text=text, article_id="b"),
        mention("they", PRONOUN, GROUP, text=text, article_id="b"),
    )
    chains = (("b:400 fighters:0", "b:they:0"),)
    article = Article(id="b", text=text)
    return link(Extraction(article=article, mentions=mentions, chains=chains), gazetteer=ONE_TOWN)


def test_named_entity_has_one_id_in_every_article_and_a_noun_its_own() -> None:
    other = {e.label: e.id for e in other_article("SDF: 400 fighters said they left.").entities}
    here = linked(CAPTURE, mentions=MENTIONS[1:4], chains=())
    ids = {e.label: e.id for e in here.entities}
    assert ids["Syrian Democratic Forces"] == other["Syrian Democratic Forces"]
    assert ids["400 fighters"] != other["400 fighters"]


def test_same_extraction_gives_the_same_result() -> None:
    assert linked() == linked()


TARGET_ONLY = (RoleName.TARGET, "a:400 fighters:0", "passive_subject_is_target")
ACTOR = (RoleName.ACTOR, "a:SDF:0", "subject_is_actor")
OBJECT = (RoleName.TARGET, "a:400 fighters:0", "object_is_target")


@pytest.mark.parametrize(
    ("event", "label"),
    [
        (CAPTURE, "Syrian Democratic Forces captured 400 fighters in Hajin"),
        (HARM, "400 fighters were not harmed"),
        (
            told("captured", "take", ACTOR, OBJECT, modality=Modality.PLANNED),
            "Syrian Democratic Forces to take 400 fighters",
        ),
        (
            told("captured", "deny", ACTOR, OBJECT, modality=Modality.HYPOTHETICAL),
            "Syrian Democratic Forces might deny 400 fighters",
        ),
        (
            told("captured", "stop", ACTOR, OBJECT, polarity=Polarity.NEGATIVE),
            "Syrian Democratic Forces did not stop 400 fighters",
        ),
        (
            told(
                "captured",
                "capture",
                (RoleName.ACTOR, "a:SDF:0", "owner_is_actor"),
                (RoleName.TARGET, "a:Hajin:0", "of_phrase_is_target"),
                pos="NOUN",
            ),
            "captured by Syrian Democratic Forces in Hajin",
        ),
    ],
)
def test_label_is_a_sentence(event: EventMention, label: str) -> None:
    assert linked(event).events[0].label == label


def test_role_is_quoted_by_a_noun_rather_than_by_its_pronoun() -> None:
    harm = told(
        "harmed",
        "harm",
        (RoleName.TARGET, "a:They:0", "passive_subject_is_target"),
        (RoleName.TARGET, "a:400 fighters:0", "semantic_patient_is_target"),
    )
    (event,) = linked(harm).events
    (role,) = event.roles
    assert role.span == span("400 fighters")


def test_memberships_are_between_those_who_act_and_bodies() -> None:
    def member(one: str, body: str) -> Membership:
        return Membership(
            member=f"a:{one}",
            body=f"a:{body}",
            span=span(TEXT),
            rule="body_after_member",
            score=0.8,
        )

    found = link(
        Extraction(
            article=Article(id="a", text=TEXT),
            mentions=MENTIONS,
            chains=CHAINS,
            event_mentions=(
                told("captured", "capture", (RoleName.TARGET, "a:400 fighters:0", "x")),
            ),
            memberships=(
                member("They:0", "SDF:1"),
                member("400 fighters:0", "SDF:0"),
                member("SDF:0", "Syrian Democratic Forces:0"),
                member("400 fighters:0", "Hajin:0"),
                member("US:0", "SDF:0"),
                member("A man:0", "SDF:0"),
            ),
        ),
        gazetteer=ONE_TOWN,
    )
    labels = {entity.id: entity.label for entity in found.entities}
    assert [(labels[one.member], labels[one.body]) for one in found.memberships] == [
        ("400 fighters", "Syrian Democratic Forces"),
        ("man", "Syrian Democratic Forces"),
    ]
