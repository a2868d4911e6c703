"""The questions that benchmarks ask of the graph, on records made by hand."""

from typing import Any

import pytest

from benchmarks import questions

Record = dict[str, Any]
TEXT = "Gunmen fled. They shot a priest in Lima. Paris said it might help."
SECTORS = {"Gunmen": "UAF", "They": "UAF", "a priest": "REL", "Lima": None, "Paris": None}


def role(words: str) -> Record:
    start = TEXT.index(words)
    entity = "Gunmen" if words == "They" else words
    return {"entity": entity, "span": [start, start + len(words)]}


def event(trigger: str, **changes: object) -> Record:
    start = TEXT.index(trigger)
    plain: Record = {"actors": [], "targets": [], "places": [], "instruments": [], "time": None}
    told = {"polarity": "positive", "modality": "actual", "category": None, "action": trigger}
    where = next(s for s in SENTENCES if s[0] <= start < s[1])
    return {**plain, **told, "trigger": [start], "sentence": where, "score": 0.9, **changes}


SENTENCES = [[0, 12], [13, 40], [41, 66]]
SHOT = event("shot", category="ASSAULT", actors=[role("They")], targets=[role("a priest")])
FLED = event("fled", actors=[role("Gunmen")])


def record(*events: Record) -> Record:
    mentions = [
        {"id": w, "span": role(w)["span"], "kind": "pronoun" if w == "They" else "nominal"}
        for w in SECTORS
    ]
    entities = [
        {
            "id": w,
            "sector": s,
            "type": "Place" if s is None else "Group",
            "named": s is None,
            "mention_ids": ["Gunmen", "They"] if w == "Gunmen" else [w],
        }
        for w, s in SECTORS.items()
    ]
    return {
        "text": TEXT,
        "events": list(events),
        "mentions": mentions,
        "entities": entities,
        "sentences": SENTENCES,
    }


def words(answer: Record, side: str) -> list[list[str]]:
    return [[TEXT[slice(*r["span"])] for r in event[side]] for event in answer["events"]]


def test_parties_are_nouns() -> None:
    assert words(questions.of_parties(record(SHOT)), "actors") == [["Gunmen"]]


def test_report_is_of_politics_where_there_is_some_and_names_who_acts() -> None:
    unclear = {**SHOT, "actors": []}
    answer = questions.of_report(record(FLED, unclear))
    assert [e["action"] for e in answer["events"]] == ["shot"]
    assert words(answer, "actors") == [["Gunmen"]]


def test_place_stands_for_whom_a_report_does_not_name() -> None:
    told = {**SHOT, "targets": [], "places": [role("Lima")]}
    assert words(questions.of_report(record(told)), "targets") == [["Lima"]]
    assert words(questions.of_report(record({**told, **SHOT})), "targets") == [["a priest"]]


@pytest.mark.parametrize(
    ("changes", "category"),
    [
        ({}, "ASSAULT"),
        ({"modality": "planned"}, "THREATEN"),
        ({"category": "AID", "modality": "planned"}, "AGREE"),
        ({"category": "AID", "polarity": "negative"}, "REJECT"),
        ({"polarity": "negative"}, "ASSAULT"),
    ],
)
def test_what_is_only_announced_has_the_category_of_the_statement(
    changes: Record, category: str
) -> None:
    answer = questions.of_report(record({**SHOT, **changes}))
    assert [e["category"] for e in answer["events"]] == [category]


@pytest.mark.parametrize(
    ("category", "root", "expected"),
    [("REQUEST", "02", None), ("REQUEST", "10", "REQUEST"), ("CONCEDE", "08", "RETREAT")],
)
def test_class_of_a_report_goes_by_its_main_event(
    category: str, root: str, expected: str | None
) -> None:
    main = {**SHOT, "category": category, "cameo": root}
    answer = questions.of_class(record(FLED, main))
    assert [e["category"] for e in answer["events"]] == [expected]


@pytest.mark.parametrize(
    "changes",
    [{"modality": "hypothetical"}, {"targets": [role("Gunmen")]}, {"action": "fight"}],
)
def test_no_attack_is_asked_for(changes: Record) -> None:
    assert questions.of_terrorism(record({**SHOT, **changes}))["events"] == []


def test_attack_has_whoever_is_accused_among_its_actors() -> None:
    accusation = event("said", action="accuse", targets=[role("Paris")])
    answer = questions.of_terrorism(record(SHOT, accusation))
    assert words(answer, "actors") == [["Gunmen", "Paris"]]


def test_arrest_that_nobody_made_is_the_polices() -> None:
    arrest = event("shot", category="COERCE", mode="arrest", targets=[role("a priest")])
    answer = questions.of_police(record(arrest, {**arrest, "modality": "planned"}))
    assert [[r["entity"] for r in e["actors"]] for e in answer["events"]] == [["the police"], []]
