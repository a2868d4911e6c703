"""Spans of roles from heads and trees, in the cases in which the subtree alone would be wrong."""

import pytest

from training.spans import Tree, span

# Words as "word/UPOS/governor/relation", the governor counted from 1 and 0 for the root.
COPULA = (
    "We/PRON/4/nsubj were/AUX/4/cop very/ADV/4/advmod glad/ADJ/0/root ,/PUNCT/4/punct "
    "friend/NOUN/4/vocative"
)
RELATIVE = "of/ADP/2/case men/NOUN/0/root who/PRON/4/nsubj fled/VERB/2/acl:relcl"
CAUSED = "They/PRON/2/nsubj let/VERB/0/root us/PRON/2/obj go/VERB/2/xcomp home/ADV/4/advmod"
BRACKET = (
    "He/PRON/2/nsubj left/VERB/0/root (/PUNCT/5/punct in/ADP/5/case May/PROPN/2/obl "
    ")/PUNCT/5/punct ./PUNCT/2/punct"
)
LIGHT = "He/PRON/2/nsubj took/VERB/0/root a/DET/5/det long/ADJ/5/amod look/NOUN/2/obj"


@pytest.mark.parametrize(
    ("sentence", "predicate", "argument", "label", "expected"),
    [
        (COPULA, 1, 3, "ARG2", "very glad"),
        (COPULA, 1, 0, "ARG1", "We"),
        (RELATIVE, 3, 1, "ARG0", "men"),
        (CAUSED, 1, 2, "ARG1", "us go home"),
        (CAUSED, 3, 4, "ARG4", "home"),
        (BRACKET, 1, 4, "ARGM-TMP", "( in May )"),
        (LIGHT, 1, 4, "ARGM-PRR", "look"),
        (LIGHT, 1, 4, "ARG1", "a long look"),
    ],
)
def test_span(sentence: str, predicate: int, argument: int, label: str, expected: str) -> None:
    rows = [cell.split("/") for cell in sentence.split()]
    words, upos, heads, deprels = zip(*rows, strict=True)
    tree = Tree(words, upos, [int(h) - 1 for h in heads], deprels)
    first, end = span(tree, predicate, argument, label, {argument})
    assert " ".join(words[first:end]) == expected
