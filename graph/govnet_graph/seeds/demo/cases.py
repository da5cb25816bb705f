"""Cases of the four channels: raised, dispatched, refused, late, solved. Channels overlap in life; here each has its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govnet_graph.seeds.demo.activities import Activities
from govnet_graph.seeds.demo.bodies import Bodies
from govnet_graph.seeds.demo.dice import Dice, spread
from govnet_graph.seeds.demo.dispatch import Dispatch
from govnet_graph.seeds.demo.district import District
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.sheet import Sheet

_KINDS = {
    "full-time-worker": ("hazard", "road", "wall", "utilities", "environment", "service-request", "neighbour-dispute"),
    "demonstration": ("hazard", "neighbour-dispute", "environment", "service-request"),
    "forum": ("dispute", "neighbour-dispute"),
    "volunteer-team": ("dispute", "neighbour-dispute", "service-request"),
}
_OPEN = ("raised", "raised", *["dispatched"] * 6, *["accepted"] * 7, *["refused"] * 5)
_TERMS = (7, 15, 30)
_LONGEST = 24
_LONG_TERM = 0.6
_REFUSED_FIRST = 0.05


@dataclass(frozen=True, slots=True)
class Quota:
    """How many cases of one channel each community has: solved in the counted year, solved later, never solved."""

    channel: str
    mark: str
    solved: list[int]
    later: list[int]
    open: list[int]


class Cases:
    """The cases of a district by channel and community."""

    def __init__(
        self, district: District, grids: Grids, bodies: Bodies, activities: Activities, dispatch: Dispatch
    ) -> None:
        self.district = district
        self.grids = grids
        self.dispatch = dispatch
        dice = district.dice("cases")
        everywhere = [len(codes) * (3.0 + dice.below(5)) for codes in grids.of]
        points = [float(sum(code in grids.demonstration for code in codes)) for codes in grids.of]
        talks = [float(n) for n in activities.deliberations]
        teams = [float(c.code in bodies.teams) for c in district.communities]
        total = district.total
        unsolved = total("cases_full_time") - total("cases_full_time_solved")
        self.quotas = (
            self._quota(dice, "full-time-worker", "w", everywhere, total("cases_full_time_solved"), 0, unsolved),
            self._quota(
                dice,
                "demonstration",
                "d",
                points,
                total("cases_demonstration_solved"),
                0,
                total("cases_demonstration_open"),
            ),
            self._quota(dice, "forum", "f", talks, total("cases_forum_solved"), 0, total("cases_forum_open")),
            self._quota(
                dice,
                "volunteer-team",
                "v",
                teams,
                total("cases_volunteer_solved"),
                total("cases_volunteer_later"),
                total("cases_volunteer_open"),
            ),
        )

    def _quota(
        self, dice: Dice, channel: str, mark: str, weights: list[float], solved: int, later: int, unsolved: int
    ) -> Quota:
        """Cases spread by weight; the unsolved ones fall where they fall."""
        uneven = [weight * (1 + dice.below(4)) for weight in weights]
        return Quota(channel, mark, spread(solved, weights), spread(later, weights), spread(unsolved, uneven))

    def community(self, sheet: Sheet, index: int) -> None:
        """The cases of one community."""
        dice = self.district.dice("cases", self.district.communities[index].code)
        period = self.district.profile.period
        after = period.counted + dt.timedelta(days=1)
        for quota in self.quotas:
            number = 0
            for count, first, last, solved in (
                (quota.solved[index], period.first, period.counted - dt.timedelta(days=_LONGEST), True),
                (quota.later[index], after, period.last - dt.timedelta(days=_LONGEST), True),
                (quota.open[index], period.first, period.counted if quota.mark in "wf" else period.last, False),
            ):
                for _ in range(count):
                    number += 1
                    self._case(dice, sheet, index, quota, number, dice.day(first, last), solved)

    def _case(
        self, dice: Dice, sheet: Sheet, index: int, quota: Quota, number: int, raised: dt.date, solved: bool
    ) -> None:
        community = self.district.communities[index].code
        grid = self._grid(dice, index, quota.channel)
        kind = dice.pick(_KINDS[quota.channel])
        wording = dice.pick(self.district.profile.names.cases[kind])
        due = raised + dt.timedelta(days=dice.pick(_TERMS))
        if not solved and dice.chance(_LONG_TERM):
            due = dice.day(due, self.district.profile.period.last + dt.timedelta(days=60))
        state = ("closed" if dice.chance(0.3) else "solved") if solved else dice.pick(_OPEN)
        closed = raised + dt.timedelta(days=dice.between(1, dice.pick((4, 9, _LONGEST)))) if solved else None
        id_ = sheet.node(
            "Case",
            f"case-{community}-{quota.mark}{number:03d}",
            f"cases-{quota.channel}",
            name=f"{self.grids.names[grid]}{wording}",
            kind=kind,
            state=state,
            channel=quota.channel,
            raised_on=raised,
            due_on=due,
            closed_on=closed,
        )
        sheet.edge("RAISED_IN", id_, grid, f"cases-{quota.channel}")
        if state != "raised":
            self._dispatch(dice, sheet, id_, grid, quota.channel, raised, state, closed)

    def _grid(self, dice: Dice, index: int, channel: str) -> str:
        codes = self.grids.of[index]
        points = [code for code in codes if code in self.grids.demonstration]
        return dice.pick(points if channel == "demonstration" and points else codes)

    def _dispatch(
        self,
        dice: Dice,
        sheet: Sheet,
        case: str,
        grid: str,
        channel: str,
        raised: dt.date,
        state: str,
        closed: dt.date | None,
    ) -> None:
        """Whom the case went to; now and then a unit refused it first."""
        rule = f"cases-{channel}"
        target = self.dispatch.answers(dice, channel, grid, raised)
        sent = raised if closed is not None else raised + dt.timedelta(days=dice.below(3))
        if state == "refused" or dice.chance(_REFUSED_FIRST):
            refuser = self.dispatch.unit(dice, grid, raised)
            refusal = dice.pick(self.district.profile.names.refusals)
            if state == "refused" or refuser != target:
                sheet.edge("DISPATCHED_TO", case, refuser, rule, dispatched_on=sent, outcome="refused", refusal=refusal)
                sent += dt.timedelta(days=1)
        if state == "refused":
            return
        accepted = sent + dt.timedelta(days=dice.below(3)) if state != "dispatched" else None
        if accepted is not None and closed is not None:
            accepted = min(accepted, closed)
        sheet.edge(
            "DISPATCHED_TO",
            case,
            target,
            rule,
            dispatched_on=sent,
            accepted_on=accepted,
            closed_on=closed,
            outcome="open" if closed is None else "solved",
        )
