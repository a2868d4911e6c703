"""Who says so: reported clauses, "according to", quotations, statements after a colon."""

import pytest

from kg.extract.attribution import SpeechFinder, quoted_tokens
from tests.extract.docs import find_word, lexicon, make_doc, phrase_table


def source(text: str, trigger: str) -> str | None:
    """Whom the event of the trigger is attributed to."""
    doc = make_doc(text)
    finder = SpeechFinder(doc, phrase_table(doc), lexicon())
    found = finder.find(find_word(doc, trigger), "test")
    return doc.text[found.span.start : found.span.end] if found else None


FLED = "the/det>rebels rebels=rebel/nsubj>fled:person:plural fled=flee"

#: What is tested, sentence, who says that they fled.
CASES = [
    ("nobody", f"{FLED}/root:past ./punct>fled", None),
    (
        "said that",
        "The/det>general general/nsubj>said:person said=say/root:past:state that/mark>fled"
        f" {FLED}/ccomp>said:past ./punct>said",
        "The general",
    ),
    (
        "said after the clause, as its governor",
        f"{FLED}/ccomp>said:past ,/punct>said the/det>mayor mayor/nsubj>said:person"
        " said=say/root:past:state ./punct>said",
        "the mayor",
    ),
    (
        "said after the clause, as parataxis",
        f"{FLED}/root:past ,/punct>said the/det>mayor mayor/nsubj>said:person"
        " said=say/parataxis>fled:past:state ./punct>fled",
        "the mayor",
    ),
    (
        "according to, before",
        "According/case>mayor to/fixed>According the/det>mayor mayor/obl>fled:person ,/punct>mayor"
        f" {FLED}/root:past ./punct>fled",
        "the mayor",
    ),
    (
        "according to, after",
        f"{FLED}/root:past ,/punct>mayor according/case>mayor to/fixed>according the/det>mayor"
        " mayor/obl>fled:person ./punct>fled",
        "the mayor",
    ),
    (
        "told somebody that",
        "A/det>doctor doctor/nsubj>told:person told=tell/root:past:state"
        " reporters=reporter/obj>told:person:plural that/mark>fled"
        f" {FLED}/ccomp>told:past ./punct>told",
        "A doctor",
    ),
    (
        "a verb that is an event of its own tells as well",
        "The/det>king king/nsubj>announced:person announced=announce/root:past that/mark>fled"
        f" {FLED}/ccomp>announced:past ./punct>announced",
        "The king",
    ),
    (
        "a relative clause beside the saying is not said",
        "The/det>king king/nsubj>said:person who/nsubj>fled:rel fled=flee/acl:relcl>king:past"
        " said=say/root:past:state that/mark>won he/nsubj>won:PRON won=win/ccomp>said:past"
        " ./punct>said",
        None,
    ),
    (
        "quotation, its speaker after it",
        "“/punct>fled The/det>rebels rebels=rebel/nsubj>fled:person:plural"
        " fled=flee/ccomp>said:past"
        " ,/punct>fled ”/punct>fled said=say/root:past:state the/det>farmer"
        " farmer/nsubj>said:person ./punct>said",
        "the farmer",
    ),
    (
        "quotation, its speaker before it",
        "The/det>lawyer lawyer/nsubj>said:person said=say/root:past:state :/punct>fled “/punct>fled"
        " The/det>rebels rebels=rebel/nsubj>fled:person:plural fled=flee/ccomp>said:past"
        " ./punct>fled"
        " ”/punct>fled",
        "The lawyer",
    ),
]


@pytest.mark.parametrize(
    ("text", "speaker"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_source(text: str, speaker: str | None) -> None:
    assert source(text, "fled") == speaker


def test_quotation_of_several_paragraphs_has_one_speaker() -> None:
    text = (
        "“/punct>won We/nsubj>won:PRON won=win/ccomp>said:past ,/punct>won ”/punct>won"
        " said=say/root:past:state the/det>farmer farmer/nsubj>said:person ./punct>said"
        " “/punct>said They/nsubj>lost:PRON lost=lose/parataxis>said:past ./punct>lost ¶/dep>lost\n"
        "“/punct>fled The/det>rebels rebels=rebel/nsubj>fled:person:plural fled=flee/root:past"
        " ./punct>fled ”/punct>fled"
    )
    assert source(text, "fled") == "the farmer"


def test_statement_after_a_colon_goes_on_to_the_end() -> None:
    text = (
        "The/det>minister minister/nsubj>said:person said=say/root:past:state :/punct>said"
        " ¶/dep>said\n"
        "The/det>rebels rebels=rebel/nsubj>fled:person:plural fled=flee/root:past ./punct>fled"
    )
    assert source(text, "fled") == "The minister"


def test_event_of_saying_is_not_said_by_its_own_actor() -> None:
    text = (
        "The/det>king king/nsubj>announced:person announced=announce/root:past that/mark>fled"
        f" {FLED}/ccomp>announced:past ./punct>announced"
    )
    assert source(text, "announced") is None


def test_cue_is_the_word_that_tells() -> None:
    doc = make_doc(
        "The/det>general general/nsubj>said:person said=say/root:past:state that/mark>fled"
        f" {FLED}/ccomp>said:past ./punct>said"
    )
    found = SpeechFinder(doc, phrase_table(doc), lexicon()).find(find_word(doc, "fled"), "test")
    assert found is not None
    assert doc.text[found.cue.start : found.cue.end] == "said"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“/punct>b a/X>b b/root ”/punct>b c/X>b", ["a b"]),
        ('"/punct>b a/X>b b/root "/punct>b c/X>b "/punct>b d/X>b "/punct>b', ["a b", "d"]),
        ("“/punct>a a/root ¶/dep>a\nb/root", ["a"]),
        ("a/root b/X>a", []),
    ],
)
def test_quoted_tokens(text: str, quoted: list[str]) -> None:
    doc = make_doc(text)
    numbers = quoted_tokens(doc)
    groups: dict[int, list[str]] = {}
    for i in sorted(numbers):
        groups.setdefault(numbers[i], []).append(doc[i].text)
    assert [" ".join(words) for words in groups.values()] == quoted
