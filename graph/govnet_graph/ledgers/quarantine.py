"""The rows that could not be taken, as a workbook with the reasons beside the cells, ready to correct and import again."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from govnet_graph.ledgers.headers import REASON_TITLES, header_text
from govnet_graph.ledgers.model import CellValue, Place, Problem, Row, address
from govnet_graph.ledgers.rows import Reading, TableReading
from govnet_graph.ledgers.templates import OPTIONS

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def quarantine(reading: Reading) -> bytes:
    """The quarantined rows of a reading as .xlsx, one sheet for each table that has some.

    Columns are those of the ledger, mapped ones titled as in the template. A cell at fault is marked and carries the
    reason as a comment; two columns at the end name all reasons and cells and are ignored when the file is read again.
    Cells below a merge and those that say 同上 are filled in. Without quarantined rows the workbook says so.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        used: set[str] = set()
        for table in reading.tables:
            if any(table.rows.held()):
                sheet = book.add_worksheet(_sheet_name(table, used))
                _Writer(book, sheet, table).write(table.rows.held())
        if not used:
            book.add_worksheet("Sheet1").write_string(0, 0, "没有退回的行 No row was quarantined")
    return target.getvalue()


def _sheet_name(table: TableReading, used: set[str]) -> str:
    name = table.draft.table.sheet.name.translate(_FORBIDDEN).strip("'")[:28] or "Sheet"
    found, number = name, 1
    while found.lower() in used:
        number += 1
        found = f"{name}-{number}"
    used.add(found.lower())
    return found


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, table: TableReading) -> None:
        self._sheet = sheet
        self._table = table
        self._head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7", "border": 1})
        self._bad = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
        self._formats = {
            (day, bad): book.add_format({"num_format": "yyyy-mm-dd" if day else "@", **(self._bad if bad else {})})
            for day in (False, True)
            for bad in (False, True)
        }
        self._number = {bad: book.add_format(self._bad if bad else {}) for bad in (False, True)}
        self._wrap = book.add_format({"text_wrap": True})

    def write(self, rows: Iterable[Row]) -> None:
        """Header and rows."""
        table, kind = self._table.draft.table, self._table.kind
        mapped = self._table.draft.mapping.columns if self._table.draft.mapping else {}
        columns = [column for column in table.columns if column.title not in REASON_TITLES]
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(columns) - 1, 18)
        self._sheet.set_column(len(columns), len(columns), 60)
        for at, column in enumerate(columns):
            key = mapped.get(column.index)
            self._sheet.write_string(0, at, header_text(kind.column(key)) if key else column.title, self._head)
        for offset, title in enumerate(REASON_TITLES):
            self._sheet.write_string(0, len(columns) + offset, title, self._head)
        for number, row in enumerate(rows, start=1):
            faults = self._faults(row)
            for at, column in enumerate(columns):
                place = (row.number, column.index)
                self._cell(
                    number, at, table.value(place), faults.get(table.filled.get(place) or place) or faults.get(place)
                )
            said = [f"{problem.text.zh} {problem.text.en}" for problem in row.problems]
            cells = [address(problem.place) if problem.place else str(row.number) for problem in row.problems]
            self._sheet.write_string(number, len(columns), "\n".join(dict.fromkeys(said)), self._wrap)
            self._sheet.write_string(number, len(columns) + 1, f"{row.sheet}!{','.join(dict.fromkeys(cells))}")

    def _faults(self, row: Row) -> dict[Place, Problem]:
        return {problem.place: problem for problem in reversed(row.problems) if problem.place is not None}

    def _cell(self, row: int, column: int, value: CellValue, problem: Problem | None) -> None:
        bad = problem is not None
        self._value(row, column, value, bad=bad)
        if problem is not None:
            self._sheet.write_comment(row, column, f"{problem.text.zh}\n{problem.text.en}", {"author": "govnet"})

    def _value(self, row: int, column: int, value: Any, *, bad: bool) -> None:
        sheet = self._sheet
        match value:
            case None:
                if bad:
                    sheet.write_blank(row, column, None, self._number[True])
            case bool():
                sheet.write_boolean(row, column, value, self._number[bad])
            case int() | float():
                sheet.write_number(row, column, value, self._number[bad])
            case dt.datetime():
                sheet.write_string(row, column, value.isoformat(" ", "seconds"), self._formats[False, bad])
            case dt.date() if value.year >= 1900:
                moment = dt.datetime.combine(value, dt.time())
                sheet.write_datetime(row, column, moment, self._formats[True, bad])
            case _:
                sheet.write_string(row, column, str(value), self._formats[False, bad])
