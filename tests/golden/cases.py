"""Reads the golden files, runs their sentences through the model, and compares.

A file is Markdown: a line ``published: YYYY-MM-DD``, then cases, each a quoted sentence and below
it the events that it must give, by trigger::

    > The army captured 40 fighters in Aleppo on Friday, a spokesman said.
    - captured | actor: The army | target: 40 fighters | place: Aleppo | source: a spokesman
    - no event: said

Only the keys that are given are checked: actor, target, place, instrument (several fillers joined
by " + ", "-" for none), source, time (the TIMEX value), polarity, modality, and quantity (value or
range, role, comparator where it matters). A filler fits where the last word and the words of the
shorter one are the same, so that a longer or shorter noun phrase is no difference.

A status file has one case a line, the trigger in bold, the first word what is expected of it::

    - planned: The army plans to **attack** the town.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.language import Language

from kg.extract import extract
from kg.extract.actions import Lexicon
from kg.records import Article, EventMention, Extraction, RoleName

FOLDER = Path(__file__).parent
ROLES = ("actor", "target", "place", "instrument")
DETERMINERS = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence with what is expected of each trigger: key -> value; None for no event."""

    file: str
    published: date
    sentence: str
    events: tuple[tuple[str, dict[str, str] | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCase:
    """A sentence, where its trigger is, and the status that the trigger's event has."""

    kind: str
    sentence: str
    start: int
    expected: str


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a golden file."""
    head, *blocks = re.split(r"^> ", path.read_text("utf-8"), flags=re.MULTILINE)
    published = date.fromisoformat(_find(r"^published: (\S+)$", head, path))
    for block in blocks:
        sentence, *lines = block.strip().split("\n")
        events = tuple(_read_event(line) for line in lines if line.startswith("- "))
        yield Case(file=path.stem, published=published, sentence=sentence, events=events)


def _find(pattern: str, text: str, path: Path) -> str:
    match = re.search(pattern, text, flags=re.MULTILINE)
    if match is None:
        raise ValueError(f"{path}: expected a line that fits {pattern}")
    return match[1]


def _read_event(line: str) -> tuple[str, dict[str, str] | None]:
    trigger, *parts = line.removeprefix("- ").split(" | ")
    if trigger.startswith("no event: "):
        return trigger.removeprefix("no event: "), None
    return trigger, dict(part.split(": ", 1) for part in parts)


def read_status_cases(path: Path) -> Iterator[StatusCase]:
    """The cases of a status file; ``kind`` is the heading above them."""
    kind = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            kind = line.removeprefix("## ")
        elif line.startswith("- "):
            expected, marked = line.removeprefix("- ").split(": ", 1)
            sentence = marked.replace("**", "")
            start = marked.index("**")
            yield StatusCase(kind=kind, sentence=sentence, start=start, expected=expected)


def run(
    cases: Iterable[tuple[str, date | None]], nlp: Language, lexicon: Lexicon
) -> list[Extraction]:
    """What is extracted from each text, published at the date."""
    articles = [
        Article(id=f"case-{n}", text=text, published=published)
        for n, (text, published) in enumerate(cases)
    ]
    docs = nlp.pipe([article.text for article in articles])
    return [
        extract(doc, article, lexicon=lexicon, model="test")
        for doc, article in zip(docs, articles, strict=True)
    ]


def differences(case: Case, found: Extraction) -> list[str]:
    """What is not as the case wants it, one line each."""
    by_word: dict[str, EventMention] = {}
    for mention in found.event_mentions:
        by_word.setdefault(_text(found, mention.trigger.start, mention.trigger.end), mention)
    wrong: list[str] = []
    for word, wanted in case.events:
        event = by_word.get(word)
        if wanted is None or event is None:
            if (wanted is None) is not (event is None):
                wrong.append(f"{word}: {'not found' if event is None else 'must be no event'}")
            continue
        for key, value in wanted.items():
            given = _value(key, event, found)
            if not _fits(key, value, given):
                wrong.append(f"{word}: {key} is {' + '.join(given) or '-'}, expected {value}")
    return wrong


def _text(found: Extraction, start: int, end: int) -> str:
    return found.article.text[start:end]


def _value(key: str, event: EventMention, found: Extraction) -> list[str]:
    """What the extraction gives for a key, as texts."""
    if key in ROLES:
        return _fillers(RoleName(key), event, found)
    match key:
        case "source":
            said = event.attribution
            return [_text(found, said.span.start, said.span.end)] if said else []
        case "time":
            return [event.time.value] if event.time else []
        case "quantity":
            return [
                f"{q.value:g}{f'-{q.maximum:g}' if q.maximum else ''} {q.role} {q.comparator}"
                for q in event.quantities
                if q.value is not None
            ]
    return [str(getattr(event, key))]


def _fillers(role: RoleName, event: EventMention, found: Extraction) -> list[str]:
    spans = {mention.id: mention.span for mention in found.mentions}
    chosen = [spans[a.mention_id] for a in event.arguments if a.name is role]
    return [_text(found, span.start, span.end) for span in chosen]


def _fits(key: str, wanted: str, given: list[str]) -> bool:
    if wanted == "-":
        return not given
    if key == "quantity":
        return any(set(wanted.split()) <= set(text.split()) for text in given)
    values = wanted.split(" + ")
    if key in (*ROLES, "source"):
        return len(values) == len(given) and all(any(_is_same(v, g) for g in given) for v in values)
    return values == given


def _is_same(one: str, other: str) -> bool:
    """Whether two noun phrases have the same last word, and one the words of the other."""
    a, b = (
        [word for word in re.findall(r"[\w-]+", text.lower()) if word not in DETERMINERS]
        for text in (one, other)
    )
    return a[-1:] == b[-1:] and (set(a) <= set(b) or set(b) <= set(a))
