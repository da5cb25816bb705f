"""The planners' page: its files as they were built, and the one document that stands at the address of each of its rooms.

Where it was not built the API is served all the same, and the addresses of the rooms say how to build it.
"""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI, Request, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from govnet_api.routing import add

BUILT = Path(str(files("govnet_api") / "static" / "app"))
#: Addresses of the rooms; those of web/src/app/rooms.ts, which a test compares.
ROOMS = (
    "/", "/matrix", "/gaps", "/plans", "/plans/{plan}", "/report", "/network", "/ledgers", "/ask", "/ask/{question}", "/entities/{id}",
)  # fmt: skip
_FOREVER = "public, max-age=31536000, immutable"
_PACKED = (("br", ".br"), ("gzip", ".gz"))


class Files(StaticFiles):
    """Files that were packed when they were built: sent packed to whoever takes that, and kept for ever where their name holds a hash."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, in the best packing that the request accepts."""
        chosen, coding = path, ""
        for name, ending in _PACKED:
            if name in _codings(scope) and (Path(str(self.directory)) / (path + ending)).is_file():
                chosen, coding = path + ending, name
                break
        response = await super().get_response(chosen, scope)
        if coding:
            response.headers["content-encoding"] = coding
            response.headers["content-type"] = mimetypes.guess_type(path)[0] or "application/octet-stream"
        response.headers["vary"] = "Accept-Encoding"
        response.headers["cache-control"] = _FOREVER if path.startswith("assets/") else "no-cache"
        return response


def _codings(scope: Scope) -> set[str]:
    """Names of the packings that a request accepts; one of quality 0 is refused."""
    accepted: dict[bytes, bytes] = scope["govnet.headers"]
    parts = accepted.get(b"accept-encoding", b"").decode("latin-1").lower().split(",")
    named = (part.split(";") for part in parts)
    return {name.strip() for name, *rest in named if not any(r.strip() in ("q=0", "q=0.0") for r in rest)}


def is_built() -> bool:
    """Whether the page is there to be served."""
    return (BUILT / "index.html").is_file()


def register(app: FastAPI) -> None:
    """Adds the rooms and ``/static/app``; only where the page was built."""
    served = Files(directory=BUILT)
    app.mount("/static/app", served, name="app")

    async def room(request: Request) -> Response:
        return await served.get_response("index.html", request.scope)

    for path in ROOMS:
        add(app, path, room, name=f"room {path}")


__all__ = ["BUILT", "ROOMS", "Files", "is_built", "register"]
