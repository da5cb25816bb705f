"""The three lists, groups that services do not reach, what is open, how those respond to whom cases went.

Decided here where the definition leaves it open:

- A service reaches a community by a resource that serves it or an area above, or by a pairing with it; a grid likewise, with its own.
- A dispatch was refused whenever its outcome says so; it was solved by the day on which it was closed, or when it says so without a day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.oracle.dispatch import dispatches
from tests.oracle.judgement import Judge
from tests.oracle.opening import opening
from tests.oracle.people import held, holding, living, rounded
from tests.oracle.resources import unmet, withdrawn
from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import Link, Rows, World

Parameters = Mapping[str, Any]


def _scope(world: World, parameters: Parameters) -> tuple[Judge, set[str]]:
    judge = Judge(world, parameters["as_of"])
    return judge, judge.below(parameters["area"]) if parameters["area"] in judge.tree else set()


def _meant(world: World, link: Link, wanted: set[str], day: dt.date) -> bool:
    """Whether a project is meant for an area with these needs: for one of them, or for a service alone."""
    needs = {x.end for x in world.out(link.start, ("FOR",), day) if world.has(x.end, "Need")}
    return not world.has(link.end, "Service") or not needs or bool(needs & wanted)


def three_lists(world: World, parameters: Parameters) -> Rows:
    """Needs, resources and projects by service."""
    day, (_, areas) = parameters["as_of"], _scope(world, parameters)
    found = []
    for service in living(world, "Service", day):
        asking = {x.start for x in world.into(service, ("FOR",), day) if world.has(x.start, "Need")}
        asking = {n for n in asking if any(x.end in areas for x in world.out(n, ("RAISED_BY",), day))}
        wanted = {n for n in asking if world.alive(n, day) and not withdrawn(world, n, day)}
        wanted = {n for n in wanted if (world.get(n, "raised_on") or day) <= day}
        missing = sorted(n for n in asking if unmet(world, n, day))
        given = {x.start for x in holding(world, service, ("PROVIDES",), day) if world.has(x.start, "Resource")}
        given = {r for r in given if any(x.end in areas for x in world.out(r, ("SERVES", "LOCATED_IN"), day))}
        if not (wanted or missing or given):
            continue
        verdict = "met" if wanted else "resource-without-need"
        if missing:
            verdict = "matchable" if given else "need-without-resource"
        if parameters.get("verdict") not in (None, verdict):
            continue
        people = sum(world.get(n, "headcount") or 0 for n in missing)
        links = [x for target in (service, *missing) for x in holding(world, target, ("FOR",), day)]
        projects = sorted({x.start for x in links if world.has(x.start, "Project") and _meant(world, x, wanted, day)})
        lists = [[entity(world, n) for n in some] for some in (missing, sorted(given), projects)]
        row = [entity(world, service), verdict, lists[0], people, len(wanted) - len(missing), lists[1], lists[2]]
        found.append(((-people, -len(missing), service), row))
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


def _reaching(world: World, place: str, day: dt.date) -> set[tuple[str, str]]:
    """(group, code) of the services of resources that serve a place."""
    resources = [x.start for x in holding(world, place, ("SERVES",), day) if world.has(x.start, "Resource")]
    given = [g.end for r in resources for g in held(world, r, ("PROVIDES",), day)]
    return {(world.get(s, "group"), world.get(s, "code")) for s in given}


def _paired(world: World, place: str, day: dt.date) -> set[tuple[str, str]]:
    """The same by pairings with a place."""
    codes = {code for x in holding(world, place, ("PAIRED_WITH",), day) for code in x.get("services") or ()}
    known = [s for s in living(world, "Service", day) if world.get(s, "code") in codes]
    return {(world.get(s, "group"), world.get(s, "code")) for s in known}


def unserved_groups(world: World, parameters: Parameters) -> Rows:
    """Communities and groups of people that services do not reach in all of it."""
    day, (judge, areas) = parameters["as_of"], _scope(world, parameters)
    wider = {judge.ancestor(a, "Community") for a in areas}
    found = []
    for community in sorted(a for a in areas | wider if a and world.has(a, "Community")):
        whole = _paired(world, community, day).union(*(_reaching(world, a, day) for a in judge.above(community)))
        grids = [g for g in judge.below(community) if world.has(g, "Grid") and g in areas]
        each = {g: _reaching(world, g, day) | _paired(world, g, day) for g in grids}
        for group in ("children", "disabled", "elders"):
            missed = [g for g, given in each.items() if group not in {k for k, _ in given}]
            if parameters.get("group") not in (None, group) or group in {k for k, _ in whole}:
                continue
            if grids and not missed:
                continue
            partial = sorted({code for given in each.values() for k, code in given if k == group})
            people = world.get(community, "residents_over_70") if group == "elders" else None
            row = [entity(world, community), entity(world, judge.ancestor(community, "Street")), group]
            row += [judge.absence("services", community), len(grids), len(missed), partial, people]
            found.append(((-(people or 0), community, group), row))
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


def open_resources(world: World, parameters: Parameters) -> Rows:
    """Resources that are open to the public, and whether they are open at the hour."""
    day, (_, areas) = parameters["as_of"], _scope(world, parameters)
    found = []
    for resource in living(world, "Resource", day):
        spots = sorted({x.end for x in world.out(resource, ("SERVES", "LOCATED_IN"), day)})
        if world.get(resource, "open_to_public") is not True or not areas.intersection(spots):
            continue
        state = opening(world.get(resource, "schedule"), day, parameters.get("hour"))
        if parameters.get("state") not in (None, state):
            continue
        known = [world.get(resource, name) for name in ("schedule", "terms", "capacity", "capacity_unit")]
        services = sorted({world.get(x.end, "code") for x in held(world, resource, ("PROVIDES",), day)})
        by = sorted({x.start for x in holding(world, resource, ("OFFERS",), day)})
        row = [entity(world, resource), world.get(resource, "kind"), state, *known, services]
        row += [[any_entity(world, n) for n in by], [any_entity(world, n) for n in spots]]
        found.append(((("open", "unknown", "closed").index(state), resource), row))
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


def dispatch_record(world: World, parameters: Parameters) -> Rows:
    """What became of the cases that went to each responder."""
    day, (_, areas) = parameters["as_of"], _scope(world, parameters)
    went: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for case in world.labelled("Case"):
        raised = world.get(case, "raised_on")
        if (raised or day) <= day and any(x.end in areas for x in world.out(case, ("RAISED_IN",), day)):
            for x in dispatches(world, case, day):
                went[x.end].append((case, x))
    rows = []
    for to, given in went.items():
        groups: dict[str, set[str]] = {
            name: set() for name in ("accepted", "refused", "recalled", "solved", "open", "late")
        }
        waits, reasons = [], set()
        for case, x in given:
            outcome, accepted, closed = x.get("outcome"), x.get("accepted_on"), x.get("closed_on")
            due = world.get(case, "due_on")
            if accepted and accepted <= day:
                groups["accepted"].add(case)
                waits += [(accepted - x.get("dispatched_on")).days] if x.get("dispatched_on") else []
            if outcome == "refused":
                groups["refused"].add(case)
                reasons |= {x.get("refusal")} - {None}
                continue
            over = closed <= day if closed else outcome in ("solved", "recalled")
            groups["open" if not over else "recalled" if outcome == "recalled" else "solved"].add(case)
            ended = closed if over else day
            if due and ended and due < ended:
                groups["late"].add(case)
        mean = rounded(Decimal(sum(waits)) / len(waits), 1) if waits else None
        counts = [len(cases) for cases in groups.values()]
        rows.append([any_entity(world, to), len({case for case, _ in given}), *counts, mean, sorted(reasons)])
    rows.sort(key=lambda row: (-row[3], -row[7], -row[1], row[0]["id"]))
    return page(rows, parameters)


SERVICES = {
    "three-lists": three_lists,
    "unserved-groups": unserved_groups,
    "open-resources": open_resources,
    "dispatch-record": dispatch_record,
}
