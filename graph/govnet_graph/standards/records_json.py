"""The graph as JSON records, one a line: everything that may be shown, with its type. Written in a stream, read back whole.

``{"format": "govnet-records", "version": 1, "about": {…}, "nodes": [{"label", "id", "props"}…],
"relationships": [{"type", "from", "to", "id", "props"}…]}``; days and moments are ISO text, moments are UTC.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import IO, Any

from govnet_graph.records import Edge, Node, Value
from govnet_graph.schema import SCHEMA, Property
from govnet_graph.standards.model import EVERY_LABEL, EVERY_TYPE, About, FileUnreadable, Records
from govnet_graph.standards.values import compact, plain, typed

FORMAT = "govnet-records"
VERSION = 1


class JsonWriter:
    """Writes records as JSON."""

    labels = EVERY_LABEL
    types = EVERY_TYPE

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._first = True
        self._relating = False

    def begin(self, about: About) -> None:
        """The head of the file."""
        head = compact({"format": FORMAT, "version": VERSION, "about": about.as_json()})
        self._out.write((head[:-1] + ',"nodes":[').encode())

    def nodes(self, label: str, page: Sequence[Node]) -> None:
        """One line a node."""
        self._lines({"label": label, "id": n.id, "props": {k: plain(v) for k, v in n.props.items()}} for n in page)

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """One line a relationship."""
        self._relate()
        self._lines(
            {
                "type": type_,
                "from": e.start,
                "to": e.end,
                "id": e.id,
                "props": {k: plain(v) for k, v in e.props.items()},
            }
            for e in page
        )

    def end(self) -> None:
        """The tail of the file."""
        self._relate()
        self._out.write(b"\n]}\n")

    def _relate(self) -> None:
        if not self._relating:
            self._out.write(b'\n],"relationships":[')
            self._relating, self._first = True, True

    def _lines(self, items: Any) -> None:
        parts = []
        for item in items:
            parts.append(("\n" if self._first else ",\n") + compact(item))
            self._first = False
        self._out.write("".join(parts).encode())


def read_json(content: bytes) -> Records:
    """The records of such a file, as they were written. Raises FileUnreadable where it is none, or of a later version."""
    try:
        told = json.loads(content)
        if not isinstance(told, dict) or told.get("format") != FORMAT:
            raise FileUnreadable(
                "The file holds no govnet records.", hint="`govnet export --format json` writes such files."
            )
        if told.get("version") != VERSION:
            raise FileUnreadable(
                f"The records are of version {told.get('version')}; version {VERSION} can be read.",
                hint="Upgrade govnet.",
            )
        nodes = tuple(
            Node(n["label"], n["id"], _props(SCHEMA.nodes[n["label"]].by_name, n["props"])) for n in told["nodes"]
        )
        edges = tuple(
            Edge(e["type"], e["from"], e["to"], e["id"], _props(_of_type(e["type"]), e["props"]))
            for e in told["relationships"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise FileUnreadable(
            f"The records cannot be read: {error}", hint="The file may be cut off or edited."
        ) from error
    return Records(nodes, edges, about=told["about"])


def _of_type(type_: str) -> Mapping[str, Property]:
    if type_ != "SUPERSEDED":
        return SCHEMA.relationships[type_].by_name
    found: dict[str, Property] = {}
    for relationship in (*SCHEMA.relationships.values(), SCHEMA.relationships[type_]):
        found |= relationship.by_name
    return found


def _props(declared: Mapping[str, Property], given: Mapping[str, Any]) -> dict[str, Value]:
    return {name: typed(declared[name], value) for name, value in given.items()}
