"""The lists: areas, grids, units, members, organizations, resources, search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from govnet_graph.search_text import search_text
from tests.oracle.people import ROLES, held, holding, living
from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import Rows, World

Parameters = Mapping[str, Any]
PEOPLE = ("households", "residents", "residents_over_70")


def _places(world: World, parameters: Parameters) -> nx.DiGraph:
    """Areas of the day, buildings included, from larger to smaller; an area that does not hold leads nowhere."""
    day = parameters["as_of"]
    alive = {
        n for n in world.labelled("District", "Street", "Community", "Grid", "Building") if world.alive(n, day)
    } | {parameters["area"]}
    tree = nx.DiGraph()
    tree.add_nodes_from(alive)
    tree.add_edges_from((x.end, x.start) for x in world.links(("PART_OF",), day) if x.start in alive and x.end in alive)
    return tree


def areas(world: World, parameters: Parameters) -> Rows:
    """Areas in an area: those directly in it, or all of a level."""
    tree, root, level = _places(world, parameters), parameters["area"], parameters.get("level")
    found = sorted(tree.successors(root) if level is None else nx.descendants(tree, root))
    rows = [
        [any_entity(world, a), world.get(a, "kind"), tree.out_degree(a), *(world.get(a, name) for name in PEOPLE)]
        for a in found
        if level in (None, world.label(a))
    ]
    return page(rows, parameters)


def grids(world: World, parameters: Parameters) -> Rows:
    """Grids in an area, or the grid itself."""
    day, wanted = parameters["as_of"], parameters.get("demonstration")
    tree = _places(world, parameters)
    rows = []
    for grid in sorted(nx.descendants(tree, parameters["area"]) | {parameters["area"]}):
        marked = world.get(grid, "demonstration")
        if world.has(grid, "Grid") and world.alive(grid, day) and wanted in (None, bool(marked)):
            above = sorted(x.end for x in held(world, grid, ("PART_OF",), day) if world.has(x.end, "Community"))
            community = entity(world, above[0]) if above else None
            rows.append([entity(world, grid), community, marked, *(world.get(grid, name) for name in PEOPLE)])
    return page(rows, parameters)


def units(world: World, parameters: Parameters) -> Rows:
    """Units by kind, and by where they lie or whom they pair with."""
    day, area, agency = parameters["as_of"], parameters.get("area"), parameters.get("district_agency")
    rows = []
    for unit in living(world, "Unit", day):
        fits = parameters.get("kind") in (None, world.get(unit, "kind")) and agency in (
            None,
            world.get(unit, "district_agency") is True,
        )
        around = [x.end for x in world.out(unit, ("LOCATED_IN", "PAIRED_WITH"), day)]
        if fits and (area is None or any(a.startswith(area) for a in around)):
            known = [
                world.get(unit, name)
                for name in ("kind", "district_agency", "credit_code", "pairing_capacity", "party_members")
            ]
            located = [any_entity(world, a) for a in sorted({x.end for x in world.out(unit, ("LOCATED_IN",), day)})]
            rows.append([entity(world, unit), *known, located, world.get(unit, "synthetic") is True])
    return page(rows, parameters)


def members(world: World, parameters: Parameters) -> Rows:
    """Members by kind, role and the area that they work for."""
    day, area, kind, role = parameters["as_of"], parameters.get("area"), parameters.get("kind"), parameters.get("role")
    rows = []
    for member in living(world, "Member", day):
        links = world.out(member, ROLES, day)
        works = [x for x in links if x.type == "ASSIGNED_TO" and role in (None, x.get("role"))]
        if kind not in (None, world.get(member, "kind")) or (
            role is not None and not any(x.get("role") == role for x in links)
        ):
            continue
        if area is not None and not any(x.end.startswith(area) for x in works):
            continue
        held_now = sorted((x for x in links if world.alive(x.end, day)), key=lambda x: (x.type, x.end, x.id))
        roles = [{"type": x.type, "role": x.get("role"), "body": any_entity(world, x.end)} for x in held_now]
        known = [world.get(member, name) for name in ("kind", "profession", "skills")]
        rows.append([entity(world, member), *known, roles, world.get(member, "synthetic") is True])
    return page(rows, parameters)


def organizations(world: World, parameters: Parameters) -> Rows:
    """Organizations by kind, level and the area that they serve."""
    day, area = parameters["as_of"], parameters.get("area")
    rows = []
    for body in living(world, "Organization", day):
        around = [x.end for x in world.out(body, ("RESPONSIBLE_FOR", "SERVES", "LOCATED_IN"), day)]
        fits = all(parameters.get(name) in (None, world.get(body, name)) for name in ("kind", "level"))
        if fits and (area is None or any(a.startswith(area) for a in around)):
            superiors = sorted(
                {x.end for x in held(world, body, ("PART_OF",), day) if world.has(x.end, "Organization")}
            )
            charges = sorted({x.end for x in held(world, body, ("RESPONSIBLE_FOR",), day)})
            charges = [c for c in charges if not world.has(c, "Need", "Project")]
            row = [
                entity(world, body),
                world.get(body, "kind"),
                world.get(body, "level"),
                [entity(world, s) for s in superiors],
            ]
            rows.append([*row, [any_entity(world, c) for c in charges], world.get(body, "synthetic") is True])
    return page(rows, parameters)


def resources(world: World, parameters: Parameters) -> Rows:
    """Resources by kind, service and the area that they serve or lie in."""
    day, area, service = parameters["as_of"], parameters.get("area"), parameters.get("service")
    rows = []
    for resource in living(world, "Resource", day):
        around = [x.end for x in world.out(resource, ("SERVES", "LOCATED_IN"), day)]
        given = [x.end for x in world.out(resource, ("PROVIDES",), day)]
        if parameters.get("kind") not in (None, world.get(resource, "kind")) or (
            service is not None and service not in given
        ):
            continue
        if area is not None and not any(a.startswith(area) for a in around):
            continue
        codes = sorted({world.get(x.end, "code") for x in held(world, resource, ("PROVIDES",), day)})
        serves = [any_entity(world, a) for a in sorted({x.end for x in held(world, resource, ("SERVES",), day)})]
        offered = [any_entity(world, o) for o in sorted({x.start for x in holding(world, resource, ("OFFERS",), day)})]
        names = ("capacity", "capacity_unit", "capacity_bound", "schedule", "terms", "open_to_public")
        known = [world.get(resource, name) for name in names]
        row = [entity(world, resource), world.get(resource, "kind"), codes, serves, offered, *known]
        rows.append([*row, world.get(resource, "synthetic") is True])
    return page(rows, parameters)


def requirements(world: World, parameters: Parameters) -> Rows:
    """Requirements by level and by the ledger that settles them, the most urgent first."""
    names = (
        "name_en",
        "level",
        "evidence",
        "scope",
        "minimum",
        "applies",
        "group",
        "ledger",
        "standard",
        "priority",
        "source",
        "source_ref",
    )
    rows = []
    for requirement in living(world, "Requirement", parameters["as_of"]):
        known = {name: world.get(requirement, name) for name in names}
        if all(parameters.get(name) in (None, known[name]) for name in ("level", "ledger")):
            rows.append([entity(world, requirement), *known.values()])
    return page(sorted(rows, key=lambda row: (row[names.index("priority") + 1], row[0]["id"])), parameters)


def search(world: World, parameters: Parameters) -> Rows:
    """Entities by id, name, other name, pinyin or initials; members by title, never by name."""
    wanted, day = parameters["q"].strip().lower(), parameters["as_of"]
    found = []
    for node in sorted(world.nodes):
        label, text = world.label(node), search_text(world.label(node), node, dict(world.nodes[node].props))
        if parameters.get("label") in (None, label) and world.alive(node, day) and wanted in text:
            names = text.split("|")
            rank = 1 if wanted in names else 2 if any(n.startswith(wanted) for n in names) else 3
            found.append((rank, node))
    return page(
        [[any_entity(world, node), ("exact", "prefix", "within")[rank - 1]] for rank, node in sorted(found)], parameters
    )


DIRECTORY = {
    "areas": areas,
    "grids": grids,
    "units": units,
    "members": members,
    "organizations": organizations,
    "resources": resources,
    "requirements": requirements,
    "search": search,
}
