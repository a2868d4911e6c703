"""Which words name happenings, in which sense, carried by which verb."""

from kg.extract.triggers import Trigger, find_triggers
from tests.extract.docs import find_word, lexicon, make_doc, phrase_table


def triggers(text: str) -> dict[str, Trigger]:
    doc = make_doc(text)
    return {t.token.text: t for t in find_triggers(doc, lexicon(), phrase_table(doc))}


def test_verb_of_the_lexicon_with_its_category() -> None:
    found = triggers(
        "Police/nsubj>arrested:organization arrested=arrest/root:past a/det>man"
        " man/obj>arrested:person ./punct>arrested"
    )
    assert list(found) == ["arrested"]
    assert found["arrested"].category == "COERCE"


def test_event_noun_with_its_light_verb() -> None:
    found = triggers(
        "The/det>army army/nsubj>carried:organization carried=carry/root:past"
        " out/compound:prt>carried"
        " an/det>attack attack/obj>carried:event on/case>camp the/det>camp camp/nmod>attack:place"
        " ./punct>carried"
    )
    assert list(found) == ["attack"]
    light = found["attack"].light_verb
    assert light is not None
    assert light.text == "carried"


def test_reporting_verb_is_no_event() -> None:
    found = triggers(
        "He/nsubj>said:PRON said=say/root:past that/mark>fled rebels=rebel/nsubj>fled:person:plural"
        " fled=flee/ccomp>said:past ./punct>said"
    )
    assert list(found) == ["fled"]


def test_aspectual_and_control_verbs_are_no_events() -> None:
    found = triggers(
        "They/nsubj>began:PRON began=begin/root:past to/mark>withdraw withdraw/xcomp>began:inf"
        " ./punct>began"
    )
    assert list(found) == ["withdraw"]


def test_name_is_no_event() -> None:
    assert not triggers("Strike/nsubj>is:ORG is=be/root:pres:AUX a/det>party party/xcomp>is:noun")


def test_word_that_the_model_takes_for_no_happening() -> None:
    text = "The/det>attack attack/root:noun ./punct>attack"
    doc = make_doc(text)
    assert not find_triggers(doc, lexicon(), phrase_table(doc))
    find_word(doc, "attack")._.event = 0.9
    assert find_triggers(doc, lexicon(), phrase_table(doc))


def test_unknown_verb_needs_a_sure_model() -> None:
    doc = make_doc("They/nsubj>blorped:PRON blorped=blorp/root:past ./punct>blorped")
    assert [t.action.name for t in find_triggers(doc, lexicon(), phrase_table(doc))] == [
        "happening"
    ]
    find_word(doc, "blorped")._.event = 0.4
    assert not find_triggers(doc, lexicon(), phrase_table(doc))


def test_category_of_an_unknown_word_is_the_model_s_where_it_is_sure() -> None:
    doc = make_doc("They/nsubj>blorped:PRON blorped=blorp/root:past ./punct>blorped")
    word = find_word(doc, "blorped")
    word._.category = {"none": 0.1, "ASSAULT": 0.9}
    assert find_triggers(doc, lexicon(), phrase_table(doc))[0].category == "ASSAULT"
    word._.category = {"none": 0.6, "ASSAULT": 0.4}
    assert find_triggers(doc, lexicon(), phrase_table(doc))[0].category is None


def test_triggers_in_text_order() -> None:
    found = triggers(
        "Gunmen=gunman/nsubj>stormed:person:plural stormed=storm/root:past the/det>hotel"
        " hotel/obj>stormed:place and/cc>killed killed=kill/conj>stormed:past"
        " guests=guest/obj>killed:person:plural ./punct>stormed"
    )
    assert list(found) == ["stormed", "killed"]


def test_occurrence_verb_carries_its_subject() -> None:
    found = triggers(
        "Clashes=clash/nsubj>occurred:event:plural occurred=occur/root:past:state in/case>Gaza"
        " Gaza/obl>occurred:GPE ./punct>occurred"
    )
    light = found["Clashes"].light_verb
    assert light is not None
    assert light.text == "occurred"


def test_noun_for_those_who_act_is_no_event() -> None:
    found = triggers(
        "The/det>opposition opposition/nsubj>called:organization called=call/root:past"
        " for/case>talks talks=talk/obl>called:event:plural ./punct>called"
    )
    assert "opposition" not in found


def test_verb_that_says_that_the_event_took_place_is_no_event() -> None:
    found = triggers(
        "The/det>talks talks=talk/nsubj>occurred:event:plural occurred=occur/root:past"
        " in/case>Doha Doha/obl>occurred:GPE ./punct>occurred"
    )
    assert list(found) == ["talks"]
