"""Score a model folder on development sets: python evaluate.py DEV SCORERS [--model FOLDER].

DEV holds ud/, ner/ and srl/ as the training packs do, which lie beside it in train/; SCORERS holds
the score_*.py programs. Prints one JSON object: syntax on gold tokens and on raw text, names,
semantic roles, size, load time, speed and memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from data import iter_roles
from examples import read_rows
from spacy.tokens import Doc

from kg.nlp.conllu import to_conllu
from kg.nlp.decode import Analysis, decode
from kg.nlp.encoder import MODEL_FOLDER, Encoder
from kg.nlp.pipeline import load

TREEBANKS = ("en_ewt-test", "en_gum-dev", "en_gum-dev-news")


def analyse(encoder: Encoder, sentences: list[list[str]]) -> list[Analysis]:
    """Analyses of tokenised sentences."""
    return [decode(w, s, encoder) for w, s in zip(sentences, encoder.score(sentences), strict=True)]


def read_sentences(path: Path) -> list[tuple[str, list[list[str]]]]:
    """(sent_id, the rows of its words) of each sentence of a CoNLL file."""
    return [(c["sent_id"], [r for r in rows if r[0].isdigit()]) for c, rows in read_rows(path)]


def score(scorer: Path, gold: Path, text: str, *, suffix: str) -> dict[str, float]:
    """F1 in percent of each measure that a scorer gives for a prediction; ``text`` is its file."""
    with tempfile.NamedTemporaryFile("w", suffix=suffix, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        command = [sys.executable, str(scorer), str(gold), file.name, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    measures = json.loads(done.stdout)
    return {
        name: round(100 * value["F1"], 2)
        for name, value in measures.items()
        if isinstance(value, dict) and "F1" in value
    }


def json_lines(records: Iterable[dict[str, object]]) -> str:
    """The records as JSON, one in a line."""
    return "".join(json.dumps(record) + "\n" for record in records)


def syntax(encoder: Encoder, dev: Path, scorers: Path) -> dict[str, dict[str, float]]:
    """Syntax scores on gold tokens and on raw text."""
    nlp = load(encoder.folder)
    scorer = scorers / "score_ud.py"
    found = {}
    for name in TREEBANKS:
        gold = dev / "ud" / f"{name}.conllu"
        sentences = read_sentences(gold)
        analyses = analyse(encoder, [[r[1] for r in rows] for _, rows in sentences])
        records: list[dict[str, object]] = [
            {
                "sent_id": sent_id,
                "upos": a.upos,
                "lemmas": a.lemmas,
                "heads": [h + 1 for h in a.heads],
                "deprels": a.deprels,
            }
            for (sent_id, _), a in zip(sentences, analyses, strict=True)
        ]
        lines = json_lines(records)
        found[f"{name}, gold tokens"] = score(scorer, gold, lines, suffix=".jsonl")
        doc = nlp((dev / "ud" / f"{name}.txt").read_text(encoding="utf-8"))
        found[f"{name}, raw text"] = score(scorer, gold, to_conllu(doc), suffix=".conllu")
    return found


def names(encoder: Encoder, dev: Path, scorers: Path) -> dict[str, float]:
    """Names of UNER EWT dev, gold tokens."""
    gold = dev / "ner/uner_en_ewt-dev.jsonl"
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
    analyses = analyse(encoder, [r["tokens"] for r in records])
    lines = json_lines(
        {"id": r["id"], "spans": [[first, end, kind] for first, end, kind, _ in a.names]}
        for r, a in zip(records, analyses, strict=True)
    )
    return score(scorers / "score_ner.py", gold, lines, suffix=".jsonl")


# The roles that are reported apart, by the predicate's part of speech and the label.
GROUPS: dict[str, Callable[[str, str], bool]] = {
    "all": lambda pos, label: True,
    "verbal ARG0": lambda pos, label: pos in ("VERB", "AUX") and label == "ARG0",
    "verbal ARG1": lambda pos, label: pos in ("VERB", "AUX") and label == "ARG1",
    "nominal": lambda pos, label: pos == "NOUN",
    "ARGM-LOC": lambda pos, label: label == "ARGM-LOC",
    "ARGM-TMP": lambda pos, label: label == "ARGM-TMP",
}


def roles(encoder: Encoder, dev: Path) -> dict[str, float]:
    """Head-match labelled F1 of semantic roles with predicted predicates, C-X folded into X."""
    trees = {
        sent_id: [int(r[6]) for r in rows]
        for sent_id, rows in read_sentences(dev.parent / "train/ud/en_ewt-ud-dev.conllu.xz")
    }
    kept = [
        (rows, trees[sent_id])
        for sent_id, rows in read_sentences(dev / "srl/propbank-ewt-dev.conll.xz")
        if len(trees.get(sent_id, ())) == len(rows)
    ]
    analyses = analyse(encoder, [[r[1] for r in rows] for rows, _ in kept])
    both: Counter[str] = Counter()
    either: Counter[str] = Counter()
    for (rows, heads), analysis in zip(kept, analyses, strict=True):
        gold = set(iter_roles(rows, heads))
        found = {(r.predicate, r.argument, r.label) for r in analysis.roles}
        for name, keep in GROUPS.items():
            right, given = (
                sum(keep(rows[predicate][3], label) for predicate, _, label in arcs)
                for arcs in (gold & found, [*gold, *found])
            )
            both[name] += right
            either[name] += given
    return {name: round(200 * both[name] / max(1, either[name]), 2) for name in GROUPS}


def cost(folder: Path, dev: Path) -> dict[str, float]:
    """Size, load time, tokens per second on one and on two threads, peak memory so far."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    out: dict[str, float] = {"size MB": round(size / 1e6, 1)}
    began = time.perf_counter()
    Encoder(folder)
    out["load s"] = round(time.perf_counter() - began, 2)
    text = (dev / "ud/en_gum-dev.txt").read_text(encoding="utf-8")
    for threads in (1, 2):
        nlp = load(folder, threads=threads)
        nlp(text[:2000])
        speeds = []
        for _ in range(5):
            began = time.perf_counter()
            doc: Doc = nlp(text)
            speeds.append(len(doc) / (time.perf_counter() - began))
        out[f"tokens/s, {threads} threads"] = round(sorted(speeds)[2])
    out["peak memory MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return out


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("scorers", type=Path)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--out", type=Path)
    o = parser.parse_args()
    encoder = Encoder(o.model)
    result = {
        "version": encoder.version,
        "cost": cost(o.model, o.dev),
        "syntax": syntax(encoder, o.dev, o.scorers),
        "names": names(encoder, o.dev, o.scorers),
        "roles": roles(encoder, o.dev),
    }
    text = json.dumps(result, indent=1)
    print(text)
    if o.out:
        o.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
