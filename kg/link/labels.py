"""A short English sentence that names an event: "Syrian Democratic Forces captured 400 fighters".

What did not happen is said so, here and nowhere else: "did not capture", planned "to capture",
"might capture", "planned attack".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.link.verbs import base_form, gerund, is_present, participle, past, present
from kg.records import Entity, EntityKind, EventMention, Modality, Polarity, Role, RoleName
from kg.words import word_set

# How many actors or targets a label names.
_MOST_FILLERS = 3
# How far before a participant its preposition may stand.
_REACH = 40
_TARGET_WORDS = "against|on|with|to|toward|towards|at|for|from|over|into|of|about"
_PLACE_WORDS = (
    f"{_TARGET_WORDS}|in|near|through|across|outside|inside|around|off|along|between|under"
    "|behind|above"
)
# A preposition and what may stand between it and a participant: an article, a title.
_BEFORE = r"\b({})(?:\s+(?:the|an?))?(?:\s+[A-Z][\w.]*){{0,3}}\s+$"
_BEFORE_TARGET = re.compile(_BEFORE.format(_TARGET_WORDS))
_BEFORE_PLACE = re.compile(_BEFORE.format(_PLACE_WORDS))
_PARTICLE = re.compile(
    r"\s+((?:up|out|down|off|back|away|apart)\b(?!\s+to\s+(?:\d|a\s|the\s))"
    r"|(?:over|in)\b(?=\s*(?:[.,;:!?)\"\u201d]|(?:to|by|from|at)\b|$)))"
)
_PRONOUNS_AFTER = re.compile(
    r"\s+(?:(?:him|her|it|them)(?:sel(?:f|ves))?|me|us|you|myself|ourselves|yourself)\b"
)
_REFLEXIVE = re.compile(r"\w+sel(?:f|ves)$", re.IGNORECASE)
# Rules whose target is no object of the verb and so no subject of its passive.
_INDIRECT = ("owner_of", "complement_of", "target_of", "marked_obl", "oblique_arg", "recipient")

_AS_SUBJECT = {"me": "I", "him": "he", "us": "we", "them": "they", "themselves": "they"} | {
    "her": "she", "himself": "he", "herself": "she", "itself": "it", "myself": "I",
    "their": "they", "his": "he", "its": "it", "my": "I", "our": "we", "your": "you",
}  # fmt: skip
_AS_OBJECT = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them"} | {
    "their": "them", "his": "him", "its": "it", "my": "me", "our": "us", "your": "you",
}  # fmt: skip
_PLURAL_WORDS = word_set(
    "they we you these those many both several some others all few most women men children "
    "people police troops personnel militants clergy youth cattle"
)
# Plurals that end a body's name: "Syrian Democratic Forces".
_PLURAL_BODIES = word_set(
    "forces troops guards brigades units marines rangers fighters rebels police authorities "
    "officials protesters workers students soldiers"
)
_COUNTED = re.compile(
    r"(?:(?:at least|more than|less than|about|around|nearly|almost|over|up to|some)\s+)?"
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|dozens|hundreds|"
    r"thousands|millions|many|several|both|few)\b",
    re.IGNORECASE,
)


def event_label(
    text: str, told: EventMention, roles: Sequence[Role], entities: Mapping[str, Entity]
) -> str:
    """The sentence for an event; the trigger's own words where nothing is known but it.

    Args:
        text: the article's.
        told: the event as the text tells it.
        roles: its participants.
        entities: the article's entities, by id.
    """
    return _Label(text=text, told=told, roles=roles, entities=entities).build()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """An event with all that its label is made of."""

    text: str
    told: EventMention
    roles: Sequence[Role]
    entities: Mapping[str, Entity]

    def build(self) -> str:
        """The label."""
        if self.told.pos in ("VERB", "AUX"):
            return self._verb_label()
        subjects = self._named(RoleName.TARGET) or self._named(RoleName.ACTOR)
        if self.told.pos == "ADJ" and subjects:
            return _join(self._list(subjects), self._with_be(self._word, subjects), self._place())
        return self._noun_label()

    # -- verbs

    def _verb_label(self) -> str:
        actors, targets = self._named(RoleName.ACTOR), self._named(RoleName.TARGET)
        reflexive = [r for r in targets if _REFLEXIVE.match(self._words_of(r))]
        subjects = actors or reflexive or [r for r in targets if _is_subject(r)]
        if subjects:
            rest = [r for r in targets if r not in subjects or r in reflexive]
            objects = self._objects(rest, own={r.entity_id for r in subjects})
            # "turned himself in", but "rolled back the militia".
            n_before = 1 if objects and objects[0] in _BEFORE_PARTICLE else 0
            predicate = (*objects[:n_before], self._particle, *objects[n_before:], self._place())
            return _join(self._list(subjects), self._active(subjects), *predicate)
        direct = [r for r in targets if not r.rule.startswith(_INDIRECT)]
        if direct:
            form = _join(participle(self._word, self.told.lemma), self._particle)
            return _join(self._list(direct), self._with_be(form, direct), self._place())
        action = self._marked(gerund(self._word, self.told.lemma))
        return _join(action, self._particle, *self._objects(targets), self._place())

    def _active(self, subjects: Sequence[Role]) -> str:
        """The verb as a predicate of who does it."""
        word = self._word
        lemma = base_form(word, self.told.lemma)
        is_denied, is_plural = self._is_denied(subjects), self._is_plural(subjects)
        match self.told.modality:
            case Modality.PLANNED:
                return f"not to {lemma}" if is_denied else f"to {lemma}"
            case Modality.HYPOTHETICAL:
                return f"might not {lemma}" if is_denied else f"might {lemma}"
            case Modality.HABITUAL if is_present(word, lemma):
                if is_denied:
                    return f"do not {lemma}" if is_plural else f"does not {lemma}"
                return present(lemma, is_plural=is_plural)
            case _:
                return f"did not {lemma}" if is_denied else past(word, lemma)

    def _with_be(self, state: str, subjects: Sequence[Role]) -> str:
        """What is said of whom it happens to: "were captured", "to be captured"."""
        no, is_plural = "not " if self._is_denied(subjects) else "", self._is_plural(subjects)
        match self.told.modality:
            case Modality.PLANNED:
                return f"{no}to be {state}"
            case Modality.HYPOTHETICAL:
                return f"might {no}be {state}"
            case Modality.HABITUAL if self._is_told_in_present():
                return f"{'are' if is_plural else 'is'} {no}{state}"
            case _:
                return f"{'were' if is_plural else 'was'} {no}{state}"

    def _is_told_in_present(self) -> bool:
        """Whether a present form of "be" or "get" stands before the trigger."""
        before = self.text[max(0, self.told.trigger.start - _REACH) : self.told.trigger.start]
        return bool(re.search(r"\b(?:is|are|gets?)\b[^.;]*$", before))

    @property
    def _particle(self) -> str:
        """The particle that belongs to the verb: "up" in "gave themselves up"."""
        after = self.text[self.told.trigger.end :][:_REACH]
        pronoun = _PRONOUNS_AFTER.match(after)
        found = _PARTICLE.match(after, pronoun.end() if pronoun else 0)
        return found.group(1) if found else ""

    # -- nouns

    def _noun_label(self) -> str:
        """The phrase for an event noun: "attack by X on Y in Z", "killing of Y by X"."""
        objects = self._objects(self._named(RoleName.TARGET), default="of")
        of = [phrase for phrase in objects if phrase.startswith("of ")]
        rest = [phrase for phrase in objects if phrase not in of]
        return _join(self._marked(self._trigger), *of, self._doers(), *rest, self._place())

    def _doers(self) -> str:
        """The actors of a noun: "by X", "between X and Y", "with X"."""
        actors = self._named(RoleName.ACTOR)
        if not actors:
            return ""
        names = self._list(actors, _AS_OBJECT)
        if any(r.rule.startswith("parties_of_noun") for r in actors):
            return f"between {names}" if len(actors) > 1 else f"with {names}"
        return f"by {names}"

    def _marked(self, word: str) -> str:
        """A noun or gerund with what says that it did not happen."""
        if self.told.polarity is Polarity.NEGATIVE:
            return f"no {word}"
        marks = {Modality.PLANNED: "planned ", Modality.HYPOTHETICAL: "possible "}
        return f"{marks.get(self.told.modality, '')}{word}"

    # -- participants

    @property
    def _word(self) -> str:
        return self._trigger if self.told.pos == "ADJ" else self._trigger.lower()

    @property
    def _trigger(self) -> str:
        """The trigger as the text has it, in one line."""
        return " ".join(self.text[self.told.trigger.start : self.told.trigger.end].split())

    def _words_of(self, role: Role) -> str:
        return self.text[role.span.start : role.span.end]

    def _named(self, name: RoleName) -> list[Role]:
        return [role for role in self.roles if role.name is name]

    def _name(self, role: Role, pronouns: Mapping[str, str]) -> str:
        """What the participant is called, a pronoun in the case that its place asks for."""
        label = self.entities[role.entity_id].label
        if self.entities[role.entity_id].named:
            # "US" is no pronoun.
            return label
        if label.lower() in pronouns:
            return pronouns[label.lower()]
        first, space, rest = label.partition(" ")
        is_small = first.lower() in _SMALL and label != "I"
        return f"{first.lower()}{space}{rest}" if is_small else label

    def _list(self, roles: Sequence[Role], pronouns: Mapping[str, str] = _AS_SUBJECT) -> str:
        """The participants as "A", "A and B", "A, B and C", "A, B, C and others"."""
        return _enumerate(self._name(role, pronouns) for role in roles)

    def _objects(
        self, roles: Sequence[Role], *, default: str = "", own: Iterable[str] = ()
    ) -> list[str]:
        """The targets after their prepositions in the text, those with the same one together.

        Args:
            roles: the targets.
            default: the preposition where the text has none.
            own: ids of the entities that are subjects too, which are told by the text's own word.
        """
        phrases: dict[str, list[str]] = {}
        before = default
        for role in roles:
            word = self._preposition(role, before if phrases else default, default=default)
            if not default and role.rule == "target_of_what_is_told":
                word = "about"
            if word and not default and role.rule.startswith("owner_of"):
                # The preposition is that of the noun between: "urged the retreat from the town".
                continue
            is_self = role.entity_id in own and _REFLEXIVE.match(self._words_of(role))
            name = self._words_of(role).lower() if is_self else self._name(role, _AS_OBJECT)
            phrases.setdefault(word, []).append(name)
            before = word
        return [_join(word, _enumerate(names)) for word, names in phrases.items()]

    def _preposition(self, role: Role, before: str, *, default: str) -> str:
        """The preposition before a target, that of the one before it where they are coordinated."""
        if role.span.start < self.told.trigger.end:
            return default
        words = self.text[max(self.told.trigger.end, role.span.start - _REACH) : role.span.start]
        if re.search(r"(?:\band|\bor|,)\s+(?:the\s+|an?\s+)?$", words):
            return before
        # A noun's target may be a place as well: "operation in Hajin".
        found = (_BEFORE_PLACE if default else _BEFORE_TARGET).search(words)
        return found.group(1) if found else default

    def _place(self) -> str:
        """The first place that is no actor or target, with its preposition."""
        others = {r.entity_id for r in self.roles if r.name is not RoleName.PLACE}
        for role in self._named(RoleName.PLACE):
            place = self.entities[role.entity_id]
            # "Baghouz, a village on the river": no place that the event is in.
            is_beside = not place.named or place.label.split()[-1].lower() in _WATERS
            if role.rule == "containing_place" and is_beside:
                continue
            if role.entity_id not in others:
                return f"{self._place_word(role)} {self._name(role, _AS_OBJECT)}"
        return ""

    def _place_word(self, role: Role) -> str:
        words = self.text[max(0, role.span.start - _REACH) : role.span.start]
        found = _BEFORE_PLACE.search(words)
        if found is None:
            return "in"
        if found.group(1) != "of":
            return found.group(1)
        return "of" if self._particle == "out" and words[: found.start()].endswith("out ") else "in"

    def _is_denied(self, subjects: Sequence[Role]) -> bool:
        """Whether the verb needs a "not": not after "no passenger"."""
        says_no = any(self.entities[r.entity_id].label.lower().startswith("no ") for r in subjects)
        return self.told.polarity is Polarity.NEGATIVE and not says_no

    def _is_plural(self, subjects: Sequence[Role]) -> bool:
        """Whether "were" goes with the subjects: several, a people, or a noun in the plural."""
        return len(subjects) > 1 or is_plural(self.entities[subjects[0].entity_id])


def is_plural(entity: Entity) -> bool:
    """Whether the entity's label is a plural: a people, a counted noun, "forces", "they"."""
    head = entity.label.split(" of ")[0].lower()
    last = head.split()[-1] if head.split() else ""
    if not entity.named and last in _ALL_PRONOUNS:
        return last in _PLURAL_WORDS or _AS_SUBJECT.get(last) in ("they", "we")
    if entity.named and entity.kind is EntityKind.ORGANIZATION:
        return last in _PLURAL_BODIES
    if entity.named:
        return entity.kind is EntityKind.GROUP
    is_person = entity.kind is EntityKind.PERSON
    if last in _PLURAL_WORDS or (not is_person and _COUNTED.match(head)):
        return True
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "'s", "\u2019s"))


_SELVES = word_set("himself herself itself themselves myself ourselves yourself")
_ALL_PRONOUNS = frozenset(
    {*_AS_SUBJECT, *_AS_OBJECT, *_AS_SUBJECT.values(), *_AS_OBJECT.values(), *_SELVES}
    | {"those", "these", "this", "that", "many", "some", "others", "who", "someone", "everyone"}
)
_WATERS = word_set("river sea lake canal bay gulf strait ocean")
# Objects that stand before a verb's particle.
_BEFORE_PARTICLE = frozenset({*_AS_OBJECT.values(), *_SELVES})
# First words of a noun phrase that have a capital only where a sentence starts.
_SMALL = _ALL_PRONOUNS | word_set(
    "at about around nearly almost over more less up several both few all most other another no "
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands"
)


def _is_subject(role: Role) -> bool:
    """Whether the target is the verb's grammatical subject: who dies, who falls."""
    is_object = role.rule.startswith(("passive_", "object", "relative", *_INDIRECT))
    return (
        not is_object
        and role.rule != "subject_of_request_is_target"
        and ("subject" in role.rule or "described_noun" in role.rule)
    )


def _enumerate(names: Iterable[str]) -> str:
    every = list(dict.fromkeys(names))
    shown = every[:_MOST_FILLERS]
    if len(every) > _MOST_FILLERS:
        shown.append("others")
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
