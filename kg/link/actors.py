"""What an entity's words tell of it: its best name, its other names, its country.

A demonym or a country's name counts where it says whose the actor is ("Iraqi police", "Bank of
China"), not where it says who backs or fights it ("US-backed forces", "anti-Russian protesters").
"""

import re
from collections import Counter
from collections.abc import Sequence

from kg.countries import demonym_country, named_country
from kg.placenames import acronym_key, normalise, without_possessive

# "also a police officer": a phrase's adverb is no part of what it names.
_ADVERB = re.compile(
    r"^(?:also|only|just|even|not|then|now|how|perhaps|possibly)\s+(?=\S)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W_]+(?:['\u2019.\-][^\W_]+)*")
_OF_COUNTRY = re.compile(r"\b(?:of|in|for)\s+(?:the\s+)?(.+)$")
# A name with more words than this is a clause that was taken for a name.
_LONGEST_LABEL = 8


def clean_name(text: str) -> str:
    """The name without article, possessive, quotes and line breaks."""
    bare = " ".join(text.split()).strip(' ,;:"\u201c\u201d\u2018')
    return without_possessive(_ARTICLE.sub("", bare)) or text.strip()


def clean_noun(text: str) -> str:
    """The noun phrase without its article: "the village" gives "village", "his wife" stays."""
    bare = " ".join(text.split())
    return _ARTICLE.sub("", _ADVERB.sub("", without_possessive(bare))) or bare


def best_name(names: Sequence[str]) -> str:
    """The most telling of a thing's cleaned names: written out, of the most used long ones.

    An acronym gives way to the words it stands for, "Trump" to "Donald Trump"; a name with a comma,
    or too long to be one, only stands where there is no other. Ties go to the first used.
    """
    counts = Counter(names)
    order = {name: names.index(name) for name in counts}

    def rank(name: str) -> tuple[bool, bool, int, int, int]:
        n_words = len(name.split())
        is_odd = n_words > _LONGEST_LABEL or "," in name or "(" in name
        return (not is_odd, acronym_key(name) is None, min(n_words, 4), counts[name], -order[name])

    return max(counts, key=rank)


def aliases_of(names: Sequence[str], label: str) -> tuple[str, ...]:
    """The other names in order of first use; spellings that differ only in case count once."""
    seen = {normalise(label)}
    found = []
    for name in names:
        key = normalise(name)
        if key and key not in seen:
            seen.add(key)
            found.append(name)
    return tuple(found)


def country_in_words(text: str) -> str | None:
    """The country that an actor's words say it belongs to; None where they name none or several."""
    words = [m.group() for m in _WORD.finditer(text) if "-" not in m.group()]
    found = {c for word in words if word[:1].isupper() and (c := demonym_country(word))}
    bare = [w for w in words if w.lower() not in ("the", "a", "an")]
    for size in (3, 2, 1):
        part = " ".join(bare[:size])
        if len(bare) > size and part[:1].isupper() and (country := named_country(part)):
            found.add(country)
    tail = _OF_COUNTRY.search(text)
    if tail and (country := named_country(without_possessive(tail.group(1)))):
        found.add(country)
    return found.pop() if len(found) == 1 else None
