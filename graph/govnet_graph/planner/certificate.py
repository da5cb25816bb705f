"""The coverage certificate: is every area's requirement met within everyone's capacity? With the proof.

See ``hall`` for one requirement (exact) and ``binding`` for several that share capacity, or need that must not be split (an integer
program with a stated bound). ``planner.checker`` judges a certificate without any of this code.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from govnet_graph.planner.judging import UNKNOWN, judge
from govnet_graph.planner.kinds import Kind, PairingOptions, option
from govnet_graph.planner.model import Interval, Language, Method, Missing, Result, Watch
from govnet_graph.planner.problem import Limits, Problem, Scenario, problem_of, rules_of
from govnet_graph.planner.proofs import Proof, prove
from govnet_graph.planner.saying import certificate_lines
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.schema import Text

_ASKED, _SHOWN = 20, 10


@dataclass(frozen=True, slots=True)
class CertificateOptions(PairingOptions):
    """What to certify."""

    whole: bool = option(
        "flag", "一个区域的需求须全部满足才算", "Whether an area counts only when all that it lacks is met", False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Result):
    """Whether all need can be met, with proofs.

    Attributes
    ----------
    requirements : tuple of str
    max_hops, kinds, without, whole : the options that decide what is proven
    verdict : str
        ``met`` (it can, whatever is not known), ``deficient`` (it cannot, whatever is not known) or ``open``.
    unmet : Interval
        Providers that lack in the end: with everything unknown at its best, and at its worst.
    now : Proof
        From the gaps that are known, with the capacity that is stated.
    best, worst : Proof or None
        With everything unknown at its best and at its worst; None where that is the same as ``now``.
    """

    kind: ClassVar[str] = "certificate"

    requirements: tuple[str, ...]
    max_hops: int | None
    kinds: tuple[str, ...]
    without: tuple[str, ...]
    whole: bool
    verdict: str
    unmet: Interval
    now: Proof
    best: Proof | None
    worst: Proof | None

    def as_json(self) -> dict[str, Any]:
        """Plain values in a fixed order, with a seal: the SHA-256 of all the rest, so that a slip of the hand shows at once."""
        document = Result.as_json(self)
        text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return {**document, "seal": hashlib.sha256(text.encode()).hexdigest()}

    def lines(self, language: Language) -> list[str]:
        """The certificate in words."""
        return certificate_lines(self, language)


def solve(snapshot: Snapshot, options: CertificateOptions, watch: Watch | None = None) -> Certificate:
    """Certify the coverage of some requirements.

    Exact for one requirement whose need may be split; for several, or with ``whole``, exact where the bound is reached.

    Raises
    ------
    NotInSnapshot, NotWritable, NoCandidates
    """
    rules = rules_of(snapshot, options.requirements)
    limits = Limits(options.max_hops, options.kinds, frozenset(options.without))

    def proof(scenario: Scenario) -> tuple[Problem, Proof]:
        problem = problem_of(snapshot, rules, limits, scenario)
        return problem, prove(problem, options.candidates, watch, whole=options.whole)

    _, now = proof(Scenario.NOW)
    hidden = any((one.states == UNKNOWN).any() for one in (judge(snapshot, rule) for rule in rules))
    unstated = any(unit.capacity is None for unit in snapshot.units)
    best = proof(Scenario.BEST)[1] if unstated else now
    worst_problem, worst = proof(Scenario.WORST) if hidden else (None, now)
    missing: tuple[Missing, ...] = ()
    if best.unmet < worst.unmet:
        worst_problem = worst_problem or problem_of(snapshot, rules, limits, Scenario.WORST)
        missing = narrowing(worst_problem, worst, worst.unmet - best.unmet, options)
    proofs = [now, best, worst]
    exact = all(one.proven for one in proofs)
    gap = max((one.unmet - one.bound) / max(1, one.unmet) for one in proofs)
    by_flow = len(rules) == 1 and not options.whole
    return Certificate(
        snapshot=snapshot.hash,
        as_of=snapshot.as_of,
        method=Method(
            "maximum flow and minimum cut" if by_flow else "integer program and dual of its relaxation",
            exact,
            "Hall 1935; Ford & Fulkerson 1956" if by_flow else "Huangfu & Hall 2018; weak duality of linear programs",
            bound=float(now.bound),
            gap=gap,
        ),
        missing=missing,
        called=snapshot.called(area for one in now.deficient for area in one.areas),
        requirements=tuple(rule.id for rule in rules),
        max_hops=options.max_hops,
        kinds=options.kinds,
        without=options.without,
        whole=options.whole,
        verdict="met" if worst.unmet == 0 else "deficient" if best.bound > 0 else "open",
        unmet=Interval(min(best.unmet, worst.unmet), max(best.unmet, worst.unmet)),
        now=now,
        best=None if best == replace(now, scenario=Scenario.BEST.value) or best is now else best,
        worst=None if worst == replace(now, scenario=Scenario.WORST.value) or worst is now else worst,
    )


def narrowing(problem: Problem, worst: Proof, width: int, options: CertificateOptions) -> tuple[Missing, ...]:
    """The records that would narrow the interval most: capacities that are not stated, and ledgers that are not complete.

    Each is tried alone, as if it turned out at its best; only the ``_ASKED`` that could narrow it most are.
    """
    snapshot, areas = problem.snapshot, problem.snapshot.areas
    lacking = {(lack.area, lack.requirement): lack.lacking for lack in worst.lacks}
    tried: list[tuple[int, Missing, Problem]] = []
    for index, unit in enumerate(snapshot.units):
        if (
            unit.capacity is not None
            or unit.id in options.without
            or (options.kinds and unit.kind not in options.kinds)
        ):
            continue
        could = sum(
            bool(problem.able[index, rule])
            for cell, rule in enumerate(problem.rule.tolist())
            if _lacks(problem, cell, lacking)
        )
        if could:
            spare = problem.spare.copy()
            spare[index] = problem.total
            tried.append(
                (
                    min(could, width),
                    Missing("property", "pairing_capacity", unit.id, unit.name),
                    replace(problem, spare=spare),
                )
            )
    groups: dict[tuple[str, int], list[int]] = {}
    unknown = [set(one.areas[one.states == UNKNOWN].tolist()) for one in problem.judged]
    for cell, (area, rule) in enumerate(zip(problem.area.tolist(), problem.rule.tolist(), strict=True)):
        if area in unknown[rule]:
            street = int(areas.ancestors[area, 1])
            groups.setdefault((problem.rules[rule].ledger, street if street >= 0 else area), []).append(cell)
    for (ledger, street), cells in sorted(groups.items()):
        need = problem.need.copy()
        need[cells] = 0
        most = min(int(problem.need[cells].sum()), width)
        tried.append(
            (most, Missing("ledger", ledger, areas.ids[street], areas.names[street]), replace(problem, need=need))
        )
    tried.sort(key=lambda item: (-item[0], item[1].kind, item[1].what, item[1].entity))
    found = []
    by_flow = len(problem.rules) == 1 and not options.whole
    for most, record, changed in tried[:_ASKED]:
        shrunk = worst.unmet - prove(changed, options.candidates).unmet if by_flow else most
        found.append(replace(record, narrows=float(min(shrunk, width))))
    found.sort(key=lambda m: (-(m.narrows or 0), m.kind, m.what, m.entity))
    return tuple(m for m in found if m.narrows)[:_SHOWN]


def _lacks(problem: Problem, cell: int, lacking: dict[tuple[str, str], int]) -> bool:
    return (problem.snapshot.areas.ids[problem.area[cell]], problem.rules[problem.rule[cell]].id) in lacking


KIND = Kind(
    name="certificate",
    text=Text(
        "各区域的要求能否在各单位能力之内全部满足？给出证明。",
        "Can every area's requirement be met within everyone's capacity? With the proof.",
    ),
    options=CertificateOptions,
    solve=solve,
)

__all__ = ["KIND", "Certificate", "CertificateOptions", "solve"]
