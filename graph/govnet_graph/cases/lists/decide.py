"""Whether a step may be taken with a need or a project, and what it changes: pure, from what the graph holds. No clock is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govnet_graph.cases.lists.machine import ListStep, Thing, steps_of
from govnet_graph.cases.lists.model import ListConflict, ListRequest
from govnet_graph.changes import End
from govnet_graph.errors import BadInput
from govnet_graph.records import Edge, Node, edge_id

Props = Mapping[str, Any]
_DATED = ("raised_on", "withdrawn_on", "planned_on", "started_on", "finished_on")


@dataclass(frozen=True, slots=True)
class Held:
    """A need or project as the graph holds it.

    ``met`` holds (id of what meets it, properties of the MET_BY, last day of what meets it), ``owners`` (id, properties of
    the RESPONSIBLE_FOR); both ever, not only now.
    """

    id: str
    props: Props
    met: tuple[tuple[Any, ...], ...]
    owners: tuple[tuple[Any, ...], ...]

    def helps(self, day: dt.date) -> list[Props]:
        """The MET_BY that hold on a day."""
        return [props for _, props, ends in self.met if _holds(props, day) and (ends is None or ends > day)]

    def state(self, day: dt.date) -> str:
        """Its state on a day: a need whose help has ended is ``lapsed``."""
        state = str(self.props["state"])
        return "lapsed" if state == "met" and self.met and not self.helps(day) else state


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a step writes, and the state that follows."""

    state: str
    node: Node
    edges: tuple[Edge, ...]
    ends: tuple[End, ...]


def _holds(props: Props, day: dt.date) -> bool:
    since, until = props.get("since"), props.get("until")
    return (since is None or since <= day) and (until is None or until > day)


def change(
    held: Held, step: ListStep, request: ListRequest, day: dt.date, services: tuple[str, ...], ground: Props
) -> ListChange:
    """What taking the step on ``day`` does. ``ground`` is where the records come from.

    Raises
    ------
    ListConflict
        It may not be taken in this state.
    BadInput
        The day lies before the step before it, or on it where that would leave a span without a day.
    """
    if step.froms:
        _require_allowed(held, step, day)
        _require_day(held, day)
    state = step.to or str(held.props["state"])
    edges: list[Edge] = []
    ends: list[End] = []
    props: dict[str, Any] = {"state": state}
    if not step.froms:
        dated = "raised_on" if request.thing is Thing.NEED else "planned_on"
        given = {name: getattr(request, name) for name in ("headcount", "priority", "due_on")}
        props |= {"name": request.name.strip(), dated: day, **{k: v for k, v in given.items() if v is not None}}
        if request.due_on is not None and request.due_on < day:
            raise BadInput(f"{request.due_on} lies before {day}.")
        if request.area:
            edges.append(_edge("RAISED_BY", held.id, request.area, {}, ground))
        edges += [_edge("FOR", held.id, to, {}, ground) for to in (*services, *dict.fromkeys(request.for_needs))]
    match step.name:
        case "meet":
            edges.append(_edge("MET_BY", held.id, request.by, {"since": day}, ground, [x for x, *_ in held.met]))
        case "reopen":
            ends += [_ended(p, day) for p in held.helps(day)]
            props |= {"withdrawn_on": None, "withdrawal": None}
        case "withdraw":
            props |= {"withdrawn_on": day, "withdrawal": request.reason.strip()}
        case "start":
            props["started_on"] = day
        case "finish":
            props["finished_on"] = day
    if request.owner:
        now = [(owner, p) for owner, p in held.owners if _holds(p, day)]
        ends += [_ended(p, day) for owner, p in now if owner != request.owner]
        if request.owner not in [owner for owner, _ in now]:
            since = {"since": day}
            edges.append(_edge("RESPONSIBLE_FOR", request.owner, held.id, since, ground, [o for o, _ in held.owners]))
        elif step.name == "assign" and not ends:
            raise ListConflict(f"{request.owner} answers for {held.id} already.", hint="Nothing was written.")
    return ListChange(state, Node(request.thing, held.id, {**props, **ground}), tuple(edges), tuple(ends))


def _edge(type_: str, start: str, end: str, props: Props, ground: Props, before: list[Any] | None = None) -> Edge:
    """A relationship; one more between the same two gets a number. ``before`` lists the other ends there ever were."""
    again = sum(1 for other in before or () if other in (start, end))
    return Edge(type_, start, end, edge_id(type_, start, end, str(again + 1) if again else ""), {**props, **ground})


def _ended(props: Props, day: dt.date) -> End:
    since = props.get("since")
    if since is not None and since >= day:
        raise BadInput(
            f"{props['id']} began on {since} and cannot end on {day}.",
            hint="Take the step that began it back: `govnet plan undo`.",
        )
    return End(str(props["id"]), day)


def _require_allowed(held: Held, step: ListStep, day: dt.date) -> None:
    state = held.state(day)
    if state not in step.froms:
        allowed = ", ".join(s.name for s in steps_of(step.thing, state)) or "nothing"
        raise ListConflict(
            f"{held.id} is {state}, and {step.name} is taken in the state {' or '.join(step.froms)} only.",
            hint=f"Now it may take: {allowed}.",
        )


def _require_day(held: Held, day: dt.date) -> None:
    days = [held.props[name] for name in _DATED if held.props.get(name) is not None]
    days += [props["since"] for _, props, *_ in (*held.met, *held.owners) if props.get("since") is not None]
    first = max((d for d in days if isinstance(d, dt.date)), default=None)
    if first is not None and day < first:
        raise BadInput(
            f"{day} lies before the step before it, which is of {first}.", hint="Steps are recorded in their order."
        )
