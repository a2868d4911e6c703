"""What is known of a mention that decides what it can refer to: class, number, gender, definiteness."""

import re
from dataclasses import dataclass, field
from collections.abc import Iterator
from enum import StrEnum

from spacy.tokens import Doc, Token

from kg.extract.mentions import Phrase, PhraseTable, collected_noun, leftmost
from kg.extract.names import FEMALE_TITLES, MALE_TITLES, Name, gender_of_name, read_name
from kg.extract.syntax import children
from kg.link.countries import country_of_capital
from kg.link.placenames import normalise
from kg.records import EntityKind, Mention, MentionKind, Span, content_id

MALE_NOUNS = MALE_TITLES | frozenset(
    "man boy father dad son brother husband uncle grandfather grandson nephew gentleman guy actor "
    "businessman chairman congressman policeman spokesman fisherman salesman gunman congressman "
    "sportsman statesman boyfriend bridegroom groom widower stepfather stepson fiance waiter monk "
    "priest bishop patriarch schoolboy".split()
)
FEMALE_NOUNS = FEMALE_TITLES | frozenset(
    "woman girl mother mom mum daughter wife aunt grandmother granddaughter niece actress businesswoman "
    "chairwoman congresswoman policewoman spokeswoman saleswoman girlfriend bride widow stepmother "
    "stepdaughter fiancee waitress nun heroine schoolgirl housewife midwife".split()
)
# Singular nouns that "they" takes up as easily as "it".
BODIES = frozenset(
    "group team party family police government army force company band crew staff committee council "
    "crowd couple pair gang militia movement organization organisation club union press public media "
    "coalition alliance opposition board court ministry agency department firm military navy".split()
)
SINGULAR_PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself i me my mine myself".split()
)
MALE_PRONOUNS = frozenset("he him his himself".split())
FEMALE_PRONOUNS = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
FIRST = frozenset("i me my mine myself".split())
FIRST_PLURAL = frozenset("we us our ours ourselves".split())
SECOND = frozenset("you your yours yourself yourselves".split())
REFLEXIVE = frozenset(
    "himself herself itself themselves myself ourselves yourself yourselves".split()
)


THING = "Thing"
THING_TYPES = frozenset({"object", "abstract", "event", "substance", "animal", "plant"})
THING_LABELS = THING_TYPES | {"EVENT", "MISC"}
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
        "some any no each every all several many most few more other".split(),
        Definiteness.QUANTIFIED,
    ),
}


@dataclass(slots=True)
class Referent:
    """A mention with the features that coreference asks for.

    ``noun`` is the word that says what it is (the inner noun of "a group of women"); ``modifiers``
    are the content words before it, lower case; ``titles`` the nouns that stand beside a name ("US
    President Donald Trump"), ``count`` its numerals, ``classes`` what it can be: entity kinds or THING.
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
    name: Name | None = None
    modifiers: frozenset[str] = field(default_factory=frozenset)
    titles: frozenset[str] = field(default_factory=frozenset)
    count: str = ""
    is_capital: bool = False
    key: str = ""

    @property
    def sentence(self) -> int:
        """The number of the sentence that the mention stands in."""
        return self.phrase.mention.sentence

    @property
    def start(self) -> int:
        """Where the mention starts in the text."""
        return self.phrase.mention.span.start

    @property
    def class_name(self) -> str:
        """The mention's own class: its entity kind, or THING."""
        return (
            THING
            if THING in self.classes and len(self.classes) == 1
            else self.phrase.mention.entity_kind
        )

    @property
    def is_new(self) -> bool:
        """Whether the phrase presents something not spoken of before: "a man", "400 fighters"."""
        return self.definiteness in (Definiteness.INDEFINITE, Definiteness.QUANTIFIED)


def read_referents(doc: Doc, table: PhraseTable) -> list[Referent]:
    """A referent for each phrase, and for each other noun phrase of the body, in text order.

    The others are things, which "it" and "they" take up as readily as bodies and groups.
    """
    phrases = sorted(
        (*table.phrases, *_iter_things(doc, table)), key=lambda p: (p.mention.span, p.head)
    )
    text = doc.text
    return [_read(doc, index, phrase, text=text) for index, phrase in enumerate(phrases)]


def _iter_things(doc: Doc, table: PhraseTable) -> Iterator[Phrase]:
    """The noun phrases that the table leaves out: objects, ideas, happenings."""
    if not table.phrases:
        return
    article_id = table.phrases[0].mention.span.article_id
    for number, sent in enumerate(doc.sents):
        named = {name.root.i: name for name in sent.ents if name.label_ in ("EVENT", "MISC")}
        for token in sent:
            if token.i in table.by_head or not start <= token.idx < end:
                continue
            if token.i in named:
                name = named[token.i]
                span = Span(article_id=article_id, start=name.start_char, end=name.end_char)
                yield _thing(token, span, number, kind=MentionKind.NAME, label=name.label_)
            elif (
                token.pos_ == "NOUN"
                and token._.mention_type in THING_TYPES
                and token.dep_ not in NO_PHRASE
                and not token.ent_type_
            ):
                span = Span(
                    article_id=article_id, start=leftmost(token).idx, end=token.idx + len(token)
                )
                label = token._.mention_type
                yield _thing(token, span, number, kind=MentionKind.NOMINAL, label=label)


def _thing(token: Token, span: Span, sentence: int, *, kind: MentionKind, label: str) -> Phrase:
    is_name = kind is MentionKind.NAME
    end = token.idx + len(token)
    head = span if is_name else Span(article_id=span.article_id, start=token.idx, end=end)
    mention = Mention(
        id=content_id("mention", span.article_id, span.start, span.end, kind),
        span=span,
        head=head,
        kind=kind,
        entity_kind=EntityKind.FACILITY,
        sentence=sentence,
        score=0.5,
        label=label,
    )
    return Phrase(token.i, mention, label)


def _read(doc: Doc, index: int, phrase: Phrase, *, text: str) -> Referent:
    token, mention = doc[phrase.head], phrase.mention
    noun = (collected_noun(token) or token) if mention.kind is MentionKind.NOMINAL else token
    text = text[mention.span.start : mention.span.end]
    name = read_name(text) if mention.kind is MentionKind.NAME else None
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
        name=name,
        modifiers=_modifiers(doc, phrase, noun),
        count=" ".join(c.lower_ for c in children(token, "nummod")),
        titles=_titles(token) if name is not None else frozenset(),
        key=name.key if name is not None else normalise(_bare(text)),
        is_capital=name is not None and country_of_capital(name.text) is not None,
    )


def _bare(text: str) -> str:
    """The text without article and possessive."""
    return re.sub(r"^(?:the|a|an)\s+|['’]s?$", "", text, flags=re.IGNORECASE)


def _classes(phrase: Phrase, noun: Token, name: Name | None) -> frozenset[str]:
    if phrase.label in THING_LABELS:
        return frozenset({THING})
    kind = phrase.mention.entity_kind
    if phrase.mention.kind is MentionKind.PRONOUN:
        return _pronoun_classes(noun.lower_)
    if kind is EntityKind.COUNTRY and name is not None and name.country is None:
        return frozenset({EntityKind.PLACE})
    if name is None and kind is EntityKind.PERSON and noun.lemma_.lower() in BODIES:
        return frozenset({EntityKind.GROUP, EntityKind.ORGANIZATION})
    if kind is EntityKind.ORGANIZATION and name is not None and name.country is not None:
        return frozenset({EntityKind.COUNTRY, EntityKind.PLACE, EntityKind.ORGANIZATION})
    if kind is EntityKind.ORGANIZATION:
        return frozenset({kind, EntityKind.GROUP})
    if kind is EntityKind.GROUP and noun.lemma_.lower() in BODIES:
        return frozenset({kind, EntityKind.ORGANIZATION})
    if kind is EntityKind.COUNTRY:
        return frozenset({kind, EntityKind.PLACE})
    return frozenset({kind})


def _pronoun_classes(word: str) -> frozenset[str]:
    if word in IT:
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
        if word in SINGULAR_PRONOUNS:
            return "Sing"
        return None if word in SECOND else "Plur"
    if phrase.mention.kind is MentionKind.NAME:
        kind = phrase.mention.entity_kind
        return "Plur" if kind is EntityKind.GROUP and phrase.label in ("NORP", "PERSON") else "Sing"
    if noun.i != token.i:
        return "Plur"
    marked = token.morph.get("Number")
    return marked[0] if marked and marked[0] in ("Sing", "Plur") else None


def _gender(phrase: Phrase, token: Token, noun: Token, name: Name | None) -> str | None:
    word = token.lower_
    if phrase.mention.kind is MentionKind.PRONOUN:
        return "Masc" if word in MALE_PRONOUNS else "Fem" if word in FEMALE_PRONOUNS else None
    if name is not None:
        if phrase.mention.entity_kind is not EntityKind.PERSON:
            return None
        return gender_of_name(name) or _title_gender(token)
    return _noun_gender(noun.lemma_.lower()) or (
        _title_gender(noun) if phrase.label == "person" else None
    )


def _title_gender(token: Token) -> str | None:
    """The gender that a title beside the name, or an adjective with the noun, tells."""
    for child in token.lefts:
        word = child.lower_.strip(".")
        if word in ("female", "pregnant"):
            return "Fem"
        if word == "male":
            return "Masc"
        if child.dep_ in ("compound", "nmod:desc", "flat", "nmod") and (
            found := _noun_gender(word)
        ):
            return found
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
    found = [_DETERMINERS.get(c.lower_) for c in children(token, "det", "det:predet")]
    known = [d for d in found if d is not None]
    if known:
        return known[-1] if Definiteness.DEFINITE not in known else Definiteness.DEFINITE
    if children(token, "nummod") or token.pos_ in ("NUM", "DET") or noun.i != token.i:
        return Definiteness.QUANTIFIED
    if {c.lower_ for c in children(token, "amod")} & {"many", "several", "more", "other", "few"}:
        return Definiteness.QUANTIFIED
    return Definiteness.BARE


def _titles(token: Token) -> frozenset[str]:
    """The nouns before a name that say what its bearer is, lower case."""
    return frozenset(
        c.lemma_.lower()
        for c in token.lefts
        if c.pos_ in ("NOUN", "PROPN") and c.dep_ in ("compound", "nmod:desc", "flat", "nmod")
    )


def _modifiers(doc: Doc, phrase: Phrase, noun: Token) -> frozenset[str]:
    """The content words of the phrase before its noun, and of its "of" and "for" complements."""
    span = phrase.mention.span
    words = {
        t.lemma_.lower()
        for t in noun.lefts
        if t.idx >= span.start and t.dep_ in ("amod", "compound", "nummod", "flat", "nmod:desc")
    }
    return frozenset(words)
