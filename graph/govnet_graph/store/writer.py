"""Brings a data set into the graph: reads what is there, writes only what differs, in batches that can be resumed.

Each batch is one transaction that raises the data version. A load that was killed is resumed by running it again:
what had been written is found unchanged. Records that the graph holds and the data set does not are left alone.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from govnet_graph.records import Dataset, Node, Properties
from govnet_graph.schema import SCHEMA, render
from govnet_graph.search_text import search_text
from govnet_graph.store.driver import Graph, Transaction, native
from govnet_graph.store.state import advance, prepare

Progress = Callable[[str, int, int], None]
_UNCOMPARED = frozenset({"recorded_at", "change"})
_READ_BATCH = 5000


@dataclass(slots=True)
class Summary:
    """What a load did, counted in records."""

    dataset: str
    created_nodes: int = 0
    created_edges: int = 0
    changed_nodes: int = 0
    changed_edges: int = 0
    unchanged: int = 0
    data_version: int = 0
    plan: str = ""

    @property
    def written(self) -> int:
        """Number of records created or changed."""
        return self.created_nodes + self.created_edges + self.changed_nodes + self.changed_edges


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement with its rows."""

    what: str
    text: str
    rows: list[Any]


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


async def apply(
    graph: Graph,
    dataset: Dataset,
    *,
    author: str,
    reason: str,
    batch_size: int = 1000,
    progress: Progress | None = None,
    now: dt.datetime | None = None,
) -> Summary:
    """Make the graph hold every record of the data set.

    Parameters
    ----------
    graph : Graph
    dataset : Dataset
        Validated records.
    author, reason : str
        Kept on the Plan node that groups what this load changed.
    batch_size : int
        Records in one transaction.
    progress : callable, optional
        Called with (what, records done, records in all).
    now : datetime, optional
        Naive UTC moment of recording; the current one unless given.

    Raises
    ------
    WriteConflict, ForeignGraph, SchemaTooNew, EngineUnreachable
    """
    state = await prepare(graph)
    moment = (now or dt.datetime.now(dt.UTC).replace(tzinfo=None)).replace(microsecond=0)
    resumed = await _open_plan(graph, reason) if state.loading == dataset.name else None
    plan = resumed or f"plan-load-{uuid.uuid4().hex[:12]}"
    summary = Summary(dataset.name, data_version=state.data_version, plan=plan)
    fingerprint = f"{SCHEMA.version}:{dataset.fingerprint()}"
    if state.fingerprint == fingerprint and state.loaded_version == state.data_version:
        summary.unchanged = len(dataset.nodes) + len(dataset.edges)
        return summary
    steps = await _differences(graph, dataset, summary, {"recorded_at": moment, "change": plan}, batch_size)
    if not steps and state.dataset == dataset.name and state.loading is None and state.fingerprint == fingerprint:
        return summary
    if resumed is None:
        # First, so that what a killed load wrote is known to belong together; the load that resumes it goes on with it.
        steps.insert(0, _plan_step(plan, author, reason, moment))
    total = sum(len(step.rows) for step in steps)
    version, done = state.data_version, 0
    for batch in _packed(steps, batch_size):
        await _commit(graph, batch, version, {"loading": dataset.name})
        version, done = version + 1, done + sum(len(step.rows) for step in batch)
        if progress:
            progress(batch[-1].what, done, total)
    marks = {"loading": None, "dataset": dataset.name, "home": dataset.home, "fingerprint": fingerprint}
    applied = "UNWIND $rows AS row MATCH (p:Plan {id: row}) SET p.state = 'applied', p.data_version = $version"
    await _commit(graph, [_Step("Plan", applied, [plan])], version, marks | {"loaded_version": version + 1})
    summary.data_version = version + 1
    return summary


def _packed(steps: list[_Step], size: int) -> Iterator[list[_Step]]:
    """Steps put together into transactions of about ``size`` records: each commit costs a flush to disk."""
    batch: list[_Step] = []
    held = 0
    for step in steps:
        if batch and held + len(step.rows) > size:
            yield batch
            batch, held = [], 0
        batch.append(step)
        held += len(step.rows)
    if batch:
        yield batch


async def _commit(graph: Graph, batch: list[_Step], version: int, marks: dict[str, Any]) -> None:
    write_id = uuid.uuid4().hex

    async def work(transaction: Transaction) -> None:
        if await advance(transaction, version, write_id, **marks):
            for step in batch:
                await transaction.run(step.text, {"rows": step.rows, "version": version + 1})

    await graph.write(work)


async def _open_plan(graph: Graph, reason: str) -> str | None:
    """The plan of a load that was killed."""
    found = await graph.read(
        "MATCH (p:Plan) WHERE p.state = 'open' AND p.kind = 'load' AND p.reason = $reason RETURN p.id ORDER BY p.id LIMIT 1",
        {"reason": reason},
    )
    return found[0][0] if found else None


def _plan_step(plan: str, author: str, reason: str, moment: dt.datetime) -> _Step:
    props = {
        "id": plan,
        "name": reason,
        "kind": "load",
        "state": "open",
        "author": author,
        "reason": reason,
        "source": "src-govnet-model",
        "source_ref": "load",
        "recorded_at": moment,
        "change": plan,
        "search": plan,
    }
    return _Step("Plan", render.create_nodes("Plan"), [[plan, props]])


def _node_props(node: Node) -> dict[str, Any]:
    return {"id": node.id, **node.props, "search": search_text(node.label, node.id, node.props)}


def _differs(wanted: Properties, present: dict[str, Any]) -> bool:
    kept = {key: value for key, value in present.items() if key not in _UNCOMPARED}
    return dict(wanted) != kept


async def _differences(
    graph: Graph, dataset: Dataset, summary: Summary, stamp: dict[str, Any], batch_size: int
) -> list[_Step]:
    """The batches that make the graph equal to the data set; counts go to ``summary``."""
    empty = not await graph.read("MATCH (n:Entity) RETURN 1 LIMIT 1")
    steps: list[_Step] = []
    changes: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    for label, nodes in _grouped(dataset.nodes, lambda n: n.label).items():
        present = {} if empty else await _present_nodes(graph, label, [n.id for n in nodes])
        created, changed = [], []
        for node in nodes:
            props = _node_props(node)
            old = present.get(node.id)
            if old is None:
                created.append([node.id, props | stamp])
            elif _differs(props, old):
                changed.append([node.id, props | stamp])
                changes.append((node.id, old, props))
            else:
                summary.unchanged += 1
        summary.created_nodes += len(created)
        summary.changed_nodes += len(changed)
        steps += [_Step(label, render.create_nodes(label), list(rows)) for rows in _batches(created, batch_size)]
        steps += [_Step(label, render.change_nodes(label), list(rows)) for rows in _batches(changed, batch_size)]
    for type_, edges in _grouped(dataset.edges, lambda e: e.type).items():
        present = {} if empty else await _present_edges(graph, type_, sorted({e.start for e in edges}))
        created, changed = [], []
        for edge in sorted(edges, key=lambda e: (e.start, e.id)):
            props = {"id": edge.id, **edge.props}
            old = present.get(edge.id)
            if old is None:
                created.append([edge.start, edge.end, props | stamp])
            elif _differs(props, old):
                superseded = old | {"was": type_, "superseded_at": stamp["recorded_at"]}
                changed.append([edge.start, edge.id, props | stamp, superseded])
            else:
                summary.unchanged += 1
        summary.created_edges += len(created)
        summary.changed_edges += len(changed)
        steps += [_Step(type_, render.create_edges(type_), list(rows)) for rows in _batches(created, batch_size)]
        steps += [_Step(type_, render.change_edges(type_), list(rows)) for rows in _batches(changed, batch_size)]
    return steps + _change_steps(changes, stamp, batch_size)


def _change_steps(
    changes: list[tuple[str, dict[str, Any], dict[str, Any]]], stamp: dict[str, Any], batch_size: int
) -> list[_Step]:
    """What nodes held before they were changed, kept as Change nodes."""
    rows = []
    for entity, before, after in changes:
        name = f"chg-{uuid.uuid4().hex[:12]}"
        props = {
            "id": name,
            "name": f"change {entity}",
            "operation": "change",
            "entity": entity,
            "before": _json(before),
            "after": _json(after),
            "source": "src-govnet-model",
            "source_ref": "load",
            "search": name,
            **stamp,
        }
        rows.append([name, props])
    return [_Step("Change", render.create_nodes("Change"), list(part)) for part in _batches(rows, batch_size)]


def _json(props: dict[str, Any]) -> str:
    return json.dumps(props, ensure_ascii=False, sort_keys=True, default=str)


def _grouped(items: Iterable[Any], key: Callable[[Any], str]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


async def _present_nodes(graph: Graph, label: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect(properties(n))"
    found: dict[str, dict[str, Any]] = {}
    for part in _batches(ids, _READ_BATCH):
        for props in (await graph.read(text, {"ids": list(part)}))[0][0]:
            found[props["id"]] = native(props)
    return found


async def _present_edges(graph: Graph, type_: str, starts: list[str]) -> dict[str, dict[str, Any]]:
    text = f"UNWIND $ids AS id MATCH (a:Entity {{id: id}})-[r:{type_}]->() RETURN collect(properties(r))"
    found: dict[str, dict[str, Any]] = {}
    for part in _batches(starts, _READ_BATCH):
        for props in (await graph.read(text, {"ids": list(part)}))[0][0]:
            found[props["id"]] = native(props)
    return found
