"""Real files for tests of ledgers: workbooks written by openpyxl, xlwt and odfpy, and a way to read one to the end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from govnet_graph.ledgers.files import Limits, read_workbook
from govnet_graph.ledgers.mapping import propose
from govnet_graph.ledgers.rows import Reading, read_rows


def xlsx(*sheets: Sequence[Sequence[Any]], merges: Iterable[str] = (), names: Sequence[str] = ()) -> bytes:
    """A workbook with these sheets; merges are those of the first."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        if number < len(names):
            sheet.title = names[number]
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                if value is not None:
                    cell = sheet.cell(row, column, value)
                    if isinstance(value, str) and value.startswith("="):
                        cell.data_type = "f"
    for area in merges:
        book.worksheets[0].merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A zip file with some parts replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in changes:
                new.writestr(info.filename, old.read(info.filename))
        for name, data in changes.items():
            new.writestr(name, data)
    return target.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def read(
    content: bytes, name: str = "台账.xlsx", *, kind: str = "", hidden: bool = False, limits: Limits | None = None
) -> Reading:
    """The file read to the end; the account must balance, whatever the file holds."""
    book = read_workbook(content, name, limits)
    reading = read_rows(book, propose(book, kind=kind, hidden=hidden), hidden=hidden)
    assert reading.account.balances, reading.account.as_json()
    for sheet in book.sheets:
        assert reading.account.sheets[sheet.name].total == len(list(sheet.places()))
    return reading


def values(reading: Reading) -> list[dict[str, Any]]:
    """Values of the rows that were taken."""
    return [dict(row.values) for _, row in reading.rows()]


def reasons(reading: Reading) -> dict[int, list[str]]:
    """Codes of what is wrong, by row number."""
    return {row.number: [problem.code for problem in row.problems] for _, row in reading.rows(good=False)}


def rules(reading: Reading, sheet: str = "Sheet") -> dict[str, int]:
    """How many cells each rule left out."""
    return {rule.value: count for rule, count in reading.account.sheets[sheet].by_rule().items()}
