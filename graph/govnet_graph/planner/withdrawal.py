"""Who loses what when a unit leaves, which few exits hurt most, and how few uncover each area; with the change that mends it.

Exact for one exit (vectorised) and for the fewest exits; the worst set is proven by branch and bound (r-interdiction
covering; Church, Scaparra & Middleton 2004), or bounded where time ran out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.judging import COVERED, STATES, UNCOVERED
from govnet_graph.planner.kinds import Kind, option
from govnet_graph.planner.mixed import gap
from govnet_graph.planner.model import Language, Method, Missing, Result, Watch
from govnet_graph.planner.people import WEIGHTS, Count, population
from govnet_graph.planner.plan_model import Repair
from govnet_graph.planner.saying import change_lines, missing_lines
from govnet_graph.planner.snapshot import IntArray, Snapshot
from govnet_graph.planner.withdrawal_cells import Cells, cells_of, slack_of
from govnet_graph.planner.withdrawal_mend import mended
from govnet_graph.planner.withdrawal_worst import Slack, Worst, fewest_exits, worst_exits
from govnet_graph.planner.words import say
from govnet_graph.schema import Text

_NAMED, _TOLD = 50, 12
_REFERENCE = "Church, Scaparra & Middleton 2004, Identifying critical infrastructure: the median and covering facility interdiction problems"


@dataclass(frozen=True, slots=True)
class WithdrawalOptions:
    """Which unit leaves, and how many at once are looked at."""

    unit: str | None = option(
        "text",
        "退出的单位；不填则逐一比较所有单位",
        "Unit that leaves; without it all are compared",
        None,
        entity="Unit",
    )
    worst: int = option(
        "integer",
        "找出影响最大的几家同时退出",
        "Size of the set of exits that hurts most",
        2,
        unit="units",
        minimum=0,
        maximum=3,
    )
    requirement: str | None = option("text", "只看一项要求", "Only one requirement", None, entity="Requirement")
    people: str = option(
        "text",
        "同时退出的影响按什么计：区域数，或居民、70岁以上居民、户数",
        "What joint exits are weighed by: areas, or residents, residents over 70 or households",
        "areas",
        choices=WEIGHTS,
    )
    mend: bool = option(
        "flag", "是否给出补救所需的最少结对变更", "Whether to plan the least change that mends a unit's exit", True
    )


@dataclass(frozen=True, slots=True)
class Loss:
    """What one area loses in one requirement.

    ``gave`` are the ids of the providers that go (the unit, or resources that nobody else offers), ``others`` of those that
    stay; ``before`` and ``after`` are states.
    """

    area: str
    area_name: str
    requirement: str
    requirement_name: str
    requirement_name_en: str
    gave: tuple[str, ...]
    others: tuple[str, ...]
    left: int
    minimum: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Exit:
    """One unit's exit in short: areas × requirements that it takes part in, and how many stop being covered."""

    unit: str
    name: str
    name_en: str
    touches: int
    uncovered: int
    unknown: int


@dataclass(frozen=True, slots=True)
class WorstSet:
    """The exits that together hurt most: what they uncover, in areas × requirements or people; ``bound`` is proven."""

    units: tuple[str, ...]
    names: tuple[str, ...]
    damage: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Fragile:
    """An area and the requirement in which the fewest exits would uncover it."""

    area: str
    area_name: str
    requirement: str
    exits: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Result):
    """What exits do.

    Attributes
    ----------
    unit : str or None
        As asked.
    losses : tuple of Loss
        For the unit asked about: every area and requirement that it takes part in, those that stop being covered first.
    people : Count or None
        Residents of the areas in which something stops being covered by that exit.
    exits : tuple of Exit
        Of the unit asked about, or of all units, the worst first.
    worst : tuple of WorstSet
        For two exits, three exits … as far as asked.
    fragile : tuple of Fragile
        Areas that the fewest exits uncover, at most 50, the fewest first.
    by_exits : tuple of (int, int)
        (exits, areas × requirements that this many exits uncover at least); exits -1: no number of exits does.
    mend : Repair or None
        The least re-pairing that makes coverage as good as before the exit (its own ended pairings are among the changes);
        None where no unit leaves, nothing is uncovered, or no pairing can meet what is.
    """

    kind: ClassVar[str] = "withdrawal"

    unit: str | None
    losses: tuple[Loss, ...]
    people: Count | None
    exits: tuple[Exit, ...]
    worst: tuple[WorstSet, ...]
    fragile: tuple[Fragile, ...]
    by_exits: tuple[tuple[int, int], ...]
    mend: Repair | None = None

    def lines(self, language: Language) -> list[str]:
        """The exits that matter, what falls, and the worst sets."""
        told = []
        for exit_ in self.exits[:_TOLD] if self.unit is None else self.exits:
            name = exit_.name_en if language == "en" else exit_.name
            told.append(
                say(
                    "withdrawal.exit",
                    language,
                    name=name,
                    touches=exit_.touches,
                    uncovered=exit_.uncovered,
                    unknown=exit_.unknown,
                )
            )
        if self.people is not None:
            told.append(say("withdrawal.people", language, people=self.people))
        for loss in [x for x in self.losses if x.before != x.after][:_TOLD]:
            name = loss.requirement_name_en if language == "en" else loss.requirement_name
            told.append(
                say(
                    f"withdrawal.loss.{loss.after}",
                    language,
                    area=loss.area_name,
                    requirement=name,
                    left=loss.left,
                    minimum=loss.minimum,
                )
            )
        if self.mend is not None:
            made = sum(1 for change in self.mend.changes if change.edit.operation != "end")
            after = self.mend.objective("uncovered").after
            told.append(say("withdrawal.mend", language, made=made, after=after))
            # That the unit's own pairings end needs no reason.
            new = [change for change in self.mend.changes if change.edit.operation != "end"]
            told += [line for change in new[:_TOLD] for line in change_lines(change, language, self.mend.called)]
        elif self.unit is not None and any(x.before != x.after for x in self.losses):
            told.append(say("withdrawal.no-mend", language))
        for found in self.worst:
            names = ("、" if language == "zh" else ", ").join(found.names)
            told.append(
                say("withdrawal.worst", language, count=len(found.units), names=names, damage=f"{found.damage:g}")
            )
            told.append(
                say(
                    "location.proven" if found.proven else "location.gap",
                    language,
                    gap=f"{100 * (gap(found.damage, found.bound) or 0):.2f}",
                )
            )
        alone = sum(1 for f in self.fragile if f.exits == 1)
        if self.unit is None and alone:
            told.append(say("withdrawal.fragile", language, cells=dict(self.by_exits).get(1, 0)))
        return told + missing_lines(self.missing, language, 3)


def withdrawal(
    snapshot: Snapshot, options: WithdrawalOptions, watch: Watch | None = None, before: Withdrawal | None = None
) -> Withdrawal:
    """Compute it, or go on from what was found ``before`` for the same snapshot and options. Raises NotInSnapshot."""
    asked = None if options.requirement is None else [snapshot.requirement(options.requirement)]
    cells = cells_of(snapshot, asked)
    named = None if options.unit is None else snapshot.unit(options.unit)
    exits = all_exits(snapshot, cells)
    slack = slack_of(snapshot, cells, options.people)
    known = {} if before is None else {len(one.units): one for one in before.worst}
    found = tuple(_worst(snapshot, slack, size, watch, known.get(size)) for size in range(2, options.worst + 1))
    losses: tuple[Loss, ...] = ()
    people = mend = None
    if named is not None:
        index = snapshot.unit_index[named.id]
        exits = tuple(e for e in exits if e.unit == named.id)
        losses = losses_of(snapshot, cells, index)
        people = _people(snapshot, {x.area for x in losses if x.before != x.after})
        mend = (
            mended(
                snapshot,
                named.id,
                {x.requirement for x in losses if x.before != x.after},
                watch,
                None if before is None else before.mend,
            )
            if options.mend
            else None
        )
    fewest = fewest_exits(slack)
    numbers, times = np.unique(fewest[slack.need > 0], return_counts=True)
    proven = all(w.proven for w in found)
    last = found[-1] if found else None
    return Withdrawal(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            name="evidence counts; branch and bound for joint exits",
            exact=proven,
            reference=_REFERENCE,
            bound=None if proven or last is None else last.bound,
            gap=0.0 if proven or last is None else gap(last.damage, last.bound),
        ),
        missing=_missing(snapshot, cells, named.id if named is not None else None),
        unit=options.unit,
        losses=losses,
        people=people,
        exits=exits,
        worst=found,
        fragile=_fragile(snapshot, cells, slack, fewest),
        by_exits=tuple((int(n), int(t)) for n, t in zip(numbers, times, strict=True)),
        mend=mend,
    )


def all_exits(snapshot: Snapshot, cells: Cells) -> tuple[Exit, ...]:
    """Every unit's exit in short, the worst first. Exact; one pass over all pairs."""
    cell, unit, count = cells.losses
    before = cells.states(cells.have[cell], cell)
    after = cells.states(cells.have[cell] - count, cell)
    falls = (before == COVERED) & (after != COVERED)
    units = len(snapshot.units)
    touches = np.bincount(unit, minlength=units)
    uncovered = np.bincount(unit[falls & (after == UNCOVERED)], minlength=units)
    unknown = np.bincount(unit[falls & (after != UNCOVERED)], minlength=units)
    order = np.lexsort((np.arange(units), -touches, -unknown, -uncovered))
    return tuple(
        Exit(u.id, u.name, u.name_en, int(touches[i]), int(uncovered[i]), int(unknown[i]))
        for i in order
        for u in (snapshot.units[i],)
    )


def losses_of(snapshot: Snapshot, cells: Cells, unit: int) -> tuple[Loss, ...]:
    """What each area loses by one exit, those that stop being covered first, then by requirement and area. Exact."""
    cell, owner, count = cells.losses
    mine = owner == unit
    concerned = cell[mine]
    left = cells.have[concerned] - count[mine]
    before, after = cells.states(cells.have[concerned], concerned), cells.states(left, concerned)
    gave: dict[int, list[str]] = defaultdict(list)
    others: dict[int, list[str]] = defaultdict(list)
    for i in np.flatnonzero(np.isin(cells.cell, concerned)):
        provider = int(cells.provider[i])
        goes = cells.owner[provider] == unit
        (gave if goes else others)[int(cells.cell[i])].append(_provider(snapshot, provider))
    found = []
    for i in np.lexsort((concerned, after == before)):
        place = int(concerned[i])
        requirement, area = snapshot.requirements[cells.requirement[place]], int(cells.area[place])
        found.append(
            Loss(
                area=snapshot.areas.ids[area],
                area_name=snapshot.areas.names[area],
                requirement=requirement.id,
                requirement_name=requirement.name,
                requirement_name_en=requirement.name_en,
                gave=tuple(sorted(gave[place])),
                others=tuple(sorted(others[place])),
                left=int(left[i]),
                minimum=requirement.minimum,
                before=STATES[before[i]].value,
                after=STATES[after[i]].value,
            )
        )
    return tuple(found)


def _worst(snapshot: Snapshot, slack: Slack, size: int, watch: Watch | None, before: WorstSet | None) -> WorstSet:
    known = None
    if before is not None:
        units = tuple(snapshot.unit_index[unit] for unit in before.units)
        known = Worst(units, before.damage, before.bound, before.proven)
    found = worst_exits(slack, size, watch, known)
    left = [snapshot.units[u] for u in found.units]
    return WorstSet(tuple(u.id for u in left), tuple(u.name for u in left), found.damage, found.bound, found.proven)


def _fragile(snapshot: Snapshot, cells: Cells, slack: Slack, fewest: IntArray) -> tuple[Fragile, ...]:
    """Per area the requirement that the fewest exits uncover."""
    breakable = np.flatnonzero(fewest > 0)
    order = breakable[np.lexsort((cells.requirement[breakable], fewest[breakable], cells.area[breakable]))]
    first = order[np.append(True, cells.area[order][1:] != cells.area[order][:-1])] if len(order) else order
    first = first[np.lexsort((cells.area[first], fewest[first]))][:_NAMED]
    found = []
    for place in first:
        own = np.flatnonzero(slack.cell == place)
        own = own[np.lexsort((slack.unit[own], -slack.count[own]))][: fewest[place]]
        area = int(cells.area[place])
        found.append(
            Fragile(
                area=snapshot.areas.ids[area],
                area_name=snapshot.areas.names[area],
                requirement=snapshot.requirements[cells.requirement[place]].id,
                exits=int(fewest[place]),
                units=tuple(snapshot.units[u].id for u in slack.unit[own]),
            )
        )
    return tuple(found)


def _provider(snapshot: Snapshot, provider: int) -> str:
    units = len(snapshot.units)
    return snapshot.units[provider].id if provider < units else snapshot.providers[provider - units].id


def _people(snapshot: Snapshot, areas: set[str]) -> Count:
    people = population(snapshot, "residents")
    inside = np.zeros(len(people.leaves), dtype=np.bool_)
    for area in areas:
        index = snapshot.areas.index(area)
        inside |= (people.leaves >= index) & (people.leaves < snapshot.areas.end[index])
    return people.among(inside)


def _missing(snapshot: Snapshot, cells: Cells, unit: str | None) -> tuple[Missing, ...]:
    """Ledgers for want of which an exit leaves areas unknown rather than uncovered, by kind and street."""
    cell, owner, count = cells.losses
    after = cells.states(cells.have[cell] - count, cell)
    before = cells.states(cells.have[cell], cell)
    open_ = (before == COVERED) & (after != COVERED) & (after != UNCOVERED)
    if unit is not None:
        open_ &= owner == snapshot.unit_index[unit]
    found: dict[tuple[str, int], int] = defaultdict(int)
    for place in np.unique(cell[open_]):
        requirement: Requirement = snapshot.requirements[cells.requirement[place]]
        street = int(snapshot.areas.ancestors[cells.area[place], 1])
        found[requirement.ledger, street if street >= 0 else int(cells.area[place])] += 1
    areas = snapshot.areas
    listed = [Missing("ledger", kind, areas.ids[a], areas.names[a], n) for (kind, a), n in sorted(found.items())]
    return tuple(sorted(listed, key=lambda m: (-(m.narrows or 0), m.what, m.entity)))


KIND = Kind(
    name="withdrawal",
    text=Text(
        "某单位退出后，谁失去什么？哪几家同时退出影响最大？",
        "If this unit leaves, who loses what? Which exits hurt most?",
    ),
    options=WithdrawalOptions,
    solve=withdrawal,
    long=True,
    resume=withdrawal,
)
