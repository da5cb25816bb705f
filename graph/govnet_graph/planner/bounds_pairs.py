"""What all pairs together would save at given prices, also those that no program considers: the part of a bound that needs all of them.

Exact, and fast where there are hundreds of millions of pairs: units of one ability and level are ranked by price once, as if each lay
in another street than the areas; pairs within one street, and pairs that may not be or count for less, are then put right one by one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from govnet_graph.planner.candidates import among, ragged
from govnet_graph.planner.columns import reach
from govnet_graph.planner.pricing import Costs, worths
from govnet_graph.planner.problem import FAR, Problem
from govnet_graph.planner.snapshot import BoolArray, IntArray

_STREET = 1


class _At(NamedTuple):
    """Values and prices, and what they make of each ability and area."""

    targets: IntArray
    worth: IntArray
    kind: IntArray
    prices: IntArray
    up: IntArray
    costs: Costs


def surplus(problem: Problem, values: IntArray, prices: IntArray, open_: BoolArray, costs: Costs) -> int:
    """Σ of what each new pairing that may be would save beyond its cost, where that is above nothing. Exact.

    Parameters
    ----------
    values : int array, one entry per cell
        What one provider more saves there.
    prices : int array, one entry per unit
        What a new pairing takes of its capacity.
    open_ : bool array
        Units that may get one.
    """
    kinds, kind = np.unique(problem.able, axis=0, return_inverse=True)
    targets, worth = worths(problem, kinds, values)
    level = problem.snapshot.areas.level
    up = np.where(problem.places >= 0, level[problem.places], FAR).min(axis=1, initial=FAR)
    at = _At(targets, worth - costs.change, kind, prices, up, costs)
    total = 0
    for row, height in sorted(set(zip(kind[open_].tolist(), up[open_].tolist(), strict=True))):
        ranked = np.sort(prices[open_ & (kind == row) & (up == height)])
        steps = np.minimum(FAR, height + level[targets]) if height < FAR else np.full(len(targets), FAR)
        least = np.where(_near(problem, steps), at.worth[row] - costs.hop * steps, 0)
        count = np.searchsorted(ranked, least, side="left")
        total += int((count * least - np.append(0, np.cumsum(ranked))[count]).sum())
    unit, place = _apart(problem, targets, open_, beside=bool(costs.hop) or problem.limits.max_hops is not None)
    return total - int(_elsewhere(problem, at, unit, place).sum()) + int(_truly(problem, at, values, unit, place).sum())


def _near(problem: Problem, steps: IntArray) -> BoolArray:
    most = problem.limits.max_hops
    return np.ones(len(steps), dtype=np.bool_) if most is None else steps <= most


def _apart(problem: Problem, targets: IntArray, open_: BoolArray, *, beside: bool) -> tuple[IntArray, IntArray]:
    """(unit, index of target) of the pairs that are put right: those that may not be or count for less, with ``beside`` those of one street."""
    size, cells = len(problem.snapshot.areas), max(1, len(problem.area))
    index = np.full(size, -1, dtype=np.int64)
    index[targets] = np.arange(len(targets))
    _, starts, reached = problem.reach
    above = np.repeat(np.arange(len(targets)), np.diff(starts))
    order = np.argsort(reached, kind="stable")
    cell = problem.near % cells
    first = np.searchsorted(reached[order], cell)
    counts = np.searchsorted(reached[order], cell, side="right") - first
    units = [problem.held // size, np.repeat(problem.near // cells, counts)]
    places = [index[problem.held % size], above[order][ragged(first, counts)]]
    if beside:
        ancestors = problem.snapshot.areas.ancestors
        street = ancestors[targets, _STREET]
        order = np.argsort(street, kind="stable")
        for column in range(problem.places.shape[1]):
            home = problem.places[:, column]
            own = np.where(home >= 0, ancestors[home, _STREET], -2)
            own = np.where(own >= 0, own, -2)
            first = np.searchsorted(street[order], own)
            counts = np.searchsorted(street[order], own, side="right") - first
            units.append(np.repeat(np.arange(len(home)), counts))
            places.append(order[ragged(first, counts)])
    unit, place = np.concatenate(units), np.concatenate(places)
    kept = (place >= 0) & open_[unit]
    pairs = np.unique(unit[kept] * max(1, len(targets)) + place[kept])
    return pairs // max(1, len(targets)), pairs % max(1, len(targets))


def _elsewhere(problem: Problem, at: _At, unit: IntArray, place: IntArray) -> IntArray:
    """What was counted for some pairs, as if each unit lay in another street."""
    level = problem.snapshot.areas.level[at.targets[place]]
    steps = np.where(at.up[unit] < FAR, np.minimum(FAR, at.up[unit] + level), FAR)
    saved = np.where(_near(problem, steps), at.worth[at.kind[unit], place] - at.costs.hop * steps, 0)
    return np.asarray(np.maximum(0, saved - at.prices[unit]))


def _truly(problem: Problem, at: _At, values: IntArray, unit: IntArray, place: IntArray) -> IntArray:
    """What some pairs save in truth."""
    target = at.targets[place]
    hops = problem.hops(unit, target)
    column, cell = reach(problem, unit, target)
    gain = np.zeros(len(unit), dtype=np.int64)
    np.add.at(gain, column, values[cell])
    may = _near(problem, hops) & ~among(unit * len(problem.snapshot.areas) + target, problem.held)
    return np.where(may, np.maximum(0, gain - at.costs.change - at.costs.hop * hops - at.prices[unit]), 0)
