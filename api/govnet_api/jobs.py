"""Long work outside of requests, in lanes: one import writes at a time, and a solve keeps none of them waiting.

Each job can be watched and stopped. Jobs are kept in memory. What an import has written is kept in the graph as an open
plan, so that after a restart the same import is repeated to resume it, or undone; a solve that was stopped leaves the best
that it had found, and goes on from there when it is resumed.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

import orjson

from govnet_api.errors import code_of, said_of
from govnet_graph.changes import Cancelled
from govnet_graph.errors import GovnetError, NotFound

_log = logging.getLogger("govnet.api")
_KEPT = 200
_KEPT_BYTES = 100_000_000
_WAITING = 20
WRITES, SOLVES = "writes", "solves"
#: How many jobs of a lane run at once: writers would only meet conflicts, solvers share the processor's cores.
LANES: Mapping[str, int] = {WRITES: 1, SOLVES: 2}


class State(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class QueueFull(GovnetError):
    """As many jobs wait as may wait."""

    code = "busy"


class NotResumable(GovnetError):
    """The job has not ended, or left nothing to go on from."""

    code = "not-resumable"


class Halted(Exception):
    """Raised by work that was stopped and has a result all the same: the best that it had found."""

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__("stopped")
        self.result = result


@dataclass(slots=True)
class Job:
    """One piece of long work. ``key`` names what it does: the same work asked for again while it is under way is this job.

    ``resume`` is the work that goes on from where this one ended; None where there is nothing to go on from.
    """

    id: str
    kind: str
    key: str
    author: str
    created: dt.datetime
    state: State = State.QUEUED
    progress: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] | None = None
    problem: dict[str, str] | None = None
    stop: bool = False
    lane: str = WRITES
    resume: Work | None = None
    size: int = 0
    error: GovnetError | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in (State.QUEUED, State.RUNNING)

    def advance(self, what: str, done: int, total: int) -> None:
        """Note how far it is."""
        self.progress = {"what": what, "done": done, "total": total}

    def better(self, what: str, done: float, best: float | None, bound: float | None) -> None:
        """Note how far a solve is: the share done, the best value so far, and what is proven that none can be better than."""
        gap = None if best is None or bound is None else abs(best - bound) / max(1.0, abs(best))
        self.progress = {"what": what, "done": round(done, 4), "total": 1, "best": best, "bound": bound, "gap": gap}

    def as_json(self) -> dict[str, Any]:
        """The job as the API tells of it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state.value,
            "author": self.author,
            "created": self.created.isoformat(),
            "progress": self.progress or None,
            "result": self.result,
            "problem": self.problem,
            "resumable": self.ended and self.resume is not None,
        }


Work = Callable[[Job], Awaitable[dict[str, Any]]]


class Jobs:
    """The jobs of one server. Use as an asynchronous context manager."""

    def __init__(self, lanes: Mapping[str, int] = LANES) -> None:
        self._jobs: dict[str, Job] = {}
        self._lanes = dict(lanes)
        self._queues: dict[str, asyncio.Queue[tuple[Job, Work]]] = {}
        self._repeated: dict[str, str] = {}
        self._workers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._queues = {lane: asyncio.Queue() for lane in self._lanes}
        self._workers = [
            asyncio.create_task(self._work(self._queues[lane]))
            for lane, many in self._lanes.items()
            for _ in range(many)
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for job in self._jobs.values():
            job.stop = True
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def submit(self, kind: str, key: str, author: str, work: Work, *, repeated: str = "", lane: str = WRITES) -> Job:
        """Queue work, or give the job that does the same already.

        ``repeated`` is what a caller sends along to mean the same request again, also after it has ended. Raises QueueFull.
        """
        if repeated and (known := self._jobs.get(self._repeated.get(repeated, ""))) is not None:
            return known
        for job in self._jobs.values():
            if (job.kind, job.key, job.author) == (kind, key, author) and not job.ended and not job.stop:
                return job
        if sum(not job.ended for job in self._jobs.values() if job.lane == lane) >= _WAITING:
            raise QueueFull("As many jobs wait as may wait.", hint="Try again when some have ended.")
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        job = Job(secrets.token_hex(8), kind, key, author, now, lane=lane)
        self._jobs[job.id] = job
        if repeated:
            self._repeated[repeated] = job.id
        self._forget()
        self._queues[lane].put_nowait((job, work))
        return job

    def _forget(self) -> None:
        """Let go of the oldest that have ended, when they are too many or hold too much."""
        ended = [job for job in self._jobs.values() if job.ended]
        held = sum(job.size for job in ended)
        for job in ended:
            if len(self._jobs) <= _KEPT and held <= _KEPT_BYTES:
                break
            held -= job.size
            del self._jobs[job.id]
        self._repeated = {name: kept for name, kept in self._repeated.items() if kept in self._jobs}

    def get(self, job_id: str) -> Job:
        """One job. Raises NotFound."""
        if job_id not in self._jobs:
            raise NotFound(
                f"There is no job {job_id[:40]!r}.",
                hint="Jobs are forgotten when the server restarts; see the history.",
            )
        return self._jobs[job_id]

    def cancel(self, job_id: str) -> Job:
        """Ask a job to stop: at once when it waits, else between two batches or steps. Raises NotFound."""
        job = self.get(job_id)
        job.stop = True
        if job.state is State.QUEUED:
            job.state = State.CANCELLED
            job.over.set()
        return job

    def resume(self, job_id: str, author: str) -> Job:
        """Go on from where a job ended, in a job of its own. Raises NotFound, NotResumable or QueueFull."""
        job = self.get(job_id)
        if not job.ended or job.resume is None:
            raise NotResumable(
                f"Job {job_id} {'left nothing to go on from' if job.ended else 'has not ended'}.",
                hint="Stop it first." if not job.ended else "Ask for it anew.",
            )
        return self.submit(job.kind, f"resume:{job.id}", author, job.resume, lane=job.lane)

    async def _work(self, queue: asyncio.Queue[tuple[Job, Work]]) -> None:
        while True:
            job, work = await queue.get()
            if job.state is State.CANCELLED:
                continue
            job.state = State.RUNNING
            # A failure is a result here, so that one failed job does not end the worker.
            (outcome,) = await asyncio.gather(work(job), return_exceptions=True)
            _end(job, outcome)
            job.size = len(orjson.dumps(job.result, default=str)) if job.lane == SOLVES else 0
            job.over.set()


def _end(job: Job, outcome: dict[str, Any] | BaseException) -> None:
    """Note how a job ended."""
    if isinstance(outcome, dict):
        job.state, job.result = State.DONE, outcome
    elif isinstance(outcome, Halted):
        job.state, job.result = State.CANCELLED, outcome.result
    elif isinstance(outcome, Cancelled):
        job.state, job.result = State.CANCELLED, {"plan": outcome.plan}
        job.problem = {"code": outcome.code, "detail": outcome.message, "hint": outcome.hint}
    elif isinstance(outcome, GovnetError):
        job.state, job.error, code = State.FAILED, outcome, code_of(outcome)
        job.problem = {"code": code, "detail": said_of(outcome, code), "hint": outcome.hint}
    else:
        # What went wrong stands in the log, not in the answer.
        _log.error("unexpected error in job %s", job.id, exc_info=outcome)
        job.state, job.problem = State.FAILED, {"code": "internal", "detail": said_of(None, "internal"), "hint": ""}
