"""The re-pairing plan: what is the least change that makes coverage as good as it can be?

Plans are compared by uncovered need (providers that lack), then by the worst load of a unit that gets a pairing, then by the number of
changes, then by distance. One requirement is solved by flows (``repair_flow``, exact), several that are nested, too (``nested``, exact), others
that bind together, or pairings that may end, by an integer program (``repair_program``, exact where proven, else with its bound). What a
planner has locked or ruled out is done first.
"""

from __future__ import annotations

from dataclasses import dataclass

from govnet_graph.coverage import Requirement
from govnet_graph.planner.changes import apply_changes
from govnet_graph.planner.judging import UNCOVERED, UNKNOWN, judge
from govnet_graph.planner.kinds import Kind, PairingOptions, option
from govnet_graph.planner.locks import Set, settle
from govnet_graph.planner.model import Interval, Method, Watch, stopped
from govnet_graph.planner.plan_model import Change, Objective, Repair
from govnet_graph.planner.problem import FAR, Limits, peak_loads, rules_of
from govnet_graph.planner.repair_parts import Part, by_flow, by_program
from govnet_graph.planner.repair_program import Known
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.schema import Text

_SET = ("lock", "forbidden")
"""Why a change is in a plan that the planner has set himself."""


@dataclass(frozen=True, slots=True)
class RepairOptions(PairingOptions):
    """What to plan."""

    locked: tuple[str, ...] = option(
        "list",
        "必须保留或新建的结对，写作 单位>区域",
        "Pairs that must stay or be made, each written unit>area",
        (),
        entity="Pair",
    )
    forbidden: tuple[str, ...] = option(
        "list",
        "不得有的结对（现有的将终止），写作 单位>区域",
        "Pairs that may not be (a present one ends), each written unit>area",
        (),
        entity="Pair",
    )
    moves: bool = option(
        "flag", "是否允许终止现有结对以腾出能力", "Whether present pairings may end to make room elsewhere", False
    )
    explain: bool = option(
        "flag", "是否给出每项变更的次优选择及其代价", "Whether each change comes with the next best and its cost", True
    )


def solve(
    snapshot: Snapshot, options: RepairOptions, watch: Watch | None = None, found: Repair | None = None
) -> Repair:
    """Make a re-pairing plan, or go on from one that was ``found`` for the same snapshot and options.

    Exact where ``method.exact``; else the best found in time with the proven bound of the first objective that is not.

    Raises
    ------
    NotInSnapshot, NotWritable, NoCandidates, ContradictingLocks, BadOption, PlannerError
    """
    rules = rules_of(snapshot, options.requirements)
    given = settle(snapshot, rules, options.locked, options.forbidden, options.without)
    limits = Limits(options.max_hops, options.kinds, frozenset(options.without), given.forbidden, given.locked)
    if len(rules) == 1 and not options.moves:
        # Flows need nothing to begin with.
        part = by_flow(given.snapshot, snapshot, rules, limits, options, watch)
    else:
        known = None if found is None else _known(found)
        part = by_program(given.snapshot, snapshot, rules, limits, options, watch, known)
    edits = (*given.ended, *given.made, *(change.edit for change in part.changes))
    after = apply_changes(snapshot, edits)
    changes = tuple(sorted((*_set(snapshot, after, given, rules), *part.changes), key=_order))
    objectives = _objectives(snapshot, after, rules, part, changes)
    complete = not stopped(watch)
    open_ = next((one for one in objectives if not one.proven), None)
    return Repair(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            part.method,
            open_ is None,
            part.reference,
            bound=None if open_ is None or open_.bound is None else float(open_.bound),
            gap=0.0
            if open_ is None
            else None
            if open_.bound is None
            else abs(open_.after - open_.bound) / max(1, abs(open_.after)),
        ),
        called=snapshot.called(),
        requirements=tuple(rule.id for rule in rules),
        objectives=objectives,
        changes=changes,
        uncovered=part.uncovered,
        unknown=_unknown(after, rules),
        after=after.hash,
        complete=complete,
    )


def resume(snapshot: Snapshot, options: RepairOptions, watch: Watch | None, found: Repair) -> Repair:
    """Go on from a plan that was found for the same snapshot and options: what is proven stays so, and the plan gets no worse.

    Exact as ``solve`` is. Raises what that raises.
    """
    again = solve(snapshot, options, watch, found)
    return found if rank(found) < rank(again) else again


def rank(plan: Repair) -> tuple[float, ...]:
    """By what the better of two plans for the same snapshot and options is told: what they reach in order, then what is proven of it."""
    reached = [float(one.after) for one in plan.objectives]
    return (*reached, *(0.0 if one.bound is None else -float(one.bound) for one in plan.objectives))


def _known(found: Repair) -> Known:
    """A plan to begin with, beside what a planner has set."""
    edits = tuple(change.edit for change in found.changes if change.why not in _SET)
    proven: dict[str, int] = {}
    for one in found.objectives:
        # What is proven of the changes and steps of the whole plan is that of the part beside what is set, and that.
        if one.bound is not None:
            proven[one.name] = one.bound - _of_set(found.changes).get(one.name, 0)
    return Known(edits, proven)


def _of_set(changes: tuple[Change, ...]) -> dict[str, int]:
    """What the changes that a planner has set add to each objective."""
    own = [change for change in changes if change.why in _SET]
    hops = sum(FAR if c.hops is None else c.hops for c in own if c.edit.operation == "pair")
    return {"changes": len(own), "hops": hops}


def _order(change: Change) -> tuple[str, str, str]:
    return change.edit.area, change.edit.operation, change.edit.unit


def _set(snapshot: Snapshot, after: Snapshot, given: Set, rules: tuple[Requirement, ...]) -> list[Change]:
    """The changes that the planner has set."""
    loads = peak_loads(after)
    areas = snapshot.areas
    found = []
    for edit in (*given.ended, *given.made):
        unit = snapshot.unit(edit.unit)
        made = edit.operation == "pair"
        asked = tuple(
            sorted(r.id for r in rules if made and (not r.evidence.value or r.evidence.value in edit.services))
        )
        hops = min((areas.hops(at, areas.index(edit.area)) for at in unit.at), default=None) if made else None
        load = int(loads[after.unit_index[edit.unit]])
        name = areas.names[areas.index(edit.area)]
        found.append(Change(edit, unit.name, name, asked, "lock" if made else "forbidden", hops, load, unit.capacity))
    return found


def _objectives(
    snapshot: Snapshot, after: Snapshot, rules: tuple[Requirement, ...], part: Part, changes: tuple[Change, ...]
) -> tuple[Objective, ...]:
    """The objectives as the plan reaches them, counted afresh from the snapshots before and after."""
    lacking = [sum(_lacking(one, rule)[0] for rule in rules) for one in (snapshot, after)]
    loads = peak_loads(snapshot), peak_loads(after)
    given = {snapshot.unit_index[c.edit.unit] for c in changes if c.edit.operation == "pair"}
    worst = [max((int(load[unit]) for unit in given), default=0) for load in loads]
    hops = sum(FAR if c.hops is None else c.hops for c in changes if c.edit.operation == "pair")
    values = {"uncovered": lacking, "worst_load": worst, "changes": [0, len(changes)], "hops": [0, hops]}
    found = []
    for name in ("uncovered", "worst_load", "changes", "hops"):
        before, reached = values[name]
        bound, proven = part.bounds.get(name, (None, False))
        if bound is not None:
            bound = min(reached, bound + _of_set(changes).get(name, 0))
        found.append(Objective(name, before, reached, reached if proven else bound, proven))
    return tuple(found)


def _lacking(snapshot: Snapshot, rule: Requirement) -> tuple[int, int]:
    """Providers that lack in areas known to be uncovered, and in those of which it is not known."""
    judged = judge(snapshot, rule)
    return tuple(int(judged.missing[judged.states == state].sum()) for state in (UNCOVERED, UNKNOWN))  # type: ignore[return-value]


def _unknown(after: Snapshot, rules: tuple[Requirement, ...]) -> Interval:
    known, hidden = (sum(column) for column in zip(*(_lacking(after, rule) for rule in rules), strict=True))
    return Interval(known, known + hidden)


KIND = Kind(
    name="repair",
    text=Text("怎样以最少的变更使覆盖尽可能好？", "What is the least change that makes coverage as good as it can be?"),
    options=RepairOptions,
    solve=solve,
    long=True,
    resume=resume,
)

__all__ = ["KIND", "Repair", "RepairOptions", "rank", "resume", "solve"]
