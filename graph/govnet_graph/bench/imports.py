"""Imports from the file on: a workbook of 35,000 rows and 12 columns read, mapped, resolved and compared with the graph."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
import tracemalloc
from collections.abc import Iterator
from typing import Any

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.ledgers import openpyxl_cells
from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.changes.imports import Imports
from govnet_graph.changes.options import Options
from govnet_graph.ledgers.templates import write_ledger
from govnet_graph.seeds import dataset

ROWS = 35_000
_BASELINE = "openpyxl, cells only"


def workers(count: int) -> bytes:
    """A ledger of ``count`` people whom the graph does not know, in grids and units that it knows: three records a row."""
    return write_ledger("workers", _rows(count))


def _rows(count: int) -> Iterator[dict[str, Any]]:
    data = dataset("demo")
    names = {node.id: str(node.props.get("name", "")) for node in data.nodes}
    grids = sorted(node.id for node in data.nodes if node.label == "Grid")
    units = sorted(names[node.id] for node in data.nodes if node.label == "Unit")
    services = sorted(names[node.id] for node in data.nodes if node.label == "Service")
    day = dt.date(2024, 1, 1)
    for n in range(count):
        grid = grids[n % len(grids)]
        yield {
            "name": f"成员{n}",
            "kind": "志愿者",
            "role": "志愿者",
            "community": names[grid[:12]],
            "grid": names[grid],
            "area_code": grid,
            "unit": units[n % len(units)],
            "party_member": "是" if n % 3 else "否",
            "skills": [services[n % len(services)], services[(n + 7) % len(services)]],
            "since": day + dt.timedelta(days=n % 700),
            "note": f"第{n}号",
            "phones": f"139{n:08}",
        }


def run(bench: Bench, rounds: int) -> list[Row]:
    """Rows a second of a whole preview, and the most memory for one row of ten and for all rows."""
    bench.load_demo()
    imports = Imports(bench.settings)

    async def preview(content: bytes) -> None:
        draft = imports.drafts.put(content, "workers.xlsx", "bench")
        async with bench.graph() as graph:
            shown = await imports.preview(graph, draft, Options())
        if shown.changes is None or not shown.clean or len(shown.changes.new) < 2 * shown.tables[0].rows:
            raise RuntimeError("not every row was understood")

    def timed(content: bytes) -> float:
        start = time.perf_counter()
        asyncio.run(preview(content))
        return ROWS / (time.perf_counter() - start)

    def peak(count: int) -> float:
        """Megabytes that Python holds at most during a preview."""
        content = workers(count)
        tracemalloc.start()
        try:
            asyncio.run(preview(content))
            return tracemalloc.get_traced_memory()[1] / 1e6
        finally:
            tracemalloc.stop()

    content = workers(ROWS)
    values = interleaved(
        {_BASELINE: lambda: openpyxl_cells(content, ROWS), "preview, from the file on": lambda: timed(content)}, rounds
    )
    small, large = peak(ROWS // 10), peak(ROWS)
    names = [f"memory of a preview, {count:,} rows" for count in (ROWS // 10, ROWS)]
    return [
        *rows(values, "rows/s", _BASELINE),
        Row(names[0], small, "MB", small, small),
        Row(names[1], large, "MB", large, large, names[0], large / small),
    ]
