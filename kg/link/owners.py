"""Whose an actor is, by the words around it: of which country, and of which body of the register.

"Russian Foreign Minister Andrei Kozyrev", "opposition groups in Zimbabwe", "doctors from two French
charities"; "Hamas fighters", "a commander for the SDF", "Arab League envoy Ana Costa".
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.countries import country_of_capital, demonym_country, named_country
from kg.link.actors import clean_noun, country_at_end, country_of_title, title_before
from kg.link.register import Actor, Register
from kg.link.scene import Scene, titles_of
from kg.link.sectors import sector_in_words
from kg.records import (
    Entity,
    EntityKind,
    Event,
    Mention,
    MentionKind,
    Polarity,
    RoleName,
)
from kg.words import word_set

# PLOVER's category of demonstrations, strikes and riots.
DEMONSTRATING: Final = "PROTEST"
# Those whom "in Zimbabwe" makes Zimbabweans: not soldiers, journalists or refugees.
_AT_HOME: Final = frozenset({"CVL", "REB", "OPP", "COP", "LEG", "JUD", "LAB", "AGR", "EDU", "CRM"})
# Those who are of a place by its name before theirs: "Darfur rebels", and no "Paris attackers".
_OF_PLACE: Final = _AT_HOME | {"GOV"}
# Those who are where they are held, whatever they did.
_HELD: Final = frozenset({"prisoner", "prisoners", "inmate", "inmates", "detainees"})
# Those who are of what follows "of", "for" or "from": who serves a body, leads it or speaks for it.
_SERVING: Final = word_set(
    "member members commander commanders fighter fighters militant militants soldier soldiers "
    "troops officer officers leader leaders head chief president chairman chairwoman director "
    "secretary spokesman spokeswoman spokesperson spokesmen official officials envoy "
    "envoys representative representatives delegate delegates delegation negotiator negotiators "
    "minister ministers governor mayor deputy deputies ambassador diplomat diplomats lawmaker "
    "lawmakers senator wing branch faction arm"
)
# Those who are not of what follows "of", but against it or hurt by it.
_OPPOSED: Final = word_set(
    "opponent opponents critic critics enemy enemies foe foes rival rivals victim victims killer "
    "killers captor captors kidnapper kidnappers murderer murderers hunter hunters"
)
# Those who need not be at home where they demonstrate.
_ELSEWHERE: Final = frozenset({"REF", "MIL", "GOV", "NGO", "IGO", "UNO", "EUR", "JRN"})
_OWNED: Final = ("'s", "\u2019s", "s'", "s\u2019")
_LOCAL: Final = re.compile(
    r"\s+(of|from|in|based in)\s+"
    r"(?:(?:the|an?|all|some|several|many|various|other|two|three|four|five|\d+)\s+){0,2}"
    r"(?:(?:north|south|east|west)(?:ern)?\s+)?((?:[A-Z][\w-]+)(?:\s[A-Z][\w-]+)*)"
)
_SERVED: Final = re.compile(r"\s+(?:of|for|from|with)\s+(?:the\s+)?(?=[A-Z])")
_WORD: Final = re.compile(r"[\w.'\u2019&-]+")
_ENDS_IN_NAME: Final = re.compile(r"(?:\w|\b\w\.\w\.|['\u2019])$")
# Words of the longest name that stands before or after a head.
_LONGEST_NAME: Final = 5


def is_ethnic(scene: Scene, group: Sequence[Mention]) -> bool:
    """Whether they are a people outside their country: "ethnic Turks" are no Turkish citizens."""
    return any(map(scene.is_ethnic, group))


def owner_country(scene: Scene, group: Sequence[Mention]) -> str | None:
    """The country that the words around an actor's mentions give it; None for none or several.

    "Russian Foreign Minister Andrei Kozyrev", "Ivory Coast's Supreme Court", "opposition groups in
    Zimbabwe", "the governor of Kaduna".
    """
    found = set()
    for mention in group:
        if mention.kind is MentionKind.PRONOUN:
            continue
        before = scene.before(mention)
        is_person = mention.entity_kind is EntityKind.PERSON
        if is_person and mention.kind is MentionKind.NAME:
            country = country_of_title(before)
        else:
            country = country_at_end(before) if before.rstrip().endswith(_OWNED) else None
        is_described = mention.kind is MentionKind.NOMINAL or scene.is_ethnic(mention)
        if (
            country is None
            and is_described
            and (not is_person or _head(scene, mention) in _SERVING)
        ):
            country = _country_of_locals(scene, mention)
        if country is not None:
            found.add(country)
    return found.pop() if len(found) == 1 else None


def _head(scene: Scene, mention: Mention) -> str:
    return scene.words(mention).lower().split()[-1]


def _country_of_locals(scene: Scene, mention: Mention) -> str | None:
    """The country after "of" or "from"; after "in" only of those who are at home there."""
    head = _head(scene, mention)
    sector = sector_in_words([scene.words(mention)], mention.entity_kind)
    is_at_home = sector in _AT_HOME or head in _HELD or scene.is_ethnic(mention)
    found = _LOCAL.match(scene.after(mention))
    if not found:
        return scene.country_within(mention) if sector in _OF_PLACE else None
    if head in _OPPOSED or (found[1] == "in" and not is_at_home):
        return None
    return (
        named_country(found[2])
        or country_of_capital(found[2])
        or _people_first(found[2].split())
        or scene.country_at(mention.span.end + found.start(2))
    )


def _people_first(words: Sequence[str]) -> str | None:
    """The country of the demonym that the words begin with."""
    parts = (" ".join(words[:size]) for size in (3, 2, 1))
    return next(filter(None, map(demonym_country, parts)), None)


def title_of(scene: Scene, group: Sequence[Mention]) -> str:
    """The first title that stands before a person's name; empty where none does."""
    return next(filter(None, (title_before(text) for text in _before_names(scene, group))), "")


def _before_names(scene: Scene, group: Sequence[Mention]) -> Iterator[str]:
    """What stands before each of a person's names, the titles within it among that."""
    for mention in group:
        if mention.kind is MentionKind.NAME and mention.entity_kind is EntityKind.PERSON:
            yield f"{scene.before(mention)}{' '.join(titles_of(scene.words(mention)))}"


def owner_body(
    scene: Scene, group: Sequence[Mention], register: Register
) -> tuple[Actor, str] | None:
    """The body of the register that an actor is of, and the words that say so; None for none.

    It stands before the head of a noun phrase, after the noun of who serves it, or before the
    title of a name: "the UNITA wing", "a commander for the SDF", "UNICEF spokeswoman Ana Costa".
    """
    nouns = [m for m in group if m.kind is MentionKind.NOMINAL]
    found = [(named_within(words, register), words) for words in map(scene.words, nouns)]
    served = ((m, scene.name_at(m.span.end + end)) for m, end in _serving(scene, nouns))
    found += [
        (_only_body(name, register), scene.words(mention)) for mention, name in served if name
    ]
    found += [
        (_named_at_end(before.rstrip()[: -len(title)], register), before)
        for before in _before_names(scene, group)
        if (title := title_before(before))
    ]
    return next(((actor, words) for actor, words in found if actor is not None), None)


def _serving(scene: Scene, nouns: Iterable[Mention]) -> Iterator[tuple[Mention, int]]:
    """The nouns of who serves what a name after them says, and how far behind them it starts."""
    for mention in nouns:
        link = _SERVED.match(scene.after(mention))
        if link and _head(scene, mention) in _SERVING:
            yield mention, link.end()


def named_within(text: str, register: Register) -> Actor | None:
    """The one actor of the register whose name stands before a phrase's head: "the UNITA wing"."""
    words = clean_noun(text).split()
    found: dict[str, Actor] = {}
    for first in range(len(words) - 1):
        for last in range(min(len(words) - 1, first + _LONGEST_NAME), first, -1):
            part = " ".join(words[first:last])
            if part == part.lower() or ("-" in words[last - 1] and words[last - 1].islower()):
                continue
            if (own := _only_body(part, register)) is not None:
                found[own.id] = own
                break
    return next(iter(found.values())) if len(found) == 1 else None


def _named_at_end(text: str, register: Register) -> Actor | None:
    """The body whose name ends the text, the longest first; after a comma another phrase begins."""
    text = text.rstrip()
    if not _ENDS_IN_NAME.search(text):
        return None
    words = list(_WORD.finditer(text))[-_LONGEST_NAME:]
    parts = (text[word.start() :] for word in words if word.group()[:1].isupper())
    return next(filter(None, (_only_body(part, register) for part in parts)), None)


def _only_body(name: str, register: Register) -> Actor | None:
    """Who bears a name alone, where that is no person."""
    own = [match.actor for match in register.named(name.rstrip(".")) if not match.is_shared]
    return own[0] if len(own) == 1 and own[0].kind is not EntityKind.PERSON else None


def homes_of_demonstrators(
    entities: Mapping[str, Entity], events: Iterable[Event], *, peoples: Container[str]
) -> dict[str, str]:
    """The country of each actor of no known one that demonstrates in one country only, by id.

    Crowds demonstrate at home, where no word says otherwise: refugees and those who bear a name
    are left out, but not the peoples that the text calls ethnic.

    Args:
        entities: the actors and places by their ids.
        events: what they do.
        peoples: the ids of the ethnic groups.
    """
    found: dict[str, set[str]] = {}
    for event in events:
        if event.category != DEMONSTRATING or event.polarity is not Polarity.POSITIVE:
            continue
        scenes = (entities[r.entity_id] for r in event.roles if r.name is RoleName.PLACE)
        countries = {country for scene in scenes if (country := scene.country)}
        for role in event.roles:
            if role.name is RoleName.ACTOR and _can_be_local(entities[role.entity_id], peoples):
                found.setdefault(role.entity_id, set()).update(countries)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


def _can_be_local(actor: Entity, peoples: Container[str]) -> bool:
    is_crowd = actor.kind in (EntityKind.GROUP, EntityKind.PERSON, EntityKind.ORGANIZATION)
    is_known = actor.country is not None or actor.sector in _ELSEWHERE
    return is_crowd and not is_known and (not actor.named or actor.id in peoples)
