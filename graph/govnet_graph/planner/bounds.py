"""What each objective of a plan is at least, over all able units: the dual of the linear relaxation, however few pairs a program considers.

Values of cells, prices of units and of what the objectives before may not exceed prove, whatever is paired (weak duality),

    Σ_cells value × need − Σ_units price × room − Σ_limits price × limit − Σ_cells most × max(0, value − weight)
        − Σ_edits max(0, Σ_cells of the edit value − its cost)

where the last sum is over all edits that there could be, not only those of the program (``bounds_pairs``). The relaxation's prices are
rounded to fractions and the rest is computed exactly; pairs are added to the program while any would better the bound.

References
----------
Gilmore, P. C. & Gomory, R. E. (1961). A linear programming approach to the cutting-stock problem. Operations Research 9.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from govnet_graph.planner.binding import Model
from govnet_graph.planner.bounds_pairs import surplus
from govnet_graph.planner.candidates import Links
from govnet_graph.planner.columns import EXTEND, KEEP, NEW
from govnet_graph.planner.mixed import FloatArray, ended
from govnet_graph.planner.model import Watch, remaining, stopped
from govnet_graph.planner.pricing import Costs, improving
from govnet_graph.planner.problem import Problem
from govnet_graph.planner.snapshot import IntArray

_PARTS = 1_000_000
_ERROR = 1e-3
_CLOSE = 1e-4
_EACH = 4
_LARGE = 20_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What is minimised, and what must hold meanwhile: a cap of the load, and at most so much that lacks and so many edits."""

    name: Literal["uncovered", "changes", "hops"]
    cap: int | None = None
    least: int | None = None
    edits: int | None = None


@dataclass(frozen=True, eq=False)
class Dual:
    """Prices in whole parts: of one provider more in each cell, of each unit's room, of what may lack, and of one edit more."""

    value: IntArray
    price: IntArray
    lack: int
    edit: int


class Ground:
    """The pairs that a program considers, and those that it could be given.

    Parameters
    ----------
    problem : Problem
    links : Links
        Pairs considered first.
    model_of : callable
        The program of some pairs.
    every : bool
        Whether the pairs are all that there are.
    """

    def __init__(self, problem: Problem, links: Links, model_of: Callable[[Links], Model], *, every: bool) -> None:
        self._problem, self._links, self._model_of = problem, links, model_of
        self.every, self.model = every, model_of(links)

    @classmethod
    def of(cls, problem: Problem, model: Model) -> Ground:
        """That of a program of all pairs."""
        none = Links(*(np.zeros(0, dtype=np.int64),) * 3)
        return cls(problem, none, lambda _: model, every=True)

    def bound(self, aim: Aim, watch: Watch | None = None, beyond: float | None = None) -> int | None:
        """The proven least of an aim over all pairs, as near to that of the relaxation as time allows; None where nothing is proven.

        The program is given the pairs that better it. With ``beyond`` the search ends where the bound is above that, or cannot be.
        """
        best: int | None = None
        while not stopped(watch):
            solved = relaxed(self.model, aim, watch)
            if solved is None or (beyond is not None and solved[0] <= beyond + _CLOSE):
                break
            found = proven_by(self._problem, self.model, aim, solved[1])
            best = found if best is None else max(best, found)
            if self.every or best >= math.ceil(solved[0] - _CLOSE) or (beyond is not None and best > beyond):
                break
            more = self._better(aim, solved[1])
            if not len(more):
                break
            self._links = self._links.with_(more, len(self._problem.spare))
            self.model = self._model_of(self._links)
        return best

    def fewest(self, least: int) -> int:
        """How many edits it takes at least until no more than ``least`` lacks: each helps in no more cells than lie where it counts."""
        model, problem = self.model, self._problem
        _, starts, cells = problem.reach
        c = model.columns
        counts = [
            np.bincount(np.repeat(np.arange(len(starts) - 1), np.diff(starts)), weights=model.weight[cells]),
            np.bincount(c.column, weights=model.weight[c.cell]),
        ]
        most = max(int(one.max(initial=0)) for one in counts)
        before = int((model.weight * model.short(c.kind == KEEP)).sum())
        return -(-max(0, before - least) // most) if most else 0

    def _better(self, aim: Aim, dual: Dual) -> Links:
        new, _, _, open_ = self.model.rooms(aim.cap)
        return improving(
            self._problem,
            dual.value,
            new * dual.price,
            open_ & (self._problem.spare > 0),
            _costs(aim, dual),
            _EACH,
            self._links,
        )


def _costs(aim: Aim, dual: Dual) -> Costs:
    edit = {"uncovered": 0, "changes": _PARTS, "hops": dual.edit}[aim.name]
    return Costs(edit, _PARTS if aim.name == "hops" else 0)


def relaxed(model: Model, aim: Aim, watch: Watch | None = None) -> tuple[float, Dual] | None:
    """The optimum of the linear relaxation and its prices; None where it has none, or time was up."""
    c = model.columns
    many, cells, units = len(c), len(model.need), len(model.spare)
    new, keep, right, open_ = model.rooms(aim.cap)
    loading = np.flatnonzero((c.used > 0) & (model.spare[c.unit] >= 0))
    takes = np.where(c.kind == NEW, new[c.unit], keep[c.unit]) * c.used
    bound = np.flatnonzero(c.needs >= 0)
    cover = sparse.csr_matrix((np.ones(len(c.column)), (c.cell, c.column)), shape=(cells, many))
    room = sparse.csr_matrix((takes[loading].astype(np.float64), (c.unit[loading], loading)), shape=(units, many))
    rest = np.arange(len(bound))
    kept = sparse.csr_matrix(
        (np.repeat((1.0, -1.0), len(bound)), (np.tile(rest, 2), np.concatenate((bound, c.needs[bound])))),
        shape=(len(bound), many),
    )
    # Each unit's room counts in its own measure; that of a unit without a limit is never full.
    rows = [
        sparse.hstack((-cover, -sparse.identity(cells))),
        sparse.hstack((room, sparse.csr_matrix((units, cells)))),
        sparse.hstack((kept, sparse.csr_matrix((len(bound), cells)))),
    ]
    most = [-model.need.astype(np.float64), np.maximum(right, 0).astype(np.float64), np.zeros(len(bound))]
    for limit, name in ((aim.least, "uncovered"), (aim.edits, "changes")):
        if limit is not None:
            rows.append(sparse.csr_matrix(model.cost(name)[: many + cells]))
            most.append(np.array([float(limit)]) - (model.kept if name == "changes" else 0))
    upper = np.concatenate((np.ones(many), model.most_short.astype(np.float64)))
    upper[np.flatnonzero((c.kind == NEW) & ~open_[c.unit])] = 0.0
    upper[model.barred] = 0.0
    solved = _linear(
        model.cost(aim.name)[: many + cells], sparse.vstack(rows).tocsr(), np.concatenate(most), upper, watch
    )
    if solved is None:
        return None
    value, prices = solved
    first = cells + units + len(bound)
    lack = 1.0 if aim.name == "uncovered" else float(prices[first])
    edit = float(prices[first + 1]) if aim.edits is not None else 0.0
    return value + (model.kept if aim.name == "changes" else 0), Dual(
        # Rounded so that no edit that just pays its price seems to save more.
        np.floor(prices[:cells] * _PARTS + _ERROR).astype(np.int64),
        np.ceil(prices[cells : cells + units] * _PARTS - _ERROR).astype(np.int64),
        math.ceil(lack * _PARTS - _ERROR),
        math.ceil(edit * _PARTS - _ERROR),
    )


def _linear(
    cost: FloatArray, rows: sparse.csr_matrix, most: FloatArray, upper: FloatArray, watch: Watch | None
) -> tuple[float, FloatArray] | None:
    """(least cost, price of each row) of a linear program; None where it has no solution, or none was found in time."""
    from scipy.optimize import linprog

    if not len(cost):
        return 0.0, np.zeros(len(most))
    left = remaining(watch)
    options = {} if left is None else {"time_limit": left}
    method = "highs-ipm" if len(cost) > _LARGE else "highs"
    bounds = np.stack((np.zeros(len(upper)), upper), axis=1)
    solved = ended(lambda: linprog(cost, A_ub=rows, b_ub=most, bounds=bounds, method=method, options=options), watch)
    if solved is None or solved.status != 0:
        return None
    return float(solved.fun), np.maximum(0.0, -solved.ineqlin.marginals)


def proven_by(problem: Problem, model: Model, aim: Aim, dual: Dual) -> int:
    """What prices prove of an aim over all pairs; exact, for any prices that are not negative."""
    c = model.columns
    new, keep, right, open_ = model.rooms(aim.cap)
    limited = model.spare >= 0
    price = np.where(limited, dual.price, 0)
    costs = _costs(aim, dual)
    total = int((dual.value * model.need).sum()) - int((price * np.maximum(right, 0)).sum())
    total -= int((model.most_short * np.maximum(0, dual.value - dual.lack * model.weight)).sum())
    if aim.name != "uncovered":
        total -= dual.lack * (aim.least or 0)
    if aim.name == "hops":
        total -= dual.edit * ((aim.edits or 0) - model.kept)
    gain = np.bincount(c.column, weights=dual.value[c.cell], minlength=len(c)).astype(np.int64)
    extended = np.where(c.kind == EXTEND, np.maximum(0, gain - costs.change), 0)
    total -= int(extended[c.needs < 0].sum())
    # What a pairing takes on counts with it, because only one that is kept can.
    own = np.zeros(len(c), dtype=np.int64)
    tied = np.flatnonzero(c.needs >= 0)
    np.add.at(own, c.needs[tied], extended[tied])
    kept = c.kind == KEEP
    saved = gain + own + costs.change - (price * keep)[c.unit] * c.used
    total -= int(np.maximum(0, saved[kept]).sum())
    total -= surplus(problem, dual.value, new * price, open_ & (problem.spare > 0), costs)
    if aim.name == "changes":
        total += model.kept * _PARTS
    return max(0, -(-total // _PARTS))
