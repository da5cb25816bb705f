"""Ledgers: reading 35,000 rows of 12 columns to normalised rows, against openpyxl that only reads the cells."""

from __future__ import annotations

import datetime as dt
import io
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.ledgers.files import read_workbook
from govnet_graph.ledgers.mapping import propose
from govnet_graph.ledgers.rows import Reading, read_rows
from govnet_graph.ledgers.templates import write_ledger

ROWS = 35_000
_KEYS = 12
_BASELINE = "openpyxl, cells only"


def pairings(count: int) -> bytes:
    """A ledger of ``count`` pairings in twelve columns, as the template has them: what the benchmark reads."""
    day = dt.date(2024, 1, 1)
    return write_ledger(
        "pairings",
        (
            {
                "unit": f"示例单位{n % 900}",
                "unit_id": f"unit-{n % 900}",
                "street": f"示例街道{n % 14}",
                "community": f"示例社区{n % 167}",
                "grid": f"示例网格{n}",
                "area_code": f"{210_902_003_000_000 + n}",
                "since": day + dt.timedelta(days=n % 700),
                "until": day + dt.timedelta(days=800 + n % 90),
                "services": ["助餐", "理发"],
                "capacity_used": n % 3,
                "note": f"第{n}号协议",
                "contact": f"示例{n % 50}",
            }
            for n in range(count)
        ),
    )


def read_to_the_end(content: bytes) -> Reading:
    """Everything that a preview does before it asks the graph: read, find the table, map, normalise, account."""
    book = read_workbook(content, "pairings.xlsx")
    return read_rows(book, propose(book))


def _openpyxl(content: bytes) -> int:
    # A tool of developers, which an installed govnet does without.
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def openpyxl_cells(content: bytes, count: int) -> float:
    """Rows a second of a reader of cells that does nothing else, for a workbook of ``count`` rows."""
    return _timed(_openpyxl, content, count)


def _timed(work: Callable[[bytes], Any], content: bytes, count: int = ROWS) -> float:
    start = time.perf_counter()
    work(content)
    return count / (time.perf_counter() - start)


def _peak(content: bytes) -> float:
    """Megabytes that Python holds at most while a ledger is read."""
    tracemalloc.start()
    try:
        reading = read_to_the_end(content)
        return tracemalloc.get_traced_memory()[1] / 1e6 if reading.tables else 0.0
    finally:
        tracemalloc.stop()


def run(rounds: int) -> list[Row]:
    """Rows a second both ways, and the most memory for one row of ten and for all rows."""
    content = pairings(ROWS)
    cells = read_to_the_end(content).account.as_json()["结对共建台账"]["total"]
    if cells != (ROWS + 1) * _KEYS + 3:
        raise RuntimeError(f"{cells} cells were read")
    values = interleaved(
        {
            _BASELINE: lambda: openpyxl_cells(content, ROWS),
            "govnet, cells only, limits checked": lambda: _timed(read_workbook, content),
            "govnet, mapped and normalised too": lambda: _timed(read_to_the_end, content),
        },
        rounds,
    )
    small, large = _peak(pairings(ROWS // 10)), _peak(content)
    memory = [
        Row(f"memory, {ROWS // 10:,} rows", small, "MB", small, small),
        Row(f"memory, {ROWS:,} rows", large, "MB", large, large, f"memory, {ROWS // 10:,} rows", large / small),
    ]
    return [*rows(values, "rows/s", _BASELINE), *memory]
