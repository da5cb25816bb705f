"""Previewing and applying a change set: compare with the graph, check, write in batches that a kill cannot spoil."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from govnet_graph.changes.items import Items, ended_items
from govnet_graph.changes.model import Cancelled, ChangeSet, End, Preview, Side, Summary, TooManyEnded
from govnet_graph.changes.patch import Merge, confirm_steps
from govnet_graph.changes.plans import plan_of_key, plans, require_free
from govnet_graph.changes.validate import labels_of, require_known, require_valid
from govnet_graph.records import Edge, Node, RecordError
from govnet_graph.store.commit import Progress, Stamp, Step, commit, packed, plan_step, state_step, utc_now
from govnet_graph.store.diff import Delta, differences, steps_of
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.state import GraphState, prepare, read_state

LARGEST_SHARE = 0.2
_NO_SOURCE = "src-govnet-model"
#: Name of the data set of a graph that no data set was loaded into.
FROM_LEDGERS = "ledgers"


@dataclass(frozen=True, slots=True)
class _Worked:
    """What a change set comes to: what is written as stated, what ends, and what the comparison found on the way."""

    stated: Delta
    ended: Delta
    merge: Merge
    share: float | None


async def preview(graph: Graph, changeset: ChangeSet, *, conflicts: Side = "graph") -> Preview:
    """What applying the change set would do now; writes nothing. The guard on ends is not applied, ``share`` shows it.

    Raises
    ------
    RecordError
        What would be written contradicts the schema or leads to what is not there.
    WriteConflict
        The graph moved while it was compared; look again.
    ForeignGraph, SchemaTooNew, EngineUnreachable
    """
    state = await read_state(graph)
    worked = await _work_out(graph, changeset, conflicts, state)
    return Preview(
        new=Items(worked.stated, new=True),
        changed=Items(worked.stated, new=False),
        ended=tuple(ended_items(worked.ended, changeset)),
        unchanged=worked.stated.unchanged,
        confirmed=len(worked.merge.confirmations),
        conflicts=tuple(worked.merge.conflicts),
        data_version=state.data_version if state else 0,
        share=worked.share,
    )


async def apply(
    graph: Graph,
    changeset: ChangeSet,
    *,
    expected_version: int | None = None,
    conflicts: Side = "graph",
    allow_ending: float = LARGEST_SHARE,
    batch_size: int = 2000,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    now: dt.datetime | None = None,
) -> Summary:
    """Apply a change set, or resume it where it was interrupted, or say that it is applied already.

    The plan is written first, so that all that follows is known to belong together. Each batch is one transaction that
    leaves a valid graph; what fits into one batch is applied in one transaction.

    Parameters
    ----------
    graph : Graph
    changeset : ChangeSet
    expected_version : int, optional
        Data version that was previewed; refused when the graph has moved since (not asked of a resumption).
    conflicts : {"graph", "ledger"}
        Whose value stands where the two conflict.
    allow_ending : float
        Largest share, from 0 to 1, of the live relationships in question that may end.
    batch_size : int
        Records in one transaction.
    progress : callable, optional
        Called after each batch with (what, records done, records in all).
    cancelled : callable, optional
        Asked before each batch; when it says True the plan is left open.
    now : datetime, optional
        Naive UTC moment of recording.

    Raises
    ------
    OpenPlan
        Something else is under way.
    WriteConflict
        The graph moved; run it again (resumes what was written).
    TooManyEnded, RecordError
        Refused, nothing was written.
    Cancelled
    """
    state = await prepare(graph)
    begun = await plan_of_key(graph, changeset.key)
    if begun is not None and begun.state == "applied":
        return Summary(begun.id, data_version=state.data_version, already=True)
    await require_free(graph, state, begun.id if begun else None)
    if begun is None and expected_version is not None and expected_version != state.data_version:
        raise WriteConflict(
            f"The graph moved from data version {expected_version} to {state.data_version} since the preview; nothing was written.",
            hint="Look at the preview again.",
        )
    worked = await _work_out(graph, changeset, conflicts, state)
    if worked.share is not None and worked.share > allow_ending:
        raise TooManyEnded(
            f"{changeset.name} would end {worked.share:.0%} of what it is declared complete for; at most {allow_ending:.0%} may end.",
            hint="Make sure that the ledger is whole; `--allow-ending` lifts the limit.",
        )
    stamp = Stamp(
        begun.id if begun else f"plan-{changeset.kind}-{uuid.uuid4().hex[:12]}",
        utc_now(now),
        changeset.source.id if changeset.source else _NO_SOURCE,
        changeset.kind,
    )
    summary = _summary(worked, stamp.plan, resumed=begun is not None)

    def steps() -> Iterator[Step]:
        if begun is None:
            named = {"name": changeset.name, "kind": changeset.kind, "author": changeset.author}
            yield plan_step(stamp, **named, reason=changeset.reason, key=changeset.key)
        yield from _steps(worked, changeset, stamp, batch_size)
        yield state_step(stamp.plan, "applied")

    if begun is None and not any(True for _ in _steps(worked, changeset, stamp, batch_size)):
        # Nothing is left to do also where somebody did just this in the meantime, under a plan that was not there yet.
        await _require_unmoved(graph, state)
        summary.plan, summary.data_version = "", state.data_version
        return summary
    marks = await _first_marks(graph, state, changeset)
    summary.data_version = await write(
        graph, steps, state.data_version, stamp.plan, batch_size, progress, cancelled, marks
    )
    return summary


async def _first_marks(graph: Graph, state: GraphState, changeset: ChangeSet) -> dict[str, str]:
    """What a graph is marked with that is filled from ledgers alone: that it holds data, and its district where it is one."""
    marks = {} if state.dataset else {"dataset": FROM_LEDGERS}
    if marks or state.home is None:
        found = {node.id for node in changeset.nodes if node.label == "District"}
        found |= {row[0] for row in await graph.read("MATCH (d:District) RETURN d.id")}
        if len(found) == 1:
            marks["home"] = found.pop()
    return marks


async def write(
    graph: Graph,
    steps: Callable[[], Iterable[Step]],
    version: int,
    plan: str,
    batch_size: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    marks: Mapping[str, str] | None = None,
) -> int:
    """Write steps batch by batch, ``marks`` with the last; the data version in the end. Raises WriteConflict or Cancelled.

    ``steps`` makes them: once to count what there is to do, and once to do it, as they may be more than memory holds.
    """
    total, done = sum(step.size for step in steps()), 0
    for batch in packed(steps(), batch_size):
        if cancelled is not None and cancelled():
            raise Cancelled(
                f"Stopped after {done} of {total} records; {plan} is left open.",
                hint="Repeat it to resume it, or take back what was written with `govnet plan undo`.",
                plan=plan,
            )
        size = sum(step.size for step in batch)
        version = await commit(graph, batch, version, marks if done + size == total else None)
        done += size
        if progress:
            progress(batch[-1].what, done, total)
    return version


async def _work_out(graph: Graph, changeset: ChangeSet, side: Side, state: GraphState | None) -> _Worked:
    """Compare with the graph as it was at ``state``; a fault found while somebody else writes is no fault of the change set."""
    require_known(changeset)
    try:
        return await _compared(graph, changeset, side)
    except RecordError:
        await _require_unmoved(graph, state)
        raise


async def _require_unmoved(graph: Graph, state: GraphState | None) -> None:
    if await read_state(graph) != state:
        raise WriteConflict("The graph moved while it was compared; nothing was written.", hint="Try again.")


async def _compared(graph: Graph, changeset: ChangeSet, side: Side) -> _Worked:
    # Without a day nothing conflicts, so nobody asks how old a group of changes is.
    recorded = {p.id: p.recorded_at.date() for p in await plans(graph)} if changeset.confirm is not None else {}
    merge = Merge(changeset.confirm, side, patch=changeset.patch, recorded=recorded)
    own = {node.id for node in changeset.nodes}
    first = [changeset.source] if changeset.source is not None and changeset.source.id not in own else []
    stated = await differences(graph, chain(first, changeset.nodes), changeset.edges, merge.node, merge.edge)
    nodes, edges = await _ending(graph, changeset.ends)
    ended = await differences(graph, nodes, edges, merge.end_node, merge.end_edge, ending=True)
    await require_valid(graph, changeset, stated, ended)
    share = None
    if changeset.among is not None:
        share = len(ended.edges) / changeset.among if changeset.among else 0.0
    return _Worked(stated, ended, merge, share)


async def _ending(graph: Graph, ends: Iterable[End]) -> tuple[list[Node], list[Edge]]:
    """Ends as records that state nothing but their last day."""
    labels = await labels_of(graph, (end.entity for end in ends if end.type is None))
    nodes, edges = [], []
    for end in ends:
        if end.type is not None:
            edges.append(Edge(end.type, end.start, "", end.entity, {"until": end.until}))
        elif end.entity in labels:
            nodes.append(Node(labels[end.entity], end.entity, {"until": end.until}))
        else:
            raise RecordError(f"{end.entity} is to end and is not in the graph.")
    return nodes, edges


def _steps(worked: _Worked, changeset: ChangeSet, stamp: Stamp, size: int) -> Iterable[Step]:
    yield from steps_of(worked.stated, stamp, size, log=True)
    yield from steps_of(worked.ended, stamp, size, log=True)
    if changeset.confirm is not None:
        yield from confirm_steps(worked.merge.confirmations, changeset.confirm, stamp, size)


def _summary(worked: _Worked, plan: str, *, resumed: bool) -> Summary:
    stated = worked.stated
    created = stated.creations()
    return Summary(
        plan,
        created=created,
        changed=len(stated.nodes) + len(stated.edges) - created,
        ended=len(worked.ended.nodes) + len(worked.ended.edges),
        unchanged=stated.unchanged,
        confirmed=len(worked.merge.confirmations),
        conflicts=len(worked.merge.conflicts),
        resumed=resumed,
    )
