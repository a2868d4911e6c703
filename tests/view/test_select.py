"""Which nodes a page opens on."""

from kg.graph.network import build_network
from kg.view.select import entity_degrees, rank_nodes, take_first
from tests.view.stories import crowd, flood


def test_events_between_the_most_connected_come_first() -> None:
    ranked = rank_nodes(build_network([flood()]))
    events = [node for node in ranked if node.startswith("e-")]
    assert events[0] == "e-rescue"
    assert events[-1] == "e-burst"


def test_each_event_follows_the_entities_in_it() -> None:
    view = build_network([flood()])
    ranked = rank_nodes(view)
    for source, target in view.edges():
        event, entity = (source, target) if source.startswith("e-") else (target, source)
        assert ranked.index(entity) < ranked.index(event)


def test_entities_in_no_event_are_left_out() -> None:
    result = flood()
    view = build_network([result])
    view.add_node("alone", kind="entity", label="Alone")
    assert "alone" not in rank_nodes(view)


def test_the_beginning_ends_with_a_whole_event() -> None:
    view = build_network([crowd(60)])
    first = take_first(view, rank_nodes(view), limit=25)
    assert 20 <= len(first) <= 25
    assert view.nodes[first[-1]]["kind"] == "event"


def test_an_entity_counts_each_event_once() -> None:
    assert entity_degrees(build_network([flood()]))["soldiers"] == 2
