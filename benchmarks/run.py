"""Score kg on the development sets: python benchmarks/run.py DEV SCORERS [--only NAME …].

DEV is the folder of development sets, SCORERS that of the score_*.py programs and adapt.py. Each
set is built as ``kg build`` does it, its events.jsonl is handed to the set's own scorer, and the
figures go into one Markdown file, --out. Where a set asks for less than all events, what answers
its question (questions.py) is scored, and beside it the events as they are.
Sets that DEV lacks are named there as not measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from links import link_figures
from questions import QUESTIONS
from speed import cost

import kg


@dataclass(frozen=True)
class Benchmark:
    """A development set, and how it is scored.

    Attributes:
        name: what the table calls it.
        kind: adapt.py's word for it.
        file: its file or folder below DEV.
        scorer: the part of a scorer's file name after "score_".
        options: what the scorer is given beside the gold file and the predictions.
        figures: the figures to report, by their dotted paths in the scorer's JSON.
    """

    name: str
    kind: str
    file: str
    scorer: str
    options: tuple[str, ...]
    figures: tuple[str, ...]


# Scorers that give shares of 1 where the others give percent; the table gives percent.
SHARES = frozenset({"geo", "time", "re3d"})
ROLES = ("actor.F1", "target.F1", "place.F1")
BENCHMARKS = (
    Benchmark(
        "gold articles",
        "gold",
        "gold",
        "events",
        ("--guarded", "--json"),
        (
            "events.F1",
            "triples.F1",
            "triples_place.F1",
            "triples_target.F1",
            *ROLES,
            "category_accuracy",
            "time_accuracy",
            "polarity_accuracy",
            "modality_macro_f1",
            "source.F1",
            "b3.F1",
        ),
    ),
    Benchmark(
        "plover-gsr",
        "gsr",
        "events/plover-gsr-dev.jsonl",
        "gsr",
        (),
        (
            "type_accuracy",
            "type_macro_F1",
            "quad_accuracy",
            "source.F1",
            "target.F1",
            "place.F1",
            "source.code",
            "source.code_of_found",
            "target.code",
            "target.code_of_found",
        ),
    ),
    Benchmark(
        "cameo-actors",
        "cameo",
        "events/cameo-actors-dev.jsonl",
        "cameo_actors",
        (),
        ("class_accuracy", "source.F1", "target.F1", "all_parties_right"),
    ),
    Benchmark(
        "muc4",
        "muc",
        "events/muc4-dev.jsonl",
        "muc4",
        ("--set", "ALL"),
        (
            "relevance.F1",
            "actors.F1",
            "targets.F1",
            "instruments.F1",
            "roles_micro.F1",
            "place_any.F1",
        ),
    ),
    Benchmark(
        "wikievents",
        "wikievents",
        "events/wikievents-dev.jsonl",
        "wikievents",
        ("--split", "dev"),
        (
            "detect.R",
            "detect.F1",
            "detect_any_category.R",
            *(f"role_{role}" for role in ROLES),
            "doc_place.F1",
        ),
    ),
    Benchmark(
        "rams",
        "rams",
        "events/rams-dev.jsonl",
        "wikievents",
        ("--split", "dev"),
        ("detect.R", "detect_any_category.R"),
    ),
    Benchmark(
        "india-police",
        "india",
        "events/india-police-dev.jsonl",
        "india",
        (),
        ("sentence_ARREST.F1", "sentence_FORCE.F1", "sentence_KILL.F1"),
    ),
    *(
        Benchmark(
            name,
            "geo",
            f"geo/{name}.jsonl",
            "geo",
            ("--json",),
            ("recognition_exact.F1", "resolution_found.acc161", "end_to_end_161.F1"),
        )
        for name in ("tr-news", "lgl-dev", "geowebnews")
    ),
    *(
        Benchmark(
            name,
            "time",
            f"time/{name}.jsonl",
            "time",
            ("--json",),
            ("strict.F1", "relaxed.F1", "value_accuracy"),
        )
        for name in ("wikiwars-01-16", "meantime-dev")
    ),
    Benchmark(
        "re3d",
        "re3d",
        "re3d/re3d-dev.jsonl",
        "re3d",
        ("--json",),
        (
            "entity exact core.F1",
            "entity partial core.F1",
            "entity partial.F1",
            "same.precision",
            "same.recall",
            "belongs.precision",
            "belongs.recall",
        ),
    ),
)


# What the table calls the cost of extraction, measured on the first set's articles.
SPEED = "speed"
SIDES = {"source": "actor", "target": "target"}
# What the records call an actor that is of no country, by kg's sector.
INTERNATIONAL = {"UNO": "IGO", "EUR": "IGO", "IGO": "IGO", "NGO": "NGO", "IMG": "IMG", "MNC": "MNC"}
# The records' own spellings of codes.
SPELT = {"JAP": "JPN"}


def party_codes(gold: Path, built: Path, scorers: Path) -> dict[str, float]:
    """Percent of the parties whose code (country, else kind of international body) is right.

    "code" counts every party of the records with a code, and one that is not found as wrong;
    "code_of_found" only those that the scorer's rules match with one that kg has in the same role,
    in the event that the scorer reads.
    """
    sys.path.insert(0, str(scorers))
    from adapt import event_rows
    from benchlib import pair

    results = {record["id"]: record for record in read_records(built)}
    counts = {"source": [0, 0, 0], "target": [0, 0, 0]}
    for record in read_records(gold):
        result = results.get(record["id"], {"text": "", "entities": [], "events": []})
        events = list(event_rows(result))
        same = (event for event in events if event["category"] == record["event"])
        event = next(same, events[0] if events else {})
        found = {side: event.get(f"{role}s", []) for side, role in SIDES.items()}
        if record["reciprocal"]:
            found = dict.fromkeys(found, found["source"] + found["target"])
        for side, tally in counts.items():
            parties = record[side]
            pairs = dict(pair([[party["text"]] for party in parties], found[side]))
            for number, party in enumerate(parties):
                if party["code"] is None:
                    continue
                match = found[side][pairs[number]] if number in pairs else None
                tally[0] += 1
                tally[1] += match is not None
                right = SPELT.get(party["code"], party["code"])
                tally[2] += match is not None and code_of(match, result) == right
    return {
        f"{side}.{name}": round(100 * right / total, 1) if total else 0.0
        for side, (every, matched, right) in counts.items()
        for name, total in (("code", every), ("code_of_found", matched))
    }


def code_of(filler: dict[str, object], result: dict[str, list[dict[str, object]]]) -> object:
    """The code of the entity that has a role's words as a mention."""
    span = [filler["start"], filler["end"]]
    entity = next((e for e in result["entities"] if span in e["mentions"]), {})
    return entity.get("country") or INTERNATIONAL.get(str(entity.get("sector")))


def read_records(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file's lines, which other line breaks than newlines do not end."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def without_objects(built: Path, out: Path) -> Path:
    """The records without weapons and other things, which the adapter of re3d has no name for."""
    with out.open("w", encoding="utf-8") as file:
        for record in read_records(built):
            record["entities"] = [e for e in record["entities"] if e["type"] != "Object"]
            file.write(json.dumps(record) + "\n")
    return out


def flatten(value: object, prefix: str = "") -> dict[str, float]:
    """Every number of nested JSON by its dotted path."""
    if isinstance(value, dict):
        pairs = (flatten(v, f"{prefix}{k}.").items() for k, v in value.items())
        return {k: v for items in pairs for k, v in items}
    return {prefix.rstrip("."): float(value)} if isinstance(value, int | float) else {}


def run(benchmark: Benchmark, dev: Path, scorers: Path, folder: Path) -> list[dict[str, float]]:
    """Build the set and score it; every figure of the scorer, and the seconds of the build.

    Where the set has a question the figures of its answer come first, then those of all events.
    """
    gold, python = dev / benchmark.file, sys.executable
    articles, predictions = folder / "articles.jsonl", folder / "predictions.jsonl"

    def call(*command: object) -> str:
        words = [str(word) for word in command]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{benchmark.name}: {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    adapt = scorers / "adapt.py"
    call(python, adapt, "articles", benchmark.kind, gold, articles)
    began = time.perf_counter()
    graph = kg.build([articles])
    seconds = time.perf_counter() - began
    for failure in graph.failures:
        print(f"{benchmark.name}: {failure.article_id}: {failure.error}", file=sys.stderr)
    graph.save(folder / "project")
    count = {"build seconds": round(seconds, 1), "articles": len(graph.results)}

    def score(events: Path) -> dict[str, float]:
        call(python, adapt, "predictions", benchmark.kind, events, gold, predictions)
        scorer = scorers / f"score_{benchmark.scorer}.py"
        figures = flatten(json.loads(call(python, scorer, gold, predictions, *benchmark.options)))
        if benchmark.kind == "gsr":
            figures |= party_codes(gold, events, scorers)
        if benchmark.scorer in SHARES:
            figures = {k: round(100 * v, 2) if v <= 1 else v for k, v in figures.items()}
        if benchmark.kind == "re3d":
            figures |= link_figures(read_records(gold), read_records(events))
        return {**figures, **count}

    built = folder / "project/events.jsonl"
    if benchmark.kind == "re3d":
        built = without_objects(built, folder / "known.jsonl")
    asked = ask(benchmark.kind, built, folder / "asked.jsonl")
    return [score(asked), *([score(built)] if asked != built else [])]


def ask(kind: str, events: Path, asked: Path) -> Path:
    """The events that answer the question of the set's kind, in a file; all where it has none."""
    question = QUESTIONS.get(kind)
    if question is None:
        return events
    with asked.open("w", encoding="utf-8") as file:
        for record in read_records(events):
            file.write(json.dumps(question(record)) + "\n")
    return asked


def speed(benchmark: Benchmark, dev: Path, scorers: Path, folder: Path) -> dict[str, float]:
    """What extraction costs on the articles of a set, beside the model."""
    articles = folder / "articles.jsonl"
    command = [sys.executable, scorers / "adapt.py", "articles", benchmark.kind]
    subprocess.run([*command, dev / benchmark.file, articles], check=True)
    return cost([a for a in kg.read_articles([articles]) if isinstance(a, kg.Article)])


def table(
    name: str, figures: dict[str, float], unasked: dict[str, float] | None = None
) -> list[str]:
    """Markdown lines of one set; ``unasked`` are the figures of all events."""
    head = ["| measure | value |", "|---|---|"]
    rows = [f"| {key} | {value:g} |" for key, value in figures.items()]
    if unasked is not None:
        head = ["| measure | what answers the set's question | all events |", "|---|---|---|"]
        rows = [f"{row} {unasked[key]:g} |" for row, key in zip(rows, figures, strict=True)]
    return [f"## {name}", "", *head, *rows, ""]


def main() -> None:
    """Run the sets and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("--only", nargs="*", help="names of the sets to run; all where not given")
    parser.add_argument("--all", action="store_true", help="every figure of each scorer")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "RESULTS.md")
    o = parser.parse_args()
    lines = [
        "# Scores on the development sets",
        "",
        "Made by `make benchmark DEV=… SCORERS=…`.",
        "",
    ]
    for benchmark in BENCHMARKS:
        if o.only and benchmark.name not in o.only:
            continue
        if not (o.dev / benchmark.file).exists():
            lines += [f"## {benchmark.name}", "", f"Not measured: no {benchmark.file}.", ""]
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = run(benchmark, o.dev, o.scorers, Path(folder))
        kept = found[0] if o.all else (*benchmark.figures, "articles", "build seconds")
        shown = table(benchmark.name, *({k: column[k] for k in kept} for column in found))
        lines += shown
        print("\n".join(shown), flush=True)
    if not o.only or SPEED in o.only:
        with tempfile.TemporaryDirectory() as folder:
            lines += table(SPEED, speed(BENCHMARKS[0], o.dev, o.scorers, Path(folder)))
        print("\n".join(lines[-7:]), flush=True)
    o.out.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
