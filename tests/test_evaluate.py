import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ArticleError, StoreError
from kg.evaluate import KINDS, Score, evaluate, evaluate_files, read_records
from kg.jsonl import to_jsonl, to_record
from tests.example import captured

Record = dict[str, Any]


def gold(**changes: object) -> Record:
    """A gold article in which fillers are entity ids, its event changed."""
    text = "Alma units captured 400 fighters in Hajin today, Anna Berg said."
    spans = {"E1": [0, 10], "E2": [20, 32], "E3": [36, 41], "E4": [49, 58]}
    event = {"id": "V1", "trigger": [11, 19], "actors": ["E1"], "targets": ["E2"], "places": ["E3"]}
    return {
        "id": "hajin",
        "text": text,
        "entities": [{"id": name, "mentions": [span]} for name, span in spans.items()],
        "events": [{**event, **changes}],
    }


def predicted(**changes: object) -> Record:
    record = to_record(captured())
    record["events"][0].update(changes)
    return record


def filler(start: int, end: int) -> Record:
    return {"entity": None, "span": [start, end]}


def test_the_same_scores_one() -> None:
    for one, other in ((predicted(), predicted()), (gold(), predicted()), (gold(), gold())):
        scores = evaluate([one], [other])
        assert list(scores) == list(KINDS)
        assert {score.f1 for score in scores.values()} == {1.0}
    assert evaluate([gold()], [predicted()])["triples"] == Score(right=2)


def test_nothing_to_score_is_none() -> None:
    scores = evaluate([gold(places=[])], [predicted(places=[])])
    assert scores["places"].precision is None
    assert scores["places"].recall is None
    assert scores["places"].f1 is None
    assert evaluate([], [])["events"].f1 is None


def test_missed_and_wrong_events_take_their_fillers_along() -> None:
    scores = evaluate([gold()], [predicted(trigger=[59, 63])])
    assert scores["events"] == Score(wrong=1, missed=1)
    assert scores["actors"] == Score(wrong=1, missed=1)
    assert scores["triples"] == Score(wrong=2, missed=2)
    assert scores["entities"] == Score(right=4)
    assert scores["events"].f1 == 0.0


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([filler(5, 10)], Score(right=1)),
        ([filler(11, 19)], Score(wrong=1, missed=1)),
        ([], Score(missed=1)),
        ([filler(0, 10), filler(5, 10)], Score(right=1, wrong=1)),
        ([filler(0, 10), filler(49, 58)], Score(right=1, wrong=1)),
    ],
)
def test_fillers_match_one_to_one_by_overlap(actors: list[Record], expected: Score) -> None:
    assert evaluate([gold()], [predicted(actors=actors)])["actors"] == expected


def test_filler_may_overlap_any_mention_of_the_gold_entity() -> None:
    record = gold()
    record["entities"][0]["mentions"].append([59, 63])
    assert evaluate([record], [predicted(actors=[filler(59, 63)])])["actors"] == Score(right=1)


def test_triple_needs_both_of_its_fillers() -> None:
    scores = evaluate([gold()], [predicted(places=[filler(59, 63)])])
    assert scores["triples"] == Score(right=1, wrong=1, missed=1)


def test_optional_event_is_scored_neither_way() -> None:
    found = evaluate([gold(optional=True)], [predicted()])
    missed = evaluate([gold(optional=True)], [{**predicted(), "events": []}])
    for scores in (found, missed):
        assert {scores[kind] for kind in KINDS if kind != "entities"} == {Score()}


def test_optional_event_never_takes_the_partner_of_a_required_one() -> None:
    record = gold()
    record["events"].insert(0, {**record["events"][0], "trigger": [0, 19], "optional": True})
    assert evaluate([record], [predicted(trigger=[0, 19])])["events"] == Score(right=1)


def test_as_many_events_match_as_can() -> None:
    wide, narrow = gold()["events"][0], {**gold()["events"][0], "trigger": [11, 14]}
    pair = predicted(trigger=[15, 19])
    pair["events"].append({**pair["events"][0], "trigger": [11, 19]})
    scores = evaluate([{**gold(), "events": [wide, narrow]}], [pair])
    assert scores["events"] == Score(right=2)


def test_nested_mention_is_another_entity() -> None:
    record = predicted()
    record["entities"] = [{"id": "x", "mentions": [[0, 4]]}]
    record["events"] = []
    assert evaluate([gold()], [record])["entities"] == Score(wrong=1, missed=4)


def test_article_that_is_not_predicted_counts_as_empty(caplog: pytest.LogCaptureFixture) -> None:
    scores = evaluate([gold()], [{**predicted(), "id": "other"}])
    assert scores["events"] == Score(missed=1)
    assert "1 gold articles are not predicted" in caplog.text


def test_scores_add_up() -> None:
    total = evaluate([gold(), {**gold(), "id": "b"}], [predicted()])["events"]
    assert total == Score(right=1, missed=1)
    assert total.precision == 1.0
    assert total.recall == 0.5
    assert total.f1 == pytest.approx(2 / 3)


def test_other_text_is_an_error() -> None:
    with pytest.raises(ArticleError, match="hajin: the gold and the predicted text differ"):
        evaluate([gold()], [{**predicted(), "text": "Other."}])


@pytest.mark.parametrize("key", ["id", "text", "entities", "events"])
def test_record_that_lacks_a_key_is_an_error(key: str) -> None:
    record = gold()
    del record[key]
    with pytest.raises(StoreError, match=f"KeyError.*{key}"):
        evaluate([record], [])


def test_filler_that_is_no_entity_is_an_error() -> None:
    with pytest.raises(StoreError, match="E9"):
        evaluate([gold(actors=["E9"])], [])


def test_files_and_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "hajin.json").write_text(json.dumps(gold()), encoding="utf-8")
    (tmp_path / "pred.jsonl").write_text(to_jsonl([captured()]), encoding="utf-8")
    for path in (tmp_path, tmp_path / "hajin.json"):
        assert evaluate_files(path, tmp_path / "pred.jsonl")["triples"].f1 == 1.0


def test_file_that_is_no_json_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(StoreError, match=r"a\.json: cannot be read as JSON"):
        evaluate_files(tmp_path, tmp_path)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"holds no \.json file"):
        read_records(tmp_path)
