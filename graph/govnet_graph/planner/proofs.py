"""Proofs of how much can be met: an assignment from below, weights of cells and prices of units from above.

One form for one requirement (weights and prices are 0 or 1: Hall's deficient set) and for several that share capacity (those of
the linear relaxation). ``planner.checker`` judges it from the snapshot alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from govnet_graph.planner.binding import Model
from govnet_graph.planner.candidates import Links
from govnet_graph.planner.columns import EXTEND, NEW, Columns, columns_of
from govnet_graph.planner.hall import Cover, best_cover
from govnet_graph.planner.lexicographic import cover
from govnet_graph.planner.model import Watch
from govnet_graph.planner.nested_plan import Best, cover_nested, dual
from govnet_graph.planner.problem import Problem, only
from govnet_graph.planner.relaxation import bound_of, relax
from govnet_graph.planner.snapshot import IntArray, Snapshot

_DENSE = 200_000


@dataclass(frozen=True, slots=True)
class Assigned:
    """A pairing that is made (``pair``) or takes services on (``extend``), and the requirements that it counts for."""

    operation: Literal["pair", "extend"]
    unit: str
    unit_name: str
    area: str
    area_name: str
    services: tuple[str, ...]
    requirements: tuple[str, ...]
    pairing: str


@dataclass(frozen=True, slots=True)
class Lack:
    """Providers that an area still lacks for a requirement under the assignment."""

    area: str
    area_name: str
    requirement: str
    lacking: int


@dataclass(frozen=True, slots=True)
class Weight:
    """Weight of a cell in the bound, from 0 to 1, as an exact fraction."""

    area: str
    requirement: str
    weight: str


@dataclass(frozen=True, slots=True)
class Price:
    """Price of one unit of a unit's spare capacity in the bound, as an exact fraction."""

    unit: str
    price: str


@dataclass(frozen=True, slots=True)
class Deficient:
    """Areas whose need together exceeds all that may serve them.

    Attributes
    ----------
    requirement : str
    areas : tuple of str
    need : int
        Providers that they lack.
    units : tuple of str
        The able units with spare capacity that may pair with any of them.
    capacity : int
        The most that these units, and pairings that take a service on, can give them.
    lacking : int
        Need less capacity: what would have to be added.
    reason : str
        ``no-able-unit`` where no unit may serve any of them, else ``capacity``.
    """

    requirement: str
    areas: tuple[str, ...]
    need: int
    units: tuple[str, ...]
    capacity: int
    lacking: int
    reason: Literal["no-able-unit", "capacity"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What can be met under one scenario, from below and from above.

    Attributes
    ----------
    scenario : str
    need, unmet : int
        Providers that lack now, and with the assignment.
    bound : int
        Providers that lack whatever is done; equal to ``unmet`` where the assignment is proven best.
    assigned : tuple of Assigned
    lacks : tuple of Lack
    weights, prices : the bound's multipliers; what is not listed counts 0.
    deficient : tuple of Deficient
        The bound in words; for several requirements only where one of them alone explains it.
    """

    scenario: str
    need: int
    unmet: int
    bound: int
    assigned: tuple[Assigned, ...]
    lacks: tuple[Lack, ...]
    weights: tuple[Weight, ...]
    prices: tuple[Price, ...]
    deficient: tuple[Deficient, ...]

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.unmet == self.bound


def prove(problem: Problem, most: int, watch: Watch | None = None, *, whole: bool = False) -> Proof:
    """The proof of a problem: by flow for one requirement whose need may be split or several that are nested, else by an integer program."""
    if len(problem.rules) == 1 and not whole:
        return _by_flow(problem, best_cover(problem, most))
    return _by_program(problem, most, watch, whole=whole)


def _by_flow(problem: Problem, cover: Cover) -> Proof:
    snapshot, rule = problem.snapshot, problem.rules[0]
    made = [
        _pair(snapshot, unit, int(problem.target[cell]), _codes(problem, [cell]), (rule.id,))
        for unit, cell in zip(cover.links.unit[cover.used].tolist(), cover.links.cell[cover.used].tolist(), strict=True)
    ]
    taken = {extension.pairing: extension for extension, _ in cover.extended}
    made += [_extend(snapshot, index, (rule.evidence.value,), (rule.id,)) for index in taken]
    got = cover.given + np.bincount(cover.links.cell[cover.used], minlength=len(problem.area)).astype(np.int64)
    weights = [
        Weight(snapshot.areas.ids[problem.area[cell]], rule.id, "1")
        for cell in np.flatnonzero(cover.deficient).tolist()
    ]
    charged = [Price(snapshot.units[unit].id, "1") for unit in np.flatnonzero(cover.priced).tolist()]
    return Proof(
        scenario=problem.scenario.value,
        need=problem.total,
        unmet=cover.unmet,
        bound=cover.bound,
        assigned=tuple(sorted(made, key=_order)),
        lacks=lacks_of(problem, np.maximum(0, problem.need - got).tolist()),
        weights=tuple(weights),
        prices=tuple(charged),
        deficient=deficient_sets(problem, cover),
    )


def deficient_sets(problem: Problem, cover: Cover) -> tuple[Deficient, ...]:
    """The deficient set in words: first the areas that no able unit may serve at all, then those that lack capacity together."""
    cells = np.flatnonzero(cover.deficient)
    if not len(cells):
        return ()
    serving = cover.priced & problem.able[:, 0]
    serving[cover.links.unit[cover.beside]] = True
    units = np.flatnonzero(serving)
    capacity = int(problem.spare[cover.priced].sum()) + int(cover.beside.sum())
    served = np.zeros(len(problem.area), dtype=np.bool_)
    served[cover.links.cell] = True
    alone = cells[~served[cells]]
    together = cells[served[cells]]
    found = []
    if len(alone):
        found.append(_deficient(problem, alone, cover, (), 0, "no-able-unit"))
    if len(together):
        ids = tuple(problem.snapshot.units[unit].id for unit in units.tolist())
        found.append(_deficient(problem, together, cover, ids, capacity, "capacity"))
    # Cells that get exactly what they lack may lie on the deficient side of the cut; by themselves they prove nothing.
    return tuple(one for one in found if one.lacking)


def _deficient(
    problem: Problem,
    cells: object,
    cover: Cover,
    units: tuple[str, ...],
    capacity: int,
    reason: Literal["no-able-unit", "capacity"],
) -> Deficient:
    chosen = np.asarray(cells)
    need, free = int(problem.need[chosen].sum()), int(cover.given[chosen].sum())
    areas = tuple(problem.snapshot.areas.ids[area] for area in problem.area[chosen].tolist())
    return Deficient(problem.rules[0].id, areas, need, units, capacity + free, need - capacity - free, reason)


def _by_program(problem: Problem, most: int, watch: Watch | None, *, whole: bool) -> Proof:
    snapshot = problem.snapshot
    # A small problem is solved over all pairs, so that the bound is that of all pairs.
    most = 0 if len(problem.area) * len(snapshot.units) <= _DENSE else most
    ones = np.ones(len(problem.area), dtype=np.int64)
    fixed = np.zeros(len(snapshot.units), dtype=np.int64)

    def model_of(links: Links) -> Model:
        return Model(columns_of(problem, links), problem.need, problem.need, ones, problem.spare, fixed, whole)

    chosen, best = cover_nested(problem, model_of, most, watch) or (None, None)
    if chosen is None or best is None:
        relaxed = relax(problem, model_of, most, watch)
        chosen = cover(relaxed.model, watch)
        proven = (relaxed.weight, relaxed.price, relaxed.bound(problem))
        y, w, bound = proven if relaxed.proven else _apart(problem, most)
    else:
        y, w, bound = _whole_bound(problem, best)
    columns, unmet = chosen.columns, int(chosen.short.sum())
    areas = snapshot.areas.ids
    return Proof(
        scenario=problem.scenario.value,
        need=problem.total,
        unmet=unmet,
        bound=bound,
        assigned=tuple(
            sorted(assigned_of(problem, columns, _needed(problem, columns, chosen.used, chosen.short)), key=_order)
        ),
        lacks=lacks_of(problem, chosen.short.tolist()),
        weights=tuple(
            Weight(areas[area], problem.rules[rule].id, str(value))
            for area, rule, value in zip(problem.area.tolist(), problem.rule.tolist(), y, strict=True)
            if value
        ),
        prices=tuple(Price(unit.id, str(value)) for unit, value in zip(snapshot.units, w, strict=True) if value),
        deficient=(),
    )


def _needed(problem: Problem, columns: Columns, used: IntArray, short: IntArray) -> list[int]:
    """The used columns without those that nothing rests on: an integer program is free to use them."""
    kept = used.astype(bool)
    units: list[dict[int, int]] = [defaultdict(int) for _ in range(len(problem.area))]
    cells: dict[int, list[int]] = defaultdict(list)
    for column, cell in zip(columns.column.tolist(), columns.cell.tolist(), strict=True):
        if kept[column]:
            units[cell][int(columns.unit[column])] += 1
            cells[column].append(cell)
    wanted = (problem.need - short).tolist()
    for column in np.flatnonzero(kept).tolist():
        unit = int(columns.unit[column])
        if all(
            units[cell][unit] > 1 or sum(n > 0 for n in units[cell].values()) > wanted[cell] for cell in cells[column]
        ):
            kept[column] = False
            for cell in cells[column]:
                units[cell][unit] -= 1
    found: list[int] = kept.astype(int).tolist()
    return found


def _apart(problem: Problem, most: int) -> tuple[list[Fraction], list[Fraction], int]:
    """Weights, prices and the bound of each requirement by itself."""
    y, w, bound = [Fraction(0)] * len(problem.area), [Fraction(0)] * len(problem.spare), 0
    for index in range(len(problem.rules)):
        own = np.flatnonzero(problem.rule == index)
        cover = best_cover(only(problem, index), most)
        bound += cover.bound
        for cell in own[cover.deficient].tolist():
            y[cell] = Fraction(1)
        for unit in np.flatnonzero(cover.priced & problem.able[:, index]).tolist():
            w[unit] += 1
    return y, w, bound


def _whole_bound(problem: Problem, best: Best) -> tuple[list[Fraction], list[Fraction], int]:
    """Weights, prices and bound of nested requirements: whole numbers, and no pair that was not considered pays at them."""
    weight, price = dual(best)
    y, w = [Fraction(value) for value in weight.tolist()], [Fraction(value) for value in price.tolist()]
    return y, w, max(0, math.ceil(bound_of(problem, best.nest.model.columns, y, w)))


def assigned_of(problem: Problem, columns: Columns, used: list[int]) -> Iterable[Assigned]:
    """The new pairings and extensions among the columns that are used."""
    cells: dict[int, list[int]] = defaultdict(list)
    for column, cell in zip(columns.column.tolist(), columns.cell.tolist(), strict=True):
        if used[column]:
            cells[column].append(cell)
    for column in [i for i, value in enumerate(used) if value]:
        rules = tuple(sorted({problem.rules[problem.rule[cell]].id for cell in cells[column]}))
        codes = _codes(problem, cells[column])
        if columns.kind[column] == NEW:
            yield _pair(problem.snapshot, int(columns.unit[column]), int(columns.target[column]), codes, rules)
        elif columns.kind[column] == EXTEND:
            yield _extend(problem.snapshot, int(columns.pairing[column]), codes, rules)


def lacks_of(problem: Problem, short: list[int]) -> tuple[Lack, ...]:
    """What is left to lack, by requirement and area."""
    areas = problem.snapshot.areas
    return tuple(
        Lack(areas.ids[area], areas.names[area], problem.rules[rule].id, int(lacking))
        for area, rule, lacking in zip(problem.area.tolist(), problem.rule.tolist(), short, strict=True)
        if lacking
    )


def _codes(problem: Problem, cells: Iterable[int]) -> tuple[str, ...]:
    values = {problem.rules[problem.rule[cell]].evidence.value for cell in cells}
    return tuple(sorted(value for value in values if value))


def _pair(snapshot: Snapshot, unit: int, area: int, services: tuple[str, ...], rules: tuple[str, ...]) -> Assigned:
    one, areas = snapshot.units[unit], snapshot.areas
    return Assigned("pair", one.id, one.name, areas.ids[area], areas.names[area], services, rules, "")


def _extend(snapshot: Snapshot, pairing: int, services: tuple[str, ...], rules: tuple[str, ...]) -> Assigned:
    held, areas = snapshot.pairings[pairing], snapshot.areas
    one = snapshot.unit(held.unit)
    return Assigned("extend", one.id, one.name, areas.ids[held.area], areas.names[held.area], services, rules, held.id)


def _order(assigned: Assigned) -> tuple[str, str, str, str]:
    return assigned.area, assigned.unit, assigned.operation, assigned.pairing
