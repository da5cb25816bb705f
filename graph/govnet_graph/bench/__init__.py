"""Benchmarks: ``govnet bench NAME``. One file each; none of them is a test."""

from __future__ import annotations

from collections.abc import Callable

from govnet_graph.bench import api, load, questions
from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row

BENCHMARKS: dict[str, Callable[[Bench, int], list[Row]]] = {
    "load": load.run,
    "api": api.run,
    "questions": questions.run,
}

__all__ = ["BENCHMARKS", "Bench", "Row"]
