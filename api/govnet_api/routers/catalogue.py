"""The page of the catalogue: every question in words, with the Cypher that answers it, ready to paste."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape

from fastapi import FastAPI, Request, Response

from govnet_api import page
from govnet_api.connection import Connection
from govnet_api.contract import examples
from govnet_api.cypher_text import folded
from govnet_api.negotiate import language
from govnet_api.operations import PREFIX
from govnet_api.routers.browser import origin
from govnet_api.routing import add
from govnet_api.texts import say
from govnet_graph.browser import ROOMS
from govnet_graph.questions import Question
from govnet_graph.questions.model import Area


def register(app: FastAPI, found: Mapping[str, Question], connection: Connection) -> None:
    """Adds ``/questions``."""

    @lru_cache(maxsize=4)
    def rooms_of(home: str | None, lang: str) -> str:
        return "".join(_room(room, found, home, lang) for room in ROOMS)

    async def catalogue(request: Request) -> Response:
        asked = request.query_params.get("lang")
        lang = asked if asked in ("zh", "en") else language(request.headers.get("accept-language", ""))
        rooms = rooms_of(connection.home, lang)
        said = escape(say("catalogue.about", lang))
        commands = "".join(
            f"<li><code>{escape(text)}</code></li>"
            for text in (
                f":style {origin(request)}/browser/govnet.grass",
                f":play {origin(request)}/browser/guide",
                f"{origin(request)}/browser/favourites.zip",
            )
        )
        heading = say("catalogue.heading", lang)
        return page.html(heading, f"<h1>{escape(heading)}</h1><p>{said}</p><ul>{commands}</ul>{rooms}", lang)

    add(app, "/questions", catalogue, name="catalogue")


def _room(room: Area, found: Mapping[str, Question], home: str | None, lang: str) -> str:
    items = "".join(_question(q, home, lang) for q in found.values() if q.area is room)
    return f"<h2>{escape(getattr(ROOMS[room], lang))}</h2>{items}" if items else ""


def _question(question: Question, home: str | None, lang: str) -> str:
    given = {**examples.required(question), "as_of": examples.DAY}
    where = f"{PREFIX}/questions/{question.id}/definition"
    return (
        f'<section id="{escape(question.id)}"><h3>{escape(getattr(question.text, lang))} <code><a href="{where}">{escape(question.id)}</a></code></h3>'
        f"<p>{escape(getattr(question.grain, lang))}</p>{folded(question, given, home, lang)}</section>"
    )
