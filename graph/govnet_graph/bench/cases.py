"""Ten thousand open cases: who should answer one, against reading one case by its id; and what a step costs.

The cases are spread over the grids of the demonstration district and lie with its units, members and organizations, so that
each candidate holds as many as somebody in a bad month. The baseline is one case by its id through the same reader.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
from collections.abc import Awaitable, Callable
from functools import partial
from statistics import median

from govnet_graph.bench.city import add
from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row
from govnet_graph.cases import StepRequest, take
from govnet_graph.questions import question
from govnet_graph.records import Edge, Node, Value, edge_id
from govnet_graph.seeds import dataset
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import ask

CASES = 10_000
_DAY = dt.date(2026, 6, 1)
_EACH = 40
_GROUND: dict[str, Value] = {"source": "src-demo", "source_ref": "bench", "synthetic": True}
_SEED = 7
_BASELINE = "one case by its id"


def open_cases(count: int = CASES) -> tuple[list[Node], list[Edge]]:
    """Open cases of all kinds in all grids, nine of ten dispatched. Deterministic."""
    data, dice = dataset("demo"), random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    grids = sorted(n.id for n in data.nodes if n.label == "Grid")
    kinds = sorted(str(n.props["code"]) for n in data.nodes if n.label == "CaseKind")
    near: dict[str, list[str]] = {}
    for edge in data.edges:
        if edge.type in ("PAIRED_WITH", "ASSIGNED_TO"):
            near.setdefault(edge.end, []).append(edge.start)
    units = sorted(n.id for n in data.nodes if n.label == "Unit")
    nodes, edges = [], []
    for number in range(count):
        case, grid = f"case-bench-{number:05}", grids[number % len(grids)]
        to = dice.choice(near.get(grid) or near.get(grid[:12]) or units)
        sent = number % 10 != 0
        props: dict[str, Value] = {
            "name": "压测问题", "kind": kinds[number % len(kinds)], "state": "dispatched" if sent else "raised", "channel": "resident",
            "raised_on": _DAY, "due_on": _DAY + dt.timedelta(days=20), "next_due_on": _DAY + dt.timedelta(days=2), **_GROUND,
        }  # fmt: skip
        nodes.append(Node("Case", case, props))
        edges.append(Edge("RAISED_IN", case, grid, edge_id("RAISED_IN", case, grid), _GROUND))
        if sent:
            told: dict[str, Value] = {"dispatched_on": _DAY, "outcome": "open", **_GROUND}
            edges.append(Edge("DISPATCHED_TO", case, to, edge_id("DISPATCHED_TO", case, to), told))
    return nodes, edges


async def _timed(works: list[Callable[[], Awaitable[object]]]) -> list[float]:
    """Milliseconds of each of the works, one after another."""
    times = []
    for work in works:
        start = time.perf_counter()
        await work()
        times.append(1000 * (time.perf_counter() - start))
    return times


def run(bench: Bench, rounds: int) -> list[Row]:
    """Milliseconds of a proposal, of the list, of the clock and of a step, with 10,000 open cases; the baseline is one case."""

    async def measured() -> dict[str, list[float]]:
        async with bench.graph() as graph:
            await add(graph, [open_cases()])
            if graph.engine.kind != "embedded":
                # The engine chooses plans by its statistics, which it gathers in the background.
                await graph.define(
                    ["CALL db.awaitIndexes(600)", "CALL db.resampleOutdatedIndexes()", "CALL db.clearQueryCaches()"]
                )
            return await _measure(graph, rounds)

    bench.load_demo()
    times = asyncio.run(measured())
    base = median(times[_BASELINE])
    return [
        Row(name, median(series), "ms", min(series), max(series))
        if name == _BASELINE
        else Row(name, median(series), "ms", min(series), max(series), _BASELINE, median(series) / base)
        for name, series in times.items()
    ]


async def _measure(graph: Graph, rounds: int) -> dict[str, list[float]]:
    dice = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    home = dataset("demo").home
    found: dict[str, list[float]] = {}

    def asking(name: str, **given: object) -> Callable[[], Awaitable[object]]:
        return lambda: ask(graph, question(name), {"as_of": _DAY, **given}, home=home)

    waiting = [f"case-bench-{number:05}" for number in range(0, CASES, 10)]
    for number in range(rounds + 2):
        chosen = dice.sample(waiting, _EACH)
        parts: dict[str, list[Callable[[], Awaitable[object]]]] = {
            _BASELINE: [asking("entity", entity=case) for case in chosen],
            "who should answer it": [asking("case-candidates", case=case) for case in chosen],
            "how it stands": [asking("case-profile", case=case) for case in chosen],
            "first page of open cases": [asking("cases", open="true", limit=50) for _ in range(3)],
            "whose step is late": [asking("case-clock", as_of=_DAY + dt.timedelta(days=9), limit=50) for _ in range(3)],
            "a step, written": [
                partial(take, graph, StepRequest(case=case, step="whistle")) for case in waiting[number * 5 : number * 5 + 5]
            ],
        }  # fmt: skip
        for name, works in parts.items():
            times = await _timed(works)
            if number >= 2:
                found.setdefault(name, []).extend(times)
    return found
