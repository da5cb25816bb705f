"""The records as a networkx graph: the oracle's only view of a data set.

Nothing here reads a database or shares code with the questions or with ``govnet_graph.coverage``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx

from govnet_graph.records import Dataset, Node

Rows = list[list[Any]]
AREA_LABELS = ("District", "Street", "Community", "Grid")
# Records carry no recorded time of their own: the store stamps them, and tests load everything at this moment.
RECORDED_AT = dt.datetime(2026, 6, 2, 8, 0, 0)


def holds(props: dict[str, Any], day: dt.date) -> bool:
    """Whether something with these properties holds on a day: ``since`` inclusive, ``until`` exclusive, absent is open."""
    since, until = props.get("since"), props.get("until")
    return not (since is not None and day < since) and not (until is not None and day >= until)


@dataclass(frozen=True)
class Link:
    """One relationship with its real direction."""

    id: str
    type: str
    start: str
    end: str
    props: dict[str, Any]

    def other(self, node: str) -> str:
        """The end that is not ``node``."""
        return self.end if node == self.start else self.start

    def get(self, name: str) -> Any:
        """A property of the relationship, or None."""
        return self.props.get(name)


class World:
    """A data set held as a MultiDiGraph; edges are keyed by relationship id and carry a Link."""

    def __init__(self, dataset: Dataset) -> None:
        self.home = dataset.home
        self.nodes: dict[str, Node] = {n.id: n for n in dataset.nodes}
        self.graph = nx.MultiDiGraph()
        self.graph.add_nodes_from(self.nodes)
        for e in dataset.edges:
            self.graph.add_edge(e.start, e.end, key=e.id, link=Link(e.id, e.type, e.start, e.end, dict(e.props)))

    def label(self, node: str) -> str:
        """The node's own label."""
        return self.nodes[node].label

    def get(self, node: str, name: str) -> Any:
        """A property of a node, or None."""
        return self.nodes[node].props.get(name)

    def has(self, node: str, *labels: str) -> bool:
        """Whether there is a node of that id with one of the labels."""
        return node in self.nodes and self.nodes[node].label in labels

    def labelled(self, *labels: str) -> list[str]:
        """Ids of all nodes of the labels, in id order."""
        return sorted(n.id for n in self.nodes.values() if n.label in labels)

    def alive(self, node: str, day: dt.date) -> bool:
        """Whether the node itself holds on the day."""
        return holds(dict(self.nodes[node].props), day)

    def links(self, types: Collection[str] | None = None, day: dt.date | None = None) -> Iterator[Link]:
        """All relationships of the types that hold on the day (any day when None)."""
        for _, _, link in self.graph.edges(data="link"):
            if _wanted(link, types, day):
                yield link

    def out(self, node: str, types: Collection[str], day: dt.date | None = None) -> list[Link]:
        """Relationships that leave a node, in id order."""
        return sorted((x for _, _, x in self.graph.out_edges(node, data="link") if _wanted(x, types, day)), key=_id)

    def into(self, node: str, types: Collection[str], day: dt.date | None = None) -> list[Link]:
        """Relationships that reach a node, in id order."""
        return sorted((x for _, _, x in self.graph.in_edges(node, data="link") if _wanted(x, types, day)), key=_id)

    def touching(self, node: str, types: Collection[str] | None, day: dt.date | None = None) -> list[Link]:
        """Relationships at a node in either direction, in id order; a loop is listed once."""
        found = {x.id: x for _, _, x in self.graph.out_edges(node, data="link") if _wanted(x, types, day)}
        found |= {x.id: x for _, _, x in self.graph.in_edges(node, data="link") if _wanted(x, types, day)}
        return [found[key] for key in sorted(found)]

    def tree(self, day: dt.date) -> nx.DiGraph:
        """The area hierarchy of the day: edges lead from an area to the areas directly in it.

        An area is there when it holds, its link upwards holds, and the same is true of everything above it.
        """
        areas = nx.DiGraph()
        areas.add_nodes_from(a for a in self.labelled(*AREA_LABELS) if self.alive(a, day))
        areas.add_edges_from(
            (x.end, x.start) for x in self.links(("PART_OF",), day) if x.start in areas and x.end in areas
        )
        reached = {a for root in areas if self.label(root) == "District" for a in nx.descendants(areas, root) | {root}}
        return areas.subgraph(reached).copy()


def _id(link: Link) -> str:
    return link.id


def _wanted(link: Link, types: Collection[str] | None, day: dt.date | None) -> bool:
    return (types is None or link.type in types) and (day is None or holds(link.props, day))
