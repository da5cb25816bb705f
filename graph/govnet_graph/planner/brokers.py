"""Who alone links two parts of the network of units, organizations, members and areas; it measures connection, not coverage.

Exact. Tarjan 1972 for cut vertices and bridges, Burt 1992 for structural holes. What joins two: a pairing, a membership, a
seat, a superior organization, a responsibility, an assignment and, unless it is left out, the hierarchy of areas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from govnet_graph.planner.brokers_network import Cuts, Linked, constraint, cuts, linked
from govnet_graph.planner.kinds import Kind, option
from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.model import Language, Method, Missing, Result, Watch
from govnet_graph.planner.saying import missing_lines
from govnet_graph.planner.snapshot import LEVELS, Snapshot
from govnet_graph.planner.words import say
from govnet_graph.schema import Text

_LEDGERS = ("members", "pairings", "party-chain", "workers")
_TOLD = 12


@dataclass(frozen=True, slots=True)
class BrokersOptions:
    """What counts as a link, and how much is listed."""

    hierarchy: bool = option(
        "flag", "区域的上下级关系是否算作连接", "Whether areas are linked to the areas that they lie in", False
    )
    most: int = option("integer", "各列出多少项", "How many of each to list", 50, minimum=1, maximum=1000)


@dataclass(frozen=True, slots=True)
class Cut:
    """A node that alone links parts.

    ``parts`` are their sizes in nodes, the largest first; ``cut_off`` is how many nodes the largest would lose.
    """

    id: str
    label: str
    name: str
    parts: tuple[int, ...]
    cut_off: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link that alone joins two parts, with the nodes on the smaller side."""

    a: str
    a_name: str
    b: str
    b_name: str
    smaller: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A node among people and bodies who do not know each other otherwise: Burt's constraint, low for a broker."""

    id: str
    label: str
    name: str
    links: int
    constraint: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokers(Result):
    """Brokers, bridges and structural holes.

    Attributes
    ----------
    nodes, links, parts : int
        Size of the network, and the connected parts that it falls into.
    cuts : tuple of Cut
        Units, organizations and members whose removal would split a part; the largest second part first.
    bridges : tuple of Bridge
        The most on the smaller side first.
    holes : tuple of Hole
        Units, organizations and members with at least three links, the least constrained first.
    """

    kind: ClassVar[str] = "brokers"

    nodes: int
    links: int
    parts: int
    cuts: tuple[Cut, ...]
    bridges: tuple[Bridge, ...]
    holes: tuple[Hole, ...]

    def lines(self, language: Language) -> list[str]:
        """The network, who alone holds it together, and what this does not say."""
        told = [
            say("brokers.network", language, nodes=self.nodes, links=self.links, parts=self.parts),
            say("brokers.not-coverage", language),
        ]
        told += [
            say("brokers.cut", language, name=c.name, parts=len(c.parts), cut_off=c.cut_off) for c in self.cuts[:_TOLD]
        ]
        told += [
            say("brokers.bridge", language, a=b.a_name, b=b.b_name, smaller=b.smaller)
            for b in self.bridges[:_TOLD]
            if b.smaller > 1
        ]
        told += [
            say("brokers.hole", language, name=h.name, links=h.links, constraint=f"{h.constraint:.2f}")
            for h in self.holes[:_TOLD]
        ]
        return told + missing_lines(self.missing, language, 3)


def brokers(snapshot: Snapshot, options: BrokersOptions, watch: Watch | None = None) -> Brokers:  # noqa: ARG001 - takes seconds
    """Find them. O(nodes + links), and links^1.5 for the constraint."""
    names, graph, bodies = network(snapshot, hierarchy=options.hierarchy)
    found, holes = cuts(graph), constraint(graph)
    return Brokers(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            "depth-first search; constraint over triangles",
            True,
            "Tarjan 1972, Depth-first search and linear graph algorithms; Burt 1992, Structural Holes",
            gap=0.0,
        ),
        missing=_missing(snapshot),
        nodes=len(graph),
        links=len(graph.to) // 2,
        parts=found.count,
        cuts=_cuts(names, found, bodies, options.most),
        bridges=_bridges(names, found, options.most),
        holes=_holes(names, graph, holes, bodies, options.most),
    )


Node = tuple[str, str, str]


def network(snapshot: Snapshot, *, hierarchy: bool = False) -> tuple[list[Node], Linked, int]:
    """(id, label, name) of each node, the links, and how many nodes come before the areas.

    A node without a link is part of it; areas that nothing is linked to are not, unless they are linked to each other.
    """
    first, last = snapshot.inside
    areas = snapshot.areas
    known = {unit.id: ("Unit", unit.name) for unit in snapshot.units}
    known |= {body.id: (body.label, body.name) for body in snapshot.bodies if body.id not in known}
    pairs = [(p.unit, areas.ids[p.area]) for p in snapshot.present if first <= p.area < last]
    for tie in snapshot.ties:
        at = areas.by_id.get(tie.end)
        if tie.start in known and (tie.end in known or (at is not None and first <= at < last)):
            pairs.append((tie.start, tie.end))
    if hierarchy:
        pairs += [(areas.ids[i], areas.ids[areas.parent[i]]) for i in range(first + 1, last)]
    bodies = sorted(known)
    linked_areas = sorted({end for pair in pairs for end in pair if end not in known})
    index = {id_: i for i, id_ in enumerate([*bodies, *linked_areas])}
    names = [(id_, *known[id_]) for id_ in bodies]
    names += [(id_, LEVELS[areas.level[i]], areas.names[i]) for id_ in linked_areas for i in (areas.by_id[id_],)]
    ends = np.array([[index[a], index[b]] for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    return names, linked(len(names), ends[:, 0], ends[:, 1]), len(bodies)


def _cuts(names: list[Node], found: Cuts, bodies: int, most: int) -> tuple[Cut, ...]:
    listed = [
        Cut(*names[node], parts, sum(parts) - parts[0]) for node, parts in sorted(found.split.items()) if node < bodies
    ]
    return tuple(sorted(listed, key=lambda c: (-c.parts[1], -c.cut_off, c.id))[:most])


def _bridges(names: list[Node], found: Cuts, most: int) -> tuple[Bridge, ...]:
    listed = sorted(found.bridges, key=lambda b: (-b[2], b[0], b[1]))[:most]
    return tuple(Bridge(names[a][0], names[a][2], names[b][0], names[b][2], smaller) for a, b, smaller in listed)


def _holes(names: list[Node], graph: Linked, values: FloatArray, bodies: int, most: int) -> tuple[Hole, ...]:
    several = np.flatnonzero(graph.degree[:bodies] >= 3)
    order = several[np.lexsort((several, values[several]))][:most]
    found = []
    for i in order:
        id_, label, name = names[i]
        found.append(Hole(id_, label, name, int(graph.degree[i]), round(float(values[i]), 6)))
    return tuple(found)


def _missing(snapshot: Snapshot) -> tuple[Missing, ...]:
    """Ledgers without which links may be missing from the network; none of them can be weighed."""
    areas, root = snapshot.areas, snapshot.root
    complete = {c.kind for c in snapshot.ledgers if c.area <= root < areas.end[c.area]}
    return tuple(
        Missing("ledger", kind, areas.ids[root], areas.names[root]) for kind in _LEDGERS if kind not in complete
    )


KIND = Kind(
    name="brokers",
    text=Text(
        "谁独自连接着两部分？（衡量连接，而非覆盖）", "Who alone links two parts? It measures connection, not coverage."
    ),
    options=BrokersOptions,
    solve=brokers,
)
