"""The graph as CSV tables, one per label and per relationship type: the layout that seed tables have, so that they load again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO

from govnet_graph.records import Edge, Node, edge_id
from govnet_graph.standards.members import Members, member
from govnet_graph.standards.model import EVERY_LABEL, EVERY_TYPE, About
from govnet_graph.standards.values import cell, compact, inert


class CsvWriter:
    """Writes ``nodes/<Label>.csv``, ``edges/<TYPE>.csv`` and ``about.json``.

    Parameters
    ----------
    members : Members
        Where the files go.
    raw : bool
        Leave text as it is, for programs. Otherwise text that a spreadsheet would run as a formula gets an apostrophe.
    """

    labels = EVERY_LABEL
    types = EVERY_TYPE

    def __init__(self, members: Members, *, raw: bool = False) -> None:
        self._members = members
        self._raw = raw
        self._name = ""
        self._columns: tuple[str, ...] = ()
        self._open = ExitStack()
        self._file: IO[bytes] | None = None
        self._about: About | None = None

    def begin(self, about: About) -> None:
        """Writes what the export says of itself."""
        self._about = about
        with member(self._members, "about.json") as file:
            file.write((compact(about.as_json()) + "\n").encode())

    def nodes(self, label: str, page: Sequence[Node]) -> None:
        """Rows of one label."""
        assert self._about is not None
        properties = self._about.disclosure.node_properties(label)
        self._turn(f"nodes/{label}.csv", ("id",), tuple(p.name for p in properties))
        self._rows([node.id, *(cell(node.props.get(name)) for name in self._columns)] for node in page)

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Rows of one type; ``key`` tells apart several that join the same two."""
        assert self._about is not None
        properties = self._about.disclosure.edge_properties(type_)
        self._turn(f"edges/{type_}.csv", ("from", "to", "key"), tuple(p.name for p in properties))
        self._rows([e.start, e.end, _key(e), *(cell(e.props.get(name)) for name in self._columns)] for e in page)

    def end(self) -> None:
        """Closes the last file."""
        self._open.close()
        self._members.close()

    def _turn(self, name: str, leading: tuple[str, ...], columns: tuple[str, ...]) -> None:
        if name == self._name:
            return
        self._open.close()
        self._name, self._columns = name, columns
        self._file = self._open.enter_context(self._members.open(name))
        self._rows([[*leading, *columns]])

    def _rows(self, rows: Iterable[list[str]]) -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        for row in rows:
            writer.writerow(row if self._raw else [inert(item) for item in row])
        assert self._file is not None
        self._file.write(text.getvalue().encode())


def _key(edge: Edge) -> str:
    stem = edge_id(edge.type, edge.start, edge.end) + "#"
    return edge.id[len(stem) :] if edge.id.startswith(stem) else ""
