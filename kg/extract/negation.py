"""Which word denies what a verb or a noun says, within its own clause.

Source: the negation cues and scopes of English in Morante and Daelemans (2012), reduced to those
that a tree shows: adverbs, determiners, negative pronouns, "without", "instead of".
"""

from spacy.tokens import Token

from kg.extract.syntax import SUBJECTS, case_of, children
from kg.words import word_set

NEGATIVE = word_set("not n't never neither nor hardly scarcely barely nowhere seldom rarely")
NEGATIVE_NOUNS = word_set("nobody none nothing")
# Determiners that deny what their noun does or suffers.
NO = word_set("no neither")
# "not only", "not until Friday", "not least": emphasis, and no denial.
EMPHASIS = word_set("only until just least merely simply solely")
# "nobody but the mayor": he did.
EXCEPTION = word_set("but except besides")
# Prepositions and conjunctions of what was not done: "instead of surrendering".
NOT_DONE = word_set("without instead rather")
# Adverbs that deny what an indefinite pronoun does: "hardly anyone voted".
SCARCE = word_set("hardly scarcely barely not")


def find_negation(token: Token) -> Token | None:
    """The word that denies the token in its own clause, None where none does."""
    for child in token.children:
        if _is_negative(child, token) or _is_not_done(child):
            return child
        if child.dep_ in (*SUBJECTS, "obj") and token.pos_ in ("VERB", "AUX", "ADJ"):
            found = _in_argument(child, token)
            if found is not None:
                return found
        if child.dep_ == "obl" and _is_fronted(child, token):
            return child
        if child.dep_ == "advmod":
            inner = [c for c in child.children if c.lower_ in ("no", "never")]
            if inner and child.lower_ in ("longer", "before", "again"):
                return inner[0]
    return None


def _is_negative(child: Token, token: Token) -> bool:
    """Whether the dependent is a negative adverb, conjunction or determiner."""
    if child.dep_ == "det" and child.lower_ in NO:
        return True
    if child.lower_ not in NEGATIVE or child.dep_ not in ("advmod", "cc", "cc:preconj", "det"):
        return False
    after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
    # "Barely a week after he won": the adverb is the phrase's after it.
    return after not in EMPHASIS and not (child.lower_ in SCARCE and after in ("a", "an"))


def _is_not_done(child: Token) -> bool:
    """Whether the dependent opens a phrase for what was not done."""
    if child.dep_ not in ("mark", "case", "cc") or child.lower_ not in NOT_DONE:
        return False
    rest = {c.lower_ for c in children(child, "fixed")}
    return child.lower_ == "without" or bool(rest & {"of", "than"})


def _in_argument(noun: Token, token: Token) -> Token | None:
    """The word in a subject or object that denies the whole clause: "no soldiers were killed"."""
    rivals = [c for c in children(token, *SUBJECTS) if c.i < noun.i]
    if noun.dep_ in SUBJECTS and noun.i > token.i and rivals:
        # "40 people died, none of them soldiers"
        return None
    if any(c.lower_ in EXCEPTION for item in noun.children for c in (item, *item.children)):
        return None
    if noun.lower_ in NEGATIVE_NOUNS:
        return noun
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ in NO:
            return child
        if child.dep_ in ("advmod", "det", "cc:preconj") and _is_scarce(child, noun):
            return child
    return find_negation(noun) if noun.lower_ == "one" else None


def _is_scarce(child: Token, noun: Token) -> bool:
    """Whether an adverb denies an indefinite noun: "hardly anyone", "not one of them"."""
    indefinite = noun.lower_.startswith("any") or noun.lower_ == "one"
    return indefinite and child.lower_ in SCARCE


def _is_fronted(oblique: Token, token: Token) -> bool:
    """Whether a negative phrase opens the clause: "at no point did the officers enter"."""
    negative = any(c.dep_ == "det" and c.lower_ == "no" for c in oblique.children)
    auxiliaries = children(token, "aux", "aux:pass")
    subjects = children(token, *SUBJECTS)
    if not negative or case_of(oblique) is None or not auxiliaries or not subjects:
        return False
    return oblique.i < auxiliaries[0].i < subjects[0].i
