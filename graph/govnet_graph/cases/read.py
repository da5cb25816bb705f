"""Reads what the graph holds of a case, in one round trip each: the case with its surroundings, parties, kinds, answered requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govnet_graph.cases.held import LEVELS, Dispatch, Held, Party, Props
from govnet_graph.cases.model import Outcome
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.store.driver import Graph, native

_CASE = """
MATCH (c:Case {id: $case})
RETURN properties(c), labels(c),
  COLLECT { MATCH (k:CaseKind) WHERE k.code = c.kind RETURN properties(k) ORDER BY k.id LIMIT 1 },
  COLLECT { MATCH (c)-[r:RAISED_IN]->(a) WHERE r.until IS NULL RETURN a.id ORDER BY a.id LIMIT 1 },
  COLLECT { MATCH (c)-[d:DISPATCHED_TO]->(to) RETURN [to.id, properties(d)] ORDER BY d.id },
  COLLECT { MATCH (s:CaseStep)-[:STEP_OF]->(c) RETURN [s.step, s.actor, s.taken_on] ORDER BY s.number }
"""
_ABOVE = """
MATCH (a:Entity {id: $area}) WHERE a:Grid OR a:Community OR a:Street OR a:District
OPTIONAL MATCH (a)-[p:PART_OF]->(b) WHERE p.until IS NULL AND (b:Community OR b:Street OR b:District)
OPTIONAL MATCH (b)-[q:PART_OF]->(c) WHERE q.until IS NULL AND (c:Street OR c:District)
OPTIONAL MATCH (c)-[r:PART_OF]->(d:District) WHERE r.until IS NULL
WITH a, b, c, d ORDER BY b.id, c.id, d.id LIMIT 1
RETURN [n IN [a, b, c, d] WHERE n IS NOT NULL | [head([l IN labels(n) WHERE l <> 'Entity']), n.id]], a.until
"""
_PARTIES = """
UNWIND $ids AS id MATCH (n:Entity {id: id})
RETURN n.id, head([l IN labels(n) WHERE l <> 'Entity']), n.since, n.until,
  COLLECT {
    MATCH (n)-[m:MEMBER_OF]->(body)
    WHERE (m.since IS NULL OR m.since <= $day) AND (m.until IS NULL OR m.until > $day) RETURN body.id
  }
"""
_ANSWERED = "MATCH (p:Plan {key: $key}) RETURN p.id, p.state, p.data_version ORDER BY p.state, p.id LIMIT 1"
_OF_STEP = """
MATCH (s:CaseStep {id: $id})-[:STEP_OF]->(c:Case) RETURN properties(s), c.id, c.steps, c.due_assumed
UNION ALL
MATCH (s:Withdrawn {id: $id})-[:SUPERSEDED {was: 'STEP_OF'}]->(c) RETURN properties(s), c.id, c.steps, c.due_assumed
"""


async def read_case(graph: Graph, case: str) -> Held:
    """A case with all that steps are decided by. Raises NotFound."""
    rows = await graph.read(_CASE, {"case": case})
    if not rows:
        raise NotFound(f"There is no case {case[:60]!r}.", hint="`govnet case list` shows the cases.")
    props, _, kinds, spots, links, steps = native(rows[0])
    raiser = next((actor for name, actor, _ in steps if name == "raise"), None)
    days = [day for _, _, day in steps if day is not None]
    # What a ledger says of a case happened before the steps that are taken here.
    days += [held[name] for _, held in links for name in ("dispatched_on", "accepted_on", "closed_on") if name in held]
    areas = await areas_above(graph, spots[0]) if spots else ()
    return Held(
        case,
        props,
        kinds[0] if kinds else None,
        areas,
        tuple(Dispatch(held["id"], to, held) for to, held in links),
        raiser or "",
        max(days, default=None),
    )


async def areas_above(graph: Graph, area: str) -> tuple[tuple[str, str], ...]:
    """(level, id) of an area and of those that it lies in, lowest first. Raises NotFound for what is no such area."""
    rows = await graph.read(_ABOVE, {"area": area})
    if not rows:
        raise NotFound(f"There is no area {area[:60]!r}.", hint=f"Give the code of a {', '.join(LEVELS).lower()}.")
    found, until = native(rows[0])
    if until is not None:
        raise BadInput(f"The area {area} ended on {until}.", hint="Give the area that took its place.")
    return tuple((str(label), str(id_)) for label, id_ in found)


async def read_parties(graph: Graph, ids: Iterable[str], day: Any) -> dict[str, Party]:
    """Those of the ids that are in the graph, with the bodies that they belong to on the day."""
    wanted = sorted({id_ for id_ in ids if id_})
    if not wanted:
        return {}
    rows = [native(row) for row in await graph.read(_PARTIES, {"ids": wanted, "day": day})]
    return {id_: Party(id_, label, since, until, frozenset(bodies)) for id_, label, since, until, bodies in rows}


async def read_kind(graph: Graph, code: str) -> Props:
    """The kind of case with this code. Raises NotFound, which names the codes that there are."""
    rows = await graph.read("MATCH (k:CaseKind) RETURN properties(k) ORDER BY k.code, k.id")
    kinds = {props["code"]: props for (props,) in reversed([native(row) for row in rows])}
    if code not in kinds:
        known = ", ".join(sorted(kinds))
        hint = (
            f"There are {known}." if known else "The graph holds no kinds of case; load a data set or import the table."
        )
        raise NotFound(f"There is no kind of case {code[:60]!r}.", hint=hint)
    return dict(kinds[code])


async def answered(graph: Graph, key: str, step_id: str) -> tuple[Outcome, str] | None:
    """What a request with this key came to before, and the hash of that request; None for a new key. An undone one counts."""
    plans = await graph.read(_ANSWERED, {"key": key})
    if not plans:
        return None
    plan, _, version = plans[0]
    rows = await graph.read(_OF_STEP, {"id": step_id})
    if not rows:
        return None
    props, case, _, assumed = native(rows[0])
    outcome = Outcome(
        case, props["step"], step_id, props["to_state"], props["number"], plan, version or 0,
        props.get("due_on"), bool(assumed), already=True,
    )  # fmt: skip
    return outcome, str(props.get("request", ""))
