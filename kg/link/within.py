"""Joins chains of one article that name one thing in two ways, after coreference.

Coreference weighs one mention against those before it. What needs a look at the whole article is
here: whether a bare "the police" can be only one body's, whether a name is another one misspelt,
and who "we" are in a statement that quotes nobody. In doubt nothing is joined.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.countries import demonym_country, named_country
from kg.extract.coref.names import is_acronym_of, person_words, read_name
from kg.link.actors import clean_name, clean_noun
from kg.placenames import normalise
from kg.records import EntityKind, Extraction, Mention, MentionKind, RoleName
from kg.words import word_set

Group = list[Mention]

_BODIES: Final = frozenset({EntityKind.ORGANIZATION, EntityKind.GROUP})
_SITES: Final = frozenset({EntityKind.FACILITY, EntityKind.PLACE})
# What a company or a site may be called without.
_FORMS: Final = word_set(
    "inc corp corporation ltd plc llc nv sa ag gmbh co company holdings group camp boulevard "
    "avenue hotel banquet hall stadium airport restaurant cafe theatre theater arena mall nightclub"
)
# Heads of bodies that an article calls by the head alone once it has named them.
_HEADS: Final = word_set(
    "police army navy military government parliament forces coalition ministry department "
    "commission committee council court tribunal agency party union alliance front militia "
    "brigade church university bank"
)
# Who acts for a body, named in its stead.
_SERVED: Final = {"officers": "police"}
# Words beside the head that two names must share to be one body's.
_TELLING_WORDS: Final = 2
# Words before a head that say who stands behind a body, not which body it is.
_BACKED: Final = re.compile(r"^[\w.]+-(?:backed|led|allied|supported|trained|dominated)$")
# A body by its people alone.
_OF_PEOPLE: Final = re.compile(
    r"[Tt]he ([A-Z][a-z]+(?:ish|an|i|ese|ic|ite|a)) (?:group|militia|force)s?"
)
_ARTICLES: Final = word_set("the this that these those")
_TAIL: Final = re.compile(r"\s(?:of|for|to|against|in|on)\s")
_WE: Final = word_set("we us our ours ourselves")
_QUOTE: Final = re.compile(r"[\"\u201c\u201d]|``|''")
_BRACKET: Final = re.compile(r"\),?\s+")
# How much text before an acronym is searched for what it stands for.
_LONG_FORM: Final = 80
# The number of the last sentence that can be a text's first, after a headline.
_LEAD: Final = 1
# Letters that a word must have to be taken for another one misspelt.
_LONG_WORD: Final = 7


def join_chains(
    extraction: Extraction, groups: Sequence[Group], *, located: Collection[str]
) -> list[Group]:
    """The groups of mentions, those joined that are one thing, each in text order.

    Args:
        extraction: the article and its mentions.
        groups: the mentions of one thing each.
        located: the ids of the mentions that name a known place.
    """
    article = _Article(extraction, located)
    found = [list(group) for group in groups]
    for rule in (
        _office_acronym,
        _same_but_for_form,
        _misspelt,
        _misspelt_surname,
        _bare_head,
        _people_of_body,
        _we_of_statement,
    ):
        for one, other in list(rule(article, found)):
            if one and one is not other:
                one.extend(other)
                one.sort(key=lambda m: (m.span, m.id))
                other.clear()
        found = [group for group in found if group]
    return found


class _Article:
    """The text of the mentions, and what is known of them."""

    def __init__(self, extraction: Extraction, located: Collection[str]) -> None:
        self.extraction = extraction
        self.located = located

    def text(self, mention: Mention) -> str:
        return self.extraction.article.text[mention.span.start : mention.span.end]

    def names(self, group: Group) -> list[str]:
        return [clean_name(self.text(m)) for m in group if m.kind is MentionKind.NAME]

    def is_located(self, group: Group) -> bool:
        return any(m.id in self.located for m in group)


_Pairs = Iterator[tuple[Group, Group]]


def _same_but_for_form(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """A company without its form, a hotel called by its name: "the Ritz", but no known place."""
    by_name: dict[tuple[bool, bool, str], list[Group]] = defaultdict(list)
    for group in groups:
        kind = group[0].entity_kind
        if kind not in _BODIES | _SITES:
            continue
        names = dict.fromkeys(map(normalise, article.names(group)))
        keys = [(False, kind in _SITES, name) for name in names]
        if not article.is_located(group):
            keys += [(True, True, _without_form(name)) for name in names]
        for key in dict.fromkeys(keys):
            if key[-1] and not named_country(key[-1].title()) and not demonym_country(key[-1]):
                by_name[key].append(group)
    for first, *others in by_name.values():
        for other in others:
            yield first, other


def _without_form(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "camp" else words)


def _misspelt(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """Full names of one person that differ in a letter: "Alexandr Petrov", "Aleksandr Petrov"."""
    people = _people(article, groups)
    for at, (one, names) in enumerate(people):
        for other, others in people[at + 1 :]:
            if any(_is_misspelling(a, b) for a in names for b in others if len(a) > 1):
                yield one, other


def _misspelt_surname(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """A surname alone, written so but once, where one person's is like it but for a letter."""
    people = _people(article, groups)
    for slip, names in people:
        if len(slip) == 1 and len(names) == 1 and len(names[0]) == 1:
            (surname,) = names[0]
            meant = [
                group
                for group, others in people
                if any(len(n) > 1 and _is_one_letter_off(surname, n[-1]) for n in others)
            ]
            if len(meant) == 1:
                yield meant[0], slip


def _people(
    article: _Article, groups: Sequence[Group]
) -> list[tuple[Group, list[tuple[str, ...]]]]:
    """The persons, with the words of their names."""
    return [
        (group, [person_words(read_name(name)) for name in article.names(group)])
        for group in groups
        if any(m.entity_kind is EntityKind.PERSON for m in group)
    ]


def _is_misspelling(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names differ in one letter within one long word."""
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(unlike) == 1 and _is_one_letter_off(*unlike[0])


def _is_one_letter_off(one: str, other: str) -> bool:
    """One letter more, less or else, but at neither end: "Daniel" and "Daniela" are two people."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_WORD or len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    if short[-1] != long[-1]:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), None)
    if at is None:
        return False
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _bare_head(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """The police, where the article tells of no police but one town's."""
    full: dict[str, list[tuple[frozenset[str], Group]]] = defaultdict(list)
    bare: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        told = [m for m in group if m.kind is not MentionKind.PRONOUN]
        if not told or not all(m.entity_kind in _BODIES for m in told):
            continue
        parts = [_head_and_rest(article.text(m)) for m in told]
        heads = {head for head, _ in parts}
        if len(heads) == 1 and not any(rest for _, rest in parts):
            bare[_SERVED.get(parts[0][0], parts[0][0])].append(group)
        for head, rest in dict.fromkeys(parts):
            if rest and " and " not in rest:
                full[head].append((frozenset(rest.split()), group))
    for head in sorted(_HEADS & full.keys()):
        fullest, body = max(full[head], key=lambda told: len(told[0]))
        if not any(word[:1].isupper() for word in fullest):
            continue
        if not all(words <= fullest or group is body for words, group in full[head]):
            continue
        for words, group in full[head]:
            if len(words) >= _TELLING_WORDS:
                yield body, group
        for group in bare[head]:
            yield body, group


def _people_of_body(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """The one body that is of a people or led by it: "Kurdish-led forces", "the Kurdish group"."""
    bodies = [group for group in groups if any(m.entity_kind in _BODIES for m in group)]
    nouns = [[m for m in group if m.kind is not MentionKind.PRONOUN] for group in bodies]
    for group, told in zip(bodies, nouns, strict=True):
        found = _OF_PEOPLE.fullmatch(article.text(told[0])) if len(told) == 1 else None
        if found is None:
            continue
        words = re.compile(rf"\b{re.escape(found[1])}\b")
        others = [
            other
            for other, said in zip(bodies, nouns, strict=True)
            if other is not group and any(words.search(article.text(m)) for m in said)
        ]
        if len(others) == 1 and others[0][0].span < group[0].span:
            yield others[0], group


def _head_and_rest(text: str) -> tuple[str, str]:
    """The head of a body's name or noun phrase, and the words that tell which body it is."""
    phrase, *tail = _TAIL.split(clean_noun(text), maxsplit=1)
    words = [word for word in phrase.split() if word.lower() not in _ARTICLES]
    if not words:
        return "", ""
    rest = [word for word in words[:-1] if not _BACKED.match(word)]
    return words[-1].lower(), " ".join([*rest, *tail])


def _we_of_statement(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """Who says "we" in a text without quotations: the body or country that acts first in it."""
    extraction = article.extraction
    if _QUOTE.search(extraction.article.text):
        return
    actors = {
        argument.mention_id
        for event in extraction.event_mentions
        for argument in event.arguments
        if argument.name is RoleName.ACTOR
    }
    _, speaker = min(
        (
            (m.span, group)
            for group in groups
            for m in group
            if m.id in actors and m.sentence <= _LEAD
        ),
        key=lambda told: told[0],
        default=(None, ()),
    )
    kinds = {EntityKind.COUNTRY, EntityKind.ORGANIZATION}
    if not speaker or not article.names(speaker) or speaker[0].entity_kind not in kinds:
        return
    for group in groups:
        if all(m.kind is MentionKind.PRONOUN and article.text(m).lower() in _WE for m in group):
            yield speaker, group


def _office_acronym(article: _Article, groups: Sequence[Group]) -> _Pairs:
    """The holder of an office whose acronym stands in brackets before the name."""
    text = article.extraction.article.text
    starts = {m.span.start: g for g in groups for m in g if m.entity_kind is EntityKind.PERSON}
    for group in groups:
        acronym = read_name(article.text(group[0]))
        bracket = _BRACKET.match(text, group[0].span.end)
        person = starts.get(bracket.end()) if bracket else None
        if person is None or {read_name(article.text(m)).key for m in group} != {acronym.key}:
            continue
        end = group[0].span.start
        for start in (at for at in starts if end - _LONG_FORM <= at < end):
            title = text[start:end].rstrip("( ")
            if is_acronym_of(acronym, read_name(title)):
                group[:] = [replace(m, entity_kind=EntityKind.PERSON) for m in group]
                yield person, group
                yield person, starts[start]
