"""Which events a time expression dates: that of its own clause, then those that share its time.

Sentences are read by their tree first; the model's temporal roles serve where the tree leads to no
event. A time told outside of a quotation dates nothing inside of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.extract.actions import Lexicon
from kg.extract.attribution import TELLING
from kg.extract.dates.attach import counted_from, event_time
from kg.extract.quotations import speech_tokens
from kg.extract.syntax import SUBJECTS, ancestors, case_of, children
from kg.extract.triggers import Trigger, spends_time
from kg.records import TimeExpression

# How far up from its own word a time expression looks for the event that it dates.
TIME_STEPS = 5
# How sure the model must be that a word tells when, where the tree leads to no event.
SURE_TIME = 0.5
# In how many sentences a story tells again what its headline says.
STORY_OPENING = 3
# Clauses that tell what happens at the same time: "fled when the roof fell".
SIMULTANEOUS = frozenset({"when", "as", "while"})
# Adverbs that put a coordinated verb at another time.
LATER = frozenset({"later", "then", "subsequently", "eventually", "afterwards", "now", "since"})
# Prepositions of the event within which another happens: "was hurt in the clash".
WITHIN = frozenset({"in", "during", "at"})
# How a time stands by a verb, and how what is said stands by the verb of saying.
_OF_VERB = frozenset({"obl", "obl:unmarked", "advmod"})
_CONTENT = ("ccomp", "parataxis")
# "The first win since 1958" does not last since then.
_RECORD = re.compile(
    r"\b(?:first|last|only|worst|best|most|least|[a-z]{3,}est)\b[^.;:,]*\bsince\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "ten days before the start": counted from something else than the calendar.
_COUNTED = re.compile(r"\s+(?:before|after|following|since|until|from)\b")


@dataclass(slots=True)
class TimeFinder:
    """Finds the time of each trigger of one document."""

    doc: Doc
    text: str
    times: Sequence[TimeExpression]
    triggers: Mapping[int, Trigger]
    lexicon: Lexicon
    published: date | None = None
    light: dict[int, int] = field(init=False)
    quoted: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index light verbs and quotations long enough to be speech."""
        self.light = {
            t.light_verb.i: i for i, t in self.triggers.items() if t.light_verb is not None
        }
        self.quoted = speech_tokens(self.doc)

    def find(self) -> dict[int, TimeExpression]:
        """The time of each trigger by its token's index; its own clause comes first."""
        told: dict[int, TimeExpression] = {}
        shared: dict[int, TimeExpression] = {}
        counted: list[tuple[TimeExpression, DocSpan]] = []
        for time in self.times:
            words = self.doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
            if words is None or time.type == "SET":
                continue
            if self._describes(words):
                continue
            if self._is_aside(time):
                counted.append((time, words))
                continue
            value = event_time(self.text, time, self.times, published=self.published)
            self._note(self._owners(words, value), words, value, told=told, shared=shared)
        dated = shared | told
        for time, words in counted:
            day = self._counted(time, words, dated)
            if day is not None:
                owner = self._owner(words, words.root.head.head, is_near=False)
                owners = [] if owner is None else [owner]
                self._note(owners, words, day, told=told, shared=shared)
            else:
                told |= self._counted_back(time, words, dated)
        return self._of_headline(shared | told) | shared | told

    def _of_headline(self, dated: Mapping[int, TimeExpression]) -> dict[int, TimeExpression]:
        """The times of a headline's events that the opening of the story tells again.

        A headline ends without a full stop and seldom says when.
        """
        sents = list(islice(self.doc.sents, STORY_OPENING + 1))
        words = [token for token in sents[0] if not token.is_space] if sents else []
        if not words or words[-1].is_punct or any(token.i in dated for token in words):
            return {}
        story = [t for sent in sents[1:] for t in sent if t.i in self.triggers and t.i in dated]
        found: dict[int, TimeExpression] = {}
        for token in words:
            again = [t for t in story if t.lemma_.lower() == token.lemma_.lower()]
            if token.i in self.triggers and again and _is_of_calendar(dated[again[0].i]):
                found[token.i] = dated[again[0].i]
        return found

    def _note(
        self,
        owners: Sequence[int],
        words: DocSpan,
        value: TimeExpression,
        *,
        told: dict[int, TimeExpression],
        shared: dict[int, TimeExpression],
    ) -> None:
        """Keep the time for its owners and for what shares it with them."""
        for owner in owners:
            told.setdefault(owner, value)
        if _is_of_calendar(value):
            for owner in owners:
                for index in self._sharing(owner, is_within_noun=_is_premodifier(words)):
                    shared.setdefault(index, value)

    def _counted(
        self, time: TimeExpression, words: DocSpan, dated: Mapping[int, TimeExpression]
    ) -> TimeExpression | None:
        """The day of "three days after the attack", where the article dates just one such event."""
        noun = words.root.head
        trigger = self.triggers.get(noun.i)
        is_known = any(c.lower_ in ("the", "this", "that") for c in children(noun, "det"))
        if trigger is None or not is_known:
            return None
        alike = [t for t in self.triggers.values() if t.action.top == trigger.action.top]
        known = [dated[t.token.i].interval for t in alike if t.token.i in dated]
        days = {i.first: i for i in known if i is not None and i.first == i.last}
        if len(days) != 1:
            return None
        (day,) = days.values()
        return counted_from(self.text, time, day, noun.idx + len(noun))

    def _counted_back(
        self, time: TimeExpression, words: DocSpan, dated: Mapping[int, TimeExpression]
    ) -> dict[int, TimeExpression]:
        """The day of the march in "protested on Saturday, a week after a larger march"."""
        noun = self.doc[min(words.end, len(self.doc) - 1)].head
        if noun.i <= words.end or noun.i not in self.triggers or noun.i in dated:
            return {}
        owner = next((g for _, g in islice(ancestors(noun), TIME_STEPS) if g.i in dated), None)
        if owner is None or self._is_sealed(noun, owner):
            return {}
        known = dated[owner.i].interval
        if known is None or known.first != known.last:
            return {}
        day = counted_from(self.text, time, known, noun.idx + len(noun), is_back=True)
        return {} if day is None else {noun.i: day}

    def _is_aside(self, time: TimeExpression) -> bool:
        """Whether the words date something else: "the first since 1958", "a day after the vote"."""
        if _RECORD.search(self.text, max(0, time.span.start - 80), time.span.start):
            return True
        is_counted = _COUNTED.match(self.text, time.span.end) is not None
        return is_counted and event_time(self.text, time, self.times, published=None) == time

    def _describes(self, words: DocSpan) -> bool:
        """Whether the expression only tells which thing it is: "the 1999 constitution"."""
        noun = words.root.head
        return (
            _is_premodifier(words)
            and noun.pos_ in ("NOUN", "PROPN")
            and noun.i not in self.triggers
            and noun.ent_type_ not in ("DATE", "EVENT")
            and noun._.mention_type != "time"
        )

    # -- owners

    def _owners(self, words: DocSpan, value: TimeExpression) -> list[int]:
        """The triggers that the expression's governor is, carries, or is said of."""
        owner = self._owner(words, words.root, is_near=not _is_of_calendar(value))
        if owner is None:
            return list(self._by_role(words))
        owner = self._nearer(owner, words)
        return [*self._outer(owner, words, value), *self._predicate(owner, words)]

    def _owner(self, words: DocSpan, at: Token, *, is_near: bool) -> int | None:
        """The trigger that a word of the expression, or what it stands by, leads up to."""
        named = _noun_after(words)
        if named is not None and named.i in self.triggers:
            return named.i
        for step in range(2 if is_near else TIME_STEPS):
            if self._is_sealed(words.root, at):
                if self.quoted.get(words.root.i) is not None:
                    return None
            elif at.i in self.triggers and at.i not in range(words.start, words.end):
                return at.i
            elif at.i in self.light:
                return self.light[at.i]
            elif _is_clause(at) and step:
                carried = self._carried(at)
                if carried is not None or _stops(at):
                    return carried
            elif at.head.i == at.i or _stops(at):
                return self._carried(at)
            if at.head.i == at.i:
                return None
            at = at.head
        return None

    def _is_sealed(self, time: Token, word: Token) -> bool:
        """Whether a quotation stands between the time and the word."""
        return self.quoted.get(time.i) != self.quoted.get(word.i)

    def _carried(self, clause: Token) -> int | None:
        """The event that a clause without an event of its own is about: "no signs of combat"."""
        if self.lexicon.is_reporting(clause.lemma_, clause.pos_):
            return None
        at = [clause]
        for token in at:
            inner = children(token, "xcomp")
            inner += children(token, "nsubj", "nsubj:pass", "obj", "nmod")
            inner += children(token, "acl") if token.i != clause.i else []
            inner += children(token, "advcl") if spends_time(token) else []
            for child in inner:
                if child.i in self.triggers and not self._is_sealed(clause, child):
                    return child.i
                if len(at) < TIME_STEPS:
                    at.append(child)
        return None

    def _by_role(self, words: DocSpan) -> Iterator[int]:
        """The triggers of which the model says that the expression tells when.

        "Officials said on Monday" dates what they said, and nothing that they spoke of.
        """
        verb = words.root.head
        tells = self.lexicon.is_reporting(verb.lemma_, verb.pos_) and words.root.dep_ in _OF_VERB
        told = {t.i for c in children(verb, *_CONTENT) for t in c.subtree} if tells else set()
        for arc in self.doc._.roles:
            is_time = arc.label == "ARGM-TMP" and arc.argument == words.root.i
            if not is_time or arc.score < SURE_TIME or arc.predicate not in self.triggers:
                continue
            if arc.predicate in told:
                continue
            if not self._is_sealed(words.root, self.doc[arc.predicate]):
                yield arc.predicate

    def _nearer(self, owner: int, words: DocSpan) -> int:
        """The verb between owner and time that the model dates by it, where it dates no other.

        "Convicted by a court of paying bribes in May": the tree may hang the month on the court's
        verb, which the model's roles do not date. What is only a purpose or a noun does not count:
        "announced an operation to free the town in March".
        """
        dated = list(self._by_role(words))
        if owner in dated or words.root.head.i != owner:
            return owner
        between = (self.doc[index] for index in dated if owner < index < words.start)
        return next((t.i for t in between if t.pos_ == "VERB" and not _is_infinitive(t)), owner)

    def _outer(self, owner: int, words: DocSpan, value: TimeExpression) -> list[int]:
        """The owner, or what it is the purpose of where the time is past.

        "Announced an operation to free the town in March": the announcement was then.
        """
        token = self.doc[owner]
        is_purpose = (
            _is_infinitive(token) and token.dep_ in ("acl", "advcl") and words.start > owner
        )
        if not is_purpose or not self._is_over(value):
            return [owner]
        verb = token.head
        while verb.dep_ in ("nmod", "obj") and verb.head.i != verb.i and verb.pos_ != "VERB":
            verb = verb.head
        if verb.pos_ != "VERB" or "Past" not in verb.morph.get("Tense", []):
            return [owner]
        if verb.i in self.triggers:
            return [verb.i] if token.dep_ == "acl" else [owner, verb.i]
        carried = self.light.get(verb.i)
        if token.dep_ == "acl":
            # "Began the operation to free the town in March": the operation began then.
            noun = token.head.i if carried is None else carried
            return [noun] if noun in self.triggers else [owner]
        return [owner] if carried is None else [owner, carried]

    def _is_over(self, value: TimeExpression) -> bool:
        return (
            value.interval is not None
            and self.published is not None
            and value.interval.last <= self.published
        )

    def _predicate(self, owner: int, words: DocSpan) -> Iterator[int]:
        """What the event is said to do then: "the storm yesterday caused the roof to fall"."""
        noun = self.doc[owner]
        follows = words.end < len(self.doc) and self.doc[words.end].i == noun.head.i
        if noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in SUBJECTS and follows:
            verb = noun.head
            if verb.i in self.triggers:
                yield verb.i
            else:
                inner = next((c.i for c in children(verb, "xcomp") if c.i in self.triggers), None)
                if inner is not None:
                    yield inner

    # -- sharing

    def _sharing(self, owner: int, *, is_within_noun: bool) -> list[int]:
        """What happens together with the owner: coordinated verbs, participles, its own clause."""
        found: list[int] = []
        queue = [owner]
        for index in queue:
            for token in self._together(self.doc[index], is_within_noun):
                if token.i in self.triggers and token.i not in queue:
                    queue.append(token.i)
                    found.append(token.i)
        return found

    def _together(self, token: Token, is_within_noun: bool) -> Iterator[Token]:
        yield from children(token, "acl:relcl")
        tells = self.triggers[token.i].action.top in TELLING
        if not tells:
            yield from (c for c in children(token, "acl") if not _is_infinitive(c))
        if is_within_noun:
            return
        for verb in children(token, "conj"):
            if not any(c.lower_ in LATER for c in children(verb, "advmod")):
                yield verb
        if token.i in self.light:
            yield self.doc[self.light[token.i]]
        if tells:
            # "Urged him on Friday to leave" says nothing of when he leaves.
            return
        yield from children(token, "xcomp")
        for clause in children(token, "advcl"):
            is_finite = clause.morph.get("VerbForm", []) == ["Fin"]
            marks = {c.lower_ for c in children(clause, "mark", "advmod")}
            if not is_finite or marks & SIMULTANEOUS:
                yield clause
        for noun in children(token, "obl"):
            if case_of(noun) in WITHIN:
                yield noun


def _is_of_calendar(time: TimeExpression) -> bool:
    """Whether the value is a date: no length, and no "now" or "recently"."""
    return not time.value.startswith("P") and not time.value.endswith("_REF")


def _is_premodifier(words: DocSpan) -> bool:
    """Whether the expression stands within a noun phrase, before its noun: "Friday's attack"."""
    return words.root.head.i >= words.end and words.root.dep_ in (
        "compound",
        "amod",
        "nmod:poss",
        "nmod:desc",
        "nummod",
    )


def _is_infinitive(token: Token) -> bool:
    return any(mark.lower_ == "to" for mark in children(token, "mark"))


def _is_clause(token: Token) -> bool:
    return token.pos_ == "VERB" or any(c.dep_ in SUBJECTS for c in token.children)


def _stops(token: Token) -> bool:
    """Whether a time below this word dates something of its own ("said on Wednesday")."""
    has_subject = any(c.dep_ in SUBJECTS for c in token.children)
    if token.pos_ == "VERB" and (token.dep_ != "xcomp" or has_subject):
        return True
    return token.dep_ in ("acl:relcl", "ccomp", "advcl", "parataxis")


def _noun_after(time: DocSpan) -> Token | None:
    """The noun that a date before it names: "the April 15, 2013, attack"."""
    doc = time.doc
    opens = time.start > 0 and doc[time.start - 1].pos_ in ("DET", "PRON", "PART", "ADJ")
    after = next((t for t in doc[time.end : time.end + 2] if not t.is_punct), None)
    return after if opens and after is not None and after.pos_ == "NOUN" else None
