"""The workbook of a whole graph, as an export wrote it and somebody perhaps changed it, read back cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from govnet_graph.changes.documents import XLSX, Document
from govnet_graph.ledgers.model import Sheet, Workbook, column_letters
from govnet_graph.ledgers.rules import Rule
from govnet_graph.records import Edge, Node, Value, edge_id, value_fault
from govnet_graph.schema import SCHEMA, Privacy, Property, Text, ValueType
from govnet_graph.standards import Records, reasons
from govnet_graph.standards.model import HISTORY_LABELS, HISTORY_TYPES
from govnet_graph.standards.reasons import OWN_PAST, WHAT_IT_IS, Why
from govnet_graph.standards.taking import identifier
from govnet_graph.standards.values import split_list, typed
from govnet_graph.standards.workbook import ABOUT_SHEET

_HEADER = Why(Text("表头", "Header"), Rule.HEADER.value)
_UNKNOWN = Why(Text("该列未对应任何属性", "The column was mapped to nothing"), Rule.UNMAPPED_COLUMN.value)
_NO_VALUE = Why(Text("公式没有保存的结果", "the formula has no stored result"))
_ENDS = ("from", "to")


def kind_of_sheet(name: str) -> str:
    """The label or relationship type of a sheet, the second and later ones of one kind included; empty for another sheet."""
    head, _, tail = name.rpartition(" ")
    found = head if tail.isdigit() else name
    return found if found in SCHEMA.nodes or found in SCHEMA.relationships else ""


def is_export(book: Workbook) -> bool:
    """Whether a workbook is what an export of the whole graph wrote."""
    names = [sheet.name for sheet in book.sheets]
    return len(names) > 1 and names[0] == ABOUT_SHEET and all(kind_of_sheet(name) for name in names[1:])


def read_export(book: Workbook) -> Document:
    """The records of such a workbook. A row that does not fit the schema is held back alone."""
    told = {sheet.name: [_row(sheet, number) for number in range(1, len(sheet.rows) + 1)] for sheet in book.sheets}
    found = Document(XLSX, told, Records())
    found.count()
    reading = _Reading(found)
    for sheet in book.sheets:
        if sheet.name == ABOUT_SHEET:
            found.leave(f"/{sheet.name}", WHAT_IT_IS)
        else:
            reading.sheet(sheet)
    found.records = Records(tuple(reading.nodes.values()), tuple(reading.edges.values()))
    return found


def _row(sheet: Sheet, number: int) -> dict[str, Any]:
    """The cells of a row by the letters of their columns; one without a usable value too."""
    held = {column_letters(at): value for at, value in enumerate(sheet.rows[number - 1], start=1) if value is not None}
    return held | {column_letters(column): "=" for row, column in sheet.faults if row == number}


class _Reading:
    def __init__(self, found: Document) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self._found = found

    def sheet(self, sheet: Sheet) -> None:
        """All rows of a sheet."""
        kind, path = kind_of_sheet(sheet.name), f"/{sheet.name}"
        for at in range(min(2, len(sheet.rows))):
            self._found.leave(f"{path}/{at}", _HEADER)
        names = [str(value or "") for value in sheet.rows[1]] if len(sheet.rows) > 1 else []
        declared = (SCHEMA.nodes.get(kind) or SCHEMA.relationships[kind]).by_name
        for at in range(2, len(sheet.rows)):
            row = f"{path}/{at}"
            if kind in HISTORY_LABELS or kind in HISTORY_TYPES:
                self._found.leave(row, OWN_PAST)
                continue
            held = {name: value for name, value in zip(names, sheet.rows[at], strict=False) if value is not None}
            faults = [column for number, column in sheet.faults if number == at + 1]
            for column in faults:
                self._found.leave(f"{row}/{column_letters(column)}", _NO_VALUE)
            if held and not faults:
                self._record(kind, row, held, declared, {n: column_letters(c) for c, n in enumerate(names, start=1)})

    def _record(
        self, kind: str, row: str, held: Mapping[str, Any], declared: Mapping[str, Property], columns: Mapping[str, str]
    ) -> None:
        props: dict[str, Value] = {}
        for name, raw in held.items():
            prop = declared.get(name)
            if name == "id" or (name in _ENDS and kind in SCHEMA.relationships):
                continue
            if prop is None or prop.privacy is Privacy.INTERNAL:
                self._found.leave(f"{row}/{columns[name]}", _UNKNOWN if prop is None else OWN_PAST)
                continue
            try:
                value = _value(prop, raw)
                fault = value_fault(prop, value)
            except ValueError as error:
                value, fault = "", str(error)
            if fault:
                self._found.leave(row, reasons.unfit(name, fault))
                return
            props[name] = value
        grounds = ("id", "source")
        missing = [p.name for p in declared.values() if p.required and p.name not in props and p.name not in grounds]
        missing += [name for name in (("id",) if kind in SCHEMA.nodes else _ENDS) if name not in held]
        if missing:
            self._found.leave(row, reasons.lacks(kind, missing))
        elif kind in SCHEMA.nodes:
            self._node(kind, row, str(held["id"]), props)
        else:
            self._edge(kind, row, held, props)

    def _node(self, label: str, row: str, id_: str, props: dict[str, Value]) -> None:
        if identifier(id_) != id_:
            self._found.leave(row, reasons.unfit("id", f"is {id_!r}, which no id may be"))
        elif id_ in self.nodes:
            self._found.leave(row, reasons.twice(id_))
        else:
            self.nodes[id_] = Node(label, id_, props)
            self._found.paths[id_] = row

    def _edge(self, type_: str, row: str, held: Mapping[str, Any], props: dict[str, Value]) -> None:
        start, end = str(held["from"]), str(held["to"])
        stem, id_ = edge_id(type_, start, end), str(held.get("id", ""))
        # Somebody who changed an end means another relationship.
        id_ = id_ if id_.partition("#")[0] == stem else stem
        if id_ in self.edges:
            self._found.leave(row, reasons.twice(id_))
        else:
            self.edges[id_] = Edge(type_, start, end, id_, props)
            self._found.paths[id_] = row


def _value(prop: Property, raw: Any) -> Value:
    """A cell as its property has it. Raises ValueError."""
    match prop.type:
        case ValueType.STRINGS:
            return split_list(str(raw))
        case ValueType.STRING if not isinstance(raw, bool):
            return raw.isoformat() if isinstance(raw, dt.date) else str(raw)
        case ValueType.DATETIME if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
            return dt.datetime.combine(raw, dt.time())
        case ValueType.DATE | ValueType.DATETIME if isinstance(raw, dt.date):
            return raw
    return typed(prop, raw)
