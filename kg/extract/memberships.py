"""Who serves, leads or is part of a body, or one of a group, by the words of the text.

"A commander for the SDF", "the ministry's spokesman", "Hamas fighters"; "the allies include Chad".
ACE calls the first three an organisation affiliation. What is denied, past or only suspected is
left out, and so is the people of a country ("Turkish troops"), which an entity's country says.
"""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.mentions import Phrase, PhraseTable
from kg.extract.syntax import case_of, children
from kg.records import EntityKind, Membership, MentionKind, Relation, Span
from kg.words import word_set

# Who serves, leads or makes up what is named with them.
MEMBERS: Final = word_set(
    "member commander fighter militant soldier troop troops officer leader head chief "
    "president chairman chairwoman director secretary spokesman spokeswoman spokesperson official "
    "envoy representative delegate delegation negotiator minister governor mayor deputy "
    "ambassador diplomat lawmaker senator wing branch faction cell unit battalion brigade squad "
    "agent employee staff staffer worker guard policeman policewoman detective gunman rebel "
    "insurgent guerrilla jihadist recruit cadre force forces player coach striker founder "
    "manager executive ceo analyst general colonel captain judge prosecutor pilot"
)
_AFTER: Final = frozenset({"of", "for", "from", "with", "at"})
# Words that take back what the noun says, or leave it open.
_TAKEN_BACK: Final = word_set(
    "former ex past onetime erstwhile late suspected alleged purported accused would-be "
    "prospective potential fake no not never"
)
_INCLUDING: Final = frozenset({"include", "comprise"})
# What a hyphen joins to who stands behind somebody: "US-backed forces".
_BACKED: Final = word_set("backed supported funded financed sponsored armed")
BACKED_BY: Final = "backed_by"
INCLUDED_IN_GROUP: Final = "included_in_group"
# By how much each rule is to be trusted.
_SCORES: Final = {
    "body_after_member": 0.8,
    "body_before_member": 0.8,
    "body_owns_member": 0.75,
    INCLUDED_IN_GROUP: 0.7,
    BACKED_BY: 0.8,
}


def find_memberships(doc: Doc, table: PhraseTable, article_id: str) -> tuple[Membership, ...]:
    """The memberships that the text states, between mentions, each once, in text order.

    Whether the mentions are somebody and a body is not looked at: a pronoun does not tell.
    """
    found: dict[tuple[str, str], Membership] = {}
    for token in doc:
        for member, body, rule in _iter_pairs(token, table):
            one, other = member.mention, body.mention
            if one.id == other.id or one.kind is MentionKind.PRONOUN:
                continue
            span = Span(
                article_id=article_id,
                start=min(one.span.start, other.span.start),
                end=max(one.span.end, other.span.end),
            )
            found.setdefault(
                (one.id, other.id),
                Membership(
                    member=one.id,
                    body=other.id,
                    span=span,
                    rule=rule,
                    score=_SCORES[rule],
                    relation=Relation.SUPPORTED if rule == BACKED_BY else Relation.MEMBER,
                ),
            )
    return tuple(found.values())


def _iter_pairs(token: Token, table: PhraseTable) -> Iterator[tuple[Phrase, Phrase, str]]:
    """(member, body, rule) of what the word states."""
    if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in MEMBERS:
        member = table.at(token) or _titled(token, table)
        if member is not None and not _is_taken_back(token):
            for body, rule in _iter_bodies(token, table):
                yield member, body, rule
    if (backer := _backer(token, table)) and (backed := table.at(token.head)):
        yield backed, backer, BACKED_BY
    if token.lemma_ in _INCLUDING or token.lower_ == "including":
        for group, part in _iter_parts(token):
            whole, one = table.at(group), table.at(part)
            if whole is not None and one is not None:
                yield one, whole, INCLUDED_IN_GROUP


def _backer(word: Token, table: PhraseTable) -> Phrase | None:
    """Who stands behind: the name that a hyphen joins to "backed"."""
    if word.lower_ not in _BACKED or word.i < word.sent.start + 2 or word.nbor(-1).text != "-":
        return None
    return table.at(word.nbor(-2))


def _titled(title: Token, table: PhraseTable) -> Phrase | None:
    """The person whose name the title stands before."""
    named = table.at(title.head) if title.dep_ in ("nmod:desc", "compound") else None
    is_person = named is not None and named.mention.entity_kind is EntityKind.PERSON
    is_name = named is not None and named.mention.kind is MentionKind.NAME
    return named if is_person and is_name else None


def _is_taken_back(noun: Token) -> bool:
    words = [noun, *noun.children]
    hyphened = (w.lower_.partition("-")[0] for w in words)
    return any(w.lower_ in _TAKEN_BACK for w in words) or "ex" in hyphened


def _iter_bodies(noun: Token, table: PhraseTable) -> Iterator[tuple[Phrase, str]]:
    for child in noun.children:
        rule = _rule(child, noun)
        if rule is not None:
            for named in (child, *children(child, "conj")):
                if (body := table.at(named)) is not None:
                    yield body, rule


def _rule(child: Token, noun: Token) -> str | None:
    if child.dep_ == "nmod" and child.i > noun.i and case_of(child) in _AFTER:
        return "body_after_member"
    if child.dep_ == "nmod:poss":
        return "body_owns_member"
    is_before = child.dep_ in ("compound", "nmod", "nmod:desc") and child.i < noun.i
    return "body_before_member" if is_before and not children(child, "case") else None


def _iter_parts(word: Token) -> Iterator[tuple[Token, Token]]:
    """(group, part) of "the allies include A and B" and of "the allies, including A and B"."""
    if word.dep_ == "case":
        firsts, groups = [word.head], [word.head.head]
    elif word.pos_ == "VERB" and not children(word, "aux", "advmod"):
        firsts, groups = children(word, "obj"), children(word, "nsubj")
    else:
        return
    for group in groups:
        for first in firsts:
            if group.i < first.i and group.morph.get("Number", []) == ["Plur"]:
                yield from ((group, part) for part in (first, *children(first, "conj")))
