"""Whether an event is told as fact, denied, intended, possible or habitual.

The words around the trigger decide where they speak plainly: negation, modal verbs, conditions, and
what governs it ("failed to", "denied reports that"). What a governor makes of its complement
depends on the governor's own status, so the rules climb. Where the words are silent the model's own
judgement stands if it is sure.
Source: the scope rules follow FactBank's (Sauri and Pustejovsky 2009), reduced to four values.
"""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.actions import ImpliedStatus, Lexicon
from kg.extract.governors import Implied, implied_by_governor
from kg.extract.negation import find_negation
from kg.extract.syntax import SUBJECTS, children, first_conjunct
from kg.records import Modality, Polarity
from kg.words import word_set

POSSIBLE = word_set("may might could can would should must ought")
FUTURE = word_set("will 'll wo shall")
CONDITION = word_set("if unless whether lest should")
UNCERTAIN = word_set("possibly perhaps maybe potentially potential possible")
# "almost killed": it did not come to that.
NEARLY = word_set("almost nearly virtually")
# "would later resign" tells what came about.
CAME_ABOUT = word_set("later eventually subsequently ultimately")
INTENDED = word_set("planned upcoming scheduled proposed future coming forthcoming imminent")
FREQUENT = word_set(
    "regularly often usually always frequently routinely repeatedly daily weekly monthly annually "
    "yearly sometimes occasionally typically generally constantly continually traditionally "
    "commonly"
)
# Conjunctions whose present tense lies ahead: "leave before the army attacks".
AHEAD = word_set("before until till")
# Verbs of motion whose infinitive is a purpose: "came to arrest the poet".
MOTION = word_set("come go travel fly return rush arrive gather drive march move send deploy")
# Acts of speech are done by telling them in the present: "the minister condemns the attack".
SPOKEN = word_set("Accusation Statement Request Refusal Support Threat Agreement Concession")
# The model's judgement counts from here on; 0.5-0.9 tried on the training articles' held-out part.
SURE = 0.6
MAX_CLIMB = 6
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a status is what it is: the rule's name, and the word that it goes by, if any."""

    rule: str
    cue: Token | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """Polarity and modality of an event, each with its ground."""

    polarity: Polarity
    modality: Modality
    polarity_ground: Ground
    modality_ground: Ground


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words say of a verb or noun: who denies it, how it is meant; None: nothing."""

    denial: Ground | None = None
    modality: Modality | None = None
    ground: Ground | None = None


def find_status(trigger: Token, top: str, lexicon: Lexicon) -> tuple[Polarity, Modality]:
    """Polarity and modality of an event; ``top`` is the top class of the trigger's action."""
    status = read_status(trigger, top, lexicon)
    return status.polarity, status.modality


def read_status(trigger: Token, top: str, lexicon: Lexicon) -> Status:
    """As ``find_status``, with the grounds."""
    told = _tell(trigger, lexicon)
    modality, ground = told.modality, told.ground
    if modality is None or ground is None:
        carrier = _carrier(trigger, lexicon)
        modality, ground = _repeated(trigger, top) or _judged(carrier or trigger)
    return Status(
        polarity=Polarity.POSITIVE if told.denial is None else Polarity.NEGATIVE,
        modality=modality,
        polarity_ground=told.denial or Ground("nothing_denies_it"),
        modality_ground=ground,
    )


def _tell(token: Token, lexicon: Lexicon, depth: int = 0) -> _Told:
    """What the token's own clause says of it, and what stands above makes of that."""
    implied = None if depth > DEEPEST else implied_by_governor(token, lexicon)
    status = None if implied is None else _turned(implied, token, lexicon, depth)
    cue = implied.cue if implied is not None else None
    denial = _denial(token, lexicon)
    if denial is None and status is ImpliedStatus.NEGATIVE:
        denial = Ground("governor_denies_it", cue)
    marked = _marked(token, lexicon)
    if status is ImpliedStatus.ACTUAL and _is_brought_about(token, marked):
        return _Told(denial, Modality.ACTUAL, Ground("governor_brings_it_about", cue))
    if status is ImpliedStatus.HYPOTHETICAL and marked and marked[0] is Modality.PLANNED:
        # "Feared that the army will attack", "wants to leave".
        marked = None
    if marked is not None:
        return _Told(denial, *marked)
    if status in (ImpliedStatus.PLANNED, ImpliedStatus.HYPOTHETICAL):
        return _Told(denial, Modality(status.value), Ground("governor_leaves_it_open", cue))
    shared = _shared(token, lexicon, depth)
    return _Told(denial or shared.denial, shared.modality, shared.ground)


def _is_brought_about(token: Token, marked: tuple[Modality, Ground] | None) -> bool:
    """Whether what implies the fact outweighs the infinitive: "managed to escape"."""
    if marked is None:
        return token.dep_ in ("xcomp", "advcl")
    return marked[0] is Modality.PLANNED and marked[1].rule == "purpose"


def _turned(implied: Implied, token: Token, lexicon: Lexicon, depth: int) -> ImpliedStatus:
    """What the governor implies, given that it is itself denied, planned or only possible."""
    status, governor = implied.status, implied.governor
    if implied.is_settled:
        return status
    above = _tell(governor, lexicon, depth + 1)
    if above.denial is not None:
        if status is ImpliedStatus.ACTUAL:
            return ImpliedStatus.NEGATIVE
        if status is ImpliedStatus.NEGATIVE:
            return ImpliedStatus.ACTUAL
        return ImpliedStatus.NEGATIVE if implied.is_permission else status
    if above.modality in (Modality.PLANNED, Modality.HYPOTHETICAL):
        if status is ImpliedStatus.ACTUAL:
            return ImpliedStatus(above.modality.value)
        if status is ImpliedStatus.NEGATIVE and governor.pos_ == "VERB":
            # "Tried to keep them from leaving": nobody knows whether they left.
            return ImpliedStatus.HYPOTHETICAL
    return status


def _denial(token: Token, lexicon: Lexicon) -> Ground | None:
    """The word that denies the token in its clause, or with the verb whose argument it is."""
    own = find_negation(token)
    if own is not None:
        return Ground("negation", own)
    if token.i > 1 and [t.lower_ for t in token.doc[token.i - 2 : token.i]] == ["yet", "to"]:
        # "has yet to sign"
        return Ground("negation", token.nbor(-2))
    if token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubj:pass", "obj"):
        over = find_negation(token.head)
        carried = lexicon.is_light(token.head.lemma_) and token.dep_ != "nsubj"
        if over is not None and (carried or not is_definite(token)):
            return Ground("negation_of_verb", over)
    return None


def is_definite(noun: Token) -> bool:
    """Whether the noun is one already told of: "the attack", "his arrest"."""
    return any(
        c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children
    ) or bool(children(noun, "nmod:poss"))


def _marked(token: Token, lexicon: Lexicon) -> tuple[Modality, Ground] | None:
    """What modal verbs, conjunctions and adjectives beside the token say."""
    marks = {c.lower_: c for c in children(token, "aux", "mark", "advmod", "amod")}
    words = frozenset(marks)
    uncertain = words & (UNCERTAIN | NEARLY)
    if uncertain:
        cue = marks[min(uncertain)]
        rule = "nearly" if cue.lower_ in NEARLY else "uncertain_adverb"
        if rule == "uncertain_adverb" or token.pos_ == "VERB":
            return Modality.HYPOTHETICAL, Ground(rule, cue)
    if token.dep_ == "xcomp" and token.head.lower_ == "ought":
        return Modality.HYPOTHETICAL, Ground("modal_verb", token.head)
    if token.pos_ in ("VERB", "AUX") or children(token, "aux"):
        return _marked_verb(token, marks, lexicon)
    intended = words & INTENDED
    return (Modality.PLANNED, Ground("intended", marks[min(intended)])) if intended else None


def _marked_verb(
    token: Token, marks: dict[str, Token], lexicon: Lexicon
) -> tuple[Modality, Ground] | None:
    """What the auxiliaries and conjunctions of a verb say."""
    words = frozenset(marks)
    conditions = words & CONDITION
    if conditions:
        return Modality.HYPOTHETICAL, Ground("condition", marks[min(conditions)])
    if "would" in words:
        return _would(token, marks, lexicon)
    if words & POSSIBLE:
        return Modality.HYPOTHETICAL, Ground("modal_verb", marks[min(words & POSSIBLE)])
    if words & FUTURE:
        return Modality.PLANNED, Ground("future", marks[min(words & FUTURE)])
    if "due" in words:
        return Modality.PLANNED, Ground("future", marks["due"])
    if "to" in words and children(token, "aux", "cop") and "have" in words:
        # "was to have met": it was planned, and did not come about.
        return Modality.HYPOTHETICAL, Ground("did_not_come_about", marks["to"])
    if "to" in words and _is_purpose(token):
        return Modality.PLANNED, Ground("purpose", marks["to"])
    ahead = words & AHEAD
    if ahead and _tense(token) == "Pres":
        return Modality.HYPOTHETICAL, Ground("time_ahead", marks[min(ahead)])
    if _is_subjunctive(token):
        return Modality.HYPOTHETICAL, Ground("subjunctive")
    if token.dep_ == "csubj":
        modals = [c for c in children(token.head, "aux") if c.lower_ in POSSIBLE]
        if modals:
            # "Capturing the town would end the war."
            return Modality.HYPOTHETICAL, Ground("modal_verb", modals[0])
    return None


def _would(
    token: Token, marks: dict[str, Token], lexicon: Lexicon
) -> tuple[Modality, Ground] | None:
    """What "would" says: a past future, an announced plan, or what only might be."""
    would = marks["would"]
    if frozenset(marks) & CAME_ABOUT:
        return Modality.ACTUAL, Ground("past_future", would)
    governor = first_conjunct(token).head
    reported = first_conjunct(token).dep_ == "ccomp" and _tense(governor) == "Past"
    conditional = any(
        c.lower_ in CONDITION for clause in children(token, "advcl") for c in clause.children
    )
    if reported and not conditional and lexicon.is_reporting(governor.lemma_, governor.pos_):
        # "said it would cut 900 jobs": the past form of "will".
        return Modality.PLANNED, Ground("future", would)
    return Modality.HYPOTHETICAL, Ground("modal_verb", would)


def _is_purpose(token: Token) -> bool:
    """Whether an infinitive tells what something is for: "an operation to liberate the town"."""
    if token.dep_ == "xcomp":
        return token.head.lemma_.lower() in MOTION and not children(token.head, "compound:prt")
    return token.dep_ in ("advcl", "acl")


def _is_subjunctive(token: Token) -> bool:
    """Whether the verb of a complement is a bare form: "suggested that the bank sell it"."""
    if token.dep_ != "ccomp" or token.pos_ != "VERB" or children(token, "aux", "aux:pass"):
        return False
    subjects = children(token, *SUBJECTS)
    singular = [s for s in subjects if s.morph.get("Number", []) == ["Sing"]]
    third = [s for s in singular if s.pos_ in ("NOUN", "PROPN") or s.lower_ in ("he", "she", "it")]
    form = token.lower_
    return bool(third) and form == token.lemma_.lower() and _tense(token) != "Past"


def _tense(token: Token) -> str | None:
    """The tense of a verb or of its finite auxiliary."""
    for word in (*children(token, "aux", "aux:pass"), token):
        if word.morph.get("VerbForm", []) == ["Fin"]:
            return next(iter(word.morph.get("Tense", [])), None)
    return None


def _shared(token: Token, lexicon: Lexicon, depth: int) -> _Told:
    """What holds for the token because it holds for its coordinate or for what carries it."""
    at = token
    for _ in range(MAX_CLIMB):
        governor = at.head
        if governor.i == at.i or depth > DEEPEST:
            return _Told()
        if at.dep_ == "conj":
            if not _shares_auxiliaries(at, governor):
                return _Told()
            above = _tell(governor, lexicon, depth + 1)
            return _Told(
                above.denial if _shares_denial(at, governor) else None, above.modality, above.ground
            )
        if not _shares_status(at, governor, lexicon):
            return _Told()
        found = _marked(governor, lexicon)
        if found is not None:
            return _Told(None, *found)
        implied = implied_by_governor(governor, lexicon)
        if implied is not None:
            status = _turned(implied, governor, lexicon, depth + 1)
            if status in (ImpliedStatus.PLANNED, ImpliedStatus.HYPOTHETICAL):
                ground = Ground("governor_leaves_it_open", implied.cue)
                return _Told(None, Modality(status.value), ground)
        at = governor
    return _Told()


def _shares_auxiliaries(conjunct: Token, first: Token) -> bool:
    """Whether the auxiliaries of the first verb hold for one that is coordinated with it.

    Not in "would attack and then withdrew", whose second verb is finite by itself.
    """
    if conjunct.pos_ != "VERB" or first.pos_ != "VERB":
        return True
    if children(conjunct, *SUBJECTS) and _tense(conjunct) is not None:
        return first.dep_ in ("advcl", "ccomp") and not children(conjunct, "aux")
    finite = conjunct.morph.get("VerbForm", []) == ["Fin"] and _tense(conjunct) == "Past"
    modal = any(c.lower_ in POSSIBLE | FUTURE | {"to"} for c in children(first, "aux", "mark"))
    return not (finite and modal)


def _shares_denial(conjunct: Token, first: Token) -> bool:
    """Whether the first verb's negation reaches the other: "did not attack or loot"."""
    if children(conjunct, *SUBJECTS, "aux", "aux:pass"):
        return False
    joined = {c.lower_ for c in children(conjunct, "cc")}
    if conjunct.pos_ == "NOUN":
        return bool(joined & {"or", "nor"})
    return bool(joined & {"or", "nor"}) or (
        "and" in joined
        and conjunct.morph.get("VerbForm", []) == ["Inf"] == first.morph.get("VerbForm", [])
        and bool(children(first, "aux"))
    )


def _shares_status(word: Token, governor: Token, lexicon: Lexicon) -> bool:
    """Whether what is said of the governor's status holds for the word as well."""
    if word.dep_ == "xcomp":
        return True
    if word.pos_ == "NOUN" and word.dep_ in ("obj", "obl", "nsubj", "nsubj:pass"):
        # "will launch an attack", but not "will end the attack".
        lemma = governor.lemma_
        carried = lexicon.is_light(lemma) or lexicon.is_aspectual(lemma)
        return carried or (word.dep_.startswith("nsubj") and not is_definite(word))
    gerund = word.morph.get("VerbForm", []) in (["Ger"], ["Part"])
    return (
        word.dep_ == "advcl"
        and gerund
        and "by" in {c.lower_ for c in children(word, "mark", "case")}
    )


def _carrier(noun: Token, lexicon: Lexicon) -> Token | None:
    """The finite past verb whose object the event noun is: what they held, took place."""
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ not in ("obj", "nsubj:pass") or verb.pos_ != "VERB":
        return None
    is_told = _tense(verb) == "Past" and lexicon.is_light(verb.lemma_)
    return verb if is_told else None


def _repeated(trigger: Token, top: str) -> tuple[Modality, Ground] | None:
    """Whether it is told as what happens again and again: "often meets", "supplies the army"."""
    often = [c for c in children(trigger, "advmod", "amod") if c.lower_ in FREQUENT]
    if often:
        return Modality.HABITUAL, Ground("frequent", often[0])
    if trigger.pos_ != "VERB" or top in SPOKEN or children(trigger, "aux", "aux:pass"):
        return None
    present = "Pres" in trigger.morph.get("Tense", []) and "Fin" in trigger.morph.get(
        "VerbForm", []
    )
    words = [t for t in trigger.sent if not t.is_space and not t.is_quote]
    # In a headline, which has no full stop, the present tense tells what has just happened.
    is_prose = bool(words) and words[-1].text in (".", "!", "?")
    return (Modality.HABITUAL, Ground("present_tense")) if present and is_prose else None


def _judged(trigger: Token) -> tuple[Modality, Ground]:
    """The model's judgement where it is sure, else actual."""
    table = trigger._.modality
    best = max(table, key=lambda name: table[name]) if table else None
    if best is not None and table[best] >= SURE:
        return Modality(best), Ground("model")
    return Modality.ACTUAL, Ground("told_as_fact")
