"""Cases by the steps that were taken with them: how each stands, who has to act, what was done.

Decided here where the definition leaves it open: a step without a day counts as taken; before the first recorded step a case
was in the state that this step found; a ledger that names no day of a refusal tells of it on the day of the dispatch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tests.oracle.dispatch import dispatches, has_hold
from tests.oracle.judgement import Judge
from tests.oracle.people import holding, living
from tests.oracle.values import any_entity, ascending, entity, page
from tests.oracle.world import Rows, World

Parameters = Mapping[str, Any]
DONE = ("solved", "closed")


class Standing:
    """A case on a day."""

    def __init__(self, world: World, case: str, day: dt.date) -> None:
        self.world, self.case, self.day = world, case, day
        steps = {x.start for x in world.into(case, ("STEP_OF",))}
        self.taken = sorted(steps, key=lambda s: (world.get(s, "number"), s))
        self.past = [s for s in self.taken if (world.get(s, "taken_on") or day) <= day]
        if self.past:
            self.state = world.get(self.past[-1], "to_state")
        else:
            first = world.get(self.taken[0], "from_state") if self.taken else None
            self.state = first or world.get(case, "state")

    @property
    def next_due_on(self) -> dt.date | None:
        """Day by which the next step is due."""
        if self.past:
            return self.world.get(self.past[-1], "due_on")
        closed = self.world.get(self.case, "closed_on")
        if closed <= self.day if closed else self.state in DONE:
            return None
        own = None if self.taken else self.world.get(self.case, "next_due_on")
        return own or self.world.get(self.case, "due_on")

    @property
    def late(self) -> bool:
        """Whether the next step, or solving it, is overdue."""
        if self.next_due_on and self.next_due_on < self.day:
            return True
        closed, due = self.world.get(self.case, "closed_on"), self.world.get(self.case, "due_on")
        waits = self.state not in DONE and (closed is None or closed > self.day)
        return waits and due is not None and due < self.day

    @property
    def holders(self) -> list[str]:
        """With whom it lies."""
        return sorted({x.end for x in dispatches(self.world, self.case, self.day) if has_hold(x, self.day)})

    def level(self, place: str) -> str:
        """Level of area at which it lies."""
        raised = [self.world.get(s, "detail") for s in self.past if self.world.get(s, "step") == "escalate"]
        own = None if self.past else self.world.get(self.case, "level")
        return (
            (raised[-1] if raised else None)
            or own
            or {"Grid": "Community"}.get(self.world.label(place), self.world.label(place))
        )


def _raised(world: World, judge: Judge, root: str, day: dt.date) -> list[tuple[str, str]]:
    """(case, place) of all cases raised by the day in an area."""
    if root not in judge.tree:
        return []
    return [
        (case, place)
        for place in judge.below(root)
        for case in sorted({x.start for x in world.into(place, ("RAISED_IN",), day)})
        if (world.get(case, "raised_on") or day) <= day
    ]


def cases(world: World, parameters: Parameters) -> Rows:
    """Cases of an area, the nearest deadline first."""
    day, rows = parameters["as_of"], []
    for case, place in _raised(world, Judge(world, day), parameters["area"], day):
        now = Standing(world, case, day)
        wanted = (
            parameters.get("state") in (None, now.state),
            parameters.get("open") in (None, now.state not in DONE),
            parameters.get("late") in (None, now.late),
            parameters.get("kind") in (None, world.get(case, "kind")),
            parameters.get("channel") in (None, world.get(case, "channel")),
            parameters.get("holder") in (None, *now.holders),
        )
        if all(wanted):
            row = [entity(world, case), world.get(case, "kind"), now.state, now.late, entity(world, place)]
            row += [
                world.get(case, "channel"),
                world.get(case, "raised_on"),
                world.get(case, "due_on"),
                now.next_due_on,
            ]
            row += [[any_entity(world, n) for n in now.holders], len(now.past)]
            rows.append(((*ascending(now.next_due_on), case, place), row))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


def case_clock(world: World, parameters: Parameters) -> Rows:
    """Cases whose next step is overdue or due soon, and who has to take it."""
    day, rows = parameters["as_of"], []
    judge = Judge(world, day)
    roles = {"dispatched": "holder", "accepted": "holder", "solved": "raiser"}
    for case, place in _raised(world, judge, parameters["area"], day):
        now = Standing(world, case, day)
        due = now.next_due_on
        if due is None or now.state == "closed" or (day - due).days < -parameters["ahead"]:
            continue
        role, level = roles.get(now.state, "dispatcher"), now.level(place)
        if role == "holder":
            who = now.holders
        elif role == "raiser":
            first = [world.get(s, "actor") for s in now.past if world.get(s, "step") == "raise"][:1]
            who = [actor for actor in first if actor in world.nodes]
        else:
            above = [a for a in judge.above(place) if world.label(a) == level]
            who = sorted({x.start for a in above for x in holding(world, a, ("RESPONSIBLE_FOR",), day)})
        row = [entity(world, case), world.get(case, "kind"), now.state, entity(world, place), level, due]
        row += [(day - due).days, role, [any_entity(world, n) for n in who]]
        rows.append(row)
    rows.sort(key=lambda row: (-row[6], row[0]["id"], row[3]["id"]))
    return page(rows, parameters)


def case_kinds(world: World, parameters: Parameters) -> Rows:
    """Kinds of case with their deadlines."""
    names = ("code", "name_en", "group", "covers", "dispatch_days", "accept_days", "solve_days", "confirm_days")
    found = sorted(living(world, "CaseKind", parameters["as_of"]), key=lambda k: (world.get(k, "code"), k))
    lists = ("chain", "professions", "services")
    called: dict[str, str] = {}
    for service in reversed(living(world, "Service", parameters["as_of"])):
        called[world.get(service, "code")] = world.get(service, "name")
    rows = []
    for k in found:
        fits = [called.get(code) or code for code in world.get(k, "services") or []]
        rows.append(
            [entity(world, k), *(world.get(k, n) for n in names), *(world.get(k, n) or [] for n in lists), fits]
        )
    return page(rows, parameters)


def case_profile(world: World, parameters: Parameters) -> Rows:
    """How one case stands."""
    case, day = parameters["case"], parameters["as_of"]
    now = Standing(world, case, day)

    def by(value: dt.date | None) -> dt.date | None:
        return value if value is not None and value <= day else None

    places = sorted({x.end for x in world.out(case, ("RAISED_IN",), day)})
    sent = []
    for x in dispatches(world, case, day):
        told = {
            "to": any_entity(world, x.end),
            "dispatched_on": x.get("dispatched_on"),
            "answer_by": x.get("answer_by"),
        }
        told |= {"accepted_on": by(x.get("accepted_on")), "closed_on": by(x.get("closed_on"))}
        told |= {"outcome": x.get("outcome"), "refusal": x.get("refusal")}
        sent.append(((*ascending(x.get("dispatched_on")), x.end, x.id), told))
    row = [entity(world, case), world.get(case, "kind"), now.state, now.late, world.get(case, "channel")]
    row += [[entity(world, p) for p in places], now.level(places[0]) if places else _level(now)]
    row += [world.get(case, "raised_on"), world.get(case, "due_on"), now.next_due_on]
    row += [bool(world.get(case, "due_assumed")), by(world.get(case, "closed_on")), by(world.get(case, "agreed_on"))]
    row += [world.get(case, "reopened") or 0, len(now.past), [told for _, told in sorted(sent, key=lambda s: s[0])]]
    row += [{}, world.get(case, "source"), world.get(case, "source_ref"), world.get(case, "synthetic")]
    return page([row], parameters)


def _level(now: Standing) -> str | None:
    raised = [now.world.get(s, "detail") for s in now.past if now.world.get(s, "step") == "escalate"]
    return (raised[-1] if raised else None) or (None if now.past else now.world.get(now.case, "level"))


def case_history(world: World, parameters: Parameters) -> Rows:
    """Steps of a case: those recorded, and before them those that a ledger's days tell of."""
    case, day = parameters["case"], parameters["as_of"]
    now, rows = Standing(world, case, day), []

    def someone(node: str | None) -> Any:
        return any_entity(world, node) if node in world.nodes else None

    def ledger(
        fact: Any, step: str, on: dt.date | None, place: dt.date | None, rank: int, who: Any, to: Any, why: Any
    ) -> None:
        state = {
            "raise": "raised",
            "dispatch": "dispatched",
            "accept": "accepted",
            "refuse": "refused",
            "recall": "raised",
        }
        told = [None, step, on, None, state.get(step, "solved"), someone(who), someone(to), None, why, None, None]
        rows.append(((0, *ascending(place), rank, fact[0]), [*told, fact[1]("source"), fact[1]("source_ref")]))

    known = [(world.get(s, "step"), world.get(s, "target"), world.get(s, "taken_on")) for s in now.taken]
    raised = world.get(case, "raised_on")
    if raised and raised <= day and not any(step == "raise" for step, _, _ in known):
        ledger((case, lambda n: world.get(case, n)), "raise", raised, raised, 0, None, None, None)
    for x in world.out(case, ("DISPATCHED_TO",)):
        sent, closed, outcome = x.get("dispatched_on"), x.get("closed_on"), x.get("outcome")
        told = [
            ("dispatch", sent, 1, sent is not None),
            ("accept", x.get("accepted_on"), 2, x.get("accepted_on") is not None),
        ]
        told += [("refuse", None, 3, outcome == "refused"), ("recall", closed, 4, outcome == "recalled")]
        told += [("done", closed, 5, outcome in (None, "open", "solved") and closed is not None)]
        for step, on, rank, there in told:
            recorded = any(s == step and t == x.end and (on is None or d == on) for s, t, d in known)
            if there and not recorded and (on or sent or day) <= day:
                who = x.end if step in ("accept", "refuse", "done") else None
                why = x.get("refusal") if step == "refuse" else None
                ledger((x.id, x.get), step, on, on or sent, rank, who, x.end, why)
    for s in now.past:
        told = [world.get(s, n) for n in ("number", "step", "taken_on", "from_state", "to_state")]
        told += [someone(world.get(s, "actor")), someone(world.get(s, "target"))]
        told += [world.get(s, n) for n in ("detail", "why", "author", "due_on", "source", "source_ref")]
        rows.append(((world.get(s, "number"), *ascending(world.get(s, "taken_on")), 0, s), told))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


CASES = {
    "cases": cases,
    "case-clock": case_clock,
    "case-kinds": case_kinds,
    "case-profile": case_profile,
    "case-history": case_history,
}
