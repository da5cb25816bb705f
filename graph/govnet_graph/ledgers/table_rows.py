"""The rows of a table as lists of any length: values on disk, cells by column, problems in the account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from govnet_graph.ledgers.account import SheetAccount
from govnet_graph.ledgers.model import Place, Problem, Row, RowValue
from govnet_graph.spool import Spool

_Packed = tuple[int, dict[str, RowValue], int, dict[str, Place] | None, list[Problem] | None]
"""A row as it is kept: its number, values, pattern of columns, cells elsewhere, remarks."""


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


class Rows(Sequence[Row]):
    """The rows of one table, kept on disk. A row is made when it is asked for; what is wrong with it, the account says.

    Parameters
    ----------
    account : SheetAccount
        The account of the table's sheet, which holds the problems of its rows.
    """

    def __init__(self, account: SheetAccount) -> None:
        self._account = account
        self._held: Spool[_Packed] = Spool()
        self._patterns: dict[tuple[str, ...], int] = {}
        self._columns: list[Mapping[str, int]] = []

    def add(self, row: Row, columns: Mapping[str, int], moved: Mapping[str, Place]) -> None:
        """Keep a row, whose values stand in these columns but for those that were taken from other cells."""
        pattern = tuple(columns)
        number = self._patterns.setdefault(pattern, len(self._columns))
        if number == len(self._columns):
            self._columns.append(columns)
        self._held.append((row.number, row.values, number, dict(moved) or None, row.remarks or None))

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._row(packed) for packed in self._held[at]]
        return self._row(self._held[at])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._held)

    def good(self) -> Iterator[Row]:
        """Those without problems."""
        return (self._row(packed) for packed in self._held if packed[0] not in self._account.held)

    def held(self) -> Iterator[Row]:
        """Those that are quarantined."""
        if not self._account.held:
            return iter(())
        return (self._row(packed) for packed in self._held if packed[0] in self._account.held)

    def _row(self, packed: _Packed) -> Row:
        number, values, pattern, moved, remarks = packed
        held = self._account.held.get(number)
        return Row(
            self._account.sheet,
            number,
            dict(values),
            Refs(number, self._columns[pattern], moved),
            held.problems if held is not None else [],
            list(remarks or ()),
        )
