"""The claims of the sources against the graph, by the table of metrics in seeds/article/README.md.

Decided here where it leaves something open:

- A ledger that is complete for an area above the one asked for is complete for that area too.
- A suppressed claim is untestable and shows neither its value nor the graph's count.
- A rate of nothing is no figure, so it is untestable.
- A record counts in an area when a link that holds leads there: see ``Here``. One that nothing places counts nowhere.
- An area lies in another when its code begins with the other's, whatever was true on the day: a case stays where it was
  raised when its grid is no more. A building lies where a link that holds puts it.
- What a record leads through need not hold, only the links and the record itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tests.oracle.judgement import Judge
from tests.oracle.people import PROFESSIONS_OF, held, holding, living, rounded
from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import AREA_LABELS, Link, Rows, World

Parameters = Mapping[str, Any]
# the figure, and what it counts: nodes, or the links that are added up
Count = tuple[float | None, list[str | Link]]
# an organization is followed up to its superiors no further than this
STEPS = 4


@dataclass(frozen=True)
class Here:
    """What is recorded in an area on a day, asked of each record: where do its links lead?"""

    world: World
    area: str
    day: dt.date

    @cached_property
    def places(self) -> set[str]:
        """The area, those in it, and the buildings in them."""
        areas = {a for a in self.world.labelled(*AREA_LABELS) if a.startswith(self.area)} | {self.area}
        houses = self.world.labelled("Building")
        return areas | {b for b in houses if any(x.end in areas for x in self.world.out(b, ("PART_OF",), self.day))}

    def records(self, label: str) -> list[str]:
        """Records of a label that hold and lead here."""
        return [n for n in living(self.world, label, self.day) if self.leads(n)]

    def leads(self, node: str, steps: int = STEPS) -> bool:
        """Whether a record leads here."""
        if node in self.places or any(
            end in self.places for end in self._ends(node, "RESPONSIBLE_FOR", "SERVES", "LOCATED_IN")
        ):
            return True
        match self.world.label(node):
            case "Organization":
                above = [x for x in self._ends(node, "PART_OF") if self.world.has(x, "Organization")]
                return steps > 0 and any(self.leads(x, steps - 1) for x in above)
            case "Member":
                return any(map(self.leads, self._ends(node, "MEMBER_OF", "SITS_ON", "ASSIGNED_TO")))
            case "Case":
                return any(map(self.leads, self._ends(node, "RAISED_IN")))
            case "Activity":
                return any(map(self.leads, self._ends(node, "HELD_IN", "HELD_BY")))
        return False

    def _ends(self, node: str, *types: str) -> list[str]:
        return [x.end for x in self.world.out(node, types, self.day)]


def _all(found: list[str]) -> Count:
    return float(len(found)), [*found]


def _kind(label: str, kind: str) -> Callable[[Here], Count]:
    return lambda here: _all([n for n in here.records(label) if here.world.get(n, "kind") == kind])


def _flag(label: str, flag: str) -> Callable[[Here], Count]:
    return lambda here: _all([n for n in here.records(label) if here.world.get(n, flag) is True])


def _levels(here: Here) -> Count:
    bodies = [n for n in here.records("Organization") if here.world.get(n, "level") is not None]
    return float(len({here.world.get(n, "level") for n in bodies})), [*bodies]


def _of_agencies(here: Here) -> Count:
    world, day = here.world, here.day
    agencies = {u for u in here.records("Unit") if world.get(u, "district_agency") is True}
    belong = {x.start for u in agencies for x in holding(world, u, ("MEMBER_OF",), day)}
    return _all([m for m in sorted(belong) if world.get(m, "party_member") is True])


def _professional(profession: str | None) -> Callable[[Here], Count]:
    def fits(here: Here, member: str) -> bool:
        if here.world.get(member, "kind") != "professional-grid-worker" or profession not in (
            None,
            here.world.get(member, "profession"),
        ):
            return False
        return any(x.get("role") == "professional" for x in held(here.world, member, ("ASSIGNED_TO",), here.day))

    return lambda here: _all([m for m in here.records("Member") if fits(here, m)])


def _cases(here: Here, channel: str) -> tuple[list[str], list[str]]:
    """(all, solved) cases of a channel up to the day."""
    world, day = here.world, here.day
    found = [
        c for c in here.records("Case") if world.get(c, "channel") == channel and _by(world.get(c, "raised_on"), day)
    ]
    return found, [
        c for c in found if world.get(c, "state") in ("solved", "closed") and _by(world.get(c, "closed_on"), day)
    ]


def _by(moment: dt.date | None, day: dt.date) -> bool:
    return moment is None or moment <= day


def _solved(channel: str) -> Callable[[Here], Count]:
    return lambda here: _all(_cases(here, channel)[1])


def _unsolved(here: Here) -> Count:
    found, solved = _cases(here, "full-time-worker")
    return _all([c for c in found if c not in solved])


def _rate(here: Here) -> Count:
    found, solved = _cases(here, "full-time-worker")
    return (rounded(Decimal(100 * len(solved)) / len(found), 2) if found else None), [*found]


def _activities(kind: str, sums: str | None) -> Callable[[Here], Count]:
    def count(here: Here) -> Count:
        world = here.world
        found = [
            a
            for a in here.records("Activity")
            if world.get(a, "kind") == kind and _by(world.get(a, "held_on"), here.day)
        ]
        figure = sum(world.get(a, sums) or 0 for a in found) if sums else len(found)
        return float(figure), [*found]

    return count


def _parking(here: Here) -> Count:
    places = [r for r in here.records("Resource") if here.world.get(r, "kind") == "parking"]
    offers = [x for r in places for x in holding(here.world, r, ("OFFERS",), here.day)]
    return float(sum(x.get("capacity") or 0 for x in offers)), [*offers]


METRICS: dict[str, Callable[[Here], Count]] = {
    "organizations.task_force": _kind("Organization", "task-force"),
    "organizations.levels": _levels,
    "organizations.grid_branch": _kind("Organization", "grid-party-branch"),
    "organizations.demonstration": _flag("Organization", "demonstration"),
    "units.district_agency": _flag("Unit", "district_agency"),
    "members.of_district_agencies": _of_agencies,
    "members.reserve": _kind("Member", "reserve-cadre"),
    "members.full_time": _kind("Member", "full-time-grid-worker"),
    "members.professional": _professional(None),
    **{f"members.professional.{p}": _professional(p) for p in PROFESSIONS_OF},
    "grids.demonstration": _flag("Grid", "demonstration"),
    "cases.demonstration.solved": _solved("demonstration"),
    "cases.forum.solved": _solved("forum"),
    "cases.volunteer_team.solved": _solved("volunteer-team"),
    "cases.full_time_worker": lambda here: _all(_cases(here, "full-time-worker")[0]),
    "cases.full_time_worker.solved": _solved("full-time-worker"),
    "cases.full_time_worker.open": _unsolved,
    "rate.full_time_worker.solved": _rate,
    "activities.theme_day": _activities("theme-day", None),
    "activities.deliberation": _activities("deliberation", None),
    "activities.deliberation.disputes": _activities("deliberation", "disputes"),
    "activities.visit.attendance": _activities("visit", "attendance"),
    "activities.award.attendance": _activities("award", "attendance"),
    "resources.station": _kind("Resource", "station"),
    "resources.canteen": _kind("Resource", "canteen"),
    "resources.parking.capacity": _parking,
}


def _verdict(
    counted: float | None, value: float | None, bound: str | None, rate: bool, complete: bool
) -> tuple[str, str]:
    if counted is None or value is None:
        return "untestable", "no-metric"
    if bound == "lower" and counted >= value:
        return "supported", "at-least-as-many"
    if bound == "exact" and counted > value and not rate:
        return "contradicted", "more-counted"
    if not complete:
        return "untestable", "ledger-missing"
    if counted == value:
        return "supported", "equal"
    return "contradicted", "more-counted" if counted > value else "fewer-counted"


def claims_check(world: World, parameters: Parameters) -> Rows:
    """Every claim with the graph's own count in the area and a verdict."""
    day = parameters["as_of"]
    judge, here = Judge(world, day), Here(world, parameters["area"], day)
    rows = []
    for claim in living(world, "Claim", day):
        metric, value, bound, ledger = (world.get(claim, name) for name in ("metric", "value", "bound", "ledger"))
        hidden = world.get(claim, "suppressed") is True
        counted: tuple[Any, Any, Any] = (None, None, None)
        if hidden:
            value, judged = None, ("untestable", "suppressed")
        else:
            if metric in METRICS:
                figure, records = METRICS[metric](here)
                counted = figure, len(records), sum(_props(world, x).get("synthetic") is True for x in records)
            complete = parameters["area"] in judge.tree and bool(judge.ledgers(ledger, parameters["area"]))
            judged = _verdict(counted[0], value, bound, str(metric).startswith("rate."), complete)
        if parameters.get("verdict") in (None, judged[0]):
            known = [world.get(claim, name) for name in ("reason", "source", "source_ref")]
            rows.append(
                [entity(world, claim), value, bound, world.get(claim, "unit"), *counted, *judged, ledger, *known]
            )
    return page(rows, parameters)


def _props(world: World, record: str | Link) -> Mapping[str, Any]:
    return record.props if isinstance(record, Link) else world.nodes[record].props


def _adds(metric: str, props: Mapping[str, Any]) -> float | None:
    """What a record adds to the figure; None for figures that are no sums."""
    if metric == "organizations.levels" or metric.startswith("rate."):
        return None
    for ending, name in ((".attendance", "attendance"), (".disputes", "disputes"), (".capacity", "capacity")):
        if metric.endswith(ending):
            return float(props.get(name) or 0)
    return 1.0


def claim_evidence(world: World, parameters: Parameters) -> Rows:
    """A claim with its place and each record of the area behind the graph's count."""
    claim, day = parameters["claim"], parameters["as_of"]
    if not world.has(claim, "Claim") or not world.alive(claim, day):
        return []
    metric, source = world.get(claim, "metric"), world.get(claim, "source")
    phrase = next((x.get("phrase") for x in world.out(claim, ("STATED_IN",))), None)
    head = [entity(world, claim), entity(world, source) if source in world.nodes else None]
    head += [world.get(claim, "source_ref"), phrase, metric, world.get(claim, "reason")]
    records: list[str | Link] = []
    if metric in METRICS and world.get(claim, "suppressed") is not True:
        records = METRICS[metric](Here(world, parameters["area"], day))[1]
    rows = []
    for record in records:
        props, link = _props(world, record), record if isinstance(record, Link) else None
        node = link.end if link else str(record)
        shown = [any_entity(world, node), _adds(metric, props), link and link.id, props.get("synthetic") is True]
        rows.append([*head, *shown, props.get("source"), props.get("source_ref")])
    rows.sort(key=lambda row: (row[6]["id"], row[8] or ""))
    return page(rows or [[*head, *[None] * 6]], parameters)


CLAIMS = {"claims-check": claims_check, "claim-evidence": claim_evidence}
