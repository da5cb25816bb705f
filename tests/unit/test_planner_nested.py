"""Requirements that are nested are solved as one flow: against the integer program, and few candidates against all pairs."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from govnet_graph.bench.districts import district
from govnet_graph.planner import RESULTS, proofs, repair_parts, repair_program
from govnet_graph.planner.binding import Model
from govnet_graph.planner.bounds import Ground
from govnet_graph.planner.candidates import nearest
from govnet_graph.planner.checker import problems
from govnet_graph.planner.columns import columns_of
from govnet_graph.planner.lexicographic import choose
from govnet_graph.planner.nested import nest_of
from govnet_graph.planner.pricing import Costs, improving
from govnet_graph.planner.problem import FAR, Limits, problem_of
from govnet_graph.planner.relaxation import relax
from govnet_graph.planner.repair_program import solve_program, stripped
from tests.planner.small import options, rows_of, snapshot
from tests.unit.test_planner_core import check_certificate, check_plan

MANY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}
REPAIR, CERTIFICATE = RESULTS["repair"], RESULTS["certificate"]
_CODES = ("meals", "mediation")


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """All problems count as large: pairs beyond the nearest are considered only where prices ask for them."""
    for module in (proofs, repair_parts, repair_program):
        monkeypatch.setattr(module, "_DENSE", 0)


def drawn(number, *, crossing=False, large=False):
    """A district of up to nine units and thirty grids, or of three streets, with needs of up to three providers and capacity for few or many, and limits."""
    dice = random.Random(number)
    asked = _CODES if crossing else ("", "mediation")
    units, grids = (
        (dice.randint(10, 40), dice.randint(150, 200)) if large else (dice.randint(3, 9), dice.randint(6, 30))
    )
    one = district(units, grids, seed=number, asked=asked)
    needed = tuple(replace(rule, minimum=dice.choice((1, 1, 2, 3))) for rule in one.requirements)
    room = dice.choice((1, 2, 5))
    roomy = tuple(replace(unit, capacity=unit.capacity * room) for unit in one.units)
    return replace(one, requirements=needed, units=roomy), Limits(dice.choice((None, None, 4, 3)), (), frozenset())


def test_a_flow_of_few_pairs_reaches_what_the_integer_program_of_all_reaches():
    for number in range(30):
        one, limits = drawn(number)
        bare = stripped(one, one.requirements, limits, moves=False)
        every = Ground(bare.problem, nearest(bare.problem, 0), bare.model, every=True)
        expected = [(stage.name, round(stage.value, 6)) for stage in choose(every).stages]
        for most in (0, 1, 2):
            found = solve_program(one, one.requirements, limits, most, None, moves=False)
            assert found.best is not None
            assert [(stage.name, stage.value) for stage in found.chosen.stages] == expected
            assert all(stage.proven for stage in found.chosen.stages)


def test_a_flow_of_few_pairs_reaches_what_that_of_all_reaches_over_several_streets():
    for number in range(20):
        one, limits = drawn(number, large=True)
        few, every = (solve_program(one, one.requirements, limits, most, None, moves=False) for most in (1, 0))
        assert few.best is not None and every.best is not None
        reached, expected = (
            [(stage.name, stage.value, stage.proven) for stage in found.chosen.stages] for found in (few, every)
        )
        assert reached == expected and all(stage.proven for stage in few.chosen.stages)
        assert len(few.columns) < len(every.columns)


def test_certificates_of_few_pairs_are_proven_and_judged_valid():
    proven = 0
    for number in range(40):
        for crossing in (False, True):
            one, limits = drawn(number, crossing=crossing)
            asked = {"candidates": 1} | ({} if limits.max_hops is None else {"max_hops": limits.max_hops})
            found = CERTIFICATE.run(one, asked)
            assert problems(one, json.loads(json.dumps(found.as_json()))) == []
            assert found.method.exact or crossing
            proven += found.method.exact and crossing
    assert proven > 30


def test_one_requirement_is_the_shortest_over_all_units_however_few_are_considered():
    for number in range(30):
        one, limits = drawn(number, large=number % 2 == 1)
        asked = {"requirements": "req-pairing", "explain": False, "max_hops": limits.max_hops}
        few, every = (REPAIR.run(one, {**asked, "candidates": most}) for most in (1, 0))
        reached, expected = ([(o.name, o.after, o.proven) for o in plan.objectives] for plan in (few, every))
        assert reached == expected
        assert few.method.exact and every.method.exact


def test_abilities_that_cross_are_no_nest_and_their_bound_is_that_of_all_pairs():
    crossed = 0
    for number in range(40):
        one, limits = drawn(number, crossing=True, large=number % 4 == 1)
        problem = problem_of(one, one.requirements, limits)
        ones, none = np.ones(len(problem.area), dtype=np.int64), np.zeros(len(one.units), dtype=np.int64)

        def model_of(links, problem=problem, ones=ones, none=none):
            return Model(columns_of(problem, links), problem.need, problem.need, ones, problem.spare, none)

        crossed += nest_of(model_of(nearest(problem, 0))) is None
        few, every = relax(problem, model_of, 1), relax(problem, model_of, 0)
        assert few.proven and few.bound(problem) == every.bound(problem)
        assert len(few.model.columns) <= len(every.model.columns)
    assert crossed > 10


def test_what_pays_is_found_if_there_is_any():
    """Random values and prices, against every pair one by one."""
    paid = 0
    for number in range(60):
        one, limits = drawn(number, crossing=number % 2 == 1, large=number % 4 > 1)
        problem = problem_of(one, one.requirements, limits)
        dice = np.random.default_rng(number)
        values = dice.integers(0, 12, len(problem.area)) * (dice.random(len(problem.area)) < 0.3)
        prices, open_ = dice.integers(0, 14, len(one.units)), problem.spare > 0
        costs = Costs(int(dice.integers(0, 4)), int(dice.integers(0, 3)))
        every = nearest(problem, 0)
        pays = set()
        for unit, target in {
            (unit, int(problem.target[cell])) for unit, cell in zip(every.unit.tolist(), every.cell, strict=True)
        }:
            hops = min((one.areas.hops(at, target) for at in one.units[unit].at), default=FAR)
            own = [c for c in np.flatnonzero(problem.target == target).tolist() if problem.able[unit, problem.rule[c]]]
            own = [c for c in own if unit * len(problem.area) + c not in problem.counted]
            if values[own].sum() > costs.change + costs.hop * hops + prices[unit]:
                pays.add((unit, target))
        found = improving(problem, values, prices, open_, costs, 2)
        pairs = {(unit, int(problem.target[c])) for unit, c in zip(found.unit.tolist(), found.cell, strict=True)}
        assert pairs <= pays
        assert {target for _, target in pairs} == {target for _, target in pays}
        paid += bool(pays)
    assert paid > 20


@seed(21)
@settings(max_examples=150, **MANY)
@given(data=st.data())
def test_plans_and_certificates_of_large_problems_agree_with_brute_force(data):
    """As in ``test_planner_core``, with pairs added by their price."""
    rows = data.draw(rows_of())
    one, asked = snapshot(rows), data.draw(options(rows, sets=False)) | {"candidates": 1}
    check_certificate(one, asked)
    check_plan(one, asked)
