"""Results of the planner for assistants: read-only tools that compute and keep nothing, with what they say in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from govnet_graph.changes.proposals import Solved, solve
from govnet_graph.changes.proposals.solving import day_of
from govnet_graph.planner import RESULTS
from govnet_graph.planner.errors import BadOption
from govnet_graph.planner.kinds import Kind, Option, options_of
from govnet_graph.planner.model import Timer, plain
from govnet_graph.store.driver import Graph

Schema = dict[str, Any]
#: Names of tools begin with it, so that no question can have the same.
PREFIX = "plan-"
_SECONDS = 30.0
_MOST_LINES = 60


def names() -> tuple[str, ...]:
    """The names of the tools."""
    return tuple(PREFIX + name for name in RESULTS)


def kind_of(tool: str) -> Kind | None:
    """The kind of result that a tool computes; None for a tool of another sort."""
    return RESULTS.get(tool.removeprefix(PREFIX)) if tool.startswith(PREFIX) else None


def describe(kind: Kind) -> str:
    """What the tool answers, in both languages."""
    return f"{kind.text.zh} {kind.text.en}\n只计算，不改动图谱。Computes and changes nothing; at most {_SECONDS:g} s."


def takes(kind: Kind) -> Schema:
    """JSON Schema of the tool's arguments."""
    own = {o.name: _argument(o) for o in options_of(kind.options)}
    shared: Schema = {
        "area": {
            "type": "string",
            "description": "区域编号，默认所载入的区 Id of the area; the loaded district by default",
        },
        "as_of": {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}$",
            "description": "日期，默认今天 Day; today by default",
        },
    }
    required = [o.name for o in options_of(kind.options) if o.required]
    return {"type": "object", "properties": {**shared, **own}, "required": required, "additionalProperties": False}


def _argument(o: Option) -> Schema:
    types = {"integer": "integer", "number": "number", "text": "string", "flag": "boolean", "list": "array"}
    schema: Schema = {
        "type": types[o.type],
        "description": f"{o.text.zh} {o.text.en}{f' ({o.unit})' if o.unit else ''}",
    }
    if o.type == "list":
        schema["items"] = {"type": "string"}
    if o.choices:
        (schema["items"] if o.type == "list" else schema)["enum"] = list(o.choices)
    schema |= {name: value for name, value in (("minimum", o.minimum), ("maximum", o.maximum)) if value is not None}
    if o.default is not None and o.default != ():
        schema["default"] = o.default
    return schema


def gives() -> Schema:
    """JSON Schema of the tool's structured result."""
    lines: Schema = {"type": "array", "items": {"type": "string"}}
    properties: Schema = {
        "kind": {"type": "string"},
        "area": {"type": "string"},
        "as_of": {"type": "string"},
        "data_version": {"type": ["integer", "null"]},
        "snapshot": {"type": "string", "description": "快照散列值 Hash of the snapshot that it was computed from"},
        "method": {"type": "object", "description": "方法、是否精确、差距 Method, whether it is exact, the gap"},
        "missing": {
            "type": "array",
            "items": {"type": "object"},
            "description": "缺少的记录 Records that would narrow it",
        },
        "zh": lines,
        "en": lines,
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


async def compute(graph: Graph, kind: Kind, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The result in words, with how it was found. Raises GovnetError."""
    given = dict(arguments)
    area, day = given.pop("area", None), given.pop("as_of", None)
    for name, value in (("area", area), ("as_of", day)):
        if value is not None and not isinstance(value, str):
            raise BadOption(f"Option {name}: {value!r} is not text.", hint="Leave it out, or give text.")
    as_of: dt.date | None = day_of(day)
    return told(await solve(graph, kind.name, given, area=area, as_of=as_of, watch=Timer(_SECONDS)))


def told(solved: Solved) -> dict[str, Any]:
    """What an assistant is told of a result: an assistant reads, so lists are cut."""
    result = solved.result
    return {
        "kind": solved.kind.name,
        "area": solved.area,
        "as_of": result.as_of.isoformat(),
        "data_version": solved.snapshot.data_version,
        "snapshot": result.snapshot,
        "method": plain(result.method),
        "missing": plain(result.missing),
        "zh": result.lines("zh")[:_MOST_LINES],
        "en": result.lines("en")[:_MOST_LINES],
    }
