"""A document made by hand -> its whole extraction: arguments, times, quantities, evidence."""

from datetime import date

from kg.extract import extract
from kg.records import Article, EventMention, Extraction, QuantityRole, RoleName
from tests.extract.docs import lexicon, make_doc

PUBLISHED = date(2024, 5, 6)  # a Monday


def read(text: str) -> Extraction:
    doc = make_doc(text)
    article = Article(id="test", text=doc.text, published=PUBLISHED)
    return extract(doc, article, lexicon=lexicon(), model="test 1")


def events(found: Extraction) -> dict[str, EventMention]:
    """The event mentions by their trigger's text."""
    text = found.article.text
    return {text[e.trigger.start : e.trigger.end]: e for e in found.event_mentions}


CAPTURE = (
    "The/det>army army/nsubj>captured:organization captured=capture/root:past 40/nummod>fighters"
    " fighters=fighter/obj>captured:person:plural in/case>Aleppo Aleppo/obl>captured:GPE"
    " on/case>Friday Friday/obl>captured:time:PROPN ./punct>captured"
)
SAID = (
    "The/det>general general/nsubj>said:person said=say/root:past:state on/case>Wednesday"
    " Wednesday/obl>said:time:PROPN that/mark>surrendered the/det>rebels"
    " rebels=rebel/nsubj>surrendered:person:plural surrendered=surrender/ccomp>said:past"
)


def test_event_with_all_that_is_said_of_it() -> None:
    found = read(CAPTURE)
    event = events(found)["captured"]
    assert event.lemma == "capture"
    assert event.category is not None
    assert [a.name for a in event.arguments] == [RoleName.ACTOR, RoleName.TARGET, RoleName.PLACE]
    assert event.time is not None
    assert event.time.value == "2024-05-03"
    (quantity,) = event.quantities
    assert (quantity.value, quantity.role) == (40, QuantityRole.TARGET)


def test_evidence_quotes_the_sentence() -> None:
    found = read(f"{SAID} ./punct>said\n{CAPTURE}")
    for event in found.event_mentions:
        evidence = event.evidence
        assert evidence.quote == found.article.text[evidence.span.start : evidence.span.end]
        assert evidence.model == "test 1"
    assert events(found)["captured"].evidence.quote.startswith("The army captured")


def test_time_of_saying_does_not_date_what_is_said() -> None:
    surrendered = events(read(f"{SAID} ./punct>said"))["surrendered"]
    assert surrendered.time is None or surrendered.time.value != "2024-05-01"


def test_each_time_dates_its_own_clause() -> None:
    text = f"{SAID} on/case>Monday Monday/obl>surrendered:time:PROPN ./punct>said"
    surrendered = events(read(text))["surrendered"]
    assert surrendered.time is not None
    # The last Monday before a Monday's article is told of the past: that day or the week before.
    assert surrendered.time.value in ("2024-04-29", "2024-05-06")


def test_time_is_shared_by_coordinated_verbs() -> None:
    found = read(
        "Gunmen=gunman/nsubj>stormed:person:plural stormed=storm/root:past the/det>hotel"
        " hotel/obj>stormed:place on/case>Friday Friday/obl>stormed:time:PROPN and/cc>killed"
        " killed=kill/conj>stormed:past guests=guest/obj>killed:person:plural ./punct>stormed"
    )
    times = {word: event.time.value for word, event in events(found).items() if event.time}
    assert times == {"stormed": "2024-05-03", "killed": "2024-05-03"}


def test_light_verb_s_time_dates_the_noun_s_event() -> None:
    found = read(
        "The/det>army army/nsubj>launched:organization launched=launch/root:past:state"
        " an/det>attack"
        " attack/obj>launched:event on/case>Friday Friday/obl>launched:time:PROPN ./punct>launched"
    )
    time = events(found)["attack"].time
    assert time is not None
    assert time.value == "2024-05-03"


def test_arguments_refer_to_mentions() -> None:
    found = read(CAPTURE)
    ids = {mention.id for mention in found.mentions}
    assert all(a.mention_id in ids for e in found.event_mentions for a in e.arguments)


def test_sentences_are_the_text_without_the_blanks_around_them() -> None:
    found = read(f"{CAPTURE} ¶/dep>captured\n{SAID} ./punct>said")
    text = found.article.text
    assert [text[s.start : s.end][-1] for s in found.sentences] == [".", "."]
    assert [text[s.start : s.end].strip() for s in found.sentences] == [
        text[s.start : s.end] for s in found.sentences
    ]


def test_same_document_same_extraction() -> None:
    assert read(CAPTURE) == read(CAPTURE)


def test_text_without_events() -> None:
    found = read("A/det>quiet quiet/amod>day day/root:time ./punct>day")
    assert not found.event_mentions
    assert len(found.sentences) == 1
