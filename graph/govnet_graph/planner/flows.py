"""Maximum flow and minimum-cost flow from units over possible pairings to cells, on arrays.

Exact. Both are solved by OR-tools (push-relabel; cost scaling), which is deterministic: the same arrays give the same flow.

References
----------
Ford, L. R. & Fulkerson, D. R. (1956). Maximal flow through a network. Canadian Journal of Mathematics 8.
Goldberg, A. V. (1997). An efficient implementation of a scaling minimum-cost flow algorithm. Journal of Algorithms 22.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.candidates import Links
from govnet_graph.planner.snapshot import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class Flow:
    """A flow: which links are used, how much reaches each cell, and what the source can still reach in the residual graph.

    Attributes
    ----------
    used : bool array, one entry per link
    value : int
    units, cells : bool arrays
        The source side of a minimum cut: units with unused capacity and what can be reached from them by exchanging pairings.
        Cells outside it lack capacity whatever is done; with the units outside they are the deficient side.
    """

    used: BoolArray
    value: int
    units: BoolArray
    cells: BoolArray


class Network:
    """The network of one problem, whose capacities of units can be changed and solved again."""

    def __init__(self, links: Links, supply: IntArray, need: IntArray) -> None:
        from ortools.graph.python import max_flow

        self._links, self._units, self._cells = links, len(supply), len(need)
        self._solver = max_flow.SimpleMaxFlow()
        self._source, self._sink = self._units + self._cells, self._units + self._cells + 1
        ones = np.ones(len(links), dtype=np.int64)
        self._pair_arcs = self._add(links.unit, self._units + links.cell, ones)
        self._unit_arcs = self._add(np.full(self._units, self._source), np.arange(self._units), supply)
        self._add(self._units + np.arange(self._cells), np.full(self._cells, self._sink), need)

    def _add(self, tails: IntArray, heads: IntArray, capacities: IntArray) -> IntArray:
        if not len(tails):
            return np.zeros(0, dtype=np.int32)
        added = self._solver.add_arcs_with_capacity(
            tails.astype(np.int32), heads.astype(np.int32), capacities.astype(np.int64)
        )
        return np.asarray(added)

    def solve(self, supply: IntArray | None = None) -> Flow:
        """The maximum flow; ``supply`` changes the capacities of the units first."""
        if supply is not None and len(supply):
            self._solver.set_arcs_capacity(self._unit_arcs, supply.astype(np.int64))
        status = self._solver.solve(self._source, self._sink)
        if status != self._solver.OPTIMAL:  # pragma: no cover - all input is valid by construction
            raise AssertionError(f"maximum flow: {status}")
        flows = self._solver.flows(self._pair_arcs) if len(self._pair_arcs) else np.zeros(0, dtype=np.int64)
        side = np.zeros(self._sink + 1, dtype=np.bool_)
        side[np.asarray(self._solver.get_source_side_min_cut(), dtype=np.int64)] = True
        value = int(self._solver.optimal_flow())
        return Flow(flows > 0, value, side[: self._units], side[self._units : self._source])

    def value(self, supply: IntArray) -> int:
        """The value of the maximum flow with other capacities of the units."""
        return self.solve(supply).value


def cheapest(links: Links, supply: IntArray, need: IntArray, cost: IntArray) -> BoolArray:
    """Which links to use so that as much as possible flows, at the smallest total cost.

    Raises AssertionError where the solver fails, which valid input never makes it do.
    """
    from ortools.graph.python import min_cost_flow

    units, cells = len(supply), len(need)
    if not len(links):
        return np.zeros(0, dtype=np.bool_)
    solver = min_cost_flow.SimpleMinCostFlow()
    source, sink = units + cells, units + cells + 1
    zero = np.zeros(max(units, cells), dtype=np.int64)
    pairs = solver.add_arcs_with_capacity_and_unit_cost(
        links.unit.astype(np.int32),
        (units + links.cell).astype(np.int32),
        np.ones(len(links), dtype=np.int64),
        cost.astype(np.int64),
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.full(units, source, dtype=np.int32), np.arange(units, dtype=np.int32), supply.astype(np.int64), zero[:units]
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        (units + np.arange(cells)).astype(np.int32),
        np.full(cells, sink, dtype=np.int32),
        need.astype(np.int64),
        zero[:cells],
    )
    total = int(need.sum())
    solver.set_node_supply(source, total)
    solver.set_node_supply(sink, -total)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:  # pragma: no cover - all input is valid by construction
        raise AssertionError(f"minimum-cost flow: {status}")
    return np.asarray(solver.flows(pairs) > 0)
