"""Mentions being joined to things, and what must not be joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.coref.names import Name, is_short_person, person_words, same_name
from kg.extract.coref.referents import THING, Referent
from kg.records import EntityKind, MentionKind


class Clusters:
    """A partition of referents that only ever grows coarser, and refuses contradictions."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        """Start with every referent alone."""
        self._of = list(range(len(referents)))
        self._members = [[referent] for referent in referents]
        self._traits: dict[int, _Traits] = {}

    def members(self, referent: Referent) -> list[Referent]:
        """The referents of one thing, in text order."""
        return self._members[self._of[referent.index]]

    def number(self, referent: Referent) -> int:
        """A number that the referents of one thing share until it is joined to another."""
        return self._of[referent.index]

    def size(self, referent: Referent) -> int:
        """How many mentions the thing has so far."""
        return len(self.members(referent))

    def together(self, one: Referent, other: Referent) -> bool:
        """Whether the two are known to be one thing."""
        return self._of[one.index] == self._of[other.index]

    def groups(self) -> list[list[Referent]]:
        """The referents of each thing, each thing and the things in text order."""
        return sorted((g for g in self._members if g), key=lambda group: group[0].index)

    def has_full_name(self, referent: Referent) -> bool:
        """Whether the person has a name of more than one word, titles not counted."""
        names = (r.name for r in self.members(referent))
        return any(name is not None and len(person_words(name)) > 1 for name in names)

    def both_named(self, one: Referent, other: Referent) -> bool:
        """Whether the two are different things that both have names."""
        return not self.together(one, other) and all(
            any(r.name is not None for r in self.members(each)) for each in (one, other)
        )

    def join(
        self, one: Referent, other: Referent, *, force: bool = False, stated: bool = False
    ) -> bool:
        """Make the two one thing; False where something known of them forbids it.

        Args:
            one: a referent.
            other: another.
            force: whether what is known of them does not matter, because their names are equal.
            stated: whether the text says that they are one, so that their classes may differ.
        """
        if self.together(one, other):
            return True
        if not force and not self.can_join(one, other, stated=stated):
            return False
        a, b = sorted((self._of[one.index], self._of[other.index]))
        for referent in self._members[b]:
            self._of[referent.index] = a
        self._members[a] = sorted(self._members[a] + self._members[b], key=lambda r: r.index)
        self._members[b] = []
        self._traits.pop(a, None)
        return True

    def can_join(self, one: Referent, other: Referent, *, stated: bool = False) -> bool:
        """Whether nothing that is known of the two things tells them apart."""
        these, those = self._traits_of(one), self._traits_of(other)
        if len(these.genders | those.genders) > 1 or _numbers_clash(these, those):
            return False
        if _classes_clash(these.classes, those.classes, stated=stated) and not (
            _is_misread(these, those) or _is_misread(those, these)
        ):
            return False
        if _things_clash(these, those) or _contrasted(these, those):
            return False
        return not _names_clash(these, those) and (stated or not _counts_clash(these, those))

    def _traits_of(self, referent: Referent) -> "_Traits":
        number = self._of[referent.index]
        known = self._traits.get(number)
        if known is None:
            known = self._traits[number] = _read_traits(self._members[number])
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traits:
    """What is known of a thing by all its mentions.

    ``classes`` are what it can be, where names and nouns decide over pronouns; ``may_be_body``
    tells whether a name or noun of it can be a body's, ``may_be_person`` whether it has nothing but
    persons' pronouns and names that the model may have misread; ``described`` are its nouns that
    words before them describe: the sentence's number, the noun, the words.
    """

    genders: frozenset[str]
    numbers: frozenset[str]
    counts: frozenset[str]
    classes: frozenset[str]
    has_noun: bool
    may_be_body: bool
    may_be_person: bool
    names: tuple[Name, ...]
    described: frozenset[tuple[int, str, frozenset[str]]]


def _read_traits(group: Sequence[Referent]) -> _Traits:
    names = tuple(_fullest(group))
    nouns = [r for r in group if r.kind is not MentionKind.PRONOUN]
    persons = [r for r in group if r.is_person and r.gender]
    may_be_person = bool(nouns) and all(
        r.is_person if r.kind is MentionKind.PRONOUN else r.may_be_person for r in group
    )
    if may_be_person and persons:
        # "he" has decided what the name is.
        group, nouns = persons, []
    return _Traits(
        genders=frozenset(r.gender for r in group if r.gender is not None),
        numbers=frozenset(r.number for r in group if r.number is not None),
        counts=frozenset(r.count for r in group if r.count),
        classes=frozenset().union(*(r.classes for r in nouns or group)),
        has_noun=bool(nouns),
        may_be_body=any(EntityKind.ORGANIZATION in r.classes for r in nouns),
        may_be_person=may_be_person,
        names=names,
        described=frozenset(
            (r.sentence, r.lemma, r.modifiers) for r in nouns if r.modifiers and r.name is None
        ),
    )


def _numbers_clash(these: _Traits, those: _Traits) -> bool:
    """Whether one is singular, the other plural; a body can be both."""
    a, b = these.numbers, those.numbers
    return bool(a and b and not a & b) and not (these.may_be_body or those.may_be_body)


def _counts_clash(these: _Traits, those: _Traits) -> bool:
    """Whether both are counted, and differently: "400 fighters" are not the "40 fighters"."""
    return bool(these.counts and those.counts and not these.counts & those.counts)


def _classes_clash(these: frozenset[str], those: frozenset[str], *, stated: bool) -> bool:
    if stated:
        return (EntityKind.PERSON in these) != (EntityKind.PERSON in those)
    return not these & those


def _is_misread(these: _Traits, those: _Traits) -> bool:
    """Whether one is a person's pronouns, the other a name that only the model says is no person's.

    "Goebbels" alone can be a newspaper, a town or a man.
    """
    return these.classes == {EntityKind.PERSON} and not these.has_noun and those.may_be_person


def _things_clash(these: _Traits, those: _Traits) -> bool:
    """Whether one is a mere thing, the other more, and both have a noun or name."""
    if not (these.has_noun and those.has_noun):
        return False
    return (these.classes == {THING}) != (those.classes == {THING})


def _contrasted(these: _Traits, those: _Traits) -> bool:
    """Whether a sentence tells the two apart: "the armed group", "the Kurdish group"."""
    return any(
        (sentence, noun) == (other_sentence, other_noun) and not words & other_words
        for sentence, noun, words in these.described
        for other_sentence, other_noun, other_words in those.described
    )


def _names_clash(these: _Traits, those: _Traits) -> bool:
    """Whether both have names, and the fullest ones cannot be one thing's."""
    return any(not _can_be_one(one, other) for one in these.names for other in those.names)


def _fullest(group: Sequence[Referent]) -> list[Name]:
    """The names of a thing that are no other's short form, each spelling once."""
    names = {r.name.key: r.name for r in group if r.name is not None}
    return [
        name
        for key, name in names.items()
        if not any(key != k and set(name.words) <= set(other.words) for k, other in names.items())
    ]


def _can_be_one(one: Name, other: Name) -> bool:
    if same_name(one, other) or is_short_person(one, other) or is_short_person(other, one):
        return True
    a, b = set(person_words(one)), set(person_words(other))
    return a <= b or b <= a
