"""The three lists at work: needs and projects put on, met, started, finished. What is asked of them are questions like all others."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

from govnet_api.bodies import read_model
from govnet_api.connection import Connection
from govnet_api.contract import lists as spec
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.security import audit
from govnet_api.writing import guarded, kept_json, request_key
from govnet_graph.cases.lists import ListRequest, Thing, take_list_step


def register(app: FastAPI, connection: Connection) -> None:
    """Adds what changes needs under ``/api/v1/needs`` and projects under ``/api/v1/projects``."""
    door = _Door(connection)
    for path, name, work in (
        ("needs", "open_need", door.opened),
        ("needs/{id}/steps", "take_need_step", door.need),
        ("projects", "plan_project", door.planned),
        ("projects/{id}/steps", "take_project_step", door.project),
    ):
        handler = guarded(work, writes=True)
        add(app, f"{PREFIX}/{path}", handler, name=name, tag="resources", spec=spec.of(name), methods=("POST",))


class _Door:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def opened(self, request: Request) -> Response:
        """Put a need on the list."""
        return await self._take(request, spec.NeedBody, Thing.NEED, "open")

    async def need(self, request: Request) -> Response:
        """Take a step with a need."""
        return await self._take(request, spec.NeedStepBody, Thing.NEED)

    async def planned(self, request: Request) -> Response:
        """Put a project on the list."""
        return await self._take(request, spec.ProjectBody, Thing.PROJECT, "plan")

    async def project(self, request: Request) -> Response:
        """Take a step with a project."""
        return await self._take(request, spec.ProjectStepBody, Thing.PROJECT)

    async def _take(self, request: Request, model: type[BaseModel], thing: Thing, makes: str = "") -> Response:
        given: dict[str, Any] = (await read_model(request, model)).model_dump()
        for name in ("services", "for_needs"):
            if name in given:
                given[name] = tuple(given[name])
        given.setdefault("step", makes)
        author = request.scope["govnet.author"]
        await self._connection.state()
        asked = ListRequest(
            thing=thing, id=request.path_params.get("id", ""), author=author, key=request_key(request), **given
        )
        done = await take_list_step(await self._connection.graph(), asked)
        audit.info(
            "list step id=%s step=%s author=%s plan=%s already=%s request=%s", done.id, done.step, author, done.plan, done.already,
            request.scope["govnet.request_id"],
        )  # fmt: skip
        if not makes:
            return kept_json(asdict(done))
        place = f"{PREFIX}/{'needs' if thing is Thing.NEED else 'projects'}/{done.id}"
        return kept_json(asdict(done), 200 if done.already else 201, location=place)


__all__ = ["register"]
