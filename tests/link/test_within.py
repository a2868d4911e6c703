"""Which chains of one article are one thing after all, and which stay apart."""

import re

import pytest

from kg.link.within import join_chains
from kg.records import (
    Argument,
    Article,
    EntityKind,
    EventMention,
    Evidence,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    RoleName,
    Span,
)

PERSON, BODY, GROUP = EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP
PLACE, SITE, COUNTRY = EntityKind.PLACE, EntityKind.FACILITY, EntityKind.COUNTRY
PRONOUNS = frozenset({"we", "us", "our"})


def joined(text: str, kind: EntityKind, *, located: tuple[str, ...] = ()) -> list[list[str]]:
    """What is joined of a text whose mentions, each a chain by itself, are in square brackets.

    ``{…}`` marks a mention of a country.
    """
    plain = re.sub(r"[\[\]{}]", "", text)
    mentions = [
        _mention(
            found.group()[1:-1],
            found.start() - 2 * number,
            COUNTRY if found.group()[0] == "{" else kind,
        )
        for number, found in enumerate(re.finditer(r"\[.*?\]|\{.*?\}", text))
    ]
    extraction = Extraction(
        article=Article(id="a", text=plain),
        mentions=tuple(mentions),
        event_mentions=(_event(mentions[0]),),
    )
    known = [m.id for m in mentions if plain[m.span.start : m.span.end] in located]
    groups = join_chains(extraction, [[m] for m in mentions], located=known)
    texts = [[plain[m.span.start : m.span.end] for m in group] for group in groups]
    return [group for group in texts if len(group) > 1]


def _mention(words: str, start: int, kind: EntityKind) -> Mention:
    span = Span(article_id="a", start=start, end=start + len(words))
    how = MentionKind.NAME if re.search("[A-Z]", words[1:] + words[:1]) else MentionKind.NOMINAL
    if words.lower() in PRONOUNS and not words.isupper():
        how, kind = MentionKind.PRONOUN, GROUP
    return Mention(
        id=str(start),
        span=span,
        head=span,
        kind=how,
        entity_kind=kind,
        sentence=0,
        score=0.9,
    )


def _event(actor: Mention) -> EventMention:
    """One in which the mention acts."""
    return EventMention(
        id="v",
        trigger=actor.span,
        lemma="act",
        pos="VERB",
        action="act",
        category=None,
        mode=None,
        sentence=actor.span,
        arguments=(Argument(name=RoleName.ACTOR, mention_id=actor.id, rule="r", score=0.9),),
        time=None,
        quantities=(),
        polarity=Polarity.POSITIVE,
        modality=Modality.ACTUAL,
        attribution=None,
        evidence=Evidence(span=actor.span, quote="", rule="r", model="m", score=0.9),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[Norvik Holdings] paid. [Norvik] denies it.", BODY),
        ("Guests fled the [Alcazar Hotel]. The [Alcazar] is shut.", SITE),
        ("[Oslo police] came. Later the [police] left.", BODY),
        ("[Oslo police] came. Later [officers] left.", BODY),
        ("The [Northern Defence Forces] won. [Danish-backed forces] hold the town.", BODY),
        ("[Finnish-led forces] won. [The Finnish group] holds the town.", BODY),
        ("The [Joint Alliance for Clean Rivers] met. The [Clean Rivers Alliance] agreed.", BODY),
        ("[Aleksandr Petrenko] spoke. [Alexsandr Petrenko] left.", PERSON),
        ("[Ivan Petrenkov] spoke. [Petrinkov] left.", PERSON),
    ],
)
def test_two_names_of_one_thing_are_joined(text: str, kind: EntityKind) -> None:
    assert len(joined(text, kind)) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[Oslo police] and [Bergen police] came. The [police] left.", BODY),
        ("The [local police] came. Later the [police] left.", BODY),
        ("[Norvik Holdings] paid. [Norvik Foundation] denies it.", BODY),
        ("[Finnish-led forces] met [Finnish rebels]. [The Finnish group] left.", BODY),
        ("[The Finnish group] left. [Finnish-led forces] won.", BODY),
        ("[Daniela Petrenko] spoke. [Daniel Petrenko] left.", PERSON),
        ("[Johann Petrenko] spoke. [Johanna Petrenko] left.", PERSON),
        ("[Ivan Petrenkov] and [Olga Petrenkov] spoke. [Petrinkov] left.", PERSON),
        ("[Ivan Hansen] spoke. [Hanson] left.", PERSON),
    ],
)
def test_what_may_be_two_things_stays_apart(text: str, kind: EntityKind) -> None:
    assert joined(text, kind) == []


def test_a_town_is_not_the_hotel_named_after_it() -> None:
    text = "They left [Bergen]. The [Bergen Hotel] is shut."
    assert joined(text, SITE, located=("Bergen",)) == []
    assert joined(text, SITE)


def test_we_of_a_statement_are_who_acts_first_in_it() -> None:
    text = "{Norway} condemns the attack. [We] stand by {Iceland}. It is [our] duty."
    assert joined(text, BODY) == [["Norway", "We", "our"]]


def test_we_of_a_text_with_quotations_stay_with_nobody() -> None:
    assert joined('{Norway} condemns it. "[We] stand by you," they said.', BODY) == []


def test_us_is_not_the_pronoun_where_it_is_a_country() -> None:
    assert joined("{Norway} condemns the attack on the {US}.", BODY) == []


def test_office_in_brackets_is_its_holder() -> None:
    text = "[Head of Air Staff] ([HAS]) [General Ivan Petrenko] spoke."
    assert joined(text, PERSON) == [["Head of Air Staff", "HAS", "General Ivan Petrenko"]]
