"""Members and units: roles, memberships, profiles, load, units that connect to nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.oracle.values import any_entity, ascending, entity, page
from tests.oracle.world import AREA_LABELS, Link, Rows, World

Parameters = Mapping[str, Any]
ROLES = ("MEMBER_OF", "SITS_ON", "ASSIGNED_TO")
PROFESSIONS_OF = ("heating", "telecom", "police", "mediator", "judge")


def rounded(value: Decimal, digits: int) -> float:
    """A number rounded half up, as the engines do."""
    return float(value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))


def held(world: World, node: str, types: tuple[str, ...], day: dt.date) -> list[Link]:
    """Links from a node that hold, to things that hold."""
    return [x for x in world.out(node, types, day) if world.alive(x.end, day)]


def holding(world: World, node: str, types: tuple[str, ...], day: dt.date) -> list[Link]:
    """Links to a node that hold, from things that hold."""
    return [x for x in world.into(node, types, day) if world.alive(x.start, day)]


def living(world: World, label: str, day: dt.date) -> list[str]:
    """Ids of the nodes of a label that hold on the day."""
    return [n for n in world.labelled(label) if world.alive(n, day)]


def member_roles(world: World, parameters: Parameters) -> Rows:
    """Memberships, seats and assignments of a member."""
    found = held(world, parameters["member"], ROLES, parameters["as_of"])
    rows = []
    for x in sorted(found, key=lambda x: (x.type, x.end, x.id)):
        shown = [x.type, x.get("role"), x.get("profession"), any_entity(world, x.end)]
        rows.append([*shown, *(x.get(name) for name in ("since", "until", "source", "source_ref"))])
    return page(rows, parameters)


def multi_role_members(world: World, parameters: Parameters) -> Rows:
    """Members who belong to or sit on several bodies."""
    day = parameters["as_of"]
    rows = []
    for member in living(world, "Member", day):
        links = sorted(held(world, member, ("MEMBER_OF", "SITS_ON"), day), key=lambda x: (x.end, x.id))
        bodies = len({x.end for x in links})
        if bodies >= max(1, parameters["at_least"]):
            roles = [
                {
                    "type": x.type,
                    "role": x.get("role"),
                    "body": any_entity(world, x.end),
                    "since": x.get("since"),
                    "until": x.get("until"),
                }
                for x in links
            ]
            rows.append([entity(world, member), bodies, roles])
    rows.sort(key=lambda row: (-row[1], row[0]["id"]))
    return page(rows, parameters)


def unit_members(world: World, parameters: Parameters) -> Rows:
    """Who belongs to a unit."""
    rows = []
    for x in sorted(
        holding(world, parameters["unit"], ("MEMBER_OF",), parameters["as_of"]), key=lambda x: (x.start, x.id)
    ):
        synthetic = bool(x.get("synthetic"))
        rows.append([entity(world, x.start), x.get("role"), x.get("since"), x.get("until"), synthetic, x.get("source")])
    return page(rows, parameters)


def _used(link: Link) -> int:
    stated = link.get("capacity_used")
    return 1 if stated is None else int(stated)


def unit_profile(world: World, parameters: Parameters) -> Rows:
    """What one unit does."""
    unit, day = parameters["unit"], parameters["as_of"]
    pairings = sorted(held(world, unit, ("PAIRED_WITH",), day), key=lambda x: (x.end, x.id))
    resources = sorted({x.end for x in held(world, unit, ("OFFERS",), day)})
    served = {x.end for r in resources for x in held(world, r, ("SERVES",), day)}
    bodies = sorted({x.end for x in held(world, unit, ("SITS_ON",), day)})
    shown = [
        {
            "area": any_entity(world, x.end), "programme": x.get("programme"), "services": x.get("services"), "capacity_used": _used(x),
            **{name: x.get(name) for name in ("since", "until", "source", "source_ref")},
        }
        for x in pairings
    ]  # fmt: skip
    areas = sorted(a for a in {x.end for x in pairings} | served if world.has(a, *AREA_LABELS))
    members = len({x.start for x in holding(world, unit, ("MEMBER_OF",), day)})
    row = [
        entity(world, unit),
        world.get(unit, "kind"),
        shown,
        world.get(unit, "pairing_capacity"),
        sum(map(_used, pairings)),
        members,
    ]
    row += [world.get(unit, "party_members"), [entity(world, r) for r in resources], [entity(world, b) for b in bodies]]
    return page([[*row, [any_entity(world, a) for a in areas]]], parameters)


def unit_load(world: World, parameters: Parameters) -> Rows:
    """Pairings of each unit against its capacity and its people."""
    day = parameters["as_of"]
    rows = []
    for unit in living(world, "Unit", day):
        pairings = held(world, unit, ("PAIRED_WITH",), day)
        used, capacity = sum(map(_used, pairings)), world.get(unit, "pairing_capacity")
        members = len({x.start for x in holding(world, unit, ("MEMBER_OF",), day)})
        stated = world.get(unit, "party_members")
        people = members if stated is None else stated
        load = rounded(Decimal(used) / people, 3) if people > 0 else None
        free = None if capacity is None else capacity - used
        rows.append([entity(world, unit), len(pairings), used, capacity, free, members, stated, load])
    rows.sort(key=lambda row: (-row[2], row[0]["id"]))
    return page(rows, parameters)


def units_unconnected(world: World, parameters: Parameters) -> Rows:
    """Units without pairing, seat or resource whose members neither work for an area nor sit on a body."""
    day, own = parameters["as_of"], ("PAIRED_WITH", "SITS_ON", "OFFERS")
    rows = []
    for unit in living(world, "Unit", day):
        people = {x.start for x in holding(world, unit, ("MEMBER_OF",), day)}
        if held(world, unit, own, day) or any(held(world, m, ("SITS_ON", "ASSIGNED_TO"), day) for m in people):
            continue
        links = world.out(unit, own)
        ended = max((x.get("until") for x in links if x.get("until") and x.get("until") <= day), default=None)
        begins = min((x.get("since") for x in links if x.get("since") and x.get("since") > day), default=None)
        rows.append([entity(world, unit), world.get(unit, "kind"), world.get(unit, "district_agency"), ended, begins])
    return page(sorted(rows, key=lambda row: ascending(row[0]["id"])), parameters)


PEOPLE = {
    "member-roles": member_roles,
    "multi-role-members": multi_role_members,
    "unit-members": unit_members,
    "unit-profile": unit_profile,
    "unit-load": unit_load,
    "units-unconnected": units_unconnected,
}
