"""First and second persons: "I" in a quotation is its speaker, outside of quotations the writer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import Referent
from kg.extract.coref.vocabulary import FIRST, FIRST_PLURAL, SAYING, SECOND
from kg.extract.syntax import subject_of, subject_outside
from kg.records import MentionKind

# A quotation that starts so many words after one whose speaker is known goes on with it.
CONTINUES = 6
# How many words a verb of saying in another sentence may stand from the quotation.
NEAR = 12


def link_speakers(
    doc: Doc, referents: Sequence[Referent], clusters: Clusters, quoted: Mapping[int, int]
) -> None:
    """First persons of one speaker are one, and so are those that stand outside of quotations.

    Args:
        doc: the analysed text.
        referents: its mentions.
        clusters: what is joined so far.
        quoted: for each quoted word's index the number of its quotation.
    """
    speakers = _Quotations(doc, quoted, {r.token.i: r for r in referents}).find_speakers()
    for words in (FIRST, FIRST_PLURAL, SECOND):
        first: dict[tuple[str, int], Referent] = {}
        for referent in referents:
            if referent.kind is not MentionKind.PRONOUN or referent.token.lower_ not in words:
                continue
            quote = quoted.get(referent.token.i)
            speaker = speakers.get(quote) if quote is not None else None
            if speaker is not None and _is_speaker(speaker, words):
                clusters.join(speaker, referent)
                continue
            key = (
                ("speaker", speaker.index)
                if speaker
                else ("quotation", -1 if quote is None else quote)
            )
            clusters.join(first.setdefault(key, referent), referent)


def _is_speaker(speaker: Referent, words: frozenset[str]) -> bool:
    """Whether the pronouns mean the speaker alone: "I", or "we" of a body or group."""
    return words is FIRST or (words is FIRST_PLURAL and not speaker.is_person)


@dataclass(frozen=True, slots=True)
class _Quotations:
    """The quotations of a document, and the mentions by the index of their head."""

    doc: Doc
    quoted: Mapping[int, int]
    by_token: Mapping[int, Referent]

    def find_speakers(self) -> dict[int, Referent]:
        """The speaker of each quotation: who a verb of saying beside it has as subject."""
        bounds: dict[int, tuple[int, int]] = {}
        for i, quote in self.quoted.items():
            low, high = bounds.get(quote, (i, i))
            bounds[quote] = (min(low, i), max(high, i))
        found: dict[int, Referent] = {}
        last: tuple[Referent, int] | None = None
        for quote, (low, high) in sorted(bounds.items()):
            speaker = self._beside(low, high)
            if speaker is None and last is not None and low - last[1] < CONTINUES:
                speaker = last[0]
            if speaker is not None:
                found[quote], last = speaker, (speaker, high)
        return found

    def _beside(self, low: int, high: int) -> Referent | None:
        """The speaker told in the quotation's own sentences, else close by in one beside them."""
        own = (self.doc[high].sent, self.doc[low].sent)
        indexes = (own[0].end, own[1].start - 1)
        beside = [self.doc[i].sent for i in indexes if 0 <= i < len(self.doc)]
        for sent in own:
            if speaker := self._told_in(sent, low, high, reach=len(self.doc)):
                return speaker
        for sent in beside:
            if speaker := self._told_in(sent, low, high, reach=NEAR):
                return speaker
        return None

    def _told_in(self, sent: DocSpan, low: int, high: int, *, reach: int) -> Referent | None:
        """The subject of the verb of saying that stands nearest to the quotation."""
        told = []
        for token in sent:
            speaker = self._speaker_of(token)
            distance = min(abs(token.i - low), abs(token.i - high))
            if speaker is not None and distance <= reach:
                told.append((distance, token.i, speaker))
        return min(told, key=lambda item: item[:2])[2] if told else None

    def _speaker_of(self, token: Token) -> Referent | None:
        if token.pos_ != "VERB" or token.i in self.quoted or token.lemma_ not in SAYING:
            return None
        subject = subject_of(token)
        speaker = subject[0] if subject is not None else subject_outside(token, self.quoted)
        return self.by_token.get(speaker.i) if speaker is not None else None
