"""Measure what linking an article costs as a project grows: python -m benchmarks.linking.

The articles are made up: five reports of the same story on each day, of its own people, towns and
organisations, and with some actors that recur in every story. Time is that of the processor, the
least of some runs.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date, timedelta
from random import Random

from kg.link.across import link_articles
from kg.records import (
    Article,
    ArticleResult,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Location,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Role,
    RoleName,
    Span,
    TimeExpression,
    content_id,
)

FIRST_DAY = date(2000, 1, 1)
REPORTS_A_STORY = 5
ACTIONS = ("attack", "meet", "detain", "demonstration", "trade", "crash", "die", "treaty")
HUBS = (("United Nations", EntityKind.ORGANIZATION), ("Veland", EntityKind.COUNTRY))


def make_articles(n_articles: int) -> list[ArticleResult]:
    """Made-up results, the same for the same number."""
    return [make_article(*divmod(number, REPORTS_A_STORY)) for number in range(n_articles)]


def make_article(story: int, report: int) -> ArticleResult:
    """One report of a story: six actors and places, eight events, all of one day."""
    day = FIRST_DAY + timedelta(days=story)
    names = [
        (f"Anna Person{story}", EntityKind.PERSON),
        (f"Bert Person{story}", EntityKind.PERSON),
        (f"Movement Of{story}", EntityKind.ORGANIZATION),
        (f"Town{story}", EntityKind.PLACE),
        *HUBS,
    ]
    text = ". ".join([*(name for name, _ in names), *ACTIONS])
    article = Article(id=f"s{story}-{report}", text=text, published=day, source=f"paper {report}")
    mentions = [_mention(article, name, kind) for name, kind in names]
    entities = [
        _entity(name, kind, mention) for (name, kind), mention in zip(names, mentions, strict=True)
    ]
    order = Random(story * REPORTS_A_STORY + report)
    events = [_event(article, action, order.sample(entities, 3), day) for action in ACTIONS]
    return ArticleResult(
        article=article, mentions=tuple(mentions), entities=tuple(entities), events=tuple(events)
    )


def cost_an_article(n_articles: int, *, n_runs: int = 3) -> float:
    """Seconds of the processor for linking, divided by the number of articles."""
    results = make_articles(n_articles)
    # A small project is linked often enough for the clock.
    n_repeats = max(1, 200 // n_articles)
    best = float("inf")
    for _ in range(n_runs):
        start = time.process_time()
        for _ in range(n_repeats):
            link_articles(results)
        best = min(best, (time.process_time() - start) / (n_repeats * n_articles))
    return best


def _span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(article_id=article.id, start=start, end=start + len(words))


def _mention(article: Article, name: str, kind: EntityKind) -> Mention:
    span = _span(article, name)
    return Mention(
        id=f"{article.id}-{span.start}",
        span=span,
        head=span,
        kind=MentionKind.NAME,
        entity_kind=kind,
        sentence=0,
        score=0.9,
    )


def _entity(name: str, kind: EntityKind, mention: Mention) -> Entity:
    place = Location(
        gazetteer_id=name, name=name, latitude=1.0, longitude=2.0, country="VEL", score=0.9
    )
    return Entity(
        id=content_id("entity", kind, name),
        kind=kind,
        label=name,
        named=True,
        mention_ids=(mention.id,),
        country="VEL" if kind is EntityKind.COUNTRY else None,
        location=place if kind is EntityKind.PLACE else None,
    )


def _event(article: Article, action: str, entities: list[Entity], day: date) -> Event:
    span = _span(article, action)
    roles = [
        Role(name=name, entity_id=entity.id, span=span, rule="made_up", score=0.9)
        for name, entity in zip((RoleName.ACTOR, RoleName.TARGET), entities, strict=False)
    ]
    interval = DateInterval(first=day, last=day, resolved_from="made up")
    return Event(
        id=content_id("event", article.id, action),
        label=action,
        trigger=span,
        lemma=action,
        action=action,
        category=None,
        mode=None,
        sentence=span,
        roles=tuple(roles),
        time=TimeExpression(span=span, type="DATE", value=str(day), interval=interval),
        quantities=(),
        polarity=Polarity.POSITIVE,
        modality=Modality.ACTUAL,
        attribution=None,
        evidence=Evidence(span=span, quote=action, rule="made_up", model="", score=0.9),
    )


def main() -> None:
    """Print the cost of an article at each size, and how it grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10, 100, 500, 2000])
    sizes = parser.parse_args().sizes
    costs = [cost_an_article(size) for size in sizes]
    for size, cost in zip(sizes, costs, strict=True):
        growth = cost / costs[0]
        sys.stdout.write(f"{size:>6} articles: {1000 * cost:.2f} ms an article ({growth:.2f}x)\n")


if __name__ == "__main__":
    main()
