"""First and second persons: "I" in a quotation is its speaker, outside of quotations the writer."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import Referent
from kg.extract.coref.vocabulary import FIRST, FIRST_PLURAL, SECOND
from kg.extract.quotations import find_speakers
from kg.records import MentionKind


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
    by_token = {r.token.i: r for r in referents}
    found = find_speakers(doc, quoted, lambda word: word.i in by_token)
    speakers = {quote: by_token[speaking.speaker.i] for quote, speaking in found.items()}
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
