"""Which mentions of an article are one thing: chains of mentions, found by sieves, the surest first.

Names come first (spelling, short forms, acronyms), then what the text states (brackets, "also known
as", apposition, "X is the Y"), then noun phrases by their head and class, and pronouns last. A sieve
never joins what an earlier one could tell apart: two full names, two genders, two quantified groups.
Source: the multi-pass sieve of Lee et al. (2013), "Deterministic Coreference Resolution".
"""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.clusters import Clusters
from kg.extract.mentions import PhraseTable
from kg.extract.names import (
    LAND_FORMS,
    is_acronym_of,
    is_loose_acronym_of,
    is_short_body,
    is_short_person,
    long_form_start,
    person_words,
)
from kg.extract.pronouns import link_pronouns
from kg.extract.referents import THING, Definiteness, Referent, read_referents
from kg.extract.syntax import children
from kg.records import EntityKind, Mention, MentionKind

# What may stand between two names of one thing.
ALIAS_BETWEEN = re.compile(
    r"""[\s,;(\[]*
    (?:(?:who|which)\s+)?(?:(?:is|was|are|were)\s+)?
    (?:(?:also|better|formerly|previously|commonly|locally|once|originally|popularly|widely)\s+)*
    (?:(?:known|referred\s+to|called|named|abbreviated|styled|spel(?:led|t))\s+(?:as\s+|by\s+)?
      |formerly\s+|previously\s+|alias\s+|a\.?k\.?a\.?\s+|n[ée]e\s+|or\s+simply\s+)
    (?:the\s+)?[\s"“'‘]*""",
    re.IGNORECASE | re.VERBOSE,
)
IDENTIFIED_AS = re.compile(
    r"\b(?:(?:known|identified|referred\s+to)\s+(?:(?:him|her|it|them)sel(?:f|ves)\s+)?"
    r"(?:only\s+)?(?:as|by)|named|called)\s+(?:the\s+)?[\"“'‘]?$",
    re.IGNORECASE,
)
BRACKET = re.compile(r"^[\s\"”'’]*[(\[][\s\"“'‘]*(?:the\s+|or\s+|also\s+)?$", re.IGNORECASE)
# A pair of place kinds that are one sort of thing for a noun that takes them up.
PLACES = frozenset({EntityKind.PLACE, EntityKind.COUNTRY, EntityKind.FACILITY})
BODIES_AND_GROUPS = frozenset({EntityKind.ORGANIZATION, EntityKind.GROUP})
# Nouns that take up an earlier mention of another word, by the kinds of what they take up.
_TAKES_UP: dict[frozenset[EntityKind], frozenset[str]] = {
    frozenset({EntityKind.COUNTRY}): frozenset("country nation state republic kingdom".split()),
    frozenset({EntityKind.PLACE}): frozenset(
        "city town village province region area district state territory island county capital "
        "enclave settlement municipality neighbourhood neighborhood suburb hamlet".split()
    ),
    frozenset({EntityKind.ORGANIZATION}): frozenset(
        "group organization organisation company firm agency party movement militia organisation "
        "alliance coalition body institution committee club team newspaper network broadcaster "
        "council ministry department force association union bank university school charity "
        "watchdog regulator airline manufacturer band outfit bloc union".split()
    ),
    frozenset({EntityKind.FACILITY}): frozenset(
        "building facility site airport hospital school camp base prison mosque church hotel "
        "museum station stadium plant complex".split()
    ),
}
CLASS_OF = {noun: kinds for kinds, nouns in _TAKES_UP.items() for noun in nouns}
# "state" is a country or a division, "camp" a place or a facility.
WIDER = {
    "state": PLACES, "island": PLACES, "camp": PLACES, "base": PLACES, "site": PLACES,
    "republic": PLACES, "territory": PLACES, "school": PLACES | {EntityKind.ORGANIZATION},
    "university": PLACES | {EntityKind.ORGANIZATION},
}  # fmt: skip
PLACE = frozenset({EntityKind.PLACE})
# Relatives of whom most articles have one: "his daughter" and "the couple's daughter" are the same.
KIN = frozenset(
    "mother father mom mum dad wife husband spouse son daughter child baby brother sister boyfriend "
    "girlfriend partner widow fiance fiancee".split()
)
YOUNG = frozenset(
    "child baby infant toddler boy girl teenager youth youngster newborn teen".split()
)
YOUNG_KIN = YOUNG | frozenset(
    "son daughter pupil student schoolboy schoolgirl grandson granddaughter".split()
)
TAKING_UP = (Definiteness.DEFINITE, Definiteness.DEMONSTRATIVE, Definiteness.POSSESSIVE)
# How many sentences back a noun for a thing finds its like; nouns for people look back to the start.
THING_REACH = 8
# Up to which sentence a story tells what its headline told.
LEAD = 4
# Nouns that only say what the name before them is: "the SDF militia" is the SDF.
OF_NAME = frozenset(
    "group organization organisation militia company firm network party movement cult sect "
    "newspaper gang".split()
)
# Nouns that can take up any person of their gender.
ANYBODY = frozenset(
    "man woman boy girl child teenager youth youngster suspect victim baby infant toddler".split()
)
# How many sentences back a noun of another word finds what it takes up.
CLASS_REACH = 3


def find_chains(doc: Doc, table: PhraseTable) -> tuple[tuple[str, ...], ...]:
    """The ids of the mentions of one thing, each chain and the chains in text order.

    A mention that stands alone is in no chain.
    """
    known = {phrase.mention.id for phrase in table.phrases}
    chains = (
        tuple(mention.id for mention in group if mention.id in known)
        for group in find_clusters(doc, table)
    )
    return tuple(chain for chain in chains if len(chain) > 1)


def find_clusters(doc: Doc, table: PhraseTable) -> list[list[Mention]]:
    """The mentions of each thing that is spoken of twice, in text order.

    Beside the table's phrases there are noun phrases for objects, ideas and happenings, which are no
    mentions of the article's result.
    """
    referents = read_referents(doc, table)
    clusters = Clusters(referents)
    _correct_persons(referents)
    _link_names(referents, clusters)
    _link_stated(doc, referents, clusters)
    _link_appositions(doc, table, referents, clusters)
    _link_short_names(referents, clusters)
    _link_headline(doc, referents, clusters)
    _link_nouns(referents, clusters)
    _link_classes(referents, clusters)
    _link_persons(referents, clusters)
    link_pronouns(doc, referents, clusters)
    _link_owned(referents, clusters)
    return [
        [referents[i].phrase.mention for i in members]
        for members in clusters.groups()
        if len(members) > 1
    ]


def _names(referents: list[Referent]) -> list[Referent]:
    return [r for r in referents if r.name is not None]


def _sort(referent: Referent) -> str:
    """Persons, peoples and everything else never share a name."""
    if EntityKind.PERSON in referent.classes:
        return "person"
    return "people" if referent.phrase.label == "NORP" else "other"


def _correct_persons(referents: list[Referent]) -> None:
    """A lone name is a person's where the article names a person so in full, and it is no country's."""
    full = [r for r in _names(referents) if _sort(r) == "person" and r.name]
    known = {person_words(r.name) for r in full if r.name}
    known |= {words[-1:] for words in known if len(words) > 1}
    for referent in _names(referents):
        if referent.name is None or _sort(referent) != "other" or referent.is_capital:
            continue
        if (
            referent.name.country is None
            and not referent.name.is_acronym
            and referent.name.words in known
        ):
            referent.classes = frozenset({EntityKind.PERSON})


def _link_names(referents: list[Referent], clusters: Clusters) -> None:
    """Equal spellings, and acronyms with the names whose initials they are."""
    first: dict[tuple[str, str], Referent] = {}
    for referent in _names(referents):
        if referent.name is not None:
            key = referent.name.country or referent.key.replace(" ", "")
            clusters.join(first.setdefault((_sort(referent), key), referent), referent, force=True)
    distinct = list(first.values())
    for one in distinct:
        for other in distinct:
            if one.name and other.name and one is not other and is_acronym_of(one.name, other.name):
                clusters.join(one, other, force=True)


def _link_short_names(referents: list[Referent], clusters: Clusters) -> None:
    """A short name joins the full name that stands nearest before it, else the first after it."""
    names = _names(referents)
    for referent in names:
        is_person = _sort(referent) == "person"
        if referent.name is None or (is_person and clusters.has_full_name(referent)):
            continue
        at = names.index(referent)
        for other in (*reversed(names[:at]), *names[at + 1 :]):
            if other.name is None or not _same_sort(referent, other):
                continue
            if referent.phrase.label == "GPE" and other.name.words[-1] in LAND_FORMS:
                continue
            fits = is_short_person if is_person else is_short_body
            if fits(referent.name, other.name) and clusters.join(referent, other, short=True):
                break


def _same_sort(one: Referent, other: Referent) -> bool:
    if _sort(one) != _sort(other):
        return False
    if one.classes & other.classes:
        return True
    # The model takes some bodies for places; names of two and more words are safe.
    return one.name is not None and len(one.name.words) > 1


def _link_stated(doc: Doc, referents: list[Referent], clusters: Clusters) -> None:
    """Names that the text says are one: in brackets, "also known as", "identified herself as"."""
    text = doc.text
    for one, other in zip(referents, referents[1:], strict=False):
        if one.sentence != other.sentence or other.name is None:
            continue
        between = text[one.phrase.mention.span.end : other.start]
        if one.name is not None and _is_alias(one, other, between):
            clusters.join(one, other, force=True)
    for referent in referents:
        if referent.name is None:
            continue
        full = _long_form(text, referent, referents)
        if full is not None:
            clusters.join(full, referent, force=True)
        before = text[max(0, referent.start - 60) : referent.start]
        if IDENTIFIED_AS.search(before):
            named = _who_is_named(referent.token, referents)
            if named is not None and named is not referent:
                clusters.join(named, referent, force=named.kind is not MentionKind.PRONOUN)


def _is_alias(one: Referent, other: Referent, between: str) -> bool:
    if one.name is None or other.name is None:
        return False
    if BRACKET.match(between):
        return is_loose_acronym_of(other.name, one.name) or is_loose_acronym_of(
            one.name, other.name
        )
    return bool(ALIAS_BETWEEN.fullmatch(between)) and bool(one.classes & other.classes)


def _long_form(text: str, acronym: Referent, referents: list[Referent]) -> Referent | None:
    """The name that starts the words for which an acronym in brackets stands."""
    before = text[max(0, acronym.start - 120) : acronym.start]
    bracket = re.search(r"\s*[(\[]\s*(?:the\s+)?$", before)
    if bracket is None or acronym.name is None:
        return None
    start = long_form_start(acronym.name, before[: bracket.start()])
    if start is None:
        return None
    at = acronym.start - len(before) + start
    for other in referents:
        span = other.phrase.mention.span
        if other.name is not None and span.start <= at < span.end and other is not acronym:
            return other
    return None


def _who_is_named(token: Token, referents: list[Referent]) -> Referent | None:
    """The subject or object of "identified" that the name is given to."""
    verb = token.head
    for _ in range(3):
        if verb.pos_ == "VERB":
            break
        verb = verb.head
    by_token = {r.token.i: r for r in referents}
    if verb.dep_ in ("acl", "acl:relcl"):
        return by_token.get(verb.head.i)
    for relation in ("obj", "nsubj:pass", "nsubj"):
        for child in children(verb, relation):
            if child.lower_ in ("himself", "herself", "itself", "themselves"):
                continue
            if child.i in by_token and child.i != token.i:
                return by_token[child.i]
    return None


def _link_appositions(
    doc: Doc, table: PhraseTable, referents: list[Referent], clusters: Clusters
) -> None:
    """ "X, the leader of Y", "X is the president", "President X"."""
    by_head = {r.token.i: r for r in referents}
    for referent in referents:
        for other in _stated_same(referent, by_head):
            clusters.join(referent, other, stated=True)


def _stated_same(referent: Referent, by_head: dict[int, Referent]) -> Iterator[Referent]:
    token = referent.token
    if token.dep_ == "appos" and token.head.i in by_head and not children(token, "case"):
        yield by_head[token.head.i]
    if (
        token.dep_ in ("nmod:desc", "compound", "nmod", "flat")
        and referent.kind is MentionKind.NOMINAL
    ):
        other = by_head.get(token.head.i)
        if other is not None and token.i < token.head.i and other.name is not None:
            if other.phrase.mention.entity_kind is EntityKind.PERSON and referent.number != "Plur":
                yield other
    yield from _named_by(referent, by_head)
    copulas = children(token, "cop")
    if (
        copulas
        and copulas[0].lemma_ == "be"
        and not children(token, "case")
        and not _is_unreal(token)
    ):
        for subject in children(token, "nsubj"):
            if referent.definiteness is Definiteness.QUANTIFIED:
                continue
            if THING in referent.classes and referent.definiteness is not Definiteness.DEFINITE:
                continue
            if subject.i in by_head:
                yield by_head[subject.i]


def _named_by(referent: Referent, by_head: dict[int, Referent]) -> Iterator[Referent]:
    """The name in "the town of Qaim", "the ISIL group"."""
    if referent.kind is not MentionKind.NOMINAL or referent.is_new or referent.number == "Plur":
        return
    kinds = CLASS_OF.get(referent.lemma)
    if kinds is None:
        return
    for child in referent.token.children:
        other = by_head.get(child.i)
        if other is None or other.name is None or not kinds & other.classes:
            continue
        is_of = child.dep_ == "nmod" and [c.lower_ for c in children(child, "case")] == ["of"]
        if kinds == PLACE and is_of and not children(child, "conj"):
            yield other
        if (
            child.dep_ == "compound"
            and EntityKind.ORGANIZATION in kinds
            and referent.lemma in OF_NAME
        ):
            yield other


def _is_unreal(token: Token) -> bool:
    """Whether the predicate is denied, possible or asked for."""
    if any(c.lower_ in ("not", "n't", "never") for c in token.children):
        return True
    return any(
        c.lower_ in ("may", "might", "could", "would", "should") for c in children(token, "aux")
    )


def _link_headline(doc: Doc, referents: list[Referent], clusters: Clusters) -> None:
    """A headline's noun phrases, which have no articles, are told again at the story's start."""
    head = [r for r in referents if r.sentence == 0]
    if not head or head[0].token.sent.text.rstrip().endswith((".", "?", "!", "”", '"')):
        return
    lead = [r for r in referents if 0 < r.sentence <= LEAD]
    for one in head:
        if one.kind is not MentionKind.NOMINAL or one.definiteness is Definiteness.POSSESSIVE:
            continue
        for other in lead:
            if other.kind is not MentionKind.NOMINAL or not _same_noun(one, other):
                continue
            if (
                one.modifiers <= other.modifiers
                or one.modifiers & other.modifiers
                or not other.modifiers
            ):
                if clusters.join(one, other):
                    break


def _same_noun(one: Referent, other: Referent) -> bool:
    if one.lemma != other.lemma and one.noun.lower_ != other.noun.lower_:
        return False
    return one.number == other.number or None in (one.number, other.number)


def _link_owned(referents: list[Referent], clusters: Clusters) -> None:
    """ "his wife" and "her husband's ..." are compared by whose they are, once pronouns are known."""
    seen: list[tuple[Referent, Referent]] = []
    by_token = {r.token.i: r for r in referents}
    for referent in referents:
        if referent.definiteness is not Definiteness.POSSESSIVE:
            continue
        owner = next(
            (by_token[c.i] for c in children(referent.token, "nmod:poss") if c.i in by_token), None
        )
        if owner is None:
            continue
        for other, other_owner in reversed(seen):
            if not _same_noun(referent, other):
                continue
            same = clusters.together(owner, other_owner)
            if same and referent.modifiers <= other.modifiers | {"own"}:
                clusters.join(other, referent)
                break
            if (
                referent.lemma in KIN
                and referent.number == "Sing"
                and not clusters.both_named(owner, other_owner)
            ):
                clusters.join(other, referent)
                break
        seen.append((referent, owner))


def _link_nouns(referents: list[Referent], clusters: Clusters) -> None:
    """A noun phrase joins the nearest earlier one with its head word and nothing that tells them apart."""
    seen: list[Referent] = []
    for referent in referents:
        if referent.kind is MentionKind.NOMINAL:
            is_thing = THING in referent.classes
            for other in reversed(seen):
                if is_thing and referent.sentence - other.sentence > THING_REACH:
                    break
                if _takes_up(referent, other) and clusters.join(referent, other):
                    break
        if referent.kind is not MentionKind.PRONOUN:
            seen.append(referent)


def _takes_up(later: Referent, earlier: Referent) -> bool:
    """Whether a noun phrase takes up an earlier one by its head word."""
    if later.is_new:
        return False
    if earlier.name is not None:
        if later.number != "Plur" and earlier.key == later.key:
            return True
        if EntityKind.PERSON in earlier.classes:
            return (
                later.definiteness is Definiteness.DEFINITE
                and later.lemma in earlier.titles
                and later.modifiers <= earlier.titles
            )
        return (
            later.definiteness in (Definiteness.DEFINITE, Definiteness.DEMONSTRATIVE)
            and earlier.name.words[-1:] == (later.lemma,)
            and all(m in earlier.name.words for m in later.modifiers)
        )
    if later.lemma != earlier.lemma and later.key != earlier.key:
        return False
    if later.number and earlier.number and later.number != earlier.number:
        return False
    if THING in later.classes and later.definiteness not in TAKING_UP:
        return False
    if later.definiteness is Definiteness.BARE and later.key == earlier.key:
        return earlier.definiteness is Definiteness.BARE
    if later.definiteness is Definiteness.BARE:
        return earlier.definiteness is Definiteness.BARE and later.modifiers == earlier.modifiers
    if later.definiteness is Definiteness.POSSESSIVE:
        return earlier.definiteness is Definiteness.POSSESSIVE and later.key == earlier.key
    return later.modifiers <= earlier.modifiers


def _link_classes(referents: list[Referent], clusters: Clusters) -> None:
    """ "the group", "the country", "this village" join the nearest earlier thing of their class."""
    for referent in referents:
        kinds = WIDER.get(referent.lemma) or CLASS_OF.get(referent.lemma)
        if kinds is None or referent.kind is not MentionKind.NOMINAL or clusters.size(referent) > 1:
            continue
        if referent.definiteness not in (Definiteness.DEFINITE, Definiteness.DEMONSTRATIVE):
            continue
        if (
            referent.modifiers
            or referent.number == "Plur"
            or children(referent.token, "nmod", "acl:relcl")
        ):
            continue
        for other in reversed(referents[: referent.index]):
            if referent.sentence - other.sentence > CLASS_REACH:
                break
            if other.name is None or not kinds & other.classes:
                continue
            if (referent.lemma == "capital") != other.is_capital and referent.lemma == "capital":
                continue
            if kinds == PLACE and EntityKind.COUNTRY in other.classes:
                continue
            if clusters.join(referent, other):
                break


def _link_persons(referents: list[Referent], clusters: Clusters) -> None:
    """ "the woman", "the 41-year-old" join the nearest earlier person who can be one."""
    for referent in referents:
        if referent.kind is not MentionKind.NOMINAL or clusters.size(referent) > 1:
            continue
        if referent.definiteness not in (Definiteness.DEFINITE, Definiteness.DEMONSTRATIVE):
            continue
        if referent.lemma not in ANYBODY and not referent.lemma.endswith("-year-old"):
            continue
        if referent.number == "Plur" or children(referent.token, "nmod", "acl:relcl", "acl"):
            continue
        for other in reversed(referents[: referent.index]):
            if referent.sentence - other.sentence > CLASS_REACH:
                break
            if other.kind is MentionKind.PRONOUN or other.number == "Plur":
                continue
            if referent.lemma in YOUNG and not _is_young(other, clusters):
                continue
            if EntityKind.PERSON in other.classes and clusters.join(referent, other):
                break


def _is_young(referent: Referent, clusters: Clusters) -> bool:
    return any(member.lemma in YOUNG_KIN for member in clusters.members(referent))
