"""Sieves for noun phrases: by head word, by the class of thing that they name, by owner."""

from collections.abc import Iterator, Sequence

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.names import Name, head_words
from kg.extract.coref.referents import Definiteness, Referent
from kg.extract.coref.vocabulary import ANYBODY, KIN, KINDS_OF_NOUN, PLACE, YOUNG, YOUNG_KIN
from kg.extract.syntax import children
from kg.records import EntityKind, MentionKind

# How many sentences back a noun of another word finds what it takes up. Of 1-8, best on the
# training articles; more finds more and mistakes more.
CLASS_REACH = 3
# The same for a noun that names a thing; nouns for people and places look back to the start.
THING_REACH = 8
# Up to which sentence a story tells again what its headline told.
LEAD = 4
CLOSINGS = (".", "?", "!", '"', "\u201d")


def link_headline(referents: Sequence[Referent], clusters: Clusters) -> None:
    """A headline's noun phrases, which have no articles, are told again at the story's start."""
    head = [r for r in referents if r.sentence == 0]
    if not head or head[0].token.sent.text.rstrip().endswith(CLOSINGS):
        return
    lead = [r for r in referents if 0 < r.sentence <= LEAD and r.kind is MentionKind.NOMINAL]
    for one in head:
        if one.kind is not MentionKind.NOMINAL or one.definiteness is Definiteness.POSSESSIVE:
            continue
        for other in lead:
            if _is_told_again(one, other) and clusters.join(one, other):
                break


def _is_told_again(one: Referent, other: Referent) -> bool:
    if not _same_noun(one, other) or (one.is_new and other.is_new and one.key != other.key):
        return False
    shared = one.modifiers & other.modifiers
    return bool(shared) or not one.modifiers or not other.modifiers


def _same_noun(one: Referent, other: Referent) -> bool:
    if one.lemma != other.lemma and one.noun.lower_ != other.noun.lower_:
        return False
    return one.number == other.number or None in (one.number, other.number)


def link_nouns(referents: Sequence[Referent], clusters: Clusters) -> None:
    """A noun phrase joins the nearest earlier one with its head word that nothing tells apart."""
    seen: list[Referent] = []
    for referent in referents:
        if referent.kind is MentionKind.NOMINAL and not referent.is_new:
            for other in reversed(seen):
                if referent.is_thing and referent.sentence - other.sentence > THING_REACH:
                    break
                if _takes_up(referent, other) and clusters.join(referent, other):
                    break
        if referent.kind is not MentionKind.PRONOUN:
            seen.append(referent)


def _takes_up(later: Referent, earlier: Referent) -> bool:
    """Whether a noun phrase takes up an earlier phrase by its head word."""
    if earlier.name is not None:
        return _takes_up_name(later, earlier, earlier.name)
    if not _same_noun(later, earlier) and later.key != earlier.key:
        return False
    match later.definiteness:
        case Definiteness.BARE:
            # "civilians" and "civilians"; a thing without article is spoken of in general.
            is_alike = later.key == earlier.key or later.modifiers == earlier.modifiers
            return earlier.definiteness is Definiteness.BARE and is_alike and not later.is_thing
        case Definiteness.POSSESSIVE:
            return later.key == earlier.key and earlier.definiteness is Definiteness.POSSESSIVE
        case _:
            return later.key == earlier.key or later.modifiers <= earlier.modifiers


def _takes_up_name(later: Referent, earlier: Referent, name: Name) -> bool:
    """Whether a noun phrase is the name in small letters, its last word, or its bearer's title."""
    if later.key == earlier.key and later.number != "Plur":
        return True
    if earlier.is_person:
        is_title = later.lemma in earlier.titles and later.modifiers <= earlier.titles
        return is_title and later.definiteness is Definiteness.DEFINITE
    is_head = head_words(name)[-1:] == (later.lemma,)
    return later.is_pointing and is_head and later.modifiers <= set(name.words)


def link_classes(referents: Sequence[Referent], clusters: Clusters) -> None:
    """A pointing noun joins the nearest earlier name of its class: "the group", "this village"."""
    for referent in _iter_pointing(referents, clusters):
        kinds = KINDS_OF_NOUN.get(referent.lemma)
        if kinds is None or referent.modifiers:
            continue
        for other in reversed(referents[: referent.index]):
            if referent.sentence - other.sentence > CLASS_REACH and referent.lemma != "capital":
                break
            if _is_of_kind(other, referent, kinds) and clusters.join(referent, other):
                break


def _is_of_kind(name: Referent, noun: Referent, kinds: frozenset[EntityKind]) -> bool:
    if name.name is None or not kinds & name.classes:
        return False
    if noun.lemma == "capital" and not name.is_capital:
        return False
    return kinds != PLACE or EntityKind.COUNTRY not in name.classes


def link_persons(referents: Sequence[Referent], clusters: Clusters) -> None:
    """Nouns for anybody join the nearest earlier person: "the woman", "the 41-year-old"."""
    for referent in _iter_pointing(referents, clusters):
        if referent.lemma not in ANYBODY and not referent.lemma.endswith("-year-old"):
            continue
        for other in reversed(referents[: referent.index]):
            if referent.sentence - other.sentence > CLASS_REACH:
                break
            if _can_be_anybody(other, referent, clusters) and clusters.join(referent, other):
                break


def _can_be_anybody(person: Referent, noun: Referent, clusters: Clusters) -> bool:
    if person.kind is MentionKind.PRONOUN or person.number == "Plur" or not person.is_person:
        return False
    return noun.lemma not in YOUNG or any(m.lemma in YOUNG_KIN for m in clusters.members(person))


def _iter_pointing(referents: Sequence[Referent], clusters: Clusters) -> Iterator[Referent]:
    """The singular noun phrases that point back, are not described further, and still alone."""
    for referent in referents:
        if referent.kind is not MentionKind.NOMINAL or not referent.is_pointing:
            continue
        if referent.number == "Plur" or children(referent.token, "nmod", "acl:relcl", "acl"):
            continue
        if clusters.size(referent) == 1:
            yield referent


def link_owned(referents: Sequence[Referent], clusters: Clusters) -> None:
    """What one owner has is one thing: "his wife" and "Smith's wife", once pronouns are known."""
    seen: list[tuple[Referent, Referent]] = []
    by_token = {r.token.i: r for r in referents}
    for referent in referents:
        owners = [by_token[c.i] for c in children(referent.token, "nmod:poss") if c.i in by_token]
        if not owners or referent.definiteness is not Definiteness.POSSESSIVE:
            continue
        for other, owner in reversed(seen):
            if _same_noun(referent, other) and _same_owner(
                referent, other, (owners[0], owner), clusters
            ):
                clusters.join(other, referent)
                break
        seen.append((referent, owners[0]))


def _same_owner(
    one: Referent, other: Referent, owners: tuple[Referent, Referent], clusters: Clusters
) -> bool:
    if clusters.together(*owners):
        return one.modifiers <= other.modifiers | {"own"}
    return one.lemma in KIN and one.number == "Sing" and not clusters.both_named(*owners)
