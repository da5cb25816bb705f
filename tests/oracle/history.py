"""What began and ended, and what was believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import Rows, World

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

    Records carry no recorded time before a store writes them, so for a world every record has always been known, unless
    a SUPERSEDED relationship says when the graph stopped believing it.
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
        recorded = x.get("recorded_at")
        if moment is None or recorded is None or recorded <= moment:
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


HISTORY = {"pairing-changes": pairing_changes, "believed-pairings": believed_pairings}
