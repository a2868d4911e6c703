"""Questions about the tree: the understood subject of a verb, its voice, its conjuncts."""

import pytest

from kg.extract.syntax import (
    antecedent,
    case_of,
    coordinated_owners,
    is_passive,
    particle_of,
    subject_of,
    with_conjuncts,
)
from tests.extract.docs import find_word, make_doc

#: What is tested, sentence, verb, subject, part of the rule's name.
SUBJECTS = [
    (
        "its own subject",
        "The/det>army army/nsubj>captured:organization captured=capture/root:past"
        " Aleppo/obj>captured:GPE ./punct>captured",
        "captured",
        "army",
        "subject",
    ),
    (
        "subject shared by coordinated verbs",
        "Gunmen=gunman/nsubj>stormed:person:plural stormed=storm/root:past the/det>hotel"
        " hotel/obj>stormed:place and/cc>killed killed=kill/conj>stormed:past"
        " guests=guest/obj>killed:person:plural ./punct>stormed",
        "killed",
        "Gunmen",
        "coordinated",
    ),
    (
        "who as subject",
        "Police/nsubj>arrested:organization arrested=arrest/root:past a/det>man"
        " man/obj>arrested:person who/nsubj>stabbed:rel stabbed=stab/acl:relcl>man:past"
        " tourists=tourist/obj>stabbed:person:plural ./punct>arrested",
        "stabbed",
        "man",
        "subject",
    ),
    (
        "noun that a participle describes",
        "The/det>men men=man/nsubj>fled:person:plural arrested=arrest/acl>men:passive"
        " by/case>police"
        " police/obl:agent>arrested:organization fled=flee/root:past ./punct>fled",
        "arrested",
        "men",
        "described_noun",
    ),
    (
        "try to: the subject's own action",
        "The/det>rebels rebels=rebel/nsubj>trying:person:plural were=be/aux>trying"
        " trying=try/root:part"
        " to/mark>escape escape/xcomp>trying:inf ./punct>trying",
        "escape",
        "rebels",
        "subject_control",
    ),
    (
        "urge somebody to: the object's action",
        "The/det>governor governor/nsubj>urged:person urged=urge/root:past them=they/obj>urged:PRON"
        " to/mark>leave leave/xcomp>urged:inf ./punct>urged",
        "leave",
        "them",
        "object_control",
    ),
    (
        "promise somebody to: the subject's action",
        "The/det>general general/nsubj>promised:person promised=promise/root:past"
        " them=they/obj>promised:PRON to/mark>leave leave/xcomp>promised:inf ./punct>promised",
        "leave",
        "general",
        "subject_control",
    ),
    (
        "call on somebody to: the oblique's action",
        "The/det>mayor mayor/nsubj>called:person called=call/root:past on/case>them"
        " them=they/obl>called:PRON to/mark>leave leave/xcomp>called:inf ./punct>called",
        "leave",
        "them",
        "oblique_control",
    ),
    (
        "be forced to: the passive subject's action",
        "The/det>villagers villagers=villager/nsubj:pass>forced:person:plural"
        " were=be/aux:pass>forced"
        " forced=force/root:passive to/mark>flee flee/xcomp>forced:inf ./punct>forced",
        "flee",
        "villagers",
        "control",
    ),
    (
        "be urged to: the passive subject's action",
        "They/nsubj:pass>urged:PRON were=be/aux:pass>urged urged=urge/root:passive by/case>mayor"
        " the/det>mayor mayor/obl:agent>urged:person to/mark>leave leave/xcomp>urged:inf"
        " ./punct>urged",
        "leave",
        "They",
        "control",
    ),
    (
        "participle clause",
        "Troops=troop/nsubj>seized:person:plural seized=seize/root:past the/det>port"
        " port/obj>seized:place ,/punct>killing killing=kill/advcl>seized:part"
        " guards=guard/obj>killing:person:plural ./punct>seized",
        "killing",
        "Troops",
        "adverbial_clause",
    ),
    (
        "accuse somebody of doing",
        "Kyiv/nsubj>accused:GPE accused=accuse/root:past Moscow/obj>accused:GPE of/mark>bombing"
        " bombing=bomb/advcl>accused:ger the/det>school school/obj>bombing:place ./punct>accused",
        "bombing",
        "Moscow",
        "object_control",
    ),
]


@pytest.mark.parametrize(
    ("text", "verb", "subject", "rule"),
    [case[1:] for case in SUBJECTS],
    ids=[c[0] for c in SUBJECTS],
)
def test_understood_subject(text: str, verb: str, subject: str, rule: str) -> None:
    found = subject_of(find_word(make_doc(text), verb))
    assert found is not None
    assert (found[0].text, rule in found[1]) == (subject, True), found


def test_finite_adverbial_clause_borrows_no_subject() -> None:
    doc = make_doc(
        "Rain/nsubj>fell:noun fell=fall/root:past when/mark>attacked"
        " attacked=attack/advcl>fell:past"
        " ./punct>fell"
    )
    assert subject_of(find_word(doc, "attacked")) is None


def test_infinitive_of_noun_is_done_by_its_owner() -> None:
    doc = make_doc(
        "Their=their/nmod:poss>decision:PRON decision/nsubj>surprised:abstract to/mark>leave"
        " leave/acl>decision:inf surprised=surprise/root:past us=we/obj>surprised:PRON"
        " ./punct>surprised"
    )
    found = subject_of(find_word(doc, "leave"))
    assert found is not None
    assert found[0].text == "Their"


PASSIVES = [
    (
        "auxiliary",
        "The/det>mayor mayor/nsubj:pass>shot:person was=be/aux:pass>shot shot=shoot/root:passive",
        "shot",
        True,
    ),
    (
        "participle of a noun",
        "The/det>men men=man/nsubj>fled:person arrested=arrest/acl>men:passive in/case>Rome"
        " Rome/obl>arrested:GPE fled=flee/root:past",
        "arrested",
        True,
    ),
    ("active", "The/det>men men=man/nsubj>fled:person fled=flee/root:past", "fled", False),
    (
        "perfect",
        "They/nsubj>left:PRON have/aux>left left=leave/root:done",
        "left",
        False,
    ),
]


@pytest.mark.parametrize(
    ("text", "verb", "passive"), [case[1:] for case in PASSIVES], ids=[case[0] for case in PASSIVES]
)
def test_voice(text: str, verb: str, passive: bool) -> None:
    assert is_passive(find_word(make_doc(text), verb)) is passive


COORDINATION = (
    "Ankara/nsubj>met:GPE ,/punct>Moscow Moscow/conj>Ankara:GPE and/cc>Baku Baku/conj>Ankara:GPE"
    " met=meet/root:past ./punct>met"
)


def test_conjuncts_in_text_order() -> None:
    doc = make_doc(COORDINATION)
    assert [t.text for t in with_conjuncts(find_word(doc, "Ankara"))] == [
        "Ankara",
        "Moscow",
        "Baku",
    ]


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (
            "Thai/amod>monks:ADJ:NORP ,/punct>Thai Lao/conj>Thai:ADJ:NORP and/cc>Khmer"
            " Khmer/conj>Thai:ADJ:NORP monks=monk/root:person:plural",
            ["Thai", "Lao", "Khmer"],
        ),
        ("Thai/amod>Kurdish:ADJ:NORP Kurdish/amod>monks:ADJ:NORP monks=monk/root:plural:noun", []),
        (
            "Thai/amod>monks:ADJ:NORP or/cc>Lao Lao/conj>Thai:ADJ:NORP monks=monk/root:plural:noun",
            [],
        ),
        (
            "Thai/amod>monks:ADJ:NORP and/cc>old old/conj>Thai:ADJ monks=monk/root:plural:noun",
            [],
        ),
        ("Thai/amod>monk:ADJ:NORP and/cc>Lao Lao/conj>Thai:ADJ:NORP monk/root:noun", []),
    ],
)
def test_coordinated_owners(text: str, owners: list[str]) -> None:
    noun = make_doc(text)[-1]
    assert [t.text for t in coordinated_owners(noun)] == owners


def test_case_of_several_words() -> None:
    doc = make_doc(
        "According/case>mayor to/fixed>According the/det>mayor mayor/obl>fled:person"
        " they/nsubj>fled:PRON fled=flee/root:past ./punct>fled"
    )
    assert case_of(find_word(doc, "mayor")) == "according to"
    assert case_of(find_word(doc, "they")) is None


def test_particle() -> None:
    doc = make_doc(
        "They/nsubj>gave:PRON gave=give/root:past up/compound:prt>gave arms=arm/obj>gave:object"
    )
    assert particle_of(find_word(doc, "gave")) == "up"
    assert particle_of(find_word(doc, "arms")) is None


def test_antecedent_of_relative_pronoun() -> None:
    doc = make_doc(
        "The/det>men men=man/nsubj>fled:person whom/obj>kidnapped:rel the/det>gang"
        " gang/nsubj>kidnapped:organization kidnapped=kidnap/acl:relcl>men:past fled=flee/root:past"
    )
    found = antecedent(find_word(doc, "whom"))
    assert found is not None
    assert found.text == "men"
    assert antecedent(find_word(doc, "gang")) is None


def test_that_which_is_no_relative_pronoun_has_no_antecedent() -> None:
    doc = make_doc(
        "He/nsubj>said:PRON said=say/root:past:state that/mark>fled they/nsubj>fled:PRON"
        " fled=flee/ccomp>said:past ./punct>said"
    )
    assert antecedent(find_word(doc, "that")) is None
