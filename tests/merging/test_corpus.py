"""Thirty articles on ten events: what is joined is one thing, and most of what is one is joined."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.merging import CORPUS, b_cubed, entity_items, event_items, iter_wrong, read_gold
from kg.articles import read_articles
from kg.graph.mapping import map_triples
from kg.graph.validate import validate_graph
from kg.link.across import link_articles
from kg.link.joined import Linked, apply_merges
from kg.records import Article, ArticleResult
from kg.resources import ontology_dir
from kg.store import Store

GOLD = read_gold()
# B-cubed, in percent; raise them when the figures rise.
FLOORS = {"events": (99.0, 88.0), "entities": (99.0, 97.0)}


@pytest.fixture(scope="session")
def by_id(linked: Linked) -> dict[str, ArticleResult]:
    return {result.article.id: result for result in linked.results}


def test_corpus_is_of_short_articles_by_different_publishers() -> None:
    articles = [a for a in read_articles([CORPUS / "articles"]) if isinstance(a, Article)]
    assert len(articles) == 30
    assert len({article.source for article in articles}) > 25
    assert all(article.published for article in articles)


@pytest.mark.parametrize("kind", FLOORS)
def test_figures_are_above_the_floors(by_id: dict[str, ArticleResult], kind: str) -> None:
    score = b_cubed((event_items if kind == "events" else entity_items)(by_id, GOLD[kind]))
    precision, recall = FLOORS[kind]
    assert 100 * score.precision >= precision
    assert 100 * score.recall >= recall


def test_nothing_is_joined_that_is_different(by_id: dict[str, ArticleResult]) -> None:
    items = [*event_items(by_id, GOLD["events"]), *entity_items(by_id, GOLD["entities"])]
    wrong = [pair for verdict, *pair in iter_wrong(items) if verdict == "joined"]
    assert wrong == []


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_order_of_articles_changes_nothing(
    results: tuple[ArticleResult, ...], linked: Linked, seed: int
) -> None:
    shuffled = list(results)
    Random(seed).shuffle(shuffled)
    assert link_articles(shuffled) == linked


def test_merges_that_are_kept_give_the_same_again(
    results: tuple[ArticleResult, ...], linked: Linked
) -> None:
    assert apply_merges(reversed(results), linked.merges) == linked


def test_every_merge_says_why(results: tuple[ArticleResult, ...], linked: Linked) -> None:
    texts = {result.article.id: result.article.text for result in results}
    assert linked.merges
    assert len({merge.id for merge in linked.merges}) == len(linked.merges)
    for merge in linked.merges:
        assert merge.rule
        assert merge.reason
        assert 0 < merge.score <= 1
        for span, quote in zip(merge.evidence, merge.quotes, strict=True):
            assert texts[span.article_id][span.start : span.end] == quote


def test_merged_graph_conforms_to_the_shapes(results: tuple[ArticleResult, ...]) -> None:
    few = [result for result in results if "Gao" in result.article.text]
    joined = link_articles(few)
    assert any(merge.is_event for merge in joined.merges)
    assert validate_graph(map_triples(joined.results, joined.merges)) == []


def test_how_many_were_captured_according_to_whom(linked: Linked) -> None:
    store = Store(map_triples(linked.results, linked.merges))
    text = (ontology_dir() / "queries" / "claims-compared.rq").read_text(encoding="utf-8")
    rows = [row for row in store.query(text).cells() if "captured" in row[0]]
    numbers: dict[str, set[tuple[str, str]]] = {}
    for what, _, _, number, _, _, speaker, publisher, _ in rows:
        numbers.setdefault(what, set()).add((number, speaker or publisher))
    said = {("40", "Issa Konaré"), ("60", "governor"), ("24", "Desert Observer")}
    assert said in numbers.values()
