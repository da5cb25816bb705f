"""People by area where some counts are not known: bounds that the counts of larger areas give, and what a set of areas holds.

The counts of the areas in an area add up to its own. So a grid that states nothing holds at most what its community's
count leaves over; where nothing above states a count either, there is no upper bound (None).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.snapshot import Areas, BoolArray, IntArray, Snapshot

Weight = Literal["residents", "over-70", "households", "areas"]
WEIGHTS: tuple[Weight, ...] = ("residents", "over-70", "households", "areas")
PROPERTY = {"residents": "residents", "over-70": "residents_over_70", "households": "households"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people that lies between two; ``high`` None where nothing bounds it."""

    low: int
    high: int | None

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def width(self) -> int | None:
        """What is not known of it; None where nothing bounds it."""
        return None if self.high is None else self.high - self.low

    def __str__(self) -> str:
        return f"{self.low}" if self.known else f"≥ {self.low}" if self.high is None else f"{self.low}–{self.high}"


@dataclass(frozen=True, eq=False)
class Population:
    """People of the smallest areas (leaves) at or below the snapshot's root.

    Attributes
    ----------
    leaves : int array
        Areas that no area lies in, in order.
    stated : int array
        Own count of every area of the district; -1 where none is stated.
    low, high : float array
        Bounds per leaf; infinite where nothing bounds it above.
    """

    areas: Areas
    root: int
    leaves: IntArray
    stated: IntArray
    low: FloatArray
    high: FloatArray

    def among(self, chosen: BoolArray) -> Count:
        """People of the chosen leaves; exact bounds, given that counts add up. O(areas)."""
        inside = Population.bounds(self.areas, self.root, self.stated, self.leaves, chosen)
        return Count(int(inside[0]), None if np.isinf(inside[1]) else int(inside[1]))

    @staticmethod
    def bounds(areas: Areas, root: int, stated: IntArray, leaves: IntArray, chosen: BoolArray) -> tuple[float, float]:
        """(lowest, highest) number of people of the chosen leaves."""
        last = int(areas.end[root])
        # Per area: lowest and highest of the chosen, and of the others, summed from what lies in it.
        held = np.zeros((last, 4))
        is_leaf = np.zeros(last, dtype=np.bool_)
        is_leaf[leaves] = True
        picked = np.zeros(last, dtype=np.bool_)
        picked[leaves] = chosen
        for area in range(last - 1, root - 1, -1):
            if is_leaf[area]:
                own = float(stated[area])
                held[area, 0 if picked[area] else 2] = max(own, 0.0)
                held[area, 1 if picked[area] else 3] = own if own >= 0 else np.inf
            elif stated[area] >= 0 and held[area, 0] + held[area, 2] <= stated[area] <= held[area, 1] + held[area, 3]:
                # The area's own count stands, unless the counts in it contradict it.
                low, high, low_else, high_else = held[area]
                held[area] = (
                    max(low, stated[area] - high_else),
                    min(high, stated[area] - low_else),
                    max(low_else, stated[area] - high),
                    min(high_else, stated[area] - low),
                )
            if area > root:
                held[areas.parent[area]] += held[area]
        return float(held[root, 0]), float(held[root, 1])


def population(snapshot: Snapshot, weight: str) -> Population:
    """People by the smallest areas; with ``areas`` each of them counts one."""
    areas = snapshot.areas
    first, last = snapshot.inside
    leaves = np.flatnonzero(areas.end[first:last] == np.arange(first, last) + 1) + first
    if weight == "areas":
        stated = np.full(len(areas), -1, dtype=np.int64)
        stated[leaves] = 1
        ones = np.ones(len(leaves))
        return Population(areas, first, leaves, stated, ones, ones)
    stated = getattr(areas, PROPERTY[weight])
    high = np.where(stated[leaves] >= 0, stated[leaves], np.inf).astype(np.float64)
    low = np.maximum(stated[leaves], 0).astype(np.float64)
    known = np.zeros(len(areas))
    np.add.at(known, leaves, low)
    total = np.append(0.0, np.cumsum(known))
    for level in range(4):
        above = areas.ancestors[leaves, level]
        usable = (above >= 0) & (stated[np.maximum(above, 0)] >= 0)
        left = stated[np.maximum(above, 0)] - (total[areas.end[np.maximum(above, 0)]] - total[np.maximum(above, 0)])
        # A count that those in it exceed says nothing.
        usable &= (left >= 0) & (stated[leaves] < 0)
        high = np.where(usable, np.minimum(high, left), high)
    return Population(areas, first, leaves, stated, low, high)
