"""Mentions being joined to things, and what must not be joined."""

from collections.abc import Iterator, Sequence

from kg.extract.names import Name, is_short_person, person_words, same_name
from kg.extract.referents import THING, Referent
from kg.records import EntityKind, MentionKind


class Clusters:
    """A partition of referents that only ever grows coarser, and refuses contradictions."""

    def __init__(self, referents: Sequence[Referent]) -> None:
        """Start with every referent alone."""
        self._of = list(range(len(referents)))
        self._members = [[referent] for referent in referents]
        self.apart: set[frozenset[int]] = set()

    def members(self, referent: Referent) -> list[Referent]:
        """The referents of one thing, in text order."""
        return self._members[self._of[referent.index]]

    def size(self, referent: Referent) -> int:
        """How many mentions the thing has so far."""
        return len(self.members(referent))

    def together(self, one: Referent, other: Referent) -> bool:
        """Whether the two are known to be one thing."""
        return self._of[one.index] == self._of[other.index]

    def groups(self) -> list[list[int]]:
        """The indexes of the referents of each thing, in text order."""
        return sorted([r.index for r in group] for k, group in enumerate(self._members) if group)

    def has_full_name(self, referent: Referent) -> bool:
        """Whether the person has a name of more than one word, titles not counted."""
        return any(
            r.name is not None and len(person_words(r.name)) > 1 for r in self.members(referent)
        )

    def both_named(self, one: Referent, other: Referent) -> bool:
        """Whether the two are different things that both have names."""
        return not self.together(one, other) and all(
            any(r.name is not None for r in self.members(each)) for each in (one, other)
        )

    def join(
        self,
        one: Referent,
        other: Referent,
        *,
        force: bool = False,
        short: bool = False,
        stated: bool = False,
    ) -> bool:
        """Make the two one thing; False where something known of them forbids it."""
        a, b = self._of[one.index], self._of[other.index]
        if a == b:
            return True
        if not force and not self.can_join(one, other, short=short, stated=stated):
            return False
        a, b = min(a, b), max(a, b)
        moved = self._members[b]
        for referent in moved:
            self._of[referent.index] = a
        self._members[a] = sorted(self._members[a] + moved, key=lambda r: r.index)
        self._members[b] = []
        return True

    def can_join(
        self, one: Referent, other: Referent, *, short: bool = False, stated: bool = False
    ) -> bool:
        """Whether nothing that is known of the two things tells them apart."""
        these, those = self.members(one), self.members(other)
        if _values(these, "gender") | _values(those, "gender") == {"Masc", "Fem"}:
            return False
        if _numbers_clash(these, those):
            return False
        if (_classes(these) == {THING}) != (_classes(those) == {THING}) and not _are_pronouns(
            these, those
        ):
            return False
        if not _classes(these) & _classes(those) and not stated:
            return False
        if stated and (EntityKind.PERSON in _classes(these)) != (
            EntityKind.PERSON in _classes(those)
        ):
            return False
        if _names_clash(these, those) or (not stated and _counts_clash(these, those)):
            return False
        return not any(frozenset((a.index, b.index)) in self.apart for a in these for b in those)


def _are_pronouns(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether one of the two has nothing but pronouns yet."""
    return any(all(r.kind is MentionKind.PRONOUN for r in group) for group in (these, those))


def _values(group: Sequence[Referent], name: str) -> set[str]:
    return {value for r in group if (value := getattr(r, name)) is not None}


def _numbers_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether one is singular, the other plural; a body can be both."""
    a = _values(these, "number")
    b = _values(those, "number")
    if not a or not b or a & b:
        return False
    return not any(
        EntityKind.ORGANIZATION in r.classes
        for r in (*these, *those)
        if r.kind is not MentionKind.PRONOUN
    )


def _counts_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether both are counted, and differently: "400 fighters" are not the "40 fighters"."""
    a, b = {r.count for r in these} - {""}, {r.count for r in those} - {""}
    return bool(a and b and not a & b)


def _classes(group: Sequence[Referent]) -> frozenset[str]:
    """The classes that all mentions of a thing allow; names decide over pronouns."""
    strong = [r for r in group if r.kind is not MentionKind.PRONOUN] or list(group)
    union: frozenset[str] = frozenset()
    for r in strong:
        union |= r.classes
    return union


def _names_clash(these: Sequence[Referent], those: Sequence[Referent]) -> bool:
    """Whether both have names, and the fullest ones cannot be one thing's."""
    a, b = _fullest(these), _fullest(those)
    return any(not _can_be_one(one, other) for one in a for other in b)


def _fullest(group: Sequence[Referent]) -> list[Name]:
    """The names of a thing that are no other's short form, each spelling once."""
    names = {r.name.key: r.name for r in group if r.name is not None}
    return [
        name
        for key, name in names.items()
        if not any(key != k and set(name.words) <= set(other.words) for k, other in names.items())
    ]


def _can_be_one(one: Name, other: Name) -> bool:
    return (
        same_name(one, other)
        or is_short_person(one, other)
        or is_short_person(other, one)
        or set(person_words(one)) <= set(person_words(other))
        or set(person_words(other)) <= set(person_words(one))
    )
