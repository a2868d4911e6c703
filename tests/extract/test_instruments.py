"""What an action is done with, and the things that it is done to, on trees made by hand."""

import pytest
from spacy.tokens import Doc

from kg.extract.instruments import ThingFinder
from kg.extract.roles import RoleFinder
from kg.extract.triggers import trigger_of
from kg.records import EntityKind, MentionKind
from tests.extract.docs import find_word, lexicon, make_doc, phrase_table

BY_A_BOMB = (
    "Soldiers=soldier/nsubj:pass>killed:person:plural were=be/aux:pass>killed"
    " killed=kill/root:passive by/case>bomb a/det>bomb roadside/compound>bomb"
    " bomb/obl:agent>killed:object"
)
WITH_KNIVES = (
    "Men=man/nsubj>attacked:person:plural attacked=attack/root:past him/obj>attacked:PRON"
    " with/case>knives knives=knife/obl>attacked:object:plural"
)
BOMB_KILLED = (
    "A/det>bomb car/compound>bomb bomb/nsubj>killed:object killed=kill/root:past"
    " people/obj>killed:person:plural"
)
FIRED = (
    "They/nsubj>fired:PRON fired=fire/root:past rockets=rocket/obj>fired:object:plural"
    " and/cc>shells shells=shell/conj>rockets:object:plural"
)
USING = (
    "Police/nsubj>fought:organization fought=fight/root:past them/obj>fought:PRON"
    " using=use/advcl>fought:ger gas/obj>using:object"
)
INSTEAD_OF_USING = (
    "Police/nsubj>fought:organization fought=fight/root:past them/obj>fought:PRON"
    " instead/mark>using of/fixed>instead using=use/advcl>fought:ger gas/obj>using:object"
)
ARMED = (
    "Gunmen=gunman/nsubj>fought:person:plural armed=arm/acl>Gunmen:passive with/case>rifles"
    " rifles=rifle/obl>armed:object:plural fought=fight/root:past"
)
BURNED = (
    "They/nsubj>burned:PRON burned=burn/root:past two/nummod>buses"
    " buses=bus/obj>burned:object:plural"
)


def things(doc: Doc, trigger: str) -> list[tuple[str, str, str]]:
    """Role, words and rule of each thing in the event that the word names."""
    table = phrase_table(doc)
    match = trigger_of(find_word(doc, trigger), lexicon(), table)
    fillers = RoleFinder(doc, table, lexicon()).find(match)
    found = ThingFinder(doc, table, "test").find(match, fillers)
    spans = [filler.phrase.mention.span for filler in found]
    return [
        (str(filler.role), doc.text[span.start : span.end], filler.rule)
        for filler, span in zip(found, spans, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "trigger", "words", "rule"),
    [
        (BY_A_BOMB, "killed", ["a roadside bomb"], "instrument_in_phrase"),
        (WITH_KNIVES, "attacked", ["knives"], "instrument_in_phrase"),
        (BOMB_KILLED, "killed", ["A car bomb"], "weapon_as_subject_is_instrument"),
        (FIRED, "fired", ["rockets", "shells"], "object_of_wielding_is_instrument"),
        (ARMED, "fought", ["rifles"], "carried_by_actor_is_instrument"),
    ],
)
def test_instrument(text: str, trigger: str, words: list[str], rule: str) -> None:
    assert things(make_doc(text), trigger) == [("instrument", word, rule) for word in words]


def test_what_is_used_is_an_instrument_unless_it_is_not_used() -> None:
    used = INSTEAD_OF_USING.replace("instead/mark>using of/fixed>instead ", "")
    assert [words for _, words, _ in things(make_doc(used), "fought")] == ["gas"]
    assert things(make_doc(INSTEAD_OF_USING), "fought") == []


def test_thing_that_is_harmed_is_a_target() -> None:
    assert things(make_doc(BURNED), "burned") == [("target", "two buses", "thing_is_target")]


def test_thing_is_no_target_beside_another() -> None:
    assert all(role == "instrument" for role, _, _ in things(make_doc(WITH_KNIVES), "attacked"))


def test_thing_has_a_mention_of_its_own() -> None:
    doc = make_doc(BOMB_KILLED)
    table = phrase_table(doc)
    finder = ThingFinder(doc, table, "test")
    match = trigger_of(find_word(doc, "killed"), lexicon(), table)
    (filler,) = finder.find(match, [])[:1]
    mention = filler.phrase.mention
    assert (mention.entity_kind, mention.kind) == (EntityKind.OBJECT, MentionKind.NOMINAL)
    assert list(finder.made.values()) == [filler.phrase]
    assert filler.phrase not in table.phrases
