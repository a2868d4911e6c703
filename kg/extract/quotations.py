"""Quotations of a text, and who speaks in each: one finder for attribution and for "I" and "we".

The speaker is the subject of the verb of saying nearest to the quotation: in its own sentences,
else close by in the one before or after, else who spoke in the quotation that it goes on with.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.extract.role_words import SAYING
from kg.extract.syntax import is_passive, subject_of, subject_outside

# A quotation that starts so many words after one whose speaker is known goes on with it; so many
# more where what stands between is no more than "said the minister of the interior".
CONTINUES, LONGEST_INTERRUPTION = 6, 12
# How many words may stand between two quotations of one paragraph by one speaker.
SAME_PARAGRAPH = 30
# How many words a verb of saying in another sentence may stand from the quotation.
NEAR = 12
# A shorter quotation is one of words, not of speech.
SHORTEST_SPEECH = 4
SENTENCE_ENDS = frozenset({".", "!", "?"})
OPEN, CLOSE = frozenset({"“", "``"}), frozenset({"”", "''"})


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks in a quotation, and the verb that says so."""

    speaker: Token
    verb: Token


def find_speakers(
    doc: Doc, quoted: Mapping[int, int], can_speak: Callable[[Token], bool]
) -> dict[int, Speaking]:
    """The speaker of each quotation that one is told of.

    Args:
        doc: the analysed text.
        quoted: what `quoted_tokens` gives of it.
        can_speak: whether a word stands for somebody who may be a speaker.
    """
    finder = _Finder(doc, quoted, can_speak)
    bounds: dict[int, tuple[int, int]] = {}
    for i, quote in quoted.items():
        low, high = bounds.get(quote, (i, i))
        bounds[quote] = (min(low, i), max(high, i))
    found: dict[int, Speaking] = {}
    last: tuple[Speaking, int] | None = None
    for quote, (low, high) in sorted(bounds.items()):
        speaking = finder.beside(low, high)
        if speaking is None and last is not None and finder.goes_on(last[1], low):
            speaking = last[0]
        if speaking is not None:
            found[quote], last = speaking, (speaking, high)
    return found


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks for the speakers of one document's quotations."""

    doc: Doc
    quoted: Mapping[int, int]
    can_speak: Callable[[Token], bool]

    def beside(self, low: int, high: int) -> Speaking | None:
        """The speaker told in the quotation's own sentences, else close by in one beside them."""
        own = (self.doc[high].sent, self.doc[low].sent)
        indexes = (own[0].end, own[1].start - 1)
        neighbours = [self.doc[i].sent for i in indexes if 0 <= i < len(self.doc)]
        for sent in own:
            if told := self._told_in(sent, low, high, reach=len(self.doc)):
                return told
        for sent in neighbours:
            if told := self._told_in(sent, low, high, reach=NEAR):
                return told
        return None

    def goes_on(self, before: int, after: int) -> bool:
        """Whether one quotation goes on with another: little, or "said X", stands between."""
        between = [t for t in self.doc[before + 1 : after] if not (t.is_space or t.is_punct)]
        telling = [t for t in between if t.pos_ == "VERB"]
        is_aside = len(telling) == 1 and telling[0].lemma_ in SAYING
        if after - before < CONTINUES or (is_aside and len(between) <= LONGEST_INTERRUPTION):
            return True
        # A second quotation of the paragraph, a sentence of its own, is by who spoke in the first.
        is_sentence = self.doc[after].sent.start >= after - 1
        has_break = any("\n" in t.text for t in self.doc[before:after])
        return is_sentence and not has_break and after - before <= SAME_PARAGRAPH

    def _told_in(self, sent: DocSpan, low: int, high: int, *, reach: int) -> Speaking | None:
        """The subject of the verb of saying that stands nearest to the quotation."""
        told = []
        for token in sent:
            distance = min(abs(token.i - low), abs(token.i - high))
            speaker = self._speaker_of(token) if distance <= reach else None
            if speaker is not None and not low <= speaker.i <= high:
                told.append((distance, token.i, Speaking(speaker, token)))
        return min(told, key=lambda item: item[:2])[2] if told else None

    def _speaker_of(self, token: Token) -> Token | None:
        if token.pos_ != "VERB" or token.i in self.quoted or token.lemma_ not in SAYING:
            return None
        if is_passive(token):
            return None
        subject = subject_of(token)
        speaker = subject[0] if subject is not None else None
        if speaker is None or not self.can_speak(speaker):
            speaker = subject_outside(token, self.quoted)
        return speaker if speaker is not None and self.can_speak(speaker) else None


# Several finders ask for the quotations of one document, one after the other.
@lru_cache(maxsize=1)
def quoted_tokens(doc: Doc) -> Mapping[int, int]:
    """The number of the quotation that each quoted token is in.

    A mark left open ends with its paragraph, also where paragraphs are no more than lines.
    """
    found: dict[int, int] = {}
    number, is_open, start = 0, False, 0
    for token in doc:
        straight = token.text == '"'
        # A paragraph that goes on with a quotation opens it again without closing the one before.
        reopens = straight and is_open and token.i > 0 and "\n" in doc[token.i - 1].text
        breaks = token.is_space and _ends_paragraph(token)
        if is_open and (breaks or token.text in CLOSE or straight):
            found.update(dict.fromkeys(range(start, token.i), number))
            number, is_open = number + 1, False
            if not reopens:
                continue
        if straight or token.text in OPEN:
            is_open, start = True, token.i + 1
    if is_open:
        found.update(dict.fromkeys(range(start, len(doc)), number))
    return found


def speech_tokens(doc: Doc) -> dict[int, int]:
    """What `quoted_tokens` gives, without quotations of a word or two, which name or doubt."""
    quoted = quoted_tokens(doc)
    sizes = Counter(quoted.values())
    return {i: quote for i, quote in quoted.items() if sizes[quote] >= SHORTEST_SPEECH}


def _ends_paragraph(space: Token) -> bool:
    """Whether a blank line, or a line's end after a sentence, ends a paragraph here."""
    lines = space.text.count("\n")
    if lines != 1 or space.i == 0:
        return lines > 1
    after = space.nbor(1) if space.i + 1 < len(space.doc) else None
    goes_on = after is not None and (after.text == '"' or after.text in OPEN)
    return space.nbor(-1).text in SENTENCE_ENDS and not goes_on
