"""The corpus of tests/merging, read once: its articles take the model some seconds."""

from collections.abc import Callable

import pytest

import kg
from benchmarks.merging import CORPUS
from kg.link.across import link_articles
from kg.link.joined import Linked
from kg.records import Article, ArticleResult


@pytest.fixture(scope="session")
def results() -> tuple[ArticleResult, ...]:
    """What is found in each article of the corpus."""
    graph = kg.build([CORPUS / "articles"])
    assert graph.failures == ()
    return graph.results


@pytest.fixture(scope="session")
def linked(results: tuple[ArticleResult, ...]) -> Linked:
    """The articles of the corpus joined up."""
    return link_articles(results)


@pytest.fixture(scope="session")
def analyse(results: tuple[ArticleResult, ...]) -> Callable[[Article], ArticleResult]:
    """Gives what was found in an article of the corpus without reading it again."""
    known = {result.article.id: result for result in results}
    return lambda article: known[article.id]
