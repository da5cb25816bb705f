"""Answers that stay the same while the server runs: made once, with a tag of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from fastapi import Request, Response

from govnet_api import etags
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import JSON, choose
from govnet_api.routing import Handler

_VARY = "Accept"


def json_response(request: Request, body: bytes, tag: str = "") -> Response:
    """The body as JSON where the caller takes that, else a problem; nothing where the caller has it already.

    Without a tag the answer is not to be kept at all.
    """
    headers: dict[bytes, bytes] = request.scope["govnet.headers"]
    if choose(headers.get(b"accept", b"").decode("latin-1"), (JSON,)) is None:
        problem = Problem("not-acceptable", "The Accept header does not name JSON.", f"Send Accept: {JSON}.")
        return of_error(problem, request.scope["govnet.request_id"])
    if not tag:
        return Response(body, 200, {"cache-control": "no-store", "vary": _VARY}, JSON)
    told = {"etag": tag, "cache-control": "private, no-cache", "vary": _VARY}
    wanted = headers.get(b"if-none-match", b"").decode("latin-1")
    if etags.names_any(wanted) or etags.names(wanted, tag):
        return Response(None, 304, told)
    return Response(body, 200, told, JSON)


def fixed(make: Callable[[], bytes]) -> Handler:
    """The handler of an answer that is made when it is first asked for."""
    made: list[tuple[bytes, str]] = []

    async def handler(request: Request) -> Response:
        if not made:
            body = make()
            made.append((body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'))
        return json_response(request, *made[0])

    return handler


def without_query(handler: Handler) -> Handler:
    """The handler for an address that takes no query parameter."""

    async def checked(request: Request) -> Response:
        if request.scope["query_string"]:
            named = next(iter(request.query_params), "")[:100]
            message = f"{request.scope['path']} takes no query parameters."
            problem = Problem("bad-parameter", message, "Leave the query out.", parameter=named)
            return of_error(problem, request.scope["govnet.request_id"])
        return await handler(request)

    return checked
