"""Reads the whole graph in pages, in an order that is always the same: memory is flat in the size of the graph.

The pages of one reading belong together only while nobody writes; whoever reads compares the data version before and after.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from govnet_graph.records import Edge, Node
from govnet_graph.store.driver import Graph, native

PAGE = 5000
_SECONDS = 600.0
_COUNT_NODES = "MATCH (n:{0}) RETURN count(n), sum(CASE WHEN n.synthetic THEN 1 ELSE 0 END)"
_COUNT_EDGES = (
    "MATCH (a:Entity)-[r:{0}]->(:Entity) UNWIND labels(a) AS label WITH label, r WHERE label <> 'Entity' "
    "RETURN label, count(r), sum(CASE WHEN r.synthetic THEN 1 ELSE 0 END) ORDER BY label"
)
_NODES = "MATCH (n:{0}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $page RETURN n.id, properties(n)"
_EDGES = (
    "MATCH (a:{0}) WHERE a.id > $after WITH a ORDER BY a.id LIMIT $page OPTIONAL MATCH (a)-[r:{1}]->(b:Entity) "
    "RETURN a.id, b.id, properties(r)"
)


async def count_nodes(graph: Graph, labels: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(nodes, synthetic ones among them) by label, of the labels that have any."""
    found = {}
    for label in labels:
        total, synthetic = (await graph.read(_COUNT_NODES.format(label), timeout=_SECONDS))[0]
        if total:
            found[label] = (total, synthetic)
    return found


async def count_edges(graph: Graph, types: Iterable[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """(relationships, synthetic ones among them) by type and by label of the start, of those that there are."""
    found = {}
    for type_ in types:
        rows = await graph.read(_COUNT_EDGES.format(type_), timeout=_SECONDS)
        if rows:
            found[type_] = {label: (total, synthetic) for label, total, synthetic in rows}
    return found


async def node_pages(graph: Graph, label: str, page: int = PAGE) -> AsyncIterator[list[Node]]:
    """All nodes of one label, ordered by id."""
    text, after = _NODES.format(label), ""
    while rows := await graph.read(text, {"after": after, "page": page}, timeout=_SECONDS):
        yield [Node(label, id_, {k: v for k, v in native(props).items() if k != "id"}) for id_, props in rows]
        after = rows[-1][0]


async def edge_pages(graph: Graph, type_: str, label: str, page: int = PAGE) -> AsyncIterator[list[Edge]]:
    """All relationships of one type that lead from nodes of one label to entities, ordered by start and id."""
    text, after = _EDGES.format(label, type_), ""
    while rows := await graph.read(text, {"after": after, "page": page}, timeout=_SECONDS):
        found = []
        for start, end, props in rows:
            after = max(after, start)
            if end is not None:
                plain = native(props)
                found.append(Edge(type_, start, end, plain.pop("id", ""), plain))
        if found:
            yield sorted(found, key=lambda edge: (edge.start, edge.id, str(edge.props)))


async def synthetic_among(graph: Graph, ids: list[str]) -> frozenset[str]:
    """Which of these nodes were generated for demonstration."""
    text = "UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n.synthetic = true RETURN n.id"
    return frozenset(row[0] for row in await graph.read(text, {"ids": ids})) if ids else frozenset()
