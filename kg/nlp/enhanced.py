"""The enhanced Universal Dependencies of a sentence, derived by rule from its basic tree.

A graph in place of a tree: conjuncts take part in what their coordination takes part in, the
understood subject of an infinitive is an arc, a relative clause points at the noun it describes,
and relations name their preposition or conjunction (``obl:in``, ``conj:and``). Guidelines:
https://universaldependencies.org/u/overview/enhanced-syntax.html; words that the guidelines make
up for gaps ("8.1") are not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

# An arc is (governor's index or ROOT, relation); a word may have several.
Arc = tuple[int, str]
ROOT = -1
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")
MARKED = {"obl": ("case",), "nmod": ("case",), "advcl": ("mark", "case"), "acl": ("mark", "case")}
# A clause or item beside a coordination does not hang on each of its conjuncts.
UNSHARED = frozenset({"root", "parataxis", "list", "orphan"})
PLACES = frozenset({"where", "when", "why"})
# Nouns whose bare relative clause says when, where, how or why: "the day they left".
CIRCUMSTANCES = frozenset(
    {"time", "day", "night", "moment", "year", "week", "month", "hour", "way", "point", "reason"}
)
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
# Verbs whose infinitive is done by their own subject although they have an object.
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "swear"})


@dataclass(frozen=True, slots=True)
class Word:
    """What the rules read of a word: ``head`` is an index in the sentence, ROOT at the top."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    relation: str


def enhance(words: Sequence[Word]) -> list[list[Arc]]:
    """The arcs of each word of a sentence, those of the basic tree first."""
    return _Graph(words).arcs


def words_of(tokens: Sequence[Token]) -> list[Word]:
    """The words of a parsed sentence, given its tokens without spaces."""
    index = {token.i: k for k, token in enumerate(tokens)}
    return [
        Word(
            token.text,
            token.lemma_,
            token.pos_,
            str(token.morph),
            ROOT if token.head.i == token.i else index.get(token.head.i, ROOT),
            token.dep_,
        )
        for token in tokens
    ]


class _Graph:
    """A sentence while its arcs are found; each step adds to what the one before it left."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.below: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if word.head != ROOT:
                self.below[word.head].append(i)
        self.arcs: list[list[Arc]] = [[(w.head, self.label(i))] for i, w in enumerate(words)]
        self._share_governors()
        self._share_dependents()
        self._control()
        self._refer()

    def children(self, i: int, *relations: str) -> list[int]:
        """The dependents of a word that bear one of the relations, in text order."""
        return [k for k in self.below[i] if self.words[k].relation in relations]

    def label(self, i: int) -> str:
        """The relation with its preposition or conjunction."""
        relation = self.words[i].relation
        if relation == "conj":
            marks = self.children(i, "cc") or self._later_cc(i)
            return self._named(relation, marks[:1])
        return self._named(relation, self._marks(i, relation))

    def _marks(self, i: int, relation: str) -> list[int]:
        """The mark that names the relation: the last of "as if", "when" where there is none."""
        marks = self.children(i, *MARKED.get(relation, ()))
        if not marks and relation == "advcl":
            marks = [k for k in self.children(i, "advmod") if self.words[k].lemma == "when"]
        return marks[-1:]

    def _later_cc(self, i: int) -> list[int]:
        """The conjunction of a later conjunct: "and" for "B" in "A, B and C"."""
        siblings = self.children(self.words[i].head, "conj")
        marks = (self.children(k, "cc") for k in siblings if k > i)
        return next((found for found in marks if found), [])

    def _named(self, relation: str, marks: Sequence[int]) -> str:
        """A relation with the lemmas of its marks, parts of a fixed expression joined by _."""
        parts = [k for mark in marks for k in (mark, *self.children(mark, "fixed"))]
        names = [_name(self.words[k]) for k in sorted(parts)]
        return ":".join((relation, "_".join(names))) if names and all(names) else relation

    def _add(self, i: int, governor: int, relation: str) -> None:
        """Give a word one more arc, unless it has it or would govern itself."""
        if governor != i and (governor, relation) not in self.arcs[i]:
            self.arcs[i].append((governor, relation))

    def _share_governors(self) -> None:
        """Conjuncts hang where the first hangs, by their own preposition if they have one."""
        for i in self._conjuncts():
            first = self.words[i].head
            basic = self.words[first].relation
            marks = self._marks(i, basic)
            for governor, relation in self.arcs[first]:
                chained = basic == "conj" and governor == self.words[first].head
                if governor != ROOT and not chained and basic not in UNSHARED:
                    self._add(i, governor, self._named(basic, marks) if marks else relation)

    def _conjuncts(self) -> Iterator[int]:
        """Words that hang on a conjunct before them, a coordination's first before the next."""
        return (i for i, word in enumerate(self.words) if word.relation == "conj")

    def _share_dependents(self) -> None:
        """A coordinated predicate without a subject has that of the first."""
        for i in self._conjuncts():
            first = self.words[i].head
            if self.words[i].upos not in ("VERB", "AUX", "ADJ", "NOUN") or self.children(
                i, *SUBJECTS
            ):
                continue
            for k in range(len(self.words)):
                for governor, relation in list(self.arcs[k]):
                    if governor == first and relation in SUBJECTS and k < i:
                        self._add(k, i, self._voiced(i, relation))

    def _voiced(self, i: int, relation: str) -> str:
        """A subject's relation to a verb, by whether that is passive."""
        base = relation.removesuffix(":pass")
        is_passive = self.children(i, "aux:pass") or "Voice=Pass" in self.words[i].feats
        return f"{base}:pass" if is_passive and base != "expl" else base

    def _control(self) -> None:
        """The subject of an infinitive: the object of the verb above it, else that's subject."""
        for i in range(len(self.words)):
            for governor, relation in list(self.arcs[i]):
                if relation != "xcomp" or governor == ROOT:
                    continue
                objects = self.children(governor, "obj", "iobj")
                if objects and self.words[governor].lemma not in SUBJECT_CONTROL:
                    self._add(objects[0], i, "nsubj:xsubj")
                    continue
                for k in self._subjects(governor):
                    if not self.children(i, *SUBJECTS):
                        self._add(k, i, "nsubj:xsubj")

    def _subjects(self, verb: int) -> list[int]:
        """The words with a subject arc to a verb."""
        wanted = ("nsubj", "nsubj:pass", "nsubj:xsubj")
        return [
            k
            for k, arcs in enumerate(self.arcs)
            if any(governor == verb and relation in wanted for governor, relation in arcs)
        ]

    def _refer(self) -> None:
        """A relative pronoun refers to its noun, which takes over the pronoun's arcs."""
        for i, word in enumerate(self.words):
            lemma = word.lemma.lower()
            if "PronType=Rel" not in word.feats or lemma not in RELATIVE | PLACES:
                continue
            noun = self._described(i)
            if noun is None:
                continue
            is_clause = self.words[noun].upos == "VERB"
            for governor, relation in self.arcs[i]:
                if is_clause and relation.startswith("nsubj"):
                    relation = relation.replace("nsubj", "csubj")
                self._add(noun, governor, "obl" if relation == "advmod" else relation)
            self.arcs[i] = [(noun, "ref")]
        for i, word in enumerate(self.words):
            if word.relation == "acl:relcl" and not self._has_pronoun(i):
                self._fill_gap(i)

    def _described(self, i: int) -> int | None:
        """The noun whose relative clause a word is in."""
        while self.words[i].head != ROOT:
            if self.words[i].relation in ("acl:relcl", "advcl:relcl"):
                return self.words[i].head
            i = self.words[i].head
        return None

    def _has_pronoun(self, verb: int) -> bool:
        """Whether the noun of a relative clause has a place in it already."""
        noun = self.words[verb].head
        return any(arc[1] == "ref" and arc[0] == noun for arcs in self.arcs for arc in arcs)

    def _fill_gap(self, verb: int) -> None:
        """The noun is the object in "(the men) they held" and "they wanted to hold"."""
        noun, last = self.words[verb].head, verb
        while not self.children(last, "obj") and (below := self.children(last, "xcomp", "ccomp")):
            last = below[0]
        if self.words[last].upos != "VERB" or self.children(last, "obj", "ccomp", "xcomp"):
            return
        if not self.children(last, "aux:pass") and self.children(verb, *SUBJECTS):
            relation = "obl" if self.words[noun].lemma in CIRCUMSTANCES else "obj"
            self._add(noun, last, relation)


def _name(word: Word) -> str:
    """The word as part of a relation's name, "" if it is no word: "including" keeps its ending."""
    name = word.form.lower() if word.upos == "VERB" else word.lemma.lower()
    return name if name.isalpha() else ""
