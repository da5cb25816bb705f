"""Sheets of an Excel workbook, written row by row: headers in both languages, days as days, text never as a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

_EARLIEST = dt.date(1900, 3, 1)  # before it Excel counts a day that never was
_LONGEST = 32_767
_ROWS = 1_048_576
_WIDE = {"id": 20, "name": 28, "note": 40}
Cell = str | int | float | bool | dt.date | dt.datetime | None


class Book:
    """A workbook that is written in a stream; rows of finished sheets lie in temporary files, not in memory."""

    def __init__(self, out: IO[bytes], *, stamp: dt.datetime | None = None) -> None:
        options = {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        self._book = xlsxwriter.Workbook(out, options)
        # The library puts the current moment in, unless it is told another.
        self._book.set_properties({"created": stamp or dt.datetime(1980, 1, 1), "author": "govnet"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._head = self._book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"})
        self._small = self._book.add_format({"italic": True, "font_color": "#555555", "bg_color": "#E8EEF4"})

    def table(self, name: str, headings: Sequence[tuple[str, str]]) -> Table:
        """A new sheet with a first row of Chinese headings and a second of English ones."""
        return Table(self, name, headings)

    def pairs(self, name: str, rows: Sequence[tuple[str, str, Cell]]) -> None:
        """A sheet of (Chinese, English, value)."""
        sheet = self.sheet(name)
        sheet.set_column(0, 1, 26)
        sheet.set_column(2, 2, 80)
        for at, (zh, en, value) in enumerate(rows):
            sheet.write_string(at, 0, zh, self._head)
            sheet.write_string(at, 1, en, self._small)
            self.write(sheet, at, 2, value)

    def close(self) -> None:
        """Writes the file."""
        self._book.close()

    def sheet(self, name: str) -> Worksheet:
        """A new empty sheet."""
        sheet: Worksheet = self._book.add_worksheet(name[:31])
        return sheet

    def head(self, sheet: Worksheet, headings: Sequence[tuple[str, str]]) -> None:
        """The two heading rows, kept in sight."""
        for at, (_, en) in enumerate(headings):
            sheet.set_column(at, at, _WIDE.get(en.partition(".")[2] or en, 16))
        for at, (zh, _) in enumerate(headings):
            sheet.write_string(0, at, zh, self._head)
        for at, (_, en) in enumerate(headings):
            sheet.write_string(1, at, en, self._small)
        sheet.freeze_panes(2, 1)

    def write(self, sheet: Worksheet, row: int, column: int, value: Cell) -> None:
        """One cell in its own type. Text is always written as text: a spreadsheet does not run it."""
        match value:
            case None:
                return
            case bool():
                sheet.write_boolean(row, column, value)
            case int() | float() if abs(value) < 2**53:
                sheet.write_number(row, column, value)
            case dt.datetime() if value.date() >= _EARLIEST:
                sheet.write_datetime(row, column, value, self._moment)
            case dt.date() if value >= _EARLIEST:
                sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), self._day)
            case _:
                text = str(value)
                sheet.write_string(row, column, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


class Table:
    """Rows under headings; what does not fit on one sheet goes on to the next."""

    def __init__(self, book: Book, name: str, headings: Sequence[tuple[str, str]]) -> None:
        self._book = book
        self._name = name
        self._headings = headings
        self._sheets = 0
        self._turn()

    def rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """More rows."""
        for row in rows:
            if self._next == _ROWS:
                self._turn()
            for column, value in enumerate(row):
                self._book.write(self._sheet, self._next, column, value)
            self._next += 1

    def _turn(self) -> None:
        self._sheets += 1
        tail = f" {self._sheets}" if self._sheets > 1 else ""
        self._sheet = self._book.sheet(self._name[: 31 - len(tail)] + tail)
        self._book.head(self._sheet, self._headings)
        self._next = 2
