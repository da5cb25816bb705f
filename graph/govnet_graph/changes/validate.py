"""Checks what would be written against the schema and the graph, before anything is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from govnet_graph.changes.cycles import cycle
from govnet_graph.changes.model import ChangeSet
from govnet_graph.errors import indefinite
from govnet_graph.records import RecordError, edge_id, property_problems
from govnet_graph.schema import SCHEMA
from govnet_graph.spool import Groups
from govnet_graph.store.commit import batches
from govnet_graph.store.diff import READ_BATCH, Delta, EdgeDelta, NodeDelta
from govnet_graph.store.driver import Graph


async def labels_of(graph: Graph, ids: Iterable[str]) -> dict[str, str]:
    """The label of each of the ids that is in the graph."""
    wanted = sorted(set(ids))
    found: dict[str, str] = {}
    text = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN collect([id, labels(n)])"
    for start in range(0, len(wanted), READ_BATCH):
        for id_, labels in (await graph.read(text, {"ids": wanted[start : start + READ_BATCH]}))[0][0]:
            found[id_] = next(label for label in labels if label != "Entity")
    return found


def require_known(changeset: ChangeSet) -> None:
    """Raise RecordError for a label or type that the schema does not know, or a record that is listed twice."""
    seen: Groups[bool] = Groups()
    for kind, id_, known in chain(
        ((n.label, n.id, n.label in SCHEMA.nodes) for n in changeset.nodes),
        ((e.type, e.id, e.type in SCHEMA.relationships) for e in changeset.edges),
    ):
        if not known:
            raise RecordError(f"{id_} is of the kind {kind}, which the schema does not know.")
        seen.add(id_, False)
    for end in changeset.ends:
        if end.type is not None and end.type not in SCHEMA.relationships:
            raise RecordError(f"{end.entity} is to end, and the schema knows no such relationship.")
        seen.add(end.entity, True)
    for id_, ends in seen:
        if len(ends) > 1:
            raise RecordError(f"{id_} is listed and is to end." if any(ends) else f"{id_} is listed twice.")


async def require_valid(graph: Graph, changeset: ChangeSet, *deltas: Delta) -> None:
    """Raise RecordError when what would be written contradicts the schema, or leads to what is not there.

    The graph is asked in parts; what is held throughout are the labels of new and changed nodes.
    """
    own: dict[str, str] = {}
    sources: set[str] = set()
    parts: list[tuple[str, str]] = []
    ended: set[str] = set()
    first, count = "", 0
    for delta in deltas:
        for nodes in batches(delta.nodes, READ_BATCH):
            own |= {node.id: node.label for node in nodes}
            sources |= {str(node.after["source"]) for node in nodes if "source" in node.after}
            present = await labels_of(graph, (node.id for node in nodes if node.before is None))
            for problem in _of_nodes(nodes, present):
                first, count = first or problem, count + 1
    for delta in deltas:
        for edges in batches(delta.edges, READ_BATCH):
            sources |= {str(edge.after["source"]) for edge in edges if "source" in edge.after}
            ends = (end for edge in edges if edge.before is None for end in (edge.start, edge.end))
            present = await labels_of(graph, (end for end in ends if end not in own))
            for problem in _of_edges(edges, own, present):
                first, count = first or problem, count + 1
            labels = present | own
            for edge in edges:
                if edge.type == "PART_OF" and edge.after.get("until") is not None:
                    ended.add(edge.id)
                elif edge.type == "PART_OF" and edge.before is None and labels.get(edge.start) == labels.get(edge.end):
                    parts.append((edge.start, edge.end))
    if parts and (ring := await cycle(graph, parts, frozenset(ended))):
        first, count = first or f"{' would be part of '.join([*ring, ring[0]])}", count + 1
    there = await labels_of(graph, (source for source in sources if source not in own))
    for source in sorted(sources):
        if "Source" not in (own.get(source), there.get(source)):
            first, count = first or f"records rest on {source}, which is no source", count + 1
    if count:
        more = f" (and {count - 1} more)" if count > 1 else ""
        raise RecordError(f"{changeset.name}: {first}{more}", hint="Nothing was written.")


def _of_nodes(nodes: Iterable[NodeDelta], present: dict[str, str]) -> Iterator[str]:
    for node in nodes:
        if node.before is None and node.id in present:
            yield f"{node.label} {node.id} would take the id of {indefinite(present[node.id])}"
        yield from property_problems(f"{node.label} {node.id}", node.after, SCHEMA.nodes[node.label].by_name)


def _of_edges(edges: Iterable[EdgeDelta], own: dict[str, str], present: dict[str, str]) -> Iterator[str]:
    for edge in edges:
        relationship = SCHEMA.relationships[edge.type]
        yield from property_problems(edge.id, edge.after, relationship.by_name)
        if edge.before is not None:
            continue
        if edge.id.partition("#")[0] != edge_id(edge.type, edge.start, edge.end):
            yield f"relationship {edge.id} has an id that does not name its type and ends"
        ends = [own.get(id_) or present.get(id_) for id_ in (edge.start, edge.end)]
        if ends[0] is None or ends[1] is None:
            yield f"relationship {edge.id} leads to {edge.start if ends[0] is None else edge.end}, which is not there"
        elif not relationship.joins(ends[0], ends[1]):
            yield f"relationship {edge.id} may not join {ends[0]} to {ends[1]}"
