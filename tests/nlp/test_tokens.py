"""Tokens are those of UD English, and joined they are the text."""

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from kg.nlp.splitting import TokenWeights
from kg.nlp.tokens import TOKENIZER, UDTokenizer, follower, units_of


@pytest.fixture(scope="module")
def language() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def pieces(language: Language, text: str) -> str:
    """The tokens, parted by a bar where no blank parts them."""
    doc = language(text)
    return "".join(t.text + (" " if t.whitespace_ else "|") for t in doc).rstrip("|")


@pytest.mark.parametrize(
    "cut",
    [
        "The army left|.",
        "“|We left|,|” he said|.",
        "The U.S. Army left|.",
        "Mr. Haddad met Gen. Ali and Lt. Col. Omar|.",
        "J. R. Haddad",
        "the army|'s men",
        "the soldiers|\u2019 pay",
        "They do|n't know|.",
        "He ca|n\u2019t|; we|'ll",
        "I can|not go and I am gon|na stay",
        "let|'s",
        "a search|-|engine",
        "a 15|-|year|-|old boy",
        "US|-|backed Kurdish|-|led forces",
        "an e-mail",
        "non-combatants",
        "anti-government rebels",
        "co-founder",
        "$|5 and €|3.5",
        "1,200 men and 3.5 percent",
        "5|%",
        "10|am",
        "7:30|pm at 5 p.m.",
        "and|/|or",
        "Wait|... no|!!!",
        "He left -- and came back",
        "Beirut|—|the capital",
        "(|APP|)|:|Chief",
        "[|3|]",
        "See http://example.org/a?b=c|.",
        "write to a.b@example.org|, please",
        "call 713-853-3989",
    ],
)
def test_news_is_cut_as_the_treebanks_cut_it(language: Language, cut: str) -> None:
    assert pieces(language, cut.replace("|", "")) == cut


def test_blanks_are_kept(language: Language) -> None:
    doc = language("  One  army\n\nleft. \n ")
    assert [t.text for t in doc] == ["  ", "One", " ", "army", "\n\n", "left", ".", "\n "]
    assert doc.text == "  One  army\n\nleft. \n "


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_joined_the_tokens_are_the_text(text: str) -> None:
    tokenizer = UDTokenizer(Vocab(), TokenWeights({"cannot": 3}, {"bias": 1}))
    doc = tokenizer(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=30))
def test_joined_the_units_are_the_chunk(chunk: str) -> None:
    assert "".join(units_of(chunk, {"cannot": 3})) == chunk


@pytest.mark.parametrize(
    ("chunk", "units"),
    [
        ("don't", ["do", "n't"]),
        ("CANNOT", ["CAN", "NOT"]),
        ("((a))", ["(", "(", "a", ")", ")"]),
        ("!!!", ["!!!"]),
        ("F-16", ["F", "-", "16"]),
        ("👮🏽‍♀️!", ["👮🏽‍♀️", "!"]),
    ],
)
def test_units(chunk: str, units: list[str]) -> None:
    assert units_of(chunk, {"cannot": 3}) == units


@pytest.mark.parametrize(("text", "kind"), [("Army", "A"), ("a", "a"), ("5", "1"), ("(", "(")])
def test_follower(text: str, kind: str) -> None:
    assert follower(text) == kind


def test_weights_decide() -> None:
    vocab = Vocab()
    joined = UDTokenizer(vocab, TokenWeights({}, {"bias": -1}))
    parted = UDTokenizer(vocab, TokenWeights({}, {"bias": -1, "9aa -": 2}))
    assert [t.text for t in joined("a-b it-is")] == ["a-b", "it-is"]
    assert [t.text for t in parted("it-is")] == ["it", "-is"]


@pytest.mark.parametrize("part", ["a.", "!?", "-_", "@a", "ab-", "(", "x@y."])
def test_time_grows_with_the_length_only(language: Language, part: str) -> None:
    begin = time.process_time()
    language(part * 10_000)
    assert time.process_time() - begin < 10
