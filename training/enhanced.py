"""Compare the enhanced dependencies of kg with a treebank's: python enhanced.py TREEBANK.

TREEBANK is CoNLL-U with a DEPS column; its basic trees are given. Prints precision, recall and F1
of labelled arcs in percent. Arcs from or to words that the annotators made up count as missed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from examples import read_rows

from kg.nlp.enhanced import Word, enhance


def measure(path: Path) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    right = found = gold = 0
    for _, rows in read_rows(path):
        theirs = {(r[0], arc) for r in rows if "-" not in r[0] for arc in r[8].split("|")}
        kept = [r for r in rows if r[0].isdigit()]
        words = [Word(r[1], r[2], r[3], r[5], int(r[6]) - 1, r[7]) for r in kept]
        ours = {
            (row[0], f"{governor + 1}:{relation}")
            for row, arcs in zip(kept, enhance(words), strict=True)
            for governor, relation in arcs
        }
        right, found, gold = right + len(ours & theirs), found + len(ours), gold + len(theirs)
    return 100 * right / found, 100 * right / gold, 200 * right / (found + gold)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    o = parser.parse_args()
    print("P {:.2f} R {:.2f} F1 {:.2f}".format(*measure(o.treebank)))


if __name__ == "__main__":
    main()
