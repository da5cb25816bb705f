"""What doors that write have in common: who it is by, the body, the request key, an answer that is not kept."""

from __future__ import annotations

import re
from typing import Any

import orjson
from fastapi import Request, Response

from govnet_api.errors import of_error
from govnet_api.negotiate import JSON
from govnet_api.routers.webhooks import one_of
from govnet_api.routing import Handler
from govnet_api.security import Caller
from govnet_graph.errors import GovnetError
from govnet_graph.questions import BadParameter
from govnet_graph.store.driver import encode

MAX_KEY = 200
_KEPT = {"cache-control": "no-store"}
_KEY = re.compile(rf"[\x21-\x7e]{{1,{MAX_KEY}}}")


def guarded(work: Any, *, writes: bool) -> Handler:
    """The handler of a door: errors become problems; where it ``writes``, its author is known first and no query is taken."""

    async def handler(request: Request) -> Response:
        scope = request.scope
        try:
            if writes:
                caller: Caller = scope["govnet.caller"]
                scope["govnet.author"] = caller.author(scope["govnet.headers"])
                one_of(request)
            found: Response = await work(request)
        except GovnetError as error:
            return of_error(error, scope["govnet.request_id"])
        return found

    handler.__name__ = work.__name__
    return handler


def kept_json(value: Any, status: int = 200, **headers: str) -> Response:
    """A JSON answer that nobody keeps."""
    return Response(orjson.dumps(value, default=encode), status, {**_KEPT, **headers}, JSON)


def request_key(request: Request) -> str:
    """The request key that came along. Raises BadParameter."""
    given: bytes | None = request.scope["govnet.headers"].get(b"idempotency-key")
    if given is None:
        return ""
    text = given.decode("latin-1")
    if not _KEY.fullmatch(text):
        raise BadParameter(
            "Idempotency-Key", "The Idempotency-Key is empty, too long, or holds other than visible ASCII characters."
        )
    return text
