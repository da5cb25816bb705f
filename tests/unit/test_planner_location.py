"""Where next: location models against brute force, spopt and published optima; the result on random districts."""

from __future__ import annotations

import dataclasses
import itertools
import json
import threading
import warnings

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from scipy import sparse

from govnet_graph.bench.districts import plane
from govnet_graph.planner import RESULTS
from govnet_graph.planner.covering_search import fewer_sites
from govnet_graph.planner.errors import BadOption, NoCandidates, NotInSnapshot
from govnet_graph.planner.model import Timer
from govnet_graph.planner.people import population
from govnet_graph.planner.where_next_models import cover_all, cover_most, nearest
from tests.planner import published
from tests.planner.places import district
from tests.planner.small import DAY, HOME, snapshot

WHERE_NEXT = RESULTS["where-next"]
FAST = {"deadline": None, "database": None}
seeds = st.integers(0, 2**31)


def reached(covers: np.ndarray, sites) -> np.ndarray:
    return covers[:, list(sites)].any(axis=1)


@seed(1)
@settings(max_examples=150, **FAST)
@given(seeds)
def test_models_agree_with_brute_force(number):
    rng = np.random.default_rng(number)
    demands, sites = (int(x) for x in rng.integers(1, 8, 2))
    covers, weight = rng.random((demands, sites)) < 0.35, rng.integers(0, 6, demands).astype(float)
    count = int(rng.integers(0, sites + 2))
    table = sparse.csr_matrix(covers.astype(float))
    sets = list(itertools.combinations(range(sites), min(count, sites)))

    most = cover_most(table, weight, count)
    assert most.proven and most.value == most.bound == max(weight[reached(covers, s)].sum() for s in sets)
    assert weight[reached(covers, most.sites)].sum() == most.value and len(most.sites) == min(count, sites)

    every, can = cover_all(table), covers.any(axis=1)
    sizes = (
        k for k in range(sites + 1) for s in itertools.combinations(range(sites), k) if reached(covers, s)[can].all()
    )
    assert every.proven and every.value == next(sizes) == len(every.sites)
    assert reached(covers, every.sites)[can].all()

    distance = rng.integers(0, 9, (demands, sites)).astype(float)
    base = np.where(rng.random(demands) < 0.4, rng.integers(0, 9, demands), np.inf)
    count = max(1, min(count, sites))
    found = nearest(distance, weight, count, base)
    best = min(
        (weight * np.minimum(base, distance[:, list(s)].min(axis=1)))[weight > 0].sum()
        for s in itertools.combinations(range(sites), count)
    )
    assert found.proven and found.value == pytest.approx(best)


@pytest.mark.parametrize(("name", "optimum"), [("A9", 5), ("A15", 9)])
def test_steiner_systems_give_the_published_optimum(name, optimum):
    found = cover_all(published.steiner_triples(name))
    assert found.proven and found.value == optimum


@pytest.mark.parametrize(("dimension", "optimum"), [(3, 3), (4, 8)])
def test_cycles_of_hypercubes_give_the_published_optimum(dimension, optimum):
    found = cover_all(published.hypercube_cycles(dimension))
    assert found.proven and found.value == optimum


def test_san_francisco_gives_what_spopt_publishes():
    distance, people = published.san_francisco()
    median = nearest(distance, people, published.SAN_FRANCISCO_SITES)
    assert median.proven and median.value / people.sum() == pytest.approx(published.SAN_FRANCISCO_MEAN_DISTANCE)
    near = distance <= published.SAN_FRANCISCO_RADIUS
    most = cover_most(sparse.csr_matrix(near.astype(float)), people, published.SAN_FRANCISCO_SITES)
    assert most.proven and 100 * reached(near, most.sites).mean() == pytest.approx(
        published.SAN_FRANCISCO_COVERED_PERCENT
    )


def test_spopt_finds_the_same_optima():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pulp
        from spopt.locate import LSCP, MCLP, PMedian
    distance, people = published.san_francisco()
    radius, sites = published.SAN_FRANCISCO_RADIUS, published.SAN_FRANCISCO_SITES
    near = sparse.csr_matrix((distance <= radius).astype(float))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cbc = pulp.PULP_CBC_CMD(msg=False)
        fewest = LSCP.from_cost_matrix(distance, radius).solve(cbc).problem.objective.value()
        most = MCLP.from_cost_matrix(distance, people, radius, sites).solve(cbc).problem.objective.value()
        least = PMedian.from_cost_matrix(distance, people, sites).solve(cbc).problem.objective.value()
    assert cover_all(near).value == fewest
    assert cover_most(near, people, sites).value == pytest.approx(most)
    assert nearest(distance, people, sites).value == pytest.approx(least)


def test_a_stopped_or_timed_out_solve_gives_the_best_so_far_and_a_bound():
    hard = published.hypercube_cycles(6)  # 60; proving it takes minutes
    told = []
    timed = cover_all(hard, Timer(0.5, tell=lambda *x: told.append(x)))
    assert timed.bound <= 60 <= timed.value and not timed.proven and told
    endless = Timer(None)
    threading.Timer(0.3, endless.stop).start()
    stopped = cover_all(hard, endless)
    assert stopped.bound <= 60 <= stopped.value and not stopped.proven
    before = Timer(None)
    before.stop()
    assert reached(hard.toarray() > 0, cover_all(hard, before).sites).all()


def test_the_search_for_fewer_sites_reaches_what_is_published_and_always_covers():
    for dimension, fewest in ((4, 8), (6, 60)):
        cycles = published.hypercube_cycles(dimension).tocsr().astype(float)
        start = list(range(cycles.shape[1]))
        found = fewer_sites(cycles, start, 1, 10 * len(start))
        assert reached(cycles.toarray() > 0, found).all()
        assert len(found) == fewest, "the published optimum, or the best that is known"
        assert fewer_sites(cycles, start, 1, 10 * len(start)) == found, "the same each time"
        assert len(fewer_sites(cycles, start, len(start), 100)) == len(start)
    rng = np.random.default_rng(3)
    for _ in range(60):
        covers = rng.random((12, 9)) < 0.25
        covers[np.arange(12), rng.integers(0, 9, 12)] = True
        table = sparse.csr_matrix(covers.astype(float))
        best = cover_all(table)
        found = fewer_sites(table, list(range(9)), 1, 60)
        assert reached(covers, found).all() and len(found) >= best.value


def test_a_cover_that_is_stopped_at_once_is_told_with_the_bound_of_the_relaxation():
    distance, _ = plane(200, 900)
    near = sparse.csr_matrix((np.argsort(np.argsort(distance, axis=1), axis=1) < 8).astype(float))
    timed = cover_all(near, Timer(3.0))
    assert timed.bound <= timed.value <= 1.35 * timed.bound


# The result on a district


def tree(one) -> nx.Graph:
    """The area hierarchy, for distances that owe nothing to the planner's."""
    areas = one.areas
    return nx.Graph([(areas.ids[i], areas.ids[areas.parent[i]]) for i in range(1, len(areas))])


def leaves_of(one) -> list[int]:
    return [i for i in range(len(one.areas)) if i not in set(one.areas.parent.tolist())]


def inside(one, area: int, leaf: int) -> bool:
    while leaf >= 0 and leaf != area:
        leaf = int(one.areas.parent[leaf])
    return leaf == area


def covered_by(one, paths, area: int, reach) -> set[int]:
    near = {} if reach is None else nx.single_source_shortest_path_length(paths, one.areas.ids[area], cutoff=reach)
    return {leaf for leaf in leaves_of(one) if inside(one, area, leaf) or one.areas.ids[leaf] in near}


@seed(2)
@settings(max_examples=80, **FAST)
@given(seeds)
def test_the_chosen_sites_are_the_best_of_all_sets(number):
    one, rng = snapshot(district(number)), np.random.default_rng(number)
    level, reach = str(rng.choice(["Street", "Community"])), [None, 0, 1, 3][int(rng.integers(4))]
    asked = {"gives": "service:meals", "level": level, "reach": reach, "sites": int(rng.integers(1, 4)), "goal": "most"}
    found = WHERE_NEXT.run(one, asked)
    areas, paths = one.areas, tree(one)
    giving = {int(a) for a in one.given["service:meals"].areas} if "service:meals" in one.given else set()
    giving |= {p.area for p in one.present if "meals" in p.services}
    today = set().union(*(covered_by(one, paths, a, reach) for a in giving)) if giving else set()
    open_ = [leaf for leaf in leaves_of(one) if leaf not in today]
    candidates = [
        i for i in range(len(areas)) if areas.level[i] == ("District", "Street", "Community", "Grid").index(level)
    ]

    def worth(sites) -> tuple[int, int]:
        new = set().union(*(covered_by(one, paths, s, reach) for s in sites), set()) & set(open_)
        return sum(max(0, int(areas.residents[x])) for x in new), sum(areas.residents[x] < 0 for x in new)

    chosen = [areas.index(site.id) for site in found.chosen]
    sets = itertools.combinations(candidates, min(asked["sites"], len(candidates)))
    assert worth(chosen) == max(worth(s) for s in sets) and found.method.exact
    assert found.existing == len(giving)
    counts = [step.newly.low for step in found.curve]
    assert counts == sorted(counts) and found.curve[0].newly.high == 0
    json.dumps(found.as_json())
    assert all(found.lines(language) for language in ("zh", "en"))


@seed(3)
@settings(max_examples=60, **FAST)
@given(seeds)
def test_fewest_sites_and_least_distance_on_districts(number):
    one, rng = snapshot(district(number)), np.random.default_rng(number)
    paths, areas = tree(one), one.areas
    candidates = [i for i in range(len(areas)) if areas.level[i] == 2]
    every = WHERE_NEXT.run(one, {"gives": "resource:station", "goal": "all", "people": "areas"})
    giving = {int(a) for a in one.given["resource:station"].areas} if "resource:station" in one.given else set()
    open_ = set(leaves_of(one)) - {x for a in giving for x in covered_by(one, paths, a, None)}
    can = {x for c in candidates for x in covered_by(one, paths, c, None)} & open_
    sizes = (
        k
        for k in range(len(candidates) + 1)
        for s in itertools.combinations(candidates, k)
        if can <= {x for c in s for x in covered_by(one, paths, c, None)}
    )
    assert len(every.chosen) == next(sizes)
    assert {areas.index(a) for a in every.beyond} == open_ - can
    assert every.newly.high == len(can)

    sites = int(rng.integers(1, 3))
    close = WHERE_NEXT.run(one, {"gives": "resource:station", "goal": "nearest", "people": "areas", "sites": sites})
    length = dict(nx.all_pairs_shortest_path_length(paths))

    def mean(chosen) -> float:
        spots = [areas.ids[s] for s in {*chosen, *giving}]
        return float(np.mean([min(length[areas.ids[x]][s] for s in spots) for x in leaves_of(one)]))

    best = min(mean(s) for s in itertools.combinations(candidates, min(sites, len(candidates))))
    assert next(s.distance for s in close.curve if s.sites == sites) == pytest.approx(best)


@seed(4)
@settings(max_examples=60, **FAST)
@given(seeds)
def test_bounds_of_people_are_those_of_all_counts_that_add_up(number):
    rng = np.random.default_rng(number)
    one = snapshot(district(number, most=0))
    people = population(one, "residents")
    people = dataclasses.replace(people, stated=people.stated.copy())
    chosen = rng.random(len(people.leaves)) < 0.5
    open_ = [i for i, leaf in enumerate(people.leaves) if people.stated[leaf] < 0]
    if len(open_) > 3:
        open_ = open_[:3]
        for i, leaf in enumerate(people.leaves):
            if people.stated[leaf] < 0 and i not in open_:
                people.stated[leaf] = 1
    found, most = people.among(chosen), 10
    totals = []
    for values in itertools.product(range(most), repeat=len(open_)):
        counts = {int(leaf): int(people.stated[leaf]) for leaf in people.leaves}
        counts |= {int(people.leaves[i]): v for i, v in zip(open_, values, strict=True)}
        if all(
            sum(c for leaf, c in counts.items() if inside(one, area, leaf)) == people.stated[area]
            for area in range(len(one.areas))
            if area not in counts and people.stated[area] >= 0
        ):
            totals.append(sum(counts[int(leaf)] for leaf, c in zip(people.leaves, chosen, strict=True) if c))
    if totals:
        assert found.low == min(totals)
        assert found.high == max(totals) if found.high is not None else max(totals) >= most - 1


@seed(5)
@settings(max_examples=60, **FAST)
@given(seeds)
def test_more_choice_never_hurts_and_names_and_order_change_nothing(number):
    rows = district(number)
    one = snapshot(rows)
    asked = {"gives": "service:meals", "sites": 2}
    found = WHERE_NEXT.run(one, asked)
    if len(found.chosen) > 1:
        fewer = WHERE_NEXT.run(one, asked | {"never": [found.chosen[0].id]})
        assert fewer.newly.low <= found.newly.low or fewer.newly.high != fewer.newly.low
    rng = np.random.default_rng(number)
    rows.areas = [(r[0], r[1], f"新名{r[0]}", *r[3:]) for r in rows.areas]
    for name in ("areas", "units", "given", "ledgers", "pairings", "resources", "serves"):
        table = getattr(rows, name)
        setattr(rows, name, [table[i] for i in rng.permutation(len(table))])
    again = WHERE_NEXT.run(snapshot(rows), asked)
    assert again.snapshot == found.snapshot
    assert [s.id for s in again.chosen] == [s.id for s in found.chosen]
    assert again.curve == found.curve


def test_bad_input_is_named():
    one = snapshot(district(1))
    for asked, error, text in [
        ({"gives": "service:massage"}, NotInSnapshot, "massage"),
        ({"gives": "magic"}, BadOption, "magic"),
        ({}, BadOption, "gives"),
        ({"gives": "service:meals", "sites": 0}, BadOption, "sites"),
        ({"gives": "service:meals", "level": "District"}, BadOption, "level"),
        ({"gives": "service:meals", "only": ["990199"]}, NotInSnapshot, "990199"),
        ({"gives": "service:meals", "only": [f"{HOME}001"], "never": [f"{HOME}001"]}, NoCandidates, "Community"),
    ]:
        with pytest.raises(error, match=text):
            WHERE_NEXT.run(one, asked)
    assert one.as_of == DAY
