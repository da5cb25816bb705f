"""Loading: our diffing, resumable load against a plain single-statement ``UNWIND … MERGE`` of the same records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.records import Edge, Node
from govnet_graph.schema.render import definitions
from govnet_graph.seeds import dataset
from govnet_graph.store.driver import Graph, Transaction
from govnet_graph.store.state import clear, prepare
from govnet_graph.store.writer import apply


async def send_plainly(graph: Graph, all_nodes: Sequence[Node], all_edges: Sequence[Edge]) -> None:
    """One statement a label and one a type, all rows at once: what a script without our care would send."""
    for label in sorted({node.label for node in all_nodes}):
        nodes = [[node.id, dict(node.props)] for node in all_nodes if node.label == label]
        await _send(graph, f"UNWIND $rows AS row MERGE (n:Entity:{label} {{id: row[0]}}) SET n += row[1]", nodes)
    for type_ in sorted({edge.type for edge in all_edges}):
        edges = [[e.start, e.end, {"id": e.id, **e.props}] for e in all_edges if e.type == type_]
        ends = "UNWIND $rows AS row MATCH (a:Entity {id: row[0]}) MATCH (b:Entity {id: row[1]})"
        await _send(graph, f"{ends} MERGE (a)-[r:{type_} {{id: row[2].id}}]->(b) SET r += row[2]", edges)


async def _send(graph: Graph, text: str, batch: Sequence[object]) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(text, {"rows": batch})

    await graph.write(work)


def run(bench: Bench, rounds: int) -> list[Row]:
    """Records per second of both ways into an empty graph, and of a repeated load that finds nothing to do."""
    data = dataset("demo")
    count = len(data.nodes) + len(data.edges)

    def timed(kind: str) -> float:
        async def work() -> float:
            async with bench.graph() as graph:
                if kind != "govnet load, repeated":
                    await clear(graph)
                await prepare(graph)
                start = time.perf_counter()
                if kind == "UNWIND … MERGE":
                    await graph.define(definitions("neo4j"))
                    await send_plainly(graph, data.nodes, data.edges)
                else:
                    await apply(graph, data, author="bench", reason="bench")
                return count / (time.perf_counter() - start)

        return asyncio.run(work())

    kinds = ("UNWIND … MERGE", "govnet load", "govnet load, repeated")
    values = interleaved({kind: (lambda kind=kind: timed(kind)) for kind in kinds}, rounds)  # type: ignore[misc]
    return rows(values, "records/s", "UNWIND … MERGE")
