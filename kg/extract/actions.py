"""The lexicon of actions: which words name an action, in which sense, with which frame.

The words live in ``ontology/actions.ttl``; this module reads them and picks the sense that fits. A
verb's expression starts with its head ("give up", "call for"), a noun's ends with it ("air raid"),
or has it before a preposition ("state of emergency"). Parts joined by a hyphen count as words, so
"cease-fire" is found as one token and as three. A proper noun names an event only where the file
writes its expression with a capital: "World Cup", and no march in the month of March.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.records import EntityKind, RoleName
from kg.turtle import parse_turtle, read_turtle, split_iri

_ONTOLOGY: Final = "https://w3id.org/newskg/ontology#"
_ACTION: Final = "https://w3id.org/newskg/action#"
_PLOVER: Final = "https://w3id.org/newskg/plover#"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"

_Concepts = Mapping[str, "_Concept"]

NO_EVENT: Final = "NotEvent"
"""The top class of the words that make no event by themselves."""

_NO_OBJECT: Final = "None"
_NO_COMPLEMENT: Final = "none"

_POS_OF_PROPERTY: Final = {
    "verb": "VERB",
    "particleVerb": "VERB",
    "noun": "NOUN",
    "weakNoun": "NOUN",
    "adjective": "ADJ",
    "light": "VERB",
}
_POS_OF_TAG: Final = {"AUX": "VERB"}

_CONDITIONS: Final = {
    "objectNoun": 5,
    "governor": 5,
    "obliqueNoun": 5,
    "subjectNoun": 5,
    "objectKind": 2,
    "preposition": 2,
    "complement": 1,
}
"""The properties that narrow a sense, and how telling each is: a noun says most."""

_CONDITIONS_OF: Final = {
    "VERB": frozenset({*_CONDITIONS} - {"governor"}),
    "NOUN": frozenset({"governor", "obliqueNoun", "preposition"}),
    "ADJ": frozenset({"preposition"}),
}

_WORD_WEIGHT: Final = 4  # "call for" beats "call somebody", whatever the object

_CHOICES: Final = {
    "objectKind": frozenset({*EntityKind, _NO_OBJECT}),
    "complement": frozenset({"xcomp", "ccomp", _NO_COMPLEMENT}),
    "implies": frozenset({"actual", "planned", "hypothetical", "negative"}),
    "subjectRole": frozenset({RoleName.ACTOR, RoleName.TARGET}),
    "reciprocal": frozenset({"true", "false"}),
    "objectIsPlace": frozenset({"true", "false"}),
}
_FREE_PROPERTIES: Final = frozenset(
    {*_POS_OF_PROPERTY, *_CONDITIONS, "obliqueTarget"} - {*_CHOICES}
)

_PREPOSITIONS: Final = frozenset(
    {"about", "against", "at", "by", "for", "from", "in", "into", "of", "on", "over", "to", "with"}
)


class ImpliedStatus(StrEnum):
    """What a word makes of the action in its complement: "fail to leave" tells that nobody left."""

    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A concept of ``actions.ttl``.

    ``name`` is its local name and ``top`` that of the top class above it; ``category`` and ``mode``
    are PLOVER's, None where none fits. ``oblique_targets`` are the prepositions that mark the
    target, ``subject_role`` the role of an active subject that has no rival.
    """

    name: str
    label: str
    top: str
    category: str | None = None
    mode: str | None = None
    is_event: bool = True
    implies: ImpliedStatus | None = None
    subject_role: RoleName = RoleName.ACTOR
    is_reciprocal: bool = False
    oblique_targets: tuple[str, ...] = ()
    object_is_place: bool = False


class Sense(NamedTuple):
    """One expression of an action, with what the clause must have for it.

    ``words`` are the expression's words beside its head, a particle with "+" before it;
    ``conditions`` holds for each property the values of which one must fit. A weak sense, which
    only nouns have, names an event only where a participant or a light verb goes with it.
    """

    action: Action
    expression: str
    words: frozenset[str] = frozenset()
    conditions: tuple[tuple[str, frozenset[str]], ...] = ()
    is_weak: bool = False
    is_light: bool = False

    @property
    def rank(self) -> tuple[int, int, bool]:
        """How specific the sense is: higher wins. Among equals a light verb's comes last."""
        words = _WORD_WEIGHT * len(self.words)
        weight = words + sum(_CONDITIONS[key] for key, _ in self.conditions)
        return weight, len(self.words) + len(self.conditions), not self.is_light

    @property
    def rule(self) -> str:
        """The name of the sense in an explanation: the concept, its expression, its conditions."""
        keys = "".join(f", {key}" for key, _ in self.conditions)
        return f"{self.action.name}[{self.expression}{keys}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What surrounds a word, each part as lemmas; the object of a passive is its subject.

    ``find`` of the lexicon explains the fields.
    """

    particle: str | None = None
    prepositions: frozenset[str] = frozenset()
    object_lemma: str | None = None
    object_kind: str | None = None
    complement: str | None = None
    compounds: tuple[str, ...] = ()
    dependents: frozenset[str] = frozenset()
    governor: str | None = None
    subject_lemma: str | None = None

    @property
    def words(self) -> frozenset[str]:
        """Every word that an expression can ask for beside its head."""
        particle = (self.particle, f"+{self.particle}") if self.particle else ()
        single = (self.object_lemma,) if self.object_lemma else ()
        return self.prepositions | self.dependents | {*particle, *single, *self.compounds}

    def meets(self, sense: Sense) -> bool:
        """Whether the clause has for each condition of the sense one of its values."""
        return all(
            not values.isdisjoint(self._values(key, sense)) for key, values in sense.conditions
        )

    def _values(self, key: str, sense: Sense) -> Iterable[str | None]:
        match key:
            case "preposition":
                return self.prepositions
            case "obliqueNoun":
                return self.dependents
            case "objectKind":
                has_object = self.object_lemma is not None or self.object_kind is not None
                return (self.object_kind if has_object else _NO_OBJECT,)
            case "complement":
                return (self.complement or _NO_COMPLEMENT,)
            case "governor":
                return (self.governor,)
            case "objectNoun":
                # "talks" is what is called for as much as what is demanded.
                is_prepositional = not self.prepositions.isdisjoint(sense.words)
                return (self.object_lemma, *(self.dependents if is_prepositional else ()))
        return (self.subject_lemma,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The concepts by name, and the senses by part of speech and head, the most specific first."""

    actions: Mapping[str, Action]
    senses: Mapping[tuple[str, str], tuple[Sense, ...]] = field(repr=False)

    def find(
        self,
        lemma: str,
        pos: str,
        *,
        particle: str | None = None,
        prepositions: frozenset[str] = frozenset(),
        object_lemma: str | None = None,
        object_kind: str | None = None,
        complement: str | None = None,
        compounds: tuple[str, ...] = (),
        dependents: frozenset[str] = frozenset(),
        governor: str | None = None,
        subject_lemma: str | None = None,
    ) -> Action | None:
        """The action that the word names here, or None where the lexicon lacks the word.

        Args:
            lemma: the word's lemma, in any case; all other words in lower case.
            pos: its UPOS tag; AUX counts as VERB.
            particle: lemma of its ``compound:prt``, or of an adverb that can be one ("back").
            prepositions: the ``case`` words of its ``obl`` or ``nmod`` dependents, times left out.
            object_lemma: head of its ``obj``, or of the subject of a passive.
            object_kind: what that object is, a value of ``EntityKind``; None where it is no entity.
            complement: "xcomp" or "ccomp" where it has such a clause.
            compounds: lemmas of its ``compound`` and ``amod`` dependents, for a noun.
            dependents: lemmas of its other dependents: obliques, nmods, adverbs, predicates.
            governor: lemma of the word whose object, oblique or nmod the noun is.
            subject_lemma: head of its ``nsubj``.

        Returns:
            The sense that asks most, by the weight of its words and conditions; among equals the
            first by name.
        """
        sense = self.find_sense(
            lemma,
            pos,
            Clause(
                particle=particle,
                prepositions=prepositions,
                object_lemma=object_lemma,
                object_kind=object_kind,
                complement=complement,
                compounds=compounds,
                dependents=dependents,
                governor=governor,
                subject_lemma=subject_lemma,
            ),
        )
        return sense.action if sense else None

    def find_sense(self, lemma: str, pos: str, clause: Clause) -> Sense | None:
        """As ``find``, for a clause as one record: the sense, with the rule that names it."""
        head, parts = _split_hyphens(lemma.lower())
        words = clause.words | parts
        for sense in self.senses.get((_POS_OF_TAG.get(pos, pos), head), ()):
            if sense.words <= words and clause.meets(sense):
                return sense
        return None

    def is_reporting(self, lemma: str, pos: str = "VERB") -> bool:
        """Whether the word, by itself, only tells who says so."""
        action = self.find(lemma, pos)
        return bool(action and action.name.startswith("reporting"))

    def is_light(self, lemma: str) -> bool:
        """Whether the verb can carry an event noun: "launch an attack", "come under attack"."""
        return self.light_subject_role(lemma) is not None

    def light_subject_role(self, lemma: str) -> RoleName | None:
        """What the subject of a light verb is to the noun's event; None for any other verb.

        Who carries out an attack is its actor, who comes under attack its target.
        """
        senses = self.senses.get(("VERB", lemma.lower()), ())
        return next((sense.action.subject_role for sense in senses if sense.is_light), None)

    def is_aspectual(self, lemma: str) -> bool:
        """Whether the verb can tell a phase of another action: "begin to leave"."""
        senses = self.senses.get(("VERB", lemma.lower()), ())
        return any(sense.action.name.startswith("aspectual") for sense in senses)


def load_lexicon(paths: Iterable[Path]) -> Lexicon:
    """The lexicon of Turtle files, read once for the same content.

    Args:
        paths: ``actions.ttl``, further files of actions, and ``plover.ttl``, in any order.

    Raises:
        OntologyError: a file cannot be read or does not parse, or a concept in it has an unknown
            property, category, class or value; the message names the file and the value.
    """
    return _build_lexicon(tuple((path, read_turtle(path)) for path in paths))


def shipped_lexicon() -> Lexicon:
    """The lexicon of the ontology that ships.

    Raises:
        OntologyError: a file of it is missing or damaged.
    """
    # Looked up at each call, so that another folder can take the place of the one that ships.
    from kg.resources import ontology_dir

    folder = ontology_dir()
    return load_lexicon([folder / "actions.ttl", folder / "plover.ttl"])


# One lexicon serves a whole run; a second lets a test or a user's own file stand beside it.
@lru_cache(maxsize=4)
def _build_lexicon(files: tuple[tuple[Path, bytes], ...]) -> Lexicon:
    concepts = [concept for path, content in files for concept in _parse(path, content)]
    plover = {c.name: c for c in concepts if c.namespace == _PLOVER}
    own = {c.name: c for c in concepts if c.namespace == _ACTION}
    actions = {name: _read_action(own[name], own, plover) for name in sorted(own)}
    senses: dict[tuple[str, str], list[Sense]] = {}
    for name, action in actions.items():
        for key, sense in _iter_senses(own[name], action):
            senses.setdefault(key, []).append(sense)
    return Lexicon(
        actions=actions, senses={key: _most_specific_first(found) for key, found in senses.items()}
    )


def _most_specific_first(senses: list[Sense]) -> tuple[Sense, ...]:
    # The sort is stable, and concepts come in the order of their names.
    return tuple(sorted(senses, key=lambda sense: sense.rank, reverse=True))


@dataclass(frozen=True, slots=True)
class _Concept:
    """A concept of a file, the values of its properties by their local names."""

    path: Path
    namespace: str
    name: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, key: str) -> list[str]:
        return self.values.get(key, [])

    def one(self, key: str) -> str | None:
        return next(iter(self.all(key)), None)

    def fault(self, problem: str, remedy: str) -> OntologyError:
        return OntologyError(f"{self.path}: act:{self.name}: {problem}. {remedy}", path=self.path)


def _parse(path: Path, content: bytes) -> list[_Concept]:
    """The concepts of actions and of PLOVER that a file describes, in the file's order."""
    concepts: dict[str, _Concept] = {}
    for triple in parse_turtle(path, content):
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(triple.object, ox.Triple):
            namespace, name = split_iri(triple.subject.value)
            new = _Concept(path, namespace, name)
            values = concepts.setdefault(triple.subject.value, new).values
            values.setdefault(_key(triple.predicate.value), []).append(triple.object.value)
    return [c for c in concepts.values() if _SKOS + "Concept" in c.all("type")]


def _key(predicate: str) -> str:
    """A property's name: kg's own with its prefix, so that another vocabulary's is no rival."""
    namespace, local = split_iri(predicate)
    return f"kg:{local}" if namespace == _ONTOLOGY else local


def _read_action(concept: _Concept, own: _Concepts, plover: _Concepts) -> Action:
    _check_values(concept)
    top = _find_top(concept, own)
    category, mode = _find_category(concept, plover)
    label, implies, role = (
        concept.one(key) for key in ("prefLabel", "kg:implies", "kg:subjectRole")
    )
    if label is None:
        raise concept.fault("no skos:prefLabel", "Expected a name for people to read; add one.")
    return Action(
        name=concept.name,
        label=label,
        top=top,
        category=category,
        mode=mode,
        is_event=top != NO_EVENT,
        implies=ImpliedStatus(implies) if implies else None,
        subject_role=RoleName(role) if role else RoleName.ACTOR,
        is_reciprocal=concept.one("kg:reciprocal") == "true",
        oblique_targets=tuple(sorted(concept.all("kg:obliqueTarget"))),
        object_is_place=concept.one("kg:objectIsPlace") == "true",
    )


def _check_values(concept: _Concept) -> None:
    own = (key for key in concept.values if key.startswith("kg:"))
    for key in own:
        choices = _CHOICES.get(key[3:])
        if choices is None and key[3:] not in _FREE_PROPERTIES:
            known = ", ".join(sorted({*_FREE_PROPERTIES, *_CHOICES}))
            raise concept.fault(f"unknown property {key}", f"Expected one of kg: {known}; mend it.")
        for value in sorted(set(concept.all(key)) - choices) if choices else ():
            expected = ", ".join(sorted(choices or ()))
            raise concept.fault(f'{key} "{value}"', f"Expected one of {expected}; mend it.")


def _find_top(concept: _Concept, own: _Concepts) -> str:
    """The name of the concept without a broader one that stands above this, or is this."""
    seen = [concept.name]
    while parent := own[seen[-1]].one("broader"):
        _, name = split_iri(parent)
        if name not in own or name in seen:
            raise concept.fault(
                f"skos:broader leads to {name}",
                "Expected an act: concept of these files, and no circle; mend skos:broader.",
            )
        seen.append(name)
    return seen[-1]


def _find_category(concept: _Concept, plover: _Concepts) -> tuple[str | None, str | None]:
    """The PLOVER category and mode that ``skos:broadMatch`` names, as events carry them."""
    target = concept.one("broadMatch")
    if target is None:
        return None, None
    _, name = split_iri(target)
    category = name.partition("-")[0]
    if name not in plover or not category.isupper():
        known = ", ".join(sorted(found for found in plover if found.startswith(category)))
        raise concept.fault(
            f"skos:broadMatch plover:{name} is no PLOVER category or mode",
            f"Expected {f'one of {known}' if known else 'one of plover.ttl'}; mend it, or give "
            "plover.ttl among the paths.",
        )
    return category, plover[name].one("notation") if name != category else None


def _iter_senses(concept: _Concept, action: Action) -> Iterator[tuple[tuple[str, str], Sense]]:
    """The senses of a concept's expressions, each with its part of speech and head."""
    given = {key: frozenset(concept.all(f"kg:{key}")) for key in _CONDITIONS}
    for key, pos in _POS_OF_PROPERTY.items():
        conditions = tuple(
            (k, given[k]) for k in _CONDITIONS if given[k] and k in _CONDITIONS_OF[pos]
        )
        for expression in concept.all(f"kg:{key}"):
            head, words = _split_expression(expression, key)
            sense = Sense(action, expression, words, conditions, key == "weakNoun", key == "light")
            yield ("PROPN" if expression[0].isupper() else pos, head), sense


def _split_expression(expression: str, key: str) -> tuple[str, frozenset[str]]:
    """The head of an expression and its other words."""
    words = expression.lower().split(" ")
    place = _noun_head(words) if key in ("noun", "weakNoun") else 0
    head, parts = _split_hyphens(words.pop(place))
    if key == "particleVerb":
        words[0] = f"+{words[0]}"
    return head, parts.union(*(word.split("-") for word in words))


def _noun_head(words: list[str]) -> int:
    before = (index - 1 for index, word in enumerate(words) if index and word in _PREPOSITIONS)
    return next(before, len(words) - 1)


def _split_hyphens(word: str) -> tuple[str, frozenset[str]]:
    *parts, head = word.split("-")
    return (head, frozenset(parts)) if head and all(parts) else (word, frozenset())
