"""Cut vertices, bridges and structural holes of an undirected graph on arrays.

Exact. Tarjan 1972, Depth-first search and linear graph algorithms: O(nodes + links). Burt 1992, Structural Holes: the
constraint over triangles listed by degree order, O(links^1.5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.snapshot import IntArray

_CHUNK = 2_000_000


@dataclass(frozen=True, eq=False)
class Linked:
    """An undirected graph without loops or repeated links, as sorted neighbour lists: node i has ``to[first[i]:first[i + 1]]``."""

    first: IntArray
    to: IntArray

    def __len__(self) -> int:
        return len(self.first) - 1

    @property
    def degree(self) -> IntArray:
        """Neighbours per node."""
        return np.diff(self.first)


def linked(nodes: int, a: IntArray, b: IntArray) -> Linked:
    """The graph with a link for each pair; loops and repetitions are dropped."""
    proper = a != b
    tails, heads = np.concatenate([a[proper], b[proper]]), np.concatenate([b[proper], a[proper]])
    keys = np.unique(tails * max(nodes, 1) + heads)
    first = np.searchsorted(keys, np.arange(nodes + 1) * max(nodes, 1))
    return Linked(first.astype(np.int64), (keys % max(nodes, 1)).astype(np.int64))


@dataclass(frozen=True, eq=False)
class Cuts:
    """What depth-first search finds.

    Attributes
    ----------
    part : int array
        Per node, the size of the connected part that it lies in.
    count : int
        Number of connected parts.
    split : dict of int to tuple of int
        Per cut vertex, the sizes of the parts that its removal leaves of its own, largest first.
    bridges : tuple of (int, int, int)
        Both ends, and the nodes on the smaller side.
    """

    part: IntArray
    count: int
    split: dict[int, tuple[int, ...]]
    bridges: tuple[tuple[int, int, int], ...]


def cuts(graph: Linked) -> Cuts:
    """Cut vertices with what they hold together, and bridges. Iterative, so that depth is no limit."""
    nodes = len(graph)
    first, to = graph.first.tolist(), graph.to.tolist()
    order, low, size = [-1] * nodes, [0] * nodes, [1] * nodes
    pieces: dict[int, list[int]] = {}
    found: list[tuple[int, int]] = []
    part = np.zeros(nodes, dtype=np.int64)
    split: dict[int, tuple[int, ...]] = {}
    bridges: list[tuple[int, int, int]] = []
    clock = count = 0
    for root in range(nodes):
        if order[root] >= 0:
            continue
        count += 1
        stack, parent, at = [root], {root: -1}, {root: first[root]}
        begun = clock
        order[root] = low[root] = clock
        members = [root]
        clock += 1
        while stack:
            node = stack[-1]
            if at[node] < first[node + 1]:
                other = to[at[node]]
                at[node] += 1
                if order[other] < 0:
                    order[other] = low[other] = clock
                    clock += 1
                    parent[other], at[other] = node, first[other]
                    stack.append(other)
                    members.append(other)
                elif other != parent[node] and order[other] < low[node]:
                    low[node] = order[other]
                continue
            stack.pop()
            above = parent[node]
            if above < 0:
                continue
            size[above] += size[node]
            low[above] = min(low[above], low[node])
            if low[node] >= order[above]:
                pieces.setdefault(above, []).append(size[node])
            if low[node] > order[above]:
                found.append((above, node))
        whole = clock - begun
        part[members] = whole
        for node in members:
            own = pieces.pop(node, [])
            rest = whole - 1 - sum(own)
            sizes = own if node == root or not rest else [*own, rest]
            if len(sizes) > 1:
                split[node] = tuple(sorted(sizes, reverse=True))
        bridges += [(a, b, min(size[b], whole - size[b])) for a, b in found]
        found.clear()
    return Cuts(part, count, split, tuple(sorted((min(a, b), max(a, b), s) for a, b, s in bridges)))


def constraint(graph: Linked) -> FloatArray:
    """Burt's constraint per node: low where its neighbours know each other only through it; not a number without neighbours."""
    nodes, degree = len(graph), graph.degree
    tails = np.repeat(np.arange(nodes), degree)
    keys = tails * max(nodes, 1) + graph.to
    share = 1.0 / degree[tails] if len(tails) else np.zeros(0)
    held = share.copy()
    for a, b, c in _triangles(graph):
        for i, j, q in ((a, b, c), (b, a, c), (a, c, b), (c, a, b), (b, c, a), (c, b, a)):
            link = np.searchsorted(keys, i * nodes + j)
            held += np.bincount(link, weights=1.0 / (degree[i] * degree[q]), minlength=len(held))
    total = np.bincount(tails, weights=held**2, minlength=nodes).astype(np.float64)
    return np.where(degree > 0, total, np.nan)


def _triangles(graph: Linked) -> list[tuple[IntArray, IntArray, IntArray]]:
    """Every triangle once, in batches: links point to the node of larger degree, so that hubs have few."""
    nodes, degree = len(graph), graph.degree
    rank = np.empty(nodes, dtype=np.int64)
    rank[np.lexsort((np.arange(nodes), degree))] = np.arange(nodes)
    tails = np.repeat(np.arange(nodes), degree)
    up = rank[tails] < rank[graph.to]
    keys = tails[up] * max(nodes, 1) + graph.to[up]  # still sorted
    a, b = keys // max(nodes, 1), keys % max(nodes, 1)
    first = np.searchsorted(keys, np.arange(nodes + 1) * max(nodes, 1))
    reach = (first[b + 1] - first[b]).astype(np.int64)
    found, start = [], 0
    while start < len(a):
        stop = max(start + 1, int(np.searchsorted(np.cumsum(reach[start:]), _CHUNK)) + start)
        times = reach[start:stop]
        one, two = np.repeat(a[start:stop], times), np.repeat(b[start:stop], times)
        offset = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        three = b[np.repeat(first[b[start:stop]], times) + offset]
        wanted = one * nodes + three
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[place] == wanted
        if closed.any():
            found.append((one[closed], two[closed], three[closed]))
        start = stop
    return found
