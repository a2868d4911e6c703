"""The model's scores -> tags, one-root trees, names and roles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kg.nlp.encoder import Encoder, Scores
from kg.nlp.features import apply_script
from kg.nlp.names import (
    Floats,
    NameSpan,
    find_names,
    settle,
    softmax,
    top_probability,
    trim,
    unify_types,
)

# What plain inflection puts at a word's end, and what stood there before. After "-ed", "-ing",
# "-er" and "-est" a doubled consonant is undone as well.
_PAST = (("ed", ""), ("d", ""), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ying", "ie"))
_PLURAL = (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"))
_DEGREE = (("er", ""), ("est", ""), ("r", ""), ("st", ""), ("ier", "y"), ("iest", "y"))
INFLECTIONS = {
    "NOUN": frozenset(_PLURAL),
    "VERB": frozenset({*_PLURAL[:3], *_PAST}),
    "ADJ": frozenset(_DEGREE),
    "ADV": frozenset(_DEGREE),
}
DOUBLING = ("ed", "ing", "er", "est")
# Parts of speech whose lemmas are checked against the known ones.
CHECKED_POS = ("VERB", "NOUN", "ADJ", "ADV")
Ints = NDArray[np.int64]
# How many nats a crossing arc may be likelier than the one that does not cross, to give way to it.
# Of 0.5-4, best on EWT dev.
CLOSE = 1.0
# A word's governors are weighed by the relation where the second is likelier than this, in nats; of
# -6 to -2, all as good on EWT dev.
UNSURE = -2.0
# Relations that two words side by side hardly have to one verb; those of an article or an owner;
# those of words before a noun that are its own.
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod"})
DETERMINING = frozenset({"det", "nmod:poss"})
PREMODIFIERS = frozenset({"amod", "compound", "nummod", "nmod", "nmod:desc", "advmod", "det"})
# How many words are tried as the root where the greedy tree is not one; a tree costs O(n³) each.
ROOTS = 3
# The decisions on a word whose probability is kept; those after the first two are labels.
SURENESS = ("governor", "relation", "upos", "feats", "mention_type", "status")


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

    ``event`` is the probability that the word names a happening; ``modality`` and ``category`` hold
    the probability of each label; ``coref`` are the pair vectors of antecedents and of anaphors,
    float32 (words, width) each. ``sureness`` has the probability of what was decided, float32
    (words,) for each of SURENESS.
    """

    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[NameSpan]
    mention_types: list[str]
    statuses: list[str]
    predicates: list[float]
    roles: list[RoleArc]
    event: list[float]
    modality: Floats
    negative: list[float]
    category: Floats
    coref: tuple[Floats, Floats]
    sureness: dict[str, Floats]


def analyse(sentences: Sequence[Sequence[str]], encoder: Encoder) -> list[Analysis]:
    """The best analysis of each sentence of a document, given whole and in its order."""
    scores = encoder.score(sentences)
    found = [decode(words, s, encoder) for words, s in zip(sentences, scores, strict=True)]
    names = unify_types(sentences, [a.names for a in found], encoder.labels["names"])
    return [
        replace(analysis, names=settle(words, n))
        for words, analysis, n in zip(sentences, found, names, strict=True)
    ]


def decode(words: Sequence[str], scores: Scores, encoder: Encoder) -> Analysis:
    """The best analysis of one sentence."""
    labels, tokens = encoder.labels, scores.tokens

    def best(head: str) -> list[str]:
        return [labels[head][i] for i in tokens[head].argmax(axis=1)]

    upos = best("upos")
    heads = lift(find_tree(weigh_relations(scores, encoder)), scores.arcs)
    governors = np.asarray(heads)
    n = len(words)
    relations = encoder.pairs["deprel"].scores(
        scores.relation[0][governors], scores.relation[1][1:]
    )
    relations[:, labels["deprel"].index("root")] = -np.inf
    deprels = _relations(relations, heads, labels["deprel"])
    feats = best("feats")
    for i in reduced_relatives(heads, deprels, feats):
        heads[i], deprels[i] = i, "acl"
    lemmas = find_lemmas(words, upos, tokens["lemma"], encoder)
    for i in verbal_nouns(heads, deprels, upos):
        upos[i], feats[i], lemmas[i] = "NOUN", "Number=Sing", words[i].lower()
    names = [trim(words, name) for name in find_names(tokens["names"], labels["names"])]
    is_noun = [pos == "NOUN" and word.islower() for pos, word in zip(upos, words, strict=True)]
    titled = head_titled_names(names, is_noun, heads, deprels)
    types = best("mention_type")
    statuses = _statuses(types, tokens["status"], labels["status"])
    for noun, name in titled.items():
        types[name], statuses[name] = types[noun], statuses[noun]
    predicates = softmax(tokens["predicate"])[:, 1]
    sureness = {
        "governor": softmax(scores.arcs)[np.arange(n), governors],
        "relation": np.where(governors == 0, np.float32(1), top_probability(relations)),
        **{name: top_probability(tokens[name]) for name in SURENESS[2:]},
    }
    return Analysis(
        upos=upos,
        feats=feats,
        lemmas=lemmas,
        heads=[h - 1 for h in heads],
        deprels=deprels,
        names=names,
        mention_types=types,
        statuses=statuses,
        predicates=[float(p) for p in predicates],
        roles=_moved(find_roles(scores, predicates, encoder), titled),
        event=[float(p) for p in softmax(tokens["event"])[:, 1]],
        modality=softmax(tokens["modality"]),
        negative=[float(p) for p in softmax(tokens["polarity"])[:, 1]],
        category=softmax(tokens["category"]),
        coref=(scores.coref[0][1:], scores.coref[1][1:]),
        sureness=sureness,
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
                lemma = next(
                    (c for c in _inflections(word, row, scripts, pos) if c in known), lemma
                )
        found.append(lemma)
    return found


def _inflections(word: str, row: Floats, scripts: Sequence[str], pos: str) -> Iterator[str]:
    """What the edit scripts that undo an inflection make of a word, the likeliest first."""
    for i in np.argsort(-row, kind="stable"):
        if scripts[i][0] != "=" and _is_inflection(word.lower(), scripts[i], pos):
            yield apply_script(word, scripts[i])


def _is_inflection(word: str, script: str, pos: str) -> bool:
    """Whether what the script takes off and puts on is plain inflection of the part of speech."""
    _, cut, added = script.split("|", 2)
    stem, ending = word[: len(word) - int(cut)], word[len(word) - int(cut) :]
    if len(stem) < 2:
        return False
    if (ending, added) in INFLECTIONS[pos]:
        return True
    is_doubled = ending[:1] == stem[-1] and ending[1:] in DOUBLING and not added
    return is_doubled and (ending[1:], "") in INFLECTIONS[pos]


def _relations(scores: Floats, heads: list[int], labels: list[str]) -> list[str]:
    """The best relation of each word; "root", which scores lowest, for the root's child alone."""
    found = [labels[i] for i in scores.argmax(axis=1)]
    return ["root" if head == 0 else name for head, name in zip(heads, found, strict=True)]


def _statuses(types: Sequence[str], scores: Floats, labels: Sequence[str]) -> list[str]:
    """The best information status of each word that heads a mention, "none" for the others."""
    none = labels.index("none")
    scores = scores.copy()
    scores[:, none] = -np.inf
    best = scores.argmax(axis=1)
    return [labels[none if t == "none" else i] for t, i in zip(types, best, strict=True)]


def reduced_relatives(
    heads: Sequence[int], deprels: Sequence[str], feats: Sequence[str]
) -> list[int]:
    """Indices of participles that were taken for a complement but tell of the noun before them.

    In "The attack launched by rebels failed" nothing is said or thought, and what stands between a
    subject and its verb is the subject's. The arguments are as in an `Analysis`, but for heads that
    count from 1.
    """
    found = []
    for i, deprel in enumerate(deprels):
        is_participle = deprel == "ccomp" and "VerbForm=Part" in feats[i].split("|")
        if is_participle and i and heads[i - 1] == heads[i] > i + 1 and deprels[i - 1] == "nsubj":
            found.append(i)
    return found


def head_titled_names(
    names: Sequence[NameSpan], is_noun: Sequence[bool], heads: list[int], deprels: list[str]
) -> dict[int, int]:
    """Make a person's name the head of a bare noun before it: "businessman Ann Lee met us".

    The treebanks differ: EWT hangs the noun on the name as ``nmod:desc``, GUM the name on the noun
    as ``flat``, and their mean may make two objects of the two. Who acts is the name. A noun with
    an article stays the head, the name its apposition ("the businessman Ann Lee").

    Args:
        names: the sentence's names.
        is_noun: whether each word is a common noun in lower case.
        heads: the governors, counted from 1; changed.
        deprels: the relations; changed.

    Returns:
        The head of the name for each noun that lost its place to it.
    """
    found: dict[int, int] = {}
    for name in names:
        noun, span = name.first - 1, range(name.first, name.end)
        tops = [i for i in span if heads[i] - 1 not in span]
        if name.label != "PERSON" or noun < 0 or len(tops) != 1 or not is_noun[noun]:
            continue
        head = tops[0]
        is_flat = heads[head] == noun + 1 and deprels[head] == "flat"
        is_twin = deprels[noun] in ARGUMENTS and (heads[head], deprels[head]) == (
            heads[noun],
            deprels[noun],
        )
        if not (is_flat or is_twin):
            continue
        below = [i for i, governor in enumerate(heads) if governor == noun + 1 and i != head]
        if any(deprels[i] in DETERMINING for i in below):
            heads[head], deprels[head] = noun + 1, "appos"
            continue
        for i in below:
            if i > head or deprels[i] not in PREMODIFIERS:
                heads[i] = head + 1
        heads[head], deprels[head] = heads[noun], deprels[noun]
        heads[noun], deprels[noun] = head + 1, "nmod:desc"
        found[noun] = head
    return found


def weigh_relations(scores: Scores, encoder: Encoder) -> Floats:
    """The arcs' log-probabilities; those of a word's two likeliest governors with the relation's.

    Of two governors that are about as likely, the right one is more often that towards which the
    word's relation is plain. Float32 (n, 1 + n), as for `find_tree`.
    """
    arcs = _log_probabilities(scores.arcs)
    likeliest = np.argpartition(-arcs, 1, axis=1)[:, :2]
    unsure = np.flatnonzero(np.take_along_axis(arcs, likeliest, axis=1).min(axis=1) > UNSURE)
    if len(unsure):
        governors = likeliest[unsure]
        left, right = scores.relation[0][governors], scores.relation[1][unsure + 1][:, None]
        relations = encoder.pairs["deprel"].scores(left, right)
        relations[..., encoder.labels["deprel"].index("root")] = -np.inf
        best = np.log(softmax(relations).max(axis=2))
        arcs[unsure[:, None], governors] += np.where(governors == 0, 0.0, best)
    return arcs


def _log_probabilities(arcs: Floats) -> Floats:
    """Those of each word's governors, float32 (n, 1 + n)."""
    shifted = arcs - arcs.max(axis=1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def verbal_nouns(heads: Sequence[int], deprels: Sequence[str], upos: Sequence[str]) -> list[int]:
    """Indices of words that were taken for verbs, but stand where only a noun can.

    "They died in police firing": a preposition marks the word, and its relation is a noun's. The
    arguments are as in an `Analysis`, but for heads that count from 1.
    """
    marked = {head - 1 for head, deprel in zip(heads, deprels, strict=True) if deprel == "case"}
    return [
        i
        for i, deprel in enumerate(deprels)
        if upos[i] == "VERB" and deprel in ("obl", "nmod") and i in marked
    ]


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
    scores[1:] = _log_probabilities(arcs)
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


def lift(heads: list[int], arcs: Floats) -> list[int]:
    """The governors, with crossing arcs hung higher up where that is nearly as likely.

    English arcs seldom cross; most that do hang the last phrase of a sentence on a verb before the
    governing one: "they left, she said on Monday".

    Args:
        heads: one governor for each word, 0 being the root.
        arcs: float32 (n, 1 + n), as for `find_tree`.

    Source: Nivre and Nilsson 2005, on lifting non-projective arcs.
    """
    found = list(heads)
    for i, head in enumerate(heads):
        at = head
        while at and _crosses(i + 1, at, found):
            at = found[at - 1]
        if at and at != head and arcs[i, at] > arcs[i, head] - CLOSE:
            found[i] = at
    return found


def _crosses(word: int, head: int, heads: Sequence[int]) -> bool:
    """Whether some word between the two hangs outside of what the head governs."""
    low, high = sorted((word, head))
    return any(not _is_below(k, head, heads) for k in range(low + 1, high))


def _is_below(word: int, top: int, heads: Sequence[int]) -> bool:
    while word and word != top:
        word = heads[word - 1]
    return word == top


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


def find_roles(scores: Scores, predicates: Floats, encoder: Encoder) -> list[RoleArc]:
    """The labelled arguments of every word that is more likely a predicate than not."""
    chosen = np.flatnonzero(predicates > 0.5)
    if not len(chosen):
        return []
    left = scores.role[0][chosen + 1][:, None]
    p = softmax(encoder.pairs["role"].scores(left, scores.role[1][None, 1:]))
    best = p.argmax(axis=2)
    labels = encoder.labels["role"]
    return [
        RoleArc(int(chosen[i]), int(j), labels[best[i, j]], float(p[i, j, best[i, j]]))
        for i, j in zip(*np.nonzero(best), strict=True)
        if chosen[i] != j
    ]


def _moved(roles: Sequence[RoleArc], titled: Mapping[int, int]) -> list[RoleArc]:
    """The roles, those of nouns that `head_titled_names` hung on names being the names'."""
    found: dict[tuple[int, int, str], RoleArc] = {}
    for arc in roles:
        argument = titled.get(arc.argument, arc.argument)
        if argument != arc.predicate:
            moved = replace(arc, argument=argument)
            found.setdefault((arc.predicate, argument, arc.label), moved)
    return list(found.values())
