"""Standing questions, what they told, and their feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api.bodies import read_object
from govnet_api.contract import exchange as spec
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import language
from govnet_api.operations import PREFIX
from govnet_api.routers.webhooks import minding, number, one_of, only, text_in, told
from govnet_api.routing import Handler, add
from govnet_api.standing import Standing
from govnet_graph.cases.watches import feeds
from govnet_graph.cases.watches.cases import wanted_events
from govnet_graph.cases.watches.feeds import moment
from govnet_graph.cases.watches.model import Notice, Watch, WatchKind
from govnet_graph.cases.watches.questions import called, require_watchable
from govnet_graph.errors import GovnetError
from govnet_graph.questions import BadParameter, question
from govnet_graph.questions.values import today

ROOT = f"{PREFIX}/watches"
NOTICES = f"{PREFIX}/notices"
_IN_FEED = 50
_MOST = 200
_NO_STORE = {"cache-control": "no-store"}


def register(app: FastAPI, standing: Standing) -> None:
    """Adds the addresses under ``/api/v1/watches`` and ``/api/v1/notices``."""
    door = _Door(standing)
    for method, path, name, handler in (
        ("GET", "", "list_watches", _reading(door.listed)),
        ("POST", "", "add_watch", minding(door.added)),
        ("GET", "/{watch}", "get_watch", _reading(door.shown)),
        ("DELETE", "/{watch}", "remove_watch", minding(door.removed)),
        ("POST", "/{watch}/run", "run_watch", minding(door.run)),
        ("GET", "/{watch}/notices", "list_watch_notices", _reading(door.notices)),
        ("GET", "/{watch}/feed.atom", "watch_feed_atom", _reading(door.atom)),
        ("GET", "/{watch}/feed.json", "watch_feed_json", _reading(door.json)),
    ):
        add(app, ROOT + path, handler, name=name, tag="notices", spec=spec.of(name), methods=(method,))
    add(app, NOTICES, _reading(door.every), name="list_notices", tag="notices", spec=spec.of("list_notices"))


def _reading(work: Callable[[Request], Any]) -> Handler:
    async def handler(request: Request) -> Response:
        try:
            found: Response = await work(request)
        except GovnetError as error:
            return of_error(error, request.scope["govnet.request_id"])
        return found

    return handler


def watch_json(watch: Watch) -> dict[str, Any]:
    """A standing question as the API tells of it."""
    text, here = called(watch), f"{ROOT}/{watch.id}"
    return {
        "id": watch.id, "kind": watch.kind.value, "label": watch.label, "title": {"zh": text.zh, "en": text.en},
        "question": watch.question or None, "parameters": dict(watch.parameters), "webhooks": list(watch.webhooks),
        "author": watch.author, "created": moment(watch.created), "as_of": watch.day and watch.day.isoformat(),
        "data_version": watch.version, "evaluated": watch.evaluated and moment(watch.evaluated), "problem": watch.problem,
        "feeds": {"atom": f"{here}/feed.atom", "json": f"{here}/feed.json"},
    }  # fmt: skip


def notice_json(notice: Notice) -> dict[str, Any]:
    """A notice as the API tells of it."""
    return {
        "number": notice.number, "id": notice.id, "watch": notice.watch, "kind": notice.kind.value, "type": notice.type,
        "title": {"zh": notice.title.zh, "en": notice.title.en}, "created": moment(notice.created), "data": dict(notice.data),
    }  # fmt: skip


def parameters_in(body: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a body, as text. Raises Problem."""
    given = body.get("parameters", {})
    if not isinstance(given, dict):
        raise Problem("invalid-request", "parameters: is not an object.", parameter="parameters")
    found = {}
    for name, value in given.items():
        if isinstance(value, bool):
            found[name] = "true" if value else "false"
        elif isinstance(value, str | int):
            found[name] = str(value)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            found[name] = ",".join(value)
        else:
            raise Problem("invalid-request", f"parameters.{name[:100]}: is no text.", parameter="parameters")
    return {name: value for name, value in found.items() if value}


class _Door:
    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    async def _watch(self, request: Request) -> Watch:
        return await asyncio.to_thread(self._standing.watches.get, str(request.path_params["watch"])[:60])

    async def listed(self, request: Request) -> Response:
        """All standing questions."""
        one_of(request)
        return told({"items": [watch_json(w) for w in await asyncio.to_thread(self._standing.watches.list)]})

    async def added(self, request: Request) -> Response:
        """A new standing question. It is answered at once, so that only what changes later is told."""
        body = await read_object(request)
        only(body, "kind", "question", "parameters", "label", "webhooks")
        kind = text_in(body, "kind") or WatchKind.QUESTION.value
        if kind not in set(WatchKind):
            raise Problem(
                "invalid-request", f"kind: {kind[:40]!r} is not one of {', '.join(WatchKind)}.", parameter="kind"
            )
        given, webhooks = parameters_in(body), body.get("webhooks", [])
        if not isinstance(webhooks, list) or not all(isinstance(id_, str) for id_ in webhooks):
            raise Problem("invalid-request", "webhooks: is not a list of ids.", parameter="webhooks")
        watch_kind, asked = WatchKind(kind), text_in(body, "question", required=kind == WatchKind.QUESTION)
        home = (await self._standing.connection.state()).home
        if watch_kind is WatchKind.QUESTION:
            require_watchable(question(asked[:100]), given, home)
        else:
            asked = ""
            wanted_events(given)
        first = await self._standing.keeper.first(watch_kind, asked, given, today())
        made = await asyncio.to_thread(
            self._standing.watches.add, watch_kind, asked, given, label=text_in(body, "label"), webhooks=webhooks,
            author=request.scope["govnet.author"], first=first,
        )  # fmt: skip
        return told(watch_json(made), 201, location=f"{ROOT}/{made.id}")

    async def shown(self, request: Request) -> Response:
        """One standing question."""
        one_of(request)
        return told(watch_json(await self._watch(request)))

    async def removed(self, request: Request) -> Response:
        """Ask it no more."""
        await asyncio.to_thread(self._standing.watches.remove, (await self._watch(request)).id)
        return Response(None, 204, _NO_STORE)

    async def run(self, request: Request) -> Response:
        """Answer it now; the notices that this made."""
        made = await self._standing.keeper.evaluate(await self._watch(request))
        if made:
            self._standing.dispatcher.hurry()
        return told({"items": [notice_json(notice) for notice in made]})

    async def notices(self, request: Request) -> Response:
        """What one standing question told, newest first."""
        return await self._page(request, (await self._watch(request)).id)

    async def every(self, request: Request) -> Response:
        """What all told, newest first."""
        return await self._page(request, None)

    async def _page(self, request: Request, watch: str | None) -> Response:
        given = one_of(request, "before", "after", "limit")
        limit = number(given, "limit", 1, _MOST, 50)
        before, after = number(given, "before", 1, 10**15 - 1, -1), number(given, "after", 0, 10**15 - 1, -1)
        found = await asyncio.to_thread(
            self._standing.watches.notices, watch=watch, before=before if before >= 0 else None,
            after=after if after >= 0 else None, limit=limit,
        )  # fmt: skip
        following = found[-1].number if len(found) == limit else None
        return told({"items": [notice_json(notice) for notice in found], "next": following})

    async def _told(self, request: Request) -> tuple[Watch, Sequence[Notice], str, str]:
        asked = one_of(request, "lang").get("lang")
        if asked not in (None, "zh", "en"):
            raise BadParameter("lang", f"Parameter lang: {asked[:40]!r} is neither zh nor en.")
        lang = asked if asked in ("zh", "en") else language(request.headers.get("accept-language", ""))
        watch = await self._watch(request)
        found = await asyncio.to_thread(self._standing.watches.notices, watch=watch.id, limit=_IN_FEED)
        return watch, found, str(request.base_url).rstrip("/") + f"{ROOT}/{watch.id}", lang

    async def atom(self, request: Request) -> Response:
        """An Atom feed of its notices."""
        watch, found, address, lang = await self._told(request)
        return Response(feeds.atom(watch, called(watch), found, address, lang), 200, _FEED, "application/atom+xml")

    async def json(self, request: Request) -> Response:
        """A JSON Feed of its notices."""
        watch, found, address, lang = await self._told(request)
        body = orjson.dumps(feeds.json_feed(watch, called(watch), found, address, lang))
        return Response(body, 200, _FEED, "application/feed+json")


_FEED = {"cache-control": "private, max-age=60", "vary": "Accept-Language, Authorization, X-API-Key"}
