"""Benchmarks: ``govnet bench NAME``. One file each; none of them is a test."""

from __future__ import annotations

from collections.abc import Callable

from govnet_graph.bench import api, cases, changes, city, imports, ledgers, load, page, planner, questions
from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row

BENCHMARKS: dict[str, Callable[[Bench, int], list[Row]]] = {
    "load": load.run,
    "cases": cases.run,
    "changes": changes.run,
    "imports": imports.run,
    "api": api.run,
    "questions": questions.run,
    "city": city.run,
    "page": page.run,
}
"""Benchmarks that run on an engine of their own."""

PURE: dict[str, Callable[[int], list[Row]]] = {"ledgers": ledgers.run, "planner": planner.run}
"""Benchmarks that need no engine; none is started for them."""

__all__ = ["BENCHMARKS", "PURE", "Bench", "Row"]
