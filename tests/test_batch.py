import pytest

from kg.batch import analyse_many
from kg.errors import ArticleError, ModelError, OntologyError
from kg.records import Article, ArticleResult, Failure

ARTICLES = [Article(id=name, text=name) for name in ("a", "b", "c")]


def analyse_or_raise(error: Exception, article: Article) -> ArticleResult:
    if article.id == "b":
        raise error
    return ArticleResult(article=article)


def test_every_article_is_analysed_in_order() -> None:
    outcomes = list(analyse_many(ARTICLES, lambda article: ArticleResult(article=article)))
    assert outcomes == [ArticleResult(article=article) for article in ARTICLES]


def test_failures_are_passed_on() -> None:
    failure = Failure(article_id="x", stage="read", error="x: empty")
    assert list(analyse_many([failure], lambda _: pytest.fail("analysed"))) == [failure]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ArticleError("b: no sentence"), "b: no sentence"),
        (
            KeyError("head"),
            "b: a fault in kg (KeyError: 'head'); please report it with the article",
        ),
        (RuntimeError("one\ntwo"), "b: a fault in kg (RuntimeError: one); please report"),
    ],
)
def test_an_article_that_fails_never_stops_the_others(error: Exception, message: str) -> None:
    first, second, third = analyse_many(ARTICLES, lambda each: analyse_or_raise(error, each))
    assert isinstance(first, ArticleResult)
    assert isinstance(second, Failure)
    assert isinstance(third, ArticleResult)
    assert (second.article_id, second.stage) == ("b", "analyse")
    assert second.error.startswith(message)


@pytest.mark.parametrize("error", [ModelError("damaged"), OntologyError("damaged")])
def test_a_damaged_installation_stops_the_run(error: Exception) -> None:
    with pytest.raises(type(error), match="damaged"):
        list(analyse_many(ARTICLES, lambda each: analyse_or_raise(error, each)))
