"""A document made by hand -> the arguments that an event has from another event."""

import pytest

from kg.extract import extract
from kg.records import Article, RoleName
from tests.extract.docs import lexicon, make_doc

RAID = (
    "a/det>raid raid/obl>killed:event by/case>army the/det>army army/nmod>raid:organization"
    " ./punct>killed"
)


def arguments(text: str, trigger: str) -> dict[str, list[str]]:
    """The texts in each role of the last event of that trigger."""
    doc = make_doc(text)
    found = extract(doc, Article(id="test", text=doc.text), lexicon=lexicon(), model="test 1")
    spans = {m.id: m.span for m in found.mentions}
    result: dict[str, list[str]] = {}
    for event in found.event_mentions:
        if doc.text[event.trigger.start : event.trigger.end] == trigger:
            result = {}
            for argument in event.arguments:
                span = spans[argument.mention_id]
                words = doc.text[span.start : span.end]
                result.setdefault(str(argument.name), []).append(words)
    return result


def killed_in(phrase: str) -> dict[str, list[str]]:
    return arguments(
        "Two/nummod>guards guards=guard/nsubj:pass>killed:person:plural were/aux:pass>killed"
        f" killed=kill/root:passive {phrase}",
        "killed",
    )


def test_whoever_does_the_raid_kills_in_it() -> None:
    assert killed_in(f"in/case>raid {RAID}") == {"target": ["Two guards"], "actor": ["the army"]}


def test_whoever_is_killed_before_a_raid_is_not_killed_by_it() -> None:
    assert "actor" not in killed_in(f"before/case>raid {RAID}")


def test_a_fight_of_two_sides_tells_nothing_of_who_killed() -> None:
    clash = (
        "in/case>clashes clashes=clash/obl>killed:event:plural between/case>rebels"
        " rebels=rebel/nmod>clashes:person:plural and/cc>police police/conj>rebels:organization"
        " ./punct>killed"
    )
    assert "actor" not in killed_in(clash)


@pytest.mark.parametrize(
    ("verb", "targets"), [("killed=kill", ["two guards"]), ("followed=follow", None)]
)
def test_deed_harms_whom_its_verb_says(verb: str, targets: list[str] | None) -> None:
    form = verb.partition("=")[0]
    found = arguments(
        f"The/det>blast blast/nsubj>{form}:event {verb}/root:past two/nummod>guards"
        f" guards=guard/obj>{form}:person:plural ./punct>{form}",
        "blast",
    )
    assert found.get("target") == targets


@pytest.mark.parametrize(
    ("determiner", "noun", "actors"),
    [
        ("this", "meeting", ["Two leaders"]),
        ("a", "meeting", None),
        ("the", "meeting", None),
        ("this", "attack", None),
    ],
)
def test_event_pointed_to_has_the_actors_that_it_was_told_with(
    determiner: str, noun: str, actors: list[str] | None
) -> None:
    found = arguments(
        "Two/nummod>leaders leaders=leader/nsubj>met:person:plural met=meet/root:past ./punct>met\n"
        f"{determiner.title()}={determiner}/det>{noun} {noun}/nsubj>ended:event"
        " ended=end/root:past:state ./punct>ended",
        noun,
    )
    assert found.get(str(RoleName.ACTOR)) == actors


@pytest.mark.parametrize(
    "demand",
    [
        "a/det>call call/obj>rejected:event by/case>union the/det>union"
        " union/nmod>call:organization",
        "a/det>union union/compound>call:organization call/obj>rejected:event",
    ],
)
def test_what_is_rejected_is_told_with_whose_it_is(demand: str) -> None:
    found = arguments(
        "The/det>army army/nsubj>rejected:organization rejected=reject/root:past"
        f" {demand} ./punct>rejected",
        "rejected",
    )
    assert found["actor"] == ["The army"]
    assert [target.split()[-1] for target in found["target"]] == ["union"]


def test_promise_has_whom_the_aid_goes_to_however_far_down_it_is_told() -> None:
    found = arguments(
        "Paris/nsubj>promised:GPE promised=promise/root:past to/mark>send send/xcomp>promised:inf"
        " tons/obj>send:noun:plural of/case>aid aid/nmod>tons:event to/case>Haiti"
        " Haiti/nmod>aid:GPE ./punct>promised",
        "promised",
    )
    assert found["target"] == ["Haiti"]


def test_promise_despite_a_threat_is_not_made_to_who_threatens() -> None:
    found = arguments(
        "Paris/nsubj>promised:GPE promised=promise/root:past despite/case>threats"
        " threats=threat/obl>promised:event:plural by/case>rebels"
        " rebels=rebel/nmod>threats:person:plural to/mark>leave leave/xcomp>promised:inf"
        " ./punct>promised",
        "promised",
    )
    assert "target" not in found


def test_protest_is_against_whoever_its_demand_is_about() -> None:
    found = arguments(
        "Crowds=crowd/nsubj>marched:person:plural marched=march/root:past"
        " demanding=demand/advcl>marched:part the/det>release release/obj>demanding:event"
        " of/case>poet the/det>poet poet/nmod>release:person by/case>army the/det>army"
        " army/nmod>release:organization ./punct>marched",
        "marched",
    )
    assert found["actor"] == ["Crowds"]
    assert "target" in found
