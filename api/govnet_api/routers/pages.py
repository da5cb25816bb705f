"""The plain page and the documentation of the API. Everything on them comes from this server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles

from govnet_api import page
from govnet_api.connection import Connection
from govnet_api.contract import examples
from govnet_api.cypher_text import folded
from govnet_api.errors import STATUS, code_of
from govnet_api.middleware import PLAIN
from govnet_api.negotiate import language
from govnet_api.operations import PREFIX, Bound
from govnet_api.routers import watching, web
from govnet_api.routing import add
from govnet_api.security import Guard
from govnet_api.standing import Standing
from govnet_api.texts import say
from govnet_graph.errors import GovnetError
from govnet_graph.questions import Question
from govnet_graph.questions.values import today
from govnet_graph.store.reader import Answer
from govnet_graph.store.state import GraphState

_MATRIX, _REQUIREMENTS = "coverage-matrix", "requirements"
_COUNTS = ("covered", "uncovered", "unknown", "total")
_SWAGGER = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>govnet API</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/swagger/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/static/swagger/swagger-ui-bundle.js"></script>
<script src="/static/docs.js"></script>
</body>
</html>
"""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
#: Addresses that the start page offers to try, by text key.
_TRY: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("start.try.member-units", "/members/{Member}/units", {}),
    ("start.try.supporters", "/grids/{Grid}/supporters", {}),
    ("start.try.gaps", "/coverage/gaps", {}),
    ("start.try.matrix", "/coverage/matrix", {"level": "Street"}),
    ("start.try.ledgers", "/coverage/missing-ledgers", {}),
    ("start.try.claims", "/claims", {}),
    ("start.try.search", "/search", {"q": "aimin"}),
)


def register(
    app: FastAPI, connection: Connection, guard: Guard, bounds: Mapping[str, Bound], standing: Standing
) -> None:
    """Adds the planners' page where it was built, ``/plain``, which does without scripts, ``/docs`` and the files that they need."""
    built = web.is_built()
    if built:
        web.register(app)
    own = Path(str(files("govnet_api") / "static"))
    swagger = Path(str(files("fastapi_swagger") / "resources"))
    app.mount("/static/swagger", StaticFiles(directory=swagger), name="swagger")
    app.mount("/static", StaticFiles(directory=own), name="static")
    asked_for = {bound.question.id: bound.question for bound in bounds.values()}
    matrix, needs = asked_for.get(_MATRIX), asked_for.get(_REQUIREMENTS)

    async def start(request: Request) -> Response:
        asked = request.query_params.get("lang")
        lang = asked if asked in ("zh", "en") else language(request.headers.get("accept-language", ""))
        status, shown = 200, ""
        try:
            caller = await guard.caller(request.scope, request.scope["govnet.headers"])
            if matrix is not None and needs is not None:
                shown = await _figures(connection, matrix, needs, lang, names=caller.names)
            shown += await asyncio.to_thread(watching.latest, standing, lang)
        except GovnetError as error:
            code = code_of(error)
            status = 200 if STATUS[code] < 500 else STATUS[code]
            shown = f'<p class="notice">{escape(say(f"problem.{code}.meaning", lang))} <a href="/problems/{code}">{code}</a></p>'
        missing = "" if built else f'<p class="notice">{escape(say("start.not-built", lang))}</p>'
        body = f"{missing}<h1>{escape(say('start.heading', lang))}</h1><p>{escape(say('start.about', lang))}</p>{shown}{_offers(bounds, connection.home, lang)}"
        return page.html(say("start.heading", lang), body, lang, status)

    async def docs(_: Request) -> Response:
        return Response(_SWAGGER, 200, {"cache-control": "no-cache"}, "text/html")

    add(app, PLAIN, start, name="start")
    if not built:
        for path in web.ROOMS:
            add(app, path, start, name=f"not built {path}")
    add(app, "/docs", docs, name="docs")


async def _figures(connection: Connection, matrix: Question, needs: Question, lang: str, *, names: bool) -> str:
    """The district's coverage by requirement, the most urgent first, with what the figures rest on."""
    state = await connection.state()
    answer = await connection.ask(matrix, {"level": "District", "limit": 1000}, names=names, day=today())
    listed = (await connection.ask(needs, {"limit": 1000}, names=names, day=today())).records()
    called = {r["requirement"]["id"]: (lang == "en" and r["name_en"]) or r["requirement"]["name"] for r in listed}
    cypher = folded(matrix, {"level": "District", "limit": 1000}, state.home, lang)
    return _basis(state, answer, lang) + _table(answer, called, lang) + cypher


def _basis(state: GraphState, answer: Answer, lang: str) -> str:
    said = say("start.basis", lang, dataset=state.dataset, day=answer.as_of.isoformat(), version=answer.data_version)
    notice = f'<p class="notice">{escape(say("start.synthetic", lang))}</p>' if state.dataset == "demo" else ""
    return f"{notice}<p>{escape(said)}</p>"


def _table(answer: Answer, called: Mapping[str, str], lang: str) -> str:
    """``called`` names the requirements, in the order in which they are shown."""
    order = list(called)
    records = sorted(answer.records(), key=lambda r: order.index(r["requirement"]["id"]))
    if not records:
        return f'<p class="notice">{escape(say("start.no-requirements", lang))}</p>'
    head = f'<th scope="col">{escape(say("start.column.requirement", lang))}</th>' + "".join(
        f'<th scope="col" class="number {name}">{escape(say(f"start.column.{name}", lang))}</th>' for name in _COUNTS
    )
    sums = {name: sum(record[name] or 0 for record in records) for name in _COUNTS}
    rows = "".join(
        f'<tr><th scope="row"><a href="{_link("/coverage/gaps", {"requirement": record["requirement"]["id"]})}">'
        f"{escape(called[record['requirement']['id']])}</a> <code>{escape(record['requirement']['id'])}</code></th>"
        f"{_numbers({name: record[name] or 0 for name in _COUNTS})}</tr>"
        for record in records
    )
    district = escape(str(records[0]["area"]["name"]))
    caption = escape(
        say("start.caption", lang, unknown=sums["unknown"], uncovered=sums["uncovered"], covered=sums["covered"])
    )
    foot = f'<tr><th scope="row">{escape(say("start.sum", lang))}</th>{_numbers(sums)}</tr>'
    return f"<h2>{district}</h2><table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"


def _numbers(counts: Mapping[str, int]) -> str:
    return "".join(f'<td class="number {name}">{count}</td>' for name, count in counts.items())


def _offers(bounds: Mapping[str, Bound], home: str | None, lang: str) -> str:
    """Addresses to try, of those that this server has, and where everything is described."""
    items = []
    for key, path, query in _TRY:
        filled = path.format(**examples.IDS)
        bound = bounds.get(_PLACEHOLDER.sub("{id}", path))
        if bound is not None:
            named = _PLACEHOLDER.search(path)
            ids = {"id": examples.IDS[named[1]]} if named else {}
            cypher = folded(bound.question, bound.for_question({**ids, **query}), home, lang)
            items.append(
                f'<li><a href="{_link(filled, query)}">{escape(say(key, lang))}</a> <code>{escape(PREFIX + filled)}</code>{cypher}</li>'
            )
    watched = f'<a href="/watches?lang={lang}">{escape(say("start.watches", lang))}</a>'
    cases = f'<a href="/cases?lang={lang}">{escape(say("start.cases", lang))}</a>'
    every = f'<a href="/questions?lang={lang}">{escape(say("start.questions", lang))}</a>'
    more = f'<p>{cases} · {watched} · <a href="/docs">{escape(say("start.docs", lang))}</a> · {every}</p>'
    return f"<h2>{escape(say('start.try', lang))}</h2><ul>{''.join(items)}</ul>{more}"


def _link(path: str, query: Mapping[str, str]) -> str:
    return escape(PREFIX + path + (f"?{urlencode(query)}" if query else ""))
