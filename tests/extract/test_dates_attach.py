"""The value that a time expression gives to an event: since, from … to, three days after."""

from datetime import date

import pytest
import spacy

from kg.extract.dates import (
    attach_value,
    event_time,
    find_range_end,
    find_times,
    preposition_before,
)
from kg.records import Span, TimeExpression

NLP = spacy.blank("en")
PUBLISHED = date(2019, 3, 6)


def value_at(text: str, words: str) -> str:
    """The event value of the expression ``words`` in ``text``."""
    doc = NLP(text)
    times = find_times(doc, published=PUBLISHED)
    time = next(t for t in times if text[t.span.start : t.span.end] == words)
    return event_time(doc, time, times, published=PUBLISHED).value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Thousands have fled since February 20.", "February 20", "2019-02-20/2019-03-06"),
        ("Thousands have fled since 2016.", "2016", "2016/2019-03-06"),
        ("Thousands have fled since last week.", "last week", "2019-W09/2019-03-06"),
        ("Since early January thousands have fled.", "early January", "2019-01/2019-03-06"),
        ("Thousands fled from May to July 2012.", "May", "2012-05/2012-07"),
        ("Thousands fled from May to July 2012.", "July 2012", "2012-05/2012-07"),
        ("Thousands fled between 2014 and 2016.", "2014", "2014/2016"),
        ("The war (1939\u201345) cost many lives.", "1939", "1939/1945"),
        ("The show runs from March 9 through April 2.", "March 9", "2019-03-09/2019-04-02"),
        ("In 1997 and 1998 thousands fled.", "1997", "1997/1998"),
        ("Thousands fled on 5 and 6 June 2010.", "5", "2010-06-05/2010-06-06"),
        ("Thousands fled until 2016.", "2016", "2016"),
        ("Thousands fled by June 2016.", "June 2016", "2016-06"),
        ("Thousands fled three days after May 2, 2010.", "three days", "2010-05-05"),
        ("Thousands fled two weeks before May 20, 2010.", "two weeks", "2010-W18"),
        ("Thousands fled overnight.", "overnight", "2019-03-05/2019-03-06"),
        ("Thousands fled for three days.", "three days", "P3D"),
        ("Thousands have fled since then, for three years.", "three years", "P3Y"),
        ("They fled in 2010, 2011 was calmer.", "2010", "2010"),
        ("They met on Monday and on Tuesday.", "Monday", "2019-03-04"),
    ],
)
def test_event_time_reads_preposition_and_range(text: str, words: str, value: str) -> None:
    assert value_at(text, words) == value


def test_since_interval_ends_with_the_publication() -> None:
    doc = NLP("Thousands have fled since February 20.")
    (time,) = find_times(doc, published=PUBLISHED)
    found = attach_value(time, "since", published=PUBLISHED)
    assert found.interval is not None
    assert (found.interval.first, found.interval.last) == (date(2019, 2, 20), PUBLISHED)
    assert found.span == time.span


def test_since_a_later_day_or_without_publication_changes_nothing() -> None:
    doc = NLP("Open since April 2, 2030.")
    (time,) = find_times(doc, published=PUBLISHED)
    assert attach_value(time, "since", published=PUBLISHED) is time
    assert attach_value(time, "since", published=None) is time


def test_range_span_runs_to_its_end() -> None:
    text = "Thousands fled from May 3 to May 9."
    doc = NLP(text)
    first, last = find_times(doc, published=PUBLISHED)
    found = event_time(doc, first, (first, last), published=PUBLISHED)
    assert text[found.span.start : found.span.end] == "May 3 to May 9"


def test_backward_range_is_no_range() -> None:
    text = "from 2016 to 2012"
    times = find_times(NLP(text), published=PUBLISHED)
    assert find_range_end(text, times[0], times) is None


@pytest.mark.parametrize(
    ("text", "preposition"),
    [
        ("since the 2014 vote", "since"),
        ("as of 2014", "as of"),
        ("until about 2014", "until"),
        ("Since 2014", "since"),
        ("the 2014 vote", None),
        ("2014", None),
    ],
)
def test_preposition_before(text: str, preposition: str | None) -> None:
    assert preposition_before(text, text.index("2014")) == preposition


def test_duration_is_not_stretched_by_since() -> None:
    span = Span(article_id="a", start=0, end=1)
    time = TimeExpression(span=span, type="DURATION", value="P3D")
    assert attach_value(time, "since", published=PUBLISHED) is time
