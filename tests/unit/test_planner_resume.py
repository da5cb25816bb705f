"""Going on from what an earlier solve had found: never worse, what was proven stays proven, and no time is needed to find it again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from govnet_graph.bench.districts import district, plane
from govnet_graph.changes.proposals import solving
from govnet_graph.planner import RESULTS, mixed
from govnet_graph.planner.kinds import read_options
from govnet_graph.planner.model import Timer
from govnet_graph.planner.where_next_models import cover_all, cover_most, nearest
from govnet_graph.planner.withdrawal_worst import Slack, worst_exits


def stopped():
    timer = Timer()
    timer.stop()
    return timer


def test_sites_are_those_that_were_found_and_their_bound_stays():
    distance, weight = plane(40, 160)
    near = sparse.csr_matrix((np.argsort(np.argsort(distance, axis=1), axis=1) < 4).astype(float))
    for solve in (
        lambda watch, known: cover_all(near, watch, known),
        lambda watch, known: cover_most(near, weight, 7, watch, known),
        lambda watch, known: nearest(distance[:60, :20], weight[:60], 4, None, watch, known),
    ):
        best, early = solve(None, None), solve(stopped(), None)
        assert best.proven and not early.proven
        again = solve(stopped(), replace(best, value=0.0, proven=False))
        assert (again.value, again.bound) == (best.value, best.bound)
        assert again.proven and again.sites == best.sites
        # A worse one and its bound: the better of what is known and what is found at once.
        again = solve(stopped(), replace(early, proven=False))
        assert abs(again.value - best.value) <= abs(early.value - best.value)
        assert abs(again.bound - best.value) <= abs(early.bound - best.value)
        assert solve(None, replace(early, proven=False)).value == best.value


def test_where_next_goes_on_from_its_sites():
    kind, one = RESULTS["where-next"], district(40, 300)
    for goal in ("most", "all", "nearest"):
        options = read_options(
            kind.options, {"gives": "service:meals", "sites": 5, "goal": goal, "level": "Grid", "reach": 3}
        )
        best = kind.solve(one, options, None)
        assert best.method.exact
        # What an interrupted solve had: the best sites, and a bound that it had not reached.
        worse = {"most": 1.0, "all": -1.0, "nearest": -1.0}[goal]
        reached = {"most": best.newly.high, "all": float(len(best.chosen)), "nearest": best.curve[-1].distance or 0.0}[
            goal
        ]
        kept = replace(best, method=replace(best.method, exact=False, bound=reached + worse, gap=0.1))
        again = kind.resume(one, options, stopped(), kept)
        assert {site.id for site in again.chosen} == {site.id for site in best.chosen}
        assert again.method.gap is not None
        assert kind.resume(one, options, None, kept).method.exact


def test_the_worst_exits_are_those_that_were_found_and_their_bound_stays():
    rng = np.random.default_rng(5)
    takes = rng.integers(0, 2, (60, 30)) * (rng.random((60, 30)) < 0.3)
    cell, unit = np.nonzero(takes)
    slack = Slack(cell, unit, takes[cell, unit], rng.integers(1, 4, 60), np.ones(60), 30)
    best, early = worst_exits(slack, 3), worst_exits(slack, 3, stopped())
    assert best.proven and not early.proven
    assert worst_exits(slack, 3, stopped(), best) == best
    again = worst_exits(slack, 3, stopped(), replace(best, bound=best.damage + 1, proven=False))
    assert (again.units, again.damage, again.bound) == (best.units, best.damage, best.damage + 1)
    assert worst_exits(slack, 3, None, early) == best


def test_withdrawal_goes_on_from_its_sets_and_from_what_mends():
    kind, one = RESULTS["withdrawal"], district(59, 350, asked=("meals", "mediation"))
    unit = kind.run(one, {"worst": 0}).exits[0].unit
    options = read_options(kind.options, {"unit": unit, "worst": 3})
    best = kind.solve(one, options, None)
    assert best.method.exact and best.mend is not None
    again = kind.resume(one, options, stopped(), best)
    assert again.worst == best.worst and again.method.exact
    assert again.mend.edits == best.mend.edits and again.mend.objectives == best.mend.objectives


def test_what_mends_an_exit_is_explained():
    kind, one = RESULTS["withdrawal"], district(59, 350)
    unit = kind.run(one, {"worst": 0}).exits[0].unit
    found = kind.run(one, {"unit": unit, "worst": 0})
    made = [change for change in found.mend.changes if change.why == "gap"]
    assert made and all(change.next_best is not None for change in made if change.edit.operation == "pair")
    for language, word in (("zh", "理由"), ("en", "Why:")):
        assert any(word in line for line in found.lines(language))


# As the API and the command line ask for it


@pytest.fixture
def asked(monkeypatch):
    """Solves on one snapshot without a graph."""
    held = {"snapshot": district(12, 60, asked=("meals", "mediation"))}

    async def read(*_):
        return held["snapshot"]

    monkeypatch.setattr(solving, "read_snapshot", read)

    def solve(given=None, watch=None, start=None):
        return asyncio.run(solving.solve(None, "repair", given or {"explain": False}, watch=watch, start=start))

    solve.held = held
    return solve


def test_a_resumed_solve_never_ends_worse_and_begins_with_what_was_kept(asked, monkeypatch):
    best = asked()
    assert best.proven

    def never(*_):
        raise AssertionError("what is proven is solved again")

    with monkeypatch.context() as patch:
        patch.setattr(mixed, "_slice", never)
        again = asked(start=best)
    assert again.result.edits == best.result.edits and again.proven
    early = asked(watch=stopped())
    figures = [[one.after for one in found.result.objectives] for found in (best, early)]
    assert figures[0] < figures[1], "no time gives a worse plan, so that there is something to lose"
    kept = asked(watch=stopped(), start=early)
    assert [one.after for one in kept.result.objectives] <= figures[1]
    assert kept.result.method.bound >= early.result.method.bound
    assert asked(start=early).result.objectives == best.result.objectives


def test_what_was_found_for_other_data_or_other_options_is_no_start(asked):
    best = asked()
    other = asked({"explain": False, "max_hops": 0}, stopped(), best)
    assert other.result.edits != best.result.edits
    asked.held["snapshot"] = district(12, 60, seed=2, asked=("meals", "mediation"))
    moved = asked(watch=stopped(), start=best)
    assert moved.result.snapshot != best.result.snapshot
