"""Answers to draw: the view of a question as nodes and relationships, for the page's network and other drawings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api import etags
from govnet_api.answers import CACHE, VARY, Services, unchanged
from govnet_api.contract import document
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import JSON, choose
from govnet_api.operations import PREFIX, Bound, Operation
from govnet_api.routing import Handler, add
from govnet_api.security import Caller, audit
from govnet_graph.errors import GovnetError, NotFound
from govnet_graph.questions import View, views
from govnet_graph.questions.values import today
from govnet_graph.store.driver import encode

_STRING: dict[str, Any] = {"type": "string"}
_OPTIONAL: dict[str, Any] = {"type": ["string", "null"]}
_DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}


def _object(description: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": dict(properties), "required": list(properties)}


SCHEMAS: Mapping[str, Any] = {
    "PictureNode": _object(
        "画出的事物 · A thing that is drawn. A member's name is the role title unless the key may see names.",
        {"id": _STRING, "label": _STRING, "name": _OPTIONAL, "title": _OPTIONAL, "synthetic": {"type": "boolean"}},
    ),
    "PictureRelationship": _object(
        "画出的联系 · A relationship that is drawn; both its ends are among the nodes.",
        {
            "id": _STRING, "type": _STRING, "from": _STRING, "to": _STRING, "role": _OPTIONAL, "programme": _OPTIONAL,
            "since": _DAY, "until": _DAY, "source": _OPTIONAL, "source_ref": _OPTIONAL, "synthetic": {"type": "boolean"},
        },
    ),
    "Picture": _object(
        "答案的图 · The answer to draw: what the rows of the question name, each once.",
        {
            "nodes": {"type": "array", "items": {"$ref": "#/components/schemas/PictureNode"}},
            "relationships": {"type": "array", "items": {"$ref": "#/components/schemas/PictureRelationship"}},
            "truncated": {"type": "boolean", "description": "是否有未画出的行或事物 · Whether rows or things were left out"},
            "as_of": {"type": "string", "format": "date"},
            "data_version": {"type": "integer"},
        },
    ),
}  # fmt: skip


class Drawn(Bound):
    """The address of a view: its question's parameters, without pages."""

    def __init__(self, view: View) -> None:
        asked = view.question
        super().__init__(Operation(f"/questions/{asked.id}/view", f"view_{asked.id}", "questions", asked.id), asked)
        self.view = view
        self.query_names -= {"cursor", "whole"}
        self.fingerprint = hashlib.blake2b(self.fingerprint + view.cypher.encode(), digest_size=12).digest()


def register(app: FastAPI, bounds: Sequence[Bound], services: Services) -> None:
    """Adds ``/api/v1/questions/{id}/view`` for each question that has a view."""
    for bound in bounds:
        view = views().get(bound.question.id)
        if view is not None and view.question is bound.question:
            drawn = Drawn(view)
            name = "view_" + bound.question.id.replace("-", "_")
            add(app, drawn.path, _handler(drawn, services), name=name, tag="questions", spec=_spec(drawn))
    add(app, f"{PREFIX}/questions/{{question}}/view", _no_such_view, name="no_such_view")


async def _no_such_view(request: Request) -> Response:
    asked = str(request.path_params["question"])[:100]
    error = NotFound(
        f"There is no view of a question {asked!r}.", hint=f"{PREFIX}/questions/{{id}}/definition says which has one."
    )
    return of_error(error, request.scope["govnet.request_id"])


def _handler(bound: Drawn, services: Services) -> Handler:
    async def draw(request: Request) -> Response:
        try:
            return await _draw(bound, services, request)
        except GovnetError as error:
            return of_error(error, request.scope["govnet.request_id"], bound.public)

    return draw


async def _draw(bound: Drawn, services: Services, request: Request) -> Response:
    headers: dict[bytes, bytes] = request.scope["govnet.headers"]
    caller: Caller = request.scope["govnet.caller"]
    if choose(headers.get(b"accept", b"").decode("latin-1"), (JSON,)) is None:
        raise Problem("not-acceptable", "The Accept header does not name JSON.", f"Send Accept: {JSON}.")
    given = bound.given(request.scope["query_string"], {})
    day = today()
    key = b"\0".join((bound.fingerprint, b"names" if caller.names else b"masked", repr(sorted(given.items())).encode()))
    wanted = headers.get(b"if-none-match", b"").decode("latin-1")
    if wanted and not etags.names_any(wanted):
        tag = etags.etag((await services.connection.state()).data_version, day, key)
        if etags.names(wanted, tag):
            return unchanged(tag)
    picture = await services.connection.see(bound.view, bound.for_question(given), names=caller.names, day=day)
    tag = etags.etag(picture.data_version, day, key)
    if wanted and etags.names_any(wanted):
        return unchanged(tag)
    if caller.names:
        audit.info(
            "names read key=%s route=%s rows=%d request=%s",
            caller.key, bound.path, len(picture.nodes), request.scope["govnet.request_id"],
        )  # fmt: skip
    body = orjson.dumps(picture.plain(), default=encode)
    return Response(body, 200, {"etag": tag, "cache-control": CACHE, "vary": VARY}, JSON)


def _spec(bound: Drawn) -> document.Spec:
    example = {
        "nodes": [
            {"id": "unit-a", "label": "Unit", "name": "甲单位", "title": None, "synthetic": True},
            {"id": "990101001001001", "label": "Grid", "name": "第一网格", "title": None, "synthetic": True},
        ],
        "relationships": [
            {
                "id": "PAIRED_WITH:unit-a>990101001001001", "type": "PAIRED_WITH", "from": "unit-a", "to": "990101001001001",
                "role": None, "programme": None, "since": "2026-01-01", "until": None, "source": "src-pairings",
                "source_ref": "row 2", "synthetic": True,
            }
        ],
        "truncated": False, "as_of": "2026-06-01", "data_version": 1,
    }  # fmt: skip
    return document.drawing(bound, f"{bound.view.text.zh} · {bound.view.text.en}", example)
