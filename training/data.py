"""Training packs -> sentences with the labels that each source really annotates.

Every label is an index, or IGNORE where the source does not say. Names are given as a set of
permitted tags for each word, so that an O of a source without peoples, say, is not "no people".
"""

from __future__ import annotations

import csv
import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

import spacy
from examples import IGNORE, Example, is_held_out, read_rows, top_words
from gum import add_entities
from names import read_names, weak_name
from schema import (
    CATEGORIES,
    EVENT_LABELS,
    MENTION_TYPES,
    MODALITIES,
    NAME_TAGS,
    POLARITIES,
    STATUSES,
    UPOS,
    lemma_script,
)
from spacy.tokens import Token

import kg.nlp.sentences  # noqa: F401  (registers the component)

# Rarer labels than this are not learnt.
LEAST = 3
LEMMA_SCRIPTS = 260


class EventMark(TypedDict):
    """What is read of an event in an annotated article; ``trigger`` is a range of characters."""

    trigger: tuple[int, int]
    modality: str
    polarity: str
    category: str | None
    category_also: list[str]
    optional: bool


def read_treebank(path: Path, source: str, *, hold_out: bool = True) -> Iterator[Example]:
    """UD sentences of "ewt" or "gum", whose Entity column becomes names and mention types.

    With ``hold_out``, a third of the documents teaches no coreference and no information status.
    """
    document = ""
    for comments, rows in read_rows(path):
        rows = [r for r in rows if r[0].isdigit()]
        document = comments.get("newdoc id", document)
        example = Example(source, [r[1] for r in rows], comments.get("sent_id", ""), document)
        example.upos = [UPOS.index(r[3]) if r[3] in UPOS else IGNORE for r in rows]
        example.feats = [r[5] for r in rows]
        example.lemma = [lemma_script(r[1], r[2]) for r in rows]
        example.heads = [int(r[6]) for r in rows]
        example.deprels = [r[7] for r in rows]
        if source == "gum":
            add_entities(example, rows)
            if hold_out and is_held_out(document):
                example.mentions, example.statuses = [], []
        else:
            example.names = [weak_name(r[1], r[3]) for r in rows]
        yield example


def add_roles(examples: list[Example], path: Path) -> None:
    """Predicates and head-word roles of PropBank-EWT onto the treebank's sentences."""
    by_id = {e.sent_id: e for e in examples}
    for comments, rows in read_rows(path):
        example = by_id.get(comments.get("sent_id", ""))
        if example is not None and len(example.words) == len(rows):
            example.predicates = [int(r[6] != "-") for r in rows]
            example.roles = list(iter_roles(rows, example.heads))


def iter_roles(rows: list[list[str]], heads: list[int]) -> Iterator[tuple[int, int, str]]:
    """(predicate, argument's head word, label) of each role of a PropBank sentence.

    A continued role (C-ARG1) counts as the role, and a reference is told apart (R-ARG0) for the two
    main roles only. ``heads`` are the treebank's governors, from 1, with 0 for the root.
    """
    for k, predicate in enumerate(i for i, r in enumerate(rows) if r[6] != "-"):
        for first, last, label in brackets([r[7 + k] for r in rows]):
            label = label.removeprefix("C-").replace("-DSP", "")
            if label not in ("R-ARG0", "R-ARG1"):
                label = label.removeprefix("R-")
            tops = top_words(first, last, heads)
            if label not in ("V", "UD") and tops and tops[0] != predicate:
                yield predicate, tops[0], label


def brackets(cells: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first, last, label) of CoNLL-2005 brackets."""
    start: tuple[int, str] | None = None
    for i, cell in enumerate(cells):
        if "(" in cell:
            start = i, cell[cell.index("(") + 1 :].split("*")[0]
        if ")" in cell and start:
            yield start[0], i, start[1]
            start = None


def read_events(folder: Path) -> Iterator[Example]:
    """Sentences of the annotated articles, each event's labels on the first word of its trigger."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        doc = nlp(record["text"])
        marks: dict[int, EventMark] = {}
        for event in record["events"]:
            token = next((t for t in doc if t.idx <= event["trigger"][0] < t.idx + len(t)), None)
            if token is not None and (token.i not in marks or marks[token.i]["optional"]):
                marks[token.i] = event
        for sent in doc.sents:
            tokens = [t for t in sent if not t.is_space]
            if tokens:
                yield event_example(path.stem, tokens, marks)


def event_example(name: str, tokens: list[Token], marks: dict[int, EventMark]) -> Example:
    """One sentence's event labels; an optional event is neither taught nor forbidden."""
    example = Example("events", [t.text for t in tokens], name, name)
    for token in tokens:
        event, label = marks.get(token.i), EVENT_LABELS.index("none")
        modality = polarity = IGNORE
        kinds: list[str] = []
        if event is not None:
            label = IGNORE if event["optional"] else EVENT_LABELS.index("event")
            modality = MODALITIES.index(event["modality"])
            polarity = POLARITIES.index(event["polarity"])
            kinds = [event["category"] or "none", *event["category_also"]]
        example.events.append(label)
        example.modality.append(modality)
        example.polarity.append(polarity)
        example.category.append(frozenset(CATEGORIES.index(k) for k in kinds if k in CATEGORIES))
    return example


def read_gap(path: Path, *, hold_out: bool = True) -> Iterator[Example]:
    """Sentences of GAP's texts, with a pronoun and two names of which at most one is its.

    The name's entity is "A" or "B", the pronoun's "pronounA", "pronounB", or "pronoun" for neither.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_sentences")
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if hold_out and is_held_out(row["ID"]):
                continue
            right = "".join(name for name in "AB" if row[f"{name}-coref"] == "TRUE")
            marks = {int(row["Pronoun-offset"]): "pronoun" + right}
            marks |= {int(row[f"{name}-offset"]): name for name in "AB"}
            for sent in nlp(row["Text"]).sents:
                tokens = [t for t in sent if not t.is_space]
                if tokens:
                    example = Example("gap", [t.text for t in tokens], document=row["ID"])
                    example.mentions = [
                        (i, marks[t.idx]) for i, t in enumerate(tokens) if t.idx in marks
                    ]
                    yield example


def load_train(packs: Path, *, hold_out: bool = True) -> list[Example]:
    """All training sentences of the packs, but for GAP's.

    GUM's conversations are left out: the licence of their texts is doubtful.
    """
    ewt = list(read_treebank(packs / "ud/en_ewt-ud-train.conllu.xz", "ewt"))
    add_roles(ewt, packs / "srl/propbank-ewt-train.conll.xz")
    examples = [*ewt, *read_treebank(packs / "ud/en_gum-train.conllu.xz", "gum", hold_out=hold_out)]
    examples += read_names(packs / "ner/wikigold.iob2.xz", "wikigold")
    examples += read_names(packs / "ner/btc.iob2.xz", "btc")
    for part in ("train", "dev"):
        examples += read_names(packs / f"ner/wnut17-{part}.iob2.xz", "wnut")
    for domain in ("politics", "science", "literature", "music", "ai"):
        examples += read_names(packs / f"ner/crossner-{domain}.iob2.xz", "crossner")
    return [*examples, *read_events(packs / "events")]


def label_tables(examples: list[Example]) -> dict[str, list[str]]:
    """Every label list; those that come from counts have the most frequent label first."""

    def table(values: Iterable[str]) -> list[str]:
        counts = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
        return [value for value, n in counts if n >= LEAST]

    return {
        "upos": UPOS,
        "feats": table(f for e in examples for f in e.feats),
        "lemma": table(s for e in examples for s in e.lemma)[:LEMMA_SCRIPTS],
        "deprel": table(d for e in examples for d in e.deprels),
        "names": NAME_TAGS,
        "mention_type": MENTION_TYPES,
        "predicate": ["no", "yes"],
        "role": ["none", *table(label for e in examples for _, _, label in e.roles)],
        "event": EVENT_LABELS,
        "modality": MODALITIES,
        "polarity": POLARITIES,
        "category": CATEGORIES,
        "status": STATUSES,
    }
