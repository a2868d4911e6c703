"""Who says so: the speaker of reported and quoted speech, and "according to".

An event is attributed to the subject of the verb of saying that governs its clause, to the one who
is quoted where it stands in quotation marks, or to whom "according to" names.
"""

from dataclasses import dataclass
from itertools import islice, pairwise

from spacy.tokens import Doc, Token

from kg.extract.actions import Lexicon
from kg.extract.mentions import PhraseTable
from kg.extract.quotations import find_speakers, quoted_tokens
from kg.extract.syntax import (
    ancestors,
    case_of,
    children,
    continues_report,
    is_finite,
    is_passive,
    misread_subject,
    subject_of,
    subject_outside,
)
from kg.records import Attribution, MentionKind, Span
from kg.words import word_set

# Tops of actions that tell a content: their complement clause is what the subject says.
TELLING = frozenset(
    [
        "Statement",
        "Accusation",
        "Request",
        "Threat",
        "Agreement",
        "Communication",
        "Refusal",
        "Concession",
    ]
)
# Verbs whose subject stands for what their clause says, whatever class of action they are of.
HOLDING = word_set(
    "believe think suspect conclude estimate signal caution boast brag observe testify rule find "
    "project calculate"
)
# "Heard that": what is heard is said by somebody else.
HEARING = word_set("hear learn")
# Prepositions of what somebody is blamed for: "accused of killing", "charged with hiding".
BLAME_MARKS = frozenset({"of", "for", "with"})
# How many words before a colon, it included, may name a speaker.
LONGEST_LABEL = 8
CONTENT = frozenset({"ccomp", "parataxis", "xcomp", "acl"})
# Words before whom a statement is said to be of: "according to the mayor", "per the ministry".
NAMING = frozenset({"according", "per"})


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
        self.namings = [token for token in doc if token.lower_ in NAMING]
        self.quoted = quoted_tokens(doc)
        self.speakers = find_speakers(doc, self.quoted, lambda word: table.at(word) is not None)
        self.statement = self._find_statement()

    def find(self, trigger: Token, article_id: str) -> Attribution | None:
        """Who says that the event happened, None where the article itself says so."""
        speech = self._reported(trigger) or self._according(trigger) or self._labelled(trigger)
        if speech is None and trigger.i in self.quoted:
            speaking = self.speakers.get(self.quoted[trigger.i])
            if speaking is not None:
                speech = Speech(speaking.speaker, speaking.verb, "quoted_speech")
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
            if self._is_content(token, governor):
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

    def _is_content(self, clause: Token, governor: Token) -> bool:
        """Whether the clause is what its governor tells, or goes on with that."""
        if clause.dep_ in CONTENT:
            return self._tells(governor, clause)
        if clause.dep_ != "advcl":
            return False
        marks = {c.lower_ for c in children(clause, "mark", "case")}
        if marks & BLAME_MARKS:
            action = self.lexicon.find(
                governor.lemma_, governor.pos_, prepositions=frozenset(marks)
            )
            return action is not None and action.top == "Accusation"
        return self.lexicon.is_reporting(governor.lemma_) and continues_report(clause, governor)

    def _tells(self, verb: Token, clause: Token) -> bool:
        """Whether the verb or noun tells what its clause says."""
        if self.lexicon.is_reporting(verb.lemma_, verb.pos_):
            return True
        if clause.dep_ not in ("ccomp", "acl") or not is_finite(clause):
            return False
        complement = "ccomp" if clause.dep_ == "ccomp" else None
        action = self.lexicon.find(verb.lemma_, verb.pos_, complement=complement)
        if verb.lemma_ in HOLDING and complement:
            return True
        if action is None or verb.lemma_ in HEARING:
            return False
        return action.top in TELLING or action.name.startswith("reporting")

    def _speaker_of(self, verb: Token, rule: str) -> Speech | None:
        if verb.pos_ == "NOUN":
            owners = [
                c for c in verb.children if c.dep_ == "nmod:poss" or case_of(c) in ("by", "from")
            ]
            if owners:
                return Speech(owners[0], verb, rule)
            teller = verb.head
            if verb.dep_ not in ("obj", "obl") or teller.pos_ != "VERB" or is_passive(teller):
                return None
            # "Repeated claims that ...": told by whoever makes, repeats or denies them.
            verb = teller
        if is_passive(verb):
            agents = children(verb, "obl:agent")
            return Speech(agents[0], verb, rule) if agents else None
        subject = subject_of(verb)
        speaker = self._voice_of(subject[0]) if subject is not None else None
        if speaker is not None:
            return Speech(speaker, verb, rule)
        outside = subject_outside(verb, self.quoted) or misread_subject(verb)
        if outside is None or self.table.at(outside) is None:
            return None
        return Speech(outside, verb, rule)

    def _voice_of(self, noun: Token) -> Token | None:
        """Who speaks where the noun does: somebody, or whose letter, report or website it is."""
        if self.table.at(noun) is not None:
            return noun
        for child in noun.children:
            is_author = child.dep_ in ("nmod:poss", "compound") or (
                child.dep_ == "nmod" and case_of(child) in ("by", "from", "of")
            )
            if child.dep_ == "acl:relcl" and not is_passive(child):
                subject = next(iter(children(child, "nsubj")), None)
                child, is_author = subject or child, subject is not None
            phrase = self.table.at(child) if is_author else None
            if phrase is None or not phrase.is_acting:
                continue
            # "US services" are not the country, as "the ministry letter" is the ministry's.
            if child.dep_ != "compound" or not phrase.is_place:
                return child
        others = (self._voice_of(c) for c in children(noun, "conj"))
        return next((voice for voice in others if voice is not None), None)

    def _according(self, trigger: Token) -> Speech | None:
        """Whom "according to" names; it holds for the whole sentence, wherever it is attached."""
        sent = trigger.sent if self.namings else None
        for token in self.namings:
            if sent is None or not sent.start <= token.i < sent.end or token.i == trigger.i:
                continue
            named = [c for c in token.children if c.dep_ in ("obl", "nmod")]
            speaker = named[0] if named else token.head
            is_marked = token.dep_ == "case" or bool(named)
            if _contains(speaker, trigger):
                # "according to a nurse who treated him": that is no part of what she says.
                return None
            voice = self._voice_of(speaker) if is_marked else None
            if voice is None or not _is_in_scope(speaker, trigger):
                continue
            if token.lower_ == "according" or self._is_named(voice):
                return Speech(voice, token, "according_to")
        return None

    def _is_named(self, word: Token) -> bool:
        phrase = self.table.at(word)
        return phrase is not None and phrase.mention.kind is MentionKind.NAME

    def _labelled(self, trigger: Token) -> Speech | None:
        """Who stands before a colon at the start of the sentence: "UN: fighting kills 30"."""
        words = islice((t for t in trigger.sent if not t.is_space), LONGEST_LABEL)
        label = [t for t in words if t.i < trigger.i]
        colon = next((n for n, t in enumerate(label) if t.text == ":"), None)
        if colon is None or any(t.pos_ in ("VERB", "AUX", "NUM") for t in label[:colon]):
            return None
        for word in label[:colon]:
            phrase = self.table.at(word)
            if phrase is None or phrase.is_place or phrase.head != word.i:
                continue
            if phrase.is_acting:
                return Speech(word, label[colon], "speaker_before_colon")
        return None

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


def _is_in_scope(phrase: Token, trigger: Token) -> bool:
    """Whether "according to" holds for the trigger: within a relative clause, only there."""
    for word, _ in ancestors(phrase):
        if word.dep_ == "acl:relcl" and phrase.i < word.i:
            return _contains(word, trigger)
    return True


def _contains(top: Token, token: Token) -> bool:
    return any(governor.i == top.i for _, governor in ancestors(token)) or token.i == top.i
