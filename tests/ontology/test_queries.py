"""The questions that the graph is made to answer, asked of an article whose answers are known."""

from pathlib import Path

import pytest

from kg.graph.mapping import map_triples
from kg.resources import ontology_dir
from kg.store import Store
from tests.graph.factories import SENTENCES, clash

QUERIES = sorted((ontology_dir() / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def store() -> Store:
    return Store(map_triples([clash()]))


def answer(store: Store, name: str, **changes: str) -> list[list[str]]:
    text = (ontology_dir() / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return store.query(text).cells()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_says_what_it_answers_and_runs(store: Store, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith("# ")
    assert len(first) > 20
    assert "PREFIX" not in text
    result = store.query(text)
    assert result.variables
    assert result.rows or path.stem == "events-at-place"


def test_which_force_captured_whom_where_when_how_many_and_who_says_so(store: Store) -> None:
    assert answer(store, "captures") == [
        [
            *("River Guard", "40 raiders", "40", "raiders", "Nordhaven", "2024-05-03"),
            *("Ida Falk", SENTENCES[0]),
        ]
    ]


def test_which_events_took_place_at_a_place(store: Store) -> None:
    rows = answer(store, "events-at-place", baghouz="nordhaven")
    assert [row[1:] for row in rows] == [
        ["Three to five people died", "Nordhaven", ""],
        ["River Guard captured 40 raiders in Nordhaven", "Nordhaven", "2024-05-03"],
    ]
    assert answer(store, "events-at-place", baghouz="mill ford") == []


def test_what_was_denied_or_only_possible(store: Store) -> None:
    assert answer(store, "denied-or-hypothetical") == [
        ["River Guard did not shell Nordhaven", "denied", "Ida Falk", SENTENCES[1]],
        ["Veland to send soldiers to Nordhaven", "planned", "", SENTENCES[3]],
        ["River Guard might attack Mill Ford", "possible", "", SENTENCES[2]],
    ]


def test_who_says_what(store: Store) -> None:
    assert [row[:2] + row[3:] for row in answer(store, "said-by")] == [
        ["Ida Falk", "said", SENTENCES[0]],
        ["Ida Falk", "said", SENTENCES[1]],
    ]


def test_evidence_quotes_the_text(store: Store) -> None:
    result = clash()
    rows = answer(store, "evidence")
    assert len(rows) == sum(1 + len(event.roles) for event in result.events)
    for _, _, article, start, end, quote, rule, score in rows:
        assert article == "clash"
        assert result.article.text[int(start) : int(end)] == quote
        assert rule
        assert 0 <= float(score) <= 1


def test_timeline(store: Store) -> None:
    assert answer(store, "timeline") == [
        [
            *("2024-05-03", "2024-05-03"),
            *("River Guard captured 40 raiders in Nordhaven", "on Friday"),
        ]
    ]


def test_casualties(store: Store) -> None:
    assert answer(store, "casualties") == [
        ["dead", "3", "5", "Range", "Three to five people died", "Nordhaven", ""]
    ]


def test_who_did_what_to_whom(store: Store) -> None:
    assert answer(store, "who-did-what-to-whom") == [
        ["River Guard", "capture of a person", "40 raiders", "Nordhaven", "assault"]
    ]
