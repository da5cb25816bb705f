"""Certificates and re-pairing plans against brute force on small random districts."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, assume, given, seed, settings
from hypothesis import strategies as st

from govnet_graph.planner import RESULTS
from govnet_graph.planner.changes import apply_changes, difference
from govnet_graph.planner.checker import problems
from govnet_graph.planner.errors import ContradictingLocks
from govnet_graph.planner.judging import UNCOVERED, judge
from govnet_graph.planner.kinds import read_options
from govnet_graph.planner.locks import settle
from govnet_graph.planner.problem import rules_of
from tests.planner import brute
from tests.planner.small import options, rows_of, snapshot

MANY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
}
CERTIFICATE, REPAIR = RESULTS["certificate"], RESULTS["repair"]
_MOST = 9


@seed(1)
@settings(max_examples=400, **MANY)
@given(data=st.data())
def test_certificates_of_one_requirement_agree_with_brute_force(data):
    rows = data.draw(rows_of())
    asked = data.draw(options(rows, sets=False, several=False))
    check_certificate(snapshot(rows), asked)


@seed(2)
@settings(max_examples=50, **MANY)
@given(data=st.data())
def test_certificates_of_several_requirements_agree_with_brute_force(data):
    rows = data.draw(rows_of())
    asked = data.draw(options(rows, sets=False)) | {"whole": data.draw(st.booleans())}
    check_certificate(snapshot(rows), asked)


def check_certificate(one, asked):
    """The certificate leaves what brute force leaves, is judged valid, and its bound is no more than that."""
    tried = {name: brute.least_unmet(one, asked, name, whole=asked.get("whole", False)) for name in ("now",)}
    assume(tried["now"][2] <= _MOST)
    tried |= {name: brute.least_unmet(one, asked, name, whole=asked.get("whole", False)) for name in ("best", "worst")}
    found = CERTIFICATE.run(one, asked)
    proofs = {"now": found.now, "best": found.best or found.now, "worst": found.worst or found.now}
    assert {name: (proof.need, proof.unmet) for name, proof in proofs.items()} == {
        name: t[:2] for name, t in tried.items()
    }
    assert all(proof.bound <= proof.unmet for proof in proofs.values())
    if found.method.name == "maximum flow and minimum cut":
        assert all(proof.proven for proof in proofs.values())
    assert problems(one, json.loads(json.dumps(found.as_json()))) == []


@seed(3)
@settings(max_examples=400, **MANY)
@given(data=st.data())
def test_plans_for_one_requirement_agree_with_brute_force(data):
    rows = data.draw(rows_of())
    check_plan(snapshot(rows), data.draw(options(rows, several=False)))


@seed(4)
@settings(max_examples=40, **MANY)
@given(data=st.data())
def test_plans_for_several_requirements_agree_with_brute_force(data):
    rows = data.draw(rows_of())
    check_plan(snapshot(rows), data.draw(options(rows)))


def check_plan(one, asked):
    """The plan is the lexicographic optimum, each exact next best is the optimum without the change, each reason is true."""
    ids = asked.get("requirements", ())
    parsed = read_options(REPAIR.options, asked)
    try:
        start = settle(one, rules_of(one, ids), parsed.locked, parsed.forbidden, parsed.without)
    except ContradictingLocks:
        assume(False)
    _, tries, plans = brute.best_plans(start.snapshot, asked)
    assume(len(tries) <= _MOST)
    found = REPAIR.run(one, asked)
    assert found.method.exact or asked["candidates"] == 1
    made = [c for c in found.changes if c.why in ("gap", "room")]
    chosen = tuple(find(tries, start.snapshot, change.edit) for change in made)
    best = min(plans.values())
    assert plans[tuple(t for t in tries if t in chosen)] == best
    changed = apply_changes(one, found.edits)
    assert changed.hash == found.after
    left = sum(
        int(j.missing[j.states == UNCOVERED].sum()) for j in (judge(changed, rule) for rule in rules_of(one, ids))
    )
    assert left == best[0] == found.objective("uncovered").after == sum(u.lacking for u in found.uncovered)
    assert not difference(start.snapshot, changed).lost
    for change, what in zip(made, chosen, strict=True):
        if change.next_best is not None:
            check_next_best(change.next_best, best, min(cost for plan, cost in plans.items() if what not in plan))
    check_reasons(start.snapshot, asked, found, best[0])


def find(tries, start, edit):
    """The edit among those that brute force tried."""
    return next(
        t for t in tries
        if (t.operation, t.unit, start.areas.ids[t.area]) == (edit.operation, edit.unit, edit.area) and edit.pairing.endswith(t.pairing)
    )  # fmt: skip


def check_next_best(alternative, best, without):
    """An exact cost is the cost; another is that of a plan that exists, and proven in what it uncovers where it says so."""
    cost = (alternative.cost.uncovered, alternative.cost.worst_load, alternative.cost.changes, alternative.cost.hops)
    true = tuple(b - a for a, b in zip(best, without, strict=True))
    if alternative.exact:
        assert cost == true
    assert true <= cost
    if alternative.proven:
        assert cost[0] == true[0]


def check_reasons(start, asked, found, uncovered):
    """Letting go of the condition that a reason names helps; where no area names it, it does not."""
    named = {u.reason for u in found.uncovered}
    if asked.get("max_hops") is not None and len(found.requirements) == 1 and not {"lock", "capacity-unknown"} & named:
        relaxed = {name: value for name, value in asked.items() if name != "max_hops"}
        _, tries, plans = brute.best_plans(start, relaxed)
        if len(tries) <= _MOST:
            assert (min(plans.values())[0] < uncovered) == ("distance" in named)
    for one in found.uncovered:
        if one.reason == "no-able-unit":
            rule = next(r for r in start.requirements if r.id == one.requirement)
            area = start.areas.index(one.area)
            district = brute.District(start, [rule.id])
            able = [u for u in start.units if not rule.evidence.value or rule.evidence.value in u.services]
            assert all(
                any(p.present and p.unit == u.id and district.counts(rule.id, p.area, area) for p in start.pairings)
                for u in able
            )
