"""The two ways to a plan, each giving its changes with reasons, what stays uncovered and why, and what is proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.binding import REFERENCE as PROGRAM
from govnet_graph.planner.candidates import Links
from govnet_graph.planner.changes import Edit, new_id
from govnet_graph.planner.columns import EXTEND, KEEP, NEW
from govnet_graph.planner.explaining import flow_alternatives, program_alternatives
from govnet_graph.planner.hall import best_cover
from govnet_graph.planner.model import Watch
from govnet_graph.planner.nested import REFERENCE as NESTED
from govnet_graph.planner.plan_model import Alternative, Change, Uncovered
from govnet_graph.planner.problem import FAR, Limits, Problem, only, problem_of
from govnet_graph.planner.reasons import Left, why_uncovered
from govnet_graph.planner.repair_flow import Assignment, assign
from govnet_graph.planner.repair_program import Known, Programmed, solve_program
from govnet_graph.planner.snapshot import Snapshot

_DENSE = 60_000


class Asked(Protocol):
    """The options that the solvers read."""

    @property
    def candidates(self) -> int:
        """How many units per area are considered first."""

    @property
    def explain(self) -> bool:
        """Whether the next best is asked for."""

    @property
    def moves(self) -> bool:
        """Whether present pairings may end."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a solver gives: changes beside those that were set, what stays uncovered, (bound, proven) per objective, and its name."""

    changes: tuple[Change, ...]
    uncovered: tuple[Uncovered, ...]
    bounds: Mapping[str, tuple[int | None, bool]]
    method: str
    reference: str


def by_flow(
    snapshot: Snapshot,
    original: Snapshot,
    rules: Sequence[Requirement],
    limits: Limits,
    options: Asked,
    watch: Watch | None,
) -> Part:
    """The plan of one requirement."""
    problem = problem_of(snapshot, rules, limits)
    # A small district is solved over all pairs, so that each next best is proven as well.
    whole = options.candidates == 0 or len(problem.area) * len(snapshot.units) <= _DENSE
    found = assign(problem, 0 if whole else options.candidates, watch)
    links, extended = flow_alternatives(problem, found, watch, whole=whole) if options.explain else ({}, {})
    given = np.bincount(found.links.unit[found.used], minlength=len(snapshot.units))
    changes = [_new(problem, found, link, given, links.get(link)) for link in np.flatnonzero(found.used).tolist()]
    changes.extend(
        _extended(problem, one.pairing, one.cells, int(given[one.unit]), extended.get(one.pairing))
        for one in found.extended
    )
    left = Left(found.links, found.used, given, found.short)
    short = int(found.short.sum())
    return Part(
        changes=tuple(changes),
        uncovered=why_uncovered(problem, left, original, exchange=True),
        bounds={
            "uncovered": (short, True),
            "worst_load": (found.least, found.proven),
            "changes": (None, True),
            "hops": (0 if found.proven else None, found.nearest and found.proven),
        },
        method="minimum-cost flow, lexicographic",
        reference="Ahuja, Magnanti & Orlin 1993; Hall 1935",
    )


def _new(problem: Problem, found: Assignment, link: int, given: object, alternative: Alternative | None) -> Change:
    unit, cell = int(found.links.unit[link]), int(found.links.cell[link])
    loads = problem.load + np.asarray(given)
    return _pair(
        problem, unit, int(problem.target[cell]), [cell], int(found.links.hops[link]), int(loads[unit]), alternative
    )


def _pair(
    problem: Problem,
    unit: int,
    target: int,
    cells: Sequence[int],
    hops: int,
    load: int,
    alternative: Alternative | None,
) -> Change:
    snapshot = problem.snapshot
    one, areas = snapshot.units[unit], snapshot.areas
    edit = Edit("pair", one.id, areas.ids[target], _codes(problem, cells), new_id(snapshot, one.id, areas.ids[target]))
    return Change(
        edit,
        one.name,
        areas.names[target],
        _ids(problem, cells),
        "gap",
        None if hops == FAR else hops,
        load,
        one.capacity,
        alternative,
    )


def _extended(
    problem: Problem, pairing: int, cells: Sequence[int], more: int, alternative: Alternative | None = None
) -> Change:
    snapshot = problem.snapshot
    held = snapshot.pairings[pairing]
    one, areas = snapshot.unit(held.unit), snapshot.areas
    edit = Edit("extend", one.id, areas.ids[held.area], _codes(problem, cells), held.id)
    load = int(problem.load[snapshot.unit_index[held.unit]]) + more
    return Change(
        edit, one.name, areas.names[held.area], _ids(problem, cells), "gap", None, load, one.capacity, alternative
    )


def _codes(problem: Problem, cells: Sequence[int]) -> tuple[str, ...]:
    values = {problem.rules[problem.rule[cell]].evidence.value for cell in cells}
    return tuple(sorted(value for value in values if value))


def _ids(problem: Problem, cells: Sequence[int]) -> tuple[str, ...]:
    return tuple(sorted({problem.rules[problem.rule[cell]].id for cell in cells}))


def by_program(
    snapshot: Snapshot,
    original: Snapshot,
    rules: Sequence[Requirement],
    limits: Limits,
    options: Asked,
    watch: Watch | None,
    known: Known | None = None,
) -> Part:
    """The plan of several requirements, or with pairings that may end; ``known`` is one to begin with."""
    found = solve_program(snapshot, rules, limits, options.candidates, watch, moves=options.moves, known=known)
    problem, columns = found.problem, found.columns
    used = found.chosen.used > 0
    cells: dict[int, list[int]] = defaultdict(list)
    for column, cell in zip(columns.column.tolist(), columns.cell.tolist(), strict=True):
        cells[column].append(cell)
    load = problem.load + np.bincount(columns.unit, weights=columns.used * used, minlength=len(problem.load)).astype(
        np.int64
    )
    alternatives = program_alternatives(found, watch) if options.explain else {}
    changes = []
    for column in range(len(columns)):
        unit, kind = int(columns.unit[column]), int(columns.kind[column])
        if kind == NEW and used[column]:
            hops, target = int(columns.hops[column]), int(columns.target[column])
            changes.append(_pair(problem, unit, target, cells[column], hops, int(load[unit]), alternatives.get(column)))
        elif kind == EXTEND and used[column]:
            changes.append(_extended_column(found, column, cells[column], int(load[unit])))
        elif kind == KEEP and not used[column]:
            changes.append(_ended(found, column, int(load[unit])))
    left = _left(found, used)
    stages = {stage.name: stage for stage in found.chosen.stages}
    bounds: dict[str, tuple[int | None, bool]] = {}
    earlier = True
    for name in ("uncovered", "worst_load", "changes", "hops"):
        stage = stages.get(name)
        bound, proven = (None, False) if stage is None else (stage.bound, stage.proven)
        if name == "uncovered" and stage is not None and not proven and not options.moves:
            # Each requirement by itself lacks at least this, whatever is done for the others.
            alone = sum(
                best_cover(only(problem, index), options.candidates).bound for index in range(len(problem.rules))
            )
            bound = max(float(alone), bound or 0.0)
            proven = bound >= stage.value
        # A later objective is the least only where those before it are; that none is below nothing is always proven.
        holds = name == "uncovered" or earlier
        earlier = earlier and proven
        bounds[name] = (int(np.ceil((bound or 0) - 1e-6)) if holds else None, earlier)
    method, reference = (
        ("integer programs", PROGRAM) if found.best is None else ("minimum-cost flow of nested cells", NESTED)
    )
    return Part(
        changes=tuple(changes),
        uncovered=why_uncovered(problem, left, original, exchange=False),
        bounds=bounds,
        method=f"{method}, lexicographic",
        reference=reference,
    )


def _left(found: Programmed, used: object) -> Left:
    """What the program leaves to lack of what was asked for, with the load that new pairings give."""
    problem, columns = found.problem, found.columns
    chosen = np.asarray(used)
    given = np.bincount(columns.unit, weights=columns.used * chosen, minlength=len(problem.load)).astype(np.int64)
    new = np.flatnonzero(chosen & (columns.kind == NEW))
    entries = np.isin(columns.column, new)
    links = Links(columns.unit[columns.column[entries]], columns.cell[entries], columns.hops[columns.column[entries]])
    short = np.where(found.model.weight > 0, found.chosen.short, 0)
    return Left(links, np.ones(len(links), dtype=np.bool_), given, short)


def _extended_column(found: Programmed, column: int, cells: Sequence[int], load: int) -> Change:
    problem, columns = found.problem, found.columns
    pairing = int(columns.pairing[column])
    held = found.in_play[pairing] if columns.needs[column] >= 0 else problem.snapshot.pairings[pairing]
    one, areas = problem.snapshot.unit(held.unit), problem.snapshot.areas
    edit = Edit("extend", one.id, areas.ids[held.area], _codes(problem, cells), held.id)
    return Change(edit, one.name, areas.names[held.area], _ids(problem, cells), "gap", None, load, one.capacity)


def _ended(found: Programmed, column: int, load: int) -> Change:
    held = found.in_play[int(found.columns.pairing[column])]
    one, areas = found.problem.snapshot.unit(held.unit), found.problem.snapshot.areas
    edit = Edit("end", one.id, areas.ids[held.area], (), held.id)
    return Change(edit, one.name, areas.names[held.area], (), "room", None, load, one.capacity)
