"""Label tables and per-word features that the trainer and the shipped model share.

The run-time twin of `shape_of`, `apply_script` lives in kg/nlp; `tests/nlp/test_parity.py` compares both
through the shipped file.
"""

from __future__ import annotations

from kg.nlp.features import apply_script, shape_of

__all__ = ["NAME_TYPES", "UPOS", "apply_script", "lemma_script", "shape_of"]

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
    """The shortest edit script that makes ``lemma`` of ``form``: casing, characters cut, characters added."""
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
