"""Many articles: each is analysed, and one that fails never stops the others."""

import logging
from collections.abc import Callable, Iterable, Iterator

from kg.errors import KGError, ModelError, OntologyError
from kg.records import Article, ArticleResult, Failure

logger = logging.getLogger(__name__)


def analyse_many(
    articles: Iterable[Article | Failure], analyse: Callable[[Article], ArticleResult]
) -> Iterator[ArticleResult | Failure]:
    """What ``analyse`` gives for each article, in the order given, or why it gave nothing.

    Args:
        articles: failures among them are passed on.
        analyse: called once an article.

    Raises:
        ModelError, OntologyError: the installation is damaged, so that every article would fail.
    """
    for article in articles:
        if isinstance(article, Failure):
            yield article
            continue
        try:
            outcome: ArticleResult | Failure = analyse(article)
        except (ModelError, OntologyError):
            raise
        except KGError as error:
            outcome = Failure(article_id=article.id, stage="analyse", error=str(error))
        except Exception as error:  # a fault costs one article
            logger.debug("%s: analysis failed", article.id, exc_info=True)
            outcome = Failure(article_id=article.id, stage="analyse", error=_fault(article, error))
        yield outcome


def _fault(article: Article, error: Exception) -> str:
    problem = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"{article.id}: a fault in kg ({problem}); please report it with the article"
