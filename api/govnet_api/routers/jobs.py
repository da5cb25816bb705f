"""Long work: how far a job is, stopping it, and going on from where it ended."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response

from govnet_api.contract import jobs as spec
from govnet_api.guarded import Access, Work, answered, guarded
from govnet_api.jobs import SOLVES, Job, Jobs
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.security import Caller

ROOT = f"{PREFIX}/jobs"


def register(app: FastAPI, jobs: Jobs) -> None:
    """Adds the addresses under ``/api/v1/jobs``."""
    door = _Door(jobs)
    routes: tuple[tuple[str, str, str, Work], ...] = (
        ("GET", "/{job}", "get_job", door.shown),
        ("DELETE", "/{job}", "cancel_job", door.stopped),
        ("POST", "/{job}/resume", "resume_job", door.resumed),
    )
    for method, path, name, work in routes:
        handler = guarded(work, Access.COMPUTE)
        add(app, ROOT + path, handler, name=name, tag="jobs", spec=spec.of(name), methods=(method,))


class _Door:
    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def _job(self, request: Request) -> Job:
        """The job, for whoever asked for it or may write. Raises NotFound or NotAllowed."""
        job = self._jobs.get(str(request.path_params["job"]))
        caller: Caller = request.scope["govnet.caller"]
        if job.lane != SOLVES or job.author != request.scope["govnet.author"]:
            caller.author(request.scope["govnet.headers"])
        return job

    async def shown(self, request: Request) -> Response:
        """How far a job is, and what it came to."""
        return answered(self._job(request).as_json())

    async def stopped(self, request: Request) -> Response:
        """Ask a job to stop; an import leaves an open plan, a solve the best that it had found."""
        return answered(self._jobs.cancel(self._job(request).id).as_json(), 202)

    async def resumed(self, request: Request) -> Response:
        """Go on from where a job ended."""
        job = self._jobs.resume(self._job(request).id, request.scope["govnet.author"])
        return answered(job.as_json(), 202, location=f"{ROOT}/{job.id}")
