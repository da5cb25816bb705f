"""The three lists: needs and projects as they stand on a day, pairings that end, and where records come from.

Decided here where the definition leaves it open: help that has ended makes a need that was met one whose help lapsed, unless
other help has yet to begin; a need whose ledger says met without saying by what counts as met; a project whose days are not
known stands as its ledger says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.oracle.judgement import Judge
from tests.oracle.people import held, holding, living
from tests.oracle.resources import unmet, withdrawn
from tests.oracle.values import any_entity, ascending, entity, page
from tests.oracle.world import Rows, World, holds

Parameters = Mapping[str, Any]


def _of(world: World, node: str, type_: str, label: str, day: dt.date) -> list[str]:
    return sorted({x.end for x in held(world, node, (type_,), day) if world.has(x.end, label)})


def _owners(world: World, node: str, day: dt.date) -> list[str]:
    return sorted({x.start for x in holding(world, node, ("RESPONSIBLE_FOR",), day)})


def _need_state(world: World, need: str, day: dt.date) -> str:
    if withdrawn(world, need, day):
        return "withdrawn"
    if held(world, need, ("MET_BY",), day):
        return "met"
    if unmet(world, need, day):
        return "open"
    ends = world.get(need, "withdrawn_on")
    ever = world.out(need, ("MET_BY",))
    if (ends and ends > day) or any(x.get("since") and x.get("since") > day for x in ever):
        return "open"
    return "lapsed" if ever and world.get(need, "state") == "met" else "met" if not ever else "open"


def needs(world: World, parameters: Parameters) -> Rows:
    """Needs with their state, what meets them and who answers for them."""
    day, root = parameters["as_of"], parameters["area"]
    judge, rows = Judge(world, day), []
    for place in judge.below(root) if root in judge.tree else ():
        for need in {x.start for x in world.into(place, ("RAISED_BY",), day)}:
            if not world.alive(need, day) or (world.get(need, "raised_on") or day) > day:
                continue
            services = _of(world, need, "FOR", "Service", day)
            owners = [o for o in _owners(world, need, day) if world.has(o, "Organization")]
            state, due, ends = _need_state(world, need, day), world.get(need, "due_on"), world.get(need, "withdrawn_on")
            overdue = state in ("open", "lapsed") and due is not None and due < day
            wanted = (
                parameters.get("need") in (None, need),
                parameters.get("state") in (None, state),
                parameters.get("overdue") in (None, overdue),
                parameters.get("service") in (None, *services),
                parameters.get("owner") in (None, *owners),
            )
            if not all(wanted):
                continue
            links = sorted(held(world, need, ("MET_BY",), day), key=lambda x: (x.end, x.id))
            by = [
                {"by": any_entity(world, x.end), **{n: x.get(n) for n in ("since", "until", "source", "source_ref")}}
                for x in links
            ]
            row = [entity(world, need), entity(world, place), [entity(world, s) for s in services], state, overdue]
            row += [*(world.get(need, n) for n in ("headcount", "priority", "raised_on")), due]
            row += [ends if ends is not None and ends <= day else None, by, [entity(world, o) for o in owners]]
            row += [world.get(need, "source"), world.get(need, "source_ref")]
            rows.append(((world.get(need, "priority") or 99, *ascending(due), need, place), row))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


def _project_state(world: World, project: str, day: dt.date) -> str:
    state, started, finished = (world.get(project, n) for n in ("state", "started_on", "finished_on"))
    if finished is not None:
        if finished <= day:
            return "done"
    elif state == "done":
        return "done"
    if started is not None:
        return "running" if started <= day else "planned"
    return "planned" if state == "planned" else "running"


def projects(world: World, parameters: Parameters) -> Rows:
    """Projects with their state, and what and whom they are for."""
    day, area, rows = parameters["as_of"], parameters.get("area"), []
    for project in living(world, "Project", day):
        if (world.get(project, "planned_on") or day) > day or parameters.get("project") not in (None, project):
            continue
        wishes = _of(world, project, "FOR", "Need", day)
        spots = sorted({x.end for n in wishes for x in world.out(n, ("RAISED_BY",), day)})
        owners, state, due = (
            _owners(world, project, day),
            _project_state(world, project, day),
            world.get(project, "due_on"),
        )
        late = state != "done" and due is not None and due < day
        wanted = (
            parameters.get("state") in (None, state),
            parameters.get("late") in (None, late),
            parameters.get("owner") in (None, *owners),
            area is None or any(s.startswith(area) for s in spots),
        )
        if not all(wanted):
            continue

        def by(name: str, project: str = project) -> dt.date | None:
            value: dt.date | None = world.get(project, name)
            return value if value is not None and value <= day else None

        row = [entity(world, project), state, late, world.get(project, "planned_on"), by("started_on"), due]
        row += [by("finished_on"), [entity(world, s) for s in _of(world, project, "FOR", "Service", day)]]
        row += [[entity(world, n) for n in some] for some in (wishes, spots, owners)]
        row += [world.get(project, "source"), world.get(project, "source_ref")]
        rows.append(((*ascending(due), project), row))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


def expiring_pairings(world: World, parameters: Parameters) -> Rows:
    """Pairings that hold and end within some days, with who is paired with the area when they end."""
    day, rows = parameters["as_of"], []
    for x in world.links(("PAIRED_WITH",), day):
        until = x.get("until")
        if not x.end.startswith(parameters["area"]) or until is None or (until - day).days > parameters["days"]:
            continue
        if not world.alive(x.start, day):
            continue
        others = {y.start for y in world.into(x.end, ("PAIRED_WITH",), until) if world.alive(y.start, until)} - {
            x.start
        }
        row = [entity(world, x.start), any_entity(world, x.end)]
        row += [x.get(n) for n in ("programme", "services", "since")] + [until, (until - day).days]
        row += [[entity(world, o) for o in sorted(others)], x.get("source"), x.get("source_ref")]
        rows.append(((until, x.start, x.end, x.id), row))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


def sources_of(world: World, parameters: Parameters) -> Rows:
    """Source and place of records."""
    rows = []
    for node in sorted(set(parameters["ids"]) & set(world.nodes)):
        source = world.get(node, "source")
        origin = entity(world, source) if source is not None and world.has(source, "Source") else None
        marks = [world.get(node, "synthetic") is True, holds(dict(world.nodes[node].props), parameters["as_of"])]
        rows.append([any_entity(world, node), origin, world.get(node, "source_ref"), *marks])
    return page(rows, parameters)


LISTS = {"needs": needs, "projects": projects, "expiring-pairings": expiring_pairings, "sources-of": sources_of}
