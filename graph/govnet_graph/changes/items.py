"""Differences as a planner reads them: one item a record, with the properties that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govnet_graph.changes.model import ChangeSet, Item, Operation
from govnet_graph.store.diff import Delta, Props

_UNSHOWN = frozenset({"id", "search", "recorded_at", "change", "confirmed_on"})


def items(delta: Delta, changeset: ChangeSet) -> list[Item]:
    """Every record that would be created or changed; ``search`` and what the store adds are left out."""
    joined = {edge.id: edge for edge in changeset.edges}
    found: list[Item] = []
    for node in delta.nodes:
        before, after = _differing(node.before, node.after)
        found.append(Item("create" if node.before is None else "change", node.label, node.id, before, after))
    for edge in delta.edges:
        before, after = _differing(edge.before, edge.after)
        operation: Operation = "create" if edge.before is None else "supersede"
        found.append(Item(operation, edge.type, edge.id, before, after, edge.start, joined[edge.id].end))
    return found


def ended_items(delta: Delta, changeset: ChangeSet) -> Iterator[Item]:
    """Every record that would end, with the reason that was given."""
    reasons = {end.entity: end.reason for end in changeset.ends}
    for node in delta.nodes:
        before, after = _differing(node.before, node.after)
        yield Item("end", node.label, node.id, before, after, reason=reasons[node.id])
    for edge in delta.edges:
        before, after = _differing(edge.before, edge.after)
        target = edge.id.partition(">")[2].partition("#")[0]
        yield Item("end", edge.type, edge.id, before, after, edge.start, target, reasons[edge.id])


def _differing(before: Props | None, after: Props) -> tuple[dict[str, Any], dict[str, Any]]:
    if before is None:
        return {}, {key: value for key, value in after.items() if key not in _UNSHOWN}
    keys = [k for k in {**before, **after} if k not in _UNSHOWN and before.get(k) != after.get(k)]
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}
