"""A document made by hand -> which of its events a time expression dates."""

from datetime import date

import pytest

from kg.extract import extract
from kg.nlp.decode import RoleArc
from kg.records import Article
from tests.extract.docs import lexicon, make_doc

PUBLISHED = date(2024, 5, 8)  # a Wednesday
MONDAY = "on/case>Monday Monday/obl>{}:time:PROPN"


def times(text: str, *, roles: tuple[RoleArc, ...] = ()) -> dict[str, str]:
    """The value of each dated event's time, by the event's trigger."""
    doc = make_doc(text, roles=roles)
    article = Article(id="test", text=doc.text, published=PUBLISHED)
    found = extract(doc, article, lexicon=lexicon(), model="test 1")
    return {
        article.text[e.trigger.start : e.trigger.end]: e.time.value
        for e in found.event_mentions
        if e.time is not None
    }


def test_own_time_comes_before_a_shared_one() -> None:
    found = times(
        "Police/nsubj>arrested:organization arrested=arrest/root:past the/det>man"
        f" man/obj>arrested:person {MONDAY.format('arrested')} and/cc>released"
        " released=release/conj>arrested:past him/obj>released:PRON on/case>Tuesday"
        " Tuesday/obl>released:time:PROPN ./punct>arrested"
    )
    assert found == {"arrested": "2024-05-06", "released": "2024-05-07"}


def test_time_outside_a_quotation_dates_nothing_inside() -> None:
    found = times(
        "On/case>Monday Monday/obl>stinks:time:PROPN marchers=marcher/nsubj>chanted:person:plural"
        ' chanted=chant/root:past "/punct>stinks the/det>army army/nsubj>stinks:organization'
        ' stinks=stink/ccomp>chanted:pres now/advmod>stinks "/punct>stinks ./punct>chanted'
    )
    assert found["chanted"] == "2024-05-06"
    assert found.get("stinks") != "2024-05-06"


@pytest.mark.parametrize(
    ("governor", "expected"), [("said", {}), ("soldiers", {"captured": "2024-05-06"})]
)
def test_day_of_saying_does_not_date_what_is_said(governor: str, expected: dict[str, str]) -> None:
    found = times(
        "Troops/nsubj>captured:person:plural captured=capture/ccomp>said:past"
        " soldiers=soldier/obj>captured:person:plural ,/punct>captured"
        " officials=official/nsubj>said:person:plural said=say/root:past"
        f" {MONDAY.format(governor)} ./punct>said",
        roles=(RoleArc(predicate=1, argument=7, label="ARGM-TMP", score=0.9),),
    )
    assert {word: day for word, day in found.items() if word == "captured"} == expected


def test_past_time_after_a_purpose_dates_what_was_announced() -> None:
    found = times(
        "The/det>army army/nsubj>announced:organization announced=announce/root:past"
        " an/det>operation operation/obj>announced:event to/mark>free free/acl>operation:inf"
        f" Aleppo/obj>free:GPE {MONDAY.format('free')} ./punct>announced"
    )
    assert found["announced"] == "2024-05-06"
    assert "free" not in found


@pytest.mark.parametrize(
    ("verb", "head", "expected"),
    [
        ("announced=announce", "announced", {"announced"}),
        ("began=begin", "began", {"operation"}),
        ("began=begin", "free", {"operation"}),
    ],
)
def test_past_time_after_a_purpose_is_not_of_the_purpose(
    verb: str, head: str, expected: set[str]
) -> None:
    word = verb.split("=")[0]
    found = times(
        f"The/det>army army/nsubj>{word}:organization {verb}/root:past"
        f" an/det>operation operation/obj>{word}:event to/mark>free free/acl>operation:inf"
        f" Aleppo/obj>free:GPE {MONDAY.format(head)} ./punct>{word}",
        roles=tuple(RoleArc(predicate=i, argument=9, label="ARGM-TMP", score=0.9) for i in (4, 6)),
    )
    assert set(found) == expected


def test_what_takes_place_is_dated_and_its_verb_is_no_event() -> None:
    found = times(
        "The/det>meeting meeting/nsubj>took:event took=take/root:past place/obj>took:noun"
        f" in/case>Doha Doha/obl>took:GPE {MONDAY.format('took')} ./punct>took"
    )
    assert found == {"meeting": "2024-05-06"}


def test_event_that_a_relative_clause_says_occurred_is_dated() -> None:
    found = times(
        "The/det>attack attack/nsubj>killed:event ,/punct>occurred which/nsubj>occurred:rel"
        f" occurred=occur/acl:relcl>attack:past {MONDAY.format('occurred')} ,/punct>occurred"
        " killed=kill/root:past two/nummod>guards guards=guard/obj>killed:person:plural"
        " ./punct>killed"
    )
    assert found["attack"] == "2024-05-06"


def test_time_before_a_plan_dates_what_is_planned() -> None:
    found = times(
        "Tomorrow/obl>plans:time he/nsubj>plans:PRON plans=plan/root:pres:state to/mark>meet"
        " meet/xcomp>plans:inf the/det>envoys envoys=envoy/obj>meet:person:plural ./punct>plans"
    )
    assert found == {"meet": "2024-05-09"}


def test_time_of_urging_does_not_date_what_is_urged() -> None:
    found = times(
        "The/det>envoy envoy/nsubj>urged:person urged=urge/root:past the/det>rebels"
        f" rebels=rebel/obj>urged:person:plural {MONDAY.format('urged')} to/mark>leave"
        " leave/xcomp>urged:inf Aleppo/obj>leave:GPE ./punct>urged"
    )
    assert found == {"urged": "2024-05-06"}


@pytest.mark.parametrize(("word", "is_shared"), [("when", True), ("because", False)])
def test_clause_of_the_same_moment_shares_the_time(word: str, is_shared: bool) -> None:
    found = times(
        "Ten/nummod>people people/nsubj:pass>killed:person:plural were/aux:pass>killed"
        f" killed=kill/root:passive {MONDAY.format('killed')} {word}/mark>bombed the/det>army"
        " army/nsubj>bombed:organization bombed=bomb/advcl>killed:past the/det>hotel"
        " hotel/obj>bombed:place ./punct>killed"
    )
    assert ("bombed" in found) is is_shared


def test_later_of_two_verbs_is_not_dated_with_the_first() -> None:
    found = times(
        "He/nsubj>arrived:PRON arrived=arrive/root:past in/case>2010 2010/obl>arrived:NUM"
        " and/cc>married later/advmod>married married=marry/conj>arrived:past"
        " Mary/obj>married:PERSON ./punct>arrived"
    )
    assert found == {"arrived": "2010"}


def test_days_are_counted_from_the_one_dated_event_of_that_class() -> None:
    found = times(
        f"Rebels=rebel/nsubj>bombed:person:plural bombed=bomb/root:past the/det>port"
        f" port/obj>bombed:place {MONDAY.format('bombed')} ./punct>bombed\n"
        "The/det>mayor mayor/nsubj>resigned:person resigned=resign/root:past two/nummod>days"
        " days=day/obl>attack:time:plural after/case>attack the/det>attack"
        " attack/obl>resigned:event ./punct>resigned"
    )
    assert found["resigned"] == "2024-05-08"


@pytest.mark.parametrize(("joint", "day"), [("after", "2024-05-04"), ("before", "2024-05-08")])
def test_event_that_days_are_counted_from_is_dated_by_the_other(joint: str, day: str) -> None:
    found = times(
        f"Fans=fan/nsubj>marched:person:plural marched=march/root:past {MONDAY.format('marched')}"
        f" ,/punct>attack two/nummod>days days=day/obl>attack:time:plural {joint}/case>attack"
        " an/det>attack attack/obl>marched:event ./punct>marched"
    )
    assert found == {"marched": "2024-05-06", "attack": day}


def test_days_counted_from_an_event_of_no_known_day_date_nothing() -> None:
    found = times(
        "The/det>mayor mayor/nsubj>resigned:person resigned=resign/root:past two/nummod>days"
        " days=day/obl>attack:time:plural after/case>attack the/det>attack"
        " attack/obl>resigned:event ./punct>resigned"
    )
    assert found == {}


def test_length_of_a_thing_does_not_date_who_has_it() -> None:
    found = times(
        "She/nsubj>signed:PRON signed=sign/root:past a/det>contract ten-year/compound>contract:noun"
        " contract/obj>signed:object ./punct>signed"
    )
    assert found == {}


def test_first_since_a_year_did_not_last_since_then() -> None:
    found = times(
        "It/nsubj>victory:PRON was/cop>victory the/det>victory first/amod>victory"
        " victory/root:event since/case>1958 1958/nmod>victory:NUM ./punct>victory"
    )
    assert found == {}


def test_date_that_tells_which_thing_dates_no_event() -> None:
    found = times(
        "They/nsubj>changed:PRON changed=change/root:past the/det>constitution"
        " 1999/nummod>constitution:NUM constitution/obj>changed:object ./punct>changed"
    )
    assert found == {}


def test_model_dates_the_nearer_verb_where_the_tree_hangs_the_time_too_high() -> None:
    found = times(
        "He/nsubj>charged:PRON was/aux:pass>charged charged=charge/root:passive in/case>court"
        " a/det>court court/obl>charged:organization with/mark>bribing"
        " bribing=bribe/advcl>charged:ger"
        " judges/obj>bribing:person:plural in/case>May May/obl>charged:time:PROPN"
        " ./punct>charged",
        roles=(RoleArc(predicate=7, argument=10, label="ARGM-TMP", score=0.6),),
    )
    assert found == {"bribing": "2024-05"}


def test_time_that_is_spent_is_that_of_what_was_done_in_it() -> None:
    found = times(
        "They/nsubj>spent:PRON spent=spend/root:past three/nummod>weeks"
        " weeks=week/obj>spent:time:plural negotiating=negotiate/advcl>spent:ger ./punct>spent"
    )
    assert found == {"negotiating": "P3W"}


def test_headline_has_the_time_that_its_story_gives() -> None:
    found = times(
        "Mayor/nsubj>Resigns:person Resigns=resign/root:pres\n"
        "The/det>mayor mayor/nsubj>resigned:person resigned=resign/root:past"
        f" {MONDAY.format('resigned')} ./punct>resigned"
    )
    assert found == {"Resigns": "2024-05-06", "resigned": "2024-05-06"}
