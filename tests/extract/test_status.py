"""Polarity and modality from the words around the trigger."""

import pytest

from kg.extract.status import find_status, read_status
from kg.records import Modality, Polarity
from tests.extract.docs import find_word, lexicon, make_doc

POSITIVE, NEGATIVE = Polarity.POSITIVE, Polarity.NEGATIVE
ACTUAL, PLANNED = Modality.ACTUAL, Modality.PLANNED
HYPOTHETICAL, HABITUAL = Modality.HYPOTHETICAL, Modality.HABITUAL

#: What is tested, sentence, trigger, polarity, modality (None: not checked, as it is denied).
CASES = [
    ("fact", "They/nsubj>fled:PRON fled=flee/root:past ./punct>fled", "fled", POSITIVE, ACTUAL),
    (
        "not",
        "They/nsubj>flee:PRON did=do/aux>flee not/advmod>flee flee/root:inf ./punct>flee",
        "flee",
        NEGATIVE,
        None,
    ),
    (
        "n't",
        "They/nsubj>flee:PRON did=do/aux>flee n't=not/advmod>flee flee/root:inf ./punct>flee",
        "flee",
        NEGATIVE,
        None,
    ),
    ("never", "They/nsubj>fled:PRON never/advmod>fled fled=flee/root:past", "fled", NEGATIVE, None),
    (
        "no longer",
        "They/nsubj>attack:PRON no/advmod>longer longer/advmod>attack attack/root:pres"
        " villages=village"
        "/obj>attack:place",
        "attack",
        NEGATIVE,
        None,
    ),
    (
        "no subject",
        "No/det>soldiers soldiers=soldier/nsubj:pass>killed:person were=be/aux:pass>killed"
        " killed=kill/root:passive",
        "killed",
        NEGATIVE,
        None,
    ),
    (
        "nobody",
        "Nobody/nsubj:pass>killed:PRON was=be/aux:pass>killed killed=kill/root:passive",
        "killed",
        NEGATIVE,
        None,
    ),
    (
        "no before the event noun",
        "There/expl>was:PRON was=be/root:past:AUX no/det>attack attack/nsubj>was:event on/case>base"
        " the/det>base base/nmod>attack:place",
        "attack",
        NEGATIVE,
        None,
    ),
    (
        "no sign of",
        "There/expl>was:PRON was=be/root:past:AUX no/det>sign sign/nsubj>was:abstract"
        " of/case>fighting"
        " fighting/nmod>sign:event",
        "fighting",
        NEGATIVE,
        None,
    ),
    (
        "without",
        "They/nsubj>left:PRON left=leave/root:past without/mark>attacking"
        " attacking=attack/advcl>left:ger the/det>camp camp/obj>attacking:place",
        "attacking",
        NEGATIVE,
        None,
    ),
    (
        "what without governs leaves its main clause alone",
        "They/nsubj>left:PRON left=leave/root:past without/mark>attacking"
        " attacking=attack/advcl>left:ger the/det>camp camp/obj>attacking:place",
        "left",
        POSITIVE,
        ACTUAL,
    ),
    (
        "negation in a relative clause leaves the main clause alone",
        "The/det>firm firm/nsubj>fired:organization which/nsubj>pay:rel does=do/aux>pay"
        " not/advmod>pay"
        " pay/acl:relcl>firm:inf fired=fire/root:past workers=worker/obj>fired:person",
        "fired",
        POSITIVE,
        ACTUAL,
    ),
    (
        "fail to",
        "He/nsubj>failed:PRON failed=fail/root:past to/mark>resign resign/xcomp>failed:inf",
        "resign",
        NEGATIVE,
        None,
    ),
    (
        "refuse to",
        "He/nsubj>refused:PRON refused=refuse/root:past to/mark>resign resign/xcomp>refused:inf",
        "resign",
        NEGATIVE,
        None,
    ),
    (
        "did not fail to",
        "He/nsubj>fail:PRON did=do/aux>fail not/advmod>fail fail/root:inf to/mark>resign"
        " resign/xcomp>fail:inf",
        "resign",
        POSITIVE,
        ACTUAL,
    ),
    (
        "manage to",
        "He/nsubj>managed:PRON managed=manage/root:past to/mark>escape escape/xcomp>managed:inf",
        "escape",
        POSITIVE,
        ACTUAL,
    ),
    (
        "plan to",
        "He/nsubj>planned:PRON planned=plan/root:past to/mark>attack attack/xcomp>planned:inf",
        "attack",
        POSITIVE,
        PLANNED,
    ),
    (
        "urge somebody to",
        "He/nsubj>urged:PRON urged=urge/root:past them=they/obj>urged:PRON to/mark>leave"
        " leave/xcomp>urged:inf",
        "leave",
        POSITIVE,
        HYPOTHETICAL,
    ),
    (
        "deny doing",
        "He/nsubj>denied:PRON denied=deny/root:past killing=kill/xcomp>denied:ger the/det>guard"
        " guard/obj>killing:person",
        "killing",
        NEGATIVE,
        None,
    ),
    (
        "deny that",
        "He/nsubj>denied:PRON denied=deny/root:past that/mark>killed they/nsubj>killed:PRON"
        " killed=kill/ccomp>denied:past the/det>guard guard/obj>killed:person",
        "killed",
        NEGATIVE,
        None,
    ),
    (
        "prevent somebody from",
        "He/nsubj>prevented:PRON prevented=prevent/root:past them=they/obj>prevented:PRON"
        " from/mark>leaving leaving=leave/advcl>prevented:ger",
        "leaving",
        NEGATIVE,
        None,
    ),
    (
        "will",
        "They/nsubj>attack:PRON will/aux>attack attack/root:inf",
        "attack",
        POSITIVE,
        PLANNED,
    ),
    (
        "may",
        "They/nsubj>attack:PRON may/aux>attack attack/root:inf",
        "attack",
        POSITIVE,
        HYPOTHETICAL,
    ),
    (
        "could not be: denied or possible, no fact",
        "They/nsubj>attack:PRON could/aux>attack not/advmod>attack attack/root:inf",
        "attack",
        NEGATIVE,
        None,
    ),
    (
        "if",
        "If/mark>attack they/nsubj>attack:PRON attack/advcl>flee:pres ,/punct>attack"
        " we/nsubj>flee:PRON"
        " will/aux>flee flee/root:inf",
        "attack",
        POSITIVE,
        HYPOTHETICAL,
    ),
    (
        "purpose",
        "Police/nsubj>came:organization came=come/root:past to/mark>arrest arrest/advcl>came:inf"
        " the/det>mayor mayor/obj>arrest:person",
        "arrest",
        POSITIVE,
        PLANNED,
    ),
    (
        "planned as adjective",
        "The/det>attack planned/amod>attack attack/nsubj>worried:event worried=worry/root:past"
        " them=they/obj>worried:PRON",
        "attack",
        POSITIVE,
        PLANNED,
    ),
    (
        "possible as adjective",
        "A/det>attack possible/amod>attack attack/nsubj>worried:event worried=worry/root:past"
        " them=they/obj>worried:PRON",
        "attack",
        POSITIVE,
        HYPOTHETICAL,
    ),
    (
        "often",
        "They/nsubj>attack:PRON often/advmod>attack attack/root:pres"
        " villages=village/obj>attack:place"
        " ./punct>attack",
        "attack",
        POSITIVE,
        HABITUAL,
    ),
    (
        "modal shared by a conjunct",
        "They/nsubj>enter:PRON may/aux>enter enter/root:inf and/cc>attack attack/conj>enter:inf"
        " villages=village/obj>attack:place",
        "attack",
        POSITIVE,
        HYPOTHETICAL,
    ),
    (
        "light verb's modal",
        "They/nsubj>launch:PRON will/aux>launch launch/root:inf an/det>attack"
        " attack/obj>launch:event",
        "attack",
        POSITIVE,
        PLANNED,
    ),
]


@pytest.mark.parametrize(
    ("text", "trigger", "polarity", "modality"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_status(text: str, trigger: str, polarity: Polarity, modality: Modality | None) -> None:
    found = find_status(find_word(make_doc(text), trigger), "Assault", lexicon())
    assert found == (polarity, found[1] if modality is None else modality)


def test_model_decides_where_the_words_are_silent_and_it_is_sure() -> None:
    doc = make_doc("They/nsubj>fled:PRON fled=flee/root:past ./punct>fled")
    word = find_word(doc, "fled")
    word._.modality = {"actual": 0.1, "hypothetical": 0.9, "planned": 0.0, "habitual": 0.0}
    assert find_status(word, "Movement", lexicon())[1] is HYPOTHETICAL
    word._.modality = {"actual": 0.45, "hypothetical": 0.55, "planned": 0.0, "habitual": 0.0}
    assert find_status(word, "Movement", lexicon())[1] is ACTUAL


def test_present_tense_is_usual_in_prose_and_fresh_in_a_headline() -> None:
    words = (
        "Rebels=rebel/nsubj>shell:person:plural shell/root:pres villages=village/obj>shell:place"
    )
    headline, prose = make_doc(words), make_doc(f"{words} ./punct>shell")
    assert find_status(find_word(headline, "shell"), "Assault", lexicon())[1] is ACTUAL
    assert find_status(find_word(prose, "shell"), "Assault", lexicon())[1] is HABITUAL


def test_act_of_speech_in_the_present_is_done_by_telling_it() -> None:
    doc = make_doc(
        "He/nsubj>condemns:PRON condemns=condemn/root:pres the/det>attack attack/obj>condemns:event"
        " ./punct>condemns"
    )
    assert find_status(find_word(doc, "condemns"), "Accusation", lexicon())[1] is ACTUAL


@pytest.mark.parametrize(
    ("text", "trigger", "rule", "cue"),
    [
        (
            "They/nsubj>flee:PRON did=do/aux>flee not/advmod>flee flee/root:inf",
            "flee",
            "negation",
            "not",
        ),
        (
            "They/nsubj>failed:PRON failed=fail/root:past to/mark>leave leave/xcomp>failed:inf",
            "leave",
            "governor_denies_it",
            "failed",
        ),
    ],
)
def test_denial_names_the_word_that_it_goes_by(
    text: str, trigger: str, rule: str, cue: str
) -> None:
    status = read_status(find_word(make_doc(text), trigger), "Movement", lexicon())
    assert status.polarity is NEGATIVE
    ground = status.polarity_ground
    assert (ground.rule, ground.cue.text if ground.cue else None) == (rule, cue)


def test_modality_names_its_rule() -> None:
    doc = make_doc("They/nsubj>leave:PRON may/aux>leave leave/root:inf")
    ground = read_status(find_word(doc, "leave"), "Movement", lexicon()).modality_ground
    assert (ground.rule, ground.cue.text if ground.cue else None) == ("modal_verb", "may")
    fact = make_doc("They/nsubj>left:PRON left=leave/root:past")
    ground = read_status(find_word(fact, "left"), "Movement", lexicon()).modality_ground
    assert (ground.rule, ground.cue) == ("told_as_fact", None)


def test_what_was_held_took_place_whatever_the_model_thinks_of_its_noun() -> None:
    doc = make_doc(
        "They/nsubj>held:PRON held=hold/root:past a/det>meeting meeting/obj>held:event ./punct>held"
    )
    meeting = find_word(doc, "meeting")
    meeting._.modality = {"planned": 0.8, "actual": 0.2}
    assert find_status(meeting, "Meeting", lexicon()) == (POSITIVE, ACTUAL)
