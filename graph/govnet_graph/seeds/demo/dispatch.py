"""Who is asked to deal with a case: workers, organizations or units that can reach its grid on that day."""

from __future__ import annotations

import datetime as dt

from govnet_graph.seeds.demo.bodies import Bodies
from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import Dice
from govnet_graph.seeds.demo.pairings import Pairings
from govnet_graph.seeds.demo.people import People
from govnet_graph.seeds.demo.units import Units
from govnet_graph.seeds.demo.workers import Workers


class Dispatch:
    """Chooses who answers."""

    def __init__(
        self, chain: Chain, units: Units, pairings: Pairings, workers: Workers, bodies: Bodies, people: People
    ) -> None:
        self.chain = chain
        self.units = units
        self.pairings = pairings
        self.workers = workers
        self.bodies = bodies
        self.people = people

    def answers(self, dice: Dice, channel: str, grid: str, day: dt.date) -> str:
        """Id of the member, organization or unit that a case of a channel in a grid is sent to on a day."""
        community = grid[:12]
        if channel == "volunteer-team":
            return self.bodies.volunteer_team(community) or self.organization(grid)
        if channel == "forum":
            return self._mediator(dice, community) if dice.chance(0.6) else self.organization(grid)
        if channel == "demonstration":
            return self.unit(dice, grid, day) if dice.chance(0.6) else self.organization(grid)
        kind = dice.below(20)
        on_duty = self.workers.on_duty(community, day)
        if kind < 9 and on_duty:
            return dice.pick(on_duty).member
        firms = self.bodies.property_firms(community)
        if kind < 11 and firms:
            return dice.pick(firms)
        return self.unit(dice, grid, day) if kind < 17 else self.organization(grid)

    def organization(self, grid: str) -> str:
        """The organization nearest above a grid."""
        if grid in self.chain.living:
            return organization(grid)
        community = grid[:12]
        return organization(community if self.chain.has_organization(community) else community[:9])

    def unit(self, dice: Dice, grid: str, day: dt.date) -> str:
        """A unit paired with the grid or its community on that day, else any agency that takes part."""
        near = [
            p.unit.id
            for p in self.pairings.by_community.get(grid[:12], ())
            if p.area in (grid, grid[:12]) and p.holds(day)
        ]
        if near and dice.chance(0.8):
            return dice.pick(near)
        return dice.pick(self.units.active).id if self.units.active else self.organization(grid)

    def _mediator(self, dice: Dice, community: str) -> str:
        found = self.people.resident_mediators(community)
        found += [post.member for post in self.workers.posts.get(community, ()) if post.profession == "mediator"]
        return dice.pick(found) if found else self.organization(community)
