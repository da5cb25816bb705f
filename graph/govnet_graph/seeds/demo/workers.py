"""Full-time and professional grid workers: where they work, since when, and who is missing where."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace

from govnet_graph.seeds.demo.chain import Chain, organization
from govnet_graph.seeds.demo.dice import Dice
from govnet_graph.seeds.demo.district import Area, District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.sheet import Sheet
from govnet_graph.seeds.demo.units import Units

_TITLES = {
    "heating": "供热网格员",
    "telecom": "通信网格员",
    "police": "民警或辅警",
    "mediator": "人民调解员",
    "judge": "进网格法官",
}
_ROLES = {True: "full-time", False: "professional"}
_SKILLS = {
    "heating": "heating",
    "telecom": "telecom",
    "police": "policing",
    "mediator": "mediation",
    "judge": "legal-advice",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A worker's assignment to an area; ``key`` tells a later one from an earlier one."""

    member: str
    area: str
    role: str
    profession: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker to be, of a community; ``until`` where the person leaves."""

    id: str
    home: str
    profession: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class Workers:
    """Who works where: ``posts`` lists the assignments that reach each community or its grids."""

    def __init__(self, district: District, grids: Grids, chain: Chain, units: Units) -> None:
        self.district = district
        self.grids = grids
        self.chain = chain
        self.units = units
        self.workers: list[Worker] = []
        self.posts: dict[str, list[Post]] = defaultdict(list)
        self._full_time(district.dice("full-time"))
        for profession in _TITLES:
            self._professional(district.dice(profession), profession)

    def _full_time(self, dice: Dice) -> None:
        period = self.district.profile.period
        total = self.district.total("full_time_workers")
        every = list(self.district.communities)
        free = [c for c in every if c.code not in self.district.held.workers] or every
        vacant = self.district.total("communities_without_worker")
        staffed = dice.shuffled(free)[: max(1, len(free) - vacant)]
        homes = [staffed[i % len(staffed)] for i in range(total)]
        changes = self._turnover(dice, total)
        for number, home in enumerate(homes, start=1):
            areas = self._patch(dice, home, alone=number <= len(staffed))
            id_ = f"member-{self.district.code}-w{number:03d}"
            begun = period.first - dt.timedelta(days=dice.between(10, 1200))
            left = changes.get(number)
            self._hire(Worker(id_, home.code, None, begun, left), areas)
            if left is not None:
                self._hire(Worker(f"{id_}b", home.code, None, left), areas)
        self._moves(dice, None, staffed)

    def _moves(self, dice: Dice, profession: str | None, among: list[Area]) -> None:
        """Workers of one kind who go from one community to another: where they leave, nobody may be left."""
        period = self.district.profile.period
        here = [worker for worker in self.workers if worker.profession == profession and worker.until is None]
        settled = [worker for worker in here if worker.since is None or worker.since <= period.counted]
        count = self.district.total("moves_full_time" if profession is None else f"moves_{profession}")
        chosen = dice.sample(settled, count if len(among) > 1 else 0)
        window = (period.last - period.counted).days - 60
        for turn, worker in enumerate(chosen):
            day = period.counted + dt.timedelta(
                days=30 + window * turn // len(chosen) + dice.below(window // len(chosen))
            )
            left: set[str] = set()
            for community, posts in self.posts.items():
                for number, post in enumerate(posts):
                    if post.member == worker.id:
                        posts[number] = replace(post, until=day)
                        left.add(community)
            goal = dice.pick([area.code for area in among if area.code not in left] or [worker.home])
            self.posts[goal].append(Post(worker.id, goal, _ROLES[profession is None], profession, day, key="moved"))

    def _turnover(self, dice: Dice, total: int) -> dict[int, dt.date]:
        """Workers who leave, with the day; a successor begins on it, so that the number of workers stays the same."""
        period = self.district.profile.period
        leavers = dice.sample(range(1, total + 1), self.district.total("turnover"))
        return {number: dice.day(period.counted + dt.timedelta(days=30), period.last) for number in leavers}

    def _patch(self, dice: Dice, home: Area, alone: bool) -> list[str]:
        """The whole community of a lone worker, or some of its grids."""
        if alone and dice.chance(0.55):
            return [home.code]
        return dice.sample(self.grids.of[self._at(home.code)], dice.between(2, 4))

    def _at(self, community: str) -> int:
        return self.grids.at(community)

    def _professional(self, dice: Dice, profession: str) -> None:
        total = self.district.total(profession)
        everywhere = list(self.district.communities)
        without = self.district.total(f"communities_without_{profession}")
        served = dice.shuffled(everywhere)[: max(1, len(everywhere) - without)]
        for number in range(total):
            home = served[number % len(served)]
            areas = [home.code]
            if profession == "judge":
                street = self.district.streets[number % len(self.district.streets)].code
                near = [c.code for c in self.district.communities if c.street == street]
                areas = dice.sample(near, dice.between(2, 4)) or areas
            elif number >= len(served):
                areas = dice.sample(self.grids.of[self._at(home.code)], 2)
            elif dice.chance(0.15):
                areas.append(dice.pick(served).code)
            since = (
                self.district.profile.period.first - dt.timedelta(days=dice.between(1, 700))
                if dice.chance(0.8)
                else None
            )
            id_ = f"member-{self.district.code}-{profession}-{number + 1:03d}"
            self._hire(Worker(id_, areas[0][:12], profession, since), sorted(set(areas)))
        self._moves(dice, profession, served)

    def _hire(self, worker: Worker, areas: list[str]) -> None:
        self.workers.append(worker)
        role = _ROLES[worker.profession is None]
        for area in areas:
            self.posts[area[:12]].append(Post(worker.id, area, role, worker.profession, worker.since, worker.until))

    def on_duty(self, community: str, day: dt.date) -> list[Post]:
        """The full-time posts of a community that are held on a day."""
        return [
            post
            for post in self.posts.get(community, ())
            if post.role == "full-time"
            and (post.since is None or post.since <= day)
            and (post.until is None or day < post.until)
        ]

    def district_records(self, sheet: Sheet) -> None:
        """The workers themselves, and the units that employ the professional ones; judges are tied to no court."""
        employers = {"heating": self.units.by_kind("utility"), "telecom": self.units.by_kind("telecom")}
        for number, worker in enumerate(self.workers):
            profession = worker.profession
            sheet.node(
                "Member",
                worker.id,
                f"professional-{profession}" if profession else "full-time",
                title=_TITLES[profession] if profession else "专职网格员",
                kind="professional-grid-worker" if profession else "full-time-grid-worker",
                profession=profession,
                since=worker.since,
                until=worker.until,
                skills=[_SKILLS[profession]] if profession else None,
            )
            units = (
                (self.units.police[worker.home[:9]],) if profession == "police" else employers.get(profession or "", ())
            )
            if units:
                sheet.edge(
                    "MEMBER_OF", worker.id, units[number % len(units)].id, "employers", role="staff", since=worker.since
                )

    def community(self, sheet: Sheet, index: int) -> None:
        """The assignments to one community and its grids."""
        community = self.district.communities[index].code
        employed: set[tuple[str, str]] = set()
        for post in self.posts.get(community, ()):
            sheet.edge(
                "ASSIGNED_TO",
                post.member,
                post.area,
                f"professional-{post.profession}" if post.profession else "full-time",
                post.key,
                role=post.role,
                profession=post.profession,
                since=post.since,
                until=post.until,
            )
            if (
                post.profession is None
                and (post.member, post.key) not in employed
                and self.chain.has_organization(community)
            ):
                employed.add((post.member, post.key))
                sheet.edge(
                    "MEMBER_OF",
                    post.member,
                    organization(community),
                    "employers",
                    post.key,
                    role="staff",
                    since=post.since,
                    until=post.until,
                )
