"""Proves coverage and closes its gaps: pure functions from a snapshot to results that anyone can check again.

It knows neither an engine nor HTTP. ``RESULTS`` lists what can be asked for; see ``planner.model`` for what all results
share and ``planner.snapshot`` for what they are computed from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govnet_graph.planner.registry import RESULTS

__all__ = ["RESULTS"]


def __getattr__(name: str) -> Any:
    # The solvers are loaded when they are first asked for; the checker must be importable without them.
    if name == "RESULTS":
        from govnet_graph.planner import registry

        return registry.RESULTS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
