"""Where sentences start: the marks, abbreviations, lines and datelines of news text."""

import time

import pytest
import spacy
from spacy.language import Language

import kg.nlp.sentences
import kg.nlp.tokens

assert kg.nlp.sentences.TITLES
TOKENIZER = {"nlp": {"tokenizer": {"@tokenizers": kg.nlp.tokens.TOKENIZER}}}


@pytest.fixture(scope="module")
def splitter() -> Language:
    language = spacy.blank("en", config=TOKENIZER)
    language.add_pipe("kg_sentences")
    return language


#: What is tested, and the sentences, which stand in the text with a blank between them.
INLINE = [
    ("full stops", ["The army left.", "The rebels came."]),
    ("question and exclamation", ["Who left?", "Nobody!", "Why?"]),
    ("quotation ends after the full stop", ["“We left.”", "Nobody knew."]),
    ("straight quotation", ['"We left."', "Nobody knew."]),
    ("bracket ends after the full stop", ["(Nobody left.)", "The army came."]),
    ("quotation goes on with its speaker", ["“We left,” he said.", "“Nobody knew.”"]),
    ("question in a quotation", ["“Who left?” he asked.", "Nobody spoke."]),
    ("next sentence opens with a quotation", ["The army left.", "“Nobody knew,” he said."]),
    ("next sentence opens with a number", ["The army left.", "40 men stayed."]),
    ("titles", ["Mr. Haddad met Gen. Ali and Dr. Omar.", "Sen. Smith left."]),
    ("initials", ["J. R. Haddad met George W. Bush.", "He left."]),
    ("country inside a sentence", ["The U.S. Army left the U.K. yesterday.", "It came back."]),
    ("country at the end", ["He moved to the U.S.", "The army left."]),
    ("time of day", ["It began at 5 p.m. on Friday.", "It ended at 6 p.m.", "The crowd left."]),
    ("month", ["It began on Jan. 5 in Rome.", "It ended on Feb. 7."]),
    ("number", ["He was No. 2 in the party.", "He left."]),
    ("company", ["Shell Co. said it left.", "Ford Inc. stayed."]),
    ("decimal numbers", ["Prices rose 3.5 percent.", "Wages fell 1.2 percent."]),
    ("ellipsis inside", ["He waited ... and left.", "Nobody came."]),
    ("ellipsis at the end", ["He waited...", "Nobody came."]),
    ("several marks", ["Who left?!", "Nobody knew."]),
    ("saint and mountain", ["He moved to St. Louis near Mt. Airy.", "He left."]),
    ("versus", ["The case of Smith vs. Jones ended.", "He left."]),
    ("small letters in casual writing", ["they left the town.", "nobody knew why."]),
    ("footnote mark", ["Nobody left. [3]", "It came back."]),
    ("rank and initials", ["Lt. Gen. H. R. Khan met Brig. Ali.", "Maj. Omar left."]),
    ("bill and section", ["It breaks Art. 5 and Sec. 12.", "The court said so."]),
    ("number as a name", ["Resolution No. 2254 passed.", "It ended the siege."]),
    ("percent", ["Exports fell 3.5 per cent.", "Imports rose."]),
    ("court case", ["The case is U.S. v. Haddad.", "Police Const. Ali spoke."]),
    ("quoted title", ["He wrote “Who Left?” in 1999.", "It sold well."]),
    ("agency in brackets", ["The army left (Reuters).", "It came back."]),
    ("exclamation in a name", ["He works at Yahoo! in Delhi.", "He left."]),
    ("et cetera", ["They took food, fuel, etc. from the depot.", "Nobody was hurt."]),
    ("web address", ["See www.example.org for more.", "He left."]),
]


@pytest.mark.parametrize(
    "sentences", [case[1] for case in INLINE], ids=[case[0] for case in INLINE]
)
def test_inside_a_line(splitter: Language, sentences: list[str]) -> None:
    assert [s.text for s in splitter(" ".join(sentences)).sents] == sentences


#: What is tested, the text, the sentences.
LAYOUT = [
    ("blank line", "Army leaves\n\nThe army left.", ["Army leaves", "The army left."]),
    ("headline and line break", "Army leaves\nThe army left.", ["Army leaves", "The army left."]),
    ("bullets", "- the army\n- the police", ["- the army", "- the police"]),
    (
        "dateline with agency",
        "QAMISHLI, Syria (AP) — The army left.",
        ["QAMISHLI, Syria (AP) —", "The army left."],
    ),
    (
        "dateline with dash",
        "WASHINGTON—President Ali left.",
        ["WASHINGTON—", "President Ali left."],
    ),
    ("dateline with colon", "BOSTON: The army left.", ["BOSTON:", "The army left."]),
    (
        "dateline with date and agency",
        "SOUTH WAZIRISTAN, April 5 (APP): Chief Minister Ali left.",
        ["SOUTH WAZIRISTAN, April 5 (APP):", "Chief Minister Ali left."],
    ),
    (
        "dateline in a later paragraph",
        "Army leaves\n\nPARIS — The army left.",
        ["Army leaves", "PARIS —", "The army left."],
    ),
    (
        "bullets with full stops",
        "The army said:\n• It left Homs.\n• It stays in Hama.",
        ["The army said:", "• It left Homs.", "• It stays in Hama."],
    ),
    (
        "a mail's head",
        "From: Ali Haddad\nSent: Friday\nThe army left.",
        ["From: Ali Haddad", "Sent: Friday", "The army left."],
    ),
    ("lost blank", "The army left the town.The rebels came.", None),
]


@pytest.mark.parametrize(
    ("text", "sentences"), [case[1:] for case in LAYOUT], ids=[case[0] for case in LAYOUT]
)
def test_layout(splitter: Language, text: str, sentences: list[str] | None) -> None:
    expected = sentences or ["The army left the town.", "The rebels came."]
    assert [s.text.strip() for s in splitter(text).sents] == expected


def test_text_wrapped_at_a_width_is_not_cut_at_its_lines(splitter: Language) -> None:
    text = (
        "The army left the town of Aleppo on Friday morning after a siege\n"
        "that had lasted for more than three months and cost many lives on\n"
        "both sides, officials of the two governments told reporters late\n"
        "on Saturday. The rebels had come back to the ruined market in the\n"
        "night, they said."
    )
    assert len(list(splitter(text).sents)) == 2


def test_quotation_of_several_sentences(splitter: Language) -> None:
    found = [s.text for s in splitter("“We left. They came. Nobody knew,” he said.").sents]
    assert found == ["“We left.", "They came.", "Nobody knew,” he said."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "...", "\n.\n", "“"])
def test_next_to_nothing(splitter: Language, text: str) -> None:
    doc = splitter(text)
    assert "".join(s.text_with_ws for s in doc.sents) == text


def test_blanks_belong_to_the_sentence_before_them(splitter: Language) -> None:
    sents = list(splitter("One army.\n\n  Two armies.").sents)
    assert [s[0].text for s in sents] == ["One", "Two"]


def test_time_grows_with_the_length_only(splitter: Language) -> None:
    # A full stop at each fifth word, and a line of capitals that never becomes a dateline.
    text = "ARMY, Army (A, A A, A left the town. " * 4_000
    begin = time.process_time()
    splitter(text)
    assert time.process_time() - begin < 5
