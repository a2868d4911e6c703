"""Which words are mentions, how far they reach, and what they are."""

import pytest

from kg.records import EntityKind, Mention, MentionKind
from tests.extract.docs import find_word, make_doc, phrase_table


def mentions(text: str) -> dict[str, Mention]:
    """The mentions of a document by their text."""
    doc = make_doc(text)
    found = [phrase.mention for phrase in phrase_table(doc).phrases]
    return {doc.text[m.span.start : m.span.end]: m for m in found}


def test_noun_phrase_reaches_from_determiner_to_head() -> None:
    found = mentions(
        "Police/nsubj>held:organization held=hold/root:past the/det>men two/nummod>men"
        " armed/amod>men men=man/obj>held:person:plural in/case>Rome Rome/obl>held:GPE ./punct>held"
    )
    assert {"Police", "the two armed men", "Rome"} == set(found)
    assert found["the two armed men"].kind is MentionKind.NOMINAL


def test_collective_noun_takes_what_it_collects() -> None:
    found = mentions(
        "A/det>group group/nsubj>fled:organization of/case>women"
        " women=woman/nmod>group:person:plural"
        " fled=flee/root:past ./punct>fled"
    )
    assert list(found) == ["A group of women"]
    mention = found["A group of women"]
    assert mention.entity_kind is EntityKind.GROUP
    assert mention.head.end - mention.head.start == len("women")


def test_member_of_a_body_is_a_mention_of_its_own() -> None:
    found = mentions(
        "A/det>member member/nsubj>fled:person of/case>gang the/det>gang"
        " gang/nmod>member:organization fled=flee/root:past ./punct>fled"
    )
    assert set(found) == {"A member", "the gang"}


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("PERSON", "Omar Haddad", EntityKind.PERSON),
        ("ORG", "Hezbollah", EntityKind.ORGANIZATION),
        ("GPE", "Aleppo", EntityKind.PLACE),
        ("GPE", "France", EntityKind.COUNTRY),
        ("LOC", "Sinai", EntityKind.PLACE),
        ("FAC", "Roumieh", EntityKind.FACILITY),
    ],
)
def test_kind_of_names(label: str, name: str, kind: EntityKind) -> None:
    first, *rest = name.split()
    words = [f"{first}/nsubj>left:{label}", *(f"{w}/flat>{first}:{label}" for w in rest)]
    found = mentions(f"{' '.join(words)} left=leave/root:past ./punct>left")
    assert found[name].entity_kind is kind
    assert found[name].kind is MentionKind.NAME


@pytest.mark.parametrize(
    ("word", "kind"),
    [("He", EntityKind.PERSON), ("They", EntityKind.GROUP), ("It", EntityKind.ORGANIZATION)],
)
def test_pronouns(word: str, kind: EntityKind) -> None:
    found = mentions(f"{word}/nsubj>left:PRON left=leave/root:past ./punct>left")
    assert found[word].entity_kind is kind
    assert found[word].kind is MentionKind.PRONOUN


def test_expletive_is_no_mention() -> None:
    assert not mentions("It/expl>rained:PRON rained=rain/root:past ./punct>rained")


def test_relative_pronoun_stands_for_its_noun() -> None:
    doc = make_doc(
        "The/det>man man/root:person who/nsubj>fled:rel fled=flee/acl:relcl>man:past ./punct>man"
    )
    phrase = phrase_table(doc).at(find_word(doc, "who"))
    assert phrase is not None
    assert phrase.head == find_word(doc, "man").i


def test_adjective_of_a_people_is_no_mention() -> None:
    found = mentions(
        "Turkish/amod>troops:ADJ:NORP troops=troop/nsubj>left:person:plural left=leave/root:past"
        " ./punct>left"
    )
    assert list(found) == ["Turkish troops"]


def test_coordinated_peoples_each_have_their_own_of_a_plural() -> None:
    peoples = "Chadian/amod>{noun}:ADJ:NORP and/cc>Libyan Libyan/conj>Chadian:ADJ:NORP"
    troops = f"{peoples.format(noun='troops')} troops=troop/nsubj>left:person:plural"
    patrol = f"A/det>patrol {peoples.format(noun='patrol')} patrol/nsubj>left:person"
    end = "left=leave/root:past ./punct>left"
    assert list(mentions(f"{troops} {end}")) == ["Chadian", "Libyan troops"]
    assert list(mentions(f"{patrol} {end}")) == ["A Chadian and Libyan patrol"]


def test_word_for_a_people_is_no_place() -> None:
    found = mentions(
        "Sri/compound>troops:GPE Lankan/flat>Sri:GPE troops=troop/nsubj>left:person:plural"
        " left=leave/root:past ./punct>left"
    )
    assert list(found) == ["Sri Lankan troops"]


def test_thing_is_no_mention() -> None:
    assert not mentions(
        "The/det>report report/nsubj>vanished:abstract vanished=vanish/root:past ./punct>vanished"
    )


def test_building_is_a_facility() -> None:
    found = mentions(
        "The/det>prison prison/nsubj>burned:place burned=burn/root:past ./punct>burned"
    )
    assert found["The prison"].entity_kind is EntityKind.FACILITY


def test_one_person_is_no_group() -> None:
    found = mentions(
        "A/det>guard guard/nsubj>left:person left=leave/root:past"
        " soldiers=soldier/obj>left:person:plural"
    )
    assert found["A guard"].entity_kind is EntityKind.PERSON
    assert found["soldiers"].entity_kind is EntityKind.GROUP


def test_sentences_are_counted_from_zero() -> None:
    found = mentions(
        "Omar/nsubj>left:PERSON left=leave/root:past ./punct>left\n"
        "Police/nsubj>came:organization came=come/root:past ./punct>came"
    )
    assert [found[name].sentence for name in ("Omar", "Police")] == [0, 1]


def test_ids_come_from_content() -> None:
    text = "Omar/nsubj>left:PERSON left=leave/root:past ./punct>left"
    assert mentions(text)["Omar"].id == mentions(text)["Omar"].id


def test_adjective_of_a_country_acts_before_an_event_and_describes_before_others() -> None:
    event = mentions("Turkish/amod>attack:ADJ:NORP attack/root:event ./punct>attack")
    thing = mentions("Turkish/amod>coffee:ADJ:NORP coffee/root:object ./punct>coffee")
    assert "Turkish" in event
    assert "Turkish" not in thing


def test_force_before_its_deed_is_a_body_whatever_the_model_thinks() -> None:
    found = mentions("police/compound>firing:noun firing/root:event ./punct>firing")
    assert found["police"].entity_kind is EntityKind.ORGANIZATION
    assert "police" not in mentions("police/compound>car:noun car/root:object ./punct>car")


def test_collective_stands_only_for_a_noun_after_it() -> None:
    found = mentions(
        "Of/case>People People/nmod>group:organization a/det>group group/nsubj>left:organization"
        " left=leave/root:past ./punct>left"
    )
    assert all(m.span.start < m.span.end for m in found.values())
    assert "a group" in found
