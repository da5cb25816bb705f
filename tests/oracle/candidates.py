"""Who could answer a case: paired units, able workers, seats on the joint committee, resources that fit.

Decided here where the definition leaves it open: of several ways to one candidate the best kind counts, then the shortest,
then the first by the ids of its links; the candidate's load counts this case too, once it was dispatched there. Of several
resources by which somebody can help, one that is open counts, then one of which nobody knows; who can help in another way
needs none of them.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import networkx as nx

from tests.oracle.dispatch import dispatches, has_hold
from tests.oracle.judgement import Judge
from tests.oracle.opening import opening
from tests.oracle.people import held, holding, living
from tests.oracle.values import any_entity, page, path
from tests.oracle.world import Link, Rows, World

Parameters = Mapping[str, Any]
REASONS = ("paired", "assigned", "seated", "offers")
JOINT = ("joint-party-committee", "joint-working-committee")


class Way(NamedTuple):
    """One way to a candidate from an area."""

    reason: int
    candidate: str
    through: tuple[str, ...]
    links: tuple[Link, ...]
    fits: frozenset[str]
    schedule: str | None = None


def _ways(
    world: World, place: str, professions: tuple[str, ...], services: tuple[str, ...], day: dt.date
) -> Iterator[Way]:
    for x in holding(world, place, ("PAIRED_WITH",), day):
        yield Way(0, x.start, (), (x,), frozenset(x.get("services") or ()) & set(services))
    for x in holding(world, place, ("ASSIGNED_TO",), day):
        able = {x.get("profession")} & set(professions) | set(world.get(x.start, "skills") or ()) & set(services)
        if able:
            yield Way(1, x.start, (), (x,), frozenset(able))
    for x in holding(world, place, ("RESPONSIBLE_FOR",), day):
        if world.get(x.start, "kind") in JOINT:
            for seat in holding(world, x.start, ("SITS_ON",), day):
                if world.has(seat.start, "Unit"):
                    yield Way(2, seat.start, (x.start,), (x, seat), frozenset())
    for x in holding(world, place, ("SERVES",), day):
        given = {world.get(p.end, "code") for p in held(world, x.start, ("PROVIDES",), day)} & set(services)
        if given and world.has(x.start, "Resource"):
            for offer in holding(world, x.start, ("OFFERS",), day):
                yield Way(
                    3,
                    offer.start,
                    (x.start,),
                    (x, offer),
                    frozenset(given),
                    offer.get("schedule") or world.get(x.start, "schedule"),
                )


def _wanted(world: World, kind: str, day: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Professions and services that fit a kind of case: those of the first of its entries."""
    for entry in living(world, "CaseKind", day):
        if world.get(entry, "code") == kind:
            return tuple(world.get(entry, "professions") or ()), tuple(world.get(entry, "services") or ())
    return (), ()


def _open(ways: list[Way], day: dt.date, hour: int | None) -> str | None:
    if any(w.reason != REASONS.index("offers") for w in ways):
        return None
    states = {opening(w.schedule, day, hour) for w in ways}
    return next(state for state in ("open", "unknown", "closed") if state in states)


def _load(world: World, candidate: str, day: dt.date) -> int:
    """Open cases that lie with a candidate."""
    cases = {x.start for x in world.into(candidate, ("DISPATCHED_TO",))}
    return sum(
        any(x.end == candidate and has_hold(x, day) for x in dispatches(world, c, day))
        for c in cases
        if _undone(world, c, day)
    )


def _undone(world: World, case: str, day: dt.date) -> bool:
    closed = world.get(case, "closed_on")
    return closed > day if closed is not None else world.get(case, "state") not in ("solved", "closed")


def case_candidates(world: World, parameters: Parameters) -> Rows:
    """Candidates for a case, the most suitable first."""
    case, day = parameters["case"], parameters["as_of"]
    judge = Judge(world, day)
    professions, services = _wanted(world, world.get(case, "kind"), day)
    found: dict[str, list[tuple[Any, Way, list[str], list[Link]]]] = {}
    for at in world.out(case, ("RAISED_IN",), day):
        for place in judge.above(at.end) if at.end in judge.tree else ():
            places = nx.shortest_path(judge.tree, place, at.end)[::-1]
            for way in _ways(world, place, professions, services, day):
                up = [
                    next(x for x in world.out(p, ("PART_OF",), day) if x.end == q)
                    for p, q in itertools.pairwise(places)
                ]
                steps = [at, *up, *way.links]
                stops = [case, *places, *way.through, way.candidate]
                order = (way.reason, len(steps), [x.id for x in steps])
                found.setdefault(way.candidate, []).append((order, way, stops, steps))
    rows = []
    for candidate, ways in found.items():
        order, best, stops, steps = min(ways, key=lambda w: w[0])
        reasons = [name for i, name in enumerate(REASONS) if any(w.reason == i for _, w, _, _ in ways)]
        fits = frozenset().union(*(w.fits for _, w, _, _ in ways))
        matches = [name for name in dict.fromkeys((*professions, *services)) if name in fits]
        refused = any(x.end == candidate and x.get("outcome") == "refused" for x in dispatches(world, case, day))
        load = _load(world, candidate, day)
        state = _open([w for _, w, _, _ in ways], day, parameters.get("hour"))
        full, closed = load >= parameters["full"], state == "closed"
        key = (refused, full, closed, order[0], len(steps), -len(matches), load, candidate)
        shown = [any_entity(world, candidate), REASONS[best.reason], reasons, matches, load, state, refused, len(steps)]
        rows.append((key, [*shown, path(world, stops, steps)]))
    return page([row for _, row in sorted(rows, key=lambda r: r[0])], parameters)


CANDIDATES = {"case-candidates": case_candidates}
