"""What happened to cases since a cursor, and whose deadlines have passed: what webhooks, feeds and copies elsewhere read."""

from __future__ import annotations

import datetime as dt

from govnet_graph.cases.clock import working_days_between
from govnet_graph.cases.machine import STATES
from govnet_graph.cases.model import Event, Reminder
from govnet_graph.questions import question
from govnet_graph.questions.values import today
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.reader import ask

# Each step and each undo is one write, and each write has a data version of its own, so that one number orders all.
_STEPS = """
MATCH (s:CaseStep)-[:STEP_OF]->(c:Case) WHERE s.version > $since AND ($case IS NULL OR c.id = $case)
RETURN s.version, 'case.' + s.step, c.id, s.id, s.to_state, s.taken_on, s.recorded_at, s.target, s.why, s.due_on, s.detail
ORDER BY s.version, s.id LIMIT $limit
"""
_UNDONE = """
MATCH (p:Plan) WHERE p.data_version > $since AND p.undoes IS NOT NULL AND p.state = 'applied'
MATCH (s:Withdrawn {was: 'CaseStep', superseded_by: p.id})
WHERE $case IS NULL OR EXISTS { (s)-[:SUPERSEDED {was: 'STEP_OF'}]->(c) WHERE c.id = $case }
RETURN p.data_version, 'case.undone', head(COLLECT { MATCH (s)-[:SUPERSEDED {was: 'STEP_OF'}]->(c) RETURN c.id }), s.id, coalesce(s.from_state, ''),
  s.taken_on, p.recorded_at, s.target, p.reason, null, s.step
ORDER BY p.data_version, s.id LIMIT $limit
"""


async def events(graph: Graph, since: int = 0, *, case: str | None = None, limit: int = 200) -> list[Event]:
    """What happened to cases after the write ``since``, oldest first; at most ``limit``.

    Read again with the last event's ``cursor`` until nothing comes. A step that was taken back is told of as ``case.undone``
    with the step's name in ``detail``; if it was taken back before it was told of, only that is told.

    Parameters
    ----------
    graph : Graph
    since : int
        The ``cursor`` of the last event that was seen; 0 for all.
    case : str, optional
        Only this case.
    limit : int
        1 to 1000.
    """
    given = {"since": since, "case": case, "limit": limit}
    rows = [*await graph.read(_STEPS, given), *await graph.read(_UNDONE, given)]
    found = [Event(*native(row)) for row in rows]
    return sorted(found, key=lambda e: (e.cursor, e.step_id))[:limit]


async def last_cursor(graph: Graph) -> int:
    """The cursor from which only what is yet to come is told."""
    rows = await graph.read("MATCH (s:GraphState {id: 'govnet'}) RETURN s.data_version")
    return int(rows[0][0]) if rows else 0


async def reminders(
    graph: Graph, *, day: dt.date | None = None, soon: int = 1, area: str | None = None, home: str | None = None
) -> list[Reminder]:
    """Whose step with which case is late on a day, or due within ``soon`` working days; the latest first.

    The same deadline of the same case has the same ``id`` each day, so that it can be told once; a step, an escalation or a
    reopening sets a new deadline, which has another. Raises what the question ``case-clock`` raises.
    """
    day = day or today()
    # The longest holidays hold eight days; the question counts days, and what is too far off is left out below.
    ahead = min(366, 2 * soon + 12)
    given: dict[str, object] = {"as_of": day, "ahead": ahead, "limit": 1000} | ({"area": area} if area else {})
    found: list[Reminder] = []
    for skip in range(0, 1_000_000, 1000):
        answer = await ask(graph, question("case-clock"), {**given, "skip": skip}, home=home)
        found += [reminder for record in answer.records() if (reminder := _reminder(record, day, soon)) is not None]
        if not answer.more:
            break
    return found


def _reminder(record: dict[str, object], day: dt.date, soon: int) -> Reminder | None:
    due, state, case = record["next_due_on"], str(record["state"]), record["case"]
    assert isinstance(due, dt.date)
    assert isinstance(case, dict)
    left = working_days_between(day, due)
    if left > soon:
        return None
    event = "case.late" if due < day else "case.due-soon"
    role = STATES[state].role
    who = record["who"]
    assert isinstance(who, list)
    ids = tuple(one["id"] for one in who)
    return Reminder(f"{event}:{case['id']}:{state}:{due}", event, case["id"], state, due, left, str(role or ""), ids)
