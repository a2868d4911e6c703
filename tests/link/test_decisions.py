"""The file in which a user forces and forbids merges."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.link.decisions import Decisions, forbid, read_decisions
from kg.records import RecordKey

A, B, C = (RecordKey(article_id=f"folder/{name}", record_id="1f") for name in "abc")


def read(tmp_path: Path, text: str) -> Decisions:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return read_decisions(path)


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.toml").entries == ()


def test_records_are_forced_and_forbidden(tmp_path: Path) -> None:
    decisions = read(
        tmp_path,
        f'# mine\n[[same]]\nrecords = ["{A}", "{B}"]\nnote = "x"\n\n'
        f'[[different]]\nrecords = ["{A}", "{C}"]\n',
    )
    assert list(decisions.forced()) == [(A, B)]
    assert decisions.apart() == {A: frozenset({C}), C: frozenset({A})}
    assert [entry.line for entry in decisions.entries] == [2, 6]


def test_names_that_overlap_are_all_one(tmp_path: Path) -> None:
    decisions = read(
        tmp_path,
        '[[same]]\nnames = ["Red Army", "Reds"]\n[[same]]\nnames = ["The Army", "Reds"]\n'
        '[[different]]\nnames = ["John Smith"]\n',
    )
    assert len(set(decisions.same_names().values())) == 1
    assert set(decisions.same_names()) == {"red army", "reds", "the army"}
    assert decisions.parted_names() == {"john smith"}


@given(st.text(min_size=1).filter(lambda text: "/" not in text), st.text())
def test_what_is_written_comes_back(article_id: str, note: str) -> None:
    one = RecordKey(article_id=f"x/{article_id}", record_id="0f")
    text = forbid(forbid("", one, A, note=note), A, B, note="")
    tables = tomllib.loads(text)["different"]
    assert [table["records"] for table in tables] == [[str(one), str(A)], [str(A), str(B)]]
    assert tables[0]["note"] == note


def test_what_a_user_wrote_is_kept(tmp_path: Path) -> None:
    mine = '# my remark\n[[same]]\nnames = ["A b", "C d"]'
    text = forbid(mine, A, B, note="n")
    assert text.startswith(mine)
    assert len(read(tmp_path, text).entries) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[same]\n", r"Expected TOML"),
        ("[[equal]]\nnames = ['a', 'b']\n", r"'equal' is none of its tables"),
        ("same = 3\n", r"'same' is none of its tables"),
        ("same = [3]\n", r"is no table"),
        ("[[same]]\nnames = ['a']\n", r"line 1: .* too few names"),
        ("[[same]]\nnames = ['a', 'a']\n", r"too few names"),
        ("\n[[different]]\nrecords = ['a/1']\n", r"line 2: .* too few records"),
        ("[[same]]\nrecords = ['a/1', 'b']\n", r"'b' names no record"),
        ("[[same]]\nrecords = ['a/1', 3]\n", r"records is \['a/1', 3\]"),
        ("[[same]]\nnote = 'x'\n", r"has note"),
        ("[[same]]\n", r"has nothing"),
        ("[[same]]\nnames = ['a', 'b']\nscore = 1\n", r"has names, score"),
        (
            "[[same]]\nrecords = ['a/1', 'b/1']\n[[different]]\nrecords = ['b/1', 'a/1']\n",
            r"line 1: a/1 and b/1 are the same here and different",
        ),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=rf"decisions\.toml: .*{message}"):
        read(tmp_path, text)


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match=r"decisions\.toml: cannot be read \(it is not UTF-8\)"):
        read_decisions(tmp_path / "decisions.toml")
