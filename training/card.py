"""Measure the model card's table: python card.py DEV SCORERS FULL [--model FOLDER] [--readme FILE].

FULL is a folder with the same weights in float32 (export.py --fp32). Every number of the table is
measured in this one run, with the folder that ships and with FULL, and written into the README
between its "scores" marks.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.nlp.encoder import MODEL_FOLDER

HERE = Path(__file__).parent
# The rows of the table: section and key of evaluate.py's result, and what the row is called.
ROWS = (
    *(
        (f"syntax/{treebank}, {text}/{measure}", f"{name}, {text}: {label}")
        for treebank, name in (
            ("en_ewt-test", "UD EWT test"),
            ("en_gum-dev", "GUM dev"),
            ("en_gum-dev-news", "GUM dev, news"),
        )
        for text, measures in (
            ("gold tokens", ("UPOS", "Lemmas", "UAS", "LAS")),
            ("raw text", ("Sentences", "Words", "UPOS", "Lemmas", "LAS")),
        )
        for measure, label in ((m, f"{m} F1") for m in measures)
    ),
    ("mentions/kinds", "heads of noun phrases, GUM dev (gold tokens): F1 of their kinds"),
    ("mentions/status", "… accuracy of their information status"),
    ("mentions/new or not", "… new to the reader or not"),
    ("names/exact", "names, UNER EWT dev (gold tokens): exact F1"),
    ("names/exact PER", "… persons"),
    ("names/exact LOC", "… places"),
    ("names/exact ORG", "… organisations"),
    ("names/partial", "… overlapping, same type"),
    (
        "names/re3d",
        "names, re3d dev: named Person/Organisation/Location, overlapping, same type",
    ),
    ("roles/all", "roles, PropBank-EWT dev, predicted predicates: head-match labelled F1"),
    ("roles/without be, have, do", "… without be, have, do"),
    ("roles/verbal ARG0", "… ARG0 of verbs"),
    ("roles/verbal ARG1", "… ARG1 of verbs"),
    ("roles/nominal", "… of nouns"),
    ("roles/ARGM-LOC", "… ARGM-LOC"),
    ("roles/ARGM-TMP", "… ARGM-TMP"),
    ("roles/spans", "… spans, gold predicates"),
    ("coreference/ontogum", "coreference, OntoGUM dev: CoNLL F1"),
    ("coreference/gap", "… GAP validation: F1"),
    ("cost/size MB", "size of the folder, MB"),
    ("cost/load s", "load, s"),
    ("cost/tokens/s, 1 threads", "tokens a second, one thread"),
    ("cost/tokens/s, 2 threads", "tokens a second, two threads"),
    ("cost/tokens/s, coreference", "… one thread, with mentions and coreference"),
    ("cost/share of the encoder", "the bare encoder's share of the time, one thread"),
    ("cost/peak memory MB", "peak memory of a 2,000-word article, MB"),
)


def measure(dev: Path, scorers: Path, folder: Path) -> dict[str, object]:
    """What evaluate.py measures of a folder, in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "scores.json"
        command = [sys.executable, str(HERE / "evaluate.py"), str(dev), str(scorers)]
        command += ["--model", str(folder), "--out", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return found


def look_up(table: dict[str, object], path: str) -> str:
    """A figure by "section/key", or "section/group/key", as the table shows it."""
    section, _, key = path.partition("/")
    part = table[section]
    if section == "syntax":
        group, _, key = key.rpartition("/")
        part = part[group] if isinstance(part, dict) else {}
    value = part.get(key) if isinstance(part, dict) else None
    return "-" if value is None else f"{value:,}"


def iter_lines(small: dict[str, object], full: dict[str, object]) -> Iterator[str]:
    """The Markdown table."""
    yield "| measure | int8 (ships) | float32 |"
    yield "|---|---|---|"
    for path, name in ROWS:
        yield f"| {name} | {look_up(small, path)} | {look_up(full, path)} |"


def main() -> None:
    """Measure both folders and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("full", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--readme", type=Path, default=HERE / "README.md")
    o = parser.parse_args()
    small, full = (measure(o.dev, o.scorers, folder) for folder in (o.model, o.full))
    lines = "\n".join(iter_lines(small, full))
    text = o.readme.read_text(encoding="utf-8")
    pattern = re.compile(r"(<!-- scores -->\n)\|.*?\|\n(?!\|)", re.DOTALL)
    o.readme.write_text(pattern.sub(lambda m: f"{m[1]}{lines}\n", text), encoding="utf-8")
    print(lines)


if __name__ == "__main__":
    main()
