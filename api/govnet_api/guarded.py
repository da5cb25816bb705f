"""Who may do what at an address, and errors as problems: the same around every handler that is not a mere question."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any

import orjson
from fastapi import Request, Response

from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import JSON
from govnet_api.routing import Handler
from govnet_api.security import Caller
from govnet_graph.errors import GovnetError

Work = Callable[[Request], Awaitable[Response]]
_KEY = re.compile(rb"[A-Za-z0-9._-]{1,100}")
KEPT = {"cache-control": "no-store"}


class Access(Enum):
    """What a caller must be allowed to do."""

    READ = "read"
    #: Have the server compute: whoever may read may, but no page of another site.
    COMPUTE = "compute"
    WRITE = "write"


def guarded(work: Work, access: Access) -> Handler:
    """The handler of an address: who may not do it is refused, our own errors become problems."""

    async def handler(request: Request) -> Response:
        scope = request.scope
        try:
            caller: Caller = scope["govnet.caller"]
            if access is Access.WRITE:
                scope["govnet.author"] = caller.author(scope["govnet.headers"])
            elif access is Access.COMPUTE:
                scope["govnet.author"] = caller.asker(scope["govnet.headers"])
            return await work(request)
        except GovnetError as error:
            return of_error(error, scope["govnet.request_id"])

    handler.__name__ = work.__name__
    return handler


def answered(value: Any, status: int = 200, **headers: str) -> Response:
    """A value as JSON that is not to be kept."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Response(orjson.dumps(value), status, {**KEPT, **named}, JSON)


def repeated(request: Request) -> str:
    """What says that a request is the same one again, by the header Idempotency-Key; empty where it is not sent. Raises Problem."""
    headers: dict[bytes, bytes] = request.scope["govnet.headers"]
    key = headers.get(b"idempotency-key")
    if key is None:
        return ""
    if not _KEY.fullmatch(key):
        raise Problem(
            "bad-parameter", "The Idempotency-Key holds other characters than letters, digits, dots and dashes, or too many.",
            "Send 1 to 100 of A-Z, a-z, 0-9, dot, underscore and hyphen.", parameter="Idempotency-Key",
        )  # fmt: skip
    return f"{request.scope['govnet.author']}:{key.decode()}"
