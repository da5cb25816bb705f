"""What raising the floor costs: the most even set of new pairings against the one that covers most, on arrays.

Exact (HiGHS) where proven. Units that can do the same count as one type with their capacities together; who pairs with whom
is left to the re-pairing plan. Max-min, then cost; price of fairness: Bertsimas, Farias & Trichakis 2011.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from govnet_graph.planner.mixed import FloatArray, Program, Solved, minimise
from govnet_graph.planner.model import Watch
from govnet_graph.planner.snapshot import BoolArray, IntArray

MOST_VARIABLES = 400_000
_EXACT = 1e-6


@dataclass(frozen=True, eq=False)
class Lacking:
    """Cells (area × requirement) that lack providers, and who could supply them.

    Attributes
    ----------
    area, needs : int array
        Per cell: position of its area, and providers that lack.
    worth : float array
        Per cell, what covering it is worth.
    met, of : int array
        Per area: cells that are covered already, and all its cells.
    able : bool array, types × cells
        Whether a unit of the type counts for the cell.
    spare : int array
        Per type, new pairings that its units can carry together.
    partners : int array, types × areas
        Units of the type with capacity left that are not paired with the area.
    """

    area: IntArray
    needs: IntArray
    worth: FloatArray
    met: IntArray
    of: IntArray
    able: BoolArray
    spare: IntArray
    partners: IntArray


@dataclass(frozen=True, slots=True)
class Floor:
    """What raising the floor costs.

    Attributes
    ----------
    before, after : float
        Smallest share of requirements met, now and at best.
    pairings : int
        Fewest new pairings that reach it.
    even, most : float
        Worth newly covered with that many pairings: with the floor raised, and if covering most were all that counts.
    proven : bool
    """

    before: float
    after: float
    pairings: int
    even: float
    most: float
    proven: bool

    @property
    def price(self) -> float:
        """Share of what could be covered that the raised floor costs."""
        return 0.0 if self.most <= 0 else max(0.0, (self.most - self.even) / self.most)


def raise_floor(lacking: Lacking, watch: Watch | None = None) -> Floor | None:
    """Solve it; None where the program would be too large."""
    types, areas = lacking.partners.shape
    share = np.where(lacking.of > 0, lacking.met / np.maximum(lacking.of, 1), 1.0)
    before = float(share.min(initial=1.0))
    useful = sparse.csr_matrix((lacking.able.astype(np.float64) @ _at(lacking, areas)) > 0)
    kind, place = (
        useful.multiply(lacking.partners > 0).nonzero() if types and areas else (np.zeros(0, int), np.zeros(0, int))
    )
    if len(kind) + len(lacking.area) > MOST_VARIABLES:
        return None
    build = _Builder(lacking, kind.astype(np.int64), place.astype(np.int64))
    decided = True
    for after in _shares(lacking, before):
        fewest = minimise(build.program("pairings", floor=after, pairings=None), watch)
        decided &= fewest.proven
        if fewest.x is None:
            continue
        count = round(float(fewest.x[: build.pairs].sum()))
        start = Solved(fewest.x, -build.worth(fewest), None, False)
        even = minimise(build.program("worth", floor=after, pairings=count), watch, start)
        most = minimise(build.program("worth", floor=None, pairings=count), watch, _uneven(even))
        proven = decided and even.proven and most.proven
        return Floor(before, after, count, build.worth(even), max(build.worth(most), build.worth(even)), proven)
    return Floor(before, before, 0, 0.0, 0.0, decided)


def _uneven(even: Solved) -> Solved:
    """The even plan as one that need not be even: what covering most starts from, with nothing proven yet."""
    return Solved(even.x, even.value, None, False)


def _at(lacking: Lacking, areas: int) -> sparse.csr_matrix:
    cells = len(lacking.area)
    return sparse.csr_matrix((np.ones(cells), (np.arange(cells), lacking.area)), shape=(cells, areas))


def _shares(lacking: Lacking, before: float) -> list[float]:
    """The shares that an area can have above today's smallest, the largest first."""
    shares = {m / n for n in np.unique(lacking.of[lacking.of > 0]) for m in range(int(n) + 1)}
    return sorted((float(s) for s in shares if s > before + _EXACT), reverse=True)


class _Builder:
    """Programs over the same variables: new pairings per type and area, then cells covered."""

    def __init__(self, lacking: Lacking, kind: IntArray, place: IntArray) -> None:
        self.lacking, self.kind, self.place = lacking, kind, place
        self.pairs, self.cells = len(kind), len(lacking.area)
        self.size = self.pairs + self.cells
        areas = len(lacking.of)
        cell = np.arange(self.cells)
        at = sparse.csr_matrix((np.ones(self.pairs), (place, np.arange(self.pairs))), shape=(areas, self.pairs))
        able = lacking.able.T[:, kind].astype(np.float64) if self.pairs else np.zeros((self.cells, 0))
        serves = at[lacking.area].multiply(able) if self.cells else sparse.csr_matrix((0, self.pairs))
        supply = sparse.hstack([serves, -sparse.diags_array(lacking.needs.astype(np.float64))])
        carried = sparse.csr_matrix(
            (np.ones(self.pairs), (kind, np.arange(self.pairs))), shape=(len(lacking.spare), self.pairs)
        )
        load = sparse.hstack([carried, sparse.csr_matrix((len(lacking.spare), self.cells))])
        held = sparse.csr_matrix((np.ones(self.cells), (lacking.area, cell)), shape=(areas, self.cells))
        shares = sparse.hstack([sparse.csr_matrix((areas, self.pairs)), held])
        self.rows = sparse.vstack([supply, load, shares]).tocsr()
        self.low = np.zeros(self.cells + len(lacking.spare))
        endless = np.full(areas, np.inf)
        self.high = np.concatenate([np.full(self.cells, np.inf), lacking.spare.astype(np.float64), endless])
        self.upper = np.concatenate([lacking.partners[kind, place].astype(np.float64), np.ones(self.cells)])

    def program(self, goal: str, floor: float | None, pairings: int | None) -> Program:
        cost = np.zeros(self.size)
        if goal == "pairings":
            cost[: self.pairs] = 1.0
        else:
            cost[self.pairs :] = -self.lacking.worth
        count = np.zeros((1, self.size))
        count[0, : self.pairs] = 1.0
        share = np.full(len(self.lacking.of), -np.inf)
        if floor is not None:
            share = np.ceil(floor * self.lacking.of - _EXACT) - self.lacking.met
        return Program(
            cost,
            sparse.vstack([self.rows, sparse.csr_matrix(count)]).tocsr(),
            np.concatenate([self.low, share, [0.0]]),
            np.append(self.high, np.inf if pairings is None else float(pairings)),
            np.ones(self.size, dtype=np.bool_),
            self.upper,
        )

    def worth(self, solved: Solved) -> float:
        """What the covered cells of a solution are worth."""
        return 0.0 if solved.x is None else float(self.lacking.worth @ solved.x[self.pairs :])
