"""Which nodes of a view come first: the main actors and what they do."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import networkx as nx  # type: ignore[import-untyped]

# An event told as fact comes before one that was denied, planned or only possible, all else alike.
_REALISED_BONUS = 0.5
# At 0.93 the tenth event between two actors weighs half of the first.
_REPEAT_FACTOR = 0.93


def rank_nodes(view: "nx.MultiDiGraph[str]") -> list[str]:
    """The nodes in the order of showing: event by event, each after the entities that it joins.

    Events between the most connected entities come first, so that any beginning of the list is
    about the main actors; entities that are in no event are left out.
    """
    degrees = entity_degrees(view)
    weights = _weigh_events(view, degrees)
    ranked: dict[str, None] = {}
    for event in sorted(weights, key=lambda node: -weights[node]):
        for entity in sorted(_partners(view, event), key=lambda node: (-degrees[node], node)):
            ranked.setdefault(entity)
        ranked.setdefault(event)
    return list(ranked)


def take_first(view: "nx.MultiDiGraph[str]", ranked: Iterable[str], *, limit: int) -> list[str]:
    """The beginning of ``ranked``, at most ``limit`` nodes, that does not end amid an event.

    Of an event that joins more, as one that many articles tell may, so many as there is room for.
    """
    taken: list[str] = []
    complete = 0
    for node in ranked:
        is_event = view.nodes[node]["kind"] == "event"
        if len(taken) == limit:
            if not complete and not is_event:
                continue
            if not complete:
                taken[-1], complete = node, limit
            break
        taken.append(node)
        if is_event:
            complete = len(taken)
    return taken[:complete]


def entity_degrees(view: "nx.MultiDiGraph[str]") -> dict[str, int]:
    """How many events each node that is not an event has a part in, or tells."""
    return {
        node: len(_partners(view, node))
        for node, kind in view.nodes(data="kind")
        if kind != "event"
    }


def _weigh_events(view: "nx.MultiDiGraph[str]", degrees: Mapping[str, int]) -> dict[str, float]:
    """How much each event is about the main actors, in the view's order.

    Only the two most connected entities of an event count, else long lists of people would come
    first, and each further event between the same two counts for less, so that others have room.
    """
    weights: dict[str, float] = {}
    n_before: Counter[tuple[str, ...]] = Counter()
    for event in (node for node, kind in view.nodes(data="kind") if kind == "event"):
        partners = sorted(_partners(view, event), key=lambda node: (-degrees[node], node))
        pair = tuple(partners[:2])
        bonus = _REALISED_BONUS if view.nodes[event]["is_realised"] else 0.0
        weight = bonus + sum(math.sqrt(degrees[entity]) for entity in pair)
        weights[event] = weight * _REPEAT_FACTOR ** n_before[pair]
        n_before[pair] += 1
    return weights


def _partners(view: "nx.MultiDiGraph[str]", node: str) -> set[str]:
    """The nodes that an edge of either direction joins to this one."""
    return {*view.predecessors(node), *view.successors(node)}
