"""What pronouns and pointing nouns refer to: candidates that agree, ranked by learnt weights.

The language model's score of a pair of words is one sign for a candidate beside closeness, role and
frequency. Third persons look back a few sentences. An anaphor refers forward only from a
fronted phrase to the subject, and never, unless it is reflexive, to another argument of its own
verb, nor to a phrase that it is part of, nor to who says "I" beside it.
Source: Lappin & Leass (1994) for salience, Chomsky's principles A and B for binding.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import Definiteness, Referent
from kg.extract.coref.salience import WEIGHTS
from kg.extract.coref.signs import Signs
from kg.extract.coref.vocabulary import BY_SPEAKER, DEMONSTRATIVE, FIRST, IT, REFLEXIVE, THEY
from kg.extract.syntax import SUBJECTS, ancestors, children, subject_of
from kg.records import MentionKind

# How many sentences back each kind of anaphor looks; of 1-6 for pronouns, best on the training
# articles.
REACH = {"person": 4, "they": 3, "it": 2, "this": 2, "noun": 8}
CLAUSES = frozenset({"csubj", "ccomp", "csubj:pass", "csubj:outer"})
# Verbs whose "it" is nobody's: with a clause as complement, and always.
IMPERSONAL = frozenset({"seem", "appear", "happen", "say", "believe", "report", "think"})
WEATHER = frozenset({"rain", "snow", "seem", "appear", "turn"})
ARGUMENTS = SUBJECTS | {"obj", "iobj", "obl", "obl:agent"}
WITHIN = frozenset({"nmod:poss", "nmod", "compound", "amod", "det", "nmod:desc", "appos"})


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves the third-person pronouns and pointing nouns of one document, in text order.

    ``signs`` describes the candidates; whose they are, and what else it knows of the document, is
    taken from there.
    """

    signs: Signs
    referents: Sequence[Referent] = field(init=False)
    clusters: Clusters = field(init=False)
    quoted: Mapping[int, int] = field(init=False)
    by_token: Mapping[int, Referent] = field(init=False)
    predicates: Mapping[int, int] = field(init=False)
    around: dict[int, frozenset[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the referents by the words that head them, and the predicates that govern these."""
        for name in ("referents", "clusters", "quoted"):
            object.__setattr__(self, name, getattr(self.signs, name))
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
        for other, signs in zip(candidates, self.signs.describe(anaphor, candidates), strict=True):
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
        later = {self.clusters.number(r): r for r in self._iter_later_subjects(pronoun)}
        found, known = list(later.values()), set(later)
        first = pronoun.sentence - REACH[group_of(pronoun)]
        for index in range(pronoun.index - 1, -1, -1):
            other = self.referents[index]
            if other.sentence < first:
                break
            number = self.clusters.number(other)
            if number not in known and self._is_allowed(pronoun, other):
                found.append(self._described(other) if pronoun.gender else other)
                known.add(number)
        return found

    def _described(self, other: Referent) -> Referent:
        """The mention that a mention is said of, if its thing has it: "Ann" in "Ann is a nurse"."""
        token = other.token
        subjects = [token.head] if token.dep_ == "appos" else children(token, *SUBJECTS)
        for subject in subjects:
            known = self.by_token.get(subject.i)
            if known is not None and self.clusters.together(known, other):
                return known
        return other

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


def group_of(anaphor: Referent) -> str:
    """Which of the tables of weights is for an anaphor."""
    if anaphor.kind is not MentionKind.PRONOUN:
        return "noun"
    word = anaphor.token.lower_
    if word in DEMONSTRATIVE:
        return "this"
    return "they" if word in THEY else "it" if word in IT else "person"


def is_pleonastic(token: Token) -> bool:
    """Whether "it" refers to nothing: "it is likely that", "it rained"."""
    head = token.head
    if token.dep_ == "expl" or (token.dep_ in SUBJECTS and head.lemma_ in WEATHER):
        return True
    if token.dep_ not in SUBJECTS or not any(c.dep_ in CLAUSES for c in head.children):
        return False
    return head.pos_ in ("ADJ", "NOUN") or head.lemma_ in IMPERSONAL


def _predicate_of(token: Token) -> Token | None:
    """The predicate that a word is an argument of, or is coordinated with one of."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    return token.head if token.dep_ in ARGUMENTS else None
