"""Resources that units release: parking at night, rooms, clinics; some of them idle."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govnet_graph.seeds.demo.dice import spread
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.sheet import Sheet
from govnet_graph.seeds.demo.units import Unit, Units

_UNITS = {
    "parking": "places",
    "hall": "seats",
    "classroom": "seats",
    "service-point": "people",
    "shelter": "seats",
    "park": "people",
}
_SCHEDULES = ("周六 09:00-16:00", "工作日 17:00-20:00", "每月第一个周日 09:00-12:00", "周末 09:00-17:00")
_NIGHT = "每日 18:30-07:30"


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource that a unit releases; idle where it serves no area or gives no service."""

    unit: Unit
    id: str
    kind: str
    name: str
    service: str | None
    serves: str | None
    capacity: int
    until: dt.date | None = None
    serves_since: dt.date | None = None


class Offers:
    """What units release."""

    def __init__(self, district: District, units: Units) -> None:
        self.district = district
        dice = district.dice("offers")
        givers = dice.shuffled((*units.active, *units.others))
        codes = [c.code for c in district.communities]
        self.offers: list[Offer] = []
        if not givers:
            return
        places = spread(
            district.total("parking_places"), [1.0 + dice.below(4) for _ in range(district.total("car_parks"))]
        )
        for number, capacity in enumerate(places, start=1):
            unit = givers[number % len(givers)]
            self.offers.append(
                Offer(unit, self._id("parking", number), "parking", "夜间停车位", "parking", unit.at, capacity)
            )
        wordings = district.profile.names.offers
        counted, day = district.profile.period.counted, dt.timedelta(days=1)
        idle = set(dice.sample(range(district.total("unit_resources")), district.total("idle_resources")))
        for number in range(district.total("unit_resources")):
            kind, name, service = wordings[number % len(wordings)]
            unit = givers[(number + len(places) + 1) % len(givers)]
            serves: str | None = unit.at if dice.chance(0.6) else unit.at[:9] if dice.chance(0.5) else dice.pick(codes)
            given: str | None = service
            serves_since = None
            if number in idle:
                turn = number % 3
                serves = None if turn == 0 else serves
                given = None if turn == 1 else given
                serves_since = counted + dice.between(200, 600) * day if turn == 2 else None
            until = counted + dice.between(30, 500) * day if number not in idle and dice.chance(0.12) else None
            id_ = self._id("room", number + 1)
            self.offers.append(Offer(unit, id_, kind, name, given, serves, dice.between(10, 120), until, serves_since))

    def _id(self, mark: str, number: int) -> str:
        return f"res-{self.district.code}-{mark}{number:02d}"

    def district_records(self, sheet: Sheet) -> None:
        """The resources with their offers."""
        dice = self.district.dice("offer-records")
        release = self.district.anchor(self.district.profile.anchors.release)
        for offer in self.offers:
            parking = offer.kind == "parking"
            rule = "parking" if parking else "unit-resources"
            schedule = _NIGHT if parking else dice.pick(_SCHEDULES)
            until = offer.until
            sheet.node(
                "Resource",
                offer.id,
                rule,
                name=f"{offer.unit.name}{offer.name}",
                kind=offer.kind,
                capacity=offer.capacity,
                capacity_unit=_UNITS[offer.kind],
                capacity_bound="exact",
                schedule=schedule,
                terms="免费",
                open_to_public=True,
                until=until,
            )
            sheet.edge(
                "OFFERS",
                offer.unit.id,
                offer.id,
                rule,
                capacity=offer.capacity,
                schedule=schedule,
                terms="免费",
                until=until,
            )
            sheet.edge("LOCATED_IN", offer.id, offer.unit.at, rule, until=until)
            if offer.service is not None:
                sheet.edge("PROVIDES", offer.id, f"svc-{offer.service}", rule, until=until)
            if offer.serves is not None:
                sheet.edge(
                    "SERVES", offer.id, offer.serves, rule, group="everyone", since=offer.serves_since, until=until
                )
            if release is not None:
                sheet.edge("PART_OF", offer.id, release, rule, until=until)
