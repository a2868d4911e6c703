"""The lemmas that are known: those of the treebanks, and the words of the action lexicon.

The run time checks what an edit script makes of a rare form against them ("urged" is of "urge", not
"urg"). Function words need no check, for their forms are all in the treebanks.
"""

from __future__ import annotations

from pathlib import Path

from examples import read_rows

from kg.extract.actions import load_lexicon
from kg.nlp.decode import CHECKED_POS
from kg.resources import ontology_dir

TREEBANKS = ("ud/en_ewt-ud-train.conllu.xz", "ud/en_gum-train.conllu.xz")


def known_lemmas(packs: Path) -> dict[str, list[str]]:
    """Lemmas by UPOS, sorted."""
    found: dict[str, set[str]] = {pos: set() for pos in CHECKED_POS}
    for name in TREEBANKS:
        for _, rows in read_rows(packs / name):
            for row in rows:
                if len(row) > 3 and row[3] in found and row[2].isalpha():
                    found[row[3]].add(row[2].lower())
    folder = ontology_dir()
    lexicon = load_lexicon([folder / "actions.ttl", folder / "plover.ttl"])
    for pos, head in lexicon.senses:
        if pos in found and head.isalpha():
            found[pos].add(head)
    return {pos: sorted(words) for pos, words in found.items()}


def write_lemmas(packs: Path, path: Path) -> None:
    """Write one line a part of speech: the tag, then its lemmas."""
    lines = (f"{pos} {' '.join(words)}\n" for pos, words in known_lemmas(packs).items())
    path.write_text("".join(lines), encoding="utf-8")
