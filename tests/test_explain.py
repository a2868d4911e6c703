"""kg explain: the event that is meant, and the grounds that are told."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.errors import ConfigError, StoreError
from kg.explain import explain, find_event
from kg.graph.nodes import event_iri
from kg.jsonl import write_jsonl
from kg.records import Modality
from tests.graph.factories import clash

TEXT = (
    "The army captured 40 rebels in Aleppo on Friday, a spokesman said. "
    "The rebels denied that they had shelled the airport."
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    article = {"id": "a1", "date": "2024-05-06", "text": TEXT}
    (folder / "article.json").write_text(json.dumps(article), encoding="utf-8")
    kg.build([folder / "article.json"]).save(folder / "project")
    return folder / "project"


def test_event_is_found_by_its_iri_its_name_or_its_words() -> None:
    result = clash()
    event = result.events[0]
    iri = event_iri(event).value
    for wanted in (iri, f"event:{event.id}", event.id, event.id[:10], "GUARD CAPTURED 40"):
        assert find_event([result], wanted)[1] == event


def test_more_than_one_event_lists_the_candidates() -> None:
    with pytest.raises(ConfigError) as caught:
        find_event([clash()], "raiders")
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("raiders: ")
    assert len(lines) > 2
    assert all(line.startswith("  event:") for line in lines[1:])


@pytest.mark.parametrize("wanted", ["no such words", ""])
def test_no_event_tells_what_was_expected(wanted: str) -> None:
    with pytest.raises(ConfigError, match="expected an event's IRI"):
        find_event([clash()], wanted)


def test_what_is_no_project_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        explain(tmp_path, "x")


def test_roles_name_their_rules(project: Path) -> None:
    told = explain(project, "captured")
    assert [(role.role, role.words, role.rule) for role in told.roles] == [
        ("actor", "The army", "subject_is_actor"),
        ("target", "40 rebels", "object_is_target"),
        ("place", "Aleppo", "located_in_phrase"),
    ]
    assert all(role.why != role.rule for role in told.roles)
    (place,) = (role.place for role in told.roles if role.role == "place")
    assert place is not None
    assert "SYR" in place


def test_status_kind_and_time_name_their_grounds(project: Path) -> None:
    told = explain(project, "captured")
    assert told.polarity.rule == "nothing_denies_it"
    assert told.source is not None
    assert (told.source.value, told.source.cue) == ("spokesman", "said")
    assert told.kind.category == "ASSAULT"
    assert told.kind.cameo == "18 assault"
    assert told.kind.classes[-1] == "violence"
    assert '"capture"' in told.kind.why
    assert told.time is not None
    assert (told.time.words, told.time.value) == ("Friday", "2024-05-03")
    assert told.notes == ()


def test_denial_names_the_word_above(project: Path) -> None:
    told = explain(project, "shell")
    assert told.polarity.value == "negative"
    assert (told.polarity.rule, told.polarity.cue) == ("governor_denies_it", "denied")


def test_tree_holds_each_word_once_below_its_governor(project: Path) -> None:
    told = explain(project, "captured")
    words = [line.split()[0] for line in told.tree]
    first = TEXT.split(". ")[0]
    assert sorted(words) == sorted([*re.findall(r"\w+|,", first), "."])
    (root,) = (line for line in told.tree if not line.startswith(" "))
    assert root.split()[1] == "root"
    assert any(line.endswith("<- event") for line in told.tree)


def test_record_of_another_version_is_noted(project: Path, tmp_path: Path) -> None:
    results = kg.jsonl.read_jsonl(project / "events.jsonl")
    events = tuple(replace(event, modality=Modality.HABITUAL) for event in results[0].events)
    write_jsonl([replace(results[0], events=events)], tmp_path / "events.jsonl")
    assert "built by another version" in explain(tmp_path, "captured").notes[0]


def test_command_prints_text_and_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["explain", str(project), "captured"])
    text = capsys.readouterr().out
    for title in ("tree", "roles", "status", "kind", "time"):
        assert f"\n{title}\n" in text
    with pytest.raises(SystemExit):
        main(["explain", str(project), "captured", "--json"])
    record = json.loads(capsys.readouterr().out)
    assert record["roles"][0]["rule"] == "subject_is_actor"
    assert record["kind"]["category"] == "ASSAULT"
