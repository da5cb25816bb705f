"""Reads kinds of case as services, and cases as service requests.

What people wrote, and where exactly they were, is personal: it is left out unless the caller may see names. Nothing says
who made a report, because that is not kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from govnet_graph.cases.machine import STATES
from govnet_graph.cases.open311.model import CLOSED, OPEN, Open311Problem, Request, Service, Wanted
from govnet_graph.questions.values import ZONE
from govnet_graph.store.driver import Graph, native

_KINDS = """
MATCH (k:CaseKind)
WHERE (k.since IS NULL OR k.since <= $day) AND (k.until IS NULL OR k.until > $day)
RETURN k.code, k.name, k.name_en, k.group, k.covers, coalesce(k.aliases, []), k.recorded_at ORDER BY k.code, k.id
"""
_REQUESTS = """
MATCH (c:Case)
WHERE ($ids IS NULL OR c.id IN $ids)
  AND ($first IS NULL OR c.raised_on >= $first) AND ($last IS NULL OR c.raised_on <= $last)
  AND ($codes IS NULL OR c.kind IN $codes)
  AND ($states IS NULL OR c.state IN $states)
WITH c ORDER BY c.raised_on DESC, c.id
RETURN properties(c),
  head(COLLECT { MATCH (s:CaseStep {number: 1})-[:STEP_OF]->(c) RETURN s.recorded_at ORDER BY s.id }),
  COLLECT {
    MATCH (c)-[d:DISPATCHED_TO]->(to)
    WHERE coalesce(d.outcome, 'open') <> 'refused' AND d.until IS NULL RETURN coalesce(to.title, to.name) ORDER BY d.dispatched_on DESC, to.id
  },
  COLLECT {
    MATCH (c)-[r:RAISED_IN]->(a) WHERE r.until IS NULL
    WITH a ORDER BY a.id LIMIT 1
    OPTIONAL MATCH (a)-[:PART_OF]->(b) WHERE b:Community OR b:Street OR b:District
    OPTIONAL MATCH (b)-[:PART_OF]->(e) WHERE e:Street OR e:District
    OPTIONAL MATCH (e)-[:PART_OF]->(f:District)
    WITH a, b, e, f ORDER BY b.id, e.id, f.id LIMIT 1
    UNWIND [n IN [a, b, e, f] WHERE n IS NOT NULL] AS n
    RETURN [n.id, n.name]
  }
"""
_BY_STEP = "MATCH (s:CaseStep {id: $token})-[:STEP_OF]->(c:Case) RETURN c.id"
_OPEN_STATES = tuple(state.name for state in STATES.values() if state.open)
_CLOSED_STATES = tuple(state.name for state in STATES.values() if not state.open)


async def services(graph: Graph, day: dt.date, language: str) -> tuple[list[Service], dt.datetime | None]:
    """What can be reported, and when that was last changed (naive UTC)."""
    found, changed = [], []
    for code, name, name_en, group, covers, aliases, recorded in map(native, await graph.read(_KINDS, {"day": day})):
        shown = (name_en or name) if language == "en" else name
        keywords = [text for text in (*aliases, *str(covers or "").split("、")) if text]
        found.append(Service(code, shown, covers or "", group or "", tuple(keywords)))
        changed.append(recorded)
    return found, max((moment for moment in changed if moment is not None), default=None)


async def requests(
    graph: Graph, wanted: Wanted, known: Sequence[Service], *, personal: bool, language: str
) -> list[Request]:
    """The requests that were asked for, the latest first. Raises Open311Problem for a service that there is not."""
    codes = {service.code: service.name for service in known}
    for code in wanted.codes:
        if code not in codes:
            raise Open311Problem(404, f"service_code {code[:60]!r} was not found.")
    # A case has a day; the exact moment is judged below.
    states = {OPEN: _OPEN_STATES, CLOSED: _CLOSED_STATES}
    given = {
        "ids": list(wanted.ids) or None,
        "first": wanted.start and wanted.start.astimezone(ZONE).date(),
        "last": wanted.end and wanted.end.astimezone(ZONE).date(),
        "codes": list(wanted.codes) or None,
        "states": [name for state in wanted.states for name in states[state]] or None,
    }
    found = []
    for row in await graph.read(_REQUESTS, given):
        case, recorded, holders, areas = native(row)
        moment = _requested(case, recorded)
        if wanted.start is None or wanted.end is None or wanted.start <= moment <= wanted.end:
            found.append((moment, _request(case, moment, holders, areas, codes, personal=personal, language=language)))
    found.sort(key=lambda pair: (-pair[0].timestamp(), str(pair[1]["service_request_id"])))
    skipped = (wanted.page - 1) * wanted.size
    return [request for _, request in found[skipped : skipped + wanted.size]]


async def of_token(graph: Graph, token: str) -> str | None:
    """The id of the request that a token stands for: the id of the step that raised it, or its own."""
    rows = await graph.read(_BY_STEP, {"token": token})
    return str(rows[0][0]) if rows else None


def _requested(case: Mapping[str, Any], recorded: dt.datetime | None) -> dt.datetime:
    """When it was raised: the moment it was recorded, where that is the day it was raised on; else the beginning of the day."""
    moment = recorded.replace(tzinfo=dt.UTC).astimezone(ZONE) if recorded is not None else None
    day = case.get("raised_on")
    if moment is not None and (day is None or moment.date() == day):
        return moment
    if day is None:
        first: dt.datetime = case["recorded_at"]
        return first.replace(tzinfo=dt.UTC).astimezone(ZONE)
    return dt.datetime.combine(day, dt.time(), ZONE)


def _request(
    case: Mapping[str, Any], moment: dt.datetime, holders: Sequence[str], areas: Sequence[tuple[str, str]],
    codes: Mapping[str, str], *, personal: bool, language: str,
) -> Request:  # fmt: skip
    state, done = STATES[case["state"]], case.get("closed_on")
    recorded: dt.datetime = case["recorded_at"]
    updated = recorded.replace(tzinfo=dt.UTC).astimezone(ZONE)
    if not state.open and done is not None and updated.date() != done:
        updated = dt.datetime.combine(done, dt.time(), ZONE)
    due = case.get("due_on")
    place = ", ".join(str(name) for _, name in areas)
    said = case.get("description") if personal else None
    exact = case.get("address") if personal else None
    return {
        "service_request_id": case["id"],
        "status": OPEN if state.open else CLOSED,
        "status_notes": state.text.en if language == "en" else state.text.zh,
        "service_name": codes.get(case["kind"]),
        "service_code": case["kind"],
        "description": str(said or case["name"])[:4000],
        "agency_responsible": "、".join(holders) or None,
        "service_notice": None,
        "requested_datetime": _w3(moment),
        "updated_datetime": _w3(max(updated, moment)),
        "expected_datetime": _w3(dt.datetime.combine(due, dt.time(23, 59, 59), ZONE)) if due is not None else None,
        "address": ", ".join(part for part in (exact, place) if part) or None,
        "address_id": areas[0][0] if areas else None,
        "zipcode": None,
        "lat": case.get("latitude") if personal else None,
        "long": case.get("longitude") if personal else None,
        "media_url": None,
    }


def _w3(moment: dt.datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
