"""The names of the rules, each explained in a line."""

from pathlib import Path

import pytest

import kg.extract
from kg.extract.rules import EXPLANATIONS, explain_rule

FOLDER = Path(kg.extract.__file__).parent
SOURCES = "\n".join(
    path.read_text("utf-8") for path in FOLDER.rglob("*.py") if path.name != "rules.py"
)


@pytest.mark.parametrize("rule", sorted(EXPLANATIONS))
def test_no_rule_is_explained_that_does_not_exist(rule: str) -> None:
    stem = rule.removesuffix("_actor").removesuffix("_target")
    assert f'"{rule}"' in SOURCES or f'"{stem}_{{role}}' in SOURCES


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("object_is_target", "object of the verb"),
        ("subject_is_actor", "subject of the verb"),
        ("passive_subject_is_target", "which is passive"),
        ("passive_coordinated_predicate_shares_subject_is_target", "coordinated with"),
        ("object_control_is_actor", "does what the infinitive says"),
        ("according_to", '"according to"'),
        ("governor_denies_it", "the word above"),
    ],
)
def test_rule_is_told_in_a_line(rule: str, words: str) -> None:
    assert words in explain_rule(rule)


def test_rule_without_a_line_is_told_by_its_name() -> None:
    assert explain_rule("a_rule_of_a_users_own") == "a rule of a users own"
