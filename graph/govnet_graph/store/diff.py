"""What differs between records that are wanted and those that the graph holds, and the steps that write the difference.

What "differs" means is the caller's: a load makes records equal, an import changes only what its ledger states. The graph
is read in parts and differences stay on disk, so that what is held at a time is one part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from govnet_graph.records import Edge, Node
from govnet_graph.schema import render
from govnet_graph.schema.common import RECORDED
from govnet_graph.search_text import search_text
from govnet_graph.spool import Spool, compact, parts
from govnet_graph.store.commit import Stamp, Step, batches, to_json
from govnet_graph.store.driver import Graph, native

READ_BATCH = 5000
_RECORDED = frozenset(prop.name for prop in RECORDED)
# Marks groups of records that are not there yet; no label, type or operation is called so.
_NEW = "+"
T = TypeVar("T")
Props = dict[str, Any]
MergeNode = Callable[[Node, Props | None], Props | None]
MergeEdge = Callable[[Edge, Props | None], Props | None]


@compact
@dataclass(frozen=True, slots=True)
class NodeDelta:
    """A node to be created (``before`` is None) or changed; ``after`` holds all its properties but the recorded ones."""

    label: str
    id: str
    before: Props | None
    after: Props
    operation: str = "change"


@compact
@dataclass(frozen=True, slots=True)
class EdgeDelta:
    """A relationship to be created (``before`` is None), changed or ended. ``end`` is empty unless it is created."""

    type: str
    start: str
    end: str
    id: str
    before: Props | None
    after: Props
    operation: str = "supersede"


@dataclass(slots=True)
class Delta:
    """All differences; ``unchanged`` counts the records without one."""

    nodes: Sequence[NodeDelta] = ()
    edges: Sequence[EdgeDelta] = ()
    unchanged: int = 0
    created: int | None = None

    def creations(self) -> int:
        """How many of them are new records."""
        if self.created is None:
            self.created = sum(d.before is None for d in self.nodes) + sum(d.before is None for d in self.edges)
        return self.created


def node_props(node: Node) -> Props:
    """All properties of a node as it is stored, without the recorded ones."""
    return {"id": node.id, **node.props, "search": search_text(node.label, node.id, node.props)}


def edge_props(edge: Edge) -> Props:
    """All properties of a relationship as it is stored, without the recorded ones."""
    return {"id": edge.id, **edge.props}


def equal_node(node: Node, present: Props | None) -> Props | None:
    """The merge that makes a node exactly equal to what is wanted."""
    wanted = node_props(node)
    return wanted if present is None or without_recorded(wanted) != without_recorded(present) else None


def equal_edge(edge: Edge, present: Props | None) -> Props | None:
    """The merge that makes a relationship exactly equal to what is wanted."""
    wanted = edge_props(edge)
    return wanted if present is None or without_recorded(wanted) != without_recorded(present) else None


def without_recorded(props: Props) -> Props:
    """The properties that a record states, without those that say when and by what it was recorded or confirmed."""
    return {key: value for key, value in props.items() if key not in _RECORDED}


async def differences(
    graph: Graph,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    merge_node: MergeNode,
    merge_edge: MergeEdge,
    *,
    ending: bool = False,
) -> Delta:
    """Compare records with the graph.

    ``merge_node`` and ``merge_edge`` are given what is wanted and what is there (or None), and return all properties that
    the record should have, or None where it need not change. Raises what they raise.
    """
    empty = not await graph.read("MATCH (n:Entity) RETURN 1 LIMIT 1")
    found_nodes: Spool[NodeDelta] = Spool()
    found_edges: Spool[EdgeDelta] = Spool()
    unchanged = created = 0
    for label, group in grouped(nodes, lambda n: n.label).items():
        for part in batches(group, READ_BATCH):
            present = {} if empty else await present_nodes(graph, label, [n.id for n in part])
            for node in part:
                before = present.get(node.id)
                after = merge_node(node, before)
                if after is None:
                    unchanged += 1
                else:
                    created += before is None
                    found_nodes.append(NodeDelta(label, node.id, before, after, "end" if ending else "change"))
    for type_, joins in grouped(edges, lambda e: e.type).items():
        # What comes from disk comes in order, and may be more than memory holds.
        ordered = joins if isinstance(edges, Spool) else sorted(joins, key=attrgetter("start", "id"))
        # All of one start stand in one part: its relationships are read once.
        for some in parts(ordered, READ_BATCH, attrgetter("start")):
            present = {} if empty else await present_edges(graph, type_, sorted({e.start for e in some}))
            for edge in some:
                before = present.get(edge.id)
                after = merge_edge(edge, before)
                if after is None:
                    unchanged += 1
                else:
                    created += before is None
                    found_edges.append(
                        EdgeDelta(type_, edge.start, edge.end, edge.id, before, after, "end" if ending else "supersede")
                    )
    return Delta(found_nodes, found_edges, unchanged, created)


def grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, Spool[T]]:
    """The items by key, in the order in which the keys first come."""
    groups: dict[str, Spool[T]] = defaultdict(Spool)
    for item in items:
        groups[key(item)].append(item)
    return groups


async def present_nodes(graph: Graph, label: str, ids: Sequence[str]) -> dict[str, Props]:
    """The properties of those of the nodes that are there, by id."""
    text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect(properties(n))"
    found: dict[str, Props] = {}
    for part in batches(ids, READ_BATCH):
        for props in (await graph.read(text, {"ids": list(part)}))[0][0]:
            found[props["id"]] = native(props)
    return found


async def present_edges(graph: Graph, type_: str, starts: Sequence[str]) -> dict[str, Props]:
    """The properties of all relationships of one type that start from these nodes, by id."""
    text = f"UNWIND $ids AS id MATCH (a:Entity {{id: id}})-[r:{type_}]->() RETURN collect(properties(r))"
    found: dict[str, Props] = {}
    for part in batches(starts, READ_BATCH):
        for props in (await graph.read(text, {"ids": list(part)}))[0][0]:
            found[props["id"]] = native(props)
    return found


def steps_of(delta: Delta, stamp: Stamp, size: int, *, log: bool) -> Iterator[Step]:
    """The steps that write a difference, nodes first.

    What a node held before it changed is always kept as a Change. With ``log`` Change nodes also list what was created,
    corrected and ended, packed: that is how an undo finds it without searching the graph.
    """
    nodes = grouped(delta.nodes, lambda d: f"{d.label}{_NEW if d.before is None else ''}")
    for label in dict.fromkeys(key.removesuffix(_NEW) for key in nodes):
        for part in batches(nodes.get(label + _NEW, ()), size):
            rows = [[d.id, d.after | stamp.recorded] for d in part]
            changes = [stamp.change("create", label, entities=[d.id for d in part])] if log else []
            yield Step(label, render.create_nodes(label), rows, changes)
        for part in batches(nodes.get(label, ()), size):
            rows = [[d.id, d.after | stamp.recorded] for d in part]
            changes = [
                stamp.change(d.operation, label, d.id, before=to_json(d.before), after=to_json(d.after)) for d in part
            ]
            yield Step(label, render.change_nodes(label), rows, changes)
    edges = grouped(delta.edges, lambda d: f"{d.type} {_NEW if d.before is None else d.operation}")
    for type_ in dict.fromkeys(key.partition(" ")[0] for key in edges):
        for some in batches(edges.get(f"{type_} {_NEW}", ()), size):
            rows = [[d.start, d.end, d.after | stamp.recorded] for d in some]
            yield Step(type_, render.create_edges(type_), rows, _edge_log("create", type_, some, stamp, log))
        for key, group in edges.items():
            kind, _, operation = key.partition(" ")
            for some in batches(group, size) if kind == type_ and operation != _NEW else ():
                rows = [
                    [d.start, d.id, d.after | stamp.recorded, superseded(d.before or {}, type_, stamp)] for d in some
                ]
                yield Step(type_, render.change_edges(type_), rows, _edge_log(operation, type_, some, stamp, log))


def _edge_log(operation: str, type_: str, part: Sequence[EdgeDelta], stamp: Stamp, log: bool) -> list[Props]:
    if not log:
        return []
    return [stamp.change(operation, type_, entities=[d.id for d in part], starts=[d.start for d in part])]


def superseded(props: Props, type_: str, stamp: Stamp) -> Props:
    """The properties of the SUPERSEDED form of a relationship."""
    return props | {"was": type_, "superseded_at": stamp.moment, "superseded_by": stamp.plan}
