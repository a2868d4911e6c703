"""Whether an event is told as fact, denied, intended, possible or habitual.

The words around the trigger decide where they speak plainly: negation, modal verbs, conditions, and
verbs that make something of their complement ("failed to", "urged them to"). Where they are silent
the model's own judgement stands if it is sure.
Source: the scope rules follow FactBank's (Sauri and Pustejovsky 2009), reduced to four values.
"""

from spacy.tokens import Token

from kg.extract.actions import ImpliedStatus, Lexicon
from kg.extract.syntax import case_of, children, first_conjunct, particle_of
from kg.records import Modality, Polarity

NEGATIVE = frozenset(
    {"not", "n't", "never", "neither", "nor", "hardly", "scarcely", "barely", "nowhere"}
)
NEGATIVE_NOUNS = frozenset({"nobody", "none", "nothing"})
POSSIBLE = frozenset({"may", "might", "could", "can", "would", "should", "must", "ought"})
FUTURE = frozenset({"will", "'ll", "wo", "shall"})
CONDITION = frozenset({"if", "unless", "whether", "lest", "should"})
# Prepositions of what did not happen: "refrained from violence", "held off on an assault".
DENIED_CASES = frozenset({"from", "on", "of", "against"})
UNCERTAIN = frozenset({"possibly", "perhaps", "maybe", "potentially", "potential", "possible"})
INTENDED = frozenset(
    {"planned", "upcoming", "scheduled", "proposed", "future", "coming", "forthcoming", "imminent"}
)
FREQUENT = frozenset(
    [
        "regularly",
        "often",
        "usually",
        "always",
        "frequently",
        "routinely",
        "repeatedly",
        "daily",
        "weekly",
        "monthly",
        "annually",
        "yearly",
        "sometimes",
        "occasionally",
        "typically",
        "generally",
        "constantly",
        "continually",
        "traditionally",
    ]
)
# Acts of speech are done by telling them in the present: "the minister condemns the attack".
SPOKEN = frozenset(
    {
        "Accusation",
        "Statement",
        "Request",
        "Refusal",
        "Support",
        "Threat",
        "Agreement",
        "Concession",
    }
)
# The model's judgement counts from here on; 0.5-0.9 tried on the training articles' held-out part.
SURE = 0.6
MAX_CLIMB = 6
EMBEDDING = frozenset({"xcomp", "ccomp", "acl", "advcl", "obj", "obl", "nmod"})
# Nouns for what may come about.
RISKS = frozenset(
    {"fear", "risk", "danger", "threat", "possibility", "prospect", "likelihood", "chance", "hope"}
)


def find_status(trigger: Token, top: str, lexicon: Lexicon) -> tuple[Polarity, Modality]:
    """Polarity and modality of an event; ``top`` is the top class of the trigger's action."""
    implied = _implied(trigger, lexicon)
    denied = is_negated(trigger) or implied is ImpliedStatus.NEGATIVE
    modality = (
        _settled(implied, trigger)
        or _marked(trigger)
        or _from_implied(implied)
        or _climbed(trigger, lexicon)
        or _repeated(trigger, top)
        or _judged(trigger)
    )
    return (Polarity.NEGATIVE if denied else Polarity.POSITIVE), modality


def _settled(implied: ImpliedStatus | None, trigger: Token) -> Modality | None:
    """What the governing word says, where nothing beside the trigger outweighs it."""
    marked = _marked(trigger)
    if implied is ImpliedStatus.ACTUAL and marked in (None, Modality.PLANNED):
        # "Managed to escape", "went on to kill": the infinitive is no purpose.
        return Modality.ACTUAL if trigger.dep_ == "xcomp" else None
    if implied is ImpliedStatus.HYPOTHETICAL and marked is Modality.PLANNED:
        # "Feared that the army will attack."
        return Modality.HYPOTHETICAL
    return None


def is_negated(trigger: Token) -> bool:
    """Whether negation stands in the trigger's own clause, or over it ("no signs of combat")."""
    at = trigger
    for _ in range(MAX_CLIMB):
        if _has_negation(at):
            return True
        nominal = at.dep_ in ("nmod", "conj") and at.pos_ == "NOUN" and at.head.pos_ == "NOUN"
        is_subject = at.pos_ == "NOUN" and at.dep_ in ("nsubj", "nsubj:pass", "obj")
        if at is trigger and is_subject and _has_negation(at.head) and not _is_definite(at):
            return True
        if not (nominal and _existential(at.head)):
            return False
        at = at.head
    return False


def _existential(noun: Token) -> bool:
    """Nouns whose denial denies what they are of: signs, reports, evidence of an attack."""
    return noun.lemma_.lower() in {
        "sign",
        "report",
        "evidence",
        "indication",
        "case",
        "act",
        "kind",
        "plan",
    }


def _is_definite(noun: Token) -> bool:
    return any(
        c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children
    ) or bool(children(noun, "nmod:poss"))


def _has_negation(token: Token) -> bool:
    for child in token.children:
        word = child.lower_
        if word in NEGATIVE and child.dep_ in ("advmod", "cc", "cc:preconj", "det"):
            is_emphasis = child.i + 1 < len(child.doc) and child.nbor(1).lower_ == "only"
            return not is_emphasis
        if child.dep_ == "det" and word in ("no", "neither"):
            return True
        if child.dep_ in ("mark", "case") and word == "without":
            return True
        if child.dep_ in ("nsubj", "nsubj:pass", "obj") and token.pos_ in ("VERB", "AUX"):
            negative_det = any(
                c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children
            )
            if negative_det or word in NEGATIVE_NOUNS or (word == "one" and _has_negation(child)):
                return True
        if (
            child.dep_ == "advmod"
            and word == "longer"
            and any(c.lower_ == "no" for c in child.children)
        ):
            return True
    return False


def _implied(trigger: Token, lexicon: Lexicon) -> ImpliedStatus | None:
    """What the governing word makes of the trigger as its complement."""
    at = first_conjunct(trigger)
    if at.dep_ not in EMBEDDING or (at.dep_ == "advcl" and not _is_complement(at)):
        return None
    status = _status_of_complement(at.head, at, lexicon)
    return None if status is None else _turned(status, at.head)


def _status_of_complement(governor: Token, at: Token, lexicon: Lexicon) -> ImpliedStatus | None:
    """What the lexicon says that ``governor`` makes of its complement ``at``."""
    if governor.lower_ == "short" and "of" in {c.lower_ for c in children(at, "mark", "case")}:
        # "stopped short of arresting him", "fell short of a victory"
        return ImpliedStatus.NEGATIVE
    if at.dep_ == "nmod":
        is_feared = governor.lemma_.lower() in RISKS and case_of(at) in ("of", "about")
        return ImpliedStatus.HYPOTHETICAL if is_feared else None
    is_noun = at.dep_ in ("obj", "obl")
    marks = [c.lower_ for c in children(at, "mark", "case")] if at.dep_ == "advcl" else []
    case = case_of(at) if at.dep_ == "obl" else next(iter(marks), None)
    action = lexicon.find(
        governor.lemma_,
        governor.pos_,
        particle=particle_of(governor),
        prepositions=frozenset({case} if case else ()),
        complement="ccomp" if at.dep_ == "ccomp" else "xcomp",
        object_lemma=at.lemma_.lower() if is_noun else None,
    )
    if action is None or action.implies is None:
        return None
    return action.implies if not is_noun or _takes_nouns(at, action.implies) else None


def _is_complement(clause: Token) -> bool:
    """Whether an adverbial clause is a complement in all but name: "accused of killing"."""
    marks = {c.lower_ for c in children(clause, "mark", "case")}
    if marks:
        return bool(marks & {"of", "from", "against"})
    # "avoided hitting the tower": a gerund right after a verb that has no other object.
    is_next = 0 < clause.i - clause.head.i <= 2 and not children(clause.head, "obj")
    return is_next and clause.lower_.endswith("ing")


def _takes_nouns(noun: Token, status: ImpliedStatus) -> bool:
    """Whether a noun is what the governor plans or denies: "planned an attack"."""
    if noun.dep_ == "obl":
        cases = DENIED_CASES if status is ImpliedStatus.NEGATIVE else ("for", "to")
        return case_of(noun) in cases
    return noun.dep_ == "obj"


def _turned(status: ImpliedStatus, governor: Token) -> ImpliedStatus:
    """A denied governor turns what it implies: "did not fail to", "never planned to"."""
    if not _has_negation(governor):
        return status
    if status is ImpliedStatus.ACTUAL:
        return ImpliedStatus.NEGATIVE
    return ImpliedStatus.ACTUAL if status is ImpliedStatus.NEGATIVE else status


def _from_implied(status: ImpliedStatus | None) -> Modality | None:
    if status is ImpliedStatus.PLANNED:
        return Modality.PLANNED
    if status is ImpliedStatus.HYPOTHETICAL:
        return Modality.HYPOTHETICAL
    return None


def _marked(trigger: Token) -> Modality | None:
    """What modal verbs, conjunctions and adjectives beside the trigger say."""
    words = {c.lower_ for c in children(trigger, "aux", "mark", "advmod", "amod")}
    if words & UNCERTAIN or (trigger.dep_ == "xcomp" and trigger.head.lower_ == "ought"):
        return Modality.HYPOTHETICAL
    if trigger.pos_ in ("VERB", "AUX") or children(trigger, "aux"):
        if words & CONDITION or words & POSSIBLE - {"can"} or "can" in words:
            return Modality.HYPOTHETICAL
        if words & FUTURE:
            return Modality.PLANNED
        if "to" in words and trigger.dep_ in ("advcl", "acl"):
            # A purpose: "an operation to liberate the town".
            return Modality.PLANNED
        if trigger.dep_ == "csubj" and any(
            c.lower_ in POSSIBLE for c in children(trigger.head, "aux")
        ):
            # "Capturing the town would end the war."
            return Modality.HYPOTHETICAL
    elif words & INTENDED:
        return Modality.PLANNED
    return None


def _repeated(trigger: Token, top: str) -> Modality | None:
    """Whether it is told as what happens again and again: "often meets", "supplies the army"."""
    if any(c.lower_ in FREQUENT for c in children(trigger, "advmod", "amod")):
        return Modality.HABITUAL
    if trigger.pos_ != "VERB" or top in SPOKEN or children(trigger, "aux", "aux:pass"):
        return None
    present = "Pres" in trigger.morph.get("Tense", []) and "Fin" in trigger.morph.get(
        "VerbForm", []
    )
    words = [t for t in trigger.sent if not t.is_space and not t.is_quote]
    # In a headline, which has no full stop, the present tense tells what has just happened.
    is_prose = bool(words) and words[-1].text in (".", "!", "?")
    return Modality.HABITUAL if present and is_prose else None


def _climbed(trigger: Token, lexicon: Lexicon) -> Modality | None:
    """The status of the clause that a conjunct, complement or carried noun stands in."""
    at = trigger
    for _ in range(MAX_CLIMB):
        governor = at.head
        if governor.i == at.i or not _shares_status(at, governor, lexicon):
            return None
        found = _marked(governor) or _from_implied(_implied(governor, lexicon))
        if found is not None:
            return found
        at = governor
    return None


def _shares_status(word: Token, governor: Token, lexicon: Lexicon) -> bool:
    """Whether what is said of the governor's status holds for the word as well."""
    if word.dep_ == "conj" or word.dep_ in ("xcomp", "nsubj:pass"):
        return True
    if word.pos_ == "NOUN" and word.dep_ in ("obj", "obl", "nsubj"):
        # "will launch an attack", but not "will end the attack".
        lemma = governor.lemma_
        return lexicon.is_light(lemma) or lexicon.is_aspectual(lemma) or word.dep_ == "nsubj"
    gerund = word.morph.get("VerbForm", []) in (["Ger"], ["Part"])
    return (
        word.dep_ == "advcl"
        and gerund
        and "by" in {c.lower_ for c in children(word, "mark", "case")}
    )


def _judged(trigger: Token) -> Modality:
    """The model's judgement where it is sure, else actual."""
    table = trigger._.modality
    if not table:
        return Modality.ACTUAL
    best = max(table, key=lambda name: table[name])
    return Modality(best) if table[best] >= SURE else Modality.ACTUAL
