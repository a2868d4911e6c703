"""What a user decides about merges: ``decisions.toml`` in the project, which no build overwrites.

Each entry is a table ``[[same]]`` or ``[[different]]`` with ``records`` or ``names``, and, for
people, a ``note``::

    [[same]]                      # these two reports are of one event, or these two records one
    records = ["article-1/0f9aab52154c5740", "article-2/857001942b001cb9"]    # actor or place

    [[different]]                 # these never are
    records = ["article-1/0f9aab52154c5740", "article-3/10c9f4da672651cc"]

    [[same]]                      # whatever bears one of these names is one actor
    names = ["Syrian Democratic Forces", "Kurdish-led coalition"]

    [[different]]                 # what bears this name is another one in each article
    names = ["John Smith"]

A record is called ``ARTICLE/ID`` by the article's id and the record's id in ``events.jsonl``.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from kg.errors import ConfigError
from kg.placenames import normalise
from kg.records import RecordKey

DECISIONS_FILE: Final = "decisions.toml"
_KINDS: Final = ("same", "different")
_HEADER: Final = re.compile(r"\s*\[\[\s*(same|different)\s*\]\]")
_FIRST_LINES: Final = (
    "# What you decided about merges; kg reads it whenever it links the project's articles.\n"
    "# README.md, under Who is who, tells what can stand here.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One entry of the file: ``records`` or ``names`` that are the same, or that are not."""

    is_same: bool
    records: tuple[RecordKey, ...] = ()
    names: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All that a user decided; ``path`` is the file it stands in, for messages."""

    entries: tuple[Decision, ...] = ()
    path: Path | None = None

    def forced(self) -> Iterator[tuple[RecordKey, RecordKey]]:
        """The pairs of records that are one thing."""
        for entry in self.entries:
            if entry.is_same:
                yield from zip(entry.records, entry.records[1:], strict=False)

    def apart(self) -> dict[RecordKey, frozenset[RecordKey]]:
        """For each record those that it is kept apart from."""
        found: dict[RecordKey, set[RecordKey]] = {}
        for one, other in self.forbidden():
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return {key: frozenset(others) for key, others in found.items()}

    def forbidden(self) -> Iterator[tuple[RecordKey, RecordKey]]:
        """The pairs of records that are not one thing."""
        for entry in self.entries:
            if not entry.is_same:
                yield from combinations(entry.records, 2)

    def same_names(self) -> dict[str, str]:
        """For each name (as a key to compare) the one that stands for all those it is one with."""
        found: dict[str, str] = {}
        for entry in self.entries:
            if entry.is_same and entry.names:
                keys = [normalise(name) for name in entry.names]
                first = min(found.get(key, key) for key in keys)
                joined = {found.get(key, key) for key in keys}
                found |= {key: first for key, value in found.items() if value in joined}
                found |= dict.fromkeys(keys, first)
        return found

    def parted_names(self) -> frozenset[str]:
        """The names (as keys to compare) that join nothing."""
        return frozenset(normalise(name) for e in self.entries if not e.is_same for name in e.names)


def read_decisions(path: Path) -> Decisions:
    """The decisions of a project; none where the file does not exist.

    Raises:
        ConfigError: the file cannot be read, is no TOML, holds something else than the module
            describes, or says of two records both that they are the same and that they are not.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except FileNotFoundError:
        return Decisions(path=path)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigError(
            f"{path}: cannot be read ({reason}). Expected a TOML file; mend or delete it.",
            path=path,
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{path}: {error}. Expected TOML, such as [[same]] and below it "
            'records = ["ARTICLE/ID", "ARTICLE/ID"]; mend that line.',
            path=path,
        ) from error
    lines = {kind: _header_lines(text, kind) for kind in _KINDS}
    decisions = Decisions(entries=tuple(_read_entries(content, path, lines)), path=path)
    _check_consistent(decisions, path)
    return decisions


def forbid(text: str, one: RecordKey, other: RecordKey, *, note: str) -> str:
    """The file's ``text`` with an entry more that keeps two records apart."""
    start = text if text.strip() else _FIRST_LINES
    gap = "" if start.endswith("\n") else "\n"
    return (
        f"{start}{gap}\n[[different]]\n"
        f"records = [{_quoted(str(one))}, {_quoted(str(other))}]\nnote = {_quoted(note)}\n"
    )


def _quoted(text: str) -> str:
    """The text as a basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    control = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
    return '"' + control.sub(lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'


def _header_lines(text: str, kind: str) -> list[int]:
    found = enumerate(map(_HEADER.match, text.splitlines()), start=1)
    return [number for number, match in found if match and match[1] == kind]


def _read_entries(
    content: dict[str, Any], path: Path, lines: dict[str, list[int]]
) -> Iterator[Decision]:
    """The entries of a parsed file, whose values may be of any of TOML's types, hence Any."""
    for kind, tables in content.items():
        if kind not in _KINDS or not isinstance(tables, list):
            raise _fault(path, f"{kind!r} is none of its tables", "[[same]] or [[different]]")
        for number, table in enumerate(tables):
            known = lines[kind]
            line = known[number] if number < len(known) else 0
            yield _read_entry(table, kind, path=path, line=line)


def _read_entry(table: object, kind: str, *, path: Path, line: int) -> Decision:
    where = f"line {line}: [[{kind}]]"
    wanted = 'records = ["ARTICLE/ID", …] or names = ["NAME", …], and at most a note beside it'
    if not isinstance(table, dict):
        raise _fault(path, f"{where} is no table", wanted)
    given = [key for key in ("records", "names") if key in table]
    if len(given) != 1 or table.keys() - {"note", *given}:
        raise _fault(path, f"{where} has {', '.join(table) or 'nothing'}", wanted)
    values = table[given[0]]
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise _fault(path, f"{where}: {given[0]} is {values!r}", wanted)
    least = 1 if kind == "different" and given == ["names"] else 2
    if len(set(values)) < least:
        raise _fault(path, f"{where} has too few {given[0]}", f"at least {least}, all different")
    if given == ["names"]:
        return Decision(is_same=kind == "same", names=tuple(values), line=line)
    records = tuple(_read_key(value, path=path, where=where) for value in values)
    return Decision(is_same=kind == "same", records=records, line=line)


def _read_key(text: str, *, path: Path, where: str) -> RecordKey:
    article_id, stroke, record_id = text.rpartition("/")
    if not (stroke and article_id and record_id):
        raise _fault(path, f"{where}: {text!r} names no record", '"ARTICLE/ID", as kg merges shows')
    return RecordKey(article_id=article_id, record_id=record_id)


def _check_consistent(decisions: Decisions, path: Path) -> None:
    forbidden = {frozenset(pair) for pair in decisions.forbidden()}
    for entry in decisions.entries:
        pairs: Iterable[tuple[RecordKey, RecordKey]] = combinations(entry.records, 2)
        for one, other in pairs if entry.is_same else ():
            if {one, other} in forbidden:
                raise _fault(
                    path,
                    f"line {entry.line}: {one} and {other} are the same here and different below "
                    "[[different]]",
                    "one of the two; delete the other",
                )


def _fault(path: Path, problem: str, expected: str) -> ConfigError:
    return ConfigError(f"{path}: {problem}. Expected {expected}; mend it.", path=path)
