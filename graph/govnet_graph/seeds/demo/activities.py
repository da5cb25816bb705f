"""Theme days of the agencies, deliberations of residents, joint meetings of streets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import spread
from govnet_graph.seeds.demo.district import Area, District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.pairings import Pairings
from govnet_graph.seeds.demo.places import Places
from govnet_graph.seeds.demo.sheet import Sheet
from govnet_graph.seeds.demo.units import Unit, Units

_QUARTER = 91


class Activities:
    """Which unit holds which theme day where, and how many deliberations each community holds."""

    def __init__(
        self, district: District, grids: Grids, chain: Chain, units: Units, pairings: Pairings, places: Places
    ) -> None:
        self.district = district
        self.grids = grids
        self.chain = chain
        self.units = units
        self.places = places
        self.theme_days: dict[str, list[tuple[Unit, str, dt.date]]] = defaultdict(list)
        dice = district.dice("activities")
        period = district.profile.period
        homes: dict[str, list[str]] = defaultdict(list)
        for paired in pairings.by_community.values():
            for pairing in paired:
                homes[pairing.unit.id].append(pairing.area)
        codes = [c.code for c in district.communities]
        counted, later = district.total("theme_days"), district.total("later_theme_days")
        for number in range(counted + later if units.agencies else 0):
            unit = units.agencies[number % len(units.agencies)]
            area = dice.pick(homes[unit.id]) if homes[unit.id] and dice.chance(0.8) else dice.pick(codes)
            first, last = (
                (period.first, period.counted)
                if number < counted
                else (period.counted + dt.timedelta(days=1), period.last)
            )
            self.theme_days[area[:12]].append((unit, area, dice.day(first, last)))
        hosts = [float(c.code in places.forums and chain.has_organization(c.code)) for c in district.communities]
        self.deliberations = spread(district.total("deliberations"), [host * (2 + dice.below(5)) for host in hosts])
        # What the forums settled, as the list of cases has it too: one figure on two lists, never added.
        self.disputes = spread(district.total("cases_forum_solved"), [float(n) for n in self.deliberations])

    def district_records(self, sheet: Sheet) -> None:
        """The quarterly joint meetings of the streets."""
        for street in self.district.streets:
            self._meetings(sheet, street)

    def _meetings(self, sheet: Sheet, street: Area) -> None:
        dice = self.district.dice("meetings", street.code)
        for number in range(self.district.total("joint_meetings") // len(self.district.streets)):
            day = self.district.profile.period.first + dt.timedelta(days=_QUARTER * number + dice.between(20, 70))
            present = dice.sample([*self.units.active, *self.units.others], dice.between(2, 5))
            id_ = sheet.node(
                "Activity",
                f"act-{street.code}-meeting{number + 1}",
                "joint-meetings",
                name=f"{street.name}联席会议{day:%Y-%m}",
                kind="joint-meeting",
                held_on=day,
                attendance=len(present) + dice.between(3, 8),
            )
            sheet.edge("HELD_BY", id_, organization(street.code), "joint-meetings")
            sheet.edge("HELD_IN", id_, street.code, "joint-meetings")
            for unit in present:
                sheet.edge("ATTENDED_BY", id_, unit.id, "joint-meetings")

    def community(self, sheet: Sheet, index: int) -> None:
        """The theme days and deliberations held in one community."""
        community = self.district.communities[index]
        dice = self.district.dice("activities", community.code)
        topics = self.district.profile.names.theme_days
        for number, (unit, area, day) in enumerate(self.theme_days.get(community.code, ()), start=1):
            id_ = sheet.node(
                "Activity",
                f"act-{community.code}-day{number}",
                "theme-days",
                name=f"主题党日：{dice.pick(topics)}（{day:%Y-%m}）",
                kind="theme-day",
                held_on=day,
                attendance=dice.between(3, max(4, min(30, unit.members))),
            )
            sheet.edge("HELD_BY", id_, unit.id, "theme-days")
            sheet.edge("HELD_IN", id_, area, "theme-days")
        period = self.district.profile.period
        lots = self.district.dice("disputes", community.code)
        settled = spread(self.disputes[index], [float(1 + lots.below(4)) for _ in range(self.deliberations[index])])
        for number in range(1, self.deliberations[index] + 1):
            day = dice.day(period.first, period.counted)
            id_ = sheet.node(
                "Activity",
                f"act-{community.code}-talk{number}",
                "deliberations",
                name=f"{community.name}议事：{dice.pick(self.district.profile.names.deliberations)}（{day:%Y-%m}）",
                kind="deliberation",
                held_on=day,
                attendance=dice.between(6, 40),
                disputes=settled[number - 1],
            )
            sheet.edge("HELD_BY", id_, organization(community.code), "deliberations")
            sheet.edge("HELD_IN", id_, self.places.forums[community.code], "deliberations")
            sheet.edge("HELD_IN", id_, community.code, "deliberations")
