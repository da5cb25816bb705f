"""Reads the whole graph back as records, label by label and type by type."""

from __future__ import annotations

from govnet_graph.records import Edge, Node
from govnet_graph.schema import SCHEMA
from govnet_graph.store.driver import Graph, native

_PAGE = 5000


async def read_records(graph: Graph) -> tuple[list[Node], list[Edge]]:
    """All nodes and relationships of our schema, each list ordered by label or type and id; nothing that was withdrawn."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for label in SCHEMA.nodes:
        text = f"MATCH (n:{label}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $page RETURN n.id, properties(n)"
        after = ""
        while rows := await graph.read(text, {"after": after, "page": _PAGE}):
            nodes += [Node(label, id_, {k: v for k, v in native(props).items() if k != "id"}) for id_, props in rows]
            after = rows[-1][0]
    starts = sorted(node.id for node in nodes)
    for position in range(0, len(starts), _PAGE):
        text = "UNWIND $ids AS id MATCH (a:Entity {id: id})-[r]->(b:Entity) RETURN type(r), a.id, b.id, properties(r)"
        rows = await graph.read(text, {"ids": starts[position : position + _PAGE]})
        for type_, start, end, props in rows:
            plain = native(props)
            edges.append(Edge(type_, start, end, plain.pop("id", ""), plain))
    return nodes, sorted(edges, key=lambda e: (e.type, e.id))
