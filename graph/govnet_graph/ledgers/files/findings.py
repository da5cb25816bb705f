"""What a look into the file itself finds that a reader of values does not say: extent, faults, merges, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from govnet_graph.ledgers.model import Place, Problem, Range
from govnet_graph.schema import Text

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass(slots=True)
class Findings:
    """Findings of one sheet; ``rows`` and ``columns`` reach to its last cell that holds something."""

    rows: int = 0
    columns: int = 0
    faults: dict[Place, Problem] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden: bool = False
    merged: list[Range] = field(default_factory=list)
    formulas: int = 0

    def reach(self, row: int, column: int) -> None:
        """Extend the sheet to a cell."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def uncalculated(self, place: Place) -> None:
        """Note a formula without a stored result."""
        self.formulas += 1
        self.faults[place] = Problem(
            "formula-without-value",
            Text(
                "公式没有保存计算结果，系统不计算公式：请在表格软件中重新保存，或粘贴为数值",
                "A formula without a stored result; formulas are never evaluated: save it again in a spreadsheet "
                "program, or paste it as a value",
            ),
            place,
        )

    def error(self, place: Place, value: str) -> None:
        """Note a cell that holds an error value such as #REF!."""
        self.faults[place] = Problem(
            "error-value",
            Text(
                f"单元格是错误值 {value}：请改为实际内容", f"The cell holds the error {value}: write the value itself"
            ),
            place,
        )


def error_name(code: int) -> str:
    """The name of an error value by its code in .xls files."""
    return _ERRORS.get(code, "#ERROR")
