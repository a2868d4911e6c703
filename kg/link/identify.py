"""Which actors of the register an article speaks of: by a name that is theirs alone, or by context.

A name that others bear too ("the Foreign Ministry", "Labour", a surname) counts only with a reason:
the country named beside it, another mention that settles it, the one country that the article is
about; for a surname the office before it, held when the article appeared. In doubt no link is made.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.countries import country_of_capital, demonym_country, named_country
from kg.extract.coref.names import is_loose_acronym_of, long_form_start, person_words, read_name
from kg.link.actors import clean_name, clean_noun, country_at_end, country_of_title, title_before
from kg.link.register import Actor, Match, Office, Register, name_key
from kg.link.sectors import sector_in_words
from kg.placenames import acronym_key, normalise
from kg.records import Article, EntityKind, Extraction, Location, Mention, MentionKind

# A country is what the article is about where it is named this often, and this many times as often
# as the next one. Set by reasoning, not tuned: lower values link "the Foreign Ministry" of the
# country that the story's visitor comes from.
MIN_MENTIONS: Final = 2
MIN_LEAD: Final = 2.0
# How much text before a name is searched for an office or a country.
WINDOW: Final = 60
# How much before an acronym in brackets is searched for what it stands for.
LONG_FORM_WINDOW: Final = 120

_PLACES: Final = frozenset({EntityKind.PLACE, EntityKind.FACILITY, EntityKind.COUNTRY})
_BODIES: Final = frozenset({EntityKind.ORGANIZATION, EntityKind.GROUP})
_FORM: Final = re.compile(
    r"\s+(?:party|movement|group|militia|network|organi[sz]ation|inc|corp|corporation|ltd|plc|llc"
    r"|co|company|news agency|newspaper|fc)\.?$",
    re.IGNORECASE,
)
_SPELT: Final = (
    ("defense", "defence"),
    ("secretary general", "secretary-general"),
    ("adviser", "advisor"),
    ("premier", "prime minister"),
)
# Words that name the organisation an office is of, and may be left out before a name.
_OF_BODY: Final = re.compile(
    r"^(?:un|nato|eu|who|imf|iaea|ecb|icc|fifa|uefa|ioc|oas|wto|fbi|cia|european commission|"
    r"european council|world bank|arab league|african union commission|federal reserve|house"
    r"|kremlin)\s+"
)
# Those whom "in Zimbabwe" makes Zimbabweans: not soldiers, journalists or refugees.
_AT_HOME: Final = frozenset({"CVL", "REB", "OPP", "COP", "LEG", "JUD", "LAB", "AGR", "EDU", "CRM"})
_OWNED: Final = ("'s", "\u2019s", "s'", "s\u2019")
_LOCAL: Final = re.compile(
    r"\s+(of|from|in|based in)\s+(?:the\s+)?(?:(?:north|south|east|west)(?:ern)?\s+)?"
    r"((?:[A-Z][\w-]+)(?:\s[A-Z][\w-]+)*)"
)
# Those who are of a place by its name before theirs: "Darfur rebels", and no "Paris attackers".
_OF_PLACE: Final = _AT_HOME | {"GOV"}
# Those who are where they are held, whatever they did.
_HELD: Final = frozenset({"prisoner", "prisoners", "inmate", "inmates", "detainees"})
_ETHNIC: Final = re.compile(r"\bethnic\s*$", re.IGNORECASE)
# Words of the longest name that stands before a head.
_LONGEST_NAME: Final = 5
_PLACE_AFTER: Final = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?((?:[A-Z][\w'-]+)(?:\s[A-Z][\w'-]+)*)")
_FORMER: Final = re.compile(r"\b(?:former|ex|late|then)\b[\s-]*$")


def identify(
    extraction: Extraction,
    groups: Sequence[Sequence[Mention]],
    *,
    kinds: Sequence[EntityKind],
    locations: Mapping[str, Location],
    register: Register,
) -> dict[int, Actor]:
    """The actor of each group of mentions that is known for sure, by the group's position.

    Args:
        extraction: the article and its mentions.
        groups: the mentions of one thing each.
        kinds: what each group was taken for.
        locations: the places that were found, by mention id.
        register: who a name can mean.
    """
    scene = _Scene(extraction, locations)
    candidates: list[_Candidates | None] = []
    for group, kind in zip(groups, kinds, strict=True):
        told = _Candidates(scene, group, kind, register)
        is_place = kind in _PLACES and any(m.id in locations for m in group)
        candidates.append(None if is_place and not told.is_acronym else told)
    found: dict[int, Actor] = {}
    for position, candidate in enumerate(candidates):
        if candidate is not None and (actor := candidate.sure()) is not None:
            found[position] = actor
    known = frozenset(actor.id for actor in found.values())
    for position, candidate in enumerate(candidates):
        if candidate is not None and position not in found:
            actor = candidate.by_context(known)
            if actor is not None:
                found[position] = actor
    return found


class _Scene:
    """The article, and the countries that it speaks of."""

    def __init__(self, extraction: Extraction, locations: Mapping[str, Location]) -> None:
        self.article: Article = extraction.article
        self._mentions = extraction.mentions
        self._locations = locations

    @cached_property
    def countries(self) -> Counter[str]:
        """How often each country is named, as itself, by its people or by a place in it."""
        counts: Counter[str] = Counter()
        for mention in self._mentions:
            if mention.kind is not MentionKind.NAME:
                continue
            location = self._locations.get(mention.id)
            name = clean_name(self.words(mention))
            country = named_country(name) or demonym_country(name)
            if country is None and location is not None:
                country = location.country
            if country is not None:
                counts[country] += 1
        return counts

    @property
    def year(self) -> int | None:
        """The year in which the article appeared."""
        return self.article.published.year if self.article.published else None

    @cached_property
    def home(self) -> str | None:
        """The one country that the article is about; None where there is no such."""
        ranked = self.countries.most_common(2)
        if not ranked or ranked[0][1] < MIN_MENTIONS:
            return None
        is_clear = len(ranked) == 1 or ranked[0][1] >= MIN_LEAD * ranked[1][1]
        return ranked[0][0] if is_clear else None

    def words(self, mention: Mention) -> str:
        """The mention's text."""
        return self.article.text[mention.span.start : mention.span.end]

    def before(self, mention: Mention) -> str:
        """The text before the mention, up to the line or sentence that it stands in."""
        start = mention.span.start
        text = self.article.text[max(0, start - WINDOW) : start]
        return re.split(r"[\n\"\u201c\u201d;:!?]|\.\s+(?=[A-Z][a-z]{3,})", text)[-1]

    def country_after(self, mention: Mention) -> str | None:
        """The country that "of Iraq", "in Iraq" or "in Baghdad" names after the mention."""
        end = mention.span.end
        found = _PLACE_AFTER.match(self.article.text[end : end + WINDOW])
        if not found:
            return None
        return named_country(found[1]) or country_of_capital(found[1])

    def is_ethnic(self, mention: Mention) -> bool:
        """Whether the text calls them ethnic this or that."""
        words = self.words(mention)
        before_head = words.removesuffix(words.split()[-1])
        return bool(_ETHNIC.search(f"{self.before(mention)}{before_head}"))

    def country_at(self, start: int) -> str | None:
        """The country of the known place that is named at a position."""
        found = (m for m in self._mentions if m.span.start <= start < m.span.end)
        places = (self._locations[m.id] for m in found if m.id in self._locations)
        return next((place.country for place in places), None)

    def country_within(self, mention: Mention) -> str | None:
        """The country of the known place that a noun phrase begins with: "Darfur rebels"."""
        words = self.words(mention)
        bare = clean_noun(words)
        start = mention.span.start + words.find(bare)
        return self.country_at(start) if bare[:1].isupper() else None

    def is_named_otherwise(self, mention: Mention, actor: Actor) -> bool:
        """Whether the text introduces an acronym for something that is not the actor."""
        name = read_name(self.words(mention))
        text = self.article.text
        for found in re.finditer(rf"\(\s*(?:the )?{re.escape(name.text)}\s*\)", text):
            before = text[max(0, found.start() - LONG_FORM_WINDOW) : found.start()]
            start = long_form_start(name, before)
            if start is not None:
                keys = {name_key(other) for other in actor.names}
                return not any(name_key(before[start:].strip()).endswith(key) for key in keys)
        return False


@dataclass(frozen=True)
class _Candidates:
    """A group of mentions, and whom its names can mean."""

    scene: _Scene
    group: Sequence[Mention]
    kind: EntityKind
    register: Register

    @cached_property
    def names(self) -> list[Mention]:
        """The mentions by name; nouns with a country's name ("the Turkish army") where none is."""
        names = [m for m in self.group if m.kind is MentionKind.NAME]
        if names:
            return names
        nouns = [m for m in self.group if m.kind is MentionKind.NOMINAL]
        return [m for m in nouns if re.search(r"[A-Z]", clean_noun(self.scene.words(m)))]

    @property
    def is_acronym(self) -> bool:
        """Whether it is called by an acronym alone; "the UN" is no town called Un."""
        return bool(self.names) and all(acronym_key(self.scene.words(m)) for m in self.names)

    @cached_property
    def matches(self) -> list[tuple[Mention, list[Match]]]:
        """For each name whom it can mean, as far as the kinds allow."""
        return [(m, self._fitting(m)) for m in self.names]

    def _fitting(self, mention: Mention) -> list[Match]:
        text = clean_name(self.scene.words(mention))
        matches = self.register.named(text)
        if not matches and self.kind is EntityKind.PERSON:
            bare = " ".join(person_words(read_name(text)))
            matches = self.register.named(bare)
        if not matches and (form := _FORM.search(text)):
            matches = self.register.named(text[: form.start()])
        return [match for match in matches if self._can_be(match.actor, text)]

    def _can_be(self, actor: Actor, text: str) -> bool:
        """Whether the kinds agree; a name of several words outweighs what the model took it for."""
        is_long = len(text.split()) > 1
        if actor.kind is EntityKind.PERSON:
            return self.kind is EntityKind.PERSON or (is_long and self.kind in _BODIES)
        if self.kind in _BODIES:
            return True
        return (
            self.kind is not EntityKind.PERSON and (is_long or acronym_key(text) is not None)
        ) or (self.kind is EntityKind.PERSON and is_long)

    def sure(self) -> Actor | None:
        """The actor that the names mean whatever the context; None for none or several."""
        actors: dict[str, Actor] = {}
        for mention, matches in self.matches:
            actor = self._unshared(matches)
            if actor is None:
                continue
            if acronym_key(self.scene.words(mention)) and self._is_contradicted(mention, actor):
                continue
            actors[actor.id] = actor
        return next(iter(actors.values())) if len(actors) == 1 else None

    def _unshared(self, matches: Sequence[Match]) -> Actor | None:
        """The actor that has the name for itself, unless the article is about another's country."""
        own = [match.actor for match in matches if not match.is_shared]
        if len(own) != 1:
            return None
        home = self.scene.home
        rivals = {match.actor.country for match in matches if match.is_shared}
        is_rivalled = home is not None and home in rivals and own[0].country != home
        return None if is_rivalled else own[0]

    def _is_contradicted(self, mention: Mention, actor: Actor) -> bool:
        """Whether the acronym stands for another name, of the group or in brackets after it."""
        acronym = read_name(self.scene.words(mention))
        keys = {name_key(name) for name in actor.names}
        for other in self.names:
            full = read_name(clean_name(self.scene.words(other)))
            is_long = len(full.words) > 1 and name_key(full.text) not in keys
            if is_long and is_loose_acronym_of(acronym, full):
                return True
        return self.scene.is_named_otherwise(mention, actor)

    def by_context(self, known: frozenset[str]) -> Actor | None:
        """The actor that the context settles, given who else the article is sure to speak of."""
        per_name = [(m, matches) for m, matches in self.matches if matches]
        if not per_name or len(per_name) < len(self.names):
            # Another name of the group is somebody's whom the register lacks.
            return None
        found: dict[str, Actor] = {}
        for mention, matches in per_name:
            actor = self._settled(mention, matches, known)
            if actor is not None:
                found[actor.id] = actor
        return next(iter(found.values())) if len(found) == 1 else None

    def _settled(
        self, mention: Mention, matches: Sequence[Match], known: frozenset[str]
    ) -> Actor | None:
        persons = [m.actor for m in matches if m.actor.kind is EntityKind.PERSON]
        if persons:
            return self._in_office(mention, persons)
        actors = [m.actor for m in matches if m.is_shared or len(matches) == 1]
        if acronym_key(self.scene.words(mention)):
            actors = [a for a in actors if not self._is_contradicted(mention, a)]
        country = country_at_end(self.scene.before(mention)) or self.scene.country_after(mention)
        if country is not None:
            return _only([actor for actor in actors if actor.country == country])
        if (other := _only([actor for actor in actors if actor.id in known])) is not None:
            return other
        home = self.scene.home
        return _only([actor for actor in actors if actor.country == home]) if home else None

    def _in_office(self, mention: Mention, persons: Sequence[Actor]) -> Actor | None:
        """The only one of the persons who held the office before the name, at the time."""
        year = self.scene.year
        return _only([a for a in persons if _holds(a, self._title(mention), year)])

    def holders(self, mention: Mention, actors: Sequence[Actor]) -> list[Actor]:
        """Those who held the office before the name, at the time where that is known."""
        title, year = self._title(mention), self.scene.year
        return [
            actor
            for actor in actors
            if any(_fits(actor, o, title, year or o.first) for o in actor.offices)
        ]

    def _title(self, mention: Mention) -> str:
        """The text up to the name itself, the titles within the mention among it."""
        titles = " ".join(_titles_of(self.scene.words(mention)))
        return f"{self.scene.before(mention)}{titles} "


def _titles_of(text: str) -> list[str]:
    """The words of a name that are titles: "President" of "President Obama"."""
    words = text.split()
    n_own = len(person_words(read_name(text)))
    return words[: max(0, len(words) - n_own)]


def country_of_office(
    extraction: Extraction, group: Sequence[Mention], register: Register
) -> str | None:
    """The one country of all those who can be meant by an office and a surname: "President Bush".

    None where nobody or people of several countries held the office under that name.
    """
    scene = _Scene(extraction, {})
    candidates = _Candidates(scene, group, EntityKind.PERSON, register)
    countries = {
        actor.country
        for mention, matches in candidates.matches
        for actor in candidates.holders(mention, [match.actor for match in matches])
    }
    return countries.pop() if len(countries) == 1 else None


def _holds(actor: Actor, before: str, year: int | None) -> bool:
    """Whether the words before the name give an office of the actor that fits the year."""
    return any(_fits(actor, office, before, year) for office in actor.offices)


def _fits(actor: Actor, office: Office, before: str, year: int | None) -> bool:
    text, title = _spelt(before), _spelt(office.title)
    bare = _OF_BODY.sub("", title)
    ending = next((t for t in (title, bare) if re.search(rf"\b{re.escape(t)}$", text)), None)
    if ending is None:
        return False
    rest = text[: len(text) - len(ending)].rstrip()
    if re.search(r"\b(?:vice|deputy|acting|assistant)$", rest):
        return False
    is_former = bool(_FORMER.search(rest))
    country = country_at_end(before.rstrip()[: len(rest)])
    if country is not None and country != actor.country:
        return False
    if year is None:
        return country is not None
    if year < office.first:
        return False
    return is_former or office.last is None or year <= office.last


def _spelt(text: str) -> str:
    """Words in small letters, spelt in one way."""
    plain = normalise(text)
    for old, new in _SPELT:
        plain = re.sub(rf"\b{old}\b", normalise(new), plain)
    return plain


def _only(actors: Sequence[Actor]) -> Actor | None:
    return actors[0] if len(actors) == 1 else None


def is_ethnic(extraction: Extraction, group: Sequence[Mention]) -> bool:
    """Whether they are a people outside their country: "ethnic Turks" are no Turkish citizens."""
    scene = _Scene(extraction, {})
    return any(map(scene.is_ethnic, group))


def owner_country(
    extraction: Extraction, group: Sequence[Mention], locations: Mapping[str, Location]
) -> str | None:
    """The country that the words around an actor's mentions give it; None for none or several.

    "Russian Foreign Minister Andrei Kozyrev", "Ivory Coast's Supreme Court", "opposition groups in
    Zimbabwe", "Darfur rebels".
    """
    scene = _Scene(extraction, locations)
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
        if country is None and is_described and not is_person:
            country = _country_of_locals(scene, mention)
        if country is not None:
            found.add(country)
    return found.pop() if len(found) == 1 else None


def _country_of_locals(scene: _Scene, mention: Mention) -> str | None:
    """The country after "of" or "from"; after "in" only of those who are at home there."""
    words = scene.words(mention)
    sector = sector_in_words([words], mention.entity_kind)
    is_at_home = (
        sector in _AT_HOME or words.lower().split()[-1] in _HELD or scene.is_ethnic(mention)
    )
    end = mention.span.end
    found = _LOCAL.match(scene.article.text[end : end + WINDOW])
    if not found:
        return scene.country_within(mention) if sector in _OF_PLACE else None
    if found[1] == "in" and not is_at_home:
        return None
    return (
        named_country(found[2])
        or country_of_capital(found[2])
        or demonym_country(found[2].split()[0])
        or scene.country_at(end + found.start(2))
    )


def title_of(extraction: Extraction, group: Sequence[Mention]) -> str:
    """The first title that stands before a person's name; empty where none does."""
    scene = _Scene(extraction, {})
    persons = (
        m for m in group if m.kind is MentionKind.NAME and m.entity_kind is EntityKind.PERSON
    )
    titles = (
        title_before(f"{scene.before(m)}{' '.join(_titles_of(scene.words(m)))}") for m in persons
    )
    return next(filter(None, titles), "")


def named_within(text: str, register: Register) -> Actor | None:
    """The one actor of the register whose name stands before a phrase's head: "the UNITA wing"."""
    words = clean_noun(text).split()
    found: dict[str, Actor] = {}
    for first in range(len(words) - 1):
        for last in range(min(len(words) - 1, first + _LONGEST_NAME), first, -1):
            part = " ".join(words[first:last])
            if part == part.lower() or ("-" in words[last - 1] and words[last - 1].islower()):
                continue
            own = [m.actor for m in register.named(part) if not m.is_shared]
            if len(own) == 1 and own[0].kind is not EntityKind.PERSON:
                found[own[0].id] = own[0]
                break
    return next(iter(found.values())) if len(found) == 1 else None
