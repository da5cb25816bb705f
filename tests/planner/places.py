"""Small random districts with people, resources, offers, needs and ties, made from a seed: what location results are tried on."""

from __future__ import annotations

import random
from typing import Any

from govnet_graph.planner.building import Rows
from tests.planner.small import CODES, DAY, HOME, rule_row, service_rows

__all__ = ["DAY", "HOME", "district"]

SCHEDULES = (None, "周一至周五 08:30-17:00", "周六 09:00-12:00", "夜间", "每日 18:30-07:30")
KEYS = ("service:meals", "service:mediation", "resource:station", "worker:police", "chain:3")


def district(number: int, *, most: int = 7) -> Rows:
    """The rows of a district; the same number gives the same."""
    dice = random.Random(number)
    rows = Rows(services=service_rows())
    counted = dice.random()

    def count(of: int) -> int | None:
        return dice.randint(0, of) if dice.random() < counted else None

    def area(id_: str, level: str, parent: str | None) -> None:
        stated = level == "Grid" or dice.random() < 0.2
        people = count(9) if stated else None
        over = None if people is None or dice.random() < 0.3 else dice.randint(0, people)
        point = dice.random() < 0.5 if level == "Grid" else None
        rows.areas.append((id_, level, f"名{id_}", f"name {id_}", parent, point, None, people, over))

    area(HOME, "District", None)
    for s in range(1, dice.randint(1, 2) + 1):
        street = f"{HOME}{s:03}"
        area(street, "Street", HOME)
        for c in range(1, dice.randint(1, 2) + 1):
            community = f"{street}{c:03}"
            area(community, "Community", street)
            for g in range(1, dice.randint(0, 3) + 1):
                area(f"{community}{g:03}", "Grid", community)
    places = [row[0] for row in rows.areas]
    targets = [row[0] for row in rows.areas if row[1] in ("Community", "Grid")]
    rules = ("req-pairing", "req-meals", "req-mediation", "req-street", "req-community")
    rows.needed = [rule_row(rule, dice.randint(1, 2)) for rule in rules if dice.random() < 0.6]
    for kind in ("pairings", "services", "resources", "workers", "party-chain"):
        if dice.random() < 0.6:
            rows.ledgers.append((kind, dice.choice((HOME, HOME, dice.choice(places))), f"ledger-{kind}"))
    for n in range(1, dice.randint(0, 4) + 1):
        unit = f"unit-{n}"
        rows.units.append((unit, f"单位{n}", None, "agency", True, dice.choice((None, 0, 1, 3)), 5))
        if dice.random() < 0.7:
            rows.located.append((unit, dice.choice(places)))
        for target in dice.sample(targets, min(len(targets), dice.randint(0, 3))):
            services = [code for code in CODES if dice.random() < 0.5]
            rows.pairings.append((f"P:{unit}>{target}", unit, target, services, 1, None, None, None))
            rows.able += [(unit, code) for code in services]
    _resources(rows, dice, places, most)
    _needs(rows, dice, places, most)
    _ties(rows, dice, targets)
    return rows


def _resources(rows: Rows, dice: random.Random, places: list[str], most: int) -> None:
    for n in range(1, dice.randint(0, most) + 1):
        id_, kind = f"res-{n}", dice.choice(("station", "canteen"))
        public, capacity = dice.choice((None, True, True, False)), dice.choice((None, 0, 3, 8))
        rows.resources.append(
            (
                id_,
                f"资源{n}",
                kind,
                capacity,
                dice.choice((None, "people", "grids")),
                None,
                dice.choice(SCHEDULES),
                public,
            )
        )
        services = [code for code in CODES if dice.random() < 0.6]
        rows.provides += [(id_, code) for code in services]
        serves = dice.sample(places, dice.randint(0, 2))
        rows.serves += [(id_, place, None) for place in serves]
        if not serves or dice.random() < 0.5:
            rows.located.append((id_, dice.choice(places)))
        if serves:
            rows.providers.append((id_, "Resource", f"资源{n}"))
        for place in serves:
            rows.given.append((f"resource:{kind}", id_, place))
            rows.given += [(f"service:{code}", id_, place) for code in services]
        for giver in dice.sample(["org-1", *(u[0] for u in rows.units)], min(1 + len(rows.units), dice.randint(0, 2))):
            rows.offers.append((giver, id_, dice.choice((None, 4)), None))


def _needs(rows: Rows, dice: random.Random, places: list[str], most: int) -> None:
    for n in range(1, dice.randint(0, most) + 1):
        id_ = f"need-{n}"
        rows.needs.append(
            (id_, f"需求{n}", dice.choice((None, 1, 3, 6)), dice.choice((None, 1, 2)), dice.random() < 0.85)
        )
        rows.asks += [(id_, code) for code in dice.sample(CODES, dice.randint(1, 2))]
        rows.raised.append((id_, dice.choice(places)))
    if rows.needs and dice.random() < 0.5:
        rows.projects.append(("proj-1", "项目", "running"))
        rows.meant.append(("proj-1", dice.choice(rows.needs)[0]))


def _ties(rows: Rows, dice: random.Random, targets: list[str]) -> None:
    """Organizations and members, joined to each other, to units and to areas."""
    orgs = [(f"org-{n}", "Organization", f"组织{n}") for n in range(1, dice.randint(1, 4) + 1)]
    members = [(f"member-{n}", "Member", f"角色{n}") for n in range(1, dice.randint(0, 5) + 1)]
    units: list[tuple[Any, ...]] = [(u[0], "Unit", u[1]) for u in rows.units]
    rows.bodies = [*orgs, *members, *units]
    for org in orgs:
        if targets and dice.random() < 0.7:
            rows.ties.append(("RESPONSIBLE_FOR", org[0], dice.choice(targets)))
        if dice.random() < 0.5:
            rows.ties.append(("PART_OF", org[0], dice.choice(orgs)[0]))
    for member in members:
        if targets and dice.random() < 0.6:
            rows.ties.append(("ASSIGNED_TO", member[0], dice.choice(targets)))
        for body in dice.sample([*orgs, *units], min(len(orgs) + len(units), dice.randint(0, 2))):
            rows.ties.append((dice.choice(("MEMBER_OF", "SITS_ON")), member[0], body[0]))
