"""Engines for integration tests: each is started once, on a directory of its own, and holds nothing but test data."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from govnet_graph.records import Dataset
from govnet_graph.seeds.read import read_tables
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.model import Engine
from govnet_graph.store.engines.registry import connect
from tests.conftest import needs

T = TypeVar("T")
DISTRICT = Path(__file__).parents[1] / "district"
NEO4J = ("5.26.30", "2026.08.1")
PARAMS = [
    pytest.param(("embedded", ""), id="embedded", marks=pytest.mark.embedded),
    *(pytest.param(("neo4j", version), id=f"neo4j-{version}", marks=pytest.mark.neo4j) for version in NEO4J),
]


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
            async with Graph.open(engine, settings) as graph:
                return await work(graph)

        return asyncio.run(opened())

    return run


@pytest.fixture(scope="session")
def district() -> Dataset:
    """The invented district."""
    nodes, edges = read_tables(DISTRICT)
    return Dataset("district", "990101", tuple(nodes), tuple(edges)).validated()
