"""What the Change nodes of a plan say that it did, and what the graph holds of that now."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.store.commit import batches, from_json
from govnet_graph.store.diff import READ_BATCH, Props
from govnet_graph.store.driver import Graph, native

_PAGE = 1000


@dataclass(slots=True)
class Log:
    """What a plan did, by label or relationship type.

    ``created_nodes`` and ``restored`` are keyed by label; ``restored`` holds the properties that nodes had before the plan.
    ``created_edges`` and ``corrected`` hold {relationship id: id of its start}. ``confirmed`` holds (id, start or None, day
    before) and the day that was written.
    """

    created_nodes: dict[str, list[str]] = field(default_factory=dict)
    created_edges: dict[str, dict[str, str]] = field(default_factory=dict)
    restored: dict[str, dict[str, Props]] = field(default_factory=dict)
    corrected: dict[str, dict[str, str]] = field(default_factory=dict)
    confirmed: dict[str, list[tuple[str, str | None, str | None]]] = field(default_factory=dict)
    day: str | None = None


async def read_log(graph: Graph, plan: str) -> Log:
    """The log of one plan, from its Change nodes."""
    log = Log()
    after = ""
    text = "MATCH (:Plan {id: $plan})-[:CHANGES]->(c:Change) WHERE c.id > $after RETURN properties(c) ORDER BY c.id LIMIT $page"
    while rows := await graph.read(text, {"plan": plan, "after": after, "page": _PAGE}):
        for (props,) in rows:
            _add(log, native(props), plan)
        after = rows[-1][0]["id"]
    for type_, edges in log.created_edges.items():
        for id_ in edges:
            log.corrected.get(type_, {}).pop(id_, None)
    for label, ids in log.created_nodes.items():
        for id_ in ids:
            log.restored.get(label, {}).pop(id_, None)
    return log


def _add(log: Log, change: Props, plan: str) -> None:
    kind, operation = change["kind"], change["operation"]
    ids: list[str] = change.get("entities", [])
    starts: list[str] | None = change.get("starts")
    if operation == "create" and starts is None:
        log.created_nodes.setdefault(kind, []).extend(ids)
    elif operation == "create" and starts is not None:
        log.created_edges.setdefault(kind, {}).update(zip(ids, starts, strict=True))
    elif operation in ("supersede", "end") and starts is not None:
        log.corrected.setdefault(kind, {}).update(zip(ids, starts, strict=True))
    elif operation in ("change", "end"):
        before = from_json(kind, change["before"])
        # A resumed plan may have changed a node twice; what it held before the plan is what another group had recorded.
        if before.get("change") != plan:
            log.restored.setdefault(kind, {})[change["entity"]] = before
    elif operation == "confirm":
        days = json.loads(change["before"])
        held: list[Any] = starts or [None] * len(ids)
        log.confirmed.setdefault(kind, []).extend(zip(ids, held, days, strict=True))
        log.day = json.loads(change["after"])


async def edges_now(graph: Graph, type_: str, edges: dict[str, str]) -> dict[str, Props]:
    """The properties of those of the relationships that are live."""
    text = f"UNWIND $rows AS row MATCH (a:Entity {{id: row[0]}})-[r:{type_} {{id: row[1]}}]->() RETURN collect(properties(r))"
    return await _edges(graph, text, edges, {})


async def superseded_by(graph: Graph, type_: str, edges: dict[str, str], plan: str) -> dict[str, Props]:
    """What the relationships held before the plan corrected them, without what marks it as superseded."""
    text = (
        "UNWIND $rows AS row MATCH (a:Entity {id: row[0]})-[r:SUPERSEDED {id: row[1]}]->()"
        " WHERE r.superseded_by = $plan AND r.was = $type AND r.change <> $plan RETURN collect(properties(r))"
    )
    found = await _edges(graph, text, edges, {"plan": plan, "type": type_})
    marks = ("was", "superseded_at", "superseded_by")
    return {id_: {k: v for k, v in props.items() if k not in marks} for id_, props in found.items()}


async def _edges(graph: Graph, text: str, edges: dict[str, str], more: dict[str, Any]) -> dict[str, Props]:
    found: dict[str, Props] = {}
    rows = [[start, id_] for id_, start in edges.items()]
    for part in batches(rows, READ_BATCH):
        for props in (await graph.read(text, {"rows": list(part), **more}))[0][0]:
            found[props["id"]] = native(props)
    return found


async def foreign_link(graph: Graph, ids: list[str], plan: str) -> tuple[str, str, str] | None:
    """(node, relationship, plan) of a relationship at one of these nodes that another plan recorded."""
    text = (
        "UNWIND $ids AS id MATCH (n:Entity {id: id})-[r]-(:Entity) WHERE type(r) <> 'SUPERSEDED' AND r.change <> $plan"
        " RETURN n.id, r.id, r.change LIMIT 1"
    )
    for part in batches(ids, READ_BATCH):
        for row in await graph.read(text, {"ids": list(part), "plan": plan}):
            return row[0], row[1], row[2]
    return None
