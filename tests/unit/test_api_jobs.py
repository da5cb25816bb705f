"""Jobs in lanes: a solve keeps no import waiting, is watched, stopped with the best that it had, and resumed from there."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from govnet_api.jobs import SOLVES, WRITES, Halted, Job, Jobs, NotResumable, QueueFull, State
from govnet_api.routers.results import seconds_to_wait
from govnet_graph.changes import Cancelled
from govnet_graph.changes.proposals.solving import in_thread
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.planner.model import Timer


async def over(job: Job) -> Job:
    await asyncio.wait_for(job.over.wait(), 20)
    return job


def solving(best_from: int = 0):
    """Work that counts upward in a thread until it is stopped, and can go on from where it was."""

    async def work(job: Job, start: int = best_from) -> dict:
        watch = Timer(20, lambda *found: job.better("count", *found), lambda: job.stop)

        def count() -> int:
            reached = start
            while not watch.stopped and reached < start + 10_000_000:
                reached += 1
                watch.advance(0.5, float(reached), float(start))
                time.sleep(0.001)
            return reached

        reached = await in_thread(count)
        job.resume = lambda again: work(again, reached)
        raise Halted({"reached": reached, "started": start})

    return work


async def test_a_solve_keeps_no_import_waiting_and_the_loop_alive():
    async with Jobs() as jobs:
        solves = [jobs.submit("solve:x", str(n), "me", solving(), lane=SOLVES) for n in range(3)]

        async def write(_: Job) -> dict:
            return {"written": 1}

        written = await over(jobs.submit("import", "a", "me", write))
        assert written.state is State.DONE and written.lane == WRITES
        await asyncio.sleep(0.05)
        assert [job.state for job in solves] == [State.RUNNING, State.RUNNING, State.QUEUED]
        told = solves[0].as_json()["progress"]
        assert told["best"] > 0 and told["bound"] == 0 and told["gap"] == pytest.approx(1.0)
        waiting = jobs.cancel(solves[2].id)
        assert waiting.state is State.CANCELLED and waiting.as_json()["resumable"] is False
        for job in solves[:2]:
            jobs.cancel(job.id)
            await over(job)
            assert job.state is State.CANCELLED and job.result["reached"] > 0


async def test_a_stopped_solve_goes_on_from_its_best():
    async with Jobs() as jobs:
        job = jobs.submit("solve:x", "a", "me", solving(), lane=SOLVES)
        with pytest.raises(NotResumable):
            jobs.resume(job.id, "me")
        await asyncio.sleep(0.05)
        jobs.cancel(job.id)
        await over(job)
        assert job.as_json()["resumable"]
        again = jobs.resume(job.id, "me")
        assert again.id != job.id and jobs.resume(job.id, "me") is again, "resuming twice is one job"
        await asyncio.sleep(0.05)
        jobs.cancel(again.id)
        await over(again)
        assert again.result["started"] == job.result["reached"] <= again.result["reached"]


async def test_what_was_asked_by_another_is_another_job():
    async with Jobs() as jobs:
        mine = jobs.submit("solve:x", "a", "me", solving(), lane=SOLVES)
        assert jobs.submit("solve:x", "a", "me", solving(), lane=SOLVES) is mine
        theirs = jobs.submit("solve:x", "a", "they", solving(), lane=SOLVES)
        assert theirs is not mine
        jobs.cancel(mine.id)
        assert jobs.submit("solve:x", "a", "me", solving(), lane=SOLVES) is not mine, "a stopped one is not joined"


async def test_failures_are_told_and_end_no_worker():
    async with Jobs() as jobs:

        async def refused(_: Job) -> dict:
            raise BadInput("not like this.", "Another way.")

        async def broken(_: Job) -> dict:
            raise ZeroDivisionError

        async def halved(_: Job) -> dict:
            raise Cancelled("stopped", "resume", plan="plan-1")

        job = await over(jobs.submit("solve:x", "a", "me", refused, lane=SOLVES))
        assert (job.state, job.problem["code"], job.problem["hint"]) == (State.FAILED, "bad-input", "Another way.")
        assert isinstance(job.error, BadInput)
        job = await over(jobs.submit("solve:x", "b", "me", broken, lane=SOLVES))
        assert (job.state, job.problem["code"]) == (State.FAILED, "internal") and "Zero" not in str(job.as_json())
        job = await over(jobs.submit("import", "c", "me", halved))
        assert (job.state, job.result) == (State.CANCELLED, {"plan": "plan-1"})
        with pytest.raises(NotFound):
            jobs.get("none")


async def test_the_queue_and_the_memory_have_an_end():
    async with Jobs({SOLVES: 1, WRITES: 1}) as jobs:
        kept = [jobs.submit("solve:x", str(n), "me", solving(), lane=SOLVES) for n in range(20)]
        with pytest.raises(QueueFull):
            jobs.submit("solve:x", "more", "me", solving(), lane=SOLVES)
        for job in kept:
            jobs.cancel(job.id)
        await over(kept[0])

        async def large(_: Job) -> dict:
            return {"text": "x" * 60_000_000}

        first = await over(jobs.submit("solve:y", "1", "me", large, lane=SOLVES))
        second = await over(jobs.submit("solve:y", "2", "me", large, lane=SOLVES))
        third = jobs.submit("solve:y", "3", "me", solving(), lane=SOLVES)
        with pytest.raises(NotFound):
            jobs.get(first.id)
        assert jobs.get(second.id) is second
        jobs.cancel(third.id)


async def test_leaving_waits_for_no_solve():
    began = threading.Event()

    async def forever(_: Job) -> dict:
        def hang() -> None:
            began.set()
            threading.Event().wait(30)

        await in_thread(hang)
        return {}

    async with Jobs() as jobs:
        jobs.submit("solve:x", "a", "me", forever, lane=SOLVES)
        assert await asyncio.to_thread(began.wait, 10)


def test_how_long_a_caller_waits():
    assert seconds_to_wait("wait=5, handling=lenient", 2.0) == 5.0
    assert seconds_to_wait("WAIT=99999", 2.0) == 30.0
    assert seconds_to_wait("wait=soon", 2.0) == 2.0
    assert seconds_to_wait("respond-async, wait=5", 2.0) == 0.0
