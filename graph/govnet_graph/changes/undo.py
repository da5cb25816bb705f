"""Taking a plan back as a whole, without forgetting that it was: what it created is withdrawn, what it changed restored.

What is taken back is found in the plan's own log and compared with the graph, so an undo that was killed is resumed by
repeating it. A record that gets its former content back gets its former group of changes back too, so that plans can be
undone one after another, newest first; the moment of recording is that of the undo, because only since then does the graph
believe it again.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.changes.apply import write
from govnet_graph.changes.log import Log, edges_now, foreign_link, read_log, superseded_by
from govnet_graph.changes.model import NotUndoable, PlanInfo, Summary
from govnet_graph.changes.plans import plan, plan_of_key, plans, require_free
from govnet_graph.schema import render
from govnet_graph.store.commit import Progress, Stamp, Step, batches, plan_step, state_step, to_json, utc_now
from govnet_graph.store.diff import Props, present_nodes, superseded
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import prepare


@dataclass(slots=True)
class _Found:
    """What is still to be taken back. Relationships are {id: (start, properties now)}; ``corrected`` adds what they get back."""

    edges: dict[str, dict[str, tuple[str, Props]]] = field(default_factory=dict)
    corrected: dict[str, dict[str, tuple[str, Props, Props]]] = field(default_factory=dict)
    nodes: dict[str, list[str]] = field(default_factory=dict)
    restored: dict[str, dict[str, tuple[Props, Props]]] = field(default_factory=dict)
    confirmed: dict[str, list[tuple[str, str | None, dt.date | None]]] = field(default_factory=dict)


async def undo(
    graph: Graph,
    plan_id: str,
    *,
    author: str,
    reason: str,
    batch_size: int = 2000,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    now: dt.datetime | None = None,
) -> Summary:
    """Take back everything that one plan did, also one that was interrupted; resumes an interrupted undo.

    Raises
    ------
    NotFound
        There is no such plan.
    NotUndoable
        It is a load or an undo, or later changes rest on it; the message names the later plan and the record.
    OpenPlan, WriteConflict, Cancelled
    """
    state = await prepare(graph)
    undone = await plan(graph, plan_id)
    if undone.state == "undone":
        return Summary(plan_id, "undone", data_version=state.data_version, already=True)
    _require_undoable(undone)
    key = f"undo:{plan_id}"
    begun = await plan_of_key(graph, key)
    await require_free(graph, state, begun.id if begun else plan_id)
    log = await read_log(graph, plan_id)
    found = await _look(graph, log, plan_id)
    await _require_unused(graph, log, found, plan_id)
    stamp = Stamp(begun.id if begun else f"plan-edit-{uuid.uuid4().hex[:12]}", utc_now(now), ref="undo")
    steps = list(_steps(found, stamp, batch_size))
    if begun is None:
        name = f"undo {undone.name}"
        first = plan_step(stamp, name=name, kind="edit", author=author, reason=reason, key=key, undoes=plan_id)
        steps.insert(0, first)
    steps += [state_step(plan_id, "undone"), state_step(stamp.plan, "applied")]
    summary = _summary(found, stamp.plan, resumed=begun is not None)
    summary.data_version = await write(
        graph, lambda: steps, state.data_version, stamp.plan, batch_size, progress, cancelled
    )
    return summary


def _require_undoable(undone: PlanInfo) -> None:
    if undone.kind == "load":
        raise NotUndoable(
            f"{undone.id} is a load, and loads are not undone.",
            hint="`govnet load NAME --fresh` loads another data set.",
        )
    if undone.undoes is not None:
        raise NotUndoable(f"{undone.id} is an undo itself.", hint="Import the same ledger again instead.")
    if undone.key is None or undone.state not in ("open", "applied"):
        raise NotUndoable(f"{undone.id} is {undone.state} and wrote nothing.", hint="There is nothing to take back.")


def _rests(plan_id: str, later: str, record: str, how: str) -> NotUndoable:
    return NotUndoable(
        f"{plan_id} cannot be taken back, because {later} {how} {record} afterwards.", hint=f"Take back {later} first."
    )


async def _look(graph: Graph, log: Log, plan_id: str) -> _Found:
    """What the graph still holds of what the plan did. Raises NotUndoable where a later plan changed it."""
    found = _Found()
    for type_, edges in log.created_edges.items():
        live = await edges_now(graph, type_, edges)
        for id_, props in live.items():
            _require_own(plan_id, id_, props)
        found.edges[type_] = {id_: (edges[id_], props) for id_, props in live.items()}
    for type_, edges in log.corrected.items():
        live = await edges_now(graph, type_, edges)
        former = await superseded_by(graph, type_, edges, plan_id)
        found.corrected[type_] = {
            id_: (edges[id_], live[id_], before)
            for id_, before in former.items()
            if _is_own(plan_id, id_, live.get(id_), before)
        }
    for label, ids in log.created_nodes.items():
        live = await present_nodes(graph, label, ids)
        for id_, props in live.items():
            _require_own(plan_id, id_, props)
        found.nodes[label] = list(live)
    for label, nodes in log.restored.items():
        live = await present_nodes(graph, label, list(nodes))
        found.restored[label] = {
            id_: (live[id_], before) for id_, before in nodes.items() if _is_own(plan_id, id_, live.get(id_), before)
        }
    if log.day is not None:
        await _look_at_confirmed(graph, log, found, dt.date.fromisoformat(log.day))
    return found


def _require_own(plan_id: str, id_: str, props: Props | None) -> None:
    if props is None or props.get("change") != plan_id:
        raise _rests(plan_id, str(props["change"]) if props else "a later plan", id_, "changed")


def _is_own(plan_id: str, id_: str, props: Props | None, before: Props) -> bool:
    """Whether the record is as the plan left it; False where an interrupted undo has restored it, else NotUndoable."""
    if props is not None and props.get("change") == before.get("change"):
        return False
    _require_own(plan_id, id_, props)
    return True


async def _look_at_confirmed(graph: Graph, log: Log, found: _Found, day: dt.date) -> None:
    """Confirmations that still stand: a later ledger's stay."""
    for kind, group in log.confirmed.items():
        if group and group[0][1] is None:
            live = await present_nodes(graph, kind, [id_ for id_, _, _ in group])
        else:
            live = await edges_now(graph, kind, {id_: start or "" for id_, start, _ in group})
        found.confirmed[kind] = [
            (id_, start, dt.date.fromisoformat(before) if before else None)
            for id_, start, before in group
            if id_ in live and live[id_].get("confirmed_on") == day
        ]


async def _require_unused(graph: Graph, log: Log, found: _Found, plan_id: str) -> None:
    """Raise NotUndoable where a later plan linked to what would be withdrawn, or rests on the plan's own source."""
    for ids in found.nodes.values():
        link = await foreign_link(graph, ids, plan_id)
        if link is not None:
            node, edge, later = link
            raise _rests(plan_id, later, node, f"recorded {edge} at")
    sources = set(log.created_nodes.get("Source", ()))
    if sources:
        for other in await plans(graph):
            if other.id != plan_id and other.source in sources and other.state in ("open", "applied"):
                raise _rests(plan_id, other.id, str(other.source), "recorded facts that rest on")


def _steps(found: _Found, stamp: Stamp, size: int) -> Iterator[Step]:
    """Relationships first, so that no node is withdrawn while something live leads to it."""
    for type_, edges in found.edges.items():
        for part in batches(list(edges.items()), size):
            rows = [[start, id_, superseded(props, type_, stamp)] for id_, (start, props) in part]
            names: dict[str, Any] = {"entities": [id_ for id_, _ in part], "starts": [row[0] for row in rows]}
            yield Step(type_, render.withdraw_edges(type_), rows, [stamp.change("withdraw", type_, **names)])
    for type_, corrected in found.corrected.items():
        for part in batches(list(corrected.items()), size):
            changed = [
                [start, id_, before | {"recorded_at": stamp.moment}, superseded(props, type_, stamp)]
                for id_, (start, props, before) in part
            ]
            names = {"entities": [id_ for id_, _ in part], "starts": [row[0] for row in changed]}
            yield Step(type_, render.change_edges(type_), changed, [stamp.change("supersede", type_, **names)])
    for label, restored in found.restored.items():
        for part in batches(list(restored.items()), size):
            changed = [[id_, before | {"recorded_at": stamp.moment}] for id_, (_, before) in part]
            changes = [
                stamp.change("change", label, id_, before=to_json(props), after=to_json(before))
                for id_, (props, before) in part
            ]
            yield Step(label, render.change_nodes(label), changed, changes)
    for label, ids in found.nodes.items():
        marks = {"was": label, "superseded_at": stamp.moment, "superseded_by": stamp.plan}
        for part in batches(ids, size):
            rows = [[id_, marks] for id_ in part]
            yield Step(
                label, render.withdraw_nodes(label), rows, [stamp.change("withdraw", label, entities=list(part))]
            )
    for kind, group in found.confirmed.items():
        for part in batches(group, size):
            # The change lists what is given its former day back; the days themselves stand in the plan's own log.
            names = {"entities": [id_ for id_, _, _ in part]}
            if part[0][1] is None:
                text, rows = render.confirm_nodes(kind), [[id_, before] for id_, _, before in part]
            else:
                text, rows = render.confirm_edges(kind), [[start, id_, before] for id_, start, before in part]
                names["starts"] = [str(start) for _, start, _ in part]
            yield Step(kind, text, rows, [stamp.change("withdraw", kind, **names)])


def _summary(found: _Found, plan_id: str, *, resumed: bool) -> Summary:
    return Summary(
        plan_id,
        "undone",
        changed=sum(map(len, found.restored.values())) + sum(map(len, found.corrected.values())),
        withdrawn=sum(map(len, found.nodes.values())) + sum(map(len, found.edges.values())),
        confirmed=sum(map(len, found.confirmed.values())),
        resumed=resumed,
    )
