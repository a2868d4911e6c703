"""What one article tells twice, and what only looks like it."""

from datetime import date

import pytest

from kg.link.retelling import iter_retellings
from kg.link.sameness import read_reports
from kg.link.stories import read_stories
from tests.link.told import Telling

MONDAY, TUESDAY = date(2024, 5, 6), date(2024, 5, 7)


def rules(told: Telling) -> list[tuple[str, str, str]]:
    result = told.result()
    story = read_stories([result], lambda key: key)[result.article.id]
    reports = read_reports(result, story, lambda key: key)
    return [
        (link.rule, link.kept.record_id, link.joined.record_id)
        for link in iter_retellings(result, reports)
    ]


def raid(second: str) -> Telling:
    told = Telling("a", f"Soldiers raided Narva. {second}", published=TUESDAY)
    told.name("Soldiers", "group")
    told.name("Narva", "place", row="1")
    told.event("raided/raid", "police-raid", {"actor": ["Soldiers"], "place": ["Narva"]})
    return told


@pytest.mark.parametrize("words", ["The raid", "Their raid", "That night raid"])
def test_definite_noun_tells_the_event_again(words: str) -> None:
    told = raid(f"{words} took an hour.")
    told.event("raid", "police-raid", {})
    assert rules(told) == [("definite_noun_retells", "v-raided", "v-raid")]


def test_indefinite_noun_is_another_event() -> None:
    told = raid("Residents fear a raid again.")
    told.event("raid", "police-raid", {})
    assert rules(told) == []


def test_verb_after_a_definite_noun_is_no_noun() -> None:
    told = raid("Later the men raiding it left.")
    told.event("raiding/raid", "police-raid", {})
    assert rules(told) == []


def test_named_noun_is_another_event() -> None:
    told = raid("It was like the Tartu raid of old.")
    told.event("raid", "police-raid", {})
    assert rules(told) == []


def test_definite_noun_with_a_place_of_its_own_is_another_event() -> None:
    told = raid("The raid on Tartu failed.")
    told.name("Tartu", "place", row="2")
    told.event("raid", "police-raid", {"place": ["Tartu"]})
    assert rules(told) == []


def test_definite_noun_after_two_such_events_is_of_neither() -> None:
    told = raid("Others raided Tartu. The raid took an hour.")
    told.name("Others", "group")
    told.name("Tartu", "place", row="2")
    told.event("raided Tartu/raid", "police-raid", {"actor": ["Others"], "place": ["Tartu"]})
    told.event("raid", "police-raid", {})
    assert rules(told) == []


def test_bare_noun_of_the_same_day_tells_again() -> None:
    told = Telling("a", "Soldiers made a raid on Monday. Some call Monday's raid a crime.")
    told.name("Soldiers", "group")
    told.event("raid", "police-raid", {"actor": ["Soldiers"]}, day=MONDAY)
    told.event("raid a/raid", "police-raid", {}, day=MONDAY)
    assert rules(told) == [("same_word_same_day_retells", "v-raid", "v-raid a")]


def crowd(*, later: date | None = None) -> Telling:
    told = Telling("a", "Fans protested on Monday. Then they marched on.")
    told.name("Fans", "group")
    told.name("they", "group")
    told.event("protested/protest", "demonstration", {"actor": ["they"]}, day=MONDAY)
    told.event("marched/march", "demonstration", {"actor": ["they"]}, day=later)
    return told


def test_crowd_holds_one_demonstration() -> None:
    assert rules(crowd()) == [("same_crowd_demonstrates", "v-protested", "v-marched")]
    assert rules(crowd(later=TUESDAY)) == []


@pytest.mark.parametrize(
    ("text", "verb", "noun", "carried"),
    [
        ("The court handed down a long sentence.", "handed/hand", "sentence", True),
        ("The court overturned the sentence.", "overturned/overturn", "sentence", False),
        ("The court jailed him after the sentence.", "jailed/jail", "sentence", False),
        ("The court, which sentenced him, upheld it.", "sentenced/sentence", "upheld", False),
    ],
)
def test_verb_and_the_noun_that_it_carries_are_one(
    text: str, verb: str, noun: str, *, carried: bool
) -> None:
    told = Telling("a", text)
    told.event(verb, "sentencing", {})
    told.event(noun, "sentencing", {})
    found = [rule for rule, _, _ in rules(told)]
    assert found == (["verb_carries_noun"] if carried else [])
