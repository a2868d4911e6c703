"""Sieves for names and for what the text states: spelling, acronyms, aliases, apposition."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.names import (
    is_acronym_of,
    is_loose_acronym_of,
    is_short_body,
    is_short_person,
    long_form_start,
    person_words,
)
from kg.extract.coref.referents import Definiteness, Referent
from kg.extract.coref.vocabulary import (
    BODY,
    KINDS_OF_NOUN,
    LAND_FORMS,
    NAMED_BODIES,
    PLACE,
    REFLEXIVE,
)
from kg.extract.syntax import children, misread_subject, text_of
from kg.records import EntityKind, MentionKind

# What may stand between two names of one thing.
ALIAS_BETWEEN = re.compile(
    r"""[\s,;(\[]*
    (?:(?:who|which)\s+)?(?:(?:is|was|are|were)\s+)?
    (?:(?:also|better|formerly|previously|commonly|locally|once|originally|popularly|widely)\s+)*
    (?:(?:known|referred\s+to|called|named|abbreviated|styled|spel(?:led|t))\s+(?:as\s+|by\s+)?
      |born\s+(?:as\s+)?|formerly\s+|previously\s+|alias\s+|a\.?k\.?a\.?\s+|n[ée]e\s+|or\s+simply\s+)
    (?:the\s+)?[\s"'\u201c\u2018]*""",
    re.IGNORECASE | re.VERBOSE,
)
IDENTIFIED_AS = re.compile(
    r"""\b(?:(?:known|identified|referred\s+to)\s+(?:(?:him|her|it|them)sel(?:f|ves)\s+)?
      (?:only\s+)?(?:as|by)|named|called)\s+(?:the\s+)?["'\u201c\u2018]?$""",
    re.IGNORECASE | re.VERBOSE,
)
BRACKET = re.compile(r"""\s*[(\[][\s"'\u201c\u2018]*(?:the\s+|or\s+|also\s+)?""", re.IGNORECASE)
# How much text before a name is searched for "identified as", and for what an acronym stands for.
CUE_WINDOW = 60
LONG_FORM_WINDOW = 120


def link_names(referents: Sequence[Referent], clusters: Clusters) -> None:
    """Equal spellings, and acronyms with the names whose initials they are."""
    first: dict[tuple[str, str], Referent] = {}
    for referent in referents:
        if referent.name is not None:
            key = referent.name.country or referent.key.replace(" ", "")
            clusters.join(first.setdefault((_sort(referent), key), referent), referent, force=True)
    distinct = list(first.values())
    for short in (r for r in distinct if r.name is not None and r.name.is_acronym):
        for full in distinct:
            if (
                full.name
                and short.name
                and full is not short
                and is_acronym_of(short.name, full.name)
            ):
                clusters.join(short, full, force=True)


def correct_persons(referents: Sequence[Referent]) -> None:
    """Make a name a person's where the article names a person so, and it is no country's."""
    persons = {person_words(r.name) for r in referents if r.name is not None and r.is_person}
    known = persons | {words[-1:] for words in persons if len(words) > 1}
    for referent in referents:
        name = referent.name
        if name is None or _sort(referent) != "other" or name.words not in known:
            continue
        if name.country is None and not name.is_acronym and not referent.is_capital:
            referent.classes = frozenset({EntityKind.PERSON})


def link_short_names(referents: Sequence[Referent], clusters: Clusters) -> None:
    """A short name joins the full name that stands nearest before it, else the first after it."""
    names = [r for r in referents if r.name is not None]
    for at, referent in enumerate(names):
        if referent.is_person and clusters.has_full_name(referent):
            continue
        for other in (*reversed(names[:at]), *names[at + 1 :]):
            # A body's name of two words is sure, even where the model took one form for a place.
            sure = referent.name is not None and len(referent.name.words) > 1
            is_body = sure and _sort(referent) == "other"
            if not _is_short_name(referent, other) or _has_namesake(referent, other, clusters):
                continue
            if clusters.join(referent, other, force=is_body):
                break


def _is_short_name(short: Referent, full: Referent) -> bool:
    if short.name is None or full.name is None or _sort(short) != _sort(full):
        return False
    if short.is_person:
        return is_short_person(short.name, full.name)
    if short.phrase.label == "GPE" and full.name.words[-1] in LAND_FORMS:
        return False
    # The model takes some bodies for places; names of two and more words are safe.
    is_alike = bool(short.classes & full.classes) or len(short.name.words) > 1
    return is_alike and is_short_body(short.name, full.name)


def _has_namesake(short: Referent, full: Referent, clusters: Clusters) -> bool:
    """Whether a full name comes after a person's short one in a sentence: "Lee's son John Lee"."""
    return short.is_person and any(
        m.sentence == full.sentence and m.index < full.index for m in clusters.members(short)
    )


def _sort(referent: Referent) -> str:
    """Persons, peoples and everything else never share a name."""
    if referent.is_person:
        return "person"
    return "people" if referent.phrase.label == "NORP" else "other"


def link_stated_names(doc: Doc, referents: Sequence[Referent], clusters: Clusters) -> None:
    """Names that the text says are one: in brackets, "also known as", "identified herself as"."""
    text = text_of(doc)
    for one, other in pairwise(referents):
        if one.sentence == other.sentence and _is_alias(one, other, text[one.end : other.start]):
            clusters.join(one, other, force=True)
    by_token = {r.token.i: r for r in referents}
    for referent in referents:
        if referent.name is None:
            continue
        full = _long_form(text, referent, referents)
        if full is not None:
            clusters.join(full, referent, force=True)
        if IDENTIFIED_AS.search(text[max(0, referent.start - CUE_WINDOW) : referent.start]):
            named = _who_is_named(referent.token, by_token)
            if named is not None and not _are_many(named, referent):
                clusters.join(named, referent, force=named.kind is not MentionKind.PRONOUN)


def _are_many(noun: Referent, name: Referent) -> bool:
    """Whether the noun is of many and the name of one: "ISIL (also known as ISIS) fighters"."""
    is_plural = noun.kind is MentionKind.NOMINAL and noun.number == "Plur"
    return is_plural and name.name is not None and _sort(name) != "people" and name.number != "Plur"


def _is_alias(one: Referent, other: Referent, between: str) -> bool:
    if one.name is None or other.name is None:
        return False
    if BRACKET.fullmatch(between):
        return is_loose_acronym_of(other.name, one.name) or is_loose_acronym_of(
            one.name, other.name
        )
    return bool(ALIAS_BETWEEN.fullmatch(between)) and bool(one.classes & other.classes)


def _long_form(text: str, acronym: Referent, referents: Sequence[Referent]) -> Referent | None:
    """The name that starts the words for which an acronym in brackets stands."""
    before = text[max(0, acronym.start - LONG_FORM_WINDOW) : acronym.start]
    bracket = re.search(r"\s*[(\[]\s*(?:the\s+)?$", before)
    if bracket is None or acronym.name is None:
        return None
    start = long_form_start(acronym.name, before[: bracket.start()])
    if start is None:
        return None
    at = acronym.start - len(before) + start
    covering = (r for r in referents if r.name is not None and r.start <= at < r.end)
    return next((r for r in covering if r is not acronym), None)


def _who_is_named(name: Token, by_token: dict[int, Referent]) -> Referent | None:
    """Whom "identified as" gives the name: the verb's object or subject, or the noun before it."""
    verb = name.head
    for _ in range(2):
        verb = verb if verb.pos_ == "VERB" else verb.head
    if verb.dep_ in ("acl", "acl:relcl"):
        return by_token.get(verb.head.i)
    for child in (*children(verb, "obj"), *children(verb, "nsubj:pass", "nsubj")):
        if child.lower_ not in REFLEXIVE and child.i in by_token and child.i != name.i:
            return by_token[child.i]
    return None


def link_stated_nouns(referents: Sequence[Referent], clusters: Clusters) -> None:
    """Apposition, predicate, title: "X, the leader of Y", "X is the president", "President X"."""
    by_token = {r.token.i: r for r in referents}
    for referent in referents:
        for other in _iter_stated(referent, by_token):
            if not _are_many(referent, other) and not _are_many(other, referent):
                clusters.join(referent, other, stated=True)


def _iter_stated(referent: Referent, by_token: dict[int, Referent]) -> Iterator[Referent]:
    token = referent.token
    head = by_token.get(token.head.i)
    if head is not None and _is_apposition(token):
        yield head
    if head is not None and _is_title(referent, head):
        yield head
    yield from _iter_named_by(referent, by_token)
    if _is_predicate(referent):
        yield from (by_token[c.i] for c in children(token, "nsubj") if c.i in by_token)


def _is_apposition(token: Token) -> bool:
    if token.dep_ != "appos" or children(token, "case"):
        return False
    end = token.right_edge
    follows = end.i + 1 < len(token.doc) and end.nbor().pos_ == "VERB"
    return not follows or misread_subject(end.nbor()) != token


def _is_title(referent: Referent, name: Referent) -> bool:
    """Whether the noun stands before a person's name and says what he is."""
    if referent.kind is not MentionKind.NOMINAL or referent.number == "Plur":
        return False
    is_before = referent.token.i < name.token.i
    relations = ("nmod:desc", "compound", "nmod", "flat")
    return (
        is_before and referent.token.dep_ in relations and name.name is not None and name.is_person
    )


def _iter_named_by(referent: Referent, by_token: dict[int, Referent]) -> Iterator[Referent]:
    """The name in "the town of Qaim", "the ISIL group"."""
    kinds = KINDS_OF_NOUN.get(referent.lemma)
    if kinds is None or referent.kind is not MentionKind.NOMINAL:
        return
    if referent.is_new or referent.number == "Plur":
        return
    for child in referent.token.children:
        other = by_token.get(child.i)
        if other is None or other.name is None or not kinds & other.classes:
            continue
        is_of = child.dep_ == "nmod" and [c.lower_ for c in children(child, "case")] == ["of"]
        if kinds == PLACE and is_of and not children(child, "conj"):
            yield other
        if child.dep_ == "compound" and kinds == BODY and referent.lemma in NAMED_BODIES:
            yield other


def _is_predicate(referent: Referent) -> bool:
    """Whether the noun is asserted of its subject by "be"."""
    token = referent.token
    copulas = children(token, "cop")
    if not copulas or copulas[0].lemma_ != "be" or children(token, "case"):
        return False
    if referent.definiteness is Definiteness.QUANTIFIED:
        return False
    if referent.is_thing and referent.definiteness is not Definiteness.DEFINITE:
        return False
    if any(c.lower_ in ("not", "n't", "never") for c in token.children):
        return False
    modals = ("may", "might", "could", "would", "should")
    return not any(c.lower_ in modals for c in children(token, "aux"))
