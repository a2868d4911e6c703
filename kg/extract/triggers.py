"""Which words name happenings, and all that is said of each: the event mentions of a document.

A trigger is a verb, an event noun or, rarely, an adjective. The lexicon says what a word can name
and in which sense; the model says how likely the word names a happening here. Reporting, light,
aspectual and mental verbs are no events by themselves.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.actions import Action, Clause, Lexicon, Sense
from kg.extract.mentions import PhraseTable
from kg.extract.syntax import (
    case_of,
    children,
    first_conjunct,
    is_passive,
    particle_of,
    subject_of,
)
from kg.words import word_set

# How likely the model must think a happening for a word to be a trigger, by what the lexicon says
# of it. Chosen on the training articles, checked on the development ones; 0.05-0.95 tried in steps
# of 0.05. Lower values find more events and more states.
THRESHOLDS = {"event": 0.15, "weak": 0.5, "unknown_verb": 0.5, "unknown_noun": 0.8, "modifier": 0.8}
LOWEST = min(THRESHOLDS.values())
# A PLOVER category that the model alone proposes for a word that the lexicon lacks.
SURE_CATEGORY = 0.6
# Nine in ten of the triggers that the model gives more than this are right, so no score says more.
SUREST = 0.95
# Verbs that have a sense of their own but add nothing to an event noun in their object.
CARRYING = word_set(
    "launch conduct stage mount wage commit perpetrate hold carry undertake inflict"
)
UNKNOWN_ACTION = Action(name="happening", label="happening", top="Happening")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names a happening, with its sense and the light verb that carries it, if any."""

    token: Token
    action: Action
    category: str | None
    light_verb: Token | None
    rule: str
    score: float


def find_triggers(doc: Doc, lexicon: Lexicon, table: PhraseTable) -> list[Trigger]:
    """The triggers of the document, in text order."""
    read = (read_trigger(token, lexicon, table) for token in doc)
    found = _with_occurrences([trigger for trigger in read if trigger is not None], doc)
    # "Conducted 300 strikes" is one event, named by its noun.
    carrying = {
        t.light_verb.i for t in found if t.light_verb is not None and _only_carries(t, lexicon)
    }
    return [trigger for trigger in found if trigger.token.i not in carrying]


def _with_occurrences(found: list[Trigger], doc: Doc) -> list[Trigger]:
    """The triggers, each noun with the verb that says that its event took place, if any."""
    verbs: dict[int, Token] = {}
    for verb in doc:
        if verb.pos_ == "VERB" and takes_place(verb):
            subject = subject_of(verb)
            if subject is not None:
                verbs.setdefault(subject[0].i, verb)
    return [
        replace(trigger, light_verb=verbs[trigger.token.i])
        if trigger.token.i in verbs and trigger.light_verb is None
        else trigger
        for trigger in found
    ]


def takes_place(verb: Token) -> bool:
    """Whether the verb says no more than that its subject happens: "took place", "occurred"."""
    lemma = verb.lemma_.lower()
    if lemma == "take":
        return any(c.lower_ == "place" for c in children(verb, "obj"))
    return lemma in HAPPENING or (lemma == "hold" and is_passive(verb))


def _only_carries(trigger: Trigger, lexicon: Lexicon) -> bool:
    """Whether the light verb of an event noun, its object, says nothing of its own."""
    verb = trigger.light_verb
    if verb is None:
        return False
    if takes_place(verb):
        return True
    if trigger.token.dep_ not in ("obj", "nsubj:pass") and verb.head.i != trigger.token.i:
        return False
    plain = lexicon.find(verb.lemma_, "VERB")
    is_light = (plain is not None and plain.name == "light") or verb.lemma_ in CARRYING
    return is_light and not children(verb, "iobj")


def read_trigger(token: Token, lexicon: Lexicon, table: PhraseTable) -> Trigger | None:
    """The trigger that a word is, None where it names no happening."""
    if token.pos_ not in ("VERB", "NOUN", "ADJ", "PROPN") or token.ent_type_ not in ("", "EVENT"):
        return None
    if token.pos_ == "PROPN" and token.ent_type_ == "":
        return None
    if token.dep_ in (
        "compound:prt",
        "fixed",
        "case",
        "mark",
        "cc",
        "det",
        "amod",
        "advmod",
        "aux",
        "cop",
    ):
        return None
    if token._.event < LOWEST or _is_somebody(token) or spends_time(token):
        return None
    trigger, sense = _read(token, lexicon, table)
    status = _status(token, sense, trigger.light_verb)
    return trigger if status is not None and token._.event >= THRESHOLDS[status] else None


def _is_somebody(token: Token) -> bool:
    """Whether an event noun here names those who do it: "the opposition called for protests"."""
    is_agent = token.dep_ in ("nsubj", "obl:agent") and token.head.pos_ == "VERB"
    return token.pos_ == "NOUN" and is_agent and token._.mention_type in ("person", "organization")


def spends_time(token: Token) -> bool:
    """Whether a verb tells only how long what follows it took: "spent a week hiding"."""
    return token.lemma_.lower() == "spend" and any(
        child._.mention_type == "time" for child in children(token, "obj")
    )


def trigger_of(token: Token, lexicon: Lexicon, table: PhraseTable) -> Trigger:
    """The word as a trigger, whether or not it names a happening."""
    return _read(token, lexicon, table)[0]


def _read(token: Token, lexicon: Lexicon, table: PhraseTable) -> tuple[Trigger, Sense | None]:
    """The word as a trigger, and its sense by the lexicon, which may be none of an event."""
    sense = lexicon.find_sense(token.lemma_, token.pos_, clause_of(token, table))
    light_verb = light_verb_of(token, lexicon) if token.pos_ == "NOUN" else None
    action = sense.action if sense is not None and sense.action.is_event else UNKNOWN_ACTION
    rule = sense.rule if sense is not None else "event_head"
    score = round(min(token._.event, SUREST), 2)
    return Trigger(token, action, _category(token, action), light_verb, rule, score), sense


def _status(token: Token, sense: Sense | None, light_verb: Token | None) -> str | None:
    """Which threshold the word has to pass, None where it can be no trigger."""
    if sense is None:
        if token.pos_ == "ADJ":
            return None
        return "unknown_verb" if token.pos_ == "VERB" else "unknown_noun"
    if not sense.action.is_event:
        return None
    if token.dep_ == "compound":
        return "modifier"
    if sense.is_weak and light_verb is None:
        return "weak"
    return "event"


def _category(token: Token, action: Action) -> str | None:
    """The lexicon's PLOVER category, else the model's where it is sure."""
    if action is not UNKNOWN_ACTION:
        return action.category
    table = token._.category
    if not table:
        return None
    best = max(table, key=lambda name: table[name])
    return best if best != "none" and table[best] >= SURE_CATEGORY else None


def clause_of(token: Token, table: PhraseTable) -> Clause:
    """What surrounds a word, as the lexicon asks for it."""
    passive = token.pos_ == "VERB" and is_passive(token)
    objects = children(token, "nsubj:pass") if passive else children(token, "obj")
    if passive and not objects:
        subject = subject_of(token)
        objects = [subject[0]] if subject else []
    phrase = table.at(objects[0]) if objects else None
    clauses = sorted({c.dep_ for c in token.children} & {"xcomp", "ccomp"})
    subjects = [] if passive else children(token, "nsubj")
    placed = [c for c in children(token, "obl", "nmod", "obl:agent") if c._.mention_type != "time"]
    marks = {m.lower_ for c in children(token, "advcl") for m in children(c, "mark", "case")}
    modifiers = children(token, "compound", "amod")
    others = [
        c for c in token.children if c.dep_ in ("advmod", "xcomp", "obl", "nmod", "obl:agent")
    ]
    has_governor = token.dep_ in ("obj", "obl", "nmod", "nsubj:pass")
    return Clause(
        particle=particle_of(token),
        prepositions=frozenset({case for c in placed if (case := case_of(c)) is not None} | marks),
        object_lemma=objects[0].lemma_.lower() if objects else None,
        object_kind=str(phrase.mention.entity_kind) if phrase else None,
        complement=clauses[0] if clauses else None,
        compounds=tuple(c.lemma_.lower() for c in modifiers),
        dependents=frozenset(c.lemma_.lower() for c in others),
        governor=token.head.lemma_.lower() if has_governor else None,
        subject_lemma=subjects[0].lemma_.lower() if subjects else None,
    )


# Verbs whose subject is the event they say came about: "the talks took place on Monday".
HAPPENING = frozenset(["occur", "happen"])
OCCURRENCE = HAPPENING | {"last", "resume", "proceed", "conclude"}


def light_verb_of(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb that only carries the event noun: "launched" of "launched an attack"."""
    at = first_conjunct(noun)
    verb = at.head
    if verb.i != at.i and verb.pos_ == "VERB" and _carries(verb, at, lexicon):
        return verb
    clauses = children(noun, "acl", "acl:relcl")
    return next((clause for clause in clauses if _carries_from_within(clause, lexicon)), None)


def _carries_from_within(clause: Token, lexicon: Lexicon) -> bool:
    """Whether a clause about the noun only says who did it: "arrests made by the police"."""
    lemma = clause.lemma_.lower()
    if clause.pos_ != "VERB" or not (lexicon.is_light(lemma) or lemma in CARRYING):
        return False
    is_object = bool(children(clause, "nsubj")) and not children(clause, "obj")
    return (
        is_object if clause.dep_ == "acl:relcl" and not is_passive(clause) else is_passive(clause)
    )


def _carries(verb: Token, noun: Token, lexicon: Lexicon) -> bool:
    """Whether the verb adds only that the event begins, goes on or takes place."""
    lemma = verb.lemma_.lower()
    if noun.dep_ == "obl" and case_of(noun) not in ("in", "into", "on", "under"):
        return False
    if noun.dep_ in ("obj", "nsubj:pass", "obl"):
        return lexicon.is_light(lemma) or lexicon.is_aspectual(lemma)
    return noun.dep_ == "nsubj" and (
        takes_place(verb)
        or lemma in OCCURRENCE
        or (lexicon.is_aspectual(lemma) and not children(verb, "obj"))
    )
