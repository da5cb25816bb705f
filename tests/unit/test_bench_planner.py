"""The planner's benchmark: its districts, and that a contestant with another answer fails the run."""

from __future__ import annotations

import pytest

from govnet_graph.bench import BENCHMARKS, PURE, planner
from govnet_graph.bench.districts import CANDIDATES, district, neighbours, plane
from govnet_graph.planner.flows import cheapest


def test_districts_are_the_same_each_time_and_have_eight_candidates_a_grid():
    one, again = district(8, 60), district(8, 60)
    assert one.hash == again.hash != district(8, 60, seed=2).hash
    assert (len(one.units), int((one.areas.level == 3).sum())) == (8, 60)
    assert all(len(set(near)) == CANDIDATES for near in neighbours(8, 60).tolist())
    dense = district(8, 60, every=True)
    assert len(dense.pairings) == 60 * CANDIDATES
    assert plane(5, 7)[0].tolist() == plane(5, 7)[0].tolist()


def test_contestants_are_compared(monkeypatch):
    rows = planner._flows("small", district(8, 60), 1, 0)
    assert [row.name for row in rows] == [
        "small: assignment, OR-tools alone", "small: assignment", "small: assignment, networkx network simplex",
        "small: certificate, OR-tools maximum flow alone", "small: certificate",
    ]  # fmt: skip
    assert all(row.value > 0 for row in rows)
    monkeypatch.setattr(planner, "_networkx", lambda *_: (0, 0))
    with pytest.raises(RuntimeError, match="instead of"):
        planner._flows("small", district(8, 60), 1, 0)
    assert cheapest is planner.cheapest


def test_plans_that_bind_are_told_with_their_gap():
    rows = planner._binding("small", district(8, 60), district(8, 60, asked=planner._CROSSING))
    assert [(row.name, row.unit) for row in rows] == [
        ("small: re-pairing plan that may end pairings", "ms"),
        ("small: re-pairing plan that may end pairings, gap", "%"),
        ("small: re-pairing plan of abilities that cross", "ms"),
        ("small: re-pairing plan of abilities that cross, gap", "%"),
    ]
    assert [row.value for row in rows if row.unit == "%"] == [0.0, 0.0]


def test_what_needs_no_engine_is_told_apart():
    assert "planner" in PURE and not set(PURE) & set(BENCHMARKS)
