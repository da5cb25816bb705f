"""Levels 1 to 3 of the five-level chain: street committees, community organizations, grid branches, and their breaks."""

from __future__ import annotations

import datetime as dt

from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.sheet import Sheet


def organization(area: str) -> str:
    """Id of the party organization of a street, community or grid."""
    return f"org-{area}"


class Chain:
    """Which areas have a party organization, and where the chain is broken.

    Attributes
    ----------
    without_organization : str
        Community that has no organization at level 2; empty where there are too few to spare one.
    living, dissolved : frozenset of str
        Grids with a branch, and grids whose branch was dissolved.
    loose : frozenset of str
        Grids whose branch never had a superior.
    ended : dict of str to date
        Grids whose branch loses its superior, with the day.
    """

    def __init__(self, district: District, grids: Grids) -> None:
        self.district = district
        self.grids = grids
        dice = district.dice("chain")
        villages = [c.code for c in district.communities if not c.urban]
        self.without_organization = villages[-1] if len(villages) > 2 else ""
        self.unattached = villages[0] if len(villages) > 2 else ""
        bare = {g for g in grids.all if g.startswith(self.without_organization)} if self.without_organization else set()
        lacking = max(len(bare), len(grids.all) - district.total("grid_branches"))
        others = [g for g in grids.all if g not in bare]
        special = [g for g in others if g in grids.demonstration]
        spare = lacking - len(bare)
        demonstration = set(dice.sample(special, min(2, spare)))
        ordinary = [g for g in others if g not in grids.demonstration]
        plain = set(dice.sample(ordinary, spare - len(demonstration)))
        self.missing = frozenset(bare | demonstration | plain)
        self.living = frozenset(g for g in grids.all if g not in self.missing)
        self.dissolved = frozenset(sorted(plain)[: district.total("dissolved_branches")])
        breakable = [g for g in grids.all if g in self.living and g not in grids.demonstration]
        broken = dice.sample(breakable, district.total("loose_branches") + district.total("ended_branches"))
        self.loose = frozenset(broken[: district.total("loose_branches")])
        half_year, after = dt.timedelta(days=181), district.profile.period.counted + dt.timedelta(days=1)
        self.ended = {grid: after + half_year * n for n, grid in enumerate(broken[len(self.loose) :])}
        self.model = self._model_branches()

    def _model_branches(self) -> frozenset[str]:
        """Grids whose branch is a demonstration organization: one in each street with urban communities, then again."""
        candidates: dict[str, list[str]] = {}
        for grid in self.grids.demonstration_in_order:
            if grid in self.living:
                candidates.setdefault(grid[:9], []).append(grid)
        streets = sorted(candidates, key=lambda street: (-len(candidates[street]), street))
        wanted = self.district.total("demonstration_organizations")
        chosen: list[str] = []
        turn = 0
        while len(chosen) < wanted and any(len(candidates[s]) > turn for s in streets):
            chosen += [candidates[s][turn] for s in streets if len(candidates[s]) > turn]
            turn += 1
        return frozenset(chosen[:wanted])

    def has_organization(self, community: str) -> bool:
        """Whether a community has a party organization."""
        return community != self.without_organization

    def district_records(self, sheet: Sheet) -> None:
        """The street committees."""
        for street in self.district.streets:
            id_ = sheet.node(
                "Organization",
                organization(street.code),
                "chain",
                name=f"{street.name}党工委（演示）",
                kind="street-working-committee",
                level=1,
            )
            sheet.edge("RESPONSIBLE_FOR", id_, street.code, "chain")

    def community(self, sheet: Sheet, index: int) -> None:
        """The organization of one community and the branches of its grids."""
        community = self.district.communities[index]
        if self.has_organization(community.code):
            id_ = sheet.node(
                "Organization",
                organization(community.code),
                "chain",
                name=f"{community.name}党组织（演示）",
                kind="community-party-organization",
                level=2,
            )
            sheet.edge("RESPONSIBLE_FOR", id_, community.code, "chain")
            if community.code != self.unattached:
                sheet.edge("PART_OF", id_, organization(community.street), "chain")
        dice = self.district.dice("branches", community.code)
        for grid in self.grids.of[index]:
            if grid in self.living:
                self._branch(sheet, grid, community.code, self._founded(dice.below(900)))
            elif grid in self.dissolved:
                self._dissolved(sheet, grid, community.code, self._founded(dice.below(900)))

    def _founded(self, days: int) -> dt.date:
        return self.district.profile.period.first - dt.timedelta(days=days)

    def _branch(self, sheet: Sheet, grid: str, community: str, since: dt.date) -> None:
        id_ = sheet.node(
            "Organization",
            organization(grid),
            "chain",
            name=f"{self.grids.names[grid]}党支部",
            kind="grid-party-branch",
            level=3,
            since=since,
            demonstration=True if grid in self.model else None,
        )
        sheet.edge("RESPONSIBLE_FOR", id_, grid, "chain", since=since)
        if grid in self.model and (programme := self.district.anchor(self.district.profile.anchors.demonstration)):
            sheet.edge("PART_OF", id_, programme, "demonstration", since=self.district.profile.period.first)
        if grid in self.loose or not self.has_organization(community):
            return
        sheet.edge("PART_OF", id_, organization(community), "chain", since=since, until=self.ended.get(grid))

    def _dissolved(self, sheet: Sheet, grid: str, community: str, since: dt.date) -> None:
        until = self.dissolved_on(grid)
        id_ = sheet.node(
            "Organization",
            organization(grid),
            "dissolved-branches",
            name=f"{self.grids.names[grid]}党支部（已撤销）",
            kind="grid-party-branch",
            level=3,
            since=since,
            until=until,
        )
        sheet.edge("RESPONSIBLE_FOR", id_, grid, "dissolved-branches", since=since, until=until)
        sheet.edge("PART_OF", id_, organization(community), "dissolved-branches", since=since, until=until)

    def dissolved_on(self, grid: str) -> dt.date:
        """The first day on which a dissolved branch no longer exists: in the counted year, so that later counts agree."""
        return self.district.profile.period.first + dt.timedelta(days=200 + 30 * (int(grid[-3:]) % 4))
