"""One grid: its profile and who supports it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

import networkx as nx

from tests.oracle.judgement import Judge
from tests.oracle.people import held, holding, living
from tests.oracle.resources import unmet
from tests.oracle.values import any_entity, entity, page, path
from tests.oracle.world import Link, Rows, World

Parameters = Mapping[str, Any]
SUPPORT = ("RESPONSIBLE_FOR", "ASSIGNED_TO", "PAIRED_WITH", "OFFERS", "SERVES")


def _lineage(judge: Judge, grid: str) -> list[str]:
    """The grid and the areas above it, nearest first."""
    return sorted(judge.above(grid), reverse=True) if grid in judge.tree else []


def _chain(world: World, grid: str, areas: list[str], day: dt.date) -> list[dict[str, Any]]:
    """Bodies of the five levels: those responsible for the grid and the areas above, those two steps below, those of its buildings."""
    bodies = {x.start for a in areas for x in holding(world, a, ("RESPONSIBLE_FOR",), day)}
    ring = {x.start for x in holding(world, grid, ("RESPONSIBLE_FOR",), day)}
    for _ in range(2):
        ring = {
            x.start
            for body in ring
            for x in holding(world, body, ("PART_OF",), day)
            if world.has(x.start, "Organization")
        }
        bodies |= ring
    buildings = {x.start for x in holding(world, grid, ("PART_OF",), day)}
    bodies |= {x.start for b in buildings for x in holding(world, b, ("RESPONSIBLE_FOR",), day)}
    levels = sorted((world.get(b, "level"), b) for b in bodies if world.get(b, "level") is not None)
    return [{"level": level, "organization": entity(world, body)} for level, body in levels]


def _near(world: World, places: list[str], type_: str, day: dt.date) -> list[Link]:
    return [x for place in places for x in holding(world, place, (type_,), day)]


def _services(world: World, areas: list[str], day: dt.date) -> list[str]:
    """Services that reach any of the areas, by a resource that serves it or a pairing that undertakes them."""
    found = set()
    for x in _near(world, areas, "SERVES", day):
        if world.has(x.start, "Resource"):
            found |= {p.end for p in held(world, x.start, ("PROVIDES",), day)}
    codes = {code for x in _near(world, areas, "PAIRED_WITH", day) for code in x.get("services") or ()}
    found |= {s for s in living(world, "Service", day) if world.get(s, "code") in codes}
    return sorted(found)


def is_open(world: World, case: str, day: dt.date) -> bool:
    """Whether a case had been raised by the day and was not yet closed."""
    raised, closed = world.get(case, "raised_on"), world.get(case, "closed_on")
    if raised is not None and raised > day:
        return False
    return closed > day if closed is not None else world.get(case, "state") not in ("solved", "closed")


def grid_profile(world: World, parameters: Parameters) -> Rows:
    """All about one grid, in one row."""
    grid, day = parameters["grid"], parameters["as_of"]
    areas = _lineage(Judge(world, day), grid)
    near = [a for a in areas if world.has(a, "Grid", "Community")]
    workers = [
        {
            "member": entity(world, x.start),
            "role": x.get("role"),
            "profession": x.get("profession"),
            "place": entity(world, x.end),
        }
        for place in near
        for x in sorted(_near(world, [place], "ASSIGNED_TO", day), key=lambda x: (x.get("role"), x.start, x.id))
    ]
    units = [
        {"unit": entity(world, x.start), "services": x.get("services") or [], "place": entity(world, x.end)}
        for place in near
        for x in sorted(_near(world, [place], "PAIRED_WITH", day), key=lambda x: (x.start, x.id))
    ]
    cases = sorted({x.start for x in world.into(grid, ("RAISED_IN",), day) if is_open(world, x.start, day)})
    needs = sorted({x.start for x in _near(world, near, "RAISED_BY", day) if unmet(world, x.start, day)})
    row = [
        entity(world, grid),
        [entity(world, a) for a in areas if a != grid],
        world.get(grid, "demonstration") is True,
    ]
    row += [world.get(grid, "residents"), _chain(world, grid, areas, day), workers, units]
    row += [
        [entity(world, s) for s in _services(world, areas, day)],
        [entity(world, c) for c in cases],
        [entity(world, n) for n in needs],
    ]
    return page([row], parameters)


def _ways(world: World, place: str, day: dt.date) -> list[list[Link]]:
    """Every chain of one or two supporting links that ends at a place."""
    found = []
    for first in holding(world, place, SUPPORT, day):
        found.append([first])
        found += [[first, second] for second in holding(world, first.start, SUPPORT, day)]
    return found


def grid_supporters(world: World, parameters: Parameters) -> Rows:
    """Who helps a grid, directly or through an area above, nearest first."""
    grid, day = parameters["grid"], parameters["as_of"]
    judge = Judge(world, day)
    names = {
        "RESPONSIBLE_FOR": "responsibility",
        "ASSIGNED_TO": "assignment",
        "PAIRED_WITH": "pairing",
        "SERVES": "service",
        "OFFERS": "offer",
    }
    found = []
    for place in _lineage(judge, grid):
        places = nx.shortest_path(judge.tree, place, grid)[::-1]
        up = [next(x for x in world.out(a, ("PART_OF",), day) if x.end == b) for a, b in itertools.pairwise(places)]
        found += [
            (links[-1].start, place, [*places, *(x.start for x in links)], up + links, links)
            for links in _ways(world, place, day)
        ]
    found.sort(key=lambda f: (len(f[3]), f[0], [x.id for x in f[3]]))
    rows = []
    for supporter, place, stops, steps, links in found:
        link = links[-1]
        if link.type == "PAIRED_WITH":
            services = link.get("services") or []
        else:
            services = sorted({world.get(x.end, "code") for x in held(world, links[0].start, ("PROVIDES",), day)})
        role = link.get("role") or link.get("profession")
        shown = [any_entity(world, supporter), names[link.type], len(steps), entity(world, place), role, services]
        rows.append([*shown, link.get("since"), link.get("source"), path(world, stops, steps)])
    return page(rows, parameters)


GRIDS = {"grid-profile": grid_profile, "grid-supporters": grid_supporters}
