"""Pairings of agencies with demonstration grids, other grids and communities: who, since when, until when."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from govnet_graph.seeds.demo.dice import Dice
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.sheet import Sheet
from govnet_graph.seeds.demo.units import Unit, Units

_BUSY = 6
_OVERLOADED = 3


@dataclass(frozen=True, slots=True)
class Pairing:
    """One pairing of a unit with a grid or community."""

    unit: Unit
    area: str
    services: tuple[str, ...]
    since: dt.date
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day < self.until)


class Pairings:
    """All pairings of a district by the community that they reach, and the capacity that units have for them."""

    def __init__(self, district: District, grids: Grids, units: Units) -> None:
        self.district = district
        self.by_community: dict[str, list[Pairing]] = defaultdict(list)
        self._taken: set[tuple[str, str]] = set()
        self._load: Counter[str] = Counter()
        dice = district.dice("pairings")
        agencies = dice.shuffled(units.pairing)
        if agencies:
            self._demonstration(dice, agencies, grids)
            self._others(dice, agencies, grids)
        busiest = sorted(self._load, key=lambda unit: (-self._load[unit], unit))
        overloaded = set(busiest[: min(_OVERLOADED, len(busiest) // 10)])
        self.capacity = {
            unit.id: self._load[unit.id] - 1 if unit.id in overloaded else max(1, self._load[unit.id]) + dice.below(3)
            for unit in units.agencies
        }

    def _demonstration(self, dice: Dice, agencies: list[Unit], grids: Grids) -> None:
        fates = self.district.profile.pairing_fates
        special: list[tuple[str, dt.date | None]] = [("ended", day) for day in fates.ended]
        special += [("ending", day) for day in fates.ending] + [("coming", day) for day in fates.coming]
        special += [("never", None)] * fates.never + [("double", None)] * fates.double
        template = special + [("plain", None)] * (fates.among - len(special))
        order = dice.shuffled(grids.demonstration_in_order)
        for start in range(0, len(order), fates.among):
            for position, (grid, (fate, day)) in enumerate(
                zip(order[start:], dice.shuffled(template), strict=False), start
            ):
                if fate == "never":
                    continue
                unit = agencies[position % len(agencies)]
                self._add(
                    dice,
                    unit,
                    grid,
                    since=day if fate == "coming" else None,
                    until=day if fate in ("ended", "ending") else None,
                )
                if fate == "double":
                    self._add(dice, dice.pick(agencies[:_BUSY]), grid)

    def _others(self, dice: Dice, agencies: list[Unit], grids: Grids) -> None:
        period = self.district.profile.period
        ordinary = [grid for grid in grids.all if grid not in grids.demonstration]
        areas = dice.sample(ordinary, self.district.total("other_pairings"))
        areas += dice.sample([c.code for c in self.district.communities], self.district.total("community_pairings"))
        for area in areas:
            unit = dice.pick(agencies[:_BUSY] if dice.chance(0.4) else agencies)
            turn = dice.day(period.counted, period.last)
            kind = dice.below(10)
            self._add(dice, unit, area, since=turn if kind == 0 else None, until=turn if kind in (1, 2) else None)

    def _add(
        self, dice: Dice, unit: Unit, area: str, since: dt.date | None = None, until: dt.date | None = None
    ) -> None:
        if (unit.id, area) in self._taken:
            return
        self._taken.add((unit.id, area))
        first = self.district.profile.period.first
        begun = since or dice.day(first, first + dt.timedelta(days=200))
        services = tuple(sorted(dice.sample(unit.services, dice.between(1, 3))))
        if until is None or until > self.district.profile.period.counted:
            self._load[unit.id] += 1
        self.by_community[area[:12]].append(Pairing(unit, area, services, begun, until))

    def community(self, sheet: Sheet, index: int) -> None:
        """The pairings that reach one community or its grids."""
        programme = self.district.anchor(self.district.profile.anchors.pairing)
        for pairing in self.by_community.get(self.district.communities[index].code, ()):
            sheet.edge(
                "PAIRED_WITH",
                pairing.unit.id,
                pairing.area,
                "pairings",
                programme=programme,
                services=list(pairing.services),
                capacity_used=1,
                since=pairing.since,
                until=pairing.until,
            )
