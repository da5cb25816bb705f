"""Engines for integration tests: each is started once, on a directory of its own, and holds nothing but test data."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pytest

from govnet_graph.records import Dataset
from govnet_graph.seeds.read import read_tables
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.model import Engine
from govnet_graph.store.engines.registry import connect
from govnet_graph.store.engines.server import LONG_TERM, NEWEST
from tests.conftest import needs

T = TypeVar("T")
DISTRICT = Path(__file__).parents[1] / "district"
NEO4J = (LONG_TERM, NEWEST)
PARAMS = [
    pytest.param(("embedded", ""), id="embedded", marks=pytest.mark.embedded),
    *(pytest.param(("neo4j", version), id=f"neo4j-{version}", marks=pytest.mark.neo4j) for version in NEO4J),
]
# What takes long and shows nothing that one Neo4j does not show is left out on the long-term one.
EXCEPT_LONG_TERM = pytest.mark.parametrize("settings", [p for p in PARAMS if LONG_TERM not in p.id], indirect=True)


class Steady(Graph):
    """A graph whose Neo4j keeps the plan that it made of a query first.

    Tests fill and empty one graph over and over. Neo4j would plan every question anew each time, which takes it longer than
    all the answers; the plans of a real district are looked at in test_plans.py, on a graph of its own.
    """

    async def read(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> list[list[Any]]:
        """As ``Graph.read``."""
        steady = self.engine.kind == "neo4j" and not text.startswith("CYPHER")
        return await super().read(f"CYPHER replan=skip {text}" if steady else text, parameters, timeout=timeout)


@pytest.fixture(scope="session", params=PARAMS)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of one engine under test, with a data directory of its own."""
    kind, version = request.param
    needs(kind)
    given = {"neo4j_version": version} if version else {}
    return Settings(home=tmp_path_factory.mktemp(f"{kind}{version}"), engine=kind, **given)


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    """The running engine."""
    with connect(settings) as running:
        yield running


@pytest.fixture(scope="session")
def on_graph(engine: Engine, settings: Settings) -> Callable[[Callable[[Graph], Awaitable[T]]], T]:
    """Runs an asynchronous function on an open graph."""

    def run(work: Callable[[Graph], Awaitable[T]]) -> T:
        async def opened() -> T:
            async with Steady.open(engine, settings) as graph:
                return await work(graph)

        return asyncio.run(opened())

    return run


@pytest.fixture(scope="session")
def district() -> Dataset:
    """The invented district."""
    nodes, edges = read_tables(DISTRICT)
    return Dataset("district", "990101", tuple(nodes), tuple(edges)).validated()
