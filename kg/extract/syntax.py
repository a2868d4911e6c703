"""Questions about a Universal Dependencies tree: who is the subject, is it passive, what marks it.

Relations follow UD English (EWT): nsubj, nsubj:pass, obj, iobj, obl, obl:agent, xcomp, ccomp,
advcl, acl, acl:relcl, conj, nmod, nmod:poss, compound, appos, parataxis.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.extract.role_words import SPEAKING
from kg.words import word_set

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
# Verbs whose infinitive complement is done by their own subject although they have an object.
SUBJECT_CONTROL = frozenset(
    {"promise", "threaten", "vow", "pledge", "swear", "use", "take", "spend"}
)
# Verbs whose object does what an infinitive after it says: "sent troops to guard the town".
OBJECT_CONTROL = word_set(
    "call lead help enable allow cause urge ask order force push press get encourage train send "
    "deploy hire recruit dispatch assign task appoint mobilise mobilize invite persuade pressure "
    "tell instruct beg implore plead require permit"
)
# Verbs and the preposition whose noun does what their infinitive says: "called on them to leave".
OBLIQUE_CONTROL = frozenset(
    {
        ("call", "on"),
        ("call", "upon"),
        ("plead", "with"),
        ("appeal", "to"),
        ("rely", "on"),
        ("count", "on"),
        ("depend", "on"),
        ("wait", "for"),
        ("arrange", "for"),
        ("signal", "to"),
        ("shout", "at"),
        ("prevail", "on"),
        ("press", "for"),
        ("argue", "for"),
        ("allow", "for"),
    }
)
MAX_STEPS = 12
# What the model calls those who can be said to have officials, troops or refugees.
OWNERS = frozenset({"NORP", "GPE", "ORG"})


# Several finders read one document, one after the other; spaCy builds the text anew at each use.
@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """The document's text."""
    return doc.text


def children(token: Token, *relations: str) -> list[Token]:
    """The dependents of a word that bear one of the relations, in text order."""
    if not (token.n_lefts or token.n_rights):
        return []
    return [child for child in token.children if child.dep_ in relations]


def case_of(token: Token) -> str | None:
    """The preposition (or possessive mark) of a noun phrase: "in", "according to"."""
    marks = [c for c in token.children if c.dep_ == "case" and c.i < token.i]
    if not marks:
        after = [c for c in token.children if c.dep_ == "case"]
        return after[0].lower_ if after else None
    words = []
    for mark in marks:
        words.append(mark.lower_)
        words += [c.lower_ for c in mark.children if c.dep_ == "fixed"]
    return " ".join(words)


def particle_of(token: Token) -> str | None:
    """The particle of a particle verb: "up" of "gave up"."""
    found = children(token, "compound:prt")
    return found[0].lower_ if found else None


def is_passive(token: Token) -> bool:
    """Whether the verb is in the passive, with or without an auxiliary."""
    relations = {c.dep_ for c in token.children}
    is_main = token.head.i == token.i or is_finite(token)
    if "obj" in relations and "aux:pass" not in relations and is_main:
        # A main verb with an object and no auxiliary is active, whatever its subject is called.
        return False
    if not relations.isdisjoint(("nsubj:pass", "aux:pass", "csubj:pass")):
        return True
    if any(c.dep_ == "nsubj" for c in token.children):
        # A participle with a subject of its own and no auxiliary is a past tense misread.
        return False
    if token.morph.get("Voice", []) == ["Pass"]:
        return True
    has_subject = any(c.dep_ in SUBJECTS or c.dep_ == "aux" for c in token.children)
    is_past_participle = token.morph.get("VerbForm", []) == ["Part"] and token.morph.get(
        "Tense", []
    ) == ["Past"]
    return is_past_participle and not has_subject and token.dep_ in ("acl", "advcl", "amod")


def first_conjunct(token: Token) -> Token:
    """The word that the coordination hangs on: "Ankara" for "Baku" in "Ankara and Baku"."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def with_conjuncts(token: Token) -> list[Token]:
    """The word and the words coordinated with it ("A, B and C"), in text order."""
    found = [token]
    for item in found:
        found += [c for c in item.children if c.dep_ == "conj" and c.i not in {f.i for f in found}]
    return sorted(found, key=lambda t: t.i)


def coordinated_owners(noun: Token) -> list[Token]:
    """The peoples or bodies before a plural that are coordinated: "Chadian and Libyan officials".

    Each has its own of what the noun names, so the phrase tells of several; the last stands for
    the noun's own part. Empty where there are not two.
    """
    if noun.morph.get("Number", []) != ["Plur"] or noun.pos_ == "PROPN":
        return []
    named = (c for c in noun.lefts if c.dep_ in ("amod", "compound") and c.ent_type_ in OWNERS)
    found: list[Token] = []
    for owner in (t for child in named for t in with_conjuncts(child)):
        if owner.i > noun.i or owner.ent_type_ not in OWNERS:
            return []
        between = noun.doc[found[-1].i + 1 : owner.i] if found else ()
        words = [t.text for t in between if t.dep_ != "flat"]
        joined = bool(words) and all(word in (",", "and", "both") for word in words)
        found = [*found, owner] if joined else [owner]
    return found if len(found) > 1 else []


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for, None where the word is no relative pronoun."""
    if pronoun.lower_ not in RELATIVE or "Rel" not in pronoun.morph.get("PronType", ["Rel"]):
        return None
    at = pronoun
    for _ in range(MAX_STEPS):
        if at.dep_.startswith("acl"):
            return at.head
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def subject_of(verb: Token) -> tuple[Token, str] | None:
    """The noun that is the verb's understood subject, and the rule that found it.

    The subject may stand before the verb, before the verb it is coordinated with, be controlled
    ("were trying to escape", "urged them to leave"), or be the noun that a participle or a relative
    clause describes. A passive verb's subject is what it is done to.
    """
    at, rule = verb, "subject"
    for _ in range(MAX_STEPS):
        own = [c for c in at.children if c.dep_ in SUBJECTS]
        if own:
            inner = [c for c in own if c.dep_ != "nsubj:outer"] or own
            # A tree with two subjects is wrong about one of them, mostly about the farther.
            chosen = min(inner, key=lambda c: abs(c.i - at.i))
            return antecedent(chosen) or chosen, rule
        step = _subject_step(at)
        if step is None:
            return None
        at, rule, is_noun = step
        if is_noun:
            return at, rule
    return None


def subject_outside(verb: Token, quoted: Mapping[int, int]) -> Token | None:
    """The subject by a verb of saying that the parse gave to what is quoted: “…,” the woman said.

    Args:
        verb: a word outside of quotations.
        quoted: for each quoted word's index the number of its quotation.
    """
    near = [
        token
        for token in verb.sent
        if token.dep_ in SUBJECTS
        and token.i not in quoted
        and token.head.i in quoted
        and abs(token.i - verb.i) <= MAX_STEPS
    ]
    return min(near, key=lambda token: abs(token.i - verb.i), default=None)


def misread_subject(verb: Token) -> Token | None:
    """The subject of a verb of saying that the parse took for an apposition in what is said.

    "He was held near Gao, the governor said": an apposition would end with a comma before "said".
    """
    has_subject = any(c.dep_ in SUBJECTS for c in verb.children)
    if has_subject or not any(c.i < verb.i for c in children(verb, "ccomp", "parataxis")):
        return None
    at = verb.nbor(-1)
    while at.dep_ != "appos":
        if at.is_punct or at.head.i >= at.i:
            return None
        at = at.head
    return at


def _subject_step(verb: Token) -> tuple[Token, str, bool] | None:
    """Where to look for the subject next: (word, rule, whether the word is the subject itself)."""
    governor, relation = verb.head, verb.dep_
    if governor.i == verb.i:
        return None
    if relation == "conj":
        return (
            (governor, "coordinated_predicate_shares_subject", False)
            if _is_clause(governor)
            else None
        )
    if relation == "xcomp":
        objects = children(governor, "obj", "iobj")
        if objects and governor.lemma_ not in SUBJECT_CONTROL and not is_passive(governor):
            return objects[0], "object_control", True
        for oblique in children(governor, "obl"):
            if (governor.lemma_, case_of(oblique)) in OBLIQUE_CONTROL:
                return oblique, "oblique_control", True
        return governor, "subject_control", False
    if relation == "nmod" and verb.pos_ == "VERB" and governor.pos_ == "NOUN":
        return _clause_noun(verb, governor)
    if relation == "advcl" or (relation in ("obl", "nmod") and verb.pos_ == "VERB"):
        if relation == "advcl" and continues_report(verb, governor):
            return children(governor, "ccomp")[0], "participle_shares_subject_of_report", False
        objects = children(governor, "obj", "iobj")
        marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "case")}
        if objects and marks & {"of", "from", "for"} and not is_passive(governor):
            # "accused them of killing", "thanked the army for restoring peace"
            return objects[0], "object_control", True
        if is_finite(verb):
            return None
        if objects and "to" in marks and governor.lemma_ in OBJECT_CONTROL:
            return objects[0], "object_control", True
        for oblique in children(governor, "obl"):
            if (governor.lemma_, case_of(oblique)) in OBLIQUE_CONTROL:
                return oblique, "oblique_control", True
        if governor.dep_ == "advmod" and not _is_clause(governor):
            # "did nothing other than say that ..."
            governor = governor.head
        return governor, "adverbial_clause_shares_subject", False
    if relation.startswith("acl"):
        return _clause_noun(verb, governor)
    if relation in ("ccomp", "parataxis") and not is_finite(verb):
        return governor, "complement_shares_subject", False
    return None


def continues_report(clause: Token, saying: Token) -> bool:
    """Whether a participle after "officials said" goes on with what they said before it.

    "The army is leaving, officials said on Monday, ending a long war": it is the leaving that ends
    it. After a quotation, and where the participle is one of speaking, it is the speaker's.
    """
    told = [c for c in children(saying, "ccomp") if c.i < saying.i]
    is_participle = clause.morph.get("VerbForm", []) in (["Part"], ["Ger"])
    if not told or not is_participle or clause.i < saying.i or children(clause, "mark"):
        return False
    is_quoted = any(t.is_quote for t in saying.doc[told[0].left_edge.i : saying.i])
    return not is_quoted and clause.lemma_ not in SPEAKING


def _clause_noun(verb: Token, noun: Token) -> tuple[Token, str, bool] | None:
    """The noun that a participle or relative clause describes, where it is the clause's subject."""
    if verb.dep_ == "acl:relcl":
        # Without a pronoun as subject the noun is the object ("the men they held").
        return None
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "case")}
    if marks:
        # "the decision to leave", "accusations of killing": done by who decides, or is accused.
        owners = children(noun, "nmod:poss")
        if owners:
            return owners[0], "owner_of_noun_controls", True
        top = noun
        while top.dep_ in ("nmod", "conj") and top.head.pos_ == "NOUN":
            top = top.head
        if top.dep_ == "obl" and top.head.pos_ == "ADJ" and top.head.dep_ in ("xcomp", "advmod"):
            # "pleaded guilty to charges of lying"
            top = top.head
        if top.dep_ in ("obj", "obl", "xcomp") and _is_clause(top.head):
            return top.head, "subject_of_light_verb_controls", False
        return (
            (noun, "described_noun", True)
            if noun._.mention_type in ("person", "organization")
            else None
        )
    return noun, "described_noun", True


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or any(
        c.dep_ in ("cop", *SUBJECTS) for c in token.children
    )


def is_finite(verb: Token) -> bool:
    """Whether the verb or one of its auxiliaries is finite."""
    words = [verb, *children(verb, "aux", "aux:pass", "cop")]
    return any(w.morph.get("VerbForm", []) == ["Fin"] for w in words)


def ancestors(token: Token) -> Iterator[tuple[Token, Token]]:
    """(word, governor) pairs from the word up to its root."""
    for _ in range(4 * MAX_STEPS):
        if token.head.i == token.i:
            return
        yield token, token.head
        token = token.head
