"""The whole pipeline: any text goes through, offsets hold, every sentence is a tree, runs agree."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

NEWS = "Gunmen killed two officers in Aleppo on Friday. The army said it had arrested three men."

ODD_TEXTS = {
    "empty": "",
    "blanks": "  \n\n\t \n",
    "one blank": " ",
    "emoji": "Police 👮🏽‍♀️ arrested 3 men 😀 in Kyiv 🇺🇦.",
    "long token": "a" * 10_000,
    "long token among others": f"The army {'x' * 10_000} left. It came back.",
    "right to left": "الجيش هاجم القرية. The army attacked القرية on Friday.",
    "zero width": "The\u200barmy\u200d attacked\ufeff the town.",
    "control characters": "The\x00 army\x07 attacked\x1b the\x7f town.\x0b",
    "combining marks": "Z̷a̴l̶g̸o̵ attacked é́́́ the town.",
    "punctuation": "... !!! ??? “” — \u2013 - () [] {}",
    "line ends": "One army.\r\nTwo armies.\rThree\u2028four\u2029five\x85six.",
    "no full stop": "Army attacks town",
    "many words in one sentence": "and the army " * 400,
    "surrogate-free astral": "\U0001d54b\U0001d559\U0001d556 left 𠀋.",
}


def assert_sound(doc: Doc, text: str) -> None:
    """What holds for every Doc: offsets, one root a sentence, heads inside it, labels set."""
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
        assert token.pos_
        assert token.dep_
        assert (token._.information_status == "none") == (token._.mention_type == "none")
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        assert all(sent.start <= token.head.i < sent.end for token in sent)
        roots = [token for token in words if token.head.i == token.i]
        assert len(roots) == (1 if words else 0), sent.text
    assert len(doc._.name_scores) == len(doc.ents)
    for values in doc._.sureness.values():
        assert values.shape == (len(doc),)
        assert all((values > 0) == [not token.is_space for token in doc])
        assert values.max(initial=0) <= 1


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_text_goes_through(nlp: Language, name: str) -> None:
    assert_sound(nlp(ODD_TEXTS[name]), ODD_TEXTS[name])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_text_goes_through(nlp: Language, text: str) -> None:
    assert_sound(nlp(text), text)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["The", "army", ".", "\n", "“", "”", "U.S.", "?", "Mr."])))
def test_any_order_of_words_and_marks_goes_through(nlp: Language, words: Sequence[str]) -> None:
    text = " ".join(words)
    assert_sound(nlp(text), text)


def analysis(doc: Doc) -> list[object]:
    tokens = [
        (t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t._.mention_type)
        for t in doc
    ]
    return [tokens, [(s.start, s.end) for s in doc.sents], [t._.event for t in doc]]


def test_two_runs_agree(nlp: Language) -> None:
    assert analysis(nlp(NEWS)) == analysis(nlp(NEWS))


def test_many_at_once_are_as_one_at_a_time(nlp: Language) -> None:
    texts = [NEWS, "", "Army attacks town", NEWS.replace("Aleppo", "Homs"), "   "]
    together = [analysis(doc) for doc in nlp.pipe(texts)]
    alone = [analysis(nlp(text)) for text in texts]
    # Scores may differ a little with the size of the batch, labels may not.
    assert [found[:2] for found in together] == [found[:2] for found in alone]
    for one, other in zip(together, alone, strict=True):
        assert one[2] == pytest.approx(other[2], abs=0.02)


def test_news_sentence_is_analysed(nlp: Language) -> None:
    doc = nlp(NEWS)
    word = {token.text: token for token in doc}
    assert word["killed"].dep_ == "root"
    assert (word["Gunmen"].dep_, word["Gunmen"].head.text) == ("nsubj", "killed")
    assert word["officers"].head.text == "killed"
    assert [ent.text for ent in doc.ents if ent.label_ == "GPE"] == ["Aleppo"]
    assert word["killed"]._.event > 0.5
    assert word["officers"]._.mention_type == "person"


def test_who_acts_is_the_name_and_not_the_noun_before_it(nlp: Language) -> None:
    doc = nlp("On Monday businessman Ahmed Saleh attacked a rival.")
    word = {token.text: token for token in doc}
    assert (word["Ahmed"].dep_, word["Ahmed"].head.text) == ("nsubj", "attacked")
    assert (word["businessman"].dep_, word["businessman"].head.text) == ("nmod:desc", "Ahmed")
    agents = {doc[r.argument].text for r in doc._.roles if doc[r.predicate].text == "attacked"}
    assert "Ahmed" in agents
    assert "businessman" not in agents


def test_what_was_spoken_of_is_given(nlp: Language) -> None:
    doc = nlp("Gunmen killed two officers in Aleppo on Friday. They fled in a car.")
    word = {token.text: token for token in doc}
    assert word["officers"]._.information_status == "new"
    assert word["They"]._.information_status == "giv:act"


def test_users_can_add_components(nlp: Language) -> None:
    assert nlp.pipe_names == ["kg_sentences", "kg_model"]
    assert nlp.meta["version"]


@pytest.mark.parametrize(
    ("sentence", "word", "lemma"),
    [
        ("Thousands fled when the dam broke.", "fled", "flee"),
        ("Thousands fled when the dam broke.", "broke", "break"),
        ("Thousands fled when the dam broke.", "when", "when"),
        ("She urged them to stay where they were.", "urged", "urge"),
        ("She urged them to stay where they were.", "where", "where"),
        ("A piano was stolen from the museum.", "piano", "piano"),
        ("A piano was stolen from the museum.", "stolen", "steal"),
        ("The government teeters on the brink.", "teeters", "teeter"),
        ("Police stopped the prophet there.", "stopped", "stop"),
        ("Police stopped the prophet there.", "prophet", "prophet"),
        ("Police stopped the prophet there.", "there", "there"),
        ("Wolves attacked the biggest herds.", "Wolves", "wolf"),
        ("Wolves attacked the biggest herds.", "biggest", "big"),
    ],
)
def test_lemmas(nlp: Language, sentence: str, word: str, lemma: str) -> None:
    assert next(t.lemma_ for t in nlp(sentence) if t.text == word) == lemma
