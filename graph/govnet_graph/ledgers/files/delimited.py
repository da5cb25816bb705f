"""Text files with delimiters: encoding (UTF-8 with or without a mark, UTF-16, GB18030) and delimiter found out by trying."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from govnet_graph.ledgers.files.findings import Findings
from govnet_graph.ledgers.files.limits import LedgerTooLarge, LedgerUnreadable, Limits
from govnet_graph.ledgers.model import CellValue
from govnet_graph.spool import Spool

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 1 << 16
_SAMPLE_LINES = 50
_PIECE = 1 << 20
_FIELD_LIMIT = 1 << 20
_ESCAPED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


def encoding_of(content: bytes) -> tuple[str, int]:
    """The encoding of a file and where its text begins: heuristic between encodings without a mark, exact with one.

    Raises LedgerUnreadable for bytes that are text in none of them.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return _fitting(content, len(mark), (encoding,)), len(mark)
    head = content[:4096]
    if b"\0" in head:
        # ASCII characters, such as digits and delimiters, have their zero byte second in little-endian order.
        little = head[1::2].count(0) > head[::2].count(0)
        return _fitting(content, 0, ("utf-16-le" if little else "utf-16-be",)), 0
    return _fitting(content, 0, ("utf-8", "gb18030")), 0


def _fitting(content: bytes, begin: int, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        read = codecs.getincrementaldecoder(encoding)()
        try:
            # In pieces, as a text takes more room than its bytes.
            ends = range(begin + _PIECE, len(content) + _PIECE, _PIECE)
            if not any("\0" in read.decode(content[end - _PIECE : end], final=end >= len(content)) for end in ends):
                return encoding
        except UnicodeDecodeError:
            continue
    raise LedgerUnreadable(
        f"the file is no text in {' or '.join(encodings)}", hint="Save it as .xlsx, or as CSV in UTF-8, and try again."
    )


def delimiter_of(text: str) -> str:
    """The delimiter that parts the first lines into the same number of cells most often; a comma where none does."""
    sample = "".join(text[:_SAMPLE].splitlines(keepends=True)[:_SAMPLE_LINES])
    best, chosen = 0.0, ","
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
        width, times = max(Counter(widths).items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        score = times * (width - 1) / max(len(widths), 1) if width > 1 else 0.0
        if score > best:
            best, chosen = score, delimiter
    return chosen


def read_delimited(content: bytes, limits: Limits) -> tuple[Spool[list[CellValue]], Findings, str]:
    """Rows of text cells (None where empty), findings, and the encoding. Raises LedgerUnreadable, LedgerTooLarge.

    A cell that begins with = is a formula, which has no stored result here. An apostrophe that our own exports put
    before =, +, -, @, tab or carriage return is taken off.
    """
    encoding, begin = encoding_of(content)
    found = Findings()
    rows: Spool[list[CellValue]] = Spool()
    csv.field_size_limit(_FIELD_LIMIT)
    cells = number = 0
    with _text(content, encoding, begin) as text:
        delimiter = delimiter_of(text.read(_SAMPLE))
    with _text(content, encoding, begin) as text:
        try:
            for number, cell_row in enumerate(csv.reader(text, delimiter=delimiter, strict=False), start=1):
                rows.append([_cell(value) for value in cell_row])
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
                f"row {number + 1} cannot be read: {error}", hint="Check the quotes in that row."
            ) from error
        except MemoryError as error:
            raise LedgerTooLarge("the file does not fit into memory", hint="Split it.") from error
    return rows, found, encoding


def _text(content: bytes, encoding: str, begin: int) -> io.TextIOWrapper:
    source = io.BytesIO(content)
    source.seek(begin)
    return io.TextIOWrapper(source, encoding, newline="")


def _cell(value: str) -> CellValue:
    if not value:
        return None
    return value[1:] if value[0] == "'" and value.startswith(_ESCAPED) else value
