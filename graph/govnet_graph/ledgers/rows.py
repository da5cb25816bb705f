"""Tables to rows in a kind's terms, with the fate of every cell.

A row is taken whole or not at all: where one of its cells cannot be read, all of its cells are quarantined, so that
nothing half-understood enters the graph and the corrected row can be imported again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govnet_graph.ledgers.account import Account, SheetAccount
from govnet_graph.ledgers.headers import is_reason
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.ledgers.mapping import HELP_SHEETS, TableDraft
from govnet_graph.ledgers.model import CellValue, Place, Problem, Range, Row, Sheet, TableColumn, Workbook
from govnet_graph.ledgers.rules import Rule
from govnet_graph.ledgers.table_rows import Refs, Rows
from govnet_graph.ledgers.tables import is_serial
from govnet_graph.ledgers.terms import LedgerColumn, LedgerKind
from govnet_graph.ledgers.values.column import Normaliser
from govnet_graph.ledgers.values.result import Normal
from govnet_graph.schema import Text


@dataclass(slots=True)
class TableReading:
    """A table with its rows; rows with problems are among them."""

    draft: TableDraft
    kind: LedgerKind
    rows: Rows


@dataclass(slots=True)
class Reading:
    """A workbook read to the end: rows by table, and the account of every cell."""

    book: Workbook
    tables: list[TableReading] = field(default_factory=list)
    account: Account = field(default_factory=Account)

    def rows(self, *, good: bool = True) -> Iterator[tuple[TableReading, Row]]:
        """The rows of all tables, those without problems (``good``) or those with."""
        for table in self.tables:
            for row in table.rows.good() if good else table.rows.held():
                yield table, row


def read_rows(book: Workbook, drafts: Sequence[TableDraft], *, hidden: bool = False) -> Reading:
    """Rows of every mapped table, and the account of every sheet.

    Parameters
    ----------
    book : Workbook
        What was read.
    drafts : sequence of TableDraft
        Its tables, as ``propose`` gave them, their mappings perhaps changed.
    hidden : bool
        Whether hidden sheets were asked for.
    """
    reading = Reading(book)
    for sheet in book.sheets:
        account = SheetAccount(sheet.name, _count(sheet))
        reading.account.sheets[sheet.name] = account
        of_sheet = [draft for draft in drafts if draft.table.sheet is sheet]
        if not of_sheet:
            account.ignore(_whole_rule(sheet, hidden=hidden), _extent(sheet), account.total)
        for draft in of_sheet:
            table = _TableReader(draft, account, from_1904=book.from_1904).read()
            if table is not None:
                reading.tables.append(table)
    return reading


def _count(sheet: Sheet) -> int:
    return sum(len(row) - row.count(None) for row in sheet.rows) + sum(sheet.value(p) is None for p in sheet.faults)


def _extent(sheet: Sheet) -> Range:
    return Range(1, 1, max(len(sheet.rows), 1), max((len(row) for row in sheet.rows), default=1))


def _whole_rule(sheet: Sheet, *, hidden: bool) -> Rule:
    if sheet.name in HELP_SHEETS:
        return Rule.HELP_SHEET
    return Rule.HIDDEN_SHEET if sheet.hidden and not hidden else Rule.NO_TABLE


_Mapped = tuple[int, LedgerColumn, Normaliser, bool]
"""A mapped column: its number, its key, how its cells are read, and whether they are kept."""


class _TableReader:
    """Reads one table: which column is what is decided once, then row by row."""

    def __init__(self, draft: TableDraft, account: SheetAccount, *, from_1904: bool) -> None:
        self.draft = draft
        self.table = draft.table
        self.sheet = draft.table.sheet
        self.account = account
        self.from_1904 = from_1904
        self._columns: dict[tuple[str, ...], dict[str, int]] = {}
        self._special = bool(self.table.filled or self.sheet.faults)

    def read(self) -> TableReading | None:
        self._leave_out_rows()
        mapping = self.draft.mapping
        if mapping is None or not mapping.columns:
            self._leave_out(dict.fromkeys((c.index for c in self.table.columns), Rule.NOT_MAPPED), self._bodies())
            return None
        kind = kind_of(mapping.kind)
        self._required = [column for column in kind.columns if column.required]
        self._pairs = _periods(kind)
        mapped = [
            (c.index, column, Normaliser(column, from_1904=self.from_1904), column.kept)
            for c in self.table.columns
            if c.index in mapping.columns
            for column in (kind.column(mapping.columns[c.index]),)
        ]
        rules = {c.index: self._column_rule(c) for c in self.table.columns if c.index not in mapping.columns}
        rules |= {index: Rule.NOT_KEPT for index, _, _, kept in mapped if not kept}
        rows = Rows(self.account)
        self._leave_out(rules, (self._read_row(number, cells, mapped, kind, rows) for number, cells in self._bodies()))
        return TableReading(self.draft, kind, rows)

    def _bodies(self) -> Iterator[tuple[int, Sequence[CellValue]]]:
        """The rows that state something, by number."""
        sheet = self.sheet
        for number in self.table.body:
            yield number, sheet.cells(number)

    def _leave_out_rows(self) -> None:
        faults: dict[int, int] = {}
        for row, column in self.sheet.faults:
            if self.sheet.value((row, column)) is None:
                faults[row] = faults.get(row, 0) + 1
        for number, rule in self.table.rules.items():
            values = self.sheet.cells(number)
            cells = len(values) - values.count(None) + faults.get(number, 0)
            self.account.ignore(rule, Range(number, 1, number, max(len(values), 1)), cells)

    def _column_rule(self, column: TableColumn) -> Rule:
        if is_serial(self.table, column):
            return Rule.SERIAL_NUMBER
        return Rule.REASON_COLUMN if is_reason(column.title) else Rule.UNMAPPED_COLUMN

    def _leave_out(self, rules: Mapping[int, Rule], rows: Iterable[tuple[int, Sequence[CellValue]]]) -> None:
        """Count the cells of columns that are left out, as the rows pass by."""
        counts = dict.fromkeys(rules, 0)
        body, faults = self.table.body, self.sheet.faults
        for number, cells in rows:
            for column in rules:
                if (column <= len(cells) and cells[column - 1] is not None) or (number, column) in faults:
                    counts[column] += 1
        for column, rule in rules.items():
            if counts[column]:
                self.account.ignore(rule, Range(body[0], column, body[-1], column), counts[column])

    def _read_row(
        self, number: int, cells: Sequence[CellValue], mapped: list[_Mapped], kind: LedgerKind, rows: Rows
    ) -> tuple[int, Sequence[CellValue]]:
        """Keep what a row states; its cells are handed on."""
        width = len(cells)
        row = Row(self.sheet.name, number, {}, {})
        keys: list[str] = []
        moved: dict[str, Place] = {}
        counted = 0
        for index, column, read, kept in mapped:
            value = cells[index - 1] if index <= width else None
            if value is None and not self._special:
                continue
            place, problem = (number, index), None
            if self._special:
                place, value, problem = self._looked_up(place, value)
            if not kept:
                self._identify(row, column, read(value), place)
                continue
            if problem is not None:
                row.problems.append(problem)
            elif value is None:
                continue
            else:
                found = read(value)
                if found.value is None and found.reason is None and not _says_open(column, value):
                    if place[0] == number:
                        self.account.ignore_cell(Rule.PLACEHOLDER, place)
                    continue
                self._take(row, column, found, place, kind)
            keys.append(column.key)
            if place[0] == number:
                counted += 1
            else:
                moved[column.key] = place
        if keys:
            columns = self._pattern(keys, mapped)
            row.refs = Refs(number, columns, moved)
            self._check(row)
            self.account.imported += counted
            if row.problems:
                self.account.quarantine(row)
            rows.add(row, columns, moved)
        return number, cells

    def _looked_up(self, place: Place, value: CellValue) -> tuple[Place, CellValue, Problem | None]:
        """The cell that counts as the source, the value that it stands for, and what is wrong with it.

        Below a vertical merge the source is the merged cell; a cell that says 同上 is its own source.
        """
        faults = self.sheet.faults
        origin = self.table.filled.get(place)
        if origin is None:
            return place, value, faults.get(place)
        if value is None:
            return origin, self.sheet.value(origin), faults.get(origin)
        meant = self.sheet.value(origin)
        if origin == place or (meant is None and origin not in faults):
            return place, None, _nothing_above(place)
        return place, meant, faults.get(origin)

    def _identify(self, row: Row, column: LedgerColumn, found: Normal, place: Place) -> None:
        """Hand on a mark that tells people apart; one that cannot be read is remarked, as it is not kept anyway."""
        if found.value is not None:
            row.values[column.key] = found.value
        elif found.reason is not None:
            row.remarks.append(Problem(found.code, found.reason, place))

    def _take(self, row: Row, column: LedgerColumn, found: Normal, place: Place, kind: LedgerKind) -> None:
        if found.reason is not None:
            row.problems.append(Problem(found.code, found.reason, place))
            return
        if found.value is not None:
            row.values[column.key] = found.value
        if found.rule is not None:
            row.remarks.append(Problem("rule-of-thumb", found.rule, place))
        if found.lower:
            bound = f"{column.key}_bound"
            if any(other.key == bound for other in kind.columns):
                row.values.setdefault(bound, "lower")
            else:
                row.problems.append(_lower_bound(place, found.value))

    def _pattern(self, keys: list[str], mapped: list[_Mapped]) -> dict[str, int]:
        """The columns of keys; rows that fill the same columns share one answer."""
        pattern = tuple(keys)
        columns = self._columns.get(pattern)
        if columns is None:
            at = {column.key: index for index, column, _, _ in mapped}
            columns = self._columns[pattern] = {key: at[key] for key in pattern}
        return columns

    def _check(self, row: Row) -> None:
        """Add what is wrong with the row as a whole."""
        failed = {problem.place for problem in row.problems}
        for column in self._required:
            if column.key not in row.values and row.refs.get(column.key) not in failed:
                row.problems.append(_lacks(column))
        for since, until in self._pairs:
            first, last = row.values.get(since), row.values.get(until)
            if isinstance(first, dt.date) and isinstance(last, dt.date) and last <= first:
                row.problems.append(_backwards(first, last, row.refs.get(until)))


def _says_open(column: LedgerColumn, value: object) -> bool:
    """Whether a cell without a value says something after all: that an end is open."""
    return column.form.value == "until" and isinstance(value, str) and len(value.strip()) > 1


def _periods(kind: LedgerKind) -> list[tuple[str, str]]:
    """Keys of (since, until) of the same role."""
    found = {(c.target.role, c.target.property): c.key for c in kind.columns if c.target is not None}
    return [
        (key, found[role, "until"])
        for (role, name), key in found.items()
        if name == "since" and (role, "until") in found
    ]


def _lacks(column: LedgerColumn) -> Problem:
    zh, en = column.text.zh, column.text.en
    return Problem("required-missing", Text(f"缺少必填的“{zh}”", f"the required {en.lower()} is missing"))


def _backwards(first: dt.date, last: dt.date, place: Place | None) -> Problem:
    return Problem(
        "until-not-after-since",
        Text(f"终止日期 {last} 不晚于起始日期 {first}", f"the end {last} is not after the beginning {first}"),
        place,
    )


def _nothing_above(place: Place) -> Problem:
    return Problem(
        "nothing-above",
        Text(
            "“同上”的上方没有内容：请填写实际内容", "it says “as above”, but nothing is above: write the value itself"
        ),
        place,
    )


def _lower_bound(place: Place, value: object) -> Problem:
    return Problem(
        "number-lower-bound",
        Text(
            f"该列不能填写下限：请填写确切数字（读得 {value}）",
            f"this column takes no lower bound ({value}): write the number",
        ),
        place,
    )


__all__ = ["Reading", "Refs", "Rows", "TableReading", "read_rows"]
