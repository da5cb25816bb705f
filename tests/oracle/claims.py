"""The claims of the sources against the graph, by the table of metrics in seeds/article/README.md.

Decided here where it leaves something open:

- A ledger that is complete for an area above the one asked for is complete for that area too.
- A suppressed claim is untestable and shows neither its value nor the graph's count.
- A rate of nothing is no figure, so it is untestable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tests.oracle.judgement import Judge
from tests.oracle.people import PROFESSIONS_OF, held, holding, living, rounded
from tests.oracle.values import entity, page
from tests.oracle.world import Rows, World

Parameters = Mapping[str, Any]
Count = tuple[float | None, int, int]


def _tally(world: World, nodes: list[str]) -> Count:
    return float(len(nodes)), len(nodes), sum(world.get(n, "synthetic") is True for n in nodes)


def _kind(label: str, kind: str) -> Callable[[World, dt.date], Count]:
    return lambda world, day: _tally(world, [n for n in living(world, label, day) if world.get(n, "kind") == kind])


def _flag(label: str, flag: str) -> Callable[[World, dt.date], Count]:
    return lambda world, day: _tally(world, [n for n in living(world, label, day) if world.get(n, flag) is True])


def _levels(world: World, day: dt.date) -> Count:
    bodies = [n for n in living(world, "Organization", day) if world.get(n, "level") is not None]
    _, records, synthetic = _tally(world, bodies)
    return float(len({world.get(n, "level") for n in bodies})), records, synthetic


def _of_agencies(world: World, day: dt.date) -> Count:
    def fits(member: str) -> bool:
        units = [x.end for x in held(world, member, ("MEMBER_OF",), day)]
        return world.get(member, "party_member") is True and any(world.get(u, "district_agency") is True for u in units)

    return _tally(world, [m for m in living(world, "Member", day) if fits(m)])


def _professional(profession: str | None) -> Callable[[World, dt.date], Count]:
    def fits(world: World, member: str, day: dt.date) -> bool:
        if world.get(member, "kind") != "professional-grid-worker" or profession not in (
            None,
            world.get(member, "profession"),
        ):
            return False
        return any(x.get("role") == "professional" for x in held(world, member, ("ASSIGNED_TO",), day))

    return lambda world, day: _tally(world, [m for m in living(world, "Member", day) if fits(world, m, day)])


def _cases(world: World, day: dt.date, channel: str) -> tuple[list[str], list[str]]:
    """(all, solved) cases of a channel up to the day."""
    found = [
        c
        for c in living(world, "Case", day)
        if world.get(c, "channel") == channel and _by(world.get(c, "raised_on"), day)
    ]
    return found, [
        c for c in found if world.get(c, "state") in ("solved", "closed") and _by(world.get(c, "closed_on"), day)
    ]


def _by(moment: dt.date | None, day: dt.date) -> bool:
    return moment is None or moment <= day


def _solved(channel: str) -> Callable[[World, dt.date], Count]:
    return lambda world, day: _tally(world, _cases(world, day, channel)[1])


def _unsolved(world: World, day: dt.date) -> Count:
    found, solved = _cases(world, day, "full-time-worker")
    return _tally(world, [c for c in found if c not in solved])


def _rate(world: World, day: dt.date) -> Count:
    found, solved = _cases(world, day, "full-time-worker")
    _, records, synthetic = _tally(world, found)
    return (rounded(Decimal(100 * len(solved)) / records, 2) if records else None), records, synthetic


def _activities(kind: str, attendance: bool) -> Callable[[World, dt.date], Count]:
    def count(world: World, day: dt.date) -> Count:
        found = [
            a
            for a in living(world, "Activity", day)
            if world.get(a, "kind") == kind and _by(world.get(a, "held_on"), day)
        ]
        n, records, synthetic = _tally(world, found)
        return (float(sum(world.get(a, "attendance") or 0 for a in found)) if attendance else n), records, synthetic

    return count


def _parking(world: World, day: dt.date) -> Count:
    places = [r for r in living(world, "Resource", day) if world.get(r, "kind") == "parking"]
    offers = [x for r in places for x in holding(world, r, ("OFFERS",), day)]
    return (
        float(sum(x.get("capacity") or 0 for x in offers)),
        len(offers),
        sum(x.get("synthetic") is True for x in offers),
    )


METRICS: dict[str, Callable[[World, dt.date], Count]] = {
    "organizations.task_force": _kind("Organization", "task-force"),
    "organizations.levels": _levels,
    "organizations.grid_branch": _kind("Organization", "grid-party-branch"),
    "organizations.demonstration": _flag("Organization", "demonstration"),
    "units.district_agency": _flag("Unit", "district_agency"),
    "members.of_district_agencies": _of_agencies,
    "members.reserve": _kind("Member", "reserve-cadre"),
    "members.full_time": _kind("Member", "full-time-grid-worker"),
    "members.professional": _professional(None),
    **{f"members.professional.{p}": _professional(p) for p in PROFESSIONS_OF},
    "grids.demonstration": _flag("Grid", "demonstration"),
    "cases.demonstration.solved": _solved("demonstration"),
    "cases.forum.solved": _solved("forum"),
    "cases.volunteer_team.solved": _solved("volunteer-team"),
    "cases.full_time_worker": lambda world, day: _tally(world, _cases(world, day, "full-time-worker")[0]),
    "cases.full_time_worker.solved": _solved("full-time-worker"),
    "cases.full_time_worker.open": _unsolved,
    "rate.full_time_worker.solved": _rate,
    "activities.theme_day": _activities("theme-day", attendance=False),
    "activities.deliberation": _activities("deliberation", attendance=False),
    "activities.visit.attendance": _activities("visit", attendance=True),
    "activities.award.attendance": _activities("award", attendance=True),
    "resources.station": _kind("Resource", "station"),
    "resources.canteen": _kind("Resource", "canteen"),
    "resources.parking.capacity": _parking,
}


def _verdict(
    counted: float | None, value: float | None, bound: str | None, rate: bool, complete: bool
) -> tuple[str, str]:
    if counted is None or value is None:
        return "untestable", "no-metric"
    if bound == "lower" and counted >= value:
        return "supported", "at-least-as-many"
    if bound == "exact" and counted > value and not rate:
        return "contradicted", "more-counted"
    if not complete:
        return "untestable", "ledger-missing"
    if counted == value:
        return "supported", "equal"
    return "contradicted", "more-counted" if counted > value else "fewer-counted"


def claims_check(world: World, parameters: Parameters) -> Rows:
    """Every claim with the graph's own count and a verdict."""
    day = parameters["as_of"]
    judge = Judge(world, day)
    rows = []
    for claim in living(world, "Claim", day):
        metric, value, bound, ledger = (world.get(claim, name) for name in ("metric", "value", "bound", "ledger"))
        hidden = world.get(claim, "suppressed") is True
        counted: tuple[Any, Any, Any] = (None, None, None)
        if hidden:
            value, judged = None, ("untestable", "suppressed")
        else:
            if metric in METRICS:
                counted = METRICS[metric](world, day)
            complete = parameters["area"] in judge.tree and bool(judge.ledgers(ledger, parameters["area"]))
            judged = _verdict(counted[0], value, bound, str(metric).startswith("rate."), complete)
        if parameters.get("verdict") in (None, judged[0]):
            known = [world.get(claim, name) for name in ("reason", "source", "source_ref")]
            rows.append(
                [entity(world, claim), value, bound, world.get(claim, "unit"), *counted, *judged, ledger, *known]
            )
    return page(rows, parameters)


CLAIMS = {"claims-check": claims_check}
