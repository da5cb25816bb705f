"""Taking a step with a need or a project: one group of changes, written in one transaction or not at all.

As with cases a step is decided on what the graph holds at one data version, and judged again where somebody wrote meanwhile.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from govnet_graph.cases.lists.decide import Held, change
from govnet_graph.cases.lists.machine import LIST_STEPS, ListStep, Thing
from govnet_graph.cases.lists.model import ListConflict, ListOutcome, ListRequest
from govnet_graph.cases.model import MAX_REASON, KeyReused
from govnet_graph.cases.once import once
from govnet_graph.cases.read import areas_above
from govnet_graph.changes import ChangeSet, apply
from govnet_graph.errors import BadInput, NotFound, indefinite
from govnet_graph.questions.values import today
from govnet_graph.records import Node
from govnet_graph.store.driver import Graph, native

SOURCE = Node(
    "Source",
    "src-list-desk",
    {"name": "清单办理记录", "name_en": "Record of steps taken with lists", "kind": "edit", "source": "src-list-desk"},
)
_READ = """
MATCH (n:Entity {id: $id}) WHERE n:Need OR n:Project
RETURN head([l IN labels(n) WHERE l <> 'Entity']), properties(n),
  COLLECT { MATCH (n)-[r:MET_BY]->(x) RETURN [x.id, properties(r), x.until] ORDER BY r.id },
  COLLECT { MATCH (n)<-[r:RESPONSIBLE_FOR]-(x) RETURN [x.id, properties(r)] ORDER BY r.id }
"""
_PARTY = "MATCH (n:Entity {id: $id}) RETURN head([l IN labels(n) WHERE l <> 'Entity']), n.since, n.until, n.state"
_KNOWN = "MATCH (p:Plan) WHERE p.key STARTS WITH $key AND p.state <> 'open' RETURN p.id, p.key, p.name, p.data_version ORDER BY p.id"
_OWNERS = {Thing.NEED: ("Organization",), Thing.PROJECT: ("Organization", "Unit")}


async def thing_of(graph: Graph, id_: str) -> Thing:
    """Whether an id is that of a need or a project. Raises NotFound."""
    rows = await graph.read(_PARTY, {"id": id_})
    if not rows or rows[0][0] not in tuple(Thing):
        raise NotFound(f"There is no need or project {id_[:60]!r}.", hint="`govnet lists needs` shows the needs.")
    return Thing(rows[0][0])


async def take_list_step(graph: Graph, request: ListRequest, *, now: dt.datetime | None = None) -> ListOutcome:
    """Take one step with a need or a project.

    Raises
    ------
    NotFound
        There is no such need, project or area.
    ListConflict
        It is in a state in which the step may not be taken.
    BadInput, KeyReused
        Something is missing, unknown, has ended, does not fit, lies in the future or before the step before it.
    OpenPlan, WriteConflict
    """
    step = _step(request)
    _require_given(step, request)
    name = (
        hashlib.sha256(f"{request.author}\0{request.key}".encode()).hexdigest()[:24]
        if request.key
        else uuid.uuid4().hex
    )
    prefix = f"list:{name}:"

    async def before() -> ListOutcome | None:
        rows = await graph.read(_KNOWN, {"key": prefix}) if request.key else []
        if not rows:
            return None
        plan, key, told, version = rows[0]
        if key != prefix + request.hash:
            raise KeyReused(
                "This request key came with another request before.", hint="Use a new key for each request."
            )
        _, item, state = str(told).split(" ")
        return ListOutcome(item, request.thing, step.name, state, plan, version or 0, already=True)

    async def work(version: int) -> ListOutcome:
        day = request.on or today()
        if day > today():
            raise BadInput(f"{day} lies in the future.", hint="Give the day on which it was.")
        held = await _held(graph, request, step, name)
        await _require_parties(graph, request, day)
        found = change(
            held,
            step,
            request,
            day,
            await _services(graph, request),
            {"source": SOURCE.id, "source_ref": request.author},
        )
        wanted = ChangeSet(
            "edit", f"{step.name} {held.id} {found.state}", request.author, request.reason.strip() or step.name, source=SOURCE,
            nodes=(found.node,), edges=found.edges, ends=found.ends, key=prefix + request.hash,
        )  # fmt: skip
        done = await apply(graph, wanted, expected_version=version, now=now)
        return ListOutcome(held.id, request.thing, step.name, found.state, done.plan, done.data_version, done.already)

    return await once(graph, work, source=SOURCE, before=before)


def _step(request: ListRequest) -> ListStep:
    step = LIST_STEPS.get((request.thing, request.step))
    if step is None:
        known = ", ".join(s.name for s in LIST_STEPS.values() if s.thing is request.thing)
        raise BadInput(
            f"There is no step {request.step[:40]!r} for a {request.thing.lower()}.", hint=f"Steps are {known}."
        )
    return step


def _require_given(step: ListStep, request: ListRequest) -> None:
    for name in step.needs:
        if not str(getattr(request, name)).strip():
            raise BadInput(f"{step.name} needs: {name}.", hint="Nothing was written.")
    taken = {*step.needs, *step.takes, "thing", "step", "id", "author", "on", "reason", "key"}
    for name in ListRequest.__dataclass_fields__:
        if name not in taken and getattr(request, name) not in ("", (), None):
            raise BadInput(f"{step.name} takes no {name}.")
    if step.froms and not request.id:
        raise BadInput(f"{step.name} needs the id of {indefinite(request.thing.lower())}.")
    if len(request.reason) > MAX_REASON or len(request.name) > MAX_REASON:
        raise BadInput(f"A text is longer than {MAX_REASON} characters.")
    for name, low in (("headcount", 0), ("priority", 1)):
        value = getattr(request, name)
        if value is not None and value < low:
            raise BadInput(f"{name} {value} is less than {low}.")


async def _held(graph: Graph, request: ListRequest, step: ListStep, name: str) -> Held:
    """What the graph holds of the thing; a new one where the step makes it."""
    rows = await graph.read(_READ, {"id": request.id}) if request.id else []
    if not step.froms:
        if request.area:
            await areas_above(graph, request.area)
        if rows or (request.id and await graph.read(_PARTY, {"id": request.id})):
            raise ListConflict(f"There is a {request.id[:60]} already.", hint="Leave the id out to have one made up.")
        return Held(request.id or f"{'need' if request.thing is Thing.NEED else 'proj'}-{name[:12]}", {}, (), ())
    if not rows or native(rows[0])[0] != request.thing:
        raise NotFound(f"There is no {request.thing.lower()} {request.id[:60]!r}.", hint="`govnet lists` shows them.")
    _, props, met, owners = native(rows[0])
    return Held(request.id, props, tuple(map(tuple, met)), tuple(map(tuple, owners)))


async def _require_parties(graph: Graph, request: ListRequest, day: dt.date) -> None:
    await _party(graph, request.owner, "owner", _OWNERS[request.thing], day)
    state = await _party(graph, request.by, "by", ("Resource", "Unit", "Project"), day)
    if state in ("planned", "running"):
        raise BadInput(f"{request.by} is a project that is {state} and meets nothing yet.", hint="Finish it first.")
    for need in request.for_needs:
        await _party(graph, need, "need", ("Need",), day)


async def _party(graph: Graph, id_: str, role: str, labels: tuple[str, ...], day: dt.date) -> Any:
    """Whether something is there on the day and of a fitting kind; its state, where it has one. Raises BadInput."""
    if not id_:
        return None
    rows = await graph.read(_PARTY, {"id": id_})
    if not rows:
        raise NotFound(
            f"There is no {role} {id_[:60]!r}.",
            hint=f"Give the id of {' or '.join(indefinite(label) for label in labels)}.",
        )
    label, since, until, state = native(rows[0])
    if label not in labels:
        raise BadInput(
            f"{id_} is {indefinite(label)} and cannot be the {role}.",
            hint=f"Give the id of {' or '.join(indefinite(label) for label in labels)}.",
        )
    if (since is not None and since > day) or (until is not None and until <= day):
        raise BadInput(f"{id_} is not there on {day} and cannot be the {role}.")
    return state


async def _services(graph: Graph, request: ListRequest) -> tuple[str, ...]:
    """Ids of the services by their codes. Raises BadInput."""
    if not request.services:
        return ()
    rows = await graph.read("MATCH (s:Service) RETURN s.code, s.id ORDER BY s.id")
    ids: dict[str, str] = dict(reversed([(code, id_) for code, id_ in rows]))
    for code in request.services:
        if code not in ids:
            raise BadInput(f"There is no service {code[:60]!r}.", hint=f"There are {', '.join(sorted(ids))}.")
    return tuple(dict.fromkeys(ids[code] for code in request.services))
