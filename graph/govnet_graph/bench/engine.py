"""A real Neo4j for benchmarks, in a directory of its own that goes away afterwards."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from govnet_graph.seeds import dataset
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.model import Engine
from govnet_graph.store.engines.registry import connect
from govnet_graph.store.writer import apply


class Bench:
    """A running engine and how to reach it."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine = engine
        self.settings = settings

    @classmethod
    @contextmanager
    def started(cls, settings: Settings) -> Iterator[Bench]:
        """The engine that the settings name, started on an empty directory."""
        with tempfile.TemporaryDirectory(prefix="govnet-bench-") as folder:
            own = settings.model_copy(update={"home": Path(folder)})
            with connect(own) as engine:
                yield cls(engine, own)

    @asynccontextmanager
    async def graph(self) -> AsyncIterator[Graph]:
        """An open graph on the engine."""
        async with Graph.open(self.engine, self.settings) as graph:
            yield graph

    def load_demo(self) -> None:
        """Make the engine hold the demo district; does nothing where it does already."""

        async def work() -> None:
            async with self.graph() as graph:
                await apply(graph, dataset("demo"), author="bench", reason="bench")

        asyncio.run(work())
