"""Which way a time expression without its year points: back or ahead, by the verb that governs it.

With Universal Dependencies labels the verb is found in the tree (Huddleston & Pullum 2002, chapter
3, on the futurate present and on what infinitives leave open); without them, by the words around.
"""

import re
from enum import IntEnum

from spacy.tokens import Doc, Token

from kg.words import word_set


class Direction(IntEnum):
    """Before the reference day, after it, or not told."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


#: Verbs and adjectives whose infinitive or object lies ahead.
_PROSPECTIVE = word_set(
    "plan expect schedule set due intend hope want vow promise agree order ask call aim need "
    "prepare pledge threaten likely slate propose poise ready urge seek design mean able "
    "bound sure"
)
#: Nouns whose infinitive lies ahead; that of others ("an operation to free the town") has the time
#: of the clause.
_PROSPECTIVE_NOUNS = word_set(
    "plan intention promise pledge deal agreement decision order deadline vow proposal permission "
    "invitation offer demand call hope threat bid"
)
_FUTURE_AUXILIARIES = word_set("will shall 'll \u2019ll wo")
_PRESENT_BE = word_set("is are am 's 're \u2019s \u2019re")
_FINITE_BE = _PRESENT_BE | word_set("was were")
_MODALS = word_set("would should could might may must can")
#: Verbs that in the simple present tell what a timetable or plan says.
_FUTURATE = word_set(
    "begin start open close end expire meet arrive leave depart resume return take hold vote "
    "visit travel play face host run air launch release"
)
_FUTURE_CUES = re.compile(
    r"\b(?:will|shall|wo|to be|going to|set to|set for|due|scheduled|slated|expected|expects?|"
    r"plans? to|planned (?:to|for)|planning|upcoming|is to|are to|was to|were to|would|should|"
    r"could|must|may|might|intends?|hopes?)\b|['\u2019]ll\b",
    re.IGNORECASE,
)
#: Irregular past forms frequent in news, for text without labels.
_IRREGULAR_PAST = (
    "became began bore bought broke brought built came caught chose cost cut dealt drew drove fed "
    "fell felt fled fought found froze gave got grew heard held hid hit hurt kept knew laid led "
    "left lost made meant met paid put quit ran rang read rose saw sank sang sat sent set shook "
    "shot shut slept slew sold spent split spoke spread stole stood struck strove swore swung "
    "taught thought threw told took understood upset went withdrew won wore wounded wrote"
).replace(" ", "|")
_PAST_CUES = re.compile(
    r"\b(?:(?:was|were|had|did|has|have|said)(?! to)|(?<!be )(?:"
    rf"{_IRREGULAR_PAST}))\b",
    re.IGNORECASE,
)
_PAST_FORMS = re.compile(r"\b\w{3,}ed\b")
#: How far, in characters, the words that tell the tense may stand from the expression.
_REACH_BEFORE, _REACH_AFTER = 90, 60
_CLAUSE_ENDS = re.compile(r"[.;:!?](?=\s)|\n|,? (?:but|while|although|after|before|when) |, ")


def direction_at(doc: Doc, text: str, start: int, end: int) -> Direction:
    """The direction in which the verb that governs ``text[start:end]`` points.

    Reads the tree where ``doc`` has one, else the nearest words that show tense. ``text`` is
    ``doc.text``, which spaCy builds anew at each use.
    """
    if doc.has_annotation("DEP") and doc.has_annotation("POS"):
        token = _token_at(doc, start, end)
        if token is not None:
            return _direction_in_tree(token)
    return _direction_in_words(text, start, end)


def _token_at(doc: Doc, start: int, end: int) -> Token | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None or not len(span) else span.root


def _direction_in_tree(token: Token) -> Direction:
    for word in (token, *token.ancestors):
        if word.lemma_.lower() in ("upcoming", "scheduled") or _has_future_adjective(word):
            return Direction.FUTURE
        if word.pos_ in ("VERB", "AUX") or _auxiliaries(word):
            found = _direction_of_verb(word)
            if found is not None:
                return found
    return Direction.UNKNOWN


def _has_future_adjective(word: Token) -> bool:
    return word.pos_ in ("NOUN", "PROPN") and any(
        child.lemma_.lower() in ("upcoming", "planned", "scheduled", "forthcoming")
        for child in word.children
        if child.dep_ == "amod"
    )


def _auxiliaries(word: Token) -> list[Token]:
    return [child for child in word.children if child.dep_ in ("aux", "aux:pass", "cop")]


def _direction_of_verb(verb: Token) -> Direction | None:
    """The verb's direction, or None where it leaves that to the verb above it."""
    helpers = [aux.lower_ for aux in _auxiliaries(verb)]
    if _FUTURE_AUXILIARIES.intersection(helpers):
        return Direction.FUTURE
    if verb.lemma_.lower() in ("due", "schedule", "slate", "expect") and "had" not in helpers:
        return Direction.FUTURE
    perfect = {"has", "have", "had", "'ve", "\u2019ve"}.intersection(helpers)
    if _MODALS.intersection(helpers):
        return Direction.PAST if perfect else Direction.FUTURE
    if perfect:
        return Direction.PAST
    if _is_infinitive(verb):
        return _direction_of_infinitive(verb)
    is_present = _PRESENT_BE.intersection(helpers)
    if is_present and _is_prospective(verb):
        return Direction.FUTURE
    if _is_past(verb):
        return Direction.PAST
    if verb.morph.get("VerbForm", []) == ["Ger"]:
        return None
    if verb.morph.get("Tense", []) == ["Pres"] and verb.morph.get("VerbForm", []) == ["Fin"]:
        futurate = verb.lemma_.lower() in _FUTURATE
        return Direction.FUTURE if futurate else Direction.UNKNOWN
    if is_present:
        present_participle = verb.morph.get("Tense", []) == ["Pres"]
        return Direction.FUTURE if present_participle else Direction.UNKNOWN
    return None


def _is_prospective(word: Token) -> bool:
    """Whether what the word governs lies ahead; by its form too, as lemmas may be wrong."""
    return bool({word.lemma_.lower(), word.lower_} & _PROSPECTIVE)


def _is_infinitive(verb: Token) -> bool:
    """Whether it is one, active or passive ("to hold", "to be held")."""
    has_to = any(child.lower_ == "to" and child.pos_ == "PART" for child in verb.children)
    return has_to or verb.morph.get("VerbForm", []) == ["Inf"]


def _is_past(verb: Token) -> bool:
    finite_past = verb.morph.get("Tense", []) == ["Past"] and verb.morph.get("VerbForm", []) == [
        "Fin"
    ]
    was = any(aux.lower_ in ("was", "were", "did") for aux in _auxiliaries(verb))
    reduced = verb.morph.get("Tense", []) == ["Past"] and not _auxiliaries(verb)
    return finite_past or was or reduced


def _direction_of_infinitive(verb: Token) -> Direction | None:
    head = verb.head
    if verb.dep_ == "root" or head.i == verb.i:
        return Direction.FUTURE
    if _is_prospective(head) or head.lemma_.lower() in _PROSPECTIVE_NOUNS:
        return Direction.FUTURE
    is_to = any(aux.lower_ in _FINITE_BE and aux.dep_ == "aux" for aux in verb.children)
    return Direction.FUTURE if is_to or head.lemma_.lower() == "be" else None


def _direction_in_words(text: str, start: int, end: int) -> Direction:
    before = text[max(0, start - _REACH_BEFORE) : start]
    after = text[end : end + _REACH_AFTER]
    before = _CLAUSE_ENDS.split(before)[-1]
    after = _CLAUSE_ENDS.split(after, maxsplit=1)[0]
    future = max((match.end() for match in _FUTURE_CUES.finditer(before)), default=-1)
    past = max((match.end() for match in _PAST_CUES.finditer(before)), default=-1)
    if future >= 0 or past >= 0:
        return Direction.FUTURE if future > past else Direction.PAST
    if _PAST_FORMS.search(before):
        return Direction.PAST
    if _FUTURE_CUES.search(after):
        return Direction.FUTURE
    tells_past = _PAST_CUES.search(after) or _PAST_FORMS.search(after)
    return Direction.PAST if tells_past else Direction.UNKNOWN
