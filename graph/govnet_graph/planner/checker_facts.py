"""What is so in a snapshot, for the checker of certificates: who lacks what, who may serve whom, who has capacity left.

Computed from the definitions in plain loops, apart from what makes certificates, so that one mistake cannot hide in both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from govnet_graph.planner.snapshot import Pairing, Snapshot, Unit

_LEVELS = ("District", "Street", "Community", "Grid")


class Facts:
    """Everything that is so under one scenario, computed from the definitions."""

    def __init__(self, snapshot: Snapshot, certificate: Mapping[str, Any], scenario: str) -> None:
        self.snapshot, self.scenario = snapshot, scenario
        self.max_hops = certificate["max_hops"]
        self.kinds = set(certificate["kinds"])
        self.without = set(certificate["without"])
        self.rules = {rule.id: rule for rule in snapshot.requirements if rule.id in certificate["requirements"]}
        self.whole = certificate["whole"]
        self.parents = [int(parent) for parent in snapshot.areas.parent]
        self.above = [self._lineage(area) for area in range(len(self.parents))]
        self.level = [_LEVELS[int(level)] for level in snapshot.areas.level]
        self.code = {area: index for index, area in enumerate(snapshot.areas.ids)}
        self.units = {unit.id: unit for unit in snapshot.units}
        self.pairings = {pairing.id: pairing for pairing in snapshot.pairings}
        self.own: dict[str, list[Pairing]] = {unit.id: [] for unit in snapshot.units}
        for pairing in snapshot.pairings:
            self.own[pairing.unit].append(pairing)
        self.need = {key: value for key, value in self._lacking() if value}
        self.cells = self._reached()
        self._spare: dict[str, int] = {}
        self.joined = {(pairing.unit, pairing.area) for pairing in snapshot.pairings}

    def _lineage(self, area: int) -> list[int]:
        found = []
        while area >= 0:
            found.append(area)
            area = self.parents[area]
        return found

    def _reached(self) -> dict[int, list[tuple[int, str]]]:
        """Cells (area and requirement) that lack something, by the areas from where what is given counts for them."""
        below: list[list[int]] = [[] for _ in self.above]
        for area, lineage in enumerate(self.above):
            for at in lineage:
                below[at].append(area)
        found: dict[int, list[tuple[int, str]]] = {}
        for area, rule_id in self.need:
            for at in self.above[area] if self.rules[rule_id].scope == "reach" else below[area]:
                found.setdefault(at, []).append((area, rule_id))
        return found

    def counts(self, rule_id: str, at: int, area: int) -> bool:
        """Whether what is given to an area counts for another under a requirement."""
        return at in self.above[area] if self.rules[rule_id].scope == "reach" else area in self.above[at]

    def _lacking(self) -> Iterator[tuple[tuple[int, str], int]]:
        """(area and requirement, providers that lack)."""
        for rule in self.rules.values():
            key = str(rule.evidence)
            givers: dict[int, set[str]] = {}
            links = self.snapshot.given.get(key)
            if links is not None:
                for provider, at in zip(links.providers.tolist(), links.areas.tolist(), strict=True):
                    givers.setdefault(at, set()).add(self.snapshot.providers[provider].id)
            for pairing in self.snapshot.pairings:
                if pairing.present and (key == "pairing" or rule.evidence.value in pairing.services):
                    givers.setdefault(pairing.area, set()).add(pairing.unit)
            reached: dict[int, set[str]] = {}
            if rule.scope == "within":
                for at, ids in givers.items():
                    for area in self.above[at]:
                        reached.setdefault(area, set()).update(ids)
            complete = {one.area for one in self.snapshot.ledgers if one.kind == rule.ledger}
            for area, lineage in enumerate(self.above):
                wanted = self.level[area] == rule.level and self.snapshot.root in lineage
                if not wanted or (rule.applies == "demonstration" and not self.snapshot.areas.demonstration[area]):
                    continue
                within = reached.get(area, set())
                providers = (
                    within if rule.scope == "within" else set().union(*(givers.get(at, set()) for at in lineage))
                )
                if self.scenario == "worst" or complete.intersection(lineage):
                    yield (area, rule.id), max(0, rule.minimum - len(providers))

    def can(self, unit: Unit, rule_id: str) -> bool:
        """Whether a unit can give what a requirement asks for."""
        return not self.rules[rule_id].evidence.value or self.rules[rule_id].evidence.value in unit.services

    def spare(self, unit: Unit) -> int:
        """Capacity that a unit has left for new pairings."""
        if unit.id not in self._spare:
            self._spare[unit.id] = self._left(unit)
        return self._spare[unit.id]

    def _left(self, unit: Unit) -> int:
        if unit.id in self.without or (self.kinds and unit.kind not in self.kinds):
            return 0
        if unit.capacity is None:
            return sum(self.need.values()) if self.scenario == "best" else 0
        own = self.own[unit.id]
        days = [self.snapshot.as_of] + [p.since for p in own if p.since is not None and p.since > self.snapshot.as_of]
        busiest = max(sum(pairing.used for pairing in own if _holds(pairing, day)) for day in days)
        return max(0, unit.capacity - busiest - unit.elsewhere)

    def near(self, unit: Unit, area: int) -> bool:
        """Whether a unit is within the largest number of steps of an area."""
        if self.max_hops is None:
            return True
        return any(len(set(self.above[at]) ^ set(self.above[area])) <= self.max_hops for at in unit.at)

    def may_pair(self, unit: Unit, area: int) -> bool:
        """Whether a new pairing of the two could be made."""
        return (
            self.level[area] in ("Community", "Grid") and (unit.id, area) not in self.joined and self.near(unit, area)
        )

    def has_there(self, unit: str, area: int, rule_id: str) -> bool:
        """Whether a present pairing of the unit reaches the cell already, with or without the service."""
        return any(p.present and self.counts(rule_id, p.area, area) for p in self.own[unit])

    def has(self, unit: str, area: int, rule_id: str) -> bool:
        """Whether the unit counts for the cell already."""
        rule = self.rules[rule_id]
        return any(
            p.present
            and self.counts(rule_id, p.area, area)
            and (not rule.evidence.value or rule.evidence.value in p.services)
            for p in self.own[unit]
        )

    def target(self, area: int) -> int:
        """The area to pair with for a cell: its own; in a street the community with the fewest pairings, then the lowest code."""
        if self.level[area] != "Street":
            return area
        communities = [
            one for one, lineage in enumerate(self.above) if self.level[one] == "Community" and area in lineage
        ]
        number = [(sum(p.area == one for p in self.snapshot.pairings), one) for one in communities]
        return min(number)[1] if number else -1

    def free(self, area: int, rule_id: str) -> int:
        """Units whose present pairing could take the service on, up to what lacks."""
        code = self.rules[rule_id].evidence.value
        willing = {
            pairing.unit
            for pairing in self.snapshot.pairings
            if code
            and pairing.present
            and self.counts(rule_id, pairing.area, area)
            and pairing.unit not in self.without
            and (not self.kinds or self.units[pairing.unit].kind in self.kinds)
            and self.can(self.units[pairing.unit], rule_id)
            and not self.has(pairing.unit, area, rule_id)
        }
        return min(len(willing), self.need[area, rule_id])


def _holds(pairing: Pairing, day: dt.date) -> bool:
    return (pairing.since is None or pairing.since <= day) and (pairing.until is None or pairing.until > day)
