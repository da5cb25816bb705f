"""The re-pairing plan where several requirements bind together, or present pairings may end: an integer program, lexicographic.

Present pairings that may end are taken out of the snapshot and offered again as columns that may be kept. What they are needed for
stays met: no area comes to lack more than it lacks now, for any requirement that a pairing can meet. See ``binding``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.binding import Chosen, Model, choose
from govnet_graph.planner.candidates import Links, nearest
from govnet_graph.planner.changes import Edit, apply_changes
from govnet_graph.planner.columns import NEW, Columns, chosen_columns, columns_of
from govnet_graph.planner.judging import UNCOVERED, judge
from govnet_graph.planner.model import Watch
from govnet_graph.planner.nested_plan import Best, plan_nested
from govnet_graph.planner.problem import Limits, Problem, Scenario, problem_of, why_not_writable
from govnet_graph.planner.relaxation import relax
from govnet_graph.planner.snapshot import IntArray, Pairing, Snapshot

_DENSE = 60_000


@dataclass(frozen=True, eq=False)
class Programmed:
    """A solved program: the problem without the pairings in play, its columns and what is chosen of them.

    ``every`` says whether all pairs were considered, ``best`` is the flow where it was solved as one, ``bound`` what lacks at least by
    the relaxation over all pairs (None where it was not needed or not proven).
    """

    problem: Problem
    in_play: tuple[Pairing, ...]
    model: Model
    chosen: Chosen
    every: bool
    best: Best | None = None
    bound: int | None = None

    @property
    def columns(self) -> Columns:
        """The columns."""
        return self.chosen.columns


def program_of(
    snapshot: Snapshot, asked: Sequence[Requirement], limits: Limits, most: int, *, moves: bool, whole: bool = False
) -> tuple[Problem, tuple[Pairing, ...], Model, bool]:
    """The program of some requirements, and whether it has all pairs; with ``moves`` present pairings that are not locked may end."""
    in_play: tuple[Pairing, ...] = ()
    rules = list(asked)
    if moves:
        ids = snapshot.areas.ids
        in_play = tuple(p for p in snapshot.present if (p.unit, ids[p.area]) not in limits.locked)
        rules += [r for r in snapshot.requirements if r not in asked and not why_not_writable(r)]
    stripped = (
        apply_changes(snapshot, [Edit("end", p.unit, snapshot.areas.ids[p.area], pairing=p.id) for p in in_play])
        if in_play
        else snapshot
    )
    problem = problem_of(stripped, rules, limits, Scenario.WORST if moves else Scenario.NOW)
    weight, may_lack = _before(snapshot, problem, len(asked))
    if moves:
        problem, weight, may_lack = _kept(problem, weight, may_lack)
    if most and len(problem.area) * len(stripped.units) <= _DENSE:
        most = 0
    columns = columns_of(problem, nearest(problem, most), in_play)
    spare = _limits(snapshot, problem, in_play)
    columns = _without_new(columns, spare) if moves else columns
    return problem, in_play, Model(columns, problem.need, may_lack, weight, spare, problem.load, whole), most == 0


def _before(snapshot: Snapshot, problem: Problem, asked: int) -> tuple[IntArray, IntArray]:
    """Per cell: what a provider that lacks counts (1 where it was asked for and is known to lack), and how much may lack at most."""
    weight = np.zeros(len(problem.area), dtype=np.int64)
    may_lack = np.zeros(len(problem.area), dtype=np.int64)
    for index, rule in enumerate(problem.rules):
        judged = judge(snapshot, rule)
        own = problem.rule == index
        at = np.searchsorted(judged.areas, problem.area[own])
        may_lack[own] = judged.missing[at]
        weight[own] = ((judged.states[at] == UNCOVERED) & (index < asked)).astype(np.int64)
    return weight, may_lack


def _kept(problem: Problem, weight: IntArray, may_lack: IntArray) -> tuple[Problem, IntArray, IntArray]:
    """Without the cells that are neither asked for nor touched by what may end."""
    chosen = (weight > 0) | (problem.need > may_lack)
    narrowed = replace(
        problem,
        area=problem.area[chosen],
        rule=problem.rule[chosen],
        need=problem.need[chosen],
        target=problem.target[chosen],
    )
    return narrowed, weight[chosen], may_lack[chosen]


def _limits(snapshot: Snapshot, problem: Problem, in_play: Sequence[Pairing]) -> IntArray:
    """Capacity for columns: -1 for a unit of unknown capacity and for one that could not keep what it has within its own."""
    kept = np.zeros(len(snapshot.units), dtype=np.int64)
    for pairing in in_play:
        kept[snapshot.unit_index[pairing.unit]] += pairing.used
    limit = problem.spare.copy()
    for index, unit in enumerate(snapshot.units):
        if kept[index] and (unit.capacity is None or problem.load[index] + kept[index] > unit.capacity):
            limit[index] = -1
        elif kept[index]:
            # Units that may get no new pairing have no new columns; what they have they may keep.
            limit[index] = (unit.capacity or 0) - problem.load[index]
    return limit


def _without_new(columns: Columns, spare: IntArray) -> Columns:
    """Without new pairings of units whose capacity is not limited here, because it is unknown or exceeded."""
    return chosen_columns(columns, (columns.kind != NEW) | (spare[columns.unit] >= 0))


def solve_program(
    snapshot: Snapshot, asked: Sequence[Requirement], limits: Limits, most: int, watch: Watch | None, *, moves: bool
) -> Programmed:
    """The best plan of several requirements. Exact where every stage is proven: as a flow where they are nested (see ``nested``)."""
    if not moves:
        return _pairs_only(snapshot, asked, limits, most, watch)
    problem, in_play, model, every = program_of(snapshot, asked, limits, most, moves=moves)
    return Programmed(problem, in_play, model, choose(model, watch), every)


def _pairs_only(
    snapshot: Snapshot, asked: Sequence[Requirement], limits: Limits, most: int, watch: Watch | None
) -> Programmed:
    problem = problem_of(snapshot, asked, limits)
    most = 0 if len(problem.area) * len(snapshot.units) <= _DENSE else most
    weight, may_lack = _before(snapshot, problem, len(asked))

    def model_of(links: Links) -> Model:
        columns = columns_of(problem, links)
        return Model(columns, problem.need, may_lack, weight, problem.spare, problem.load)

    solved = plan_nested(problem, model_of, most, watch)
    if solved is not None:
        chosen, best = solved
        return Programmed(problem, (), best.nest.model, chosen, most == 0, best)
    if most == 0:
        model = model_of(nearest(problem, 0))
        return Programmed(problem, (), model, choose(model, watch), every=True)
    relaxed = relax(problem, model_of, most, watch)
    bound = relaxed.bound(problem) if relaxed.proven else None
    return Programmed(problem, (), relaxed.model, choose(relaxed.model, watch), every=False, bound=bound)
