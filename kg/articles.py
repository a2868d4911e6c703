"""Files to articles: plain text, text with a header, JSON records, JSON Lines.

A text file may open with a preamble, which belongs to ``Article.text`` (offsets count from the
start of the text as received) but not to the story. There are two forms; ``body_span`` skips both::

    ␣date 2019-03-06 US-backed forces have …        a date before the first word

    ---                                             a header between two lines of three hyphens
    title: Forces capture 400
    date: 2019-03-06
    source: Example News
    url: https://news.example/1
    ---
    US-backed forces have …

JSON records have the keys ``id, title, date, source, url, text``; only ``text`` is needed, others
are ignored. What cannot be read becomes a ``Failure``, and the next article is read.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO, NoReturn

from kg.errors import ArticleError
from kg.records import Article, Failure

# Years that a publication date may have; what counts from a date needs room on both sides.
YEARS = range(1000, 3000)
MAX_CHARACTERS = 1_000_000
"""The longest text that is read: more than ten times a long report.

Where the line breaks are does not matter: a text of one line is read like any other.
"""

_MAX_TEXT_BYTES = 4 * MAX_CHARACTERS  # UTF-8 needs four bytes a character at most
_MAX_LINE_BYTES = 12 * MAX_CHARACTERS  # JSON may write a character as two \uXXXX escapes
_MAX_JSON_BYTES = 256_000_000  # one JSON document is held in memory as a whole

_SPLIT = "split it into articles, one a file or one a line of JSON Lines"

_TEXT_SUFFIXES = frozenset({".txt", ".text"})
_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_SUFFIXES = _TEXT_SUFFIXES | _LINES_SUFFIXES | {".json"}

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\S.*)?")
_DATE_LIKE = re.compile(r"\d+[-/.]\d+[-/.]\d+")
_DATE_PREFIX = re.compile(r"\ufeff?(?P<space>\s*)date[ \t]+(?P<date>\S+)")
_HEADER_START = re.compile(r"\ufeff?---[ \t]*\r?\n(?=[ \t]*[A-Za-z_]+[ \t]*:|---)")
_HEADER_END = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?P<value>.*)")
_BLANK = re.compile(r"[\s\ufeff]*")
_CLOSING = "'\")\u2019\u201d"
_HEADLINE_CHARACTERS = (
    150  # longer first lines are paragraphs; headlines of agencies stay below 120
)


@dataclass(frozen=True, slots=True)
class _Preamble:
    """What stands before the story: where it ends, and the fields that it gives."""

    end: int
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Item:
    """One article to be read: where it stands, for messages, and how to read it."""

    where: str
    read: Callable[[], Article]


def read_articles(inputs: Iterable[Path | str]) -> Iterator[Article | Failure]:
    """Every article of the files and folders, in the order given, folders walked in sorted order.

    A file that is named twice is read once. An article without an ``id`` takes it from its file's
    name, and from the folders above where two files have the same name; an id that is taken already
    makes the later article a failure.

    Args:
        inputs: files (``.txt``, ``.json``, ``.jsonl``, or no suffix for text) and folders; a folder
            is searched with those below it, names with a leading dot left out.

    Yields:
        An article, or the failure that stands for one, its ``article_id`` then saying where it was.

    Raises:
        TypeError: ``inputs`` is one path, and no iterable of them.
    """
    if isinstance(inputs, str | Path):
        raise TypeError(f"{inputs}: one path; expected several, such as [{str(inputs)!r}]")
    taken: dict[str, str] = {}
    for item in _iter_items(inputs):
        try:
            article = item.read()
            _claim_id(article.id, where=item.where, taken=taken)
        except ArticleError as error:
            yield Failure(article_id=item.where, stage="read", error=str(error))
        else:
            yield article


def body_span(article: Article) -> tuple[int, int]:
    """Where the story starts and ends in ``article.text``: after the preamble, blanks left out."""
    text = article.text
    blank = _BLANK.match(text, _preamble(text).end)
    start = blank.end() if blank else 0
    return start, max(start, len(text.rstrip()))


def _claim_id(article_id: str, *, where: str, taken: dict[str, str]) -> None:
    if article_id in taken:
        raise ArticleError(
            f"{where}: the id {_shown(article_id)} is taken by {taken[article_id]}; "
            "expected one article an id; change one of them",
            path=where,
        )
    taken[article_id] = where


def _iter_items(inputs: Iterable[Path | str]) -> Iterator[_Item]:
    found: list[Path | _Item] = []
    for given in inputs:
        path = Path(given)
        found.extend(_walk(path) if path.is_dir() else [path])
    ids = _file_ids([path for path in found if isinstance(path, Path)])
    read: set[Path] = set()
    for each in found:
        if isinstance(each, _Item):
            yield each
        elif each.resolve() not in read:
            read.add(each.resolve())
            yield from _iter_file(each, ids[each])


def _walk(folder: Path) -> list[Path | _Item]:
    """The files below ``folder`` that can hold articles, sorted; a failing item where none can."""
    found: list[Path | _Item] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(parent, name) for name in sorted(names) if not name.startswith(".")]
        found.extend(path for path in paths if path.suffix.lower() in _SUFFIXES)
    if not found:
        message = f"no article in this folder; expected files that end in {_suffixes()}"
        found.append(_failing(folder, f"{message}; name another folder or the file itself"))
    return found


def _file_ids(paths: list[Path]) -> dict[Path, str]:
    """An id for each file: its stem, led by as many folder names as make it the only one."""
    unique = {path.resolve(): path for path in paths}
    parts = {path: (*path.parts[1:-1], path.stem) for path in unique}
    ids = {path: path.stem for path in unique}
    for depth in range(2, max(map(len, parts.values()), default=0) + 1):
        clashing = _clashing(ids)
        if not clashing:
            break
        ids.update({path: "-".join(parts[path][-depth:]) for path in clashing})
    ids.update({path: f"{ids[path]}-{path.suffix[1:] or 'text'}" for path in _clashing(ids)})
    return {path: ids[path.resolve()] for path in paths}


def _clashing(ids: dict[Path, str]) -> list[Path]:
    counts = Counter(ids.values())
    return [path for path, article_id in ids.items() if counts[article_id] > 1]


def _iter_file(path: Path, file_id: str) -> Iterator[_Item]:
    suffix = path.suffix.lower()
    if suffix in _LINES_SUFFIXES:
        yield from _iter_lines(path, file_id)
    elif suffix == ".json":
        yield from _iter_json(path, file_id)
    elif suffix in _TEXT_SUFFIXES or not suffix:
        yield _Item(str(path), partial(_read_text, path, file_id))
    else:
        yield _failing(
            path,
            f"files that end in {_shown(suffix)} cannot be read; expected {_suffixes()}; "
            "save the article as plain text",
        )


def _iter_lines(path: Path, file_id: str) -> Iterator[_Item]:
    is_empty = True
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_iter_raw_lines(file), start=1):
                if line.strip():
                    is_empty = False
                    where = f"{path}: line {number}"
                    read = partial(_read_line, line, where, f"{file_id}-{number}")
                    yield _Item(where, read)
    except OSError as error:
        yield _failing(path, _why_unreadable(error))
        return
    if is_empty:
        yield _failing(path, "the file is empty; expected a record a line; fill or remove it")


def _iter_raw_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of ``file``, each cut after what the longest allowed article needs."""
    while line := file.readline(_MAX_LINE_BYTES + 1):
        rest = line
        while len(rest) > _MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(_MAX_LINE_BYTES + 1)
        yield line


def _iter_json(path: Path, file_id: str) -> Iterator[_Item]:
    try:
        value = _parse_json(_read_bytes(path, limit=_MAX_JSON_BYTES), where=str(path))
    except ArticleError as error:
        yield _Item(str(path), partial(_raise, error))
        return
    if not isinstance(value, list):
        yield _Item(str(path), partial(_article_of_record, value, where=str(path), default=file_id))
        return
    if not value:
        yield _failing(path, "the list is empty; expected records with a text; add one")
    for number, record in enumerate(value, start=1):
        where, default = f"{path}: record {number}", f"{file_id}-{number}"
        yield _Item(where, partial(_article_of_record, record, where=where, default=default))


def _failing(path: Path, problem: str) -> _Item:
    return _Item(str(path), partial(_fail, str(path), problem))


def _raise(error: ArticleError) -> NoReturn:
    raise error


def _fail(where: str, problem: str) -> NoReturn:
    raise ArticleError(f"{where}: {problem}", path=where)


def _read_bytes(path: Path, *, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
            size = max(os.fstat(file.fileno()).st_size, len(data))
    except OSError as error:
        raise ArticleError(f"{path}: {_why_unreadable(error)}", path=path) from error
    if len(data) > limit:
        unit = f"{MAX_CHARACTERS:,} characters" if limit == _MAX_TEXT_BYTES else f"{limit:,} bytes"
        _fail(str(path), f"{size:,} bytes is too long; expected {unit} at most; {_SPLIT}")
    return data


def _why_unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; expected an article or a folder of them; check the name"
    reason = error.strerror or type(error).__name__
    return f"cannot be read ({reason}); expected a readable file; check its permissions"


def _decode(data: bytes, *, where: str) -> str:
    """The text of UTF-8 bytes, line ends and byte order mark kept."""
    zero = data.find(b"\0")
    if zero >= 0 or data.startswith(b"%PDF-"):
        found = f"a zero byte at offset {zero}" if zero >= 0 else "a PDF"
        _fail(where, f"this is a binary file ({found}); expected UTF-8 text; save it as plain text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = data[error.start]
        raise ArticleError(
            f"{where}: byte 0x{wrong:02x} at offset {error.start} is not UTF-8; "
            "expected UTF-8 text; save the file in that encoding",
            path=where,
        ) from error


def _read_text(path: Path, file_id: str) -> Article:
    text = _decode(_read_bytes(path, limit=_MAX_TEXT_BYTES), where=str(path))
    record = {"text": text}
    return _article_of_record(record, where=str(path), default=file_id, name=path.stem)


def _read_line(line: bytes, where: str, default: str) -> Article:
    if len(line) > _MAX_LINE_BYTES:
        _fail(where, f"the line is longer than {_MAX_LINE_BYTES:,} bytes; {_SPLIT}")
    return _article_of_record(_parse_json(line, where=where), where=where, default=default)


def _parse_json(data: bytes, *, where: str) -> object:
    text = _decode(data, where=where).removeprefix("\ufeff")
    if not text.strip():
        _fail(where, 'the file is empty; expected JSON such as {"text": "…"}; fill or remove it')
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        # Of a line of JSON Lines, which "where" names, the column is enough.
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        problem = f"{line}column {error.colno}: {error.msg.removesuffix(' at')}"
        raise ArticleError(
            f"{where}: not JSON at {problem}; expected a record such as "
            '{"text": "…"}; correct it there',
            path=where,
        ) from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all measure
        raise ArticleError(
            f"{where}: JSON that cannot be read ({error}); expected a flat record with a text; "
            "correct it",
            path=where,
        ) from error
    return value


def _article_of_record(
    record: object, *, where: str, default: str, name: str | None = None
) -> Article:
    """An article of a JSON record, ``default`` its id where it gives none."""
    if not isinstance(record, dict):
        kind = type(record).__name__
        _fail(where, f'{kind} is not a record; expected {{"text": "…"}}; wrap the text like this')
    text = _checked_text(record, where=where)
    preamble = _checked_preamble(text, where=where)
    given = {key: _string(record, key, where=where) for key in ("id", "title", "date", "source")}
    fields = {**preamble.fields, **{key: value for key, value in given.items() if value}}
    article_id = fields.get("id") or default
    published = fields.get("date")
    return Article(
        id=article_id,
        text=text,
        title=fields.get("title") or _headline(text, preamble.end) or _named(name or article_id),
        published=_parse_date(published, where=where) if published else None,
        source=fields.get("source", ""),
        url=_string(record, "url", where=where) or fields.get("url") or None,
    )


def _checked_text(record: dict[str, object], *, where: str) -> str:
    if "text" not in record:
        keys = ", ".join(sorted(map(str, record))) or "none"
        _fail(where, f'no "text" among the keys ({_cut(keys)}); expected one; add or rename it')
    text = record["text"]
    if not isinstance(text, str):
        _fail(where, f'"text" is {_shown(text)}; expected a string; write the story there')
    if not text.strip("\ufeff \t\r\n"):
        _fail(where, "the text is empty; expected a story; fill or remove it")
    if len(text) > MAX_CHARACTERS:
        limit = f"expected {MAX_CHARACTERS:,} at most"
        _fail(where, f"{len(text):,} characters is too long; {limit}; {_SPLIT}")
    _refuse_characters(text, where=where)
    return text


def _refuse_characters(text: str, *, where: str) -> None:
    """Fail on what no UTF-8 file and no RDF literal can hold, though JSON's escapes can."""
    wrong = re.search("[\0\ud800-\udfff]", text)
    if wrong:
        code = f"U+{ord(wrong[0]):04X}"
        _fail(where, f"{code} at character {wrong.start()} is no text; expected Unicode; remove it")


def _string(record: dict[str, object], key: str, *, where: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        return str(value)
    if not isinstance(value, str):
        _fail(where, f'"{key}" is {_shown(value)}; expected a string; correct it or leave it out')
    _refuse_characters(value, where=f'{where}: "{key}"')
    if key == "id" and not value.isprintable():
        _fail(where, f'"id" is {_shown(value)}; expected one line of letters; change it')
    return value.strip()


def _parse_date(value: str, *, where: str) -> date:
    found = _DATE.fullmatch(value)
    try:
        day = date.fromisoformat(found[1] if found else "")
        if day.year not in YEARS:
            raise ValueError(day)
        return day
    except ValueError as error:
        raise ArticleError(
            f"{where}: {_shown(value)} is not a date; expected YYYY-MM-DD, such as 2019-03-06; "
            "correct it or leave it out",
            path=where,
        ) from error


def _preamble(text: str) -> _Preamble:
    """What stands before the story of ``text``; its end is 0 where there is nothing."""
    dated = _DATE_PREFIX.match(text)
    if dated and (dated["space"] or _DATE_LIKE.match(dated["date"])):
        # A story may start with the word: only a date makes it a preamble.
        end = dated.end() if _DATE_LIKE.match(dated["date"]) else 0
        return _Preamble(end, {"date": dated["date"]})
    start = _HEADER_START.match(text)
    end_line = _HEADER_END.search(text, start.end()) if start else None
    if start is None or end_line is None:
        return _Preamble(0, {})
    lines = text[start.end() : end_line.start()].splitlines()
    matches = filter(None, map(_FIELD.fullmatch, lines))
    fields = {match["key"].lower(): _unquoted(match["value"]) for match in matches}
    return _Preamble(end_line.end(), fields)


def _checked_preamble(text: str, *, where: str) -> _Preamble:
    """The preamble; fails where it is not closed or no story follows it."""
    preamble = _preamble(text)
    if _HEADER_START.match(text) and not preamble.end:
        _fail(where, 'the header is not closed; expected a line "---" before the story; add it')
    if not _BLANK.sub("", text[preamble.end :], count=1):
        _fail(where, "no story after the date or header; expected one; fill or remove the file")
    return preamble


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


def _headline(text: str, start: int) -> str:
    """The first line of the story where it reads like a headline: short, and no whole sentence."""
    story = text[start : start + 2 * _HEADLINE_CHARACTERS].strip("\ufeff \t\r\n")
    line, _, rest = story.partition("\n")
    line = line.strip()
    last = line.rstrip(_CLOSING)[-1:]
    fits = len(line.split()) >= 2 and len(line) <= _HEADLINE_CHARACTERS
    return line if rest.strip() and fits and (last.isalnum() or last in ("?", "!")) else ""


def _named(name: str) -> str:
    """A title made of a file's name, a leading date left out."""
    words = re.sub(r"^\d{4}-?\d\d-?\d\d(?=\D)", "", name).replace("_", " ").replace("-", " ")
    title = " ".join(words.split()) or name
    return title[:1].upper() + title[1:]


def _suffixes() -> str:
    return ", ".join(sorted(_SUFFIXES))


def _shown(value: object) -> str:
    return _cut(json.dumps(value, ensure_ascii=False, default=repr))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
