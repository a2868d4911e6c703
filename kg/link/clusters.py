"""Groups of records that are one thing: joined pair by pair, unless something keeps them apart."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.records import RecordKey

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two records that a rule takes for one thing; ``kept`` is the earlier one."""

    kept: RecordKey
    joined: RecordKey
    rule: str
    score: float
    reason: str


class Groups:
    """Disjoint groups of records, at first each by itself.

    Source: R. E. Tarjan, "Efficiency of a Good But Not Linear Set Union Algorithm", 1975.
    """

    def __init__(self) -> None:
        """Start with every record by itself."""
        self._parents: dict[RecordKey, RecordKey] = {}
        self._members: dict[RecordKey, list[RecordKey]] = {}

    def root(self, key: RecordKey) -> RecordKey:
        """The record that stands for the group that ``key`` is in."""
        root = key
        while (above := self._parents.get(root, root)) != root:
            root = above
        while key != root:
            self._parents[key], key = root, self._parents[key]
        return root

    def members(self, key: RecordKey) -> list[RecordKey]:
        """The records of the group that ``key`` is in, in no order."""
        root = self.root(key)
        return self._members.get(root, [root])

    def groups(self) -> Iterator[list[RecordKey]]:
        """The groups of more than one record, in no order."""
        yield from self._members.values()

    def unite(self, one: RecordKey, other: RecordKey) -> RecordKey:
        """Make one group of those of two records, and give the record that stands for it."""
        small, large = self.by_size(one, other)
        if small != large:
            self._members.setdefault(large, [large]).extend(self.members(small))
            self._members.pop(small, None)
            self._parents[small] = large
        return large

    def by_size(self, one: RecordKey, other: RecordKey) -> tuple[RecordKey, RecordKey]:
        """The records that stand for the smaller and for the larger group of the two."""
        small, large = sorted(
            (self.root(one), self.root(other)), key=lambda root: (len(self.members(root)), root)
        )
        return small, large


class Clusters(Generic[T]):
    """Groups of records, each with a profile: what is known of all its members.

    The links that made the groups are a forest: ``links`` holds each once, in the order of joining.
    """

    def __init__(
        self,
        profiles: Mapping[RecordKey, T],
        *,
        conflict: Callable[[T, T], bool],
        combine: Callable[[T, T], T],
        apart: Mapping[RecordKey, frozenset[RecordKey]],
    ) -> None:
        """Start with every record by itself.

        Args:
            profiles: the records, each with what is known of it.
            conflict: whether two groups cannot be one thing, by their profiles.
            combine: the profile of two groups together.
            apart: for a record those that a user keeps apart from it, each pair both ways.
        """
        self.links: list[Link] = []
        self._groups = Groups()
        self._profiles = dict(profiles)
        self._conflict = conflict
        self._combine = combine
        self._apart = apart

    def __contains__(self, key: RecordKey) -> bool:
        """Whether the record is one of those that can be joined."""
        return key in self._profiles

    def root(self, key: RecordKey) -> RecordKey:
        """The record that stands for the group that ``key`` is in."""
        return self._groups.root(key)

    def join(self, link: Link, *, forced: bool = False) -> bool:
        """Make one group of the two records' groups, and keep the link; whether they are one now.

        A forced link holds whatever the profiles say, but not where a user keeps the two apart.
        """
        small, large = self._groups.by_size(link.kept, link.joined)
        if small == large:
            return True
        if self._is_kept_apart(small, large):
            return False
        pair = self._profiles[small], self._profiles[large]
        if not forced and self._conflict(*pair):
            return False
        self._profiles[self._groups.unite(small, large)] = self._combine(*pair)
        self.links.append(link)
        return True

    def _is_kept_apart(self, small: RecordKey, large: RecordKey) -> bool:
        return bool(self._apart) and any(
            self.root(other) == large
            for key in self._groups.members(small)
            for other in self._apart.get(key, ())
        )
