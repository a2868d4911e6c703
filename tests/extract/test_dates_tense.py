"""The direction of an expression without its year, read from Universal Dependencies labels."""

from datetime import date

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.dates import find_times
from kg.extract.dates.tense import Direction, direction_at

NLP = spacy.blank("en")
#: Rows of word, POS, head, relation, features, and a lemma where it is not the word.
Row = tuple[str, str, int, str, str, str]


def build(rows: list[Row]) -> Doc:
    """A Doc with UD labels from ``rows``."""
    words, pos, heads, deps, morphs, lemmas = (list(column) for column in zip(*rows, strict=True))
    return Doc(
        NLP.vocab,
        words=words,
        pos=pos,
        heads=heads,
        deps=deps,
        morphs=morphs,
        lemmas=lemmas,
        sent_starts=[index == 0 for index in range(len(words))],
    )


def sentence(*middle: Row, verb: int) -> Doc:
    """ "Rebels … on Monday", the weekday depending on token ``verb``."""
    n = len(middle) + 1
    subject: Row = ("Rebels", "NOUN", verb, "nsubj", "Number=Plur", "rebel")
    tail: list[Row] = [
        ("on", "ADP", n + 1, "case", "", "on"),
        ("Monday", "PROPN", verb, "obl", "Number=Sing", "Monday"),
    ]
    return build([subject, *middle, *tail])


PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"
PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"
PARTICIPLE = "Tense=Past|VerbForm=Part"
CASES = {
    "simple past": (sentence(("left", "VERB", 1, "root", PAST, "leave"), verb=1), Direction.PAST),
    "future with will": (
        sentence(
            ("will", "AUX", 2, "aux", "VerbForm=Fin", "will"),
            ("leave", "VERB", 2, "root", "VerbForm=Inf", "leave"),
            verb=2,
        ),
        Direction.FUTURE,
    ),
    "present perfect": (
        sentence(
            ("have", "AUX", 2, "aux", PRESENT, "have"),
            ("left", "VERB", 2, "root", PARTICIPLE, "leave"),
            verb=2,
        ),
        Direction.PAST,
    ),
    "past passive": (
        sentence(
            ("were", "AUX", 2, "aux:pass", PAST, "be"),
            ("killed", "VERB", 2, "root", PARTICIPLE, "kill"),
            verb=2,
        ),
        Direction.PAST,
    ),
    "infinitive under a plan": (
        sentence(
            ("plan", "VERB", 1, "root", PRESENT, "plan"),
            ("to", "PART", 3, "mark", "", "to"),
            ("leave", "VERB", 1, "xcomp", "VerbForm=Inf", "leave"),
            verb=3,
        ),
        Direction.FUTURE,
    ),
    "infinitive under an aspectual verb in the past": (
        sentence(
            ("began", "VERB", 1, "root", PAST, "begin"),
            ("to", "PART", 3, "mark", "", "to"),
            ("leave", "VERB", 1, "xcomp", "VerbForm=Inf", "leave"),
            verb=3,
        ),
        Direction.PAST,
    ),
    "futurate present": (
        sentence(("arrive", "VERB", 1, "root", PRESENT, "arrive"), verb=1),
        Direction.FUTURE,
    ),
    "present progressive": (
        sentence(
            ("are", "AUX", 2, "aux", PRESENT, "be"),
            ("leaving", "VERB", 2, "root", "Tense=Pres|VerbForm=Part", "leave"),
            verb=2,
        ),
        Direction.FUTURE,
    ),
    "present passive of a plan": (
        sentence(
            ("are", "AUX", 2, "aux:pass", PRESENT, "be"),
            ("set", "VERB", 2, "root", PARTICIPLE, "set"),
            ("to", "PART", 4, "mark", "", "to"),
            ("leave", "VERB", 2, "xcomp", "VerbForm=Inf", "leave"),
            verb=2,
        ),
        Direction.FUTURE,
    ),
    "passive infinitive after be": (
        sentence(
            ("are", "AUX", 1, "root", PRESENT, "be"),
            ("to", "PART", 4, "mark", "", "to"),
            ("be", "AUX", 4, "aux:pass", "VerbForm=Inf", "be"),
            ("tried", "VERB", 1, "xcomp", PARTICIPLE, "try"),
            verb=4,
        ),
        Direction.FUTURE,
    ),
    "infinitive under a noun has the time of its clause": (
        sentence(
            ("led", "VERB", 1, "root", PAST, "lead"),
            ("efforts", "NOUN", 1, "obj", "Number=Plur", "effort"),
            ("to", "PART", 4, "mark", "", "to"),
            ("leave", "VERB", 2, "acl", "VerbForm=Inf", "leave"),
            verb=4,
        ),
        Direction.PAST,
    ),
    "modal": (
        sentence(
            ("could", "AUX", 2, "aux", "VerbForm=Fin", "could"),
            ("leave", "VERB", 2, "root", "VerbForm=Inf", "leave"),
            verb=2,
        ),
        Direction.FUTURE,
    ),
    "modal perfect": (
        sentence(
            ("could", "AUX", 3, "aux", "VerbForm=Fin", "could"),
            ("have", "AUX", 3, "aux", "VerbForm=Inf", "have"),
            ("left", "VERB", 3, "root", PARTICIPLE, "leave"),
            verb=3,
        ),
        Direction.PAST,
    ),
    "stative present": (
        sentence(("know", "VERB", 1, "root", PRESENT, "know"), verb=1),
        Direction.UNKNOWN,
    ),
}


@pytest.mark.parametrize(("doc", "direction"), CASES.values(), ids=CASES)
def test_direction_follows_the_governing_verb(doc: Doc, direction: Direction) -> None:
    text = doc.text
    start = text.index("Monday")
    assert direction_at(doc, text, start, start + 6) is direction


def test_tree_decides_the_year_of_a_month_and_the_week_of_a_day() -> None:
    doc, _ = CASES["future with will"]
    assert find_times(doc, published=date(2019, 3, 6))[0].value == "2019-03-11"
    doc, _ = CASES["simple past"]
    assert find_times(doc, published=date(2019, 3, 6))[0].value == "2019-03-04"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The mayor spoke on Monday.", Direction.PAST),
        ("The mayor will speak on Monday.", Direction.FUTURE),
        ("The mayor is expected to speak on Monday.", Direction.FUTURE),
        ("The vote, to be held on Monday, is close.", Direction.FUTURE),
        ("On Monday the mayor was shot.", Direction.PAST),
        ("On Monday the mayor will be heard.", Direction.FUTURE),
        ("Inflation fell 0.9% on Monday.", Direction.PAST),
        ("Monday, perhaps.", Direction.UNKNOWN),
        ("He was jailed; the trial will open on Monday.", Direction.FUTURE),
    ],
)
def test_without_labels_the_nearest_words_decide(text: str, direction: Direction) -> None:
    doc = NLP(text)
    start = text.index("Monday")
    assert direction_at(doc, text, start, start + 6) is direction
