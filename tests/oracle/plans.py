"""Imports, edits and plans, and what they changed.

A day sees what was recorded on it or before; a data set's own records were all recorded at the moment of its loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracle.values import any_entity, page
from tests.oracle.world import RECORDED_AT, Rows, World

Parameters = Mapping[str, Any]


def plans(world: World, parameters: Parameters) -> Rows:
    """Every plan that is not a load."""
    rows = []
    for plan in world.labelled("Plan") if parameters["as_of"] >= RECORDED_AT.date() else ():
        props = world.nodes[plan].props
        wanted = {name: parameters.get(name) for name in ("kind", "state")}
        if props["kind"] == "load" or any(value and props[name] != value for name, value in wanted.items()):
            continue
        told = [props.get(name) for name in ("kind", "state", "author", "reason")]
        rest = [props.get(name) for name in ("data_version", "undoes", "source")]
        rest += [props.get(name) for name in ("method", "area", "effective_on", "verdict", "revises")]
        rows.append([{"id": plan, "label": "Plan", "name": props["name"]}, *told, RECORDED_AT, *rest])
    return page(rows, parameters)


def plan_changes(world: World, parameters: Parameters) -> Rows:
    """Every record that the changes of one plan touch; what it held is hidden from a reader without rights."""
    rows = []
    for link in world.links(("CHANGES",)):
        props = world.nodes[link.end].props
        wanted = parameters.get("operation")
        if link.start != parameters["plan"] or (wanted and props["operation"] != wanted):
            continue
        ids: Any = props.get("entities") or [props["entity"]]
        starts: Any = props.get("starts") or ids
        for id_, start in zip(ids, starts, strict=True):
            entity = any_entity(world, start) if start in world.nodes else None
            target = id_.partition(">")[2].partition("#")[0] if props.get("starts") else None
            to = any_entity(world, target) if target in world.nodes else None
            told = [props.get(name) for name in ("position", "reason", "reason_en", "next_best", "cost", "cost_en")]
            rows.append(
                [props["operation"], props["kind"], id_, entity, to, *told, {"id": link.end, "label": "Change"}]
            )
    rows.sort(key=lambda row: (row[5] or 0, *row[:3], row[-1]["id"]))
    return page(rows if parameters["as_of"] >= RECORDED_AT.date() else [], parameters)


PLANS = {"plans": plans, "plan-changes": plan_changes}
