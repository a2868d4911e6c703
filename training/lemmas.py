"""The lemmas that are known: those of the treebanks, and the words of the action lexicon.

The run time checks what an edit script makes of a rare form against them ("urged" is of "urge", not
"urg"). Function words need no check, for their forms are all in the treebanks. Forms that no script
of the model leads to their lemma ("fled" to "flee") are kept as pairs.
"""

from __future__ import annotations

from pathlib import Path

from examples import read_rows
from schema import lemma_script

from kg.extract.actions import load_lexicon
from kg.nlp.decode import CHECKED_POS
from kg.resources import ontology_dir

TREEBANKS = ("ud/en_ewt-ud-train.conllu.xz", "ud/en_gum-train.conllu.xz")


def known_lemmas(packs: Path, scripts: frozenset[str]) -> dict[str, list[str]]:
    """By UPOS the lemmas, and "form=lemma" for forms that none of the model's scripts covers."""
    found: dict[str, set[str]] = {pos: set() for pos in CHECKED_POS}
    for name in TREEBANKS:
        for _, rows in read_rows(packs / name):
            for row in rows:
                if row[3] not in found or not row[1].isalpha() or not row[2].isalpha():
                    continue
                form, lemma = row[1].lower(), row[2].lower()
                found[row[3]].add(lemma)
                if lemma_script(form, lemma) not in scripts:
                    found[row[3]].add(f"{form}={lemma}")
    folder = ontology_dir()
    lexicon = load_lexicon([folder / "actions.ttl", folder / "plover.ttl"])
    for pos, head in lexicon.senses:
        if pos in found and head.isalpha():
            found[pos].add(head)
    return {pos: sorted(words) for pos, words in found.items()}


def write_lemmas(packs: Path, scripts: frozenset[str], path: Path) -> None:
    """Write one line a part of speech: the tag, then its lemmas and pairs."""
    known = known_lemmas(packs, scripts)
    lines = (f"{pos} {' '.join(words)}\n" for pos, words in known.items())
    path.write_text("".join(lines), encoding="utf-8")
