"""Brings a data set into the graph: reads what is there, writes only what differs, in batches that can be resumed.

Each batch is one transaction that raises the data version. A load that was killed is resumed by running it again:
what had been written is found unchanged. Records that the graph holds and the data set does not are left alone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govnet_graph.records import Dataset
from govnet_graph.schema import SCHEMA
from govnet_graph.store.commit import Progress, Stamp, commit, packed, plan_step, state_step, utc_now
from govnet_graph.store.diff import differences, equal_edge, equal_node, steps_of
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import prepare


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
    resumed = await _open_plan(graph, reason) if state.loading == dataset.name else None
    stamp = Stamp(resumed or await _next_plan(graph, dataset.name), utc_now(now))
    summary = Summary(dataset.name, data_version=state.data_version, plan=stamp.plan)
    fingerprint = f"{SCHEMA.version}:{dataset.fingerprint()}"
    if state.fingerprint == fingerprint and state.loaded_version == state.data_version:
        summary.unchanged = len(dataset.nodes) + len(dataset.edges)
        return summary
    delta = await differences(graph, dataset.nodes, dataset.edges, equal_node, equal_edge)
    summary.unchanged = delta.unchanged
    summary.created_nodes = sum(d.before is None for d in delta.nodes)
    summary.created_edges = sum(d.before is None for d in delta.edges)
    summary.changed_nodes = len(delta.nodes) - summary.created_nodes
    summary.changed_edges = len(delta.edges) - summary.created_edges
    steps = list(steps_of(delta, stamp, batch_size, log=False))
    if not steps and state.dataset == dataset.name and state.loading is None and state.fingerprint == fingerprint:
        return summary
    if resumed is None:
        # First, so that what a killed load wrote is known to belong together; the load that resumes it goes on with it.
        steps.insert(0, plan_step(stamp, name=reason, kind="load", author=author, reason=reason))
    total = sum(step.size for step in steps)
    version, done = state.data_version, 0
    for batch in packed(steps, batch_size):
        version = await commit(graph, batch, version, {"loading": dataset.name})
        done += sum(step.size for step in batch)
        if progress:
            progress(batch[-1].what, done, total)
    marks = {"loading": None, "dataset": dataset.name, "home": dataset.home, "fingerprint": fingerprint}
    summary.data_version = await commit(
        graph, [state_step(stamp.plan, "applied")], version, marks | {"loaded_version": version + 1}
    )
    return summary


async def _next_plan(graph: Graph, name: str) -> str:
    """The id of the next load's plan: loads are numbered, so that the first one of a graph has a known name."""
    count = (await graph.read("MATCH (p:Plan {kind: 'load'}) RETURN count(p)"))[0][0]
    return f"plan-load-{name}-{count + 1}"


async def _open_plan(graph: Graph, reason: str) -> str | None:
    """The plan of a load that was killed."""
    found = await graph.read(
        "MATCH (p:Plan) WHERE p.state = 'open' AND p.kind = 'load' AND p.reason = $reason RETURN p.id ORDER BY p.id LIMIT 1",
        {"reason": reason},
    )
    return found[0][0] if found else None
