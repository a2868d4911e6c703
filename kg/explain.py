"""Why an event is as it is: its sentence, the tree, and the ground of each role and of its status.

What the project's records hold is taken from them; the tree and the grounds of the status are read
anew from the article's text, which gives the same as long as kg and its model are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from kg.build import story_text
from kg.errors import ConfigError
from kg.extract.actions import Lexicon, Sense, shipped_lexicon
from kg.extract.mentions import PhraseTable, find_phrases
from kg.extract.rules import explain_rule
from kg.extract.status import Ground, read_status
from kg.extract.triggers import clause_of
from kg.graph.nodes import entity_iri, event_iri
from kg.graph.ontology import cameo_iri, find_concept, shorten_iri
from kg.jsonl import read_jsonl
from kg.records import ArticleResult, Entity, Event, Role, TimeExpression
from kg.store.project import EVENTS_FILE, check_format

MOST_CANDIDATES = 20
BEST_CATEGORIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A value, the rule that gave it, what the rule saw, and the word that it goes by, if any."""

    value: str
    rule: str
    why: str
    cue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleReason:
    """Who or what fills a role, by which words, and why; ``place`` says how it was located."""

    role: str
    name: str
    iri: str
    words: str
    rule: str
    why: str
    score: float
    inferred: bool
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReason:
    """What kind of action it is, and which entry of the lexicon or judgement of the model says so.

    ``classes`` are the labels of the action and of what stands above it, the narrowest first;
    ``model`` the model's surest categories with their scores, not calibrated.
    """

    action: str
    classes: tuple[str, ...]
    category: str | None
    mode: str | None
    cameo: str | None
    rule: str
    why: str
    score: float
    model: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeReason:
    """When it was, by which words, and what these were resolved from."""

    words: str
    value: str
    first: str | None
    last: str | None
    resolved_from: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that led to an event.

    ``tree`` is the sentence's dependency tree, a word a line, indented below its governor;
    ``notes`` tell where the text read anew gives something else than the record.
    """

    event: str
    label: str
    article: str
    characters: tuple[int, int]
    sentence: str
    tree: tuple[str, ...]
    roles: tuple[RoleReason, ...]
    polarity: Reason
    modality: Reason
    source: Reason | None
    kind: KindReason
    time: TimeReason | None
    numbers: tuple[str, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The explanation as JSON's values, hence Any."""
        return asdict(self)

    def to_text(self) -> str:
        """The explanation for people to read."""
        return "\n".join(_iter_lines(self)) + "\n"


def explain(project: Path, wanted: str) -> Explanation:
    """Why the event that ``wanted`` names is in the project, and is as it is.

    Args:
        project: the folder that "kg build" wrote.
        wanted: the event's IRI, its local name, or a part of that or of its label that no other
            event has.

    Raises:
        StoreError: the project cannot be read, or has another form.
        ConfigError: no event, or more than one, is meant; the message lists the candidates.
    """
    check_format(project)
    result, event = find_event(read_jsonl(project / EVENTS_FILE), wanted)
    return _Reader(result, event).explain()


def find_event(results: Iterable[ArticleResult], wanted: str) -> tuple[ArticleResult, Event]:
    """The one event that ``wanted`` names, with what was found in its article.

    Raises:
        ConfigError: no event, or more than one, is meant.
    """
    known = [(result, event) for result in results for event in result.events]
    exact = [pair for pair in known if wanted in _names(pair[1])]
    text = wanted.casefold()
    found = exact or [
        (result, event)
        for result, event in known
        if text and (text in event.id or text in event.label.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise ConfigError(
            f"{wanted}: none of the {len(known)} events; expected an event's IRI, its local name, "
            "or words of its label; list them with ontology/queries/who-did-what-to-whom.rq"
        )
    lines = [f"  {shorten_iri(event_iri(e).value)}  {e.label}" for _, e in found[:MOST_CANDIDATES]]
    more = [f"  … {len(found) - MOST_CANDIDATES} more"] if len(found) > MOST_CANDIDATES else []
    raise ConfigError("\n".join((f"{wanted}: {len(found)} events; expected one of", *lines, *more)))


def _names(event: Event) -> tuple[str, ...]:
    iri = event_iri(event).value
    return iri, shorten_iri(iri), event.id


@dataclass(frozen=True)
class _Reader:
    """One event with its article, the text analysed anew."""

    result: ArticleResult
    event: Event

    @cached_property
    def token(self) -> Token:
        """The word that names the action."""
        from kg.nlp.pipeline import load

        trigger = self.event.trigger
        doc = load()(story_text(self.result.article))
        found = doc.char_span(trigger.start, trigger.end, alignment_mode="expand")
        return found.root if found is not None else doc[0]

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the ontology that ships."""
        return shipped_lexicon()

    @cached_property
    def table(self) -> PhraseTable:
        """The mentions of the text analysed anew."""
        return find_phrases(self.token.doc, self.result.article.id)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The article's entities by id."""
        return {entity.id: entity for entity in self.result.entities}

    def explain(self) -> Explanation:
        event, text = self.event, self.result.article.text
        sentence = event.sentence
        polarity, modality, notes = self._status()
        return Explanation(
            event=event_iri(event).value,
            label=event.label,
            article=self.result.article.id,
            characters=(sentence.start, sentence.end),
            sentence=" ".join(text[sentence.start : sentence.end].split()),
            tree=tuple(_iter_tree(self.token, self._roles_by_word())),
            roles=tuple(self._role(role) for role in event.roles),
            polarity=polarity,
            modality=modality,
            source=self._source(),
            kind=self._kind(),
            time=_time(event.time, text) if event.time else None,
            numbers=tuple(
                f"{text[q.span.start : q.span.end]}: {q.role.value}, {q.comparator.value}"
                for q in event.quantities
            ),
            notes=notes,
        )

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.result.article.text[start:end].split())

    def _roles_by_word(self) -> dict[int, str]:
        """Role names by the index of the word that heads the filler, and "event" at the trigger."""
        marked = {self.token.i: "event"}
        for role in self.event.roles:
            span = self.token.doc.char_span(role.span.start, role.span.end, alignment_mode="expand")
            if span is not None:
                known = marked.get(span.root.i)
                marked[span.root.i] = f"{known}, {role.name}" if known else str(role.name)
        return marked

    def _role(self, role: Role) -> RoleReason:
        entity = self.entities[role.entity_id]
        return RoleReason(
            role=str(role.name),
            name=entity.label,
            iri=entity_iri(entity).value,
            words=self._words(role.span.start, role.span.end),
            rule=role.rule,
            why=explain_rule(role.rule),
            score=role.score,
            inferred=role.inferred,
            place=_place(entity),
        )

    def _status(self) -> tuple[Reason, Reason, tuple[str, ...]]:
        event = self.event
        action = self.lexicon.actions.get(event.action)
        found = read_status(self.token, action.top if action else "", self.lexicon)
        told = (event.polarity, event.modality)
        notes: tuple[str, ...] = ()
        if (found.polarity, found.modality) != told:
            notes = (
                f"read anew it is {found.polarity} and {found.modality}: the project was built by "
                "another version; build it again",
            )
        polarity = _reason(str(event.polarity), found.polarity_ground)
        return polarity, _reason(str(event.modality), found.modality_ground), notes

    def _source(self) -> Reason | None:
        told = self.event.attribution
        if told is None:
            return None
        speaker = self.entities.get(told.entity_id) if told.entity_id else None
        return Reason(
            value=speaker.label if speaker else self._words(told.span.start, told.span.end),
            rule=told.rule,
            why=explain_rule(told.rule),
            cue=self._words(told.cue.start, told.cue.end),
        )

    def _kind(self) -> KindReason:
        event = self.event
        sense = self.lexicon.find_sense(
            self.token.lemma_, self.token.pos_, clause_of(self.token, self.table)
        )
        cameo = cameo_iri(event.action, event.category, event.mode)
        root = find_concept(cameo) if cameo else None
        table = self.token._.category
        best = sorted(table, key=lambda name: -table[name])[:BEST_CATEGORIES]
        return KindReason(
            action=event.action,
            classes=_classes(event.action),
            category=event.category,
            mode=event.mode,
            cameo=f"{root.iri.value.rpartition('#')[2]} {root.label}" if root else None,
            rule=event.evidence.rule,
            why=_frame(sense, event),
            score=event.evidence.score,
            model=tuple((name, round(table[name], 3)) for name in best),
        )


def _reason(value: str, ground: Ground) -> Reason:
    return Reason(
        value=value,
        rule=ground.rule,
        why=explain_rule(ground.rule),
        cue=ground.cue.text if ground.cue is not None else None,
    )


def _frame(sense: Sense | None, event: Event) -> str:
    """What the lexicon, or in its silence the model, goes by."""
    if sense is None or sense.action.name != event.action:
        if event.category is None:
            return f'the lexicon has no sense for "{event.lemma}" here; the model tells a happening'
        return f'the lexicon has no sense for "{event.lemma}" here; the category is the model\'s'
    asked = [f"{key} is {_either(values)}" for key, values in sense.conditions]
    where = f" where {' and '.join(asked)}" if asked else ""
    return f'the lexicon has "{sense.expression}" for it{where}'


def _either(values: Iterable[str], most: int = 4) -> str:
    """The first values of a condition, by name."""
    ordered = sorted(values)
    return " or ".join(ordered[:most]) + (" or another" if len(ordered) > most else "")


def _classes(action: str) -> tuple[str, ...]:
    """The labels of an action and of what stands above it in the ontology."""
    from kg.graph.nodes import action_iri

    labels: list[str] = []
    iris = [action_iri(action)]
    for iri in iris:
        concept = find_concept(iri)
        if concept is not None:
            labels.append(concept.label)
            iris += concept.broader
    return tuple(labels)


def _place(entity: Entity) -> str | None:
    """Where a place is by the gazetteer; None for what has no location."""
    at = entity.location
    if at is None:
        return None
    country = f", {at.country}" if at.country else ""
    return (
        f"{at.name}{country}, {at.latitude:g} {at.longitude:g} "
        f"(gazetteer {at.gazetteer_id}, score {at.score:g})"
    )


def _time(time: TimeExpression, text: str) -> TimeReason:
    interval = time.interval
    return TimeReason(
        words=" ".join(text[time.span.start : time.span.end].split()),
        value=time.value,
        first=interval.first.isoformat() if interval else None,
        last=interval.last.isoformat() if interval else None,
        resolved_from=interval.resolved_from if interval else None,
    )


def _iter_tree(token: Token, marked: dict[int, str]) -> Iterator[str]:
    """The words of the token's sentence, each below its governor, one step further in."""
    words = [word for word in token.sent if not word.is_space]
    inside = {word.i for word in words}
    below: dict[int, list[Token]] = {}
    roots = []
    for word in words:
        if word.head.i == word.i or word.head.i not in inside:
            roots.append(word)
        else:
            below.setdefault(word.head.i, []).append(word)
    stack = [(word, 0) for word in reversed(roots)]
    while stack:
        word, depth = stack.pop()
        mark = f"  <- {marked[word.i]}" if word.i in marked else ""
        yield f"{'  ' * depth}{word.text}  {word.dep_} {word.pos_}{mark}"
        stack += [(child, depth + 1) for child in reversed(below.get(word.i, []))]


def _iter_lines(told: Explanation) -> Iterator[str]:
    """The explanation as lines of text."""
    start, end = told.characters
    yield f"{shorten_iri(told.event)}  {told.label}"
    yield f"{told.article}, characters {start} to {end}: {told.sentence}"
    yield from _section("roles", _role_lines(told.roles) or ["none found"])
    status = [("polarity", told.polarity), ("modality", told.modality), ("source", told.source)]
    yield from _section("status", [_reason_line(name, reason) for name, reason in status])
    yield from _section("kind", _kind_lines(told.kind))
    yield from _section("time", _time_lines(told.time))
    if told.numbers:
        yield from _section("numbers", told.numbers)
    if told.notes:
        yield from _section("notes", told.notes)
    yield from _section("tree", told.tree)


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {line}" for line in lines)


def _role_lines(roles: Sequence[RoleReason]) -> list[str]:
    lines = []
    for role in roles:
        words = f' ("{role.words}")' if role.words != role.name else ""
        lines.append(f"{role.role:10} {role.name}{words}")
        mark = ", inferred" if role.inferred else ""
        lines.append(f"{'':10} {role.rule}: {role.why} (score {role.score:g}{mark})")
        if role.place:
            lines.append(f"{'':10} located: {role.place}")
    return lines


def _reason_line(name: str, reason: Reason | None) -> str:
    if reason is None:
        return f"{name:10} the article itself"
    cue = f' ("{reason.cue}")' if reason.cue else ""
    return f"{name:10} {reason.value}; {reason.rule}: {reason.why}{cue}"


def _kind_lines(kind: KindReason) -> list[str]:
    mode = f", mode {kind.mode}" if kind.mode else ""
    lines = [
        f"{'action':10} {kind.action}: {' < '.join(kind.classes)}",
        f"{'':10} {kind.rule}: {kind.why} (score {kind.score:g})",
        f"{'category':10} {kind.category or 'none'}{mode}; CAMEO {kind.cameo or 'none'}",
    ]
    if kind.model:
        shown = ", ".join(f"{name} {score:.2f}" for name, score in kind.model)
        lines.append(f"{'model':10} {shown}")
    return lines


def _time_lines(time: TimeReason | None) -> list[str]:
    if time is None:
        return ["none found"]
    days = f", from {time.first} to {time.last}" if time.first else ""
    since = f", resolved from {time.resolved_from}" if time.resolved_from else ""
    return [f'"{time.words}": {time.value}{days}{since}']
