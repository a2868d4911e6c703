"""Arguments that an event has from another: from what it promises or does, or was told as before.

Each rule takes the fillers that the clause itself gives and adds none where there are some.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.locations import Filler
from kg.extract.role_words import (
    ANSWERING_CATEGORIES,
    CLAIMING,
    DEED_CASES,
    DEEDS,
    HARMING,
    HITTING,
    RECIPROCAL_NOUNS,
    SPOKEN_CATEGORIES,
    TOLD_CASES,
    TOLD_MARKS,
    TOLD_RELATIONS,
)
from kg.extract.syntax import SUBJECTS, case_of, children, is_passive, subject_of
from kg.extract.triggers import UNKNOWN_ACTION, Trigger
from kg.records import MentionKind, RoleName

# How many words back the event that "these attacks" refers to may have been told.
FAR = 80
# How many letters words of one stem share: "broadcast" and "broadcasting".
STEM = 4
# How far down from an act of speech what it tells of may be, by the relations of each step: four
# steps for "agreed to give 70 million dollars of aid to Romania", none of the later into a clause
# that tells something else: "demanded to know who had been seen".
WITHIN_TOLD = tuple(relation for relation in TOLD_RELATIONS if relation != "ccomp")
DEEP = (TOLD_RELATIONS, *3 * (WITHIN_TOLD,))
SHALLOW = (("xcomp", "ccomp", "obj", "obl", "advcl"), ("acl", "nmod", "xcomp"))
POINTING = frozenset({"this", "that", "these", "those"})


def inherited(
    trigger: Trigger, found: Mapping[int, list[Filler]], triggers: Mapping[int, Trigger]
) -> list[Filler]:
    """All that a trigger has from others, by the first rules that give something.

    Args:
        trigger: whose arguments are looked for.
        found: the fillers that each trigger's own clause gives, by the index of its word.
        triggers: the triggers of the document by the index of their word.
    """
    told = [
        *inherited_targets(trigger, found),
        *inherited_actors(trigger, found, triggers),
        *suffered_targets(trigger, found),
    ]
    return told or recalled_arguments(trigger, found, triggers)


def inherited_targets(trigger: Trigger, found: Mapping[int, list[Filler]]) -> list[Filler]:
    """Whom the action told of is done to, for an act of speech that has no target of its own.

    "Promised to send aid to the city": the promise concerns the city as well. What is refused,
    asked for or protested against may rather be told with who does it: "rejected a call by them".
    """
    own = found[trigger.token.i]
    if trigger.category not in SPOKEN_CATEGORIES or any(f.role is RoleName.TARGET for f in own):
        return []
    actors = {f.phrase.mention.id for f in own if f.role is RoleName.ACTOR}
    answers = trigger.category in ANSWERING_CATEGORIES
    for item in _told(trigger, DEEP if answers else SHALLOW):
        fillers = found.get(item.i, ())
        kept = _others(fillers, RoleName.TARGET, actors)
        if kept:
            return _lent(kept, "target_of_what_is_told", 0.7)
        doing = [
            replace(f, role=RoleName.TARGET)
            for f in _others(fillers, RoleName.ACTOR, actors)
            if _is_named_there(f, item)
        ]
        if doing and answers:
            return _lent(doing, "actor_of_what_is_told", 0.6)
    return []


def _is_named_there(filler: Filler, word: Token) -> bool:
    """Whether who acts is named with the word itself, and by more than a pronoun."""
    is_clause = word.pos_ == "VERB" and not children(word, *SUBJECTS, "obl:agent")
    return not is_clause and filler.phrase.mention.kind is not MentionKind.PRONOUN


def _told(trigger: Trigger, levels: Sequence[Sequence[str]]) -> Iterator[Token]:
    """What an act of speech or a protest is about, the nearer words first.

    Args:
        trigger: of the act.
        levels: the relations to follow at each step down from its word.
    """
    level, light = [trigger.token], trigger.light_verb
    for relations in levels:
        level = [c for t in level for c in children(t, *relations) if _is_told(c)]
        if light is not None:
            level += [c for c in children(light, "obl", "advcl") if _is_told(c)]
            light = None
        yield from level


def _is_told(token: Token) -> bool:
    """Whether a phrase or clause is what is promised, refused or protested against."""
    if token.dep_ in ("obl", "nmod"):
        return case_of(token) in TOLD_CASES
    marks = {c.lower_ for c in children(token, "mark")}
    return token.dep_ != "advcl" or bool(marks & TOLD_MARKS) or token.lemma_.lower() in CLAIMING


def inherited_actors(
    trigger: Trigger, found: Mapping[int, list[Filler]], triggers: Mapping[int, Trigger]
) -> list[Filler]:
    """Who harms somebody where the clause names only the deed: "killed in a raid by the army".

    The deed is the verb's subject, or the attack in, by or during which it happened. A fight of two
    sides tells nothing of who harmed whom.
    """
    verb = trigger.token
    if verb.pos_ != "VERB" or any(f.role is RoleName.ACTOR for f in found[verb.i]):
        return []
    if trigger.action.top not in HARMING:
        return []
    subject = subject_of(verb)
    suffers = is_passive(verb) or trigger.action.subject_role is RoleName.TARGET
    deeds = [subject[0]] if subject is not None and not suffers else []
    if suffers:
        deeds += [c for c in children(verb, "obl", "obl:agent") if case_of(c) in DEED_CASES]
    targets = {f.phrase.mention.id for f in found[verb.i]}
    for deed in deeds:
        at = triggers.get(deed.i)
        if at is None or at.action.top not in DEEDS:
            continue
        if at.action.is_reciprocal or deed.lemma_.lower() in RECIPROCAL_NOUNS:
            continue
        kept = _others(found[deed.i], RoleName.ACTOR, targets)
        if kept:
            return _lent(kept, "actor_of_the_harmful_deed", 0.7)
    return []


def suffered_targets(trigger: Trigger, found: Mapping[int, list[Filler]]) -> list[Filler]:
    """Whom a deed harms where a verb with the deed as its subject says so.

    "The blast killed a guard", "an attack that hit two villages".
    """
    noun = trigger.token
    own = found[noun.i]
    has_target = any(f.role is RoleName.TARGET for f in own)
    if noun.pos_ not in ("NOUN", "PROPN") or has_target or trigger.action.top not in DEEDS:
        return []
    actors = {f.phrase.mention.id for f in own if f.role is RoleName.ACTOR}
    verbs = [noun.head] if noun.dep_ == "nsubj" else []
    verbs += children(noun, "acl:relcl", "acl")
    for verb in verbs:
        subject = subject_of(verb) if verb.pos_ == "VERB" and not is_passive(verb) else None
        if subject is None or subject[0].i != noun.i or verb.lemma_.lower() not in HITTING:
            continue
        kept = _others(found.get(verb.i, ()), RoleName.TARGET, actors)
        if kept:
            return _lent(kept, "target_of_what_the_deed_does", 0.8)
    return []


def recalled_arguments(
    trigger: Trigger, found: Mapping[int, list[Filler]], triggers: Mapping[int, Trigger]
) -> list[Filler]:
    """Who acts in what "these attacks" points to, where it was told shortly before.

    "The attack" is left alone: that it is the one told before was right on the development gold
    articles, but wrong as often on other sets.
    """
    noun = trigger.token
    parties = (RoleName.ACTOR, RoleName.TARGET)
    if noun.pos_ != "NOUN" or any(f.role in parties for f in found[noun.i]):
        return []
    if not any(c.lower_ in POINTING for c in children(noun, "det")):
        return []
    for index in sorted((i for i in triggers if noun.i - FAR <= i < noun.i), reverse=True):
        if _is_same(triggers[index], trigger):
            actors = [f for f in found[index] if f.role is RoleName.ACTOR]
            if actors:
                lent = _lent(actors, "actor_of_event_told_before", 0.6)
                return [replace(f, inferred=True) for f in lent]
    return []


def _others(fillers: Iterable[Filler], role: RoleName, taken: Container[str]) -> list[Filler]:
    """The fillers of a role that are none of the mentions of ``taken``."""
    return [f for f in fillers if f.role is role and f.phrase.mention.id not in taken]


def _lent(fillers: Iterable[Filler], rule: str, factor: float) -> list[Filler]:
    """The fillers as another event has them by a rule, which is less sure of them."""
    return [replace(f, rule=rule, score=round(factor * f.score, 4)) for f in fillers]


def _is_same(earlier: Trigger, trigger: Trigger) -> bool:
    """Whether both words name one action: of one class of politics, or of one stem."""
    if earlier.action.name != trigger.action.name or trigger.action is UNKNOWN_ACTION:
        return False
    one, other = earlier.token.lemma_.lower(), trigger.token.lemma_.lower()
    return trigger.category is not None or one[:STEM] == other[:STEM]
