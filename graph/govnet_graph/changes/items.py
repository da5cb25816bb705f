"""Differences as a planner reads them: one item a record, with the properties that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any, overload

from govnet_graph.changes.model import ChangeSet, Item, Operation
from govnet_graph.store.diff import Delta, EdgeDelta, NodeDelta, Props

_UNSHOWN = frozenset({"id", "search", "recorded_at", "change", "confirmed_on"})


class Items(Sequence[Item]):
    """The records of a difference that would be created (``new``) or changed, each made when it is asked for.

    ``search`` and what the store adds are left out.
    """

    def __init__(self, delta: Delta, *, new: bool) -> None:
        self._delta = delta
        self._new = new
        created = delta.creations()
        self._length = created if new else len(delta.nodes) + len(delta.edges) - created

    def _chosen(self) -> Iterator[NodeDelta | EdgeDelta]:
        both: Iterator[NodeDelta | EdgeDelta] = chain(self._delta.nodes, self._delta.edges)
        return (found for found in both if (found.before is None) is self._new)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Item]:
        return map(_item, self._chosen())

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            chosen = range(*at.indices(self._length))
            if chosen.step == 1:
                return list(islice(self, chosen.start, max(chosen.stop, chosen.start)))
            return [self[number] for number in chosen]
        if not -self._length <= at < self._length:
            raise IndexError(at)
        return next(islice(self, at % self._length, None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == len(self) and list(other) == list(self)

    __hash__ = None  # type: ignore[assignment]


def _item(found: NodeDelta | EdgeDelta) -> Item:
    before, after = _differing(found.before, found.after)
    operation: Operation = "create"
    if isinstance(found, NodeDelta):
        if found.before is not None:
            operation = "change"
        return Item(operation, found.label, found.id, before, after)
    if found.before is not None:
        operation = "supersede"
    return Item(operation, found.type, found.id, before, after, found.start, found.end)


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
