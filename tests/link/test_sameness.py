"""Reports of two articles: which are of one event, and what speaks against it."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from kg.link.sameness import Report, Verdict, compare, conflicts, points_in_common, read_reports
from kg.link.stories import read_stories
from kg.records import RecordKey
from tests.link.told import Telling

MONDAY, TUESDAY, LATER = date(2024, 5, 6), date(2024, 5, 7), date(2024, 5, 20)
NAMES = {
    "Peipsi Front": "organisation",
    "Marta Ilves": "person",
    "Estonia": "country",
    "Narva": "place",
    "Tartu": "place",
    "fighters": "group",
    "militants": "group",
    "pupils": "group",
    "Estonian police": "organisation",
    "police": "organisation",
    "people": "group",
    "convoy": "group",
    "bridge": "place",
}
Roles = Mapping[str, Sequence[str]]


def by_name(key: RecordKey) -> RecordKey:
    """The same name is the same node in all articles; what has none is its article's own."""
    named = key.record_id[2:3].isupper()
    return RecordKey(article_id="" if named else key.article_id, record_id=key.record_id)


def read(*tellings: Telling) -> list[list[Report]]:
    results = [told.result() for told in tellings]
    stories = read_stories(results, by_name)
    return [read_reports(r, stories[r.article.id], by_name) for r in results]


def report(
    roles: Roles, *, action: str = "attack", day: date | None = None, text: str = "struck/strike"
) -> Telling:
    fillers = [filler for found in roles.values() for filler in found]
    words = " ".join(dict.fromkeys(fillers))
    told = Telling(f"{action}-{words}-{day}-{text}", f"{words} {text.partition('/')[0]}.")
    told = Telling(told.article.id, told.article.text, published=TUESDAY)
    for filler in dict.fromkeys(fillers):
        row = filler if NAMES[filler] == "place" and filler[0].isupper() else ""
        told.name(filler, NAMES[filler], row=row)
    told.event(text, action, roles, day=day)
    return told


def verdict(one: Telling, other: Telling) -> Verdict | None:
    (left,), (right,) = read(one, other)
    return compare(left, right)


FRONT: Roles = {"actor": ["Peipsi Front"], "target": ["fighters"]}


def test_same_actor_and_day_are_one_event() -> None:
    found = verdict(report(FRONT, day=MONDAY), report(FRONT, day=MONDAY, text="hit/hit"))
    assert found is not None
    assert found.rule == "same_action_participant_day"
    assert "participant 3" in found.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"actor": ["Peipsi Front"]}, {"actor": ["Marta Ilves"]}),
        ({"actor": ["Peipsi Front"], "place": ["Narva"]}, {"place": ["Tartu"]}),
        ({"target": ["fighters"]}, {"target": ["pupils"]}),
    ],
)
def test_other_people_and_places_are_another_event(one: Roles, other: Roles) -> None:
    (left,), (right,) = read(report(one, day=MONDAY), report(other, day=MONDAY))
    assert conflicts(left, right)


def test_another_day_is_another_event_whatever_else_is_the_same() -> None:
    assert verdict(report(FRONT, day=MONDAY), report(FRONT, day=LATER)) is None


def test_another_kind_of_action_is_another_event() -> None:
    other = report(FRONT, day=MONDAY, action="meet")
    assert verdict(report(FRONT, day=MONDAY), other) is None


def test_country_alone_is_too_little_without_a_day() -> None:
    country: Roles = {"actor": ["Estonia"], "place": ["Narva"]}
    assert verdict(report({"actor": ["Estonia"]}), report({"actor": ["Estonia"]})) is None
    assert verdict(report(country, day=MONDAY), report(country, day=MONDAY)) is not None


def test_actor_of_common_acts_needs_more_in_common() -> None:
    said: Roles = {"actor": ["Marta Ilves"]}
    pair = [report(said, action="announce", text=text) for text in ("said/say", "told/tell")]
    assert verdict(*pair) is None
    dated = [
        report(said, action="announce", text=text, day=MONDAY) for text in ("said/say", "told/tell")
    ]
    assert verdict(*dated) is not None


def test_undated_reports_of_other_things_are_two_events() -> None:
    one: Roles = {"actor": ["Peipsi Front"], "target": ["convoy"]}
    other: Roles = {"actor": ["Peipsi Front"], "target": ["bridge"]}
    assert verdict(report(one), report(other)) is None
    same: Roles = {"actor": ["Peipsi Front"], "target": ["people"]}
    assert verdict(report(one), report(same)) is not None


def test_words_for_one_side_are_alike() -> None:
    other: Roles = {"actor": ["Peipsi Front"], "target": ["militants"]}
    assert verdict(report(FRONT), report(other)) is not None


def test_body_by_its_name_and_by_its_noun_alone_are_described_alike() -> None:
    one: Roles = {"actor": ["Estonian police"], "target": ["people"]}
    other: Roles = {"actor": ["police"], "target": ["pupils"]}
    pair = [report(roles, action="detain", text="held/hold") for roles in (one, other)]
    (left,), (right,) = read(*pair)
    assert points_in_common(left, right)["description"] == 0.5
