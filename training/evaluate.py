"""Score a model folder on development sets: python evaluate.py DEV SCORERS [--model FOLDER].

DEV holds ud/, ner/ and srl/ as the training packs do, which lie beside it in train/, and re3d/;
SCORERS holds the score_*.py programs. Prints one JSON object: syntax on gold tokens and on raw
text, kinds of mention, names, semantic roles, size, load time, speed and memory.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import numpy as np
from data import iter_roles, read_treebank
from examples import read_rows
from schema import MENTION_TYPES, STATUSES
from spans import Tree, span

from kg.extract.coref import find_chains
from kg.extract.mentions import find_phrases
from kg.nlp.conllu import to_conllu
from kg.nlp.decode import Analysis, RoleArc, analyse, find_roles
from kg.nlp.encoder import MODEL_FOLDER, Encoder
from kg.nlp.pipeline import load
from kg.words import word_set

Found, Given = TypeVar("Found"), TypeVar("Given")
# Characters of about 2,000 words.
ARTICLE = 12_000
TREEBANKS = ("en_ewt-test", "en_gum-dev", "en_gum-dev-news")


def by_document(
    function: Callable[[list[list[str]]], list[Found]], sentences: Iterable[tuple[str, list[str]]]
) -> list[Found]:
    """What a function gives for tokenised sentences, (sent_id, words), document by document.

    A sentence's id is its document's and its number: "weblog-blogspot.com_rigorous-0007".
    """
    documents = groupby(sentences, key=lambda pair: pair[0].rpartition("-")[0])
    found = (function([words for _, words in group]) for _, group in documents)
    return [item for document in found for item in document]


def analyse_all(encoder: Encoder, sentences: Iterable[tuple[str, list[str]]]) -> list[Analysis]:
    """Analyses of tokenised sentences, (sent_id, words) each."""
    return by_document(lambda document: analyse(document, encoder), sentences)


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
        analyses = analyse_all(encoder, [(i, [r[1] for r in rows]) for i, rows in sentences])
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


def mentions(encoder: Encoder, dev: Path) -> dict[str, float]:
    """Heads of GUM dev's noun phrases, gold tokens: F1 of their kinds, and information status.

    The status is scored on the gold heads, by how many have the right one, and by how many are
    rightly told to be new to the reader or not.
    """
    gold = list(read_treebank(dev / "ud/en_gum-dev.conllu", "gum", hold_out=False))
    analyses = analyse_all(encoder, [(e.sent_id, e.words) for e in gold])
    kinds, statuses = Counter[str](), Counter[str]()
    for example, analysis in zip(gold, analyses, strict=True):
        for i, kind in enumerate(example.mention_types):
            expected, found = MENTION_TYPES[kind], analysis.mention_types[i]
            kinds["gold"] += expected != "none"
            kinds["found"] += found != "none"
            kinds["right"] += expected == found != "none"
            if (known := example.statuses[i]) > 0:
                expected, found = STATUSES[known], analysis.statuses[i]
                statuses["all"] += 1
                statuses["right"] += expected == found
                statuses["new"] += (expected == "new") == (found == "new")
    return {
        "kinds": round(200 * kinds["right"] / (kinds["gold"] + kinds["found"]), 2),
        "status": round(100 * statuses["right"] / statuses["all"], 2),
        "new or not": round(100 * statuses["new"] / statuses["all"], 2),
    }


def names(encoder: Encoder, dev: Path, scorers: Path) -> dict[str, float]:
    """Names of UNER EWT dev, gold tokens, and the named mentions of re3d dev."""
    gold = dev / "ner/uner_en_ewt-dev.jsonl"
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
    analyses = analyse_all(encoder, [(r["id"], r["tokens"]) for r in records])
    lines = json_lines(
        {"id": r["id"], "spans": [[n.first, n.end, n.label] for n in a.names]}
        for r, a in zip(records, analyses, strict=True)
    )
    measures = score(scorers / "score_ner.py", gold, lines, suffix=".jsonl")
    return {**measures, "re3d": named_mentions(encoder, dev, scorers)}


# The types of re3d whose names are measured.
NAMED_TYPES = frozenset({"Person", "Organisation", "Location"})
# Pronouns, determiners and prepositions: their capital at the start of a sentence makes no name.
FUNCTION_WORDS = word_set(
    """
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    who whom whose which what this that these those here there one ones someone everyone nobody
    the a an some any all both each every either neither no many much several few more most such
    other another as in on at by for from of to with about against among under over near after
    before between during into through without within since until across behind toward towards
    """
)


def is_named(text: str) -> bool:
    """Whether a mention has a capitalised word that is no pronoun, determiner or preposition."""
    words = re.findall(r"[^\W\d_]+", text)
    return any(word[0].isupper() and word.lower() not in FUNCTION_WORDS for word in words)


def named_mentions(encoder: Encoder, dev: Path, scorers: Path) -> float:
    """F1 of the named mentions of re3d dev, raw text: overlapping, same type.

    Gold are the mentions of type Person, Organisation or Location, nested ones too, that have a
    capitalised word other than a pronoun, determiner or preposition: "the Iraqi army" and "US",
    but not "We" or "the town". Predicted are the names of the pipeline that score_re3d.py maps to
    these types (PERSON; ORG; GPE, LOC and FAC). Pairs that overlap and have one type are right,
    each mention in one pair at most, as in that program's "entity partial".
    """
    nlp = load(encoder.folder)
    gold, found = [], []
    for line in (dev / "re3d/re3d-dev.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        entities = [
            entity
            for entity in record["entities"]
            if entity["type"] in NAMED_TYPES and is_named(text[entity["start"] : entity["end"]])
        ]
        names = [
            {"start": name.start_char, "end": name.end_char, "type": name.label_}
            for name in nlp(text).ents
        ]
        common = {"doc": record["doc"], "relations": []}
        gold.append({**record, **common, "entities": entities})
        found.append({**common, "entities": names})
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "gold.jsonl"
        path.write_text(json_lines(gold), encoding="utf-8")
        measures = score(scorers / "score_re3d.py", path, json_lines(found), suffix=".jsonl")
    return measures["entity partial"]


# The roles that are reported apart, by the predicate's row and the label.
GROUPS: dict[str, Callable[[list[str], str], bool]] = {
    "all": lambda row, label: True,
    "without be, have, do": lambda row, label: row[2] not in LIGHT,
    "verbal ARG0": lambda row, label: row[3] in ("VERB", "AUX") and label == "ARG0",
    "verbal ARG1": lambda row, label: row[3] in ("VERB", "AUX") and label == "ARG1",
    "nominal": lambda row, label: row[3] == "NOUN",
    "ARGM-LOC": lambda row, label: label == "ARGM-LOC",
    "ARGM-TMP": lambda row, label: label == "ARGM-TMP",
}


# Predicates that say little and inflate the scores.
LIGHT = frozenset({"be", "have", "do"})
Rows = list[list[str]]


def roles(encoder: Encoder, dev: Path, scorers: Path) -> dict[str, float]:
    """Labelled F1 of semantic roles: by head word with predicted predicates (C-X folded into X).

    Also by span with gold predicates, as score_srl.py counts it; spans follow from the trees.
    """
    gold = dev / "srl/propbank-ewt-dev.conll.xz"
    trees = {
        sent_id: [int(r[6]) for r in rows]
        for sent_id, rows in read_sentences(dev.parent / "train/ud/en_ewt-ud-dev.conllu.xz")
    }
    kept = [(i, rows) for i, rows in read_sentences(gold) if len(trees.get(i, ())) == len(rows)]
    words = [(i, [r[1] for r in rows]) for i, rows in kept]
    analyses = analyse_all(encoder, words)
    scores = by_document(encoder.score, words)
    both: Counter[str] = Counter()
    either: Counter[str] = Counter()
    lines = []
    for (sent_id, rows), analysis, raw in zip(kept, analyses, scores, strict=True):
        right = set(iter_roles(rows, trees[sent_id]))
        arcs = {(r.predicate, r.argument, r.label) for r in analysis.roles}
        for name, keep in GROUPS.items():
            hits, given = (
                sum(keep(rows[predicate], label) for predicate, _, label in chosen)
                for chosen in (right & arcs, [*right, *arcs])
            )
            both[name] += hits
            either[name] += given
        gold_arcs = find_roles(raw, np.array([r[6] != "-" for r in rows], "f4"), encoder)
        predicates = list(iter_spans(rows, analysis, gold_arcs))
        lines.append({"sent_id": sent_id, "predicates": predicates})
    spans = score(scorers / "score_srl.py", gold, json_lines(lines), suffix=".jsonl")
    found = {name: round(200 * both[name] / max(1, either[name]), 2) for name in GROUPS}
    return {**found, "spans": spans["args"]}


def iter_spans(
    rows: Rows, analysis: Analysis, arcs: Sequence[RoleArc]
) -> Iterator[dict[str, object]]:
    """The argument spans of a sentence's annotated predicates."""
    tree = Tree([r[1] for r in rows], analysis.upos, analysis.heads, analysis.deprels)
    for p in (i for i, row in enumerate(rows) if row[6] != "-"):
        chosen = {arc.argument: arc.label for arc in arcs if arc.predicate == p}
        spans = [
            [*span(tree, p, argument, label, chosen), label] for argument, label in chosen.items()
        ]
        yield {"index": p, "roleset": rows[p][6], "args": spans}


def coreference(folder: Path, dev: Path, scorers: Path) -> dict[str, float]:
    """F1 of the chains, which rest on the pair scores; benchmarks/coref.py has more."""
    sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))
    from coref import measure_all

    found = measure_all(load(folder), dev, scorers)
    return {
        "ontogum": found["ontogum"]["ALL.CoNLL_F1"],
        "gap": found["gap validation"]["overall.F1"],
    }


def cost(folder: Path, dev: Path) -> dict[str, float]:
    """Size, load time, peak memory, tokens per second on one and on two threads.

    The encoder's share is the time of its own outputs by that of the whole pipeline.
    """
    size = sum(path.stat().st_size for path in folder.iterdir())
    out: dict[str, float] = {"size MB": round(size / 1e6, 1)}
    began = time.perf_counter()
    encoder = Encoder(folder)
    out["load s"] = round(time.perf_counter() - began, 2)
    text = (dev / "ud/en_gum-dev.txt").read_text(encoding="utf-8")
    load(folder)(text[:ARTICLE])
    out["peak memory MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    for threads in (1, 2):
        nlp = load(folder, threads=threads)
        out[f"tokens/s, {threads} threads"] = round(len(nlp(text)) / median_time(nlp, text))
    nlp = load(folder)
    doc = nlp(text)
    sentences = [[t.text for t in sent if not t.is_space] for sent in doc.sents]
    bare = median_time(encoder.score, [words for words in sentences if words])
    out["share of the encoder"] = round(bare / median_time(nlp, text), 2)

    def with_coreference(text: str) -> None:
        doc = nlp(text)
        doc.user_data["kg_body"] = (0, len(text))
        find_chains(doc, find_phrases(doc, "a"))

    texts = [text[i : i + ARTICLE] for i in range(0, len(text), ARTICLE)]
    seconds = sum(median_time(with_coreference, part) for part in texts)
    out["tokens/s, coreference"] = round(len(doc) / seconds)
    return out


def median_time(function: Callable[[Given], object], argument: Given) -> float:
    """The median of five runs, in seconds."""
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        function(argument)
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)[2]


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
        "mentions": mentions(encoder, o.dev),
        "names": names(encoder, o.dev, o.scorers),
        "coreference": coreference(o.model, o.dev, o.scorers),
        "roles": roles(encoder, o.dev, o.scorers),
    }
    text = json.dumps(result, indent=1)
    print(text)
    if o.out:
        o.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
