"""The span of a semantic role from its head word and the tree, as PropBank draws it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

# Roles that are one word: the parts of a light-verb construction, modal verbs, negation.
ONE_WORD = frozenset({"ARGM-LVB", "ARGM-PRR", "ARGM-MOD", "ARGM-NEG"})
# What stands beside a clause, and what hangs on its top word but is no part of what a copula says.
ASIDE = frozenset(["discourse", "vocative", "parataxis"])
CLAUSAL = ASIDE | {"nsubj", "csubj", "expl", "cop", "aux", "mark", "cc"}
# Pairs of marks that a span holds both of or neither.
CLOSING = {
    "(": ")",
    "[": "]",
    '"': '"',
    "'": "'",
    "\u201c": "\u201d",
    "\u2018": "\u2019",
    "``": "''",
}


@dataclass(frozen=True)
class Tree:
    """A sentence's words and its tree.

    ``heads`` count from 0, -1 for the root.
    """

    words: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    deprels: Sequence[str]

    def path(self, i: int) -> list[int]:
        """The word and what it hangs on, up to the root."""
        found = [i]
        while self.heads[found[-1]] >= 0:
            found.append(self.heads[found[-1]])
        return found

    def below(self, top: int, without: Collection[int]) -> set[int]:
        """The words that ``top`` governs, itself among them, but for what hangs on ``without``."""
        inside = set()
        for i in range(len(self.heads)):
            path = self.path(i)
            if top in path and not any(j in without for j in path[: path.index(top)]):
                inside.add(i)
        return inside

    def children(self, i: int) -> Iterator[int]:
        """The words that hang on a word directly."""
        return (j for j, head in enumerate(self.heads) if head == i)

    def relation(self, i: int) -> str:
        """A word's relation without its subtype."""
        return self.deprels[i].split(":")[0]


def span(
    tree: Tree, predicate: int, argument: int, label: str, others: Collection[int]
) -> tuple[int, int]:
    """The words of an argument, (first, end).

    Args:
        tree: the sentence.
        predicate: the word that has the role.
        argument: the head of what plays it.
        label: the role.
        others: the heads of all the predicate's arguments.
    """
    if label in ONE_WORD:
        return argument, argument + 1
    without = {predicate, *others} - {argument}
    path = tree.path(predicate)
    if argument in path[1:]:
        # What the predicate hangs on is its argument: a relative clause or a copula's.
        without |= {path[path.index(argument) - 1], *outside(tree, predicate, argument)}
    tops = [argument]
    if label == "ARG1" and tree.heads[argument] == predicate and tree.relation(argument) == "obj":
        # "let them go": what is let is both.
        tops += [
            j
            for j in tree.children(predicate)
            if tree.relation(j) == "xcomp" and j not in others and j > argument
        ]
    inside = set().union(*(tree.below(top, without) for top in tops))
    first = last = argument
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return trim(tree, argument, first, last)


def outside(tree: Tree, predicate: int, argument: int) -> set[int]:
    """What hangs next below an argument that the predicate hangs on, but belongs to its clause."""
    children = [j for j in tree.children(argument) if j != predicate]
    is_copula = tree.heads[predicate] == argument and tree.relation(predicate) in ("cop", "aux")
    if not is_copula:
        return {j for j in children if tree.relation(j) in {*CLAUSAL, "case"}}
    beside = ASIDE if tree.upos[argument] == "VERB" else CLAUSAL
    return {
        j
        for j in children
        if j < predicate
        or tree.relation(j) in (beside if j < argument else ASIDE)
        or is_clause(tree, j)
    }


def is_clause(tree: Tree, i: int) -> bool:
    """Whether a conjunct is a clause of its own."""
    return tree.relation(i) == "conj" and any(
        tree.relation(j) in ("nsubj", "expl", "cop", "aux") for j in tree.children(i)
    )


def trim(tree: Tree, head: int, first: int, last: int) -> tuple[int, int]:
    """The range without the marks at its ends that have no partner in it, as (first, end)."""
    words = tree.words
    while first < head and tree.upos[first] == "PUNCT":
        if CLOSING.get(words[first]) in words[first + 1 : last + 1]:
            break
        first += 1
    while last > head and tree.upos[last] == "PUNCT":
        if any(CLOSING.get(word) == words[last] for word in words[first:last]):
            break
        last -= 1
    return first, last + 1
