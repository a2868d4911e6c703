"""Builds analysed documents by hand, so that a rule is tested on the tree that it is about.

A document is written as one line a sentence (a longer one goes on in the next, indented), each word
as ``form=lemma/relation>governor:tag:tag``; the lemma is the form in lower case where it is left
out, the governor the first word of that form in the sentence ("#4" is the fourth word), the root
has none::

    The/det>army army/nsubj>captured:organization captured=capture/root:past
      40/nummod>fighters fighters=fighter/obj>captured:person:plural ./punct>captured

Tags give the part of speech and what the model says of the word: the verb forms of VERB_FORMS, the
mention types of NOUN_TYPES (an "event" is a noun that names one), the types of a name (GPE, PERSON
…), ``plural``, ``rel`` for a relative pronoun, any UPOS tag. A verb names a happening unless tagged
``state``. "¶" is the blank line between two paragraphs, "⏎" the end of a line.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span, Token

# Importing the pipeline registers the attributes that it fills.
import kg.nlp.pipeline
from kg.extract.actions import Lexicon, load_lexicon
from kg.extract.mentions import PhraseTable, find_phrases
from kg.extract.roles import RoleFinder
from kg.extract.triggers import trigger_of
from kg.nlp.decode import RoleArc
from kg.records import RoleName

assert kg.nlp.pipeline.FACTORY

VOCAB = spacy.blank("en").vocab
ONTOLOGY = Path(__file__).parents[2] / "ontology"
VERB_FORMS = {
    "past": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "pres": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "inf": "VerbForm=Inf",
    "ger": "VerbForm=Ger",
    "part": "Tense=Pres|VerbForm=Part",
    "done": "Tense=Past|VerbForm=Part",
    "passive": "Tense=Past|VerbForm=Part|Voice=Pass",
}
NOUN_TYPES = frozenset(
    {"person", "organization", "place", "object", "event", "abstract", "time", "noun"}
)
NAME_TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
POS_OF_RELATION = {
    "det": "DET",
    "nummod": "NUM",
    "punct": "PUNCT",
    "case": "ADP",
    "mark": "SCONJ",
    "aux": "AUX",
    "aux:pass": "AUX",
    "cop": "AUX",
    "cc": "CCONJ",
    "advmod": "ADV",
    "amod": "ADJ",
    "compound:prt": "ADP",
    "expl": "PRON",
}
TIGHT_BEFORE, TIGHT_AFTER = frozenset(".,;:?!”)") | {"'s", "n't"}, frozenset("“(")


@dataclass(slots=True)
class _Word:
    form: str
    lemma: str
    relation: str
    governor: str
    tags: list[str]
    head: int = field(default=0)

    @property
    def pos(self) -> str:
        for tag in self.tags:
            if tag in VERB_FORMS:
                return "AUX" if self.relation in ("aux", "aux:pass", "cop") else "VERB"
            if tag in NAME_TYPES:
                return "PROPN"
            if tag == "rel":
                return "PRON"
            if tag.isupper():
                return tag
        if NOUN_TYPES & set(self.tags):
            return "NOUN"
        return "SPACE" if self.form.isspace() else POS_OF_RELATION.get(self.relation, "X")

    @property
    def morph(self) -> str:
        feats = [VERB_FORMS[tag] for tag in self.tags if tag in VERB_FORMS]
        feats += ["PronType=Rel"] * ("rel" in self.tags)
        feats += ["Number=Plur" if "plural" in self.tags else "Number=Sing"] * (
            self.pos in ("NOUN", "PROPN")
        )
        return "|".join(feats)

    @property
    def is_happening(self) -> bool:
        return "event" in self.tags or (self.pos == "VERB" and "state" not in self.tags)


def make_doc(text: str, *, roles: tuple[RoleArc, ...] = ()) -> Doc:
    """The document that the notation of this module describes."""
    sentences = [
        _read(line) for line in re.sub(r"\n\s{2,}(?=\S)", " ", text.strip()).split("\n") if line
    ]
    words = [word for sentence in sentences for word in sentence]
    doc = Doc(
        VOCAB,
        words=[word.form for word in words],
        spaces=_spaces(words),
        pos=[word.pos for word in words],
        lemmas=[word.lemma for word in words],
        heads=_heads(sentences),
        deps=[word.relation for word in words],
        morphs=[word.morph for word in words],
        sent_starts=[k == 0 for sentence in sentences for k in range(len(sentence))],
    )
    _set_model_says(doc, words, roles)
    return doc


def _read(line: str) -> list[_Word]:
    return [_read_word(word) for word in line.split()]


def _read_word(word: str) -> _Word:
    form, rest = word.replace("¶", "\n\n").replace("⏎", "\n").rsplit("/", 1)
    form, _, lemma = form.partition("=")
    relation, _, tags = _split_tags(rest)
    relation, _, governor = relation.partition(">")
    return _Word(form, lemma or form.lower(), relation, governor, tags.split("+") if tags else [])


def _split_tags(rest: str) -> tuple[str, str, str]:
    """Relation with governor, and tags: relations hold colons themselves ("obl:agent")."""
    known = (*VERB_FORMS, *NOUN_TYPES, "plural", "rel", "state", "[A-Z]{2,}")
    match = re.search(rf"((?::(?:{'|'.join(known)}))+)$", rest)
    if match is None:
        return rest, "", ""
    return rest[: match.start()], "", "+".join(match[1].strip(":").split(":"))


def _heads(sentences: list[list[_Word]]) -> list[int]:
    heads: list[int] = []
    for sentence in sentences:
        start, forms = len(heads), [word.form for word in sentence]
        for k, word in enumerate(sentence):
            if not word.governor:
                heads.append(start + k)
            elif word.governor.startswith("#"):
                heads.append(start + int(word.governor[1:]) - 1)
            else:
                heads.append(start + forms.index(word.governor))
    return heads


def _spaces(words: list[_Word]) -> list[bool]:
    following = [*words[1:], None]
    spaces, is_open = [], False
    for word, after in zip(words, following, strict=True):
        is_open ^= word.form == '"'
        tight = (
            after is None
            or after.form in TIGHT_BEFORE
            or word.form in TIGHT_AFTER
            or word.form.isspace()
            or after.form.isspace()
            or (is_open and '"' in (word.form, after.form))
        )
        spaces.append(not tight)
    return spaces


def _set_model_says(doc: Doc, words: list[_Word], roles: tuple[RoleArc, ...]) -> None:
    names: list[Span] = []
    for token, word in zip(doc, words, strict=True):
        token._.event = 1.0 if word.is_happening else 0.0
        types = NOUN_TYPES & set(word.tags) - {"noun"}
        token._.mention_type = next(iter(types), "none")
        label = next(iter(NAME_TYPES & set(word.tags)), "")
        if label and names and names[-1].end == token.i and names[-1].label_ == label:
            names[-1] = Span(doc, names[-1].start, token.i + 1, label=label)
        elif label:
            names.append(Span(doc, token.i, token.i + 1, label=label))
    doc.ents = tuple(names)
    doc._.name_scores = (1.0,) * len(names)
    doc._.roles = roles


def find_word(doc: Doc, form: str) -> Token:
    """The document's first word of that form."""
    return next(token for token in doc if token.text == form)


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    return load_lexicon([ONTOLOGY / "actions.ttl", ONTOLOGY / "plover.ttl"])


def phrase_table(doc: Doc) -> PhraseTable:
    """The mentions of the document."""
    return find_phrases(doc, "test")


def fillers(doc: Doc, trigger: str) -> dict[str, list[str]]:
    """The texts of the phrases in each role of the event that the first word of the form names."""
    return {role: [text for text, _ in found] for role, found in _found(doc, trigger).items()}


def rules(doc: Doc, trigger: str) -> set[str]:
    """The names of the rules that filled the roles of the event."""
    return {rule for found in _found(doc, trigger).values() for _, rule in found}


def _found(doc: Doc, trigger: str) -> dict[str, list[tuple[str, str]]]:
    table = phrase_table(doc)
    match = trigger_of(find_word(doc, trigger), lexicon(), table)
    result: dict[str, list[tuple[str, str]]] = {str(role): [] for role in RoleName}
    for filler in RoleFinder(doc, table, lexicon()).find(match):
        span = filler.phrase.mention.span
        result[str(filler.role)].append((doc.text[span.start : span.end], filler.rule))
    return {role: found for role, found in result.items() if found}
