"""Withdrawal, fairness and brokers: against brute force, rebuilt districts and networkx."""

from __future__ import annotations

import copy
import itertools
import json

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from govnet_graph.planner import RESULTS
from govnet_graph.planner.brokers_network import constraint, cuts, linked
from govnet_graph.planner.changes import apply_changes
from govnet_graph.planner.errors import NotInSnapshot
from govnet_graph.planner.fairness_floor import Lacking, raise_floor
from govnet_graph.planner.fairness_measures import gini, gini_bounds
from govnet_graph.planner.judging import COVERED, STATES, judge_all
from govnet_graph.planner.model import Timer
from govnet_graph.planner.withdrawal_worst import Slack, fewest_exits, worst_exits
from tests.planner.places import district
from tests.planner.small import snapshot

WITHDRAWAL, FAIRNESS, BROKERS = (RESULTS[name] for name in ("withdrawal", "fairness", "brokers"))
FAST = {"deadline": None, "database": None}
seeds = st.integers(0, 2**31)


# Exits


@seed(1)
@settings(max_examples=700, **FAST)
@given(seeds)
def test_worst_sets_and_fewest_exits_agree_with_brute_force(number):
    rng = np.random.default_rng(number)
    cells, units = (int(x) for x in rng.integers(1, 8, 2))
    takes = rng.integers(0, 3, (cells, units)) * (rng.random((cells, units)) < 0.5)
    need, weight = rng.integers(0, 5, cells), rng.integers(0, 4, cells).astype(float)
    cell, unit = np.nonzero(takes)
    slack = Slack(cell, unit, takes[cell, unit], need, weight, units)

    def falls(chosen):
        return (need > 0) & (takes[:, list(chosen)].sum(axis=1) >= need)

    every = [s for size in range(1, units + 1) for s in itertools.combinations(range(units), size)]
    fewest = [min((len(s) for s in every if falls(s)[i]), default=-1) if need[i] else 0 for i in range(cells)]
    assert fewest_exits(slack).tolist() == fewest
    for size in (1, 2, 3):
        found = worst_exits(slack, size)
        sets = itertools.combinations(range(units), min(size, units))
        assert found.proven and found.damage == found.bound == max(weight[falls(s)].sum() for s in sets)
        assert weight[falls(found.units)].sum() == found.damage and len(set(found.units)) == min(size, units)


def test_a_stopped_search_for_the_worst_set_keeps_its_bound():
    rng = np.random.default_rng(7)
    takes = (rng.random((300, 60)) < 0.1).astype(int)
    cell, unit = np.nonzero(takes)
    slack = Slack(cell, unit, takes[cell, unit], np.maximum(1, takes.sum(axis=1) - 3), np.ones(300), 60)
    watch = Timer(None)
    watch.stop()
    ended, whole = worst_exits(slack, 3, watch), worst_exits(slack, 3)
    assert not ended.proven and whole.proven
    assert ended.damage <= whole.damage <= ended.bound


def states(one):
    return {
        (one.areas.ids[area], id_): (int(state), int(count))
        for id_, judged in judge_all(one).items()
        for area, state, count in zip(judged.areas, judged.states, judged.providers, strict=True)
    }


def without(rows, leaving):
    """The rows after some units have left, with the resources that nobody else offers."""
    left = copy.deepcopy(rows)
    left.pairings = [p for p in rows.pairings if p[1] not in leaving]
    givers: dict[str, set[str]] = {}
    for giver, resource, *_ in rows.offers:
        givers.setdefault(resource, set()).add(giver)
    gone = {resource for resource, by in givers.items() if len(by) == 1 and by <= set(leaving)}
    left.given = [g for g in rows.given if g[1] not in gone]
    return left


@seed(2)
@settings(max_examples=70, **FAST)
@given(seeds)
def test_exits_are_those_of_the_district_without_the_unit(number):
    rows = district(number)
    one = snapshot(rows)
    before = states(one)
    found = WITHDRAWAL.run(one, {"worst": 3})
    units = [u.id for u in one.units]
    falls = {}
    for unit in units:
        after = states(snapshot(without(rows, [unit])))
        falls[unit] = {key for key in before if before[key][0] == COVERED != after[key][0]}
        changed = {key for key in before if before[key] != after[key]}
        mine = WITHDRAWAL.run(one, {"unit": unit, "worst": 0, "mend": False})
        told = {(x.area, x.requirement): x for x in mine.losses}
        assert set(told) == changed
        assert {key for key, x in told.items() if x.before != x.after} == falls[unit]
        for key, loss in told.items():
            assert (loss.after, loss.left) == (STATES[after[key][0]].value, after[key][1])
            assert len(loss.gave) + len(loss.others) == before[key][1] and len(loss.others) == loss.left
        (exit_,) = mine.exits
        assert (exit_.touches, exit_.uncovered + exit_.unknown) == (len(changed), len(falls[unit]))
    assert {e.unit: e.uncovered + e.unknown for e in found.exits} == {u: len(f) for u, f in falls.items()}
    for worst, size in zip(found.worst, (2, 3), strict=True):
        damage = []
        for chosen in itertools.combinations(units, min(size, len(units))):
            after = states(snapshot(without(rows, chosen)))
            damage.append(sum(before[key][0] == COVERED != after[key][0] for key in before))
        assert worst.proven and worst.damage == max(damage, default=0)
    json.dumps(found.as_json())
    assert (found.lines("zh") and found.lines("en")) or not units


@seed(3)
@settings(max_examples=60, **FAST)
@given(seeds)
def test_what_mends_an_exit_leaves_uncovered_only_what_it_says(number):
    rows = district(number)
    one = snapshot(rows)
    before = states(one)
    for unit in one.units[:2]:
        found = WITHDRAWAL.run(one, {"unit": unit.id, "worst": 0})
        if found.mend is None:
            continue
        assert all(c.edit.unit != unit.id for c in found.mend.changes if c.edit.operation != "end")
        rest = copy.deepcopy(rows)
        rest.given = without(rows, [unit.id]).given
        after = states(apply_changes(snapshot(rest), found.mend.edits))
        open_ = {key for key in before if before[key][0] == COVERED and STATES[after[key][0]] == "uncovered"}
        writable = {
            x.requirement for x in found.losses if x.before != x.after and x.requirement in found.mend.requirements
        }
        assert {key for key in open_ if key[1] in writable} <= {(u.area, u.requirement) for u in found.mend.uncovered}


def test_an_unknown_unit_is_named():
    with pytest.raises(NotInSnapshot, match="unit-x"):
        WITHDRAWAL.run(snapshot(district(1)), {"unit": "unit-x"})


# Fairness


def slow_gini(values, weight):
    total = (weight * values).sum()
    if total <= 0:
        return 0.0
    spread = (weight[:, None] * weight[None, :] * np.abs(values[:, None] - values[None, :])).sum()
    return spread / (2 * weight.sum() * total)


@seed(4)
@settings(max_examples=300, **FAST)
@given(seeds)
def test_the_gini_interval_holds_every_coefficient_that_the_values_can_have(number):
    rng = np.random.default_rng(number)
    size = int(rng.integers(1, 6))
    low = rng.integers(0, 4, size) / 4
    high = np.minimum(1.0, low + rng.integers(0, 4, size) / 4 * (rng.random(size) < 0.6))
    weight = rng.integers(1, 9, size).astype(float)
    assert gini(low, weight) == pytest.approx(slow_gini(low, weight), abs=1e-12)
    found = gini_bounds(low, high, weight)
    tried = [
        slow_gini(np.array(v), weight)
        for v in itertools.product(*[np.linspace(a, b, 3) for a, b in zip(low, high, strict=True)])
    ]
    assert found.low - 1e-9 <= min(tried) and max(tried) <= found.high + 1e-9
    if np.array_equal(low, high):
        assert found.known
    level = np.clip(np.full(size, float(np.median(low))), low, high)
    assert found.low <= slow_gini(level, weight) + 1e-9


@seed(5)
@settings(max_examples=120, **FAST)
@given(seeds)
def test_the_floor_and_its_price_agree_with_brute_force(number):
    rng = np.random.default_rng(number)
    areas, rules, types = int(rng.integers(1, 4)), 2, int(rng.integers(1, 3))
    lacks = rng.integers(0, 3, (areas, rules)) * (rng.random((areas, rules)) < 0.7)
    area, rule = np.nonzero(lacks)
    able = rng.random((types, rules)) < 0.7
    partners, spare = rng.integers(0, 3, (types, areas)), rng.integers(0, 4, types)
    worth = rng.integers(1, 5, areas).astype(float)
    met = rules - (lacks > 0).sum(axis=1)
    found = raise_floor(
        Lacking(
            area,
            lacks[area, rule],
            worth[area],
            met,
            np.full(areas, rules),
            able[:, rule].reshape(types, -1),
            spare,
            partners,
        )
    )
    plans = []
    for flat in itertools.product(*[range(int(n) + 1) for n in partners.ravel()]):
        pairs = np.array(flat).reshape(types, areas)
        if (pairs.sum(axis=1) <= spare).all():
            got = pairs.T @ able
            new = (lacks > 0) & (got >= lacks)
            plans.append((((met + new.sum(axis=1)) / rules).min(), pairs.sum(), (new * worth[:, None]).sum()))
    top = max(p[0] for p in plans)
    assert found is not None and found.proven and found.after == pytest.approx(top)
    if found.pairings:
        assert found.pairings == min(p[1] for p in plans if p[0] == top)
        assert found.even == max(p[2] for p in plans if p[0] == top and p[1] <= found.pairings)
        assert found.most == max(p[2] for p in plans if p[1] <= found.pairings)
        assert 0 <= found.price <= 1
    else:
        assert found.before == found.after


@seed(6)
@settings(max_examples=60, **FAST)
@given(seeds)
def test_standings_are_those_of_the_judgement(number):
    one = snapshot(district(number))
    found = FAIRNESS.run(one, {"level": "Community", "most": 1000})
    every = states(one)
    for area in found.worst:
        held = [state for (id_, _), (state, _) in every.items() if id_.startswith(area.id)]
        assert (area.of, area.met) == (len(held), sum(s == COVERED for s in held))
        assert area.unknown == sum(STATES[s] == "unknown" for s in held)
    assert [a.share.low for a in found.worst] == sorted(a.share.low for a in found.worst)
    json.dumps(found.as_json())
    assert found.lines("zh") and found.lines("en")


# Brokers


@seed(7)
@settings(max_examples=300, **FAST)
@given(seeds)
def test_cuts_bridges_and_constraint_are_those_of_networkx(number):
    rng = np.random.default_rng(number)
    nodes, links = int(rng.integers(1, 14)), int(rng.integers(0, 24))
    a, b = rng.integers(0, nodes, links), rng.integers(0, nodes, links)
    graph, reference = linked(nodes, a, b), nx.Graph()
    reference.add_nodes_from(range(nodes))
    reference.add_edges_from((x, y) for x, y in zip(a.tolist(), b.tolist(), strict=True) if x != y)
    found = cuts(graph)
    assert found.count == nx.number_connected_components(reference)
    assert set(found.split) == set(nx.articulation_points(reference))
    for node, parts in found.split.items():
        rest = reference.subgraph(nx.node_connected_component(reference, node) - {node})
        assert sorted(map(len, nx.connected_components(rest)), reverse=True) == list(parts)
    assert {(x, y) for x, y, _ in found.bridges} == {tuple(sorted(e)) for e in nx.bridges(reference)}
    for x, y, smaller in found.bridges:
        rest = reference.copy()
        rest.remove_edge(x, y)
        assert smaller == min(len(nx.node_connected_component(rest, end)) for end in (x, y))
    expected = nx.constraint(reference)
    np.testing.assert_allclose(constraint(graph), [expected[i] for i in range(nodes)], atol=1e-12)


@seed(8)
@settings(max_examples=100, **FAST)
@given(seeds, st.booleans())
def test_brokers_of_a_district_are_those_of_its_relationships(number, hierarchy):
    rows = district(number)
    one = snapshot(rows)
    found = BROKERS.run(one, {"hierarchy": hierarchy, "most": 1000})
    reference = nx.Graph()
    reference.add_nodes_from([u.id for u in one.units] + [b.id for b in one.bodies])
    reference.add_edges_from((p[1], p[2]) for p in rows.pairings)
    ties = [(tie.start, tie.end) for tie in one.ties]
    assert set(ties) <= {(a, b) for _, a, b in rows.ties}
    reference.add_edges_from(ties)
    if hierarchy:
        reference.add_edges_from((r[0], r[4]) for r in rows.areas if r[4])
    reference.remove_edges_from(list(nx.selfloop_edges(reference)))
    assert (found.nodes, found.links) == (reference.number_of_nodes(), reference.number_of_edges())
    bodies = {u.id for u in one.units} | {b.id for b in one.bodies}
    assert {c.id for c in found.cuts} == set(nx.articulation_points(reference)) & bodies
    assert found.parts == nx.number_connected_components(reference)
    assert "覆盖" in found.lines("zh")[1] and "coverage" in found.lines("en")[1]
    json.dumps(found.as_json())
