"""What a Neo4j Browser on this machine loads from here: guides, style and favourites. They hold texts, no data.

A Neo4j Browser is a page of another origin, and asks with headers of its own first; so these addresses, and only these,
may be read by any page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from fastapi import FastAPI, Request, Response

from govnet_api.routing import Handler, add
from govnet_graph import browser

_HOST = re.compile(r"(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?")
_LOOPBACK = ("127.0.0.1", "[::1]")
_OPEN = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET",
    "access-control-allow-headers": "*",  # Browser sends headers of its telemetry with every request
    "access-control-max-age": "600",
    "cache-control": "no-cache",
}


def origin(request: Request) -> str:
    """Where the caller finds this server; by the name localhost on this machine, because Neo4j Browser trusts that one."""
    found = _HOST.fullmatch(request.headers.get("host", ""))
    if found is None:
        return browser.ORIGIN
    name = "localhost" if found[1] in _LOOPBACK else found[1]
    return f"{request.url.scheme}://{name}{found[2] or ''}"


def register(app: FastAPI) -> None:
    """Adds ``/browser/guide``, one guide for each room of the catalogue, the style and the archive of favourites."""
    _add(app, "guide", "text/html", lambda: browser.guide().encode())
    for room in browser.ROOMS:
        _add(app, f"guide-{room.value}", "text/html", lambda room=room: browser.room_guide(room).encode())  # type: ignore[misc]
    _add(app, "govnet.grass", "text/plain", lambda: browser.style().encode())
    _add(app, "favourites.zip", "application/zip", browser.zipped)


def _add(app: FastAPI, name: str, media: str, make: Callable[[], bytes]) -> None:
    add(app, f"/browser/{name}", _handler(media, cache(make)), name=f"browser-{name}", methods=("GET", "OPTIONS"))


def _handler(media: str, make: Callable[[], bytes]) -> Handler:
    async def handler(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(None, 204, _OPEN)
        body = make()
        if media == "text/html":
            body = body.replace(browser.ORIGIN.encode(), origin(request).encode())
        charset = "" if media == "application/zip" else "; charset=utf-8"
        return Response(body, 200, {**_OPEN, "content-type": f"{media}{charset}"})

    return handler
