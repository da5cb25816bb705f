"""Breaks of the five-level chain of party organizations.

Decided here where the definition leaves it open:

- An organization has its superior when one that holds, one level up, is above it by a link that holds. Failing that, the
  nearest thing to one is named: a superior of another level (``level-skipped``), one that has ended, by its own end or by
  the link's (``superior-ended``, the one that ended last), or none (``superior-missing``).
- An organization works where it is responsible for an area or a building in one; failing that, where its nearest superior does.
- One that no link places anywhere is shown with the district that ended links lead to it from, of areas or of organizations;
  where no link ever placed it or those above it, with every district.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.oracle.judgement import Judge
from tests.oracle.people import holding, living
from tests.oracle.values import entity, page
from tests.oracle.world import AREA_LABELS, Rows, World

Parameters = Mapping[str, Any]
WITHOUT = {
    1: ("Street", "street-without-committee"),
    2: ("Community", "community-without-organization"),
    3: ("Grid", "grid-without-branch"),
}


def _superior(world: World, body: str, day: dt.date) -> tuple[str, str | None]:
    """(kind of break or ``whole``, the superior that stands for it)."""
    skipped, ended = [], []
    for x in world.out(body, ("PART_OF",)):
        if not world.has(x.end, "Organization"):
            continue
        ends = [end for end in (x.get("until"), world.get(x.end, "until")) if end is not None and end <= day]
        begun = all(begin is None or begin <= day for begin in (x.get("since"), world.get(x.end, "since")))
        if ends:
            ended.append((min(ends), x.end))
        elif begun:
            if world.get(x.end, "level") == world.get(body, "level") - 1:
                return "whole", x.end
            skipped.append(x.end)
    if skipped:
        return "level-skipped", min(skipped)
    if ended:
        latest = max(day for day, _ in ended)
        return "superior-ended", min(s for day, s in ended if day == latest)
    return "superior-missing", None


def _home(world: World, body: str, day: dt.date) -> str | None:
    """The area where an organization works."""
    ring, seen = [body], {body}
    for _ in range(5):
        areas = set()
        for one in ring:
            for x in world.out(one, ("RESPONSIBLE_FOR",), day):
                around = (
                    [p.end for p in world.out(x.end, ("PART_OF",), day)] if world.has(x.end, "Building") else [x.end]
                )
                areas.update(a for a in around if world.has(a, *AREA_LABELS))
        if areas:
            return min(areas)
        above = {
            x.end for one in ring for x in world.out(one, ("PART_OF",), day) if world.has(x.end, "Organization")
        } - seen
        ring, seen = sorted(above), seen | above
    return None


def _ever(start: str, next_to: Callable[[str], Iterable[str]]) -> set[str]:
    """What is reached from here in up to four steps, and here."""
    ring = seen = {start}
    for _ in range(4):
        ring = {other for one in ring for other in next_to(one)} - seen
        seen = seen | ring
    return seen


def _shown_with(world: World, body: str, around: set[str]) -> bool:
    """Whether an organization without a place is shown with a district, given all that is or was part of that."""
    above = _ever(body, lambda one: (x.end for x in world.out(one, ("PART_OF",))))
    places = {x.end for one in above for x in world.out(one, ("RESPONSIBLE_FOR",))}
    return not places or bool(places & around)


def chain_breaks(world: World, parameters: Parameters) -> Rows:
    """Areas that lack their organization and organizations that lack their superior."""
    judge, day, root = Judge(world, parameters["as_of"]), parameters["as_of"], parameters["area"]
    if root not in judge.tree:
        return []
    scope, found = judge.below(root), []
    around = _ever(root, lambda one: (x.start for x in world.into(one, ("PART_OF",))))
    for level, (label, kind) in WITHOUT.items():
        for area in (a for a in scope if world.label(a) == label):
            bodies = [x.start for x in holding(world, area, ("RESPONSIBLE_FOR",), day)]
            if not any(world.get(b, "level") == level for b in bodies):
                found.append((level, kind, area, None, None))
    for body in living(world, "Organization", day):
        level = world.get(body, "level")
        kind, superior = _superior(world, body, day) if level is not None and level >= 2 else ("whole", None)
        area = _home(world, body, day)
        loose = area is None and world.label(root) == "District" and _shown_with(world, body, around)
        if kind != "whole" and (area in scope or loose):
            found.append((level, kind, area, body, superior))
    rows = []
    for level, kind, area, body, superior in sorted(found, key=lambda f: (f[0], f[1], f[2] or "", f[3] or "")):
        if parameters.get("kind") in (None, kind):
            state = judge.absence("party-chain", area or root)
            rows.append(
                [kind, level, entity(world, area), entity(world, body), entity(world, superior), state, "party-chain"]
            )
    return page(rows, parameters)


CHAIN = {"chain-breaks": chain_breaks}
