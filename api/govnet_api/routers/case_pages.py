"""The pages of cases: what waits and is late, and one case with its history, who could answer and the steps that may be taken.

They are rendered here from the same questions as everything else; the forms are sent by a small script to ``/api/v1``.
"""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import FastAPI, Request, Response

from govnet_api import case_parts as parts
from govnet_api import page
from govnet_api.connection import Connection
from govnet_api.cypher_text import folded
from govnet_api.errors import STATUS, code_of
from govnet_api.negotiate import language
from govnet_api.routers.cases import standing, undoable_step
from govnet_api.routing import add
from govnet_api.security import Guard
from govnet_api.texts import say
from govnet_graph.cases import MACHINE, steps_from
from govnet_graph.errors import GovnetError
from govnet_graph.questions import question
from govnet_graph.questions.values import today

_ROWS = 30
_CANDIDATES = 8
_FILTERS = ("area", "state", "kind", "late")


def register(app: FastAPI, connection: Connection, guard: Guard) -> None:
    """Adds ``/cases`` and ``/cases/{id}``."""
    door = _Pages(connection, guard)
    add(app, "/cases", door.every, name="cases_page")
    add(app, "/cases/{id}", door.one, name="case_page")


class _Pages:
    def __init__(self, connection: Connection, guard: Guard) -> None:
        self._connection = connection
        self._guard = guard

    async def every(self, request: Request) -> Response:
        """The list of cases."""
        return await self._page(request, "cases.heading", self._list)

    async def one(self, request: Request) -> Response:
        """One case."""
        return await self._page(request, "cases.one", self._case)

    async def _page(self, request: Request, title: str, make: Any) -> Response:
        asked = request.query_params.get("lang")
        lang = asked if asked in ("zh", "en") else language(request.headers.get("accept-language", ""))
        status = 200
        try:
            caller = await self._guard.caller(request.scope, request.scope["govnet.headers"])
            heading, body = await make(request, lang, caller.names)
        except GovnetError as error:
            code = code_of(error)
            status, heading = STATUS[code], say(title, lang)
            told = escape(say(f"problem.{code}.meaning", lang))
            body = f'<h1>{escape(heading)}</h1><p class="notice">{told} <a href="/problems/{code}">{code}</a></p>'
        return page.html(heading, body, lang, status)

    async def _kinds(self, lang: str) -> dict[str, str]:
        """What the kinds are called, by code."""
        found = await self._connection.ask(question("case-kinds"), {"limit": 1000}, names=False, day=today())
        return {r["code"]: str((lang == "en" and r["name_en"]) or r["kind"]["name"]) for r in found.records()}

    async def _words(self, lang: str) -> dict[str, str]:
        """What services are called, by code; in English the codes speak for themselves."""
        if lang == "en":
            return {}
        found = await self._connection.ask(question("case-kinds"), {"limit": 1000}, names=False, day=today())
        return {c: n for r in found.records() for c, n in zip(r["services"], r["service_names"], strict=True)}

    async def _list(self, request: Request, lang: str, names: bool) -> tuple[str, str]:
        given = {n: v for n in _FILTERS if (v := request.query_params.get(n, "").strip())}
        number = request.query_params.get("page", "1")
        at = max(1, int(number)) if number.isascii() and number.isdecimal() and len(number) < 6 else 1
        wanted: dict[str, object] = {**given, "limit": _ROWS, "skip": (at - 1) * _ROWS}
        if "state" not in given:
            wanted["open"] = "true"
        kinds = await self._kinds(lang)
        answer = await self._connection.ask(question("cases"), wanted, names=names, day=today())
        rows = "".join(parts.list_row(record, kinds, lang) for record in answer.records())
        columns = ("case", "state", "kind", "place", "next-due", "holder")
        head = "".join(parts.heading(name, lang) for name in columns)
        table = (
            parts.scrolling(
                say("cases.heading", lang),
                f"<table><caption>{parts.told('caption', lang, day=answer.as_of)}</caption>"
                f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>",
            )
            if rows
            else f'<p class="notice">{parts.told("none", lang)}</p>'
        )
        body = (
            f'<h1>{parts.told("heading", lang)}</h1><p>{parts.told("about", lang)} <a href="#raise">{parts.told("raise", lang)}</a></p>'
            f"{parts.filters(given, kinds, lang)}{table}"
            f"{parts.pager(given, at, answer.more, lang)}"
            f"{folded(question('cases'), wanted, self._connection.home, lang)}{parts.raising(kinds, lang)}{parts.script({}, lang)}"
        )
        return say("cases.heading", lang), body

    async def _case(self, request: Request, lang: str, names: bool) -> tuple[str, str]:
        case = str(request.path_params["id"])[:200]
        profile, history = await standing(self._connection, case, names=names)
        now, taken = profile.records()[0], history.records()
        kinds, words = await self._kinds(lang), await self._words(lang)
        allowed = steps_from(now["state"])
        candidates: list[dict[str, Any]] = []
        if any(step.name == "dispatch" for step in allowed):
            asked = {"case": case, "limit": _CANDIDATES}
            found = await self._connection.ask(question("case-candidates"), asked, names=names, day=today())
            candidates = found.records()
        last = await undoable_step(self._connection, case, taken)
        done = request.query_params.get("done", "")
        shown = (
            f'<p class="notice" role="status">{parts.told("done", lang, step=parts.step_text(done, lang))}</p>'
            if done in (*MACHINE, "undo")
            else ""
        )
        forms = "".join(
            parts.step_form(step, now, parts.candidates(candidates, words, lang), kinds, lang) for step in allowed
        )
        body = (
            f'<p><a href="/cases?lang={lang}">{parts.told("back", lang)}</a></p><h1>{parts.name_of(now["case"])}</h1>{shown}{parts.facts(now, kinds, lang)}'
            f'<p id="status" role="alert"></p><h2>{parts.told("next", lang)}</h2>{forms or parts.told("nothing", lang)}{parts.undo(last, lang)}'
            f"<h2>{parts.told('history', lang)}</h2>{parts.history(taken, kinds, lang)}"
            f"{folded(question('case-history'), {'case': case}, self._connection.home, lang)}"
            f"{parts.script({'case': case, 'expected': now['steps']}, lang)}"
        )
        return str(now["case"]["name"] or case), body
