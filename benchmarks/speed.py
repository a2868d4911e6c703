"""What extraction costs beside the model: the seconds of each step of ``kg build``, on one core.

The processor's own time is taken, which other programs on the machine change little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

from kg.build import story_text
from kg.extract import extract
from kg.extract.actions import shipped_lexicon
from kg.link.merge import link
from kg.nlp.pipeline import load
from kg.records import Article

# How often all articles are read; the medians are given.
READINGS = 5
T = TypeVar("T")


def cost(articles: Sequence[Article]) -> dict[str, float]:
    """Percent of the model's time that extraction and linking take, and the model's speed.

    The first article is read once before, so that nothing is loaded while the clock runs.
    """
    nlp, lexicon = load(), shipped_lexicon()

    def read(article: Article) -> tuple[float, float, float]:
        in_model, doc = _timed(lambda: nlp(story_text(article)))
        in_extraction, found = _timed(lambda: extract(doc, article, lexicon=lexicon, model=""))
        in_linking, _ = _timed(lambda: link(found))
        return in_model, in_extraction, in_linking

    read(articles[0])
    readings = [
        [sum(step) for step in zip(*map(read, articles), strict=True)] for _ in range(READINGS)
    ]
    characters = sum(len(article.text) for article in articles)
    return {
        "model_characters_per_second": round(median(characters / r[0] for r in readings)),
        "extraction_percent_of_model": round(median(100 * r[1] / r[0] for r in readings), 1),
        "linking_percent_of_model": round(median(100 * r[2] / r[0] for r in readings), 1),
    }


def _timed(step: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    result = step()
    return time.process_time() - began, result
