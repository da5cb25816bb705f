"""Secretaries and reserve cadres, the visit, the contest and the courses that some of them took part in."""

from __future__ import annotations

import datetime as dt

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import spread
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.sheet import Sheet

_PRIZES = (("一等奖", 1), ("二等奖", 4), ("三等奖", 10))


class People:
    """Who leads which organization, who is in reserve, and in which community."""

    def __init__(self, district: District, grids: Grids, chain: Chain) -> None:
        self.district = district
        self.grids = grids
        self.chain = chain
        dice = district.dice("people")
        self.led = [c.code for c in district.communities if chain.has_organization(c.code)]
        self.vacant = frozenset(dice.sample(self.led[1:], district.total("vacant_secretaries")))
        self.reserves = spread(district.total("reserve_cadres"), [1.0 + dice.below(3) for _ in district.communities])
        mediators = spread(district.total("resident_mediators"), [float(dice.below(3)) for _ in district.communities])
        self.mediators = {c.code: n for c, n in zip(district.communities, mediators, strict=True)}

    def resident_mediators(self, community: str) -> list[str]:
        """Ids of the residents of a community who mediate."""
        return [f"member-{community}-m{number}" for number in range(1, self.mediators[community] + 1)]

    def secretary(self, area: str) -> str:
        """Id of the secretary of an area's party organization."""
        return f"member-{area}-sec"

    def leads(self, community: str) -> bool:
        """Whether a community's organization has a secretary now."""
        return community in self.led and community not in self.vacant

    def district_records(self, sheet: Sheet) -> None:
        """The street secretaries."""
        for street in self.district.streets:
            self._secretary(sheet, street.code, "街道党工委书记", self.district.profile.period.first)

    def _secretary(self, sheet: Sheet, area: str, title: str, since: dt.date, until: dt.date | None = None) -> None:
        id_ = sheet.node(
            "Member", self.secretary(area), "secretaries", title=title, kind="secretary", party_member=True, until=until
        )
        sheet.edge("MEMBER_OF", id_, organization(area), "secretaries", role="secretary", since=since, until=until)

    def community(self, sheet: Sheet, index: int) -> None:
        """Secretaries of one community and its grids, and its reserve cadres."""
        community = self.district.communities[index]
        period = self.district.profile.period
        dice = self.district.dice("people", community.code)
        if self.chain.has_organization(community.code):
            until = period.counted if community.code in self.vacant else None
            self._secretary(
                sheet,
                community.code,
                "社区党组织书记" if community.urban else "村党组织书记",
                self._past(dice.below(1500)),
                until,
            )
        for grid in self.grids.of[index]:
            if grid in self.chain.living and dice.chance(0.85):
                self._secretary(sheet, grid, "网格党支部书记", self._past(0))
        programme = self.district.anchor(self.district.profile.anchors.reserves)
        for number in range(1, self.reserves[index] + 1):
            id_ = sheet.node(
                "Member", f"member-{community.code}-r{number}", "reserve-cadres", title="后备力量", kind="reserve-cadre"
            )
            since = period.first + dt.timedelta(days=dice.below(200))
            if programme is not None:
                sheet.edge("MEMBER_OF", id_, programme, "reserve-cadres", role="reserve", since=since)
            if self.chain.has_organization(community.code) and dice.chance(0.8):
                sheet.edge(
                    "MEMBER_OF", id_, organization(community.code), "reserve-cadres", role="reserve", since=since
                )
            else:
                sheet.edge("LOCATED_IN", id_, community.code, "reserve-cadres")

        for id_ in self.resident_mediators(community.code):
            sheet.node("Member", id_, "resident-mediators", title="居民调解员", kind="mediator", skills=["mediation"])
            sheet.edge("ASSIGNED_TO", id_, community.code, "resident-mediators", role="mediator", since=period.first)

    def _past(self, days: int) -> dt.date:
        return self.district.profile.period.first - dt.timedelta(days=days)

    def gatherings(self, sheet: Sheet) -> None:
        """The visit and the awards, with the secretaries who took part; after the communities, whose secretaries they are."""
        dice = self.district.dice("gatherings")
        first = self.district.profile.period.first
        secretaries = [code for code in self.led if self.leads(code)]
        visitors = dice.sample(secretaries, self.district.total("visitors"))
        if visitors:
            self._gathering(sheet, "visit", "visit", "书记外出学习（演示）", first + dt.timedelta(days=120), visitors)
        winners = dice.sample(secretaries, self.district.total("award_winners"))
        sizes = spread(len(winners), [float(size) for _, size in _PRIZES])
        for place, ((prize, _), size) in enumerate(zip(_PRIZES, sizes, strict=True), start=1):
            if size:
                self._gathering(
                    sheet,
                    f"award-{place}",
                    "award",
                    f"擂台比武{prize}（演示）",
                    first + dt.timedelta(days=250),
                    winners[:size],
                )
            winners = winners[size:]

    def trainings(self, sheet: Sheet) -> None:
        """Courses for those in reserve, each with a part of them; after the communities, whose reserves they are."""
        dice = self.district.dice("trainings")
        period = self.district.profile.period
        reserves = [
            f"member-{community.code}-r{number}"
            for community, count in zip(self.district.communities, self.reserves, strict=True)
            for number in range(1, count + 1)
        ]
        for number in range(1, self.district.total("trainings") + 1):
            day = dice.day(period.first + dt.timedelta(days=200), period.last)
            present = sorted(dice.sample(reserves, min(len(reserves), dice.between(12, 30))))
            if not present:
                continue
            id_ = sheet.node(
                "Activity", f"act-{self.district.code}-training{number}", "trainings", name=f"后备力量培训（{day:%Y-%m}，演示）",
                kind="training", held_on=day, attendance=len(present),
            )  # fmt: skip
            sheet.edge("HELD_BY", id_, self.district.code, "trainings")
            for member in present:
                sheet.edge("ATTENDED_BY", id_, member, "trainings")

    def _gathering(self, sheet: Sheet, mark: str, kind: str, name: str, day: dt.date, communities: list[str]) -> None:
        id_ = sheet.node(
            "Activity",
            f"act-{self.district.code}-{mark}",
            "gatherings",
            name=name,
            kind=kind,
            held_on=day,
            attendance=len(communities),
        )
        sheet.edge("HELD_BY", id_, self.district.code, "gatherings")
        for code in communities:
            sheet.edge("ATTENDED_BY", id_, self.secretary(code), "gatherings")
