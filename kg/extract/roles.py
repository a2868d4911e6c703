"""Who does the action to whom: rules over the tree and the model's semantic roles.

Every rule has a name, which becomes the `Argument.rule`. Conventions follow the field: who moves or
surrenders is the actor, who dies is the target, the host of a visit is target and place, an object
that is a place is target and place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extract.actions import Action, Lexicon
from kg.extract.locations import Filler, PlaceFinder
from kg.extract.mentions import SURE_EVENT, Phrase, PhraseTable
from kg.extract.role_words import (
    BLAMED_CASES,
    BLAMING,
    COMPLEMENT_CASES,
    DEEDS,
    DOING,
    GIVING,
    INTRANSITIVE,
    JOINT,
    LEAVING,
    LIGHT_TARGET_CASES,
    ONE_SIDED_CATEGORIES,
    PATIENT_OWNER,
    RECEIVING,
    RECIPROCAL_NOUNS,
    SUFFERING,
    TARGET_CASES,
)
from kg.extract.syntax import (
    RELATIVE,
    antecedent,
    case_of,
    children,
    coordinated_owners,
    is_passive,
    subject_of,
    with_conjuncts,
)
from kg.extract.triggers import Trigger
from kg.nlp.decode import RoleArc
from kg.records import EntityKind, MentionKind, RoleName

# How sure the model's role arcs must be to stand alone; on the training articles 0.3 to 0.7 and
# 0.5 to 0.9 made no difference of more than 0.2 points.
SURE_AGENT, SURE_PATIENT = 0.5, 0.8
# From this probability on a noun is taken for a happening that has participants of its own.
HAPPENING = 0.8


@dataclass(slots=True)
class RoleFinder:
    """Finds the arguments of triggers in one document."""

    doc: Doc
    table: PhraseTable
    lexicon: Lexicon
    arcs: dict[int, dict[int, RoleArc]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the model's role arcs by predicate and argument."""
        self.arcs = {}
        for arc in self.doc._.roles:
            self.arcs.setdefault(arc.predicate, {})[arc.argument] = arc

    def find(self, match: Trigger) -> list[Filler]:
        """The fillers of a trigger's roles, in text order, none twice in a role."""
        trigger, action, light_verb = match.token, match.action, match.light_verb
        if trigger.pos_ in ("VERB", "AUX") or (trigger.pos_ == "ADJ" and is_passive(trigger)):
            found = list(self._verb(trigger, action))
            found += self._semantic(trigger, found)
        else:
            found = list(self._noun(trigger, action, light_verb))
        anchors = [trigger, *([light_verb] if light_verb is not None else [])]
        places = PlaceFinder(self.doc, self.table, self._blames).find(anchors, action, found)
        # Who acts is not where: "talks between Serbia and Kosovo".
        acting = {f.phrase.mention.id for f in found if f.role is RoleName.ACTOR}
        return _unique([*found, *(p for p in places if p.phrase.mention.id not in acting)])

    def _blames(self, verb: Token) -> bool:
        action = self.lexicon.find(verb.lemma_, verb.pos_)
        return action is not None and action.top in BLAMING

    # -- verbs

    def _verb(self, verb: Token, action: Action) -> Iterator[Filler]:
        passive = is_passive(verb)
        subject = subject_of(verb)
        if subject is not None:
            token, rule = subject
            suffers = passive or action.subject_role is RoleName.TARGET
            role = RoleName.TARGET if suffers else RoleName.ACTOR
            yield from self._fill(role, token, f"{'passive_' if passive else ''}{rule}_is_{role}")
        if passive:
            yield from self._passive_agent(verb)
        yield from self._objects(verb, action, passive)

    def _passive_agent(self, verb: Token) -> Iterator[Filler]:
        for child in children(verb, "obl:agent", "obl"):
            if child.dep_ == "obl:agent" or (
                case_of(child) == "by" and self._label(verb, child) == "ARG0"
            ):
                yield from self._fill(RoleName.ACTOR, child, "passive_agent_is_actor")
                return
        yield from self._far_agent(verb, "obl", "obj")

    def _far_agent(self, predicate: Token, *relations: str) -> Iterator[Filler]:
        """The by-phrase that a tree hangs on the noun before it: "sentenced to prison by a court".

        A by-phrase after the noun of a happening is that happening's own.
        """
        for part in children(predicate, *relations):
            for child in children(part, "nmod"):
                if case_of(child) == "by" and part._.event < HAPPENING:
                    yield from self._fill(RoleName.ACTOR, child, "far_by_phrase_is_actor")

    def _objects(self, verb: Token, action: Action, passive: bool) -> Iterator[Filler]:
        found = False
        mutual = action.is_reciprocal and not passive and not _is_one_sided(action)
        # One fights or calls somebody, but meets or marries with somebody.
        mutual = mutual and verb.lemma_.lower() in JOINT
        role = RoleName.ACTOR if mutual else RoleName.TARGET
        for child, rule in self._object_tokens(verb, passive):
            for filler in self._fill(role, child, rule):
                found = True
                yield filler
        if action.category == "REQUEST" and not found:
            yield from self._addressed(verb)
        if action.category is not None and not found and not passive:
            blamed = list(self._blamed(verb))
            yield from blamed or self._object_complement(verb)
        if verb.dep_ == "acl:relcl" and not passive and not children(verb, "obj"):
            # "the men they held": the noun is the object where the clause has a subject of its own.
            own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:outer")]
            # "people, many of whom left": the pronoun is a part of the subject.
            relative = any(t.lower_ in RELATIVE for subject in own for t in subject.subtree)
            if own and antecedent(own[0]) is None and not relative and not self._stranded(verb):
                for filler in self._fill(
                    RoleName.TARGET, verb.head, "relative_clause_object_is_target"
                ):
                    found = True
                    yield filler
        told = list(self._obliques(verb, action, found or passive))
        yield from told
        if action.category is not None and not (found or told):
            yield from self._owner_of_thing(verb, passive)

    def _object_tokens(self, verb: Token, passive: bool) -> Iterator[tuple[Token, str]]:
        """The verb's objects, or those it shares with its coordinate ("shot and killed him")."""
        own = [
            c
            for c in children(verb, "obj", "iobj")
            if not (c.lower_ in RELATIVE and antecedent(c) is None)
        ]
        for child in own:
            yield child, "object_is_target"
        if own or passive:
            return
        head = verb.head
        if verb.dep_ == "conj" and head.pos_ == "VERB":
            for child in children(head, "obj"):
                if child.i > verb.i:
                    yield child, "coordinated_predicate_shares_object"
        for other in children(verb, "conj"):
            # Only a verb that has nothing else shares what stands after both.
            has_other = any(
                c.dep_ in ("obl", "xcomp", "ccomp", "compound:prt") for c in verb.children
            )
            if other.pos_ == "VERB" and not has_other and not is_passive(other):
                for child in children(other, "obj"):
                    yield child, "coordinated_predicate_shares_object"

    def _addressed(self, verb: Token) -> Iterator[Filler]:
        """Who is to do what is asked: "urged the army to leave", "demanded that it leave"."""
        for clause in children(verb, "ccomp", "xcomp", "acl"):
            for child in children(clause, "nsubj"):
                phrase = self.table.at(child)
                if phrase is not None and phrase.is_acting:
                    yield from self._fill(RoleName.TARGET, child, "subject_of_request_is_target")

    def _blamed(self, verb: Token) -> Iterator[Filler]:
        """Whose action it is that the verb condemns or wants to end."""
        for event in children(verb, "obj", "obl"):
            if event.dep_ == "obl" and case_of(event) not in BLAMED_CASES:
                continue
            for noun in (event, *children(event, "nmod")):
                for child in noun.children:
                    if child.dep_ == "nmod:poss" or (
                        child.dep_ == "nmod" and case_of(child) in ("by", "from")
                    ):
                        phrase = self.table.at(child)
                        if phrase is not None and phrase.mention.kind is not MentionKind.PRONOUN:
                            yield from self._fill(
                                RoleName.TARGET, child, "owner_of_blamed_action_is_target"
                            )

    def _object_complement(self, verb: Token) -> Iterator[Filler]:
        """Whom a deed told as an object is done to: "broke relations with Russia"."""
        for noun in children(verb, "obj"):
            if self.table.at(noun) is not None:
                continue
            for child in children(noun, "nmod"):
                phrase = self.table.at(child)
                if phrase is not None and phrase.is_acting and case_of(child) in COMPLEMENT_CASES:
                    yield from self._fill(RoleName.TARGET, child, "complement_of_object_is_target")

    def _owner_of_thing(self, verb: Token, passive: bool) -> Iterator[Filler]:
        """Whose thing the deed is done to: "hacked into the computers of the ministry"."""
        things = children(verb, "nsubj:pass") if passive else children(verb, "obj")
        things += [c for c in children(verb, "obl") if self._label(verb, c) in ("ARG1", "ARG2")]
        for thing in things:
            if self.table.at(thing) is not None or thing._.event >= SURE_EVENT:
                continue
            for child in children(thing, "nmod", "nmod:poss"):
                phrase = self.table.at(child)
                if phrase is None or (child.dep_ == "nmod" and case_of(child) != "of"):
                    continue
                if phrase.is_acting and phrase.mention.kind is not MentionKind.PRONOUN:
                    yield from self._fill(RoleName.TARGET, child, "owner_of_object_is_target")

    def _stranded(self, verb: Token) -> bool:
        """Whether the relative clause's noun is an oblique: "the town where they fought"."""
        return any(c.lower_ in ("where", "when", "why") for c in verb.children)

    def _obliques(self, verb: Token, action: Action, has_object: bool) -> Iterator[Filler]:
        for child in children(verb, "obl"):
            case = case_of(child)
            label = self._label(verb, child)
            phrase = self.table.at(child)
            if phrase is None:
                continue
            if action.is_reciprocal and case in ("with", "against") and not _is_one_sided(action):
                yield from self._fill(RoleName.ACTOR, child, "reciprocal_oblique_is_actor")
            elif case in action.oblique_targets:
                # "Expelled the inspectors from the plant": that is where, not whom.
                is_scene = phrase.is_place and phrase.mention.kind is MentionKind.NOMINAL
                if not (has_object and case == "from" and is_scene):
                    yield from self._fill(RoleName.TARGET, child, "marked_oblique_is_target")
            elif has_object or not phrase.is_acting or case not in TARGET_CASES:
                continue
            elif label in ("ARG1", "ARG2") and not (phrase.is_place and case in ("from", "on")):
                yield from self._fill(RoleName.TARGET, child, "oblique_argument_is_target")
            elif case in ("to", "for") and action.top in GIVING and not phrase.is_place:
                yield from self._fill(RoleName.TARGET, child, "recipient_is_target")

    def _label(self, predicate: Token, argument: Token) -> str | None:
        arc = self.arcs.get(predicate.i, {}).get(argument.i)
        return arc.label if arc else None

    def _semantic(self, verb: Token, found: list[Filler]) -> Iterator[Filler]:
        """What the model's semantic roles give where the tree leads to nobody."""
        taken = {f.phrase.mention.id for f in found}
        filled = {f.role for f in found}
        for index, arc in sorted(self.arcs.get(verb.i, {}).items()):
            token = self.doc[index]
            phrase = self.table.at(token)
            if phrase is None or not phrase.is_acting or phrase.mention.id in taken:
                continue
            agent = arc.label == "ARG0" and (not is_passive(verb) or case_of(token) == "by")
            if agent and RoleName.ACTOR not in filled and arc.score >= SURE_AGENT:
                yield from self._fill(RoleName.ACTOR, token, "semantic_agent_is_actor")
            elif (
                arc.label == "ARG1" and RoleName.TARGET not in filled and arc.score >= SURE_PATIENT
            ):
                yield from self._fill(RoleName.TARGET, token, "semantic_patient_is_target")

    def _belongs_elsewhere(self, item: Token, first: Token) -> bool:
        """Whether a conjunct is rather another verb's: "killed 12 and wounded 30 others"."""
        owners = {p: arcs[item.i] for p, arcs in self.arcs.items() if item.i in arcs}
        shared = {p for p in owners if first.i in self.arcs[p]}
        return not shared and any(
            arc.label in ("ARG0", "ARG1") and arc.score >= SURE_PATIENT for arc in owners.values()
        )

    # -- nouns

    def _noun(self, noun: Token, action: Action, light_verb: Token | None) -> Iterator[Filler]:
        found = list(self._noun_dependents(noun, action))
        if action.category == "REQUEST" and not any(f.role is RoleName.TARGET for f in found):
            found += self._addressed(noun)
        mutual = action.is_reciprocal and not _is_one_sided(action)
        mutual = mutual or noun.lemma_.lower() in RECIPROCAL_NOUNS
        if light_verb is not None and not any(f.role is RoleName.TARGET for f in found):
            found += self._light_obliques(light_verb, action, mutual)
        has_actor = any(f.role is RoleName.ACTOR for f in found)
        if light_verb is not None and (mutual or not has_actor or _is_only_pronoun(found)):
            subjects = list(self._light_subject(light_verb, noun))
            if subjects and has_actor and not mutual:
                # "The rebels ended their siege": the subject says who "their" is.
                found = [f for f in found if f.rule != "owner_is_actor"]
            found += subjects
        elif noun.dep_ == "obl" and noun.head.pos_ == "VERB" and _is_joint(noun):
            # "raised this in a call with the minister": whoever did so was in the call as well.
            found += self._light_subject(noun.head, noun)
        yield from found

    def _noun_dependents(self, noun: Token, action: Action) -> Iterator[Filler]:
        reciprocal = action.is_reciprocal or noun.lemma_.lower() in RECIPROCAL_NOUNS
        for child in noun.children:
            label = self._label(noun, child)
            if child.dep_ == "nmod:poss":
                role = self._owner_role(noun, label, action)
                yield from self._fill(role, child, f"owner_is_{role}")
            elif child.dep_ in ("nmod", "obl", "acl"):
                yield from self._noun_oblique(noun, child, label, reciprocal, action)
                if case_of(child) == "of":
                    yield from self._far_agent(noun, "nmod")
            elif child.dep_ in ("compound", "amod", "nmod:desc", "nmod:unmarked"):
                yield from self._modifier(noun, child, label)

    def _owner_role(self, noun: Token, label: str | None, action: Action) -> RoleName:
        if noun.lemma_.lower() in PATIENT_OWNER or action.subject_role == "target":
            return RoleName.TARGET
        return RoleName.TARGET if label == "ARG1" and action.top not in DOING else RoleName.ACTOR

    def _noun_oblique(
        self, noun: Token, child: Token, label: str | None, reciprocal: bool, action: Action
    ) -> Iterator[Filler]:
        case = case_of(child)
        if case == "by":
            yield from self._fill(RoleName.ACTOR, child, "by_phrase_of_noun_is_actor")
        elif case in ("between", "among") or (
            reciprocal and case == "with" and not _is_one_sided(action)
        ):
            yield from self._fill(RoleName.ACTOR, child, "parties_of_noun_are_actors")
        elif case == "of":
            suffers = noun.lemma_.lower() in PATIENT_OWNER
            role = RoleName.ACTOR if label == "ARG0" and not suffers else RoleName.TARGET
            phrase = self.table.at(child)
            speaks = label is None and action.top in INTRANSITIVE
            rules = action.top == "Trial" and phrase is not None and phrase.is_body
            if speaks or rules or action.mode == "visit":
                role = RoleName.ACTOR
            if phrase is not None and (
                phrase.is_acting or not phrase.is_place or role is RoleName.TARGET
            ):
                yield from self._fill(role, child, f"of_phrase_is_{role}")
        elif case == "from" and action.top not in LEAVING:
            phrase = self.table.at(child)
            # Aid from a country is the country's; an attack from it only starts there.
            acts = action.top not in DEEDS or (phrase is not None and not phrase.is_place)
            if phrase is not None and phrase.is_acting and acts:
                yield from self._fill(RoleName.ACTOR, child, "giver_of_noun_is_actor")
        elif case in TARGET_CASES and case is not None:
            phrase = self.table.at(child)
            if phrase is not None and (phrase.is_acting or case in ("against", "on")):
                yield from self._fill(
                    RoleName.TARGET, child, "prepositional_phrase_of_noun_is_target"
                )

    def _modifier(self, noun: Token, child: Token, label: str | None) -> Iterator[Filler]:
        phrase = self.table.at(child)
        if phrase is None:
            return
        kind = phrase.mention.entity_kind
        if label == "ARG1" and kind is not EntityKind.COUNTRY:
            yield from self._fill(RoleName.TARGET, child, "modifier_of_noun_is_target")
        elif kind in (
            EntityKind.ORGANIZATION,
            EntityKind.COUNTRY,
            EntityKind.GROUP,
            EntityKind.PERSON,
        ):
            yield from self._fill(RoleName.ACTOR, child, "modifier_of_noun_is_actor")

    def _light_obliques(self, verb: Token, action: Action, mutual: bool) -> Iterator[Filler]:
        """Whom the noun's deed is done to, told with its verb: "opened fire on the police"."""
        for child in children(verb, "obl"):
            phrase, case = self.table.at(child), case_of(child)
            if phrase is None or not phrase.is_acting:
                continue
            if (mutual and case in ("with", "against")) or (
                case == "from" and verb.lemma_.lower() in RECEIVING
            ):
                yield from self._fill(RoleName.ACTOR, child, "oblique_of_light_verb_is_actor")
            elif case in LIGHT_TARGET_CASES and action.category is not None:
                yield from self._fill(RoleName.TARGET, child, "oblique_of_light_verb_is_target")

    def _light_subject(self, verb: Token, noun: Token) -> Iterator[Filler]:
        if is_passive(verb) and (noun.dep_ in ("nsubj:pass", "nsubj") or verb.head.i == noun.i):
            yield from self._passive_agent(verb)
            return
        subject = subject_of(verb)
        if subject is None or subject[0].i == noun.i:
            return
        suffers = verb.lemma_.lower() in SUFFERING and noun.lemma_.lower() in PATIENT_OWNER
        said = self.lexicon.light_subject_role(verb.lemma_)
        role = RoleName.TARGET if suffers or said is RoleName.TARGET else RoleName.ACTOR
        yield from self._fill(role, subject[0], f"light_verb_subject_is_{role}")

    # -- helpers

    def _fill(self, role: RoleName, token: Token, rule: str) -> Iterator[Filler]:
        """The phrase of the token and of what is coordinated with it, where they are entities."""
        items = with_conjuncts(token) if token.dep_ != "conj" else [token]
        seen = {item.i for item in items}
        for item in items:
            phrase = self.table.at(item)
            if phrase is None or not _can_fill(role, phrase):
                continue
            if item.i != token.i and self._belongs_elsewhere(item, token):
                continue
            yield Filler(role, phrase, rule, round(0.9 * phrase.mention.score, 4))
            # "Chadian and Libyan officials": those of each do it.
            items += [t for t in coordinated_owners(item)[:-1] if t.i not in seen]
            if phrase.head != item.i:
                # A title's coordination hangs on the name: "Secretary A and Secretary B".
                others = [t for t in with_conjuncts(self.doc[phrase.head]) if t.i not in seen]
                seen |= {t.i for t in others}
                items += [t for t in others if t.i != phrase.head]


def _is_only_pronoun(found: Sequence[Filler]) -> bool:
    """Whether the only actor is the noun's owner, told by a pronoun."""
    actors = [f for f in found if f.role is RoleName.ACTOR]
    return len(actors) == 1 and (
        actors[0].rule == "owner_is_actor" and actors[0].phrase.mention.kind is MentionKind.PRONOUN
    )


def _is_one_sided(action: Action) -> bool:
    """Whether one side does it and the other takes part: cooperating, agreeing or visiting."""
    return action.category in ONE_SIDED_CATEGORIES or action.mode == "visit"


def _is_joint(noun: Token) -> bool:
    """Whether the noun names what two sides do together, one of them named after "with"."""
    return noun.lemma_.lower() in RECIPROCAL_NOUNS and any(
        case_of(c) == "with" for c in children(noun, "nmod")
    )


def _can_fill(role: RoleName, phrase: Phrase) -> bool:
    """Whether the phrase can act; a facility does nothing, but a city may be its government."""
    return role is not RoleName.ACTOR or phrase.is_acting or phrase.label in ("GPE", "pronoun")


def _unique(fillers: list[Filler]) -> list[Filler]:
    seen: dict[tuple[RoleName, str], Filler] = {}
    for filler in fillers:
        key = (filler.role, filler.phrase.mention.id)
        if key not in seen:
            seen[key] = filler
    order = {role: n for n, role in enumerate(RoleName)}
    return sorted(seen.values(), key=lambda f: (order[f.role], f.phrase.mention.span))
