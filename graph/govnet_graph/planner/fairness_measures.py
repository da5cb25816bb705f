"""The Gini coefficient of values that are known only to lie between two, on arrays.

Gini 1912; as twice the area between the Lorenz curve and equality. With ``F(s)`` the weight of those at or below ``s`` and
``W`` all weight it is ``∫ F(W − F) ds ÷ W ∫ (W − F) ds``, on which both bounds rest.
"""

from __future__ import annotations

import numpy as np

from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.model import Interval

_ROUNDS, _EXACT = 60, 1e-12


def gini(values: FloatArray, weight: FloatArray) -> float:
    """Gini coefficient of values (not negative) that each stand for a weight of people; 0 where all are alike, or all 0."""
    order = np.argsort(values, kind="stable")
    x, w = values[order], weight[order]
    total = float(w @ x)
    if total <= 0:
        return 0.0
    below = np.cumsum(w) - w / 2
    return max(0.0, float((w * x) @ (2 * below / w.sum() - 1)) / total)


def gini_bounds(low: FloatArray, high: FloatArray, weight: FloatArray) -> Interval:
    """Bounds of the coefficient over all values with ``low <= value <= high``.

    The lower end is exact: of all values with one sum, those clipped to a common level are the most equal (majorization), and
    between breakpoints the coefficient is monotone in that level. The upper end is a bound: ``F`` is chosen for every
    threshold by itself within what the intervals allow (Dinkelbach 1967), which single areas may not reach.
    """
    if not len(weight) or weight.sum() <= 0:
        return Interval.of(0.0)
    levels = np.unique(np.concatenate([low, high]))
    least = min(gini(np.clip(np.full(len(low), level), low, high), weight) for level in levels)
    if np.array_equal(low, high):
        return Interval.of(least)
    return Interval(least, min(1.0, max(least, _upper(low, high, weight))))


def _upper(low: FloatArray, high: FloatArray, weight: FloatArray) -> float:
    total = float(weight.sum())
    steps = np.unique(np.concatenate([[0.0], low, high]))
    width = np.diff(steps)
    # Between two steps: the weight that must lie at or below, and that may.
    must = np.array([weight[high <= s].sum() for s in steps[:-1]])
    may = np.array([weight[low <= s].sum() for s in steps[:-1]])
    ratio = 0.0
    for _ in range(_ROUNDS):
        share = np.clip(total * (1 + ratio) / 2, must, may)
        above = float((total - share) @ width) * total
        if above <= _EXACT:
            # All may lie at 0 but for as little as one likes.
            return 1.0
        found = float((share * (total - share)) @ width) / above
        if found <= ratio + _EXACT:
            break
        ratio = found
    return ratio
