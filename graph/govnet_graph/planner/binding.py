"""Plans in which one pairing serves several requirements at once, as integer programs; ``lexicographic`` solves them.

The linear relaxation (``relaxation``) gives prices of cells and units that
prove a bound by themselves: whatever is paired, at least

    Σ_cells weight × need − Σ_units price × spare − Σ_columns max(0, Σ_cells of the column weight − price × used)

providers lack (weak duality), for any weights from 0 to 1 and any prices from 0 on.

References
----------
Huangfu, Q. & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming Computation 10.
Isermann, H. (1982). Linear lexicographic optimization. OR Spektrum 4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import sparse

from govnet_graph.planner.columns import KEEP, NEW, Columns
from govnet_graph.planner.mixed import FloatArray, Program
from govnet_graph.planner.snapshot import BoolArray, IntArray

REFERENCE = "Huangfu & Hall 2018; Isermann 1982"


@dataclass(frozen=True, eq=False)
class Stage:
    """One objective: its value in the solution, the proven bound on it, and whether the two agree."""

    name: str
    value: float
    bound: float | None
    proven: bool


@dataclass(frozen=True, eq=False)
class Chosen:
    """A solution: which columns are used, how much lacks in each cell, and the stages that led to it."""

    columns: Columns
    used: IntArray
    short: IntArray
    stages: tuple[Stage, ...]


@dataclass(frozen=True, eq=False)
class Model:
    """Rows of the program over columns, then shortfalls, then distinct providers, then units that are dear to make active.

    Attributes
    ----------
    need : int array
        Providers that lack in each cell when no column is used.
    most_short : int array
        How much each cell may lack at most; 0 where it must be met.
    weight : int array
        What one provider that lacks counts in the first objective.
    spare : int array
        Capacity of each unit for columns; -1 where it is not limited.
    fixed : int array
        Load of each unit beside the columns.
    whole : bool
        Whether a cell lacks all that it may lack or nothing: need that must not be split.
    barred : int array
        Columns that may not be used.
    """

    columns: Columns
    need: IntArray
    most_short: IntArray
    weight: IntArray
    spare: IntArray
    fixed: IntArray
    whole: bool = False
    barred: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @cached_property
    def _active(self) -> IntArray:
        """Units that could get a new pairing."""
        return np.unique(self.columns.unit[self.columns.kind == NEW])

    @cached_property
    def _distinct(self) -> tuple[IntArray, IntArray, IntArray]:
        """Keys ``unit × cells + cell`` of what columns count for, the key of each entry, and how many columns have each."""
        c = self.columns
        keys = c.unit[c.column] * max(1, len(self.need)) + c.cell
        distinct, back, counts = np.unique(keys, return_inverse=True, return_counts=True)
        return distinct, back, counts.astype(np.int64)

    @property
    def width(self) -> int:
        """Number of variables."""
        shared = int((self._distinct[2] > 1).sum())
        return len(self.columns) + len(self.need) + shared + len(self._active)

    @cached_property
    def free(self) -> IntArray:
        """Load of each unit where it keeps all that it has and gets nothing."""
        c = self.columns
        keep = c.kind == KEEP
        return self.fixed + np.bincount(c.unit[keep], weights=c.used[keep], minlength=len(self.fixed)).astype(np.int64)

    @property
    def kept(self) -> int:
        """How many present pairings are kept where nothing is done: each that is not is an edit."""
        return int((self.columns.kind == KEEP).sum())

    def rooms(self, cap: int | None) -> tuple[IntArray, IntArray, IntArray, BoolArray]:
        """(What a new pairing takes of each unit's room, what one that is kept takes per unit of load, the room, which units may get a new
        one) so that no unit that gets one carries more than the cap, as far as one row for each unit can say that.

        A unit that would have to give something up for it must give up the more the more it gets.
        """
        ones, room = np.ones_like(self.spare), self.spare
        if cap is None:
            return ones, ones, room, self.spare > 0
        most, load = cap - self.fixed, self.free - self.fixed
        under = self.free <= cap
        over = (self.spare >= 0) & ~under & (most > 0)
        room = np.where(over, most * load, np.where(under & (self.spare >= 0), np.minimum(self.spare, most), room))
        return np.where(over, load, 1), np.where(over, most, 1), room, (self.spare > 0) & (most > 0)

    def short(self, used: BoolArray) -> IntArray:
        """What lacks in each cell where these columns are used."""
        distinct, brought = self._distinct[0], self._brought(used)
        got = np.bincount(distinct[brought] % max(1, len(self.need)), minlength=len(self.need))
        return np.asarray(np.maximum(0, self.need - got))

    def filled(self, used: BoolArray) -> FloatArray:
        """The values of a program's variables where these columns are used."""
        c, short = self.columns, self.short(used)
        if self.whole:
            short = (short > 0).astype(np.int64)
        gets = np.isin(self._active, c.unit[used & (c.kind == NEW)])
        return np.concatenate((used, short, self._brought(used)[self._distinct[2] > 1], gets)).astype(np.float64)

    def _brought(self, used: BoolArray) -> BoolArray:
        """Which distinct units in cells (see ``_distinct``) the columns bring."""
        found = np.zeros(len(self._distinct[0]), dtype=np.bool_)
        found[self._distinct[1][used[self.columns.column]]] = True
        return found

    def holds(self, used: BoolArray) -> bool:
        """Whether these columns are a solution."""
        program, x = self.program(), self.filled(used)
        reached = program.rows @ x
        inside = (reached >= program.low) & (reached <= program.high)
        return bool(inside.all() and (x <= program.upper).all())

    def worst(self, chosen: BoolArray) -> int:
        """The largest load of a unit that gets a new pairing, by the columns chosen."""
        c = self.columns
        load = self.fixed + np.bincount(c.unit, weights=c.used * chosen, minlength=len(self.fixed))
        gets = np.unique(c.unit[(c.kind == NEW) & chosen])
        return round(float(load[gets].max(initial=0)))

    def program(self, cap: int | None = None) -> Program:
        """The program without an objective; with ``cap`` no unit that gets a new pairing carries more."""
        c = self.columns
        many, cells = len(c), len(self.need)
        distinct, back, counts = self._distinct
        several = counts > 1
        shared = np.flatnonzero(several)
        place = np.full(len(distinct), -1)
        place[shared] = np.arange(len(shared))
        active = self._active
        first = many + cells + len(shared)
        width = self.width
        # Each cell: columns that alone bring their unit, distinct units that several columns bring, and what lacks.
        single = ~several[back]
        rows = [c.cell[single], distinct[shared] % max(1, cells), np.arange(cells)]
        cols = [c.column[single], many + cells + np.arange(len(shared)), many + np.arange(cells)]
        values = [np.ones(len(r)) for r in rows]
        if self.whole:
            values[2] = self.most_short.astype(np.float64)
        low, high = [self.need.astype(np.float64)], [np.full(cells, np.inf)]
        at = cells
        # A distinct unit counts once, and only where a column brings it.
        double = several[back]
        rows += [at + place[back[double]], at + np.arange(len(shared))]
        cols += [c.column[double], many + cells + np.arange(len(shared))]
        values += [np.ones(int(double.sum())), -np.ones(len(shared))]
        low.append(np.zeros(len(shared)))
        high.append(np.full(len(shared), np.inf))
        at += len(shared)
        # A pairing takes a service on only where it is kept.
        bound = np.flatnonzero(c.needs >= 0)
        rows += [at + np.arange(len(bound))] * 2
        cols += [c.needs[bound], bound]
        values += [np.ones(len(bound)), -np.ones(len(bound))]
        low.append(np.zeros(len(bound)))
        high.append(np.full(len(bound), np.inf))
        at += len(bound)
        loading = np.flatnonzero(c.used > 0)
        limited = loading[self.spare[c.unit[loading]] >= 0]
        held, index = np.unique(c.unit[limited], return_inverse=True)
        rows.append(at + index)
        cols.append(limited)
        values.append(c.used[limited].astype(np.float64))
        low.append(np.full(len(held), -np.inf))
        high.append(self.spare[held].astype(np.float64))
        at += len(held)
        barred = [self.barred]
        if cap is not None:
            # A unit that gets a pairing is active, and then its load is under the cap. Where it must give something up for that, or
            # cannot, the program decides, else its capacity does.
            own = np.isin(c.unit, active)
            barred.append(np.flatnonzero((c.kind == NEW) & (self.fixed[c.unit] >= cap)))
            loaded = np.flatnonzero(own & (c.used > 0))
            row = np.searchsorted(active, c.unit[loaded])
            over = np.maximum(0, self.free[active] - cap)
            rows += [at + row, at + np.arange(len(active))]
            cols += [loaded, first + np.arange(len(active))]
            values += [c.used[loaded].astype(np.float64), over.astype(np.float64)]
            low.append(np.full(len(active), -np.inf))
            high.append((cap - self.fixed[active] + over).astype(np.float64))
            at += len(active)
            new = np.flatnonzero((c.kind == NEW) & own)
            new = new[over[np.searchsorted(active, c.unit[new])] > 0]
            rows += [at + np.arange(len(new))] * 2
            cols += [new, first + np.searchsorted(active, c.unit[new])]
            values += [np.ones(len(new)), -np.ones(len(new))]
            low.append(np.full(len(new), -np.inf))
            high.append(np.zeros(len(new)))
            at += len(new)
        matrix = sparse.csr_matrix(
            (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols))), shape=(at, width)
        )
        upper = np.ones(width)
        upper[np.concatenate(barred)] = 0.0
        upper[many : many + cells] = np.minimum(self.most_short, 1) if self.whole else self.most_short
        whole = np.ones(width, dtype=np.bool_)
        return Program(np.zeros(width), matrix, np.concatenate(low), np.concatenate(high), whole, upper)

    def cost(self, name: str) -> FloatArray:
        """The cost of an objective over the variables of a program: ``uncovered``, ``changes`` (but for a constant) or ``hops``."""
        c, cells, found = self.columns, len(self.need), np.zeros(self.width)
        if name == "uncovered":
            found[len(c) : len(c) + cells] = self.weight * self.most_short if self.whole else self.weight
        elif name == "changes":
            found[: len(c)] = np.where(c.kind == KEEP, -1.0, 1.0)
        else:
            found[: len(c)] = np.where(c.kind == NEW, c.hops, 0)
        return found
