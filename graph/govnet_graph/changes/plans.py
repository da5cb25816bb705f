"""The plans that a graph holds, and the rule that only one group of changes is under way at a time."""

from __future__ import annotations

from typing import Any

from govnet_graph.changes.model import OpenPlan, PlanInfo
from govnet_graph.errors import NotFound
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.state import GraphState

_FIELDS = "p.id, p.name, p.kind, p.state, p.author, p.reason, p.recorded_at, p.data_version, p.key, p.undoes, p.source"


async def plans(graph: Graph, kind: str | None = None) -> list[PlanInfo]:
    """All plans, or those of one kind (import, edit, load, proposal), newest first."""
    where = "WHERE $kind IS NULL OR p.kind = $kind"
    return await _read(graph, f"MATCH (p:Plan) {where} RETURN {_FIELDS} ORDER BY p.recorded_at DESC, p.id", kind=kind)


async def plan(graph: Graph, plan_id: str) -> PlanInfo:
    """One plan. Raises NotFound."""
    found = await _read(graph, f"MATCH (p:Plan {{id: $id}}) RETURN {_FIELDS}", id=plan_id)
    if not found:
        raise NotFound(f"There is no plan {plan_id!r}.", hint="`govnet plan list` shows the plans.")
    return found[0]


async def open_plan(graph: Graph) -> PlanInfo | None:
    """The import, edit or undo that has begun and not ended; None when nothing is under way.

    A proposal that somebody has only written down is open too, but has no key yet, so it stands in nobody's way.
    """
    found = await _read(
        graph, f"MATCH (p:Plan {{state: 'open'}}) WHERE p.key IS NOT NULL RETURN {_FIELDS} ORDER BY p.id"
    )
    return found[0] if found else None


async def plan_of_key(graph: Graph, key: str) -> PlanInfo | None:
    """The plan that applied this content, or has begun to; None where that never was, or was taken back."""
    text = f"MATCH (p:Plan {{key: $key}}) WHERE p.state IN ['open', 'applied'] RETURN {_FIELDS} ORDER BY p.id"
    found = await _read(graph, text, key=key)
    return found[0] if found else None


async def require_free(graph: Graph, state: GraphState, own: str | None = None) -> None:
    """Raise OpenPlan when a load, or a plan other than ``own``, has begun and not ended."""
    if state.interrupted is not None:
        what, hint = state.interrupted
        raise OpenPlan(f"{what[0].upper()}{what[1:]}, or it is under way.", hint=hint)
    held = await open_plan(graph)
    if held is not None and held.id != own:
        what = f"The undoing of {held.undoes}" if held.undoes else f"The {held.kind} {held.name!r} ({held.id})"
        raise OpenPlan(
            f"{what} was begun by {held.author} at {held.recorded_at.isoformat()}Z and has not ended.",
            hint=f"If nobody is at it, repeat it to resume it, or take it back: `govnet plan undo {held.undoes or held.id}`.",
        )


async def _read(graph: Graph, text: str, **parameters: Any) -> list[PlanInfo]:
    return [PlanInfo(*native(row)) for row in await graph.read(text, parameters)]
