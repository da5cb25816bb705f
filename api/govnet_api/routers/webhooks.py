"""Webhooks: who is told; what was sent, what was given up, sending it again. A secret is shown once and never again."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api.bodies import read_object
from govnet_api.contract import exchange as spec
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import JSON
from govnet_api.operations import PREFIX
from govnet_api.routing import Handler, add
from govnet_api.security import Caller, audit
from govnet_api.standing import Standing
from govnet_graph.cases.notify.outbox import Delivery, DeliveryState
from govnet_graph.cases.notify.webhooks import Webhook
from govnet_graph.cases.watches.feeds import moment
from govnet_graph.errors import GovnetError, NotFound
from govnet_graph.keys import Scope
from govnet_graph.questions import BadParameter

ROOT = f"{PREFIX}/webhooks"
_KEPT = {"cache-control": "no-store"}
_MOST = 1000
Work = Any


def register(app: FastAPI, standing: Standing) -> None:
    """Adds the addresses under ``/api/v1/webhooks``."""
    door = _Door(standing)
    for method, path, name, work in (
        ("GET", "", "list_webhooks", door.listed),
        ("POST", "", "add_webhook", door.added),
        ("GET", "/{webhook}", "get_webhook", door.shown),
        ("DELETE", "/{webhook}", "remove_webhook", door.removed),
        ("POST", "/{webhook}/test", "test_webhook", door.tested),
        ("GET", "/{webhook}/deliveries", "list_deliveries", door.deliveries),
        ("POST", "/{webhook}/deliveries/{delivery}/replay", "replay_delivery", door.replayed),
    ):
        add(app, ROOT + path, minding(work), name=name, tag="notices", spec=spec.of(name), methods=(method,))


def minding(work: Work) -> Handler:
    """The handler of an address for those who may decide what is watched and told."""

    async def handler(request: Request) -> Response:
        scope = request.scope
        try:
            caller: Caller = scope["govnet.caller"]
            scope["govnet.author"] = caller.acting(scope["govnet.headers"], "mind webhooks and watches", Scope.WEBHOOKS)
            found: Response = await work(request)
        except GovnetError as error:
            return of_error(error, scope["govnet.request_id"])
        return found

    handler.__name__ = work.__name__
    return handler


def told(value: Any, status: int = 200, **headers: str) -> Response:
    """A JSON answer that is not to be kept."""
    return Response(orjson.dumps(value), status, {**_KEPT, **headers}, JSON)


def one_of(request: Request, *taken: str) -> dict[str, str]:
    """The query parameters of a request. Raises BadParameter for one that is not taken, empty or given twice."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in taken:
            known = ", ".join(taken)
            raise BadParameter(
                name[:100], f"{request.scope['path'][:200]} takes no query parameter {name[:100]!r}.",
                hint=f"It takes: {known}." if known else "Leave the query out.",
            )  # fmt: skip
        if name in given or not value:
            raise BadParameter(name, f"Parameter {name!r} is empty or given twice.")
        given[name] = value
    return given


def number(given: dict[str, str], name: str, low: int, high: int, default: int) -> int:
    """A whole number among the query parameters. Raises BadParameter."""
    text = given.get(name)
    if text is None:
        return default
    if not (text.isdecimal() and text.isascii() and len(text) <= 16 and low <= int(text) <= high):
        raise BadParameter(name, f"Parameter {name}: {text[:40]!r} is not a whole number between {low} and {high}.")
    return int(text)


def text_in(body: dict[str, Any], name: str, *, required: bool = False) -> str:
    """A text of a body. Raises Problem."""
    value = body.get(name, "")
    if not isinstance(value, str) or (required and not value):
        raise Problem("invalid-request", f"{name}: is {'missing' if not value else 'not a text'}.", parameter=name)
    return value


def only(body: dict[str, Any], *taken: str) -> None:
    """Raise Problem where a body holds something else."""
    for name in body:
        if name not in taken:
            raise Problem(
                "invalid-request",
                f"{name[:100]}: is not taken here.",
                f"Taken are {', '.join(taken)}.",
                parameter=name[:100],
            )


def webhook_json(webhook: Webhook) -> dict[str, Any]:
    """A webhook as the API tells of it: without its secret."""
    return {
        "id": webhook.id, "url": webhook.url, "label": webhook.label, "author": webhook.author,
        "created": moment(webhook.created), "disabled": webhook.disabled,
    }  # fmt: skip


def delivery_json(delivery: Delivery) -> dict[str, Any]:
    """A delivery as the API tells of it."""
    return {
        "id": delivery.id, "message": delivery.message, "type": delivery.type, "webhook": delivery.webhook,
        "state": delivery.state.value, "attempts": delivery.attempts, "created": moment(delivery.created),
        "tried": moment(delivery.tried) if delivery.tried is not None else None,
        "due": moment(delivery.due) if delivery.state is DeliveryState.WAITING else None,
        "status": delivery.status, "error": delivery.error,
    }  # fmt: skip


class _Door:
    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    async def _webhook(self, request: Request) -> Webhook:
        return await asyncio.to_thread(self._standing.webhooks.get, str(request.path_params["webhook"])[:60])

    async def listed(self, request: Request) -> Response:
        """All webhooks."""
        one_of(request)
        found = await asyncio.to_thread(self._standing.webhooks.list)
        return told({"items": [webhook_json(webhook) for webhook in found]})

    async def added(self, request: Request) -> Response:
        """A new webhook, with its secret this once."""
        body = await read_object(request)
        only(body, "url", "label")
        url, label, author = text_in(body, "url", required=True), text_in(body, "label"), request.scope["govnet.author"]
        made, secret = await asyncio.to_thread(self._standing.webhooks.add, url, label=label, author=author)
        audit.info("webhook added id=%s author=%s request=%s", made.id, author, request.scope["govnet.request_id"])
        return told({**webhook_json(made), "secret": secret}, 201, location=f"{ROOT}/{made.id}")

    async def shown(self, request: Request) -> Response:
        """One webhook."""
        one_of(request)
        return told(webhook_json(await self._webhook(request)))

    async def removed(self, request: Request) -> Response:
        """Forget a webhook and what was still to be sent to it."""
        found = await self._webhook(request)
        await asyncio.to_thread(self._standing.webhooks.remove, found.id)
        author = request.scope["govnet.author"]
        audit.info("webhook removed id=%s author=%s request=%s", found.id, author, request.scope["govnet.request_id"])
        return Response(None, 204, _KEPT)

    async def tested(self, request: Request) -> Response:
        """Send a test now and say what came of it."""
        found = await self._webhook(request)
        delivery = await asyncio.to_thread(self._standing.outbox.test, found.id)
        await self._standing.dispatcher.attempt(delivery)
        return told(delivery_json(await asyncio.to_thread(self._standing.outbox.get, delivery)))

    async def deliveries(self, request: Request) -> Response:
        """What was sent, waits, or was given up, newest first."""
        given = one_of(request, "state", "before", "limit")
        found = await self._webhook(request)
        state = given.get("state")
        if state is not None and state not in set(DeliveryState):
            raise BadParameter("state", f"Parameter state: {state[:40]!r} is not one of {', '.join(DeliveryState)}.")
        limit = number(given, "limit", 1, _MOST, 100)
        before = number(given, "before", 1, 10**15 - 1, 0) or None
        items = await asyncio.to_thread(
            self._standing.outbox.list,
            webhook=found.id,
            state=DeliveryState(state) if state else None,
            before=before,
            limit=limit,
        )
        following = items[-1].id if len(items) == limit else None
        return told({"items": [delivery_json(item) for item in items], "next": following})

    async def replayed(self, request: Request) -> Response:
        """Send what was given up, or taken, once more."""
        webhook, text = await self._webhook(request), str(request.path_params["delivery"])
        if not (text.isdecimal() and text.isascii() and len(text) < 16):
            raise NotFound(f"There is no delivery {text[:40]!r}.", hint="Ids of deliveries are numbers.")
        if (await asyncio.to_thread(self._standing.outbox.get, int(text))).webhook != webhook.id:
            raise NotFound(f"There is no delivery {text} of {webhook.id}.")
        again = await asyncio.to_thread(self._standing.outbox.replay, int(text))
        self._standing.dispatcher.hurry()
        return told(delivery_json(again), 202)
