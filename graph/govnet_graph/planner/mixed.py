"""Mixed-integer programs with HiGHS (scipy) under a ``Watch``: a solve ends on stop or limit with the best found and a bound.

HiGHS itself can be given a time limit but not be interrupted, so it runs in a thread in slices that grow; a stop is heeded
at once and leaves the last slice to end by its own limit. The same program gives the same solution.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from govnet_graph.planner.model import Watch, remaining, stopped

FloatArray = npt.NDArray[np.float64]
HIGHS = "Huangfu & Hall 2018, Parallelizing the dual revised simplex method"
_FIRST, _GROWTH, _POLL, _ENDLESS, _GRACE = 8.0, 4.0, 0.02, 1e7, 1.0
_EXACT = 1e-6


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise ``cost @ x`` subject to ``low <= rows @ x <= high`` and ``lower <= x <= upper``; ``whole`` marks integers."""

    cost: FloatArray
    rows: sparse.csr_matrix
    low: FloatArray
    high: FloatArray
    whole: npt.NDArray[np.bool_]
    upper: FloatArray


@dataclass(frozen=True, eq=False)
class Solved:
    """What a solve ended with.

    Attributes
    ----------
    x : float array or None
        Best values found; None where none were found in time, or there are none.
    value : float or None
        Their cost.
    bound : float or None
        No feasible values cost less; None where nothing was proven.
    proven : bool
        Whether ``value`` is the optimum, or it is proven that nothing is feasible (then ``x`` is None).
    """

    x: FloatArray | None
    value: float | None
    bound: float | None
    proven: bool


def minimise(program: Program, watch: Watch | None = None, known: Solved | None = None) -> Solved:
    """Solve a program; ``known`` is what is known already, and is given back where nothing better is found in time, or is proven not to exist.

    Exact when ``proven``. Without a watch it runs to the end.
    """
    if not len(program.cost):
        # Nothing to decide, which HiGHS does not take.
        return Solved(np.zeros(0), 0.0, 0.0, True)
    best = Solved(None, None, None, False) if known is None else _better(known, known)
    seconds = _FIRST
    while not (best.proven or stopped(watch)):
        left = remaining(watch)
        slice_ = _ENDLESS if watch is None else min(seconds, left if left is not None else seconds)
        raw = _slice(program, slice_, watch)
        if raw is None:
            break
        best = _better(best, _read(program, raw))
        if watch is not None:
            watch.advance(1.0 if best.proven else 0.5, best.value, best.bound)
        seconds *= _GROWTH
    return best


def _slice(program: Program, seconds: float, watch: Watch | None) -> Any:
    """HiGHS's own result after at most ``seconds``; None where it was stopped before."""
    return ended(
        lambda: milp(
            program.cost,
            integrality=program.whole.astype(np.int64),
            bounds=Bounds(np.zeros_like(program.cost), program.upper),
            constraints=LinearConstraint(program.rows, program.low, program.high),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        ),
        watch,
    )


def ended(work: Callable[[], Any], watch: Watch | None) -> Any:
    """What work of HiGHS under a limit of its own gives; None where it was stopped before."""
    if watch is None:
        return work()
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL)
        if thread.is_alive() and watch.stopped:
            # At the time limit HiGHS is about to end by itself; a stop from outside leaves it behind.
            thread.join(_GRACE if watch.remaining == 0.0 else 0.0)
            if thread.is_alive():
                return None
    return found[0] if found else None


def _read(program: Program, raw: Any) -> Solved:
    if raw.status == 2:
        return Solved(None, None, None, True)
    bound = None if raw.mip_dual_bound is None or not np.isfinite(raw.mip_dual_bound) else float(raw.mip_dual_bound)
    if raw.x is None:
        return Solved(None, None, bound, False)
    x = np.where(program.whole, np.rint(raw.x), raw.x)
    return Solved(x, float(program.cost @ x), bound, raw.status == 0)


def _better(one: Solved, two: Solved) -> Solved:
    """The better values and the better bound of both."""
    if two.proven and two.x is None:
        return two
    first = two if one.value is None or (two.value is not None and two.value < one.value - _EXACT) else one
    bounds = [s.bound for s in (one, two) if s.bound is not None]
    bound = max(bounds) if bounds else None
    closed = first.value is not None and bound is not None and bound >= first.value - _EXACT * max(1, abs(first.value))
    return Solved(first.x, first.value, bound, two.proven or closed)


def gap(value: float | None, bound: float | None) -> float | None:
    """|value − bound| ÷ max(1, |value|); None where either is not known."""
    return None if value is None or bound is None else abs(value - bound) / max(1.0, abs(value))
