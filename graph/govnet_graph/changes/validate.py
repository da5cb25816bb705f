"""Checks what would be written against the schema and the graph, before anything is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govnet_graph.changes.model import ChangeSet
from govnet_graph.records import RecordError, edge_id, property_problems
from govnet_graph.schema import SCHEMA
from govnet_graph.store.diff import READ_BATCH, Delta
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
    seen: set[str] = set()
    for kind, id_, known in (
        *((n.label, n.id, n.label in SCHEMA.nodes) for n in changeset.nodes),
        *((e.type, e.id, e.type in SCHEMA.relationships) for e in changeset.edges),
    ):
        if not known:
            raise RecordError(f"{id_} is of the kind {kind}, which the schema does not know.")
        if id_ in seen:
            raise RecordError(f"{id_} is listed twice.")
        seen.add(id_)
    for end in changeset.ends:
        if end.entity in seen:
            raise RecordError(f"{end.entity} is listed and is to end.")
        if end.type is not None and end.type not in SCHEMA.relationships:
            raise RecordError(f"{end.entity} is to end, and the schema knows no such relationship.")
        seen.add(end.entity)


async def require_valid(graph: Graph, changeset: ChangeSet, delta: Delta) -> None:
    """Raise RecordError when what would be written contradicts the schema, or leads to what is not there."""
    own = {node.id: node.label for node in delta.nodes}
    wanted = {d.id for d in delta.nodes if d.before is None}
    for edge in delta.edges:
        if edge.before is None:
            wanted |= {edge.start, edge.end}
    written = [d.after for d in delta.nodes] + [d.after for d in delta.edges]
    sources = {str(after["source"]) for after in written if "source" in after}
    present = await labels_of(graph, wanted | sources)
    problems = list(_problems(delta, own, present, sources))
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise RecordError(f"{changeset.name}: {problems[0]}{more}", hint="Nothing was written.")


def _problems(delta: Delta, own: dict[str, str], present: dict[str, str], sources: set[str]) -> Iterator[str]:
    for node in delta.nodes:
        if node.before is None and node.id in present:
            yield f"{node.label} {node.id} would take the id of a {present[node.id]}"
        yield from property_problems(f"{node.label} {node.id}", node.after, SCHEMA.nodes[node.label].by_name)
    for edge in delta.edges:
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
    for source in sorted(sources):
        if "Source" not in (own.get(source), present.get(source)):
            yield f"records rest on {source}, which is no source"
