"""The signs for and against what a person's pronoun can take up."""

import pytest

from kg.extract.coref.clusters import Clusters
from kg.extract.coref.referents import read_referents
from kg.extract.coref.signs import Signs, fine_role
from tests.extract.docs import find_word, make_doc, phrase_table


def signs_of(text: str, pronoun: str, name: str) -> set[str]:
    """The signs that hold for a name as what a pronoun takes up."""
    doc = make_doc(text)
    referents = read_referents(doc, phrase_table(doc))
    by_word = {referent.token.text: referent for referent in referents}
    (found,) = Signs(referents, Clusters(referents), {}).describe(by_word[pronoun], [by_word[name]])
    return {sign for sign, value in found.items() if value}


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        (
            "Ann/nsubj>sold:PERSON sold=sell/root:past Eve/iobj>sold:PERSON"
            " her/nmod:poss>boat:PRON boat/obj>sold",
            "Ann",
            "possessive_in_clause_of_0",
        ),
        (
            "Ann/nsubj>sold:PERSON sold=sell/root:past Eve/iobj>sold:PERSON"
            " her/nmod:poss>boat:PRON boat/obj>sold",
            "Eve",
            "possessive_beside_0",
        ),
        (
            "Ann/nsubj>says:PERSON says=say/root her/nmod:poss>boat:PRON boat/nsubj>sank"
            " sank=sink/ccomp>says:past",
            "Ann",
            "possessive_in_clause_of_1",
        ),
        (
            "Ann/nsubj>sold:PERSON sold=sell/root:past her/nmod:poss>boat:PRON"
            " own/amod>boat:ADJ boat/obj>sold",
            "Ann",
            "own",
        ),
        (
            "Ann/nsubj>left:PERSON left=leave/root:past\nThen/advmod>saw Bob/nsubj>saw:PERSON"
            " saw=see/root:past her/obj>saw:PRON",
            "Ann",
            "object_main_subject_before",
        ),
        (
            "The/det>nurse nurse/nsubj>left:person (/punct>Ann Ann/appos>nurse:PERSON )/punct>Ann"
            " left=leave/root:past\nThey/nsubj>saw:PRON saw=see/root:past her/obj>saw:PRON",
            "Ann",
            "bracketed",
        ),
    ],
)
def test_clause_of_a_persons_pronoun(text: str, name: str, sign: str) -> None:
    assert sign in signs_of(text, "her", name)


def test_other_pronouns_have_no_signs_of_clauses() -> None:
    text = "Firms/nsubj>sold:ORG sold=sell/root:past its/nmod:poss>boat:PRON boat/obj>sold"
    assert not any("in_clause" in sign for sign in signs_of(text, "its", "Firms"))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ann/nsubj>left:PERSON left=leave/root:past", "subject"),
        ("Ann/nsubj:pass>held:PERSON was/aux:pass>held held=hold/root:passive", "passive"),
        ("They/nsubj>held:PRON held=hold/root:past Ann/obj>held:PERSON", "object"),
        ("Ann/nmod:poss>boat:PERSON boat/nsubj>sank sank=sink/root:past", "possessive"),
        (
            "It/nsubj:pass>held:PRON was/aux:pass>held held=hold/root:passive by/case>Ann"
            " Ann/obl:agent>held:PERSON",
            "agent",
        ),
        ("It/nsubj>came:PRON came=come/root:past to/case>Ann Ann/obl>came:PERSON", "oblique"),
    ],
)
def test_fine_role(text: str, role: str) -> None:
    assert fine_role(find_word(make_doc(text), "Ann")) == role
