"""The rules that find time expressions: patterns over the lexicon's categories, longest first.

What is a time expression, and how far it runs, follows the TIMEX3 guidelines of TimeML 1.2.1
(Sauri et al. 2006): determiners and modifiers are inside ("the end of last year", "more than three
years"), prepositions are not, and the two ends of a range are two expressions. Ages ("30-year-old")
are left out on purpose: they say nothing about when an event happened.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.dates.guards import is_wanted
from kg.extract.dates.lexicon import EASTER_FEASTS, HOLIDAYS, REFERENCES
from kg.extract.dates.phrases import Phrase, read_phrases
from kg.extract.dates.pieces import BLANK, Piece, compile_rule, cut

_MACROS = {
    "EDGE": "g:( the? latter dash? ( in the? | part of the? )? | mid dash?"
    " | the? ( latter/ordinal/ordnum )? edge of the? )",
    "YEAR": "( comma? of? y:year e:era? | comma? of? yb:number eb:era"
    " | ( of/in )? the? r:that/this/last/next/same same? yearword )",
    "HEDGE": "( about | a? morethan than | at least | upto to ){1,2}",
    "NUMBER": "( number numword? | numword ( dash? numword ){0,6}"
    " ( and numword ( dash? numword )? )? | a big )",
    "AMOUNT": "( a? quantifier of? | a? dozens of | half a? | NUMBER ( and a? half )? | a )",
    "UNIT": "full? u:unit/units",
    "MONTH": "( m:month | ma:abbr dot? )",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the kind of phrase that it finds; of equally long matches the first wins."""

    kind: str
    pattern: re.Pattern[str]


_RULES: tuple[tuple[str, str], ...] = (
    ("iso", "c:isodate"),
    ("slash", "c:slashdate"),
    (
        "date",
        "( w:weekday/weekdayabbr dot? comma? the? )? sh:last/next/this?"
        " ( m:month/lowmonth | ma:abbr dot? ) the? d:day/dayord"
        " ( dash/and/to/or the? db:day/dayord )? YEAR?",
    ),
    (
        "date",
        "( w:weekday/weekdayabbr dot? comma? )? the? ( da:day/dayord ( dash/and/to/or ) the? )?"
        " d:day/dayord of? ( m:month/lowmonth | ma:abbr dot? ) YEAR?",
    ),
    ("dayonly", "the d:dayord"),
    ("month", "EDGE? MONTH YEAR?"),
    ("month", "EDGE? the? sh:last/next/this/that/same same? MONTH"),
    ("halfyear", "the? o:ordinal/latter half of YEAR"),
    ("year", "EDGE? ( the yearword/units of? )? y:year e:era? ( dash yc:twodigits )?"),
    ("year", "EDGE? yb:number eb:era"),
    ("year", "y:shortyear"),
    ("decade", "EDGE? the? c:decade e:era?"),
    ("decade", "EDGE? the c:decadeword"),
    ("century", "EDGE? the? o:( numword? dash? ordinal | ordnum ) dash? centuryword e:era?"),
    ("season", "EDGE? the? s:season YEAR?"),
    ("season", "EDGE? the? sh:last/next/this/that/same same? s:season"),
    ("quarter", "the? o:ordinal/ordnum dash? quarterword ( of the? fiscal? yearword? YEAR )?"),
    ("quarter", "the? o:ordinal/ordnum dash? quarterword of fiscal yearword? y:year"),
    ("fiscalcode", "c:fiscalyear"),
    ("fiscal", "the? sh:last/next/this/current? fiscal yearword y:year?"),
    ("fiscal", "fiscal y:year"),
    ("weekday", "( latter on? )? w:weekday p:part?"),
    ("weekday", "the? sh:last/next/this/that/same same? w:weekday p:part?"),
    ("today", "( latter )? t:today p:part?"),
    ("today", "the? day1 sh:afterthat t:today"),
    ("tonight", "t:tonight"),
    ("partof", "latter? the? sh:last/next/this/that/same same? p:part"),
    ("partof", "( latter in? )? the? p:part"),
    ("clock", "c:clock z:zone? time?"),
    ("duration", "the pastword u:unit ( and a half )?"),
    ("unit", "this sh:last u:unit/weekend"),
    ("unit", "EDGE? the? sh:last/next/this/that/same/current last/next/same? u:unit/weekend"),
    ("unit", "( latter in | EDGE ) the u:dayunit/weekend"),
    ("unit", "the u:weekend"),
    ("unit", "the? u:dayunit poss/dash? end"),
    ("ago", "HEDGE? n:( AMOUNT ) UNIT ago"),
    ("ahead", "n:( AMOUNT ) UNIT fromnow now"),
    ("ahead", "n:( AMOUNT ) UNIT apos/poss time"),
    ("later", "HEDGE? n:( AMOUNT ) UNIT l:later/following"),
    ("later", "u:units l:later that?"),
    ("later", "the u:dayunit l:later/following"),
    ("set", "times? per/a u:unit"),
    ("duration", "( the? past )? HEDGE? n:( AMOUNT ) past? UNIT ( and a half )?"),
    ("duration", "HEDGE? n:( AMOUNT ) dash u:unit/units ( dash long )?"),
    ("duration", "the? past n:( NUMBER | quantifier ) past? UNIT"),
    ("duration", "n:( NUMBER ) full u:unit/units"),
    ("duration", "the past u:units"),
    ("duration", "u:units"),
    ("duration", "u:unit dash long"),
    (
        "duration",
        "the? past/ordinal n:( NUMBER | quantifier )? UNIT of the?"
        " ( month YEAR? | year | season ( of? year )? )",
    ),
    ("duration", "HEDGE? na:( NUMBER ) to/and/or/dash n:( NUMBER ) UNIT"),
    ("recent", "recent u:units"),
    ("sameago", "the? same u:unit/period ( a unit ago/later | last unit )"),
    ("duration", "all u:unit"),
    ("streak", "the/a ordinal full u:unit"),
    ("set", "every n:( NUMBER | other | quantifier )? u:unit/units/weekend"),
    ("set", "every w:weekday p:part?"),
    ("set", "every p:part"),
    ("set", "w:weekdays"),
    ("frequency", "c:frequency"),
    ("anaphor", "the? same/this/that/those same? period"),
    ("anaphor", "the period"),
    ("reference", "historic dash? day1"),
)
RULES: tuple[Rule, ...] = tuple(Rule(kind, compile_rule(text, _MACROS)) for kind, text in _RULES)
# Whether any rule matches, which at most places none does.
_ANY_RULE = re.compile(
    "|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in RULES)
)

_FIXED = {
    **{tuple(words.split()): ("reference", words) for words in REFERENCES},
    **{
        tuple(words.replace("'s", " 's").split()): ("holiday", words)
        for words in (*HOLIDAYS, *EASTER_FEASTS)
    },
}
_FIXED_STARTS = frozenset(words[0] for words in _FIXED)
_LONGEST_FIXED = max(len(words) for words in _FIXED)
_YEAR_AFTER = compile_rule("comma? of? y:year", {})


# Times and quantities are looked for in one text after the other.
@lru_cache(maxsize=2)
def find_phrases(text: str, *, start: int = 0) -> tuple[Phrase, ...]:
    """The time expressions of ``text`` from ``start`` on, read but not yet resolved, in order."""
    pieces = cut(text, start=start)
    atoms = "".join(piece.atom for piece in pieces)
    found: list[Phrase] = []
    i = 0
    while i < len(pieces):
        phrases, after = _longest_at(pieces, atoms, i)
        found += phrases
        i = after
    return tuple(_share_years(text, _join_parts(text, found)))


_OF = re.compile(r"\s+of\s+")


def _join_parts(text: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """``phrases`` with "the night of" and the day that follows it made one."""
    joined: list[Phrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        between = _OF.fullmatch(text, last.end, phrase.start) if last else None
        if last and between and last.kind == "partof" and phrase.kind in ("date", "weekday"):
            joined[-1] = replace(phrase, start=last.start, part=last.part)
        else:
            joined.append(phrase)
    return joined


_JOINT = re.compile(
    r"\s*(?:and|to|or|until|till|through|-|\u2013|\u2014|,)\s*(?:the\s+|early\s+|late\s+)?"
)


def _share_years(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """``phrases`` with the year of "May and June 1914" given to both months."""
    for i in range(len(phrases) - 2, -1, -1):
        one, two = phrases[i], phrases[i + 1]
        named = {one.kind, two.kind} <= {"month", "date", "season"}
        lacks_year = one.year is None and one.year_shift is None and two.year is not None
        if named and lacks_year and _JOINT.fullmatch(text, one.end, two.start):
            back = one.kind != "season" and (one.month or 1) > (two.month or 12)
            phrases[i] = replace(one, year=(two.year or 0) - back)
    return phrases


def _longest_at(pieces: Sequence[Piece], atoms: str, at: int) -> tuple[Sequence[Phrase], int]:
    for end, kind, match in sorted(_matches_at(pieces, atoms, at), key=lambda c: -c[0]):
        if is_wanted(kind, pieces, at, end, match):
            phrases, after = read_phrases(kind, pieces, (at, end), match)
            return phrases, max(after, at + 1)
    return (), at + 1


def _matches_at(
    pieces: Sequence[Piece], atoms: str, at: int
) -> Iterator[tuple[int, str, re.Match[str] | None]]:
    if pieces[at].low in _FIXED_STARTS:
        for n in range(min(_LONGEST_FIXED, len(pieces) - at), 0, -1):
            fixed = _FIXED.get(tuple(piece.low for piece in pieces[at : at + n]))
            if fixed:
                year = _YEAR_AFTER.match(atoms, at + n) if fixed[0] == "holiday" else None
                yield (year.end() if year else at + n), fixed[0], year
                break
    if atoms[at] == BLANK or not _ANY_RULE.match(atoms, at):
        return
    for rule in RULES:
        match = rule.pattern.match(atoms, at)
        if match:
            yield match.end(), rule.kind, match
