"""Each question of the catalogue on the demo district, through the driver, with parameters of its kind."""

from __future__ import annotations

import asyncio
import statistics
import time

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row
from govnet_graph.bench.parameters import demo_parameters
from govnet_graph.questions import catalogue
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import ask, home_of


async def _timed(graph: Graph, rounds: int) -> dict[str, list[float]]:
    home = await home_of(graph)
    given = await demo_parameters(graph)
    times: dict[str, list[float]] = {question_id: [] for question_id in catalogue()}
    for number in range(rounds + 2):
        for question_id, question in catalogue().items():
            start = time.perf_counter()
            await ask(graph, question, given[question_id], home=home)
            if number > 1:
                times[question_id].append(1000 * (time.perf_counter() - start))
    return times


def run(bench: Bench, rounds: int) -> list[Row]:
    """Milliseconds per question, the questions in turn within each round; two rounds of planning and warm-up before."""

    async def work() -> dict[str, list[float]]:
        async with bench.graph() as graph:
            return await _timed(graph, rounds * 3)

    bench.load_demo()
    times = asyncio.run(work())
    return [Row(name, statistics.median(series), "ms", min(series), max(series)) for name, series in times.items()]
