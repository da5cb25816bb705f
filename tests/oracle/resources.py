"""Resources and needs.

Decided here where the definition leaves it open: a need is unmet on a day when it had been raised, nothing that holds met
it, and it was open, or is met only by something that began later. What was withdrawn is no need.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.oracle.judgement import Judge
from tests.oracle.opening import opening
from tests.oracle.people import held, holding, living
from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import Rows, World

Parameters = Mapping[str, Any]
SETTLED_BY = {"serves-no-area": "resources", "provides-no-service": "services", "capacity-unused": "needs"}


def lies_in(world: World, node: str, root: str, day: dt.date) -> bool:
    """Whether a node is an area or lies in it, by PART_OF links that hold."""
    ring, seen = {node}, {node}
    while ring:
        if root in ring:
            return True
        ring = {x.end for n in ring for x in world.out(n, ("PART_OF",), day)} - seen
        seen |= ring
    return False


def unmet(world: World, need: str, day: dt.date) -> bool:
    """Whether a need is unmet on the day."""
    raised, state = world.get(need, "raised_on"), world.get(need, "state")
    if not world.alive(need, day) or (raised is not None and raised > day) or held(world, need, ("MET_BY",), day):
        return False
    later = any(x.get("since") is not None and x.get("since") > day for x in world.out(need, ("MET_BY",)))
    ends = world.get(need, "withdrawn_on")
    return state == "open" or (ends is not None and ends > day) or (state == "met" and later)


def withdrawn(world: World, need: str, day: dt.date) -> bool:
    """Whether a need is withdrawn on the day."""
    ends = world.get(need, "withdrawn_on")
    return world.get(need, "state") == "withdrawn" and not (ends is not None and ends > day)


def _offerers(world: World, resource: str, day: dt.date) -> list[Any]:
    return [any_entity(world, n) for n in sorted({x.start for x in holding(world, resource, ("OFFERS",), day)})]


def idle_resources(world: World, parameters: Parameters) -> Rows:
    """Resources that serve no area, provide no service, or have a capacity that no recorded need uses.

    Each of these is settled by a ledger that is complete for a place of the resource, and only possible without one.
    """
    day, area, reason = parameters["as_of"], parameters.get("area"), parameters.get("reason")
    complete = Judge(world, day).complete
    found = []
    for resource in living(world, "Resource", day):
        spots = [x.end for x in world.out(resource, ("SERVES", "LOCATED_IN"), day)]
        if area is not None and not any(lies_in(world, spot, area, day) for spot in spots):
            continue
        if parameters.get("kind") not in (None, world.get(resource, "kind")):
            continue
        hour = parameters.get("hour")
        if hour is not None and opening(world.get(resource, "schedule"), day, hour) != "open":
            continue
        facts = {
            "serves-no-area": held(world, resource, ("SERVES",), day),
            "provides-no-service": held(world, resource, ("PROVIDES",), day),
            "capacity-unused": holding(world, resource, ("MET_BY",), day) or not world.get(resource, "capacity"),
        }
        absent = [name for name, fact in facts.items() if not fact]
        if not absent or reason not in (None, *absent):
            continue
        places = sorted({x.end for x in world.out(resource, ("LOCATED_IN",), day)})
        known = {kind for kind, of, _ in complete if any(lies_in(world, place, of, day) for place in places)}
        reasons = [name for name in absent if SETTLED_BY[name] in known]
        possible = [name for name in absent if name not in reasons]
        shown = [
            entity(world, resource),
            world.get(resource, "kind"),
            "idle" if reasons else "unknown",
            reasons,
            possible,
            [SETTLED_BY[name] for name in possible],
            *(world.get(resource, name) for name in ("capacity", "capacity_unit", "schedule")),
            _offerers(world, resource, day),
            [entity(world, p) for p in places],
        ]
        found.append(((not reasons, list(SETTLED_BY).index(absent[0]), -len(absent), resource), shown))
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


def resources_by_service(world: World, parameters: Parameters) -> Rows:
    """Resources by the services that they provide."""
    day, area = parameters["as_of"], parameters.get("area")
    rows = []
    for service in living(world, "Service", day):
        if parameters.get("service") not in (None, service):
            continue
        for resource in sorted(
            {x.start for x in holding(world, service, ("PROVIDES",), day) if world.has(x.start, "Resource")}
        ):
            places = sorted({x.end for x in held(world, resource, ("SERVES",), day)})
            if area is not None and not any(
                lies_in(world, p, area, day) or lies_in(world, area, p, day) for p in places
            ):
                continue
            serves, offered = [entity(world, p) for p in places], _offerers(world, resource, day)
            known = [
                world.get(resource, name)
                for name in ("capacity", "capacity_unit", "schedule", "terms", "open_to_public")
            ]
            rows.append(
                [entity(world, service), entity(world, resource), world.get(resource, "kind"), serves, offered, *known]
            )
    return page(rows, parameters)


def _candidates(world: World, services: list[str], place: str, day: dt.date) -> list[str]:
    found = set()
    for resource in {
        x.start for s in services for x in holding(world, s, ("PROVIDES",), day) if world.has(x.start, "Resource")
    }:
        spots = {x.end for x in world.out(resource, ("SERVES", "LOCATED_IN"), day)}
        if any(lies_in(world, spot, place, day) or lies_in(world, place, spot, day) for spot in spots):
            found.add(resource)
    return sorted(found)


def unmet_needs(world: World, parameters: Parameters) -> Rows:
    """Needs that nothing meets, with the resources that could."""
    day, root = parameters["as_of"], parameters["area"]
    judge = Judge(world, day)
    found = []
    for place in judge.below(root) if root in judge.tree else ():
        for need in {x.start for x in world.into(place, ("RAISED_BY",), day)}:
            services = sorted({x.end for x in held(world, need, ("FOR",), day) if world.has(x.end, "Service")})
            if unmet(world, need, day) and parameters.get("service") in (None, *services):
                priority, headcount = world.get(need, "priority"), world.get(need, "headcount")
                found.append((priority or 99, -(headcount or 0), need, place, services))
    rows = []
    for _, _, need, place, services in sorted(found):
        asked = [entity(world, s) for s in services]
        known = [world.get(need, name) for name in ("headcount", "priority", "raised_on")]
        candidates = [entity(world, r) for r in _candidates(world, services, place, day)]
        rows.append([entity(world, need), entity(world, place), asked, *known, candidates])
    return page(rows, parameters)


RESOURCES = {"idle-resources": idle_resources, "resources-by-service": resources_by_service, "unmet-needs": unmet_needs}
