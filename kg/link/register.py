"""The register of actors: who a name can mean, with what is known of them.

The shipped register is ``ontology/actors.ttl``; users add files in the same form. Reading Turtle
takes a quarter of a second, so what the shipped file holds is kept as JSON in the cache folder,
under a name with the hash of the file and of the format.
"""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.placenames import loose_spelling, name_key
from kg.records import EntityKind
from kg.resources import ontology_dir
from kg.staging import replaced_file

logger = logging.getLogger(__name__)

ACTORS_FILE = "actors.ttl"
# Raise it when this code, kg.link.register_build or kg.placenames changes what the index holds.
FORMAT_VERSION = 1
# Letters of a person's name that is recognised although it is misspelt: shorter ones are too alike.
_LONG_NAME = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A time in an office; ``last`` is None where it goes on. Years of the calendar."""

    title: str
    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or some body of the register.

    ``id`` is the local name of the IRI. ``names`` are the label and the other names that mean this
    actor alone, ``shared`` those that others bear too. ``sector`` is a code of plover.ttl,
    ``country`` an ISO 3166 alpha-3 code, ``wikidata`` an identifier such as "Q1065".
    """

    id: str
    kind: EntityKind
    label: str
    names: tuple[str, ...]
    shared: tuple[str, ...] = ()
    sector: str | None = None
    country: str | None = None
    wikidata: str | None = None
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that a name can mean; ``is_shared`` where the name alone does not settle it."""

    actor: Actor
    is_shared: bool


class Register:
    """Looks actors up by name; actors of ``own`` take the place of those with the same IRI."""

    def __init__(
        self,
        actors: Sequence[Actor] = (),
        *,
        keys: Mapping[str, Sequence[tuple[int, bool]]] | None = None,
        packed: Sequence[Sequence[Any]] = (),
        base: "Register | None" = None,
    ) -> None:
        """Take actors, with the index that ``index_keys`` makes of them where it is at hand.

        Args:
            actors: each IRI once.
            keys: ``index_keys(actors)``.
            packed: the actors as the kept index has them (JSON's values, hence Any), unpacked
                when they are asked for; instead of ``actors``.
            base: the register that these actors are added to.
        """
        self._actors = actors
        self._packed = packed
        self._keys = index_keys(actors) if keys is None else keys
        self._base = base
        self._ids = frozenset(actor.id for actor in actors) if base is not None else frozenset()

    def named(self, name: str) -> tuple[Match, ...]:
        """The actors that ``name`` can mean, in the order of their IRIs.

        A name that a user's file gives to one actor alone means that one, whatever the base says.
        """
        found = [Match(self._actor(i), shared) for i, shared in self._keys.get(name_key(name), ())]
        if self._base is None or any(not match.is_shared for match in found):
            return tuple(found)
        older = (match for match in self._base.named(name) if match.actor.id not in self._ids)
        return tuple(sorted([*found, *older], key=lambda match: match.actor.id))

    def misspelt(self, name: str) -> tuple[Match, ...]:
        """The person whose name of two words or more differs by doubled letters or an "h" alone.

        Nobody where the names of several are so alike.
        """
        found = self._spellings.get(_spelling(name_key(name)), set())
        if len(found) != 1:
            return self._base.misspelt(name) if self._base is not None and not found else ()
        return (Match(self._actor(next(iter(found))), False),)

    @cached_property
    def _spellings(self) -> dict[str, set[int]]:
        """The persons by the spelling of the names that are theirs alone."""
        found: dict[str, set[int]] = {}
        for key, bearers in self._keys.items():
            own = {position for position, is_shared in bearers if not is_shared}
            if len(own) == 1 and (spelling := _spelling(key)) and self._is_person(*own):
                found.setdefault(spelling, set()).update(own)
        return found

    def _is_person(self, position: int) -> bool:
        if self._packed:
            return bool(self._packed[position][1] == EntityKind.PERSON.value)
        return self._actors[position].kind is EntityKind.PERSON

    def _actor(self, position: int) -> Actor:
        return _unpacked(self._packed[position]) if self._packed else self._actors[position]


def _spelling(key: str) -> str:
    """The loose spelling of a long name of several words; empty of others."""
    return "" if len(key) < _LONG_NAME or " " not in key else loose_spelling(key)


def index_keys(actors: Sequence[Actor]) -> dict[str, list[tuple[int, bool]]]:
    """For each key the positions of the actors that it can mean, and whether it is shared."""
    keys: dict[str, list[tuple[int, bool]]] = {}
    for position, actor in enumerate(actors):
        shared = {name_key(name) for name in actor.shared}
        for key in dict.fromkeys((*map(name_key, actor.names), *map(name_key, actor.shared))):
            keys.setdefault(key, []).append((position, key in shared))
    return keys


def load_register(paths: Iterable[Path] = ()) -> Register:
    """The shipped register, with the actors of users' files added.

    The order of the files changes nothing.

    Raises:
        OntologyError: a file cannot be read or parsed, or clashes with itself or another.
    """
    own = tuple(sorted({path.resolve() for path in paths}))
    return _with_own(own) if own else shipped_register()


@cache
def _with_own(paths: tuple[Path, ...]) -> Register:
    from kg.link.register_build import read_actors

    return Register(read_actors(paths), base=shipped_register())


@cache
def shipped_register() -> Register:
    """The register of ``ontology/actors.ttl``.

    Raises:
        OntologyError: the file is missing or damaged.
    """
    path = ontology_dir() / ACTORS_FILE
    try:
        digest = blake2b(path.read_bytes() + bytes([FORMAT_VERSION]), digest_size=8).hexdigest()
    except OSError as error:
        raise OntologyError(
            f"{path}: cannot be read ({error.strerror}). Expected the register of actors; "
            "reinstall kg.",
            path=path,
        ) from error
    index = _cache_folder() / f"actors-{digest}.json"
    kept = _read_index(index)
    if kept is not None:
        return kept
    from kg.link.register_build import read_actors

    actors = read_actors([path])
    keys = index_keys(actors)
    _write_index(index, actors, keys)
    return Register(actors, keys=keys)


def _cache_folder() -> Path:
    from kg.link.gazetteer import cache_folder

    return cache_folder()


def _packed(actor: Actor) -> list[Any]:
    offices = [[office.title, office.first, office.last] for office in actor.offices]
    lists = [list(actor.names), list(actor.shared), offices]
    return [
        actor.id,
        actor.kind.value,
        actor.label,
        actor.sector,
        actor.country,
        actor.wikidata,
        *lists,
    ]


def _unpacked(row: Sequence[Any]) -> Actor:
    key, kind, label, sector, country, wikidata, names, shared, offices = row
    return Actor(
        id=key,
        kind=EntityKind(kind),
        label=label,
        names=tuple(names),
        shared=tuple(shared),
        sector=sector,
        country=country,
        wikidata=wikidata,
        offices=tuple(Office(title=t, first=first, last=last) for t, first, last in offices),
    )


def _read_index(path: Path) -> Register | None:
    """The register as it was kept; None where there is none that can be read."""
    try:
        kept = json.loads(path.read_bytes())
        return Register(keys=kept["keys"], packed=kept["actors"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("%s: not an index of actors (%s); it is built again.", path, error)
        return None


def _write_index(
    path: Path, actors: Sequence[Actor], keys: Mapping[str, Sequence[tuple[int, bool]]]
) -> None:
    """Keep the index; where the folder cannot be written, each run reads the Turtle again."""
    text = json.dumps({"actors": list(map(_packed, actors)), "keys": keys}, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced_file(path) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        logger.warning(
            "%s: cannot keep the index of actors (%s). Set KG_CACHE to a folder that can be "
            "written.",
            path,
            error.strerror,
        )
