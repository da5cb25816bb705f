"""Working days of China with their swaps, and years that are not published yet."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnet_graph.cases.clock import LONGEST, due_after, is_known, is_working_day, working_days_between

DATES = st.dates(dt.date(2001, 1, 1), dt.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-10-01", False),  # National Day
        ("2026-10-07", False),  # free, swapped for a Saturday
        ("2026-10-10", True),  # that Saturday
        ("2026-09-20", True),  # a Sunday that was swapped
        ("2026-10-11", False),  # an ordinary Sunday
        ("2026-10-12", True),
        ("2025-01-26", True),  # Sunday before the Spring Festival
        ("2025-02-04", False),
        ("2026-02-14", True),
        ("2026-02-23", False),
    ],
)
def test_days_off_and_the_workdays_that_pay_for_them(day, works):
    assert is_working_day(dt.date.fromisoformat(day)) is works


def test_a_deadline_over_the_long_holiday():
    assert due_after(dt.date(2026, 9, 30), 1).day == dt.date(2026, 10, 8)
    assert due_after(dt.date(2026, 9, 30), 3).day == dt.date(2026, 10, 10), "the Saturday that is worked counts"
    assert due_after(dt.date(2026, 9, 30), 4).day == dt.date(2026, 10, 12)
    assert not due_after(dt.date(2026, 9, 30), 4).assumed


def test_a_year_that_is_not_published_falls_back_and_says_so():
    assert is_known(2026) and not is_known(2031)
    over = due_after(dt.date(2030, 12, 31), 1)
    assert over.assumed
    assert over.day > dt.date(2031, 1, 1), "statutory holidays are known for every year"
    assert due_after(dt.date(2031, 9, 30), 1).day >= dt.date(2031, 10, 4)


@pytest.mark.parametrize("days", [0, -1, LONGEST + 1])
def test_no_deadline_without_days(days):
    with pytest.raises(ValueError, match="no deadline"):
        due_after(dt.date(2026, 6, 1), days)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(start=DATES, days=st.integers(1, 60))
def test_a_deadline_is_a_working_day_that_lies_so_many_after(start, days):
    due = due_after(start, days)
    assert is_working_day(due.day)
    assert working_days_between(start, due.day) == days
    assert working_days_between(due.day, start) == -days


@settings(deadline=None, max_examples=60, derandomize=True)
@given(start=DATES, days=st.integers(1, 40))
def test_a_longer_deadline_ends_later(start, days):
    assert due_after(start, days).day < due_after(start, days + 1).day
