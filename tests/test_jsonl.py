import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from kg.errors import StoreError
from kg.jsonl import (
    ROLE_KEYS,
    from_record,
    iter_records,
    read_jsonl,
    schema,
    to_jsonl,
    to_record,
    write_jsonl,
)
from kg.records import Article, ArticleResult, RoleName
from tests.example import captured
from tests.strategies import results

VALIDATOR = Draft202012Validator(schema())


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(results())
def test_record_fits_the_schema_and_comes_back_equal(result: ArticleResult) -> None:
    line = to_jsonl([result])
    record = json.loads(line)
    VALIDATOR.validate(record)
    assert from_record(record) == result
    assert to_jsonl([from_record(record)]) == line


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(results())
def test_each_result_is_one_line(result: ArticleResult) -> None:
    assert to_jsonl([result, result]).encode().split(b"\n")[2:] == [b""]


def test_record_has_the_public_form() -> None:
    record = to_record(captured())
    (event,) = record["events"]
    assert event["trigger"] == [11, 19]
    assert event["actors"][0]["entity"] == record["entities"][0]["id"]
    assert event["actors"][0]["span"] == [0, 10]
    assert event["quantity"][0]["value"] == 400
    assert event["source"]["span"] == [49, 58]
    assert event["time"] == record["times"][0]
    assert record["entities"][0]["mentions"] == [[0, 10]]
    assert record["date"] == "2019-03-06"
    assert {record["text"][start:end] for start, end in [event["trigger"]]} == {"captured"}


@pytest.mark.parametrize("key", ["id", "text", "entities", "events"])
def test_schema_wants_what_a_reader_needs(key: str) -> None:
    record = to_record(captured())
    del record[key]
    assert not VALIDATOR.is_valid(record)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "polarity"), "maybe"),
        (("events", 0, "trigger"), [3]),
        (("events", 0, "score"), 1.5),
        (("entities", 0, "type"), "Thing"),
        (("date",), "6 March 2019"),
    ],
)
def test_schema_refuses_what_is_not_of_the_form(path: tuple[str | int, ...], value: object) -> None:
    record = to_record(captured())
    *parents, last = path
    target = record
    for step in parents:
        target = target[step]
    target[last] = value
    assert not VALIDATOR.is_valid(record)


def test_every_role_has_a_key() -> None:
    assert set(ROLE_KEYS) == set(RoleName)
    assert set(ROLE_KEYS.values()) <= schema()["$defs"]["event"]["properties"].keys()


def test_roles_come_back_grouped_by_name() -> None:
    result = captured()
    (event,) = result.events
    mixed = replace(result, events=(replace(event, roles=event.roles[::-1]),))
    assert from_record(to_record(mixed)).events[0].roles == event.roles


def test_file_comes_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    article = Article(id="b", text="Rain\u2028fell.\r\nIt stopped\x85.")
    written = [captured(), ArticleResult(article=article)]
    write_jsonl(written, path)
    assert read_jsonl(path) == written
    assert path.read_bytes() == to_jsonl(written).encode()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"events\.jsonl: line 2: not JSON .* expected one record a line"),
        ("[]", r"events\.jsonl: line 2: list is no record"),
        ('{"id": "x"}', r"article 'x': not a record .*'text'.*kg build"),
    ],
)
def test_what_is_no_record_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(f"{to_jsonl([captured()])}{line}\n", encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        read_jsonl(path)


def test_value_outside_the_vocabulary_is_named() -> None:
    record = to_record(captured())
    record["events"][0]["polarity"] = "maybe"
    with pytest.raises(StoreError, match="'maybe' is not a valid Polarity"):
        from_record(record)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.jsonl: cannot be read"):
        list(iter_records(tmp_path / "none.jsonl"))


def test_unwritable_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_jsonl([captured()], tmp_path / "none" / "events.jsonl")
