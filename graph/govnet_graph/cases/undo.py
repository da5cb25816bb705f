"""Taking back the last step of a case, where the machine lets it be taken back."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
from dataclasses import dataclass

from govnet_graph.cases.machine import MACHINE
from govnet_graph.cases.model import CaseConflict
from govnet_graph.changes import NotUndoable, OpenPlan, undo
from govnet_graph.errors import NotFound
from govnet_graph.store.driver import Graph, WriteConflict, native

_LAST = """
MATCH (c:Case {id: $case})
RETURN coalesce(c.steps, 0),
  COLLECT { MATCH (s:CaseStep)-[:STEP_OF]->(c) RETURN [s.step, s.change, s.from_state, s.id] ORDER BY s.number DESC LIMIT 1 }
"""
_WITHDRAWN = """
MATCH (s:Withdrawn {id: $step})-[:SUPERSEDED {was: 'STEP_OF'}]->(c {id: $case})
RETURN s.step, s.superseded_by, s.from_state
"""
_ATTEMPTS = 20
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back came to: which step, the state that the case is in again (None: it was never raised), and by which plan."""

    case: str
    step: str
    step_id: str
    state: str | None
    plan: str
    data_version: int
    already: bool = False


async def undo_last(
    graph: Graph, case: str, *, author: str, reason: str = "", step_id: str = "", now: dt.datetime | None = None
) -> Undone:
    """Take back the last step of a case.

    Parameters
    ----------
    graph : Graph
    case : str
    author, reason : str
    step_id : str
        The step that the caller means: repeating the request then does not take back another one.
    now : datetime, optional

    Raises
    ------
    NotFound
        There is no such case, or no such step.
    NotUndoable
        It has no step, the machine does not let its last step be taken back, or an import has changed the case since.
    CaseConflict
        ``step_id`` is not the last step.
    OpenPlan, WriteConflict
    """
    for attempt in range(_ATTEMPTS):
        try:
            return await _once(graph, case, author, reason, step_id, now)
        except (WriteConflict, OpenPlan):
            if attempt == _ATTEMPTS - 1:
                raise
        await asyncio.sleep(random.uniform(0.2, 1.0) * _PAUSE * (attempt + 1))  # noqa: S311
    raise AssertionError("unreachable")


async def last_step(graph: Graph, case: str) -> str | None:
    """The id of the last step that was recorded for a case; None for a case of a ledger, or for none."""
    rows = await graph.read(_LAST, {"case": case})
    return str(rows[0][1][0][3]) if rows and rows[0][1] else None


async def _once(graph: Graph, case: str, author: str, reason: str, step_id: str, now: dt.datetime | None) -> Undone:
    if step_id and (done := await graph.read(_WITHDRAWN, {"step": step_id, "case": case})):
        name, plan, before = native(done[0])
        return Undone(case, name, step_id, before, plan, 0, already=True)
    rows = await graph.read(_LAST, {"case": case})
    if not rows:
        raise NotFound(f"There is no case {case[:60]!r}.", hint="`govnet case list` shows the cases.")
    _, last = native(rows[0])
    if not last:
        raise NotUndoable(
            f"{case} comes from a ledger and has taken no step here.", hint="Take back the import instead."
        )
    name, plan, before, found = last[0]
    if step_id and step_id != found:
        raise CaseConflict(
            f"{step_id[:60]} is not the last step of {case}, which is {found}.", hint="Look at the case again."
        )
    if not MACHINE[name].undoable:
        raise NotUndoable(f"The step {name} of {case} is not taken back.", hint="Reopen the case instead.")
    summary = await undo(graph, plan, author=author, reason=reason or f"undo {name}", now=now)
    return Undone(case, name, found, before, summary.plan, summary.data_version, summary.already)
