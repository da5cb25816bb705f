"""Coverage of a snapshot: how many distinct providers each requirement has in each area, and what that means.

The same judgement as ``cypher/parts/coverage.cypher``, on arrays. Exact; O(facts × levels) per requirement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from govnet_graph.coverage import Requirement, State
from govnet_graph.planner.snapshot import LEVELS, BoolArray, IntArray, Pairing, Snapshot

STATES = (State.UNCOVERED, State.UNKNOWN, State.COVERED)
UNCOVERED, UNKNOWN, COVERED = range(3)
EMPTY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Judged:
    """One requirement judged in every area at or below the snapshot's root that it applies to.

    Attributes
    ----------
    requirement : Requirement
    areas : int array
        Indexes of these areas, in order; the other arrays have one entry for each.
    others : int array
        Distinct providers other than paired units.
    units : int array
        Distinct paired units that count.
    complete : bool array
        Whether a ledger that would settle an absence is complete for the area.
    """

    requirement: Requirement
    areas: IntArray
    others: IntArray
    units: IntArray
    complete: BoolArray

    @property
    def providers(self) -> IntArray:
        """Distinct providers."""
        return self.others + self.units

    @property
    def missing(self) -> IntArray:
        """Providers that lack to the minimum; 0 where it is met."""
        return np.maximum(0, self.requirement.minimum - self.providers)

    @property
    def states(self) -> IntArray:
        """Index into ``STATES`` per area."""
        return np.where(self.missing == 0, COVERED, np.where(self.complete, UNCOVERED, UNKNOWN))

    def count(self, state: int) -> int:
        """Number of areas in a state."""
        return int((self.states == state).sum())


def judge(snapshot: Snapshot, requirement: Requirement, pairings: Iterable[Pairing] | None = None) -> Judged:
    """One requirement in every area that it applies to; ``pairings`` stand in for those that hold on the day."""
    areas = applies_to(snapshot, requirement)
    key = str(requirement.evidence)
    given = snapshot.given.get(key)
    others = EMPTY, EMPTY
    if given is not None:
        others = given.providers, given.areas
    return Judged(
        requirement=requirement,
        areas=areas,
        others=count_distinct(snapshot, requirement, *others)[areas],
        units=count_distinct(snapshot, requirement, *paired(snapshot, key, pairings))[areas],
        complete=complete_for(snapshot, requirement.ledger)[areas],
    )


def judge_all(snapshot: Snapshot, pairings: Iterable[Pairing] | None = None) -> Mapping[str, Judged]:
    """Every requirement, by id, in their order."""
    held = None if pairings is None else tuple(pairings)
    return {r.id: judge(snapshot, r, held) for r in snapshot.requirements}


def applies_to(snapshot: Snapshot, requirement: Requirement) -> IntArray:
    """Indexes of the areas at or below the root that the requirement is about."""
    first, last = snapshot.inside
    level = snapshot.areas.level[first:last] == LEVELS.index(requirement.level)
    if requirement.applies == "demonstration":
        level &= snapshot.areas.demonstration[first:last]
    return np.asarray(np.flatnonzero(level) + first, dtype=np.int64)


def paired(snapshot: Snapshot, key: str, pairings: Iterable[Pairing] | None = None) -> tuple[IntArray, IntArray]:
    """(units, areas) of the pairings that are evidence of a key: any for ``pairing``, those that undertake it for a service."""
    held = snapshot.present if pairings is None else pairings
    prefix, _, code = key.partition(":")
    if prefix not in ("pairing", "service"):
        return EMPTY, EMPTY
    found = [(snapshot.unit_index[p.unit], p.area) for p in held if prefix == "pairing" or code in p.services]
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def count_distinct(snapshot: Snapshot, requirement: Requirement, providers: IntArray, at: IntArray) -> IntArray:
    """Per area of the district, the number of distinct providers that count for it: ``providers[i]`` gives to ``at[i]``."""
    total = len(snapshot.areas)
    pairs = np.unique(providers * total + at)
    who, where = pairs // total, pairs % total
    level = LEVELS.index(requirement.level)
    if requirement.scope == "within":
        above = snapshot.areas.ancestors[where, level]
        inside = np.unique(who[above >= 0] * total + above[above >= 0])
        return np.bincount(inside % total, minlength=total).astype(np.int64)
    # A fact is kept where its provider gives nothing to an area above, so that the intervals of one provider are disjoint.
    kept = np.ones(len(pairs), dtype=np.bool_)
    for upper in range(len(LEVELS)):
        above = snapshot.areas.ancestors[where, upper]
        proper = (above >= 0) & (above != where)
        kept &= ~(proper & np.isin(who * total + above, pairs))
    change = np.zeros(total + 1, dtype=np.int64)
    np.add.at(change, where[kept], 1)
    np.add.at(change, snapshot.areas.end[where[kept]], -1)
    return np.cumsum(change)[:total]


def complete_for(snapshot: Snapshot, ledger: str) -> BoolArray:
    """Per area of the district, whether a ledger of the kind is complete for it or for an area above."""
    change = np.zeros(len(snapshot.areas) + 1, dtype=np.int64)
    for one in snapshot.ledgers:
        if one.kind == ledger:
            change[one.area] += 1
            change[snapshot.areas.end[one.area]] -= 1
    return np.asarray(np.cumsum(change)[:-1] > 0)
