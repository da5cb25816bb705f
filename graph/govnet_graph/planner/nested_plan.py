"""The best plan and the best bound of nested requirements, over all able units: flows, with the pairs that matter added as they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.binding import Chosen, Model, Stage
from govnet_graph.planner.candidates import Links, nearest
from govnet_graph.planner.columns import EXTEND, Columns
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.nested import Nest, nest_of
from govnet_graph.planner.pricing import Costs, improving
from govnet_graph.planner.problem import Problem
from govnet_graph.planner.residual import CHANGE, HOP, UNCOVERED, Residual
from govnet_graph.planner.snapshot import BoolArray, IntArray

_EACH = 4
"""Pairs that are added for each area at a time."""

ModelOf = Callable[[Links], Model]


@dataclass(frozen=True, eq=False)
class Best:
    """A solution of nested requirements.

    Attributes
    ----------
    nest, used : the network and the links that are used
    supply : int array
        Capacity of each unit under the cap of the load.
    proven : bool
        Whether no pair that was not considered betters it; False where the watch ended the search.
    """

    nest: Nest
    used: BoolArray
    supply: IntArray
    proven: bool

    @property
    def short(self) -> int:
        """What lacks in the end."""
        return int(self.nest.short(self.used).sum())

    def residual(self, *, plan: bool) -> Residual:
        """The residual graph."""
        return self.nest.residual(self.used, self.supply, plan=plan)


class Search:
    """The search for the best of one problem; links that were found to matter are kept from one question to the next.

    Parameters
    ----------
    problem : Problem
    model_of : callable
        The program of some links.
    most : int
        Nearest units per cell to begin with; 0 for all, and then none need be added.
    """

    def __init__(self, problem: Problem, model_of: ModelOf, most: int, watch: Watch | None = None) -> None:
        self._problem, self._model_of, self._most, self._watch = problem, model_of, most, watch
        self._links = nearest(problem, most)
        # What is priced must count for all that it counts for.
        self._nest = nest_of(model_of(self._links)) if most == 0 or problem.local else None

    def best(self, supply: IntArray, *, plan: bool, enough: int = 0) -> Best | None:
        """The least that lacks and, with ``plan``, then the fewest edits and steps; None where the cells are not nested.

        Without ``plan`` the search ends where no more than ``enough`` lacks.
        """
        while self._nest is not None:
            nest = self._nest
            used = nest.solve(supply, plan=plan)
            best = Best(nest, used, supply, proven=True)
            if self._watch is not None:
                self._watch.advance(0.5, float(best.short), None)
            if self._most == 0 or (not plan and best.short <= enough):
                return best
            if stopped(self._watch):
                return Best(nest, used, supply, proven=False)
            residual = best.residual(plan=plan)
            costs = Costs(CHANGE, HOP) if plan else Costs(0, 0)
            more = improving(self._problem, residual.values, residual.prices, supply > 0, costs, _EACH)
            wider = self._links.with_(more, len(supply))
            if len(wider) == len(self._links):
                return best
            self._links = wider
            self._nest = nest_of(self._model_of(wider))
        return None


def plan_nested(
    problem: Problem, model_of: ModelOf, most: int, watch: Watch | None = None
) -> tuple[Chosen, Best] | None:
    """The lexicographic optimum of nested requirements; None where they are not nested. Exact where the watch lets it end."""
    search = Search(problem, model_of, most, watch)
    spare, load = problem.spare, problem.load
    full = search.best(spare, plan=False)
    if full is None:
        return None
    least, proven, capped = full.short, full.proven, spare
    low, high = 0, int((load + spare)[spare > 0].max(initial=0))
    while low < high and proven:
        if stopped(watch):
            proven = False
            break
        cap = (low + high) // 2
        limited = np.minimum(spare, np.maximum(0, cap - load))
        tried = search.best(limited, plan=False, enough=least)
        if tried is None:
            return None
        if tried.short <= least:
            high, capped = cap, limited
        elif tried.proven:
            low = cap + 1
        else:
            proven = False
    best = search.best(capped, plan=True)
    if best is None:
        return None
    return _chosen(best, least_proven=full.proven, load=low, load_proven=proven), best


def cover_nested(
    problem: Problem, model_of: ModelOf, most: int, watch: Watch | None = None
) -> tuple[Chosen, Best] | None:
    """The least that can lack, with nothing else minimised; None where the cells are not nested or the watch ended the search."""
    best = Search(problem, model_of, most, watch).best(problem.spare, plan=False)
    if best is None or not best.proven:
        return None
    return _chosen(best, least_proven=True, load=0, load_proven=False), best


def _chosen(best: Best, *, least_proven: bool, load: int, load_proven: bool) -> Chosen:
    nest, used = best.nest, best.used
    c = nest.model.columns
    chosen = np.zeros(len(c), dtype=np.int64)
    chosen[nest.column[used]] = 1
    chosen[_extended(c, nest.taken(used))] = 1
    given = np.bincount(nest.links.unit[used], minlength=len(best.supply))
    worst = int((nest.model.fixed + given)[given > 0].max(initial=0))
    hops = int(nest.links.hops[used].sum())
    figures = (
        ("uncovered", best.short, 0, least_proven),
        ("worst_load", worst, min(load, worst), load_proven),
        ("changes", int(chosen.sum()), 0, best.proven),
        ("hops", hops, 0, best.proven),
    )
    stages = tuple(
        Stage(name, float(value), float(value if proven else bound), proven) for name, value, bound, proven in figures
    )
    return Chosen(c, chosen, nest.short(used), stages)


def _extended(columns: Columns, taken: IntArray) -> IntArray:
    """The first so many extensions of each cell."""
    entries = np.flatnonzero(columns.kind[columns.column] == EXTEND)
    entries = entries[np.argsort(columns.cell[entries], kind="stable")]
    cell = columns.cell[entries]
    rank = np.arange(len(cell)) - np.searchsorted(cell, cell)
    return columns.column[entries[rank < taken[cell]]]


def dual(best: Best) -> tuple[IntArray, IntArray]:
    """(weight of each cell, price of each unit): 0 or 1 and whole numbers, which prove how much lacks at least (see ``binding``)."""
    residual, nest = best.residual(plan=False), best.nest
    weight = np.minimum(1, residual.values // UNCOVERED)
    # What present pairings give without any new one needs no proof.
    weight[nest.free >= nest.model.need] = 0
    return weight, np.where(best.supply > 0, residual.prices // UNCOVERED, 0)
