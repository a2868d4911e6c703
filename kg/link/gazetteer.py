"""The gazetteer: places by name, from an index that is built once and kept in the cache folder.

The cache folder is ``$KG_CACHE``, else ``$XDG_CACHE_HOME/newskg``, else ``~/.cache/newskg``. The
file's name holds the hash of the sources and of the format: new sources give a new file.
"""

import atexit
import logging
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from kg.countries import country_name
from kg.errors import StoreError
from kg.link.gazetteer_build import ALTERNATE, DEMONYM, MAIN, build_index, source_digest
from kg.placenames import (
    NATURAL,
    Feature,
    Variant,
    acronym_key,
    iter_variants,
    names_part,
    normalise,
    phonetic,
    skeleton,
)
from kg.staging import replaced_file

logger = logging.getLogger(__name__)

# How well a name fits, by how it was found; the order matters, the values were set once, not tuned.
MATCH_MAIN = 1.0
MATCH_ALTERNATE = 0.6
MATCH_DEMONYM = 0.9
MATCH_OTHER_FEATURE = 0.7
MATCH_SOUND = 0.4  # times how alike the sounds are

# Sound keys this alike are one name: below 0.8, different villages with like consonants come in.
MIN_SOUND_RATIO = 0.8
# Shorter names are alike by chance too often.
MIN_SOUND_LETTERS = 3
# The most populous ones are kept; San José has 600.
MAX_CANDIDATES = 60


_MATCH_OF_RANK = {MAIN: MATCH_MAIN, DEMONYM: MATCH_DEMONYM, ALTERNATE: MATCH_ALTERNATE}
# A row of the table "place" without its key, as SQLite gives it, and how well the name fits.
_Found = tuple[tuple[Any, ...], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """A place that a name can mean.

    ``division`` is the first-level division, "US.TX"; ``match`` runs to 1 for the place's own name;
    ``is_part`` says that the name gave only a part of the place ("northern Iraq").
    """

    gazetteer_id: str
    name: str
    feature: Feature
    latitude: float
    longitude: float
    country: str | None
    division: str
    population: int
    match: float
    is_part: bool = False


class Gazetteer:
    """Looks places up by name in an index file; may be used from several threads, one at a time."""

    def __init__(self, path: Path) -> None:
        """Open an index that ``build_index`` wrote.

        Raises:
            StoreError: the file cannot be opened.
        """
        try:
            self._database = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._database.execute("SELECT 1 FROM place LIMIT 1").fetchone()
        except sqlite3.Error as error:
            message = f"{path}: not a gazetteer index: {error}."
            raise StoreError(message, path=path) from error
        self._lock = Lock()
        self._areas: frozenset[str] | None = None
        self._known: dict[str, tuple[PlaceCandidate, ...]] = {}

    def candidates(self, name: str) -> tuple[PlaceCandidate, ...]:
        """The places that ``name`` can mean, best match first, then the most populous; () if none.

        The first of these that finds any decides: the name as an abbreviation, as it is, without
        what is no part of it ("the city of"), and last any name that sounds the same.
        """
        if name not in self._known:
            with self._lock:
                found = self._find(name)
            self._known[name] = found
        return self._known[name]

    def areas(self, name: str) -> tuple[PlaceCandidate, ...]:
        """The countries and first-level divisions among the exact candidates of ``name``."""
        key = normalise(name)
        if key not in self._area_names():
            return ()
        wide = (Feature.COUNTRY, Feature.DIVISION)
        return tuple(
            c for c in self.candidates(name) if c.feature in wide and c.match == MATCH_MAIN
        )

    def country(self, iso3: str) -> tuple[PlaceCandidate, ...]:
        """The country of an alpha-3 code, as the only candidate; () for a code that is none."""
        name = country_name(iso3)
        found = self.candidates(name) if name else ()
        return tuple(c for c in found if c.feature is Feature.COUNTRY and c.country == iso3)

    def _area_names(self) -> frozenset[str]:
        if self._areas is None:
            keys = self._database.execute("SELECT key FROM area")
            self._areas = frozenset(key for (key,) in keys)
        return self._areas

    def close(self) -> None:
        """Close the index file."""
        self._database.close()

    def _find(self, name: str) -> tuple[PlaceCandidate, ...]:
        acronym, is_part = _acronym(name)
        if acronym and (found := self._named(acronym)):
            return _ranked(found, Variant(acronym, is_part=is_part))
        variants = list(iter_variants(name))
        for variant in variants:
            if found := _fitting(self._named(variant.key), variant):
                return _ranked(found, variant)
        for variant in variants:
            if found := _fitting(self._like_sounding(variant.key), variant):
                return _ranked(found, variant)
        return ()

    def _named(self, key: str) -> list[_Found]:
        query = (
            "SELECT p.*, n.rank FROM name n JOIN place p ON p.id = n.place"
            " WHERE n.key = ? ORDER BY p.population DESC, p.id LIMIT ?"
        )
        rows = self._database.execute(query, (key, 10 * MAX_CANDIDATES))
        return [(row[1:-1], _MATCH_OF_RANK[row[-1]]) for row in rows]

    def _like_sounding(self, key: str) -> list[_Found]:
        sound = phonetic(key)
        if len(sound) < MIN_SOUND_LETTERS:
            return []
        alike: dict[int, float] = {}
        query = "SELECT phonetic, place FROM sound WHERE skeleton = ?"
        for other, place in self._database.execute(query, (skeleton(sound),)):
            ratio = SequenceMatcher(None, sound, other, autojunk=False).ratio()
            if ratio >= MIN_SOUND_RATIO:
                alike[place] = max(ratio, alike.get(place, 0.0))
        found = []
        for place, ratio in sorted(alike.items()):
            row = self._database.execute("SELECT * FROM place WHERE id = ?", (place,)).fetchone()
            found.append((row[1:], ratio * MATCH_SOUND))
        return found


def _acronym(name: str) -> tuple[str | None, bool]:
    """The abbreviation that a name is or ends in ("Western US"), and whether more precedes it."""
    bare = re.sub(r"^[Tt]he |['\u2019]s$", "", name)
    if acronym := acronym_key(bare):
        return acronym, False
    *before, last = bare.split() or [""]
    acronym = acronym_key(last)
    return (acronym, True) if before and acronym and names_part(bare) else (None, False)


def _fitting(found: list[_Found], variant: Variant) -> list[_Found]:
    """What can be meant, given the words taken away: a river that is asked for is no town."""
    if not variant.features or not variant.features <= NATURAL:
        return found
    return [item for item in found if Feature(item[0][2]) in variant.features]


def _ranked(found: Iterable[_Found], variant: Variant) -> tuple[PlaceCandidate, ...]:
    candidates = [_candidate(row, match, variant) for row, match in found]
    candidates.sort(key=lambda c: (-c.match, -c.population, c.gazetteer_id))
    return tuple(candidates[:MAX_CANDIDATES])


def _candidate(row: tuple[Any, ...], match: float, variant: Variant) -> PlaceCandidate:
    gazetteer_id, name, number, latitude, longitude, country, division, population = row
    feature = Feature(number)
    fits = not variant.features or feature in variant.features
    return PlaceCandidate(
        gazetteer_id=gazetteer_id,
        name=name,
        feature=feature,
        latitude=latitude,
        longitude=longitude,
        country=country,
        division=division,
        population=population,
        match=match if fits else match * MATCH_OTHER_FEATURE,
        is_part=variant.is_part,
    )


@cache
def open_gazetteer() -> Gazetteer:
    """The gazetteer; its index is built first where the cache folder has none (some seconds).

    Raises:
        OntologyError: a table of places does not parse.
        StoreError: the index can be written neither to the cache folder nor to a temporary one.
    """
    path = index_path()
    if path.exists():
        try:
            return Gazetteer(path)
        except StoreError as error:
            logger.warning("%s The index is built again.", error)
    return Gazetteer(_build(path))


def index_path() -> Path:
    """Where the index of the present tables and code is, or will be once it is built."""
    return cache_folder() / f"gazetteer-{source_digest()}.sqlite"


def cache_folder() -> Path:
    """Where indexes are kept: $KG_CACHE, else $XDG_CACHE_HOME/newskg, else ~/.cache/newskg."""
    if own := os.environ.get("KG_CACHE"):
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "newskg"


def _build(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _build_at(path)
    except (OSError, sqlite3.Error) as error:
        folder = Path(tempfile.mkdtemp(prefix="newskg-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        logger.warning(
            "%s: cannot write the gazetteer's index here (%s); it is built for this run alone."
            " Set KG_CACHE to a folder that can be written.",
            path,
            error,
        )
        return _build_temporary(folder / path.name)


def _build_temporary(path: Path) -> Path:
    try:
        return _build_at(path)
    except (OSError, sqlite3.Error) as error:
        message = (
            f"{path}: cannot write the gazetteer's index: {error}. Free some space, or set TMPDIR."
        )
        raise StoreError(message, path=path) from error


def _build_at(path: Path) -> Path:
    """Build beside ``path`` and move into place, so that nobody meets a half-written index."""
    with replaced_file(path) as part:
        build_index(part)
    return path
