"""Files to sheets: what a file holds is checked against limits first, then its values are read by calamine or csv."""

from govnet_graph.ledgers.files.limits import LedgerEncrypted, LedgerTooLarge, LedgerUnreadable, Limits
from govnet_graph.ledgers.files.workbook import read_workbook

__all__ = ["LedgerEncrypted", "LedgerTooLarge", "LedgerUnreadable", "Limits", "read_workbook"]
