"""Text -> a spaCy Doc with Universal Dependencies, names, mention types, roles and event scores.

The container is spaCy's, so its rulers and matchers and any component of a user's own can be added
to the ``Language`` that `load` gives. Beside spaCy's own attributes the model fills:

* ``token._.mention_type``: what a noun phrase headed by the word is: person, place, object, ...
* ``token._.information_status``: whether the reader knows it: new, giv:act (spoken of shortly
  before), giv:inact (longer ago), acc:com (commonly known), acc:inf (inferred), acc:aggr (several
  givens together); "none" for words that head no noun phrase
* ``token._.event``: probability that the word names a happening
* ``token._.negative``: probability that this happening is denied
* ``token._.modality``, ``token._.category``: label -> probability; empty where the word hardly
  names a happening
* ``token._.predicate``: how sure it is that the word is a predicate
* ``doc._.sureness``: how sure each word's governor, relation, upos, feats, mention_type and status
  are, float32 (tokens,) by these names; 0 for spaces
* ``doc._.roles``: PropBank arcs as `RoleArc`, indices into the doc
* ``doc._.name_scores``: how sure each of ``doc.ents`` is
* ``doc._.pair_vectors``: `kg.nlp.coreference.PairVectors`, which says how well two words corefer
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import spacy
from spacy import symbols
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    POS,
)
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp import sentences
from kg.nlp.coreference import PairVectors
from kg.nlp.decode import SURENESS, Analysis, RoleArc, analyse
from kg.nlp.encoder import LONGEST_SENTENCE, MODEL_FOLDER, Encoder, Floats
from kg.nlp.tokens import TOKENIZER

__all__ = ["load", "sentences"]

# The component's name in a saved pipeline's configuration.
FACTORY = "kg_model"
# Words of a lower event probability get no modality and category, to save time and memory.
LEAST_EVENT = 0.02
# Parts of speech of words that can refer to something.
REFERRING = frozenset({"NOUN", "PROPN", "PRON", "NUM"})

for _name, _default in (
    ("mention_type", "none"),
    ("event", 0.0),
    ("negative", 0.0),
    ("predicate", 0.0),
    ("information_status", "none"),
):
    if not Token.has_extension(_name):
        Token.set_extension(_name, default=_default)
for _name in ("modality", "category"):
    if not Token.has_extension(_name):
        Token.set_extension(_name, default={})
if not Doc.has_extension("pair_vectors"):
    Doc.set_extension("pair_vectors", default=None)
if not Doc.has_extension("sureness"):
    Doc.set_extension("sureness", default={})
for _name in ("roles", "name_scores"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


class ModelComponent:
    """The spaCy component that runs the model and writes its answers into the Doc."""

    def __init__(self, encoder: Encoder) -> None:
        """Take an opened model."""
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Analyse one Doc whose sentences are marked.

        Only sentences of one Doc share a batch: int8 scales are computed for a batch, and an
        article must come out the same whatever stands beside it.
        """
        parts = list(self._sentences(doc))
        analyses = analyse([[token.text for token in part] for part in parts], self.encoder)
        write(doc, list(zip(parts, analyses, strict=True)), self.encoder.labels)
        doc._.pair_vectors = _pair_vectors(parts, analyses, self.encoder)
        return doc

    def _sentences(self, doc: Doc) -> Iterator[list[Token]]:
        """The words of each sentence, without spaces, cut where they pass the encoder's length."""
        for sent in doc.sents:
            window: list[Token] = []
            size = 0
            for token in sent:
                if token.is_space:
                    continue
                n = self.encoder.n_pieces(token.text)
                if window and size + n > LONGEST_SENTENCE:
                    yield window
                    window, size = [], 0
                window.append(token)
                size += n
            if window:
                yield window


def _pair_vectors(
    parts: Sequence[Sequence[Token]], analyses: Sequence[Analysis], encoder: Encoder
) -> PairVectors:
    """The pair vectors of the words that can refer to something."""
    row_of: dict[int, int] = {}
    before, after = [], []
    for part, analysis in zip(parts, analyses, strict=True):
        rows = [k for k, pos in enumerate(analysis.upos) if pos in REFERRING]
        for k in rows:
            row_of[part[k].i] = len(row_of)
        before.append(analysis.coref[0][rows])
        after.append(analysis.coref[1][rows])
    left, right = (np.concatenate(v) if v else np.zeros((0, 0), "f4") for v in (before, after))
    return PairVectors(row_of, left, right, encoder.pairs["coref"])


def write(
    doc: Doc, parts: Sequence[tuple[list[Token], Analysis]], labels: dict[str, list[str]]
) -> None:
    """Fill the Doc's attributes from the analyses of its windows."""
    columns: dict[int, list[str]] = {
        POS: ["SPACE"] * len(doc),
        MORPH: [""] * len(doc),
        LEMMA: [token.text for token in doc],
        DEP: ["dep"] * len(doc),
    }
    heads = _default_heads(doc)
    roots: dict[int, int] = {}
    sentence_of = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    for window, analysis in parts:
        for k, token in enumerate(window):
            i = token.i
            head = analysis.heads[k]
            heads[i] = window[head].i if head >= 0 else roots.setdefault(sentence_of[i], i)
            relation = analysis.deprels[k]
            columns[DEP][i] = "parataxis" if head < 0 and heads[i] != i else relation
            columns[POS][i] = analysis.upos[k]
            columns[MORPH][i] = "" if analysis.feats[k] == "_" else analysis.feats[k]
            columns[LEMMA][i] = analysis.lemmas[k]
    _write_columns(doc, columns, heads)
    _write_names(doc, parts)
    _write_extensions(doc, parts, labels)


def _default_heads(doc: Doc) -> list[int]:
    """Governors before the tree is known: a word's own index, for a space the word before it.

    A space that starts its sentence hangs on the first word after it.
    """
    heads = list(range(len(doc)))
    for sent in doc.sents:
        words = [token.i for token in sent if not token.is_space] or [sent.start]
        last = words[0]
        for token in sent:
            if not token.is_space:
                last = token.i
            heads[token.i] = last
    return heads


def _write_columns(doc: Doc, columns: dict[int, list[str]], heads: list[int]) -> None:
    """Set tags and tree in one call, which is many times quicker than token by token."""
    strings, vocab = doc.vocab.strings, doc.vocab
    rows = np.zeros((len(doc), 5), dtype="uint64")
    rows[:, 0] = [symbols.IDS[v] for v in columns[POS]]
    rows[:, 1] = [vocab.morphology.add(v) for v in columns[MORPH]]
    rows[:, 2] = [strings.add(v) for v in columns[LEMMA]]
    rows[:, 3] = [strings.add(v) for v in columns[DEP]]
    offsets = np.asarray(heads, dtype="int64") - np.arange(len(doc))
    rows[:, 4] = offsets.astype("int32").astype("uint32").astype("uint64")
    # spaCy's stubs know only 32-bit arrays; its code takes 64-bit ones.
    doc.from_array([POS, MORPH, LEMMA, DEP, HEAD], rows)  # type: ignore[arg-type]


def _write_names(doc: Doc, parts: Sequence[tuple[list[Token], Analysis]]) -> None:
    """Names as ``doc.ents`` and their scores as ``doc._.name_scores``, in text order."""
    rows = np.zeros((len(doc), 2), dtype="uint64")
    rows[:, 0] = 2
    scores = []
    for window, analysis in parts:
        for name in analysis.names:
            span = range(window[name.first].i, window[name.end - 1].i + 1)
            rows[span.start : span.stop, 0] = 1
            rows[span.start, 0] = 3
            rows[span.start : span.stop, 1] = doc.vocab.strings.add(name.label)
            scores.append((span.start, name.score))
    doc.from_array([ENT_IOB, ENT_TYPE], rows)  # type: ignore[arg-type]
    doc._.name_scores = tuple(score for _, score in sorted(scores))


def _write_extensions(
    doc: Doc, parts: Sequence[tuple[list[Token], Analysis]], labels: dict[str, list[str]]
) -> None:
    """Set the underscore attributes that the module's docstring lists."""
    roles: list[RoleArc] = []
    doc._.sureness = {name: np.zeros(len(doc), np.float32) for name in SURENESS}
    for window, analysis in parts:
        places = [token.i for token in window]
        for name, values in analysis.sureness.items():
            doc._.sureness[name][places] = values
        for k, token in enumerate(window):
            extra = token._
            extra.mention_type = analysis.mention_types[k]
            extra.event = analysis.event[k]
            extra.negative = analysis.negative[k]
            extra.predicate = analysis.predicates[k]
            extra.information_status = analysis.statuses[k]
            if analysis.event[k] > LEAST_EVENT or analysis.predicates[k] > 0.5:
                extra.modality = _table(labels["modality"], analysis.modality[k])
                extra.category = _table(labels["category"], analysis.category[k])
        for arc in analysis.roles:
            predicate, argument = window[arc.predicate].i, window[arc.argument].i
            roles.append(RoleArc(predicate, argument, arc.label, arc.score))
    doc._.roles = tuple(sorted(roles, key=lambda r: (r.predicate, r.argument)))


def _table(labels: list[str], row: Floats) -> dict[str, float]:
    """Label -> probability; ``row`` is (labels,)."""
    return {label: float(p) for label, p in zip(labels, row, strict=True)}


@Language.factory(FACTORY, default_config={"folder": "", "threads": 1})
def make_component(nlp: Language, name: str, folder: str, threads: int) -> ModelComponent:
    """The component for a spaCy configuration; an empty folder means the shipped model."""
    return ModelComponent(open_model(Path(folder) if folder else MODEL_FOLDER, threads))


@lru_cache(maxsize=4)
def open_model(folder: Path, threads: int) -> Encoder:
    """The opened model of a folder, once in a process."""
    return Encoder(folder, threads=threads)


def load(folder: Path | None = None, *, threads: int = 1) -> Language:
    """A spaCy ``Language``: UD English tokens, sentences, and the model of ``folder``.

    Args:
        folder: a model folder; None for the one inside the package.
        threads: threads of ONNX Runtime. More than one is slower on a busy machine.

    Raises:
        ModelError: the folder is incomplete, damaged or of another format.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.max_length = 5_000_000
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe(FACTORY, config={"folder": str(folder or ""), "threads": threads})
    nlp.meta["version"] = open_model(folder or MODEL_FOLDER, threads).version
    return nlp
