"""Makes a SPARQL query safe to run: what calls out or writes is refused before anything runs.

A query is cut into tokens and written anew from them: no comments, no prefixes, a gap between
tokens. The engine reads only what was understood here, so nothing can hide from the check in a
comment, a string, an escape or a word that the engine would split where the grammar does not.

Source: SPARQL 1.1 Query Language, section 19.8 (terminals of the grammar).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES: Final = frozenset(
    ["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "USING", "WITH"],
)
EXAMPLE: Final = "SELECT ?event WHERE { ?event kg:action act:attack }"

_ESCAPED: Final = r"\\[tbnrf\\\"']"
_LOCAL: Final = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_TOKEN: Final = re.compile(
    rf"""
    (?P<skip> [ \t\r\n]+ | \#[^\r\n]* )
  | (?P<iri> <[^<>"{{}}|^`\\\x00-\x20]*> )
  | (?P<long> \"\"\"(?:\"{{0,2}}(?:[^"\\]|{_ESCAPED}))*\"\"\"
            | \'\'\'(?:\'{{0,2}}(?:[^'\\]|{_ESCAPED}))*\'\'\' )
  | (?P<short> "(?:[^"\\\r\n]|{_ESCAPED})*" | '(?:[^'\\\r\n]|{_ESCAPED})*' )
  | (?P<variable> [?$]\w+ )
  | (?P<blank> _:\w(?:[\w.\-]*[\w\-])? )
  | (?P<name> (?P<prefix> (?:[^\W\d_](?:[\w.\-]*[\w\-])?)? ) :
              (?P<local> (?:{_LOCAL}(?:(?:[.\-]|{_LOCAL})*(?:-|{_LOCAL}))?)? ) )
  | (?P<number> [+-]?(?:[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+(?:\.?[eE][+-]?[0-9]+)?) )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<sign> \^\^ | \|\| | && | != | <= | >= | [{{}}()\[\];,.=<>!*/|^+\-?] )
    """,
    re.VERBOSE,
)
# The engine compares a keyword in one go, and says that it failed where the keyword would end.
# With a gap wider than any keyword, that place still belongs to the token that was wrong.
_GAP: Final = " " * 24
_UNESCAPE: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPE: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: str
    text: str
    start: int
    prefix: str = ""
    local: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuery:
    """A query that only reads the graph it is given; ``text`` is what the engine gets.

    ``starts`` are the offsets of the tokens in ``text``, ``origins`` those in ``source``.
    """

    source: str
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def locate(self, column: int) -> int:
        """The offset in ``source`` of the token that stands at a column, from 1, of ``text``."""
        if column > len(self.text) or not self.starts:
            return len(self.source)
        return self.origins[max(bisect_right(self.starts, column - 1) - 1, 0)]


def check_query(source: str, prefixes: Mapping[str, str]) -> CheckedQuery:
    """The query, safe to run.

    Args:
        source: SPARQL 1.1, a query.
        prefixes: namespaces by prefix, known without being declared.

    Raises:
        QueryError: it is an update, has SERVICE, FROM or LOAD, or cannot be cut into tokens.
    """
    known = dict(prefixes)
    tokens = list(_without_prologue(list(_iter_tokens(source)), known, source=source))
    _check_form(tokens, source)
    for token in tokens:
        if token.kind == "word":
            _check_word(token, source)
    return _write(tokens, known, source=source)


def describe_position(source: str, offset: int) -> str:
    """The line and the column, both from 1, of an offset."""
    line = source.count("\n", 0, offset) + 1
    column = offset - (source.rfind("\n", 0, offset) + 1) + 1
    return f"query, line {line}, column {column}"


def _iter_tokens(source: str) -> Iterator[_Token]:
    position = 0
    while position < len(source):
        found = _TOKEN.match(source, position)
        if found is None:
            raise QueryError(_unreadable(source, position))
        kind = found.lastgroup if found["name"] is None else "name"
        if kind != "skip":
            yield _Token(
                kind=str(kind),
                text=found[0],
                start=position,
                prefix=found["prefix"] or "",
                local=found["local"] or "",
            )
        position = found.end()


def _unreadable(source: str, position: int) -> str:
    where, sign = describe_position(source, position), source[position]
    if sign in "\"'":
        return (
            f"{where}: a string that does not end, or holds an unknown escape. Expected "
            f"{sign}text{sign} with \\n, \\t, \\\\ or \\{sign}; other characters stand as they are."
        )
    return f"{where}: {sign!r} is no part of SPARQL here. Expected a query such as {EXAMPLE}"


def _without_prologue(
    tokens: list[_Token], known: dict[str, str], *, source: str
) -> Iterator[_Token]:
    """The tokens without ``PREFIX name: <iri>``, which is noted in ``known``."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "word" and token.text.upper() == "PREFIX":
            _declare(tokens[position + 1 : position + 3], known, at=token, source=source)
            position += 3
        else:
            yield token
            position += 1


def _declare(parts: list[_Token], known: dict[str, str], *, at: _Token, source: str) -> None:
    if [part.kind for part in parts] != ["name", "iri"] or parts[0].local:
        raise QueryError(
            f"{describe_position(source, at.start)}: a PREFIX that is none. Expected "
            "PREFIX name: <http://…>"
        )
    known[parts[0].prefix] = parts[1].text[1:-1]


def _check_form(tokens: list[_Token], source: str) -> None:
    """The first word after the prologue says whether it is a query."""
    words = [token for token in tokens if token.kind == "word" and token.text.upper() != "BASE"]
    first = words[0] if words else None
    if first is None or not first.text.upper().startswith(FORMS):
        if first is not None:
            _check_word(first, source)
        where = describe_position(source, first.start if first else 0)
        given = repr(first.text) if first else "nothing to ask"
        raise QueryError(
            f"{where}: {given}. Expected {', '.join(FORMS[:-1])} or {FORMS[-1]}, such as {EXAMPLE}"
        )


def _check_word(token: _Token, source: str) -> None:
    """No keyword of a query contains these words; the engine would find them within another."""
    word = token.text.upper()
    where = describe_position(source, token.start)
    if "SERVICE" in word:
        raise QueryError(
            f"{where}: SERVICE is refused, a query never leaves this machine. Ask only for what "
            "the project holds; build other sources into it first."
        )
    if "FROM" in word:
        raise QueryError(
            f"{where}: FROM is refused, a query reads the project's graph and nothing else. Leave "
            "the FROM clause out."
        )
    if word in UPDATES:
        raise QueryError(
            f"{where}: {word} is refused, a project is only read. Ask with SELECT, ASK, CONSTRUCT "
            'or DESCRIBE; to change the graph, change the articles and run "kg build".'
        )


def _write(tokens: list[_Token], known: Mapping[str, str], *, source: str) -> CheckedQuery:
    text = ""
    starts: list[int] = []
    for last, token in zip([None, *tokens], tokens, strict=False):
        if last is not None and not _is_call(last, token):
            text += _GAP
        starts.append(len(text))
        text += _rewrite(token, known, source=source)
    return CheckedQuery(
        source=source,
        text=text,
        starts=tuple(starts),
        origins=tuple(token.start for token in tokens),
    )


def _is_call(name: _Token, token: _Token) -> bool:
    """Whether a bracket directly follows a function's name, without which COALESCE is not read."""
    return token.text == "(" and name.kind == "word" and name.start + len(name.text) == token.start


def _rewrite(token: _Token, known: Mapping[str, str], *, source: str) -> str:
    if token.kind == "name":
        return _expand(token, known, source=source)
    if token.kind in ("long", "short"):
        width = 3 if token.kind == "long" else 1
        inner = re.sub(r"\\(.)", lambda m: _UNESCAPE.get(m[1], m[1]), token.text[width:-width])
        return f'"{inner.translate(_ESCAPE)}"'
    return token.text


def _expand(token: _Token, known: Mapping[str, str], *, source: str) -> str:
    if token.prefix not in known:
        raise QueryError(
            f"{describe_position(source, token.start)}: no prefix '{token.prefix}:'. Known are "
            f"{', '.join(f'{name}:' for name in sorted(known))}; declare others with "
            f"PREFIX {token.prefix}: <http://…>"
        )
    local = re.sub(r"\\(.)", r"\1", token.local)
    return f"<{known[token.prefix]}{local}>"
