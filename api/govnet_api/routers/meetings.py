"""The agenda of the joint meeting, and what the cases teach: answers of several questions, put together."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI, Request, Response

from govnet_api.connection import Connection
from govnet_api.contract import meetings as spec
from govnet_api.files import as_file
from govnet_api.given import choice
from govnet_api.given import day as day_of
from govnet_api.operations import PREFIX
from govnet_api.routers.webhooks import number, one_of
from govnet_api.routing import add
from govnet_api.writing import guarded, kept_json
from govnet_graph.cases.agenda import FORMS, agenda, write
from govnet_graph.cases.lessons import lessons
from govnet_graph.settings import Settings


def register(app: FastAPI, connection: Connection, settings: Settings) -> None:
    """Adds ``/api/v1/agenda`` and ``/api/v1/lessons``."""

    async def made(request: Request) -> Response:
        given = one_of(request, "area", "month", "as_of", "days", "lang", "format")
        form, lang = choice(given, "format", tuple(FORMS), "json"), choice(given, "lang", ("zh", "en"), "zh")
        days, day = number(given, "days", 0, 400, 60), day_of(given, "as_of")
        await connection.state()
        graph = await connection.graph()
        found = await agenda(graph, area=given.get("area", ""), month=given.get("month", ""), as_of=day, days=days)
        content = await asyncio.to_thread(write, found, form, lang)
        return as_file(content, form, f"agenda-{found.area[0]}-{found.month}", {"cache-control": "no-store"})

    async def learnt(request: Request) -> Response:
        given = one_of(request, "area", "level", "from", "to", "as_of")
        level = choice(given, "level", ("Street", "Community"), "Street")
        first, last, day = (day_of(given, name) for name in ("from", "to", "as_of"))
        await connection.state()
        found = await lessons(
            await connection.graph(), area=given.get("area", ""), level=level, first=first, last=last, as_of=day,
            least=settings.least_count,
        )  # fmt: skip
        return kept_json(found.as_json())

    for path, work, name, tag in (
        ("agenda", made, "get_agenda", "resources"),
        ("lessons", learnt, "get_lessons", "cases"),
    ):
        add(app, f"{PREFIX}/{path}", guarded(work, writes=False), name=name, tag=tag, spec=spec.of(name))


__all__ = ["register"]
