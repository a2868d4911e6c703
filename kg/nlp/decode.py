"""The model's scores -> tags, one-root trees, names and roles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.nlp.encoder import Encoder, Scores
from kg.nlp.features import apply_script

# "-ing" and a doubled consonant is the most that inflection adds.
LONGEST_ENDING = 4
# Parts of speech whose lemmas are checked against the known ones.
CHECKED_POS = ("VERB", "NOUN", "ADJ", "ADV")
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
# How many words are tried as the root where the greedy tree is not one; a tree costs O(n³) each.
ROOTS = 3


@dataclass(frozen=True, slots=True)
class RoleArc:
    """A semantic role: the words of predicate and argument head, the PropBank label, its score."""

    predicate: int
    argument: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """One sentence, decoded; lists run over its words, ``heads`` is -1 for the root.

    ``names`` are (first, end, type, score); ``event`` is the probability that the word names a
    happening; ``modality`` and ``category`` hold the probability of each label.
    """

    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deprels: list[str]
    arc_scores: list[float]
    names: list[tuple[int, int, str, float]]
    mention_types: list[str]
    predicates: list[float]
    roles: list[RoleArc]
    event: list[float]
    modality: Floats
    negative: list[float]
    category: Floats


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    top = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = top / top.sum(axis=-1, keepdims=True)
    return result


def decode(words: Sequence[str], scores: Scores, encoder: Encoder) -> Analysis:
    """The best analysis of one window of words."""
    labels, tokens = encoder.labels, scores.tokens

    def best(head: str) -> list[str]:
        return [labels[head][i] for i in tokens[head].argmax(axis=1)]

    upos = best("upos")
    heads = find_tree(scores.arcs)
    governors = np.asarray(heads)
    n = len(words)
    relations = encoder.pair_scores("deprel", scores.relation[0][governors], scores.relation[1][1:])
    predicates = softmax(tokens["predicate"])[:, 1]
    return Analysis(
        upos=upos,
        feats=best("feats"),
        lemmas=find_lemmas(words, upos, tokens["lemma"], encoder),
        heads=[h - 1 for h in heads],
        deprels=_relations(relations, heads, labels["deprel"]),
        arc_scores=[float(p) for p in softmax(scores.arcs)[np.arange(n), governors]],
        names=find_names(tokens["names"], labels["names"]),
        mention_types=best("mention_type"),
        predicates=[float(p) for p in predicates],
        roles=find_roles(scores, predicates, encoder),
        event=[float(p) for p in softmax(tokens["event"])[:, 1]],
        modality=softmax(tokens["modality"]),
        negative=[float(p) for p in softmax(tokens["polarity"])[:, 1]],
        category=softmax(tokens["category"]),
    )


def find_lemmas(
    words: Sequence[str], upos: Sequence[str], scores: Floats, encoder: Encoder
) -> list[str]:
    """The lemma of each word, by the likeliest edit script that gives a known one.

    The pieces of a rare form do not tell how its stem is spelt, so "urged" may come out as "urg";
    a lemma that the treebanks or the lexicon have is preferred then.
    """
    scripts = encoder.labels["lemma"]
    found = []
    for word, pos, row in zip(words, upos, scores, strict=True):
        lemma = encoder.forms.get((pos, word.lower()))
        if lemma is None:
            lemma = apply_script(word, scripts[int(row.argmax())])
            known = encoder.lemmas.get(pos)
            if known is not None and lemma.lower() not in known:
                lemma = next((c for c in _inflections(word, row, scripts) if c in known), lemma)
        found.append(lemma)
    return found


def _inflections(word: str, row: Floats, scripts: Sequence[str]) -> Iterator[str]:
    """What the edit scripts of plain inflection make of a word, the likeliest first."""
    for i in np.argsort(-row, kind="stable"):
        if scripts[i][0] == "=":
            continue
        _, cut, added = scripts[i].split("|", 2)
        if int(cut) <= LONGEST_ENDING and len(added) <= 2 and len(word) - int(cut) >= 2:
            yield apply_script(word, scripts[i])


def _relations(scores: Floats, heads: list[int], labels: list[str]) -> list[str]:
    """The best relation of each word; "root" for the root's child and for no other."""
    root = labels.index("root")
    scores = scores.copy()
    scores[:, root] = -np.inf
    found = [labels[i] for i in scores.argmax(axis=1)]
    return ["root" if head == 0 else name for head, name in zip(heads, found, strict=True)]


def find_tree(arcs: Floats) -> list[int]:
    """The governors of the best tree with one root, which is one of the likeliest ROOTS words.

    Args:
        arcs: float32 (n, 1 + n); column 0 is the root, a word's own column is never chosen.

    Returns:
        One governor index, 0 to n, for each word.

    Source: Chu and Liu 1965, Edmonds 1967; why one root: Zmigrod, Vieira and Cotterell 2020.
    """
    n = arcs.shape[0]
    scores = np.full((n + 1, n + 1), -np.inf)
    # Log-probabilities, so that the sum over a tree is what the model thinks of it.
    shifted = arcs - arcs.max(axis=1, keepdims=True)
    scores[1:] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    np.fill_diagonal(scores, -np.inf)
    best = scores.argmax(axis=1)
    if (best[1:] == 0).sum() == 1 and not _find_cycle(best):
        return [int(h) for h in best[1:]]
    trees = []
    for root in np.argsort(-scores[1:, 0], kind="stable")[:ROOTS] + 1:
        trial = scores.copy()
        trial[1:, 0] = -np.inf
        trial[root] = -np.inf
        trial[root, 0] = 0.0
        governors = _arborescence(trial)
        total = scores[np.arange(1, n + 1), governors[1:]].sum()
        trees.append((total, [int(h) for h in governors[1:]]))
    return max(trees, key=lambda tree: tree[0])[1]


def _find_cycle(governors: Ints) -> list[int]:
    """The nodes of one cycle, or none; node 0 has no governor."""
    colour = [0] * len(governors)
    for start in range(1, len(governors)):
        path, at = [], start
        while at != 0 and colour[at] == 0:
            colour[at] = start
            path.append(at)
            at = int(governors[at])
        if at != 0 and colour[at] == start:
            return path[path.index(at) :]
    return []


def _arborescence(scores: NDArray[np.float64]) -> Ints:
    """Governors of the best arborescence from node 0, whose own entry is 0.

    ``scores`` is (nodes, nodes): row the dependent, column the governor.
    """
    governors: Ints = scores.argmax(axis=1)
    governors[0] = 0
    cycle = _find_cycle(governors)
    if not cycle:
        return governors
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    ring = np.asarray(cycle)
    # Contract the cycle into one node, the last of the smaller graph.
    size = len(outside) + 1
    smaller = np.full((size, size), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, ring)]
    smaller[:-1, -1] = leaving.max(axis=1)
    kept = scores[ring, governors[ring]]
    gain = scores[np.ix_(ring, outside)] - kept[:, None]
    smaller[-1, :-1] = gain.max(axis=0)
    solved = _arborescence(smaller)
    result: Ints = governors.copy()
    for row, node in enumerate(outside[1:], 1):
        chosen = solved[row]
        result[node] = ring[leaving[row].argmax()] if chosen == size - 1 else outside[chosen]
    entry = solved[-1]
    broken = ring[gain[:, entry].argmax()]
    result[broken] = outside[entry]
    return result


def find_names(scores: Floats, tags: Sequence[str]) -> list[tuple[int, int, str, float]]:
    """(first, end, type, score) of the names in the best valid BIO sequence.

    Args:
        scores: float32 (n, tags), n at least 1.
        tags: "O", "B-type" and "I-type" of each type.

    Returns:
        In text order; a name's score is that of its least likely word.
    """
    log_p = np.log(softmax(scores) + 1e-9)
    allowed = _transitions(tuple(tags))
    total, back = log_p[0] + allowed[0], []
    for row in log_p[1:]:
        paths = total[:, None] + allowed[1:]
        back.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    path = [int(total.argmax())]
    for pointer in reversed(back):
        path.append(int(pointer[path[-1]]))
    return _spans(path[::-1], np.exp(log_p), tags)


@lru_cache(maxsize=4)
def _transitions(tags: tuple[str, ...]) -> Floats:
    """float32 (1 + tags, tags): 0 where a tag may follow another, else very negative.

    Row 0 is the start of the sentence.
    """
    allowed = np.zeros((len(tags) + 1, len(tags)), np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            allowed[0, j] = -1e4
            for i, before in enumerate(tags, 1):
                if before[2:] != tag[2:]:
                    allowed[i, j] = -1e4
    return allowed


def _spans(path: list[int], p: Floats, tags: Sequence[str]) -> list[tuple[int, int, str, float]]:
    found: list[tuple[int, int, str, float]] = []
    for i, at in enumerate(path):
        tag, score = tags[at], float(p[i, at])
        if tag.startswith("B-"):
            found.append((i, i + 1, tag[2:], score))
        elif tag.startswith("I-"):
            first, _, name, before = found[-1]
            found[-1] = (first, i + 1, name, min(before, score))
    return found


def find_roles(scores: Scores, predicates: Floats, encoder: Encoder) -> list[RoleArc]:
    """The labelled arguments of every word that is more likely a predicate than not."""
    chosen = np.flatnonzero(predicates > 0.5)
    if not len(chosen):
        return []
    left = scores.role[0][chosen + 1][:, None]
    p = softmax(encoder.pair_scores("role", left, scores.role[1][None, 1:]))
    best = p.argmax(axis=2)
    labels = encoder.labels["role"]
    return [
        RoleArc(int(chosen[i]), int(j), labels[best[i, j]], float(p[i, j, best[i, j]]))
        for i, j in zip(*np.nonzero(best), strict=True)
        if chosen[i] != j
    ]
