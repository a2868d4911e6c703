"""The article around a mention: what stands before and after it, and what country it is about."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from kg.countries import country_of_capital, demonym_country, named_country
from kg.extract.coref.names import long_form_start, person_words, read_name
from kg.link.actors import clean_name, clean_noun
from kg.link.register import Actor
from kg.placenames import name_key
from kg.records import Article, Extraction, Location, Mention, MentionKind

# A country is what the article is about where it is named this often, and this many times as often
# as the next one. Set by reasoning, not tuned: lower values link "the Foreign Ministry" of the
# country that the story's visitor comes from.
MIN_MENTIONS: Final = 2
MIN_LEAD: Final = 2.0
# How much text before and after a name is searched for an office, an owner or a country.
WINDOW: Final = 60
# How much before an acronym in brackets is searched for what it stands for.
LONG_FORM_WINDOW: Final = 120

_ETHNIC: Final = re.compile(r"\bethnic\s*$", re.IGNORECASE)
_PLACE_AFTER: Final = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?((?:[A-Z][\w'-]+)(?:\s[A-Z][\w'-]+)*)")


class Scene:
    """The article, and the countries that it speaks of."""

    def __init__(self, extraction: Extraction, locations: Mapping[str, Location]) -> None:
        """Take the article, its mentions and the places that were found, by mention id."""
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

    def is_located(self, mention: Mention) -> bool:
        """Whether it is known where the mention's place lies."""
        return mention.id in self._locations

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

    def name_at(self, start: int) -> str | None:
        """The name that begins at a position, where no longer phrase does ("Hamas experts")."""
        here = [m for m in self._mentions if m.span.start == start]
        longest = max(here, key=lambda m: m.span.end, default=None)
        is_name = longest is not None and longest.kind is MentionKind.NAME
        return self.words(longest) if longest is not None and is_name else None

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

    def after(self, mention: Mention) -> str:
        """The text after the mention."""
        return self.article.text[mention.span.end : mention.span.end + WINDOW]


def titles_of(text: str) -> list[str]:
    """The words of a name that are titles: "President" of "President Obama"."""
    words = text.split()
    n_own = len(person_words(read_name(text)))
    return words[: max(0, len(words) - n_own)]
