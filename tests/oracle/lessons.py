"""Activities, and what the cases teach: counts by kind, channel, responder and worker, and gaps that recurring needs bear out.

Decided here where the definition leaves it open: a place counts for the areas whose codes its own begins with; what is above
the level asked for stands for itself; without a day nothing lies in a period that has a first or a last one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tests.oracle.dispatch import has_hold
from tests.oracle.judgement import Judge
from tests.oracle.people import living, rounded
from tests.oracle.resources import lies_in, withdrawn
from tests.oracle.values import any_entity, ascending, entity, page
from tests.oracle.world import AREA_LABELS, Rows, World

Parameters = Mapping[str, Any]
DIGITS = {"District": 6, "Street": 9, "Community": 12}


def _within(value: dt.date | None, parameters: Parameters) -> bool:
    first, last = parameters.get("from"), parameters.get("to")
    if value is None:
        return first is None and last is None
    return (first is None or value >= first) and (last is None or value <= last)


def _group(place: str, parameters: Parameters) -> str:
    return place[: DIGITS[parameters["level"]]]


def _held(world: World, parameters: Parameters) -> list[tuple[str, list[str]]]:
    """(activity, places) of what was held in the area."""
    day, found = parameters["as_of"], []
    for one in living(world, "Activity", day):
        on = world.get(one, "held_on")
        if (
            (on or day) > day
            or not _within(on, parameters)
            or parameters.get("kind") not in (None, world.get(one, "kind"))
        ):
            continue
        spots = {x.end for x in world.out(one, ("HELD_IN",), day)}
        rooms = {s for s in spots if world.has(s, "Resource")}
        spots |= {x.end for r in rooms for x in world.out(r, ("LOCATED_IN",), day)}
        places = {s for s in spots if world.has(s, *AREA_LABELS)}
        places |= {x.end for x in world.out(one, ("HELD_BY",), day) if world.has(x.end, "District")}
        found.append((one, sorted(places)))
    return [(one, places) for one, places in found if any(p.startswith(parameters["area"]) for p in places)]


def activities(world: World, parameters: Parameters) -> Rows:
    """Activities, the latest first; those without a day stand before all."""
    day, rows = parameters["as_of"], []
    for one, places in _held(world, parameters):
        hosts, came = (sorted({x.end for x in world.out(one, (t,), day)}) for t in ("HELD_BY", "ATTENDED_BY"))
        if parameters.get("host") not in (None, *hosts):
            continue
        on = world.get(one, "held_on")
        row = [entity(world, one), world.get(one, "kind"), on, [entity(world, p) for p in places]]
        row += [[any_entity(world, n) for n in some] for some in (hosts, came)]
        row += [world.get(one, "attendance"), world.get(one, "disputes"), world.get(one, "synthetic") is True]
        row += [world.get(one, "source"), world.get(one, "source_ref")]
        rows.append(((on is not None, -on.toordinal() if on else 0, one), row))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


def activity_counts(world: World, parameters: Parameters) -> Rows:
    """Activities by kind, area and period."""
    groups: dict[tuple[str, str | None, str], list[str]] = defaultdict(list)
    for one, places in _held(world, parameters):
        on, span = world.get(one, "held_on"), None
        if on is not None:
            quarter = f"{on.year}-Q{(on.month + 2) // 3}"
            span = {"year": str(on.year), "quarter": quarter, "month": f"{on:%Y-%m}"}.get(parameters["period"])
        for area in {_group(p, parameters) for p in places if p.startswith(parameters["area"])}:
            groups[world.get(one, "kind"), span, area].append(one)
    rows = []
    for (kind, span, area), some in sorted(groups.items(), key=lambda g: (g[0][0], *ascending(g[0][1]), g[0][2])):
        came = [world.get(one, "attendance") for one in some]
        figures = [
            len(some),
            sum(n or 0 for n in came),
            came.count(None),
            sum(world.get(o, "disputes") or 0 for o in some),
        ]
        rows.append([kind, entity(world, area), span, *figures, sum(world.get(o, "synthetic") is True for o in some)])
    return page(rows, parameters)


def case_rates(world: World, parameters: Parameters) -> Rows:
    """Cases and solved ones by area and channel."""
    day = parameters["as_of"]
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in living(world, "Case", day):
        raised, channel = world.get(case, "raised_on"), world.get(case, "channel")
        if (raised or day) > day or not _within(raised, parameters) or parameters.get("channel") not in (None, channel):
            continue
        for x in world.out(case, ("RAISED_IN",), day):
            if x.end.startswith(parameters["area"]):
                groups[_group(x.end, parameters), channel].add(case)
    rows = []
    for (area, channel), some in sorted(groups.items()):
        ended = [c for c in some if world.get(c, "state") in ("solved", "closed")]
        ended = [c for c in ended if (world.get(c, "closed_on") or day) <= day]
        known = [c for c in ended if world.get(c, "closed_on") and world.get(c, "due_on")]
        in_time = sum(world.get(c, "closed_on") <= world.get(c, "due_on") for c in known)
        rate = rounded(Decimal(100 * len(ended)) / len(some), 2)
        made = sum(world.get(c, "synthetic") is True for c in some)
        rows.append([entity(world, area), channel, len(some), len(ended), rate, len(known), in_time, made])
    return page(rows, parameters)


def _days(found: list[int]) -> list[dict[str, int]]:
    return [{"days": days, "dispatches": n} for days, n in sorted(Counter(found).items())]


def answer_times(world: World, parameters: Parameters) -> Rows:
    """Days from dispatch to acceptance and to closing, by whom it went to."""
    day, sent = parameters["as_of"], defaultdict(list)
    for case in world.labelled("Case"):
        places = [x.end for x in world.out(case, ("RAISED_IN",), day)]
        if not any(p.startswith(parameters["area"]) for p in places) or (world.get(case, "raised_on") or day) > day:
            continue
        for x in world.out(case, ("DISPATCHED_TO",), day):
            on = x.get("dispatched_on")
            if (on or day) <= day and _within(on, parameters) and parameters.get("label") in (None, world.label(x.end)):
                sent[x.end].append(x)
    rows = []
    for to, links in sorted(sent.items()):
        dated = [x for x in links if x.get("dispatched_on")]
        spans = []
        for name, outcomes in (("accepted_on", None), ("closed_on", ("open", "solved"))):
            ends = [x for x in dated if x.get(name) is not None and x.get(name) <= day]
            ends = [x for x in ends if outcomes is None or (x.get("outcome") or "open") in outcomes]
            spans.append(_days([(x.get(name) - x.get("dispatched_on")).days for x in ends]))
        rows.append([any_entity(world, to), len(links), *spans])
    return page(rows, parameters)


def worker_load(world: World, parameters: Parameters) -> Rows:
    """Cases of each member who is assigned to the area."""
    day, rows = parameters["as_of"], []
    for who in living(world, "Member", day):
        posts = [x for x in world.out(who, ("ASSIGNED_TO",), day) if x.end.startswith(parameters["area"])]
        posts = [x for x in posts if parameters.get("role") in (None, x.get("role"))]
        if not posts:
            continue
        sent = [x for x in world.into(who, ("DISPATCHED_TO",), day) if (x.get("dispatched_on") or day) <= day]
        inside = [x for x in sent if _within(x.get("dispatched_on"), parameters)]
        solved = set()
        for x in inside:
            closed, outcome = x.get("closed_on"), x.get("outcome")
            if outcome in (None, "open", "solved") and (closed <= day if closed else outcome == "solved"):
                solved.add(x.start)
        figures = [len({x.start for x in sent if has_hold(x, day)}), len({x.start for x in inside}), len(solved)]
        roles, areas = sorted({x.get("role") for x in posts}), sorted({x.end for x in posts})
        rows.append([entity(world, who), roles, [entity(world, a) for a in areas], *figures])
    rows.sort(key=lambda row: (-row[3], -row[4], row[0]["id"]))
    return page(rows, parameters)


def recurring_gaps(world: World, parameters: Parameters) -> Rows:
    """Service requirements that are not met, where needs or cases for the service recur."""
    day, rows = parameters["as_of"], []

    def counted(node: str) -> bool:
        raised = world.get(node, "raised_on")
        return world.alive(node, day) and raised is not None and raised <= day and _within(raised, parameters)

    def inside(node: str, type_: str, area: str) -> bool:
        return any(lies_in(world, x.end, area, day) for x in world.out(node, (type_,), day))

    for verdict in Judge(world, day).verdicts(parameters["area"]):
        rule, area = verdict.requirement, verdict.area
        key, _, code = str(world.get(rule, "evidence")).partition(":")
        service = next((s for s in living(world, "Service", day) if world.get(s, "code") == code), None)
        if key != "service" or verdict.state == "covered" or parameters.get("state") not in (None, verdict.state):
            continue
        if service is None or parameters.get("service") not in (None, service):
            continue
        asking = {x.start for x in world.into(service, ("FOR",), day) if world.has(x.start, "Need")}
        wishes = [n for n in asking if counted(n) and not withdrawn(world, n, day) and inside(n, "RAISED_BY", area)]
        kinds = {
            world.get(k, "code") for k in living(world, "CaseKind", day) if code in (world.get(k, "services") or ())
        }
        some = [c for c in world.labelled("Case") if world.get(c, "kind") in kinds and counted(c)]
        channels = Counter(world.get(c, "channel") for c in some if inside(c, "RAISED_IN", area))
        if max([len(wishes), *channels.values()]) < parameters["at_least"]:
            continue
        told = [{"channel": channel, "cases": n} for channel, n in sorted(channels.items())]
        need = world.nodes[rule].props
        row = [entity(world, area), entity(world, rule), entity(world, service), verdict.state, len(verdict.providers)]
        rows.append([*row, need["minimum"], len(wishes), told, need["ledger"], need["priority"]])
    rows.sort(key=lambda row: (-row[6], row[9], row[0]["id"], row[1]["id"]))
    return page(rows, parameters)


LESSONS = {
    "activities": activities,
    "activity-counts": activity_counts,
    "case-rates": case_rates,
    "answer-times": answer_times,
    "worker-load": worker_load,
    "recurring-gaps": recurring_gaps,
}
