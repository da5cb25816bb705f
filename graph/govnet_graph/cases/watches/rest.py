"""Whether the graph is at rest: nothing is half-written that a standing question would take for a change."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from govnet_graph.changes import open_plan
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import GraphState

_ABANDONED_SECONDS = 60.0


class Rest:
    """The data version that can be asked; None while a load or a group of changes is being written.

    A group that was begun and has written nothing for a minute counts as abandoned: what it left is what the graph holds.
    """

    def __init__(self, graph: Callable[[], Awaitable[Graph]], state: Callable[[], Awaitable[GraphState]]) -> None:
        self._graph = graph
        self._state = state
        self._stuck: tuple[int, float] | None = None

    async def __call__(self) -> int | None:
        """The version. Raises as reading the state does."""
        state = await self._state()
        version = state.data_version
        if state.loading is None and await open_plan(await self._graph()) is None:
            self._stuck = None
            return version
        now = time.monotonic()
        if self._stuck is None or self._stuck[0] != version:
            self._stuck = (version, now)
        return version if now - self._stuck[1] > _ABANDONED_SECONDS else None
