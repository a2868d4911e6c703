"""Compare who is who with re3d's relations: "Is the same as" and "Belongs to".

re3d relates what stands in one sentence, and says of names, nouns and numbers that they are the
same where the sentence does: "X, the spokesman", "Y (Z)". Of ours, two mentions of one entity
beside one another are the same. An actor belongs to what its membership names, and one with a
country to the country where the sentence names it. A mention counts for what it overlaps; ours that
overlap nothing that re3d marks count neither way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from typing import Any

SAME, BELONGS = "IsSynonymOf", "BelongsTo"
_ACTORS = ("Person", "Group", "Organization")
# What stands between two mentions that are beside one another.
_BESIDE = re.compile(r"[^\w.;!?]*(?:(?:or|aka|called|officially|also known as)\s+)?")
# The records of events.jsonl and of the gold, as JSON gives them.
Record = Mapping[str, Any]
Span = tuple[int, int]
Pair = tuple[Span, Span]


def link_figures(gold: Iterable[Record], built: Iterable[Record]) -> dict[str, float]:
    """Precision and recall of both relations, in percent, and how many the gold has.

    Args:
        gold: re3d's documents.
        built: kg's records of the same documents.
    """
    results = {record["id"]: record for record in built}
    counts = {"same": [0, 0, 0, 0], "belongs": [0, 0, 0, 0]}
    for document in gold:
        result = results[document["doc"]]
        for name, tally in counts.items():
            wanted = wanted_pairs(document, SAME if name == "same" else BELONGS)
            ours = same_pairs(result) if name == "same" else belonging_pairs(result)
            found = marked_pairs(ours, document)
            if name == "same":
                wanted, found = ({_sorted(pair) for pair in pairs} for pairs in (wanted, found))
                found = {pair for pair in found if _are_beside(pair, document["text"])}
                true = set(_closed(wanted))
            else:
                true = wanted
            tally[0] += len(wanted)
            tally[1] += len(wanted & found)
            tally[2] += len(found)
            tally[3] += len(found & true)
    return {
        f"{name}.{figure}": value
        for name, (n_wanted, n_found, n_ours, n_right) in counts.items()
        for figure, value in (
            ("precision", round(100 * n_right / n_ours, 1) if n_ours else 0.0),
            ("recall", round(100 * n_found / n_wanted, 1) if n_wanted else 0.0),
            ("gold", n_wanted),
        )
    }


def wanted_pairs(document: Record, relation: str) -> set[Pair]:
    """The spans that the gold relates so."""
    return {
        ((row["src"][0], row["src"][1]), (row["tgt"][0], row["tgt"][1]))
        for row in document["relations"]
        if row["type"] == relation
    }


def same_pairs(result: Record) -> Iterator[Pair]:
    """Two mentions of one entity in one sentence."""
    for entity in result["entities"]:
        mentions = sorted((start, end) for start, end in entity["mentions"])
        for one, other in combinations(mentions, 2):
            if not _overlap(one, other) and _sentence(one, result) == _sentence(other, result):
                yield one, other


def belonging_pairs(result: Record) -> Iterator[Pair]:
    """An actor and what it is a member of, an actor and its country, each in one sentence."""
    mentions = {entity["id"]: entity["mentions"] for entity in result["entities"]}
    for told in result["memberships"]:
        if told["relation"] != "member":
            continue
        members, bodies = (
            [(at[0], at[1]) for at in mentions[told[key]] if _overlap(at, told["span"])]
            for key in ("member", "body")
        )
        yield from product(members, bodies)
    actors = [e for e in result["entities"] if e["type"] in _ACTORS and e.get("country")]
    countries = [e for e in result["entities"] if e["type"] == "Country" and e.get("country")]
    for actor in actors:
        for country in countries:
            if actor["country"] != country["country"]:
                continue
            for one in actor["mentions"]:
                for other in country["mentions"]:
                    if _sentence(one, result) == _sentence(other, result):
                        yield (one[0], one[1]), (other[0], other[1])


def marked_pairs(pairs: Iterable[Pair], document: Record) -> set[Pair]:
    """The pairs in the gold's spans, each mention in the one that it overlaps most."""
    spans = [(entity["start"], entity["end"]) for entity in document["entities"]]
    found = set()
    for pair in pairs:
        one, other = (max(spans, key=lambda s, m=m: _shared(s, m)) for m in pair) if spans else pair
        if one != other and _overlap(one, pair[0]) and _overlap(other, pair[1]):
            found.add((one, other))
    return found


def _closed(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """All pairs of spans that follow from those that are the same."""
    groups: list[set[Span]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    for group in groups:
        yield from combinations(sorted(group), 2)


def _sorted(pair: Pair) -> Pair:
    return min(pair), max(pair)


def _are_beside(pair: Pair, text: str) -> bool:
    return _BESIDE.fullmatch(text[pair[0][1] : pair[1][0]]) is not None


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _overlap(one: Span, other: Span) -> bool:
    return _shared(one, other) > 0


def _sentence(span: Span, result: Record) -> int:
    """The number of the sentence that a span begins in."""
    return sum(start <= span[0] for start, _ in result["sentences"])
