"""What labels go by: the trigger's part of speech, and who is no object of a relative clause."""

import pytest

from kg.extract import extract
from kg.records import Article, Extraction, RoleName
from tests.extract.docs import lexicon, make_doc


def read(text: str) -> Extraction:
    doc = make_doc(text)
    return extract(doc, Article(id="test", text=doc.text), lexicon=lexicon(), model="test 1")


@pytest.mark.parametrize(
    ("text", "pos"),
    [
        ("Rebels=rebel/nsubj>attacked:person attacked=attack/root:past ./punct>attacked", "VERB"),
        (
            "The/det>attack attack/nsubj>failed:event on/case>Aleppo Aleppo/nmod>attack:GPE"
            " failed=fail/root:past ./punct>failed",
            "NOUN",
        ),
    ],
)
def test_event_mention_has_its_triggers_part_of_speech(text: str, pos: str) -> None:
    found = {event.lemma: event.pos for event in read(text).event_mentions}
    assert found["attack"] == pos


def test_noun_of_many_of_whom_is_no_object() -> None:
    found = read(
        "people=people/root:person:plural ,/punct>attacked many/nsubj>attacked:PRON"
        " of/case>whom whom/nmod>many:PRON attacked=attack/acl:relcl>people:past ./punct>people"
    )
    (event,) = found.event_mentions
    assert not [a for a in event.arguments if a.name is RoleName.TARGET]
