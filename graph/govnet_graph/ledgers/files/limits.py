"""How large a ledger may be, and the errors of files that cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

from govnet_graph.errors import BadInput


class LedgerUnreadable(BadInput):
    """The file is damaged or of a kind that is not read."""

    code = "ledger-unreadable"


class LedgerEncrypted(LedgerUnreadable):
    """The file opens with a password only."""

    code = "ledger-encrypted"


class LedgerTooLarge(BadInput):
    """The file passes a limit; nothing of it was kept."""

    code = "ledger-too-large"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ledger may measure; a district that has larger ones raises them.

    Parameters
    ----------
    file_bytes : int
        Largest file; one of this size or more is refused.
    unpacked_bytes : int
        Largest sum of the unpacked parts of a zipped workbook, counted while unpacking, whatever the file claims.
    ratio : int
        Largest ratio of unpacked to packed bytes of a part above ``ratio_from`` bytes; zip bombs reach 1,000.
    sheets, rows, columns, cells : int
        Most sheets of a file; rows and columns of a sheet up to its last cell; cells (rows × columns) of a file.
    memory_bytes, seconds : int, float
        What the process that reads a workbook's values may take before it is given up.
    """

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 2_000_000_000
    ratio: int = 250
    ratio_from: int = 10_000_000
    sheets: int = 200
    rows: int = 500_000
    columns: int = 500
    cells: int = 20_000_000
    memory_bytes: int = 6_000_000_000
    seconds: float = 120.0

    def check_file(self, size: int) -> None:
        """Raise LedgerTooLarge for a file of ``size`` bytes or more than allowed."""
        if size >= self.file_bytes:
            raise LedgerTooLarge(
                f"the file has {size / 1e6:,.0f} MB, the limit is {self.file_bytes / 1e6:,.0f} MB",
                hint="Split it, or remove pictures from it; an administrator can raise the limit.",
            )

    def check_sheets(self, count: int) -> None:
        """Raise LedgerTooLarge for more sheets than allowed."""
        if count > self.sheets:
            raise LedgerTooLarge(f"the file has {count} sheets, the limit is {self.sheets}", hint="Split the file.")

    def check_extent(self, sheet: str, rows: int, columns: int) -> None:
        """Raise LedgerTooLarge when a sheet reaches further down or right than allowed."""
        if rows >= self.rows or columns > self.columns:
            what = f"row {rows:,}" if rows >= self.rows else f"column {columns:,}"
            raise LedgerTooLarge(
                f"sheet {sheet!r} reaches to {what}; the limits are {self.rows:,} rows and {self.columns:,} columns",
                hint="Split the sheet, or delete stray cells far from the table.",
            )

    def check_cells(self, cells: int) -> None:
        """Raise LedgerTooLarge for a file whose sheets span more cells than allowed."""
        if cells > self.cells:
            raise LedgerTooLarge(
                f"the sheets span {cells:,} cells, the limit is {self.cells:,}",
                hint="Split the file, or delete stray cells far from the table.",
            )
