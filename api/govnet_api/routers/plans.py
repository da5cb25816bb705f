"""The life of a plan: written down, looked at, edited, solved anew, compared, decided, applied, taken back.

Plans and their changes are listed by questions, like everything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api import etags
from govnet_api.answers import CACHE, VARY, unchanged
from govnet_api.bodies import read_model
from govnet_api.connection import Connection
from govnet_api.contract import plans as spec
from govnet_api.errors import Problem
from govnet_api.guarded import Access, Work, answered, guarded
from govnet_api.jobs import Halted, Job
from govnet_api.negotiate import JSON
from govnet_api.operations import PREFIX
from govnet_api.planning import Again, ByHand, Edit, Nothing, Refusal, Why
from govnet_api.routers.results import Solving
from govnet_api.routing import add
from govnet_api.security import audit
from govnet_graph.changes import Summary, undo
from govnet_graph.changes.proposals import (
    HandEdits,
    Proposal,
    apply,
    approve,
    by_hand,
    compare,
    discard,
    edit,
    preview,
    read,
    refuse,
    resolve,
)
from govnet_graph.planner.model import Timer
from govnet_graph.questions.values import today
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph

ROOT = f"{PREFIX}/plans"
Telling = Callable[[Graph], Awaitable[dict[str, Any]]]


def register(app: FastAPI, connection: Connection, settings: Settings, solving: Solving) -> None:
    """Adds what is done with plans under ``/api/v1/plans``."""
    door = _Door(connection, settings, solving)
    routes: tuple[tuple[str, str, str, Work], ...] = (
        ("POST", "", "create_plan", door.created),
        ("GET", "/compare", "compare_plans", door.compared),
        ("GET", "/{plan}/proposal", "get_proposal", door.shown),
        ("GET", "/{plan}/preview", "preview_plan", door.previewed),
        ("POST", "/{plan}/edit", "edit_plan", door.edited),
        ("POST", "/{plan}/resolve", "resolve_plan", door.resolved),
        ("POST", "/{plan}/approve", "approve_plan", door.approved),
        ("POST", "/{plan}/refuse", "refuse_plan", door.refused),
        ("POST", "/{plan}/discard", "discard_plan", door.discarded),
        ("POST", "/{plan}/apply", "apply_plan", door.applied),
        ("POST", "/{plan}/undo", "undo_plan", door.undone),
    )
    for method, path, name, work in routes:
        access = Access.READ if method == "GET" else Access.WRITE
        add(app, ROOT + path, guarded(work, access), name=name, tag="plans", spec=spec.of(name), methods=(method,))


def applied_json(summary: Summary) -> dict[str, Any]:
    """What applying a plan did."""
    return {
        "plan": summary.plan,
        "state": "applied",
        "created": summary.created,
        "changed": summary.changed,
        "ended": summary.ended,
        "already": summary.already,
        "data_version": summary.data_version,
    }


class _Door:
    def __init__(self, connection: Connection, settings: Settings, solving: Solving) -> None:
        self._connection = connection
        self._settings = settings
        self._solving = solving

    async def created(self, request: Request) -> Response:
        """Write a plan down by hand."""
        body = await read_model(request, ByHand)
        wanted = HandEdits(add=tuple(body.add), remove=tuple(body.remove), leave=tuple(body.leave))
        plan = await by_hand(
            await self._connection.graph(), wanted, area=body.area, as_of=body.as_of, name=body.name, reason=body.reason,
            author=request.scope["govnet.author"],
        )  # fmt: skip
        return self._written(request, "propose", plan, 201)

    def _written(self, request: Request, what: str, plan: Proposal, status: int = 200) -> Response:
        audit.info(
            "%s plan=%s author=%s request=%s",
            what,
            plan.id,
            request.scope["govnet.author"],
            request.scope["govnet.request_id"],
        )
        more = {"location": f"{ROOT}/{plan.id}/proposal"} if status == 201 else {}
        return answered(plan.as_json(), status, **more)

    async def _told(self, request: Request, tell: Telling, key: str) -> Response:
        """What the graph says now, with a tag of the version of its data."""
        state = await self._connection.state()
        said = hashlib.sha256(f"{request.url.path}?{key}".encode()).digest()
        tag = etags.etag(state.data_version, today(), said)
        wanted = request.scope["govnet.headers"].get(b"if-none-match", b"").decode("latin-1")
        if wanted and (etags.names_any(wanted) or etags.names(wanted, tag)):
            return unchanged(tag)
        told = await tell(await self._connection.graph())
        headers = {"etag": tag, "cache-control": CACHE, "vary": VARY}
        return Response(orjson.dumps({"data_version": state.data_version, **told}), 200, headers, JSON)

    async def shown(self, request: Request) -> Response:
        """A proposal as a whole."""
        plan = request.path_params["plan"]

        async def tell(graph: Graph) -> dict[str, Any]:
            return (await read(graph, plan)).as_json()

        return await self._told(request, tell, "")

    async def previewed(self, request: Request) -> Response:
        """What applying a plan would do now."""
        plan = request.path_params["plan"]
        return await self._told(request, lambda graph: preview(graph, plan), "")

    async def compared(self, request: Request) -> Response:
        """Plans side by side."""
        given = request.query_params
        if unknown := sorted(set(given) - {"plans"}):
            raise Problem(
                "bad-parameter", f"{ROOT}/compare takes no query parameter {unknown[0][:100]!r}.", "It takes: plans.",
                parameter=unknown[0][:100],
            )  # fmt: skip
        wanted = given.getlist("plans")
        if len(wanted) != 1:
            raise Problem("bad-parameter", "plans: is missing or given twice.", "Send plans=a,b.", parameter="plans")
        return await self._told(request, lambda graph: compare(graph, wanted[0].split(",")), wanted[0])

    async def edited(self, request: Request) -> Response:
        """Edit a plan by hand; the outcome is a plan of its own."""
        body = await read_model(request, Edit)
        wanted = HandEdits(
            *(tuple(getattr(body, name)) for name in ("add", "remove", "lock", "forbid", "unlock", "leave"))
        )
        plan = await edit(
            await self._connection.graph(), request.path_params["plan"], wanted, name=body.name or "", reason=body.reason,
            author=request.scope["govnet.author"], keep_former=body.keep,
        )  # fmt: skip
        return self._written(request, "edit", plan, 201)

    async def resolved(self, request: Request) -> Response:
        """Compute a plan anew around its locks; what takes long is a job."""
        body = await read_model(request, Again)
        former, author = request.path_params["plan"], request.scope["govnet.author"]
        graph = await self._connection.graph()
        await read(graph, former)
        limit = body.time_limit or self._settings.solve_seconds

        async def work(job: Job) -> dict[str, Any]:
            watch = Timer(limit, lambda *found: job.better("resolve", *found), lambda: job.stop)
            again = await self._connection.graph()
            plan = await resolve(
                again,
                former,
                name=body.name or "",
                reason=body.reason,
                author=author,
                watch=watch,
                keep_former=body.keep,
            )
            told = {**plan.as_json(), "data_version": plan.base_version}
            if job.stop:
                raise Halted(told)
            return told

        key = f"{former}:{body.model_dump_json()}"
        return await self._solving.run(request, "resolve", key, work, usual=5.0, status=201)

    async def approved(self, request: Request) -> Response:
        """Approve a plan."""
        body = await read_model(request, Why)
        plan = await approve(
            await self._connection.graph(), request.path_params["plan"], author=request.scope["govnet.author"],
            reason=body.reason, own=self._settings.approve_own,
        )  # fmt: skip
        return self._written(request, "approve", plan)

    async def refused(self, request: Request) -> Response:
        """Refuse a plan."""
        body = await read_model(request, Refusal)
        plan = await refuse(
            await self._connection.graph(), request.path_params["plan"], author=request.scope["govnet.author"],
            reason=body.reason,
        )  # fmt: skip
        return self._written(request, "refuse", plan)

    async def discarded(self, request: Request) -> Response:
        """Give a plan up."""
        body = await read_model(request, Why)
        plan = await discard(
            await self._connection.graph(), request.path_params["plan"], author=request.scope["govnet.author"],
            reason=body.reason,
        )  # fmt: skip
        return self._written(request, "discard", plan)

    async def applied(self, request: Request) -> Response:
        """Apply a plan in one transaction."""
        await read_model(request, Nothing)
        author = request.scope["govnet.author"]
        summary = await apply(await self._connection.graph(), request.path_params["plan"], author=author)
        audit.info("apply plan=%s author=%s request=%s", summary.plan, author, request.scope["govnet.request_id"])
        return answered(applied_json(summary))

    async def undone(self, request: Request) -> Response:
        """Take back everything that a plan, an import or an edit did."""
        body = await read_model(request, Why)
        plan, author = request.path_params["plan"], request.scope["govnet.author"]
        graph = await self._connection.graph()
        summary = await undo(graph, plan, author=author, reason=body.reason or f"undo {plan}")
        audit.info("undo plan=%s author=%s request=%s", plan, author, request.scope["govnet.request_id"])
        return answered(
            {
                "plan": plan,
                "state": summary.state,
                "undone_by": None if summary.already else summary.plan,
                "withdrawn": summary.withdrawn,
                "restored": summary.changed,
                "already": summary.already,
                "data_version": summary.data_version,
            }
        )
