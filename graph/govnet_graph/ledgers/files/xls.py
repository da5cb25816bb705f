"""A look into .xls files (BIFF8 in a compound file): extent of each sheet, formulas without results, errors, hidden rows.

Only the records that say this are read; values are read by calamine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from govnet_graph.ledgers.files.findings import Findings, error_name
from govnet_graph.ledgers.files.limits import LedgerEncrypted, LedgerUnreadable, Limits
from govnet_graph.ledgers.files.xlsx import BookFindings
from govnet_graph.schema import Text

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_HINT = "Open it in a spreadsheet program, save it as .xlsx and try again."
_BOF, _EOF, _SHEET, _FILEPASS, _FORMULA, _BOOLERR, _ROW, _DATEMODE = 0x809, 0x0A, 0x85, 0x2F, 0x06, 0x205, 0x208, 0x22
_MULRK = 0xBD
_CELLS = frozenset((0xFD, 0x204, 0x203, 0x27E, 0xD6))  # shared text, text, number, packed number, rich text


class CompoundFile:
    """The streams of a compound file. Raises LedgerUnreadable where it is damaged."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise LedgerUnreadable("the file is damaged: its directory cannot be read", hint=_HINT) from error

    def _open(self) -> None:
        head = self._content[:512]
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        directory, _, self._cutoff, mini_fat, _, difat, _ = struct.unpack_from("<7I", head, 48)
        sectors = [s for s in struct.unpack_from("<109I", head, 76) if s < _END]
        seen = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            table = struct.unpack(f"<{self._size // 4}I", self._sector(difat))
            sectors += [s for s in table[:-1] if s < _END]
            difat = table[-1]
        self._fat = [n for s in sectors for n in struct.unpack(f"<{self._size // 4}I", self._sector(s))]
        entries = self._chain(directory)
        self._entries: dict[str, tuple[int, int]] = {}
        root = (0, 0)
        for start in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, start + 64)
            name = entries[start : start + max(length - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", entries, start + 116)
            if kind == 5:
                root = (first, size)
            elif kind == 2:
                self._entries.setdefault(name, (first, size))
        fat = self._chain(mini_fat) if mini_fat < _END else b""
        self._mini_fat = list(struct.unpack(f"<{len(fat) // 4}I", fat))
        self._mini = self._chain(root[0]) if root[0] < _END and root[1] else b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        piece = self._content[start : start + self._size]
        if len(piece) < self._size:
            piece = piece.ljust(self._size, b"\0")
        return piece

    def _chain(self, number: int) -> bytes:
        pieces: list[bytes] = []
        for _ in range(len(self._fat) + 1):
            if number >= _END:
                return b"".join(pieces)
            pieces.append(self._sector(number))
            number = self._fat[number]
        raise ValueError("a chain of sectors goes round")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """One stream whole."""
        first, size = self._entries[name]
        try:
            if size >= self._cutoff:
                return self._chain(first)[:size]
            pieces = list[bytes]()
            number = first
            for _ in range(len(self._mini_fat) + 1):
                if number >= _END:
                    break
                pieces.append(self._mini[number * 64 : number * 64 + 64])
                number = self._mini_fat[number]
            return b"".join(pieces)[:size]
        except (struct.error, IndexError, ValueError) as error:
            raise LedgerUnreadable(f"the file is damaged: {name} cannot be read", hint=_HINT) from error


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of the records of one substream, from its BOF on."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        position += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return


def _scan_sheet(stream: bytes, position: int, name: str, limits: Limits) -> Findings:
    found = Findings()
    for kind, body in _records(stream, position):
        if kind in _CELLS or kind in (_BOOLERR, _FORMULA, _MULRK):
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else column
            found.reach(row + 1, last + 1)
            place = (row + 1, column + 1)
            if kind == _BOOLERR and body[7]:
                found.error(place, error_name(body[6]))
            elif kind == _FORMULA and body[12:14] == b"\xff\xff":
                if body[6] == 2:
                    found.error(place, error_name(body[8]))
                elif body[6] == 3:
                    found.uncalculated(place)
        elif kind == _ROW and struct.unpack_from("<I", body, 12)[0] & 0x20:
            found.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
    limits.check_extent(name, found.rows, found.columns)
    return found


def scan_xls(compound: CompoundFile, limits: Limits) -> BookFindings:
    """Findings of every worksheet. Raises LedgerEncrypted, LedgerUnreadable, LedgerTooLarge."""
    stream = compound.read("Workbook" if "Workbook" in compound else "Book")
    book = BookFindings()
    try:
        sheets = []
        for kind, body in _records(stream, 0):
            if kind == _FILEPASS:
                raise LedgerEncrypted("the workbook is encrypted", hint="Save it without a password and try again.")
            if kind == _DATEMODE:
                book.from_1904 = bool(body[0])
            elif kind == _SHEET and body[5] == 0:
                wide = len(body) > 7 and body[7] & 1
                raw = body[8 : 8 + body[6] * (2 if wide else 1)]
                sheets.append((raw.decode("utf-16-le" if wide else "latin-1"), struct.unpack_from("<I", body)[0]))
        limits.check_sheets(len(sheets))
        for name, position in sheets:
            book.sheets[name] = _scan_sheet(stream, position, name, limits)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise LedgerUnreadable("the file is damaged: its records cannot be read", hint=_HINT) from error
    limits.check_cells(sum(found.rows * found.columns for found in book.sheets.values()))
    if any(name in compound for name in ("VBA", "_VBA_PROJECT", "PROJECT")):
        book.notices.append(
            Text("文件含有宏，宏被忽略，只读取数据", "The file holds macros; they are ignored, only its data are read")
        )
    return book
