"""Names and mention types from the Entity column of the GUM treebank."""

from __future__ import annotations

import re
from typing import NamedTuple

from examples import Example, top_words
from names import CALENDAR, bare, place_types, word_set
from schema import MENTION_TYPES, NAME_TAGS

DEMONYM = re.compile(r".+(?:[ai]n|ese|ish|i|ic|ench|eek|utch|wiss|ew|ot|im|elsh)s?$")
LINKING = word_set("of the and for de la & 's - del von van al der di")
TITLES = word_set(
    """
    mr mrs ms dr president prime minister king queen prince princess professor prof sir lord
    lady senator general captain colonel rep judge justice chief pope father sister ambassador
    secretary governor mayor
    """
)
NAMED = {"person": ("PERSON",), "organization": ("ORG",), "event": ("EVENT",)}
# "(12-person-...)" opens and closes, "(12-person-..." opens, "12)" or "12[1])" closes a mention.
BRACKET = re.compile(r"\((\d[^()]*)(\))?|(\d+(?:\[[^\]]*\])?)\)")


class GumMention(NamedTuple):
    """A mention of GUM: its first and last word and its type."""

    first: int
    last: int
    kind: str


def find_mentions(rows: list[list[str]]) -> list[GumMention]:
    """The mentions that start and end in the sentence, by their ends."""
    open_: list[tuple[str, int, str]] = []
    found = []
    for i, row in enumerate(rows):
        misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
        for opened, single, closed in BRACKET.findall(misc.get("Entity", "")):
            if opened:
                name, kind = opened.split("-")[:2]
                if single:
                    found.append(GumMention(i, i, kind))
                else:
                    open_.append((name, i, kind))
                continue
            match = next((entry for entry in reversed(open_) if entry[0] == closed), None)
            if match is not None:
                open_.remove(match)
                found.append(GumMention(match[1], i, match[2]))
    return found


def add_entities(example: Example, rows: list[list[str]]) -> None:
    """Mention types on head words, and names where the head is a proper noun; the widest name wins."""
    example.mention_types = [0] * len(rows)
    example.names = [frozenset(["O"])] * len(rows)
    taken: set[int] = set()
    mentions = find_mentions(rows)
    for mention in sorted(mentions, key=lambda m: (m.first - m.last, m)):
        tops = top_words(mention.first, mention.last, example.heads)
        if len(tops) != 1:
            continue
        head = tops[0]
        if mention.kind in MENTION_TYPES:
            example.mention_types[head] = MENTION_TYPES.index(mention.kind)
        if rows[head][4].startswith("NNP") and head not in taken:
            inner = [m for m in mentions if m.kind != "person" and m != mention]
            start, end = name_words(rows, head, mention, inner)
            if mention.kind != "time" and not taken.intersection(range(start, end + 1)):
                taken.update(tag_name(example, rows, head, (start, end, mention.kind)))
    for i in set(range(len(rows))) - taken:
        example.names[i] = unmarked_name(rows[i])
