"""Which names may join an actor or place to one of another article, and what speaks against it.

Never joined by name: what has none ("a commander", "400 fighters"), a person called by one word
alone, a people ("Americans"). Joined only within one country: institutions that every country has
("the Interior Ministry"), facilities and places that no gazetteer knows.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.countries import demonym_country, named_country
from kg.placenames import acronym_key, normalise
from kg.records import ArticleResult, Entity, EntityKind, MentionKind
from kg.words import word_set

# Words of names that many countries or towns have one of: what consists of them alone is told apart
# by its country.
INSTITUTIONS = word_set(
    "academy administration affairs agency air airforce airport alliance army assembly assemblies "
    "association attorney authority bank bar board border bureau cabinet center central centre "
    "chamber charity church circuit city club coalition coast college command commerce commission "
    "committee communist congress conservative constitutional corps council country county court "
    "courts crescent criminal cross customs defence defense democratic democrats department "
    "deputies development directorate district economy economic education election electoral "
    "embassy energy environment ethics executive federal federation finance fire first force "
    "forces foreign front gallery general government green group guard guards health high home "
    "hospital house house immigration industry information institute intelligence interior "
    "international justice labor labour law league legislature liberal library local lower main "
    "medical meteorological metro metropolitan military militia minister ministry municipal museum "
    "national naval navy north northern office opposition organisation organization parliament "
    "party patriotic people peoples police popular presidency president presidential press prison "
    "progressive prosecution prosecutor prosecutors provincial public radio railways red regional "
    "reserve republic republican republicans revolutionary royal rural safety science security "
    "senate service services social socialist south southern special sports staff stadium state "
    "station statistics stock exchange street supreme tax television trade transport "
    "transportation treasury tribunal union united university upper urban war weather welfare "
    "western women workers youth"
)
_LINKING_WORDS = word_set("the of and for on in to s a")
_TITLES = word_set(
    "mr mrs ms miss dr prof sir dame lord lady saint st president premier minister chancellor king "
    "queen prince princess emperor sultan sheikh pope bishop archbishop cardinal father sister rev "
    "reverend imam ayatollah general gen colonel col major maj captain capt lieutenant lt sergeant "
    "sgt admiral adm commander judge justice senator sen representative rep governor gov mayor "
    "ambassador secretary prime foreign interior defence defense finance deputy vice former acting "
    "chief umm abu"
)
# Occupations as classes; people of different ones who bear one name are different people. Those
# who serve, rule, judge or trade change from one to the other, so they are one class.
_OCCUPATIONS = {
    word: name
    for name, words in {
        "public": "minister president premier chancellor governor mayor senator lawmaker deputy mp "
        "ambassador diplomat politician legislator councillor judge lawyer attorney prosecutor "
        "barrister solicitor colonel general admiral lieutenant sergeant commander officer soldier "
        "businessman businesswoman executive ceo founder banker investor entrepreneur financier "
        "tycoon industrialist candidate secretary",
        "sport": "coach striker runner player footballer goalkeeper midfielder defender winger "
        "athlete swimmer cyclist boxer referee skier sprinter golfer batsman bowler wrestler "
        "olympian quarterback forward pitcher jockey",
        "art": "singer actor actress painter novelist author poet musician composer rapper "
        "filmmaker sculptor dancer pianist violinist comedian",
        "science": "professor scientist physicist chemist biologist historian economist surgeon "
        "doctor physician nurse epidemiologist astronomer mathematician",
        "church": "bishop archbishop priest pastor imam rabbi monk nun cardinal",
        "other": "farmer student teacher pupil shopkeeper fisherman trucker waiter waitress cook "
        "carpenter plumber baker butcher hairdresser housewife pensioner schoolboy schoolgirl",
    }.items()
    for word in words.split()
}
_LOCAL_KINDS = frozenset({EntityKind.PLACE, EntityKind.FACILITY})
# How far before and after a name its bearer's age or occupation may stand.
_REACH = 48
_AGE_AFTER = re.compile(r"^,\s*(?:aged\s+)?(\d{1,2})\b(?=\s*[,.;)]|\s+years)|^\s*\((\d{1,2})\)")
_AGE_OLD = re.compile(r"\b(\d{1,2})-year-old\b")
_WORD = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")
# Days of birth are known to a year from an age, and ages in the news are now and then a year off.
_AGE_SLACK = 1


class NameKey(NamedTuple):
    """What records that one rule joins have in common, the surest rules first."""

    rank: int
    rule: str
    key: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of one or several records of an actor or place, as far as it tells them apart.

    ``birth`` is the first and last year that the ages in the texts allow.
    """

    country: str | None = None
    rows: frozenset[str] = frozenset()
    occupations: frozenset[str] = frozenset()
    birth: tuple[int, int] | None = None
    is_person: bool = False


def differ(one: Profile, other: Profile) -> bool:
    """Whether the two cannot be one actor or place."""
    if one.country and other.country and one.country != other.country:
        return True
    if one.rows and other.rows and not one.rows & other.rows:
        return True
    if one.occupations and other.occupations and not one.occupations & other.occupations:
        return True
    if one.birth and other.birth:
        return one.birth[1] < other.birth[0] or other.birth[1] < one.birth[0]
    return False


def combine(one: Profile, other: Profile) -> Profile:
    """What is known of both together."""
    birth = one.birth or other.birth
    if one.birth and other.birth:
        birth = max(one.birth[0], other.birth[0]), min(one.birth[1], other.birth[1])
    return Profile(
        country=one.country or other.country,
        rows=one.rows | other.rows,
        occupations=one.occupations | other.occupations,
        birth=birth if birth and birth[0] <= birth[1] else one.birth,
        is_person=one.is_person and other.is_person,
    )


def home_country(result: ArticleResult) -> str | None:
    """The country that most places and actors of the article belong to; None on a tie."""
    counts: Counter[str] = Counter()
    for entity in result.entities:
        country = entity.country or (entity.location.country if entity.location else None)
        if country:
            counts[country] += len(entity.mention_ids)
    best = counts.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def body_words(name: str) -> str | None:
    """The words of a name that many countries' bodies share, without its country ("Iraqi police").

    None where any other word is in it, or nothing but a country.
    """
    words = [
        word
        for word in normalise(_POSSESSIVE.sub("", name)).split()
        if word not in _LINKING_WORDS and not (demonym_country(word) or named_country(word.title()))
    ]
    known = all(word in INSTITUTIONS or word.isdigit() for word in words)
    return " ".join(words) if words and known else None


def name_keys(entity: Entity, *, home: str | None) -> Iterator[NameKey]:
    """The keys that records of other articles must share to be joined to this one.

    Args:
        entity: of one article.
        home: that article's home country.
    """
    name, label = normalise(entity.label), entity.label
    body = body_words(label) if entity.kind is EntityKind.ORGANIZATION else None
    country = entity.country or (home if entity.named or _is_written_as_name(label) else None)
    if body or (entity.named and entity.kind in _LOCAL_KINDS and entity.location is None):
        if country:
            reason = f"both are {label} of {country}"
            key = f"{entity.kind.value}:{country}:{body or name}"
            yield NameKey(5, "same_name_and_country", key, 0.85, reason)
    elif not entity.named or not name:
        return
    elif entity.kind is EntityKind.COUNTRY:
        if entity.country:
            yield NameKey(0, "same_country", entity.country, 1.0, f"both are {entity.country}")
    elif entity.location is not None:
        row = entity.location.gazetteer_id
        key = f"{entity.kind.value}:{row}"
        yield NameKey(1, "same_gazetteer_row", key, entity.location.score, f"both are {row}")
    elif entity.kind is EntityKind.PERSON:
        if tells_who(label, entity.kind):
            yield NameKey(3, "same_full_name", name, 0.9, f"both are called {label}")
    elif entity.kind is EntityKind.GROUP:
        if tells_who(label, entity.kind):
            yield NameKey(4, "same_group_name", name, 0.8, f"both are called {label}")
    else:
        rule = "same_acronym" if acronym_key(label) else "same_organisation_name"
        score = 0.8 if rule == "same_acronym" else 0.95
        yield NameKey(2, rule, name, score, f"both are called {label}")


def tells_who(name: str, kind: EntityKind) -> bool:
    """Whether a name can say by itself who is meant: no surname alone, no people of a country."""
    if kind is EntityKind.PERSON:
        return is_full_name(normalise(name))
    return kind is not EntityKind.GROUP or not _is_people(name)


def is_full_name(name: str) -> bool:
    """Whether a normalised name of a person says more than a title and one name."""
    words = [word for word in name.split() if word not in _TITLES]
    return len([word for word in words if len(word) > 1]) >= 2 and not any(
        word.isdigit() for word in words
    )


def is_telling(name: str) -> bool:
    """Whether a normalised name of any kind has two words or more and is no institution's."""
    return len(name.split()) >= 2 and body_words(name) is None and not named_country(name)


def profile_of(entity: Entity, result: ArticleResult) -> Profile:
    """What the article tells of the entity that would tell it apart from a namesake."""
    if entity.kind is EntityKind.COUNTRY:
        return Profile()
    location = entity.location
    rows = frozenset({location.gazetteer_id}) if location else frozenset()
    if entity.kind is not EntityKind.PERSON or not entity.named:
        return Profile(country=entity.country, rows=rows)
    return Profile(
        occupations=frozenset(_iter_occupations(entity, result)),
        birth=_birth(entity, result),
        is_person=True,
    )


def _is_written_as_name(label: str) -> bool:
    """Whether it has two words or more in capitals: "Interior Ministry", and no "Police"."""
    words = [word for word in label.split() if word.lower() not in _LINKING_WORDS]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _is_people(label: str) -> bool:
    """Whether a group's name is that of a country's people, which each article means others by."""
    return demonym_country(label) is not None or any(c.isdigit() for c in label)


def _iter_occupations(entity: Entity, result: ArticleResult) -> Iterator[str]:
    wanted, text = frozenset(entity.mention_ids), result.article.text
    for mention in result.mentions:
        if mention.id not in wanted or mention.kind is MentionKind.PRONOUN:
            continue
        if mention.kind is MentionKind.NOMINAL:
            told = text[mention.head.start : mention.head.end]
        else:
            before = text[max(0, mention.span.start - _REACH) : mention.span.start]
            told = re.split(r"[.,;:\n\"]", before)[-1].strip().rpartition(" ")[2]
            told += " " + text[mention.span.start : mention.span.end]
        for word in _WORD.findall(told.lower()):
            if found := _OCCUPATIONS.get(word):
                yield found


def _birth(entity: Entity, result: ArticleResult) -> tuple[int, int] | None:
    """The years of birth that an age beside one of the mentions allows."""
    day, text = result.article.published, result.article.text
    if day is None:
        return None
    wanted = frozenset(entity.mention_ids)
    for mention in result.mentions:
        if mention.id not in wanted:
            continue
        found = _AGE_OLD.search(text[mention.span.start : mention.span.end])
        if mention.kind is MentionKind.NAME:
            found = found or _AGE_AFTER.match(text[mention.span.end : mention.span.end + _REACH])
        if found:
            year = day.year - int(found[1] or found[2])
            return year - 1 - _AGE_SLACK, year + _AGE_SLACK
    return None
