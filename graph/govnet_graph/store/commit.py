"""The one way in which records are written: steps packed into transactions, each of which raises the data version."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.records import edge_id
from govnet_graph.schema import SCHEMA, ValueType, render
from govnet_graph.store.driver import Graph, Transaction
from govnet_graph.store.state import advance

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A statement with its rows, and the Change nodes that log what it does; both go into one transaction."""

    what: str
    text: str
    rows: Sequence[Any]
    changes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Records that it writes."""
        return len(self.rows) + len(self.changes)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which group of changes writes, and when (naive UTC); ``source`` and ``ref`` say what the group rests on."""

    plan: str
    moment: dt.datetime
    source: str = "src-govnet-model"
    ref: str = "load"

    @property
    def recorded(self) -> dict[str, Any]:
        """What a record carries of it."""
        return {"recorded_at": self.moment, "change": self.plan}

    def change(self, operation: str, kind: str, entity: str | None = None, **more: Any) -> dict[str, Any]:
        """The properties of a Change node of this group."""
        name = f"chg-{uuid.uuid4().hex[:12]}"
        props = {
            "id": name,
            "name": f"{operation} {entity or kind}",
            "operation": operation,
            "kind": kind,
            "source": self.source,
            "source_ref": self.ref,
            "search": name,
            **self.recorded,
            **more,
        }
        return props if entity is None else props | {"entity": entity}


def utc_now(now: dt.datetime | None = None) -> dt.datetime:
    """A moment of recording: naive UTC, whole seconds."""
    return (now or dt.datetime.now(dt.UTC).replace(tzinfo=None)).replace(microsecond=0)


def plan_step(stamp: Stamp, *, name: str, kind: str, author: str, reason: str, **more: str) -> Step:
    """The step that creates the Plan of a group, open."""
    props = {
        "id": stamp.plan,
        "name": name,
        "kind": kind,
        "state": "open",
        "author": author,
        "reason": reason,
        "source": stamp.source,
        "source_ref": stamp.ref,
        "search": stamp.plan,
        **stamp.recorded,
        **more,
    }
    return Step("Plan", render.create_nodes("Plan"), [[stamp.plan, props]])


def state_step(plan: str, state: str) -> Step:
    """The step that ends a plan in a state; it keeps the data version of its own transaction."""
    text = f"UNWIND $rows AS row MATCH (p:Plan {{id: row}}) SET p.state = '{state}', p.data_version = $version"
    return Step("Plan", text, [plan])


def batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The items in parts of at most ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def packed(steps: Iterable[Step], size: int) -> Iterator[list[Step]]:
    """Steps put together into transactions of about ``size`` records: each commit costs a flush to disk."""
    batch: list[Step] = []
    held = 0
    for step in steps:
        if batch and held + step.size > size:
            yield batch
            batch, held = [], 0
        batch.append(step)
        held += step.size
    if batch:
        yield batch


async def commit(graph: Graph, batch: Sequence[Step], version: int, marks: Mapping[str, Any] | None = None) -> int:
    """Write one batch in one transaction; the data version after it.

    Raises WriteConflict when the data version is no longer ``version``; nothing is kept then.
    """
    write_id = uuid.uuid4().hex
    log = [[change["change"], change, _link(change)] for step in batch for change in step.changes]

    async def work(transaction: Transaction) -> None:
        if await advance(transaction, version, write_id, **(marks or {})):
            for step in batch:
                await transaction.run(step.text, {"rows": step.rows, "version": version + 1})
            if log:
                await transaction.run(render.log_changes(), {"rows": log})

    await graph.write(work)
    return version + 1


def _link(change: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of the relationship from a plan to one of its changes."""
    kept = {name: change[name] for name in ("source", "source_ref", "recorded_at", "change")}
    return {"id": edge_id("CHANGES", change["change"], change["id"]), **kept}


def to_json(value: Any) -> str:
    """Properties as a Change keeps them: JSON, days and moments in ISO form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def from_json(kind: str, text: str) -> dict[str, Any]:
    """Properties of a label or relationship type as a Change kept them, typed as the schema says."""
    return typed((kind,), json.loads(text))


def typed(kinds: Iterable[str], props: dict[str, Any]) -> dict[str, Any]:
    """Properties out of JSON with days and moments as such, as the schema says for these labels or relationship types."""
    types = {"superseded_at": ValueType.DATETIME}
    for kind in kinds:
        declared = SCHEMA.nodes.get(kind) or SCHEMA.relationships.get(kind)
        types |= {name: prop.type for name, prop in declared.by_name.items()} if declared else {}
    for name, value in props.items():
        if value is not None and types.get(name) is ValueType.DATE:
            props[name] = dt.date.fromisoformat(value)
        elif value is not None and types.get(name) is ValueType.DATETIME:
            props[name] = dt.datetime.fromisoformat(value).replace(tzinfo=None)
    return props
