"""The mentions of a document: names, noun phrases and pronouns for people, bodies and places.

A mention runs from the determiner to the head noun ("400 ISIL fighters"), a name without its
article and title ("Sergei Lavrov"), a collective noun with what it collects ("a group of women").
Source: ACE English entity guidelines; UD English for the noun phrase's inner relations.
"""

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.countries import demonym_country, named_country
from kg.extract.syntax import (
    antecedent,
    children,
    coordinated_owners,
    first_conjunct,
    text_of,
)
from kg.records import EntityKind, Mention, MentionKind, Span, content_id
from kg.words import word_set

NAME_KINDS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.FACILITY,
    "NORP": EntityKind.GROUP,
}
NOUN_KINDS = {
    "person": EntityKind.PERSON,
    "organization": EntityKind.ORGANIZATION,
    "place": EntityKind.PLACE,
}
PRONOUN_KINDS = {
    **dict.fromkeys(("he", "she", "i", "him", "her", "me", "his", "my"), EntityKind.PERSON),
    **dict.fromkeys(("himself", "herself", "myself"), EntityKind.PERSON),
    **dict.fromkeys(("they", "them", "their", "themselves", "we", "us", "our"), EntityKind.GROUP),
    **dict.fromkeys(("ourselves", "you", "your", "theirs", "ours"), EntityKind.GROUP),
    **dict.fromkeys(("it", "its", "itself"), EntityKind.ORGANIZATION),
}
# Pronouns that stand for people where nothing follows that says otherwise: "those arrested".
PEOPLE_PRONOUNS = frozenset(
    ["those", "others", "someone", "somebody", "everyone", "everybody", "anyone", "anybody"]
)
SINGULAR_GROUPS = word_set(
    "group team crowd couple pair family crew gang squad delegation mob public audience"
)
# Nouns for parts and directions, which are no place that one could find.
VAGUE_PLACES = word_set(
    "air floor part tip top bottom back front end edge way place north south east west bank middle "
    "background distance position direction side"
)
# Nouns that stand for what follows "of": the mention is the whole phrase, of the inner noun's kind.
COLLECTIVE = frozenset(
    [
        "group",
        "number",
        "hundred",
        "thousand",
        "million",
        "dozen",
        "score",
        "handful",
        "pair",
        "couple",
        "crowd",
        "majority",
        "minority",
        "most",
        "many",
        "some",
        "several",
        "all",
        "each",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "member",
        "rest",
        "half",
        "part",
        "lot",
        "plenty",
        "bunch",
        "wave",
        "line",
        "stream",
        "string",
        "series",
        "total",
        "percent",
        "%",
        "tens",
        "ten",
    ]
)
# A member of a body is a person, so these stay heads of their own although they collect.
NOT_PARTITIVE = frozenset({"member", "part"})
INNER = frozenset(
    {"det", "amod", "nummod", "compound", "nmod:poss", "nmod:desc", "det:predet", "advmod", "flat"}
)
FACILITY_NOUNS = frozenset(
    [
        "airport",
        "base",
        "barracks",
        "bridge",
        "building",
        "camp",
        "church",
        "clinic",
        "club",
        "consulate",
        "court",
        "dam",
        "embassy",
        "factory",
        "hall",
        "headquarters",
        "hospital",
        "hotel",
        "house",
        "market",
        "mosque",
        "museum",
        "office",
        "palace",
        "plant",
        "port",
        "post",
        "prison",
        "refinery",
        "restaurant",
        "school",
        "shop",
        "square",
        "stadium",
        "station",
        "store",
        "synagogue",
        "temple",
        "theatre",
        "theater",
        "tower",
        "tunnel",
        "university",
        "warehouse",
        "jail",
        "detention",
        "checkpoint",
        "parliament",
        "monument",
        "shelter",
    ]
)


# How likely a noun must name a happening for the noun before it to take part in that.
SURE_EVENT = 0.5
HYPHENS = frozenset("-\u2010\u2011\u2013")
# Vehicles that stand for their crews.
CREWED = word_set(
    "aircraft warplane plane jet helicopter gunship tank drone bomber warship frigate destroyer "
    "submarine gunboat convoy artillery"
)
FORCES = word_set("police army military navy")
# Parts of speech of words that can head a mention.
REFERRING = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "PRON", "DET", "VERB"})
# What may follow a name that was cut, up to its acronym in brackets.
REST_OF_NAME = re.compile(
    r"(?P<words>(?: (?:and|of|for|in|the|[A-Z]\w+)){1,6}) \((?P<acronym>[A-Z]{2,8})\b"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention, the index of its syntactic head, and what the model calls it."""

    head: int
    mention: Mention
    label: str

    @property
    def is_place(self) -> bool:
        """Whether the mention can be the place of an event."""
        return self.mention.entity_kind in (
            EntityKind.PLACE,
            EntityKind.COUNTRY,
            EntityKind.FACILITY,
        )

    @property
    def is_body(self) -> bool:
        """Whether the mention is an organization: a court, a firm, a ministry."""
        return self.mention.entity_kind is EntityKind.ORGANIZATION

    @property
    def is_acting(self) -> bool:
        """Whether the mention is somebody: a person, a group, a body or a state."""
        kind = self.mention.entity_kind
        return kind in (
            EntityKind.PERSON,
            EntityKind.GROUP,
            EntityKind.ORGANIZATION,
            EntityKind.COUNTRY,
        )


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases of a document in text order, and the one that each head word stands for."""

    phrases: tuple[Phrase, ...]
    by_head: dict[int, Phrase]
    sentences: dict[int, int]

    def sentence_of(self, token: Token) -> int:
        """The number of the sentence that a word is in, from 0."""
        return self.sentences[token.i]

    def at(self, token: Token) -> Phrase | None:
        """The phrase that a noun, a title, a name's word or a (relative) pronoun stands for."""
        resolved = antecedent(token) or token
        found = self.by_head.get(resolved.i)
        if found is not None and found.mention.kind is not MentionKind.NOMINAL:
            return found
        return self._titled(resolved) or found

    def _titled(self, title: Token) -> Phrase | None:
        """The name that a title or class word stands before: "Secretary of State John Kerry"."""
        for child in children(title, "appos", "flat", "nmod:desc"):
            phrase = self.by_head.get(child.i)
            named = phrase is not None and phrase.mention.kind is MentionKind.NAME
            if named and child.i > title.i and not child.nbor(-1).is_punct:
                return phrase
        return None


def find_phrases(doc: Doc, article_id: str) -> PhraseTable:
    """All mentions of the document."""
    builder = _Builder(doc, article_id)
    text = text_of(doc)
    end = 0
    for name, score in zip(doc.ents, doc._.name_scores, strict=True):
        if name.start >= end:
            whole = whole_name(name, text)
            builder.add_name(whole, score)
            end = whole.end
    for token in doc:
        builder.add_noun(token)
    phrases = tuple(sorted(builder.phrases.values(), key=lambda p: (p.mention.span, p.head)))
    return PhraseTable(phrases, builder.by_head, builder.sentence_of)


def whole_name(name: DocSpan, text: str) -> DocSpan:
    """The name, longer where the acronym in brackets after it in ``text`` has more initials.

    "Islamic State of Iraq" is lengthened in "Islamic State of Iraq and the Levant (ISIL": names
    with "and" in them are often cut there.
    """
    doc = name.doc
    rest = REST_OF_NAME.match(text, name.end_char) if name.label_ == "ORG" else None
    if rest is None:
        return name
    initials = "".join(re.findall(r"\b[A-Z]", name.text + rest["words"]))
    whole = doc.char_span(name.start_char, rest.end("words"), label=name.label_)
    return whole if whole is not None and initials == rest["acronym"] else name


class _Builder:
    """Collects phrases; a word is the head of at most one."""

    def __init__(self, doc: Doc, article_id: str) -> None:
        self.article_id = article_id
        self.phrases: dict[int, Phrase] = {}
        self.by_head: dict[int, Phrase] = {}
        self.sentence_of = {t.i: n for n, sent in enumerate(doc.sents) for t in sent}

    def add_name(self, name: DocSpan, score: float) -> None:
        """A name, unless its label names nothing that acts or lies somewhere."""
        kind = NAME_KINDS.get(name.label_)
        if kind is None:
            return
        head = name.root
        if name.label_ == "GPE" and named_country(name.text) is not None:
            kind = EntityKind.COUNTRY
        label = "NORP" if kind is EntityKind.PLACE and is_of_people(name) else name.label_
        kind = NAME_KINDS[label] if kind is EntityKind.PLACE else kind
        if label == "NORP" and describes(head):
            return
        if name.label_ == "PERSON" and head.morph.get("Number", []) == ["Plur"] and len(name) == 1:
            kind = EntityKind.GROUP
        self._add(
            head,
            (name.start_char, name.end_char),
            (name.start_char, name.end_char),
            MentionKind.NAME,
            kind,
            score,
            label,
        )
        for token in name:
            self.by_head.setdefault(token.i, self.phrases[head.i])

    def add_noun(self, token: Token) -> None:
        """A pronoun or common noun that refers to somebody or some place."""
        if token.pos_ not in REFERRING or token.i in self.by_head or token.ent_type_ in NAME_KINDS:
            return
        if token.pos_ == "PRON" and token.lower_ in PRONOUN_KINDS:
            if token.dep_ != "expl":
                kind = PRONOUN_KINDS[token.lower_]
                self._add_token(token, MentionKind.PRONOUN, kind, "pronoun")
            return
        inner = collected_noun(token)
        label = (inner or token)._.mention_type
        if inner is not None and label not in NOUN_KINDS:
            label = token._.mention_type
        if token.lower_ in PEOPLE_PRONOUNS and token.dep_ not in ("det", "advmod"):
            label = "person"
        if label not in NOUN_KINDS and (acts_by_itself(token) or acts_before_event(token)):
            label = "organization"
        if label not in NOUN_KINDS or token.dep_ in ("case", "det", "mark", "fixed", "flat"):
            return
        if label == "place" and token.lemma_.lower() in VAGUE_PLACES:
            return
        is_modifier = token.dep_ in ("compound", "amod") and token.pos_ != "PROPN"
        if antecedent(token) is not None or (is_modifier and not takes_part(token, label)):
            return
        kind = noun_kind(inner or token, label)
        first = leftmost(token)
        last = inner or token
        span = (first.idx, last.idx + len(last))
        head_span = (last.idx, last.idx + len(last))
        self._add(token, span, head_span, MentionKind.NOMINAL, kind, 0.8, label)
        if inner is not None and inner.i not in self.by_head:
            self.by_head[inner.i] = self.phrases[token.i]

    def _add_token(self, token: Token, kind: MentionKind, entity: EntityKind, label: str) -> None:
        span = (token.idx, token.idx + len(token))
        self._add(token, span, span, kind, entity, 0.9, label)

    def _add(
        self,
        head: Token,
        span: tuple[int, int],
        head_span: tuple[int, int],
        kind: MentionKind,
        entity_kind: EntityKind,
        score: float,
        label: str,
    ) -> None:
        mention = Mention(
            id=content_id("mention", self.article_id, *span, kind),
            span=Span(article_id=self.article_id, start=span[0], end=span[1]),
            head=Span(article_id=self.article_id, start=head_span[0], end=head_span[1]),
            kind=kind,
            entity_kind=entity_kind,
            sentence=self.sentence_of[head.i],
            score=round(score, 4),
            label=label,
        )
        self.phrases[head.i] = self.by_head[head.i] = Phrase(head.i, mention, label)


def describes(people: Token) -> bool:
    """Whether a people's name only says whose a noun is.

    "Turkish" in "Turkish forces" describes; in "Turkish attack" it acts, and in "Turkish and Greek
    forces" it stands for forces of its own.
    """
    first = first_conjunct(people)
    noun = first.head
    if noun._.event >= SURE_EVENT:
        return False
    shared = [owner.i for owner in coordinated_owners(noun)]
    if people.i in shared:
        return people.i == shared[-1]
    is_adjective = people.pos_ == "ADJ" or any(t.dep_ == "flat" for t in people.children)
    return is_adjective and first.dep_ in ("amod", "compound")


def is_of_people(name: DocSpan) -> bool:
    """Whether what the model takes for a country is the word for its people: "Sri Lankan"."""
    return len(name) > 1 and demonym_country(name.text) is not None


def acts_by_itself(token: Token) -> bool:
    """Whether a vehicle of war stands for those in it: "helicopters attacked the village"."""
    if token.lemma_.lower() not in CREWED or token.pos_ != "NOUN":
        return False
    first = first_conjunct(token)
    return first.dep_ in ("nsubj", "obl:agent") and first.head._.event >= SURE_EVENT


def acts_before_event(token: Token) -> bool:
    """Whether a force that the model takes for no body stands before its deed: "police firing"."""
    return (
        token.lemma_.lower() in FORCES
        and token.dep_ == "compound"
        and token.head._.event >= SURE_EVENT
    )


def takes_part(token: Token, label: str) -> bool:
    """Whether a noun before an event noun names who takes part: "police" in "police raid"."""
    return (
        label in ("person", "organization")
        and (token.dep_, token.pos_, token.head.pos_) == ("compound", "NOUN", "NOUN")
        and token.head._.event >= SURE_EVENT
        # "Anti-government protests" are not the government's.
        and not (token.i > 0 and token.nbor(-1).text in HYPHENS)
        and not any(hyphen in token.text for hyphen in HYPHENS)
    )


def collected_noun(token: Token) -> Token | None:
    """The noun after "of" for which a collective noun or number stands, else None."""
    if token.lemma_.lower() not in COLLECTIVE - NOT_PARTITIVE and token.pos_ not in ("NUM", "DET"):
        return None
    for child in children(token, "nmod"):
        is_of = any(c.dep_ == "case" and c.lower_ == "of" for c in child.children)
        if is_of and child.i > token.i:
            return child if child.lower_ not in ("whom", "which") else None
    return None


def noun_kind(token: Token, label: str) -> EntityKind:
    """The entity kind of a common noun that the model calls person, organization or place."""
    if label == "place" and token.lemma_.lower() in FACILITY_NOUNS:
        return EntityKind.FACILITY
    is_plural = token.morph.get("Number", []) != ["Sing"] and token.pos_ != "PROPN"
    if token.lemma_.lower() in CREWED:
        return EntityKind.GROUP
    if label == "person" and (is_plural or token.lemma_.lower() in SINGULAR_GROUPS):
        return EntityKind.GROUP
    return NOUN_KINDS[label]


def leftmost(token: Token) -> Token:
    """The first word of the noun phrase before its head: determiner, numbers, adjectives, owner.

    Of coordinated owners only the last, for the others have mentions of their own.
    """
    if (owners := coordinated_owners(token)) and token._.event < SURE_EVENT:
        return owners[-1]
    first = token
    for child in sorted(token.lefts, key=lambda t: -t.i):
        if child.dep_ not in INNER:
            continue
        edge = child.left_edge
        while edge.is_space and edge.i < child.i:
            edge = edge.nbor(1)
        between = [t for t in token.doc[child.right_edge.i + 1 : first.i] if not t.is_punct]
        if not between and edge.i < first.i:
            first = edge
    while first.i < token.i and (first.is_space or first.is_punct or first.pos_ == "CCONJ"):
        first = first.nbor(1)
    return first
