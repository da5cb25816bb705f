"""The whole graph as an Excel workbook: what it says of itself, then one sheet per label and per relationship type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from govnet_graph.documents.sheets import Book, Cell, Table
from govnet_graph.records import Edge, Node, Value
from govnet_graph.schema import SCHEMA, Property
from govnet_graph.standards.model import EVERY_LABEL, EVERY_TYPE, About
from govnet_graph.standards.values import join_list

#: Name of the sheet that says what the export is.
ABOUT_SHEET = "说明 about"
_YES, _NO = "是 yes", "否 no"


class WorkbookWriter:
    """Writes the workbook."""

    labels = EVERY_LABEL
    types = EVERY_TYPE

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._book: Book | None = None
        self._about: About | None = None
        self._table: Table | None = None
        self._name = ""
        self._declared: tuple[Property, ...] = ()

    def begin(self, about: About) -> None:
        """The sheet that says what the export is."""
        self._about = about
        self._book = Book(self._out, stamp=about.stamp)
        rows: list[tuple[str, str, Cell]] = [
            ("数据集", "data set", about.dataset),
            ("区", "district", about.home),
            ("数据版本", "data version", about.data_version),
            ("含姓名", "with names", _YES if about.disclosure.names else _NO),
            ("含变更历史", "with history", _YES if about.disclosure.history else _NO),
            ("记录总数", "records", about.total),
            ("其中为演示而生成（合成）", "of these generated for demonstration (synthetic)", about.synthetic),
        ]
        if about.stamp is not None:
            rows.append(("导出时刻（UTC）", "exported at (UTC)", about.stamp))
        for label, count in about.nodes.items():
            rows.append((f"{label} {SCHEMA.nodes[label].text.zh}", SCHEMA.nodes[label].text.en, count.total))
        for type_, count in about.edges.items():
            text = SCHEMA.relationships[type_].text
            rows.append((f"{type_} {text.zh}", text.en, count.total))
        self._book.pairs(ABOUT_SHEET, rows)

    def nodes(self, label: str, page: Sequence[Node]) -> None:
        """Rows of one label."""
        assert self._about is not None
        table = self._turn(label, self._about.disclosure.node_properties(label), (("编号", "id"),))
        table.rows([[node.id, *self._cells(node.props)] for node in page])

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Rows of one type."""
        assert self._about is not None
        ends = (("起点编号", "from"), ("终点编号", "to"), ("编号", "id"))
        table = self._turn(type_, self._about.disclosure.edge_properties(type_), ends)
        table.rows([[edge.start, edge.end, edge.id, *self._cells(edge.props)] for edge in page])

    def end(self) -> None:
        """Writes the file."""
        assert self._book is not None
        self._book.close()

    def _turn(self, name: str, declared: tuple[Property, ...], leading: tuple[tuple[str, str], ...]) -> Table:
        if self._table is None or name != self._name:
            assert self._book is not None
            self._name, self._declared = name, declared
            self._table = self._book.table(name, [*leading, *((p.text.zh, p.name) for p in declared)])
        return self._table

    def _cells(self, props: object) -> list[Cell]:
        assert isinstance(props, dict)
        return [_cell(props.get(p.name)) for p in self._declared]


def _cell(value: Value | None) -> Cell:
    return join_list(value) if isinstance(value, list) else value
