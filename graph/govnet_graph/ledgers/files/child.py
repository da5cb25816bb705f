"""Reads the values of a workbook in a process of its own: ``python child.py MEMORY``; knows nothing of the package.

A few changed bytes can make the reader ask for hundreds of gigabytes, which ends its process; it must not be the server.
The workbook comes on standard input. Standard output gets lines of JSON: for each sheet its name, whether it is hidden
and its merged ranges, then its rows in batches; and ``null`` at the very end.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import sys
from typing import BinaryIO

import orjson
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

DAMAGED, LOCKED = 3, 4
"""Exit codes: the workbook cannot be read, or not without a password."""

_BATCH = 500
_EXACT = 1 << 53


def _cell(value: object) -> object:
    """No empty texts, and whole numbers as such where JSON keeps them: done here, beside what the other process does."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    return None if value == "" else value


def _plain(value: object) -> dict[str, str | float]:
    """Days and times as JSON; other types are written as they are."""
    match value:
        case dt.datetime():
            return {"m": value.isoformat()}
        case dt.date():
            return {"d": value.isoformat()}
        case dt.time():
            return {"t": value.isoformat()}
        case dt.timedelta():
            return {"s": value.total_seconds()}
        case _:
            raise TypeError(f"{type(value)} is no cell")


def _write(content: bytes, out: BinaryIO) -> None:
    def line(value: object) -> None:
        out.write(orjson.dumps(value, _plain, orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE))

    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                merged = sheet.merged_cell_ranges
                line({"sheet": meta.name, "hidden": meta.visible != SheetVisibleEnum.Visible, "merged": merged})
                left = [None] * sheet.start[1] if sheet.start else []
                rows = sheet.iter_rows()
                while part := list(itertools.islice(rows, _BATCH)):
                    line([[*left, *map(_cell, row)] for row in part])
    line(None)


def main() -> int:
    """Run; returns the exit code."""
    try:
        import resource
    except ImportError:  # not on Windows, where a process that asks for too much ends as well
        pass
    else:
        memory = int(sys.argv[1])
        for now in resource.getrlimit(resource.RLIMIT_AS):
            memory = memory if now == resource.RLIM_INFINITY else min(memory, now)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        _write(sys.stdin.buffer.read(), sys.stdout.buffer)
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())
