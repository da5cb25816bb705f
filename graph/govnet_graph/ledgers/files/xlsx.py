"""A look into .xlsx and .xlsm files: extent of each sheet, formulas without results, errors, hidden rows, macros, links."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from govnet_graph.ledgers.files.findings import Findings
from govnet_graph.ledgers.files.limits import LedgerUnreadable, Limits
from govnet_graph.ledgers.files.zipped import Package, elements, parse_part, xml_parser
from govnet_graph.schema import Text

_TRUE = ("1", "true")
# What may follow the cells and hold elements of the same names: rules of extensions have formulas too.
_AFTER_CELLS = frozenset(
    [
        "mergeCells",
        "conditionalFormatting",
        "dataValidations",
        "extLst",
        "autoFilter",
        "hyperlinks",
        "pageMargins",
        "tableParts",
    ]
)


@dataclass(slots=True)
class BookFindings:
    """Findings of a workbook: its sheets by name, its notices, and whether it counts days from 1904."""

    sheets: dict[str, Findings] = field(default_factory=dict)
    notices: list[Text] = field(default_factory=list)
    from_1904: bool = False


def column_number(reference: str) -> int:
    """The column of a cell reference such as AB12; 0 where it has no letters."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number


class _SheetScan:
    """Handles the elements of one sheet. Values are looked at only where a cell holds a formula or an error."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.found = Findings()
        self.parser = xml_parser(self._start)
        self._limits = limits
        self._row = self._column = 0
        self._within = False
        self._columns: dict[str, int] = {}
        self._type = ""
        self._formula = False
        self._text: list[str] | None = None

    def _start(self, name: str, attributes: list[str]) -> None:
        # Called for every element of a sheet, so the two that each cell has are handled here without further calls.
        if name == "c":
            if self._formula or self._text is not None:
                self._finish()
            self._column += 1
            self._type = ""
            self._within = True
            for position in range(0, len(attributes), 2):
                key = attributes[position]
                if key == "r":
                    letters = attributes[position + 1].rstrip("0123456789")
                    self._column = self._columns.get(letters) or self._new_column(letters)
                elif key == "t":
                    self._type = attributes[position + 1]
        elif name == "v" or name == "is":
            if self._within:
                found = self.found
                if self._column > found.columns:
                    found.columns = self._column
                    self._limits.check_extent(self.name, self._row, self._column)
                found.rows = self._row
                if self._formula or self._type == "e":
                    self._text = []
                    self.parser.CharacterDataHandler = self._text.append
        elif name == "f":
            self._formula = self._formula or self._within
        elif name == "row":
            self._next_row(attributes)
        elif name in _AFTER_CELLS:
            self._within = False
        elif ":" in name:
            self._start(name.rpartition(":")[2], attributes)

    def _new_column(self, letters: str) -> int:
        self._columns[letters] = column_number(letters)
        return self._columns[letters] or self._column

    def _next_row(self, attributes: list[str]) -> None:
        if self._formula or self._text is not None:
            self._finish()
        self._column = 0
        self._row += 1
        for position in range(0, len(attributes), 2):
            key, value = attributes[position], attributes[position + 1]
            if key == "r":
                self._row = int(value) if value.isdecimal() else self._row
            elif key == "hidden" and value in _TRUE:
                self.found.hidden_rows.add(self._row)
        self._limits.check_extent(self.name, self.found.rows, self.found.columns)

    def _finish(self) -> None:
        """Judge the cell that a formula or an error was met in, now that its value has been read."""
        self.parser.CharacterDataHandler = None
        text = "".join(self._text or ()).strip()
        place = (self._row, self._column)
        if self._type == "e":
            self.found.error(place, text or "#ERROR")
        elif self._formula and not text and (self._type != "str" or self._text is None):
            # A stored result that is the empty text says so by its type; anything else was never calculated.
            self.found.reach(*place)
            self.found.uncalculated(place)
        self._formula, self._text = False, None

    def run(self, package: Package, part: str) -> Findings:
        parse_part(package, part, self.parser)
        if self._formula or self._text is not None:
            self._finish()
        self._limits.check_extent(self.name, self.found.rows, self.found.columns)
        return self.found


def scan_xlsx(package: Package, limits: Limits) -> BookFindings:
    """Findings of every worksheet. Raises LedgerUnreadable, LedgerTooLarge."""
    book = BookFindings()
    parts = _parts(package, "xl/_rels/workbook.xml.rels")
    for name, attributes in elements(package, "xl/workbook.xml"):
        if name == "workbookPr":
            book.from_1904 = attributes.get("date1904") in _TRUE
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            part = parts.get(relation, "")
            if part not in package:
                raise LedgerUnreadable(
                    f"the workbook is damaged: sheet {attributes.get('name', '')!r} is missing",
                    hint="Open it in a spreadsheet program and save it again.",
                )
            if "/chartsheets/" not in part and "/dialogsheets/" not in part:
                title = attributes.get("name", "")
                book.sheets[title] = _SheetScan(title, limits).run(package, part)
                limits.check_sheets(len(book.sheets))
    limits.check_cells(sum(found.rows * found.columns for found in book.sheets.values()))
    book.notices = list(_notices(package))
    return book


def _parts(package: Package, name: str) -> dict[str, str]:
    """Relation ids of the workbook and the parts that they lead to."""
    found = {}
    for element, attributes in elements(package, name) if name in package else ():
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[attributes.get("Id", "")] = path
    return found


def _notices(package: Package) -> list[Text]:
    notices = []
    if any(name.lower().endswith("vbaproject.bin") for name in package.infos):
        notices.append(
            Text("文件含有宏，宏被忽略，只读取数据", "The file holds macros; they are ignored, only its data are read")
        )
    if any(name.startswith("xl/externalLinks/") for name in package.infos):
        notices.append(
            Text(
                "文件含有指向其他文件的链接，链接不会被打开，使用已保存的值",
                "The file links to other files; links are never followed, stored values are used",
            )
        )
    return notices
