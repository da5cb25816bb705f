"""The three lists: which needs can which resources meet, and what binds where they cannot (capacity, hours, area, service).

Exact (minimum-cost flow). Certain is a match whose capacity, hours and reach are on record; with the rest it is possible,
and ``missing`` names the record that would settle it. A resource's capacity is taken as free: which of it needs that are
already met use is not on record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from govnet_graph.planner.errors import BadOption, NotInSnapshot
from govnet_graph.planner.kinds import Kind, option
from govnet_graph.planner.matching_flow import Edges, match
from govnet_graph.planner.model import Interval, Language, Method, Missing, Result, Watch
from govnet_graph.planner.opening_hours import Span, overlap, parse
from govnet_graph.planner.saying import missing_lines
from govnet_graph.planner.snapshot import IntArray, Need, Resource, Snapshot
from govnet_graph.planner.words import say
from govnet_graph.schema import Text

_LIMITS = ("service", "access", "area", "hours", "record", "capacity")
_FAR, _NAMED, _TOLD = 8, 10, 20


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """Which needs, and when they are to be met."""

    service: str | None = option("text", "只看一项服务（服务代码）", "Only one service, by its code", None)
    when: str | None = option(
        "text", "须在此时段开放，如“周六 09:00-12:00”", "When a resource must be open, such as 周六 09:00-12:00", None
    )
    minutes: int = option(
        "integer",
        "每周至少重合的分钟数",
        "Minutes of a week that it must at least be open then",
        60,
        unit="minutes",
        minimum=1,
        maximum=10_080,
    )


@dataclass(frozen=True, slots=True)
class Match:
    """A resource meets a need for so many people; ``certain`` False where a record is missing, named in ``open``."""

    need: str
    need_name: str
    resource: str
    resource_name: str
    service: str
    people: int
    steps: int | None
    certain: bool
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that is not met in full: how many people remain and what binds: service, access, area, hours, record or capacity.

    ``projects`` are livelihood projects for it or for its service.
    """

    need: str
    name: str
    people: int
    limit: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Idle:
    """A resource on which no certain match draws, its capacity (None where not known) and why it lies idle."""

    resource: str
    name: str
    capacity: int | None
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Result):
    """The three lists, matched.

    Attributes
    ----------
    needs : int
        Unmet needs that were looked at.
    people : int
        People whom they concern; a need that states no number counts one.
    met : Interval
        Of these, how many can be served: with what is on record, and if all that is not known were as one would wish.
    matches : tuple of Match
        Certain ones, then possible ones for what they leave over.
    unmet : tuple of Unmet
        By priority.
    idle : tuple of Idle
    """

    kind: ClassVar[str] = "match"

    needs: int
    people: int
    met: Interval
    matches: tuple[Match, ...]
    unmet: tuple[Unmet, ...]
    idle: tuple[Idle, ...]

    def lines(self, language: Language) -> list[str]:
        """How many can be served, by what, what remains and what lies idle."""
        told = [say("match.total", language, needs=self.needs, people=self.people, met=self.met)]
        for one in self.matches[:_TOLD]:
            key = "match.certain" if one.certain else "match.possible"
            reasons = ("、" if language == "zh" else ", ").join(say(f"match.open.{o}", language) for o in one.open)
            told.append(
                say(key, language, need=one.need_name, resource=one.resource_name, people=one.people, reasons=reasons)
            )
        told += [
            say(f"match.unmet.{left.limit}", language, need=left.name, people=left.people)
            for left in self.unmet[:_TOLD]
        ]
        reasons_idle = Counter(i.limit for i in self.idle)
        told += [say(f"match.idle.{limit}", language, count=count) for limit, count in sorted(reasons_idle.items())]
        return told + missing_lines(self.missing, language, 3)


@dataclass(frozen=True, slots=True)
class _Link:
    """A need that a resource could meet; ``open`` names what is not on record."""

    need: int
    resource: int
    service: str
    steps: int | None
    open: tuple[str, ...]


def matching(snapshot: Snapshot, options: MatchOptions, watch: Watch | None = None) -> Matching:  # noqa: ARG001 - takes milliseconds
    """Match them. Raises BadOption where ``when`` cannot be read, NotInSnapshot where the service does not exist."""
    needs = [n for n in snapshot.needs if n.unmet and _asked(snapshot, n, options)]
    wanted = parse(options.when)
    if options.when is not None and wanted is None:
        raise BadOption(f"Option when: {options.when!r} is not understood.", hint="For example 周一至周五 08:30-17:00.")
    hours = [_hours(snapshot, r) for r in snapshot.resources]
    limits: dict[int, set[str]] = defaultdict(set)
    idle_limits: dict[int, set[str]] = defaultdict(set)
    links: list[_Link] = []
    by_service: dict[str, list[int]] = defaultdict(list)
    for i, resource in enumerate(snapshot.resources):
        for service in resource.services:
            by_service[service].append(i)
    for i, need in enumerate(needs):
        for j in sorted({j for service in need.services for j in by_service[service]}):
            limit, link = _judge(snapshot, (i, need), (j, snapshot.resources[j]), hours[j], wanted, options.minutes)
            limits[i].add(limit)
            idle_limits[j].add(limit)
            if link is not None:
                links.append(link)
    demand = np.array([1 if n.headcount is None else n.headcount for n in needs], dtype=np.int64)
    last = max((n.priority for n in needs if n.priority is not None), default=0) + 1
    weight = np.array([last - (last if n.priority is None else n.priority) + 1 for n in needs], dtype=np.int64)
    certain, possible, best = _flows(links, demand, weight, _capacities(snapshot))
    served = (
        np.bincount([x.need for x in links], weights=certain, minlength=len(needs)).astype(np.int64)
        if links
        else demand * 0
    )
    total = int(demand.sum())
    return Matching(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            "maximum-weight b-matching, minimum-cost flow (OR-tools)", True, "Edmonds 1970; Goldberg 1997", gap=0.0
        ),
        missing=_missing(snapshot, needs, links, possible),
        needs=len(needs),
        people=total,
        met=Interval(int(certain.sum()), int(best.sum())),
        matches=_matches(snapshot, needs, links, certain, possible),
        unmet=_unmet(snapshot, needs, demand - served, limits),
        idle=_idle(snapshot, links, certain, idle_limits),
    )


def _asked(snapshot: Snapshot, need: Need, options: MatchOptions) -> bool:
    if options.service is not None and snapshot.service(options.service) is None:
        known = ", ".join(s.code for s in snapshot.services) or "none"
        raise NotInSnapshot(f"Option service: there is no service {options.service!r}.", hint=f"There are: {known}.")
    first, last = snapshot.inside
    inside = any(first <= area < last for area in need.areas)
    return inside and (options.service is None or options.service in need.services)


def _hours(snapshot: Snapshot, resource: Resource) -> tuple[Span, ...] | None:
    """A resource's own opening hours, else those of its offers; None where none can be read."""
    if resource.schedule is not None:
        return parse(resource.schedule)
    read = [parse(o.schedule) for o in snapshot.offers if o.resource == resource.id and o.schedule is not None]
    spans = {span for one in read if one is not None for span in one}
    return tuple(sorted(spans)) if spans and None not in read else None


def _judge(
    snapshot: Snapshot,
    need: tuple[int, Need],
    resource: tuple[int, Resource],
    hours: tuple[Span, ...] | None,
    wanted: tuple[Span, ...] | None,
    minutes: int,
) -> tuple[str, _Link | None]:
    """The first limit that keeps a resource from a need whose service it gives, or the link between them."""
    (i, asking), (j, giving) = need, resource
    if giving.open_to_public is False:
        return "access", None
    near, sure = _reach(snapshot, asking, giving)
    if near is None:
        return "area", None
    open_: list[str] = [] if sure else ["area"]
    if wanted is not None and hours is None:
        open_.append("hours")
    elif wanted is not None and hours is not None and overlap(hours, wanted) < minutes:
        return "hours", None
    if _capacity(snapshot, giving) is None:
        open_.append("capacity")
    service = min(set(asking.services) & set(giving.services))
    return "record" if open_ else "capacity", _Link(i, j, service, near, tuple(open_))


def _reach(snapshot: Snapshot, need: Need, resource: Resource) -> tuple[int | None, bool]:
    """(steps between them, whether it is on record that it serves the place); (None, False) where it does not reach it.

    It reaches a place that it serves, lies in or serves a part of; where no service area is on record, lying there may mean it.
    """
    end = snapshot.areas.end
    serves = [area for area, _ in resource.serves]

    def touches(a: int, b: int) -> bool:
        return bool(a <= b < end[a] or b <= a < end[b])

    sure = any(touches(s, a) for s in serves for a in need.areas)
    maybe = not serves and any(touches(s, a) for s in resource.at for a in need.areas)
    if not (sure or maybe):
        return None, False
    spots = resource.at or tuple(serves)
    return min(snapshot.areas.hops(s, a) for s in spots for a in need.areas), sure


def _capacity(snapshot: Snapshot, resource: Resource) -> int | None:
    """People that it can serve: its own capacity or the sum of its offers'; None where not stated in people."""
    if resource.capacity_unit == "grids":
        return None
    if resource.capacity is not None:
        return resource.capacity
    offered = [o.capacity for o in snapshot.offers if o.resource == resource.id]
    return sum(c for c in offered if c is not None) if offered and None not in offered else None


def _capacities(snapshot: Snapshot) -> list[int | None]:
    return [_capacity(snapshot, r) for r in snapshot.resources]


def _flows(
    links: list[_Link], demand: IntArray, weight: IntArray, capacities: list[int | None]
) -> tuple[IntArray, IntArray, IntArray]:
    """(certain, possible beyond them, the most if all that is open turned out well), people per link."""
    every = _edges(links)
    total = int(demand.sum())
    known = np.array([0 if c is None else c for c in capacities], dtype=np.int64)
    wished = np.array([total if c is None else c for c in capacities], dtype=np.int64)
    sure = np.array([not x.open for x in links], dtype=np.bool_)
    certain = np.zeros(len(links), dtype=np.int64)
    certain[sure] = match(_some(every, sure), demand, weight, known)
    served = np.bincount(every.need, weights=certain, minlength=len(demand)).astype(np.int64)
    used = np.bincount(every.resource, weights=certain, minlength=len(known)).astype(np.int64)
    possible = match(every, demand - served, weight, wished - used)
    return certain, possible, match(every, demand, weight, wished)


def _edges(links: list[_Link]) -> Edges:
    return Edges(
        np.array([x.need for x in links], dtype=np.int64),
        np.array([x.resource for x in links], dtype=np.int64),
        np.array([_FAR if x.steps is None else x.steps for x in links], dtype=np.int64),
    )


def _some(edges: Edges, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Edges:
    return Edges(edges.need[chosen], edges.resource[chosen], edges.cost[chosen])


def _matches(
    snapshot: Snapshot, needs: list[Need], links: list[_Link], certain: IntArray, possible: IntArray
) -> tuple[Match, ...]:
    found = []
    for flow, sure in ((certain, True), (possible, False)):
        for i in np.flatnonzero(flow):
            link = links[i]
            need, resource = needs[link.need], snapshot.resources[link.resource]
            found.append(
                Match(
                    need.id,
                    need.name,
                    resource.id,
                    resource.name,
                    link.service,
                    int(flow[i]),
                    link.steps,
                    sure,
                    () if sure else link.open,
                )
            )
    return tuple(found)


def _unmet(snapshot: Snapshot, needs: list[Need], left: IntArray, limits: dict[int, set[str]]) -> tuple[Unmet, ...]:
    """Needs not met in full, with what came nearest to meeting them: the last limit that any resource met."""
    found = []
    for i in sorted(range(len(needs)), key=lambda i: (needs[i].priority or 10**6, needs[i].id)):
        if left[i] <= 0:
            continue
        need = needs[i]
        projects = tuple(
            p.id
            for p in snapshot.projects
            if need.id in p.needs or (not p.needs and set(p.services) & set(need.services))
        )
        met = [limit for limit in _LIMITS if limit in limits[i]]
        found.append(Unmet(need.id, need.name, int(left[i]), met[-1] if met else "service", projects))
    return tuple(found)


def _idle(snapshot: Snapshot, links: list[_Link], certain: IntArray, limits: dict[int, set[str]]) -> tuple[Idle, ...]:
    """Resources in the area asked about that nothing draws on; ``demand`` where others serve all whom it could serve."""
    used: Counter[int] = Counter()
    for link, people in zip(links, certain, strict=True):
        used[link.resource] += int(people)
    first, last = snapshot.inside
    found = []
    for j, resource in enumerate(snapshot.resources):
        places = {area for area, _ in resource.serves} | set(resource.at)
        capacity = _capacity(snapshot, resource)
        if used[j] or not any(first <= a < last for a in places):
            continue
        met = [limit for limit in _LIMITS if limit in limits[j]]
        limit = met[-1] if met else "service"
        found.append(Idle(resource.id, resource.name, capacity, "demand" if limit == "capacity" else limit))
    return tuple(found)


def _missing(snapshot: Snapshot, needs: list[Need], links: list[_Link], possible: IntArray) -> tuple[Missing, ...]:
    """The properties for want of which matches are only possible, by the people concerned; then needs without a number."""
    prop = {"capacity": "capacity", "hours": "schedule"}
    narrows: Counter[tuple[str, int]] = Counter()
    for link, people in zip(links, possible, strict=True):
        for what in link.open:
            narrows[what, link.resource] += int(people)
    found = []
    for (what, j), people in narrows.items():
        resource = snapshot.resources[j]
        if people and what in prop:
            found.append(Missing("property", prop[what], resource.id, resource.name, people))
        elif people:  # whom it serves is what the ledger of resources lists
            place = resource.at[0]
            found.append(Missing("ledger", "resources", snapshot.areas.ids[place], snapshot.areas.names[place], people))
    found += [Missing("property", "headcount", n.id, n.name) for n in needs if n.headcount is None]
    found.sort(key=lambda m: (-(m.narrows or 0), m.what, m.entity))
    return tuple(found[:_NAMED])


KIND = Kind(
    name="match",
    text=Text("三张清单：哪些需求可由哪些资源满足？", "The three lists: which needs can which resources meet?"),
    options=MatchOptions,
    solve=matching,
)
