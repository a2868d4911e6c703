"""Records as a network."""

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest

from kg.graph.network import build_network, is_place_node
from kg.records import ArticleResult, Entity, EntityKind, Modality
from tests.view.stories import flood


def test_entities_events_and_places_are_nodes() -> None:
    network = build_network([flood()])
    kinds = dict(network.nodes(data="kind"))
    assert kinds["soldiers"] == "entity"
    assert kinds["bridge"] == "place"
    assert kinds["e-rescue"] == "event"
    assert len(network) == 11


def test_roles_and_speakers_are_edges() -> None:
    edges = set(build_network([flood()]).edges(keys=True))
    assert ("e-rescue", "soldiers", "actor") in edges
    assert ("e-rescue", "villagers", "target") in edges
    assert ("e-rescue", "bridge", "place") in edges
    assert ("mayor", "e-rescue", "says") in edges
    assert len(edges) == 10


def test_an_event_carries_what_supports_it() -> None:
    result = flood()
    event = build_network([result]).nodes["e-rescue"]
    assert event["trigger"] == "rescued"
    assert event["quote"] == result.article.text[event["start"] : event["end"]]
    assert event["first_day"] == event["last_day"] == "2024-05-07"
    assert event["quantities"] == "30 villagers"
    assert event["source"] == "mayor Ada Quist"
    assert event["is_realised"] is True


def test_what_is_unknown_is_left_out() -> None:
    network = build_network([flood()])
    assert "category" not in network.nodes["e-burst"]
    assert "latitude" not in network.nodes["redcombe"]
    assert network.nodes["bridge"]["country"] == "GBR"


def test_an_entity_of_two_articles_is_one_node() -> None:
    first, second = flood("a"), flood("b")
    events = tuple(replace(event, id=f"{event.id}-b") for event in second.events)
    network = build_network([replace(second, events=events), first])
    assert network.degree("soldiers") == 4
    assert network.nodes["e-rescue"]["article"] == "a"


def test_order_comes_from_the_articles_ids() -> None:
    results = [flood("a"), flood("b")]
    one, two = build_network(results), build_network(reversed(results))
    assert list(one.nodes(data=True)) == list(two.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))


@pytest.mark.parametrize(
    ("kind", "acts", "is_place"),
    [
        (EntityKind.COUNTRY, True, False),
        (EntityKind.COUNTRY, False, True),
        (EntityKind.FACILITY, True, True),
        (EntityKind.PLACE, False, True),
        (EntityKind.ORGANIZATION, False, False),
    ],
)
def test_a_country_that_acts_is_no_place(kind: EntityKind, acts: bool, is_place: bool) -> None:
    entity = Entity(id="e", kind=kind, label="E", named=True)
    assert is_place_node(entity, acts=acts) is is_place


def test_a_role_given_twice_is_one_edge() -> None:
    result = flood()
    event = replace(result.events[1], roles=result.events[1].roles[:1] * 2, attribution=None)
    network = build_network([replace(result, events=(event,))])
    assert list(network.edges(keys=True)) == [("e-rescue", "soldiers", "actor")]


def test_an_unknown_entity_is_an_error() -> None:
    with pytest.raises(ValueError, match="e-rescue: no entity 'soldiers'"):
        build_network([replace(flood(), entities=())])


def test_graphml_holds_the_network(tmp_path: Path) -> None:
    result = flood()
    odd = replace(
        result.events[0], label="bell \x07, half \ud83d, <b>&", modality=Modality.HABITUAL
    )
    result = replace(result, events=(odd, *result.events[1:]))
    network = build_network([result])
    nx.write_graphml(network, tmp_path / "graph.graphml")
    again = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(network.nodes(data=True))
    assert {(u, v, d["role"]) for u, v, d in again.edges(data=True)} == set(
        network.edges(keys=True)
    )
    assert again.nodes["e-burst"]["label"] == "bell \ufffd, half \ufffd, <b>&"


def test_nothing_gives_an_empty_network() -> None:
    empty: list[ArticleResult] = []
    assert len(build_network(empty)) == 0
