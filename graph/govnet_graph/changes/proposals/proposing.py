"""Making proposals: from a result, by hand, from a plan that is edited, or anew around its locks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govnet_graph.changes.proposals.adapting import (
    FORBIDDEN,
    LOCKED,
    REPAIR,
    certified,
    changes_of,
    objective_of,
    outcome_of,
    settings_of,
)
from govnet_graph.changes.proposals.editing import HandEdits, edited, leaving, locks_after
from govnet_graph.changes.proposals.keeping import keep, read
from govnet_graph.changes.proposals.model import HAND, OPEN, BadEdit, Draft, NothingToPropose, Proposal
from govnet_graph.changes.proposals.resting import rests_on
from govnet_graph.changes.proposals.solving import Solved, in_thread, solve
from govnet_graph.planner.model import Watch
from govnet_graph.store.driver import Graph
from govnet_graph.store.snapshots import read_snapshot


def draft_of(solved: Solved, *, name: str, author: str, reason: str = "", revises: str = "") -> Draft:
    """A draft of what a result proposes. Raises NothingToPropose where it proposes no change."""
    changes = changes_of(solved.result, solved.snapshot)
    if not changes:
        raise NothingToPropose(
            f"The result of {solved.kind.name} proposes no change, so there is no plan to keep.",
            hint="`repair`, and `withdrawal` of one unit, propose changes where something can be mended.",
        )
    lock, forbid, options = settings_of(solved.result, solved.options)
    snapshot = solved.snapshot
    return Draft(
        name=name,
        author=author,
        reason=reason,
        area=solved.area,
        effective_on=snapshot.as_of,
        method=solved.kind.name,
        options=options,
        snapshot=snapshot.hash,
        base_version=snapshot.data_version or 0,
        changes=changes,
        rests=rests_on(snapshot, [change.rests for change in changes]),
        lock=lock,
        forbid=forbid,
        objective=objective_of(solved.result),
        certificate=certified(solved.result, snapshot, options),
        outcome=outcome_of(solved.result),
        revises=revises,
    )


async def propose(graph: Graph, solved: Solved, *, name: str, author: str, reason: str = "") -> Proposal:
    """Keep what a result proposes as an open plan. Raises NothingToPropose, OpenPlan, EngineUnreachable."""
    draft = await in_thread(lambda: draft_of(solved, name=name, author=author, reason=reason))
    return await keep(graph, draft)


async def by_hand(
    graph: Graph,
    wanted: HandEdits,
    *,
    name: str,
    author: str,
    reason: str = "",
    area: str | None = None,
    as_of: dt.date | None = None,
) -> Proposal:
    """Keep a plan that somebody writes down. What it adds is locked and what it removes forbidden when it is computed anew.

    Raises
    ------
    BadEdit, NotInSnapshot, StaleSnapshot
        The pairings do not fit what the graph holds; nothing was written.
    NothingToPropose, OpenPlan, NothingLoaded, EngineUnreachable
    """
    snapshot = await read_snapshot(graph, area, as_of)
    wanted = leaving(snapshot, wanted)
    changes = edited(snapshot, (), wanted)
    if not changes:
        raise NothingToPropose("The plan holds no change.", hint="Name pairings to begin or to end.")
    lock, forbid = locks_after((), (), wanted)
    draft = Draft(
        name=name,
        author=author,
        reason=reason,
        area=snapshot.areas.ids[snapshot.root],
        effective_on=snapshot.as_of,
        method=HAND,
        options={"without": sorted(wanted.leave)} if wanted.leave else {},
        snapshot=snapshot.hash,
        base_version=snapshot.data_version or 0,
        changes=changes,
        rests=rests_on(snapshot, [change.rests for change in changes]),
        lock=lock,
        forbid=forbid,
    )
    return await keep(graph, draft)


async def edit(
    graph: Graph,
    plan_id: str,
    wanted: HandEdits,
    *,
    author: str,
    name: str = "",
    reason: str = "",
    keep_former: bool = False,
) -> Proposal:
    """A new plan: another one after somebody has edited it. The former is discarded unless it is to be kept.

    Raises
    ------
    BadEdit, ContradictingLocks, NotInSnapshot, StaleSnapshot, NothingToPropose
        The edits make no sense, or the plan no longer fits the graph; nothing was written.
    NotFound, NotAProposal, OpenPlan, NothingLoaded, EngineUnreachable
    """
    former = await read(graph, plan_id)
    if wanted.empty:
        raise BadEdit("There is nothing to edit.", hint="Name pairs to add, remove, lock, forbid or unlock.")
    snapshot = await read_snapshot(graph, former.area, former.effective_on)
    wanted = leaving(snapshot, wanted)
    changes = edited(snapshot, former.changes, wanted, reason)
    if not changes:
        raise NothingToPropose("Nothing is left of the plan.", hint="Discard it instead.")
    lock, forbid = locks_after(former.lock, former.forbid, wanted)
    draft = replace(
        _again(former, name=name, author=author, reason=reason),
        snapshot=snapshot.hash,
        base_version=snapshot.data_version or 0,
        changes=changes,
        rests=rests_on(snapshot, [change.rests for change in changes]),
        lock=lock,
        forbid=forbid,
        options=former.options
        | ({"without": sorted({*former.options.get("without", ()), *wanted.leave})} if wanted.leave else {}),
        # What a solver proved of the former plan is not true of this one.
        objective={} if wanted.add or wanted.remove else former.objective,
        outcome={} if wanted.add or wanted.remove else former.outcome,
        certificate="" if wanted.add or wanted.remove else former.certificate,
    )
    return await keep(graph, draft, replaces=_replaced(former, keep_former=keep_former))


def _again(former: Proposal, *, name: str, author: str, reason: str) -> Draft:
    """A draft with everything that a plan holds, revising it."""
    return Draft(
        name=name or former.name,
        author=author,
        reason=reason or former.reason,
        area=former.area,
        effective_on=former.effective_on,
        method=former.method,
        options=former.options,
        snapshot=former.snapshot,
        base_version=former.base_version,
        changes=former.changes,
        rests=former.rests,
        lock=former.lock,
        forbid=former.forbid,
        objective=former.objective,
        certificate=former.certificate,
        outcome=former.outcome,
        revises=former.id,
    )


def _replaced(former: Proposal, *, keep_former: bool) -> str:
    """The plan to discard when another takes its place; one that was decided or done already stays as it is."""
    return "" if keep_former or former.state not in OPEN else former.id


async def resolve(
    graph: Graph,
    plan_id: str,
    *,
    author: str,
    name: str = "",
    reason: str = "",
    watch: Watch | None = None,
    keep_former: bool = False,
) -> Proposal:
    """A new plan, computed around another one's locks and bans on what the graph holds now; the former is discarded.

    Raises
    ------
    ContradictingLocks, NotInSnapshot, NothingToPropose
        The locks no longer fit; there is nothing to mend.
    NotFound, NotAProposal, OpenPlan, NothingLoaded, EngineUnreachable
    """
    former = await read(graph, plan_id)
    given: Mapping[str, Any] = {**former.options, LOCKED: former.lock, FORBIDDEN: former.forbid}
    solved = await solve(graph, REPAIR, given, area=former.area, as_of=former.effective_on, watch=watch)
    draft = await in_thread(
        lambda: draft_of(
            solved, name=name or former.name, author=author, reason=reason or former.reason, revises=former.id
        )
    )
    return await keep(graph, draft, replaces=_replaced(former, keep_former=keep_former))
