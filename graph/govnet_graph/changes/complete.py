"""What it means that a ledger is complete: it is kept as a Ledger, and what it no longer lists ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from govnet_graph.changes.ending import no_longer_listed
from govnet_graph.changes.model import End
from govnet_graph.errors import NotFound
from govnet_graph.ledgers.facts import Relation
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.records import Edge, Node, edge_id
from govnet_graph.schema import AREAS
from govnet_graph.store.driver import Graph, native

_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Completeness:
    """What declaring ledgers complete adds to an import. ``among`` counts what ``ends`` was chosen from."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    ends: tuple[End, ...] = ()
    among: int | None = None


async def declare(
    graph: Graph, kinds: Iterable[str], area: str, day: dt.date, listed: Collection[str], source: str
) -> Completeness:
    """The ledgers of these kinds as complete for an area from ``day`` on, and what they no longer list.

    A ledger that the graph holds as complete from an earlier day on is left as it is. Raises NotFound for an unknown area.
    """
    name = await _area_name(graph, area)
    nodes: list[Node] = []
    edges: list[Edge] = []
    ends: list[End] = []
    among = 0
    for kind in sorted(kinds):
        if not await _declared(graph, kind, area, day):
            ref = {"source": source, "source_ref": "complete-for"}
            id_ = f"ledger-{area}-{kind}"
            nodes.append(Node("Ledger", id_, {"name": f"{name}{kind_of(kind).text.zh}", "kind": kind, **ref}))
            edge = edge_id("COMPLETE_FOR", id_, area, "" if await _is_free(graph, id_, area) else str(day))
            edges.append(Edge("COMPLETE_FOR", id_, area, edge, {"since": day, **ref}))
        gone, held = await no_longer_listed(graph, kind, area, day, listed)
        ends += gone
        among += held
    return Completeness(tuple(nodes), tuple(edges), tuple(ends), among)


async def _area_name(graph: Graph, area: str) -> str:
    found = await graph.read("MATCH (n:Entity {id: $area}) RETURN labels(n), n.name", {"area": area})
    if not found or not set(found[0][0]) & (set(AREAS) - {"Building"}):
        raise NotFound(
            f"There is no area {area[:40]!r}.", hint="Give the code of a district, street, community or grid."
        )
    return str(found[0][1])


async def _declared(graph: Graph, kind: str, area: str, day: dt.date) -> bool:
    """Whether some ledger of this kind is complete for the area on the day already."""
    text = (
        "MATCH (l:Ledger {kind: $kind})-[r:COMPLETE_FOR]->(a:Entity {id: $area}) "
        "WHERE (r.since IS NULL OR r.since <= $day) AND (r.until IS NULL OR r.until > $day) RETURN count(r)"
    )
    return bool((await graph.read(text, {"kind": kind, "area": area, "day": day}))[0][0])


async def _is_free(graph: Graph, ledger: str, area: str) -> bool:
    """Whether no relationship of an earlier or later time has the plain id."""
    text = "MATCH (l:Ledger {id: $ledger})-[r:COMPLETE_FOR]->(a:Entity {id: $area}) RETURN count(r)"
    return not (await graph.read(text, {"ledger": ledger, "area": area}))[0][0]


async def relations_of(graph: Graph, wanted: Iterable[tuple[str, str]]) -> list[Relation]:
    """The relationships of given types from given things, read in a few packed rows; ``wanted`` is (type, id of the start)."""
    starts: dict[str, set[str]] = {}
    for type_, start in wanted:
        starts.setdefault(type_, set()).add(start)
    found: list[Relation] = []
    for type_, ids in sorted(starts.items()):
        ordered = sorted(ids)
        text = (
            f"UNWIND $ids AS id MATCH (a:Entity {{id: id}})-[r:{type_}]->(b) "
            "RETURN collect([a.id, b.id, labels(b), r.id, r.since, r.until, r.role])"
        )
        for first in range(0, len(ordered), _BATCH):
            rows = (await graph.read(text, {"ids": ordered[first : first + _BATCH]}))[0][0]
            for start, end, labels, id_, since, until, role in native(rows):
                label = next((name for name in labels if name != "Entity"), "")
                props = {"since": since, "until": until, "role": role}
                held = {key: value for key, value in props.items() if value is not None}
                found.append(Relation(type_, start, end, label, id_, held))
    return found
