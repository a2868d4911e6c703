"""The files of a project beside its graph: which form they have, what was merged, what was read.

``run.json`` says in which form a project is written. One of an older form is never read as if it
were of this one: ``kg relink`` writes it anew, from its records.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.jsonl import Record, iter_records, read_jsonl
from kg.records import ArticleResult, Merge, RecordKey, Span

EVENTS_FILE: Final = "events.jsonl"
MERGES_FILE: Final = "merges.jsonl"
RUN_FILE: Final = "run.json"
FORMAT: Final = 3
"""The form of a project's files. 1, without a number in run.json, had no merges; 2 had no
memberships."""


def read_run(project: Path) -> dict[str, Any] | None:
    """What ``run.json`` says, JSON's values, hence Any; None where there is none.

    Raises:
        StoreError: it cannot be read, or is not a JSON object.
    """
    path = project / RUN_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(
            f"{path}: cannot be read ({reason}). Expected the run.json of a project; build the "
            "articles again into another folder.",
            path=path,
        ) from error
    if not isinstance(record, dict):
        raise StoreError(
            f"{path}: {type(record).__name__} is no record of a build. Expected a JSON object; "
            "build the articles again into another folder.",
            path=path,
        )
    return record


def format_of(project: Path) -> int | None:
    """The form that the project is written in; None where no ``run.json`` says so.

    Raises:
        StoreError: ``run.json`` cannot be read, or was written by a newer kg.
    """
    run = read_run(project)
    if run is None:
        return None
    form = run.get("format", 1)
    if type(form) is not int or not 1 <= form <= FORMAT:
        raise StoreError(
            f"{project / RUN_FILE}: the project has the form {form!r}. Expected {FORMAT} or older; "
            "update kg, or build the articles again into another folder.",
            path=project / RUN_FILE,
        )
    return int(form)


def check_format(project: Path) -> None:
    """Refuse a project of an older form, or of a newer one.

    Raises:
        StoreError: the project has another form, or ``run.json`` cannot be read.
    """
    form = format_of(project)
    if form is not None and form != FORMAT:
        raise StoreError(
            f"{project}: written by an older kg (form {form}). Expected form {FORMAT}; run "
            f'"kg relink {project}", which writes it anew from its events.jsonl.',
            path=project,
        )


def read_results(project: Path) -> list[ArticleResult]:
    """The articles of a project as they were read, also of one of an older form; [] of a new one.

    Raises:
        StoreError: the project cannot be read, or not by this kg.
    """
    path = project / EVENTS_FILE
    if format_of(project) is None:
        if path.exists():
            raise StoreError(
                f"{path}: no run.json beside it tells which kg wrote it. Expected a project that "
                '"kg build" wrote; choose another folder, or start this one anew with --fresh.',
                path=path,
            )
        return []
    return read_jsonl(path)


def read_merges(project: Path) -> list[Merge]:
    """The merges of a project, those of events first.

    Raises:
        StoreError: the file cannot be read, or a line is no merge.
    """
    path = project / MERGES_FILE
    return [_merge_of(record, path) for record in iter_records(path)]


def write_merges(merges: Iterable[Merge], path: Path) -> None:
    """Write one line a merge.

    Raises:
        OSError: the file cannot be written.
    """
    lines = [json.dumps(merge_record(merge), ensure_ascii=False) + "\n" for merge in merges]
    path.write_text("".join(lines), encoding="utf-8", errors="surrogatepass", newline="\n")


def merge_record(merge: Merge) -> Record:
    """The merge as a flat record; ``iri`` of its records' node is in events.jsonl."""
    return {
        "id": merge.id,
        "type": "event" if merge.is_event else "entity",
        "node": merge.node,
        "rule": merge.rule,
        "score": merge.score,
        "reason": merge.reason,
        "kept": _side_record(merge, 0),
        "joined": _side_record(merge, 1),
    }


def _side_record(merge: Merge, side: int) -> Record:
    key = (merge.kept, merge.joined)[side]
    span = merge.evidence[side]
    return {
        "record": str(key),
        "article": key.article_id,
        "name": merge.names[side],
        "span": [span.start, span.end],
        "quote": merge.quotes[side],
    }


def _merge_of(record: Record, path: Path) -> Merge:
    try:
        kept, joined = record["kept"], record["joined"]
        return Merge(
            id=record["id"],
            is_event=record["type"] == "event",
            node=record["node"],
            kept=_key_of(kept),
            joined=_key_of(joined),
            rule=record["rule"],
            score=record["score"],
            reason=record["reason"],
            names=(kept["name"], joined["name"]),
            evidence=(_span_of(kept), _span_of(joined)),
            quotes=(kept["quote"], joined["quote"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"{path}: {record!r} is no merge ({error!r}). Expected what kg wrote; run "
            f'"kg relink {path.parent}".',
            path=path,
        ) from error


def _key_of(side: Record) -> RecordKey:
    record_id = side["record"].removeprefix(f"{side['article']}/")
    return RecordKey(article_id=side["article"], record_id=record_id)


def _span_of(side: Record) -> Span:
    start, end = side["span"]
    return Span(article_id=side["article"], start=start, end=end)
