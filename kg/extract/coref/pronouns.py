"""What pronouns refer to: candidates that agree, ranked by closeness, role and frequency.

Third persons look back a few sentences. A pronoun never refers forward, nor, unless it is
reflexive, to another argument of its own verb, nor to a phrase that it is part of, nor to
who says "I" beside it.
Source: Lappin & Leass (1994) for salience, Chomsky's principles A and B for binding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from spacy.tokens import Doc, Token

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import Definiteness, Referent
from kg.extract.coref.salience import WEIGHTS
from kg.extract.coref.speakers import link_speakers
from kg.extract.coref.vocabulary import BY_SPEAKER, FIRST, IT, REFLEXIVE, THEY
from kg.extract.quotations import quoted_tokens
from kg.extract.syntax import SUBJECTS, ancestors, first_conjunct, subject_of
from kg.records import MentionKind

# How many sentences back each kind of pronoun looks; of 1-6, best on the training articles.
REACH = {"person": 4, "they": 3, "it": 2}
# How many sentences back a thing's mentions count as recent, and how many words count as far.
RECENT = 3
FAR = 60
CLAUSES = frozenset({"csubj", "ccomp", "csubj:pass", "csubj:outer"})
# Verbs whose "it" is nobody's: with a clause as complement, and always.
IMPERSONAL = frozenset({"seem", "appear", "happen", "say", "believe", "report", "think"})
WEATHER = frozenset({"rain", "snow", "seem", "appear", "turn"})
WITHIN = frozenset({"nmod:poss", "nmod", "compound", "amod", "det", "nmod:desc", "appos"})


def link_pronouns(doc: Doc, referents: Sequence[Referent], clusters: Clusters) -> None:
    """Join every pronoun whose referent can be told."""
    quoted = quoted_tokens(doc)
    link_speakers(doc, referents, clusters, quoted)
    resolver = Resolver(referents, clusters, quoted)
    for referent in referents:
        if referent.kind is MentionKind.PRONOUN and referent.token.lower_ not in BY_SPEAKER:
            resolver.link(referent)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the third-person pronouns of one document, in text order.

    ``quoted`` gives for each quoted word's index the number of its quotation.
    """

    referents: Sequence[Referent]
    clusters: Clusters
    quoted: Mapping[int, int]

    def link(self, pronoun: Referent) -> None:
        """Join a pronoun to its best candidate, if that is better than none."""
        if pronoun.token.lower_ in IT and is_pleonastic(pronoun.token):
            return
        if self.link_reflexive(pronoun):
            return
        weights = WEIGHTS[group_of(pronoun)]
        best, best_score = None, weights["none"]
        for rank, other in enumerate(self.candidates(pronoun)):
            signs = self.describe(pronoun, other, rank)
            score = sum(weights.get(name, 0.0) * value for name, value in signs.items())
            if score > best_score:
                best, best_score = other, score
        if best is not None:
            self.clusters.join(best, pronoun)

    def link_reflexive(self, pronoun: Referent) -> bool:
        """Join a reflexive to its clause's subject, or to the noun that it stresses."""
        token = pronoun.token
        if token.lower_ not in REFLEXIVE:
            return False
        by_token = {r.token.i: r for r in self.referents}
        nouns = ("NOUN", "PROPN", "PRON")
        if token.head.i in by_token and token.head.pos_ in nouns and token.dep_ != "conj":
            return self.clusters.join(by_token[token.head.i], pronoun)
        for verb in (token.head, token.head.head):
            subject = subject_of(verb)
            if subject is not None and subject[0].i in by_token:
                return self.clusters.join(by_token[subject[0].i], pronoun)
        return False

    def candidates(self, pronoun: Referent) -> list[Referent]:
        """What a pronoun could take up: the last mention of each thing, the nearest first."""
        found: list[Referent] = []
        for other in reversed(self.referents[: pronoun.index]):
            if pronoun.sentence - other.sentence > REACH[group_of(pronoun)]:
                break
            is_known = any(self.clusters.together(other, known) for known in found)
            if not is_known and self._is_allowed(pronoun, other):
                found.append(other)
        return found

    def _is_allowed(self, pronoun: Referent, other: Referent) -> bool:
        if other.kind is MentionKind.PRONOUN and other.token.lower_ in BY_SPEAKER:
            return False
        if _are_arguments_of_one(pronoun.token, other.token) or _is_within(
            pronoun.token, other.token
        ):
            return False
        return not self._speaks_itself(pronoun, other) and self.clusters.can_join(pronoun, other)

    def _speaks_itself(self, pronoun: Referent, other: Referent) -> bool:
        """Whether the candidate says "I" in the pronoun's own quotation, so it is another's."""
        quote = self.quoted.get(pronoun.token.i)
        return quote is not None and any(
            self.quoted.get(member.token.i) == quote and member.token.lower_ in FIRST
            for member in self.clusters.members(other)
        )

    def describe(self, pronoun: Referent, other: Referent, rank: int) -> dict[str, float]:
        """The signs for and against a candidate, whose weights ``salience`` holds.

        Args:
            pronoun: the pronoun to resolve.
            other: the candidate.
            rank: how many nearer candidates there are.
        """
        distance = min(3, pronoun.sentence - other.sentence)
        role, own_role = role_of(other.token), role_of(pronoun.token)
        apart = log(1 + min(FAR, abs(pronoun.token.i - other.token.i)))
        return {
            f"distance_{distance}": 1.0,
            f"role_{role}": 1.0,
            f"rank_{min(4, rank)}": 1.0,
            f"kind_{other.kind.value}": 1.0,
            f"{own_role}_{role}_{min(1, distance)}": 1.0,
            f"class_{other.class_name}": 1.0,
            "tokens": apart,
            **self._history(pronoun, other),
            **dict.fromkeys(self._signs(pronoun, other, distance), 1.0),
        }

    def _history(self, pronoun: Referent, other: Referent) -> dict[str, float]:
        """How often the candidate's thing was spoken of, and how."""
        members = self.clusters.members(other)
        recent = [
            m
            for m in members
            if m.index < pronoun.index and pronoun.sentence - m.sentence <= RECENT
        ]
        word = pronoun.token.lower_
        return {
            "mentions": log(1 + len(recent)),
            "all_mentions": log(1 + len(members)),
            "gender": float(any(m.gender == pronoun.gender for m in members if pronoun.gender)),
            "same_word": float(any(m.token.lower_ == word for m in recent)),
            "had_subject": float(any(role_of(m.token) == "subject" for m in recent)),
        }

    def _signs(self, pronoun: Referent, other: Referent, distance: int) -> list[str]:
        """The signs that are there or not."""
        before = self.referents[other.index - 1] if other.index else None
        quotes = [self.quoted.get(r.token.i) for r in (pronoun, other)]
        signs = {
            "number_differs": pronoun.number == "Plur" and other.number == "Sing",
            "is_new": other.is_new,
            "bare": other.definiteness is Definiteness.BARE,
            "quote_differs": quotes[0] != quotes[1],
            "above": distance == 0 and _is_above(other.token, pronoun.token),
            "first": before is None or before.sentence != other.sentence,
            "in_list": other.token.dep_ == "conj",
            "owner_of_argument": role_of(pronoun.token) == "possessive"
            and _verb_above(pronoun.token) == _verb_above(other.token),
        }
        return [name for name, holds in signs.items() if holds]


def group_of(pronoun: Referent) -> str:
    """Which of the tables of weights is for a pronoun."""
    word = pronoun.token.lower_
    return "they" if word in THEY else "it" if word in IT else "person"


def role_of(token: Token) -> str:
    """The grammatical role of a mention's head, that of the first conjunct for all."""
    token = first_conjunct(token)
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ in ("obj", "iobj"):
        return "object"
    return "possessive" if token.dep_ == "nmod:poss" else "oblique"


def is_pleonastic(token: Token) -> bool:
    """Whether "it" refers to nothing: "it is likely that", "it rained"."""
    head = token.head
    if token.dep_ == "expl" or (token.dep_ in SUBJECTS and head.lemma_ in WEATHER):
        return True
    if token.dep_ not in SUBJECTS or not any(c.dep_ in CLAUSES for c in head.children):
        return False
    return head.pos_ in ("ADJ", "NOUN") or head.lemma_ in IMPERSONAL


def _is_above(other: Token, pronoun: Token) -> bool:
    """Whether the other is the subject of a verb that governs the pronoun's clause from above."""
    if other.dep_ not in SUBJECTS:
        return False
    return any(governor.i == other.head.i for _, governor in ancestors(pronoun))


def _verb_above(token: Token) -> int:
    """The index of the nearest verb above a word."""
    return next((governor.i for _, governor in ancestors(token) if governor.pos_ == "VERB"), -1)


def _are_arguments_of_one(one: Token, other: Token) -> bool:
    """Whether one predicate governs both, so that only a reflexive could be the other."""
    verb, other_verb = _predicate_of(one), _predicate_of(other)
    return verb is not None and other_verb is not None and verb.i == other_verb.i


def _predicate_of(token: Token) -> Token | None:
    """The predicate that a word is an argument of, or is coordinated with one of."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    is_argument = token.dep_ in (*SUBJECTS, "obj", "iobj", "obl", "obl:agent")
    return token.head if is_argument else None


def _is_within(pronoun: Token, other: Token) -> bool:
    """Whether the pronoun stands inside the other's own phrase: "his" in "his mother"."""
    at = pronoun
    while at.dep_ in WITHIN and at.head.i != at.i:
        at = at.head
        if at.i == other.i:
            return True
    return False
