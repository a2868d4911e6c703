"""A parsed article -> its Extraction: mentions, times, event mentions and coreference chains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg.extract.actions import Lexicon
from kg.extract.attribution import SpeechFinder
from kg.extract.coref import find_chains
from kg.extract.dates.finder import find_times
from kg.extract.inheritance import inherited
from kg.extract.instruments import ThingFinder
from kg.extract.locations import Filler
from kg.extract.memberships import find_memberships
from kg.extract.mentions import PhraseTable, find_phrases
from kg.extract.quantities import NumberPhrase, find_quantities, quantity_role, to_quantity
from kg.extract.roles import RoleFinder
from kg.extract.status import find_status
from kg.extract.timing import TimeFinder
from kg.extract.triggers import Trigger, find_triggers
from kg.records import (
    Argument,
    Article,
    EventMention,
    Evidence,
    Extraction,
    Mention,
    Quantity,
    QuantityRole,
    RoleName,
    Span,
    TimeExpression,
    content_id,
)


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
        things=ThingFinder(doc, table, article.id),
        times=times,
        numbers=find_quantities(doc),
    )
    sentences = tuple(_sentence(article.id, sent) for sent in doc.sents)
    events = tuple(reader.iter_event_mentions())
    return Extraction(
        article=article,
        sentences=sentences,
        mentions=_all_mentions(table, reader.things),
        times=times,
        event_mentions=events,
        chains=find_chains(doc, table),
        memberships=find_memberships(doc, table, article.id),
    )


def _all_mentions(table: PhraseTable, things: ThingFinder) -> tuple[Mention, ...]:
    """The mentions of those who act, of places, and of the things that take part, in text order."""
    phrases = sorted(
        (*table.phrases, *things.made.values()), key=lambda p: (p.mention.span, p.head)
    )
    return tuple(phrase.mention for phrase in phrases)


def _sentence(article_id: str, sent: DocSpan) -> Span:
    """The characters of a sentence, without the space around it."""
    first = next((token for token in sent if not token.is_space), sent[0])
    return _span(article_id, first, sent[-1])


def _span(article_id: str, first: Token, last: Token) -> Span:
    """The characters of a run of tokens, without the space after it."""
    while last.is_space and last.i > first.i:
        last = last.nbor(-1)
    return Span(article_id=article_id, start=first.idx, end=last.idx + len(last))


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
    things: ThingFinder
    times: tuple[TimeExpression, ...]
    numbers: tuple[NumberPhrase, ...]

    def iter_event_mentions(self) -> Iterator[EventMention]:
        triggers = find_triggers(self.doc, self.lexicon, self.table)
        by_token = {trigger.token.i: trigger for trigger in triggers}
        roles = RoleFinder(self.doc, self.table, self.lexicon)
        speeches = SpeechFinder(self.doc, self.table, self.lexicon)
        dated = TimeFinder(
            doc=self.doc,
            text=self.article.text,
            times=self.times,
            triggers=by_token,
            lexicon=self.lexicon,
            published=self.article.published,
        ).find()
        found = {trigger.token.i: roles.find(trigger) for trigger in triggers}
        for trigger in triggers:
            fillers = [*found[trigger.token.i], *inherited(trigger, found, by_token)]
            fillers += self.things.find(trigger, fillers)
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
                    inferred=f.inferred,
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
