"""The signs that speak for or against a candidate, whose weights ``salience`` holds.

They are of four kinds: where the two stand (distance, roles, whose clause is in whose), how often
and how the candidate's thing was spoken of, what the language model says of its mentions with the
anaphor, and how two noun phrases are alike.
Source: Lappin & Leass (1994) and Hobbs (1978) for roles and clauses.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log

import numpy as np
from spacy.tokens import Token

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import Definiteness, Referent
from kg.extract.syntax import SUBJECTS, ancestors, children, first_conjunct, is_passive, subject_of
from kg.nlp.coreference import PairVectors
from kg.records import MentionKind

# The model's log-odds for a pair are cut off here.
SUREST = 12.0
# Where the model is quite sure that two words are one thing, or that they are not: one more then
# counts for more or less than between the two.
SURE = 4.0
UNLIKELY = -2.0
# How many sentences back a thing's mentions count as recent, and how many words count as far.
RECENT = 3
FAR = 60
# From how many steps on one more in the tree makes no difference.
DEEPEST = 4
# How many clauses around the pronoun's own are told apart.
CLAUSES = 3
BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate above an anaphor, and the word that is its understood subject."""

    predicate: int
    subject: int | None


@dataclass(frozen=True, slots=True)
class Signs:
    """Describes the candidates of one document's anaphors.

    ``quoted`` gives for each quoted word's index the number of its quotation, ``pairs`` what the
    language model says of pairs of words.
    """

    referents: Sequence[Referent]
    clusters: Clusters
    quoted: Mapping[int, int]
    pairs: PairVectors | None = None

    def describe(self, anaphor: Referent, candidates: Sequence[Referent]) -> list[dict[str, float]]:
        """The signs for and against each candidate.

        Args:
            anaphor: the pronoun or noun to resolve.
            candidates: what it could take up, the nearest first.
        """
        recent = [self._recent(anaphor, other) for other in candidates]
        pairs = self._pair_signs(anaphor, candidates, recent)
        found = []
        last = self._last_alike(anaphor)
        governors = frozenset(governor.i for _, governor in ancestors(anaphor.token))
        is_person = anaphor.gender is not None and anaphor.kind is MentionKind.PRONOUN
        clauses = list(_iter_clauses(anaphor.token)) if is_person else []
        for rank, other in enumerate(candidates):
            above = governors if other.sentence == anaphor.sentence else frozenset()
            signs = self._place(anaphor, other, rank=rank, governors=above)
            signs["last"] = float(last is not None and self.clusters.together(last, other))
            signs |= self._history(anaphor, other, recent[rank])
            signs |= pairs[rank]
            if anaphor.kind is MentionKind.NOMINAL:
                signs |= _likeness(anaphor, other)
            if is_person:
                signs |= dict.fromkeys(_clause_signs(anaphor, other, recent[rank], clauses), 1.0)
                signs |= self._naming(other)
            found.append(signs)
        return found

    def _last_alike(self, anaphor: Referent) -> Referent | None:
        """The nearest pronoun before the anaphor of its number and gender, if that is near."""
        for other in reversed(self.referents[: anaphor.index]):
            if anaphor.sentence - other.sentence > RECENT:
                break
            is_alike = (other.gender, other.number) == (anaphor.gender, anaphor.number)
            if is_alike and other.kind is MentionKind.PRONOUN:
                return other
        return None

    def _pair_signs(
        self,
        anaphor: Referent,
        candidates: Sequence[Referent],
        recent: Sequence[Sequence[Referent]],
    ) -> list[dict[str, float]]:
        """What the language model says of the anaphor with each candidate.

        That is of the candidate itself, of the best of its thing's recent mentions, and how far it
        is behind the best candidate. What the best counts for depends on how high it is and, for
        persons, on the pronoun's role and on the distance.
        """
        if self.pairs is None:
            return [{} for _ in candidates]
        known = [group or [other] for other, group in zip(candidates, recent, strict=True)]
        tokens = [m.token.i for group in known for m in group]
        scores = iter(np.clip(self.pairs.scores(anaphor.token.i, tokens), -SUREST, SUREST).tolist())
        by_mention = [{m.index: next(scores) for m in group} for group in known]
        bests = [max(group.values()) for group in by_mention]
        role = role_of(anaphor.token)
        found = []
        for other, group, best in zip(candidates, by_mention, bests, strict=True):
            signs = {
                "pair": group.get(other.index, best),
                "pair_best": best,
                "pair_behind": max(bests) - best,
            }
            if anaphor.gender and anaphor.kind is MentionKind.PRONOUN:
                distance = min(2, max(0, anaphor.sentence - other.sentence))
                signs[f"pair_{role}"] = signs[f"pair_{distance}"] = best
                signs["pair_sure"] = max(0.0, best - SURE)
                signs["pair_unlikely"] = min(0.0, best - UNLIKELY)
            found.append(signs)
        return found

    def _recent(self, anaphor: Referent, other: Referent) -> list[Referent]:
        """The mentions of the candidate's thing that stand shortly before the anaphor."""
        return [
            m
            for m in self.clusters.members(other)
            if m.index < anaphor.index and anaphor.sentence - m.sentence <= RECENT
        ]

    def _place(
        self, anaphor: Referent, other: Referent, *, rank: int, governors: Set[int]
    ) -> dict[str, float]:
        """Where the two stand; ``governors`` are the indexes of the words above the anaphor."""
        distance = min(3, anaphor.sentence - other.sentence)
        role, own_role = role_of(other.token), role_of(anaphor.token)
        apart = log(1 + min(FAR, abs(anaphor.token.i - other.token.i)))
        return {
            f"distance_{distance}": 1.0,
            f"role_{role}": 1.0,
            f"rank_{min(4, rank)}": 1.0,
            f"kind_{other.kind.value}": 1.0,
            f"{own_role}_{role}_{min(1, distance)}": 1.0,
            f"class_{other.class_name}": 1.0,
            f"below_{_steps_below(other.token, governors)}": 1.0,
            "tokens": apart,
            **dict.fromkeys(self._signs(anaphor, other, distance), 1.0),
        }

    def _history(
        self, pronoun: Referent, other: Referent, recent: Sequence[Referent]
    ) -> dict[str, float]:
        """How often the candidate's thing was spoken of, and how; ``recent`` are its mentions."""
        members = self.clusters.members(other)
        word = pronoun.token.lower_
        return {
            "mentions": log(1 + len(recent)),
            "all_mentions": log(1 + len(members)),
            "gender": float(any(m.gender == pronoun.gender for m in members if pronoun.gender)),
            "same_word": float(any(m.token.lower_ == word for m in recent)),
            "had_subject": float(any(role_of(m.token) == "subject" for m in recent)),
        }

    def _naming(self, other: Referent) -> dict[str, float]:
        """Whether the candidate's thing has a name, and whether it has nothing but pronouns."""
        members = self.clusters.members(other)
        return {
            "nameless": float(all(m.kind is MentionKind.PRONOUN for m in members)),
            "named": float(any(m.name is not None for m in members)),
        }

    def _signs(self, pronoun: Referent, other: Referent, distance: int) -> list[str]:
        """The signs that are there or not."""
        before = self.referents[other.index - 1] if other.index else None
        quotes = [self.quoted.get(r.token.i) for r in (pronoun, other)]
        signs = {
            "later": other.index > pronoun.index,
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


def _iter_clauses(token: Token) -> Iterator[Clause]:
    """The clauses that a word stands in, its own first."""
    found = 0
    for _, governor in ancestors(token):
        has_subject = any(c.dep_ in SUBJECTS for c in governor.children)
        if governor.pos_ not in ("VERB", "AUX") and not has_subject:
            continue
        subject = subject_of(governor)
        yield Clause(governor.i, subject[0].i if subject is not None else None)
        found += 1
        if found == CLAUSES:
            return


def _clause_signs(
    anaphor: Referent, other: Referent, recent: Sequence[Referent], clauses: Sequence[Clause]
) -> Iterator[str]:
    """The roles of the candidate's thing in the pronoun's clauses and in the sentence before."""
    own = role_of(anaphor.token)
    yield f"fine_{fine_role(other.token)}"
    near = [m for m in recent if m.sentence == anaphor.sentence]
    if other.index > anaphor.index:
        near = [other]
    words = {first_conjunct(m.token).i for m in near}
    heads = {first_conjunct(m.token).head.i for m in near}
    for depth, clause in enumerate(clauses):
        if clause.subject in words:
            yield f"{own}_in_clause_of_{depth}"
            if depth == 0 and any(c.lower_ == "own" for c in anaphor.token.head.children):
                yield "own"
            break
    else:
        for depth, clause in enumerate(clauses):
            if clause.predicate in heads:
                yield f"{own}_beside_{depth}"
                break
        else:
            yield f"{own}_apart" if near else f"{own}_outside"
    if any(
        m.sentence == anaphor.sentence - 1
        and m.token.dep_ in SUBJECTS
        and m.token.head.dep_ == "root"
        for m in recent
    ):
        yield f"{own}_main_subject_before"
    if _in_brackets(other.token) and not _in_brackets(anaphor.token):
        yield "bracketed"


def _in_brackets(token: Token) -> bool:
    """Whether a bracket is open before the word in its sentence."""
    return sum(BRACKETS.get(t.text, 0) for t in token.doc[token.sent.start : token.i]) > 0


def fine_role(token: Token) -> str:
    """The grammatical role of a mention's head, told more finely."""
    if token.dep_ in ("conj", "appos"):
        return token.dep_
    if token.dep_ in SUBJECTS:
        return "passive" if is_passive(token.head) else "subject"
    if token.dep_ in ("obj", "iobj"):
        return "object"
    if token.dep_ == "nmod:poss":
        return "possessive"
    if token.dep_ == "obl:agent" or (token.dep_ == "obl" and is_passive(token.head)):
        return "agent" if any(c.lower_ == "by" for c in children(token, "case")) else "oblique"
    return {"obl": "oblique", "nmod": "modifier", "root": "root"}.get(token.dep_, "other")


def _likeness(noun: Referent, other: Referent) -> dict[str, float]:
    """How a noun phrase and a candidate are alike in their words and kinds."""
    name = other.name
    signs = {
        "same_lemma": noun.lemma == other.lemma,
        "same_key": noun.key == other.key,
        "less_modified": noun.modifiers <= other.modifiers,
        "title_of": noun.lemma in other.titles,
        "word_of_name": name is not None and noun.lemma in name.words,
        "pointing": noun.is_pointing,
        "same_class": noun.class_name == other.class_name,
        "same_definiteness": noun.definiteness is other.definiteness,
        f"{noun.definiteness}_{other.definiteness}": True,
        f"own_class_{noun.class_name}": True,
        f"own_status_{noun.token._.information_status}": True,
        "bare_noun": not noun.modifiers,
    }
    return {key: 1.0 for key, holds in signs.items() if holds}


def role_of(token: Token) -> str:
    """The grammatical role of a mention's head, that of the first conjunct for all."""
    token = first_conjunct(token)
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ in ("obj", "iobj"):
        return "object"
    return "possessive" if token.dep_ == "nmod:poss" else "oblique"


def _steps_below(other: Token, governors: Set[int]) -> int:
    """How many steps in the tree part a candidate from a word above the anaphor, -1 for no such."""
    if not governors:
        return -1
    other = first_conjunct(other)
    if other.i in governors:
        return 0
    above = (n for n, (_, governor) in enumerate(ancestors(other), 1) if governor.i in governors)
    return min(DEEPEST, next(above, -1))


def _is_above(other: Token, pronoun: Token) -> bool:
    """Whether the other is the subject of a verb that governs the pronoun's clause from above."""
    if other.dep_ not in SUBJECTS:
        return False
    return any(governor.i == other.head.i for _, governor in ancestors(pronoun))


def _verb_above(token: Token) -> int:
    """The index of the nearest verb above a word."""
    return next((governor.i for _, governor in ancestors(token) if governor.pos_ == "VERB"), -1)
