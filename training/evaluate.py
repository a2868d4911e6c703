"""Score a model folder on development sets: python evaluate.py DEV SCORERS [--model FOLDER] [--out FILE].

DEV holds ud/, ner/ and srl/ as the training packs do; SCORERS the score_*.py programs. Prints one
table: syntax on gold tokens and on raw text, names, semantic roles, size, speed, load time, memory.
"""

from __future__ import annotations

import argparse
import json
import lzma
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from spacy.tokens import Doc

from kg.nlp.conllu import to_conllu
from kg.nlp.decode import Analysis, decode
from kg.nlp.encoder import MODEL_FOLDER, Encoder
from kg.nlp.pipeline import load

TREEBANKS = ("en_ewt-test", "en_gum-dev", "en_gum-dev-news")


def analyse(encoder: Encoder, sentences: list[list[str]]) -> list[Analysis]:
    """Analyses of tokenised sentences."""
    return [decode(w, s, encoder) for w, s in zip(sentences, encoder.score(sentences), strict=True)]


def read_sentences(path: Path, word_column: int = 1) -> list[tuple[str, list[list[str]]]]:
    """(sent_id, rows) of a CoNLL file."""
    opener = lzma.open if path.suffix == ".xz" else open
    found, rows, name = [], [], ""
    with opener(path, "rt", encoding="utf-8") as file:
        for line in [*file, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                found.append((name, [r for r in rows if r[0].isdigit()]))
                rows = []
    return found


def score(scorers: Path, name: str, gold: Path, lines: str, suffix: str) -> dict:
    """The JSON that a scorer prints for a prediction."""
    with tempfile.NamedTemporaryFile("w", suffix=suffix, encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        command = [
            sys.executable,
            str(scorers / f"score_{name}.py"),
            str(gold),
            file.name,
            "--json",
        ]
        return json.loads(
            subprocess.run(command, capture_output=True, text=True, check=True).stdout
        )


def syntax(encoder: Encoder, dev: Path, scorers: Path) -> dict[str, dict[str, float]]:
    """Syntax scores on gold tokens and on raw text."""
    nlp = load(Path(encoder.folder))
    out = {}
    for name in TREEBANKS:
        gold = dev / "ud" / f"{name}.conllu"
        sentences = read_sentences(gold)
        analyses = analyse(encoder, [[r[1] for r in rows] for _, rows in sentences])
        lines = [
            json.dumps(
                {
                    "sent_id": n,
                    "upos": a.upos,
                    "lemmas": a.lemmas,
                    "heads": [h + 1 for h in a.heads],
                    "deprels": a.deprels,
                }
            )
            for (n, _), a in zip(sentences, analyses, strict=True)
        ]
        out[f"{name}, gold tokens"] = figures(
            score(scorers, "ud", gold, "\n".join(lines) + "\n", ".jsonl")
        )
        text = (dev / "ud" / f"{name}.txt").read_text(encoding="utf-8")
        out[f"{name}, raw text"] = figures(
            score(scorers, "ud", gold, to_conllu(nlp(text)), ".conllu")
        )
    return out


def figures(result: dict) -> dict[str, float]:
    """F1 in percent of each measure that a scorer gives."""
    return {
        k: round(100 * v["F1"], 2) for k, v in result.items() if isinstance(v, dict) and "F1" in v
    }


def names(encoder: Encoder, dev: Path, scorers: Path) -> dict[str, float]:
    """Names of UNER EWT dev, gold tokens."""
    gold = dev / "ner/uner_en_ewt-dev.jsonl"
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
    analyses = analyse(encoder, [r["tokens"] for r in records])
    lines = [
        json.dumps({"id": r["id"], "spans": [[s, e, t] for s, e, t, _ in a.names]})
        for r, a in zip(records, analyses, strict=True)
    ]
    return figures(score(scorers, "ner", gold, "\n".join(lines) + "\n", ".jsonl"))


def roles(encoder: Encoder, dev: Path) -> dict[str, float]:
    """Head-match labelled F1 of semantic roles with predicted predicates, C-X folded into X."""
    counts: dict[str, list[int]] = {}
    sentences = read_sentences(dev / "srl/propbank-ewt-dev.conll.xz")
    trees = {
        n: [int(r[6]) for r in rows]
        for n, rows in read_sentences(dev.parent / "train/ud/en_ewt-ud-dev.conllu.xz")
    }
    kept = [(n, rows) for n, rows in sentences if n in trees and len(trees[n]) == len(rows)]
    analyses = analyse(encoder, [[r[1] for r in rows] for _, rows in kept])
    for (n, rows), analysis in zip(kept, analyses, strict=True):
        gold = set(gold_roles(rows, trees[n]))
        found = {(r.predicate, r.argument, r.label) for r in analysis.roles}
        for key, keep in GROUPS.items():
            c = counts.setdefault(key, [0, 0, 0])
            g = {x for x in gold if keep(rows[x[0]][3], x[2])}
            f = {x for x in found if keep(rows[x[0]][3], x[2])}
            c[0] += len(g & f)
            c[1] += len(g)
            c[2] += len(f)
    return {k: round(200 * ok / max(1, g + f), 2) for k, (ok, g, f) in counts.items()}


GROUPS = {
    "all": lambda pos, label: True,
    "verbal ARG0": lambda pos, label: pos in ("VERB", "AUX") and label == "ARG0",
    "verbal ARG1": lambda pos, label: pos in ("VERB", "AUX") and label == "ARG1",
    "nominal": lambda pos, label: pos == "NOUN",
    "ARGM-LOC": lambda pos, label: label == "ARGM-LOC",
    "ARGM-TMP": lambda pos, label: label == "ARGM-TMP",
}


def gold_roles(rows: list[list[str]], heads: list[int]) -> list[tuple[int, int, str]]:
    """(predicate, argument head, label) of PropBank's brackets."""
    found = []
    for k, predicate in enumerate(i for i, r in enumerate(rows) if r[6] != "-"):
        start = None
        for i, row in enumerate(rows):
            cell = row[7 + k]
            if "(" in cell:
                start = i, cell[cell.index("(") + 1 :].split("*")[0]
            if ")" in cell and start:
                first, label = start
                start = None
                label = label.removeprefix("C-").replace("-DSP", "")
                if label.startswith("R-") and label not in ("R-ARG0", "R-ARG1"):
                    label = label[2:]
                tops = [j for j in range(first, i + 1) if not first <= heads[j] - 1 <= i]
                if label not in ("V", "UD") and tops and tops[0] != predicate:
                    found.append((predicate, tops[0], label))
    return found


def cost(folder: Path, dev: Path) -> dict[str, float]:
    """Size in MB, load time, tokens per second on one and two threads, the bare session's share, peak memory."""
    out: dict[str, float] = {
        "size MB": round(sum(p.stat().st_size for p in folder.iterdir()) / 1e6, 1)
    }
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
    result: dict = {"version": encoder.version, "cost": cost(o.model, o.dev)}
    result |= {
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
