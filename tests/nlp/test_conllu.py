"""CoNLL-U that other tools can read: ten columns, valid governors, the text given back."""

import re

import pytest
from spacy.language import Language

from kg.nlp.conllu import to_conllu

TEXT = (
    "“We're leaving,” said Dr. O'Neil (the minister), 48.\n\n"
    "Troops didn't attack al-Hol; 3,000 people fled to the U.S. on Friday."
)


@pytest.fixture(scope="module")
def sentences(nlp: Language) -> list[list[str]]:
    """The lines of each sentence."""
    return [block.split("\n") for block in to_conllu(nlp(TEXT)).strip().split("\n\n")]


def rows(sentence: list[str]) -> list[list[str]]:
    return [line.split("\t") for line in sentence if not line.startswith("#")]


def test_ten_columns_none_empty(sentences: list[list[str]]) -> None:
    for sentence in sentences:
        for n, row in enumerate(rows(sentence), 1):
            assert len(row) == 10
            assert all(row)
            assert row[0] == str(n)


def test_governors_are_rows_or_the_one_root(sentences: list[list[str]]) -> None:
    for sentence in sentences:
        heads = [int(row[6]) for row in rows(sentence)]
        assert heads.count(0) == 1
        assert max(heads) <= len(heads)
        assert [row[7] for row in rows(sentence) if row[6] == "0"] == ["root"]


def test_sentences_are_numbered(sentences: list[list[str]]) -> None:
    assert [s[0] for s in sentences] == ["# sent_id = s-1", "# sent_id = s-2"]


def test_spaces_give_the_text_back(sentences: list[list[str]]) -> None:
    texts = []
    for sentence in sentences:
        joined = "".join(
            row[1] + ("" if "SpaceAfter=No" in row[9] else " ") for row in rows(sentence)
        )
        texts.append(joined.strip())
        assert sentence[1] == f"# text = {texts[-1]}"
    assert " ".join(texts) == re.sub(r"\s+", " ", TEXT)


def test_names_are_bio(sentences: list[list[str]]) -> None:
    before = "O"
    for sentence in sentences:
        for row in rows(sentence):
            match = re.search(r"Name=([BI])-(\w+)", row[9])
            if match and match[1] == "I":
                assert before[1:] == match[2]
            before = match[1] + match[2] if match else "O"


def test_nothing_for_blank_text(nlp: Language) -> None:
    assert to_conllu(nlp(" \n\n ")) == ""
