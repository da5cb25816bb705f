"""What began and ended, what was believed, what no ledger confirmed.

Decided here where the definition leaves it open:

- A link of an area ends at the latest when its start does, and begins at the earliest when its start does; what never held
  neither began nor ended. For a link that leads out of the areas asked for, the start is the area itself.
- An area lies in another when its code begins with the other's, whatever was true on the day: history asks about all days.
- Of several ledgers of a kind the latest decides, of these the first by id. A ledger without a day confirms nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.oracle.values import any_entity, ascending, entity, page
from tests.oracle.world import AREA_LABELS, RECORDED_AT, Link, Rows, World, holds

Parameters = Mapping[str, Any]


def pairing_changes(world: World, parameters: Parameters) -> Rows:
    """Pairings that began or ended after one day, up to and with another."""
    first, last = parameters["from"], parameters.get("to") or parameters["as_of"]
    found = []
    for x in world.links(("PAIRED_WITH",)):
        for change, day in (("began", x.get("since")), ("ended", x.get("until"))):
            if x.end.startswith(parameters["area"]) and day is not None and first < day <= last:
                found.append((day, change, x))
    rows = []
    for day, change, x in sorted(found, key=lambda f: (f[0], f[1], f[2].start, f[2].end, f[2].id)):
        kept = [x.get(name) for name in ("programme", "services", "since", "until", "source", "source_ref")]
        rows.append([day, change, entity(world, x.start), any_entity(world, x.end), *kept])
    return page(rows, parameters)


def believed_pairings(world: World, parameters: Parameters) -> Rows:
    """Pairings of a day as they were recorded at a moment.

    Every record of a world was recorded at one moment; a SUPERSEDED relationship says when the graph stopped believing it.
    """
    day, moment = parameters["as_of"], parameters.get("known_at")
    found = []
    for x in world.links(("PAIRED_WITH", "SUPERSEDED"), day):
        if not (x.end.startswith(parameters["area"]) and world.has(x.start, "Unit")):
            continue
        if x.type == "SUPERSEDED":
            ended = x.get("superseded_at")
            if x.get("was") != "PAIRED_WITH" or moment is None or ended is None or ended <= moment:
                continue
        if moment is None or moment >= RECORDED_AT:
            found.append(x)
    found.sort(key=lambda x: (x.end, x.start, x.id, x.type != "PAIRED_WITH", str(x.get("superseded_at"))))
    rows = []
    for x in found:
        pairing = [
            any_entity(world, x.end),
            entity(world, x.start),
            *(x.get(name) for name in ("programme", "services", "since", "until")),
        ]
        rows.append([*pairing, x.type == "PAIRED_WITH", x.get("source"), x.get("source_ref")])
    return page(rows, parameters)


def believed_relationships(world: World, parameters: Parameters) -> Rows:
    """Relationships of an entity on a day as they were recorded at a moment."""
    node, day, moment = parameters["entity"], parameters["as_of"], parameters.get("known_at")
    rows = []
    if node not in world.nodes or (moment is not None and moment < RECORDED_AT):
        return []
    for x in world.touching(node, None, day):
        live, gone = x.type != "SUPERSEDED", x.get("superseded_at")
        if x.type == "CHANGES" or (not live and (moment is None or gone is None or gone <= moment)):
            continue
        shown = [x.type if live else x.get("was"), "out" if x.start == node else "in", any_entity(world, x.other(node))]
        shown += [x.get("role") or x.get("profession"), x.get("since"), x.get("until"), live, RECORDED_AT]
        rows.append([*shown, None if live else gone, x.id, x.get("source"), x.get("source_ref")])
    rows.sort(key=lambda row: (row[0], row[2]["id"], row[9], not row[6], str(row[8])))
    return page(rows, parameters)


EVENTS = {"began": "since", "ended": "until", "published": "published_on", "raised": "raised_on", "due": "due_on"}
EVENTS |= {"held": "held_on", "dispatched": "dispatched_on", "accepted": "accepted_on", "closed": "closed_on"}


def timeline(world: World, parameters: Parameters) -> Rows:
    """Every dated event of an entity and its relationships."""
    node, day = parameters["entity"], parameters["as_of"]
    if node not in world.nodes:
        return []
    own = dict(world.nodes[node].props)
    facts: list[tuple[str, dict[str, Any], Link | None]] = [("", own, None)]
    facts += [(x.id, x.props, x) for x in world.touching(node, None) if x.type not in ("SUPERSEDED", "CHANGES")]
    found = []
    for key, props, x in facts:
        for event, name in EVENTS.items():
            if props.get(name) is None:
                continue
            link = x and {"id": x.id, "type": x.type, "from": x.start, "to": x.end}
            role = (x.get("role") or x.get("profession")) if x else None
            rest = [link, any_entity(world, x.other(node)) if x else None, role, props.get("source")]
            found.append(
                ((props[name], key, event), [props[name], event, props[name] <= day, *rest, props.get("source_ref")])
            )
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


def inside(world: World, root: str) -> list[str]:
    """The areas whose codes begin with that of an area; a building lies in none."""
    if not world.has(root, *AREA_LABELS, "Building"):
        return []
    return [n for n in sorted(world.nodes) if n == root or (n.startswith(root) and not world.has(n, "Building"))]


def area_changes(world: World, parameters: Parameters) -> Rows:
    """Links of the areas at or in one that began or ended between two days."""
    first, last, root = parameters["from"], parameters.get("to") or parameters["as_of"], parameters["area"]
    areas = inside(world, root)
    links = [x for a in areas for x in world.into(a, [t for t in _types(world) if t not in _SILENT])]
    links += [x for a in areas for x in world.out(a, ("PART_OF",)) if not x.end.startswith(root)]
    found = []
    for x in links:
        if parameters.get("type") not in (None, x.type):
            continue
        props = world.nodes[x.start].props
        begins = max((d for d in (x.get("since"), props.get("since")) if d), default=None)
        ends = min((d for d in (x.get("until"), props.get("until")) if d), default=None)
        if begins and ends and ends <= begins:
            continue
        for change, day, own in (("began", begins, x.get("since")), ("ended", ends, x.get("until"))):
            if day is not None and first < day <= last:
                shown = [day, change, x.type, any_entity(world, x.start), any_entity(world, x.end)]
                shown += [x.get("role") or x.get("profession"), "link" if own == day else "start", x.id]
                key = (day, change, x.type, x.end, x.start, x.id)
                found.append((key, [*shown, x.get("source"), x.get("source_ref")]))
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


_SILENT = ("SUPERSEDED", "ABOUT", "STATED_IN")


def _types(world: World) -> set[str]:
    return {x.type for x in world.links()}


LISTED = {"party-chain": "RESPONSIBLE_FOR", "pairings": "PAIRED_WITH", "workers": "ASSIGNED_TO", "resources": "SERVES"}


def stale_facts(world: World, parameters: Parameters) -> Rows:
    """Links that hold though the last complete ledger of their kind, kept since they began, did not confirm them."""
    day, kind = parameters["as_of"], parameters.get("ledger")
    ledgers: list[tuple[dt.date, str, str, str]] = []
    for x in world.links(("COMPLETE_FOR",), day):
        listed = world.get(x.start, "kind")
        if x.get("since") and world.alive(x.start, day) and listed in LISTED and kind in (None, listed):
            ledgers.append((x.get("since"), x.start, x.end, LISTED[listed]))
    rows = []
    for area in inside(world, parameters["area"]):
        for x in world.into(area, tuple(LISTED.values()), day):
            if not world.alive(x.start, day) or (x.type == "SERVES" and not world.has(x.start, "Resource")):
                continue
            fits = [(since, ledger) for since, ledger, of, lists in ledgers if lists == x.type and area.startswith(of)]
            if not fits:
                continue
            last, ledger = min(fits, key=lambda f: (-f[0].toordinal(), f[1]))
            known, since = x.get("confirmed_on"), x.get("since")
            if (known is None or known < last) and (since is None or since <= last):
                shown = [
                    any_entity(world, x.start),
                    x.type,
                    any_entity(world, area),
                    since,
                    known,
                    entity(world, ledger),
                ]
                rows.append([*shown, last, (day - last).days, x.id, x.get("source"), x.get("source_ref")])
    rows.sort(key=lambda row: (row[1], row[2]["id"], row[0]["id"], row[8]))
    return page(rows, parameters)


_ABOUT_IT = ("was", "source", "source_ref", "superseded_at", "superseded_by", "confirmed_on")


def relationship_source(world: World, parameters: Parameters) -> Rows:
    """Each version of the record of a relationship; a world holds one of each id."""
    day, rows = parameters["as_of"], []
    for x in world.links():
        if x.id != parameters["relationship"]:
            continue
        live, source = x.type != "SUPERSEDED", x.get("source")
        shown = [live, x.type if live else x.get("was"), any_entity(world, x.start), any_entity(world, x.end)]
        shown += [holds(x.props, day), entity(world, source) if source in world.nodes else None, x.get("source_ref")]
        shown += [RECORDED_AT, x.get("superseded_at"), x.get("confirmed_on"), "test"]
        rest = [{"property": k, "value": v} for k, v in sorted(x.props.items()) if k not in _ABOUT_IT and v is not None]
        rows.append([*shown, rest])
    rows.sort(key=lambda row: ascending(not row[0]))
    return page(rows, parameters)


HISTORY = {
    "pairing-changes": pairing_changes,
    "believed-pairings": believed_pairings,
    "believed-relationships": believed_relationships,
    "timeline": timeline,
    "area-changes": area_changes,
    "stale-facts": stale_facts,
    "relationship-source": relationship_source,
}
