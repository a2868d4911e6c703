"""What pronouns refer to: candidates that agree, ranked by closeness, grammatical role and frequency.

First and second persons go by speaker; third persons look back a few sentences. A pronoun never
refers forward, nor, unless it is reflexive, to another argument of its own verb.
Source: Lappin & Leass (1994) for salience, Chomsky's principles A and B for binding.
"""

from dataclasses import dataclass, field
from math import log

from spacy.tokens import Doc, Token

from kg.extract.attribution import quoted_tokens
from kg.extract.clusters import Clusters
from kg.extract.referents import (
    FIRST,
    FIRST_PLURAL,
    IT,
    REFLEXIVE,
    SECOND,
    THEY,
    Definiteness,
    Referent,
)
from kg.extract.salience import WEIGHTS
from kg.extract.syntax import SUBJECTS, ancestors, subject_of
from kg.records import EntityKind, MentionKind

SAYING = frozenset(
    "say tell add state note explain write tweet report claim argue warn announce declare ask reply "
    "answer insist stress continue comment remark recall admit acknowledge suggest observe conclude "
    "call describe joke urge think believe post respond quip assert affirm testify shout yell "
    "whisper read express".split()
)
# How many sentences back each kind of pronoun looks.
REACH = {"person": 4, "they": 3, "it": 2}


def link_pronouns(doc: Doc, referents: list[Referent], clusters: Clusters) -> None:
    """Join every pronoun whose referent can be told."""
    resolver = Resolver(doc, referents, clusters)
    resolver.link_speakers()
    for referent in referents:
        if referent.kind is MentionKind.PRONOUN:
            resolver.link(referent)


@dataclass(slots=True)
class Resolver:
    doc: Doc
    referents: list[Referent]
    clusters: Clusters
    quoted: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.quoted = quoted_tokens(self.doc)

    def link_speakers(self) -> None:
        """First persons of one quotation are one, and are its speaker; those outside are the writer."""
        quoted = self.quoted
        speakers = self._speakers(quoted)
        for words in (FIRST, FIRST_PLURAL, SECOND):
            first: dict[int, Referent] = {}
            for referent in self.referents:
                if referent.kind is not MentionKind.PRONOUN or referent.token.lower_ not in words:
                    continue
                quote = quoted.get(referent.token.i, -1)
                speaker = speakers.get(quote)
                if speaker is not None and words is FIRST:
                    self.clusters.join(speaker, referent)
                    continue
                if (
                    speaker is not None
                    and words is FIRST_PLURAL
                    and EntityKind.PERSON not in speaker.classes
                ):
                    self.clusters.join(speaker, referent)
                    continue
                key = speaker.index if speaker is not None else -1 - (quote if quote >= 0 else 0)
                if speaker is None and quote >= 0:
                    key = 100000 + quote
                self.clusters.join(first.setdefault(key, referent), referent)

    def _speakers(self, quoted: dict[int, int]) -> dict[int, Referent]:
        """The speaker of each quotation: the subject of a verb of saying beside it."""
        bounds: dict[int, tuple[int, int]] = {}
        for i, quote in quoted.items():
            low, high = bounds.get(quote, (i, i))
            bounds[quote] = (min(low, i), max(high, i))
        by_head = {r.token.i: r for r in self.referents}
        found: dict[int, Referent] = {}
        last: Referent | None = None
        last_end = -1
        for quote, (low, high) in sorted(bounds.items()):
            speaker = self._beside(low, high, by_head, quoted)
            if speaker is None and last is not None and low - last_end < 6:
                speaker = last
            if speaker is not None:
                found[quote] = speaker
                last = speaker
                last_end = high
        return found

    def _beside(
        self, low: int, high: int, by_head: dict[int, Referent], quoted: dict[int, int]
    ) -> Referent | None:
        sents = [self.doc[high].sent, self.doc[low].sent]
        for at in (self.doc[high].sent.end, self.doc[low].sent.start - 1):
            if 0 <= at < len(self.doc):
                sents.append(self.doc[at].sent)
        for n, sent in enumerate(sents):
            best: tuple[int, Referent] | None = None
            for token in sent:
                if token.pos_ != "VERB" or token.i in quoted or token.lemma_ not in SAYING:
                    continue
                subject = subject_of(token)
                if subject is None or subject[0].i not in by_head:
                    continue
                distance = min(abs(token.i - low), abs(token.i - high))
                if n >= 2 and distance > 12:
                    continue
                if best is None or distance < best[0]:
                    best = (distance, by_head[subject[0].i])
            if best is not None:
                return best[1]
        return None

    def link(self, pronoun: Referent) -> None:
        """Join a third-person pronoun to its best candidate."""
        word = pronoun.token.lower_
        if word in FIRST | FIRST_PLURAL | SECOND:
            return
        reach = REACH["they" if word in THEY else "it" if word in IT else "person"]
        if word in IT and _is_pleonastic(pronoun.token):
            return
        if word in REFLEXIVE:
            own = self._own_subject(pronoun)
            if own is not None and self.clusters.join(own, pronoun):
                return
        group = "they" if word in THEY else "it" if word in IT else "person"
        found = self.candidates(pronoun, reach=REACH[group])
        weights = WEIGHTS[group]
        best: tuple[float, Referent] | None = None
        for rank, other in enumerate(found):
            features = self.describe(pronoun, other, rank)
            score = sum(weights.get(name, 0.0) * value for name, value in features.items())
            if best is None or score > best[0]:
                best = (score, other)
        if best is not None and best[0] > weights["none"]:
            self.clusters.join(best[1], pronoun)

    def candidates(self, pronoun: Referent, *, reach: int) -> list[Referent]:
        """The mentions before a pronoun that it could take up, the nearest first; one for each thing."""
        found: list[Referent] = []
        for other in reversed(self.referents[: pronoun.index]):
            if pronoun.sentence - other.sentence > reach:
                break
            if any(self.clusters.together(other, known) for known in found):
                continue
            if self._allowed(pronoun, other):
                found.append(other)
        return found

    def describe(self, pronoun: Referent, other: Referent, rank: int) -> dict[str, float]:
        """What speaks for or against a candidate, as named numbers; ``WEIGHTS`` says how much."""
        distance = min(3, pronoun.sentence - other.sentence)
        role, own_role = role_of(other.token), role_of(pronoun.token)
        members = self.clusters.members(other)
        recent = [
            m for m in members if m.index < pronoun.index and pronoun.sentence - m.sentence <= 3
        ]
        features = {
            f"distance_{distance}": 1.0,
            f"role_{role}": 1.0,
            f"rank_{min(4, rank)}": 1.0,
            f"kind_{other.kind.value}": 1.0,
            f"{own_role}_{role}_{min(1, distance)}": 1.0,
            f"class_{other.class_name}": 1.0,
            "mentions": log(1 + len(recent)),
            "all_mentions": log(1 + len(members)),
            "tokens": log(1 + min(60, abs(pronoun.token.i - other.token.i))),
            "gender": float(any(m.gender == pronoun.gender for m in members if pronoun.gender)),
            "same_word": float(any(m.token.lower_ == pronoun.token.lower_ for m in recent)),
            "had_subject": float(any(role_of(m.token) == "subject" for m in recent)),
            "number_differs": float(pronoun.number == "Plur" and other.number == "Sing"),
            "is_new": float(other.is_new),
            "bare": float(other.definiteness is Definiteness.BARE),
            "quote_differs": float(
                self.quoted.get(pronoun.token.i, -1) != self.quoted.get(other.token.i, -1)
            ),
            "above": float(distance == 0 and _is_above(other.token, pronoun.token)),
            "first": float(
                not any(
                    r.sentence == other.sentence
                    for r in self.referents[max(0, other.index - 1) : other.index]
                )
            ),
            "in_list": float(other.token.dep_ == "conj"),
            "owner_of_argument": float(
                own_role == "possessive" and _verb_above(pronoun.token) == _verb_above(other.token)
            ),
        }
        return {name: value for name, value in features.items() if value}

    def _own_subject(self, pronoun: Referent) -> Referent | None:
        """The subject of a reflexive's clause, or the noun that it stresses ("the king himself")."""
        head = pronoun.token.head
        by_token = {r.token.i: r for r in self.referents}
        if (
            head.i in by_token
            and head.pos_ in ("NOUN", "PROPN", "PRON")
            and pronoun.token.dep_ != "conj"
        ):
            return by_token[head.i]
        for verb in (head, head.head):
            subject = subject_of(verb)
            if subject is not None and subject[0].i in by_token:
                return by_token[subject[0].i]
        return None

    def _allowed(self, pronoun: Referent, other: Referent) -> bool:
        if (
            other.kind is MentionKind.PRONOUN
            and other.token.lower_ in FIRST | FIRST_PLURAL | SECOND
        ):
            return False
        if not self.clusters.can_join(pronoun, other):
            return False
        return not _is_bound_apart(pronoun.token, other.token) and not _is_inside(
            pronoun.token, other.token
        )


def role_of(token: Token) -> str:
    dep = token.dep_
    while dep == "conj" and token.head.i != token.i:
        token = token.head
        dep = token.dep_
    if dep in SUBJECTS:
        return "subject"
    if dep in ("obj", "iobj"):
        return "object"
    if dep == "nmod:poss":
        return "possessive"
    return "oblique"


def _is_above(other: Token, pronoun: Token) -> bool:
    """Whether the other is the subject of a verb that governs the pronoun's clause from above."""
    if other.dep_ not in SUBJECTS:
        return False
    return any(governor.i == other.head.i for _, governor in ancestors(pronoun))


def _verb_above(token: Token) -> int:
    """The index of the nearest verb above a word."""
    return next((governor.i for _, governor in ancestors(token) if governor.pos_ == "VERB"), -1)


def _is_pleonastic(token: Token) -> bool:
    """Whether "it" refers to nothing: "it is likely that", "it rained"."""
    if token.dep_ == "expl":
        return True
    if token.dep_ not in SUBJECTS:
        return False
    head = token.head
    has_clause = any(
        c.dep_ in ("csubj", "ccomp", "csubj:pass", "csubj:outer") for c in head.children
    )
    if has_clause and (
        head.pos_ in ("ADJ", "NOUN")
        or head.lemma_ in ("seem", "appear", "happen", "say", "believe", "report", "think")
    ):
        return True
    return head.lemma_ in ("rain", "snow", "seem", "appear", "turn")


def _is_bound_apart(pronoun: Token, other: Token) -> bool:
    """Whether both are arguments of one verb, so that only a reflexive could be both."""
    verb = _verb_of(pronoun)
    other_verb = _verb_of(other)
    if verb is None or other_verb is None:
        return False
    return verb.i == other_verb.i


def _verb_of(token: Token) -> Token | None:
    """The predicate that a word is an argument of, or is coordinated with one of."""
    while (
        token.dep_ == "conj"
        and token.head.i != token.i
        and token.head.pos_ in ("NOUN", "PROPN", "PRON")
    ):
        token = token.head
    if token.dep_ in (*SUBJECTS, "obj", "iobj", "obl", "obl:agent"):
        return token.head
    return None


def _is_inside(pronoun: Token, other: Token) -> bool:
    """Whether the pronoun stands inside the other's own phrase: "his" in "his mother"."""
    at = pronoun
    for _ in range(6):
        if at.dep_ not in ("nmod:poss", "nmod", "compound", "amod", "det", "nmod:desc", "appos"):
            return False
        at = at.head
        if at.i == other.i:
            return True
    return False
