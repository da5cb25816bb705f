"""Tables to rows in a kind's terms, with the fate of every cell.

A row is taken whole or not at all: where one of its cells cannot be read, all of its cells are quarantined, so that
nothing half-understood enters the graph and the corrected row can be imported again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govnet_graph.ledgers.account import Account, SheetAccount
from govnet_graph.ledgers.headers import is_reason
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.ledgers.mapping import HELP_SHEETS, TableDraft
from govnet_graph.ledgers.model import CellValue, Place, Problem, Range, Row, Sheet, TableColumn, Workbook
from govnet_graph.ledgers.rules import Rule
from govnet_graph.ledgers.tables import is_serial
from govnet_graph.ledgers.terms import LedgerColumn, LedgerKind
from govnet_graph.ledgers.values.column import Normaliser
from govnet_graph.ledgers.values.result import Normal
from govnet_graph.schema import Text


class Refs(Mapping[str, Place]):
    """The cells of a row by key. It keeps columns only, which rows share, as a ledger may have half a million of them."""

    __slots__ = ("_columns", "_moved", "_row")

    def __init__(self, row: int, columns: Mapping[str, int], moved: Mapping[str, Place] | None) -> None:
        self._row = row
        self._columns = columns
        self._moved = moved or {}

    def __getitem__(self, key: str) -> Place:
        return self._moved.get(key) or (self._row, self._columns[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


@dataclass(slots=True)
class TableReading:
    """A table with its rows; rows with problems are among them."""

    draft: TableDraft
    kind: LedgerKind
    rows: list[Row]


@dataclass(slots=True)
class Reading:
    """A workbook read to the end: rows by table, and the account of every cell."""

    book: Workbook
    tables: list[TableReading] = field(default_factory=list)
    account: Account = field(default_factory=Account)

    def rows(self, *, good: bool = True) -> Iterator[tuple[TableReading, Row]]:
        """The rows of all tables, those without problems (``good``) or those with."""
        for table in self.tables:
            for row in table.rows:
                if bool(row.problems) is not good:
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


class _TableReader:
    """Reads one table: which column is what is decided once, then row by row."""

    def __init__(self, draft: TableDraft, account: SheetAccount, *, from_1904: bool) -> None:
        self.draft = draft
        self.table = draft.table
        self.sheet = draft.table.sheet
        self.account = account
        self.from_1904 = from_1904
        self._patterns: dict[tuple[str, ...], dict[str, int]] = {}

    def read(self) -> TableReading | None:
        self._leave_out_rows()
        mapping = self.draft.mapping
        if mapping is None or not mapping.columns:
            self._leave_out_columns(self.table.columns, lambda _: Rule.NOT_MAPPED)
            return None
        kind = kind_of(mapping.kind)
        self._required = [column for column in kind.columns if column.required]
        self._pairs = _periods(kind)
        mapped = [
            (c.index, column, Normaliser(column, from_1904=self.from_1904))
            for c in self.table.columns
            if c.index in mapping.columns
            for column in (kind.column(mapping.columns[c.index]),)
        ]
        self._leave_out_columns([c for c in self.table.columns if c.index not in mapping.columns], self._column_rule)
        self._leave_out_columns(
            [
                c
                for c in self.table.columns
                if c.index in mapping.columns and not kind.column(mapping.columns[c.index]).kept
            ],
            lambda _: Rule.NOT_KEPT,
        )
        rows = [row for number in self.table.body if (row := self._row(number, mapped, kind)) is not None]
        return TableReading(self.draft, kind, rows)

    def _leave_out_rows(self) -> None:
        faults: dict[int, int] = {}
        for row, column in self.sheet.faults:
            if self.sheet.value((row, column)) is None:
                faults[row] = faults.get(row, 0) + 1
        for number, rule in self.table.rules.items():
            values = self.sheet.rows[number - 1] if number <= len(self.sheet.rows) else []
            cells = len(values) - values.count(None) + faults.get(number, 0)
            self.account.ignore(rule, Range(number, 1, number, max(len(values), 1)), cells)

    def _column_rule(self, column: TableColumn) -> Rule:
        if is_serial(self.table, column):
            return Rule.SERIAL_NUMBER
        return Rule.REASON_COLUMN if is_reason(column.title) else Rule.UNMAPPED_COLUMN

    def _leave_out_columns(self, columns: Sequence[TableColumn], rule: Callable[[TableColumn], Rule]) -> None:
        body = self.table.body
        if not body:
            return
        for column in columns:
            at = column.index
            cells = sum(self.sheet.value((row, at)) is not None or (row, at) in self.sheet.faults for row in body)
            self.account.ignore(rule(column), Range(body[0], at, body[-1], at), cells)

    def _row(self, number: int, mapped: list[tuple[int, LedgerColumn, Normaliser]], kind: LedgerKind) -> Row | None:
        sheet = self.sheet
        cells = sheet.rows[number - 1] if number <= len(sheet.rows) else []
        width, special = len(cells), bool(self.table.filled or sheet.faults)
        row = Row(sheet.name, number, {}, {})
        keys: list[str] = []
        moved: dict[str, Place] = {}
        counted = 0
        for index, column, read in mapped:
            value = cells[index - 1] if index <= width else None
            place, problem = (number, index), None
            if special:
                place, value, problem = self._looked_up(place, value)
            if not column.kept:
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
                        self.account.ignore(Rule.PLACEHOLDER, place)
                    continue
                self._take(row, column, found, place, kind)
            keys.append(column.key)
            if place[0] == number:
                counted += 1
            else:
                moved[column.key] = place
        if not keys:
            return None
        row.refs = self._refs(number, keys, mapped, moved)
        self._check(row)
        self.account.imported += counted
        if row.problems:
            self.account.quarantine(row)
        return row

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

    def _refs(
        self,
        number: int,
        keys: list[str],
        mapped: list[tuple[int, LedgerColumn, Normaliser]],
        moved: Mapping[str, Place],
    ) -> Refs:
        pattern = tuple(keys)
        columns = self._patterns.get(pattern)
        if columns is None:
            at = {column.key: index for index, column, _ in mapped}
            columns = self._patterns[pattern] = {key: at[key] for key in pattern}
        return Refs(number, columns, moved)

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
        Text("“同上”的上方没有内容:请填写实际内容", "it says “as above”, but nothing is above: write the value itself"),
        place,
    )


def _lower_bound(place: Place, value: object) -> Problem:
    return Problem(
        "number-lower-bound",
        Text(
            f"该列不能填写下限:请填写确切数字(读得 {value})",
            f"this column takes no lower bound ({value}): write the number",
        ),
        place,
    )


__all__ = ["Reading", "Refs", "TableReading", "read_rows"]
