"""For each new pairing of a plan: what was next best, and what it would cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from govnet_graph.planner.bounds import Ground
from govnet_graph.planner.candidates import Extension, extensions
from govnet_graph.planner.columns import NEW
from govnet_graph.planner.lexicographic import as_good, choose
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.nested_plan import Best
from govnet_graph.planner.plan_model import Alternative, Cost, Pair
from govnet_graph.planner.problem import Problem
from govnet_graph.planner.repair_flow import Assignment
from govnet_graph.planner.repair_program import Programmed
from govnet_graph.planner.residual import Detour, Residual, flat
from govnet_graph.planner.snapshot import Snapshot

_AGAIN = 60_000
_FREE = Cost(0, 0, 0, 0)


def flow_alternatives(
    problem: Problem, found: Assignment, watch: Watch | None, *, whole: bool
) -> tuple[dict[int, Alternative], dict[int, Alternative]]:
    """(By link, by pairing that is extended) the best plan without it; ``whole`` says that all pairs were considered."""
    over = problem.load + np.bincount(found.links.unit[found.used], minlength=len(problem.load)) + 1 - found.worst
    residual = Residual(
        found.links, found.used, found.supply, problem.spare, over, flat(found.need, found.need - found.short)
    )

    def pair(link: int) -> Pair:
        return pair_of(problem.snapshot, int(found.links.unit[link]), int(problem.target[found.links.cell[link]]))

    links = {link: _alternative(detour, pair, certain=whole) for link, detour in residual.detours(watch).items()}
    alone = [one for one in found.extended if len(one.cells) == 1]
    others = _other_extensions(problem, found)
    more = residual.one_more([one.cells[0] for one in alone if one.pairing not in others])
    extended: dict[int, Alternative] = {}
    for one in alone:
        if one.pairing in others:
            # Another pairing that takes the service on costs just as much, and no plan is better than the best.
            extended[one.pairing] = Alternative((others[one.pairing],), (), Cost(0, 0, 0, 0), exact=True, proven=True)
        else:
            # Where its pairing is with a larger area, the unit itself could still pair with this one.
            same = problem.snapshot.pairings[one.pairing].area == problem.target[one.cells[0]]
            extended[one.pairing] = _alternative(more[one.cells[0]], pair, certain=whole and same)
    return links, extended


def _other_extensions(problem: Problem, found: Assignment) -> dict[int, Pair]:
    """For each pairing that is extended for one cell, another one that could be extended for it and is not."""
    used = {one.pairing for one in found.extended}
    units = {(one.unit, cell) for one in found.extended for cell in one.cells}
    spare: dict[int, list[Extension]] = {}
    for one in extensions(problem):
        if one.pairing not in used:
            for cell in one.cells:
                spare.setdefault(cell, []).append(one)
    others: dict[int, Pair] = {}
    for one in found.extended:
        for other in spare.get(one.cells[0], ()):
            if len(one.cells) == 1 and (other.unit == one.unit or (other.unit, one.cells[0]) not in units):
                others.setdefault(
                    one.pairing, pair_of(problem.snapshot, other.unit, problem.snapshot.pairings[other.pairing].area)
                )
    return others


def program_alternatives(found: Programmed, watch: Watch | None) -> dict[int, Alternative]:
    """By column: the best plan without it. A small program is solved again without each (exact); in a larger one another unit stands in, or
    the area is left (a plan that exists, so the cost is at most that). Where the program was solved as a flow, shortest paths tell."""
    if found.best is not None:
        return _nested_alternatives(found, found.best, watch)
    used = [column for column in np.flatnonzero(found.chosen.used > 0).tolist() if found.columns.kind[column] == NEW]
    again = len(used) * len(found.columns) <= _AGAIN
    alternatives = {}
    for column in used:
        if stopped(watch):
            break
        alternatives[column] = _again(found, column, watch) if again else _swap(found, column)
    return alternatives


def _nested_alternatives(found: Programmed, best: Best, watch: Watch | None) -> dict[int, Alternative]:
    nest, alternatives = best.nest, {}

    def pair(link: int) -> Pair:
        return _pair(found, int(nest.column[link]))

    for link, detour in best.residual(plan=True).detours(watch).items():
        alternatives[int(nest.column[link])] = _alternative(detour, pair, certain=found.every)
    return alternatives


def _alternative(detour: Detour, pair: Callable[[int], Pair], *, certain: bool) -> Alternative:
    return Alternative(
        instead=tuple(pair(other) for other in detour.made),
        given_up=tuple(pair(other) for other in detour.dropped),
        cost=Cost(detour.uncovered, detour.load, detour.changes, detour.hops),
        exact=certain and detour.uncovered == 0 and detour.load == 0,
        proven=certain or detour.uncovered == 0,
    )


def _again(found: Programmed, column: int, watch: Watch | None) -> Alternative:
    """The optimum without a column, solved anew."""
    columns = found.columns
    model = replace(found.model, barred=np.append(found.model.barred, column))
    stages = found.chosen.stages
    # Most are replaced without that more lacks or a unit carries more: what is proven of the plan need not be proven again.
    known = len(stages) > 1 and stages[0].proven and stages[1].proven
    chosen = (as_good(model, stages, watch) if known else None) or choose(Ground.of(found.problem, model), watch)
    before = {stage.name: stage for stage in found.chosen.stages}
    after = {stage.name: stage for stage in chosen.stages}
    cost = Cost(
        *(
            round(after[n].value - before[n].value) if n in after else 0
            for n in ("uncovered", "worst_load", "changes", "hops")
        )
    )
    fresh = np.flatnonzero((chosen.used > found.chosen.used) & (columns.kind == NEW)).tolist()
    gone = np.flatnonzero((chosen.used < found.chosen.used) & (columns.kind == NEW)).tolist()
    fresh.sort(key=lambda other: (columns.target[other] != columns.target[column], other))
    # Of a program of some pairs only what costs nothing is known to be the best over all: no plan is better than the plan.
    best = all(stage.proven for stage in stages)
    exact = best and (cost == _FREE or (found.every and all(stage.proven for stage in chosen.stages)))
    return Alternative(
        instead=tuple(_pair(found, other) for other in fresh),
        given_up=tuple(_pair(found, other) for other in gone if other != column),
        cost=cost,
        exact=exact,
        proven=stages[0].proven and (cost.uncovered == 0 or (found.every and chosen.stages[0].proven)),
    )


def _swap(found: Programmed, column: int) -> Alternative:
    """Another unit with the same area that serves all that the column serves within its capacity, or nobody."""
    columns, model = found.columns, found.model
    cells = set(columns.cell[columns.column == column].tolist())
    load = np.bincount(columns.unit, weights=columns.used * (found.chosen.used > 0), minlength=len(model.fixed)).astype(
        np.int64
    )
    worst = int(next((stage.value for stage in found.chosen.stages if stage.name == "worst_load"), 0))
    best: tuple[int, int, int] | None = None
    for other in np.flatnonzero(
        (columns.target == columns.target[column]) & (columns.kind == NEW) & (found.chosen.used == 0)
    ).tolist():
        unit = int(columns.unit[other])
        if load[unit] < model.spare[unit] and cells <= set(columns.cell[columns.column == other].tolist()):
            over = max(0, int(load[unit] + model.fixed[unit]) + 1 - worst)
            key = (over, int(columns.hops[other] - columns.hops[column]), other)
            best = key if best is None or key < best else best
    if best is not None:
        proven, cost = found.chosen.stages[0].proven, Cost(0, best[0], 0, best[1])
        exact = cost == _FREE and all(stage.proven for stage in found.chosen.stages)
        return Alternative((_pair(found, best[2]),), (), cost, exact=exact, proven=proven)
    lost = sum(int(model.weight[cell]) for cell in cells)
    return Alternative((), (), Cost(lost, 0, -1, -int(columns.hops[column])), exact=False, proven=False)


def _pair(found: Programmed, column: int) -> Pair:
    return pair_of(found.problem.snapshot, int(found.columns.unit[column]), int(found.columns.target[column]))


def pair_of(snapshot: Snapshot, unit: int, area: int) -> Pair:
    """A pair by its indexes."""
    one = snapshot.units[unit]
    return Pair(one.id, one.name, snapshot.areas.ids[area], snapshot.areas.names[area])
