"""Deciding on a proposal: approve, refuse, discard. Who decided, when and why is kept with it."""

from __future__ import annotations

import datetime as dt

from govnet_graph.changes.plans import require_free
from govnet_graph.changes.proposals.keeping import read, set_step
from govnet_graph.changes.proposals.model import OPEN, NotInThatState, OwnPlan, Proposal
from govnet_graph.store.commit import commit, utc_now
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.state import prepare

_TRIES = 10


async def approve(
    graph: Graph, plan_id: str, *, author: str, reason: str = "", own: bool = True, now: dt.datetime | None = None
) -> Proposal:
    """Approve a plan that is open; it may be applied then. Approving it again changes nothing.

    ``own`` says whether whoever proposed it may do so. Raises NotFound, NotAProposal, NotInThatState, OwnPlan, OpenPlan.
    """
    return await _decide(graph, plan_id, "approved", ("open",), author, reason, own=own, now=now)


async def refuse(graph: Graph, plan_id: str, *, author: str, reason: str, now: dt.datetime | None = None) -> Proposal:
    """Refuse a plan that was not applied yet, with the reason. Raises NotFound, NotAProposal, NotInThatState, OpenPlan."""
    return await _decide(graph, plan_id, "refused", OPEN, author, reason, now=now)


async def discard(
    graph: Graph, plan_id: str, *, author: str, reason: str = "", now: dt.datetime | None = None
) -> Proposal:
    """Give up a plan that was not applied yet. Raises NotFound, NotAProposal, NotInThatState, OpenPlan."""
    return await _decide(graph, plan_id, "discarded", OPEN, author, reason, now=now)


async def _decide(
    graph: Graph,
    plan_id: str,
    state: str,
    allowed: tuple[str, ...],
    author: str,
    reason: str,
    *,
    own: bool = True,
    now: dt.datetime | None = None,
) -> Proposal:
    for attempt in range(_TRIES):
        held = await prepare(graph)
        proposal = await read(graph, plan_id)
        if proposal.state == state:
            return proposal
        if proposal.state not in allowed:
            raise NotInThatState(
                f"{plan_id} is {proposal.state} and can no longer be {state}.", hint="See it with `govnet plan show`."
            )
        if not own and author == proposal.author:
            raise OwnPlan(
                f"{plan_id} was proposed by {author}, and somebody else has to approve it.",
                hint="The setting GOVNET_APPROVE_OWN decides this.",
            )
        await require_free(graph, held)
        decided = {"state": state, "verdict": reason or None, "decided_by": author, "decided_at": utc_now(now)}
        try:
            await commit(graph, [set_step(plan_id, decided)], held.data_version)
        except WriteConflict:
            if attempt == _TRIES - 1:
                raise
        else:
            break
    return await read(graph, plan_id)
