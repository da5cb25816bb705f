"""What reading a ledger yields: cells, sheets, tables, mappings, rows. Kinds of ledger are in ``terms``, fates in ``account``.

Rows and columns are numbered as a spreadsheet shows them: row 1 and column 1 are ``A1``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govnet_graph.ledgers.compact import Numbers, Place, Repeats
from govnet_graph.ledgers.rules import RULES, Rule
from govnet_graph.ledgers.terms import Form, LedgerColumn, LedgerKind, RowEdge, RowNode, RowValue, Target
from govnet_graph.schema import Text
from govnet_graph.spool import compact

CellValue = None | str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""What a cell holds; None where it is empty. A day is a ``date``, a moment a ``datetime``."""


def column_letters(column: int) -> str:
    """The letters of a column.

    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(place: Place) -> str:
    """The address of a cell in its sheet.

    >>> address((7, 2))
    'B7'
    """
    return f"{column_letters(place[1])}{place[0]}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty: where it stands, its value and the value as text."""

    sheet: str
    row: int
    column: int
    value: CellValue
    text: str

    @property
    def address(self) -> str:
        """Sheet and cell, as ``source_ref`` keeps it: ``Sheet1!B7``."""
        return f"{self.sheet}!{address((self.row, self.column))}"


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of merged cells, corners included; its value stands in the top left cell."""

    top: int
    left: int
    bottom: int
    right: int


@compact
@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell, or a whole row, is quarantined.

    Parameters
    ----------
    code : str
        Stable code in kebab case, such as ``date-unreadable``.
    text : Text
        The reason with the value that was read and what to write instead, in both languages.
    place : (row, column) or None
        The cell at fault; None where the row as a whole is.
    """

    code: str
    text: Text
    place: Place | None = None


@dataclass(slots=True)
class Sheet:
    """One sheet as it was read.

    ``rows[i][j]`` is the value of cell (i+1, j+1); all rows have the same length or are shorter, missing cells are empty.
    They are kept on disk, so they are best taken in order.
    ``faults`` holds cells that have no usable value: formulas without a stored result, error values.
    ``hidden_rows`` are read like others (a filter hides rows that the ledger still lists); the notices say so.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    faults: dict[Place, Problem] = field(default_factory=dict)
    notices: list[Text] = field(default_factory=list)

    def value(self, place: Place) -> CellValue:
        """The value of one cell; None where it is empty or beyond what was read."""
        row, column = place
        cells = self.cells(row)
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def cells(self, number: int) -> Sequence[CellValue]:
        """The values of one row; empty beyond what was read."""
        return self.rows[number - 1] if 1 <= number <= len(self.rows) else ()

    def places(self) -> Iterator[Place]:
        """Every cell that holds something, faults included, row by row: what the account must add up to."""
        for number, row in enumerate(self.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    yield number, column
        for place in self.faults:
            if self.value(place) is None:
                yield place


@dataclass(slots=True)
class Workbook:
    """A file that was read: its sheets in order, what the user should know, and the hash of its bytes.

    ``from_1904`` says that bare day numbers count from 1904, as old workbooks of one maker do.
    """

    name: str
    format: str
    sha256: str
    size: int
    sheets: list[Sheet]
    notices: list[Text] = field(default_factory=list)
    from_1904: bool = False


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: its number in the sheet and its title; ``parts`` are the header cells from top to bottom."""

    index: int
    title: str
    parts: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """A table found on a sheet.

    Parameters
    ----------
    sheet : Sheet
        Where it stands.
    header : tuple of int
        Its header rows.
    columns : tuple of TableColumn
        Its columns from left to right, those with a title or a value.
    body : Numbers
        The rows that state something: no totals, notes, repeated headers or blank rows.
    rules : dict of int to Rule
        Every other row of its part of the sheet that holds something, and why it is left out.
    filled : Repeats
        Empty or 同上 cells that take the value of another cell: below a vertical merge, or of the cell above.
    """

    sheet: Sheet
    header: tuple[int, ...]
    columns: tuple[TableColumn, ...]
    body: Numbers
    rules: dict[int, Rule] = field(default_factory=dict)
    filled: Repeats = field(default_factory=Repeats)

    def value(self, place: Place) -> CellValue:
        """The value that a cell stands for: its own, or that of the cell which it repeats."""
        return self.sheet.value(self.filled.get(place) or place)

    @property
    def signature(self) -> str:
        """The header as one string: tables with the same one are mapped alike."""
        return "|".join(column.title for column in self.columns)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column's proposed key with a score from 0 to 1 and how it was found."""

    key: str
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which kind of ledger a table is and which column is which.

    ``columns`` maps column numbers of the sheet to keys of the kind's columns. ``score`` runs from 0 to 1 and is 1
    where the mapping was ``learned`` or given. ``missing`` lists required keys that no column gives.
    """

    kind: str
    columns: Mapping[int, str]
    score: float = 1.0
    learned: bool = False
    guesses: Mapping[int, ColumnGuess] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class Row:
    """One row of a table in a kind's terms.

    ``refs`` gives, for each key, the cell that the value was read from. ``remarks`` are values that were read by a
    rule of thumb, for the preview. A row with ``problems`` is quarantined as a whole: none of its cells is imported.
    """

    sheet: str
    number: int
    values: dict[str, RowValue]
    refs: Mapping[str, Place]
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def cells(self) -> list[Place]:
        """The cells of this very row that its values were read from; a value taken from a merge above is not among them."""
        return [place for place in self.refs.values() if place[0] == self.number]

    def source_ref(self, key: str = "") -> str:
        """Where a value stands, ``Sheet1!B7``; of the row as a whole ``Sheet1!7``."""
        place = self.refs.get(key)
        return f"{self.sheet}!{address(place) if place else self.number}"


__all__ = [
    "RULES",
    "Cell",
    "CellValue",
    "ColumnGuess",
    "Form",
    "LedgerColumn",
    "LedgerKind",
    "Place",
    "Problem",
    "Range",
    "Row",
    "RowEdge",
    "RowNode",
    "RowValue",
    "Rule",
    "Sheet",
    "Table",
    "TableColumn",
    "TableMapping",
    "Target",
    "Workbook",
    "address",
    "column_letters",
]
