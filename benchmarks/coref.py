"""Score kg's coreference: python benchmarks/coref.py DEV SCORERS [--out FILE].

DEV is the folder of development sets, SCORERS that of score_coref.py and score_gap.py. OntoGUM is
scored with every chain that is found, and once more with those alone that ``kg build`` keeps: of
persons, groups, bodies and places. Its mentions are whole noun phrases with their complements and
appositions, so the chains' mentions are widened to these, and predicates and appositions are no
mentions of their own; GAP asks whether a pronoun and a name are in one chain.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from run import flatten, read_records, table
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.coref import find_chains, find_clusters
from kg.extract.coref.referents import read_referents
from kg.extract.mentions import Phrase, find_phrases
from kg.nlp.pipeline import load
from kg.records import MentionKind

ONTOGUM = "coref/ontogum-dev.jsonl"
GAP = "coref/gap-validation.tsv"
# Relations that lead from a noun to what is no part of its phrase.
OUTSIDE = frozenset(
    {"cc", "cc:preconj", "punct", "conj", "parataxis", "advcl", "list", "discourse", "cop"}
    | {"nsubj", "nsubj:outer", "csubj", "mark", "aux", "obl", "advmod", "dislocated", "orphan"}
    | {"case", "dep"}
)
# What belongs to a noun that is a predicate, before it and after it.
BEFORE_PREDICATE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "flat"})
AFTER_PREDICATE = frozenset({"nmod", "flat", "acl", "compound"})


def widen(doc: Doc, phrase: Phrase) -> tuple[int, int]:
    """The characters of the whole noun phrase of a mention: with its complements and clauses."""
    span = phrase.mention.span
    if phrase.mention.kind is MentionKind.PRONOUN:
        return span.start, span.end
    head = doc[phrase.head]
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    first, last = (words.start, words.end - 1) if words is not None else (head.i, head.i)
    for part in _iter_parts(head):
        first, last = min(first, part.left_edge.i), max(last, part.right_edge.i)
    while (
        last > head.i and doc[last].pos_ in ("PUNCT", "SPACE") and doc[last].text not in '")\u201d'
    ):
        last -= 1
    while first < head.i and doc[first].pos_ in ("PUNCT", "SPACE"):
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def _iter_parts(head: Token) -> Iterator[Token]:
    """The dependents of a noun that are in its phrase."""
    is_predicate = any(child.dep_ == "cop" for child in head.children)
    for child in head.children:
        if child.dep_ == "case" and child.i > head.i:
            # The possessive's "'s".
            yield child
        elif child.dep_ in ("acl", "acl:relcl"):
            if not is_predicate:
                yield child
        elif child.dep_ not in OUTSIDE:
            known = BEFORE_PREDICATE if child.i < head.i else AFTER_PREDICATE
            if not is_predicate or child.dep_ in known:
                yield child


def is_said_of(token: Token, chain: Iterable[Phrase]) -> bool:
    """Whether a mention's head is said of another one of its chain: predicate or apposition.

    OntoNotes' scheme has no mention for a predicate, and one for a noun with its apposition.
    """
    said_of = [child.i for child in token.children if child.dep_ in ("nsubj", "nsubj:outer")]
    is_predicate = any(c.dep_ == "cop" for c in token.children)
    if token.dep_ == "appos":
        said_of.append(token.head.i)
    elif not is_predicate or any(c.dep_ == "case" and c.i < token.i for c in token.children):
        return False
    return any(phrase.head in said_of for phrase in chain)


def find(doc: Doc, *, kept: bool) -> list[list[Phrase]]:
    """The document's chains: those that a build keeps, or all."""
    doc.user_data["kg_body"] = (0, len(doc.text))
    table = find_phrases(doc, "a")
    phrases = [r.phrase for r in read_referents(doc, table)]
    by_id = {phrase.mention.id: phrase for phrase in phrases}
    if kept:
        return [[by_id[i] for i in chain] for chain in find_chains(doc, table)]
    return [[by_id[m.id] for m in group] for group in find_clusters(doc, table)]


def answer_ontogum(
    rows: Iterable[dict[str, str]], nlp: Language, *, kept: bool
) -> Iterator[dict[str, object]]:
    """The chains of each document, as score_coref.py reads them."""
    for doc, row in nlp.pipe(((row["text"], row) for row in rows), as_tuples=True):
        chains = find(doc, kept=kept)
        kept_apart = [[p for p in c if not is_said_of(doc[p.head], c)] for c in chains]
        yield {"doc": row["doc"], "char_clusters": [[widen(doc, p) for p in c] for c in kept_apart]}


def answer_gap(rows: Iterable[dict[str, str]], nlp: Language) -> Iterator[dict[str, object]]:
    """Whether the pronoun is in a chain with each name, as score_gap.py reads it."""
    for doc, row in nlp.pipe(((row["Text"], row) for row in rows), as_tuples=True):
        chains = find(doc, kept=True)
        at = int(row["Pronoun-offset"])
        chain = next((c for c in chains if any(p.mention.span.start == at for p in c)), [])
        names = [p.mention.head for p in chain if p.mention.kind is MentionKind.NAME]
        found: dict[str, object] = {"id": row["ID"]}
        for name in "AB":
            start = int(row[f"{name}-offset"])
            end = start + len(row[name])
            found[name.lower()] = any(h.start < end and start < h.end for h in names)
        yield found


def score(scorer: Path, gold: Path, answers: Iterable[dict[str, object]]) -> dict[str, float]:
    """The scorer's figures in percent (bias: feminine by masculine), and the answers' seconds."""
    began = time.perf_counter()
    lines = [json.dumps(answer) for answer in answers]
    seconds = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predictions), "--json"]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()}")
    figures = flatten(json.loads(done.stdout))
    percent = {k: round(v if k == "bias" else 100 * v, 2) for k, v in figures.items()}
    return {**percent, "texts": len(lines), "seconds": round(seconds, 1)}


def measure_all(nlp: Language, dev: Path, scorers: Path) -> dict[str, dict[str, float]]:
    """The figures of each set."""
    gold = dev / ONTOGUM
    rows = read_records(gold)
    found = {
        name: score(scorers / "score_coref.py", gold, answer_ontogum(rows, nlp, kept=kept))
        for name, kept in (("ontogum", False), ("ontogum, kept chains", True))
    }
    gold = dev / GAP
    with gold.open(encoding="utf-8", newline="") as file:
        texts = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found["gap validation"] = score(scorers / "score_gap.py", gold, answer_gap(texts, nlp))
    return found


def measure(dev: Path, scorers: Path) -> Iterator[list[str]]:
    """The Markdown lines of each set."""
    for name, figures in measure_all(load(), dev, scorers).items():
        yield _table(name, figures, prefix="ALL." if name.startswith("ontogum") else "")


def _table(name: str, figures: dict[str, float], *, prefix: str = "") -> list[str]:
    """Without the figures of single genres."""
    kept = {
        key.removeprefix(prefix): value
        for key, value in figures.items()
        if key.startswith(prefix) or key in ("texts", "seconds")
    }
    return table(name, kept)


def main() -> None:
    """Measure, print the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("scorers", type=Path)
    default = Path(__file__).parent / "COREFERENCE.md"
    parser.add_argument("--out", type=Path, default=default, help="the file to write")
    o = parser.parse_args()
    lines = ["# Coreference on the development sets", ""]
    lines += ["Made by `python benchmarks/coref.py DEV SCORERS`.", ""]
    for part in measure(o.dev, o.scorers):
        lines += part
    print("\n".join(lines))
    o.out.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
