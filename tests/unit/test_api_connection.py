"""The connection that requests share: opened once, found again, and honest about what is loaded."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from contextlib import asynccontextmanager

import pytest

from govnet_api.connection import Connection, HalfLoaded
from govnet_graph.errors import EngineUnreachable, NotFound
from govnet_graph.questions import parse
from govnet_graph.store.reader import NothingLoaded
from tests.served import MEMBERS, Rows, member, settings_in

DAY = dt.date(2026, 6, 1)
QUESTION = parse("unit-members", MEMBERS)


class Engines:
    """Gives graphs one after the other, as an engine that is started again and again."""

    def __init__(self, *graphs: Rows | None) -> None:
        self.graphs = list(graphs)
        self.opened = 0
        self.closed = 0

    @asynccontextmanager
    async def provide(self):
        self.opened += 1
        await asyncio.sleep(0.01)
        graph = self.graphs[0]
        if graph is None:
            raise EngineUnreachable("No engine runs.")
        try:
            yield graph
        finally:
            self.closed += 1


def at(port: int, rows: int = 1) -> Rows:
    graph = Rows([member(n) for n in range(rows)])
    graph.engine = dataclasses.replace(graph.engine, uri=f"bolt://127.0.0.1:{port}")
    return graph


def connection(engines: Engines, tmp_path) -> Connection:
    return Connection(engines.provide, settings_in(tmp_path, query_timeout=0.05))


async def ask(shared: Connection, unit: str = "unit-d") -> int:
    return len((await shared.ask(QUESTION, {"unit": unit}, names=False, day=DAY)).rows)


async def test_many_at_once_open_one_graph_and_it_is_closed(tmp_path):
    engines = Engines(at(1))
    async with connection(engines, tmp_path) as shared:
        assert await asyncio.gather(*(ask(shared) for _ in range(10))) == [1] * 10
        assert (engines.opened, engines.closed, shared.home) == (1, 0, "990101")
    assert engines.closed == 1


async def test_those_who_wait_for_a_failing_attempt_share_its_failure(tmp_path):
    engines = Engines(None)
    async with connection(engines, tmp_path) as shared:
        failures = await asyncio.gather(*(ask(shared) for _ in range(10)), return_exceptions=True)
        assert {type(failure) for failure in failures} == {EngineUnreachable}
        assert engines.opened == 1
        engines.graphs[0] = at(1)
        await asyncio.sleep(1.05)
        assert await ask(shared) == 1


async def test_an_engine_that_moved_is_followed_and_the_old_one_is_let_go(tmp_path):
    first = at(1)
    engines = Engines(first)
    async with connection(engines, tmp_path) as shared:
        assert await ask(shared) == 1
        for port in (2, 3):
            broken = engines.graphs[0]
            broken.error = EngineUnreachable("gone")
            engines.graphs[0] = at(port, rows=port)
            await asyncio.sleep(1.05 if port == 3 else 0)
            with pytest.raises(EngineUnreachable):
                await ask(shared)
            await asyncio.sleep(0.05)
            assert await ask(shared) == port
        await asyncio.sleep(0.1)
        assert engines.closed == 2
    assert engines.closed == engines.opened == 3


async def test_an_engine_that_only_stumbled_is_kept(tmp_path):
    only = at(1)
    engines = Engines(only)
    async with connection(engines, tmp_path) as shared:
        only.error = EngineUnreachable("busy")
        with pytest.raises(EngineUnreachable):
            await ask(shared)
        await asyncio.sleep(0.05)
        only.error = None
        assert await ask(shared) == 1
        assert (engines.opened, engines.closed) == (2, 1)


async def test_what_is_loaded_is_looked_at_again_when_the_version_moves(tmp_path):
    graph = at(1)
    async with connection(Engines(graph), tmp_path) as shared:
        reads = graph.version_reads
        assert await ask(shared) == await ask(shared) == 1
        assert graph.version_reads == reads
        graph.version, graph.dataset, graph.loading = 8, None, "article"
        with pytest.raises(HalfLoaded, match="article"):
            await ask(shared)
        graph.loading = None
        with pytest.raises(NothingLoaded):
            await ask(shared)


async def test_what_is_not_there_is_not_there_twice(tmp_path):
    graph = at(1)
    async with connection(Engines(graph), tmp_path) as shared:
        with pytest.raises(NotFound, match="nobody"):
            await ask(shared, "nobody")
        assert graph.asked == 1
