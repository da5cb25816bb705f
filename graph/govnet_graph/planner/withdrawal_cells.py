"""Who provides what where, as cells and pairs: what withdrawal, worst sets and fewest exits are computed from.

A *cell* is one requirement in one area. A unit's exit takes away the unit itself and the resources that nobody else offers.
Exact, vectorised; O(evidence × areas that it reaches).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.judging import COVERED, EMPTY, UNCOVERED, UNKNOWN, applies_to, complete_for, paired
from govnet_graph.planner.mixed import FloatArray
from govnet_graph.planner.people import population
from govnet_graph.planner.snapshot import LEVELS, BoolArray, IntArray, Snapshot
from govnet_graph.planner.withdrawal_worst import Slack


@dataclass(frozen=True, eq=False)
class Cells:
    """All cells and all distinct (cell, provider) pairs.

    Attributes
    ----------
    requirement, area : int array
        Of each cell: index into the snapshot's requirements and areas.
    minimum : int array
        Providers that it needs.
    complete : bool array
        Whether a complete ledger would make an absence a gap.
    cell, provider : int array
        Of each pair; a provider below ``units`` is that unit, else ``units`` plus its index among the providers.
    owner : int array
        Per provider, the unit whose exit takes it away; -1 where no single exit does.
    units : int
        Number of units.
    """

    requirement: IntArray
    area: IntArray
    minimum: IntArray
    complete: BoolArray
    cell: IntArray
    provider: IntArray
    owner: IntArray
    units: int

    def __len__(self) -> int:
        return len(self.area)

    @cached_property
    def have(self) -> IntArray:
        """Distinct providers per cell."""
        return np.bincount(self.cell, minlength=len(self)).astype(np.int64)

    @cached_property
    def losses(self) -> tuple[IntArray, IntArray, IntArray]:
        """(cell, unit, providers that its exit takes away), one entry per cell and unit, by unit and cell."""
        owner = self.owner[self.provider]
        owned = owner >= 0
        pairs, count = np.unique(owner[owned] * len(self) + self.cell[owned], return_counts=True)
        return pairs % max(1, len(self)), pairs // max(1, len(self)), count.astype(np.int64)

    def states(self, providers: IntArray, cells: IntArray) -> IntArray:
        """State of cells with so many providers: an index into ``judging.STATES``."""
        return np.where(providers >= self.minimum[cells], COVERED, np.where(self.complete[cells], UNCOVERED, UNKNOWN))


def cells_of(snapshot: Snapshot, requirements: Sequence[Requirement] | None = None) -> Cells:
    """The cells of some requirements; of all where none are named."""
    chosen = snapshot.requirements if requirements is None else requirements
    index = {r.id: i for i, r in enumerate(snapshot.requirements)}
    units = len(snapshot.units)
    parts: list[tuple[IntArray, ...]] = []
    pairs: list[tuple[IntArray, IntArray]] = []
    start = 0
    for requirement in chosen:
        areas = applies_to(snapshot, requirement)
        complete = complete_for(snapshot, requirement.ledger)[areas]
        same = np.ones(len(areas), dtype=np.int64)
        parts.append((index[requirement.id] * same, areas, requirement.minimum * same, complete.astype(np.int64)))
        key = str(requirement.evidence)
        given = snapshot.given.get(key)
        who, where = paired(snapshot, key)
        if given is not None:
            who = np.concatenate([who, given.providers + units])
            where = np.concatenate([where, given.areas])
        places, providers = _spread(snapshot, requirement, areas, who, where)
        pairs.append((places + start, providers))
        start += len(areas)
    columns = [np.concatenate(c) if parts else EMPTY for c in (zip(*parts, strict=True) if parts else [EMPTY] * 4)]
    cell = np.concatenate([p[0] for p in pairs]) if pairs else EMPTY
    provider = np.concatenate([p[1] for p in pairs]) if pairs else EMPTY
    return Cells(
        requirement=columns[0],
        area=columns[1],
        minimum=columns[2],
        complete=columns[3].astype(np.bool_),
        cell=cell,
        provider=provider,
        owner=owners(snapshot),
        units=units,
    )


def owners(snapshot: Snapshot) -> IntArray:
    """Per unit itself, then per other provider the unit that alone offers it; -1 for the rest."""
    givers: dict[str, set[str]] = defaultdict(set)
    for offer in snapshot.offers:
        givers[offer.resource].add(offer.giver)
    found = list(range(len(snapshot.units)))
    for provider in snapshot.providers:
        offering = givers.get(provider.id, set())
        sole = next(iter(offering)) if provider.label == "Resource" and len(offering) == 1 else ""
        found.append(snapshot.unit_index.get(sole, -1))
    return np.array(found, dtype=np.int64)


def _spread(
    snapshot: Snapshot, requirement: Requirement, areas: IntArray, who: IntArray, where: IntArray
) -> tuple[IntArray, IntArray]:
    """Distinct (position in ``areas``, provider): where each fact counts for the requirement."""
    if not len(areas) or not len(who):
        return EMPTY, EMPTY
    if requirement.scope == "within":
        above = snapshot.areas.ancestors[where, LEVELS.index(requirement.level)]
        place = np.minimum(np.searchsorted(areas, above), len(areas) - 1)
        counts = areas[place] == above
        place, who = place[counts], who[counts]
    else:
        first = np.searchsorted(areas, where)
        size = np.searchsorted(areas, snapshot.areas.end[where]) - first
        who = np.repeat(who, size)
        offset = np.arange(len(who)) - np.repeat(np.cumsum(size) - size, size)
        place = np.repeat(first, size) + offset
    total = len(snapshot.units) + len(snapshot.providers)
    both = np.unique(place * total + who)
    return both // total, both % total


def slack_of(snapshot: Snapshot, cells: Cells, weight: str = "areas") -> Slack:
    """What it takes to uncover each cell, weighed by cells or by the people who live there and are counted."""
    need = np.where(cells.have >= cells.minimum, cells.have - cells.minimum + 1, 0)
    cell, unit, count = cells.losses
    return Slack(cell, unit, count, need, _weights(snapshot, cells.area, weight), len(snapshot.units))


def _weights(snapshot: Snapshot, area: IntArray, weight: str) -> FloatArray:
    if weight == "areas":
        return np.ones(len(area))
    people = population(snapshot, weight)
    running = np.append(0.0, np.cumsum(people.low))
    first = np.searchsorted(people.leaves, area)
    last = np.searchsorted(people.leaves, snapshot.areas.end[area])
    return np.asarray(running[last] - running[first])
