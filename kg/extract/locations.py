"""Where an event happened: places of the trigger, its object, its participants, its clause."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.actions import Action
from kg.extract.mentions import FACILITY_NOUNS, Phrase, PhraseTable
from kg.extract.role_words import BLAMING, NEAR_CASES, PLACE_CASES, PREMISES_CASES
from kg.extract.syntax import case_of, children, first_conjunct, with_conjuncts
from kg.records import EntityKind, RoleName

# Relations by which a place's noun phrase holds the places around it, and how deep they may nest.
INNER_RELATIONS = ("nmod", "nmod:poss", "appos", "compound", "nmod:unmarked", "flat", "list")
DEEPEST = 3
# By whether the word is a verb, the relations of an infinitive that tells what something is for.
PURPOSES = {False: ("acl",), True: ("advcl",)}


@dataclass(frozen=True, slots=True)
class Filler:
    """A phrase in a role, the rule that put it there, and whether its own clause does not tell."""

    role: RoleName
    phrase: Phrase
    rule: str
    score: float
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class PlaceFinder:
    """Finds the places of triggers in one document."""

    doc: Doc
    table: PhraseTable
    blames: Callable[[Token], bool]

    def find(
        self, anchors: Sequence[Token], action: Action, found: Sequence[Filler]
    ) -> list[Filler]:
        """Where it happened: said of the trigger itself, else of what it goes with.

        Args:
            anchors: the trigger, and the light verb that carries it, if any.
            action: the trigger's sense.
            found: the fillers of the trigger's other roles.
        """
        trigger = anchors[0]
        places = [place for anchor in anchors for place in self._located(anchor)]
        places += self._object_places(action, found)
        if action.top in BLAMING:
            # "condemned the attacks in the towns": that is where the attacks were.
            objects = [c.i for c in children(trigger, "obj")]
            return [p for p in places if not any(i < p.phrase.head for i in objects)]
        if not places:
            places = self._relative_place(trigger)
        if not places:
            places = list(self._participants_place(anchors, found))
        if not places and trigger.pos_ == "VERB":
            # "signed an agreement in Sochi"
            told = (c for c in children(trigger, "obj") if self.table.at(c) is None)
            places = [p for c in told for p in self._located(c, NEAR_CASES)]
        if not places and trigger.pos_ == "NOUN":
            purposes = [c for a in anchors for c in children(a, *PURPOSES[a.pos_ == "VERB"])]
            places = [p for c in purposes for p in self._purpose_place(c)]
            places = places or self._blamed_place(trigger)
        return places or self._shared_places(trigger)

    def _object_places(self, action: Action, found: Sequence[Filler]) -> list[Filler]:
        """An object that is a place is where it happened as well ("captured the town")."""
        places = (f.phrase for f in found if f.role is RoleName.TARGET and f.phrase.is_place)
        return [
            filler
            for phrase in places
            # A country is mostly a party, unless the verb is one of going there or taking it.
            if phrase.mention.entity_kind is not EntityKind.COUNTRY or action.object_is_place
            for filler in self._fill(self.doc[phrase.head], "object_that_is_a_place")
        ]

    def _participants_place(
        self, anchors: Sequence[Token], found: Sequence[Filler]
    ) -> Iterator[Filler]:
        """Where those who take part are: "forces in northeastern Syria captured ..."."""
        for filler in found:
            token = self.doc[filler.phrase.head]
            if token.head.i in {a.i for a in anchors} and not filler.phrase.is_place:
                yield from self._located(token, NEAR_CASES)

    def _purpose_place(self, verb: Token) -> Iterator[Filler]:
        """What the verb of the purpose takes as object: "an operation to liberate the town"."""
        for child in children(verb, "obj"):
            phrase = self.table.at(child)
            if phrase is not None and phrase.is_place:
                yield from self._fill(child, "object_of_purpose")

    def _relative_place(self, trigger: Token) -> list[Filler]:
        """What "where" stands for: "the town where they were killed"."""
        if not any(c.lower_ == "where" for c in children(trigger, "advmod", "mark", "obl")):
            return []
        at = first_conjunct(trigger)
        return list(self._fill(at.head, "antecedent_of_where")) if at.dep_ == "acl:relcl" else []

    def _blamed_place(self, noun: Token) -> list[Filler]:
        """Where what is condemned was, told after it: "condemned the attacks in the towns"."""
        verb = noun.head
        if noun.dep_ != "obj" or verb.pos_ != "VERB" or not self.blames(verb):
            return []
        return [p for p in self._located(verb, NEAR_CASES) if p.phrase.head > noun.i]

    def _shared_places(self, trigger: Token) -> list[Filler]:
        """The places of the event that this one happens in, of its coordinate or main clause."""
        for child in children(trigger, "obl"):
            if self.table.at(child) is None and case_of(child) in ("in", "during", "at", "after"):
                shared = list(self._located(child))
                if shared:
                    return shared
        if trigger.pos_ != "VERB":
            return []
        if trigger.dep_ == "conj" and trigger.head.pos_ == "VERB":
            return list(self._located(trigger.head)) or self._shared_places(trigger.head)
        if trigger.dep_ == "advcl" and trigger.morph.get("VerbForm", []) in (["Part"], ["Ger"]):
            return list(self._located(trigger.head))
        return [p for c in children(trigger, "conj") if c.pos_ == "VERB" for p in self._located(c)]

    def _located(self, anchor: Token, cases: frozenset[str] = PLACE_CASES) -> Iterator[Filler]:
        """The places in the anchor's prepositional phrases."""
        for child in children(anchor, "obl", "nmod", "advmod", "obl:unmarked", "nmod:unmarked"):
            phrase = self.table.at(child)
            if case_of(child) not in cases:
                continue
            if phrase is None:
                # "at the edge of the camp", "near the gates of the palace"
                yield from self._inner(child, "place_within_phrase")
            elif is_premises(child, phrase):
                yield Filler(RoleName.PLACE, phrase, "located_at_institution", 0.7)
            elif phrase.is_place:
                yield from self._fill(child, "located_in_phrase")

    def _fill(self, token: Token, rule: str) -> Iterator[Filler]:
        """The place, those coordinated with it, and those that contain them."""
        for item in with_conjuncts(token):
            phrase = self.table.at(item)
            if phrase is not None and phrase.is_place:
                yield Filler(RoleName.PLACE, phrase, rule, 0.8)
            yield from self._inner(item, "containing_place")

    def _inner(self, token: Token, rule: str, depth: int = 0) -> Iterator[Filler]:
        """Places named inside a place's noun phrase: "the camp in Hasakah, Syria"."""
        for child in children(token, *INNER_RELATIONS):
            phrase = self.table.at(child)
            if phrase is not None and phrase.is_place:
                yield Filler(RoleName.PLACE, phrase, rule, 0.7)
            if depth < DEEPEST:
                yield from self._inner(child, rule, depth + 1)


def is_premises(token: Token, phrase: Phrase) -> bool:
    """Whether a body stands for its building after "in" or "at": a court, a hospital."""
    if phrase.mention.entity_kind is not EntityKind.ORGANIZATION:
        return False
    names = [token.lemma_.lower(), *(c.lemma_.lower() for c in children(token, "flat"))]
    return case_of(token) in PREMISES_CASES and not FACILITY_NOUNS.isdisjoint(names)
