"""What the word above a verb or event noun makes of it: "failed to", "denied reports that".

The lexicon says what its words imply of their complements (``kg:implies``); the constructions that
hang on no single word stand here.
"""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.actions import ImpliedStatus, Lexicon
from kg.extract.negation import find_negation
from kg.extract.syntax import case_of, children, first_conjunct, particle_of
from kg.words import word_set

# Relations by which a word may be a complement of its governor.
EMBEDDING = frozenset(
    {"xcomp", "ccomp", "csubj", "acl", "advcl", "obj", "obl", "nmod", "nsubj:pass"}
)
# Prepositions of what did not happen: "refrained from violence", "held off on an assault".
DENIED_CASES = word_set("from on of against")
# Nouns for what may come about.
RISKS = word_set("fear risk danger threat possibility prospect likelihood chance hope")
# Nouns before "for" or "of" that tell of what is only meant: "in preparation for an assault".
INTENTIONS = word_set("preparation plan bid attempt readiness")
WISHES = word_set("call demand request appeal proposal")
# Nouns whose content is told with them: their denial denies it ("no evidence that").
CONTENT = word_set(
    "sign report evidence indication case act kind plan claim allegation rumour rumor suggestion "
    "proof confirmation assertion accusation notion word chance possibility prospect"
)
# Content of which nobody is sure.
UNSURE = word_set("rumour rumor suggestion speculation notion possibility chance prospect")
UNCONFIRMED = word_set("unconfirmed unverified conflicting")
# Verbs that deny the content of the noun in their object: "rejected claims that".
REJECTING = word_set("deny reject dismiss refute rebut dispute debunk contradict discount disprove")
FALSE = word_set("false untrue baseless unfounded wrong incorrect fake groundless")
# Verbs that announce the event noun in their object: "called a rally for Saturday".
ANNOUNCING = word_set("call schedule slate")
# Verbs that announce the deed in their object where that is new: "announced an operation to".
DECLARING = word_set("announce unveil outline propose")
# Concepts whose denied form denies the complement: "was not allowed to enter".
PERMISSIONS = word_set("permission possible")
# Concepts of knowing: what is known is so, whether it is known or not.
FACTIVE = word_set("mental-factive")
QUESTION_WORDS = word_set("who whom what which why how when where whose")


@dataclass(frozen=True, slots=True)
class Implied:
    """What a governor makes of its complement.

    ``cue`` is the word to name as the ground; ``is_settled`` says that the governor's own status
    changes nothing; ``is_permission`` that its denial denies the complement.
    """

    status: ImpliedStatus
    governor: Token
    cue: Token
    is_settled: bool = False
    is_permission: bool = False


def implied_by_governor(token: Token, lexicon: Lexicon) -> Implied | None:
    """What the word above makes of the token as its complement; None where it says nothing."""
    at = first_conjunct(token)
    if at.i == at.head.i or (at.i != token.i and not _is_like(token, at)):
        return None
    settled = _construction(at)
    if settled is not None:
        return settled
    if at.dep_ not in EMBEDDING:
        return None
    if at.dep_ != "advcl" or _is_complement(at):
        return _by_lexicon(at, lexicon)
    # "pressed Israel to withdraw": the purpose of a request is what is asked.
    return _by_lexicon(at, lexicon, category="REQUEST") if _is_infinitive(at) else None


def _is_like(conjunct: Token, first: Token) -> bool:
    """Whether a coordinate is a complement as the first is, and no clause of its own."""
    return not children(conjunct, "nsubj", "nsubj:pass") or conjunct.pos_ != "VERB"


def _construction(at: Token) -> Implied | None:
    """What constructions say that hang on no entry of the lexicon."""
    governor = at.head
    marks = {c.lower_ for c in children(at, "mark", "case")}
    if governor.lower_ == "short" and "of" in marks:
        # "stopped short of arresting him", "fell short of a victory"
        return _settled(ImpliedStatus.NEGATIVE, governor)
    if (governor.lower_ == "far" and "from" in marks) or (
        governor.lower_ == "close" and "to" in marks and at.dep_ == "advcl"
    ):
        return _settled(ImpliedStatus.NEGATIVE, governor)
    if at.dep_ in ("csubj", "ccomp") and governor.pos_ == "ADJ":
        return _of_predicate(governor)
    if at.dep_ in ("acl", "nmod") and governor.pos_ == "NOUN":
        return _of_noun(at, governor)
    if at.dep_ == "ccomp":
        return _of_report(at, governor)
    if at.dep_ == "obj" and at.pos_ == "NOUN" and governor.lemma_.lower() in ANNOUNCING:
        is_open = not children(governor, "compound:prt", "xcomp")
        return Implied(ImpliedStatus.PLANNED, governor, governor) if is_open else None
    if at.dep_ == "obj" and governor.lemma_.lower() in DECLARING and _is_of_purpose(at):
        return Implied(ImpliedStatus.PLANNED, governor, governor)
    return None


def _is_of_purpose(noun: Token) -> bool:
    """Whether a deed is new and has an aim: "an operation to free the town"."""
    is_new = any(c.lower_ in ("a", "an") for c in children(noun, "det"))
    return is_new and any(_is_infinitive(clause) for clause in children(noun, "acl"))


def _settled(status: ImpliedStatus, cue: Token) -> Implied:
    return Implied(status, cue, cue, is_settled=True)


def _of_predicate(adjective: Token) -> Implied | None:
    """What an adjective says of the clause that it is about: "it is not true that"."""
    denial = find_negation(adjective)
    word = adjective.lower_
    if word in FALSE or (word in ("true", "correct") and denial is not None):
        return _settled(ImpliedStatus.NEGATIVE, denial or adjective)
    return None


def _of_noun(at: Token, noun: Token) -> Implied | None:
    """What a noun says of its content: "rumours that", "no evidence of", "the risk of"."""
    lemma, case = noun.lemma_.lower(), case_of(at) if at.dep_ == "nmod" else None
    if lemma in CONTENT and case in (None, "of", "about"):
        denial = _denial_of_content(noun)
        if denial is not None:
            return _settled(ImpliedStatus.NEGATIVE, denial)
        doubts = [c for c in noun.children if c.lower_ in UNCONFIRMED]
        if lemma in UNSURE or doubts:
            return _settled(ImpliedStatus.HYPOTHETICAL, doubts[0] if doubts else noun)
    if at.dep_ == "nmod" and lemma in RISKS and case in ("of", "about"):
        return _settled(ImpliedStatus.HYPOTHETICAL, noun)
    if at.dep_ == "nmod" and lemma in INTENTIONS and case in ("for", "of", "at"):
        return _settled(ImpliedStatus.PLANNED, noun)
    if at.dep_ == "nmod" and lemma in WISHES and case == "for":
        return _settled(ImpliedStatus.HYPOTHETICAL, noun)
    return None


def _denial_of_content(noun: Token) -> Token | None:
    """The word that denies what the noun reports: its "no", who rejects it, that it is false."""
    own = find_negation(noun)
    if own is not None:
        return own
    above = first_conjunct(noun).head
    if noun.dep_ in ("obj", "nsubj:pass") and above.lemma_.lower() in REJECTING:
        return above if find_negation(above) is None else None
    if noun.dep_ == "nsubj" and above.lower_ in FALSE:
        return above
    if noun.dep_ in ("obj", "nsubj") and above.pos_ in ("VERB", "AUX"):
        return find_negation(above)
    return None


def _of_report(at: Token, governor: Token) -> Implied | None:
    """What is told by a rumour, or asked."""
    for subject in children(governor, "nsubj"):
        doubts = [c for c in subject.children if c.lower_ in UNCONFIRMED]
        if doubts or subject.lemma_.lower() in ("rumour", "rumor", "speculation"):
            return _settled(ImpliedStatus.HYPOTHETICAL, doubts[0] if doubts else subject)
    return None


def _by_lexicon(at: Token, lexicon: Lexicon, category: str | None = None) -> Implied | None:
    """What the lexicon says that the governor makes of its complement.

    Args:
        at: the complement.
        lexicon: which words imply what.
        category: the PLOVER category that the governor must have, None for any.
    """
    governor = at.head
    if at.dep_ == "nmod" or (at.dep_ == "nsubj:pass" and at.pos_ != "NOUN"):
        return None
    is_noun = at.dep_ in ("obj", "obl", "nsubj:pass") and at.pos_ not in ("VERB", "AUX")
    if at.dep_ == "nsubj:pass" and not is_noun:
        return None
    marks = [c.lower_ for c in children(at, "mark", "case")]
    case = case_of(at) if is_noun else next(iter(marks), None)
    cases = {case} if is_noun else {case, *map(case_of, children(governor, "obl"))}
    is_clause = at.dep_ in ("ccomp", "csubj")
    action = lexicon.find(
        governor.lemma_,
        governor.pos_,
        particle=particle_of(governor),
        prepositions=frozenset(each for each in cases if each),
        complement="ccomp" if is_clause else "xcomp",
        object_lemma=at.lemma_.lower() if is_noun else None,
    )
    if action is None or action.implies is None or category not in (None, action.category):
        return None
    if action.name in FACTIVE and _is_question(at):
        return _settled(ImpliedStatus.ACTUAL, governor)
    if is_noun and not _takes_nouns(at, action.implies, case):
        return None
    return Implied(
        action.implies,
        governor,
        governor,
        is_settled=action.name in FACTIVE,
        is_permission=action.name in PERMISSIONS,
    )


def _is_question(clause: Token) -> bool:
    """Whether an embedded clause asks who or why, and so takes for granted that it was."""
    return any(word.lower_ in QUESTION_WORDS for word in clause.children)


def _is_infinitive(clause: Token) -> bool:
    return [c.lower_ for c in children(clause, "mark", "case")] == ["to"]


def _is_complement(clause: Token) -> bool:
    """Whether an adverbial clause is a complement in all but name: "accused of killing"."""
    governor = clause.head
    marks = {c.lower_ for c in children(clause, "mark", "case")}
    if marks:
        went_on = "to" in marks and (governor.lemma_.lower(), particle_of(governor)) == ("go", "on")
        of_adjective = governor.pos_ == "ADJ" and bool(marks & {"of", "to"})
        return went_on or of_adjective or bool(marks & {"of", "from", "against"})
    # "avoided hitting the tower": a gerund right after a verb that has no other object.
    gap = 3 if children(governor, "compound:prt") else 2
    is_next = 0 < clause.i - governor.i <= gap and not children(governor, "obj")
    return is_next and clause.lower_.endswith("ing")


def _takes_nouns(noun: Token, status: ImpliedStatus, case: str | None) -> bool:
    """Whether a noun is what the governor plans or denies: "planned an attack"."""
    if noun.dep_ == "obl" and case is not None:
        cases = DENIED_CASES if status is ImpliedStatus.NEGATIVE else ("for", "to")
        return case in cases
    return status is not ImpliedStatus.ACTUAL
