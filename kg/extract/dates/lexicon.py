"""The words of English time expressions by category; the grammar refers to nothing else.

A word may stand in several categories ("second" is a unit and an ordinal, "may" a month and a
verb): the grammar, not the lexicon, decides which one is meant.
"""

from kg.extract.numbers import ORDINALS, SCALES, SMALL

MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}

WEEKDAYS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        start=1,
    )
    for word in words.split()
}

SEASONS: dict[str, str] = {
    "spring": "SP",
    "springtime": "SP",
    "summer": "SU",
    "summertime": "SU",
    "autumn": "FA",
    "fall": "FA",
    "winter": "WI",
    "wintertime": "WI",
}

#: Parts of the day, with the TIMEX3 code that follows the T.
PARTS: dict[str, str] = {
    "dawn": "MO",
    "daybreak": "MO",
    "sunrise": "MO",
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "sunset": "EV",
    "nightfall": "EV",
    "night": "NI",
    "nighttime": "NI",
    "daytime": "DT",
    "noon": "12:00",
    "midday": "12:00",
    "midnight": "24:00",
}

#: Units, with the TIMEX3 letter and how many of it they are; a leading T marks parts of the day.
UNITS: dict[str, tuple[str, int]] = {
    "second": ("TS", 1),
    "minute": ("TM", 1),
    "hour": ("TH", 1),
    "day": ("D", 1),
    "week": ("W", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "quarter": ("Q", 1),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "millennium": ("Y", 1000),
}

#: Plurals (and unit words that newspapers cut short), with the singular.
PLURALS: dict[str, str] = {f"{unit}s": unit for unit in UNITS} | {
    "centuries": "century",
    "millennia": "millennium",
    "hrs": "hour",
    "mins": "minute",
    "yrs": "year",
}

#: Adverbs and adjectives that say how often, with the TIMEX3 value.
FREQUENCIES: dict[str, str] = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "everyday": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "bimonthly": "P2M",
    "quarterly": "P1Q",
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
    "biennial": "P2Y",
}

#: Feasts on a fixed day of the year: month and day.
HOLIDAYS: dict[str, tuple[int, int]] = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "may day": (5, 1),
    "halloween": (10, 31),
    "armistice day": (11, 11),
}

#: Feasts that move with Easter: days after Easter Sunday.
EASTER_FEASTS: dict[str, int] = {
    "good friday": -2,
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "palm sunday": -7,
    "ash wednesday": -46,
}

_DECADE_WORDS = "twenties thirties forties fifties sixties seventies eighties nineties"
DECADES: dict[str, int] = {
    word: 10 * number for number, word in enumerate(_DECADE_WORDS.split(), start=2)
}

#: Vague references, with the TIMEX3 token; several words are written with spaces.
REFERENCES: dict[str, str] = {
    "now": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "at present": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "right now": "PRESENT_REF",
    "the time being": "PRESENT_REF",
    "at the moment": "PRESENT_REF",
    "these days": "PRESENT_REF",
    "recently": "PAST_REF",
    "recent": "PAST_REF",
    "lately": "PAST_REF",
    "in the past": "PAST_REF",
    "in the future": "FUTURE_REF",
    "in due course": "FUTURE_REF",
}

_QUANTIFIERS = "few several many some couple various numerous multiple"

CATEGORIES: dict[str, str] = {
    "month": "january february march april may june july august september october november "
    "december",
    "abbr": "jan feb mar apr jun jul aug sep sept oct nov dec",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday",
    "weekdayabbr": "mon tue tues wed thu thur thurs fri sat sun",
    "weekdays": "mondays tuesdays wednesdays thursdays fridays saturdays sundays weekends weekdays",
    "season": " ".join(SEASONS),
    "part": " ".join(PARTS),
    "parts": "mornings afternoons evenings nights",
    "unit": " ".join(unit for unit in UNITS if unit != "second"),
    "units": " ".join(PLURALS),
    "dayunit": "day week month year decade century",
    "yearword": "year",
    "day1": "day",
    "quarterword": "quarter",
    "centuryword": "century centuries",
    "weekend": "weekend",
    "numword": " ".join([*SMALL, *SCALES]),
    "quantifier": _QUANTIFIERS,
    "big": " ".join(SCALES),
    "dozens": "dozens scores hundreds thousands tens",
    "ordinal": " ".join(ORDINALS),
    "half": "half",
    "a": "a an",
    "the": "the",
    "this": "this",
    "that": "that",
    "those": "those these",
    "same": "same very",
    "last": "last past previous preceding prior",
    "next": "next coming following upcoming ensuing subsequent",
    "past": "last past previous preceding next coming following first final ensuing remaining",
    "following": "next following previous preceding subsequent ensuing",
    "current": "current present",
    "early": "early late mid middle",
    "earlier": "earlier later late early",
    "mid": "mid",
    "end": "end",
    "edge": "beginning start end middle close eve outset turn part half",
    "latter": "early late latter first second very later earlier",
    "ago": "ago",
    "later": "later earlier before after afterwards afterward previously beforehand hence",
    "afterthat": "before after",
    "fromnow": "from",
    "now": "now today",
    "of": "of",
    "in": "in",
    "on": "on",
    "and": "and",
    "or": "or",
    "to": "to through until till",
    "between": "between",
    "every": "every each",
    "all": "all",
    "per": "per",
    "other": "other single",
    "full": "full whole entire single straight consecutive successive long working business "
    "calendar solid running more",
    "today": "today yesterday tomorrow",
    "tonight": "tonight overnight",
    "frequency": " ".join(FREQUENCIES),
    "recent": "recent",
    "pastword": "past",
    "times": "once twice thrice",
    "timesword": "times",
    "fiscal": "fiscal financial tax budget",
    "academic": "academic school calendar",
    "decadeword": " ".join(DECADES),
    "period": "period time point moment stage date",
    "about": "about around nearly almost over under roughly approximately some only just barely "
    "exactly almost another",
    "morethan": "more less fewer longer",
    "than": "than",
    "at": "at",
    "least": "least most",
    "upto": "up",
    "long": "long",
    "era": "bc bce ad ce",
    "zone": "gmt utc est edt cst cdt mst mdt pst pdt cet cest bst ist local",
    "hoursword": "hours hrs",
    "time": "time",
    "comma": ",",
    "dot": ".",
    "dash": "- \u2013 \u2014",
    "apos": "' \u2019",
    "poss": "'s \u2019s",
    "open": "(",
    "new": "new",
    "christmas": "christmas halloween easter",
    "historic": "modern present",
    "duration": "duration",
}
