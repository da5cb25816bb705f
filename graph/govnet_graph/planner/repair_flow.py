"""The re-pairing plan of one requirement: maximum flow, then the smallest worst load, then the least distance.

Exact: uncovered need by maximum flow over all able units, the worst load by bisection over its cap, the number of changes because
each provider that is supplied takes exactly one (and pairings that can take the service on come first, which costs no load), the
distance by minimum-cost flow, to which pairs that were not considered are added as long as any would shorten it.

References
----------
Ahuja, R. K., Magnanti, T. L. & Orlin, J. B. (1993). Network flows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from govnet_graph.planner.candidates import Extension, Links, extensions
from govnet_graph.planner.flows import cheapest
from govnet_graph.planner.hall import best_cover, free_help
from govnet_graph.planner.mixed import Program, minimise
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.pricing import Costs, improving
from govnet_graph.planner.problem import Problem
from govnet_graph.planner.residual import CHANGE, HOP, Residual, flat
from govnet_graph.planner.snapshot import BoolArray, IntArray

_EACH = 4


@dataclass(frozen=True, eq=False)
class Assignment:
    """The best assignment of one rule.

    Attributes
    ----------
    links, used : the new pairings considered, and which are made
    supply : int array
        Capacity of each unit under the cap of the load.
    need : int array
        Per cell what extensions leave to lack.
    extended : tuple of Extension
        Pairings that take the service on.
    short : int array
        What lacks per cell in the end.
    worst : int
        The largest load of a unit that gets a pairing; 0 where none does.
    least : int
        What the largest load is proven to be at least.
    proven : bool
        Whether the cap is proven smallest; False where the watch ended the search.
    nearest : bool
        Whether the distance is, over all able units.
    """

    links: Links
    used: BoolArray
    supply: IntArray
    need: IntArray
    extended: tuple[Extension, ...]
    short: IntArray
    worst: int
    least: int
    proven: bool
    nearest: bool


def assign(problem: Problem, most: int, watch: Watch | None = None) -> Assignment:
    """The best assignment of a problem with one rule; ``most`` nearest units per cell are considered first (0 for all)."""
    full = best_cover(problem, most)
    target = full.flow.value
    low, high = 0, int((problem.load + problem.spare)[problem.spare > 0].max(initial=0))
    capped, supply, proven = full, problem.spare, True
    while low < high:
        if stopped(watch):
            proven = False
            break
        cap = (low + high) // 2
        limited = np.minimum(problem.spare, np.maximum(0, cap - problem.load))
        cover = best_cover(replace(problem, spare=limited), most)
        if cover.flow.value == target:
            high, capped, supply = cap, cover, limited
        else:
            low = cap + 1
    links = capped.links.with_(full.links, len(problem.spare)) if len(problem.spare) else capped.links
    need = problem.need - capped.given
    links, used, nearest = _shortest(problem, links, supply, need, most, watch)
    short = need - np.bincount(links.cell[used], minlength=len(need)).astype(np.int64)
    extended = fewest(problem, capped.given, watch)
    given = np.bincount(links.unit[used], minlength=len(problem.spare))
    worst = int((problem.load + given)[given > 0].max(initial=0))
    return Assignment(links, used, supply, need, extended, short, worst, min(low, worst), proven, nearest)


def _shortest(
    problem: Problem, links: Links, supply: IntArray, need: IntArray, most: int, watch: Watch | None
) -> tuple[Links, BoolArray, bool]:
    """(links, those used, whether the distance is the least of all) of a flow of least distance under the cap."""
    while True:
        used = cheapest(links, supply, need, links.hops)
        if most == 0:
            return links, used, True
        if stopped(watch):
            return links, used, False
        got = np.bincount(links.cell[used], minlength=len(need))
        # No unit is dearer by its load here: the cap is held to.
        residual = Residual(links, used, supply, supply, np.zeros_like(supply), flat(need, got))
        values = np.where(need > 0, residual.values, 0)
        more = improving(problem, values, residual.prices, supply > 0, Costs(CHANGE, HOP), _EACH)
        wider = links.with_(more, len(supply))
        if len(wider) == len(links):
            return links, used, True
        links = wider


def fewest(problem: Problem, wanted: IntArray, watch: Watch | None = None) -> tuple[Extension, ...]:
    """The fewest extensions that give each cell as many distinct units as ``wanted`` says, which all of them together can."""
    every = extensions(problem)
    if any(len(one.cells) > 1 for one in every):
        return _covering(every, wanted, watch)
    by_pairing = {one.pairing: one for one, _ in free_help(problem)[0]}
    return tuple(by_pairing[pairing] for pairing in sorted(by_pairing))


def _covering(every: tuple[Extension, ...], wanted: IntArray, watch: Watch | None) -> tuple[Extension, ...]:
    """Set multi-cover by an integer program: where one pairing serves several cells, fewer may do."""
    from scipy import sparse

    pairs = sorted({(one.unit, cell) for one in every for cell in one.cells})
    index = {pair: len(every) + i for i, pair in enumerate(pairs)}
    cells = sorted({cell for _, cell in pairs})
    rows, cols, values = [], [], []
    for (_, cell), column in index.items():
        rows.append(cells.index(cell))
        cols.append(column)
        values.append(1.0)
    for at, pair in enumerate(pairs):
        rows.append(len(cells) + at)
        cols.append(index[pair])
        values.append(-1.0)
        for column, one in enumerate(every):
            if one.unit == pair[0] and pair[1] in one.cells:
                rows.append(len(cells) + at)
                cols.append(column)
                values.append(1.0)
    width = len(every) + len(pairs)
    matrix = sparse.csr_matrix((values, (rows, cols)), shape=(len(cells) + len(pairs), width))
    low = np.concatenate((wanted[cells].astype(np.float64), np.zeros(len(pairs))))
    cost = np.concatenate((np.ones(len(every)), np.zeros(len(pairs))))
    program = Program(cost, matrix, low, np.full(len(low), np.inf), np.ones(width, dtype=np.bool_), np.ones(width))
    solved = minimise(program, watch)
    if solved.x is None:
        return every
    return tuple(one for one, value in zip(every, solved.x, strict=False) if value > 0.5)
