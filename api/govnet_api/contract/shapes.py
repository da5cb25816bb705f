"""JSON Schemas of parameters and answers, from what the questions say of themselves."""

from __future__ import annotations

from typing import Any

from govnet_api.operations import ID_FORM
from govnet_graph.questions import Column, Kind, Parameter, Question, Shape
from govnet_graph.questions.values import MAX_TEXT

Schema = dict[str, Any]
_DAY = r"^(19|20|21)\d{2}-\d{2}-\d{2}$"
_TEXT = r"^[^\u0000]+$"


def ref(name: str) -> Schema:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _nullable(schema: Schema) -> Schema:
    if "$ref" in schema or "enum" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def parameter(p: Parameter) -> Schema:
    """Schema of one parameter as it stands in an address."""
    match p.type:
        case Kind.INTEGER:
            schema: Schema = {"type": "integer"}
            if p.minimum is not None:
                schema["minimum"] = p.minimum
            if p.maximum is not None:
                schema["maximum"] = p.maximum
        case Kind.BOOLEAN:
            schema = {"type": "boolean"}
        case Kind.DATE:
            schema = {"type": "string", "format": "date", "pattern": _DAY}
        case Kind.DATETIME:
            schema = {"type": "string", "format": "date-time", "pattern": r"^(19|20|21)\d{2}-"}
        case Kind.STRINGS:
            schema = {
                "type": "array",
                "items": {"type": "string", "pattern": "^[^,\u0000]+$", "maxLength": MAX_TEXT},
                "minItems": 1,
            }
        case Kind.STRING:
            schema = (
                {"type": "string", "enum": list(p.values)}
                if p.values
                else {"type": "string", "minLength": 1, "maxLength": MAX_TEXT, "pattern": _TEXT}
            )
        case _:
            schema = {"type": "string", "pattern": ID_FORM, "maxLength": MAX_TEXT}
    if p.default not in (None, "today", "home"):
        schema["default"] = p.default
    return schema


_PLAIN: dict[Shape, Schema] = {
    Shape.STRING: {"type": "string"},
    Shape.INTEGER: {"type": "integer"},
    Shape.FLOAT: {"type": "number"},
    Shape.BOOLEAN: {"type": "boolean"},
    Shape.DATE: {"type": "string", "format": "date"},
    Shape.DATETIME: {"type": "string", "format": "date-time"},
    Shape.STRINGS: {"type": "array", "items": {"type": "string"}},
    Shape.ENTITY: ref("Entity"),
    Shape.ENTITIES: {"type": "array", "items": ref("Entity")},
    Shape.PATH: ref("Path"),
    Shape.STATE: ref("State"),
    Shape.MAP: {"type": "object", "additionalProperties": True},
    Shape.MAPS: {"type": "array", "items": {"type": "object", "additionalProperties": True}},
}


def column(question: Question, c: Column) -> Schema:
    """Schema of one column's value; any may be null, because the graph holds what is known and no more."""
    schema = _PLAIN[c.type]
    same = question.parameter(c.name)
    if c.type is Shape.STATE and same is not None and same.values:
        # A question that can be asked for one state alone lists in that parameter which states there are.
        schema = {"type": "string", "enum": list(same.values)}
    unit = f" ({c.unit})" if c.unit else ""
    return {**_nullable(schema), "description": f"{c.text.zh} · {c.text.en}{unit}"}


def row_name(question: Question) -> str:
    """Name of the component that describes a question's rows."""
    return "".join(part.capitalize() for part in question.id.split("-")) + "Row"


def row(question: Question) -> Schema:
    """Schema of one row as an object."""
    return {
        "type": "object",
        "description": f"{question.grain.zh} · {question.grain.en}",
        "properties": {c.name: column(question, c) for c in question.columns},
        "required": [c.name for c in question.columns],
    }


_DAY_AND_VERSION: Schema = {
    "as_of": {"type": "string", "format": "date", "description": "答案所指的日期 · Day that the answer is about"},
    "data_version": {"type": "integer", "description": "数据版本 · Version of the data; every write raises it by one"},
}


def page(question: Question) -> Schema:
    """Schema of a list of rows."""
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": ref(row_name(question))},
            "next": {
                "type": ["string", "null"],
                "description": "下一页的 cursor,null 表示没有 · Cursor of the next page; null at the end",
            },
            **_DAY_AND_VERSION,
        },
        "required": ["items", "next", "as_of", "data_version"],
    }


def one(question: Question) -> Schema:
    """Schema of a single row returned as an object."""
    return {
        "allOf": [
            ref(row_name(question)),
            {"type": "object", "properties": _DAY_AND_VERSION, "required": ["as_of", "data_version"]},
        ]
    }


def _object(required: list[str], description: str, **properties: Schema) -> Schema:
    return {"type": "object", "description": description, "properties": properties, "required": required}


_STRING: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}

COMPONENTS: dict[str, Schema] = {
    "Entity": _object(
        ["id", "label", "name"],
        "任一事物 · Any thing in the graph. A member's name is the role title unless the key may see names.",
        id={"type": "string", "pattern": ID_FORM},
        label=_STRING,
        name=_OPTIONAL,
        title={**_OPTIONAL, "description": "成员的角色名称 · Role title of a member"},
    ),
    "Step": _object(
        ["id", "type", "from", "to"],
        "路径上的一步 · One relationship of a path, with its reason: role, dates and source.",
        id=_STRING,
        type=_STRING,
        **{"from": _STRING, "to": _STRING},
        role=_OPTIONAL,
        programme=_OPTIONAL,
        since={"type": ["string", "null"], "format": "date"},
        until={"type": ["string", "null"], "format": "date"},
        source=_OPTIONAL,
        source_ref=_OPTIONAL,
    ),
    "Path": _object(
        ["nodes", "steps"],
        "一条路径 · A path: its nodes in order, and the step between each two.",
        nodes={"type": "array", "items": ref("Entity")},
        steps={"type": "array", "items": ref("Step")},
    ),
    "State": {
        "type": "string",
        "enum": ["covered", "uncovered", "unknown"],
        "description": "已覆盖、未覆盖、未知 · Unknown where the ledger that would settle it is not complete.",
    },
    "Problem": {
        **_object(
            ["type", "title", "status", "detail", "instance", "code"],
            "RFC 9457.",
            type={"type": "string", "format": "uri-reference"},
            title=_STRING,
            status={"type": "integer"},
            detail=_STRING,
            instance={"type": "string", "format": "uri-reference"},
            code=_STRING,
            hint={"type": "string", "description": "怎么办 · What to do"},
            parameter={"type": "string", "description": "有问题的参数 · The parameter that is to blame"},
            moved={
                "type": "array",
                "items": {"type": "object", "additionalProperties": True},
                "description": "方案所依据而已变化的情况 · What a plan rests on and has changed",
            },
        ),
    },
}
