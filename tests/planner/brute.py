"""The planner's answers by trying everything: every combination of edits, from the definitions alone.

Written apart from the planner: it knows the snapshot's data and nothing of how a plan is found.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from govnet_graph.planner.snapshot import LEVELS, Pairing, Snapshot

FAR = 9
Cell = tuple[int, str]


@dataclass(frozen=True)
class Try:
    """One possible edit: what it does, what it costs, and the services that it gives where."""

    operation: str
    unit: str
    area: int
    pairing: str
    services: frozenset[str]
    hops: int


class District:
    """What is so in a snapshot; ``rules`` are the ids asked for."""

    def __init__(self, snapshot: Snapshot, rules: Iterable[str]) -> None:
        self.snapshot = snapshot
        self.rules = {r.id: r for r in snapshot.requirements if r.id in set(rules)}
        self.units = {u.id: u for u in snapshot.units}
        parents = snapshot.areas.parent.tolist()
        self.above: list[list[int]] = []
        for area in range(len(parents)):
            line = [area]
            while parents[line[-1]] >= 0:
                line.append(parents[line[-1]])
            self.above.append(line)
        self.areas = [(area, LEVELS[level]) for area, level in enumerate(snapshot.areas.level.tolist())]

    def counts(self, rule: str, at: int, area: int) -> bool:
        return at in self.above[area] if self.rules[rule].scope == "reach" else area in self.above[at]

    def cells(self) -> Iterator[tuple[Cell, bool]]:
        """(area and rule, whether a ledger is complete for it)."""
        for id_, rule in self.rules.items():
            complete = {one.area for one in self.snapshot.ledgers if one.kind == rule.ledger}
            for area, level in self.areas:
                if level != rule.level or (
                    rule.applies == "demonstration" and not self.snapshot.areas.demonstration[area]
                ):
                    continue
                yield (area, id_), bool(complete & set(self.above[area]))

    def others(self, cell: Cell) -> int:
        area, rule = cell
        links = self.snapshot.given.get(str(self.rules[rule].evidence))
        if links is None:
            return 0
        pairs = zip(links.providers.tolist(), links.areas.tolist(), strict=True)
        return len({who for who, at in pairs if self.counts(rule, at, area)})

    def providers(self, cell: Cell, pairings: Iterable[tuple[str, int, frozenset[str]]]) -> int:
        area, rule = cell
        code = self.rules[rule].evidence.value
        units = {
            unit for unit, at, services in pairings if (not code or code in services) and self.counts(rule, at, area)
        }
        return self.others(cell) + len(units)

    def lacking(self, cell: Cell, pairings: Iterable[tuple[str, int, frozenset[str]]]) -> int:
        return max(0, self.rules[cell[1]].minimum - self.providers(cell, pairings))

    def present(self) -> list[tuple[str, int, frozenset[str]]]:
        return [(p.unit, p.area, frozenset(p.services)) for p in self.snapshot.pairings if p.present]

    def load(self, unit: str, pairings: Iterable[Pairing]) -> int:
        own = [p for p in pairings if p.unit == unit]
        days = [self.snapshot.as_of] + [p.since for p in own if p.since and p.since > self.snapshot.as_of]
        held = [
            sum(p.used for p in own if (p.since is None or p.since <= d) and (p.until is None or p.until > d))
            for d in days
        ]
        return max(held) + self.units[unit].elsewhere

    def target(self, area: int) -> int:
        if self.areas[area][1] != "Street":
            return area
        inside = [c for c, level in self.areas if level == "Community" and area in self.above[c]]
        return min((sum(p.area == c for p in self.snapshot.pairings), c) for c in inside)[1] if inside else -1

    def hops(self, unit: str, area: int) -> int:
        return min((len(set(self.above[at]) ^ set(self.above[area])) for at in self.units[unit].at), default=FAR)


def barred(snapshot: Snapshot, unit: str, given: dict[str, Any]) -> bool:
    """Whether a unit may take no part."""
    kind = next(u.kind for u in snapshot.units if u.id == unit)
    return unit in given.get("without", ()) or bool(given.get("kinds") and kind not in given["kinds"])


def edits(district: District, lacking: Iterable[Cell], given: dict[str, Any]) -> list[Try]:
    """New pairings, each with the area of a cell that it is for, and services that present pairings could take on."""
    snapshot, cells = district.snapshot, list(lacking)
    held = {(p.unit, p.area) for p in snapshot.pairings}
    forbidden = {tuple(text.split(">")) for text in given.get("forbidden", ())}
    found: dict[tuple[str, str, int, str], Try] = {}
    for unit in snapshot.units:
        if barred(snapshot, unit.id, given):
            continue

        def able(rule: str, services: tuple[str, ...] = unit.services) -> bool:
            code = district.rules[rule].evidence.value
            return not code or code in services

        for area, rule in cells:
            target = district.target(area)
            near = any(
                p.present and p.unit == unit.id and district.counts(rule, p.area, area) for p in snapshot.pairings
            )
            pair = (unit.id, snapshot.areas.ids[target]) if target >= 0 else None
            if pair is None or not able(rule) or near or (unit.id, target) in held or pair in forbidden:
                continue
            hops = district.hops(unit.id, target)
            if given.get("max_hops") is not None and hops > given["max_hops"]:
                continue
            codes = {district.rules[r].evidence.value for a, r in cells if able(r) and district.counts(r, target, a)}
            found["pair", unit.id, target, ""] = Try("pair", unit.id, target, "", frozenset(codes - {""}), hops)
        for pairing in snapshot.pairings:
            if pairing.unit == unit.id and pairing.present:
                codes = {
                    district.rules[r].evidence.value
                    for a, r in cells
                    if able(r) and district.counts(r, pairing.area, a)
                } - {"", *pairing.services}
                if codes:
                    found["extend", unit.id, pairing.area, pairing.id] = Try(
                        "extend", unit.id, pairing.area, pairing.id, frozenset(codes), 0
                    )
    return list(found.values())


def within(district: District, chosen: Iterable[Try], scenario: str) -> bool:
    """Whether units can carry the new pairings."""
    new: dict[str, int] = {}
    for one in chosen:
        if one.operation == "pair":
            new[one.unit] = new.get(one.unit, 0) + 1
    for unit, count in new.items():
        capacity = district.units[unit].capacity
        if capacity is None and scenario != "best":
            return False
        if capacity is not None and district.load(unit, district.snapshot.pairings) + count > capacity:
            return False
    return True


def subsets(tries: list[Try]) -> Iterator[tuple[Try, ...]]:
    """Every combination."""
    for size in range(len(tries) + 1):
        yield from itertools.combinations(tries, size)


def after(district: District, chosen: Iterable[Try]) -> list[tuple[str, int, frozenset[str]]]:
    """The pairings that hold after some edits."""
    more: dict[str, frozenset[str]] = {}
    ended = set()
    new = []
    for one in chosen:
        if one.operation == "pair":
            new.append((one.unit, one.area, one.services))
        elif one.operation == "extend":
            more[one.pairing] = one.services
        else:
            ended.add(one.pairing)
    kept = [p for p in district.snapshot.pairings if p.present and p.id not in ended]
    return [(p.unit, p.area, frozenset(p.services) | more.get(p.id, frozenset())) for p in kept] + new


def least_unmet(
    snapshot: Snapshot, given: dict[str, Any], scenario: str, *, whole: bool = False
) -> tuple[int, int, int]:
    """(providers that lack, that lack at least whatever is done, number of edits that could be made)."""
    rules = given.get("requirements") or [r.id for r in snapshot.requirements]
    district = District(snapshot, rules)
    present = district.present()
    cells = {
        c: n for c, known in district.cells() if (known or scenario == "worst") and (n := district.lacking(c, present))
    }
    tries = edits(district, cells, given)
    best = sum(cells.values())
    for chosen in subsets(tries):
        if within(district, chosen, scenario):
            pairings = after(district, chosen)
            rests = [(district.lacking(cell, pairings), need) for cell, need in cells.items()]
            best = min(best, sum((need if rest else 0) if whole else rest for rest, need in rests))
    return sum(cells.values()), best, len(tries)


def objective(district: District, cells: Iterable[Cell], chosen: tuple[Try, ...]) -> tuple[int, int, int, int]:
    """(uncovered, worst load of a unit that gets a pairing, changes, hops) of some edits."""
    pairings = after(district, chosen)
    ended = {one.pairing for one in chosen if one.operation == "end"}
    kept = [p for p in district.snapshot.pairings if p.id not in ended]
    new = [one.unit for one in chosen if one.operation == "pair"]
    worst = max((district.load(unit, kept) + new.count(unit) for unit in set(new)), default=0)
    lacking = sum(district.lacking(cell, pairings) for cell in cells)
    return lacking, worst, len(chosen), sum(one.hops for one in chosen)


def best_plans(
    snapshot: Snapshot, given: dict[str, Any]
) -> tuple[District, list[Try], dict[tuple[Try, ...], tuple[int, int, int, int]]]:
    """Every plan of a snapshot (in which everything that was set is done already) with its objective."""
    rules = given.get("requirements") or [r.id for r in snapshot.requirements]
    district = District(snapshot, rules)
    present = district.present()
    cells = [c for c, known in district.cells() if known and district.lacking(c, present)]
    tries = edits(district, cells, given)
    plans = {chosen: objective(district, cells, chosen) for chosen in subsets(tries) if within(district, chosen, "now")}
    return district, tries, plans
