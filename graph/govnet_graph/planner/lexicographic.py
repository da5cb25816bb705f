"""One objective after the other, none given up for the next: what lacks, the worst load, edits, steps. Integer programs with HiGHS.

Exact where every stage is proven; else the best found, each stage with the bound that is proven over all pairs. The least cap of the load
is sought in the relaxation, for which a cap is a capacity and nearly integral; programs then begin at the least that it allows.

References
----------
Huangfu, Q. & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming Computation 10.
Isermann, H. (1982). Linear lexicographic optimization. OR Spektrum 4.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from govnet_graph.planner.binding import Chosen, Model, Stage
from govnet_graph.planner.bounds import Aim, Ground
from govnet_graph.planner.columns import KEEP, carried
from govnet_graph.planner.mixed import FloatArray, Program, Solved, minimise
from govnet_graph.planner.model import Watch, share, stopped
from govnet_graph.planner.snapshot import BoolArray

_SLACK = 1e-6
_CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class Start:
    """A solution to begin with, and what is proven already: (bound, whether a solution that good is known) of stages.

    The bound of a stage is one for solutions that are the best in the stages before it.
    """

    used: BoolArray
    proven: Mapping[str, int] = field(default_factory=dict)


def cover(model: Model, watch: Watch | None = None) -> Chosen:
    """The least that can lack, with nothing else minimised."""
    many, cells = len(model.columns), len(model.need)
    nothing = model.filled(model.columns.kind == KEEP)
    aim = model.cost("uncovered")
    found = minimise(replace(model.program(), cost=aim), watch, Solved(nothing, float(aim @ nothing), 0.0, False))
    x = nothing if found.x is None else found.x
    stage = Stage("uncovered", float(found.value or 0.0), found.value if found.proven else found.bound, found.proven)
    short = np.rint(x[many : many + cells]).astype(np.int64)
    return Chosen(
        model.columns,
        np.rint(x[:many]).astype(np.int64),
        short * model.most_short if model.whole else short,
        (stage,),
    )


def choose(ground: Ground, watch: Watch | None = None, start: Start | None = None) -> Chosen:
    """Solve one objective after the other, each without giving up what those before have reached."""
    return _Search(ground, watch, start).run()


def as_good(model: Model, stages: tuple[Stage, ...], watch: Watch | None = None) -> Chosen | None:
    """The best that lacks no more and loads no unit more than stages say, which must be proven; None where there is none, or no time."""
    least, worst = round(stages[0].value), round(stages[1].value)
    program = _limited(model.program(worst), model.cost("uncovered"), least)
    x: FloatArray | None = None
    more = []
    for name, constant in (("changes", model.kept), ("hops", 0)):
        cost = model.cost(name)
        known = None if x is None else Solved(x, float(cost @ x), None, False)
        found = minimise(replace(program, cost=cost), watch, known)
        if found.x is None or found.value is None:
            return None
        x = found.x
        bound = found.value if found.proven else found.bound
        more.append(Stage(name, found.value + constant, None if bound is None else bound + constant, found.proven))
        program = _limited(program, cost, round(found.value))
    assert x is not None
    many, cells = len(model.columns), len(model.need)
    short = np.rint(x[many : many + cells]).astype(np.int64)
    return Chosen(model.columns, np.rint(x[:many]).astype(np.int64), short, (*stages[:2], *more))


class _Search:
    """The search for one lexicographic optimum; ``used`` is the best so far, by the columns of the ground's program."""

    def __init__(self, ground: Ground, watch: Watch | None, start: Start | None) -> None:
        self.ground, self.watch = ground, watch
        self.proven = {} if start is None else start.proven
        kept = ground.model.columns.kind == KEEP
        self.used: BoolArray = kept if start is None else start.used

    def run(self) -> Chosen:
        stages = [self._uncovered()]
        least = round(stages[0].value)
        stages.append(self._worst_load(least))
        cap = round(stages[1].value)
        edits: int | None = None
        for name in ("changes", "hops"):
            stages.append(self._least(Aim(name, cap, least, edits)))
            edits = round(stages[-1].value)
        model = self.ground.model
        return Chosen(model.columns, self.used.astype(np.int64), model.short(self.used), tuple(stages))

    def _bound(self, aim: Aim, beyond: float | None = None) -> int | None:
        """What is proven of an aim; the best so far is carried over to the pairs that this adds to the program."""
        before = self.ground.model.columns
        found = self.ground.bound(aim, self.watch, beyond)
        self.used = carried(before, self.used, self.ground.model.columns)
        return found

    def _floor(self, aim: Aim, known: int) -> int:
        """What is proven of an aim over all pairs, where a program of some could not prove it and it is not known already."""
        model = self.ground.model
        reached = float(model.cost(aim.name) @ model.filled(self.used)) + (model.kept if aim.name == "changes" else 0)
        if self.ground.every or known >= reached:
            return known
        return max(known, self._bound(aim) or 0)

    def _uncovered(self) -> Stage:
        floor = self._floor(Aim("uncovered"), self.proven.get("uncovered", 0))
        return self._solve(Aim("uncovered"), self.ground.model.program(), floor, share(self.watch, 0.5))

    def _worst_load(self, least: int) -> Stage:
        """Caps from the least that the relaxation allows, each as a program with the next objective, which is easier than with none."""
        high = self.ground.model.worst(self.used)
        low = self._least_cap(least, min(high, self.proven.get("worst_load", 0)), high)
        cap = low
        while cap < high and not stopped(self.watch):
            aim = Aim("changes", cap, least)
            if not self.ground.every:
                self._bound(aim)
            model = self.ground.model
            program = replace(self._program(aim), cost=model.cost("changes"))
            found = minimise(program, share(self.watch, 0.5))
            if found.x is not None:
                self.used = found.x[: len(model.columns)] > 0.5
                high = min(cap, model.worst(self.used))
            elif not found.proven:
                break
            elif self.ground.every and low == cap:
                low = cap + 1
            cap += 1
        low = min(low, high)
        return Stage("worst_load", float(high), float(low), low == high)

    def _least_cap(self, least: int, low: int, high: int) -> int:
        """The least cap under which the relaxation over all pairs leaves no more to lack, from ``low`` on. It is mostly near what was
        reached, so that the search goes down from there in steps that grow, and then halves what is left."""
        step = 1
        while low < high and not stopped(self.watch):
            cap = max(low, high - step) if step else (low + high) // 2
            found = self._bound(Aim("uncovered", cap), least)
            if found is not None and found > least:
                low, step = cap + 1, 0
            else:
                high, step = cap, 2 * step
        # Where time is up, no more than the last is proven.
        return low

    def _least(self, aim: Aim) -> Stage:
        changes = aim.name == "changes"
        simple = self.ground.fewest(aim.least or 0) if changes else 0
        floor = self._floor(aim, max(simple, self.proven.get(aim.name, 0)))
        return self._solve(aim, self._program(aim), floor, share(self.watch, 0.7 if changes else 1.0))

    def _program(self, aim: Aim) -> Program:
        model = self.ground.model
        program = model.program(aim.cap)
        for limit, name, constant in ((aim.least, "uncovered", 0), (aim.edits, "changes", model.kept)):
            if limit is not None:
                program = _limited(program, model.cost(name), limit - constant)
        return program

    def _solve(self, aim: Aim, program: Program, floor: int, watch: Watch | None) -> Stage:
        """The best values of a program; the bound is that of all pairs."""
        model = self.ground.model
        cost = model.cost(aim.name)
        constant = model.kept if aim.name == "changes" else 0
        x = model.filled(self.used)
        value = float(cost @ x)
        bound = float(floor - constant)
        known = Solved(x, value, bound, False)
        found = minimise(replace(program, cost=cost), watch, known)
        # The best so far is one.
        assert found.x is not None
        assert found.value is not None
        self.used = found.x[: len(model.columns)] > 0.5
        if self.ground.every:
            bound = found.value if found.proven else max(bound, found.bound or bound)
        proven = bound >= found.value - _CLOSE
        return Stage(aim.name, found.value + constant, math.ceil(bound - _CLOSE) + constant, proven)


def _limited(program: Program, cost: FloatArray, most: float) -> Program:
    """The program with one row more: a cost that may not be exceeded."""
    return replace(
        program,
        rows=sparse.vstack((program.rows, sparse.csr_matrix(cost)), format="csr"),
        low=np.append(program.low, -np.inf),
        high=np.append(program.high, most + _SLACK),
    )
