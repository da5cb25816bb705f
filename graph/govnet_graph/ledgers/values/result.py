"""What reading one cell gives."""

from __future__ import annotations

from dataclasses import dataclass

from govnet_graph.ledgers.model import RowValue
from govnet_graph.schema import Text


class Unreadable(Exception):
    """A cell cannot be read as its column; carries a code and the reason in both languages. Not an error of the caller."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.text = Text(zh, en)


@dataclass(frozen=True, slots=True)
class Normal:
    """The value of one cell.

    Parameters
    ----------
    value : RowValue or None
        None where the cell states nothing (placeholder), an open end, or could not be read.
    rule : Text or None
        The rule of thumb by which it was read; None where the reading is exact.
    code : str
        Code of the failure; empty where there is none.
    reason : Text or None
        Why it could not be read.
    lower : bool
        Whether the number is a lower bound (50 以上).
    """

    value: RowValue | None
    rule: Text | None = None
    code: str = ""
    reason: Text | None = None
    lower: bool = False

    @property
    def exact(self) -> bool:
        """Whether no rule of thumb was needed."""
        return self.rule is None

    @property
    def failed(self) -> bool:
        """Whether the cell could not be read."""
        return self.reason is not None
