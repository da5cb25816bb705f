"""Raising a case and taking steps with it: each is one group of changes, written in one transaction or not at all.

A step is decided on what the graph holds at one data version and written only while that version stands. Where somebody
wrote in between, the case is read and judged again: so of two who dispatch one case, one succeeds and the other is told
that it is dispatched; and of two who write about different cases, both succeed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from govnet_graph.cases import read
from govnet_graph.cases.clock import due_after
from govnet_graph.cases.decide import decide, party_of
from govnet_graph.cases.held import lowest_level
from govnet_graph.cases.machine import MACHINE, Clock
from govnet_graph.cases.model import CaseConflict, KeyReused, NewCase, Outcome, StepRequest
from govnet_graph.cases.once import once
from govnet_graph.changes import ChangeSet, apply
from govnet_graph.errors import BadInput
from govnet_graph.questions.values import today
from govnet_graph.records import Edge, Node, edge_id
from govnet_graph.schema import SCHEMA
from govnet_graph.store.driver import Graph

SOURCE = Node(
    "Source",
    "src-case-desk",
    {"name": "问题办理记录", "name_en": "Record of steps taken with cases", "kind": "edit", "source": "src-case-desk"},
)
_CHANNELS = SCHEMA.nodes["Case"].by_name["channel"].values
Work = Callable[[int], Awaitable[Outcome]]


async def raise_case(graph: Graph, request: NewCase, *, now: dt.datetime | None = None) -> Outcome:
    """Raise a case: its first step.

    Raises
    ------
    BadInput
        The kind or channel is unknown, there is no area, its day lies in the future, or its id is taken.
    KeyReused
        The request key came with another request before.
    NotFound, OpenPlan, WriteConflict
    """
    step_id = _step_id(request.author, request.key)
    case_id = request.id or f"case-{request.area}-{step_id.removeprefix('step-')[:10]}"

    async def work(version: int) -> Outcome:
        day = request.on or today()
        await _require_new(graph, request, case_id, day)
        kind = await read.read_kind(graph, request.kind)
        areas = await read.areas_above(graph, request.area)
        if request.actor:
            party_of(await read.read_parties(graph, [request.actor], day), request.actor, "actor", day)
        nearest, due = due_after(day, kind[Clock.DISPATCH]), due_after(day, kind[Clock.SOLVE])
        assumed = nearest.assumed or due.assumed
        given = {
            name: getattr(request, name) for name in ("description", "address", "external", "latitude", "longitude")
        }
        props = {
            "name": request.name.strip(), "kind": request.kind, "state": "raised", "channel": request.channel,
            "raised_on": day, "due_on": due.day, "next_due_on": nearest.day, "level": lowest_level(areas[0][0]), "steps": 1,
            **{name: value for name, value in given.items() if value not in ("", None)},
        }  # fmt: skip
        if assumed:
            props["due_assumed"] = True
        record: dict[str, Any] = {"to_state": "raised", "detail": request.kind, "due_on": nearest.day}
        if request.actor:
            record["actor"] = request.actor
        raised = Edge(
            "RAISED_IN", case_id, request.area, edge_id("RAISED_IN", case_id, request.area), _ground(request.author)
        )
        taken = _Taken(case_id, "raise", step_id, 1, day, request.author, request.hash, request.key)
        wanted = taken.changeset(props, record, [raised], version, "")
        done = await apply(graph, wanted, expected_version=version, now=now)
        return Outcome(
            case_id, "raise", step_id, "raised", 1, done.plan, done.data_version, nearest.day, assumed, done.already
        )

    return await _repeated(graph, work, request.author, request.key, request.hash, step_id)


async def take(graph: Graph, request: StepRequest, *, now: dt.datetime | None = None) -> Outcome:
    """Take one step with a case.

    Raises
    ------
    NotFound
        There is no such case.
    CaseConflict
        The case is in a state in which the step may not be taken, or others took steps since ``expected``.
    NotYours
        Somebody else has to take it.
    BadInput, KeyReused
        Something is missing, unknown, has ended, or lies in the future or before the step before it.
    OpenPlan, WriteConflict
    """
    step_id = _step_id(request.author, request.key)

    async def work(version: int) -> Outcome:
        held = await read.read_case(graph, request.case)
        day = request.on or max(today(), held.last_on or today())
        parties = await read.read_parties(graph, [request.actor, request.target], day)
        kind = await read.read_kind(graph, request.kind) if request.kind else None
        change = decide(held, request, day, max(today(), held.last_on or today()), parties, kind)
        taken = _Taken(held.id, request.step, step_id, held.steps + 1, day, request.author, request.hash, request.key)
        ground = _ground(request.author)
        links = [Edge("DISPATCHED_TO", held.id, d.to, d.id, {**d.props, **ground}) for d in change.dispatches]
        wanted = taken.changeset(change.case, change.step, links, version, request.reason)
        done = await apply(graph, wanted, expected_version=version, now=now)
        after = {**held.props, **change.case}
        return Outcome(
            held.id, request.step, step_id, change.case["state"], held.steps + 1, done.plan, done.data_version,
            after.get("next_due_on"), bool(after.get("due_assumed")), done.already,
        )  # fmt: skip

    return await _repeated(graph, work, request.author, request.key, request.hash, step_id)


async def _require_new(graph: Graph, request: NewCase, case_id: str, day: dt.date) -> None:
    if not request.name.strip():
        raise BadInput("A case needs a name: what it is about, in a few words.")
    if not request.area.strip():
        raise BadInput("A case needs an area.", hint="Give the code of the grid or community where it was raised.")
    if request.channel not in _CHANNELS:
        raise BadInput(f"There is no channel {request.channel[:40]!r}.", hint=f"There are {', '.join(_CHANNELS)}.")
    if day > today():
        raise BadInput(f"{day} lies in the future.", hint="Give the day on which it was raised.")
    if (request.latitude is None) != (request.longitude is None):
        raise BadInput("Latitude and longitude are given together or not at all.")
    for name, value, most in (("latitude", request.latitude, 90), ("longitude", request.longitude, 180)):
        if value is not None and not -most <= value <= most:
            raise BadInput(f"{name} {value} does not lie between -{most} and {most}.")
    if await graph.read("MATCH (n:Entity {id: $id}) RETURN n.id", {"id": case_id}):
        raise CaseConflict(f"There is a {case_id} already.", hint="Leave the id out to have one made up.")


def _ground(author: str) -> dict[str, Any]:
    return {"source": SOURCE.id, "source_ref": author}


def _step_id(author: str, key: str) -> str:
    """The id of the step that a request makes: the same for the same key."""
    name = hashlib.sha256(f"{author}\0{key}".encode()).hexdigest()[:20] if key else uuid.uuid4().hex[:20]
    return f"step-{name}"


def _plan_key(author: str, key: str, step_id: str) -> str:
    return f"case:{author}:{key}" if key else f"case:{step_id}"


class _Taken:
    """The record of one step."""

    def __init__(
        self, case: str, step: str, step_id: str, number: int, day: dt.date, author: str, request: str, key: str
    ) -> None:
        self.case = case
        self.step = step
        self.step_id = step_id
        self.number = number
        self.day = day
        self.author = author
        self.request = request
        self.key = key

    def changeset(
        self, case: dict[str, Any], record: dict[str, Any], edges: list[Edge], version: int, reason: str
    ) -> ChangeSet:
        """All that the step writes; ``version`` is the data version that it rests on."""
        ground, text = _ground(self.author), MACHINE[self.step].text
        step = {
            "name": text.zh, "name_en": text.en, "step": self.step, "number": self.number, "taken_on": self.day,
            "author": self.author, "version": version + 1, "request": self.request, **record, **ground,
        }  # fmt: skip
        link = Edge("STEP_OF", self.step_id, self.case, edge_id("STEP_OF", self.step_id, self.case), ground)
        return ChangeSet(
            "edit", f"{self.step} {self.case}", self.author, reason or self.step, source=SOURCE,
            nodes=(Node("Case", self.case, {**case, **ground}), Node("CaseStep", self.step_id, step)),
            edges=(link, *edges), key=_plan_key(self.author, self.key, self.step_id),
        )  # fmt: skip


async def _repeated(graph: Graph, work: Work, author: str, key: str, request: str, step_id: str) -> Outcome:
    """Do the work, or answer a known key at once."""

    async def before() -> Outcome | None:
        found = await read.answered(graph, _plan_key(author, key, step_id), step_id) if key else None
        if found is None:
            return None
        outcome, asked = found
        if asked != request:
            raise KeyReused(
                "This request key came with another request before.", hint="Use a new key for each request."
            )
        return outcome

    return await once(graph, work, source=SOURCE, before=before)


__all__ = ["SOURCE", "raise_case", "take"]
