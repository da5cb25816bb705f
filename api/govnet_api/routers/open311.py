"""Open311 GeoReport v2: cases as service requests, and reports as cases, in JSON and XML as the specification has them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response

from govnet_api.connection import Connection
from govnet_api.contract import open311 as spec
from govnet_api.errors import STATUS, Problem, code_of, said_of
from govnet_api.middleware import MAX_BODY
from govnet_api.negotiate import language
from govnet_api.routing import Handler, add
from govnet_api.security import Caller, Guard, Misdirected, NotAllowed, Unauthorized, audit
from govnet_api.texts import say
from govnet_graph.cases import KeyReused, raise_case
from govnet_graph.cases.open311 import reading, reports
from govnet_graph.cases.open311.asking import COMMON, LISTING, require_jurisdiction, wanted
from govnet_graph.cases.open311.model import SPECIFICATION, Open311Problem, Wanted
from govnet_graph.cases.open311.writing import MEDIA, written
from govnet_graph.errors import GovnetError
from govnet_graph.keys import Scope
from govnet_graph.questions.values import today
from govnet_graph.settings import Settings
from govnet_graph.store.state import GraphState

ROOT = "/open311/v2"
_FORM = "application/x-www-form-urlencoded"
_PRIVATE = {"cache-control": "no-store", "vary": "Accept-Language, Authorization, X-API-Key"}
_DEMONSTRATION = "demo"
_KEY = re.compile(r"[A-Za-z0-9._-]{1,100}")
Work = Callable[[Request, str], Awaitable[Response]]


def register(app: FastAPI, connection: Connection, settings: Settings, guard: Guard) -> None:
    """Adds the addresses under ``/open311``, each once for JSON and once for XML."""
    door = _Door(connection, settings, guard)
    for form in MEDIA:
        for method, path, name, work in (
            ("GET", f"{ROOT}/services.{form}", "open311_services", door.services),
            ("GET", f"{ROOT}/services/{{service_code}}.{form}", "open311_service", door.service),
            ("GET", f"{ROOT}/requests.{form}", "open311_requests", door.requests),
            ("POST", f"{ROOT}/requests.{form}", "open311_report", door.report),
            ("GET", f"{ROOT}/requests/{{service_request_id}}.{form}", "open311_request", door.request),
            ("GET", f"{ROOT}/tokens/{{token}}.{form}", "open311_token", door.token),
            ("GET", f"{ROOT}/discovery.{form}", "open311_discovery", door.discovery),
        ):
            handler = _formed(work, form)
            add(app, path, handler, name=f"{name}_{form}", tag="open311", spec=spec.of(name, form), methods=(method,))
        add(app, f"/open311/discovery.{form}", _formed(door.discovery, form), name=f"open311_discovery_root_{form}")


def _formed(work: Work, form: str) -> Handler:
    """The handler of one form; all that goes wrong is told as the specification has it."""

    async def handler(request: Request) -> Response:
        try:
            return await work(request, form)
        except GovnetError as error:
            status, said = _told(error)
            errors = [{"code": str(status), "description": said}]
            return Response(written("errors", errors, form), status, _PRIVATE, MEDIA[form])

    handler.__name__ = work.__name__
    return handler


def _told(error: GovnetError) -> tuple[int, str]:
    """Status and words of an error: 404 for what is not there, 403 for keys, 400 for all else that the caller can mend.

    A key of a request that came with another one before is a conflict (409): the specification knows no such keys.
    """
    if isinstance(error, Open311Problem):
        return error.status, str(error)
    if isinstance(error, Unauthorized | NotAllowed | Misdirected):
        return 403, f"Missing or invalid api_key: {error}"
    code = code_of(error)
    status = 409 if isinstance(error, KeyReused) else STATUS[code]
    said = f"{said_of(error, code)} {error.hint}".strip()
    return (status if status >= 500 or status in (403, 404, 409) else 400), said


def _answer(root: str, value: Any, form: str, status: int = 200) -> Response:
    return Response(written(root, value, form), status, _PRIVATE, MEDIA[form])


def _given(request: Request, *taken: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in taken:
            raise Open311Problem(400, f"{name[:60]!r} is no parameter here; there are {', '.join(taken)}.")
        if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise Open311Problem(400, f"{name} holds a character that no text has.")
        # The specification lets a list be given in several parts.
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def _language(request: Request) -> str:
    return language(request.headers.get("accept-language", ""))


class _Door:
    def __init__(self, connection: Connection, settings: Settings, guard: Guard) -> None:
        self._connection = connection
        self._settings = settings
        self._guard = guard

    def _jurisdiction(self, state: GraphState) -> str:
        return self._settings.open311_jurisdiction or state.home or ""

    async def _opened(self, request: Request, *taken: str) -> tuple[dict[str, str], GraphState]:
        """The parameters and the state of a graph that is loaded, for the jurisdiction that was named."""
        given = _given(request, *taken)
        state = await self._connection.state()
        require_jurisdiction(given, self._jurisdiction(state))
        return given, state

    async def _caller(self, request: Request, given: Mapping[str, str]) -> Caller | None:
        """Who asks; None for somebody without a key where reading is open to all."""
        if given.get("api_key"):
            return await self._guard.of_key(given["api_key"])
        try:
            return await self._guard.caller(request.scope, request.scope["govnet.headers"])
        except Unauthorized:
            if self._settings.open311_public and not self._guard.presented(request.scope["govnet.headers"]):
                return None
            raise

    async def services(self, request: Request, form: str) -> Response:
        """What can be reported."""
        await self._opened(request, *COMMON)
        found, _ = await reading.services(await self._connection.graph(), today(), _language(request))
        return _answer("services", [service.told() for service in found], form)

    async def service(self, request: Request, form: str) -> Response:
        """The attributes of one service: none, for all."""
        await self._opened(request, *COMMON)
        code = str(request.path_params["service_code"])
        found, _ = await reading.services(await self._connection.graph(), today(), _language(request))
        if code not in {service.code for service in found}:
            raise Open311Problem(404, f"service_code {code[:60]!r} was not found.")
        return _answer("service_definition", {"service_code": code, "attributes": []}, form)

    async def requests(self, request: Request, form: str) -> Response:
        """Requests, the latest first."""
        given, _ = await self._opened(request, *LISTING)
        found = await self._read(request, given, wanted(given, dt.datetime.now(dt.UTC)))
        return _answer("service_requests", found, form)

    async def request(self, request: Request, form: str) -> Response:
        """One request."""
        given, _ = await self._opened(request, *COMMON, "extensions")
        asked = str(request.path_params["service_request_id"])
        found = await self._read(request, given, Wanted(ids=(asked,)))
        if not found:
            raise Open311Problem(404, f"service_request_id {asked[:60]!r} was not found.")
        return _answer("service_requests", found, form)

    async def _read(self, request: Request, given: Mapping[str, str], asked: Wanted) -> list[Mapping[str, Any]]:
        caller = await self._caller(request, given)
        personal = caller is not None and caller.names
        graph, lang = await self._connection.graph(), _language(request)
        known, _ = await reading.services(graph, today(), lang)
        found = await reading.requests(graph, asked, known, personal=personal, language=lang)
        if caller is not None and caller.names:
            where, id_ = request.scope["path"].split("/")[3].split(".")[0], request.scope["govnet.request_id"]
            audit.info("names read key=%s route=%s/%s rows=%d request=%s", caller.key, ROOT, where, len(found), id_)
        return found

    async def report(self, request: Request, form: str) -> Response:
        """File a report: a case is raised. The same Idempotency-Key again raises none."""
        headers: dict[bytes, bytes] = request.scope["govnet.headers"]
        given = reports.fields(await _read_form(request, headers))
        state = await self._connection.state()
        if given.get("api_key"):
            caller = await self._guard.of_key(given["api_key"])
        else:
            caller = await self._guard.caller(request.scope, headers)
        author = caller.acting(headers, "file reports", Scope.REPORT, Scope.WRITE)
        require_jurisdiction(given, self._jurisdiction(state))
        graph, lang = await self._connection.graph(), _language(request)
        # A case is named in Chinese, whatever language the report was filed in.
        known, _ = await reading.services(graph, today(), "zh")
        wanted_report = reports.report_of(given, known)
        area, area_name, told = await reports.located(graph, wanted_report, state.home or "")
        key = headers.get(b"idempotency-key", b"").decode("latin-1")
        if b"idempotency-key" in headers and not _KEY.fullmatch(key):
            raise Open311Problem(
                400, "Idempotency-Key is none of 1 to 100 letters, digits, dots, hyphens and underscores."
            )
        done = await raise_case(graph, reports.case_of(wanted_report, area, area_name, author=author, key=key))
        notices = [reports.FORGOTTEN, *([] if told else [reports.UNPLACED])]
        notice = " ".join(text.en if lang == "en" else text.zh for text in notices)
        made = {"service_request_id": done.case, "service_notice": notice, "account_id": None}
        return _answer("service_requests", [made], form, 201)

    async def token(self, request: Request, form: str) -> Response:
        """The request that a token stands for. All services are realtime, so no report is answered with one."""
        await self._opened(request, *COMMON)
        token = str(request.path_params["token"])
        found = await reading.of_token(await self._connection.graph(), token)
        if found is None:
            raise Open311Problem(404, f"token {token[:60]!r} was not found.")
        return _answer("service_requests", [{"service_request_id": found, "token": token}], form)

    async def discovery(self, request: Request, form: str) -> Response:
        """Where the endpoint is and what it speaks."""
        _given(request, *COMMON)
        state, lang = await self._connection.state(), _language(request)
        _, changed = await reading.services(await self._connection.graph(), today(), lang)
        changeset = f"{changed:%Y-%m-%d %H:%M}" if changed is not None else ""
        endpoint = {
            "specification": SPECIFICATION,
            "url": str(request.base_url).rstrip("/") + ROOT,
            "changeset": changeset,
            "type": "test" if state.dataset == _DEMONSTRATION else "production",
            "formats": ["text/xml", "application/json"],
        }
        told = {
            "changeset": changeset, "contact": say("open311.contact", lang, jurisdiction=self._jurisdiction(state)),
            "key_service": say("open311.key", lang), "endpoints": [endpoint],
        }  # fmt: skip
        return _answer("discovery", told, form)


async def _read_form(request: Request, headers: Mapping[bytes, bytes]) -> bytes:
    if headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower() != _FORM:
        raise Open311Problem(400, f"A report is sent as {_FORM}.")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise Problem("body-too-large", f"The body is larger than {MAX_BODY} bytes.")
    return body
