"""What the graph learned, from the plans of a world and from its own loading.

A world was loaded as a whole at one moment, by a plan whose id lies between those of imports and of undos; what it holds of
other plans and their changes are records like others, so that a change may name what is not there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from govnet_graph.schema import SCHEMA, Privacy
from tests.oracle.values import any_entity, page
from tests.oracle.world import RECORDED_AT, Link, Rows, World, holds

Parameters = Mapping[str, Any]
SAID = {"create": "created", "change": "corrected", "supersede": "corrected", "end": "ended"}
SAID |= {"confirm": "confirmed", "withdraw": "withdrawn"}


def _shown(kind: str, props: Mapping[str, Any]) -> dict[str, Any]:
    """The properties that anyone may see, but for the id and the day of confirmation."""
    declared = (SCHEMA.nodes.get(kind) or SCHEMA.relationships[kind]).by_name
    known = {n: v for n, v in props.items() if n in declared and declared[n].privacy is Privacy.PUBLIC}
    return {n: v for n, v in sorted(known.items()) if n not in ("id", "confirmed_on")}


def _differences(kind: str, change: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a changed node held, in JSON; a world has no earlier forms of relationships of its plans."""
    if change["operation"] not in ("change", "end") or "before" not in change or "after" not in change:
        return []
    before, after = (_shown(kind, json.loads(change[side])) for side in ("before", "after"))
    names = sorted(n for n in {*before, *after} if before.get(n) != after.get(n))
    as_json = [{n: json.dumps(v, ensure_ascii=False) for n, v in side.items()} for side in (before, after)]
    return [{"property": n, "before": as_json[0].get(n), "after": as_json[1].get(n)} for n in names]


def _row(world: World, change: Mapping[str, Any], id_: str, start: str | None, undo: bool, day: dt.date) -> list[Any]:
    kind, operation = change["kind"], change["operation"]
    subject = start or id_
    link: Link | None = None
    if start in world.nodes:
        found = [x for x in world.out(start, {x.type for x in world.links()}) if x.id == id_]
        link = min(found, key=lambda x: x.type == "SUPERSEDED", default=None)
    live = link is not None and link.type != "SUPERSEDED" if start else id_ in world.nodes
    said = "restored" if undo and operation in ("change", "supersede") else SAID[operation]
    said = "restored" if operation == "withdraw" and live else said
    props = (link.props if link else world.nodes[id_].props) if live else {}
    row = [RECORDED_AT, said, kind, id_, any_entity(world, subject) if subject in world.nodes else None]
    row += [any_entity(world, link.end) if link else None, live, holds(dict(props), day) if live else None]
    row.append([] if start else _differences(kind, change))
    return [*row, [{"property": n, "value": v} for n, v in _shown(kind, props).items()]]


def recorded_changes(world: World, parameters: Parameters) -> Rows:
    """Every record that a finished plan touched."""
    after, before = parameters.get("after"), parameters.get("before")
    if (after is not None and after >= RECORDED_AT) or (before is not None and before < RECORDED_AT):
        return []
    found: list[tuple[tuple[str, str, int], list[Any]]]
    found = [(("plan-load-", "", 0), [RECORDED_AT, "loaded", *[None] * 6, [], [], "test"])]
    for x in world.links(("CHANGES",)):
        plan, change = world.nodes[x.start].props, world.nodes[x.end].props
        if plan["state"] not in ("applied", "undone") or plan.get("data_version") is None:
            continue
        ids: Any = change.get("entities") or [change["entity"]]
        starts: Any = change.get("starts") or [None] * len(ids)
        for number, (id_, start) in enumerate(zip(ids, starts, strict=True)):
            row = _row(world, change, id_, start, "undoes" in plan, parameters["as_of"])
            found.append(((x.start, x.end, number), [*row, plan.get("reason")]))
    return page([row for _, row in sorted(found, key=lambda each: each[0])], parameters)


RECORDED = {"recorded-changes": recorded_changes}
