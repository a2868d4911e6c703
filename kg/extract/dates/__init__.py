"""English time expressions of news as TIMEX3 values, with the days of the calendar they name.

``find_times`` finds and resolves them, ``event_time`` and ``attach_value`` turn one with its
preposition ("since", "from … to") into the time of an event.

Why a grammar of its own: the libraries that install with pip are made for single date strings
(dateparser, parsedatetime), and lack durations, sets, parts of day and the choice of direction by
the tense of the governing verb; HeidelTime and SUTime need Java. None of them was measured here.
The grammar is some sixty patterns over some ninety word categories: ``lexicon`` (words), ``pieces``
(text to categories), ``grammar`` (patterns), ``guards`` (what is no time after all), ``phrases``
(fields), ``tense`` (direction), ``resolve`` (values), ``values`` (calendar), ``attach`` (events).
"""

from kg.extract.dates.attach import (
    attach_value,
    event_time,
    find_range_end,
    join_range,
    preposition_before,
    resolve_since,
)
from kg.extract.dates.finder import find_times
from kg.extract.dates.values import interval_of

__all__ = [
    "attach_value",
    "event_time",
    "find_range_end",
    "find_times",
    "interval_of",
    "join_range",
    "preposition_before",
    "resolve_since",
]
