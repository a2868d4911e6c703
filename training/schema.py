"""The labels that do not come from counts, and the edit scripts that lemmas are learnt as."""

from __future__ import annotations

from kg.nlp.features import apply_script

UPOS = [
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
]
NAME_TYPES = ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"]
NAME_TAGS = ["O"] + [f"{prefix}-{name}" for name in NAME_TYPES for prefix in "BI"]
MENTION_TYPES = [
    "none",
    "person",
    "organization",
    "place",
    "object",
    "event",
    "time",
    "abstract",
    "substance",
    "animal",
    "plant",
]
# Information status: new to the reader, given shortly before or longer ago, or accessible: commonly
# known, inferred from what is given, made of several givens. "none" heads no noun phrase.
STATUSES = ["none", "new", "giv:act", "giv:inact", "acc:com", "acc:inf", "acc:aggr"]
EVENT_LABELS = ["none", "event"]
MODALITIES = ["actual", "planned", "hypothetical", "habitual"]
POLARITIES = ["positive", "negative"]
CATEGORIES = [
    "none",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "SANCTION",
    "PROTEST",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]


def lemma_script(form: str, lemma: str) -> str:
    """The edit script that makes ``lemma`` of ``form``: "case|cut|add", else "=lemma".

    A whole lemma is given where the two share no start, where more than five characters would be
    cut, or where the lemma's casing is neither lower, nor title case, nor the form's own.
    """
    low, target = form.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(target)) and low[same] == target[same]:
        same += 1
    cut, add = len(low) - same, target[same:]
    if same == 0 or cut > 5:
        return f"={lemma}"
    for case in ("lower", "title", "keep"):
        script = f"{case}|{cut}|{add}"
        if apply_script(form, script) == lemma:
            return script
    return f"={lemma}"
