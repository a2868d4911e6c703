"""Numbers that count or measure something, and what they count.

Years, dates, times and durations, ages, ordinals, scores, list numbers and numbers inside names
("Flight 370") are not quantities. Works on the text; the noun that a number counts is read from the
Universal Dependencies tree where the Doc has one, else from the words that follow.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.dates.grammar import find_phrases
from kg.extract.numbers import SCALE_SUFFIXES, SCALES, SMALL, read_number
from kg.extract.quantity_roles import quantity_role
from kg.extract.quantity_units import (
    IRREGULAR_PLURALS,
    token_after,
    token_from,
    unit_in_tree,
    unit_in_words,
)
from kg.extract.syntax import text_of
from kg.records import Comparator, Quantity, QuantityRole, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPhrase:
    """A number in the text at ``[start, end)``, comparator words included.

    ``value`` is None for "several" and "a few"; ``maximum`` is set for ranges. ``unit`` is the
    lemma of what is counted ("fighter", "dollar", "percent"), "" where the text does not say.
    ``head`` is the index of the token whose mention the number belongs to: the counted noun, or the
    number itself where it stands for it ("400 were killed"); None where there is neither.
    """

    start: int
    end: int
    value: float | None
    maximum: float | None
    comparator: Comparator
    unit: str
    head: int | None


_COMPARATORS: dict[str, Comparator] = {
    "more than": Comparator.MORE_THAN,
    "over": Comparator.MORE_THAN,
    "upwards of": Comparator.MORE_THAN,
    "upward of": Comparator.MORE_THAN,
    "in excess of": Comparator.MORE_THAN,
    "above": Comparator.MORE_THAN,
    "well over": Comparator.MORE_THAN,
    "at least": Comparator.AT_LEAST,
    "no fewer than": Comparator.AT_LEAST,
    "no less than": Comparator.AT_LEAST,
    "not less than": Comparator.AT_LEAST,
    "a minimum of": Comparator.AT_LEAST,
    "at most": Comparator.AT_MOST,
    "at the most": Comparator.AT_MOST,
    "up to": Comparator.AT_MOST,
    "as many as": Comparator.AT_MOST,
    "as much as": Comparator.AT_MOST,
    "no more than": Comparator.AT_MOST,
    "not more than": Comparator.AT_MOST,
    "a maximum of": Comparator.AT_MOST,
    "less than": Comparator.LESS_THAN,
    "fewer than": Comparator.LESS_THAN,
    "under": Comparator.LESS_THAN,
    "below": Comparator.LESS_THAN,
    "about": Comparator.ABOUT,
    "around": Comparator.ABOUT,
    "some": Comparator.ABOUT,
    "roughly": Comparator.ABOUT,
    "approximately": Comparator.ABOUT,
    "an estimated": Comparator.ABOUT,
    "estimated": Comparator.ABOUT,
    "nearly": Comparator.ABOUT,
    "almost": Comparator.ABOUT,
    "close to": Comparator.ABOUT,
    "circa": Comparator.ABOUT,
    "perhaps": Comparator.ABOUT,
    "exactly": Comparator.EXACTLY,
    "only": Comparator.EXACTLY,
    "just": Comparator.EXACTLY,
}
_COMPARATORS_AFTER: dict[str, Comparator] = {
    "or more": Comparator.AT_LEAST,
    "or so": Comparator.ABOUT,
    "or fewer": Comparator.AT_MOST,
    "or less": Comparator.AT_MOST,
    "at least": Comparator.AT_LEAST,
    "-odd": Comparator.ABOUT,
    "-plus": Comparator.AT_LEAST,
    "+": Comparator.AT_LEAST,
}
_CURRENCIES = {
    "$": "dollar",
    "US$": "dollar",
    "£": "pound",
    "€": "euro",
    "¥": "yen",
    "₹": "rupee",
    "₽": "ruble",
}
#: The least that a plural number word can mean: "hundreds" is two hundreds or more.
_PLURAL_SCALES = {
    "tens of thousands": 20_000.0,
    "hundreds of thousands": 200_000.0,
    "tens of millions": 20_000_000.0,
    "hundreds of millions": 200_000_000.0,
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2_000.0,
    "millions": 2_000_000.0,
    "billions": 2_000_000_000.0,
}


def _one_of(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


_WORD = _one_of([*SMALL, *SCALES])
_SMALL_WORD = _one_of(SMALL)
_SCALE = _one_of(SCALES)
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:(?:{_one_of(SCALE_SUFFIXES)})\b)?"
_WORDS = (
    rf"(?:(?:half\s+)?an?\s+(?:{_SCALE})|(?:{_SMALL_WORD}))"
    rf"(?:(?:\s+and\s+|[\s-]+)(?:{_WORD})){{0,9}}"
)
_NUMBER = rf"(?:{_FIGURE}(?:[\s-]+(?:{_SCALE})s?){{0,3}}|\b{_WORDS}\b)"
_PHRASE = re.compile(
    rf"""
    (?:\b(?P<comparator>{_one_of(_COMPARATORS)})\s+(?:the\s+)?)?
    (?P<body>
      (?P<range_word>\b(?:between|from)\s+)?(?:(?P<currency>US\$|[$£€¥₹₽])\s?)?
      (?P<number>{_NUMBER})
      (?:(?P<joint>\s*[-\u2013\u2014]\s*|\s+to\s+|\s+and\s+)[$£€]?(?P<upper>{_NUMBER})(?![\w-]))?
    | (?P<couple>\ba\s+couple(?:\s+of)?(?:\s+(?P<couple_scale>{_SCALE}))?)\b
    | \b(?P<vague>several|a\s+few)\b(?:\s+(?P<vague_scale>{_SCALE})\b)?
    | \b(?P<plural>{_one_of(_PLURAL_SCALES)})\b
    )
    (?P<percent>\s?%|\s+per\s?cent\b|\s+percentage\s+points?\b)?
    (?P<after>\s+(?:or\s+(?:more|so|fewer|less)|at\s+least)\b|-odd\b|-plus\b|\+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AGE_AFTER = re.compile(
    r"(?:[\s-]+(?:years?|months?|weeks?|days?))[\s-]+(?:olds?\b|of\s+age)|[\s-]*(?:yrs?|y/o)\b"
)
_AGE_BEFORE = re.compile(r"\b(?:aged?(?:\s+of)?|ages|turned|turns|turning)\s+$", re.IGNORECASE)
_APPOSED_AGE = re.compile(r"[A-Z][\w'\u2019.-]+,\s+$")
_DESIGNATORS = re.compile(
    r"\b(?:flight|boeing|airbus|resolution|article|section|chapter|highway|route|room|group of|"
    r"number|no\.?|#|page|channel|interstate|bus|unit|battalion|brigade|division|type|model|phase|"
    r"version|volume|part|line|gate|platform|pier|terminal|sector|zone|district|ward|area|level|"
    r"category|windows|episode|season|day|week|year|round|group|top|magnitude|year)\s*$",
    re.IGNORECASE,
)
_CAPITAL_BEFORE = re.compile(
    r"\b(?!(?:In|On|At|By|The|A|An|And|But|For|From|Of|To|With|I|Their|His|Her|Its|Our|These|Those|"
    r"All|Another|Other|Since|After|Before|When|While|There|They|He|She|It|We|Also|Both)\b)"
    r"[A-Z][\w\u2019'.-]*\s+$"
)
_GLUED_BEFORE = re.compile(r"[A-Za-z\d][-\u2013]?$|[\d/:.#-]$|\b[A-Za-z]+-$")
_GLUED_AFTER = re.compile(r"[/:]\d|-(?!(?:strong|odd|plus)\b)[A-Za-z]|[A-Za-z]|°|['\u2019]s?\b")
_PHONE = re.compile(r"\d{3}[-\u2013]\d{3,4}\b")
_RATIO_AFTER = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?(?:\d|two|three|four|five|six|ten)\b")
_RATIO_BEFORE = re.compile(r"\b(?:one|two|three|four|\d)\s+(?:in|out\s+of)\s+(?:every\s+)?$")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\(?$")
_FRACTION_AFTER = re.compile(
    r"[\s-]+(?:thirds?|quarters?|fifths?|halves|half|tenths?)\b", re.IGNORECASE
)
_MASKED_TIMES = frozenset({"reference", "recent", "frequency", "anaphor"})


def find_quantities(doc: Doc, *, start: int = 0) -> tuple[NumberPhrase, ...]:
    """The numbers of ``doc`` that count or measure something, in text order.

    Args:
        doc: with UD labels the counted noun is read from the tree.
        start: character before which nothing is looked at.
    """
    text = text_of(doc)
    masked = [
        (time.start, time.end)
        for time in find_phrases(text, start=0)
        if time.kind not in _MASKED_TIMES
    ]
    return tuple(_iter_phrases(doc, text, masked, start))


def _iter_phrases(
    doc: Doc, text: str, masked: list[tuple[int, int]], start: int
) -> Iterator[NumberPhrase]:
    at, next_mask = start, 0
    while match := _PHRASE.search(text, at):
        at = match.end()
        number_at = _number_start(match)
        while next_mask < len(masked) and masked[next_mask][1] <= number_at:
            next_mask += 1
        if next_mask < len(masked) and masked[next_mask][0] < match.end("body"):
            at = max(match.start() + 1, min(masked[next_mask][1], match.end()))
            continue
        if _is_excluded(doc, text, match):
            continue
        phrase = _read(doc, text, match)
        if phrase is not None:
            at = phrase.end
            yield phrase


def _number_start(match: re.Match[str]) -> int:
    for name in ("number", "couple", "vague", "plural"):
        if match.start(name) >= 0:
            return match.start(name)
    return match.start()


def _is_excluded(doc: Doc, text: str, match: re.Match[str]) -> bool:
    if match["number"] is None:
        return False
    start, end = match.start("number"), match.end("body")
    before, after = text[max(0, start - 40) : start], text[end : end + 24]
    if match["currency"] or match["percent"]:
        return False
    return (
        _is_age(before, after)
        or _is_part_of_word(before, after)
        or _is_score(match, after)
        or _is_numeral_of_name(doc, text, match)
        or bool(_FRACTION_AFTER.match(after) or _RATIO_AFTER.match(after))
        or bool(_RATIO_BEFORE.search(before.lower()))
        or (
            _LIST_NUMBER.search(text[max(0, start - 10) : start]) is not None
            and bool(re.match(r"[.)]\s", after))
        )
        or _is_pronoun_one(match["number"].lower(), before, after)
    )


def _is_age(before: str, after: str) -> bool:
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
        return True
    return bool(_APPOSED_AGE.search(before)) and after[:1] in (",", ")", ".", ";")


def _is_part_of_word(before: str, after: str) -> bool:
    return bool(_GLUED_BEFORE.search(before) or _GLUED_AFTER.match(after))


def _is_score(match: re.Match[str], after: str) -> bool:
    joint = (match["joint"] or "").strip()
    if _PHONE.search(match["body"]):
        return True
    if not joint:
        return bool(re.match(r"\s?[-\u2013]\s?\d", after))
    if joint in ("and", "to") and match["range_word"]:
        return False
    first, second = _value(match["number"]), _value(match["upper"])
    if joint == "and":
        return False
    return first is not None and second is not None and first >= second


def _is_numeral_of_name(doc: Doc, text: str, match: re.Match[str]) -> bool:
    """Whether the number belongs to a name: "Flight 370", "Group of 20", "Apollo 11"."""
    start = match.start("number")
    before = text[max(0, start - 30) : start]
    if match["comparator"] or match["range_word"]:
        return False
    if _DESIGNATORS.search(before):
        return True
    token = token_from(doc, start)
    if token is not None and token.ent_type_ in _NAME_LABELS:
        return token.ent_iob_ == "I" or token.nbor(-1).is_title if token.i else False
    if not match["number"][:1].isdigit() or not _CAPITAL_BEFORE.search(before):
        return False
    previous = token_from(doc, start - 2)
    if doc.has_annotation("POS") and previous is not None and previous.pos_ != "PROPN":
        return False
    following = token_after(doc, match.end("body"))
    return following is None or not _may_be_counted(following)


_NAME_LABELS = frozenset({"PERSON", "ORG", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART", "NORP"})


def _may_be_counted(token: Token) -> bool:
    if token.doc.has_annotation("POS"):
        return token.pos_ in ("NOUN", "ADJ", "NUM") or token.lower_ in IRREGULAR_PLURALS
    return token.lower_ in IRREGULAR_PLURALS or (
        token.is_alpha and token.is_lower and token.text.endswith("s") and len(token) > 3
    )


def _is_pronoun_one(number: str, before: str, after: str) -> bool:
    if number != "one":
        return False
    if re.search(r"\b(?:no|any|every|some|this|that|the|each|which)\s+$", before, re.IGNORECASE):
        return True
    if re.match(r"\s+(?:point|time|side|hand|way|thing|reason)\b", after):
        return True
    return not re.match(
        r"\s+(?!of\b|another\b|to\b|who\b|that\b|in\b|by\b|or\b|and\b|is\b)[a-z]", after
    )


def _value(text: str | None) -> float | None:
    if text is None:
        return None
    parts = re.split(r"[\s-]+", text.lower().strip())
    half = parts[:1] == ["half"]
    parts = [part[:-1] if part.endswith("s") and part[:-1] in SCALES else part for part in parts]
    value = read_number(parts[1:] if half else parts)
    return value / 2 if half and value is not None else value


def _read(doc: Doc, text: str, match: re.Match[str]) -> NumberPhrase | None:
    value, maximum, comparator, end = _amounts(match)
    if value is None and not match["vague"]:
        return None
    unit, head = _unit_and_head(doc, text, match, end)
    if match["range_word"] and maximum is None:
        start = match.start("currency") if match["currency"] else match.start("number")
    else:
        start = match.start()
    return NumberPhrase(
        start=start,
        end=end,
        value=value,
        maximum=maximum,
        comparator=comparator,
        unit=unit,
        head=head,
    )


def _amounts(match: re.Match[str]) -> tuple[float | None, float | None, Comparator, int]:
    """Value, maximum, comparator and the end of the phrase."""
    said = _said_comparator(match)
    if match["plural"]:
        least = _PLURAL_SCALES[re.sub(r"\s+", " ", match["plural"].lower())]
        return least, None, Comparator.AT_LEAST, match.end()
    if match["couple"]:
        scale = SCALES[match["couple_scale"].lower()] if match["couple_scale"] else 1
        return 2.0 * scale, None, said or Comparator.ABOUT, match.end()
    if match["vague"]:
        scaled = SCALES[match["vague_scale"].lower()] if match["vague_scale"] else None
        comparator = Comparator.AT_LEAST if scaled else Comparator.ABOUT
        return (2.0 * scaled if scaled else None), None, comparator, match.end()
    value, maximum = _value(match["number"]), _value(match["upper"])
    if maximum is not None and not _is_range(match, value, maximum):
        return value, None, said or Comparator.EXACTLY, match.end("number")
    if value is not None and maximum is not None:
        return _scaled_like(match, value, maximum), maximum, Comparator.RANGE, match.end()
    return value, None, said or Comparator.EXACTLY, match.end()


def _said_comparator(match: re.Match[str]) -> Comparator | None:
    if match["comparator"]:
        return _COMPARATORS[re.sub(r"\s+", " ", match["comparator"].lower())]
    if match["after"]:
        return _COMPARATORS_AFTER[re.sub(r"\s+", " ", match["after"].lower().strip())]
    return None


def _is_range(match: re.Match[str], value: float | None, maximum: float) -> bool:
    if (match["joint"] or "").strip() == "and" and not match["range_word"]:
        return False
    return value is not None and _scaled_like(match, value, maximum) < maximum


def _scaled_like(match: re.Match[str], value: float, maximum: float) -> float:
    """``value`` with the scale of the upper end where only that has one: "2 to 3 million"."""
    scale = re.search(rf"({_SCALE})s?$", match["upper"] or "", re.IGNORECASE)
    own = re.search(rf"({_SCALE})s?$", match["number"] or "", re.IGNORECASE)
    if scale and not own and value < 1000:
        return value * SCALES[scale[1].lower()]
    return value


def _unit_and_head(doc: Doc, text: str, match: re.Match[str], end: int) -> tuple[str, int | None]:
    if match["percent"]:
        token = token_from(doc, match.start("number"))
        return "percent", token.i if token is not None else None
    number = token_from(doc, _number_start(match))
    if match["currency"]:
        return _CURRENCIES[match["currency"].upper()], number.i if number is not None else None
    if number is None:
        return "", None
    if doc.has_annotation("DEP"):
        return unit_in_tree(doc, number, end)
    return unit_in_words(doc, number, end)


def to_quantity(phrase: NumberPhrase, *, role: QuantityRole, article_id: str = "") -> Quantity:
    """The Quantity record of ``phrase`` in ``role``."""
    return Quantity(
        span=Span(article_id=article_id, start=phrase.start, end=phrase.end),
        value=phrase.value,
        maximum=phrase.maximum,
        comparator=phrase.comparator,
        unit=phrase.unit,
        role=role,
    )


__all__ = ["NumberPhrase", "find_quantities", "quantity_role", "to_quantity"]
