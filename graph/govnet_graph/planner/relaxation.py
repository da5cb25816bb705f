"""The bound of the linear relaxation over all able units, however few pairs are considered: columns are added while any would better it.

The relaxation's prices are rounded to fractions, and both the bound and what each pair would save are computed from these exactly.

References
----------
Gilmore, P. C. & Gomory, R. E. (1961). A linear programming approach to the cutting-stock problem. Operations Research 9.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy import sparse

from govnet_graph.planner.binding import Model
from govnet_graph.planner.candidates import Links, among, nearest
from govnet_graph.planner.columns import EXTEND, Columns
from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.pricing import Costs, improving
from govnet_graph.planner.problem import Problem

_DENOMINATOR = 1_000_000
_ERROR = 1e-3
_EACH = 4


@dataclass(frozen=True, eq=False)
class Relaxed:
    """A solved relaxation.

    Attributes
    ----------
    model : Model
        The program with the pairs that were considered in the end.
    weight, price : lists of Fraction
        Of cells and units; see ``binding`` for the bound that they prove.
    proven : bool
        Whether no pair that was not considered saves more than it costs at these prices.
    """

    model: Model
    weight: list[Fraction]
    price: list[Fraction]
    proven: bool

    def bound(self, problem: Problem) -> int:
        """How much lacks at least, whatever is done."""
        return max(0, math.ceil(bound_of(problem, self.model.columns, self.weight, self.price)))


def relax(problem: Problem, model_of: Callable[[Links], Model], most: int, watch: Watch | None = None) -> Relaxed:
    """Solve the relaxation of a problem over all able units; ``most`` nearest per cell are considered first (0 for all)."""
    links = nearest(problem, most)
    while True:
        model = model_of(links)
        exact_weight, exact_price = prices(model)
        # Rounded so that no pair that just pays its price seems to save more.
        weight = np.floor(exact_weight * _DENOMINATOR + _ERROR).astype(np.int64)
        price = np.ceil(exact_price * _DENOMINATOR - _ERROR).astype(np.int64)
        y = [Fraction(value, _DENOMINATOR) for value in weight.tolist()]
        w = [Fraction(value, _DENOMINATOR) for value in price.tolist()]
        if most == 0 or stopped(watch):
            return Relaxed(model, y, w, proven=most == 0)
        more = improving(problem, weight, price, problem.spare > 0, Costs(0, 0), _EACH, links)
        wider = links.with_(more, len(problem.spare))
        if len(wider) == len(links):
            return Relaxed(model, y, w, proven=True)
        links = wider


def prices(model: Model) -> tuple[FloatArray, FloatArray]:
    """(weight per cell, price per unit of capacity per unit) from the linear relaxation's dual; see the module."""
    from scipy.optimize import linprog

    c = model.columns
    many, cells, units = len(c), len(model.need), len(model.spare)
    if not many or not cells:
        return np.ones(cells), np.zeros(units)
    cover = sparse.csr_matrix((np.ones(len(c.column)), (c.cell, c.column)), shape=(cells, many))
    loading = np.flatnonzero((c.used > 0) & (model.spare[c.unit] >= 0))
    capacity = sparse.csr_matrix((c.used[loading].astype(np.float64), (c.unit[loading], loading)), shape=(units, many))
    rows = sparse.vstack(
        (
            sparse.hstack((-cover, -sparse.identity(cells))),
            sparse.hstack((capacity, sparse.csr_matrix((units, cells)))),
        ),
        format="csr",
    )
    right = np.concatenate((-model.need.astype(np.float64), np.maximum(model.spare, 0).astype(np.float64)))
    cost = np.concatenate((np.zeros(many), np.ones(cells)))
    upper = np.concatenate((np.ones(many), np.full(cells, np.inf)))
    solved = linprog(
        cost, A_ub=rows, b_ub=right, bounds=np.stack((np.zeros(len(upper)), upper), axis=1), method="highs"
    )
    if solved.status != 0:
        return np.zeros(cells), np.zeros(units)
    dual = -solved.ineqlin.marginals
    return np.clip(dual[:cells], 0.0, 1.0), np.maximum(dual[cells:], 0.0)


def bound_of(problem: Problem, columns: Columns, weight: list[Fraction], price: list[Fraction]) -> Fraction:
    """The bound that weights and prices prove over all columns; exact arithmetic, in whole parts of their common denominator."""
    parts = math.lcm(1, *{value.denominator for value in (*weight, *price)})
    y, w = (np.array([int(value * parts) for value in values], dtype=np.int64) for values in (weight, price))
    total = int((y * problem.need).sum()) - int((w * problem.spare).sum())
    cells = max(1, len(problem.area))
    keys = columns.unit[columns.column] * cells + columns.cell
    takes = columns.kind[columns.column] == EXTEND
    # What present pairings can take on costs nothing, so all of it counts, once for each unit and cell.
    total -= int(y[np.unique(keys[takes]) % cells].sum())
    new = ~takes & ~among(keys, problem.near)
    gain = np.zeros(len(columns), dtype=np.int64)
    np.add.at(gain, columns.column[new], y[columns.cell[new]])
    total -= int(np.maximum(0, gain - w[columns.unit])[columns.kind != EXTEND].sum())
    return Fraction(total, parts)
