"""State of the server, the schema, and what each problem means."""

from __future__ import annotations

from html import escape

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api import page
from govnet_api.connection import Connection
from govnet_api.contract import document
from govnet_api.errors import STATUS, Problem, of_error
from govnet_api.fixed import fixed, json_response, without_query
from govnet_api.negotiate import HTML, JSON, choose, language
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.texts import say, texts
from govnet_graph import __version__
from govnet_graph.errors import GovnetError
from govnet_graph.schema.render import as_json

_STRING = {"type": "string"}
_HEALTH = {
    "type": "object",
    "properties": {"status": {"const": "ok"}, "version": _STRING},
    "required": ["status", "version"],
}
_READY = {
    "type": "object",
    "properties": {
        "status": {"const": "ready"}, "dataset": _STRING, "home": {"type": ["string", "null"]}, "data_version": {"type": "integer"},
        "schema_version": {"type": "integer"}, "loading": {"type": ["string", "null"]}, "version": _STRING,
    },
    "required": ["status", "dataset", "home", "data_version", "schema_version", "loading", "version"],
}  # fmt: skip
_MANY = {"type": "array", "items": {"type": "object", "additionalProperties": True}}
_SCHEMA = {
    "type": "object",
    "properties": {"version": {"type": "integer"}, "nodes": _MANY, "relationships": _MANY, "sets": _MANY},
    "required": ["version", "nodes", "relationships", "sets"],
}


def register(app: FastAPI, connection: Connection) -> None:
    """Adds ``/health``, ``/ready`` and ``/schema`` under ``/api/v1``, and ``/problems``."""
    alive = orjson.dumps({"status": "ok", "version": __version__})

    async def health(request: Request) -> Response:
        return json_response(request, alive)

    async def ready(request: Request) -> Response:
        try:
            state = await connection.state()
        except GovnetError as error:
            return of_error(error, request.scope["govnet.request_id"])
        told = {
            "status": "ready", "dataset": state.dataset, "home": state.home, "data_version": state.data_version,
            "schema_version": state.schema_version, "loading": state.loading, "version": __version__,
        }  # fmt: skip
        return json_response(request, orjson.dumps(told))

    always = ("not-acceptable", "bad-parameter")
    lacking = ("engine-unreachable", "graph-unusable", "nothing-loaded", "query-timeout", "query-failed")
    add(
        app,
        f"{PREFIX}/health",
        without_query(health),
        name="health",
        tag="system",
        spec=document.plain("服务器在运行 · The server runs", _HEALTH, guarded=False, codes=always),
    )
    add(
        app, f"{PREFIX}/ready", without_query(ready), name="ready", tag="system",
        spec=document.plain("数据库有响应且已载入数据 · The engine answers and data are loaded", _READY, guarded=False, codes=(*always, *lacking)),
    )  # fmt: skip
    add(
        app, f"{PREFIX}/schema", without_query(fixed(lambda: orjson.dumps(as_json()))), name="get_schema", tag="system",
        spec=document.plain("知识模型：节点、关系、属性 · The model: labels, relationships, properties", _SCHEMA, guarded=True, codes=always),
    )  # fmt: skip
    add(app, "/problems", problems, name="problems")
    add(app, "/problems/{code}", problem, name="problem")


def _explained(code: str) -> dict[str, object]:
    title, meaning = texts()[f"problem.{code}.title"], texts()[f"problem.{code}.meaning"]
    return {
        "type": f"/problems/{code}", "code": code, "status": STATUS[code],
        "title": {"zh": title.zh, "en": title.en}, "meaning": {"zh": meaning.zh, "en": meaning.en},
    }  # fmt: skip


def _wants_page(request: Request) -> bool:
    return choose(request.scope["govnet.headers"].get(b"accept", b"").decode("latin-1"), (JSON, HTML)) == HTML


def _language(request: Request) -> str:
    asked = request.query_params.get("lang")
    return asked if asked in ("zh", "en") else language(request.headers.get("accept-language", ""))


async def problems(request: Request) -> Response:
    """All problems that the API may tell of."""
    if not _wants_page(request):
        return Response(orjson.dumps({"items": [_explained(code) for code in STATUS]}), media_type=JSON)
    lang = _language(request)
    rows = "".join(
        f'<li><a href="/problems/{code}">{code}</a> ({STATUS[code]}) {escape(say(f"problem.{code}.title", lang))}</li>'
        for code in STATUS
    )
    return page.html(
        say("problems.heading", lang), f"<h1>{escape(say('problems.heading', lang))}</h1><ul>{rows}</ul>", lang
    )


async def problem(request: Request) -> Response:
    """What one problem means and what to do about it."""
    code = str(request.path_params["code"])
    if code not in STATUS:
        error = Problem("no-such-path", f"There is no problem {code[:100]!r}.", "/problems lists them.")
        return of_error(error, request.scope["govnet.request_id"])
    if not _wants_page(request):
        return Response(orjson.dumps(_explained(code)), media_type=JSON)
    lang = _language(request)
    title = say(f"problem.{code}.title", lang)
    body = f"<h1>{escape(title)}</h1><p><code>{code}</code> · HTTP {STATUS[code]}</p><p>{escape(say(f'problem.{code}.meaning', lang))}</p>"
    return page.html(title, body, lang)
