"""Records that break a rule.

Decided here where the definition leaves it open: what is looked at are the areas whose codes begin with that of the area asked
for, the links that lead to them, and the memberships and seats in the organizations and units among what is linked to them.
Two links are the same when type, ends and role (or profession) are. Cases and needs without an area belong to the district.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tests.oracle.history import inside
from tests.oracle.values import any_entity, page
from tests.oracle.world import AREA_LABELS, Link, Rows, World, holds

Parameters = Mapping[str, Any]
Found = tuple[str, str, Link | None, list[str]]


def _links(world: World, areas: list[str]) -> list[Link]:
    links = [x for a in areas for x in world.into(a, {x.type for x in world.links()} - {"SUPERSEDED"})]
    bodies = {x.start for x in links if world.has(x.start, "Organization", "Unit")}
    return links + [x for body in sorted(bodies) for x in world.into(body, ("MEMBER_OF", "SITS_ON"))]


def _reversed(props: Mapping[str, Any]) -> bool:
    return bool(props.get("since") and props.get("until") and props["until"] <= props["since"])


def _overlap(a: Link, b: Link) -> bool:
    def before(x: Any, y: Any) -> bool:
        return x is None or y is None or x < y

    return before(a.get("since"), b.get("until")) and before(b.get("since"), a.get("until"))


def _broken(world: World, root: str, day: Any) -> list[Found]:
    areas = inside(world, root)
    links, found = _links(world, areas), list[Found]()
    sources = set(world.labelled("Source"))
    for x in links:
        if _reversed(x.props):
            found.append(("ends-before-it-begins", x.start, x, []))
        if x.get("source") not in sources:
            found.append(("source-missing", x.start, x, []))
        if holds(x.props, day) and not (world.alive(x.start, day) and world.alive(x.end, day)):
            found.append(("outlives-its-ends", x.start, x, []))
    for node in {*areas, *(x.start for x in links)}:
        if _reversed(world.nodes[node].props):
            found.append(("ends-before-it-begins", node, None, []))
        if world.get(node, "source") not in sources:
            found.append(("source-missing", node, None, []))
    same: dict[Any, list[Link]] = defaultdict(list)
    named: dict[Any, set[str]] = defaultdict(set)
    for x in links:
        same[x.type, x.start, x.end, x.get("role") or x.get("profession")].append(x)
        if x.type in ("PART_OF", "LOCATED_IN", "SERVES") and not world.has(x.start, "Member"):
            named[x.end, world.label(x.start), world.get(x.start, "name")].add(x.start)
    for group in same.values():
        for x in group:
            if clash := sorted(y.id for y in group if y.id != x.id and _overlap(x, y)):
                found.append(("overlaps", x.start, x, clash))
    clashes: dict[str, set[str]] = defaultdict(set)
    for names in named.values():
        for one, other in itertools.permutations(names, 2):
            clashes[one].add(other)
    found += [("name-repeated", node, None, sorted(others)) for node, others in clashes.items()]
    for area in areas:
        parents = [x for x in world.out(area, ("PART_OF",), day) if world.has(x.end, *AREA_LABELS)]
        if not world.has(area, "District") and world.alive(area, day) and not parents:
            found.append(("area-without-parent", area, None, []))
    bodies = {x.start for x in links if world.has(x.start, "Organization") and x.end in areas}
    for node in {*areas, *bodies}:
        reached = {node}
        for _ in range(6):
            reached = {x.end for one in reached for x in world.out(one, ("PART_OF",), day)}
            if node in reached:
                found.append(("part-of-itself", node, None, []))
                break
    if world.has(root, "District"):
        for label, type_, rule in (
            ("Case", "RAISED_IN", "case-without-area"),
            ("Need", "RAISED_BY", "need-without-area"),
        ):
            found += [(rule, n, None, []) for n in world.labelled(label) if not world.out(n, (type_,))]
    return found


def quality(world: World, parameters: Parameters) -> Rows:
    """Rules and the records that break them."""
    rows = []
    for rule, node, x, others in _broken(world, parameters["area"], parameters["as_of"]):
        if parameters.get("rule") in (None, rule):
            props = x.props if x else world.nodes[node].props
            link = x and {"id": x.id, "type": x.type, "from": x.start, "to": x.end}
            rows.append([rule, any_entity(world, node), link, others, props.get("source"), props.get("source_ref")])
    rows.sort(key=lambda row: (row[0], row[1]["id"], row[2]["id"] if row[2] else ""))
    return page(rows, parameters)


QUALITY = {"quality": quality}
