"""Which articles tell of the same things: those that name the same actors and places.

An article is compared only with those that share a name with it on a day that both may speak of, so
that the cost for an article does not grow with a project that spreads over time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.placenames import normalise
from kg.records import ArticleResult, Entity, EntityKind, RecordKey

# An event without a date is of the days up to the publication, these many before it.
NEWS_DAYS = 3
# A longer stretch of days dates nothing: "this year" is shared by all.
LONGEST = 7
# Articles without a date share all days; beyond so many of one name nothing says which belong
# together.
_MOST_UNDATED = 100
# What a shared name adds to how surely two articles tell one story: a place less than an actor.
_WEIGHTS = {
    EntityKind.PERSON: 1.0,
    EntityKind.ORGANIZATION: 1.0,
    EntityKind.GROUP: 0.5,
    EntityKind.PLACE: 0.5,
    EntityKind.FACILITY: 0.5,
}
# A name in more articles than this tells less: it is half as telling in twice as many.
_COMMON = 8


@dataclass(frozen=True, slots=True)
class Story:
    """What an article is about: its telling names by their nodes, and the days it may speak of."""

    article_id: str
    published: date | None
    names: Mapping[RecordKey, float]
    labels: Mapping[RecordKey, str]
    days: frozenset[date]


def read_stories(
    results: Sequence[ArticleResult], node: Callable[[RecordKey], RecordKey]
) -> dict[str, Story]:
    """The stories of the articles, by their ids.

    Args:
        results: the articles.
        node: for a record the one that stands for all records of the same actor or place.
    """
    named = [(result, dict(_iter_names(result, node))) for result in results]
    counts: dict[RecordKey, int] = defaultdict(int)
    for _, names in named:
        for key in names:
            counts[key] += 1
    return {
        result.article.id: Story(
            article_id=result.article.id,
            published=result.article.published,
            names={
                key: _WEIGHTS[entity.kind] * min(1.0, _COMMON / counts[key])
                for key, entity in names.items()
            },
            labels={key: entity.label for key, entity in names.items()},
            days=frozenset(_iter_days(result)),
        )
        for result, names in named
    }


def related(stories: Mapping[str, Story]) -> Iterator[tuple[Story, Story]]:
    """The pairs of articles that share two telling names or more, and a day."""
    blocks: dict[tuple[RecordKey, date | None], list[str]] = defaultdict(list)
    for story in stories.values():
        for key in story.names:
            for day in story.days or (None,):
                blocks[key, day].append(story.article_id)
    shared: dict[tuple[str, str], set[RecordKey]] = defaultdict(set)
    for (key, day), article_ids in blocks.items():
        if day is None and len(article_ids) > _MOST_UNDATED:
            continue
        for number, one in enumerate(article_ids):
            for other in article_ids[number + 1 :]:
                shared[min(one, other), max(one, other)].add(key)
    for one, other in sorted(pair for pair, keys in shared.items() if len(keys) > 1):
        yield stories[one], stories[other]


def shared_names(one: Story, other: Story) -> dict[RecordKey, float]:
    """The telling names of both, with how much each tells."""
    if len(one.names) > len(other.names):
        one, other = other, one
    return {key: weight for key, weight in one.names.items() if key in other.names}


def news_days(published: date | None) -> Iterator[date]:
    """The days that an event without a date may be of."""
    if published is not None:
        yield from (published - timedelta(days=n) for n in range(NEWS_DAYS + 1))


def _iter_names(
    result: ArticleResult, node: Callable[[RecordKey], RecordKey]
) -> Iterator[tuple[RecordKey, Entity]]:
    for entity in result.entities:
        if entity.named and entity.kind in _WEIGHTS and normalise(entity.label):
            yield node(RecordKey(article_id=result.article.id, record_id=entity.id)), entity


def _iter_days(result: ArticleResult) -> Iterator[date]:
    """The days of its publication, and those that an event of it is dated to."""
    yield from news_days(result.article.published)
    for event in result.events:
        interval = event.time.interval if event.time else None
        if event.is_realised and interval is not None:
            length = (interval.last - interval.first).days + 1
            if length <= LONGEST:
                yield from (interval.first + timedelta(days=n) for n in range(length))


def join_words(words: Iterable[str]) -> str:
    """The words for a reader: sorted, the first five."""
    ordered = sorted(set(words))
    return ", ".join(ordered[:5]) + (" …" if len(ordered) > 5 else "")
