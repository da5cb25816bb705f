"""Edits of pairings: what a plan consists of, what a snapshot looks like after it, and how coverage then differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np

from govnet_graph.planner.building import content_hash
from govnet_graph.planner.errors import NotInSnapshot, PlannerError, StaleSnapshot
from govnet_graph.planner.judging import COVERED, STATES, UNCOVERED, judge_all
from govnet_graph.planner.model import Language, Method, Result
from govnet_graph.planner.problem import check_pairs, peak_loads
from govnet_graph.planner.snapshot import Pairing, Snapshot
from govnet_graph.planner.words import say
from govnet_graph.records import edge_id

Operation = Literal["pair", "extend", "end"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a pairing.

    Attributes
    ----------
    operation : str
        ``pair`` makes a new pairing, ``extend`` lets a present one take ``services`` on, ``end`` closes one on the day.
    unit, area : str
        Ids of unit and area.
    services : tuple of str
        Codes that a new pairing undertakes, or that a present one takes on.
    pairing : str
        Id of the relationship; that of a new one too.
    """

    operation: Operation
    unit: str
    area: str
    services: tuple[str, ...] = ()
    pairing: str = ""


def new_id(snapshot: Snapshot, unit: str, area: str) -> str:
    """The id of a new pairing: plain where no pairing of the two is known, else with the day that it begins on."""
    plain = edge_id("PAIRED_WITH", unit, area)
    return (
        plain if plain not in snapshot.pairing_ids else edge_id("PAIRED_WITH", unit, area, snapshot.as_of.isoformat())
    )


def apply_changes(snapshot: Snapshot, edits: Iterable[Edit]) -> Snapshot:
    """The snapshot as it would be after the edits, with its own hash; the given one stays as it is.

    Raises
    ------
    NotInSnapshot
        An edit names a unit, area or pairing that is not there.
    StaleSnapshot
        A pairing that should be made exists already, or one that should end or be extended does not.
    """
    held = {p.id: p for p in snapshot.pairings}
    by_pair: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in snapshot.pairings:
        by_pair[one.unit, one.area].add(one.id)
    for edit in edits:
        check_pairs(snapshot, [(edit.unit, edit.area)])
        area = snapshot.areas.index(edit.area)
        live = [held[id_] for id_ in sorted(by_pair[edit.unit, area])]
        if edit.operation == "pair":
            if live:
                raise StaleSnapshot(
                    f"{edit.unit} is paired with {edit.area} already ({live[0].id}).", hint="Make the plan again."
                )
            id_ = edit.pairing or new_id(snapshot, edit.unit, edit.area)
            held[id_] = Pairing(
                id_, edit.unit, area, tuple(sorted(set(edit.services))), 1, snapshot.as_of, None, None, True
            )
            by_pair[edit.unit, area].add(id_)
            continue
        chosen = [p for p in live if p.present and edit.pairing in ("", p.id)]
        if not chosen:
            raise StaleSnapshot(
                f"{edit.unit} is not paired with {edit.area} on {snapshot.as_of}.", hint="Make the plan again."
            )
        if edit.operation == "extend":
            held[chosen[0].id] = replace(chosen[0], services=tuple(sorted({*chosen[0].services, *edit.services})))
        elif edit.operation == "end":
            del held[chosen[0].id]
            by_pair[edit.unit, area].discard(chosen[0].id)
        else:
            raise PlannerError(f"There is no operation {edit.operation!r}.", hint="There are: pair, extend, end.")
    pairings = tuple(held[id_] for id_ in sorted(held))
    changed = replace(snapshot, pairings=pairings)
    return replace(changed, hash=content_hash(changed))


@dataclass(frozen=True, slots=True)
class Moved:
    """One requirement of one area whose state or number of providers differs."""

    requirement: str
    area: str
    name: str
    before: str
    after: str
    providers_before: int
    providers_after: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that a plan would leave wrong: a unit beyond its capacity (``over-capacity``) or of unknown capacity (``capacity-unknown``)."""

    kind: Literal["over-capacity", "capacity-unknown"]
    unit: str
    name: str
    load: int
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """How many areas are covered, uncovered and unknown for one requirement, before and after."""

    requirement: str
    name: str
    name_en: str
    covered: tuple[int, int]
    uncovered: tuple[int, int]
    unknown: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Result):
    """Coverage before and after.

    Attributes
    ----------
    after : str
        Hash of the snapshot after.
    totals : tuple of Total
        One for each requirement whose numbers differ.
    gained, lost : tuple of Moved
        Areas that come to be covered, and that cease to be (newly exposed).
    thinner : tuple of Moved
        Areas that stay covered with fewer providers.
    conflicts : tuple of Conflict
        Units that change and then carry more than they can, or whose capacity is not known.
    """

    kind: ClassVar[str] = "difference"

    after: str
    totals: tuple[Total, ...]
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    thinner: tuple[Moved, ...]
    conflicts: tuple[Conflict, ...]

    def lines(self, language: Language) -> list[str]:
        """The difference in words."""
        if not (self.totals or self.conflicts or self.thinner):
            return [say("difference.none", language)]
        found = [
            say(
                "difference.total",
                language,
                name=total.name if language == "zh" else total.name_en,
                before=total.covered[0],
                after=total.covered[1],
            )
            for total in self.totals
        ]
        for key, moves in (("gained", self.gained), ("lost", self.lost), ("thinner", self.thinner)):
            if moves:
                names = _names([f"{m.name} ({m.requirement})" for m in moves], language)
                found.append(say(f"difference.{key}", language, count=len(moves), names=names))
        found.extend(
            say(f"difference.{c.kind}", language, name=c.name, load=c.load, capacity=c.capacity) for c in self.conflicts
        )
        return found


def _names(names: Sequence[str], language: Language, most: int = 5) -> str:
    shown = ("、" if language == "zh" else ", ").join(names[:most])
    return shown if len(names) <= most else say("list.more", language, names=shown, count=len(names) - most)


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """How the coverage of two snapshots of the same area and day differs. Exact.

    Raises NotInSnapshot where they are about different areas.
    """
    if before.areas.ids != after.areas.ids or before.root != after.root:
        raise NotInSnapshot("The two snapshots are about different areas.", hint="Compare snapshots of one area.")
    first, second = judge_all(before), judge_all(after)
    moved: list[Moved] = []
    totals = []
    for id_, old in first.items():
        new = second[id_]
        rule = old.requirement
        for i in np.flatnonzero((old.providers != new.providers) | (old.states != new.states)).tolist():
            area = int(old.areas[i])
            states = (STATES[old.states[i]].value, STATES[new.states[i]].value)
            counts = (int(old.providers[i]), int(new.providers[i]))
            moved.append(Moved(id_, before.areas.ids[area], before.areas.names[area], *states, *counts, rule.minimum))
        pairs = {state: (old.count(state), new.count(state)) for state in range(len(STATES))}
        if any(a != b for a, b in pairs.values()):
            totals.append(Total(id_, rule.name, rule.name_en, pairs[COVERED], pairs[UNCOVERED], pairs[1]))
    covered = STATES[COVERED].value
    return Difference(
        snapshot=before.hash,
        as_of=before.as_of,
        method=Method("counting", True, "cypher/parts/coverage.cypher", gap=0.0),
        after=after.hash,
        totals=tuple(totals),
        gained=tuple(m for m in moved if m.after == covered != m.before),
        lost=tuple(m for m in moved if m.before == covered != m.after),
        thinner=tuple(m for m in moved if m.before == covered == m.after and m.providers_after < m.providers_before),
        conflicts=_conflicts(before, after),
    )


def _conflicts(before: Snapshot, after: Snapshot) -> tuple[Conflict, ...]:
    loads = peak_loads(before), peak_loads(after)
    found = []
    for unit, old, new in zip(after.units, loads[0].tolist(), loads[1].tolist(), strict=True):
        if new > old and unit.capacity is None:
            found.append(Conflict("capacity-unknown", unit.id, unit.name, new, None))
        elif new > old and unit.capacity is not None and new > unit.capacity:
            found.append(Conflict("over-capacity", unit.id, unit.name, new, unit.capacity))
    return tuple(found)


def edits_of(raw: Iterable[dict[str, Any]]) -> tuple[Edit, ...]:
    """Edits from plain maps (as JSON holds them). Raises PlannerError for one that is not whole."""
    found = []
    for item in raw:
        try:
            services = tuple(str(code) for code in item.get("services") or ())
            found.append(
                Edit(item["operation"], str(item["unit"]), str(item["area"]), services, str(item.get("pairing") or ""))
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise PlannerError(
                f"An edit needs operation, unit and area: {item!r}.", hint="Operations: pair, extend, end."
            ) from error
    return tuple(found)
