"""Columns: pairings that could be made and pairings that could take a service on, with the cells that each would count for.

Pairings are generated for the nearest able units of each cell; ``priced`` adds those that a first solution shows to matter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.problem import FAR, Problem
from govnet_graph.planner.snapshot import BoolArray, IntArray

_STEP = 7919
"""A prime that turns the order of equally near units from one neighbourhood to the next, so that not all ask the same few."""


@dataclass(frozen=True, eq=False)
class Links:
    """Possible new pairings: ``unit[i]`` with the target of ``cell[i]``, ``hops[i]`` steps apart; by cell, then unit."""

    unit: IntArray
    cell: IntArray
    hops: IntArray

    def __len__(self) -> int:
        return len(self.unit)

    def ordered(self, units: int) -> Links:
        """By cell and unit, each pair once."""
        _, first = np.unique(self.cell * units + self.unit, return_index=True)
        return Links(self.unit[first], self.cell[first], self.hops[first])

    def with_(self, other: Links, units: int) -> Links:
        """These and others."""
        joined = Links(*(np.concatenate((getattr(self, f), getattr(other, f))) for f in ("unit", "cell", "hops")))
        return joined.ordered(units)


@dataclass(frozen=True, slots=True)
class Extension:
    """A present pairing (index into ``snapshot.pairings``) that could take services on, and the cells that it would count for."""

    pairing: int
    unit: int
    cells: tuple[int, ...]


def nearest(problem: Problem, most: int, *, cells: IntArray | None = None, units: BoolArray | None = None) -> Links:
    """The nearest able units with capacity left of each cell.

    Parameters
    ----------
    most : int
        How many per cell; 0 for all.
    cells : int array, optional
        Of these cells only.
    units : bool array, optional
        Of these units only.
    """
    wanted = np.arange(len(problem.area)) if cells is None else cells
    wanted = wanted[problem.target[wanted] >= 0]
    free = problem.spare > 0 if units is None else units & (problem.spare > 0)
    # Grids of one community have the same units near them: these are ranked once for all.
    ancestors, size = problem.snapshot.areas.ancestors, len(problem.snapshot.areas)
    target = problem.target[wanted]
    base = np.where(ancestors[target, 2] >= 0, ancestors[target, 2], target)
    groups, group = np.unique(problem.rule[wanted] * size + base, return_inverse=True)
    at, near = _pools(problem, free, groups // size, groups % size, most)
    first = np.searchsorted(at, np.arange(len(groups) + 1))
    counts = (first[1:] - first[:-1])[group]
    unit, cell = near[ragged(first[group], counts)], np.repeat(wanted, counts)
    allowed = allowed_pairs(problem, unit, cell)
    unit, cell = unit[allowed], cell[allowed]
    hops = problem.hops(unit, problem.target[cell])
    if problem.limits.max_hops is not None:
        close = hops <= problem.limits.max_hops
        unit, cell, hops = unit[close], cell[close], hops[close]
    return Links(unit, cell, hops).ordered(len(problem.snapshot.units))


def _pools(problem: Problem, free: BoolArray, rules: IntArray, bases: IntArray, most: int) -> tuple[IntArray, IntArray]:
    """(group, unit) of the nearest units of each group, a rule and the area whose neighbourhood it is; by group."""
    groups: list[IntArray] = []
    found: list[IntArray] = []
    turned: list[IntArray] = []
    for rule in np.unique(rules).tolist():
        pool = np.flatnonzero(free & problem.able[:, rule])
        own = np.flatnonzero(rules == rule)
        if not len(pool):
            continue
        if most == 0 or len(pool) <= most:
            ranks = np.tile(np.arange(len(pool)), len(own))
            group = np.repeat(own, len(pool))
        else:
            group, ranks = _short_list(problem, pool, own, bases[own], most)
        groups.append(group)
        found.append(pool[ranks])
        turned.append((ranks + bases[group] * _STEP) % len(pool))
    if not groups:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    group, unit, turn = np.concatenate(groups), np.concatenate(found), np.concatenate(turned)
    order = np.lexsort((turn, problem.hops(unit, bases[group]), group))
    group, unit = group[order], unit[order]
    if most:
        rank = np.arange(len(group)) - np.searchsorted(group, group)
        group, unit = group[rank < most], unit[rank < most]
    return group, unit


def _short_list(
    problem: Problem, pool: IntArray, own: IntArray, bases: IntArray, most: int
) -> tuple[IntArray, IntArray]:
    """(group, rank in the pool) of those among which the nearest are: all in the same street or above it, and of the rest as many as
    are wanted from each level, in an order that turns with the neighbourhood."""
    ancestors, level = problem.snapshot.areas.ancestors, problem.snapshot.areas.level
    parts: list[tuple[IntArray, IntArray]] = []
    rest: dict[int, set[int]] = {}
    for column in range(problem.places.shape[1]):
        at = problem.places[pool, column]
        key = np.where(at >= 0, ancestors[at, 1], -2)
        order = np.argsort(key, kind="stable")
        starts = np.searchsorted(key[order], ancestors[bases, 1])
        counts = np.searchsorted(key[order], ancestors[bases, 1], side="right") - starts
        parts.append((np.repeat(own, counts), order[ragged(starts, counts)]))
        ring = np.where(at >= 0, level[at], FAR)
        for distance in np.unique(ring).tolist():
            rest.setdefault(distance, set()).update(np.flatnonzero(ring == distance).tolist())
    for _, chosen in sorted(rest.items()):
        members = np.array(sorted(chosen), dtype=np.int64)
        count = min(most, len(members))
        turns = (-bases * _STEP) % len(pool)
        begin = np.searchsorted(members, turns)
        ranks = members[(begin[:, None] + np.arange(count)) % len(members)]
        parts.append((np.repeat(own, count), ranks.ravel()))
    group, rank = (np.concatenate(column) for column in zip(*parts, strict=True))
    pairs = np.unique(group * len(pool) + rank)
    return pairs // len(pool), pairs % len(pool)


def ragged(starts: IntArray, counts: IntArray) -> IntArray:
    """The indexes ``starts[i] … starts[i] + counts[i] - 1`` of every i, one after the other."""
    total = int(counts.sum())
    shift = np.repeat(starts - np.cumsum(counts) + counts, counts)
    return np.arange(total) + shift


def allowed_pairs(problem: Problem, unit: IntArray, cell: IntArray) -> BoolArray:
    """Which pairs neither exist nor are forbidden, and would add a provider that the cell does not have."""
    key = unit * len(problem.snapshot.areas) + problem.target[cell]
    near = unit * len(problem.area) + cell
    return ~(among(key, problem.held) | among(near, problem.near))


def among(keys: IntArray, held: IntArray) -> BoolArray:
    """Which keys are in a sorted array: far faster than a set operation where few are held."""
    if not len(held):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.minimum(np.searchsorted(held, keys), len(held) - 1)
    return np.asarray(held[at] == keys)


def extensions(problem: Problem) -> tuple[Extension, ...]:
    """Present pairings whose unit could undertake a service where it now does not, at no cost in capacity."""
    snapshot, limits = problem.snapshot, problem.limits
    counted: dict[tuple[int, int], bool] = defaultdict(bool)
    for pairing in snapshot.present:
        unit = snapshot.unit_index[pairing.unit]
        for cell in problem.reached(pairing.area):
            code = problem.rules[problem.rule[cell]].evidence.value
            counted[unit, cell] |= not code or code in pairing.services
    found = []
    for index, pairing in enumerate(snapshot.pairings):
        one = snapshot.units[snapshot.unit_index[pairing.unit]]
        barred = one.id in limits.without or (one.id, snapshot.areas.ids[pairing.area]) in limits.forbidden
        if not pairing.present or barred or (limits.kinds and one.kind not in limits.kinds):
            continue
        unit = snapshot.unit_index[pairing.unit]
        cells = tuple(
            cell
            for cell in problem.reached(pairing.area)
            if problem.able[unit, problem.rule[cell]] and not counted[unit, cell]
        )
        if cells:
            found.append(Extension(index, unit, cells))
    return tuple(found)
