"""The catalogue of questions: list them, read one with its Cypher, ask one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api.answers import Services, endpoint
from govnet_api.contract import document, examples
from govnet_api.errors import of_error
from govnet_api.fixed import fixed, json_response, without_query
from govnet_api.operations import PREFIX, Bound
from govnet_api.routing import Handler, add
from govnet_graph.errors import GovnetError, NotFound
from govnet_graph.questions import ParameterValue, Question, bind, pasteable, presets, views
from govnet_graph.store.driver import encode


def describe(question: Question) -> dict[str, Any]:
    """A question as plain data."""
    return {
        "id": question.id,
        "area": question.area.value,
        "text": {"zh": question.text.zh, "en": question.text.en},
        "grain": {"zh": question.grain.zh, "en": question.grain.en},
        "parameters": [
            {
                "name": p.name, "type": p.type, "required": p.required, "default": p.default, "values": list(p.values), "minimum": p.minimum,
                "maximum": p.maximum, "text": {"zh": p.text.zh, "en": p.text.en}, "example": examples.of_parameter(question, p),
            }
            for p in question.parameters
        ],
        "columns": [{"name": c.name, "type": c.type.value, "unit": c.unit, "text": {"zh": c.text.zh, "en": c.text.en}} for c in question.columns],
        "sets": list(question.sets),
        "cypher": question.cypher,
        "path": f"{PREFIX}/questions/{question.id}",
    }  # fmt: skip


_TEXT = {"type": "object", "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}, "required": ["zh", "en"]}
_MANY = {"type": "array", "items": {"type": "object", "additionalProperties": True}}
_QUESTION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "string"}, "area": {"type": "string"}, "text": _TEXT, "grain": _TEXT, "parameters": _MANY, "columns": _MANY,
        "sets": {"type": "array", "items": {"type": "string"}}, "cypher": {"type": "string"}, "path": {"type": "string", "format": "uri-reference"},
    },
    "required": ["id", "area", "text", "grain", "parameters", "columns", "sets", "cypher", "path"],
}  # fmt: skip
SCHEMAS: Mapping[str, Any] = {
    "Question": _QUESTION,
    "Definition": {
        "allOf": [
            {"$ref": "#/components/schemas/Question"},
            {
                "type": "object",
                "properties": {
                    "given": {"type": "object", "additionalProperties": True, "description": "所用参数 · Parameters with their values"},
                    "browser": {"type": "string", "description": "可粘贴到 Neo4j Browser · To paste into Neo4j Browser"},
                    "presets": {
                        "type": "string",
                        "description": "设定参数的命令，先于 cypher 运行 · Commands that set the parameters, to run before cypher as it is",
                    },
                    "view": {
                        "anyOf": [{"$ref": "#/components/schemas/ViewDefinition"}, {"type": "null"}],
                        "description": "画成图的同一答案，没有则为 null · The same answer to draw, where there is a view",
                    },
                },
                "required": ["given", "browser", "presets", "view"],
            },
        ]
    },
    "ViewDefinition": {
        "type": "object",
        "properties": {
            "text": _TEXT,
            "shows": {"enum": ["rows", "more"], "description": "只画各行所指的事物，还是另有途径 · What the rows name alone, or more"},
            "cypher": {"type": "string"},
            "browser": {"type": "string", "description": "可粘贴到 Neo4j Browser · To paste into Neo4j Browser"},
            "path": {"type": "string", "format": "uri-reference"},
        },
        "required": ["text", "shows", "cypher", "browser", "path"],
    },
    "Questions": {
        "type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Question"}}}, "required": ["items"],
    },
}  # fmt: skip


def register(app: FastAPI, bounds: Sequence[Bound], services: Services) -> None:
    """Adds the addresses under ``/api/v1/questions``."""
    listed = {"items": [describe(bound.question) for bound in bounds]}

    async def no_such_question(request: Request) -> Response:
        asked = str(request.path_params["question"])[:100]
        error = NotFound(f"There is no question {asked!r}.", hint=f"{PREFIX}/questions lists them.")
        return of_error(error, request.scope["govnet.request_id"])

    root = f"{PREFIX}/questions"
    schema = {"$ref": "#/components/schemas/Questions"}
    spec = document.plain("问题目录 · All questions", schema, guarded=True, codes=("not-acceptable", "bad-parameter"))
    add(
        app, root, without_query(fixed(lambda: orjson.dumps(listed))), name="list_questions", tag="questions", spec=spec
    )
    for bound in bounds:
        name = bound.question.id.replace("-", "_")
        add(
            app, bound.path, endpoint(bound, services), name=f"ask_{name}", tag="questions", spec=document.asking(bound)
        )
        add(
            app,
            f"{bound.path}/definition",
            _definition(bound, services),
            name=f"define_{name}",
            tag="questions",
            spec=document.definition(bound),
        )
    add(app, root + "/{question}", no_such_question, name="no_such_question")
    add(app, root + "/{question}/definition", no_such_question, name="no_such_definition")


def _definition(bound: Bound, services: Services) -> Handler:
    question = bound.question
    told = describe(question)
    stand_ins = examples.required(question)

    async def definition(request: Request) -> Response:
        try:
            named, _ = services.parameters(bound, bound.given(request.scope["query_string"], {}))
            home = services.connection.home or examples.IDS["District"]
            # What must be given and was not is filled with an example, so that the text can be tried as it is.
            parameters = bind(question, {**stand_ins, **named}, home=home)
        except GovnetError as error:
            return of_error(error, request.scope["govnet.request_id"], bound.public)
        view = _view(question, parameters)
        browser = {"browser": pasteable(question, parameters), "presets": presets(parameters)}
        body = {**told, "given": parameters, **browser, "view": view}
        return json_response(request, orjson.dumps(body, default=encode))

    return definition


def _view(question: Question, parameters: Mapping[str, ParameterValue]) -> dict[str, Any] | None:
    """The question's view as plain data, ready to paste with the same parameters."""
    view = views().get(question.id)
    if view is None or view.question is not question:
        return None
    return {
        "text": {"zh": view.text.zh, "en": view.text.en},
        "shows": view.shows.value,
        "cypher": view.cypher,
        "browser": pasteable(view, parameters),
        "path": f"{PREFIX}/questions/{question.id}/view",
    }
