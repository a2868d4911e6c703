"""Score what kg joins across articles: python -m benchmarks.merging [--out FILE] [--pairs].

The articles of tests/merging are read as ``kg build`` does it and linked; the events and the actors
and places that gold.toml lists are then compared with it, each by B-cubed precision and recall
(Bagga and Baldwin, 1998). What of the gold the extraction did not find counts as joined to nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import kg
from kg.articles import body_span
from kg.link.across import Linked, link_articles
from kg.records import ArticleResult, MentionKind

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "merging"


@dataclass(frozen=True, slots=True)
class Item:
    """One mention of the gold: where it stands, what it is, and its node where it was found."""

    article_id: str
    words: str
    gold: str
    node: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """B-cubed figures, from 0 to 1; ``n_found`` of ``n_items`` mentions of the gold have a node."""

    precision: float
    recall: float
    n_items: int
    n_found: int

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_gold(path: Path = CORPUS / "gold.toml") -> dict[str, dict[str, dict[str, list[str]]]]:
    """For "events" and "entities" the clusters by key, each a list of words by article."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def event_items(results: Mapping[str, ArticleResult], gold: Mapping[str, object]) -> list[Item]:
    """The gold events with the node of the event whose trigger has the words' characters."""
    return [
        Item(article_id, words, key, _event_at(results[article_id], words))
        for key, article_id, words in _iter_mentions(gold)
    ]


def entity_items(results: Mapping[str, ArticleResult], gold: Mapping[str, object]) -> list[Item]:
    """The gold actors and places with the node that bears the name in the article."""
    return [
        Item(article_id, words, key, _entity_named(results[article_id], words))
        for key, article_id, words in _iter_mentions(gold)
    ]


def b_cubed(items: Iterable[Item]) -> Score:
    """The figures of the items; one that was not found is a node of its own."""
    found = [(item.gold, item.node or f"?{n}") for n, item in enumerate(items)]
    precision = recall = 0.0
    for gold, node in found:
        both = sum(other == (gold, node) for other in found)
        precision += both / sum(other[1] == node for other in found)
        recall += both / sum(other[0] == gold for other in found)
    n_found = sum(not node.startswith("?") for _, node in found)
    n_items = len(found) or 1
    return Score(precision / n_items, recall / n_items, len(found), n_found)


def iter_wrong(items: Iterable[Item]) -> Iterator[tuple[str, Item, Item]]:
    """The pairs that were joined though they are not one thing, or not joined though they are."""
    known = list(items)
    for number, one in enumerate(known):
        for other in known[number + 1 :]:
            joined = one.node is not None and one.node == other.node
            if joined != (one.gold == other.gold):
                yield ("joined" if joined else "missed"), one, other


def link_corpus(folder: Path = CORPUS / "articles") -> Linked:
    """The articles of the corpus, read and linked."""
    graph = kg.build([folder])
    if graph.failures:
        raise SystemExit(graph.failures[0].error)
    return link_articles(graph.results)


def _iter_mentions(gold: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    for key, articles in gold.items():
        for article_id, mentions in articles.items():  # type: ignore[attr-defined]
            for words in mentions:
                yield key, article_id, words


def _event_at(result: ArticleResult, words: str) -> str | None:
    bare, _, nth = words.partition("#")
    start, end = body_span(result.article)
    story = result.article.text[start:end]
    places = [m.start() + start for m in re.finditer(rf"\b{re.escape(bare)}\b", story)]
    if len(places) < int(nth or 1):
        raise SystemExit(f"gold.toml: {result.article.id} has no {words!r}")
    place = places[int(nth or 1) - 1]
    for event in result.events:
        if event.trigger.start < place + len(bare) and place < event.trigger.end:
            return event.id
    return None


def _entity_named(result: ArticleResult, words: str) -> str | None:
    text = result.article.text
    if words not in text:
        raise SystemExit(f"gold.toml: {result.article.id} has no {words!r}")
    by_id = {mention.id: mention for mention in result.mentions}
    exact, within = None, None
    for entity in result.entities:
        for mention_id in entity.mention_ids:
            mention = by_id[mention_id]
            told = text[mention.span.start : mention.span.end]
            if told.removeprefix("the ").removeprefix("The ") == words:
                exact = exact or entity.id
            elif words in told and mention.kind is not MentionKind.PRONOUN:
                within = within or entity.id
    return exact or within


def main() -> None:
    """Print the figures, and the wrong pairs where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="Markdown file to write")
    parser.add_argument("--pairs", action="store_true", help="print each wrong pair")
    options = parser.parse_args()
    linked = link_corpus()
    results = {result.article.id: result for result in linked.results}
    gold = read_gold()
    groups = {
        "events": event_items(results, gold["events"]),
        "actors and places": entity_items(results, gold["entities"]),
    }
    text = report({name: b_cubed(items) for name, items in groups.items()}, linked)
    sys.stdout.write(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    for name, items in groups.items() if options.pairs else ():
        for verdict, one, other in iter_wrong(items):
            print(
                f"{name} {verdict}: {one.article_id} {one.words!r} ({one.node or 'not found'}), "
                f"{other.article_id} {other.words!r} ({other.node or 'not found'})"
            )


def report(scores: Mapping[str, Score], linked: Linked) -> str:
    """The figures as Markdown."""
    lines = [
        "# Joining across articles",
        "",
        "30 short articles on ten events by different publishers, with traps, written for this:",
        "`tests/merging`. Made with `python -m benchmarks.merging --out benchmarks/MERGING.md`.",
        "",
        "| What | B³ precision | B³ recall | F1 | mentions of the gold | found |",
        "|---|---|---|---|---|---|",
    ]
    for name, score in scores.items():
        rates = [f"{100 * rate:.1f}" for rate in (score.precision, score.recall, score.f1)]
        lines.append(f"| {name} | {' | '.join(rates)} | {score.n_items} | {score.n_found} |")
    n_events = sum(merge.is_event for merge in linked.merges)
    lines += [
        "",
        f"{n_events} merges of events and {len(linked.merges) - n_events} of actors and places.",
        "A mention that the extraction did not find is joined to nothing, which costs recall.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
