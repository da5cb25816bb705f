"""Cases: raise one, take steps, take the last one back, follow what happens. What is asked of cases are questions like all others."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api.bodies import read_model
from govnet_api.connection import Connection
from govnet_api.contract import cases as spec
from govnet_api.errors import Problem
from govnet_api.fixed import fixed
from govnet_api.operations import PREFIX
from govnet_api.routers.webhooks import number, one_of
from govnet_api.routing import add
from govnet_api.security import Caller, audit
from govnet_api.writing import guarded, kept_json, request_key
from govnet_graph.cases import (
    MACHINE,
    STATES,
    NewCase,
    Outcome,
    Step,
    StepRequest,
    events,
    last_step,
    raise_case,
    steps_from,
    take,
    undo_last,
)
from govnet_graph.questions import question
from govnet_graph.questions.values import today
from govnet_graph.store.reader import Answer

ROOT = f"{PREFIX}/cases"
_ATTEMPTS = 4


def register(app: FastAPI, connection: Connection) -> None:
    """Adds what changes cases under ``/api/v1/cases``, their events, and the state machine."""
    door = _Door(connection)
    for method, path, name, work, writes in (
        ("POST", ROOT, "raise_case", door.raised, True),
        ("GET", f"{ROOT}/{{id}}/steps", "get_case_steps", door.steps, False),
        ("POST", f"{ROOT}/{{id}}/steps", "take_case_step", door.taken, True),
        ("POST", f"{ROOT}/{{id}}/undo", "undo_case_step", door.undone, True),
        ("GET", f"{ROOT}/events", "list_case_events", door.events, False),
    ):
        add(app, path, guarded(work, writes=writes), name=name, tag="cases", spec=spec.of(name), methods=(method,))
    add(
        app, f"{PREFIX}/case-machine", fixed(lambda: orjson.dumps(machine_json())), name="get_case_machine", tag="cases",
        spec=spec.of("get_case_machine"),
    )  # fmt: skip


def machine_json() -> dict[str, Any]:
    """The state machine as the API tells of it."""
    states = [
        {"name": s.name, "text": {"zh": s.text.zh, "en": s.text.en}, "clock": s.clock, "role": s.role}
        for s in STATES.values()
    ]
    return {"states": states, "steps": [step_json(step) for step in MACHINE.values()]}


def step_json(step: Step) -> dict[str, Any]:
    """One step of the machine."""
    return {
        "name": step.name, "text": {"zh": step.text.zh, "en": step.text.en}, "about": {"zh": step.about.zh, "en": step.about.en},
        "froms": list(step.froms), "to": step.to, "role": step.role, "needs": list(step.needs), "undoable": step.undoable,
    }  # fmt: skip


class _Door:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def raised(self, request: Request) -> Response:
        """Raise a case."""
        body, author = await read_model(request, spec.RaiseBody), request.scope["govnet.author"]
        await self._connection.state()
        asked = NewCase(**body.model_dump(), author=author, key=request_key(request))
        outcome = await raise_case(await self._connection.graph(), asked)
        _record(outcome, request)
        return kept_json(outcome_json(outcome), 200 if outcome.already else 201, location=f"{ROOT}/{outcome.case}")

    async def taken(self, request: Request) -> Response:
        """Take a step."""
        body, author = await read_model(request, spec.StepBody), request.scope["govnet.author"]
        await self._connection.state()
        asked = StepRequest(
            case=request.path_params["id"], **body.model_dump(), author=author, key=request_key(request)
        )
        outcome = await take(await self._connection.graph(), asked)
        _record(outcome, request)
        return kept_json(outcome_json(outcome))

    async def undone(self, request: Request) -> Response:
        """Take the last step back."""
        body, author = await read_model(request, spec.UndoBody), request.scope["govnet.author"]
        case, graph = request.path_params["id"], await self._connection.graph()
        done = await undo_last(graph, case, author=author, reason=body.reason, step_id=body.step_id)
        audit.info(
            "case undo case=%s step=%s author=%s request=%s",
            case,
            done.step,
            author,
            request.scope["govnet.request_id"],
        )
        return kept_json(asdict(done))

    async def steps(self, request: Request) -> Response:
        """What was done with a case and what may be."""
        one_of(request)
        caller: Caller = request.scope["govnet.caller"]
        profile, history = await standing(self._connection, request.path_params["id"], names=caller.names)
        now, taken = profile.records()[0], history.records()
        told = {
            "case": now["case"]["id"], "state": now["state"], "steps": now["steps"], "taken": taken,
            "allowed": [step_json(step) for step in steps_from(now["state"])],
            "undoable": await undoable_step(self._connection, now["case"]["id"], taken),
            "data_version": profile.data_version,
        }  # fmt: skip
        return kept_json(told)

    async def events(self, request: Request) -> Response:
        """What happened since a cursor."""
        given = one_of(request, "since", "limit")
        since, limit = number(given, "since", 0, 2**53, 0), number(given, "limit", 1, 1000, 200)
        await self._connection.state()
        found = await events(await self._connection.graph(), since, limit=limit)
        items = [{**asdict(event), "recorded_at": event.recorded_at.isoformat() + "Z"} for event in found]
        return kept_json({"items": items, "next": found[-1].cursor if found else since})


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What a step came to, with what may come next."""
    return {**asdict(outcome), "allowed": [step.name for step in steps_from(outcome.state)]}


def _record(outcome: Outcome, request: Request) -> None:
    audit.info(
        "case step case=%s step=%s author=%s plan=%s already=%s request=%s", outcome.case, outcome.step,
        request.scope["govnet.author"], outcome.plan, outcome.already, request.scope["govnet.request_id"],
    )  # fmt: skip


async def standing(connection: Connection, case: str, *, names: bool) -> tuple[Answer, Answer]:
    """Profile and history of a case, of one data version. Raises NotFound, or Problem where it changes without end."""
    for _ in range(_ATTEMPTS):
        profile = await connection.ask(question("case-profile"), {"case": case}, names=names, day=today())
        history = await connection.ask(
            question("case-history"), {"case": case, "limit": 1000}, names=names, day=today()
        )
        if profile.data_version == history.data_version:
            return profile, history
    raise Problem("write-conflict", "The graph is being written to without a pause.", "Try again in a moment.")


async def undoable_step(connection: Connection, case: str, taken: list[dict[str, Any]]) -> str | None:
    """The id of the last step where the machine lets it be taken back."""
    last = next((row["step"] for row in reversed(taken) if row["number"] is not None), None)
    if last is None or not MACHINE[last].undoable:
        return None
    return await last_step(await connection.graph(), case)


__all__ = ["machine_json", "outcome_json", "register", "standing", "step_json", "undoable_step"]
