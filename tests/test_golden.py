"""The golden sentences through the real model: what they must give and must not claim."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract.actions import load_lexicon
from kg.graph.mapping import map_triples
from kg.link.merge import link
from kg.nlp.pipeline import load
from kg.records import EventMention, Extraction, Modality, Polarity
from kg.store import Store
from tests.golden.cases import (
    FOLDER,
    Case,
    StatusCase,
    differences,
    read_cases,
    read_status_cases,
    run,
)

ONTOLOGY = Path(__file__).parent.parent / "ontology"
STATUS_FILE = FOLDER / "status.md"
CASES = [
    case for path in sorted(FOLDER.glob("*.md")) if path != STATUS_FILE for case in read_cases(path)
]
#: How many events that did not happen may come out as if they had: the promise that a plain query
#: gives what happened rests on it.
MOST_FALSELY_REALISED = 0.02
LEAST_REALISED = 0.95
LEAST_EXACT = 0.8


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="session")
def found(nlp: Language) -> dict[str, Extraction]:
    """What is extracted from each golden sentence."""
    lexicon = load_lexicon([ONTOLOGY / "actions.ttl", ONTOLOGY / "plover.ttl"])
    results = run([(case.sentence, case.published) for case in CASES], nlp, lexicon)
    return {case.sentence: result for case, result in zip(CASES, results, strict=True)}


@pytest.fixture(scope="session")
def suite(nlp: Language) -> list[tuple[StatusCase, Extraction]]:
    """Each case of the status file with what is extracted from it."""
    lexicon = load_lexicon([ONTOLOGY / "actions.ttl", ONTOLOGY / "plover.ttl"])
    cases = list(read_status_cases(STATUS_FILE))
    results = run([(case.sentence, None) for case in cases], nlp, lexicon)
    return list(zip(cases, results, strict=True))


@pytest.fixture(scope="session")
def judged(suite: list[tuple[StatusCase, Extraction]]) -> list[tuple[StatusCase, str]]:
    """Each case of the status file with the status that its trigger got."""
    return [(case, _status(case, result)) for case, result in suite]


@pytest.fixture(scope="session")
def returned(suite: list[tuple[StatusCase, Extraction]]) -> set[tuple[str, int]]:
    """The article and the start of the trigger of each event that a plain query returns."""
    store = Store(map_triples([link(extraction) for _, extraction in suite]))
    rows = store.query("""SELECT ?id ?start {
        ?event a sem:Event ; kg:action ?action ; kg:claim ?claim .
        ?claim kg:trigger/nif:beginIndex ?start ; prov:hadPrimarySource/dcterms:identifier ?id }""")
    return {(article, int(start)) for article, start in rows.cells()}


def _status(case: StatusCase, found: Extraction) -> str:
    """The label of the event that starts where the case's trigger does; "no event" for none."""
    by_start: dict[int, EventMention] = {e.trigger.start: e for e in found.event_mentions}
    event = by_start.get(case.start)
    if event is None:
        return "no event"
    return "denied" if event.polarity is Polarity.NEGATIVE else str(event.modality)


def _is_realised(status: str) -> bool:
    return status in (Modality.ACTUAL, Modality.HABITUAL)


def _report(wrong: list[tuple[StatusCase, str]]) -> str:
    return "\n".join(f"[{c.kind}] {c.sentence} {c.expected}, got {got}" for c, got in wrong)


def _iter_ids() -> Iterator[str]:
    for case in CASES:
        yield f"{case.file}: {case.sentence}"


@pytest.mark.parametrize("case", CASES, ids=list(_iter_ids()))
def test_golden_sentence(case: Case, found: dict[str, Extraction]) -> None:
    wrong = differences(case, found[case.sentence])
    assert not wrong, "\n".join(wrong)


def test_what_did_not_happen_does_not_come_out_as_fact(
    judged: list[tuple[StatusCase, str]],
) -> None:
    unrealised = [(case, got) for case, got in judged if not _is_realised(case.expected)]
    wrong = [(case, got) for case, got in unrealised if _is_realised(got)]
    assert len(unrealised) >= 150
    assert len(wrong) <= MOST_FALSELY_REALISED * len(unrealised), _report(wrong)


def test_what_happened_comes_out_as_fact(judged: list[tuple[StatusCase, str]]) -> None:
    realised = [(case, got) for case, got in judged if _is_realised(case.expected)]
    wrong = [(case, got) for case, got in realised if not _is_realised(got)]
    assert len(realised) >= 80
    assert len(realised) - len(wrong) >= LEAST_REALISED * len(realised), _report(wrong)


def test_plain_query_returns_what_happened_and_nothing_else(
    suite: list[tuple[StatusCase, Extraction]], returned: set[tuple[str, int]]
) -> None:
    found = [(case, (told.article.id, case.start) in returned) for case, told in suite]
    unrealised = [(case, hit) for case, hit in found if not _is_realised(case.expected)]
    realised = [(case, hit) for case, hit in found if _is_realised(case.expected)]
    wrong = [case.sentence for case, hit in unrealised if hit]
    missed = [case.sentence for case, hit in realised if not hit]
    assert len(unrealised) >= 300
    assert len(realised) >= 140
    assert len(wrong) <= MOST_FALSELY_REALISED * len(unrealised), wrong
    assert len(missed) <= (1 - LEAST_REALISED) * len(realised), missed


def test_status_is_the_one_that_the_words_tell(judged: list[tuple[StatusCase, str]]) -> None:
    exact = [(case, got) for case, got in judged if case.expected != "unrealised"]
    wrong = [(case, got) for case, got in exact if case.expected != got]
    assert len(exact) - len(wrong) >= LEAST_EXACT * len(exact), _report(wrong)


def test_every_case_names_words_of_its_sentence() -> None:
    assert len(CASES) >= 100
    for case in CASES:
        assert case.events
        assert all(word in case.sentence for word, _ in case.events), case.sentence
