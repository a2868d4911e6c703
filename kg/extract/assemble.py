"""A parsed article -> its Extraction: mentions, times, event mentions and coreference chains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.extract.actions import Lexicon
from kg.extract.attribution import SpeechFinder
from kg.extract.coref import find_chains
from kg.extract.dates.attach import event_time
from kg.extract.dates.finder import find_times
from kg.extract.locations import Filler
from kg.extract.mentions import PhraseTable, find_phrases
from kg.extract.quantities import NumberPhrase, find_quantities, quantity_role, to_quantity
from kg.extract.roles import RoleFinder, inherited_targets
from kg.extract.status import find_status
from kg.extract.syntax import children
from kg.extract.triggers import Trigger, find_triggers
from kg.records import (
    Argument,
    Article,
    EventMention,
    Evidence,
    Extraction,
    Quantity,
    QuantityRole,
    RoleName,
    Span,
    TimeExpression,
    content_id,
)

# How far up from its own word a time expression looks for the event that it dates.
TIME_STEPS = 5


def extract(doc: Doc, article: Article, *, lexicon: Lexicon, model: str) -> Extraction:
    """All that the article says, as text.

    Args:
        doc: the analysed text of the story; what is not story in the article is blank in it.
        article: whose text the doc is.
        lexicon: which words name actions.
        model: version of the language model, for the evidence.
    """
    table = find_phrases(doc, article.id)
    times = find_times(doc, published=article.published, article_id=article.id)
    reader = _Reader(
        doc=doc,
        article=article,
        lexicon=lexicon,
        model=model,
        table=table,
        times=times,
        numbers=find_quantities(doc),
    )
    sentences = tuple(_sentence(article.id, sent) for sent in doc.sents)
    return Extraction(
        article=article,
        sentences=sentences,
        mentions=tuple(phrase.mention for phrase in table.phrases),
        times=times,
        event_mentions=tuple(reader.iter_event_mentions()),
        chains=find_chains(doc, table),
    )


def _sentence(article_id: str, sent: DocSpan) -> Span:
    """The characters of a sentence, without the space around it."""
    first = next((token for token in sent if not token.is_space), sent[0])
    return _span(article_id, first, sent[-1])


def _span(article_id: str, first: Token, last: Token) -> Span:
    """The characters of a run of tokens, without the space after it."""
    while last.is_space and last.i > first.i:
        last = last.nbor(-1)
    return Span(article_id=article_id, start=first.idx, end=last.idx + len(last))


def _noun_after(time: DocSpan) -> Token | None:
    """The noun that a date before it names: "the April 15, 2013, attack"."""
    doc = time.doc
    opens = time.start > 0 and doc[time.start - 1].pos_ in ("DET", "PRON", "PART", "ADJ")
    after = next((t for t in doc[time.end : time.end + 2] if not t.is_punct), None)
    return after if opens and after is not None and after.pos_ == "NOUN" else None


def _outcome(trigger: Trigger, role: RoleName, unit: str) -> QuantityRole:
    """What a number counts: what the trigger's own word says, else what its action says."""
    counted = quantity_role(trigger.token.lemma_, role, unit)
    plain = (QuantityRole.ACTOR, QuantityRole.TARGET, QuantityRole.OTHER)
    return quantity_role(trigger.action.name, role, unit) if counted in plain else counted


@dataclass(frozen=True, slots=True)
class _Reader:
    """One document with what was found in it, read into event mentions."""

    doc: Doc
    article: Article
    lexicon: Lexicon
    model: str
    table: PhraseTable
    times: tuple[TimeExpression, ...]
    numbers: tuple[NumberPhrase, ...]

    def iter_event_mentions(self) -> Iterator[EventMention]:
        triggers = find_triggers(self.doc, self.lexicon, self.table)
        roles = RoleFinder(self.doc, self.table, self.lexicon)
        speeches = SpeechFinder(self.doc, self.table, self.lexicon)
        dated = self._attach_times(triggers)
        found = {trigger.token.i: roles.find(trigger) for trigger in triggers}
        for trigger in triggers:
            fillers = [*found[trigger.token.i], *inherited_targets(trigger, found)]
            yield self._read(trigger, fillers, dated.get(trigger.token.i), speeches)

    def _read(
        self,
        trigger: Trigger,
        fillers: Sequence[Filler],
        time: TimeExpression | None,
        speeches: SpeechFinder,
    ) -> EventMention:
        token, article_id = trigger.token, self.article.id
        span = _span(article_id, token, token)
        sent = _sentence(article_id, token.sent)
        polarity, modality = find_status(token, trigger.action.top, self.lexicon)
        return EventMention(
            id=content_id("event mention", article_id, span.start, span.end),
            trigger=span,
            lemma=token.lemma_,
            pos=token.pos_,
            action=trigger.action.name,
            category=trigger.category,
            mode=trigger.action.mode if trigger.category == trigger.action.category else None,
            sentence=sent,
            arguments=tuple(
                Argument(
                    name=f.role,
                    mention_id=f.phrase.mention.id,
                    rule=f.rule,
                    score=f.score,
                )
                for f in fillers
            ),
            time=time,
            quantities=tuple(self._quantities(trigger, fillers)),
            polarity=polarity,
            modality=modality,
            attribution=speeches.find(token, article_id),
            evidence=Evidence(
                span=sent,
                quote=self.article.text[sent.start : sent.end],
                rule=trigger.rule,
                model=self.model,
                score=trigger.score,
            ),
        )

    def _quantities(self, trigger: Trigger, fillers: Sequence[Filler]) -> Iterator[Quantity]:
        """The numbers of the event's actors and targets."""
        seen: set[int] = set()
        for filler in fillers:
            if filler.role is RoleName.PLACE:
                continue
            span = filler.phrase.mention.span
            for number in self.numbers:
                inside = span.start <= number.start < span.end or (
                    number.head is not None and number.head == filler.phrase.head
                )
                if inside and number.start not in seen:
                    seen.add(number.start)
                    role = _outcome(trigger, filler.role, number.unit)
                    yield to_quantity(number, role=role, article_id=self.article.id)

    def _attach_times(self, triggers: Sequence[Trigger]) -> dict[int, TimeExpression]:
        """The time of each trigger's token index: the first expression that its clause has."""
        by_token = {t.token.i: t for t in triggers}
        light = {t.light_verb.i: t.token.i for t in triggers if t.light_verb is not None}
        found: dict[int, TimeExpression] = {}
        for time in self.times:
            owner = None if time.type == "SET" else self._owner(time, by_token, light)
            if owner is None:
                continue
            value = event_time(
                self.article.text, time, self.times, published=self.article.published
            )
            for index in self._sharing(owner, by_token):
                found.setdefault(index, value)
        return found

    def _owner(
        self, time: TimeExpression, triggers: dict[int, Trigger], light: dict[int, int]
    ) -> int | None:
        """The trigger that the expression's governor is, hangs on, or is said of."""
        words = self.doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
        if words is None:
            return None
        named = _noun_after(words)
        if named is not None and named.i in triggers:
            return named.i
        at = words.root
        for _ in range(TIME_STEPS):
            if at.i in triggers and at.i not in range(words.start, words.end):
                return at.i
            if at.i in light:
                return light[at.i]
            if at.head.i == at.i or self._stops(at):
                return self._carried(at, triggers)
            at = at.head
        return None

    def _stops(self, token: Token) -> bool:
        """Whether a time below this word dates something of its own ("said on Wednesday")."""
        if token.pos_ == "VERB" and token.dep_ not in ("xcomp", "conj"):
            return True
        return token.dep_ in ("acl:relcl", "ccomp", "advcl", "parataxis")

    def _carried(self, clause: Token, triggers: dict[int, Trigger]) -> int | None:
        """The event that a clause without an event of its own is about: "no signs of combat"."""
        if self.lexicon.is_reporting(clause.lemma_, clause.pos_):
            return None
        at = [clause]
        for token in at:
            for child in children(token, "nsubj", "nsubj:pass", "obj", "nmod", "xcomp"):
                if child.i in triggers:
                    return child.i
                if len(at) < TIME_STEPS:
                    at.append(child)
        return None

    def _sharing(self, owner: int, triggers: dict[int, Trigger]) -> list[int]:
        """The owner and what happens with it: coordinated verbs, participles, its own clause."""
        token = self.doc[owner]
        shared = [
            c.i for c in children(token, "conj", "xcomp", "acl:relcl", "acl") if c.i in triggers
        ]
        shared += [
            c.i
            for c in children(token, "advcl")
            if c.i in triggers and c.morph.get("VerbForm", []) != ["Fin"]
        ]
        if token.dep_ == "acl" and token.head.i in triggers:
            # "began the operation to isolate the city on Monday"
            shared.append(token.head.i)
        return [
            owner,
            *shared,
            *(c.i for i in shared for c in children(self.doc[i], "conj") if c.i in triggers),
        ]
