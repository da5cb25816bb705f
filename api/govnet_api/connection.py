"""The connection to the graph that all requests share, and what it last said about itself.

The server starts without an engine too, and finds one that was started later or again elsewhere: only the requests in
between fail.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Self, TypeVar

from govnet_graph.errors import EngineUnreachable, GovnetError, NotFound
from govnet_graph.questions import Question, View
from govnet_graph.settings import Settings
from govnet_graph.store import pictures, reader
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.registry import attach_configured
from govnet_graph.store.pictures import Picture
from govnet_graph.store.reader import Answer, NothingLoaded
from govnet_graph.store.state import GraphState, read_state

Told = TypeVar("Told", Answer, Picture)
GraphProvider = Callable[[], AbstractAsyncContextManager[Graph]]
_log = logging.getLogger("govnet.api")
_RETRY_SECONDS = 1.0


class HalfLoaded(NothingLoaded):
    """A data set is being loaded for the first time, or that was interrupted: its answers would be wrong."""

    def __init__(self, name: str) -> None:
        GovnetError.__init__(
            self,
            f"The data set {name} is not loaded in full yet.",
            hint=f"Wait, or run `govnet load {name}` again if the load was interrupted.",
        )


def provider_of(settings: Settings) -> GraphProvider:
    """Opens the graph on the engine that the settings name; raises EngineUnreachable where none runs."""

    @asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        engine = attach_configured(settings)
        if engine is None:
            raise EngineUnreachable("No engine runs for this data directory.", hint="`govnet engine start` starts one.")
        async with Graph.open(engine, settings) as graph:
            yield graph

    return provide


class Connection:
    """One open graph at a time; replaced when the engine has moved.

    Use as an asynchronous context manager.
    """

    def __init__(self, provide: GraphProvider, settings: Settings) -> None:
        self._provide = provide
        self._grace = settings.query_timeout
        self._graph: Graph | None = None
        self._state: GraphState | None = None
        self._opening = asyncio.Lock()
        self._held = AsyncExitStack()
        self._failure: GovnetError | None = None
        self._failed_at = 0.0
        self._looked_at = 0.0
        self._looking = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        try:
            await self.state()
        except GovnetError as error:
            _log.warning("the API starts without its data: %s", error)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._held.aclose()
        self._graph = None

    @property
    def home(self) -> str | None:
        """Id of the district that was last seen to be loaded."""
        return self._state.home if self._state else None

    async def graph(self) -> Graph:
        """The open graph. Raises EngineUnreachable."""
        if self._graph is not None:
            return self._graph
        async with self._opening:
            if self._graph is None:
                self._graph = await self._open()
            return self._graph

    async def _open(self) -> Graph:
        if self._failure is not None and time.monotonic() - self._failed_at < _RETRY_SECONDS:
            # Whoever waited for this attempt shares its outcome instead of waiting for one of his own.
            raise self._failure
        held = AsyncExitStack()
        try:
            graph = await held.enter_async_context(self._provide())
        except GovnetError as error:
            self._failure, self._failed_at = error, time.monotonic()
            raise
        self._failure = None
        self._held.push_async_exit(held)
        return graph

    def _suspect(self, graph: Graph) -> None:
        """Look in the background whether the engine runs elsewhere now; at most one look at a time and one a second."""
        now = time.monotonic()
        if not self._looking and now - self._looked_at >= _RETRY_SECONDS:
            self._looking, self._looked_at = True, now
            self._in_background(self._look(graph))

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look(self, old: Graph) -> None:
        held = AsyncExitStack()
        try:
            fresh = await held.enter_async_context(self._provide())
        except GovnetError:
            return
        finally:
            self._looking = False
        if fresh.engine == old.engine or self._graph is not old:
            # The driver finds the same address again by itself.
            await held.aclose()
            return
        former, self._held = self._held, AsyncExitStack()
        self._held.push_async_exit(held)
        self._graph, self._state = fresh, None
        _log.info("the engine is now at %s", fresh.engine.uri)
        self._in_background(self._close(former))

    async def _close(self, former: AsyncExitStack) -> None:
        try:
            await asyncio.sleep(self._grace)  # requests that still use it end by then
        finally:
            await former.aclose()

    async def state(self) -> GraphState:
        """What the graph says about itself now. Raises NothingLoaded, HalfLoaded, ForeignGraph, SchemaTooNew, EngineUnreachable."""
        graph = await self.graph()
        try:
            state = await read_state(graph)
        except EngineUnreachable:
            self._suspect(graph)
            raise
        if state is None or not (state.dataset or state.loading):
            raise NothingLoaded
        if not state.dataset:
            raise HalfLoaded(state.loading or "")
        self._state = state
        return state

    async def ask(
        self,
        question: Question,
        given: Mapping[str, object],
        *,
        names: bool,
        day: dt.date,
        rows_at_most: int | None = None,
    ) -> Answer:
        """The answer to a question, from a graph that is loaded in full; see ``reader.ask`` for errors."""
        return await self._whole(
            lambda graph, home: reader.ask(
                graph, question, given, home=home, names=names, day=day, rows_at_most=rows_at_most
            )
        )

    async def see(self, view: View, given: Mapping[str, object], *, names: bool, day: dt.date) -> Picture:
        """What a view draws, from a graph that is loaded in full; see ``pictures.see`` for errors."""
        return await self._whole(lambda graph, home: pictures.see(graph, view, given, home=home, names=names, day=day))

    async def _whole(self, read: Callable[[Graph, str | None], Awaitable[Told]]) -> Told:
        graph = await self.graph()
        for last in (False, True):
            state = self._state or await self.state()
            try:
                answer = await read(graph, state.home)
            except EngineUnreachable:
                self._suspect(graph)
                raise
            except (NothingLoaded, NotFound):
                if last or (await self.state()).home == state.home:
                    raise
                continue
            # The district and whether it is whole were read at some version; where that has passed they are read again.
            if answer.data_version == state.data_version or (await self.state()).home == state.home or last:
                return answer
        raise AssertionError("unreachable")
