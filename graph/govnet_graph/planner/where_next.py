"""Where the next sites should go: fewest that cover all, most people with so many, or least distance; existing sites stay.

Exact (HiGHS), or with a stated gap where time ran out. Church & ReVelle 1974; Toregas et al. 1971; Elloumi 2010.
What is counted as certain are people who state their number and live where a complete ledger says that nothing covers
them; the rest makes the upper end of an interval, and ``missing`` names what would narrow it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from govnet_graph.coverage import EVIDENCE_FORM
from govnet_graph.planner.kinds import Kind, option
from govnet_graph.planner.mixed import HIGHS, FloatArray, gap
from govnet_graph.planner.model import Language, Method, Missing, Result, Watch
from govnet_graph.planner.people import PROPERTY, WEIGHTS, Count
from govnet_graph.planner.saying import missing_lines, named
from govnet_graph.planner.snapshot import BoolArray, Snapshot
from govnet_graph.planner.where_next_models import Located, cover_all, cover_most, nearest
from govnet_graph.planner.where_next_sites import Question, distances, question
from govnet_graph.planner.words import say
from govnet_graph.schema import Text

_REFERENCE = {
    "most": "Church & ReVelle 1974, The maximal covering location problem",
    "all": "Toregas et al. 1971, The location of emergency service facilities; Church & ReVelle 1974",
    "nearest": "Hakimi 1964, Optimum locations of switching centers; Elloumi 2010",
}
_NAMED = 10


@dataclass(frozen=True, slots=True)
class WhereNextOptions:
    """What the next sites give, how many there are, where they may stand and what they are to achieve."""

    gives: str = option(
        "text",
        "新设点提供什么（证据键）",
        "What a new site gives: an evidence key such as service:meals or resource:station",
        form=EVIDENCE_FORM,
    )
    sites: int = option("integer", "新设点数量", "Number of new sites", 3, unit="sites", minimum=1, maximum=200)
    goal: str = option(
        "text",
        "目标：most 覆盖人数最多，all 以最少的点覆盖全部，nearest 距离最短",
        "Goal: most people covered, all covered with the fewest sites, or the least distance (nearest)",
        "most",
        choices=("most", "all", "nearest"),
    )
    level: str = option(
        "text",
        "设点所在的区域层级",
        "Level of area at which sites stand",
        "Community",
        choices=("Street", "Community", "Grid"),
    )
    people: str = option(
        "text",
        "按什么计数：居民、70岁以上居民、户数或区域数",
        "What is counted: residents, residents over 70, households or areas",
        "residents",
        choices=WEIGHTS,
    )
    reach: int | None = option(
        "integer",
        "沿区域层级可服务的步数；不填则只服务所在区域之内",
        "Steps along the hierarchy that a site reaches; without it, what lies in its area",
        None,
        unit="steps",
        minimum=0,
        maximum=6,
    )
    only: tuple[str, ...] = option(
        "list", "只可设在这些区域", "Areas where a site may stand, and no others", (), entity="Area"
    )
    never: tuple[str, ...] = option("list", "不可设在这些区域", "Areas where no site may stand", (), entity="Area")
    fixed: tuple[str, ...] = option("list", "已决定设点的区域", "Areas that get a site in any case", (), entity="Area")


@dataclass(frozen=True, slots=True)
class Site:
    """A chosen area; ``adds`` are the people whom it covers beyond existing sites and those listed before it."""

    id: str
    name: str
    name_en: str
    level: str
    adds: Count


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the curve: the best that ``sites`` new sites achieve.

    ``newly`` are the people newly covered (goals most and all); ``distance`` the mean steps to the nearest site over the
    people whose number is known (goal nearest). ``gap`` is 0 where it is the proven optimum.
    """

    sites: int
    newly: Count | None
    distance: float | None
    gap: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereNext(Result):
    """Where the next sites go.

    Attributes
    ----------
    gives, goal, level, people : str
        As asked.
    existing : int
        Areas that a site of today serves.
    total, without : Count
        All people, and those whom no site covers today.
    chosen : tuple of Site
        The one that adds most first.
    newly : Count
        People newly covered by all of them.
    curve : tuple of Step
        By number of sites, from none to one more than asked.
    beyond : tuple of str
        Ids of uncovered areas that no candidate would cover.
    """

    kind: ClassVar[str] = "where-next"

    gives: str
    goal: str
    level: str
    people: str
    existing: int
    total: Count
    without: Count
    chosen: tuple[Site, ...]
    newly: Count
    curve: tuple[Step, ...]
    beyond: tuple[str, ...]

    def lines(self, language: Language) -> list[str]:
        """The choice, what the next would add, and how sure that is."""
        unit = say(f"where-next.people.{self.people}", language)
        kind, _, value = self.gives.partition(":")
        service = value if kind == "service" else None
        told = [
            say(
                "where-next.now",
                language,
                gives=self.gives if service is None else named(service, self.called, language),
                existing=self.existing,
                without=self.without,
                total=self.total,
                unit=unit,
            )
        ]
        for number, site in enumerate(self.chosen, 1):
            name = site.name_en if language == "en" else site.name
            told.append(say("where-next.site", language, number=number, name=name, adds=site.adds, unit=unit))
        told.append(say("where-next.newly", language, sites=len(self.chosen), newly=self.newly, unit=unit))
        if self.goal == "nearest":
            told += [
                say("where-next.distance", language, sites=s.sites, distance=f"{s.distance:.2f}")
                for s in self.curve
                if s.distance is not None
            ]
        following = next((s for s in self.curve if s.sites == len(self.chosen) + 1 and s.newly is not None), None)
        if following is not None:
            told.append(say("where-next.next", language, sites=following.sites, newly=following.newly, unit=unit))
        if self.beyond:
            told.append(say("where-next.beyond", language, count=len(self.beyond)))
        told.append(
            say("location.proven" if self.method.exact else "location.gap", language, gap=_percent(self.method.gap))
        )
        return told + missing_lines(self.missing, language, 3)


def where_next(
    snapshot: Snapshot, options: WhereNextOptions, watch: Watch | None = None, before: WhereNext | None = None
) -> WhereNext:
    """Solve it, or go on from what was found ``before`` for the same snapshot and options. Raises BadOption, NotInSnapshot, NoCandidates."""
    o = options
    asked = question(snapshot, o.gives, o.level, o.people, o.reach, o.only, o.never, o.fixed)
    wanting = ~asked.covered
    weight, scale = _weight(asked, wanting)
    known = None if before is None else _known(snapshot, asked, before, scale)
    if o.goal == "nearest":
        found, curve = _by_distance(snapshot, asked, o, watch, known)
    else:
        found, curve = _by_cover(asked, weight, o, watch, known)
    chosen = np.array(found.sites, dtype=np.int64)
    newly = wanting & _covered(asked, chosen)
    reachable = np.asarray(asked.covers.sum(axis=1)).ravel() > 0
    areas = snapshot.areas
    return WhereNext(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            name=f"{ {'most': 'MCLP', 'all': 'LSCP', 'nearest': 'p-median'}[o.goal] }, mixed-integer program (HiGHS)",
            exact=found.proven,
            reference=f"{_REFERENCE[o.goal]}; {HIGHS}",
            bound=float(np.floor(found.bound / scale)) if o.goal == "most" else found.bound,
            gap=0.0 if found.proven else gap(found.value, found.bound),
        ),
        missing=_missing(snapshot, asked, newly, o.people),
        called=snapshot.called(),
        gives=o.gives,
        goal=o.goal,
        level=o.level,
        people=o.people,
        existing=len(asked.existing),
        total=asked.people.among(np.ones(len(wanting), dtype=np.bool_)),
        without=_certain(asked, wanting),
        chosen=_in_order(snapshot, asked, chosen, weight, wanting),
        newly=_certain(asked, newly),
        curve=curve,
        beyond=tuple(areas.ids[i] for i in asked.people.leaves[wanting & ~reachable]),
    )


def _known(snapshot: Snapshot, asked: Question, before: WhereNext, scale: float) -> Located | None:
    """The sites of an earlier result with its bound in the model's own measure; None where it states none."""
    bound = before.method.bound
    if bound is None:
        return None
    place = {int(area): column for column, area in enumerate(asked.candidates)}
    sites = tuple(sorted(place[snapshot.areas.index(site.id)] for site in before.chosen))
    # People who are counted are told in whole numbers; what lies above is areas that are not counted.
    return Located(sites, 0.0, (bound + 1) * scale if before.goal == "most" else bound, False)


def _weight(asked: Question, wanting: BoolArray) -> tuple[FloatArray, float]:
    """What covering each leaf is worth, and by which factor: people who are counted, then areas whose count is not known."""
    uncounted = wanting & (asked.people.stated[asked.people.leaves] < 0)
    scale = 1.0 + float(uncounted.sum())
    return np.where(wanting, asked.people.low * scale + uncounted, 0.0), scale


def _by_cover(
    asked: Question, weight: FloatArray, o: WhereNextOptions, watch: Watch | None, known: Located | None
) -> tuple[Located, tuple[Step, ...]]:
    wanting = ~asked.covered
    open_ = asked.covers[np.flatnonzero(wanting)]
    solved: dict[int, Located] = {}
    if o.goal == "all":
        found = cover_all(open_, watch, known)
        most = min(len(found.sites), o.sites)
    else:
        found = cover_most(open_, weight[wanting], o.sites, watch, known)
        solved[o.sites] = found
        most = min(len(asked.candidates), o.sites + 1)
    # What was asked for is solved first, so that a time limit meets the rest of the curve.
    for count in range(most, -1, -1):
        if count not in solved:
            solved[count] = cover_most(open_, weight[wanting], count, watch)
    if o.goal == "all":
        solved[len(found.sites)] = found
    curve = []
    for count, located in sorted(solved.items()):
        newly = wanting & _covered(asked, np.array(located.sites, dtype=np.int64))
        off = 0.0 if located.proven else gap(located.value, located.bound)
        curve.append(Step(count, _certain(asked, newly), None, off))
    return found, tuple(curve)


def _by_distance(
    snapshot: Snapshot, asked: Question, o: WhereNextOptions, watch: Watch | None, known: Located | None
) -> tuple[Located, tuple[Step, ...]]:
    leaves, weight = asked.people.leaves, asked.people.low
    if not weight.any():
        weight = np.ones(len(leaves))
    table = distances(snapshot, leaves, asked.candidates)
    base = np.full(len(leaves), np.inf)
    for site in asked.existing:
        base = np.minimum(base, snapshot.areas.hops_from(int(site))[leaves])
    solved: dict[int, Located] = {o.sites: nearest(table, weight, o.sites, base, watch, known)}
    for count in range(min(len(asked.candidates), o.sites + 1), 0, -1):
        if count not in solved:
            solved[count] = nearest(table, weight, count, base, watch)
    total = weight.sum()
    curve = [Step(0, None, float(weight @ base / total), 0.0)] if len(asked.existing) else []
    for count, located in sorted(solved.items()):
        off = 0.0 if located.proven else gap(located.value, located.bound)
        curve.append(Step(count, None, float(located.value / total), off))
    return solved[o.sites], tuple(curve)


def _covered(asked: Question, chosen: np.ndarray[tuple[int], np.dtype[np.int64]]) -> BoolArray:
    marked = np.zeros(len(asked.candidates))
    marked[chosen] = 1.0
    return np.asarray(asked.covers @ marked > 0)


def _certain(asked: Question, chosen: BoolArray) -> Count:
    """People of leaves that are not known to be covered: at least those where that is settled, at most all."""
    return Count(asked.people.among(chosen & asked.settled).low, asked.people.among(chosen).high)


def _in_order(
    snapshot: Snapshot,
    asked: Question,
    chosen: np.ndarray[tuple[int], np.dtype[np.int64]],
    weight: FloatArray,
    wanting: BoolArray,
) -> tuple[Site, ...]:
    """The chosen sites, each time the one that adds most, and what it adds."""
    columns, left = asked.covers.tocsc(), list(chosen)
    open_, found = wanting.copy(), []
    areas = snapshot.areas
    while left:
        own = {j: columns.indices[columns.indptr[j] : columns.indptr[j + 1]] for j in left}
        best = max(left, key=lambda j: (weight[own[j]][open_[own[j]]].sum(), open_[own[j]].sum(), -j))
        adds = np.zeros(len(open_), dtype=np.bool_)
        adds[own[best]] = open_[own[best]]
        open_ &= ~adds
        left.remove(best)
        at = int(asked.candidates[best])
        level = ("District", "Street", "Community", "Grid")[areas.level[at]]
        found.append(Site(areas.ids[at], areas.names[at], areas.names_en[at], level, _certain(asked, adds)))
    return tuple(found)


def _missing(snapshot: Snapshot, asked: Question, newly: BoolArray, weight: str) -> tuple[Missing, ...]:
    """What makes ``newly`` an interval: ledgers by street, and counts that areas do not state; the widest first."""
    areas, leaves, found = snapshot.areas, asked.people.leaves, []
    by_street: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(newly & ~asked.settled):
        street = areas.ancestors[leaves[i], 1]
        by_street[int(street if street >= 0 else leaves[i])].append(int(i))
    for street, held in sorted(by_street.items()):
        some = np.zeros(len(leaves), dtype=np.bool_)
        some[held] = True
        narrows = asked.people.among(some).high
        found.append(Missing("ledger", asked.ledger, areas.ids[street], areas.names[street], narrows))
    if weight in PROPERTY:
        for i in np.flatnonzero(newly & (asked.people.stated[leaves] < 0)):
            high = asked.people.high[i]
            narrows = None if np.isinf(high) else int(high - asked.people.low[i])
            found.append(Missing("property", PROPERTY[weight], areas.ids[leaves[i]], areas.names[leaves[i]], narrows))
    found.sort(key=lambda m: (m.narrows is not None, -(m.narrows or 0), m.kind, m.entity))
    return tuple(found[:_NAMED])


def _percent(value: float | None) -> str:
    return "?" if value is None else f"{100 * value:.2f}"


KIND = Kind(
    name="where-next",
    text=Text("下一批站点、食堂或人员应设在哪里？", "Where should the next stations, canteens or workers go?"),
    options=WhereNextOptions,
    solve=where_next,
    long=True,
    resume=where_next,
)
