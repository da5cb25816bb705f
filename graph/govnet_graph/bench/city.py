"""Each question in a city of a hundred districts against the same question where the graph holds one district.

The areas are those of a real province. The home district is filled as the demonstration is; of each other district
the first communities are, so that all labels grow alike and the city fits a small machine. Both graphs are asked with
the same parameters, about the home district where a question takes an area. A question whose answer is ten times as
large in the city may take ten times as long; its name says so.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

from govnet_graph.assets import seeds_folder
from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row
from govnet_graph.bench.parameters import demo_parameters
from govnet_graph.bench.questions import Given, timed
from govnet_graph.questions import bind, catalogue
from govnet_graph.records import Edge, Node
from govnet_graph.schema.render import create_edges, create_nodes
from govnet_graph.search_text import search_text
from govnet_graph.seeds import dataset
from govnet_graph.seeds.areas import read_areas
from govnet_graph.seeds.demo import read_profile, stream
from govnet_graph.store.driver import Graph, Transaction
from govnet_graph.store.state import clear, prepare
from govnet_graph.store.writer import apply

DISTRICTS, COMMUNITIES = 100, 30
_BATCH, _MANY = 5000, 10
_CODE = 6


def others(
    home: str, districts: int = DISTRICTS, communities: int = COMMUNITIES
) -> Iterator[tuple[list[Node], list[Edge]]]:
    """The records of the districts besides ``home``, a district or community at a time; their areas come first."""
    nodes, edges = read_areas(seeds_folder() / "areas" / "liaoning.csv")
    codes = sorted({node.id[:_CODE] for node in nodes} - {home})[: districts - 1]
    taken: Counter[str] = Counter()
    kept: dict[str, Node] = {}
    for node in nodes:
        district = node.id[:_CODE]
        if district not in codes or (node.label == "Community" and taken[district] >= communities):
            continue
        taken[district] += node.label == "Community"
        kept[node.id] = node
    yield list(kept.values()), [edge for edge in edges if edge.start in kept]
    for batch in stream(sorted(kept.values(), key=lambda node: node.id), read_profile(seeds_folder() / "demo")):
        yield batch.nodes, batch.edges


async def add(graph: Graph, records: Iterable[tuple[list[Node], list[Edge]]]) -> int:
    """Create records that the graph does not hold, without looking for them; their number."""
    count = 0
    nodes: dict[str, list[Any]] = defaultdict(list)
    edges: dict[str, list[Any]] = defaultdict(list)
    waiting = 0
    for some_nodes, some_edges in records:
        for node in some_nodes:
            search = search_text(node.label, node.id, node.props)
            nodes[node.label].append([node.id, {**node.props, "id": node.id, "search": search}])
        for edge in some_edges:
            edges[edge.type].append([edge.start, edge.end, {**edge.props, "id": edge.id}])
        waiting += len(some_nodes) + len(some_edges)
        count += len(some_nodes) + len(some_edges)
        if waiting >= _BATCH:
            await _flush(graph, nodes, edges)
            waiting = 0
    await _flush(graph, nodes, edges)
    return count


async def _flush(graph: Graph, nodes: dict[str, list[Any]], edges: dict[str, list[Any]]) -> None:
    steps = [(create_nodes(label), rows) for label, rows in nodes.items()]
    steps += [(create_edges(type_), rows) for type_, rows in edges.items()]

    async def work(transaction: Transaction) -> None:
        for text, rows in steps:
            for position in range(0, len(rows), _BATCH):
                await transaction.run(text, {"rows": rows[position : position + _BATCH]})

    await graph.write(work)
    nodes.clear()
    edges.clear()


async def sizes(graph: Graph, given: Given, home: str, most: dict[str, int] | None = None) -> dict[str, int]:
    """Rows of each question's whole answer, counted up to ``most``."""
    found = {}
    for question_id, question in catalogue().items():
        limit = 10**6 if most is None else most[question_id]
        parameters = {**bind(question, given[question_id], home=home), "limit": limit}
        rows = await graph.read(f"CALL () {{\n{question.body}\n}}\nRETURN count(*)", parameters, timeout=300)
        found[question_id] = int(rows[0][0])
    return found


async def _compared(graph: Graph, rounds: int) -> list[Row]:
    data = dataset("demo")
    await clear(graph)
    await prepare(graph)
    await apply(graph, data, author="bench", reason="bench")
    given = await demo_parameters(graph)
    alone = await timed(graph, given, rounds)
    few = await sizes(graph, given, data.home)
    await add(graph, others(data.home))
    # The engine chooses plans by its statistics, which it gathers in the background.
    await graph.define(["CALL db.prepareForReplanning(600)"])
    among = await timed(graph, given, rounds)
    many = await sizes(graph, given, data.home, {name: _MANY * max(count, 1) for name, count in few.items()})
    found = []
    for name, series in among.items():
        larger = many[name] >= _MANY * max(few[name], 1)
        base = median(alone[name])
        title = f"{name} (answer {_MANY} times as large)" if larger else name
        found.append(Row(title, median(series), "ms", min(series), max(series), "one district", median(series) / base))
    return found


def run(bench: Bench, rounds: int) -> list[Row]:
    """Milliseconds per question in the city; the ratio is to its median in a graph of one district."""

    async def work() -> list[Row]:
        async with bench.graph() as graph:
            return await _compared(graph, rounds)

    return asyncio.run(work())
