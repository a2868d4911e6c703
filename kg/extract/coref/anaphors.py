"""What pronouns and pointing nouns refer to: candidates that agree, ranked by learnt weights.

The language model's score of a pair of words is one sign for a candidate beside closeness, role and
frequency. Third persons look back a few sentences. An anaphor refers forward only from a
fronted phrase to the subject, and never, unless it is reflexive, to another argument of its own
verb, nor to a phrase that it is part of, nor to who says "I" beside it.
Source: Lappin & Leass (1994) for salience, Chomsky's principles A and B for binding.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import log

import numpy as np
from spacy.tokens import Doc, Token

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import Definiteness, Referent
from kg.extract.coref.salience import WEIGHTS
from kg.extract.coref.speakers import link_speakers
from kg.extract.coref.vocabulary import BY_SPEAKER, DEMONSTRATIVE, FIRST, IT, REFLEXIVE, THEY
from kg.extract.quotations import quoted_tokens
from kg.extract.syntax import SUBJECTS, ancestors, children, first_conjunct, subject_of
from kg.nlp.coreference import PairVectors
from kg.records import MentionKind

# How many sentences back each kind of anaphor looks; of 1-6 for pronouns, best on the training
# articles.
REACH = {"person": 4, "they": 3, "it": 2, "this": 2, "noun": 8}
# The model's log-odds for a pair are cut off here.
SUREST = 12.0
# How many sentences back a thing's mentions count as recent, and how many words count as far.
RECENT = 3
FAR = 60
# From how many steps on one more in the tree makes no difference.
DEEPEST = 4
CLAUSES = frozenset({"csubj", "ccomp", "csubj:pass", "csubj:outer"})
# Verbs whose "it" is nobody's: with a clause as complement, and always.
IMPERSONAL = frozenset({"seem", "appear", "happen", "say", "believe", "report", "think"})
WEATHER = frozenset({"rain", "snow", "seem", "appear", "turn"})
ARGUMENTS = SUBJECTS | {"obj", "iobj", "obl", "obl:agent"}
WITHIN = frozenset({"nmod:poss", "nmod", "compound", "amod", "det", "nmod:desc", "appos"})


def link_anaphors(doc: Doc, referents: Sequence[Referent], clusters: Clusters) -> None:
    """Join every pronoun and pointing noun whose referent can be told."""
    quoted = quoted_tokens(doc)
    link_speakers(doc, referents, clusters, quoted)
    resolver = Resolver(referents, clusters, quoted, doc._.pair_vectors)
    for referent in referents:
        if resolver.is_to_resolve(referent):
            resolver.link(referent)


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the third-person pronouns and pointing nouns of one document, in text order.

    ``quoted`` gives for each quoted word's index the number of its quotation, ``pairs`` what the
    language model says of pairs of words.
    """

    referents: Sequence[Referent]
    clusters: Clusters
    quoted: Mapping[int, int]
    pairs: PairVectors | None = None
    by_token: Mapping[int, Referent] = field(init=False)
    predicates: Mapping[int, int] = field(init=False)
    around: dict[int, frozenset[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the referents by the words that head them, and the predicates that govern these."""
        object.__setattr__(self, "by_token", {r.token.i: r for r in self.referents})
        predicates = ((r.token.i, _predicate_of(r.token)) for r in self.referents)
        object.__setattr__(self, "predicates", {i: verb.i for i, verb in predicates if verb})

    def is_to_resolve(self, referent: Referent) -> bool:
        """Whether it can take up something: a pronoun, or a noun that no rule has joined."""
        word = referent.token.lower_
        if referent.kind is MentionKind.PRONOUN:
            return word not in BY_SPEAKER and not (word in IT and is_pleonastic(referent.token))
        if referent.kind is not MentionKind.NOMINAL or referent.is_new:
            return False
        members = self.clusters.members(referent)
        return members[0] is referent and referent.definiteness is not Definiteness.BARE

    def link(self, anaphor: Referent) -> None:
        """Join an anaphor to its best candidate, if that is better than none."""
        if self.link_reflexive(anaphor):
            return
        weights = WEIGHTS[group_of(anaphor)]
        best, best_score = None, weights["none"]
        candidates = self.candidates(anaphor)
        for other, signs in zip(candidates, self.describe(anaphor, candidates), strict=True):
            score = sum(weights.get(name, 0.0) * value for name, value in signs.items())
            if score > best_score:
                best, best_score = other, score
        if best is not None:
            self.clusters.join(best, anaphor)

    def link_reflexive(self, pronoun: Referent) -> bool:
        """Join a reflexive to its clause's subject, or to the noun that it stresses."""
        token = pronoun.token
        if token.lower_ not in REFLEXIVE:
            return False
        nouns = ("NOUN", "PROPN", "PRON")
        if token.head.i in self.by_token and token.head.pos_ in nouns and token.dep_ != "conj":
            return self.clusters.join(self.by_token[token.head.i], pronoun)
        for verb in (token.head, token.head.head):
            subject = subject_of(verb)
            if subject is not None and subject[0].i in self.by_token:
                return self.clusters.join(self.by_token[subject[0].i], pronoun)
        return False

    def candidates(self, pronoun: Referent) -> list[Referent]:
        """What an anaphor could take up: the last mention of each thing, the nearest first.

        Before these comes the subject that a fronted phrase looks ahead to: "In his speech, Smith
        said".
        """
        found = list(self._iter_later_subjects(pronoun))
        known = {self.clusters.number(other) for other in found}
        first = pronoun.sentence - REACH[group_of(pronoun)]
        for index in range(pronoun.index - 1, -1, -1):
            other = self.referents[index]
            if other.sentence < first:
                break
            number = self.clusters.number(other)
            if number not in known and self._is_allowed(pronoun, other):
                found.append(other)
                known.add(number)
        return found

    def _iter_later_subjects(self, pronoun: Referent) -> Iterator[Referent]:
        if pronoun.kind is not MentionKind.PRONOUN:
            return
        for _, governor in ancestors(pronoun.token):
            subject = subject_of(governor)
            if subject is not None and subject[0].i > pronoun.token.i:
                later = self.by_token.get(subject[0].i)
                if later is not None and self._is_allowed(pronoun, later):
                    yield later

    def _is_allowed(self, pronoun: Referent, other: Referent) -> bool:
        if other.kind is MentionKind.PRONOUN and other.token.lower_ in BY_SPEAKER:
            return False
        verb = self.predicates.get(pronoun.token.i)
        if verb is not None and verb == self.predicates.get(other.token.i):
            # Only a reflexive is the same as another argument of its predicate.
            return False
        if other.token.i in self.phrases_around(pronoun):
            return False
        if self._speaks_itself(pronoun, other) or self._owners_clash(pronoun, other):
            return False
        return self.clusters.can_join(pronoun, other)

    def _owners_clash(self, noun: Referent, other: Referent) -> bool:
        """Whether the two phrases have owners not known to be one: "his son", "Ann's son"."""
        ours = self._owner(noun)
        theirs = self._owner(other) if ours is not None else None
        return ours is not None and theirs is not None and not self.clusters.together(ours, theirs)

    def _owner(self, noun: Referent) -> Referent | None:
        if noun.definiteness is not Definiteness.POSSESSIVE:
            return None
        owners = (self.by_token.get(c.i) for c in children(noun.token, "nmod:poss"))
        return next((owner for owner in owners if owner is not None), None)

    def phrases_around(self, anaphor: Referent) -> frozenset[int]:
        """The heads of the phrases that an anaphor stands in: "mother" of "his mother"."""
        known = self.around.get(anaphor.index)
        if known is None:
            heads, at = set(), anaphor.token
            while at.dep_ in WITHIN and at.head.i != at.i:
                at = at.head
                heads.add(at.i)
            known = self.around[anaphor.index] = frozenset(heads)
        return known

    def _speaks_itself(self, pronoun: Referent, other: Referent) -> bool:
        """Whether the candidate says "I" in the pronoun's own quotation, so it is another's."""
        quote = self.quoted.get(pronoun.token.i)
        return quote is not None and any(
            self.quoted.get(member.token.i) == quote and member.token.lower_ in FIRST
            for member in self.clusters.members(other)
        )

    def describe(self, anaphor: Referent, candidates: Sequence[Referent]) -> list[dict[str, float]]:
        """The signs for and against each candidate, whose weights ``salience`` holds.

        Args:
            anaphor: the pronoun or noun to resolve.
            candidates: what it could take up, the nearest first.
        """
        recent = [self._recent(anaphor, other) for other in candidates]
        pairs = self._pair_signs(anaphor, candidates, recent)
        found = []
        last = self._last_alike(anaphor)
        governors = frozenset(governor.i for _, governor in ancestors(anaphor.token))
        for rank, other in enumerate(candidates):
            above = governors if other.sentence == anaphor.sentence else frozenset()
            signs = self._place(anaphor, other, rank=rank, governors=above)
            signs["last"] = float(last is not None and self.clusters.together(last, other))
            signs |= self._history(anaphor, other, recent[rank])
            signs |= pairs[rank]
            if anaphor.kind is MentionKind.NOMINAL:
                signs |= _likeness(anaphor, other)
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
        is behind the best candidate.
        """
        if self.pairs is None:
            return [{} for _ in candidates]
        known = [group or [other] for other, group in zip(candidates, recent, strict=True)]
        tokens = [m.token.i for group in known for m in group]
        scores = iter(np.clip(self.pairs.scores(anaphor.token.i, tokens), -SUREST, SUREST).tolist())
        by_mention = [{m.index: next(scores) for m in group} for group in known]
        bests = [max(group.values()) for group in by_mention]
        return [
            {
                "pair": group.get(other.index, best),
                "pair_best": best,
                "pair_behind": max(bests) - best,
            }
            for other, group, best in zip(candidates, by_mention, bests, strict=True)
        ]

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


def group_of(anaphor: Referent) -> str:
    """Which of the tables of weights is for an anaphor."""
    if anaphor.kind is not MentionKind.PRONOUN:
        return "noun"
    word = anaphor.token.lower_
    if word in DEMONSTRATIVE:
        return "this"
    return "they" if word in THEY else "it" if word in IT else "person"


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


def is_pleonastic(token: Token) -> bool:
    """Whether "it" refers to nothing: "it is likely that", "it rained"."""
    head = token.head
    if token.dep_ == "expl" or (token.dep_ in SUBJECTS and head.lemma_ in WEATHER):
        return True
    if token.dep_ not in SUBJECTS or not any(c.dep_ in CLAUSES for c in head.children):
        return False
    return head.pos_ in ("ADJ", "NOUN") or head.lemma_ in IMPERSONAL


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


def _predicate_of(token: Token) -> Token | None:
    """The predicate that a word is an argument of, or is coordinated with one of."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    return token.head if token.dep_ in ARGUMENTS else None
