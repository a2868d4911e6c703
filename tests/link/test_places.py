"""Linking the place names of an article."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.coherence import NameGroup, distance_km, score_candidates
from kg.link.gazetteer import Gazetteer, PlaceCandidate
from kg.link.places import (
    PlaceLink,
    PlaceName,
    UnresolvedReason,
    find_containment,
    link_places,
)
from kg.placenames import Feature
from kg.records import Span


def spans_of(text: str, *names: str) -> list[Span]:
    found = [match for name in names for match in re.finditer(re.escape(name), text)]
    return [Span(article_id="a", start=m.start(), end=m.end()) for m in found]


def link(
    gazetteer: Gazetteer, text: str, *names: str, publisher: str | None = None
) -> list[PlaceLink]:
    places = [
        PlaceName(text=text[span.start : span.end], span=span) for span in spans_of(text, *names)
    ]
    links = link_places(places, text=text, publisher_country=publisher, gazetteer=gazetteer)
    return list(links)


def candidate(name: str, latitude: float, longitude: float, **fields: object) -> PlaceCandidate:
    values: dict[str, object] = {
        "gazetteer_id": f"test:{name}-{latitude}",
        "name": name,
        "feature": Feature.SETTLEMENT,
        "latitude": latitude,
        "longitude": longitude,
        "country": "USA",
        "division": "",
        "population": 1000,
        "match": 1.0,
    }
    return PlaceCandidate(**(values | fields))  # type: ignore[arg-type]  # fields vary by test


@pytest.mark.parametrize(
    "text",
    [
        "They met in Aleppo, Syria.",
        "The Aleppo (Syria) office.",
        "They fled Aleppo in Syria.",
        "They fled Aleppo, in northern Syria.",
        "Aleppo, a city in north-western Syria, fell.",
        "Aleppo, the largest city of Syria, fell.",
    ],
)
def test_containment_is_seen(text: str) -> None:
    assert find_containment(text, spans_of(text, "Aleppo", "Syria")) == ((0, 1),)


@pytest.mark.parametrize(
    "text",
    [
        "Aleppo and Syria",
        "Aleppo. Syria said",
        "from Aleppo to Syria",
        "Aleppo said in 2018 that Syria",
    ],
)
def test_containment_is_not_seen_elsewhere(text: str) -> None:
    assert find_containment(text, spans_of(text, "Aleppo", "Syria")) == ()


def test_containment_ignores_the_order_of_the_spans() -> None:
    text = "They met in Aleppo, Syria."
    assert find_containment(text, spans_of(text, "Syria", "Aleppo")) == ((1, 0),)


@pytest.mark.parametrize(
    ("text", "name", "latitude", "longitude"),
    [
        ("A man from Paris, Texas, was held.", "Paris", 33.7, -95.6),
        ("A man from Paris, Tenn., was held.", "Paris", 36.3, -88.3),
        ("A man from Paris was held.", "Paris", 48.9, 2.3),
        ("Police in London, Ontario, said so.", "London", 43.0, -81.2),
        ("Police in London said so.", "London", 51.5, -0.1),
        ("The camp at al-Hol in Hasakah is full.", "al-Hol", 36.4, 41.1),
    ],
)
def test_what_the_text_says_contains_a_place_decides(
    gazetteer: Gazetteer, text: str, name: str, latitude: float, longitude: float
) -> None:
    (found,) = link(gazetteer, text, name)
    assert found.location is not None
    assert found.location.latitude == pytest.approx(latitude, abs=0.3)
    assert found.location.longitude == pytest.approx(longitude, abs=0.3)


def test_one_name_with_its_container_is_split(gazetteer: Gazetteer) -> None:
    (found,) = link(gazetteer, "They met in Paris, Texas.", "Paris, Texas")
    assert found.location is not None
    assert found.location.country == "USA"


def test_places_of_an_article_lie_together(gazetteer: Gazetteer) -> None:
    text = "The sheriff of Lamar County said a man of Reno drove from Paris to Blossom and Dallas."
    links = link(gazetteer, text, "Lamar County", "Paris", "Blossom", "Dallas")
    assert all(found.location and -97 < found.location.longitude < -94 for found in links)


def test_a_demonym_elsewhere_in_the_text_helps(gazetteer: Gazetteer) -> None:
    plain, helped = (
        link(gazetteer, text, "Tripoli")[0]
        for text in ("He went to Tripoli.", "Lebanese troops and Lebanese police are in Tripoli.")
    )
    score = {
        text: sum(c.score for c in found.candidates if c.country == "LBN")
        for text, found in (("plain", plain), ("helped", helped))
    }
    assert score["helped"] > score["plain"]


def test_the_publishers_country_helps(gazetteer: Gazetteer) -> None:
    (found,) = link(gazetteer, "A fire broke out in Perth.", "Perth")
    (scottish,) = link(gazetteer, "A fire broke out in Perth.", "Perth", publisher="GBR")
    british = [
        sum(c.score for c in candidates if c.country == "GBR")
        for candidates in (found.candidates, scottish.candidates)
    ]
    assert british[1] > british[0]


def test_an_unknown_name_is_left_with_its_reason(gazetteer: Gazetteer) -> None:
    found, other = link(gazetteer, "Qwrtpsdfg lies in Iraq.", "Qwrtpsdfg", "Iraq")
    assert found.location is None
    assert found.reason is UnresolvedReason.NOT_IN_GAZETTEER
    assert found.candidates == ()
    assert other.location is not None


def test_a_common_word_is_not_guessed_but_keeps_its_candidates(gazetteer: Gazetteer) -> None:
    (found,) = link(gazetteer, "They crossed the Valley.", "Valley")
    assert found.reason is UnresolvedReason.AMBIGUOUS
    assert found.candidates


def test_a_common_word_is_linked_where_the_text_says_what_contains_it(gazetteer: Gazetteer) -> None:
    (found,) = link(gazetteer, "She moved to Union, New Jersey.", "Union")
    assert found.location is not None
    assert found.location.country == "USA"


def test_a_name_known_by_its_sound_needs_its_country_in_the_article(gazetteer: Gazetteer) -> None:
    name = "Hawijja"
    alone, supported = (
        link(gazetteer, text, name)[0]
        for text in (f"{name} was hit.", f"{name} was hit, Iraqi troops said. Iraq closed Mosul.")
    )
    assert alone.reason is UnresolvedReason.NOT_IN_GAZETTEER
    assert supported.location is not None
    assert supported.location.country == "IRQ"


def test_one_unknown_place_spoils_no_other(gazetteer: Gazetteer) -> None:
    text = "Qwrtpsdfg, Mosul and Baghdad"
    assert [
        bool(found.location) for found in link(gazetteer, text, "Qwrtpsdfg", "Mosul", "Baghdad")
    ] == [
        False,
        True,
        True,
    ]


def test_no_names_give_no_links(gazetteer: Gazetteer) -> None:
    assert link(gazetteer, "Nothing here.") == []


def test_exactly_one_of_location_and_reason_is_set(gazetteer: Gazetteer) -> None:
    text = "Qwrtpsdfg, Valley, Paris, Springfield and Iraq"
    for found in link(gazetteer, text, "Qwrtpsdfg", "Valley", "Paris", "Springfield", "Iraq"):
        assert (found.location is None) != (found.reason is None)


@given(st.permutations(["Paris", "Texas", "Iraq", "Mosul", "Springfield", "Georgia"]))
def test_the_order_of_names_changes_nothing(names: list[str]) -> None:
    text = "Paris Texas Iraq Mosul Springfield Georgia"
    spans = {name: spans_of(text, name)[0] for name in names}
    places = [PlaceName(text=name, span=spans[name]) for name in names]
    links = link_places(places, text=text)
    again = {found.name.text: found.location for found in link_places(places[::-1], text=text)}
    for found in links:
        other = again[found.name.text]
        assert (found.location is None) == (other is None)
        if found.location and other:
            assert found.location.gazetteer_id == other.gazetteer_id


def test_probabilities_sum_to_one() -> None:
    group = NameGroup(candidates=(candidate("Ham", 10, 10), candidate("Ham", 20, 20)))
    other = NameGroup(candidates=(candidate("Eg", 10.1, 10.1),))
    scores = score_candidates([group, other])
    assert [sum(values) for values in scores] == pytest.approx([1.0, 1.0])
    assert scores[0][0] > scores[0][1]


def test_people_and_containment_move_the_score() -> None:
    small, large = candidate("Ham", 10, 10), candidate("Ham", 50, 50, population=10**6)
    (scores,) = score_candidates([NameGroup(candidates=(small, large))])
    assert scores[1] > scores[0]
    (told,) = score_candidates([NameGroup(candidates=(small, large), contained=frozenset({0}))])
    assert told[0] > told[1]


def test_no_candidates_give_no_scores() -> None:
    assert score_candidates([]) == []
    assert score_candidates([NameGroup(candidates=())]) == [()]


def test_distances() -> None:
    assert distance_km(candidate("A", 0, 0), candidate("B", 0, 180)) == pytest.approx(20015, abs=1)
    assert distance_km(candidate("A", 51.5, -0.1), candidate("B", 48.9, 2.3)) == pytest.approx(
        335, abs=10
    )
