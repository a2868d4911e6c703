"""Who says so: reported clauses, "according to", quotations, statements after a colon."""

import pytest

from kg.extract.attribution import SpeechFinder
from kg.extract.quotations import find_speakers, quoted_tokens
from kg.extract.syntax import subject_of
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
        "said after the clause, taken for an apposition in it",
        f"{FLED}/ccomp>said:past from/case>Qara Qara/obl>fled:GPE ,/punct>mayor the/det>mayor"
        " mayor/appos>Qara:person said=say/root:past:state ./punct>said",
        "the mayor",
    ),
    (
        "apposition at the end of what is said, said by nobody",
        f"{FLED}/ccomp>said:past from/case>Qara Qara/obl>fled:GPE ,/punct>town a/det>town"
        " town/appos>Qara:place ,/punct>said said=say/root:past:state ./punct>said",
        None,
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
    (
        "a letter says what its author does",
        "The/det>letter ministry/compound>letter:organization letter/nsubj>said:object"
        f" said=say/root:past:state that/mark>fled {FLED}/ccomp>said:past ./punct>said",
        None,
    ),
    (
        "a ministry's letter says what the ministry does",
        "The/det>ministry ministry/nmod:poss>letter:organization 's/case>ministry"
        " letter/nsubj>said:object said=say/root:past:state that/mark>fled"
        f" {FLED}/ccomp>said:past ./punct>said",
        "The ministry",
    ),
    (
        "a country's services are not the country",
        "The/det>services US/compound>services:GPE services=service/nsubj>believe:noun"
        f" believe/root:pres:state that/mark>fled {FLED}/ccomp>believe:past ./punct>believe",
        None,
    ),
    (
        "according to a report by somebody",
        "According/case>report to/fixed>According a/det>report report/obl>fled:object"
        " by/case>police police/nmod>report:organization ,/punct>report"
        f" {FLED}/root:past ./punct>fled",
        "police",
    ),
    (
        "according to somebody, within a relative clause",
        f"{FLED}/root:past the/det>town town/obj>fled:place which/obj>took:rel ,/punct>which"
        " according/case>police to/fixed>according police/obl>took:organization ,/punct>police"
        " the/det>army army/nsubj>took:organization took=take/acl:relcl>town:past ./punct>fled",
        None,
    ),
    (
        "per is no source where it tells a rate",
        f"{FLED}/root:past with/case>hut one/nummod>hut hut/obl>fled:object per/case>soldier"
        " soldier/nmod>hut:person ./punct>fled",
        None,
    ),
    (
        "whoever makes claims says what they are",
        "The/det>general general/nsubj>made:person made=make/root:past:state claims=claim/obj>made"
        f":noun that/mark>fled {FLED}/acl>claims:past ./punct>made",
        "The general",
    ),
    (
        "accused of",
        "Police/nsubj>accused:organization accused=accuse/root:past the/det>mayor"
        " mayor/obj>accused:person of/mark>fled fled=flee/advcl>accused:ger ./punct>accused",
        "Police",
    ),
    (
        "a participle after the saying goes on with what is said",
        "Troops=troop/nsubj>left:person:plural left=leave/ccomp>said:past ,/punct>left"
        " the/det>mayor mayor/nsubj>said:person said=say/root:past:state"
        " ,/punct>fled fled=flee/advcl>said:ger"
        " ./punct>said",
        "the mayor",
    ),
    (
        "believes that",
        "The/det>mayor mayor/nsubj>believes:person believes=believe/root:pres:state that/mark>fled"
        f" {FLED}/ccomp>believes:past ./punct>believes",
        "The mayor",
    ),
    (
        "heard that",
        "The/det>mayor mayor/nsubj>heard:person heard=hear/root:past:state that/mark>fled"
        f" {FLED}/ccomp>heard:past ./punct>heard",
        None,
    ),
    (
        "a speaker before a colon",
        f"UN/dep>fled:ORG :/punct>UN {FLED}/root:past ./punct>fled",
        "UN",
    ),
    (
        "a topic before a colon",
        f"Syria/dep>fled:GPE :/punct>Syria {FLED}/root:past ./punct>fled",
        None,
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
        # A line that ends with its sentence ends a quotation that nobody closed.
        ('"/punct>b a/X>b b/root ./punct>b ⏎/dep>b\nc/root', ["a b ."]),
        ('"/punct>b a/X>b b/root ⏎/dep>b c/X>b "/punct>b', ["a b \n c"]),
    ],
)
def test_quoted_tokens(text: str, quoted: list[str]) -> None:
    doc = make_doc(text)
    numbers = quoted_tokens(doc)
    groups: dict[int, list[str]] = {}
    for i in sorted(numbers):
        groups.setdefault(numbers[i], []).append(doc[i].text)
    assert [" ".join(words) for words in groups.values()] == quoted


@pytest.mark.parametrize(("verb", "actor"), [("ending=end", "Troops"), ("adding=add", "the mayor")])
def test_participle_after_a_report_is_done_by_whom_it_is_about(verb: str, actor: str) -> None:
    form = verb.partition("=")[0]
    doc = make_doc(
        "Troops=troop/nsubj>left:person:plural left=leave/ccomp>said:past ,/punct>left"
        " the/det>mayor mayor/nsubj>said:person said=say/root:past:state ,/punct>said"
        f" {verb}/advcl>said:ger ./punct>said"
    )
    subject = subject_of(find_word(doc, form))
    assert subject is not None
    assert actor.endswith(subject[0].text)


def test_nearest_verb_of_saying_names_the_speaker() -> None:
    doc = make_doc(
        "The/det>king king/nsubj>said:person said=say/root:past:state “/punct>come come/ccomp>said"
        ":inf ,/punct>come ”/punct>come and/cc>asked the/det>queen queen/nsubj>asked:person"
        " asked=ask/conj>said:past:state ,/punct>asked “/punct>go go/ccomp>asked:inf ?/punct>go"
        " ”/punct>go"
    )
    quoted = quoted_tokens(doc)
    found = find_speakers(doc, quoted, lambda word: word.pos_ == "NOUN")
    assert [found[n].speaker.text for n in sorted(found)] == ["king", "queen"]


def test_second_quotation_of_a_paragraph_has_the_speaker_of_the_first() -> None:
    text = (
        "“/punct>won We/nsubj>won:PRON won=win/ccomp>said:past ,/punct>won ”/punct>won"
        " said=say/root:past:state the/det>farmer farmer/nsubj>said:person in/case>village"
        " the/det>village village/obl>said:place near/case>border the/det>border"
        " border/nmod>village:place ./punct>said\n"
        "“/punct>fled The/det>rebels rebels=rebel/nsubj>fled:person:plural fled=flee/root:past"
        " ./punct>fled ”/punct>fled"
    )
    assert source(text, "fled") == "the farmer"
