"""What is proven over all pairs where a plan considers few: bounds of plans that move pairings or whose abilities cross, and resuming."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from scipy import sparse

from govnet_graph.bench.districts import district
from govnet_graph.planner import RESULTS, bounds, lexicographic, mixed, repair_parts, repair_program
from govnet_graph.planner.bounds_pairs import surplus
from govnet_graph.planner.candidates import nearest
from govnet_graph.planner.changes import apply_changes, difference
from govnet_graph.planner.errors import PlannerError
from govnet_graph.planner.explaining import program_alternatives
from govnet_graph.planner.kinds import read_options
from govnet_graph.planner.mixed import Program, Solved, minimise
from govnet_graph.planner.model import Timer, share
from govnet_graph.planner.plan_model import Cost
from govnet_graph.planner.pricing import Costs
from govnet_graph.planner.problem import FAR, Limits, problem_of
from govnet_graph.planner.repair_program import Known, solve_program
from tests.planner.small import options, rows_of, snapshot

REPAIR = RESULTS["repair"]
_CODES = ("meals", "mediation")
MANY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}


@pytest.fixture
def few(monkeypatch):
    """All problems count as large: pairs beyond the nearest are considered only where prices ask for them."""
    for module in (repair_parts, repair_program):
        monkeypatch.setattr(module, "_DENSE", 0)


def drawn(number, *, crossing=False, large=False):
    """A district of few or of three streets, with needs of up to three providers and capacity for few or many, and limits."""
    dice = random.Random(number)
    units, grids = (dice.randint(8, 16), 150) if large else (dice.randint(3, 8), dice.randint(6, 24))
    one = district(units, grids, seed=number, asked=_CODES if crossing else ("", "mediation"))
    needed = tuple(replace(rule, minimum=dice.choice((1, 1, 2, 3))) for rule in one.requirements)
    room = dice.choice((1, 1, 2))
    roomy = tuple(replace(unit, capacity=unit.capacity * room) for unit in one.units)
    return replace(one, requirements=needed, units=roomy), dice.choice((None, None, 4, 3))


def stopped():
    timer = Timer()
    timer.stop()
    return timer


def figures(plan):
    return [(one.name, one.after) for one in plan.objectives]


def stages(found):
    return [(stage.name, stage.value) for stage in found.chosen.stages]


def lacking_together(found):
    return found.chosen.stages[0].value


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("crossing", [False, True])
@pytest.mark.parametrize("moves", [False, True])
def test_what_is_proven_of_few_pairs_is_true_of_all(moves, crossing):
    proven = generated = 0
    for number in range(24):
        one, hops = drawn(number, crossing=crossing, large=number % 12 == 5 and not moves)
        limits = Limits(hops, (), frozenset())
        few = solve_program(one, one.requirements, limits, 1, None, moves=moves)
        every = solve_program(one, one.requirements, limits, 0, None, moves=moves)
        best = [stage.value for stage in every.chosen.stages]
        assert every.every and all(stage.proven for stage in every.chosen.stages)
        assert few.every is False
        assert [stage.value for stage in few.chosen.stages] >= best
        for at, stage in enumerate(few.chosen.stages):
            if [one.value for one in few.chosen.stages[:at]] != best[:at]:
                break
            assert stage.bound is not None and stage.bound <= best[at]
            assert stage.proven == (stage.bound == stage.value)
            if not stage.proven:
                break
        else:
            assert [stage.value for stage in few.chosen.stages] == best
            proven += 1
        generated += len(few.columns) < len(every.columns)
    assert proven >= 18, "nearly all are proven over all pairs"
    assert generated > 3, "and without considering all"


@seed(31)
@settings(max_examples=120, **MANY)
@given(data=st.data())
def test_bounds_hold_whatever_counts_where(data):
    """Communities, streets, limits and pairings of all kinds: few pairs against all, each solved by programs."""
    rows = data.draw(rows_of())
    one, asked = snapshot(rows), data.draw(options(rows)) | {"explain": False}
    asked |= {"moves": data.draw(st.booleans()), "candidates": 0}
    try:
        every = REPAIR.run(one, asked)
    except PlannerError:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repair_program, "_DENSE", 0)
        patch.setattr(repair_program, "plan_nested", lambda *_: None)
        few = REPAIR.run(one, asked | {"candidates": 1})
    assert every.method.exact
    assert few.method.gap is not None
    for mine, best in zip(few.objectives, every.objectives, strict=True):
        assert mine.after >= best.after
        if mine.bound is not None:
            assert mine.bound <= best.after <= mine.after
        if mine.after != best.after:
            assert not few.method.exact
            break
    changed = difference(one, apply_changes(one, few.edits))
    assert not [c for c in changed.conflicts if c.kind == "over-capacity"]


def test_what_all_pairs_save_is_the_sum_over_each():
    """Random values and prices, against every pair one by one."""
    saved = 0
    for number in range(40):
        one, hops = drawn(number, crossing=number % 2 == 1, large=number % 4 > 1)
        problem = problem_of(one, one.requirements, Limits(hops, (), frozenset()))
        dice = np.random.default_rng(number)
        values = dice.integers(0, 12, len(problem.area)) * (dice.random(len(problem.area)) < 0.5)
        prices = dice.integers(0, 14, len(one.units))
        open_ = (problem.spare > 0) & (dice.random(len(one.units)) < 0.8)
        costs = Costs(int(dice.integers(0, 4)), int(dice.integers(0, 3)))
        every, total = nearest(problem, 0), 0
        pairs = {(unit, int(problem.target[cell])) for unit, cell in zip(every.unit.tolist(), every.cell, strict=True)}
        for unit, target in sorted(pairs):
            steps = min((one.areas.hops(at, target) for at in one.units[unit].at), default=FAR)
            own = [c for c in np.flatnonzero(problem.target == target).tolist() if problem.able[unit, problem.rule[c]]]
            own = [c for c in own if unit * len(problem.area) + c not in problem.counted]
            if open_[unit]:
                total += max(0, int(values[own].sum()) - costs.change - costs.hop * steps - int(prices[unit]))
        assert surplus(problem, values, prices, open_, costs) == total
        saved += total > 0
    assert saved > 20


@pytest.mark.usefixtures("few")
def test_a_plan_that_may_move_is_never_worse_than_one_that_may_not_however_little_time_there_is():
    for number in range(8):
        one, hops = drawn(number, crossing=number % 2 == 1)
        asked = {"max_hops": hops, "explain": False, "candidates": 2}
        still = REPAIR.run(one, asked)

        with pytest.MonkeyPatch.context() as patch:
            # The programs find nothing in time; without moves there is none to solve where requirements are nested.
            patch.setattr(lexicographic, "minimise", lambda _, __, known=None: known or Solved(None, None, None, False))
            if number % 2 == 0:
                assert figures(REPAIR.run(one, asked | {"moves": True})) <= figures(still)
        ended = REPAIR.run(one, asked | {"moves": True}, stopped())
        assert ended.method.gap is not None and not ended.complete
        assert ended.method.gap > 0 or ended.method.exact
        assert all(line for language in ("zh", "en") for line in ended.lines(language))


def test_a_next_best_of_some_pairs_claims_no_more_than_it_can():
    """What costs nothing is the best there is; of what costs something, pairs that the program does not know might be cheaper."""
    free, costing = Cost(0, 0, 0, 0), 0
    for number in range(12):
        one, hops = drawn(number, crossing=True)
        found = solve_program(one, one.requirements, Limits(hops, (), frozenset()), 0, None, moves=False)
        if found.best is not None:
            continue
        every, some = (program_alternatives(replace(found, every=known), None) for known in (True, False))
        assert all(alternative.exact and alternative.proven for alternative in every.values())
        for column, alternative in some.items():
            assert alternative.cost == every[column].cost
            assert alternative.exact == (alternative.cost == free)
            assert alternative.proven == (alternative.cost.uncovered == 0)
            costing += not alternative.exact
    assert costing > 5


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("moves", [False, True])
def test_resuming_keeps_what_was_found_and_proven(moves):
    """A solve that is given no time at all ends with what it had to begin with, and with what was proven of that."""
    for number in range(6):
        one, hops = drawn(number, crossing=True)
        asked = {"max_hops": hops, "explain": False, "candidates": 1, "moves": moves}
        found = REPAIR.run(one, asked)
        options_ = read_options(REPAIR.options, asked)
        again = REPAIR.resume(one, options_, stopped(), found)
        assert again.edits == found.edits
        assert [(o.after, o.bound, o.proven) for o in again.objectives] == [
            (o.after, o.bound, o.proven) for o in found.objectives
        ]
        if found.method.exact:
            with pytest.MonkeyPatch.context() as patch:
                for name in ("relaxed", "proven_by"):
                    patch.setattr(bounds, name, None)
                patch.setattr(mixed, "_slice", None)
                # With all the time there is nothing is computed again.
                assert REPAIR.resume(one, options_, None, found).objectives == found.objectives
        early = REPAIR.run(one, asked, stopped())
        better = REPAIR.resume(one, options_, None, early)
        assert figures(better) == figures(found)
        assert figures(better) <= figures(early)


@pytest.mark.usefixtures("few")
def test_resuming_goes_on_from_a_plan_that_needs_pairs_beyond_the_nearest():
    """What the kept plan uses is in the program from the start: no time is needed to find it again."""
    beyond = 0
    for number in range(40):
        one, hops = drawn(number, crossing=True)
        limits = Limits(hops, (), frozenset())
        found = solve_program(one, one.requirements, limits, 0, None, moves=False)
        known = Known(repair_program.edits_of_program(found), {})
        if found.best is not None:
            continue
        again = solve_program(one, one.requirements, limits, 1, stopped(), moves=False, known=known)
        anew = solve_program(one, one.requirements, limits, 1, stopped(), moves=False)
        assert stages(again) == stages(found)
        beyond += stages(anew) != stages(found)
    assert beyond > 5


@pytest.mark.usefixtures("few")
def test_resuming_around_locks_keeps_the_figures_of_the_whole_plan():
    one, _ = drawn(3, crossing=True)
    pair = f"{one.units[0].id}>{one.areas.ids[int(np.flatnonzero(one.areas.level == 3)[0])]}"
    held = one.pairings[0]
    ended = f"{held.unit}>{one.areas.ids[held.area]}"
    asked = {"explain": False, "candidates": 1, "locked": (pair,), "forbidden": (ended,)}
    found = REPAIR.run(one, asked)
    assert {change.why for change in found.changes} >= {"forbidden"}
    again = REPAIR.resume(one, read_options(REPAIR.options, asked), stopped(), found)
    assert again.edits == found.edits and again.objectives == found.objectives


def test_a_start_that_is_no_solution_is_left_out():
    """Edits that another snapshot's plan had: more than the units can carry."""
    one, _ = drawn(1, crossing=True)
    full = tuple(replace(unit, capacity=0) for unit in one.units)
    found = solve_program(one, one.requirements, Limits(), 0, None, moves=False)
    none = replace(one, units=full)
    known = Known(repair_program.edits_of_program(found), {})
    again = solve_program(none, none.requirements, Limits(), 0, None, moves=False, known=known)
    assert again.chosen.used.sum() <= found.chosen.used.sum()
    assert lacking_together(again) >= lacking_together(found)


def test_a_share_ends_with_its_part_and_with_the_whole():
    assert share(None, 0.5) is None
    told = []
    whole = Timer(100.0, lambda *found: told.append(found))
    part = share(whole, 0.0)
    assert part.stopped and part.remaining == 0.0 and not whole.stopped
    long = share(whole, 0.5)
    assert 40 < long.remaining <= 50 and not long.stopped
    long.advance(0.5, 1.0, 0.0)
    whole.stop()
    assert long.stopped and told == [(0.5, 1.0, 0.0)]
    assert share(Timer(), 0.5).remaining is None


def test_what_is_known_to_be_the_best_is_not_solved_again(monkeypatch):
    def never(*_):
        raise AssertionError("solved again")

    monkeypatch.setattr(mixed, "_slice", never)
    program = Program(
        np.ones(1),
        sparse.csr_matrix(np.ones((1, 1))),
        np.ones(1),
        np.full(1, np.inf),
        np.ones(1, dtype=bool),
        np.ones(1),
    )
    known = Solved(np.ones(1), 1.0, 1.0, True)
    assert minimise(program, None, known).proven
    assert minimise(program, None, Solved(np.ones(1), 1.0, 1.0, False)).proven
