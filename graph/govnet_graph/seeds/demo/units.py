"""Units of a district: its agencies with their members, and the other units that work there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govnet_graph.seeds.demo.dice import spread
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.sheet import Sheet

_IDLE, _ISOLATED = 4, 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit to be: ``members`` of the party, and the services that it can undertake."""

    id: str
    name: str
    kind: str
    services: tuple[str, ...]
    members: int
    agency: bool = False
    at: str = ""

    def member(self, number: int) -> str:
        """Id of the unit's member with a number from 1 on."""
        return f"member-{self.id.removeprefix('unit-')}-{number:02d}"


class Units:
    """The units of a district.

    Attributes
    ----------
    agencies, others : tuple of Unit
        District-level agencies; firms, stations and institutions beside them.
    active : tuple of Unit
        Agencies that take part in something; the last few do not pair, and of these some do nothing at all.
    police : dict of str to Unit
        The police station of each street.
    """

    def __init__(self, district: District) -> None:
        self.district = district
        names = district.profile.names
        dice = district.dice("units")
        wanted = district.total("units")
        sizes = spread(district.total("unit_members"), [6.0 + dice.below(20) + dice.below(30) for _ in range(wanted)])
        homes = [c.code for c in district.communities if c.urban] or [c.code for c in district.communities]
        self.agencies = tuple(
            Unit(
                f"unit-{district.code}-{number:02d}",
                f"示例{function.name}单位{number:02d}",
                "agency",
                function.services,
                size,
                True,
                dice.pick(homes),
            )
            for number, size in enumerate(sizes, start=1)
            for function in (names.functions[(number - 1) % len(names.functions)],)
        )
        idle = min(_IDLE, wanted // 10)
        self.isolated = frozenset(unit.id for unit in self.agencies[wanted - min(_ISOLATED, idle) :])
        self.pairing = self.agencies[: wanted - idle]
        self.active = tuple(unit for unit in self.agencies if unit.id not in self.isolated)
        self.others = tuple(
            Unit(f"unit-{district.code}-x{number:02d}", f"示例{name}{number:02d}", kind, (), 0, False, dice.pick(homes))
            for number in range(1, district.total("other_units") + 1)
            for kind, name in (names.other_units[(number - 1) % len(names.other_units)],)
        )
        self.police = {
            street.code: Unit(
                f"unit-{street.code}-police",
                f"示例派出所（{street.name}）",
                "police",
                ("policing", "safety"),
                0,
                False,
                street.code,
            )
            for street in district.streets
        }

        self.joined = self._transfers()

    def _transfers(self) -> dict[str, dt.date]:
        """Members who came from another unit, with the day of the change."""
        dice = self.district.dice("transfers")
        first = self.district.profile.period.first
        sized = [unit for unit in self.agencies if unit.members > 2]
        chosen = dice.sample(sized, self.district.total("transfers")) if self.by_kind("enterprise") else []
        return {unit.member(unit.members): first - dt.timedelta(days=dice.between(1, 400)) for unit in chosen}

    def by_kind(self, kind: str) -> tuple[Unit, ...]:
        """The other units of one kind."""
        return tuple(unit for unit in self.others if unit.kind == kind)

    def district_records(self, sheet: Sheet, capacity: dict[str, int]) -> None:
        """All units with their members; ``capacity`` says with how many areas a unit can pair."""
        for unit in self.agencies:
            sheet.node(
                "Unit",
                unit.id,
                "units",
                name=unit.name,
                kind="agency",
                district_agency=True,
                pairing_capacity=capacity.get(unit.id, 1),
                party_members=unit.members,
            )
            sheet.edge("LOCATED_IN", unit.id, unit.at, "units")
            self._members(sheet, unit)
        for unit in (*self.others, *self.police.values()):
            sheet.node(
                "Unit",
                unit.id,
                "other-units",
                name=unit.name,
                kind=unit.kind,
                district_agency=False,
                pairing_capacity=capacity.get(unit.id),
            )
            sheet.edge("LOCATED_IN", unit.id, unit.at, "other-units")
        self._former(sheet)

    def _members(self, sheet: Sheet, unit: Unit) -> None:
        dice = self.district.dice("members", unit.id)
        first = self.district.profile.period.first
        for number in range(1, unit.members + 1):
            skilled = unit.services and dice.chance(0.15)
            sheet.node(
                "Member",
                unit.member(number),
                "unit-members",
                title="区直机关党员" if number > 1 else "区直机关党组织书记",
                kind="party-member" if number > 1 else "secretary",
                party_member=True,
                skills=[dice.pick(unit.services)] if skilled else None,
            )
            since = first - dt.timedelta(days=dice.between(30, 3000)) if dice.chance(0.7) else None
            sheet.edge(
                "MEMBER_OF",
                unit.member(number),
                unit.id,
                "unit-members",
                role="member" if number > 1 else "secretary",
                since=self.joined.get(unit.member(number), since),
            )

    def _former(self, sheet: Sheet) -> None:
        """The memberships that transferred members had before."""
        dice = self.district.dice("former")
        firms = self.by_kind("enterprise")
        for member, until in self.joined.items():
            since = until - dt.timedelta(days=dice.between(300, 2000))
            sheet.edge("MEMBER_OF", member, dice.pick(firms).id, "transfers", role="staff", since=since, until=until)
