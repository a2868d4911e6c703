"""Numbers that count or measure, their comparators and what they count."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.quantities import NumberPhrase, find_quantities, quantity_role, to_quantity
from kg.records import Comparator, QuantityRole, RoleName

NLP = spacy.blank("en")

#: Text, words found, value, maximum, comparator, unit.
CASES = [
    ("Police held 14 protesters.", "14", 14, None, "exactly", "protester"),
    ("Police held fourteen protesters.", "fourteen", 14, None, "exactly", "protester"),
    ("Police held twenty-six men.", "twenty-six", 26, None, "exactly", "man"),
    ("Two hundred and ten trucks came.", "Two hundred and ten", 210, None, "exactly", "truck"),
    ("The fire killed 1,340 cows.", "1,340", 1340, None, "exactly", "cow"),
    ("Hundreds of villagers fled.", "Hundreds", 200, None, "at_least", "villager"),
    ("Dozens of shops burnt.", "Dozens", 24, None, "at_least", "shop"),
    ("Thousands marched.", "Thousands", 2000, None, "at_least", ""),
    (
        "Tens of thousands of pupils stayed away.",
        "Tens of thousands",
        20000,
        None,
        "at_least",
        "pupil",
    ),
    (
        "Hundreds of thousands of voters waited.",
        "Hundreds of thousands",
        200000,
        None,
        "at_least",
        "voter",
    ),
    ("Millions of voters waited.", "Millions", 2000000, None, "at_least", "voter"),
    ("More than 8,000 nurses struck.", "More than 8,000", 8000, None, "more_than", "nurse"),
    ("Over 60 homes burnt.", "Over 60", 60, None, "more_than", "home"),
    ("Upwards of 50 boats sank.", "Upwards of 50", 50, None, "more_than", "boat"),
    ("At least 31 miners died.", "At least 31", 31, None, "at_least", "miner"),
    ("No fewer than nine ministers quit.", "No fewer than nine", 9, None, "at_least", "minister"),
    ("Up to 500 boats sank.", "Up to 500", 500, None, "at_most", "boat"),
    ("As many as 70 boats sank.", "As many as 70", 70, None, "at_most", "boat"),
    ("No more than 70 boats sank.", "No more than 70", 70, None, "at_most", "boat"),
    ("Fewer than 20 boats sank.", "Fewer than 20", 20, None, "less_than", "boat"),
    ("Less than a dozen boats sank.", "Less than a dozen", 12, None, "less_than", "boat"),
    ("Nearly 300 boats sank.", "Nearly 300", 300, None, "about", "boat"),
    ("Some 300 boats sank.", "Some 300", 300, None, "about", "boat"),
    ("Around 300 boats sank.", "Around 300", 300, None, "about", "boat"),
    ("About a hundred boats sank.", "About a hundred", 100, None, "about", "boat"),
    ("An estimated 300 boats sank.", "An estimated 300", 300, None, "about", "boat"),
    ("Only four boats sank.", "Only four", 4, None, "exactly", "boat"),
    ("They saw 40 or so boats.", "40 or so", 40, None, "about", "boat"),
    ("They saw 40 or more boats.", "40 or more", 40, None, "at_least", "boat"),
    ("Between 15 and 25 boats sank.", "Between 15 and 25", 15, 25, "range", "boat"),
    ("15-25 boats sank.", "15-25", 15, 25, "range", "boat"),
    ("15 to 25 boats sank.", "15 to 25", 15, 25, "range", "boat"),
    ("From five to ten boats sank.", "From five to ten", 5, 10, "range", "boat"),
    ("2 to 3 million voters stayed away.", "2 to 3 million", 2e6, 3e6, "range", "voter"),
    ("A dozen boats sank.", "A dozen", 12, None, "exactly", "boat"),
    ("Two dozen boats sank.", "Two dozen", 24, None, "exactly", "boat"),
    ("A couple of boats sank.", "A couple of", 2, None, "about", "boat"),
    ("Several boats sank.", "Several", None, None, "about", "boat"),
    ("A few boats sank.", "A few", None, None, "about", "boat"),
    ("Several hundred boats sank.", "Several hundred", 200, None, "at_least", "boat"),
    ("Half a million voters stayed away.", "Half a million", 500000, None, "exactly", "voter"),
    ("The city has 2.5 million voters.", "2.5 million", 2.5e6, None, "exactly", "voter"),
    ("The bridge cost $3bn.", "$3bn", 3e9, None, "exactly", "dollar"),
    ("The bridge cost US$ 20,000.", "US$ 20,000", 20000, None, "exactly", "dollar"),
    (
        "The bridge cost more than €1.2 billion.",
        "more than €1.2 billion",
        1.2e9,
        None,
        "more_than",
        "euro",
    ),
    ("The bridge cost £40k.", "£40k", 40000, None, "exactly", "pound"),
    ("The bridge cost 600 rubles.", "600", 600, None, "exactly", "ruble"),
    ("Output fell 7 percent.", "7 percent", 7, None, "exactly", "percent"),
    ("Output fell 7.5%.", "7.5%", 7.5, None, "exactly", "percent"),
    ("Output fell by 7 to 9 per cent.", "7 to 9 per cent", 7, 9, "range", "percent"),
    ("Nine of the rebels gave up.", "Nine", 9, None, "exactly", "rebel"),
    ("250 were wounded.", "250", 250, None, "exactly", ""),
    ("In Chad 90 miners died.", "90", 90, None, "exactly", "miner"),
    ("The army sent a 2,000-strong force.", "2,000", 2000, None, "exactly", "force"),
    ("One miner died.", "One", 1, None, "exactly", "miner"),
    ("He lost three children.", "three", 3, None, "exactly", "child"),
    ("They flew 300 km.", "300", 300, None, "exactly", "km"),
    ("In 2012 they sent 2012 boats.", "2012", 2012, None, "exactly", "boat"),
]


@pytest.mark.parametrize(("text", "words", "value", "maximum", "comparator", "unit"), CASES)
def test_number_is_found(
    text: str, words: str, value: float | None, maximum: float | None, comparator: str, unit: str
) -> None:
    phrases = find_quantities(NLP(text))
    found = [
        (text[p.start : p.end], p.value, p.maximum, p.comparator.value, p.unit) for p in phrases
    ]
    assert found == [(words, value, maximum, comparator, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "The town fell in 1998.",
        "The town fell on 7 October.",
        "The town fell on March 3, 2011.",
        "The siege lasted three days.",
        "Ten years later it fell.",
        "A 30-year-old woman spoke.",
        "The woman, aged 30, spoke.",
        "Ann Lee, 45, spoke.",
        "He turned 50.",
        "They came third.",
        "It was the 21st attack.",
        "United won 3-1.",
        "United drew 2\u20132.",
        "Flight 370 vanished.",
        "A Boeing 737 vanished.",
        "Apollo 11 landed.",
        "The G7 met.",
        "An F-16 crashed.",
        "COVID-19 spread.",
        "Resolution 2254 passed.",
        "See page 12.",
        "He was No. 4.",
        "It began at 14:30.",
        "They left by 9 p.m.",
        "Two-thirds voted.",
        "One of them spoke.",
        "No one spoke.",
        "A five-star hotel burnt.",
        "1. Remove the lid.",
        "The room was on Route 66.",
    ],
)
def test_other_numbers_are_left_out(text: str) -> None:
    assert find_quantities(NLP(text)) == ()


def test_two_sums_joined_by_and_are_two_quantities() -> None:
    text = "It cost $2.5 million and $3bn."
    assert [text[p.start : p.end] for p in find_quantities(NLP(text))] == ["$2.5 million", "$3bn"]


def build(words: list[str], pos: list[str], heads: list[int], deps: list[str]) -> Doc:
    """A Doc with UD labels, lemmas made by cutting a plural s."""
    lemmas = [word.lower().removesuffix("s") for word in words]
    starts = [index == 0 for index in range(len(words))]
    return Doc(
        NLP.vocab, words=words, pos=pos, heads=heads, deps=deps, lemmas=lemmas, sent_starts=starts
    )


def test_tree_gives_the_noun_that_the_number_modifies() -> None:
    doc = build(
        ["400", "IS", "fighters", "left"],
        ["NUM", "PROPN", "NOUN", "VERB"],
        [2, 2, 3, 3],
        ["nummod", "compound", "nsubj", "root"],
    )
    (phrase,) = find_quantities(doc)
    assert (phrase.unit, phrase.head) == ("fighter", 2)


def test_tree_gives_the_number_itself_and_the_unit_after_of() -> None:
    doc = build(
        ["Hundreds", "of", "rebels", "left"],
        ["NOUN", "ADP", "NOUN", "VERB"],
        [3, 2, 0, 3],
        ["nsubj", "case", "nmod", "root"],
    )
    (phrase,) = find_quantities(doc)
    assert (phrase.unit, phrase.head) == ("rebel", 0)


def test_tree_number_that_stands_alone_has_no_unit() -> None:
    doc = build(
        ["At", "least", "400", "left"],
        ["ADP", "ADJ", "NUM", "VERB"],
        [1, 2, 3, 3],
        ["case", "nmod", "nsubj", "root"],
    )
    (phrase,) = find_quantities(doc)
    assert (phrase.unit, phrase.head, phrase.comparator) == ("", 2, Comparator.AT_LEAST)


@pytest.mark.parametrize(
    ("action", "role", "lemma", "expected"),
    [
        ("kill", RoleName.TARGET, "civilian", QuantityRole.DEAD),
        ("Death", RoleName.TARGET, "person", QuantityRole.DEAD),
        ("kill", RoleName.ACTOR, "gunman", QuantityRole.ACTOR),
        ("kill", None, "", QuantityRole.DEAD),
        ("injure", RoleName.TARGET, "child", QuantityRole.INJURED),
        ("wound", RoleName.TARGET, "", QuantityRole.INJURED),
        ("flee", RoleName.ACTOR, "family", QuantityRole.DISPLACED),
        ("evacuate", RoleName.TARGET, "person", QuantityRole.DISPLACED),
        ("displace", RoleName.ACTOR, "army", QuantityRole.ACTOR),
        ("attack", RoleName.TARGET, "convoy", QuantityRole.TARGET),
        ("attack", RoleName.ACTOR, "gunman", QuantityRole.ACTOR),
        ("attack", RoleName.PLACE, "village", QuantityRole.OTHER),
        ("attack", RoleName.INSTRUMENT, "rocket", QuantityRole.OTHER),
        ("leave", RoleName.TARGET, "dead", QuantityRole.DEAD),
        ("report", None, "fatality", QuantityRole.DEAD),
        (None, None, "dollar", QuantityRole.OTHER),
        (None, None, "wounded", QuantityRole.INJURED),
        ("host", RoleName.TARGET, "refugee", QuantityRole.DISPLACED),
    ],
)
def test_quantity_role(
    action: str | None, role: RoleName | None, lemma: str, expected: QuantityRole
) -> None:
    assert quantity_role(action, role, lemma) is expected


def test_to_quantity_keeps_the_number() -> None:
    phrase = NumberPhrase(
        start=3, end=9, value=5, maximum=8, comparator=Comparator.RANGE, unit="boat", head=1
    )
    quantity = to_quantity(phrase, role=QuantityRole.TARGET, article_id="a")
    assert (quantity.span.start, quantity.span.end, quantity.span.article_id) == (3, 9, "a")
    assert (quantity.value, quantity.maximum, quantity.role) == (5, 8, QuantityRole.TARGET)


@given(st.text(alphabet="ab 0123,.-\u2013$%\ntwohundreforyms", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    phrases = find_quantities(NLP.make_doc(text))
    ends = [0, *(phrase.end for phrase in phrases)]
    assert all(end <= phrase.start for end, phrase in zip(ends, phrases, strict=False))
    assert all(phrase.end <= len(text) for phrase in phrases)
