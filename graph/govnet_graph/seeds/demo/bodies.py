"""Bodies beside the chain: task forces, joint committees with their seats, volunteer teams, firms and associations."""

from __future__ import annotations

import datetime as dt

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import Dice
from govnet_graph.seeds.demo.district import Area, District
from govnet_graph.seeds.demo.pairings import Pairings
from govnet_graph.seeds.demo.sheet import Sheet
from govnet_graph.seeds.demo.units import Unit, Units

_VOLUNTEER_SERVICES = ("volunteer-help", "errands", "elder-care", "haircuts", "repairs", "environment", "hardship-help")


class Bodies:
    """Which bodies there are and which units and members take part in them."""

    def __init__(self, district: District, chain: Chain, units: Units, pairings: Pairings) -> None:
        self.district = district
        self.chain = chain
        self.units = units
        self.pairings = pairings
        dice = district.dice("bodies")
        codes = [c.code for c in district.communities]
        self.joint = frozenset(dice.sample(codes, district.total("joint_party_committees")))
        self.teams = frozenset(dice.sample(codes, district.total("volunteer_teams")))
        self.firms = self._organizations(dice, "property_firms", "pf", "property-firm")
        self.associations = self._organizations(dice, "social_organizations", "so", "social-organization")
        self._seated = (*units.active, *units.others)

    def _organizations(self, dice: Dice, count: str, mark: str, kind: str) -> dict[str, tuple[str, list[str]]]:
        """Organizations by id, with their kind and the communities that they serve; every seventh serves none."""
        codes = [c.code for c in self.district.communities]
        return {
            f"org-{self.district.code}-{mark}{number:02d}": (
                kind,
                [] if number % 7 == 0 else sorted(dice.sample(codes, dice.between(2, 6))),
            )
            for number in range(1, self.district.total(count) + 1)
        }

    def property_firms(self, community: str) -> list[str]:
        """The property firms that serve a community."""
        return [id_ for id_, (_, codes) in self.firms.items() if community in codes]

    def volunteer_team(self, community: str) -> str | None:
        """Id of a community's volunteer team, where it has one."""
        return f"org-{community}-vt" if community in self.teams else None

    def district_records(self, sheet: Sheet) -> None:
        """Task forces with their members, streets' joint committees, firms and associations."""
        dice = self.district.dice("task-forces")
        body = self.district.anchor(self.district.profile.anchors.coordination_body)
        if body is None:
            body = sheet.node(
                "Organization",
                f"org-{self.district.code}-coordination",
                "coordination-body",
                name="基层治理协调机制（演示）",
                kind="coordination-body",
            )
            sheet.edge("RESPONSIBLE_FOR", body, self.district.code, "coordination-body")
        topics = self.district.profile.names.task_forces
        for number in range(self.district.total("task_forces")):
            id_ = sheet.node(
                "Organization",
                f"org-{self.district.code}-tf{number + 1}",
                "task-forces",
                name=f"{topics[number % len(topics)]}工作专班（演示）",
                kind="task-force",
            )
            sheet.edge("PART_OF", id_, body, "task-forces")
            self._staff(dice, sheet, id_, number)
        for street in self.district.streets:
            self._street(sheet, street)
        self._served(sheet)

    def _staff(self, dice: Dice, sheet: Sheet, task_force: str, number: int) -> None:
        first = self.district.profile.period.first
        for position, unit in enumerate(dice.sample([u for u in self.units.active if u.members > 4], 4)):
            # the second member of a unit sits on several bodies on purpose; the others are spread out
            member = unit.member(2 if number < 3 else dice.between(1, unit.members))
            sheet.edge(
                "MEMBER_OF",
                member,
                task_force,
                "task-forces",
                role="leader" if position == 0 else "staff",
                since=first + dt.timedelta(days=dice.below(120)),
            )

    def _street(self, sheet: Sheet, street: Area) -> None:
        dice = self.district.dice("joint-street", street.code)
        id_ = sheet.node(
            "Organization",
            f"org-{street.code}-joint",
            "joint-committees",
            name=f"{street.name}大工委（演示）",
            kind="joint-working-committee",
        )
        sheet.edge("RESPONSIBLE_FOR", id_, street.code, "joint-committees")
        for unit in dice.sample(self._seated, 6):
            self._seat(dice, sheet, unit.id, id_, "joint-working-committee-member")
        for unit in dice.sample([u for u in self.units.active if u.members], 3):
            self._seat(
                dice,
                sheet,
                unit.member(dice.between(1, min(3, unit.members))),
                organization(street.code),
                "part-time-committee-member",
            )

    def _seat(self, dice: Dice, sheet: Sheet, who: str, body: str, role: str) -> None:
        period = self.district.profile.period
        since = dice.day(period.first - dt.timedelta(days=300), period.first + dt.timedelta(days=200))
        until = dice.day(period.counted, period.last) if dice.chance(0.12) else None
        sheet.edge("SITS_ON", who, body, "seats", role=role, since=since, until=until)

    def _served(self, sheet: Sheet) -> None:
        social = self.district.profile.names.social
        for number, (id_, (kind, codes)) in enumerate((self.firms | self.associations).items()):
            name = (
                f"示例物业企业{id_[-2:]}"
                if kind == "property-firm"
                else f"示例{social[number % len(social)]}{id_[-2:]}"
            )
            sheet.node("Organization", id_, "served-areas", name=name, kind=kind)
            for code in codes:
                sheet.edge("SERVES", id_, code, "served-areas", group="everyone")

    def community(self, sheet: Sheet, index: int) -> None:
        """A community's joint committee, seats and volunteer team."""
        community = self.district.communities[index]
        dice = self.district.dice("joint", community.code)
        near = [p.unit for p in self.pairings.by_community.get(community.code, ())]
        if community.code in self.joint:
            id_ = sheet.node(
                "Organization",
                f"org-{community.code}-joint",
                "joint-committees",
                name=f"{community.name}大党委（演示）",
                kind="joint-party-committee",
            )
            sheet.edge("RESPONSIBLE_FOR", id_, community.code, "joint-committees")
            for unit in _distinct(near[:2] + dice.sample(self._seated, 2)):
                self._seat(dice, sheet, unit.id, id_, "joint-party-committee-member")
        if self.chain.has_organization(community.code):
            for unit in _distinct(near[:1] + dice.sample([u for u in self.units.active if u.members > 2], 1)):
                if unit.members > 2:
                    self._seat(
                        dice,
                        sheet,
                        unit.member(dice.between(1, 3)),
                        organization(community.code),
                        "part-time-committee-member",
                    )
        self._volunteers(dice, sheet, community)

    def _volunteers(self, dice: Dice, sheet: Sheet, community: Area) -> None:
        team = self.volunteer_team(community.code)
        if team is None:
            return
        sheet.node(
            "Organization", team, "volunteer-teams", name=f"{community.name}志愿服务队（演示）", kind="volunteer-team"
        )
        sheet.edge("SERVES", team, community.code, "volunteer-teams", group="everyone")
        for service in sorted(dice.sample(_VOLUNTEER_SERVICES, 2)):
            sheet.edge("PROVIDES", team, f"svc-{service}", "volunteer-teams")
        first = self.district.profile.period.first
        for unit in dice.sample([u for u in self.units.active if u.members > 4], 4):
            sheet.edge(
                "MEMBER_OF",
                unit.member(dice.between(2, unit.members)),
                team,
                "volunteer-teams",
                role="volunteer",
                since=dice.day(first, first + dt.timedelta(days=300)),
            )


def _distinct(units: list[Unit]) -> list[Unit]:
    return list({unit.id: unit for unit in units}.values())
