"""Enhanced dependencies of trees by hand: sharing, control, relative clauses, named relations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.nlp.conllu import to_conllu
from kg.nlp.enhanced import ROOT, Word, enhance


def sentence(text: str) -> list[Word]:
    """Words of lines "form lemma upos head relation [feats]", governors counted from 1."""
    words = []
    for line in text.strip().splitlines():
        form, lemma, upos, head, relation, *feats = line.split()
        words.append(Word(form, lemma, upos, feats[0] if feats else "_", int(head) - 1, relation))
    return words


def arcs(text: str) -> set[str]:
    """The arcs as "governor relation dependent", the root's governor being "-"."""
    words = sentence(text)
    return {
        f"{'-' if governor == ROOT else words[governor].form} {relation} {word.form}"
        for word, found in zip(words, enhance(words), strict=True)
        for governor, relation in found
    }


SHARED = """
Rebels rebel NOUN 2 nsubj
came come VERB 0 root
and and CCONJ 4 cc
burned burn VERB 2 conj
farms farm NOUN 4 obj
and and CCONJ 7 cc
shops shop NOUN 5 conj
in in ADP 9 case
Homs Homs PROPN 4 obl
"""


def test_a_coordinated_verb_shares_the_subject() -> None:
    assert {"burned nsubj Rebels", "came conj:and burned"} <= arcs(SHARED)


def test_a_conjunct_hangs_where_the_first_does() -> None:
    assert {"burned obj shops", "farms conj:and shops"} <= arcs(SHARED)


def test_no_second_root() -> None:
    assert [arc for arc in arcs(SHARED) if arc.startswith("-")] == ["- root came"]


def test_the_preposition_names_the_relation() -> None:
    found = arcs(SHARED)
    assert "burned obl:in Homs" in found
    assert "burned obl Homs" not in found


def test_a_fixed_preposition_is_named_whole() -> None:
    found = arcs("""
He he PRON 2 nsubj
left leave VERB 0 root
according accord VERB 5 case
to to ADP 3 fixed
police police NOUN 2 obl
""")
    assert "left obl:according_to police" in found


def test_a_conjunct_keeps_its_own_preposition() -> None:
    found = arcs("""
They they PRON 2 nsubj
fought fight VERB 0 root
in in ADP 4 case
Homs Homs PROPN 2 obl
and and CCONJ 7 cc
near near ADP 7 case
Hama Hama PROPN 4 conj
""")
    assert {"fought obl:in Homs", "fought obl:near Hama"} <= found


def test_a_passive_conjunct_has_a_passive_subject() -> None:
    found = arcs("""
He he PRON 2 nsubj
fled flee VERB 0 root
and and CCONJ 5 cc
was be AUX 5 aux:pass
caught catch VERB 2 conj
""")
    assert "caught nsubj:pass He" in found


CONTROL = """
Troops troops NOUN 2 nsubj
{verb} {verb} VERB 0 root
them they PRON 2 obj
to to PART 5 mark
leave leave VERB 2 xcomp
"""


@pytest.mark.parametrize(("verb", "subject"), [("urge", "them"), ("promise", "Troops")])
def test_who_does_the_infinitive(verb: str, subject: str) -> None:
    found = {arc for arc in arcs(CONTROL.format(verb=verb)) if "xsubj" in arc}
    assert found == {f"leave nsubj:xsubj {subject}"}


def test_subject_control_goes_down_a_chain() -> None:
    found = arcs("""
Rebels rebel NOUN 2 nsubj
want want VERB 0 root
to to PART 4 mark
try try VERB 2 xcomp
to to PART 6 mark
leave leave VERB 4 xcomp
""")
    assert {"try nsubj:xsubj Rebels", "leave nsubj:xsubj Rebels"} <= found


def test_a_relative_pronoun_refers_and_its_noun_takes_its_arc() -> None:
    found = arcs("""
men man NOUN 0 root
who who PRON 3 nsubj PronType=Rel
fled flee VERB 1 acl:relcl
""")
    assert found == {"- root men", "fled nsubj men", "men ref who", "men acl:relcl fled"}


BARE = """
the the DET 2 det
{noun} {noun} NOUN 0 root
they they PRON 4 nsubj
held hold VERB 2 acl:relcl
"""


@pytest.mark.parametrize(("noun", "relation"), [("men", "obj"), ("day", "obl")])
def test_a_bare_relative_clause_has_a_gap(noun: str, relation: str) -> None:
    assert f"held {relation} {noun}" in arcs(BARE.format(noun=noun))


def test_a_clause_that_which_takes_up() -> None:
    found = arcs("""
They they PRON 2 nsubj
left leave VERB 0 root
which which PRON 4 nsubj PronType=Rel
surprised surprise VERB 2 advcl:relcl
us we PRON 4 obj
""")
    assert {"left ref which", "surprised csubj left"} <= found


RELATIONS = ["nsubj", "obj", "conj", "cc", "xcomp", "acl:relcl", "obl", "case", "mark", "advcl"]


@given(st.data())
def test_any_tree_gives_arcs_within_it(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 8))
    words = [
        Word(
            "who",
            "who",
            data.draw(st.sampled_from(["VERB", "NOUN", "PRON"])),
            data.draw(st.sampled_from(["_", "PronType=Rel"])),
            ROOT if i == 0 else data.draw(st.integers(0, i - 1)),
            "root" if i == 0 else data.draw(st.sampled_from(RELATIONS)),
        )
        for i in range(n)
    ]
    found = enhance(words)
    assert len(found) == n
    for i, row in enumerate(found):
        assert row
        assert len(set(row)) == len(row)
        assert all(governor != i and ROOT <= governor < n for governor, _ in row)


def test_conllu_has_them_if_asked(nlp: Language) -> None:
    doc = nlp("Gunmen came to Homs and killed two officers.")
    rows = [r.split("\t") for r in to_conllu(doc, enhanced=True).splitlines() if "\t" in r]
    assert rows[0][8] == "2:nsubj|6:nsubj"
    assert rows[3][8] == "2:obl:to"
    assert {r.split("\t")[8] for r in to_conllu(doc).splitlines() if "\t" in r} == {"_"}
