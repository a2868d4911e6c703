"""Mentions being joined to things, and what must not be joined."""

from collections.abc import Sequence

from kg.extract.coref.names import Name, is_short_person, person_words, same_name
from kg.extract.coref.referents import THING, Referent
from kg.records import EntityKind, MentionKind


class Clusters:
    """A partition of referents that only ever grows coarser, and refuses contradictions."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        """Start with every referent alone."""
        self._of = list(range(len(referents)))
        self._members = [[referent] for referent in referents]

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
        return True

    def can_join(self, one: Referent, other: Referent, *, stated: bool = False) -> bool:
        """Whether nothing that is known of the two things tells them apart."""
        these, those = self.members(one), self.members(other)
        if len(_genders(these) | _genders(those)) > 1 or _numbers_clash(these, those):
            return False
        if _classes_clash(_classes(these), _classes(those), stated=stated):
            return False
        if _things_clash(these, those):
            return False
        return not _names_clash(these, those) and (stated or not _counts_clash(these, those))


def _genders(group: Sequence[Referent]) -> set[str]:
    return {r.gender for r in group if r.gender is not None}


def _numbers_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether one is singular, the other plural; a body can be both."""
    a = {r.number for r in these} - {None}
    b = {r.number for r in those} - {None}
    if not a or not b or a & b:
        return False
    nouns = (r for r in (*these, *those) if r.kind is not MentionKind.PRONOUN)
    return not any(EntityKind.ORGANIZATION in r.classes for r in nouns)


def _counts_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether both are counted, and differently: "400 fighters" are not the "40 fighters"."""
    a, b = {r.count for r in these} - {""}, {r.count for r in those} - {""}
    return bool(a and b and not a & b)


def _classes(group: Sequence[Referent]) -> frozenset[str]:
    """What a thing can be; names and nouns decide over pronouns."""
    strong = [r for r in group if r.kind is not MentionKind.PRONOUN] or group
    return frozenset().union(*(r.classes for r in strong))


def _classes_clash(these: frozenset[str], those: frozenset[str], *, stated: bool) -> bool:
    if stated:
        return (EntityKind.PERSON in these) != (EntityKind.PERSON in those)
    return not these & those


def _things_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether one is a mere thing, the other more, and both have a noun or name."""
    named = [[r for r in group if r.kind is not MentionKind.PRONOUN] for group in (these, those)]
    if not all(named):
        return False
    return (_classes(these) == {THING}) != (_classes(those) == {THING})


def _names_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether both have names, and the fullest ones cannot be one thing's."""
    ours, theirs = _fullest(these), _fullest(those)
    return any(not _can_be_one(one, other) for one in ours for other in theirs)


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
