"""What decides what a mention can refer to: its class, number, gender and definiteness."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc, Token

from kg.countries import country_of_capital
from kg.extract.coref.names import Name, gender_of_name, read_name
from kg.extract.coref.vocabulary import (
    BODIES,
    DEMONSTRATIVE,
    FEMALE_NOUNS,
    FIRST_PLURAL,
    HE,
    IT,
    MALE_NOUNS,
    SECOND,
    SHE,
    SINGULAR,
    THEY,
)
from kg.extract.mentions import Phrase, PhraseTable, collected_noun, leftmost
from kg.extract.syntax import antecedent, children, text_of
from kg.placenames import normalise
from kg.records import EntityKind, Mention, MentionKind, Span, content_id

# The class of what is no person, body or place, and that of times, which no pronoun takes up.
THING = "Thing"
TIME = "Time"
THING_TYPES = frozenset({"object", "abstract", "event", "substance", "animal", "plant"})
THING_NAMES = frozenset({"EVENT", "MISC"})
NO_PHRASE = frozenset({"compound", "amod", "flat", "fixed", "case", "det", "mark", "advmod", "cc"})


class Definiteness(StrEnum):
    """How a noun phrase presents what it refers to."""

    NAME = "name"
    DEFINITE = "definite"
    DEMONSTRATIVE = "demonstrative"
    POSSESSIVE = "possessive"
    INDEFINITE = "indefinite"
    QUANTIFIED = "quantified"
    BARE = "bare"
    PRONOUN = "pronoun"


_DETERMINERS = {
    "the": Definiteness.DEFINITE,
    "both": Definiteness.DEFINITE,
    **dict.fromkeys(("this", "that", "these", "those"), Definiteness.DEMONSTRATIVE),
    **dict.fromkeys(("a", "an", "another"), Definiteness.INDEFINITE),
    **dict.fromkeys(
        ("some", "any", "no", "each", "every", "all", "several", "many", "most", "few", "more"),
        Definiteness.QUANTIFIED,
    ),
}
_QUANTIFYING = frozenset({"many", "several", "more", "other", "few"})


@dataclass(slots=True, kw_only=True)
class Referent:
    """A mention with the features that coreference asks for.

    ``noun`` is the word that says what it is (the inner noun of "a group of women"), ``lemma`` that
    word's; ``key`` is the whole phrase without article, normalised. ``classes`` are what it can be:
    entity kinds or THING. ``modifiers`` are the content words before the noun, ``titles`` the nouns
    beside a name ("US President Donald Trump"), ``count`` the numerals.
    """

    index: int
    phrase: Phrase
    token: Token
    noun: Token
    kind: MentionKind
    classes: frozenset[str]
    number: str | None
    gender: str | None
    definiteness: Definiteness
    lemma: str
    key: str
    name: Name | None
    modifiers: frozenset[str]
    titles: frozenset[str]
    count: str

    @property
    def sentence(self) -> int:
        """The number of the sentence that the mention stands in."""
        return self.phrase.mention.sentence

    @property
    def start(self) -> int:
        """Where the mention starts in the text."""
        return self.phrase.mention.span.start

    @property
    def end(self) -> int:
        """Where the mention ends in the text."""
        return self.phrase.mention.span.end

    @property
    def class_name(self) -> str:
        """The mention's own class: its entity kind, or THING."""
        return next(iter(self.classes)) if self.is_thing else self.phrase.mention.entity_kind

    @property
    def is_thing(self) -> bool:
        """Whether it is no person, body or place."""
        return self.classes <= {THING, TIME}

    @property
    def is_person(self) -> bool:
        """Whether it can be a person."""
        return EntityKind.PERSON in self.classes

    @property
    def may_be_person(self) -> bool:
        """Whether the model may have misread a person's name as a body's or place's."""
        name = self.name
        if name is None or name.country or name.is_acronym or self.is_capital:
            return False
        return len(name.words) == 1 and self.number == "Sing" and not self.is_person

    @property
    def is_new(self) -> bool:
        """Whether the phrase presents something not spoken of before: "a man", "400 fighters"."""
        return self.definiteness in (Definiteness.INDEFINITE, Definiteness.QUANTIFIED)

    @property
    def is_pointing(self) -> bool:
        """Whether the phrase points back: "the man", "these men"."""
        return self.definiteness in (Definiteness.DEFINITE, Definiteness.DEMONSTRATIVE)

    @property
    def is_capital(self) -> bool:
        """Whether the name is that of a country's capital."""
        return self.name is not None and country_of_capital(self.name.text) is not None


def read_referents(doc: Doc, table: PhraseTable) -> list[Referent]:
    """A referent for each phrase, and for each other noun phrase of the body, in text order.

    The others are things, which "it" and "they" take up as readily as bodies and groups.
    """
    phrases = sorted(
        (*table.phrases, *_iter_things(doc, table)), key=lambda p: (p.mention.span, p.head)
    )
    text = text_of(doc)
    return [_read(doc, index, phrase, text) for index, phrase in enumerate(phrases)]


def _iter_things(doc: Doc, table: PhraseTable) -> Iterator[Phrase]:
    """The noun phrases that the table leaves out: objects, ideas, happenings."""
    if not table.phrases:
        return
    article_id = table.phrases[0].mention.span.article_id
    start, end = doc.user_data.get("kg_body", (0, table.phrases[-1].mention.span.end))
    named = {name.root.i: name for name in doc.ents if name.label_ in THING_NAMES}
    for number, sent in enumerate(doc.sents):
        for token in sent:
            if token.i in table.by_head or not start <= token.idx < end:
                continue
            after = token.idx + len(token)
            if token.i in named:
                name = named[token.i]
                span = Span(article_id=article_id, start=name.start_char, end=name.end_char)
                yield _thing(token, span, MentionKind.NAME, sentence=number)
            elif token.lower_ in DEMONSTRATIVE and _points(token):
                span = Span(article_id=article_id, start=token.idx, end=after)
                yield _thing(token, span, MentionKind.PRONOUN, sentence=number)
            elif _heads_thing(token) or _heads_time(token):
                kind = MentionKind.NAME if token.pos_ == "PROPN" else MentionKind.NOMINAL
                span = Span(article_id=article_id, start=leftmost(token).idx, end=after)
                yield _thing(token, span, kind, sentence=number)


def _heads_thing(token: Token) -> bool:
    return (
        token.pos_ in ("NOUN", "PROPN")
        and token._.mention_type in THING_TYPES
        and token.dep_ not in NO_PHRASE
        and not token.ent_type_
    )


def _heads_time(token: Token) -> bool:
    return (
        token.pos_ in ("NOUN", "PROPN")
        and token._.mention_type == "time"
        and token.dep_ not in NO_PHRASE
    )


def _points(token: Token) -> bool:
    """Whether a demonstrative stands for a noun phrase: not "this" of "this man", nor "which"."""
    return token.pos_ == "PRON" and token.dep_ not in NO_PHRASE and antecedent(token) is None


def _thing(token: Token, span: Span, kind: MentionKind, *, sentence: int) -> Phrase:
    """A phrase for a thing; the records have no kind for it, so its label tells."""
    label = TIME if token._.mention_type == "time" and kind is not MentionKind.PRONOUN else THING
    mention = Mention(
        id=content_id("mention", span.article_id, span.start, span.end, kind),
        span=span,
        head=Span(article_id=span.article_id, start=token.idx, end=token.idx + len(token)),
        kind=kind,
        entity_kind=EntityKind.FACILITY,
        sentence=sentence,
        score=0.5,
        label=label,
    )
    return Phrase(token.i, mention, label)


def _read(doc: Doc, index: int, phrase: Phrase, text: str) -> Referent:
    token, mention = doc[phrase.head], phrase.mention
    noun = (collected_noun(token) or token) if mention.kind is MentionKind.NOMINAL else token
    words = text[mention.span.start : mention.span.end]
    name = read_name(words) if mention.kind is MentionKind.NAME else None
    return Referent(
        index=index,
        phrase=phrase,
        token=token,
        noun=noun,
        kind=mention.kind,
        classes=_classes(phrase, noun, name),
        number=_number(phrase, token, noun),
        gender=_gender(phrase, token, noun, name),
        definiteness=_definiteness(mention.kind, token, noun),
        lemma=noun.lemma_.lower(),
        key=name.key if name is not None else normalise(_bare(words)),
        name=name,
        modifiers=_modifiers(phrase, noun),
        titles=_titles(token) if name is not None else frozenset(),
        count=" ".join(c.lower_ for c in children(token, "nummod")),
    )


def _bare(text: str) -> str:
    """The text without article and possessive."""
    return re.sub(r"^(?:the|a|an)\s+|['\u2019]s?$", "", text, flags=re.IGNORECASE)


def _classes(phrase: Phrase, noun: Token, name: Name | None) -> frozenset[str]:
    kind = phrase.mention.entity_kind
    if phrase.mention.kind is MentionKind.PRONOUN:
        return _pronoun_classes(noun.lower_)
    if phrase.label in (THING, TIME):
        return frozenset({phrase.label})
    if name is not None:
        return _name_classes(kind, name)
    if kind is EntityKind.PERSON and noun.lemma_.lower() in BODIES:
        return frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION})
    if kind is EntityKind.GROUP and noun.lemma_.lower() in BODIES:
        return frozenset({kind, EntityKind.ORGANIZATION})
    if kind is EntityKind.ORGANIZATION:
        return frozenset({kind, EntityKind.GROUP})
    return frozenset({kind})


def _name_classes(kind: EntityKind, name: Name) -> frozenset[str]:
    if kind is EntityKind.COUNTRY:
        # Capitals are taken for countries by the finder of mentions.
        return frozenset({kind, EntityKind.PLACE} if name.country else {EntityKind.PLACE})
    if kind is EntityKind.ORGANIZATION and name.country:
        return frozenset({kind, EntityKind.COUNTRY, EntityKind.PLACE})
    return frozenset({kind, EntityKind.GROUP} if kind is EntityKind.ORGANIZATION else {kind})


def _pronoun_classes(word: str) -> frozenset[str]:
    if word in IT or word in DEMONSTRATIVE:
        return frozenset({*EntityKind, THING}) - {EntityKind.PERSON}
    if word in THEY:
        return frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION, EntityKind.COUNTRY, THING})
    if word in FIRST_PLURAL:
        return frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION, EntityKind.COUNTRY})
    if word in SECOND:
        return frozenset({EntityKind.PERSON, EntityKind.GROUP})
    return frozenset({EntityKind.PERSON})


def _number(phrase: Phrase, token: Token, noun: Token) -> str | None:
    word = token.lower_
    if phrase.mention.kind is MentionKind.PRONOUN:
        if word in SINGULAR:
            return "Sing"
        return None if word in SECOND else "Plur"
    if phrase.mention.kind is MentionKind.NAME:
        return "Plur" if phrase.mention.entity_kind is EntityKind.GROUP else "Sing"
    if noun.i != token.i:
        return "Plur"
    marked = token.morph.get("Number", [])
    return marked[0] if marked and marked[0] in ("Sing", "Plur") else None


def _gender(phrase: Phrase, token: Token, noun: Token, name: Name | None) -> str | None:
    word = token.lower_
    if phrase.mention.kind is MentionKind.PRONOUN:
        return "Masc" if word in HE else "Fem" if word in SHE else None
    if name is not None:
        if phrase.mention.entity_kind is not EntityKind.PERSON:
            return None
        return gender_of_name(name) or _described_gender(token)
    known = _noun_gender(noun.lemma_.lower())
    return known or (_described_gender(noun) if phrase.label == "person" else None)


def _described_gender(token: Token) -> str | None:
    """The gender that a title or an adjective before the word tells."""
    for child in token.lefts:
        word = child.lower_.strip(".")
        if word in ("female", "pregnant"):
            return "Fem"
        if word == "male":
            return "Masc"
        if child.dep_ in ("compound", "nmod:desc", "flat", "nmod") and _noun_gender(word):
            return _noun_gender(word)
    return None


def _noun_gender(word: str) -> str | None:
    if word in MALE_NOUNS:
        return "Masc"
    return "Fem" if word in FEMALE_NOUNS else None


def _definiteness(kind: MentionKind, token: Token, noun: Token) -> Definiteness:
    if kind is MentionKind.NAME:
        return Definiteness.NAME
    if kind is MentionKind.PRONOUN:
        return Definiteness.PRONOUN
    if children(token, "nmod:poss"):
        return Definiteness.POSSESSIVE
    words = [c.lower_ for c in children(token, "det", "det:predet")]
    known = [_DETERMINERS[word] for word in words if word in _DETERMINERS]
    if known:
        return Definiteness.DEFINITE if Definiteness.DEFINITE in known else known[-1]
    if children(token, "nummod") or token.pos_ in ("NUM", "DET") or noun.i != token.i:
        return Definiteness.QUANTIFIED
    if any(c.lower_ in _QUANTIFYING for c in children(token, "amod")):
        return Definiteness.QUANTIFIED
    return Definiteness.BARE


def _titles(token: Token) -> frozenset[str]:
    """The nouns before a name that say what its bearer is."""
    return frozenset(
        c.lemma_.lower()
        for c in token.lefts
        if c.pos_ in ("NOUN", "PROPN") and c.dep_ in ("compound", "nmod:desc", "flat", "nmod")
    )


def _modifiers(phrase: Phrase, noun: Token) -> frozenset[str]:
    """The content words of the phrase before its noun."""
    start = phrase.mention.span.start
    relations = ("amod", "compound", "nummod", "flat", "nmod:desc")
    return frozenset(t.lemma_.lower() for t in noun.lefts if t.idx >= start and t.dep_ in relations)
