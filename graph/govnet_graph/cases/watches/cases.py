"""Follows cases: each step that was taken, each that was taken back, each deadline that passed or is near, told once.

What people wrote (reasons, descriptions) is not told: a webhook or feed leads out of the house. Whoever has a key reads it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govnet_graph.cases.events import events, last_cursor, reminders
from govnet_graph.cases.machine import MACHINE
from govnet_graph.cases.model import Event, Reminder
from govnet_graph.cases.read import areas_above
from govnet_graph.cases.watches.keeper import Follow
from govnet_graph.cases.watches.model import Draft, Held, NoticeKind, Watch
from govnet_graph.questions import BadParameter
from govnet_graph.schema import Text
from govnet_graph.store.driver import Graph

LATE, SOON, UNDONE, MANY = "case.late", "case.due-soon", "case.undone", "case.many"
EVENTS: Mapping[str, Text] = {
    **{f"case.{step.name}": step.text for step in MACHINE.values()},
    UNDONE: Text("撤销一步", "Step taken back"),
    LATE: Text("已超期", "Late"),
    SOON: Text("即将到期", "Due soon"),
}
PARAMETERS = ("event", "area")
_AT_ONCE = 50
_PAGE = 1000
_REMEMBERED = 20_000
_ABOUT = """
MATCH (c:Case) WHERE c.id IN $ids
RETURN c.id, c.name, c.kind, head(COLLECT { MATCH (c)-[r:RAISED_IN]->(a) WHERE r.until IS NULL RETURN a.id ORDER BY a.id })
"""


@dataclass(frozen=True, slots=True)
class _About:
    name: str
    kind: str
    area: str


def wanted_events(given: Mapping[str, str]) -> frozenset[str]:
    """The events that a watch of cases is for, all where it names none. Raises BadParameter.

    >>> sorted(wanted_events({"event": "late,case.refuse"}))
    ['case.late', 'case.refuse']
    """
    for name in given:
        if name not in PARAMETERS:
            raise BadParameter(name, f"A watch of cases takes no {name[:40]!r}.", hint="It takes event and area.")
    named = [part.strip() for part in given.get("event", "").split(",") if part.strip()]
    found = frozenset(name if name.startswith("case.") else f"case.{name}" for name in named)
    unknown = sorted(found - set(EVENTS))
    if unknown:
        known = ", ".join(name.removeprefix("case.") for name in EVENTS)
        raise BadParameter(
            "event", f"Nothing called {unknown[0][5:45]!r} happens to cases.", hint=f"There are {known}."
        )
    return found or frozenset(EVENTS)


def follower(graph: Callable[[], Awaitable[Graph]]) -> Follow:
    """Follows the cases of a graph."""

    async def follow(watch: Watch, before: Held, day: dt.date) -> tuple[Held, Sequence[Draft]]:
        opened, wanted = await graph(), wanted_events(watch.parameters)
        # Read first: what is written meanwhile is then looked for once more, and the cursor keeps it from being told twice.
        version = await last_cursor(opened)
        area = watch.parameters.get("area")
        if area:
            await areas_above(opened, area)
        clocks = await reminders(opened, day=day, area=area) if wanted & {LATE, SOON} else []
        if before.content is None:
            return Held(0, version, day, {"cursor": version, "told": [clock.id for clock in clocks]}), ()
        found = await _since(opened, before.content["cursor"])
        cursor = max([before.content["cursor"], *(event.cursor for event in found)])
        told = set(before.content["told"])
        late = [clock for clock in clocks if clock.id not in told and clock.event in wanted]
        happened = [event for event in found if event.event in wanted]
        about = await _about(opened, {e.case for e in happened} | {clock.case for clock in late})
        inside = [e for e in happened if not area or (e.case in about and about[e.case].area.startswith(area))]
        drafts = [_of_event(event, about) for event in inside] + [_of_clock(clock, about) for clock in late]
        remembered = [*before.content["told"], *(clock.id for clock in clocks if clock.id not in told)][-_REMEMBERED:]
        return Held(0, version, day, {"cursor": cursor, "told": remembered}), _few(drafts)

    return follow


async def _since(graph: Graph, cursor: int) -> list[Event]:
    found: list[Event] = []
    while page := await events(graph, cursor, limit=_PAGE):
        found += page
        cursor = page[-1].cursor
        if len(page) < _PAGE:
            break
    return found


async def _about(graph: Graph, cases: Iterable[str]) -> dict[str, _About]:
    wanted = sorted(cases)
    if not wanted:
        return {}
    rows = await graph.read(_ABOUT, {"ids": wanted})
    return {id_: _About(name, kind, area or "") for id_, name, kind, area in rows}


def _few(drafts: list[Draft]) -> list[Draft]:
    """The notices themselves, or one that counts them where there are too many to read."""
    if len(drafts) <= _AT_ONCE:
        return drafts
    counts = Counter(draft.type for draft in drafts)
    zh = "、".join(f"{EVENTS[name].zh} {n}" for name, n in sorted(counts.items()))
    en = ", ".join(f"{EVENTS[name].en} {n}" for name, n in sorted(counts.items()))
    cases = [draft.data["case"] for draft in drafts]
    title = Text(f"问题办理 {len(drafts)} 项：{zh}", f"{len(drafts)} events of cases: {en}")
    return [
        Draft(
            NoticeKind.CASE, MANY, title, {"counts": dict(counts), "cases": cases[:500], "truncated": len(cases) > 500}
        )
    ]


def _told(case: str, about: Mapping[str, _About]) -> dict[str, Any]:
    known = about.get(case)
    return {"case": case, "name": known and known.name, "case_kind": known and known.kind, "area": known and known.area}


def _title(case: str, name: str, about: Mapping[str, _About]) -> Text:
    known, said = about.get(case), EVENTS[name]
    called = known.name if known is not None else case
    return Text(f"{called}：{said.zh}", f"{called}: {said.en}")


def _of_event(event: Event, about: Mapping[str, _About]) -> Draft:
    data = {
        **_told(event.case, about), "step": event.step_id, "state": event.state, "on": event.day, "target": event.target,
        "due_on": event.due_on, "cursor": event.cursor, "undone": event.detail if event.event == UNDONE else None,
    }  # fmt: skip
    return Draft(NoticeKind.CASE, event.event, _title(event.case, event.event, about), data)


def _of_clock(clock: Reminder, about: Mapping[str, _About]) -> Draft:
    data = {
        **_told(clock.case, about), "state": clock.state, "due_on": clock.due_on, "working_days_left": clock.working_days,
        "waits_for": clock.waits_for, "who": list(clock.who),
    }  # fmt: skip
    return Draft(NoticeKind.CASE, clock.event, _title(clock.case, clock.event, about), data)
