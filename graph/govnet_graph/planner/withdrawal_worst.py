"""Which r exits hurt most, and how few exits uncover a cell: proven, on plain arrays.

The worst set is r-interdiction covering (Church, Scaparra & Middleton 2004), solved by branch and bound. The bound credits
a unit with the share of each cell's remaining slack that it takes: a cell falls only when the shares of the exits reach
one, so no set can do more damage than its members' credits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.model import Watch, stopped
from govnet_graph.planner.snapshot import IntArray

_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Worst:
    """The units whose joint exit does most damage; ``bound`` is proven, and equal to ``damage`` where ``proven``."""

    units: tuple[int, ...]
    damage: float
    bound: float
    proven: bool


@dataclass(frozen=True, eq=False)
class Slack:
    """What it takes to make cells fall.

    Attributes
    ----------
    cell, unit, count : int array
        ``unit``'s exit takes ``count`` providers from ``cell``; each pair once.
    need : int array
        Per cell, providers that must go before it falls, at least 1; 0 for a cell that is not covered now.
    weight : float array
        Per cell, the damage when it falls.
    units : int
        Number of units.
    """

    cell: IntArray
    unit: IntArray
    count: IntArray
    need: IntArray
    weight: FloatArray
    units: int


def worst_exits(slack: Slack, size: int, watch: Watch | None = None, known: Worst | None = None) -> Worst:
    """The ``size`` exits that do most damage, the same each time; ``known`` is what was found and proven of them before.

    Exact unless the watch ends it.
    """
    live = (slack.need[slack.cell] > 0) & _can_fall(slack, size)
    search = _Search(slack.cell[live], slack.unit[live], slack.count[live], slack, min(size, slack.units), watch)
    return search.run(known)


def _can_fall(slack: Slack, size: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the ``size`` largest takers of a pair's cell could make it fall at all."""
    order = np.lexsort((-slack.count, slack.cell))
    cell, count = slack.cell[order], slack.count[order]
    starts = np.flatnonzero(np.append(True, cell[1:] != cell[:-1])) if len(cell) else np.zeros(0, dtype=np.int64)
    rank = np.arange(len(cell)) - np.repeat(starts, np.diff(np.append(starts, len(cell))))
    most = np.bincount(cell, weights=np.where(rank < size, count, 0), minlength=len(slack.need))
    return np.asarray(most[slack.cell] >= slack.need[slack.cell])


class _Search:
    def __init__(
        self, cell: IntArray, unit: IntArray, count: IntArray, slack: Slack, size: int, watch: Watch | None
    ) -> None:
        order = np.argsort(unit, kind="stable")
        self.cell, self.unit, self.count = cell[order], unit[order], count[order]
        self.first = np.searchsorted(self.unit, np.arange(slack.units + 1))
        self.need, self.weight, self.units = slack.need.astype(np.int64), slack.weight, slack.units
        self.size, self.watch = size, watch
        self.best: tuple[float, tuple[int, ...]] = (-1.0, ())
        self.ended = False

    def run(self, known: Worst | None) -> Worst:
        if self.size == 0:
            return Worst((), 0.0, 0.0, True)
        if known is not None:
            self._offer(known.damage, known.units)
            if known.proven:
                return known
        self._greedy()
        bound = self._branch(self.need, 0.0, (), np.ones(self.units, dtype=np.bool_))
        damage, units = self.best
        bound = bound if known is None else min(bound, known.bound)
        proven = not self.ended or bound <= damage + _EXACT
        return Worst(units, damage, damage if proven else max(damage, bound), proven)

    def _greedy(self) -> None:
        chosen: list[int] = []
        need, damage = self.need, 0.0
        for left in range(self.size, 0, -1):
            worth = self._credit(need) + (self._felled(need) if left == 1 else 0.0)
            worth[chosen] = -1.0
            unit = int(np.argmax(worth))
            need, more = self._without(need, unit)
            damage += more
            chosen.append(unit)
        self._offer(damage, chosen)

    def _branch(
        self,
        need: IntArray,
        damage: float,
        chosen: tuple[int, ...],
        allowed: np.ndarray[tuple[int], np.dtype[np.bool_]],
    ) -> float:
        """Try every set that adds allowed units; what is returned bounds all that was left untried."""
        left = self.size - len(chosen)
        if left == 1:
            total = np.where(allowed, self._felled(need), -1.0)
            unit = int(np.argmax(total))
            if total[unit] >= 0:
                self._offer(damage + float(total[unit]), (*chosen, unit))
            return damage
        credit = np.where(allowed, self._credit(need), -1.0)
        order = np.argsort(-credit, kind="stable")
        order = order[credit[order] >= 0]
        ahead = np.append(0.0, np.cumsum(credit[order]))
        rest = allowed.copy()
        for place in range(len(order) - left + 1):
            bound = damage + float(ahead[place + left] - ahead[place])
            if bound <= self.best[0] + _EXACT:
                return damage
            if stopped(self.watch):
                self.ended = True
                return bound
            if self.watch is not None and not chosen:
                self.watch.advance(place / len(order), self.best[0], bound)
            unit = int(order[place])
            rest[unit] = False
            after, more = self._without(need, unit)
            self._branch(after, damage + more, (*chosen, unit), rest.copy())
            if self.ended:
                return bound
        return damage

    def _credit(self, need: IntArray) -> FloatArray:
        open_ = need[self.cell]
        share = np.where(open_ > 0, np.minimum(1.0, self.count / np.maximum(open_, 1)), 0.0)
        return np.bincount(self.unit, weights=share * self.weight[self.cell], minlength=self.units).astype(np.float64)

    def _felled(self, need: IntArray) -> FloatArray:
        open_ = need[self.cell]
        falls = (open_ > 0) & (self.count >= open_)
        worth = np.bincount(self.unit, weights=np.where(falls, self.weight[self.cell], 0.0), minlength=self.units)
        return worth.astype(np.float64)

    def _without(self, need: IntArray, unit: int) -> tuple[IntArray, float]:
        """What is needed after an exit, and the damage that it does."""
        own = slice(self.first[unit], self.first[unit + 1])
        cells = self.cell[own]
        open_ = need[cells] > 0
        after = need.copy()
        after[cells] = np.where(open_, np.maximum(0, need[cells] - self.count[own]), 0)
        return after, float(self.weight[cells[open_ & (after[cells] == 0)]].sum())

    def _offer(self, damage: float, units: list[int] | tuple[int, ...]) -> None:
        found = tuple(sorted(units))
        if damage > self.best[0] + _EXACT:
            self.best = (damage, found)


def fewest_exits(slack: Slack) -> IntArray:
    """Per cell, the fewest exits that make it fall; 0 where it is not covered now, -1 where no exits can. Exact.

    Each exit takes its providers whatever the others take, so the largest takers first is best.
    """
    fewest = np.where(slack.need > 0, -1, 0).astype(np.int64)
    order = np.lexsort((-slack.count, slack.cell))
    cell, count = slack.cell[order], slack.count[order]
    if not len(cell):
        return fewest
    starts = np.flatnonzero(np.append(True, cell[1:] != cell[:-1]))
    sizes = np.diff(np.append(starts, len(cell)))
    running = np.cumsum(count)
    within = running - np.repeat(running[starts] - count[starts], sizes)
    falls = (within >= slack.need[cell]) & (slack.need[cell] > 0)
    rank = np.arange(len(cell)) - np.repeat(starts, sizes) + 1
    last = np.flatnonzero(falls)[::-1]
    fewest[cell[last]] = rank[last]  # the first that suffices is written last
    return fewest
