"""Who says so: the speaker of reported and quoted speech, and "according to".

An event is attributed to the subject of the verb of saying that governs its clause, to the one who
is quoted where it stands in quotation marks, or to whom "according to" names.
"""

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.extract.actions import Lexicon
from kg.extract.mentions import PhraseTable
from kg.extract.syntax import (
    ancestors,
    case_of,
    children,
    is_finite,
    is_passive,
    subject_of,
    subject_outside,
)
from kg.records import Attribution, Span

# Tops of actions that tell a content: their complement clause is what the subject says.
TELLING = frozenset(
    {"Statement", "Accusation", "Request", "Threat", "Agreement", "Communication", "Refusal"}
)
# Words between two parts of one quotation: "…,” said the minister of the interior. “…".
LONGEST_INTERRUPTION = 12
CONTENT = frozenset({"ccomp", "parataxis", "xcomp", "acl"})
OPEN, CLOSE = frozenset({"“", "``"}), frozenset({"”", "''"})


@dataclass(frozen=True, slots=True)
class Speech:
    """A speaker's word, the word that tells, and the rule that joins them to a content."""

    speaker: Token
    cue: Token
    rule: str


class SpeechFinder:
    """Finds speakers in one document; remembers who was quoted last."""

    def __init__(self, doc: Doc, table: PhraseTable, lexicon: Lexicon) -> None:
        """Read the document's quotation marks once."""
        self.doc, self.table, self.lexicon = doc, table, lexicon
        self.quoted = quoted_tokens(doc)
        self.quote_speakers = self._find_quote_speakers()
        self.statement = self._find_statement()

    def find(self, trigger: Token, article_id: str) -> Attribution | None:
        """Who says that the event happened, None where the article itself says so."""
        speech = self._reported(trigger) or self._according(trigger)
        if speech is None and trigger.i in self.quoted:
            speech = self.quote_speakers.get(self.quoted[trigger.i])
        if speech is None and self.statement is not None and trigger.i > self.statement.cue.i + 1:
            speech = self.statement
        if speech is None:
            return None
        phrase = self.table.at(speech.speaker)
        if phrase is None or phrase.head == trigger.i:
            return None
        cue = speech.cue
        return Attribution(
            mention_id=phrase.mention.id,
            span=phrase.mention.span,
            cue=Span(article_id=article_id, start=cue.idx, end=cue.idx + len(cue)),
            rule=speech.rule,
        )

    def _reported(self, trigger: Token) -> Speech | None:
        """The subject of the verb of saying whose content the trigger's clause is."""
        for token, governor in ancestors(trigger):
            if token.dep_ in CONTENT and self._tells(governor, token):
                speech = self._speaker_of(governor, "reported_clause")
                if speech is not None:
                    return speech
            for verb in children(token, "parataxis"):
                if self.lexicon.is_reporting(verb.lemma_) and not _contains(verb, trigger):
                    speech = self._speaker_of(verb, "said_after_clause")
                    if speech is not None:
                        return speech
        root = trigger.sent.root
        for verb in children(root, "parataxis"):
            if self.lexicon.is_reporting(verb.lemma_) and not _contains(verb, trigger):
                return self._speaker_of(verb, "said_after_clause")
        return None

    def _tells(self, verb: Token, clause: Token) -> bool:
        """Whether the verb or noun tells what its clause says."""
        if self.lexicon.is_reporting(verb.lemma_, verb.pos_):
            return True
        if clause.dep_ not in ("ccomp", "acl") or not is_finite(clause):
            return False
        complement = "ccomp" if clause.dep_ == "ccomp" else None
        action = self.lexicon.find(verb.lemma_, verb.pos_, complement=complement)
        return action is not None and action.top in TELLING

    def _speaker_of(self, verb: Token, rule: str) -> Speech | None:
        if verb.pos_ == "NOUN":
            owners = [
                c for c in verb.children if c.dep_ == "nmod:poss" or case_of(c) in ("by", "from")
            ]
            return Speech(owners[0], verb, rule) if owners else None
        if is_passive(verb):
            agents = children(verb, "obl:agent")
            return Speech(agents[0], verb, rule) if agents else None
        subject = subject_of(verb)
        if subject is not None and self.table.at(subject[0]) is not None:
            return Speech(subject[0], verb, rule)
        outside = subject_outside(verb, self.quoted)
        if outside is None or self.table.at(outside) is None:
            return None
        return Speech(outside, verb, rule)

    def _according(self, trigger: Token) -> Speech | None:
        """Whom "according to" names; it holds for the whole sentence, wherever it is attached."""
        for token in trigger.sent:
            if token.lower_ not in ("according", "per") or token.i == trigger.i:
                continue
            named = [c for c in token.children if c.dep_ in ("obl", "nmod")]
            speaker = named[0] if named else token.head
            is_marked = token.dep_ == "case" or bool(named)
            if _contains(speaker, trigger):
                # "according to a nurse who treated him": that is no part of what she says.
                return None
            if is_marked and self.table.at(speaker) is not None:
                return Speech(speaker, token, "according_to")
        return None

    def _find_quote_speakers(self) -> dict[int, Speech]:
        """The speaker of each quotation: told beside it, else who was quoted before it."""
        found: dict[int, Speech] = {}
        by_quote: dict[int, list[int]] = {}
        for i, quote in self.quoted.items():
            by_quote.setdefault(quote, []).append(i)
        for quote, indices in sorted(by_quote.items()):
            speech = self._beside(indices[0], indices[-1])
            if speech is not None:
                found[quote] = speech
            elif quote - 1 in found and self._follows(by_quote[quote - 1][-1], indices[0]):
                found[quote] = found[quote - 1]
        return found

    def _find_statement(self) -> Speech | None:
        """Who makes the statement that the text is from "The minister said:" on."""
        sentences = list(self.doc.sents)
        for sent, following in pairwise(sentences):
            words = [t for t in sent if not t.is_space]
            breaks = words and words[-1].text == ":" and sent[-1].text.count("\n") > 1
            if breaks and following[0].i not in self.quoted and not following[0].is_quote:
                verbs = [
                    t for t in words if t.pos_ == "VERB" and self.lexicon.is_reporting(t.lemma_)
                ]
                speech = self._speaker_of(verbs[-1], "statement_after_colon") if verbs else None
                if speech is not None:
                    return speech
        return None

    def _beside(self, first: int, last: int) -> Speech | None:
        """The speaker told in the sentences where the quotation starts or ends, outside it."""
        for sent in (self.doc[last].sent, self.doc[first].sent):
            for token in sent:
                if first <= token.i <= last or token.pos_ != "VERB":
                    continue
                if self.lexicon.is_reporting(token.lemma_):
                    speech = self._speaker_of(token, "quoted_speech")
                    if speech is not None and not first <= speech.speaker.i <= last:
                        return speech
        return None

    def _follows(self, before: int, after: int) -> bool:
        """Whether nothing but a break, or "said X", stands between two quotations."""
        between = [t for t in self.doc[before + 1 : after] if not (t.is_space or t.is_punct)]
        telling = [t for t in between if t.pos_ == "VERB"]
        is_short = len(between) <= LONGEST_INTERRUPTION and len(telling) == 1
        return not between or (is_short and self.lexicon.is_reporting(telling[0].lemma_))


def quoted_tokens(doc: Doc) -> dict[int, int]:
    """The number of the quotation that each quoted token is in.

    A mark left open ends with its paragraph.
    """
    found: dict[int, int] = {}
    number, is_open, start = 0, False, 0
    for token in doc:
        straight = token.text == '"'
        # A paragraph that goes on with a quotation opens it again without closing the one before.
        reopens = straight and is_open and token.i > 0 and "\n" in doc[token.i - 1].text
        breaks = token.is_space and token.text.count("\n") > 1
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


def _contains(top: Token, token: Token) -> bool:
    return any(governor.i == top.i for _, governor in ancestors(token)) or token.i == top.i
