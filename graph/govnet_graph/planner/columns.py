"""What a plan may do, one column each, and for which cells each counts: the common ground of the integer programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from govnet_graph.planner.candidates import Links, among, extensions
from govnet_graph.planner.problem import Problem
from govnet_graph.planner.snapshot import BoolArray, IntArray, Pairing

NEW, EXTEND, KEEP = range(3)


@dataclass(frozen=True, eq=False)
class Columns:
    """Possible edits: first new pairings, then extensions, then pairings in play that may be kept.

    Attributes
    ----------
    kind : int array
        ``NEW``, ``EXTEND`` or ``KEEP``.
    unit, target, hops : int arrays
        Who, with which area, how far.
    used : int array
        Capacity that the column takes; an extension takes none.
    pairing : int array
        Index of the pairing that is extended (into the snapshot's) or kept (into those in play); -1 for a new one.
    needs : int array
        For an extension of a pairing in play the column that keeps it; -1 else.
    column, cell : int arrays
        One entry for each column and cell that it counts for.
    """

    kind: IntArray
    unit: IntArray
    target: IntArray
    hops: IntArray
    used: IntArray
    pairing: IntArray
    needs: IntArray
    column: IntArray
    cell: IntArray

    def __len__(self) -> int:
        return len(self.kind)


def columns_of(problem: Problem, links: Links, in_play: Sequence[Pairing] = ()) -> Columns:
    """The columns of a problem.

    Parameters
    ----------
    problem : Problem
        Of the snapshot without the pairings in play.
    links : Links
        New pairings to consider.
    in_play : sequence of Pairing
        Present pairings that may end.
    """
    snapshot, size = problem.snapshot, len(problem.snapshot.areas)
    held = {(snapshot.unit_index[p.unit], p.area) for p in in_play}
    pairs = np.unique(links.unit * size + problem.target[links.cell])
    if held:
        pairs = pairs[~np.isin(pairs, np.array([unit * size + area for unit, area in sorted(held)]))]
    unit, target = pairs // size, pairs % size
    rows: list[tuple[int, int, int, int, int, int]] = []
    cover: list[tuple[int, int]] = []

    def add(kind: int, who: int, where: int, used: int, pairing: int, needs: int, cells: Sequence[int]) -> int:
        at = len(pairs) + len(rows)
        rows.append((kind, who, where, used, pairing, needs))
        cover.extend((at, cell) for cell in cells)
        return at

    for one in extensions(problem):
        add(EXTEND, one.unit, snapshot.pairings[one.pairing].area, 0, one.pairing, -1, one.cells)
    for index, pairing in enumerate(in_play):
        who = snapshot.unit_index[pairing.unit]
        counts, could = _cells_of(problem, pairing, who)
        kept = add(KEEP, who, pairing.area, pairing.used, index, -1, counts)
        if could:
            add(EXTEND, who, pairing.area, 0, index, kept, could)
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    extra = np.array(cover, dtype=np.int64).reshape(-1, 2)
    column, cell = reach(problem, unit, target)
    hops = np.zeros(len(pairs) + len(rows), dtype=np.int64)
    hops[: len(pairs)] = problem.hops(unit, target)
    new = np.full(len(pairs), NEW, dtype=np.int64)
    return Columns(
        kind=np.concatenate((new, table[:, 0])),
        unit=np.concatenate((unit, table[:, 1])),
        target=np.concatenate((target, table[:, 2])),
        hops=hops,
        used=np.concatenate((np.ones(len(pairs), dtype=np.int64), table[:, 3])),
        pairing=np.concatenate((np.full(len(pairs), -1), table[:, 4])),
        needs=np.concatenate((np.full(len(pairs), -1), table[:, 5])),
        column=np.concatenate((column, extra[:, 0])),
        cell=np.concatenate((cell, extra[:, 1])),
    )


def _cells_of(problem: Problem, pairing: Pairing, unit: int) -> tuple[list[int], list[int]]:
    """The cells that a pairing in play counts for, and those that it could count for by taking a service on."""
    counts, could = [], []
    for cell in problem.reached(pairing.area):
        code = problem.rules[problem.rule[cell]].evidence.value
        if not code or code in pairing.services:
            counts.append(cell)
        elif problem.able[unit, problem.rule[cell]]:
            could.append(cell)
    return counts, could


def reach(problem: Problem, unit: IntArray, target: IntArray) -> tuple[IntArray, IntArray]:
    """(column, cell) of new pairings: all cells that each reaches, for which the unit is able and does not count already."""
    targets, back = np.unique(target, return_inverse=True)
    reached = [problem.reached(area) for area in targets.tolist()]
    counts = np.array([len(cells) for cells in reached], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    flat = np.array([cell for cells in reached for cell in cells], dtype=np.int64)
    own = counts[back]
    column = np.repeat(np.arange(len(unit)), own)
    shift = np.repeat(starts[back] - np.cumsum(own) + own, own)
    cell = flat[np.arange(len(column)) + shift] if len(column) else np.zeros(0, dtype=np.int64)
    who = unit[column]
    able = problem.able[who, problem.rule[cell]] if len(cell) else np.zeros(0, dtype=np.bool_)
    able &= ~among(who * max(1, len(problem.area)) + cell, problem.counted)
    return column[able], cell[able]


def chosen_columns(columns: Columns, wanted: BoolArray) -> Columns:
    """Some of the columns; those that need another are kept only with it by the caller's choice."""
    place = np.cumsum(wanted) - 1
    entries = wanted[columns.column]
    needs = columns.needs[wanted]
    return Columns(
        kind=columns.kind[wanted],
        unit=columns.unit[wanted],
        target=columns.target[wanted],
        hops=columns.hops[wanted],
        used=columns.used[wanted],
        pairing=columns.pairing[wanted],
        needs=np.where(needs >= 0, place[needs], -1),
        column=place[columns.column[entries]],
        cell=columns.cell[entries],
    )


def carried(before: Columns, used: BoolArray, after: Columns) -> BoolArray:
    """What is used, by the columns of a program with more new pairings; those that are not new keep their order."""
    if before is after:
        return used
    first, then = int((before.kind == NEW).sum()), int((after.kind == NEW).sum())
    size = 1 + max(int(before.target.max(initial=0)), int(after.target.max(initial=0)))
    place = np.searchsorted(
        after.unit[:then] * size + after.target[:then], before.unit[:first] * size + before.target[:first]
    )
    found = np.zeros(len(after), dtype=np.bool_)
    found[place[used[:first]]] = True
    found[then:] = used[first:]
    return found
