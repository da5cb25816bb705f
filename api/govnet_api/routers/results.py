"""What the planner computes: each kind of result is an address. What takes long is a job that can be watched and stopped."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api import etags
from govnet_api.bodies import read_model, read_object
from govnet_api.connection import Connection
from govnet_api.contract import plans as spec
from govnet_api.errors import Problem
from govnet_api.fixed import fixed
from govnet_api.guarded import Access, Work, answered, guarded, repeated
from govnet_api.jobs import SOLVES, Halted, Job, Jobs
from govnet_api.operations import PREFIX
from govnet_api.planning import MOST_SECONDS, asking_model
from govnet_api.routing import add
from govnet_api.security import Caller, audit
from govnet_graph.changes.proposals import Solved, checked, propose, solve
from govnet_graph.planner import RESULTS
from govnet_graph.planner.kinds import options_of
from govnet_graph.planner.model import Timer
from govnet_graph.questions.values import today
from govnet_graph.settings import Settings

ROOT = f"{PREFIX}/plans/results"
CHECK = f"{PREFIX}/plans/check"
#: Largest certificate that is checked, in bytes.
LARGEST = 50_000_000
_MOST_WAIT = 30.0
#: Seconds that a request waits for its answer unless it says otherwise, then it is given the job.
_WAIT, _LONG_WAIT = 5.0, 2.0


def register(app: FastAPI, connection: Connection, settings: Settings, jobs: Jobs) -> Solving:
    """Adds ``/api/v1/plans/results`` with an address for each kind below it, and ``/api/v1/plans/check``; what runs solves."""
    door = Solving(connection, settings, jobs)
    add(
        app,
        ROOT,
        fixed(lambda: orjson.dumps({"items": kinds()})),
        name="list_results",
        tag="plans",
        spec=spec.of("list_results"),
    )
    for name in RESULTS:
        handler = guarded(_asked(door, name), Access.COMPUTE)
        add(
            app, f"{ROOT}/{name}", handler, name=spec.operation_of(name), tag="plans", spec=spec.asking(name),
            methods=("POST",),
        )  # fmt: skip
    handler = guarded(door.check, Access.COMPUTE)
    add(
        app, CHECK, handler, name="check_certificate", tag="plans", spec=spec.of("check_certificate"), methods=("POST",)
    )
    return door


def kinds() -> list[dict[str, Any]]:
    """Every kind of result with its options, as plain data."""
    return [
        {
            "name": kind.name,
            "text": {"zh": kind.text.zh, "en": kind.text.en},
            "long": kind.long,
            "address": f"{ROOT}/{kind.name}",
            "options": [
                {
                    "name": o.name, "type": o.type, "text": {"zh": o.text.zh, "en": o.text.en}, "required": o.required,
                    "default": list(o.default) if isinstance(o.default, tuple) else o.default, "unit": o.unit or None,
                    "minimum": o.minimum, "maximum": o.maximum, "choices": list(o.choices), "entity": o.entity or None,
                }
                for o in options_of(kind.options)
            ],
        }
        for kind in RESULTS.values()
    ]  # fmt: skip


def _asked(door: Solving, name: str) -> Work:
    async def asked(request: Request) -> Response:
        return await door.asked(request, name)

    return asked


def seconds_to_wait(prefer: str, usual: float) -> float:
    """How long a caller wants to wait for an answer, by the header Prefer (RFC 7240); ``usual`` where it does not say.

    >>> seconds_to_wait("respond-async", 5.0), seconds_to_wait("wait=2", 5.0), seconds_to_wait("", 5.0)
    (0.0, 2.0, 5.0)
    """
    for part in prefer.lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "respond-async":
            return 0.0
        if name == "wait" and value.strip('"').isdigit() and len(value) < 6:
            return min(float(value.strip('"')), _MOST_WAIT)
    return usual


class Solving:
    """Runs solves as jobs, and answers at once those that end soon."""

    def __init__(self, connection: Connection, settings: Settings, jobs: Jobs) -> None:
        self._connection = connection
        self._settings = settings
        self._jobs = jobs

    async def asked(self, request: Request, name: str) -> Response:
        """One kind of result: the answer where it is there in time, else the job."""
        body: Any = await read_model(request, asking_model(name))
        save = getattr(body, "save", None)
        if save is not None:
            caller: Caller = request.scope["govnet.caller"]
            request.scope["govnet.author"] = caller.author(request.scope["govnet.headers"])
        author = request.scope["govnet.author"]
        given = body.options.model_dump(exclude_none=True, exclude_unset=True) if body.options is not None else {}
        limit = body.time_limit or self._settings.solve_seconds

        async def solved(job: Job, start: Solved | None, seconds: float) -> tuple[Solved, dict[str, Any]]:
            watch = Timer(seconds, lambda *found: job.better(name, *found), lambda: job.stop)
            graph = await self._connection.graph()
            found = await solve(graph, name, given, area=body.area, as_of=body.as_of, watch=watch, start=start)
            if not found.proven:
                # What is resumed is given twice the time, else it would end where it ended.
                job.resume = lambda again: work(again, found, min(2 * seconds, MOST_SECONDS))
            return found, found.as_json()

        async def work(job: Job, start: Solved | None = None, seconds: float = limit) -> dict[str, Any]:
            found, shown = await solved(job, start, seconds)
            if job.stop:
                raise Halted(shown)
            if save is not None:
                graph = await self._connection.graph()
                plan = await propose(graph, found, name=save.name, author=author, reason=save.reason)
                audit.info("propose plan=%s author=%s", plan.id, author)
                shown["plan"] = plan.id
            return shown

        said = orjson.dumps([name, body.model_dump(mode="json")], option=orjson.OPT_SORT_KEYS)
        key = hashlib.sha256(said).hexdigest()
        return await self.run(request, f"solve:{name}", key, work, usual=_LONG_WAIT if RESULTS[name].long else _WAIT)

    async def run(
        self, request: Request, kind: str, key: str, work: Any, *, usual: float, status: int = 200
    ) -> Response:
        """Do work as a job of the lane of solves; its answer where it ends in time, else the job with 202."""
        headers: Mapping[bytes, bytes] = request.scope["govnet.headers"]
        author = request.scope["govnet.author"]
        job = self._jobs.submit(kind, key, author, work, repeated=repeated(request), lane=SOLVES)
        wait = seconds_to_wait(headers.get(b"prefer", b"").decode("latin-1"), usual)
        if wait and not job.ended:
            with suppress(TimeoutError):
                await asyncio.wait_for(job.over.wait(), wait)
        where = f"{PREFIX}/jobs/{job.id}"
        if job.ended and job.result is None:
            raise job.error or Problem("internal", "The computation failed.")
        if job.result is not None:
            version, day = job.result.get("data_version"), today()
            tag = etags.etag(version, day, key.encode()) if isinstance(version, int) else ""
            return answered(job.result, status, **({"etag": tag} if tag else {}), x_job=job.id)
        return answered(job.as_json(), 202, location=where)

    async def check(self, request: Request) -> Response:
        """Whether a certificate proves what it says."""
        held = await read_object(request, LARGEST)
        graph = await self._connection.graph()
        return answered(await checked(graph, held))
