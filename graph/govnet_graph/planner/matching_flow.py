"""Maximum-weight b-matching of needs and resources, on arrays.

Exact: a minimum-cost flow (OR-tools, cost scaling). As the served needs of a flow form a polymatroid, the largest weight
under weights that fall with priority also serves as many as possible of the first priority, then of the second, and so on.
Edmonds 1970, Submodular functions, matroids and certain polyhedra; Goldberg 1997.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.snapshot import IntArray


@dataclass(frozen=True, eq=False)
class Edges:
    """Which resource can serve which need: ``cost`` (not negative) tells equally good matchings apart."""

    need: IntArray
    resource: IntArray
    cost: IntArray

    def __len__(self) -> int:
        return len(self.need)


def match(edges: Edges, demand: IntArray, weight: IntArray, capacity: IntArray) -> IntArray:
    """People served per edge: the largest total weight, and of those the least total cost.

    Parameters
    ----------
    edges : Edges
    demand, weight : int array, one entry per need
        People, and what serving one of them is worth, at least 1.
    capacity : int array, one entry per resource
        People that it can serve.
    """
    from ortools.graph.python import min_cost_flow

    if not len(edges) or not demand.sum():
        return np.zeros(len(edges), dtype=np.int64)
    needs, resources = len(demand), len(capacity)
    unserved, sink = needs + resources, needs + resources + 1
    # One person more outweighs any detour of all.
    worth = weight * (1 + int(demand.sum()) * int(edges.cost.max(initial=0)))
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        edges.need.astype(np.int32),
        (needs + edges.resource).astype(np.int32),
        demand[edges.need].astype(np.int64),
        edges.cost.astype(np.int64),
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(needs, dtype=np.int32),
        np.full(needs, unserved, dtype=np.int32),
        demand.astype(np.int64),
        worth.astype(np.int64),
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        (needs + np.arange(resources)).astype(np.int32),
        np.full(resources, sink, dtype=np.int32),
        capacity.astype(np.int64),
        np.zeros(resources, dtype=np.int64),
    )
    total = int(demand.sum())
    solver.add_arc_with_capacity_and_unit_cost(unserved, sink, total, 0)
    for need, people in enumerate(demand):
        solver.set_node_supply(need, int(people))
    solver.set_node_supply(sink, -total)
    status = solver.solve()
    if status != solver.OPTIMAL:  # pragma: no cover - whatever is not served may pass by
        raise AssertionError(f"minimum-cost flow: {status}")
    return np.asarray(solver.flows(arcs), dtype=np.int64)
