"""What happens to every request before and after its route: limits, identity, load, headers, log.

Plain ASGI, because the classes that ready-made middleware builds on cost more than the routes themselves.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govnet_api.errors import Problem, of_error, response
from govnet_api.operations import PREFIX
from govnet_api.security import Guard
from govnet_api.texts import texts
from govnet_graph.errors import GovnetError

access = logging.getLogger("govnet.access")
_log = logging.getLogger("govnet.api")

MAX_URL = 8192
MAX_HEADERS = 100
MAX_HEADER_BYTES = 32_768
MAX_BODY = 65_536
#: Addresses under /api/v1 that need no key: probes, and the description that clients are made from.
OPEN = frozenset({f"{PREFIX}/health", f"{PREFIX}/ready", f"{PREFIX}/openapi.json"})
#: Addresses of Open311, which look at keys themselves, because that standard says how they are sent and how they are refused.
OPEN311 = "/open311/"
#: The page that needs no script; it asks the graph itself, so it counts as a request for it.
PLAIN = "/plain"
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_COMMON = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_API_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_PAGE_POLICY = (
    b"content-security-policy",
    # Icons inside the style sheet of the API's documentation are data: images.
    b"default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'",
)


class Envelope:
    """Around every request: its id, its headers, HEAD as GET without a body, unexpected errors, the access log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"")
        request_id = given if _REQUEST_ID.fullmatch(given) else os.urandom(8).hex().encode()
        scope["govnet.headers"], scope["govnet.request_id"] = headers, request_id.decode()
        bodyless = scope["method"] == "HEAD"
        inner: Scope = {**scope, "method": "GET"} if bodyless else scope
        policy = _API_POLICY if scope["path"].startswith(("/api/", OPEN311)) else _PAGE_POLICY
        status, size, began = 0, 0, time.perf_counter()

        async def tell(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                own = list(message.get("headers", ()))
                # A document that holds its own style says which; two policies would both apply.
                named = any(name.lower() == policy[0] for name, _ in own)
                own += (
                    [*_COMMON, (b"x-request-id", request_id)]
                    if named
                    else [*_COMMON, policy, (b"x-request-id", request_id)]
                )
                message["headers"] = own
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
                if bodyless:
                    message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(inner, receive, tell)
        except Exception:
            _log.exception("unexpected error in request %s", scope["govnet.request_id"])
            if status:
                raise
            detail = texts()["problem.internal.meaning"].en
            await response("internal", detail, request_id=scope["govnet.request_id"])(inner, receive, tell)
        finally:
            if access.isEnabledFor(logging.INFO):
                self._log_access(inner, scope["method"], status, size, time.perf_counter() - began)

    @staticmethod
    def _log_access(scope: Scope, method: str, status: int, size: int, seconds: float) -> None:
        """One line, with the route's pattern: neither ids nor values of parameters, which may tell who was looked for."""
        caller, route = scope.get("govnet.caller"), scope.get("route")
        where = getattr(route, "path", None) or "-"
        access.info(
            "%s %s %d %.1fms %dB key=%s request=%s",
            method if method.isalpha() else "-",
            where,
            status,
            seconds * 1000,
            size,
            getattr(caller, "key", None) or "-",
            scope["govnet.request_id"],
        )


class Gate:
    """Lets a request in when it is of a sane size, from somebody who may ask, and there is room for it.

    Parameters
    ----------
    app : ASGIApp
    guard : Guard
    capacity : int
        How many requests may use the graph at once; as many as there are connections to it.
    uploads : mapping of str to int, optional
        Largest bodies, in bytes, of the addresses that take files.
    """

    def __init__(self, app: ASGIApp, guard: Guard, capacity: int, uploads: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._uploads = dict(uploads or {})
        self._guard = guard
        self._room = capacity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        asking = path.startswith("/api/") and path not in OPEN
        refusal = _oversized(scope, self._uploads.get(path, MAX_BODY))
        if refusal is None and asking:
            refusal = await self._refused(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif asking or path in ("/", PLAIN, "/cases") or path.startswith(("/cases/", OPEN311)):
            await self._within_room(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _within_room(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._room:
            problem = Problem(
                "busy",
                "As many requests are under way as the server has connections to the graph.",
                "Try again in a second.",
            )
            await of_error(problem, scope["govnet.request_id"])(scope, receive, send)
            return
        self._room -= 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._room += 1

    async def _refused(self, scope: Scope) -> Response | None:
        try:
            scope["govnet.caller"] = await self._guard.caller(scope, scope["govnet.headers"])
        except GovnetError as error:
            return of_error(error, scope["govnet.request_id"])
        return None


def _oversized(scope: Scope, largest: int) -> Response | None:
    """The refusal of a request that is larger than any honest one."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    code = ""
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > MAX_URL:
        code = "uri-too-long"
    elif len(headers) > MAX_HEADERS or sum(len(name) + len(value) for name, value in headers) > MAX_HEADER_BYTES:
        code = "headers-too-large"
    elif (length := scope["govnet.headers"].get(b"content-length")) and not _fits(length, largest):
        code = "body-too-large"
    return (
        response(code, texts()[f"problem.{code}.meaning"].en, request_id=scope["govnet.request_id"]) if code else None
    )


def _fits(length: bytes, largest: int) -> bool:
    return len(length) <= 12 and length.isdigit() and int(length) <= largest
