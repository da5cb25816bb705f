"""Grids of each community, the demonstration grids among them, and how many people live there."""

from __future__ import annotations

from govnet_graph.seeds.demo.dice import spread
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.sheet import Sheet

_URBAN, _VILLAGE = (4.0, 8.0), (1.6, 2.4)
_HOUSEHOLDS, _VILLAGE_HOUSEHOLDS = (180, 460), (70, 160)


class Grids:
    """Which grids there are: ``of`` lists the codes by community, ``demonstration`` the demonstration grids."""

    def __init__(self, district: District) -> None:
        self.district = district
        self._numbers = {c.code: i for i, c in enumerate(district.communities)}
        dice = district.dice("grids")
        weights = []
        for community in district.communities:
            low, high = _URBAN if community.urban else _VILLAGE
            weights.append(low + (high - low) * dice.below(1000) / 1000)
        spare = max(0, district.total("grids") - len(district.communities))
        self.counts = [1 + n for n in spread(spare, weights)]
        self.of = tuple(
            tuple(f"{c.code}{serial:03d}" for serial in range(1, n + 1))
            for c, n in zip(district.communities, self.counts, strict=True)
        )
        chosen = spread(district.total("demonstration_grids"), [float(c.urban) for c in district.communities])
        self.demonstration = frozenset(
            code for codes, n in zip(self.of, chosen, strict=True) for code in dice.sample(codes, n)
        )
        self.demonstration_in_order = tuple(code for codes in self.of for code in codes if code in self.demonstration)
        self.names = {
            code: f"{c.name}第{int(code[-3:])}网格"
            for c, codes in zip(district.communities, self.of, strict=True)
            for code in codes
        }

    @property
    def all(self) -> list[str]:
        """Every grid's code, in order."""
        return [code for codes in self.of for code in codes]

    def at(self, grid: str) -> int:
        """The number of the community that a grid lies in."""
        return self._numbers[grid[:12]]

    def community(self, sheet: Sheet, index: int) -> None:
        """The grids of one community."""
        community = self.district.communities[index]
        dice = self.district.dice("grids", community.code)
        programme = self.district.anchor(self.district.profile.anchors.demonstration)
        low, high = _HOUSEHOLDS if community.urban else _VILLAGE_HOUSEHOLDS
        for code in self.of[index]:
            households = dice.between(low, high)
            residents = households * dice.between(205, 265) // 100
            over_70 = residents * dice.between(9, 21) // 100
            counted = not dice.chance(0.04)
            sheet.node(
                "Grid",
                code,
                "grids",
                name=self.names[code],
                code=code,
                code_scheme="community-serial-3",
                demonstration=code in self.demonstration,
                households=households,
                residents=residents if counted else None,
                residents_over_70=over_70 if counted else None,
            )
            sheet.edge("PART_OF", code, community.code, "grids")
            if code in self.demonstration and programme is not None:
                sheet.edge("PART_OF", code, programme, "demonstration", since=self.district.profile.period.first)
