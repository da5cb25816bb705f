"""Importing: 35,000 rows previewed, applied and undone, against a plain ``UNWIND … MERGE`` of the same records."""

from __future__ import annotations

import asyncio
import datetime as dt
import time

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.load import send_plainly
from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.changes import ChangeSet, apply, preview, undo
from govnet_graph.records import Edge, Node, Value, edge_id
from govnet_graph.seeds import dataset
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load

ROWS = 35_000
_DAY = dt.date(2026, 10, 1)


def ledger(count: int = ROWS) -> ChangeSet:
    """A ledger of members and the grids that they work for: one node and one relationship a row, twelve facts."""
    data = dataset("demo")
    grids = sorted(node.id for node in data.nodes if node.label == "Grid")
    source = Node("Source", "src-bench", {"name": "台账", "kind": "ledger", "source": "src-bench"})
    nodes, edges = [], []
    for number in range(count):
        member, grid = f"member-bench-{number:06}", grids[number % len(grids)]
        ground: dict[str, Value] = {"source": source.id, "source_ref": f"Sheet1!A{number + 2}"}
        props: dict[str, Value] = {
            "name": f"成员{number}",
            "title": "志愿者",
            "kind": "volunteer",
            "synthetic": True,
            "since": _DAY,
        }
        nodes.append(Node("Member", member, {**props, "note": "甲", **ground}))
        edges.append(
            Edge(
                "ASSIGNED_TO",
                member,
                grid,
                edge_id("ASSIGNED_TO", member, grid),
                {"role": "volunteer", "since": _DAY, "synthetic": True, **ground},
            )
        )
    return ChangeSet(
        "import", "bench", "bench", "bench", source=source, nodes=tuple(nodes), edges=tuple(edges), confirm=_DAY
    )


def run(bench: Bench, rounds: int) -> list[Row]:
    """Rows of the ledger per second for each part; the graph holds the demonstration district each time."""
    wanted = ledger()

    async def timed(kind: str) -> float:
        async with bench.graph() as graph:
            if kind != "undo":
                await clear(graph)
                await load(graph, dataset("demo"), author="bench", reason="bench")
            start = time.perf_counter()
            await _do(graph, kind, wanted)
            return ROWS / (time.perf_counter() - start)

    kinds = ("UNWIND … MERGE", "preview", "apply", "undo")
    values = interleaved({kind: (lambda kind=kind: asyncio.run(timed(kind))) for kind in kinds}, rounds)  # type: ignore[misc]
    return rows(values, "rows/s", "UNWIND … MERGE")


async def _do(graph: Graph, kind: str, wanted: ChangeSet) -> None:
    if kind == "preview":
        await preview(graph, wanted)
    elif kind == "apply":
        await apply(graph, wanted)
    elif kind == "undo":
        await undo(graph, (await _last(graph)), author="bench", reason="bench")
    else:
        await send_plainly(graph, (*wanted.nodes, wanted.source) if wanted.source else wanted.nodes, wanted.edges)


async def _last(graph: Graph) -> str:
    return str((await graph.read("MATCH (p:Plan {state: 'applied', kind: 'import'}) RETURN p.id"))[0][0])
