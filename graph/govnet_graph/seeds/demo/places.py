"""Places that serve people: centres, stations, grid service points, canteens, forums, classrooms, support rooms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import Dice, spread
from govnet_graph.seeds.demo.district import Area, District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.profile import Spell
from govnet_graph.seeds.demo.sheet import Sheet

ALWAYS = Spell()
_CENTRE = ("public-counter", "party-services", "civic-practice", "reading", "recreation")
_STATION = ("tool-lending", "haircuts", "blood-pressure", "repairs", "legal-advice")


@dataclass(frozen=True, slots=True)
class Kind:
    """What all places of a kind have in common."""

    kind: str
    mark: str
    name: str
    unit: str
    capacity: tuple[int, int]
    schedule: str
    group: str = "everyone"


CENTRE = Kind("centre", "centre", "党群服务中心", "people", (80, 300), "周一至周日 08:30-17:00")
STATION = Kind("station", "station", "便民服务驿站", "people", (20, 60), "周一至周五 09:00-16:00")
POINT = Kind("service-point", "point", "党群服务站", "people", (10, 40), "周一至周五 09:00-16:00")
CANTEEN = Kind("canteen", "canteen", "食堂", "seats", (40, 90), "每日 11:00-13:00", "elders")
FORUM = Kind("forum", "forum", "议事点", "seats", (12, 40), "每月第二个周六 14:00-16:00")
CLASSROOM = Kind("classroom", "classroom", "托管课堂", "seats", (20, 40), "寒暑假 08:30-17:00", "children")
SUPPORT = Kind("workshop", "support", "助残之家", "places", (8, 24), "周一至周五 09:00-16:00", "disabled")


@dataclass(frozen=True, slots=True)
class Place:
    """A place to be, in a community or one of its grids, serving an area."""

    kind: Kind
    id: str
    at: str
    serves: str
    services: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None


class Places:
    """The places of a district by community; ``forums`` maps a community to its forum, where it has one."""

    def __init__(self, district: District, grids: Grids, chain: Chain) -> None:
        self.district = district
        self.chain = chain
        self.grids = grids
        self.by_community: dict[str, list[Place]] = {c.code: [] for c in district.communities}
        self._everywhere(CENTRE, "centres", _CENTRE)
        self._stations()
        self._points()
        self._canteens()
        self._everywhere(FORUM, "forums", ("deliberation", "mediation"))
        self._everywhere(CLASSROOM, "classrooms", ("child-care", "tutoring"))
        self._support()
        self.forums = {c: p.id for c, places in self.by_community.items() for p in places if p.kind is FORUM}

    def _add(self, kind: Kind, at: str, serves: str, services: tuple[str, ...], spell: Spell = ALWAYS) -> None:
        here = self.by_community[at[:12]]
        number = sum(p.kind is kind for p in here) + 1
        place = Place(kind, f"res-{at[:12]}-{kind.mark}{number}", at, serves, services, spell.since, spell.until)
        here.append(place)

    def _everywhere(self, kind: Kind, count: str, services: tuple[str, ...]) -> None:
        """One place of a kind in as many communities as the profile says, urban ones first."""
        dice = self.district.dice(kind.mark)
        order = sorted(dice.shuffled(self.district.communities), key=lambda c: not c.urban)
        for community in order[: self.district.total(count)]:
            offered = services if dice.chance(0.7) else tuple(sorted(dice.sample(services, max(1, len(services) - 1))))
            self._add(kind, community.code, community.code, offered)

    def _stations(self) -> None:
        dice = self.district.dice("station")
        period = self.district.profile.period
        weights = [2.0 * dice.below(3) + (0.5 if c.urban else 0.0) for c in self.district.communities]
        spare = 3 if self.district.total("stations") > 20 else 0
        counts = spread(self.district.total("stations") + spare, weights)
        spells = (
            Spell(until=period.counted - dt.timedelta(days=60)),
            Spell(until=period.counted + dt.timedelta(days=121)),
            Spell(since=period.counted + dt.timedelta(days=244)),
        )
        changing = dice.sample(range(sum(counts)), spare)
        serial = 0
        for community, number, codes in zip(self.district.communities, counts, self.grids.of, strict=True):
            for _ in range(number):
                at = dice.pick(codes)
                serves = community.code if dice.chance(0.6) else at
                services = tuple(sorted(dice.sample(_STATION, dice.between(1, 4))))
                spell = spells[changing.index(serial)] if serial in changing else ALWAYS
                self._add(STATION, at, serves, services, spell)
                serial += 1

    def _points(self) -> None:
        dice = self.district.dice("point")
        chosen = set(dice.sample(self.grids.all, self.district.total("service_points")))
        for grid in self.grids.all:
            if grid in chosen:
                self._add(POINT, grid, grid, ("errands", "party-services") if dice.chance(0.6) else ("party-services",))

    def _canteens(self) -> None:
        """Canteens in streets without one; one closes as another opens, and one closed before, so that the number stays."""
        dice = self.district.dice("canteen")
        period = self.district.profile.period
        total = self.district.total("canteens")
        held = self.district.held.canteens
        every = [street.code for street in self.district.streets]
        streets = [code for code in every if code not in held] or every
        moving = period.counted + dt.timedelta(days=397)
        spells = [ALWAYS] * total
        if total > 1:
            spells[0] = Spell(until=moving)
            spells += [Spell(since=moving), Spell(until=period.counted - dt.timedelta(days=91))]
        order = dice.shuffled(streets)
        for number, spell in enumerate(spells):
            home = self._somewhere(dice, order[number % len(order)])
            self._add(CANTEEN, home, home if number % 2 else home[:9], ("meals",), spell)

    def _somewhere(self, dice: Dice, street: str) -> str:
        near = [c.code for c in self.district.communities if c.street == street]
        return dice.pick(near or [c.code for c in self.district.communities])

    def _support(self) -> None:
        dice = self.district.dice("support")
        for street in dice.sample(self.district.streets, self.district.total("support_rooms")):
            self._add(SUPPORT, self._somewhere(dice, street.code), street.code, ("disability-support",))

    def community(self, sheet: Sheet, index: int) -> None:
        """The places of one community with who offers them, whom they serve and what they give."""
        community = self.district.communities[index]
        dice = self.district.dice("places", community.code)
        for place in self.by_community[community.code]:
            self._record(dice, sheet, community, place)

    def _record(self, dice: Dice, sheet: Sheet, community: Area, place: Place) -> None:
        kind = place.kind
        rule = f"places-{kind.mark}"
        base = self.grids.names.get(place.at, community.name)
        number = int(place.id.rpartition(kind.mark)[2])
        spell = {"since": place.since, "until": place.until}
        sheet.node(
            "Resource",
            place.id,
            rule,
            name=f"{base}{kind.name}{number if number > 1 else ''}（演示）",
            kind=kind.kind,
            capacity=dice.between(*kind.capacity),
            capacity_unit=kind.unit,
            capacity_bound="exact",
            schedule=kind.schedule,
            terms="免费" if kind is not CANTEEN else "按餐优惠收费",
            open_to_public=True,
            **spell,
        )
        sheet.edge("LOCATED_IN", place.id, place.at, rule, **spell)
        sheet.edge("SERVES", place.id, place.serves, rule, group=kind.group, **spell)
        for service in place.services:
            sheet.edge("PROVIDES", place.id, f"svc-{service}", rule, **spell)
        street = place.serves == community.street
        if street or self.chain.has_organization(community.code):
            owner = organization(community.street if street else community.code)
            sheet.edge("OFFERS", owner, place.id, rule, **spell)
