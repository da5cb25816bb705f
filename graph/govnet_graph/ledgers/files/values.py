"""The values of a workbook, read by a process of its own so that no file can end this one."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from govnet_graph.ledgers.files import child
from govnet_graph.ledgers.files.limits import LedgerEncrypted, LedgerUnreadable, Limits
from govnet_graph.ledgers.model import CellValue, Range
from govnet_graph.spool import Spool

_HINT = "Open it in a spreadsheet program, save it as .xlsx and try again."


@dataclass(slots=True)
class SheetValues:
    """Name, visibility, merged ranges (None where the format's reader does not say) and rows from A1 on."""

    name: str
    hidden: bool
    merged: tuple[Range, ...] | None
    rows: Spool[list[CellValue]] = field(default_factory=Spool)


def sheet_values(content: bytes, limits: Limits) -> list[SheetValues]:
    """Values of all worksheets, in order. Raises LedgerEncrypted, LedgerUnreadable.

    No empty texts, whole numbers as integers, midnights as days.
    """
    # By its path it starts without the rest of the package; -P: nothing beside it is taken for a library.
    command = [sys.executable, "-P", child.__file__, str(limits.memory_bytes)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        timer = threading.Timer(limits.seconds, process.kill)
        timer.start()
        try:
            found, whole = _exchange(process, content)
        finally:
            timer.cancel()
            process.kill()
    if whole:
        return found
    if process.returncode == child.LOCKED:
        raise LedgerEncrypted("the workbook is encrypted", hint="Save it without a password and try again.")
    raise LedgerUnreadable("the workbook is damaged: its cells cannot be read", hint=_HINT)


def _exchange(process: subprocess.Popen[bytes], content: bytes) -> tuple[list[SheetValues], bool]:
    """The sheets that came, and whether the end of the last was reached."""
    if process.stdin is None or process.stdout is None:
        raise LedgerUnreadable("the reader of workbooks could not be started", hint="Try again.")
    try:
        process.stdin.write(content)
        process.stdin.close()
    except BrokenPipeError:
        process.wait()
        return [], False
    found: list[SheetValues] = []
    for line in process.stdout:
        said = orjson.loads(line)
        if said is None:
            process.wait()
            return found, True
        if isinstance(said, dict):
            found.append(SheetValues(said["sheet"], said["hidden"], _ranges(said["merged"])))
        else:
            found[-1].rows.extend(map(_row, said))
    process.wait()
    return found, False


def _ranges(said: Sequence[Sequence[Sequence[int]]] | None) -> tuple[Range, ...] | None:
    if said is None:
        return None
    return tuple(Range(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in said)


def _row(said: list[Any]) -> list[CellValue]:
    kinds = set(map(type, said))
    return [_cell(value) for value in said] if dict in kinds or float in kinds else said


def _cell(said: Any) -> CellValue:
    if isinstance(said, dict):
        return _moment(said)
    return int(said) if isinstance(said, float) and said.is_integer() else said


def _moment(said: dict[str, Any]) -> CellValue:
    ((kind, value),) = said.items()
    match kind:
        case "d":
            return dt.date.fromisoformat(value)
        case "t":
            return dt.time.fromisoformat(value)
        case "s":
            return dt.timedelta(seconds=value)
        case _:
            moment = dt.datetime.fromisoformat(value)
            return moment.date() if moment.time() == dt.time() else moment
