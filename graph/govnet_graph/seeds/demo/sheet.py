"""Collects generated records; each says that it is synthetic and which rule made it."""

from __future__ import annotations

import datetime as dt

from govnet_graph.records import Edge, Node, Value, edge_id

SOURCE = "src-demo"
Cell = str | int | bool | dt.date | list[str] | None


class Sheet:
    """The records of one area, in the order in which the rules made them."""

    __slots__ = ("edges", "nodes")

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def node(self, label: str, id_: str, rule: str, /, **props: Cell) -> str:
        """Adds a node and returns its id; properties that are None are left out."""
        self.nodes.append(Node(label, id_, _kept(props, rule)))
        return id_

    def edge(self, type_: str, start: str, end: str, rule: str, key: str = "", /, **props: Cell) -> None:
        """Adds a relationship; ``key`` tells apart several between the same two."""
        self.edges.append(Edge(type_, start, end, edge_id(type_, start, end, key), _kept(props, rule)))


def _kept(props: dict[str, Cell], rule: str) -> dict[str, Value]:
    kept: dict[str, Value] = {name: value for name, value in props.items() if value is not None}
    kept["source"] = SOURCE
    kept["source_ref"] = f"demo:{rule}"
    kept["synthetic"] = True
    return kept
