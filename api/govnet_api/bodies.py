"""Bodies of requests: read up to a limit, as an object of JSON or as an uploaded file."""

from __future__ import annotations

from typing import Any, TypeVar

import orjson
from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.types import Message

from govnet_api.errors import Problem
from govnet_api.middleware import MAX_BODY
from govnet_api.negotiate import JSON

_FORM = "multipart/form-data"
M = TypeVar("M", bound=BaseModel)


def _type(request: Request) -> str:
    headers: dict[bytes, bytes] = request.scope["govnet.headers"]
    return headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()


async def read_json(request: Request, largest: int = MAX_BODY) -> bytes:
    """The bytes of a JSON body; nothing for none. Raises Problem."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise Problem("body-too-large", f"The body is larger than {largest} bytes.")
    if body and _type(request) != JSON:
        raise Problem("unsupported-media-type", f"The body must be {JSON}.", "Send the header Content-Type.")
    return body


async def read_object(request: Request, largest: int = MAX_BODY) -> dict[str, Any]:
    """The object in a JSON body; an empty body is an empty object. Raises Problem."""
    body = await read_json(request, largest)
    if not body:
        return {}
    try:
        held = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Problem("invalid-request", f"The body is not JSON: {error.msg}.") from None
    if not isinstance(held, dict):
        raise Problem("invalid-request", "The body is not an object.")
    return held


async def read_model(request: Request, model: type[M], largest: int = MAX_BODY) -> M:
    """The JSON body as a model; an empty body is an empty object. Raises Problem, which names the member that is to blame."""
    body = await read_json(request, largest)
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Problem("invalid-request", f"{where or 'body'}: {first['msg']}.", parameter=where[:100]) from None


async def read_upload(request: Request, largest: int) -> tuple[str, bytes]:
    """(name, content) of the one file of a form, in the field ``file``. Raises Problem."""
    if _type(request) != _FORM:
        raise Problem("unsupported-media-type", f"The body must be {_FORM}.", "Send the file in the field `file`.")
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > largest:
            raise Problem("body-too-large", f"The body is larger than {largest} bytes.")
        return message

    try:
        # Files beyond a megabyte are put on disk while they come in.
        async with Request(request.scope, counted).form(max_files=1, max_fields=4, max_part_size=4096) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Problem(
                    "invalid-request", "file: is missing.", "Send the file in the field `file`.", parameter="file"
                )
            return file.filename or "ledger", await file.read()
    except (MultiPartException, HTTPException) as error:
        said = error.message if isinstance(error, MultiPartException) else str(error.detail)
        raise Problem("invalid-request", f"The form cannot be read: {said}") from None
