"""How much of one requirement can be met at all, and the proof: an assignment, and cells and prices that bound every other.

Exact for unit and splittable need. By Hall's theorem in its quantitative form (deficiency version), whatever is paired, the
cells of a set X get at most what their present pairings can take on plus, from each able unit, the smaller of its spare capacity
and the number of cells of X that it may pair with. A minimum cut gives the X for which this is exactly what a maximum flow gets.
Pairings are first considered for the nearest units only; those that could cross the cut are added until none is left, so
that the result is that of all able units.

References
----------
Hall, P. (1935). On representatives of subsets. Journal of the London Mathematical Society 10.
Ford, L. R. & Fulkerson, D. R. (1956). Maximal flow through a network. Canadian Journal of Mathematics 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.candidates import Extension, Links, extensions, nearest
from govnet_graph.planner.flows import Flow, Network
from govnet_graph.planner.problem import Problem
from govnet_graph.planner.snapshot import BoolArray, IntArray

REFERENCE = "Hall 1935; Ford & Fulkerson 1956"


@dataclass(frozen=True, eq=False)
class Cover:
    """The most that can be met, with its proof.

    Attributes
    ----------
    links : Links
        New pairings that were considered.
    used : bool array
        Which of them are made.
    extended : tuple of (Extension, cell)
        Present pairings that take the service on, and the cell that each is counted for.
    given : int array
        Per cell, how many providers extensions give.
    flow : Flow
    unmet : int
        Providers that lack in the end.
    bound : int
        Providers that lack at least, whatever is done; equal to ``unmet``.
    deficient : bool array
        The cells of the set that proves the bound; all False where everything is met.
    priced : bool array
        The units whose whole spare capacity is counted against it.
    beside : bool array
        Links of other units to cells of the set; each counts one.
    """

    links: Links
    used: BoolArray
    extended: tuple[tuple[Extension, int], ...]
    given: IntArray
    flow: Flow
    unmet: int
    bound: int
    deficient: BoolArray
    priced: BoolArray
    beside: BoolArray


def free_help(problem: Problem) -> tuple[tuple[tuple[Extension, int], ...], IntArray]:
    """Extensions, one per unit and cell, up to the cell's need, and how many each cell gets: they cost no capacity."""
    given = np.zeros(len(problem.area), dtype=np.int64)
    chosen: list[tuple[Extension, int]] = []
    seen: set[tuple[int, int]] = set()
    for one in extensions(problem):
        for cell in one.cells:
            if (one.unit, cell) not in seen and given[cell] < problem.need[cell]:
                seen.add((one.unit, cell))
                given[cell] += 1
                chosen.append((one, cell))
    return tuple(chosen), given


def best_cover(problem: Problem, most: int) -> Cover:
    """The most of one requirement that can be met, over all able units. Exact.

    Parameters
    ----------
    problem : Problem
        With one rule.
    most : int
        How many of the nearest units per cell to begin with; 0 for all. It changes the speed, not what can be met.
    """
    extended, given = free_help(problem)
    need = problem.need - given
    links = nearest(problem, most, cells=np.flatnonzero(need > 0))
    while True:
        flow = Network(links, problem.spare, need).solve()
        if flow.value == int(need.sum()):
            break
        wider = links.with_(_crossing(problem, flow, need, most), len(problem.snapshot.units))
        if len(wider) == len(links):
            break
        links = wider
    unmet = int(need.sum()) - flow.value
    deficient = ~flow.cells & (need > 0) if unmet else np.zeros(len(need), dtype=np.bool_)
    priced = ~flow.units & (problem.spare > 0) if unmet else np.zeros(len(problem.spare), dtype=np.bool_)
    # Beside the priced units, those with capacity to spare give each cell of the set one, where they may serve it at all.
    beside = flow.used & deficient[links.cell] & ~priced[links.unit] if unmet else np.zeros(len(links), dtype=np.bool_)
    bound = int(need[deficient].sum()) - int(problem.spare[priced].sum()) - int(beside.sum())
    return Cover(links, flow.used, extended, given, flow, unmet, bound, deficient, priced, beside)


def _crossing(problem: Problem, flow: Flow, need: IntArray, most: int) -> Links:
    """Pairings from units that still have capacity, or could get some by an exchange, to cells that lack it."""
    units = flow.units & (problem.spare > 0)
    cells = np.flatnonzero(~flow.cells & (need > 0))
    if not units.any() or not len(cells):
        return Links(*(np.zeros(0, dtype=np.int64),) * 3)
    if most == 0 or (problem.limits.max_hops is not None and problem.limits.max_hops < 2):
        return nearest(problem, 0, cells=cells, units=units)
    # So many of the nearest that they cannot all be pairs which exist, are forbidden or are made by the flow already: one that
    # crosses the cut is among them if there is one at all.
    barred = _most(problem.held % len(problem.snapshot.areas)) + _most(problem.near % max(1, len(problem.area)))
    return nearest(problem, most + barred + int(need.max()), cells=cells, units=units)


def _most(keys: IntArray) -> int:
    return int(np.bincount(keys).max()) if len(keys) else 0
