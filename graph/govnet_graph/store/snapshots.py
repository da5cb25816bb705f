"""Reads the planner's snapshot of a district from a graph, all of it at one data version."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from govnet_graph.assets import cypher_folder
from govnet_graph.planner.building import Rows, build
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.questions.values import today
from govnet_graph.store.driver import Graph, WriteConflict, native
from govnet_graph.store.reader import NothingLoaded
from govnet_graph.store.state import GraphState, read_state

_TIES = ("ties", "bodies")
#: Which tables of the rows each statement's columns are, in order.
_TABLES = {
    "areas": ("areas",),
    "rules": ("needed", "services"),
    "units": ("units", "located", "pairings", "able"),
    "evidence": ("given", "ledgers", "providers"),
    "resources": ("resources", "provides", "serves", "located", "offers"),
    "needs": ("needs", "raised", "asks", "projects", "meant"),
    "anchors": _TIES,
}
_TRIES = 3
_KEPT = 4
_Key = tuple[str, dt.date, GraphState]
# Most questions of a planner are about a district that nobody wrote to since the last one.
_kept: WeakKeyDictionary[Graph, OrderedDict[_Key, Snapshot]] = WeakKeyDictionary()


@cache
def statement(name: str) -> str:
    """One of the statements of ``cypher/snapshot``."""
    return (cypher_folder() / "snapshot" / f"{name}.cypher").read_text(encoding="utf-8")


async def read_snapshot(
    graph: Graph, area: str | None = None, as_of: dt.date | None = None, *, timeout: float = 60.0, fresh: bool = False
) -> Snapshot:
    """What the planner reads of the district that an area lies in; the last few are kept while the data version stays.

    Parameters
    ----------
    graph : Graph
    area : str, optional
        Id of the area that is asked about; the home district unless given.
    as_of : date, optional
        Today unless given.
    timeout : float
        Seconds for each statement; more than a question has, because all of a district is read.
    fresh : bool
        Read the graph in any case: whoever proves or writes trusts no data version that another program may have passed by.

    Raises
    ------
    NothingLoaded, NotInSnapshot, BadCapacity, WriteConflict, QueryTimedOut, EngineUnreachable
        WriteConflict when the data moved during each of several attempts.
    """
    day = as_of or today()
    for _ in range(_TRIES):
        state = await read_state(graph)
        if state is None or not (state.dataset or state.loading):
            raise NothingLoaded
        root = area or state.home or ""
        kept, key = _kept.setdefault(graph, OrderedDict()), (root, day, state)
        if key in kept and not fresh:
            kept.move_to_end(key)
            return kept[key]
        rows = await _rows(graph, root, day, timeout)
        again = await read_state(graph)
        if again is not None and again.data_version == state.data_version:
            kept[key] = build(rows, root, day, state.data_version)
            kept.move_to_end(key)
            while len(kept) > _KEPT:
                kept.popitem(last=False)
            return kept[key]
    raise WriteConflict("The data changed each time while they were being read.", hint="Ask again.")


async def _rows(graph: Graph, area: str, day: dt.date, timeout: float) -> Rows:
    """The rows of every statement. Columns are whole tables packed into one record: decoding many costs several times as much."""
    rows = Rows()
    given: dict[str, Any] = {"as_of": day, "area": area, "areas": [], "units": []}

    async def read(name: str, tables: tuple[str, ...]) -> None:
        for record in await graph.read(statement(name), given, timeout=timeout):
            for table, packed in zip(tables, record, strict=True):
                getattr(rows, table).extend(tuple(row) for row in native(packed))

    for name, tables in _TABLES.items():
        await read(name, tables)
        given["areas"], given["units"] = [row[0] for row in rows.areas], [row[0] for row in rows.units]
    # Two steps from the anchors. Each is a statement of its own: carried along within one, its lists were counted for every
    # row, and a district did not fit the memory that Neo4j 5 grants a transaction.
    before = 0
    for given["parts"] in (True, False):
        given["from"], before = sorted({row[0] for row in rows.bodies[before:]}), len(rows.bodies)
        await read("joined", _TIES)
    return rows
