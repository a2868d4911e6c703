"""Which actors of the register an article speaks of: by a name that is theirs alone, or by context.

A name that others bear too ("the Foreign Ministry", "Labour", a surname) counts only with a reason:
the country named beside it, another mention that settles it, the one country that the article is
about; for a surname the office before it, held when the article appeared. In doubt no link is made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.extract.coref.names import is_loose_acronym_of, person_words, read_name
from kg.link.actors import clean_name, clean_noun, country_at_end
from kg.link.register import Actor, Match, Office, Register
from kg.link.scene import Scene, titles_of
from kg.placenames import acronym_key, name_key, normalise
from kg.records import EntityKind, Mention, MentionKind

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
_FORMER: Final = re.compile(r"\b(?:former|ex|late|then)\b[\s-]*$")


def identify(
    scene: Scene,
    groups: Sequence[Sequence[Mention]],
    *,
    kinds: Sequence[EntityKind],
    register: Register,
) -> dict[int, Actor]:
    """The actor of each group of mentions that is known for sure, by the group's position.

    Args:
        scene: the article and its mentions.
        groups: the mentions of one thing each.
        kinds: what each group was taken for.
        register: who a name can mean.
    """
    candidates: list[_Candidates | None] = []
    for group, kind in zip(groups, kinds, strict=True):
        told = _Candidates(scene, group, kind, register)
        is_place = kind in _PLACES and any(map(scene.is_located, group))
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


@dataclass(frozen=True)
class _Candidates:
    """A group of mentions, and whom its names can mean."""

    scene: Scene
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
            matches = self.register.named(bare) or self.register.misspelt(bare)
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
        titles = " ".join(titles_of(self.scene.words(mention)))
        return f"{self.scene.before(mention)}{titles} "


def country_of_office(scene: Scene, group: Sequence[Mention], register: Register) -> str | None:
    """The one country of all those who can be meant by an office and a surname: "President Bush".

    None where nobody or people of several countries held the office under that name.
    """
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
