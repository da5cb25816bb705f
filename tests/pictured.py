"""Compares what a view draws with what its question's rows name, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govnet_graph.questions import Shows, View, bind
from govnet_graph.records import Dataset
from govnet_graph.store.driver import Graph
from govnet_graph.store.pictures import see
from tests.agreement import answer


def named(value: Any) -> Iterator[tuple[str, str]]:
    """("node" or "relationship", id) of everything that a row's value names, however deep."""
    if isinstance(value, dict):
        if {"id", "type", "from", "to"} <= value.keys():
            yield "relationship", value["id"]
            yield "node", value["from"]
            yield "node", value["to"]
        elif {"id", "label"} <= value.keys():
            yield "node", value["id"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from named(item)


def _of(kind: str, value: Any, there: set[str]) -> set[str]:
    return {id_ for found, id_ in named(value) if found == kind and id_ in there}


async def drawn_rows(
    graph: Graph, view: View, parameters: Mapping[str, object]
) -> list[tuple[set[str], set[str], set[str]]]:
    """Ids of nodes, of relationships and of the ends of relationships, row by row, as the view's own text gives them."""
    text = f"""CALL () {{
{view.body}
}}
RETURN [n IN nodes WHERE n IS NOT NULL | n.id], [r IN links WHERE r IS NOT NULL | [r.id, startNode(r).id, endNode(r).id]]"""
    rows = await graph.read(text, parameters)
    return [(set(nodes), {r[0] for r in links}, {id_ for r in links for id_ in r[1:]}) for nodes, links in rows]


async def misdrawn(graph: Graph, data: Dataset, view: View, given: Mapping[str, object]) -> str:
    """How a view differs from its question for these parameters; empty where both agree."""
    asked = view.question
    where = f"{asked.id} {dict(given)}"
    there = {node.id for node in data.nodes} | {edge.id for edge in data.edges}
    parameters = bind(asked, given, home=data.home)
    about = {value for p in asked.parameters if p.is_id and isinstance(value := parameters[p.name], str)}
    table = await answer(graph, asked, given, data.home)
    rows = await drawn_rows(graph, view, parameters)
    if len(rows) != len(table):
        return f"{where}: {len(table)} rows, {len(rows)} drawn"
    for number, (row, (nodes, links, ends)) in enumerate(zip(table, rows, strict=True)):
        wanted = _of("node", row, there)
        if missing := (wanted - nodes) | (_of("relationship", row, there) - links):
            return f"{where}: row {number} names {sorted(missing)}, which is not drawn"
        if view.shows is Shows.ROWS and (strange := nodes - wanted - about):
            return f"{where}: row {number} draws {sorted(strange)}, which it does not name"
        if loose := ends - nodes:
            return f"{where}: row {number} draws a relationship to {sorted(loose)} without the node"
    if not table:
        return ""
    picture = await see(graph, view, given, home=data.home)
    if {n["id"] for n in picture.nodes} != set().union(*(nodes for nodes, _, _ in rows)):
        return f"{where}: the picture's nodes are not those of its rows"
    if {r["id"] for r in picture.relationships} != set().union(*(links for _, links, _ in rows)):
        return f"{where}: the picture's relationships are not those of its rows"
    return ""
