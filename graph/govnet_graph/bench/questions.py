"""Each question of the catalogue on the demo district, through the driver, with parameters of its kind.

Time is that of the reader, from the question to plain rows. Database hits are those that PROFILE counts, which no
other load on the machine changes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from statistics import median

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row
from govnet_graph.bench.parameters import demo_parameters
from govnet_graph.questions import bind, catalogue
from govnet_graph.store.driver import Graph
from govnet_graph.store.plans import plan
from govnet_graph.store.reader import ask, home_of

Given = Mapping[str, Mapping[str, object]]
_WARM_UP = 8
_PATIENCE = 300.0


async def timed(graph: Graph, given: Given, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each question in each round, the questions in turn; planning and warm-up before are not counted."""
    home = await home_of(graph)
    times: dict[str, list[float]] = {question_id: [] for question_id in catalogue()}
    for number in range(rounds + _WARM_UP):
        for question_id, question in catalogue().items():
            start = time.perf_counter()
            await ask(graph, question, given[question_id], home=home, timeout=_PATIENCE)
            if number >= _WARM_UP:
                times[question_id].append(1000 * (time.perf_counter() - start))
    return times


async def hits(graph: Graph, given: Given) -> dict[str, tuple[int, int]]:
    """(database hits, rows returned) of each question, one page."""
    home = await home_of(graph)
    found = {}
    for question_id, question in catalogue().items():
        profile = await plan(
            graph, question.body, bind(question, given[question_id], home=home), profile=True, timeout=_PATIENCE
        )
        found[question_id] = (profile.total_hits, profile.rows or 0)
    return found


def run(bench: Bench, rounds: int) -> list[Row]:
    """Milliseconds per question, then its database hits for each row of the page (for the page, where it is empty)."""

    async def work() -> tuple[dict[str, list[float]], dict[str, tuple[int, int]]]:
        async with bench.graph() as graph:
            given = await demo_parameters(graph)
            return await timed(graph, given, rounds * 3), await hits(graph, given)

    bench.load_demo()
    times, counted = asyncio.run(work())
    found = [Row(name, median(series), "ms", min(series), max(series)) for name, series in times.items()]
    for name, (total, rows) in counted.items():
        each = total / max(rows, 1)
        found.append(Row(f"{name}, hits", each, "hits/row", each, each))
    return found
