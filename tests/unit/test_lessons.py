"""Statistics of counts: the interval against scipy, quantiles against sorting, withholding against every reader who can subtract."""

from __future__ import annotations

import itertools
import math

import pytest
from scipy.stats import binomtest

from govnet_graph.cases.lessons.gather import _load, _rates, rate
from govnet_graph.cases.lessons.stats import mean, quantile, wilson, withheld


@pytest.mark.parametrize(("solved", "cases"), [(1480, 1555), (0, 7), (7, 7), (1, 2), (313, 322), (757, 789)])
def test_the_interval_is_wilsons(solved, cases):
    low, high = wilson(solved, cases)
    known = binomtest(solved, cases).proportion_ci(0.95, method="wilson")
    assert (low, high) == pytest.approx((known.low, known.high), abs=1e-12)
    assert 0 <= low <= solved / cases <= high <= 1


def test_the_rate_of_the_article():
    assert rate(1480, 1555) == {"rate": 95.18, "low": 94.0, "high": 96.13}
    assert rate(0, 0) == {"rate": None, "low": None, "high": None}
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_quantiles_are_those_of_the_sorted_list():
    for found in itertools.product(range(4), repeat=4):
        counts = {value: found.count(value) for value in set(found)}
        for share in (0.1, 0.25, 0.5, 0.9, 1.0):
            assert quantile(counts, share) == sorted(found)[max(1, math.ceil(share * 4)) - 1]
        assert mean(counts) == pytest.approx(sum(found) / 4)
    assert quantile({}, 0.5) is None and mean({}) is None


def test_nothing_small_is_shown_and_nothing_withheld_follows_from_the_total():
    least = 4
    for counts in itertools.product(range(7), repeat=4):
        hidden, total_hidden = withheld(counts, least)
        assert all(out for count, out in zip(counts, hidden, strict=True) if 0 < count < least)
        assert not any(out for count, out in zip(counts, hidden, strict=True) if count == 0)
        if any(hidden) and not total_hidden:
            rest = [count for count, out in zip(counts, hidden, strict=True) if out]
            # What a reader can learn by subtraction is their sum alone, of several, and not a small one.
            assert len(rest) >= 2 and sum(rest) >= least
        if not any(0 < count < least for count in counts):
            assert not any(hidden) and not total_hidden, "nothing is withheld without need"


def test_a_group_of_one_small_count_withholds_its_total():
    assert withheld([3], 5) == ([True], True)
    assert withheld([3, 0, 0], 5) == ([True, False, False], True)
    assert withheld([3, 9], 5, total_shown=False) == ([True, False], False)
    with pytest.raises(ValueError, match="at least 2"):
        withheld([3], 1)


def _row(area: str, channel: str, cases: int, solved: int) -> dict:
    return {"area": {"id": area}, "channel": channel, "cases": cases, "solved": solved, "synthetic": 0}


def test_channels_stand_for_themselves_and_are_never_added():
    whole = [
        _row("d", "demonstration", 789, 757),
        _row("d", "forum", 322, 313),
        _row("d", "full-time-worker", 1555, 1480),
    ]
    told = _rates(whole, [], 5)
    assert [(r["channel"], r["cases"], r["solved"]) for r in told] == [
        (r["channel"], r["cases"], r["solved"]) for r in whole
    ]
    figures = {value for r in told for value in r.values() if isinstance(value, int)}
    sums = {sum(some) for n in (2, 3) for some in itertools.combinations((757, 1480, 313, 1555), n)}
    assert not figures & sums


def test_a_withheld_rate_does_not_follow_from_the_others():
    parts = [_row("a", "forum", 60, 52), _row("b", "forum", 40, 38), _row("c", "forum", 50, 42)]
    told = _rates([_row("d", "forum", 150, 132)], parts, 5)
    assert [(r["cases"], r["solved"], r["withheld"]) for r in told] == [
        (150, 132, False), (60, 52, False), (40, None, True), (50, None, True),
    ]  # fmt: skip


def test_load_is_withheld_where_workers_are_few():
    rows = [{"areas": [{"id": f"990101001{n:06}"}], "open": n, "dispatched": 2 * n} for n in range(6)]
    rows += [{"areas": [{"id": "990101002000001"}], "open": 9, "dispatched": 9}]
    told = _load(rows, {"990101": "甲区"}, "990101", 9, 3)
    assert told[0] == {
        "area": {"id": "990101", "name": "甲区"}, "whole": True, "withheld": False, "workers": 7, "open": 24, "dispatched": 39,
        "open_per_worker": 3.43,
    }  # fmt: skip
    assert [(r["area"]["id"], r["workers"]) for r in told[1:]] == [("990101001", None), ("990101002", None)]


def test_small_counts_of_cases_are_withheld_with_others_that_they_follow_from():
    rows = [
        {"areas": [{"id": f"99010100{s}{n:06}"}], "open": o, "dispatched": 20}
        for s, o in ((1, 1), (2, 4), (3, 9))
        for n in range(3)
    ]
    told = _load(rows, {}, "990101", 9, 5)
    assert [(r["workers"], r["open"], r["dispatched"]) for r in _load(rows, {}, "990101", 9, 3)] == [
        (9, 42, 180), (3, 3, 60), (3, 12, 60), (3, 27, 60),
    ]  # fmt: skip
    assert told[0]["workers"] == 9 and all(r["workers"] is None for r in told[1:]), (
        "areas with three workers are withheld"
    )
    few = [{**row, "open": 1 if row["areas"][0]["id"].startswith("990101001") else row["open"]} for row in rows]
    assert [r["open"] for r in _load(few, {}, "990101", 9, 4) if r["whole"]] == [42]


def test_rates_that_are_withheld_together_are_not_small_together():
    parts = [_row("a", "forum", 60, 59), _row("b", "forum", 40, 39), _row("c", "forum", 90, 70)]
    told = _rates([_row("d", "forum", 190, 168)], parts, 5)
    assert [r["solved"] for r in told] == [168, None, None, None], "two unsolved ones of two areas are two all the same"
