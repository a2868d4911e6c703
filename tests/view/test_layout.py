"""Where nodes are drawn."""

import itertools
import math

import networkx as nx
import pytest

from kg.graph.network import build_network
from kg.view.layout import Box, Point, place_all, place_first
from kg.view.select import rank_nodes
from tests.view.stories import crowd

WIDTH, HEIGHT = 100.0, 30.0


def boxes(nodes: list[str]) -> dict[str, Box]:
    return dict.fromkeys(nodes, (WIDTH, HEIGHT))


def overlapping(places: dict[str, Point]) -> list[tuple[str, str]]:
    # Centres are rounded, hence one pixel of grace.
    return [
        (a, b)
        for a, b in itertools.combinations(places, 2)
        if abs(places[a][0] - places[b][0]) < WIDTH - 1
        and abs(places[a][1] - places[b][1]) < HEIGHT - 1
    ]


@pytest.mark.parametrize("n_events", [1, 12, 40])
@pytest.mark.parametrize("aspect", [0.5, 1.5])
def test_no_two_boxes_of_the_first_overlap(n_events: int, aspect: float) -> None:
    view = build_network([crowd(n_events)])
    places = place_first(view, boxes(rank_nodes(view)), aspect=aspect)
    assert len(places) == len(rank_nodes(view))
    assert overlapping(places) == []


def test_a_node_alone_has_a_place() -> None:
    lone = nx.MultiDiGraph()
    lone.add_node("event")
    assert list(place_first(lone, boxes(["event"]), aspect=1.0)) == ["event"]


def test_neighbours_are_nearer_than_strangers() -> None:
    path = nx.MultiDiGraph(nx.path_graph([str(i) for i in range(8)], nx.DiGraph))
    places = place_first(path, boxes(list(path)), aspect=1.0)
    assert math.dist(places["0"], places["1"]) < math.dist(places["0"], places["7"]) / 3


@pytest.mark.parametrize("n_events", [60, 300])
def test_all_nodes_have_places_of_their_own(n_events: int) -> None:
    view = build_network([crowd(n_events)])
    ranked = rank_nodes(view)
    places = place_all(view, boxes(ranked), place_first(view, boxes(ranked[:20]), aspect=1.5))
    assert sorted(places) == sorted(ranked)
    assert len(set(places.values())) > 0.99 * len(ranked)


def test_nodes_joined_to_nothing_stand_below_the_others() -> None:
    view = build_network([crowd(20)])
    for name in ("lone-1", "lone-2"):
        view.add_node(name, kind="event", is_realised=True)
    ranked = rank_nodes(view)
    places = place_all(view, boxes(ranked), place_first(view, boxes(ranked[:10]), aspect=1.5))
    lowest = max(y for node, (_, y) in places.items() if not node.startswith("lone"))
    assert places["lone-1"][1] > lowest
    assert places["lone-1"] != places["lone-2"]


def test_nothing_has_no_places() -> None:
    assert place_first(nx.MultiDiGraph(), {}, aspect=1.0) == {}
    assert place_all(nx.MultiDiGraph(), {}, {}) == {}


@pytest.mark.slow
def test_many_nodes_are_placed_in_seconds() -> None:
    view = build_network([crowd(1800)])
    ranked = rank_nodes(view)
    places = place_all(view, boxes(ranked), place_first(view, boxes(ranked[:48]), aspect=1.5))
    assert len(set(places.values())) > 0.95 * len(ranked)
