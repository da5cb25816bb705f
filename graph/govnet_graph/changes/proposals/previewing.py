"""What a plan would do to coverage, and how several compare; always against what the graph holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from govnet_graph.changes.proposals.applying import overtaken
from govnet_graph.changes.proposals.editing import after
from govnet_graph.changes.proposals.keeping import read
from govnet_graph.changes.proposals.model import PairChange, Proposal
from govnet_graph.errors import BadInput
from govnet_graph.planner.changes import Difference, difference
from govnet_graph.planner.errors import PlannerError
from govnet_graph.planner.judging import COVERED, UNCOVERED, UNKNOWN, judge_all
from govnet_graph.planner.problem import peak_loads
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.store.driver import Graph

MOST_COMPARED = 10


def measured(before: Snapshot, changed: Snapshot, changes: Iterable[PairChange]) -> dict[str, Any]:
    """The figures by which plans are compared, after the changes. Exact.

    ``missing`` counts providers that lack where absence is known, ``uncovered``, ``unknown`` and ``covered`` pairs of area
    and requirement; ``worst_load`` is the largest share of its capacity that a unit uses (None where no capacity is known),
    ``over`` the units beyond theirs; ``changes`` the number of changes by kind.
    """
    judged = judge_all(changed).values()
    loads = peak_loads(changed).tolist()
    known = [
        (load, unit.capacity) for load, unit in zip(loads, changed.units, strict=True) if unit.capacity is not None
    ]
    shares = [load / capacity for load, capacity in known if capacity]
    listed = list(changes)
    return {
        "missing": int(sum(j.missing[j.states == UNCOVERED].sum() for j in judged)),
        "uncovered": sum(j.count(UNCOVERED) for j in judged),
        "unknown": sum(j.count(UNKNOWN) for j in judged),
        "covered": sum(j.count(COVERED) for j in judged),
        "worst_load": round(max(shares), 4) if shares else None,
        "over": sum(load > capacity for load, capacity in known),
        "changes": {kind: sum(c.operation == kind for c in listed) for kind in ("create", "supersede", "end")},
        "from": before.hash,
    }


async def preview(graph: Graph, plan_id: str) -> dict[str, Any]:
    """What applying a plan would do now: coverage before and after, who gains, who is newly exposed, conflicts, what moved.

    Raises NotFound, NotAProposal, NothingLoaded, EngineUnreachable.
    """
    return await _previewed(graph, await read(graph, plan_id))


async def _previewed(graph: Graph, proposal: Proposal) -> dict[str, Any]:
    snapshot, moved = await overtaken(graph, proposal)
    told: dict[str, Any] = {
        "plan": proposal.id,
        "name": proposal.name,
        "state": proposal.state,
        "area": proposal.area,
        "as_of": proposal.effective_on.isoformat(),
        "data_version": snapshot.data_version if snapshot is not None else None,
        "snapshot": snapshot.hash if snapshot is not None else None,
        "moved": moved,
        "measures": None,
        "difference": None,
        "text": {"zh": [], "en": []},
    }
    if snapshot is None or proposal.state in ("applied", "undone"):
        return told
    try:
        changed = after(snapshot, proposal.changes)
    except PlannerError as error:
        told["moved"] = moved or [_misfit(error)]
        return told
    found: Difference = difference(snapshot, changed)
    return told | {
        "measures": {
            "before": measured(snapshot, snapshot, ()),
            "after": measured(snapshot, changed, proposal.changes),
        },
        "difference": found.as_json(),
        "text": {"zh": found.lines("zh"), "en": found.lines("en")},
    }


def _misfit(error: PlannerError) -> dict[str, Any]:
    text = {"zh": f"方案与现状不符：{error.message}", "en": error.message}
    return {"kind": "plan", "id": None, "fact": None, "before": None, "after": None, "text": text}


async def compare(graph: Graph, plan_ids: Iterable[str]) -> dict[str, Any]:
    """Several plans side by side: their figures, what they have in common and what only one of them changes.

    Raises BadInput for fewer than two or too many, NotFound, NotAProposal.
    """
    wanted = list(dict.fromkeys(plan_ids))
    if not 2 <= len(wanted) <= MOST_COMPARED:
        raise BadInput(f"{len(wanted)} plans cannot be compared.", hint=f"Name two to {MOST_COMPARED} different plans.")
    found = [await read(graph, plan) for plan in wanted]
    keys = [{_key(change): change for change in proposal.changes} for proposal in found]
    common = set(keys[0]).intersection(*keys[1:])
    shown = [await _previewed(graph, proposal) for proposal in found]
    versions = {one["data_version"] for one in shown if one["data_version"] is not None}
    return {
        "data_version": max(versions, default=None),
        "same_ground": len({(p.area, p.effective_on) for p in found}) == 1,
        "plans": [
            {**proposal.as_json(changes=False), "preview": told} for proposal, told in zip(found, shown, strict=True)
        ],
        "common": [keys[0][key].as_json() for key in keys[0] if key in common],
        "only": {
            p.id: [held[key].as_json() for key in held if key not in common]
            for p, held in zip(found, keys, strict=True)
        },
    }


def _key(change: PairChange) -> tuple[Any, ...]:
    return change.operation, change.unit, change.area, change.services


def flat(measures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a plan in one level, as tables show them."""
    changes: Mapping[str, int] = measures["changes"]
    return {k: v for k, v in measures.items() if k not in ("changes", "from")} | {"changes": sum(changes.values())}
