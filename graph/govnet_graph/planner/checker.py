"""Checks a certificate from the snapshot and the certificate's JSON alone.

It shares no code with what makes certificates: it judges coverage, counts capacity and decides who may pair with whom by itself, in
plain loops and exact fractions, straight from the definitions. Quadratic at worst; meant to be read.

The seal alone proves nothing; it is judged beside the content. A certificate is valid when its assignment can be made and leaves
what it says, and its weights and prices prove the bound that it states. By weak duality no assignment leaves less than the bound.

References
----------
McConnell, R. M., Mehlhorn, K., Näher, S. & Schweitzer, P. (2011). Certifying algorithms. Computer Science Review 5.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from govnet_graph.planner.checker_facts import Facts
from govnet_graph.planner.snapshot import Pairing, Snapshot, Unit


def problems(snapshot: Snapshot, certificate: Mapping[str, Any]) -> list[str]:
    """Every reason why the certificate does not hold for the snapshot; empty where it does."""
    try:
        return list(_problems(snapshot, certificate))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError, AttributeError) as error:
        return [f"the certificate is not whole: {type(error).__name__} {error}"]


def seal_of(certificate: Mapping[str, Any]) -> str:
    """The SHA-256 that seals a certificate: of its JSON without the seal, keys sorted. Anyone can make one; it guards against slips."""
    rest = {key: value for key, value in certificate.items() if key != "seal"}
    return hashlib.sha256(
        json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def _problems(snapshot: Snapshot, certificate: Mapping[str, Any]) -> Iterator[str]:
    if certificate["kind"] != "certificate":
        yield f"it is a {certificate['kind']}, not a certificate"
        return
    if certificate["seal"] != seal_of(certificate):
        yield "its seal is broken: something in it was changed"
    if certificate["snapshot"] != snapshot.hash:
        yield "it was made for another snapshot"
        return
    if certificate["as_of"] != snapshot.as_of.isoformat():
        yield "it is about another day"
    if not set(certificate["without"]) <= {unit.id for unit in snapshot.units}:
        yield "it leaves out units that are not in the snapshot"
    known = {rule.id for rule in snapshot.requirements}
    asked = certificate["requirements"]
    if not asked or len(set(asked)) != len(asked) or not set(asked) <= known:
        yield "its requirements are not requirements of the snapshot"
        return
    found: dict[str, Mapping[str, Any]] = {}
    for name in ("now", "best", "worst"):
        proof = certificate[name]
        if proof is None:
            if name == "now":
                yield "it proves nothing about what is known"
                return
            continue
        if proof["scenario"] != name:
            yield f"{name}: its scenario is {proof['scenario']}"
        found[name] = proof
        yield from (f"{name}: {text}" for text in _Judge(snapshot, certificate, name).problems(proof))
    yield from _conclusions(snapshot, certificate, found)


def _conclusions(
    snapshot: Snapshot, certificate: Mapping[str, Any], proofs: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    now = proofs["now"]
    for name in ("best", "worst"):
        if name not in proofs and not _same(snapshot, certificate, name, now):
            yield f"{name}: what is not known makes a difference, and nothing is proven about it"
    best, worst = proofs.get("best", now), proofs.get("worst", now)
    low, high = sorted((best["unmet"], worst["unmet"]))
    if certificate["unmet"] != {"low": low, "high": high}:
        yield f"its interval is not {low} to {high}"
    verdict = "met" if worst["unmet"] == 0 else "deficient" if best["bound"] > 0 else "open"
    if certificate["verdict"] != verdict:
        yield f"its verdict is {certificate['verdict']}, and the proofs say {verdict}"
    every = [now, best, worst]
    exact = all(proof["unmet"] == proof["bound"] for proof in every)
    if certificate["method"]["exact"] is not exact:
        yield "it does not say rightly whether it is exact"
    if certificate["method"]["bound"] != now["bound"]:
        yield "its method names another bound than its proof"
    gap = max(Fraction(proof["unmet"] - proof["bound"], max(1, proof["unmet"])) for proof in every)
    if abs(certificate["method"]["gap"] - gap) > Fraction(1, 10**9):
        yield "its gap is not that of its proofs"


def _same(snapshot: Snapshot, certificate: Mapping[str, Any], name: str, now: Mapping[str, Any]) -> bool:
    """Whether a scenario that has no proof of its own is proven by that of what is known."""
    judge = _Judge(snapshot, certificate, name)
    return not list(judge.problems({**now, "scenario": name}))


class _Judge(Facts):
    """Judges the proof of one scenario."""

    def problems(self, proof: Mapping[str, Any]) -> Iterator[str]:
        """Why a proof does not hold."""
        need = sum(self.need.values())
        if proof["need"] != need:
            yield f"{proof['need']} providers are said to lack, and {need} do"
        yield from self._assignment(proof)
        yield from self._bound(proof)
        yield from self._deficient(proof)

    def _assignment(self, proof: Mapping[str, Any]) -> Iterator[str]:
        made: list[tuple[str, int, set[str]]] = []
        load: dict[str, int] = {}
        seen: set[tuple[str, int]] = set()
        taken: set[str] = set()
        for item in proof["assigned"]:
            unit, area = self.units.get(item["unit"]), self.code.get(item["area"])
            name = f"{item['unit']} with {item['area']}"
            if unit is None or area is None:
                yield f"{name}: there is no such unit or area"
                continue
            if item["unit_name"] != unit.name or item["area_name"] != self.snapshot.areas.names[area]:
                yield f"{name}: they are named otherwise"
            for code in item["services"]:
                if code not in unit.services:
                    yield f"{name}: the unit is not known to give {code}"
            if unit.id in self.without or (self.kinds and unit.kind not in self.kinds):
                yield f"{name}: the unit may not take part"
            if item["operation"] == "pair":
                if item["pairing"] or (unit.id, area) in seen or not self.may_pair(unit, area):
                    yield f"{name}: this pairing cannot be made"
                seen.add((unit.id, area))
                load[unit.id] = load.get(unit.id, 0) + 1
                made.append((unit.id, area, {"pairing", *(f"service:{code}" for code in item["services"])}))
            elif item["pairing"] in taken:
                yield f"{name}: it is listed twice"
            else:
                taken.add(item["pairing"])
                held = self.pairings.get(item["pairing"])
                right = held is not None and held.present and held.unit == unit.id and held.area == area
                if (
                    item["operation"] != "extend"
                    or not right
                    or held is None
                    or set(item["services"]) <= set(held.services)
                ):
                    yield f"{name}: this pairing cannot take that on"
                    continue
                made.append((unit.id, area, {f"service:{code}" for code in item["services"]}))
            counted = {rule for at, rule in self.cells.get(area, []) if self._gives(made[-1], rule, at)}
            if sorted(counted) != item["requirements"] or not counted:
                yield f"{name}: it does not count for {', '.join(item['requirements'])}"
        for unit_id, count in load.items():
            if count > self.spare(self.units[unit_id]):
                yield f"{unit_id} would get {count} pairings and has capacity for {self.spare(self.units[unit_id])}"
        yield from self._rest(proof, made)

    def _gives(self, made: tuple[str, int, set[str]], rule_id: str, area: int) -> bool:
        unit, at, keys = made
        return (
            str(self.rules[rule_id].evidence) in keys
            and self.counts(rule_id, at, area)
            and not self.has(unit, area, rule_id)
        )

    def _rest(self, proof: Mapping[str, Any], made: list[tuple[str, int, set[str]]]) -> Iterator[str]:
        given: dict[tuple[int, str], set[str]] = {}
        for one in made:
            for area, rule_id in self.cells.get(one[1], []):
                if self._gives(one, rule_id, area):
                    given.setdefault((area, rule_id), set()).add(one[0])
        stated = {(item["area"], item["requirement"]): item["lacking"] for item in proof["lacks"]}
        if len(stated) != len(proof["lacks"]):
            yield "an area is listed twice among those that lack"
        left = 0
        for (area, rule_id), need in self.need.items():
            rest = max(0, need - len(given.get((area, rule_id), ())))
            if self.whole and rest:
                rest = need
            left += rest
            code = self.snapshot.areas.ids[area]
            if stated.pop((code, rule_id), 0) != rest:
                yield f"{code} lacks {rest} for {rule_id}, and it is stated otherwise"
        if stated:
            yield "areas are listed that lack nothing"
        for item in proof["lacks"]:
            if self.snapshot.areas.names[self.code.get(item["area"], 0)] != item["area_name"]:
                yield f"{item['area']} is named otherwise"
        if proof["unmet"] != left:
            yield f"{proof['unmet']} are said to remain, and {left} do"

    def _bound(self, proof: Mapping[str, Any]) -> Iterator[str]:
        weight: dict[tuple[int, str], Fraction] = {}
        for item in proof["weights"]:
            key = (self.code.get(item["area"], -1), item["requirement"])
            value = Fraction(item["weight"])
            if key not in self.need or key in weight or not 0 < value <= 1:
                yield f"the weight of {item['area']} for {item['requirement']} is none"
                return
            weight[key] = value
        price: dict[str, Fraction] = {}
        for item in proof["prices"]:
            if item["unit"] not in self.units or item["unit"] in price or Fraction(item["price"]) <= 0:
                yield f"the price of {item['unit']} is none"
                return
            price[item["unit"]] = Fraction(item["price"])
        # Whole multiples of one fraction: as exact, and quicker to add up than fractions of many denominators.
        parts = math.lcm(*(value.denominator for value in (*weight.values(), *price.values())))
        whole = self._value(
            {key: int(value * parts) for key, value in weight.items()},
            {key: int(value * parts) for key, value in price.items()},
        )
        proven = max(0, math.ceil(Fraction(whole, parts)))
        if proof["bound"] != proven:
            yield f"its weights and prices prove a bound of {proven}, not {proof['bound']}"
        if proof["bound"] > proof["unmet"]:
            yield "its bound is above what it reaches"

    def _value(self, weight: Mapping[tuple[int, str], int], price: Mapping[str, int]) -> int:
        total = sum(value * self.need[key] for key, value in weight.items())
        total -= sum(value * self.spare(self.units[unit]) for unit, value in price.items())
        meant: dict[int, list[tuple[int, str]]] = {}
        for area, rule in self.need:
            meant.setdefault(self.target(area), []).append((area, rule))
        ready = [(unit, price.get(unit.id, 0)) for unit in self.snapshot.units if self.spare(unit)]
        for target in sorted(target for target in meant if target >= 0):
            # What a pairing with the target could bring at most, and what it brings of one unit.
            heaviest = sum(weight.get(cell, 0) for cell in self.cells.get(target, []))
            for unit, cost in ready:
                if heaviest > cost and self.may_pair(unit, target) and self._for(unit, meant[target]):
                    total -= max(0, self._gain(unit, target, weight) - cost)
        # What a present pairing can take on costs nothing, so all of its weight counts against the bound.
        for pairing in self.snapshot.pairings:
            unit = self.units[pairing.unit]
            if pairing.present and unit.id not in self.without and (not self.kinds or unit.kind in self.kinds):
                total -= self._extra(pairing, unit, weight)
        return total

    def _for(self, unit: Unit, cells: Iterable[tuple[int, str]]) -> bool:
        """Whether a pairing of the unit would be for one of the cells: a new pairing is made with the area of a cell that it is for."""
        return any(self.can(unit, rule) and not self.has_there(unit.id, area, rule) for area, rule in cells)

    def _gain(self, unit: Unit, target: int, weight: Mapping[tuple[int, str], int]) -> int:
        return sum(
            weight.get((area, rule), 0)
            for area, rule in self.cells.get(target, [])
            if self.can(unit, rule) and not self.has_there(unit.id, area, rule)
        )

    def _extra(self, pairing: Pairing, unit: Unit, weight: Mapping[tuple[int, str], int]) -> int:
        """Weight that a pairing brings by taking services on; where several of a unit could, the first in order brings it."""
        total = 0
        for area, rule in self.cells.get(pairing.area, []):
            code = self.rules[rule].evidence.value
            if (area, rule) in weight and code and self.can(unit, rule) and not self.has(unit.id, area, rule):
                total += weight[area, rule] if self._first(pairing, area, rule) else 0
        return total

    def _first(self, pairing: Pairing, area: int, rule_id: str) -> bool:
        others = [p.id for p in self.own[pairing.unit] if p.present and self.counts(rule_id, p.area, area)]
        return min(others) == pairing.id

    def _deficient(self, proof: Mapping[str, Any]) -> Iterator[str]:
        """The sets in words say what the bound says."""
        weighted = {(item["area"], item["requirement"]) for item in proof["weights"]}
        for one in proof["deficient"]:
            cells = [(self.code.get(area, -1), one["requirement"]) for area in one["areas"]]
            if not cells or any(cell not in self.need for cell in cells) or len(set(cells)) != len(cells):
                yield "a deficient set names areas that lack nothing"
                continue
            if any((area, one["requirement"]) not in weighted for area in one["areas"]):
                yield "a deficient set is not that of the bound"
            need = sum(self.need[cell] for cell in cells)
            serving = {unit.id: self._most(unit, cells) for unit in self.snapshot.units}
            capacity = sum(serving.values()) + sum(self.free(*cell) for cell in cells)
            if (one["need"], one["capacity"], one["lacking"]) != (need, capacity, need - capacity) or need <= capacity:
                yield "a deficient set is not counted rightly"
            if one["units"] != [unit for unit, most in serving.items() if most]:
                yield "a deficient set names other units than those that may serve it"
            if one["reason"] != ("capacity" if one["units"] else "no-able-unit"):
                yield "the reason of a deficient set is not that of its units"
        alone = len(self.rules) == 1 and not self.whole
        if (alone or proof["deficient"]) and sum(one["lacking"] for one in proof["deficient"]) != proof["bound"]:
            yield "its deficient sets do not add up to its bound"

    def _most(self, unit: Unit, cells: Iterable[tuple[int, str]]) -> int:
        """The most that a unit can give to some cells: one to each that it may pair for, within its capacity."""
        count, spare = 0, self.spare(unit)
        for area, rule in cells:
            if count == spare:
                break
            target = self.target(area)
            allowed = target >= 0 and self.may_pair(unit, target) and self.can(unit, rule)
            count += allowed and not self.has_there(unit.id, area, rule)
        return count
