"""When a match of the grammar is no time expression after all, by its neighbours."""

import re
from collections.abc import Callable, Sequence

from kg.extract.dates.lexicon import MONTHS, WEEKDAYS
from kg.extract.dates.pieces import Piece
from kg.words import word_set

_PREPOSITIONS = word_set(
    "in on at by since until till from to of through throughout between and during for before "
    "after around about within over ( - \u2013 \u2014 or , as circa ca into c"
)
_TIME_PREPOSITIONS = word_set(
    "in by since until till from to through throughout between during of before after for "
    "into around about late early mid"
)
_COUNTED = word_set(
    "people men women children troops soldiers fighters civilians dollars euros pounds miles "
    "km kilometers kilometres metres meters feet acres tons tonnes killed dead wounded "
    "injured votes seats members others points percent % barrels copies units kg degrees"
)
_CURRENCY = word_set("$ £ € ¥ # us$ no")
_CLOSERS = word_set(
    ". , ; : ) ! ? - \u2013 \u2014 \" \u201d ' \u2019 and or but to until when after in at by "
    "while as that with"
)
_NUMBER_NEIGHBOURS = re.compile(
    r"\d[\d.,]*|million|billion|thousand|hundred|percent|%|cents?|dollars?"
)


_IN_ROW = word_set("consecutive straight successive full last past next first")
_FUNCTION_WORDS = word_set(
    "the a an and or but of in on at by for with from to as when while after before until "
    "that which who where there he she it they we i his her its their our is are was were has "
    "have had be been did does do will would could may might can should not if so because "
    "since this these"
)


class _Context:
    """The words around a match."""

    def __init__(self, pieces: Sequence[Piece], at: int, end: int) -> None:
        self.words = [piece.low for piece in pieces[at:end]]
        self.before = pieces[at - 1].low if at else ""
        self.second_before = pieces[at - 2].low if at > 1 else ""
        self.after = pieces[end].low if end < len(pieces) else ""
        self.second_after = pieces[end + 1].low if end + 1 < len(pieces) else ""
        self.is_before_noun = self.after.isalpha() and self.after not in _FUNCTION_WORDS
        self.is_capital_before = at > 0 and pieces[at - 1].is_capital
        self.is_capital_after = end < len(pieces) and pieces[end].is_capital
        self.glued_before = bool(at) and pieces[at - 1].end == pieces[at].start
        self.glued_after = end < len(pieces) and pieces[end].start == pieces[end - 1].end


#: Years in names of events and products ("Expo 2016"); other numbers there are just numbers.
_EARLIEST_IN_NAME = 1970


def _decade(at: _Context) -> bool:
    """Whether it is no age ("in his 40s"): two digits want "the" or an apostrophe."""
    last = at.words[-1]
    return len(last) > 3 or at.words[0] == "the" or last.startswith("'")


def _year(at: _Context) -> bool:
    if len(at.words) > 1 or at.words[0].startswith("'"):
        return not (at.words[0].startswith("'") and at.before == "")
    if at.before in _CURRENCY or at.after in ("%", "°"):
        return False
    if at.glued_after and (
        at.after in ("/", "'", "_") or (at.after == ":" and at.second_after.isdigit())
    ):
        return False
    if at.after in _COUNTED or (at.second_after in _COUNTED and at.after not in (",", ".")):
        return at.before in ("in", "the") and at.after not in _COUNTED
    if _looks_plural(at.after) and at.before not in (*_PREPOSITIONS, "the", "'s", ""):
        return False
    if at.before in _PREPOSITIONS or at.before in ("the", "'s", "") or at.before in MONTHS:
        return True
    if at.is_capital_before:
        return not at.is_capital_after and int(at.words[0]) >= _EARLIEST_IN_NAME
    return 1800 <= int(at.words[0]) <= 2050 and not at.before.isdigit()


def _looks_plural(word: str) -> bool:
    singular = word.endswith(("ss", "us", "is")) or word in ("was", "has", "as", "does")
    return len(word) > 3 and word.endswith("s") and not singular


def _date(at: _Context) -> bool:
    if at.words[0] in ("may", "march") and at.words[-1] in ("may", "march"):
        return True
    if at.words[0] == "the" and at.is_before_noun:
        return False
    if at.after in ("%", "percent") or (at.glued_after and at.after == ":"):
        return False
    return not (at.after == "-" and at.glued_after and at.second_after in ("year", "month", "day"))


def _month(at: _Context) -> bool:
    if len(at.words) > 1:
        is_day_next = at.after.rstrip("stndrh").isdigit() and len(at.after) <= 4
        return not (at.words[0] in ("that", "same") and is_day_next)
    ambiguous = at.words[0] in ("may", "march", "april", "june", "august")
    if at.after == "." and at.words[0] in ("jan", "mar", "jun", "dec"):
        return at.before in _TIME_PREPOSITIONS
    if at.words[0] in (
        "jan",
        "mar",
        "jun",
        "jul",
        "feb",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ):
        return at.before in _TIME_PREPOSITIONS
    return not ambiguous or at.before in _MONTH_NEIGHBOURS


_MONTH_NEIGHBOURS = _TIME_PREPOSITIONS | word_set("the , - \u2013 and or")


def _dayonly(at: _Context) -> bool:
    return at.before in ("on", "by", "until", "since", "of", "and", "to") and at.after in _CLOSERS


def _season(at: _Context) -> bool:
    if at.words[0] == "the" and len(at.words) == 2 and at.is_before_noun:
        return False
    if len(at.words) > 1:
        fall = at.words[-1] == "fall" or at.words[-2:] == ["fall", "of"]
        return not (fall and at.after == "of") and not (
            at.words[-1] in ("fall", "spring")
            and at.words[0] not in ("the",)
            and len(at.words) == 1
        )
    if at.words[0] in ("fall", "spring"):
        return at.before in (
            "in",
            "by",
            "since",
            "until",
            "during",
            "late",
            "early",
            "this",
            "that",
        )
    return at.before not in ("mid", "-")


_PART_OPENERS = word_set("the early late in")


def _part(at: _Context) -> bool:
    if not set(at.words[:-1]) <= _PART_OPENERS:
        return True
    if at.words[-1] in ("noon", "midday", "midnight"):
        return True
    if at.after == "of" and (at.second_after[:1].isdigit() or at.second_after in _DAY_WORDS):
        return True
    return at.before in (
        "in",
        "at",
        "during",
        "by",
        "before",
        "after",
        "until",
        "till",
        "from",
        "since",
        "all",
        "through",
        "throughout",
        "overnight",
        "around",
        "late",
        "early",
        "about",
    )


_DAY_WORDS = frozenset([*MONTHS, *WEEKDAYS])


def _unit(at: _Context) -> bool:
    if at.words[-1] in ("minute", "second", "hour") and at.words[0] in ("last", "this"):
        return False
    if at.words == ["that", "quarter"] or (at.words == ["same", "day"] and at.before != "the"):
        return at.words != ["that", "quarter"]
    return at.words not in (["following", "day"],) or at.before == "the"


def _duration(at: _Context) -> bool:
    if _is_age(at):
        return False
    words = at.words
    if (at.after, at.second_after) == ("-", "long"):
        return False
    if words[-1] in ("quarter", "quarters"):
        return bool(_IN_ROW.intersection(words))
    if len(words) == 1:
        if words[0] in ("seconds", "minutes"):
            return at.before in ("for", "in", "within")
        return at.before in (
            "for",
            "in",
            "within",
            "after",
            "over",
            "of",
            "about",
            "than",
            "and",
            "or",
            "through",
        ) or at.after in ("of", "later", "ago")
    if words[0] in ("a", "an") and len(words) == 2 and words[1] in ("minute", "second"):
        return at.before in ("for", "in", "within")
    return at.before not in _CURRENCY


def _is_age(at: _Context) -> bool:
    following = (at.after, at.second_after)
    if following[0] in ("old", "olds") or (
        following[:1] == ("-",) and following[1] in ("old", "olds")
    ):
        return True
    return following == ("of", "age") or "old" in at.words or at.before in ("aged", "age")


def _set(at: _Context) -> bool:
    words = at.words
    if words[0] in ("a", "an"):
        return bool(_NUMBER_NEIGHBOURS.fullmatch(at.before)) or at.before in ("times", "people")
    return True


def _later(at: _Context) -> bool:
    if at.words[-1] in ("before", "after"):
        return at.after in _CLOSERS or at.after == ""
    return not (at.words[-1] == "on" and at.words[0] == "the")


def _anaphor(at: _Context) -> bool:
    word = at.words[-1]
    if word in ("point", "moment", "stage"):
        return at.before == "at" and at.words[0] in ("this", "that")
    if ("same" in at.words and word == "time") or at.words[0] == "those":
        return False
    if at.words == ["the", word]:
        return at.before in ("at", "of", "from", "by") and at.after in _CLOSERS
    return at.before in _ANAPHOR_PREPOSITIONS


_ANAPHOR_PREPOSITIONS = word_set(
    "at by during until till from since of in throughout before after over for on around"
)


def _weekday(at: _Context) -> bool:
    return not (len(at.words) == 1 and at.before in ("black", "bloody", "good", "ash", "palm"))


def _frequency(at: _Context) -> bool:
    return at.words[0] != "daily" or at.before != "the"


def _reference(at: _Context) -> bool:
    if at.words[:3] == ["in", "the", "past"]:
        return at.after in _CLOSERS or at.after in _FUNCTION_WORDS
    return not (at.words == ["recent"] and at.before in ("most", "more"))


_GUARDS: dict[str, Callable[[_Context], bool]] = {
    "year": _year,
    "decade": _decade,
    "date": _date,
    "month": _month,
    "dayonly": _dayonly,
    "season": _season,
    "partof": _part,
    "unit": _unit,
    "duration": _duration,
    "set": _set,
    "later": _later,
    "ago": lambda at: True,
    "anaphor": _anaphor,
    "weekday": _weekday,
    "frequency": _frequency,
    "reference": _reference,
}


def is_wanted(
    kind: str, pieces: Sequence[Piece], at: int, end: int, match: re.Match[str] | None
) -> bool:
    """Whether the pieces ``[at, end)``, matched by a rule of ``kind``, are a time expression."""
    guard = _GUARDS.get(kind)
    return guard is None or guard(_Context(pieces, at, end))
