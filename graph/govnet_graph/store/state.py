"""Whose graph it is, which schema it follows and which version of the data it holds.

One node ``(:GraphState {id: 'govnet'})`` marks a database as ours. Every write transaction raises its
``data_version`` by one and names itself in ``last_write``, so that readers can tell versions apart, two writers
cannot interleave unnoticed, and a retried transaction that had already happened is recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govnet_graph.errors import BadInput
from govnet_graph.schema import SCHEMA
from govnet_graph.schema.render import WITHDRAWN, definitions
from govnet_graph.store.driver import Graph, Transaction, WriteConflict

_READ = "MATCH (s:GraphState {id: 'govnet'})\nRETURN s.schema_version, s.data_version, s.dataset, s.home, s.loading, s.fingerprint, s.loaded_version"


_NOTHING = "nothing"
RESTORING = "restore"


class ForeignGraph(BadInput):
    """The database holds another program's graph; it is left alone."""

    code = "foreign-graph"


class SchemaTooNew(BadInput):
    """The graph was written by a newer govnet."""

    code = "schema-too-new"


@dataclass(frozen=True, slots=True)
class GraphState:
    """The mark of our graph.

    ``dataset`` is the data set last loaded in full, ``loading`` the one whose load has begun and not ended,
    ``home`` the id of the district. ``fingerprint`` is the hash of the records last loaded in full, and
    ``loaded_version`` the data version which that load ended with: where it is still the data version, nothing has changed since.
    """

    schema_version: int
    data_version: int
    dataset: str | None
    home: str | None
    loading: str | None
    fingerprint: str | None
    loaded_version: int | None

    @property
    def being_emptied(self) -> bool:
        """Whether the graph is being emptied, or was when that was interrupted."""
        return self.loading == _NOTHING

    @property
    def interrupted(self) -> tuple[str, str] | None:
        """What has begun and not ended, and what to do about it; None when nothing is unfinished."""
        if self.loading is None:
            return None
        if self.being_emptied:
            return "emptying the graph was interrupted", "Load a data set; that empties it first."
        if self.loading == RESTORING:
            return "the restore of a backup was interrupted", "Run `govnet engine restore FILE` again."
        return f"the load of {self.loading} was interrupted", f"Run `govnet load {self.loading}` to resume it."


async def read_state(graph: Graph) -> GraphState | None:
    """The mark, or None for an empty database. Raises ForeignGraph or SchemaTooNew."""
    rows = await graph.read(_READ)
    if rows:
        state = GraphState(*rows[0])
        if state.schema_version > SCHEMA.version:
            raise SchemaTooNew(
                f"The graph follows schema version {state.schema_version}; this govnet knows versions up to {SCHEMA.version}.",
                hint="Upgrade govnet; nothing was changed.",
            )
        return state
    if await graph.read("MATCH (n) RETURN 1 LIMIT 1"):
        raise ForeignGraph(
            f"The database at {graph.engine.uri} holds another program's graph, and govnet does not touch it.",
            hint="Give an empty database (GOVNET_DATABASE) or another engine.",
        )
    return None


async def prepare(graph: Graph) -> GraphState:
    """Make an empty database ours: constraints, indexes and the mark. Does nothing where that is done already."""
    state = await read_state(graph)
    if state is not None and state.schema_version == SCHEMA.version:
        return state
    await graph.define(definitions("embedded" if graph.engine.kind == "embedded" else "neo4j"))

    async def mark(transaction: Transaction) -> None:
        await transaction.run(
            "MERGE (s:GraphState {id: 'govnet'}) ON CREATE SET s.data_version = 0 SET s.schema_version = $version",
            {"version": SCHEMA.version},
        )

    await graph.write(mark)
    state = await read_state(graph)
    assert state is not None
    return state


async def advance(transaction: Transaction, expected: int, write_id: str, **changes: Any) -> bool:
    """Raise the data version from ``expected`` by one inside a write transaction, setting other marks as given.

    Returns False when this very write had already been committed, so that a repeated attempt stops there.
    Raises WriteConflict when somebody else wrote in between.
    """
    rows = await transaction.run(
        "MATCH (s:GraphState {id: 'govnet'}) SET s.lock = $write RETURN s.data_version, s.last_write",
        {"write": write_id},
    )
    if not rows:
        raise WriteConflict("The mark of the graph is gone.", hint="Run `govnet check`.")
    version, last = rows[0]
    if last == write_id:
        return False
    if version != expected:
        raise WriteConflict(
            f"The graph moved from data version {expected} to {version} while this write was prepared; nothing of it was kept.",
            hint="Run it again.",
        )
    await transaction.run(
        "MATCH (s:GraphState {id: 'govnet'}) SET s.data_version = $version, s.last_write = $write SET s += $changes",
        {"version": expected + 1, "write": write_id, "changes": changes},
    )
    return True


async def clear(graph: Graph) -> None:
    """Empty our own graph. The mark stays, so that data versions go on and a run that was killed can be repeated.

    The caller has made sure with ``read_state`` that the graph is ours.
    """
    mark = "MATCH (s:GraphState {id: 'govnet'}) SET s.data_version = s.data_version + 1"
    forget = "s.dataset = NULL, s.fingerprint = NULL, s.loaded_version = NULL"
    await _first(graph, f"{mark}, {forget}, s.loading = '{_NOTHING}' RETURN 0")
    for text in (
        "MATCH (n:Entity)-[r]->() WITH r LIMIT 10000 DELETE r RETURN count(*)",
        f"MATCH (n:{WITHDRAWN})-[r]->() WITH r LIMIT 10000 DELETE r RETURN count(*)",
        "MATCH (n:Entity) WITH n LIMIT 10000 DELETE n RETURN count(*)",
        f"MATCH (n:{WITHDRAWN}) WITH n LIMIT 10000 DELETE n RETURN count(*)",
    ):
        while await _first(graph, text):
            pass
    await _first(graph, f"{mark}, s.loading = NULL RETURN 0")


async def _first(graph: Graph, text: str) -> int:
    """Run one statement in a write transaction of its own; its single number."""

    async def work(transaction: Transaction) -> int:
        rows = await transaction.run(text)
        return int(rows[0][0]) if rows else 0

    return await graph.write(work)
