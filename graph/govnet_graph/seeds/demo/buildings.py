"""Levels 4 and 5 of the chain: building groups with their buildings, and member households."""

from __future__ import annotations

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import spread
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.sheet import Sheet

_GROUPS_OF_DISSOLVED = 2
_WITHOUT_GROUPS = 0.06


class Buildings:
    """How many building groups each branch has and how many households each group has."""

    def __init__(self, district: District, grids: Grids, chain: Chain) -> None:
        self.district = district
        self.grids = grids
        self.chain = chain
        dice = district.dice("buildings")
        living = [g for g in grids.all if g in chain.living]
        with_groups = [g for g in living if not dice.chance(_WITHOUT_GROUPS)]
        orphaned = [g for g in grids.all if g in chain.dissolved]
        wanted = district.total("building_groups") - _GROUPS_OF_DISSOLVED * len(orphaned)
        counts = spread(wanted, [2.0 + dice.below(5) for _ in with_groups])
        self.groups = dict(zip(with_groups, counts, strict=True)) | dict.fromkeys(orphaned, _GROUPS_OF_DISSOLVED)
        slots = [(g, n) for g in grids.all for n in range(1, self.groups.get(g, 0) + 1)]
        households = spread(district.total("member_households"), [float(dice.below(5)) for _ in slots])
        self.households = dict(zip(slots, households, strict=True))
        attached = [slot for slot in slots if slot[0] in chain.living]
        self.loose = frozenset(dice.sample(attached, district.total("loose_groups")))

    def community(self, sheet: Sheet, index: int) -> None:
        """Buildings, groups and households of one community."""
        dice = self.district.dice("buildings", self.district.communities[index].code)
        for grid in self.grids.of[index]:
            name = self.grids.names[grid]
            branch = organization(grid)
            until = self.chain.dissolved_on(grid) if grid in self.chain.dissolved else None
            for number in range(1, self.groups.get(grid, 0) + 1):
                group = f"{branch}-g{number}"
                label = f"{name}{number}号楼"
                sheet.node(
                    "Organization",
                    group,
                    "building-groups",
                    name=f"{label}党小组",
                    kind="building-party-group",
                    level=4,
                )
                if (grid, number) not in self.loose:
                    sheet.edge("PART_OF", group, branch, "building-groups", until=until)
                building = self._building(sheet, grid, number, label, dice.chance(0.08)) if dice.chance(0.8) else None
                if building is not None:
                    sheet.edge("RESPONSIBLE_FOR", group, building, "building-groups")
                elif until is not None or (grid, number) in self.loose:
                    # without a building or a superior nothing else would say in which area it is
                    sheet.edge("LOCATED_IN", group, grid, "building-groups")
                for hub in range(1, self.households.get((grid, number), 0) + 1):
                    household = sheet.node(
                        "Organization",
                        f"{group}-h{hub}",
                        "member-households",
                        name=f"{label}党员中心户{hub}",
                        kind="member-household",
                        level=5,
                    )
                    skips = until is None and dice.chance(0.01)
                    sheet.edge("PART_OF", household, branch if skips else group, "member-households")
                    if building is not None:
                        sheet.edge("LOCATED_IN", household, building, "member-households")

    def _building(self, sheet: Sheet, grid: str, number: int, label: str, commercial: bool) -> str:
        dice = self.district.dice("building", grid, number)
        id_ = sheet.node(
            "Building",
            f"bld-{grid}-{number}",
            "buildings",
            name=label,
            kind="commercial" if commercial else "residential",
            households=None if commercial else dice.between(24, 96),
        )
        sheet.edge("PART_OF", id_, grid, "buildings")
        return id_
