"""Ways to write a name: keys to look it up by, the variants of a place's, a key for its sound.

``normalise`` makes equal what differs only in case, diacritics, hyphens, apostrophes, full stops
and in "Saint"/"St", "Mount"/"Mt", "Fort"/"Ft". ``iter_variants`` takes away what is no part of the
bare name: "the", "City of", "province", "northern". ``skeleton`` and ``phonetic`` serve names that
were spelt from another script by ear (al-Hol, Al Hawl): the first finds, the second compares.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum


class Feature(IntEnum):
    """What kind of place a gazetteer row is; the value is what the index stores."""

    CONTINENT = 1
    WORLD_REGION = 2
    COUNTRY = 3
    DIVISION = 4
    DISTRICT = 5
    SETTLEMENT = 6
    REGION = 7
    WATER = 8
    MOUNTAIN = 9
    ISLAND = 10
    CAMP = 11
    SITE = 12
    SECTION = 13
    CAPITAL = 14


@dataclass(frozen=True, slots=True)
class Variant:
    """One key to look a name up by.

    ``features`` are the kinds that the words taken away ask for (empty: any); ``is_part`` says that
    they named only a part of the place ("northern Iraq").
    """

    key: str
    features: frozenset[Feature] = frozenset()
    is_part: bool = False


_SPELT = {
    "\u0131": "i",
    "\u0142": "l",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u0127": "h",
    "\u014b": "n",
    "\u0259": "a",
    "\u01dd": "a",
    "&": " and ",
}
_DROPPED = "'\"`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201c\u201d\u2032"
_PARTING = "-/,()_;:\u2010\u2011\u2013\u2014"
_LETTERS = str.maketrans({**_SPELT, **dict.fromkeys(_DROPPED, ""), **dict.fromkeys(_PARTING, " ")})
_DOT_IN_ACRONYM = re.compile(r"(?<=\b\w)\.(?=\w\b|$|\s)")
_SHORT_FORMS = {
    "saint": "st", "sainte": "ste", "mount": "mt", "mountain": "mtn", "mountains": "mtns",
    "mts": "mtns", "fort": "ft",
}  # fmt: skip
_MAX_ACRONYM = 5


def normalise(name: str) -> str:
    """The key that a name is stored and looked up by: plain lower-case words parted by a space.

    Letters of other scripts than the Latin one are left out.
    """
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = text.encode("ascii", "ignore").decode("ascii")
    if text.isalpha():
        return _SHORT_FORMS.get(text, text)
    text = text.translate(_LETTERS)
    if "." in text:
        text = _DOT_IN_ACRONYM.sub("", text).replace(".", " ")
    words = text.split()
    if not _SHORT_FORMS.keys().isdisjoint(words):
        words = [_SHORT_FORMS.get(word, word) for word in words]
    return " ".join(words)


def loose_spelling(key: str) -> str:
    """A key without "h" and doubled letters, where the commonest misspellings are alike."""
    return re.sub(r"(.)\1+", r"\1", key.replace("h", ""))


def acronym_key(name: str) -> str | None:
    """The key of an abbreviation in capitals ("U.S." gives "US"); None where ``name`` is none."""
    letters = name.replace(".", "").replace(" ", "") if "." in name else name
    is_acronym = 1 < len(letters) <= _MAX_ACRONYM and letters.isascii() and letters.isalpha()
    return letters if is_acronym and letters.isupper() else None


_DIVISIONS = frozenset({Feature.DIVISION})
_DISTRICTS = frozenset({Feature.DISTRICT, Feature.DIVISION})
_SETTLEMENTS = frozenset({Feature.SETTLEMENT, Feature.CAPITAL})
_TOWNS = _SETTLEMENTS | {Feature.DISTRICT, Feature.SECTION}
_ANY: frozenset[Feature] = frozenset()
NATURAL = frozenset(
    {Feature.WATER, Feature.MOUNTAIN, Feature.ISLAND, Feature.CAMP, Feature.REGION, Feature.COUNTRY}
)
_BEFORE = {
    "the": _ANY,
    "republic of": frozenset({Feature.COUNTRY, Feature.DIVISION}),
    "kingdom of": frozenset({Feature.COUNTRY}),
    "state of": frozenset({Feature.DIVISION, Feature.COUNTRY}),
    "commonwealth of": frozenset({Feature.DIVISION, Feature.COUNTRY}),
    "province of": _DISTRICTS,
    "region of": _DISTRICTS,
    "district of": _DISTRICTS,
    "governorate of": _DISTRICTS,
    "department of": _DISTRICTS,
    "county of": _DISTRICTS,
    "provincia di": _DISTRICTS,
    "provincia de": _DISTRICTS,
    "provincia dell": _DISTRICTS,
    "provincia del": _DISTRICTS,
    "departement de": _DISTRICTS,
    "departement du": _DISTRICTS,
    "county": _DISTRICTS,
    "co": _DISTRICTS,
    "city of": _SETTLEMENTS,
    "town of": _SETTLEMENTS,
    "village of": _SETTLEMENTS,
    "municipality of": _SETTLEMENTS,
    "port of": _SETTLEMENTS,
    "township of": _SETTLEMENTS,
    "borough of": _SETTLEMENTS | {Feature.SECTION, Feature.DISTRICT},
    "lake": frozenset({Feature.WATER}),
    "river": frozenset({Feature.WATER}),
    "mt": frozenset({Feature.MOUNTAIN}),
    "isle of": frozenset({Feature.ISLAND, Feature.COUNTRY}),
    "island of": frozenset({Feature.ISLAND, Feature.COUNTRY}),
    "islands of": frozenset({Feature.ISLAND, Feature.COUNTRY}),
}
_AFTER = {
    "state": _DIVISIONS,
    "province": _DISTRICTS,
    "governorate": _DISTRICTS,
    "provincia": _DISTRICTS,
    "department": _DISTRICTS,
    "oblast": _DIVISIONS,
    "krai": _DIVISIONS,
    "kray": _DIVISIONS,
    "republic": frozenset({Feature.DIVISION, Feature.COUNTRY}),
    "prefecture": _DISTRICTS,
    "voivodeship": _DIVISIONS,
    "emirate": _DIVISIONS,
    "canton": _DIVISIONS,
    "territory": _DIVISIONS,
    "autonomous region": _DIVISIONS,
    "region": frozenset({Feature.DIVISION, Feature.DISTRICT, Feature.REGION}),
    "county": _DISTRICTS,
    "parish": _DISTRICTS,
    "borough": _DISTRICTS,
    "district": _DISTRICTS,
    "municipality": _SETTLEMENTS | {Feature.DISTRICT},
    "city": _SETTLEMENTS,
    "town": _SETTLEMENTS,
    "township": _SETTLEMENTS,
    "twp": _SETTLEMENTS,
    "village": _SETTLEMENTS,
    "metropolitan area": _SETTLEMENTS,
    "metro area": _SETTLEMENTS,
    "bay area": _SETTLEMENTS,
    "area": _ANY,
    "river": frozenset({Feature.WATER}),
    "lake": frozenset({Feature.WATER}),
    "sea": frozenset({Feature.WATER}),
    "mtns": frozenset({Feature.MOUNTAIN}),
    "mtn": frozenset({Feature.MOUNTAIN}),
    "island": frozenset({Feature.ISLAND}),
    "islands": frozenset({Feature.ISLAND, Feature.COUNTRY}),
    "peninsula": frozenset({Feature.REGION}),
    "desert": frozenset({Feature.REGION}),
    "camp": frozenset({Feature.CAMP}),
    "refugee camp": frozenset({Feature.CAMP}),
}
# What is named for the town it is in or at, so that the town is where it is.
_FACILITY_RE = re.compile(
    r"(?<=\w) (?:international airport|airport|air base|airbase|prison|jail|city hall|town hall"
    r"|(?:railway|train|bus|police|fire) station|harbou?r|port|suburbs|outskirts)$"
)
_COMPASS = r"(?:north|south)?[ ]?(?:north|south|east|west)(?:ern|ernmost)?"
_PART = re.compile(
    rf"^(?:{_COMPASS}|central|downtown|midtown|uptown|inner|outer|mid|upper|lower|rural|mainland"
    r"|upstate|downstate|greater|suburban|metropolitan|metro|coastal|occupied|old|war torn)"
    r"\s+(?:of\s+)?(?=\w)"
)
_BEFORE_RE = re.compile("^(" + "|".join(sorted(_BEFORE, key=len, reverse=True)) + r") (?=\w)")
_AFTER_RE = re.compile(r"(?<=\w) (" + "|".join(sorted(_AFTER, key=len, reverse=True)) + ")$")
_POSSESSIVE = re.compile(r"['\u2019]s?$")


# Words that are names of villages somewhere, but in a text on their own mean what they say.
_COMMON_WORDS = frozenset(
    """
    north south east west northern southern eastern western central northeast northwest southeast
    southwest middle upper lower inner outer downtown uptown midtown suburb suburbs rural urban
    state states republic kingdom union federation nation country province provinces governorate
    district county counties city cities town towns village villages municipality parish borough
    region regions territory territories area areas zone capital border frontier
    valley river lake sea ocean gulf bay coast beach island islands mountain mountains hill hills
    desert forest park square street avenue road highway bridge airport station port harbour harbor
    church mosque temple school university college hospital prison court courthouse museum stadium
    capitol congress parliament senate house palace castle tower hall center centre
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday
    home abroad overseas grand royal national international world earth globe
    """.split()  # noqa: SIM905 - easier to read and to sort into kinds
)


def is_common_word(name: str) -> bool:
    """Whether a name is nothing but one common word ("Valley", "August", "the State")."""
    return normalise(name).removeprefix("the ") in _COMMON_WORDS


def names_part(name: str) -> bool:
    """Whether a name begins by naming a part of a place ("Western US")."""
    return _PART.match(normalise(name)) is not None


def iter_variants(name: str) -> Iterator[Variant]:
    """The keys to try for ``name``, the most literal first; none is given twice."""
    bare = without_possessive(name.strip())
    seen: set[str] = set()
    queue = [Variant(normalise(name)), Variant(normalise(bare))]
    while queue:
        variant = queue.pop(0)
        if variant.key and variant.key not in seen:
            seen.add(variant.key)
            yield variant
            queue.extend(_iter_shorter(variant))


def _iter_shorter(variant: Variant) -> Iterator[Variant]:
    key, features = variant.key, variant.features
    if before := _BEFORE_RE.match(key):
        asked = _BEFORE[before.group(1)] or features
        yield Variant(key[before.end() :], asked, variant.is_part)
    if after := _AFTER_RE.search(key):
        asked = _AFTER[after.group(1)] or features
        yield Variant(key[: after.start()], asked, variant.is_part)
    if facility := _FACILITY_RE.search(key):
        yield Variant(key[: facility.start()], _TOWNS, True)
    if part := _PART.match(key):
        yield Variant(key[part.end() :], features, True)


_ARTICLES = re.compile(
    r"\b(?:al|el|ad|ed|an|en|ar|er|as|es|ash|esh|at|et|az|ez|ath|adh|ul|ol|il) (?=\w)"
)
_DIGRAPHS = (
    ("tsch", "c"), ("tch", "c"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"),
    ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("ck", "k"), ("ts", "s"),
)  # fmt: skip
_ONE_LETTER = str.maketrans({"q": "k", "x": "ks", "w": "v", "e": "i", "u": "o", " ": None})
_ROUND = re.compile(r"(?:av|ao|ov)(?![aio])")
_FRONT = re.compile(r"(?:ay|ai|iy)(?![ao])|y(?![aio])")
_DOUBLE = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeio])h(?=\s|$)|(?<=[aei])h$")


_FIRST_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az|ath|adh) (?=\w{3})")


def without_possessive(name: str) -> str:
    """A name without the "'s" or apostrophe that ends it."""
    return _POSSESSIVE.sub("", name)


def without_article(key: str) -> str:
    """A key without the Arabic article that begins it."""
    return _FIRST_ARTICLE.sub("", key)


def name_key(name: str) -> str:
    """The key that a name is stored and looked up by.

    Case, diacritics, hyphens, full stops, articles and possessives do not count, except that an
    abbreviation keeps its capitals ("WHO" is not "who").
    """
    bare = without_possessive(" ".join(name.split()))
    acronym = acronym_key(bare.removeprefix("the ").removeprefix("The "))
    if acronym:
        return f"={acronym}"
    words = normalise(bare).split()
    return without_article(" ".join(word for word in words if word != "the" or len(words) == 1))


def phonetic(key: str) -> str:
    """How a normalised name sounds, spelling habits of transliteration evened out.

    The Arabic article is dropped, digraphs become one letter, vowels one of a, i, o.
    """
    text = _FINAL_H.sub("", _ARTICLES.sub("", key))
    for old, new in _DIGRAPHS:
        text = text.replace(old, new)
    text = _DOUBLE.sub(r"\1", text.translate(_ONE_LETTER))
    return _DOUBLE.sub(r"\1", _FRONT.sub("i", _ROUND.sub("o", text)))


_NOT_CONSONANT = re.compile(r"[aioy]|(?<=.)h$")


def skeleton(sound: str) -> str:
    """The first letter and the consonants of a ``phonetic`` key: what similar names share."""
    if not sound:
        return ""
    return _DOUBLE.sub(r"\1", sound[0] + _NOT_CONSONANT.sub("", sound[1:]))
