"""What an entity's words tell of it: its best name, its other names, its country.

A demonym or a country's name counts where it says whose the actor is ("Iraqi police", "Bank of
China"), not where it says who backs or fights it ("US-backed forces", "anti-Russian protesters").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.countries import country_of_capital, demonym_country, named_country
from kg.placenames import acronym_key, normalise, without_possessive

# "also a police officer": a phrase's adverb is no part of what it names.
_ADVERB = re.compile(
    r"^(?:also|only|just|even|not|then|now|how|perhaps|possibly)\s+(?=\S)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?|[^\W_]+(?:['\u2019.\-][^\W_]+)*")
_OF_COUNTRY = re.compile(r"\b(?:of|in|for)\s+(?:the\s+)?(.+)$")
_BEFORE_TAIL = re.compile(
    r"\s(?:of|in|for|from|at|on|with|by|to|near|against|who|which|that)\s|[,(]"
)
_TITLE_WORDS = (
    r"president|attorney|solicitor|director|consul|professor|prime|minister|premier"
    r"|chancellor|secretary|ambassador|envoy|senator|lawmaker|governor|mayor|king|queen"
    r"|prince|princess|emir|sultan|leader|chief|general|gen\.?|colonel|col\.?|admiral"
    r"|adm\.?|brigadier|brig\.?|major|maj\.?|captain|capt\.?|lieutenant|lt\.?|sergeant"
    r"|sgt\.?|marshal|commander|judge|justice|prosecutor|magistrate|spokesman|spokeswoman"
    r"|spokesperson|official|diplomat|bishop|archbishop|cardinal|patriarch|imam|rev\.?"
    r"|sen\.?|rep\.?|gov\.?|journalist|reporter|activist|businessman|dictator|ruler|lawyer"
    r"|opposition|party|rebel|army|police|military|deputy|vice|foreign|defen[cs]e|interior"
    r"|finance|justice|trade|oil|health|education|information|economy|home|junior"
    r"|assistant|acting|former|crown|supreme|chief|court|parliament|speaker|parliamentary"
    r"|cabinet|government|state|affairs|security|intelligence|navy|air|force"
)
_TITLE = re.compile(
    rf"(?:^|(?<=[\s\"'\u2019s]))((?:(?:{_TITLE_WORDS})(?:\s+|-(?=general)))*(?:{_TITLE_WORDS}))\s*$",
    re.IGNORECASE,
)
# Words of the longest name of a country before a title.
_LONGEST_COUNTRY = 4
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
    found = set(_iter_peoples([m.group() for m in _WORD.finditer(text) if "-" not in m.group()]))
    found.update(_countries_before_head(_BEFORE_TAIL.split(text, maxsplit=1)[0]))
    tail = _OF_COUNTRY.search(text)
    if tail and (country := named_country(without_possessive(tail.group(1)))):
        found.add(country)
    return found.pop() if len(found) == 1 else None


def _iter_peoples(words: Sequence[str]) -> Iterator[str]:
    """The countries of the demonyms, the longest first: "North Korean" is no "Korean"."""
    at = 0
    while at < len(words):
        for size in (3, 2, 1):
            part = " ".join(words[at : at + size])
            if part[:1].isupper() and (found := demonym_country(part)):
                yield found
                at += size - 1
                break
        at += 1


def _countries_before_head(phrase: str) -> Iterator[str]:
    """The countries named in a phrase before its end: "top U.S. official", "Cairo's police"."""
    words = [m.group() for m in _WORD.finditer(phrase)]
    at = 0
    while at < len(words) - 1:
        for size in (3, 2, 1):
            part = " ".join(words[at : at + size])
            if at + size < len(words) and part[:1].isupper() and (found := _owner(part)):
                yield found
                at += size - 1
                break
        at += 1


def _owner(part: str) -> str | None:
    is_possessive = without_possessive(part) != part
    return named_country(part) or (country_of_capital(part) if is_possessive else None)


def country_at_end(text: str) -> str | None:
    """The country whose name or people's name ends the text ("the Iraqi", "Ivory Coast's")."""
    text = text.rstrip()
    words = re.findall(r"[^\s,()\"]+", text)[-_LONGEST_COUNTRY:]
    if text.endswith((",", ")", '"')):
        return None
    for size in range(len(words), 0, -1):
        part = " ".join(words[-size:])
        if part[:1].isupper() and (found := demonym_country(part) or named_country(part)):
            return found
    return None


def title_before(text: str) -> str:
    """The title that ends the text before a name: "Foreign Minister" of "Russian Foreign Minister".

    Empty where the text ends in no title.
    """
    found = _TITLE.search(text)
    return found.group(1) if found else ""


def country_of_title(text: str) -> str | None:
    """The country of who is named after the text: "Russian Foreign Minister"."""
    title = title_before(text)
    return country_at_end(text.rstrip()[: -len(title)]) if title else None
