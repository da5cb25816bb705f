"""A look into .ods files: extent of each sheet with its repeats, merges, formulas without results, errors, hidden parts."""

from __future__ import annotations

from govnet_graph.ledgers.files.findings import Findings
from govnet_graph.ledgers.files.limits import LedgerEncrypted, Limits
from govnet_graph.ledgers.files.xlsx import BookFindings
from govnet_graph.ledgers.files.zipped import Package, elements, parse_part, xml_parser
from govnet_graph.ledgers.model import Range
from govnet_graph.schema import Text

_CELLS = ("table-cell", "covered-table-cell")


class _ContentScan:
    """Handles the elements of content.xml."""

    def __init__(self, limits: Limits) -> None:
        self.book = BookFindings()
        self.parser = xml_parser(self._start)
        self._limits = limits
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet = Findings()
        self._name = ""
        self._row = self._rows = self._column = 0
        self._open: dict[str, str] | None = None
        self._spread = 1

    def _start(self, qualified: str, flat: list[str]) -> None:
        name = qualified.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in zip(flat[::2], flat[1::2], strict=True)}
        if "error" in flat and "value-type" in attributes:
            attributes["value-type"] = "error"
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table":
            self._next_sheet(attributes)
        elif name == "table-row":
            self._next_row(attributes)
        elif name in _CELLS:
            self._cell(attributes)
        elif name == "p" and self._open is not None:
            self._text()

    def _next_sheet(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get("name", "")
        self._sheet = self.book.sheets.setdefault(self._name, Findings())
        self._sheet.hidden = attributes.get("style-name") in self._hidden_styles
        self._row = self._rows = self._column = 0
        self._open = None
        self._limits.check_sheets(len(self.book.sheets))

    def _next_row(self, attributes: dict[str, str]) -> None:
        self._row += max(self._rows, 1)
        self._rows = _count(attributes.get("number-rows-repeated"))
        self._column, self._spread, self._open = 0, 1, None
        if attributes.get("visibility", "visible") != "visible" and self._rows < self._limits.rows:
            self._sheet.hidden_rows.update(range(self._row, self._row + self._rows))

    def _cell(self, attributes: dict[str, str]) -> None:
        self._column += self._spread
        self._spread = _count(attributes.get("number-columns-repeated"))
        self._open = attributes
        down, right = _count(attributes.get("number-rows-spanned")), _count(attributes.get("number-columns-spanned"))
        if down > 1 or right > 1:
            self._sheet.merged.append(Range(self._row, self._column, self._row + down - 1, self._column + right - 1))
        if "value-type" in attributes:
            self._reach()
        elif "formula" in attributes:
            self._reach()
            self._sheet.uncalculated((self._row, self._column))

    def _text(self) -> None:
        """The text of the open cell begins: an error value shows itself only here."""
        attributes, self._open = self._open or {}, None
        if attributes.get("value-type") == "error" or ("formula" in attributes and "value-type" not in attributes):
            self._sheet.error((self._row, self._column), "#ERROR")
        self._reach()

    def _reach(self) -> None:
        # A cell may claim to stand for a million others; the limits are checked before anything is spread out.
        last_row, last_column = self._row + self._rows - 1, self._column + self._spread - 1
        self._limits.check_extent(self._name, last_row, last_column)
        self._sheet.reach(last_row, last_column)


def _count(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and int(text) > 0 else 1


def scan_ods(package: Package, limits: Limits) -> BookFindings:
    """Findings of every sheet. Raises LedgerEncrypted, LedgerUnreadable, LedgerTooLarge."""
    if "META-INF/manifest.xml" in package and any(
        name == "encryption-data" for name, _ in elements(package, "META-INF/manifest.xml")
    ):
        raise LedgerEncrypted("the workbook is encrypted", hint="Save it without a password and try again.")
    scan = _ContentScan(limits)
    parse_part(package, "content.xml", scan.parser)
    limits.check_cells(sum(found.rows * found.columns for found in scan.book.sheets.values()))
    if any(name.startswith(("Basic/", "Scripts/")) for name in package.infos):
        scan.book.notices.append(
            Text("文件含有宏，宏被忽略，只读取数据", "The file holds macros; they are ignored, only its data are read")
        )
    return scan.book
