"""Proposals in the graph: a Plan with a Change for each pairing that it would change, in order; nothing else is written."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govnet_graph.changes.plans import require_free
from govnet_graph.changes.proposals.model import HAND, OPEN, TYPE, Draft, NotAProposal, PairChange, Proposal
from govnet_graph.errors import NotFound
from govnet_graph.schema import Text, render
from govnet_graph.store.commit import Stamp, Step, commit, to_json, utc_now
from govnet_graph.store.driver import Graph, WriteConflict, native
from govnet_graph.store.state import prepare

_TRIES = 10
_PLAN = "MATCH (p:Plan {id: $id}) RETURN properties(p)"
_CHANGES = "MATCH (:Plan {id: $id})-[:CHANGES]->(c:Change) WHERE c.position IS NOT NULL RETURN collect(properties(c))"
_SET = "UNWIND $rows AS row MATCH (p:Plan {id: row[0]}) SET p += row[1]"


async def keep(graph: Graph, draft: Draft, *, replaces: str = "", now: dt.datetime | None = None) -> Proposal:
    """Keep a draft as a proposal that is open, in one transaction; ``replaces`` names a plan that is discarded with that,
    unless it was decided otherwise meanwhile.

    Raises
    ------
    OpenPlan
        An import or another write of several transactions is under way, and would be interrupted.
    WriteConflict, EngineUnreachable
    """
    stamp = Stamp(f"plan-proposal-{uuid.uuid4().hex[:12]}", utc_now(now), ref="proposal")
    await prepare(graph)
    made = _plan_step(draft, await _with_ids(graph, draft), stamp)
    why = f"由 {stamp.plan} 取代（replaced by {stamp.plan}）"
    given_up = {"state": "discarded", "verdict": why, "decided_by": draft.author, "decided_at": stamp.moment}
    for attempt in range(_TRIES):
        state = await prepare(graph)
        await require_free(graph, state)
        steps = [made]
        if replaces and (await read(graph, replaces)).state in OPEN:
            steps.append(set_step(replaces, given_up))
        try:
            await commit(graph, steps, state.data_version)
        except WriteConflict:
            # It rests on no version of the data, so whatever else was written is no reason to give up.
            if attempt == _TRIES - 1:
                raise
        else:
            break
    return await read(graph, stamp.plan)


def set_step(plan: str, props: Mapping[str, Any]) -> Step:
    """The step that gives a plan further properties."""
    return Step("Plan", _SET, [[plan, dict(props)]])


async def _with_ids(graph: Graph, draft: Draft) -> tuple[PairChange, ...]:
    """The changes with the ids of the pairings that begin: the plain one, unless a pairing of another time has it."""
    wanted = [[c.unit, c.plain_id] for c in draft.changes if not c.pairing]
    text = f"UNWIND $rows AS row MATCH (a:Entity {{id: row[0]}})-[r:{TYPE} {{id: row[1]}}]->() RETURN collect(r.id)"
    taken = set((await graph.read(text, {"rows": wanted}))[0][0]) if wanted else set()
    return tuple(
        c
        if c.pairing
        else replace(c, pairing=f"{c.plain_id}#{draft.effective_on}" if c.plain_id in taken else c.plain_id)
        for c in draft.changes
    )


def _plan_step(draft: Draft, changes: tuple[PairChange, ...], stamp: Stamp) -> Step:
    content = {
        "base_version": draft.base_version,
        "lock": list(draft.lock),
        "forbid": list(draft.forbid),
        "objective": draft.objective,
        "outcome": draft.outcome,
        "rests": draft.rests,
        "used": [change.used for change in changes],
    }
    props = {
        "id": stamp.plan,
        "name": draft.name,
        "kind": "proposal",
        "state": "open",
        "author": draft.author,
        "reason": draft.reason,
        "snapshot": draft.snapshot,
        "method": draft.method,
        "area": draft.area,
        "effective_on": draft.effective_on,
        "options": to_json(draft.options),
        "certificate": draft.certificate or None,
        "revises": draft.revises or None,
        "proposed_at": stamp.moment,
        "content": to_json(content),
        "source": stamp.source,
        "source_ref": stamp.ref,
        "search": stamp.plan,
        **stamp.recorded,
    }
    logged = [_logged(change, n, draft.effective_on, stamp) for n, change in enumerate(changes, 1)]
    return Step("Plan", render.create_nodes("Plan"), [[stamp.plan, props]], logged)


def _logged(change: PairChange, position: int, day: dt.date, stamp: Stamp) -> dict[str, Any]:
    """The properties of the Change of one change of a pairing; once it is applied it serves as the log of what was done."""
    before, after = sides(change, day)
    return stamp.change(
        change.operation,
        TYPE,
        entities=[change.pairing],
        starts=[change.unit],
        position=position,
        reason=change.reason.zh if change.reason else None,
        reason_en=change.reason.en if change.reason else None,
        next_best=change.next_best or None,
        cost=change.cost.zh if change.cost else None,
        cost_en=change.cost.en if change.cost else None,
        before=to_json(before) if before else None,
        after=to_json(after),
    )


def sides(change: PairChange, day: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a pairing states before and after a change, as far as the change is about it."""
    services = {"services": list(change.services)}
    match change.operation:
        case "create":
            return {}, {"since": day, **services, "capacity_used": change.used}
        case "end":
            return {"until": None, **services}, {"until": day}
        case "supersede":
            return {"services": list(change.before)}, services


async def read(graph: Graph, plan_id: str) -> Proposal:
    """One proposal with its changes. Raises NotFound, NotAProposal."""
    rows = await graph.read(_PLAN, {"id": plan_id})
    if not rows:
        raise NotFound(f"There is no plan {plan_id[:80]!r}.", hint="`govnet plan list` shows the plans.")
    props = native(rows[0][0])
    if props["kind"] != "proposal":
        raise NotAProposal(
            f"{plan_id} is a plan of the kind {props['kind']}, not a proposal.",
            hint="`govnet plan list --kind proposal` shows the proposals.",
        )
    changes = native((await graph.read(_CHANGES, {"id": plan_id}))[0][0])
    content = json.loads(props.get("content") or "{}")
    shares = content.get("used") or [1] * len(changes)
    ordered = sorted(changes, key=lambda change: change["position"])
    return Proposal(
        name=props["name"],
        author=props.get("author") or "",
        reason=props.get("reason") or "",
        area=props.get("area") or "",
        effective_on=props["effective_on"],
        method=props.get("method") or HAND,
        options=json.loads(props.get("options") or "{}"),
        snapshot=props.get("snapshot") or "",
        base_version=content.get("base_version", 0),
        changes=tuple(_read_change(change, used) for change, used in zip(ordered, shares, strict=True)),
        rests=content.get("rests") or {"unit": {}, "area": {}, "requirement": {}},
        lock=tuple(content.get("lock", ())),
        forbid=tuple(content.get("forbid", ())),
        objective=content.get("objective", {}),
        certificate=props.get("certificate") or "",
        outcome=content.get("outcome", {}),
        revises=props.get("revises") or "",
        id=plan_id,
        state=props["state"],
        proposed_at=props.get("proposed_at"),
        verdict=props.get("verdict") or "",
        decided_by=props.get("decided_by") or "",
        decided_at=props.get("decided_at"),
        applied_version=props.get("data_version"),
    )


def _read_change(props: Mapping[str, Any], used: int) -> PairChange:
    pairing, unit = props["entities"][0], props["starts"][0]
    before, after = json.loads(props.get("before") or "{}"), json.loads(props.get("after") or "{}")
    operation = props["operation"]
    services = before if operation == "end" else after
    return PairChange(
        operation,
        unit,
        pairing.partition(">")[2].partition("#")[0],
        pairing,
        tuple(services.get("services", ())),
        used,
        tuple(before.get("services", ())) if operation == "supersede" else (),
        _text(props, "reason"),
        props.get("next_best") or "",
        _text(props, "cost"),
    )


def _text(props: Mapping[str, Any], name: str) -> Text | None:
    zh, en = props.get(name), props.get(f"{name}_en")
    return Text(zh, en) if zh and en else None
