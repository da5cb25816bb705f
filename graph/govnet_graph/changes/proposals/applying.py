"""Applying a proposal: in one transaction, all of it or nothing, and only while what it rests on still holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from govnet_graph.changes.log import edges_now
from govnet_graph.changes.model import ChangeSet, Summary
from govnet_graph.changes.plans import require_free
from govnet_graph.changes.proposals.keeping import read, set_step, sides
from govnet_graph.changes.proposals.model import (
    TYPE,
    NotApproved,
    NotInThatState,
    PairChange,
    PlanOvertaken,
    Proposal,
)
from govnet_graph.changes.proposals.resting import facts_now, moved
from govnet_graph.changes.validate import require_valid
from govnet_graph.planner.errors import NotInSnapshot
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.records import Edge, Node, RecordError
from govnet_graph.store.commit import Stamp, Step, commit, utc_now
from govnet_graph.store.diff import Delta, EdgeDelta, NodeDelta, Props, node_props, steps_of, without_recorded
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.snapshots import read_snapshot
from govnet_graph.store.state import prepare

_TRIES = 10
_LOG = "UNWIND $rows AS row MATCH (:Plan {id: row[0]})-[:CHANGES]->(c:Change) SET c.recorded_at = row[1]"
_DONE = "UNWIND $rows AS row MATCH (p:Plan {id: row[0]}) SET p += row[1], p.data_version = $version"


async def overtaken(graph: Graph, proposal: Proposal) -> tuple[Snapshot | None, list[dict[str, Any]]]:
    """The snapshot of now, and what has changed of that which the plan rests on; None where its area is gone."""
    try:
        snapshot = await read_snapshot(graph, proposal.area, proposal.effective_on, fresh=True)
    except NotInSnapshot as error:
        gone = {"kind": "area", "id": proposal.area, "fact": None, "before": None, "after": None}
        return None, [{**gone, "text": {"zh": f"区域 {proposal.area} 已不存在", "en": error.message}}]
    return snapshot, moved(
        proposal.rests, facts_now(snapshot, proposal.rests, [change.rests for change in proposal.changes])
    )


async def apply(graph: Graph, plan_id: str, *, author: str, now: dt.datetime | None = None) -> Summary:
    """Apply a plan that was approved, or say that it is applied already.

    The graph is read again. Where what the plan rests on has changed the plan is refused, with the reasons, and that is kept
    with it. Whatever else was written since, or is written meanwhile, does not matter.

    Raises
    ------
    NotApproved, NotInThatState
        Nobody has approved it; it was refused, discarded or taken back.
    PlanOvertaken
        It was refused just now.
    OpenPlan, WriteConflict, NotFound, NotAProposal, EngineUnreachable
    """
    for _ in range(_TRIES):
        state = await prepare(graph)
        proposal = await read(graph, plan_id)
        if proposal.state == "applied":
            return Summary(plan_id, data_version=state.data_version, already=True)
        _require_approved(proposal)
        await require_free(graph, state)
        snapshot, changed = await overtaken(graph, proposal)
        if snapshot is not None and snapshot.data_version != state.data_version:
            continue
        try:
            if changed:
                await _refuse(graph, proposal, changed, state.data_version, utc_now(now))
            return await _write(graph, proposal, author, state.data_version, utc_now(now))
        except WriteConflict:
            continue
        except (PlanOvertaken, RecordError):
            # Somebody may have written, even this plan, between the reading of the snapshot and what was read after it:
            # then all is read again.
            if changed or (await prepare(graph)).data_version == state.data_version:
                raise
    raise WriteConflict(
        f"Others kept writing while {plan_id} was applied; nothing of it was kept.", hint="Apply it again."
    )


def _require_approved(proposal: Proposal) -> None:
    if proposal.state == "open":
        raise NotApproved(
            f"{proposal.id} has not been approved.", hint=f"`govnet plan approve {proposal.id}` approves it."
        )
    if proposal.state != "approved":
        raise NotInThatState(
            f"{proposal.id} is {proposal.state} and cannot be applied.", hint="Make it anew with `govnet plan resolve`."
        )


async def _refuse(
    graph: Graph, proposal: Proposal, changed: list[dict[str, Any]], version: int, moment: dt.datetime
) -> None:
    """Keep with the plan that the graph moved under it, and raise PlanOvertaken."""
    said = ";".join(entry["text"]["zh"] for entry in changed[:5])
    in_english = "; ".join(entry["text"]["en"] for entry in changed[:5])
    verdict = {"verdict": f"{said} ({in_english})", "decided_by": "govnet", "decided_at": moment}
    await commit(graph, [set_step(proposal.id, {"state": "refused", **verdict})], version)
    more = f" (and {len(changed) - 5} more)" if len(changed) > 5 else ""
    raise PlanOvertaken(
        f"{proposal.id} is refused, because the graph has moved under it: {in_english}{more}.",
        hint=f"`govnet plan resolve {proposal.id}` makes it anew from what holds now.",
        moved=changed,
    )


async def _write(graph: Graph, proposal: Proposal, author: str, version: int, moment: dt.datetime) -> Summary:
    source = Node("Source", f"src-{proposal.id}", {"name": proposal.name, "kind": "plan", "note": proposal.reason})
    source = Node("Source", source.id, {**source.props, "source": source.id, "source_ref": "plan"})
    delta = await _delta(graph, proposal, source.id)
    stamp = Stamp(proposal.id, moment, source.id, "proposal")
    origin = Delta(nodes=[NodeDelta("Source", source.id, None, node_props(source))])
    edges = tuple(Edge(d.type, d.start, d.end, d.id) for d in delta.edges)
    changeset = ChangeSet("proposal", proposal.name, author, proposal.reason, source, edges=edges)
    await require_valid(graph, changeset, origin, delta)
    size = max(1, len(delta.edges))
    props = {
        "state": "applied", "key": f"proposal:{proposal.id}", "source": source.id, "recorded_at": moment,
        "applied_by": author,
    }  # fmt: skip
    steps = [
        # The Change nodes that proposed are the log of what is done: only the source is logged besides.
        *steps_of(origin, stamp, size, log=True),
        *steps_of(delta, stamp, size, log=False),
        Step("Change", _LOG, [[proposal.id, moment]]),
        Step("Plan", _DONE, [[proposal.id, props]]),
    ]
    reached = await commit(graph, steps, version)
    made = [d.operation if d.before is not None else "create" for d in delta.edges]
    return Summary(
        proposal.id,
        created=made.count("create"),
        changed=made.count("supersede"),
        ended=made.count("end"),
        data_version=reached,
    )


async def _delta(graph: Graph, proposal: Proposal, source: str) -> Delta:
    """What the changes come to. Raises PlanOvertaken where a pairing is not as the plan found it."""
    wanted = {change.pairing: change.unit for change in proposal.changes}
    present = await edges_now(graph, TYPE, wanted)
    return Delta(edges=[_edge(change, present, proposal.effective_on, source) for change in proposal.changes])


def _edge(change: PairChange, present: dict[str, Props], day: dt.date, source: str) -> EdgeDelta:
    held = present.get(change.pairing)
    stated = {"source": source, "source_ref": "proposal"}
    _, after = sides(change, day)
    if change.operation == "create":
        if held is not None:
            raise PlanOvertaken(f"{change.pairing} is there already.", "Make the plan anew.", [])
        props = {"id": change.pairing, **after, **stated}
        return EdgeDelta(TYPE, change.unit, change.area, change.pairing, None, props)
    if held is None:
        raise PlanOvertaken(f"{change.pairing} is no longer there.", "Make the plan anew.", [])
    if change.operation == "end":
        ended = without_recorded(held) | {"until": day}
        return EdgeDelta(TYPE, change.unit, change.area, change.pairing, held, ended, "end")
    corrected = without_recorded(held) | after | stated
    return EdgeDelta(TYPE, change.unit, change.area, change.pairing, held, corrected)
