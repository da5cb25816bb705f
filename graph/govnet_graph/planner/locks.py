"""What a planner sets beforehand: pairs that must be, and pairs that may not. They are done first; the rest is solved around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govnet_graph.coverage import Requirement
from govnet_graph.planner.changes import Edit, apply_changes, new_id
from govnet_graph.planner.errors import BadOption, ContradictingLocks
from govnet_graph.planner.judging import applies_to
from govnet_graph.planner.problem import check_pairs, peak_loads
from govnet_graph.planner.snapshot import Snapshot

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Set:
    """The snapshot after what was set, and the edits that made it so."""

    snapshot: Snapshot
    made: tuple[Edit, ...]
    ended: tuple[Edit, ...]
    locked: frozenset[Pair]
    forbidden: frozenset[Pair]


def read_pairs(texts: Sequence[str], name: str) -> frozenset[Pair]:
    """Pairs from texts of the form ``unit>area``. Raises BadOption."""
    found = set()
    for text in texts:
        unit, arrow, area = text.partition(">")
        if not arrow or not unit.strip() or not area.strip():
            raise BadOption(
                f"Option {name}: {text!r} is not a pair.", hint="Write unit>area, such as unit-a>990101001001001."
            )
        found.add((unit.strip(), area.strip()))
    return frozenset(found)


def settle(
    snapshot: Snapshot,
    rules: Sequence[Requirement],
    locked: Sequence[str],
    forbidden: Sequence[str],
    without: Sequence[str],
) -> Set:
    """Apply what was set.

    Raises
    ------
    ContradictingLocks
        A pair is both locked and forbidden, is locked for a unit that may get no pairing, or more are locked than a unit can carry.
    NotInSnapshot, BadOption, PlannerError
    """
    must, never = read_pairs(locked, "locked"), read_pairs(forbidden, "forbidden")
    check_pairs(snapshot, must | never)
    if both := sorted(must & never):
        raise ContradictingLocks(
            f"{both[0][0]} with {both[0][1]} is both locked and forbidden.", hint="Take one of the two back."
        )
    held = {(p.unit, snapshot.areas.ids[p.area]): p for p in snapshot.pairings}
    ended = tuple(
        Edit("end", unit, area, pairing=held[unit, area].id)
        for unit, area in sorted(never & held.keys())
        if held[unit, area].present
    )
    new = sorted(must - held.keys())
    if barred := [pair for pair in new if pair[0] in without]:
        raise ContradictingLocks(
            f"{barred[0][0]} is locked with {barred[0][1]} but may get no new pairing.",
            hint="Take one of the two back.",
        )
    made = tuple(
        Edit("pair", unit, area, _services(snapshot, rules, unit, area), new_id(snapshot, unit, area))
        for unit, area in new
    )
    after = apply_changes(snapshot, (*ended, *made))
    loads = peak_loads(after)
    for unit in sorted({edit.unit for edit in made}):
        index = after.unit_index[unit]
        capacity = after.units[index].capacity
        if capacity is not None and loads[index] > capacity:
            raise ContradictingLocks(
                f"{unit} would carry {loads[index]} pairings with those that are locked, and it can carry {capacity}.",
                hint="Lock fewer.",
            )
    return Set(after, made, ended, must, never)


def _services(snapshot: Snapshot, rules: Sequence[Requirement], unit: str, area: str) -> tuple[str, ...]:
    """What a locked pairing undertakes: the services that are asked for where it counts and that the unit is known to give."""
    areas, at = snapshot.areas, snapshot.areas.index(area)
    known = set(snapshot.unit(unit).services)
    found = set()
    for rule in rules:
        code = rule.evidence.value
        inside = applies_to(snapshot, rule)
        if rule.scope == "within":
            counts = any(int(area) in areas.ancestors[at].tolist() for area in inside.tolist())
        else:
            counts = bool(((inside >= at) & (inside < areas.end[at])).any())
        if code in known and counts:
            found.add(code)
    return tuple(sorted(found))
