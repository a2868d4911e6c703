"""Time expressions: what is found, how far it runs, and which TIMEX3 value it gets."""

from datetime import date

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.dates import find_times

NLP = spacy.blank("en")
#: A Wednesday, in ISO week 10.
PUBLISHED = date(2019, 3, 6)


def read(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    """The words, type and value of each expression in ``text``."""
    times = find_times(NLP(text), published=published)
    return [(text[time.span.start : time.span.end], time.type, time.value) for time in times]


ABSOLUTE = [
    ("The treaty was signed on June 14, 1985.", "June 14, 1985", "1985-06-14"),
    ("The treaty was signed on 14 June 1985.", "14 June 1985", "1985-06-14"),
    ("Signed on the 14th of June, 1985, it failed.", "the 14th of June, 1985", "1985-06-14"),
    ("They met on Tuesday, January 5, 2010.", "Tuesday, January 5, 2010", "2010-01-05"),
    ("They met on Tuesday 5 January 2010.", "Tuesday 5 January 2010", "2010-01-05"),
    ("The law of Feb. 3, 2011 stands.", "Feb. 3, 2011", "2011-02-03"),
    ("Dated 2016-11-08 in the file.", "2016-11-08", "2016-11-08"),
    ("Filed on 11/08/2016 in court.", "11/08/2016", "2016-11-08"),
    ("Filed on 25/12/2016 in court.", "25/12/2016", "2016-12-25"),
    ("It fell in March 1990.", "March 1990", "1990-03"),
    ("It fell in May of 1990.", "May of 1990", "1990-05"),
    ("The plan failed in 1977.", "1977", "1977"),
    ("The plan failed in late 1977.", "late 1977", "1977"),
    ("It ended by the end of 1977.", "the end of 1977", "1977"),
    ("It ended in mid-July 1977.", "mid-July 1977", "1977-07"),
    ("It grew during the 1980s.", "the 1980s", "198"),
    ("It grew in the early 1980s.", "the early 1980s", "198"),
    ("It grew in the sixties.", "the sixties", "196"),
    ("It began in the 19th century.", "the 19th century", "18"),
    ("A seventeenth-century house burnt.", "seventeenth-century", "16"),
    ("It thrived in the twenty-first century.", "the twenty-first century", "20"),
    ("They left in the summer of 2008.", "the summer of 2008", "2008-SU"),
    ("They left in spring 2008.", "spring 2008", "2008-SP"),
    ("They left in the fall of 2008.", "the fall of 2008", "2008-FA"),
    ("Sales rose in the third quarter of 2015.", "the third quarter of 2015", "2015-Q3"),
    ("Sales rose in Q2 2015.", "Q2 2015", "2015-Q2"),
    ("Sales rose in the second half of 2015.", "the second half of 2015", "2015-H2"),
    ("Spending rose in fiscal year 2015.", "fiscal year 2015", "FY2015"),
    ("The city fell in 490 BC.", "490 BC", "BC0490"),
    ("It happened on New Year's Eve 1999.", "New Year's Eve 1999", "1999-12-31"),
    ("On Easter Monday 2016 the doors opened.", "Easter Monday 2016", "2016-03-28"),
]

#: Against Wednesday, 2019-03-06.
RELATIVE = [
    ("The minister resigned today.", "today", "2019-03-06"),
    ("The minister resigned yesterday.", "yesterday", "2019-03-05"),
    ("The minister will resign tomorrow.", "tomorrow", "2019-03-07"),
    ("He left the day before yesterday.", "the day before yesterday", "2019-03-04"),
    ("He will go the day after tomorrow.", "the day after tomorrow", "2019-03-08"),
    ("He arrived earlier today.", "earlier today", "2019-03-06"),
    ("Rebels took the bridge last week.", "last week", "2019-W09"),
    ("Talks resume next week.", "next week", "2019-W11"),
    ("Talks were held this week.", "this week", "2019-W10"),
    ("Talks were held this past week.", "this past week", "2019-W09"),
    ("Prices fell last month.", "last month", "2019-02"),
    ("Prices will fall next month.", "next month", "2019-04"),
    ("Prices fell this year.", "this year", "2019"),
    ("Prices fell late last year.", "late last year", "2018"),
    ("It closes later this year.", "later this year", "2019"),
    ("It closes at the end of this year.", "the end of this year", "2019"),
    ("A vote is due early next year.", "early next year", "2020"),
    ("He was freed two days ago.", "two days ago", "2019-03-04"),
    ("He was freed three weeks ago.", "three weeks ago", "2019-W07"),
    ("He was freed six months ago.", "six months ago", "2018-09"),
    ("He was freed about ten years ago.", "about ten years ago", "2009"),
    ("He was freed a year ago.", "a year ago", "2018"),
    ("He was freed half a century ago.", "half a century ago", "1969"),
    ("The ship sank 48 hours ago.", "48 hours ago", "2019-03-04"),
    ("It ends two weeks from now.", "two weeks from now", "2019-W12"),
    ("Profits fell last quarter.", "last quarter", "2018-Q4"),
    ("Farmers marched last summer.", "last summer", "2018-SU"),
    ("Farmers will march this summer.", "this summer", "2019-SU"),
    ("The dam burst last October.", "last October", "2018-10"),
    ("The dam burst last February.", "last February", "2019-02"),
    ("The bridge opens next April.", "next April", "2019-04"),
    ("The bridge opens next February.", "next February", "2020-02"),
    ("It ended at year's end.", "year's end", "2019"),
    ("Unions struck last weekend.", "last weekend", "2019-W09-WE"),
    ("Unions will strike this weekend.", "this weekend", "2019-W10-WE"),
    ("Spending fell in the current fiscal year.", "the current fiscal year", "FY2019"),
]

DIRECTED = [
    ("The army took the hill on Wednesday.", "Wednesday", "2019-03-06"),
    ("The army took the hill on Thursday.", "Thursday", "2019-02-28"),
    ("The army took the hill on Monday.", "Monday", "2019-03-04"),
    ("The army will leave on Monday.", "Monday", "2019-03-11"),
    ("Voting is set to begin on Friday.", "Friday", "2019-03-08"),
    ("He died last Tuesday.", "last Tuesday", "2019-03-05"),
    ("She speaks next Tuesday.", "next Tuesday", "2019-03-12"),
    ("She speaks this Friday.", "this Friday", "2019-03-08"),
    ("The town was captured in September.", "September", "2018-09"),
    ("The town was captured in March.", "March", "2019-03"),
    ("The summit will be held in September.", "September", "2019-09"),
    ("The deal should be completed in February.", "February", "2020-02"),
    ("He was arrested on February 20.", "February 20", "2019-02-20"),
    ("He was arrested on 20 December.", "20 December", "2018-12-20"),
    ("The trial is expected to open on April 2.", "April 2", "2019-04-02"),
    ("The trial was due to open on March 9.", "March 9", "2019-03-09"),
    ("In 1999 he took power, and on October 12 he spoke.", "October 12", "1999-10-12"),
    ("They met on Tuesday, February 26.", "Tuesday, February 26", "2019-02-26"),
    ("Fires spread during the winter.", "the winter", "2018-WI"),
]

PARTS_OF_DAY = [
    ("Shells fell on Monday night.", "Monday night", "2019-03-04TNI"),
    ("Shells fell yesterday afternoon.", "yesterday afternoon", "2019-03-05TAF"),
    ("Shells fell last night.", "last night", "2019-03-05TNI"),
    ("Shells fell this morning.", "this morning", "2019-03-06TMO"),
    ("Crowds will gather tonight.", "tonight", "2019-03-06TNI"),
    ("Shells fell overnight.", "overnight", "2019-03-05TNI"),
    ("Shells fell on the night of 4 May 1999.", "the night of 4 May 1999", "1999-05-04TNI"),
    ("On Monday the ship left at 14:30.", "14:30", "2019-03-04T14:30"),
    ("On Monday the ship left at 9:05 p.m. again.", "9:05 p.m.", "2019-03-04T21:05"),
    ("On Monday the ship left at 8 am.", "8 am", "2019-03-04T08:00"),
    ("On Monday the ship left at 06:00 GMT.", "06:00 GMT", "2019-03-04T06:00Z"),
    ("On Monday the ship left at noon.", "noon", "2019-03-04T12:00"),
    ("On Monday the ship left at dawn.", "dawn", "2019-03-04TMO"),
    ("The lights went out at night.", "night", "XXXX-XX-XXTNI"),
]

ANAPHORIC = [
    ("Troops left on 3 May 2011. Two days later they came back.", "Two days later", "2011-05-05"),
    ("Troops left on 3 May 2011. The next day they came back.", "The next day", "2011-05-04"),
    ("Troops left on 3 May 2011. The same day a bomb went off.", "The same day", "2011-05-03"),
    ("Troops left on 3 May 2011. A day earlier they had fought.", "A day earlier", "2011-05-02"),
    ("Troops left on 3 May 2011. The following month they met.", "The following month", "2011-06"),
    ("Troops left on 3 May 2011. That year prices rose.", "That year", "2011"),
    ("Troops left on 3 May 2011. Later that year it ended.", "Later that year", "2011"),
    (
        "Troops left on 3 May 2011. In August of that year it ended.",
        "August of that year",
        "2011-08",
    ),
    ("Troops left on 3 May 2011. Three years later it ended.", "Three years later", "2014"),
    ("Troops left on 3 May 2011. The previous year they came.", "The previous year", "2010"),
    ("Troops left on 3 May 2011. That night it rained.", "That night", "2011-05-03TNI"),
    ("Troops left on 3 May 2011. The next morning it rained.", "The next morning", "2011-05-04TMO"),
    ("Troops left on 3 May 2011. By that time it was over.", "that time", "2011-05-03"),
    ("Troops left in May 2011. Two days later it was over.", "Two days later", "2011-05-XX"),
]


@pytest.mark.parametrize(
    ("text", "words", "value"), ABSOLUTE + RELATIVE + DIRECTED + PARTS_OF_DAY + ANAPHORIC
)
def test_date_has_words_and_value(text: str, words: str, value: str) -> None:
    found = {expression: timex for expression, _, timex in read(text)}
    assert found.get(words) == value


DURATIONS = [
    ("They fled, a week after the raid.", "a week", "P1W"),
    ("The siege lasted three days.", "three days", "P3D"),
    ("The siege lasted more than two years.", "more than two years", "P2Y"),
    ("The siege lasted several weeks.", "several weeks", "PXW"),
    ("The siege lasted a few hours.", "a few hours", "PTXH"),
    ("The siege lasted two and a half years.", "two and a half years", "P2.5Y"),
    ("The siege lasted half an hour.", "half an hour", "PT0.5H"),
    ("The siege lasted for weeks.", "weeks", "PXW"),
    ("A 12-year war ended.", "12-year", "P12Y"),
    ("A month-long truce ended.", "month-long", "P1M"),
    ("Prices fell over the past decade.", "the past decade", "P10Y"),
    ("Prices fell in the last six months.", "the last six months", "P6M"),
    ("Hand it in within twenty working days.", "twenty working days", "P20D"),
    ("It lasted nearly a century.", "nearly a century", "P100Y"),
    ("It shrank for two consecutive quarters.", "two consecutive quarters", "P2Q"),
    ("They marched all day.", "all day", "P1D"),
    ("He stayed a couple of months.", "a couple of months", "P2M"),
    ("It rained in the last week of August 2010.", "the last week of August 2010", "P1W"),
]
SETS = [
    ("Pilgrims come every year.", "every year", "P1Y"),
    ("Pilgrims come each month.", "each month", "P1M"),
    ("Pilgrims come every two weeks.", "every two weeks", "P2W"),
    ("Pilgrims come every other day.", "every other day", "P2D"),
    ("They pray every Friday.", "every Friday", "XXXX-WXX-5"),
    ("They pray on Fridays.", "Fridays", "XXXX-WXX-5"),
    ("They meet twice a week.", "twice a week", "P1W"),
    ("A weekly march was held.", "weekly", "P1W"),
    ("The body reports annually.", "annually", "P1Y"),
    ("It burns 30 tons per day.", "per day", "P1D"),
    ("They shell the town every night.", "every night", "XXXX-XX-XXTNI"),
]
VAGUE = [
    ("The mayor is now in custody.", "now", "PRESENT_REF"),
    ("The mayor recently fled.", "recently", "PAST_REF"),
    ("Attacks have grown in recent months.", "recent months", "PAST_REF"),
    ("It may reopen in the future.", "in the future", "FUTURE_REF"),
    ("It has happened in the past.", "in the past", "PAST_REF"),
    ("He returned a few days later.", "a few days later", "FUTURE_REF"),
]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [(*case[:2], "DURATION", case[2]) for case in DURATIONS]
    + [(*case[:2], "SET", case[2]) for case in SETS]
    + [(*case[:2], "DATE", case[2]) for case in VAGUE],
)
def test_other_types(text: str, words: str, kind: str, value: str) -> None:
    assert (words, kind, value) in read(text)


NOT_TIMES = [
    "She may march against the ruling.",
    "The 30-year-old driver was unhurt.",
    "The driver, 30 years old, was unhurt.",
    "He finished second in the race.",
    "A second attack failed.",
    "The fall of the city shocked many.",
    "Some 1800 soldiers deserted.",
    "The prize was worth $2000.",
    "The court may rule against him.",
    "Police seized three quarters of the cash.",
    "The sun set over the hills.",
    "Flight 1549 came down.",
]


@pytest.mark.parametrize("text", NOT_TIMES)
def test_no_time_in(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It ran from May to July 2012.", ["2012-05", "2012-07"]),
        ("It ran between 1914 and 1918.", ["1914", "1918"]),
        ("The war (1939\u201345) ended.", ["1939", "1945"]),
        ("It ran from November to February 2010.", ["2009-11", "2010-02"]),
        ("Clashes on 5 and 6 June 2010 cost lives.", ["2010-06-05", "2010-06-06"]),
        ("Clashes on June 5-6, 2010 cost lives.", ["2010-06-05", "2010-06-06"]),
        ("It takes between 60 and 90 days.", ["P60D", "P90D"]),
        ("It grew in 1997 and 1998.", ["1997", "1998"]),
    ],
)
def test_ends_of_ranges_are_two_expressions(text: str, values: list[str]) -> None:
    assert [value for _, _, value in read(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left on Wednesday.", "XXXX-WXX-3"),
        ("He left in September.", "XXXX-09"),
        ("He left on February 20.", "XXXX-02-20"),
        ("He left last week.", "XXXX-WXX"),
        ("He left on 4 May 2001.", "2001-05-04"),
        ("He left yesterday.", "XXXX-XX-XX"),
        ("He left this summer.", "XXXX-SU"),
    ],
)
def test_without_publication_date_values_stay_open(text: str, value: str) -> None:
    assert [timex for _, _, timex in read(text, None)] == [value]


def test_history_counts_from_the_date_last_told() -> None:
    text = (
        "War began on 4 March 1811. In May the king fled. By June 1812 the coast was lost. In "
        "December 1812 a truce held until January. On 7 February 1813 it broke. The fleet sailed "
        "in July 1813 and came home in 1814. On 3 May 1815 peace was made; two days later he fell."
    )
    found = [value for _, _, value in read(text)]
    assert found[1] == "1811-05"
    assert found[4] == "1813-01"
    assert found[-1] == "1815-05-05"


@pytest.mark.parametrize(
    ("value_text", "first", "last"),
    [
        ("It fell in March 1990.", date(1990, 3, 1), date(1990, 3, 31)),
        ("It fell in 1990.", date(1990, 1, 1), date(1990, 12, 31)),
        ("It fell last week.", date(2019, 2, 25), date(2019, 3, 3)),
        ("It fell last weekend.", date(2019, 3, 2), date(2019, 3, 3)),
        ("It fell in the 1980s.", date(1980, 1, 1), date(1989, 12, 31)),
        ("It fell in the winter of 1990.", date(1990, 12, 1), date(1991, 2, 28)),
        ("It fell in the second quarter of 1990.", date(1990, 4, 1), date(1990, 6, 30)),
        ("It fell on Monday night.", date(2019, 3, 4), date(2019, 3, 4)),
    ],
)
def test_interval_names_first_and_last_day(value_text: str, first: date, last: date) -> None:
    (time,) = find_times(NLP(value_text), published=PUBLISHED)
    assert time.interval is not None
    assert (time.interval.first, time.interval.last) == (first, last)


@pytest.mark.parametrize("text", ["It lasted three days.", "It is now shut.", "It fell in 490 BC."])
def test_no_interval_where_no_day_is_named(text: str) -> None:
    (time,) = find_times(NLP(text), published=PUBLISHED)
    assert time.interval is None


def test_nothing_is_found_before_start() -> None:
    text = " date 2019-03-06 The army left on Monday."
    times = find_times(NLP(text), published=PUBLISHED, start=17, article_id="a")
    assert [(time.span.article_id, text[time.span.start : time.span.end]) for time in times] == [
        ("a", "Monday")
    ]


@given(st.text(alphabet="ab 019/:-\u2013'\u2019.,\nMJuneaymonthyersdgotlwk()th", max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    times = find_times(NLP.make_doc(text), published=PUBLISHED)
    ends = [0, *(time.span.end for time in times)]
    assert all(end <= time.span.start for end, time in zip(ends, times, strict=False))
    assert all(time.span.end <= len(text) for time in times)
