"""Requests whose effect is not repeated, and which are judged again where somebody else wrote meanwhile. For cases and lists alike."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from govnet_graph.changes import ChangeSet, OpenPlan, apply
from govnet_graph.errors import GovnetError
from govnet_graph.records import Node
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.state import prepare

T = TypeVar("T")
_ATTEMPTS = 40
_PAUSE = 0.02


async def once(
    graph: Graph, work: Callable[[int], Awaitable[T]], *, source: Node, before: Callable[[], Awaitable[T | None]]
) -> T:
    """Do the work on the present data version of the graph, again where others write meanwhile.

    Parameters
    ----------
    graph : Graph
    work : callable
        Given the data version that it rests on; writes in one transaction or not at all.
    source : Node
        What the work rests on; made first, in a group of its own, so that undoing the first work does not take it away.
    before : callable
        What the request came to before; None where it is new. Raises KeyReused.

    Raises
    ------
    GovnetError
        What the work refuses, once it was judged on a version that stood.
    """
    for attempt in range(_ATTEMPTS):
        # First the version: what others write after it is seen, be it while this request is looked up or later.
        version = (await prepare(graph)).data_version
        if (known := await before()) is not None:
            return known
        try:
            await ensure_source(graph, source)
            return await work(version)
        except GovnetError as error:
            # What was read may be of two versions where somebody wrote meanwhile, so a refusal counts only if nobody did.
            passing = isinstance(error, WriteConflict | OpenPlan) or (await prepare(graph)).data_version != version
            if not passing or attempt == _ATTEMPTS - 1:
                raise
        # Those who collide wait for different times, the longer the more often.
        await asyncio.sleep(random.uniform(0.2, 1.0) * _PAUSE * (attempt + 1))  # noqa: S311
    raise AssertionError("unreachable")


async def ensure_source(graph: Graph, source: Node) -> None:
    """Make a source that records rest on, in a group of its own, unless it is there."""
    if not await graph.read("MATCH (s:Source {id: $id}) RETURN s.id", {"id": source.id}):
        name = str(source.props["name_en"])
        await apply(
            graph, ChangeSet("edit", name, "govnet", "source of steps", nodes=(source,), key=f"source:{source.id}")
        )
