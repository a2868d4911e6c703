"""Who serves, leads or is part of whom, on trees made by hand."""

import pytest

from kg.extract.memberships import find_memberships
from kg.nlp.pipeline import load
from kg.records import Relation
from tests.extract.docs import make_doc, phrase_table

COMMANDER = (
    "A/det>commander {} commander/nsubj>spoke:person for/case>Front the/det>Front"
    " River/compound>Front:ORG Front/nmod>commander:ORG spoke=speak/root:past"
)
OWNED = (
    "The/det>ministry ministry/nmod:poss>spokesman:organization 's/case>ministry"
    " spokesman/nsubj>spoke:person spoke=speak/root:past"
)
FIGHTERS = (
    "Hamas/compound>fighters:ORG fighters=fighter/nsubj>left:person:plural left=leave/root:past"
)
INCLUDE = (
    "The/det>allies allies=ally/nsubj>include:organization:plural {} include/root:pres"
    " Chad/obj>include:GPE and/cc>Mali Mali/conj>Chad:GPE"
)
INCLUDING = (
    "Charities=charity/nsubj>left:organization:plural ,/punct>Oxfam including=include/case>Oxfam"
    " Oxfam/nmod>Charities:ORG left=leave/root:past"
)
BACKED = (
    "US/obl>backed:GPE -/punct>backed backed=back/amod>rebels:done"
    " rebels=rebel/nsubj>left:person:plural left=leave/root:past"
)
VISITORS = (
    "Visitors=visitor/nsubj>came:person:plural from/case>Front River/compound>Front:ORG"
    " Front/nmod>Visitors:ORG came=come/root:past"
)


def found(sentence: str) -> list[tuple[str, str, str]]:
    doc = make_doc(sentence)
    table = phrase_table(doc)
    words = {
        p.mention.id: doc.text[p.mention.span.start : p.mention.span.end] for p in table.phrases
    }
    return [
        (words[one.member], words[one.body], one.rule)
        for one in find_memberships(doc, table, "a")
        if doc.text[one.span.start : one.span.end]
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (COMMANDER.format(""), [("A commander", "River Front", "body_after_member")]),
        (OWNED, [("The ministry's spokesman", "The ministry", "body_owns_member")]),
        (FIGHTERS, [("Hamas fighters", "Hamas", "body_before_member")]),
        (
            INCLUDE.format(""),
            [
                ("Chad", "The allies", "included_in_group"),
                ("Mali", "The allies", "included_in_group"),
            ],
        ),
        (INCLUDING, [("Oxfam", "Charities", "included_in_group")]),
        (BACKED, [("US - backed rebels", "US", "backed_by")]),
    ],
    ids=["for", "owner", "before", "include", "including", "backed"],
)
def test_membership_is_found(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.split(" for ")[0], b.removeprefix("the "), r) for m, b, r in found(sentence)] == (
        expected
    )


@pytest.mark.parametrize(
    "sentence",
    [
        COMMANDER.format("former/amod>commander"),
        COMMANDER.format("suspected/amod>commander"),
        INCLUDE.format("may/aux>include"),
        VISITORS,
    ],
    ids=["former", "suspected", "may include", "no member's noun"],
)
def test_what_is_past_open_or_no_membership_is_not(sentence: str) -> None:
    assert found(sentence) == []


def test_who_stands_behind_somebody_is_no_member() -> None:
    doc = make_doc(BACKED)
    (one,) = find_memberships(doc, phrase_table(doc), "a")
    assert one.relation is Relation.SUPPORTED


def test_title_before_a_name_tells_the_names_body() -> None:
    doc = load()("Hamas spokesman Sami Abu Zuhri rejected the offer on Monday.")
    table = phrase_table(doc)
    (one,) = find_memberships(doc, table, "a")
    names = {p.mention.id: p.mention.span for p in table.phrases}
    assert "Zuhri" in doc.text[names[one.member].start : names[one.member].end]
    assert doc.text[names[one.body].start : names[one.body].end] == "Hamas"
