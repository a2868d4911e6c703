"""TIMEX3 values: how they are written, and which days of the calendar they name."""

import re
from calendar import monthrange
from datetime import date, timedelta

from kg.records import DateInterval

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_SPAN_OF_YEAR = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-XX)?")


def week_value(day: date) -> str:
    """The ISO week of ``day``: "2019-W10"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_value(year: int, month: int) -> str:
    """``month`` of ``year``, where a month outside 1 to 12 counts on into other years."""
    year, index = divmod(year * 12 + month - 1, 12)
    return f"{year:04d}-{index + 1:02d}"


def year_value(year: int) -> str:
    """``year`` with four digits; years before Christ are negative and written "BC0490"."""
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def month_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (February 30)."""
    if not (date.min.year <= year <= date.max.year and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def easter(year: int) -> date:
    """Easter Sunday of ``year`` in the Gregorian calendar.

    Source: Meeus, Astronomical Algorithms (1991), chapter 8.
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def days_of(value: str) -> tuple[date, date] | None:
    """The first and last day that a TIMEX3 ``value`` names; None where it names none.

    Seasons are those of the northern hemisphere by months, winter that which begins in December of
    the year named. Values before Christ, durations, sets and references name no days.
    """
    if "/" in value:
        return _days_between(*value.split("/", 1))
    try:
        return _days_of_one(value)
    except ValueError:
        return None


def _days_between(first: str, last: str) -> tuple[date, date] | None:
    one, two = days_of(first), days_of(last)
    if one is None or two is None or one[0] > two[1]:
        return None
    return one[0], two[1]


def _days_of_one(value: str) -> tuple[date, date] | None:
    if match := _DAY.fullmatch(value):
        day = date(*(int(group) for group in match.groups()))
        return day, day
    if match := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(days=5 if match[3] else 0), monday + timedelta(days=6)
    if match := _SPAN_OF_YEAR.fullmatch(value):
        return _days_of_part(int(match[1]), match[2])
    if match := _MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    if re.fullmatch(r"\d{4}|\d{3}|\d{2}", value):
        power = 10 ** (4 - len(value))
        first = int(value) * power
        return date(max(first, 1), 1, 1), date(first + power - 1, 12, 31)
    return None


def _days_of_part(year: int, part: str) -> tuple[date, date]:
    if part[0] == "Q":
        return _months(year, 3 * int(part[1]) - 2, 3 * int(part[1]))
    if part[0] == "H" and part[1].isdigit():
        return _months(year, 6 * int(part[1]) - 5, 6 * int(part[1]))
    first, last = _SEASON_MONTHS[part]
    if first <= last:
        return _months(year, first, last)
    return date(year, first, 1), _months(year + 1, last, last)[1]


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def shift_unit(day: date, unit: str, amount: float, *, is_calendar: bool = False) -> str:
    """The value ``amount`` units from ``day``, as coarse as the unit ("two years ago": a year).

    With ``is_calendar`` decades and centuries are those of the calendar ("last century").
    """
    if unit in ("second", "minute", "hour"):
        hours = amount if unit == "hour" else 0
        return _step(day, days=int(hours / 24)).isoformat()
    if unit == "day":
        return _step(day, days=round(amount)).isoformat()
    if unit in ("week", "fortnight"):
        weeks = amount * (2 if unit == "fortnight" else 1)
        return week_value(_step(day, days=round(7 * weeks)))
    if unit == "month":
        return month_value(day.year, day.month + round(amount))
    if unit == "quarter":
        value = month_value(day.year, day.month + 3 * round(amount))
        return f"{value[:4]}-Q{(int(value[5:]) + 2) // 3}"
    return _shift_years(day, unit, amount, is_calendar=is_calendar)


def _shift_years(day: date, unit: str, amount: float, *, is_calendar: bool) -> str:
    size = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}.get(unit, 1)
    if unit == "year" and amount != int(amount):
        return month_value(day.year, day.month + round(12 * amount))
    value = year_value(max(1, day.year + round(size * amount)))
    return value[: 5 - len(str(size))] if is_calendar else value


def _step(day: date, *, days: int) -> date:
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def interval_of(value: str, resolved_from: str) -> DateInterval | None:
    """The DateInterval of a TIMEX3 ``value``, noting the words it was read from; or None."""
    days = days_of(value)
    if days is None:
        return None
    return DateInterval(first=days[0], last=days[1], resolved_from=resolved_from)
