"""Text files with delimiters: encoding (UTF-8 with or without a mark, UTF-16, GB18030) and delimiter found out by trying."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from govnet_graph.ledgers.files.findings import Findings
from govnet_graph.ledgers.files.limits import LedgerTooLarge, LedgerUnreadable, Limits
from govnet_graph.ledgers.model import CellValue

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 50
_FIELD_LIMIT = 1 << 20
_ESCAPED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding that it is in: heuristic between encodings without a mark, exact with one.

    Raises LedgerUnreadable for bytes that are text in none of them.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _decoded(content[len(mark) :], (encoding,))
    head = content[:4096]
    if b"\0" in head:
        # ASCII characters, such as digits and delimiters, have their zero byte second in little-endian order.
        return _decoded(content, ("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be",))
    return _decoded(content, ("utf-8", "gb18030"))


def _decoded(content: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise LedgerUnreadable(
        f"the file is no text in {' or '.join(encodings)}", hint="Save it as .xlsx, or as CSV in UTF-8, and try again."
    )


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines into the same number of cells most often; a comma where none does."""
    sample = "".join(text[: 1 << 16].splitlines(keepends=True)[:_SAMPLE_LINES])
    best, chosen = 0.0, ","
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
        width, times = max(Counter(widths).items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        score = times * (width - 1) / max(len(widths), 1) if width > 1 else 0.0
        if score > best:
            best, chosen = score, delimiter
    return chosen


def read_delimited(content: bytes, limits: Limits) -> tuple[list[list[CellValue]], Findings, str]:
    """Rows of text cells (None where empty), findings, and the encoding. Raises LedgerUnreadable, LedgerTooLarge.

    A cell that begins with = is a formula, which has no stored result here. An apostrophe that our own exports put
    before =, +, -, @, tab or carriage return is taken off.
    """
    text, encoding = decode(content)
    found = Findings()
    rows: list[list[CellValue]] = []
    csv.field_size_limit(_FIELD_LIMIT)
    cells = 0
    try:
        for cell_row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=False):
            rows.append([_cell(value) for value in cell_row])
            number = len(rows)
            found.reach(number, len(cell_row))
            cells += len(cell_row)
            if number >= limits.rows or len(cell_row) > limits.columns:
                limits.check_extent("CSV", number, len(cell_row))
            if cells > limits.cells:
                limits.check_cells(cells)
            if any(value.startswith("=") for value in cell_row if value):
                for column, value in enumerate(cell_row, start=1):
                    if value.startswith("=") and len(value) > 1:
                        found.uncalculated((number, column))
    except csv.Error as error:
        raise LedgerUnreadable(
            f"row {len(rows) + 1} cannot be read: {error}", hint="Check the quotes in that row."
        ) from error
    except MemoryError as error:
        raise LedgerTooLarge("the file does not fit into memory", hint="Split it.") from error
    return rows, found, encoding


def _cell(value: str) -> CellValue:
    if not value:
        return None
    return value[1:] if value[0] == "'" and value.startswith(_ESCAPED) else value
