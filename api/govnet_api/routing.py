"""Registers addresses with the application, and finds the one of a request without trying all in turn.

The framework compares an address with every route one after the other, and resolves dependencies that ours do not have;
with a hundred routes that costs more than everything else that is done for a request here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

Handler = Callable[[Request], Awaitable[Response]]


class Direct(APIRoute):
    """A route whose function takes the request and gives the response itself: nothing is resolved or validated for it."""

    allowed: frozenset[str] = frozenset()  # the methods of its whole path, of which this route may take one

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the function answer, or say with 405 which methods the path takes.

        The framework would name the methods of this route alone, though the path has a route for each of its methods.
        """
        if scope["method"] not in (self.methods or ()):
            allowed = self.allowed or frozenset(self.methods or ())
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
        response: Response = await self.endpoint(Request(scope, receive, send))
        await response(scope, receive, send)


def add(
    app: FastAPI,
    path: str,
    handler: Handler,
    *,
    name: str,
    tag: str = "",
    spec: Mapping[str, Any] | None = None,
    methods: Sequence[str] = ("GET",),
) -> None:
    """One route, for GET unless said otherwise, whose description is ``spec``; without one it is left out of the document."""
    app.router.add_api_route(
        path,
        handler,
        methods=list(methods),
        operation_id=name,
        name=name,
        tags=[tag] if tag else None,
        response_class=Response,
        response_model=None,
        include_in_schema=spec is not None,
        openapi_extra=dict(spec) if spec is not None else None,
        route_class_override=Direct,
    )


class Index(BaseRoute):
    """Stands before all routes and hands a request to the one that matches: by its whole path, else by its shape.

    Parameters
    ----------
    routes : sequence of BaseRoute
        All routes of the application, in the order in which they would be tried.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._exact: dict[str, list[Direct]] = {}
        self._shaped: dict[tuple[int, str], list[Direct]] = {}
        direct = [route for route in routes if isinstance(route, Direct)]
        methods: dict[str, set[str]] = {}
        for route in direct:
            methods.setdefault(route.path, set()).update(route.methods or ())
            if "{" not in route.path:
                self._exact.setdefault(route.path, []).append(route)
            else:
                self._shaped.setdefault(_shape(route.path), []).append(route)
        for route in direct:
            route.allowed = frozenset(methods[route.path])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The full match of an indexed route; none leaves the request to the framework, with its 404 and 405."""
        if scope["type"] == "http" and not scope.get("root_path"):
            path: str = scope["path"]
            for route in self._exact[path] if path in self._exact else self._shaped.get(_shape(path), []):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    return match, found
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that matched answer; its match has put it into the scope."""
        await scope["route"].handle(scope, receive, send)


def _shape(path: str) -> tuple[int, str]:
    """Number of segments and the theme, which is the third: /api/v1/members/…"""
    parts = path.split("/")
    return len(parts), parts[3] if len(parts) > 3 else ""
