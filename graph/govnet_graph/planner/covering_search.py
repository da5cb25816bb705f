"""Fewer sites that cover every demand: local search with weights of demands that stay uncovered. A heuristic; the bound is the caller's.

References
----------
Gao, C., Yao, X., Weise, T. & Li, J. (2015). An efficient local search heuristic with row weighting for the unicost set covering problem.
European Journal of Operational Research 246.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.snapshot import IntArray

_TURN = 7919


def fewer_sites(
    rows: sparse.csr_matrix, start: list[int], least: int, steps: int, watch: Watch | None = None
) -> list[int]:
    """A cover of no more sites than ``start`` is; the same each time where it is not stopped. A heuristic.

    Parameters
    ----------
    rows : sparse bool matrix, demands × sites
        Each demand has a site.
    start : list of int
        Sites that cover every demand.
    least : int
        Where a cover of so few is found the search ends.
    steps : int
        How many exchanges are tried.
    """
    search = _Search(rows, start)
    for step in range(1, steps + 1):
        if len(search.best) <= least or stopped(watch):
            break
        search.exchange(step)
    return search.best


class _Search:
    """Sites that nearly cover all. A chosen site's score is the weight that only it covers, that of another what it would add."""

    def __init__(self, rows: sparse.csr_matrix, start: list[int]) -> None:
        columns, sites = rows.tocsc(), rows.shape[1]
        self.demands = [columns.indices[columns.indptr[j] : columns.indptr[j + 1]] for j in range(sites)]
        self.sites = [rows.indices[rows.indptr[i] : rows.indptr[i + 1]] for i in range(rows.shape[0])]
        self.weight: FloatArray = np.ones(rows.shape[0])
        self.chosen = np.zeros(sites, dtype=np.bool_)
        self.chosen[start] = True
        self.times = np.asarray(rows @ self.chosen.astype(np.float64)).astype(np.int64)
        self.score: FloatArray = np.array(
            [self.weight[own[self.times[own] == int(self.chosen[j])]].sum() for j, own in enumerate(self.demands)]
        )
        self.moved = np.zeros(sites, dtype=np.int64)
        self.open: set[int] = set()
        self.best, self.last = sorted(start), -1

    def exchange(self, step: int) -> None:
        """Leave one site more than needed out, and choose one for a demand that is open; what stays open counts more from then on."""
        while not self.open:
            self.best = np.flatnonzero(self.chosen).tolist()
            self._leave(self._least(np.flatnonzero(self.chosen)))
        chosen = np.flatnonzero(self.chosen)
        chosen = chosen[chosen != self.last]
        left = self._least(chosen) if len(chosen) else -1
        if left >= 0:
            self._leave(left)
            self.moved[left] = step
        demand = sorted(self.open)[step * _TURN % len(self.open)]
        other = self.sites[demand]
        other = other[other != left] if len(other) > 1 else other
        taken = int(other[np.lexsort((self.moved[other], -self.score[other]))[0]])
        self._choose(taken)
        self.moved[taken], self.last = step, taken
        for one in self.open:
            self.weight[one] += 1
            self.score[self.sites[one]] += 1

    def _least(self, sites: IntArray) -> int:
        return int(sites[np.lexsort((self.moved[sites], self.score[sites]))[0]])

    def _leave(self, site: int) -> None:
        self.chosen[site], self.score[site] = False, 0.0
        for demand in self.demands[site].tolist():
            self.times[demand] -= 1
            if self.times[demand] == 0:
                self.open.add(demand)
                self.score[self.sites[demand]] += self.weight[demand]
            elif self.times[demand] == 1:
                near = self.sites[demand]
                self.score[near[self.chosen[near]]] += self.weight[demand]

    def _choose(self, site: int) -> None:
        for demand in self.demands[site].tolist():
            near = self.sites[demand]
            if self.times[demand] == 0:
                self.open.discard(demand)
                self.score[near] -= self.weight[demand]
            elif self.times[demand] == 1:
                self.score[near[self.chosen[near]]] -= self.weight[demand]
            self.times[demand] += 1
        self.chosen[site] = True
        own = self.demands[site]
        self.score[site] = self.weight[own[self.times[own] == 1]].sum()
