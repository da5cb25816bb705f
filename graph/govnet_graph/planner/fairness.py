"""Who is worst off, how unevenly coverage is spread, and what raising the floor costs.

Exact where it does not say otherwise: shares and the lower end of the Gini interval are, its upper end is a bound, and the
floor is proven (HiGHS) or not solved. Gini 1912; Bertsimas, Farias & Trichakis 2011 (price of fairness).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from govnet_graph.coverage import Requirement
from govnet_graph.planner.fairness_floor import Floor, Lacking, raise_floor
from govnet_graph.planner.fairness_measures import gini_bounds
from govnet_graph.planner.judging import COVERED, UNKNOWN, judge
from govnet_graph.planner.kinds import Kind, option
from govnet_graph.planner.mixed import HIGHS, FloatArray
from govnet_graph.planner.model import Interval, Language, Method, Missing, Result, Watch
from govnet_graph.planner.people import PROPERTY, WEIGHTS, population
from govnet_graph.planner.problem import peak_loads, why_not_writable
from govnet_graph.planner.saying import missing_lines
from govnet_graph.planner.snapshot import LEVELS, IntArray, Snapshot
from govnet_graph.planner.words import say
from govnet_graph.schema import Text

_NAMED, _TOLD = 10, 10


@dataclass(frozen=True, slots=True)
class FairnessOptions:
    """Which areas are compared, by which requirements, and whom they count for."""

    level: str = option(
        "text", "比较哪一层级的区域", "Level of the areas compared", "Grid", choices=("Street", "Community", "Grid")
    )
    people: str = option(
        "text",
        "按什么加权：居民、70岁以上居民、户数或区域数",
        "What an area counts for: residents, residents over 70, households, or one each",
        "residents",
        choices=WEIGHTS,
    )
    requirements: tuple[str, ...] = option("list", "只看这些要求", "Only these requirements", (), entity="Requirement")
    most: int = option(
        "integer", "列出最差的多少个区域", "How many of the worst areas to list", 20, minimum=1, maximum=1000
    )
    floor: bool = option("flag", "是否计算提高底线的代价", "Whether to work out what raising the floor costs", True)


@dataclass(frozen=True, slots=True)
class Standing:
    """An area's share of requirements met: those of the area and of all in it; an interval where some are unknown."""

    id: str
    name: str
    name_en: str
    met: int
    unknown: int
    of: int
    share: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness(Result):
    """How coverage is spread.

    Attributes
    ----------
    level, people : str
        As asked.
    areas, left_out : int
        Areas compared, and those of them that the Gini coefficient leaves out because their number of people is not known.
    worst : tuple of Standing
        The smallest certain share first.
    mean, gini : Interval
        Of the share over people whose number is known. The upper end of ``gini`` is a bound.
    floor : Floor or None
        What new pairings could do for the worst off, over the requirements that a pairing can meet; None where it was not
        asked for, no pairing can meet any, or the program would be too large.
    """

    kind: ClassVar[str] = "fairness"

    level: str
    people: str
    areas: int
    left_out: int
    worst: tuple[Standing, ...]
    mean: Interval
    gini: Interval
    floor: Floor | None

    def lines(self, language: Language) -> list[str]:
        """The worst off, the spread, and what the floor costs."""
        told = [
            say("fairness.spread", language, areas=self.areas, mean=_percents(self.mean), gini=_decimals(self.gini)),
        ]
        if self.left_out:
            told.append(say("fairness.left-out", language, count=self.left_out))
        for area in self.worst[:_TOLD]:
            name = area.name_en if language == "en" else area.name
            told.append(
                say(
                    "fairness.worst",
                    language,
                    name=name,
                    met=area.met,
                    of=area.of,
                    unknown=area.unknown,
                    share=_percents(area.share),
                )
            )
        if self.floor is not None and self.floor.pairings:
            told.append(
                say(
                    "fairness.floor",
                    language,
                    before=f"{100 * self.floor.before:.0f}",
                    after=f"{100 * self.floor.after:.0f}",
                    pairings=self.floor.pairings,
                    price=f"{100 * self.floor.price:.1f}",
                )
            )
        elif self.floor is not None:
            told.append(say("fairness.no-floor", language, before=f"{100 * self.floor.before:.0f}"))
        return told + missing_lines(self.missing, language, 3)


def fairness(snapshot: Snapshot, options: FairnessOptions, watch: Watch | None = None) -> Fairness:
    """Compute it. Raises NotInSnapshot for a requirement that is not there."""
    asked = [snapshot.requirement(r) for r in options.requirements] or list(snapshot.requirements)
    first, last = snapshot.inside
    level = LEVELS.index(options.level)
    areas = np.flatnonzero(snapshot.areas.level[first:last] == level) + first
    met, unknown, of, by_ledger = _counts(snapshot, asked, level)
    areas = areas[of[areas] > 0]
    low = met[areas] / np.maximum(of[areas], 1)
    high = (met[areas] + unknown[areas]) / np.maximum(of[areas], 1)
    weight, counted = _weights(snapshot, areas, options.people)
    order = np.lexsort((areas, high, low))[: options.most]
    a = snapshot.areas
    floor = _floor(snapshot, options, asked, watch) if options.floor else None
    return Fairness(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            f"shares of requirements met; Gini over intervals (upper end a bound); max-min program ({HIGHS})",
            bool(np.array_equal(low, high)) and (floor is None or floor.proven),
            "Gini 1912; Bertsimas, Farias & Trichakis 2011, The price of fairness",
        ),
        missing=_missing(snapshot, areas, counted, by_ledger, options.people),
        level=options.level,
        people=options.people,
        areas=len(areas),
        left_out=int((~counted).sum()),
        worst=tuple(
            Standing(
                *(a.ids[i], a.names[i], a.names_en[i], int(met[i]), int(unknown[i]), int(of[i])),
                share=Interval(float(low[k]), float(high[k])),
            )
            for k in order
            for i in (areas[k],)
        ),
        mean=_mean(low[counted], high[counted], weight[counted]),
        gini=gini_bounds(low[counted], high[counted], weight[counted]),
        floor=floor,
    )


def _counts(
    snapshot: Snapshot, asked: list[Requirement], level: int
) -> tuple[IntArray, IntArray, IntArray, dict[tuple[str, int], int]]:
    """Per area of the level: requirements met, unknown, and all, in it and what lies in it; unknown ones by ledger and street."""
    size = len(snapshot.areas)
    met, unknown, of = (np.zeros(size, dtype=np.int64) for _ in range(3))
    by_ledger: dict[tuple[str, int], int] = defaultdict(int)
    for requirement in asked:
        judged = judge(snapshot, requirement)
        above = snapshot.areas.ancestors[judged.areas, level]
        known = above >= 0
        states = judged.states
        of += np.bincount(above[known], minlength=size)
        met += np.bincount(above[known & (states == COVERED)], minlength=size)
        open_ = known & (states == UNKNOWN)
        unknown += np.bincount(above[open_], minlength=size)
        streets, times = np.unique(snapshot.areas.ancestors[judged.areas[open_], 1], return_counts=True)
        for street, count in zip(streets, times, strict=True):
            by_ledger[requirement.ledger, int(street)] += int(count)
    return met, unknown, of, by_ledger


def _weights(
    snapshot: Snapshot, areas: IntArray, people: str
) -> tuple[FloatArray, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """People of each area, and whether their number is known."""
    if people == "areas":
        return np.ones(len(areas)), np.ones(len(areas), dtype=np.bool_)
    counts = population(snapshot, people)
    end = snapshot.areas.end
    weight, known = np.zeros(len(areas)), np.zeros(len(areas), dtype=np.bool_)
    for i, area in enumerate(areas):
        stated = counts.stated[area]
        first, last = np.searchsorted(counts.leaves, [area, end[area]])
        inside = counts.stated[counts.leaves[first:last]]
        known[i] = stated >= 0 or bool((inside >= 0).all() and len(inside))
        weight[i] = stated if stated >= 0 else inside[inside >= 0].sum()
    return weight, known


def _mean(low: FloatArray, high: FloatArray, weight: FloatArray) -> Interval:
    total = float(weight.sum())
    if total <= 0:
        return Interval(0.0, 1.0) if len(weight) == 0 else Interval.of(0.0)
    return Interval(float(low @ weight) / total, float(high @ weight) / total)


def _floor(snapshot: Snapshot, options: FairnessOptions, asked: list[Requirement], watch: Watch | None) -> Floor | None:
    """What new pairings with the areas themselves could do.

    Requirements of other levels are left out; what is not known to be covered counts as lacking.
    """
    rules = [r for r in asked if not why_not_writable(r) and r.level == options.level != "Street"]
    return None if not rules else raise_floor(lacking_of(snapshot, rules, options.people), watch)


def lacking_of(snapshot: Snapshot, rules: list[Requirement], people: str) -> Lacking:
    """The cells of some requirements that lack providers, and the types of units that could supply them."""
    judged = [judge(snapshot, r) for r in rules]
    areas = np.unique(np.concatenate([j.areas for j in judged])) if judged else np.zeros(0, dtype=np.int64)
    of = sum((np.isin(areas, j.areas).astype(np.int64) for j in judged), np.zeros(len(areas), dtype=np.int64))
    met = sum(
        (np.isin(areas, j.areas[j.missing == 0]).astype(np.int64) for j in judged), np.zeros(len(areas), dtype=np.int64)
    )
    area = np.concatenate([np.searchsorted(areas, j.areas[j.missing > 0]) for j in judged])
    needs = np.concatenate([j.missing[j.missing > 0] for j in judged])
    rule = np.concatenate([np.full(int((j.missing > 0).sum()), k) for k, j in enumerate(judged)])
    weight, _ = _weights(snapshot, areas, people)
    spare = np.array([0 if u.capacity is None else u.capacity for u in snapshot.units], dtype=np.int64) - peak_loads(
        snapshot
    )
    types: dict[tuple[bool, ...], list[int]] = defaultdict(list)
    for i, unit in enumerate(snapshot.units):
        can = tuple(r.evidence.prefix == "pairing" or r.evidence.value in unit.services for r in rules)
        if spare[i] > 0 and any(can):
            types[can].append(i)
    paired = {(p.unit, p.area) for p in snapshot.pairings}
    partners = np.array(
        [[sum((snapshot.units[i].id, int(x)) not in paired for i in units) for x in areas] for units in types.values()],
        dtype=np.int64,
    ).reshape(len(types), len(areas))
    return Lacking(
        area=area,
        needs=needs,
        worth=weight[area] if weight[area].any() else np.ones(len(area)),
        met=met,
        of=of,
        able=np.array([[can[k] for k in rule] for can in types], dtype=np.bool_).reshape(len(types), len(rule)),
        spare=np.array([int(spare[units].sum()) for units in types.values()], dtype=np.int64),
        partners=partners,
    )


def _missing(
    snapshot: Snapshot,
    areas: IntArray,
    counted: np.ndarray[tuple[int], np.dtype[np.bool_]],
    by_ledger: dict[tuple[str, int], int],
    people: str,
) -> tuple[Missing, ...]:
    """Ledgers by street, with the requirements that they leave unknown; then areas without a number of people."""
    a = snapshot.areas
    found = [
        Missing("ledger", kind, a.ids[max(street, 0)], a.names[max(street, 0)], count)
        for (kind, street), count in by_ledger.items()
    ]
    found.sort(key=lambda m: (-(m.narrows or 0), m.what, m.entity))
    if people in PROPERTY:
        found += [Missing("property", PROPERTY[people], a.ids[i], a.names[i]) for i in areas[~counted]]
    return tuple(found[:_NAMED])


def _percents(value: Interval) -> str:
    return f"{100 * value.low:.1f}%" if value.known else f"{100 * value.low:.1f}–{100 * value.high:.1f}%"


def _decimals(value: Interval) -> str:
    return f"{value.low:.3f}" if value.known else f"{value.low:.3f}–{value.high:.3f}"


KIND = Kind(
    name="fairness",
    text=Text("谁的情况最差？提高底线要付出什么？", "Who is worst off, and what does raising the floor cost?"),
    options=FairnessOptions,
    solve=fairness,
    long=True,
)
