"""What lacks and who could give it: the problem that certificate and re-pairing plan solve, as arrays.

A *cell* is an area together with a requirement that it does not meet. A new pairing is made with the area of the cell that
it is for (in a street, with one of its communities), never with a larger one merely because that reaches more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.errors import NoCandidates, NotInSnapshot, NotWritable, PlannerError
from govnet_graph.planner.judging import UNCOVERED, UNKNOWN, Judged, judge
from govnet_graph.planner.snapshot import LEVELS, BoolArray, IntArray, Pairing, Snapshot

WRITABLE = ("pairing", "service")


class Scenario(StrEnum):
    """What is assumed of what is not known.

    ``now`` counts only gaps that are known and only capacity that is stated. ``best`` adds all that a unit of unknown
    capacity could carry; ``worst`` adds every area of which nothing is known to the gaps.
    """

    NOW = "now"
    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, slots=True)
class Limits:
    """Who may be paired with whom.

    Attributes
    ----------
    max_hops : int or None
        Largest number of steps between unit and area in the area hierarchy; a unit of unknown place is then left out.
    kinds : tuple of str
        Kinds of unit that may take part; all where empty.
    without : frozenset of str
        Units that may not get new pairings.
    forbidden, locked : frozenset of (unit, area)
        Pairs that may not be, and pairs that must be.
    """

    max_hops: int | None = None
    kinds: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    forbidden: frozenset[tuple[str, str]] = frozenset()
    locked: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, eq=False)
class Problem:
    """Cells that lack providers, and units that have capacity left.

    Attributes
    ----------
    rules : tuple of Requirement
    judged : tuple of Judged
        The present state of each rule.
    area, rule, need, target : int arrays, one entry per cell
        Index of the area, index into ``rules``, providers that lack, and the area that a pairing for it is made with (-1 where
        there is none).
    load, spare : int arrays, one entry per unit
        Largest load from the day on, and capacity left under the scenario.
    able : bool array, units × rules
        Whether the unit may and can undertake what the rule asks for.
    offered : int array
        Keys ``unit × areas + target`` of present pairings that were taken out of the snapshot because they may end, and are offered again.
    """

    snapshot: Snapshot
    scenario: Scenario
    limits: Limits
    rules: tuple[Requirement, ...]
    judged: tuple[Judged, ...]
    area: IntArray
    rule: IntArray
    need: IntArray
    target: IntArray
    load: IntArray
    spare: IntArray
    able: BoolArray
    offered: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def total(self) -> int:
        """Providers that lack in all cells together."""
        return int(self.need.sum())

    @cached_property
    def held(self) -> IntArray:
        """Sorted keys ``unit × areas + target`` of pairs that exist, now or later, or are forbidden: none of them can be made."""
        areas, size = self.snapshot.areas, len(self.snapshot.areas)
        keys = {self.snapshot.unit_index[p.unit] * size + p.area for p in self.snapshot.pairings}
        for unit, area in self.limits.forbidden:
            if unit in self.snapshot.unit_index and area in areas.by_id:
                keys.add(self.snapshot.unit_index[unit] * size + areas.by_id[area])
        return np.union1d(np.array(sorted(keys), dtype=np.int64), self.offered)

    @cached_property
    def near(self) -> IntArray:
        """Sorted keys ``unit × cells + cell`` where a present pairing of the unit reaches the cell already.

        There no new pairing is considered: the unit counts already, or the pairing that it has could take the service on.
        """
        return self._keys(counted=False)

    @cached_property
    def counted(self) -> IntArray:
        """Those of ``near`` where the unit counts already."""
        return self._keys(counted=True)

    def _keys(self, *, counted: bool) -> IntArray:
        keys: set[int] = set()
        cells = len(self.area)
        for pairing in self.snapshot.present:
            unit = self.snapshot.unit_index[pairing.unit]
            for cell in self.reached(pairing.area):
                code = self.rules[self.rule[cell]].evidence.value
                if not counted or not code or code in pairing.services:
                    keys.add(unit * cells + cell)
        return np.array(sorted(keys), dtype=np.int64)

    def reached(self, area: int) -> list[int]:
        """Cells that a pairing with an area counts for."""
        return self._reached[area]

    @cached_property
    def local(self) -> bool:
        """Whether every new pairing counts only for cells that it could be made for."""
        targets = np.unique(self.target[self.target >= 0]).tolist()
        return all(self.target[cell] == area for area in targets for cell in self.reached(area))

    @cached_property
    def reach(self) -> tuple[IntArray, IntArray, IntArray]:
        """(Areas that new pairings are made with, ascending; where the cells of each begin, and of none after the last; the cells that a
        pairing with each counts for, one after the other)."""
        targets = np.unique(self.target[self.target >= 0])
        reached = [self.reached(area) for area in targets.tolist()]
        starts = np.append(0, np.cumsum([len(cells) for cells in reached], dtype=np.int64))
        return targets, starts, np.array([cell for cells in reached for cell in cells], dtype=np.int64)

    @cached_property
    def _reached(self) -> dict[int, list[int]]:
        """Cells by the area where a pairing counts for them: the areas above with ``reach``, those within with ``within``."""
        areas = self.snapshot.areas
        found: dict[int, list[int]] = defaultdict(list)
        paired = {p.area for p in self.snapshot.pairings} | set(self.target.tolist())
        by_street: dict[int, list[int]] = defaultdict(list)
        for area in sorted(paired):
            if area >= 0:
                for above in areas.ancestors[area]:
                    by_street[int(above)].append(area)
        for cell, (area, rule) in enumerate(zip(self.area.tolist(), self.rule.tolist(), strict=True)):
            if self.rules[rule].scope == "within":
                for below in by_street[area]:
                    found[below].append(cell)
            else:
                for above in areas.ancestors[area].tolist():
                    if above >= 0:
                        found[above].append(cell)
        return found

    def hops(self, units: IntArray, targets: IntArray) -> IntArray:
        """Steps between units and areas, pair by pair; ``FAR`` where the unit's place is not known."""
        ancestors, level = self.snapshot.areas.ancestors, self.snapshot.areas.level
        best = np.full(len(units), FAR, dtype=np.int64)
        for column in range(self.places.shape[1]):
            at = self.places[units, column]
            shared = ((ancestors[at] == ancestors[targets]) & (ancestors[targets] >= 0)).sum(axis=1) - 1
            steps = level[at] + level[targets] - 2 * shared
            best = np.where(at >= 0, np.minimum(best, steps), best)
        return best

    @cached_property
    def places(self) -> IntArray:
        """Per unit the areas where it lies, padded with -1."""
        units = self.snapshot.units
        wide = max((len(u.at) for u in units), default=0)
        table = np.full((len(units), max(1, wide)), -1, dtype=np.int64)
        for i, unit in enumerate(units):
            table[i, : len(unit.at)] = unit.at
        return table


FAR = 9
"""Steps that stand for an unknown distance; the hierarchy itself gives at most 6."""


def rules_of(snapshot: Snapshot, ids: Sequence[str]) -> tuple[Requirement, ...]:
    """The requirements asked for; all that a pairing can meet where none is named.

    Raises NotInSnapshot for an unknown id, NotWritable for one that no pairing can meet, NoCandidates where nothing is left.
    """
    if not ids:
        found = tuple(r for r in snapshot.requirements if not why_not_writable(r))
        if not found:
            raise NoCandidates(
                "No requirement of this district can be met by a pairing.",
                hint="Add one with evidence `pairing` or `service:…`.",
            )
        return found
    asked = tuple(snapshot.requirement(id_) for id_ in dict.fromkeys(ids))
    for rule in asked:
        if why := why_not_writable(rule):
            raise NotWritable(
                f"No relationship that a plan may write can meet {rule.id} ({rule.name}): {why}.", hint="Leave it out."
            )
    return asked


def why_not_writable(rule: Requirement) -> str:
    """Why no pairing can meet a requirement; empty where one can."""
    if rule.evidence.prefix not in WRITABLE:
        return f"its evidence is {rule.evidence}, and pairings are evidence of pairing and service only"
    if rule.level == "Street" and rule.scope == "reach":
        return "it asks for evidence on the street or above, and units pair with communities and grids"
    return ""


def problem_of(
    snapshot: Snapshot, rules: Sequence[Requirement], limits: Limits, scenario: Scenario = Scenario.NOW
) -> Problem:
    """The problem of some requirements. Raises NotInSnapshot, PlannerError for limits that name what is not there."""
    check_pairs(snapshot, limits.forbidden)
    check_pairs(snapshot, limits.locked)
    for unit in limits.without:
        snapshot.unit(unit)
    kinds = {unit.kind for unit in snapshot.units}
    if unknown := sorted(set(limits.kinds) - kinds):
        raise NotInSnapshot(f"There is no unit of kind {unknown[0]!r}.", hint=f"There are: {', '.join(sorted(kinds))}.")
    judged = tuple(judge(snapshot, rule) for rule in rules)
    wanted = (UNCOVERED, UNKNOWN) if scenario is Scenario.WORST else (UNCOVERED,)
    chosen = [np.isin(one.states, wanted) for one in judged]
    area = _joined([one.areas[mask] for one, mask in zip(judged, chosen, strict=True)])
    rule = _joined([np.full(int(mask.sum()), i) for i, mask in enumerate(chosen)])
    need = _joined([one.missing[mask] for one, mask in zip(judged, chosen, strict=True)])
    load = peak_loads(snapshot)
    return Problem(
        snapshot=snapshot,
        scenario=scenario,
        limits=limits,
        rules=tuple(rules),
        judged=judged,
        area=area,
        rule=rule,
        need=need,
        target=_targets(snapshot, area),
        load=load,
        spare=_spare(snapshot, load, limits, scenario, int(need.sum())),
        able=_able(snapshot, rules),
    )


def only(problem: Problem, index: int) -> Problem:
    """The part of a problem that is about one of its rules."""
    own = np.flatnonzero(problem.rule == index)
    return replace(
        problem,
        rules=(problem.rules[index],),
        judged=(problem.judged[index],),
        area=problem.area[own],
        rule=np.zeros(len(own), dtype=np.int64),
        need=problem.need[own],
        target=problem.target[own],
        able=problem.able[:, [index]],
    )


def check_pairs(snapshot: Snapshot, pairs: Iterable[tuple[str, str]]) -> None:
    """Raise NotInSnapshot or PlannerError where a pair names no unit, no area, or an area that units do not pair with."""
    for unit, area in sorted(pairs):
        snapshot.unit(unit)
        if LEVELS[snapshot.areas.level[snapshot.areas.index(area)]] not in ("Community", "Grid"):
            raise PlannerError(
                f"{unit} cannot pair with {area}: it is neither a community nor a grid.",
                hint="Name a community or a grid.",
            )


def _joined(parts: list[IntArray]) -> IntArray:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, dtype=np.int64)


def _targets(snapshot: Snapshot, area: IntArray) -> IntArray:
    """The area to pair with: the cell's own, in a street its community with the fewest pairings (then the lowest code)."""
    areas = snapshot.areas
    target = area.copy()
    pairings = (
        np.bincount([p.area for p in snapshot.pairings], minlength=len(areas))
        if snapshot.pairings
        else np.zeros(len(areas))
    )
    for cell in np.flatnonzero(areas.level[area] == LEVELS.index("Street")):
        inside = np.arange(area[cell] + 1, areas.end[area[cell]])
        communities = inside[areas.level[inside] == LEVELS.index("Community")]
        target[cell] = communities[np.argmin(pairings[communities])] if len(communities) else -1
    return target


def peak_loads(snapshot: Snapshot) -> IntArray:
    """The largest capacity that each unit's pairings use on any one day from the snapshot's on."""
    by_unit: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in snapshot.pairings:
        by_unit[pairing.unit].append(pairing)
    loads = []
    for unit in snapshot.units:
        own = by_unit.get(unit.id, [])
        days = {snapshot.as_of, *(p.since for p in own if p.since and p.since > snapshot.as_of)}
        used = (
            sum(p.used for p in own if (p.since is None or p.since <= day) and (p.until is None or p.until > day))
            for day in days
        )
        loads.append(max(used) + unit.elsewhere)
    return np.array(loads, dtype=np.int64)


def _spare(snapshot: Snapshot, load: IntArray, limits: Limits, scenario: Scenario, most: int) -> IntArray:
    unlimited = most if scenario is Scenario.BEST else 0
    spare = [
        0
        if unit.id in limits.without or (limits.kinds and unit.kind not in limits.kinds)
        else unlimited
        if unit.capacity is None
        else max(0, unit.capacity - used)
        for unit, used in zip(snapshot.units, load.tolist(), strict=True)
    ]
    return np.array(spare, dtype=np.int64)


def _able(snapshot: Snapshot, rules: Sequence[Requirement]) -> BoolArray:
    """Every unit can pair; a service it can undertake where it is known to give it."""
    able = np.zeros((len(snapshot.units), len(rules)), dtype=np.bool_)
    for column, rule in enumerate(rules):
        code = rule.evidence.value
        able[:, column] = [not code or code in unit.services for unit in snapshot.units]
    return able
