"""Reports without an engine: periods, and small counts that must not follow from what is shown."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.errors import BadInput
from govnet_graph.reports import period
from govnet_graph.reports.small import shown, withheld_rows

LEAST = 3
PART = st.integers(0, 4)
ROWS = st.lists(st.tuples(PART, PART, PART), min_size=1, max_size=4)


def _small(parts):
    return any(0 < part < LEAST for part in parts)


@given(ROWS)
def test_a_small_count_neither_shows_nor_follows_from_the_sums(rows):
    hidden, sums_hidden = withheld_rows(rows, LEAST)
    sums = tuple(map(sum, zip(*rows, strict=True)))
    assert all(out for row, out in zip(rows, hidden, strict=True) if _small(row))
    assert sums_hidden or not _small(sums)
    if sums_hidden or not any(hidden):
        return
    kept = [row for row, out in zip(rows, hidden, strict=True) if out]
    together = tuple(map(sum, zip(*kept, strict=True)))
    assert len(kept) >= 2 and not _small(together), "what is withheld is told by the sums only together"
    # With only its own column's sum known, each small count could be another one.
    for at, row in itertools.product(range(3), kept):
        if 0 < row[at] < LEAST:
            others = together[at] - row[at]
            assert others > 0 or together[at] >= LEAST


@given(ROWS)
def test_nothing_is_withheld_where_nothing_is_small(rows):
    big = [tuple(part * LEAST for part in row) for row in rows]
    assert withheld_rows(big, LEAST) == ([False] * len(big), False)


def test_a_single_count():
    assert [shown(n, 5) for n in (0, 1, 4, 5, 9)] == [0, None, None, 5, 9]


def test_a_period_ends_today_and_is_thirty_days_long_unless_said():
    day = dt.date(2026, 6, 30)
    assert period(None, None, day) == (dt.date(2026, 5, 31), day)
    assert period(dt.date(2026, 1, 1), None, day) == (dt.date(2026, 1, 1), day)
    for first, last in (
        (day, day), (dt.date(2026, 7, 1), day), (dt.date(1900, 1, 1), day), (None, dt.date(1, 1, 2)), (dt.date(1, 1, 1), day),
        (None, dt.date(9999, 12, 31)),
    ):  # fmt: skip
        with pytest.raises(BadInput):
            period(first, last, day)
