"""Names and mention types from the Entity column of the GUM treebank."""

from __future__ import annotations

import re
from typing import NamedTuple

from examples import IGNORE, Example, top_words
from names import CALENDAR, TITLES, bare, place_types, tag_set, word_set
from schema import MENTION_TYPES, NAME_TAGS, STATUSES

DEMONYM = re.compile(r".+(?:[ai]n|ese|ish|i|ic|ench|eek|utch|wiss|ew|ot|im|elsh)s?$")
LINKING = word_set("of the and for de la & 's - del von van al der di")
NAMED = {"person": ("PERSON",), "organization": ("ORG",), "event": ("EVENT",)}
# "(12-person-...)" opens and closes, "(12-person-..." opens, "12)" or "12[1])" closes a mention.
BRACKET = re.compile(r"\((\d[^()]*)(\))?|(\d+(?:\[[^\]]*\])?)\)")


class GumMention(NamedTuple):
    """A mention of GUM: first and last word, type, the number of its entity, information status."""

    first: int
    last: int
    kind: str
    entity: str
    status: str


def find_mentions(rows: list[list[str]]) -> list[GumMention]:
    """The mentions that start and end in the sentence, in the order of their ends."""
    open_: list[GumMention] = []
    found = []
    for i, row in enumerate(rows):
        misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
        for opened, single, closed in BRACKET.findall(misc.get("Entity", "")):
            if opened:
                name, kind, status = opened.split("-")[:3]
                (found if single else open_).append(GumMention(i, i, kind, name, status))
                continue
            match = next((m for m in reversed(open_) if m.entity == closed), None)
            if match is not None:
                open_.remove(match)
                found.append(match._replace(last=i))
    return found


def add_entities(example: Example, rows: list[list[str]]) -> None:
    """Mention types and entities on head words, names where the head is a proper noun.

    Of names with a common head the widest wins, of entities the narrowest ("A" in "A and B").
    """
    example.mention_types, example.statuses = [0] * len(rows), [0] * len(rows)
    example.names = [frozenset(["O"])] * len(rows)
    taken: set[int] = set()
    entity_of: dict[int, str] = {}
    mentions = find_mentions(rows)
    for mention in sorted(mentions, key=lambda m: (m.first - m.last, m)):
        tops = top_words(mention.first, mention.last, example.heads)
        if len(tops) != 1:
            continue
        head = tops[0]
        entity_of[head] = mention.entity
        if mention.kind in MENTION_TYPES:
            example.mention_types[head] = MENTION_TYPES.index(mention.kind)
        known = mention.status in STATUSES
        example.statuses[head] = STATUSES.index(mention.status) if known else IGNORE
        if mention.kind == "time" or head in taken or not rows[head][4].startswith("NNP"):
            continue
        start, end = find_name(rows, head, mention=mention, mentions=mentions)
        name = range(start, end + 1)
        if taken.isdisjoint(name) and bare(rows[end][1]) not in TITLES:
            words = [rows[i][1] for i in name]
            types = name_types(mention.kind, words, is_plural=rows[head][4] == "NNPS")
            for i in name:
                example.names[i] = tag_set("B" if i == start else "I", types)
            taken.update(name)
    example.mentions = sorted(entity_of.items())
    for i, row in enumerate(rows):
        if i not in taken:
            example.names[i] = unmarked_name(row[1], row[3])


def unmarked_name(word: str, upos: str) -> frozenset[str]:
    """Permitted tags of a word outside the marked names.

    GUM's mentions are noun phrases, so an adjective of a people and some proper nouns are in none.
    """
    is_capital = word[:1].isupper() and word != word.upper()
    if upos == "ADJ" and is_capital and DEMONYM.match(word):
        return frozenset(["B-NORP"])
    if upos == "PROPN" and bare(word) not in CALENDAR | TITLES:
        return frozenset(NAME_TAGS)
    return frozenset(["O"])


def find_name(
    rows: list[list[str]], head: int, *, mention: GumMention, mentions: list[GumMention]
) -> tuple[int, int]:
    """The first and the last word of the name within a mention.

    A person's name begins after titles and after what is mentioned before it ("Google chief Ann
    Lee").
    """
    first, last, kind, *_ = mention
    if kind != "person":
        return proper_range(rows, head, first=first, last=last)
    before = [m.last + 1 for m in mentions if m.kind != "person" and first <= m.first]
    first = max([first, *(end for end in before if end <= head)])
    start, end = proper_range(rows, head, first=first, last=last)
    while start < end and bare(rows[start][1]) in TITLES:
        start += 1
    return start, end


def proper_range(rows: list[list[str]], head: int, *, first: int, last: int) -> tuple[int, int]:
    """The run of proper nouns and linking words around ``head``, within ``first`` to ``last``."""

    def fits(i: int) -> bool:
        _, word, _, upos, xpos, *_ = rows[i]
        return xpos.startswith("NNP") or upos == "PROPN" or (word.isdigit() and i > head)

    def links(i: int) -> bool:
        return rows[i][1].lower() in LINKING

    start = end = head
    while start > first and (
        fits(start - 1) or (links(start - 1) and start - 2 >= first and fits(start - 2))
    ):
        start -= 1
    while end < last:
        # At most two linking words stand between two parts of a name: "Bank of the West".
        nexts = [i for i in range(end + 1, min(end + 3, last) + 1) if fits(i)]
        if not nexts or not all(links(i) for i in range(end + 1, nexts[0])):
            break
        end = nexts[0]
    return start, end


def name_types(kind: str, words: list[str], *, is_plural: bool) -> tuple[str, ...]:
    """The types that a name may have by its mention's type; a plural of one word is a people."""
    if kind == "person" and is_plural and len(words) == 1:
        return ("NORP",)
    return place_types(words) if kind == "place" else NAMED.get(kind, ("MISC",))
