"""The three lists: needs of residents, what meets them, and livelihood projects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import Dice, spread
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.pairings import Pairings
from govnet_graph.seeds.demo.places import Places
from govnet_graph.seeds.demo.sheet import Sheet

_DELAY = (5, 60)
_LAPSED = 0.12
_WORK = (30, 150)


@dataclass(frozen=True, slots=True)
class Helper:
    """What could meet a need: a place, a unit or a project, and while it is there."""

    id: str
    since: dt.date | None = None
    until: dt.date | None = None


class Lists:
    """How many needs and projects each community has."""

    def __init__(self, district: District, grids: Grids, chain: Chain, pairings: Pairings, places: Places) -> None:
        self.district = district
        self.chain = chain
        self.grids = grids
        self.pairings = pairings
        self.places = places
        dice = district.dice("lists")
        self.needs = spread(district.total("needs"), [float(len(codes)) for codes in grids.of])
        self.projects = spread(district.total("projects"), [float(dice.below(4)) for _ in grids.of])

    def community(self, sheet: Sheet, index: int) -> None:
        """The needs and projects of one community; each project is for one of the needs while there are enough."""
        community = self.district.communities[index]
        dice = self.district.dice("lists", community.code)
        for number in range(1, self.projects[index] + 1):
            name, service = dice.pick(self.district.profile.names.projects)
            state = dice.pick(("planned", "running", "done"))
            project, need, finished = f"proj-{community.code}-{number}", None, None
            if number <= self.needs[index]:
                helper = Helper(project) if state == "done" else None
                need, finished = self._need(dice, sheet, index, number, service, helper)
            sheet.node(
                "Project", project, "projects", name=f"{community.name}{name}（演示）", state=state,
                **self._dates(project, state, finished),
            )  # fmt: skip
            sheet.edge("FOR", project, f"svc-{service}", "projects")
            if need is not None:
                sheet.edge("FOR", project, need, "projects")
            self._owner(sheet, index, project)
        for number in range(self.projects[index] + 1, self.needs[index] + 1):
            service = self._wish(dice, community.code)
            found = self._helpers(community.code, service)
            self._need(dice, sheet, index, number, service, dice.pick(found) if found and dice.chance(0.75) else None)

    def _dates(self, project: str, state: str, finished: dt.date | None) -> dict[str, dt.date | None]:
        """When a project was put on the list, begun and finished, and when it should be; by dice of its own."""
        dice = self.district.dice("project-dates", project)
        period = self.district.profile.period
        end = finished or dice.day(period.first + dt.timedelta(days=_WORK[1]), period.counted)
        started = end - dt.timedelta(days=dice.between(*_WORK))
        planned = started - dt.timedelta(days=dice.between(10, 60))
        due = started + dt.timedelta(days=dice.between(*_WORK))
        if state == "planned":
            return {"planned_on": planned, "due_on": period.counted + dt.timedelta(days=dice.between(60, 420))}
        if state == "running":
            return {"planned_on": planned, "started_on": started, "due_on": due + dt.timedelta(days=200)}
        return {"planned_on": planned, "started_on": started, "due_on": due, "finished_on": end}

    def _owner(self, sheet: Sheet, index: int, thing: str) -> None:
        """The community's organization answers for most of what is on its lists, nobody for the rest."""
        code = self.district.communities[index].code
        if self.chain.has_organization(code) and self.district.dice("owners", thing).chance(0.8):
            sheet.edge("RESPONSIBLE_FOR", organization(code), thing, "owners")

    def _wish(self, dice: Dice, community: str) -> str:
        """A service that people need: every other time one that a place of the community gives."""
        known = self.district.profile.names.needs
        given = [s for place in self.places.by_community[community] for s in place.services if s in known]
        return dice.pick(given) if given and dice.chance(0.5) else dice.pick(tuple(known))

    def _helpers(self, community: str, service: str) -> list[Helper]:
        """The places of a community and the units paired with it or its grids that give a service."""
        found = [Helper(p.id, p.since, p.until) for p in self.places.by_community[community] if service in p.services]
        paired = self.pairings.by_community.get(community, ())
        found += [Helper(p.unit.id, p.since, p.until) for p in paired if service in p.services]
        last = self.district.profile.period.counted
        lasting = last + dt.timedelta(days=_DELAY[1])
        return [h for h in found if (h.since is None or h.since <= last) and (h.until is None or h.until > lasting)]

    def _need(
        self, dice: Dice, sheet: Sheet, index: int, number: int, service: str, helper: Helper | None
    ) -> tuple[str, dt.date | None]:
        """A need of the community; its id and the day from which it is met."""
        community = self.district.communities[index]
        period = self.district.profile.period
        area = dice.pick(self.grids.of[index]) if dice.chance(0.7) else community.code
        raised = dice.day(period.first, period.counted + dt.timedelta(days=0 if helper is not None else 300))
        state = "met" if helper is not None else "withdrawn" if dice.chance(0.06) else "open"
        wording = self.district.profile.names.needs.get(service, "公共设施改善")
        own = self.district.dice("need-dates", community.code, number)
        due = raised + dt.timedelta(days=own.between(30, 180)) if own.chance(0.7) else None
        ends = raised + dt.timedelta(days=own.between(10, 90)) if state == "withdrawn" else None
        id_ = sheet.node(
            "Need",
            f"need-{community.code}-{number}",
            "needs",
            name=f"{self.grids.names.get(area, community.name)}{wording}",
            state=state,
            headcount=dice.between(6, 160),
            priority=dice.between(1, 3),
            raised_on=raised,
            due_on=due,
            withdrawn_on=ends,
            withdrawal="居民撤回（演示）" if ends is not None else None,
        )
        sheet.edge("RAISED_BY", id_, area, "needs")
        sheet.edge("FOR", id_, f"svc-{service}", "needs")
        self._owner(sheet, index, id_)
        since = None
        if helper is not None:
            since = max(raised + dt.timedelta(days=dice.between(*_DELAY)), helper.since or raised)
            lapsed = dice.day(period.counted + dt.timedelta(days=_DELAY[1] + 1), period.last)
            until = lapsed if helper.until is None and dice.chance(_LAPSED) else helper.until
            sheet.edge("MET_BY", id_, helper.id, "needs", since=since, until=until)
        return id_, since
