"""What an assistant may use, as plain data: a tool for each question, with JSON Schemas of what it takes and gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson

from govnet_graph.errors import indefinite
from govnet_graph.questions import BadParameter, Column, Kind, Parameter, Question, Shape
from govnet_graph.questions.values import MAX_TEXT
from govnet_graph.schema.render import as_json, dictionary
from govnet_graph.store.driver import encode
from govnet_graph.store.reader import Answer

Schema = dict[str, Any]
#: An assistant reads what it is given, so it is given less at once than a program.
MOST_ROWS = 200
ROWS = 50
INSTRUCTIONS = (
    "Answers about the grassroots governance of one Chinese city district: members, units, grids, coverage. "
    "Only these vetted questions can be asked; tools named plan-… compute proofs and proposals and write nothing. "
    "Ids come from `search` or other answers; never guess them. "
    "Coverage has three values: covered, uncovered, unknown (a ledger is missing); never report unknown as uncovered. "
    "Rows with synthetic: true are invented for demonstration; say so. Every answer names its day (as_of) and data_version. "
    "Names of members are masked. 基层治理图谱：只能提出目录中的问题；编号请先检索；unknown 表示缺少台账，不等于未覆盖；synthetic 为演示数据。"
)
_JSON_TYPES: Mapping[Shape, Schema] = {
    Shape.STRING: {"type": "string"},
    Shape.STATE: {"type": "string"},
    Shape.INTEGER: {"type": "integer"},
    Shape.FLOAT: {"type": "number"},
    Shape.BOOLEAN: {"type": "boolean"},
    Shape.DATE: {"type": "string"},
    Shape.DATETIME: {"type": "string"},
    Shape.STRINGS: {"type": "array"},
    Shape.ENTITY: {"type": "object"},
    Shape.ENTITIES: {"type": "array"},
    Shape.PATH: {"type": "object"},
    Shape.MAP: {"type": "object"},
    Shape.MAPS: {"type": "array"},
}


def describe(question: Question) -> str:
    """What the tool of a question answers, in both languages."""
    return f"{question.text.zh} {question.text.en}\n{question.grain.zh}; {question.grain.en}."


def takes(question: Question) -> Schema:
    """JSON Schema of the tool's arguments: the question's parameters, fewer rows at once."""
    return {
        "type": "object",
        "properties": {p.name: _argument(p) for p in question.parameters},
        "required": [p.name for p in question.parameters if p.required],
        "additionalProperties": False,
    }


def _argument(p: Parameter) -> Schema:
    match p.type:
        case Kind.INTEGER:
            schema: Schema = {"type": "integer"}
            if p.minimum is not None:
                schema["minimum"] = p.minimum
            if p.maximum is not None:
                schema["maximum"] = MOST_ROWS if p.name == "limit" else p.maximum
        case Kind.BOOLEAN:
            schema = {"type": "boolean"}
        case Kind.DATE:
            schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case Kind.DATETIME:
            schema = {"type": "string", "pattern": r"^\d{4}-"}
        case Kind.STRINGS:
            schema = {"type": "array", "items": {"type": "string", "maxLength": MAX_TEXT}}
        case _:
            schema = {"type": "string", "maxLength": MAX_TEXT}
            if p.values:
                schema["enum"] = list(p.values)
    default = ROWS if p.name == "limit" else p.default
    told = {"today": "today · 今天", "home": "the loaded district · 所载入的区"}.get(str(default))
    note = f" (id of {indefinite(p.type)})" if p.is_id else ""
    schema["description"] = f"{p.text.zh} {p.text.en}{note}{f'; default: {told}' if told else ''}"
    if told is None and default is not None:
        schema["default"] = default
    return schema


def gives(question: Question) -> Schema:
    """JSON Schema of the tool's structured result."""
    row = {"type": "object", "properties": {c.name: _value(c) for c in question.columns}}
    properties = {
        "items": {"type": "array", "items": {**row, "required": [c.name for c in question.columns]}},
        "more": {"type": "boolean", "description": "还有更多行 More rows follow; ask with skip"},
        "as_of": {"type": "string", "description": "答案所指的日期 Day that the answer is about"},
        "data_version": {"type": "integer", "description": "数据版本 Version of the data"},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _value(column: Column) -> Schema:
    schema = _JSON_TYPES[column.type]
    unit = f" ({column.unit})" if column.unit else ""
    return {"type": [schema["type"], "null"], "description": f"{column.text.zh} {column.text.en}{unit}"}


def checked(question: Question, arguments: Mapping[str, object]) -> dict[str, object]:
    """The arguments as parameters of the question, with at most ``MOST_ROWS`` rows. Raises BadParameter.

    The question itself checks the rest; here only what a JSON value may be that no text of an address could.
    """
    given = dict(arguments)
    for p in question.parameters:
        value = given.get(p.name)
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if isinstance(value, dict | float) or (isinstance(value, list) and not (is_list and p.type == Kind.STRINGS)):
            raise BadParameter(
                p.name, f"Parameter {p.name}: {json.dumps(value, ensure_ascii=False)[:60]} is not of type {p.type}."
            )
    limit = given.get("limit", ROWS)
    if isinstance(limit, int) and limit > MOST_ROWS:
        raise BadParameter("limit", f"Parameter limit: {limit} is more than {MOST_ROWS}.", hint="Go on with skip.")
    return {**given, "limit": ROWS if limit is None else limit}


def result(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values."""
    names = [column.name for column in answer.question.columns]
    told = {
        "items": [dict(zip(names, row, strict=True)) for row in answer.rows],
        "more": answer.more,
        "as_of": answer.as_of,
        "data_version": answer.data_version,
    }
    plain: dict[str, Any] = orjson.loads(orjson.dumps(told, default=encode))
    return plain


#: (address, name, what it is, media type) of each resource.
RESOURCES = (
    ("govnet://schema", "schema", "知识模型 The model: labels, relationships, properties, privacy", "application/json"),
    ("govnet://data-dictionary", "data-dictionary", "数据字典 The data dictionary, to read", "text/markdown"),
)


def resource(address: str) -> tuple[str, str] | None:
    """(text, media type) of a resource; None where there is none of that address."""
    kinds = {known: media for known, _, _, media in RESOURCES}
    match address:
        case "govnet://schema":
            return json.dumps(as_json(), ensure_ascii=False), kinds[address]
        case "govnet://data-dictionary":
            return dictionary(), kinds[address]
    return None
