"""Several requirements as one flow, where the units that may serve an area's cells are nested.

Every unit can pair, and some of them can mediate as well: whoever serves the cell that fewer can serve counts in the other cell, too.
Then what an area gets is a sum of concave functions of nested sums (laminar concave), and a plan is a flow of minimum cost in a
network in which a cell passes on to the next larger one what it gets. Exact, in the time that flows take. Where two abilities
cross, or one edit counts in several areas, ``nest_of`` finds no nest, and an integer program is needed (``binding``).

References
----------
Murota, K. (2003). Discrete Convex Analysis, section 6.3 (laminar concave functions).
Goldberg, A. V. (1997). An efficient implementation of a scaling minimum-cost flow algorithm. Journal of Algorithms 22.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from govnet_graph.planner.binding import Model
from govnet_graph.planner.candidates import Links
from govnet_graph.planner.columns import KEEP, NEW
from govnet_graph.planner.residual import CHANGE, HOP, UNCOVERED, Residual, Slopes
from govnet_graph.planner.snapshot import BoolArray, IntArray

REFERENCE = "Murota 2003; Goldberg 1997"
_LACKS = 1 << 26
"""What one that lacks costs in the solver, in steps: as in the residual graph more than any exchange of pairings saves."""


@dataclass(frozen=True, eq=False)
class Nest:
    """A program whose cells are nested.

    Attributes
    ----------
    model : Model
    links : Links
        New pairings by the cell in which they enter: the one that the fewest can serve of those that they count for.
    column : int array
        The column of each link.
    parent : int array
        Per cell the next larger one of the same area; -1 for the largest.
    most : int array
        How many links reach each cell.
    free : int array
        What present pairings that take a service on can give each cell.
    """

    model: Model
    links: Links
    column: IntArray
    parent: IntArray
    most: IntArray
    free: IntArray

    @cached_property
    def _entries(self) -> tuple[IntArray, IntArray]:
        """(link, cell) for all cells that each counts for."""
        c = self.model.columns
        place = np.full(len(c), -1, dtype=np.int64)
        place[self.column] = np.arange(len(self.column))
        held = place[c.column] >= 0
        return place[c.column[held]], c.cell[held]

    def got(self, used: BoolArray) -> IntArray:
        """How many new pairings count in each cell."""
        link, cell = self._entries
        return np.bincount(cell[used[link]], minlength=len(self.parent)).astype(np.int64)

    def short(self, used: BoolArray) -> IntArray:
        """What lacks in each cell, with all that present pairings can take on."""
        return np.asarray(np.maximum(0, self.model.need - self.free - self.got(used)))

    def taken(self, used: BoolArray) -> IntArray:
        """How many present pairings take the service on in each cell."""
        return np.asarray(np.minimum(self.free, np.maximum(0, self.model.need - self.got(used))))

    def slopes(self, used: BoolArray, *, plan: bool) -> Slopes:
        """What one more or one less is worth; without ``plan`` only what lacks counts."""
        got, need, edit = self.got(used), self.model.need, CHANGE if plan else 0
        bare = need - self.free
        return Slopes(
            self.parent,
            more=np.where(got < bare, -UNCOVERED, np.where(got < need, -edit, 0)),
            less=np.where((got <= bare) & (bare > 0), UNCOVERED, np.where(got <= need, edit, 0)),
        )

    def solve(self, supply: IntArray, *, plan: bool) -> BoolArray:
        """Which links to use so that the least lacks and, with ``plan``, then with the fewest edits and then the fewest steps."""
        from ortools.graph.python import min_cost_flow

        links, need, units, cells = self.links, self.model.need, len(supply), len(self.parent)
        total = int(min(supply.sum(), need.sum()))
        if not len(links) or not total:
            return np.zeros(len(links), dtype=np.bool_)
        solver = min_cost_flow.SimpleMinCostFlow()
        source, sink = units + cells, units + cells + 1

        def add(tail: IntArray, head: IntArray, capacity: IntArray | int, cost: IntArray | int) -> IntArray:
            found = solver.add_arcs_with_capacity_and_unit_cost(
                tail.astype(np.int32),
                head.astype(np.int32),
                np.broadcast_to(np.int64(capacity), tail.shape),
                np.broadcast_to(np.int64(cost), tail.shape),
            )
            return np.asarray(found)

        hop, edit, lack = (HOP, CHANGE, _LACKS) if plan else (0, 0, 1)
        pairs = add(links.unit, units + links.cell, 1, edit + hop * links.hops)
        who = np.flatnonzero(supply > 0)
        add(np.full(len(who), source), who, supply[who], 0)
        above = np.where(self.parent >= 0, units + self.parent, sink)
        free = self.free
        for capacity, cost in ((need - free, -lack), (free, -edit), (self.most, 0)):
            arc = np.flatnonzero(capacity > 0)
            add(units + arc, above[arc], capacity[arc], cost)
        # What is not needed goes past.
        add(np.array([source]), np.array([sink]), total, 0)
        solver.set_node_supply(source, total)
        solver.set_node_supply(sink, -total)
        status = solver.solve()
        if status != solver.OPTIMAL:  # pragma: no cover - all input is valid by construction
            raise AssertionError(f"minimum-cost flow: {status}")
        return np.asarray(solver.flows(pairs) > 0)

    def residual(self, used: BoolArray, supply: IntArray, *, plan: bool) -> Residual:
        """The residual graph of a solution: prices, values and, of a plan, what each pairing is worth."""
        model = self.model
        given = np.bincount(self.links.unit[used], minlength=len(supply))
        worst = int((model.fixed + given)[given > 0].max(initial=0))
        spare = model.spare if plan else supply
        return Residual(
            self.links if plan else Links(self.links.unit, self.links.cell, np.zeros_like(self.links.hops)),
            used,
            supply,
            spare,
            model.fixed + given + 1 - worst,
            self.slopes(used, plan=plan),
            edit=CHANGE if plan else 0,
        )


def nest_of(model: Model) -> Nest | None:
    """The nest of a program; None where its cells are not nested, where pairings may end, or where need must not be split."""
    c, cells = model.columns, len(model.need)
    if model.whole or len(model.barred) or (c.kind == KEEP).any() or (model.spare < 0).any():
        return None
    if (model.weight != 1).any() or (model.most_short != model.need).any():
        return None
    new = c.kind[c.column] == NEW
    # Whoever counts in a cell counts once, and what takes a service on in several cells is one edit.
    keys = np.sort(c.unit[c.column] * max(1, cells) + c.cell)
    if (keys[1:] == keys[:-1]).any() or (np.bincount(c.column[~new]) > 1).any():
        return None
    column, cell = c.column[new], c.cell[new]
    target = np.full(cells, -1, dtype=np.int64)
    target[cell] = c.target[column]
    if (target[cell] != c.target[column]).any():
        return None
    most = np.bincount(cell, minlength=cells).astype(np.int64)
    free = np.bincount(c.cell[~new], minlength=cells).astype(np.int64)
    # By area, the cell that fewest can serve first: then whoever counts in a cell counts in its successors, if they are nested.
    order = np.lexsort((np.arange(cells), most, target))
    place = np.empty(cells, dtype=np.int64)
    place[order] = np.arange(cells)
    entries = np.lexsort((place[cell], column))
    column, cell = column[entries], cell[entries]
    last = np.ones(len(column), dtype=np.bool_)
    last[:-1] = column[1:] != column[:-1]
    above = np.where(last, -1, np.roll(cell, -1))
    parent = np.full(cells, -1, dtype=np.int64)
    parent[cell] = above
    if (parent[cell] != above).any():
        return None
    first = np.ones(len(column), dtype=np.bool_)
    first[1:] = last[:-1]
    links = Links(c.unit[column[first]], cell[first], c.hops[column[first]])
    return Nest(model, links, column[first], parent, most, np.minimum(free, model.need))
