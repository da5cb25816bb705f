"""The clock of cases: working days of China, with the workdays that are swapped for holidays.

The State Council publishes each year's arrangement late in the year before. For a year whose arrangement the library does
not know, days are reckoned from weekends and statutory holidays alone, and the answer says that it was (``assumed``).
Exact for known years; reference: the `holidays` library, country CN.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import holidays

_SATURDAY = 5
_DAY = dt.timedelta(days=1)
#: Longest deadline that is reckoned, in working days.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """The day on which a deadline ends; ``assumed`` where a year's arrangement was not known when it was reckoned."""

    day: dt.date
    assumed: bool


@dataclass(frozen=True, slots=True)
class _Year:
    off: frozenset[dt.date]
    swapped: frozenset[dt.date]

    @property
    def known(self) -> bool:
        """Whether its arrangement is there: each one that was ever published moves some workdays to weekends."""
        return bool(self.swapped)


@cache
def _year(year: int) -> _Year:
    calendar = holidays.country_holidays("CN", years=year)
    swapped = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    return _Year(frozenset(calendar), swapped)


def is_known(year: int) -> bool:
    """Whether the arrangement of holidays of a year is known, not only the statutory holidays."""
    return _year(year).known


def is_working_day(day: dt.date) -> bool:
    """Whether people work on a day."""
    year = _year(day.year)
    if day in year.swapped:
        return True
    return day.weekday() < _SATURDAY and day not in year.off


def due_after(start: dt.date, days: int) -> Due:
    """The last of ``days`` working days after ``start``, which itself does not count.

    >>> due_after(dt.date(2026, 9, 30), 2)  # the holiday lasts to 7 October
    Due(day=datetime.date(2026, 10, 9), assumed=False)

    Raises
    ------
    ValueError
        ``days`` is below 1 or above ``LONGEST``.
    """
    if not 1 <= days <= LONGEST:
        raise ValueError(f"{days} working days is no deadline")
    day, left = start, days
    assumed = not is_known(start.year)
    while left:
        day += _DAY
        assumed = assumed or not is_known(day.year)
        left -= is_working_day(day)
    return Due(day, assumed)


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Number of working days after ``first`` up to and including ``last``; negative where ``last`` comes first."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + _DAY * number) for number in range(1, (last - first).days + 1))
