"""Who links whom: single points of failure, the people of a grid, units alike, areas without a pairing.

Decided here where the definition leaves it open:

- A unit is linked to an area by a pairing, by a resource that it offers and that serves the area, or by a worker of the area who
  belongs to it. A grid shares the links of its community. Two pairings are two links.
- What a unit offers are the services of its pairings and those that its resources provide.
- A pairing lasts as long as both it and its unit do; what never held was no pairing.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from tests.oracle.history import inside
from tests.oracle.judgement import Judge
from tests.oracle.people import held, holding, living, rounded
from tests.oracle.values import any_entity, entity, page, path
from tests.oracle.world import Link, Rows, World, holds

Parameters = Mapping[str, Any]


def places(world: World, root: str, day: dt.date) -> Iterator[tuple[Judge, str]]:
    """Communities and grids at or below an area on the day."""
    judge = Judge(world, day)
    for area in sorted(judge.below(root)) if root in judge.tree else ():
        if world.has(area, "Community", "Grid"):
            yield judge, area


def unpaired_areas(world: World, parameters: Parameters) -> Rows:
    """Communities and grids that no unit is paired with."""
    day, rows = parameters["as_of"], []
    for judge, area in places(world, parameters["area"], day):
        if parameters.get("level") not in (None, world.label(area)):
            continue
        spans = []
        for x in world.into(area, ("PAIRED_WITH",)):
            own, unit = x.props, world.nodes[x.start].props
            begins = max((p["since"] for p in (own, unit) if p.get("since")), default=None)
            ends = min((p["until"] for p in (own, unit) if p.get("until")), default=None)
            if not (begins and ends and ends <= begins):
                spans.append((x.start, {"since": begins, "until": ends}))
        if any(holds(span, day) for _, span in spans):
            continue
        past = sorted(
            (-span["until"].toordinal(), unit) for unit, span in spans if span["until"] and span["until"] <= day
        )
        coming = sorted((span["since"], unit) for unit, span in spans if span["since"] and span["since"] > day)
        why = "ended" if past else "not-begun" if coming else "never"
        if parameters.get("why") not in (None, why):
            continue
        community, street = judge.ancestor(area, "Community"), judge.ancestor(area, "Street")
        above: list[str] = []
        if world.has(area, "Grid") and community:
            above = sorted({x.start for x in holding(world, community, ("PAIRED_WITH",), day)})
        row = [
            entity(world, area),
            entity(world, community),
            entity(world, street),
            why,
            judge.absence("pairings", area),
        ]
        row += [dt.date.fromordinal(-past[0][0]), entity(world, past[0][1])] if past else [None, None]
        row += [coming[0][0], entity(world, coming[0][1])] if coming else [None, None]
        rows.append([*row, [entity(world, u) for u in above]])
    return page(rows, parameters)


def sole_links(world: World, parameters: Parameters) -> Rows:
    """Communities and grids that are linked to one unit only."""
    day, rows = parameters["as_of"], []
    for judge, area in places(world, parameters["area"], day):
        if parameters.get("level") not in (None, world.label(area)):
            continue
        found: set[tuple[str, str, str | None, str]] = set()
        for place in {area, judge.ancestor(area, "Community") or area}:
            found |= {(x.start, "pairing", None, x.id) for x in holding(world, place, ("PAIRED_WITH",), day)}
            for x in holding(world, place, ("SERVES",), day):
                offers = holding(world, x.start, ("OFFERS",), day)
                found |= {(y.start, "resource", x.start, y.id) for y in offers if world.has(y.start, "Unit")}
            for x in holding(world, place, ("ASSIGNED_TO",), day):
                belongs = held(world, x.start, ("MEMBER_OF",), day)
                found |= {(y.end, "worker", x.start, y.id) for y in belongs if world.has(y.end, "Unit")}
        units = {unit for unit, *_ in found}
        if len(units) == 1:
            via = sorted({n for _, _, n, _ in found if n})
            shown = [entity(world, area), entity(world, judge.ancestor(area, "Street")), entity(world, units.pop())]
            rows.append([*shown, sorted({w for _, w, _, _ in found}), [any_entity(world, n) for n in via], len(found)])
    return page(rows, parameters)


def bridges(world: World, parameters: Parameters) -> Rows:
    """Pairs of bodies that one member alone links."""
    day, near = parameters["as_of"], set[str]()
    for area in inside(world, parameters["area"]):
        for x in world.into(area, ("RESPONSIBLE_FOR", "PAIRED_WITH"), day):
            if world.alive(x.start, day) and world.has(x.start, {"PAIRED_WITH": "Unit"}.get(x.type, "Organization")):
                near.add(x.start)
    joined: dict[tuple[str, str], set[str]] = defaultdict(set)
    for member in living(world, "Member", day):
        links = held(world, member, ("MEMBER_OF", "SITS_ON"), day)
        bodies = sorted({x.end for x in links if world.has(x.end, "Organization", "Unit")})
        for pair in itertools.combinations(bodies, 2):
            joined[pair].add(member)
    rows = []
    for (one, two), members in joined.items():
        direct = [x for x in world.touching(one, None, day) if x.other(one) == two and x.type != "SUPERSEDED"]
        if len(members) == 1 and not direct and near & {one, two}:
            (member,) = members
            links = sorted(world.out(member, ("MEMBER_OF", "SITS_ON"), day), key=lambda x: (x.end, x.id))
            roles = [{"type": x.type, "role": x.get("role"), "body": x.end} for x in links if x.end in (one, two)]
            rows.append([any_entity(world, member), any_entity(world, one), any_entity(world, two), roles])
    rows.sort(key=lambda row: (row[0]["id"], row[1]["id"], row[2]["id"]))
    return page(rows, parameters)


def who_can_act(world: World, parameters: Parameters) -> Rows:
    """Members who are assigned to a grid or an area above, or belong to or sit on a body that answers for it."""
    grid, day, skill = parameters["grid"], parameters["as_of"], parameters.get("skill")
    found: list[tuple[str, str, str | None, list[str], list[Link]]] = []
    roads: list[tuple[list[str], list[Link]]] = (
        [([grid], [])] if world.has(grid, "Grid") and world.alive(grid, day) else []
    )
    for stops, links in roads:
        if len(links) < 2:
            roads += [([*stops, x.end], [*links, x]) for x in held(world, stops[-1], ("PART_OF",), day)]
        place = stops[-1]
        if not world.has(place, "Grid", "Community", "Street"):
            continue
        workers = holding(world, place, ("ASSIGNED_TO",), day)
        found += [(x.start, place, None, [*stops, x.start], [*links, x]) for x in workers]
        for a in holding(world, place, ("RESPONSIBLE_FOR", "PAIRED_WITH"), day):
            kinds = ("MEMBER_OF", "SITS_ON") if a.type == "RESPONSIBLE_FOR" else ("MEMBER_OF",)
            people = [x for x in holding(world, a.start, kinds, day) if world.has(x.start, "Member")]
            found += [(x.start, place, a.start, [*stops, a.start, x.start], [*links, a, x]) for x in people]
    found.sort(key=lambda f: (len(f[4]), f[0], [x.id for x in f[4]]))
    rows = []
    for member, place, body, stops, links in found:
        skills, profession, own = world.get(member, "skills") or [], world.get(member, "profession"), links[-1]
        if skill not in (None, profession, *skills):
            continue
        way = "assignment" if body is None else "pairing" if links[-2].type == "PAIRED_WITH" else "organization"
        way = "seat" if own.type == "SITS_ON" else way
        shown = [any_entity(world, member), way, len(links), any_entity(world, place), body and any_entity(world, body)]
        rows.append([*shown, own.get("role"), own.get("profession") or profession, skills, path(world, stops, links)])
    return page(rows, parameters)


def _offered(world: World, unit: str, day: dt.date) -> set[str]:
    codes = {code for x in held(world, unit, ("PAIRED_WITH",), day) for code in x.get("services") or ()}
    given = [g for x in held(world, unit, ("OFFERS",), day) for g in held(world, x.end, ("PROVIDES",), day)]
    return codes | {world.get(g.end, "code") for g in given}


def similar_units(world: World, parameters: Parameters) -> Rows:
    """Units by how much of what they offer a unit offers too."""
    asked, day, near = parameters["unit"], parameters["as_of"], set[str]()
    if not world.has(asked, "Unit") or not world.alive(asked, day):
        return []
    for area in inside(world, parameters["area"]):
        near |= {x.start for x in world.into(area, ("PAIRED_WITH", "LOCATED_IN"), day) if world.has(x.start, "Unit")}
        for x in holding(world, area, ("SERVES",), day):
            near |= {y.start for y in world.into(x.start, ("OFFERS",), day) if world.has(y.start, "Unit")}
    own, rows = _offered(world, asked, day), []
    for unit in near - {asked}:
        theirs = _offered(world, unit, day)
        if world.alive(unit, day) and (shared := own & theirs):
            share = rounded(Decimal(len(shared)) / len(own | theirs), 3)
            rows.append([entity(world, unit), share, sorted(shared), sorted(own - theirs), sorted(theirs - own)])
    rows.sort(key=lambda row: (-row[1], -len(row[2]), row[0]["id"]))
    return page(rows, parameters)


LINKS = {
    "unpaired-areas": unpaired_areas,
    "sole-links": sole_links,
    "bridges": bridges,
    "who-can-act": who_can_act,
    "similar-units": similar_units,
}
