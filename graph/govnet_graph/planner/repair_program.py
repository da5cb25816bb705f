"""The re-pairing plan where several requirements bind together, or present pairings may end: an integer program, lexicographic.

Present pairings that may end are taken out of the snapshot and offered again as columns that may be kept. What they are needed for
stays met: no area comes to lack more than it lacks now, for any requirement that a pairing can meet. See ``binding``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.binding import Chosen, Model
from govnet_graph.planner.bounds import Ground
from govnet_graph.planner.candidates import Links, allowed_pairs, nearest
from govnet_graph.planner.changes import Edit, apply_changes
from govnet_graph.planner.columns import KEEP, NEW, Columns, chosen_columns, columns_of
from govnet_graph.planner.judging import UNCOVERED, judge
from govnet_graph.planner.lexicographic import Start, choose
from govnet_graph.planner.model import Watch, share
from govnet_graph.planner.nested_plan import Best, plan_nested
from govnet_graph.planner.problem import Limits, Problem, Scenario, problem_of, why_not_writable
from govnet_graph.planner.snapshot import BoolArray, IntArray, Pairing, Snapshot

_DENSE = 60_000
_STILL = 0.25
"""Part of the time in which a plan that ends nothing is sought, to begin with."""


@dataclass(frozen=True, slots=True)
class Known:
    """A plan to begin with: its edits, and what is proven of its objectives (see ``lexicographic.Start``)."""

    edits: Sequence[Edit]
    proven: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Programmed:
    """A solved program: the problem without the pairings in play, its columns and what is chosen of them.

    ``every`` says whether all pairs were considered, ``best`` is the flow where it was solved as one.
    """

    problem: Problem
    in_play: tuple[Pairing, ...]
    model: Model
    chosen: Chosen
    every: bool
    best: Best | None = None

    @property
    def columns(self) -> Columns:
        """The columns."""
        return self.chosen.columns


@dataclass(frozen=True, eq=False)
class Stripped:
    """The problem of some requirements without the pairings in play, and what a program of some links needs beside it."""

    problem: Problem
    in_play: tuple[Pairing, ...]
    weight: IntArray
    may_lack: IntArray
    spare: IntArray
    moves: bool

    def model(self, links: Links) -> Model:
        """The program of some links."""
        problem = self.problem
        columns = columns_of(problem, links, self.in_play)
        columns = _without_new(columns, self.spare) if self.moves else columns
        return Model(columns, problem.need, self.may_lack, self.weight, self.spare, problem.load)

    def first(self, most: int) -> tuple[Links, bool]:
        """The nearest ``most`` links of each cell (0 for all, as for a small problem), and whether these are all."""
        most = 0 if len(self.problem.area) * len(self.problem.snapshot.units) <= _DENSE else most
        return nearest(self.problem, most), most == 0


def stripped(snapshot: Snapshot, asked: Sequence[Requirement], limits: Limits, *, moves: bool) -> Stripped:
    """The problem of some requirements; with ``moves`` present pairings that are not locked may end."""
    if not moves:
        problem = problem_of(snapshot, asked, limits)
        weight, may_lack = _before(snapshot, problem, len(asked))
        return Stripped(problem, (), weight, may_lack, problem.spare, moves=False)
    ids, size = snapshot.areas.ids, len(snapshot.areas)
    in_play = tuple(p for p in snapshot.present if (p.unit, ids[p.area]) not in limits.locked)
    rules = [*asked, *(r for r in snapshot.requirements if r not in asked and not why_not_writable(r))]
    bare = apply_changes(snapshot, [Edit("end", p.unit, ids[p.area], pairing=p.id) for p in in_play])
    offered = np.array(sorted({snapshot.unit_index[p.unit] * size + p.area for p in in_play}), dtype=np.int64)
    problem = replace(problem_of(bare, rules, limits, Scenario.WORST), offered=offered)
    weight, may_lack = _before(snapshot, problem, len(asked))
    problem, weight, may_lack = _kept(problem, weight, may_lack)
    return Stripped(problem, in_play, weight, may_lack, _limits(snapshot, problem, in_play), moves=True)


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
    snapshot: Snapshot,
    asked: Sequence[Requirement],
    limits: Limits,
    most: int,
    watch: Watch | None,
    *,
    moves: bool,
    known: Known | None = None,
) -> Programmed:
    """The best plan of several requirements. Exact where every stage is proven: as a flow where they are nested (see ``nested``).

    ``most`` nearest units of each area are considered first (0 for all), others as far as prices ask for them; bounds are those of all.
    """
    one = stripped(snapshot, asked, limits, moves=moves)
    links, every = one.first(most)
    if not moves:
        solved = plan_nested(one.problem, one.model, 0 if every else most, watch)
        # Flows that time was too short for are not better than what is known.
        if solved is not None and (known is None or all(stage.proven for stage in solved[0].stages)):
            chosen, best = solved
            return Programmed(one.problem, (), best.nest.model, chosen, every, best)
    elif not every and known is None:
        # A plan that ends nothing is one to begin with, and there where time is up first.
        still = solve_program(snapshot, asked, limits, most, share(watch, _STILL), moves=False)
        known = Known(edits_of_program(still), {})
    if known is not None:
        links = links.with_(_links(one.problem, known.edits), len(snapshot.units))
    ground = Ground(one.problem, links, one.model, every=every)
    used = None if known is None else _used(one, ground.model, known.edits)
    begin = None if known is None or used is None or not ground.model.holds(used) else Start(used, known.proven)
    chosen = choose(ground, watch, begin)
    return Programmed(one.problem, one.in_play, ground.model, chosen, every)


def edits_of_program(found: Programmed) -> tuple[Edit, ...]:
    """The edits of a solved program, without what they are for."""
    c, snapshot, edits = found.columns, found.problem.snapshot, []
    used, ids = found.chosen.used > 0, found.problem.snapshot.areas.ids
    for column in np.flatnonzero(used & (c.kind != KEEP)).tolist():
        unit, area = snapshot.units[c.unit[column]].id, ids[c.target[column]]
        new = c.kind[column] == NEW
        held = "" if new else _pairing(snapshot, found.in_play, c, column).id
        edits.append(Edit("pair" if new else "extend", unit, area, pairing=held))
    for column in np.flatnonzero(~used & (c.kind == KEEP)).tolist():
        held = _pairing(snapshot, found.in_play, c, column).id
        edits.append(Edit("end", snapshot.units[c.unit[column]].id, ids[c.target[column]], pairing=held))
    return tuple(edits)


def _pairing(snapshot: Snapshot, in_play: Sequence[Pairing], columns: Columns, column: int) -> Pairing:
    """The present pairing that a column extends or keeps."""
    offered = columns.kind[column] == KEEP or columns.needs[column] >= 0
    return (in_play if offered else snapshot.pairings)[int(columns.pairing[column])]


def _links(problem: Problem, edits: Sequence[Edit]) -> Links:
    """The new pairings of a plan among those that may be."""
    index, areas = problem.snapshot.unit_index, problem.snapshot.areas
    made = [(index[edit.unit], areas.index(edit.area)) for edit in edits if edit.operation == "pair"]
    rows = [
        (unit, cell)
        for unit, area in made
        for cell in problem.reached(area)
        if problem.target[cell] == area and problem.able[unit, problem.rule[cell]]
    ]
    unit, cell = (np.array([row[at] for row in rows], dtype=np.int64) for at in (0, 1))
    may = allowed_pairs(problem, unit, cell) & (problem.spare[unit] > 0)
    return Links(unit[may], cell[may], problem.hops(unit[may], problem.target[cell[may]]))


def _used(one: Stripped, model: Model, edits: Sequence[Edit]) -> BoolArray:
    """The columns that a plan uses; what it does beside them is left out."""
    c, snapshot, size = model.columns, one.problem.snapshot, len(one.problem.snapshot.areas)
    made = [
        snapshot.unit_index[edit.unit] * size + snapshot.areas.index(edit.area)
        for edit in edits
        if edit.operation == "pair"
    ]
    touched = {(edit.operation, edit.pairing) for edit in edits}
    used = (c.kind == NEW) & np.isin(c.unit * size + c.target, made)
    for column in np.flatnonzero(c.kind != NEW).tolist():
        id_ = _pairing(snapshot, one.in_play, c, column).id
        used[column] = ("end", id_) not in touched if c.kind[column] == KEEP else ("extend", id_) in touched
    return np.asarray(used)
