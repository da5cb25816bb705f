"""What each pairing of an optimal assignment is worth: the best assignment without it, by shortest paths in the residual graph.

Taking one pairing out of an optimal flow leaves its unit with one too many and its cell with one too few. The best repair is a
shortest path from the unit to the cell in the residual graph, because the flow has no negative cycle. Costs are compared lexicographically:
uncovered, worst load, changes, hops, packed into one number. Exact where the path neither uncovers nor raises the worst load; else
its first components are, and the rest is that of a plan that exists (freed from the cap, a better one may). The distances that
show that there is no negative cycle are also the optimal prices, by which ``pricing`` judges the pairs that were not considered.

References
----------
Ahuja, R. K., Magnanti, T. L. & Orlin, J. B. (1993). Network flows, chapters 9 and 10.
Johnson, D. B. (1977). Efficient algorithms for shortest paths in sparse networks. Journal of the ACM 24.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from govnet_graph.planner.candidates import Links
from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.snapshot import BoolArray, IntArray

HOP, CHANGE, LOAD, UNCOVERED = 1, 1 << 20, 1 << 26, 1 << 40
"""A step, an edit, one more on the most loaded unit, a provider that lacks, packed: no exchange differs by as many as outweigh the next."""
_ROWS = 64


@dataclass(frozen=True, eq=False)
class Slopes:
    """What one provider more, or one less, is worth in each cell.

    Attributes
    ----------
    parent : int array
        The cell in which a provider of the cell counts as well; -1 where there is none.
    more, less : int arrays
        Cost of one more (at most 0) and of one less (at least 0), without what it costs further up.
    """

    parent: IntArray
    more: IntArray
    less: IntArray


def flat(need: IntArray, got: IntArray) -> Slopes:
    """Cells of one requirement: each provider counts in one cell."""
    return Slopes(
        parent=np.full(len(need), -1, dtype=np.int64),
        more=np.where(got < need, -UNCOVERED, 0),
        less=np.full(len(need), UNCOVERED, dtype=np.int64),
    )


@dataclass(frozen=True, eq=False)
class Detour:
    """The best repair of one link that is taken out.

    Attributes
    ----------
    uncovered, load, changes, hops : int
        What it costs more.
    made, dropped : tuple of int
        Links (indexes) that are used instead, that of the cell first, and further ones that are given up.
    """

    uncovered: int
    load: int
    changes: int
    hops: int
    made: tuple[int, ...]
    dropped: tuple[int, ...]


class Residual:
    """The residual graph of an assignment.

    Parameters
    ----------
    links, used
        The network and the optimal assignment under the cap of the load.
    supply, spare : int arrays
        Capacity of each unit under the cap, and without it.
    over : int array
        By how much the worst load rises when a unit takes one more than ``supply``.
    slopes : Slopes
        What one provider more or less is worth in each cell, where pairings enter (``links.cell``) and above.
    edit : int
        What a new pairing costs.
    """

    def __init__(
        self,
        links: Links,
        used: BoolArray,
        supply: IntArray,
        spare: IntArray,
        over: IntArray,
        slopes: Slopes,
        edit: int = CHANGE,
    ) -> None:
        self.links, self.used = links, used
        self.units, self.cells = len(supply), len(slopes.parent)
        self.hub = self.units + self.cells
        self._above = np.where(slopes.parent >= 0, self.units + slopes.parent, self.hub)
        flow = np.bincount(links.unit[used], minlength=self.units)
        tails: list[IntArray] = []
        heads: list[IntArray] = []
        costs: list[IntArray] = []

        def add(tail: IntArray, head: IntArray, cost: IntArray) -> None:
            tails.append(tail)
            heads.append(head)
            costs.append(cost)

        cost = edit + HOP * links.hops
        cell = self.units + links.cell
        add(links.unit[~used], cell[~used], cost[~used])
        add(cell[used], links.unit[used], -cost[used])
        room, extra = np.flatnonzero(flow < supply), np.flatnonzero((flow >= supply) & (flow < spare))
        add(np.full(len(room), self.hub), room, np.zeros(len(room), dtype=np.int64))
        add(np.full(len(extra), self.hub), extra, LOAD * np.maximum(1, over[extra]))
        giving = np.flatnonzero(flow > 0)
        add(giving, np.full(len(giving), self.hub), np.zeros(len(giving), dtype=np.int64))
        every = self.units + np.arange(self.cells)
        add(every, self._above, slopes.more)
        add(self._above, every, slopes.less)
        self._tail, self._head = np.concatenate(tails), np.concatenate(heads)
        self._cost = np.concatenate(costs).astype(np.int64)
        self._potential = self._potentials()

    @property
    def prices(self) -> IntArray:
        """What one more of each unit's capacity would save; 0 where it has some left."""
        return np.asarray(np.maximum(0, self._potential[: self.units] - self._potential[self.hub]))

    @property
    def values(self) -> IntArray:
        """What one more provider would save in each cell, without what it saves further up."""
        return np.asarray(self._potential[self.units : self.hub] - self._potential[self._above])

    @cached_property
    def _graph(self) -> sparse.csr_array:
        reduced = self._cost + self._potential[self._tail] - self._potential[self._head]
        size = self.hub + 1
        return sparse.csr_array((reduced.astype(np.float64), (self._tail, self._head)), shape=(size, size))

    def _potentials(self) -> IntArray:
        """Distances from a root before all nodes (Bellman–Ford on all arcs at once); an optimal flow lets it end."""
        potential = np.zeros(self.hub + 1, dtype=np.int64)
        for _ in range(len(potential) + 1):
            better = potential.copy()
            np.minimum.at(better, self._head, potential[self._tail] + self._cost)
            if np.array_equal(better, potential):
                return potential
            potential = better
        raise AssertionError("the assignment is not optimal: its residual graph has a negative cycle")

    @cached_property
    def _index(self) -> dict[tuple[int, int], int]:
        """Index of each link by unit and cell."""
        return {pair: i for i, pair in enumerate(zip(self.links.unit.tolist(), self.links.cell.tolist(), strict=True))}

    def detours(self, watch: Watch | None = None) -> dict[int, Detour]:
        """The best repair for each used link (by index); fewer where the watch stops it."""
        from scipy.sparse.csgraph import dijkstra

        chosen = np.flatnonzero(self.used)
        if not len(chosen):
            return {}
        unit, cell = self.links.unit[chosen], self.units + self.links.cell[chosen]
        # A unit can always give its place back to the hub, so no path need be longer than that from there.
        from_hub = dijkstra(self._graph, indices=self.hub)
        most = from_hub[cell] - self._potential[self.hub] + self._potential[unit]
        limit = np.zeros(self.units)
        np.maximum.at(limit, unit, most)
        giving = np.unique(unit)
        giving = giving[np.argsort(limit[giving], kind="stable")]
        by_unit: dict[int, list[int]] = {}
        for link, who in zip(chosen.tolist(), unit.tolist(), strict=True):
            by_unit.setdefault(who, []).append(link)
        found: dict[int, Detour] = {}
        for start in range(0, len(giving), _ROWS):
            if stopped(watch):
                break
            rows = giving[start : start + _ROWS]
            distance, before = dijkstra(
                self._graph, indices=rows, return_predecessors=True, limit=float(limit[rows[-1]]) + 0.5
            )
            for row, who in enumerate(rows.tolist()):
                for link in by_unit[who]:
                    found[link] = self._detour(link, distance[row], before[row])
        return found

    def one_more(self, cells: Sequence[int]) -> dict[int, Detour]:
        """The best way to give each of some cells one provider more, in place of one that counted in no other, cost one change
        and no steps."""
        from scipy.sparse.csgraph import dijkstra

        found: dict[int, Detour] = {}
        for start in sorted({int(self._above[cell]) for cell in cells}):
            distance, before = dijkstra(self._graph, indices=start, return_predecessors=True)
            for cell in cells:
                if self._above[cell] == start:
                    found[cell] = self._walk(start, self.units + cell, distance, before, CHANGE)
        return found

    def _detour(self, link: int, distance: FloatArray, before: IntArray) -> Detour:
        # The link that is taken out is one change and its hops less.
        saved = CHANGE + HOP * int(self.links.hops[link])
        return self._walk(int(self.links.unit[link]), int(self.units + self.links.cell[link]), distance, before, saved)

    def _walk(self, start: int, cell: int, distance: FloatArray, before: IntArray, saved: int) -> Detour:
        total = round(float(distance[cell])) - int(self._potential[start]) + int(self._potential[cell]) - saved
        made: list[int] = []
        dropped: list[int] = []
        at = cell
        while at != start:
            previous = int(before[at])
            if previous < self.units <= at < self.hub:
                made.append(self._index[previous, at - self.units])
            elif at < self.units <= previous < self.hub:
                dropped.append(self._index[at, previous - self.units])
            at = previous
        uncovered, rest = _split(total, UNCOVERED)
        load, rest = _split(rest, LOAD)
        changes, hops = _split(rest, CHANGE)
        return Detour(uncovered, load, changes, hops, tuple(made), tuple(dropped))


def _split(value: int, unit: int) -> tuple[int, int]:
    """The nearest multiple of a unit, and the rest."""
    times = (value + unit // 2) // unit
    return times, value - times * unit
