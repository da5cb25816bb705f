"""Why an area stays uncovered: the smallest reason, each found by letting go of one condition and looking whether it would then be served.

With the residual graph of the optimal assignment the answer is exact: an area is said to lack capacity only where it lies on the deficient
side of the minimum cut and no single other condition, let go, gets it across.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from govnet_graph.planner.candidates import Links, among, nearest
from govnet_graph.planner.plan_model import Reason, Uncovered
from govnet_graph.planner.problem import Limits, Problem
from govnet_graph.planner.snapshot import BoolArray, IntArray, Snapshot

_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Left:
    """What an assignment leaves: load given to each unit by new pairings, which links are used, and what still lacks per cell."""

    links: Links
    used: BoolArray
    given: IntArray
    short: IntArray


def why_uncovered(problem: Problem, left: Left, original: Snapshot, *, exchange: bool) -> tuple[Uncovered, ...]:
    """The reason for each cell that still lacks providers.

    Parameters
    ----------
    problem : Problem
    left : Left
    original : Snapshot
        Before anything was set by the planner.
    exchange : bool
        Whether pairings of the assignment may be exchanged to make room (one rule), or not (several rules that bind together).
    """
    cells = np.flatnonzero(left.short > 0)
    if not len(cells):
        return ()
    reasons: dict[int, tuple[Reason, IntArray]] = {}
    for reason, changed in _relaxed(problem, original):
        open_ = np.array([cell for cell in cells.tolist() if cell not in reasons], dtype=np.int64)
        if len(open_):
            for cell, units in _served(changed, left, open_, exchange=exchange):
                reasons[cell] = (reason, units)
    return tuple(_uncovered(problem, cell, int(left.short[cell]), reasons.get(cell)) for cell in cells.tolist())


def _relaxed(problem: Problem, original: Snapshot) -> Iterable[tuple[Reason, Problem]]:
    """The problem with one condition let go, from the one that the planner can change at once to the one that needs a record."""
    limits, snapshot = problem.limits, problem.snapshot
    if limits.forbidden or limits.without or limits.kinds or limits.locked:
        locked = [snapshot.unit_index[unit] for unit, area in limits.locked if not _held(original, unit, area)]
        spare = np.array(
            [
                0 if u.capacity is None else max(0, u.capacity - load)
                for u, load in zip(snapshot.units, problem.load.tolist(), strict=True)
            ],
            dtype=np.int64,
        )
        spare += np.bincount(locked, minlength=len(spare)).astype(np.int64) if locked else 0
        yield "lock", replace(problem, limits=Limits(max_hops=limits.max_hops), spare=spare)
    if limits.max_hops is not None:
        yield "distance", replace(problem, limits=replace(limits, max_hops=None))
    unstated = np.array([u.capacity is None for u in snapshot.units], dtype=np.bool_)
    allowed = np.array(
        [u.id not in limits.without and (not limits.kinds or u.kind in limits.kinds) for u in snapshot.units],
        dtype=np.bool_,
    )
    if (unstated & allowed).any():
        yield "capacity-unknown", replace(problem, spare=np.where(unstated & allowed, problem.total, problem.spare))


def _held(snapshot: Snapshot, unit: str, area: str) -> bool:
    return any(p.unit == unit and snapshot.areas.ids[p.area] == area for p in snapshot.pairings)


def _served(problem: Problem, left: Left, cells: IntArray, *, exchange: bool) -> Iterable[tuple[int, IntArray]]:
    """(cell, units) of the cells that could be served under the relaxed problem, with units from which that could begin."""
    units = left.given < problem.spare
    while True:
        reach = np.zeros(len(problem.area), dtype=np.bool_)
        # As many of the nearest as cannot all be used already.
        crossing = nearest(
            problem,
            0 if len(cells) * int(units.sum()) < 2_000_000 else 64,
            cells=_targets(left, exchange, cells),
            units=units,
        )
        key = left.links.cell[left.used] * len(problem.spare) + left.links.unit[left.used]
        fresh = ~np.isin(crossing.cell * len(problem.spare) + crossing.unit, key)
        reach[crossing.cell[fresh]] = True
        grown = units.copy()
        if exchange:
            grown[left.links.unit[left.used & reach[left.links.cell]]] = True
        if np.array_equal(grown, units):
            break
        units = grown
    for cell in cells.tolist():
        if reach[cell]:
            yield cell, crossing.unit[fresh & (crossing.cell == cell)]


def _targets(left: Left, exchange: bool, cells: IntArray) -> IntArray:
    """Cells to look at: with exchanges also those that a unit could leave to another."""
    return np.unique(np.concatenate((cells, left.links.cell[left.used]))) if exchange else cells


def _uncovered(problem: Problem, cell: int, lacking: int, found: tuple[Reason, IntArray] | None) -> Uncovered:
    areas, rule = problem.snapshot.areas, problem.rules[problem.rule[cell]]
    reason: Reason
    if found is not None:
        reason, units = found
    else:
        able = np.flatnonzero(problem.able[:, problem.rule[cell]])
        near = able[~among(able * len(problem.area) + cell, problem.near)]
        reason, units = ("capacity" if len(near) else "no-able-unit"), near
    ids = tuple(problem.snapshot.units[unit].id for unit in units[:_SHOWN].tolist())
    area = int(problem.area[cell])
    return Uncovered(areas.ids[area], areas.names[area], rule.id, lacking, reason, ids)
