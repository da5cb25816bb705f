"""The planner: proofs, assignments, plans, exits and sites at three sizes, against what others keep, in the same run.

Baselines get the same arrays as ours and do nothing else; ours includes everything from the snapshot to the result. Each
contestant's answer is compared with ours, so that a fast wrong answer fails the run.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from govnet_graph.bench.districts import CANDIDATES, district, plane
from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.planner import RESULTS
from govnet_graph.planner.candidates import Links
from govnet_graph.planner.candidates import nearest as nearest_units
from govnet_graph.planner.flows import Network, cheapest
from govnet_graph.planner.hall import best_cover
from govnet_graph.planner.model import Timer
from govnet_graph.planner.problem import Limits, Problem, problem_of, rules_of
from govnet_graph.planner.snapshot import Snapshot
from govnet_graph.planner.where_next_models import cover_all, cover_most, nearest

SIZES = ((59, 350), (600, 3_500), (6_000, 35_000))
_RULE = "req-pairing"
_CROSSING = ("meals", "mediation")
_PLAN_LIMIT, _BINDING_LIMIT, _SITES, _SITE_LIMIT = 600.0, 100.0, 10, 60.0
_FEW, _MEDIAN, _SLOW = 2, 120, 15_000


def run(rounds: int) -> list[Row]:
    """Milliseconds of each result at each size, and the ratio to the baseline that solves the same."""
    found: list[Row] = []
    for size in SIZES:
        found += of_size(*size, rounds)
    return found + locations(rounds)


def of_size(units: int, grids: int, rounds: int) -> list[Row]:
    """The rows of one size; at the largest few rounds, and one to warm up."""
    largest = grids > SIZES[1][1]
    often, warm_up = (min(rounds, _FEW), 1) if largest else (rounds, _FEW)
    name = f"{units:,} × {grids:,}"
    one = district(units, grids)
    found = _flows(name, one, often, warm_up)
    found += _results(name, one, district(units, grids, every=True), often, warm_up)
    return found if largest else found + _binding(name, one, district(units, grids, asked=_CROSSING))


def _milliseconds(work: Callable[[], Any], check: Callable[[Any], object] = bool) -> Callable[[], float]:
    def timed() -> float:
        start = time.perf_counter()
        value = work()
        taken = 1000 * (time.perf_counter() - start)
        check(value)
        return taken

    return timed


def _once(name: str, work: Callable[[], Any], gap: Callable[[Any], float | None]) -> list[Row]:
    """A result that takes long: measured once, with the gap that it states."""
    start = time.perf_counter()
    value = work()
    taken, off = 1000 * (time.perf_counter() - start), gap(value)
    found = [Row(name, taken, "ms", taken, taken)]
    if off is not None:
        found.append(Row(f"{name}, gap", 100 * off, "%", 100 * off, 100 * off))
    return found


def _flows(name: str, one: Snapshot, rounds: int, warm_up: int) -> list[Row]:
    """The optimal assignment of units to grids that lack one, and the certificate of how many lack one in the end: ours, OR-tools alone,
    networkx where it is fast enough."""
    problem = problem_of(one, rules_of(one, (_RULE,)), Limits())
    links = nearest_units(problem, CANDIDATES)
    spare = problem.spare
    expected = _assigned(links, cheapest(links, spare, problem.need, links.hops))

    def equal(value: tuple[int, int]) -> None:
        if value != expected:
            raise RuntimeError(f"{name}: {value} pairings and steps instead of {expected}")

    contestants: dict[str, Callable[[], float]] = {
        f"{name}: assignment, OR-tools alone": _milliseconds(
            lambda: _assigned(links, cheapest(links, spare, problem.need, links.hops)), equal
        ),
        f"{name}: assignment": _milliseconds(lambda: _ours(one), equal),
    }
    if len(links) < _SLOW:
        contestants[f"{name}: assignment, networkx network simplex"] = _milliseconds(
            lambda: _networkx(problem, links), equal
        )
    # The pairs that matter to the proof: the nearest do not always serve as many as all do.
    enough = best_cover(problem, CANDIDATES).links
    most = Network(enough, spare, problem.need).solve().value

    def covered(value: int) -> None:
        if value != most:
            raise RuntimeError(f"{name}: {value} grids served instead of {most}")

    proofs: dict[str, Callable[[], float]] = {
        f"{name}: certificate, OR-tools maximum flow alone": _milliseconds(
            lambda: Network(enough, spare, problem.need).solve().value, covered
        ),
        f"{name}: certificate": _milliseconds(lambda: _served(one), covered),
    }
    found: list[Row] = []
    for table in (contestants, proofs):
        found += rows(interleaved(table, rounds, warm_up), "ms", next(iter(table)))
    return found


def _served(one: Snapshot) -> int:
    proof = RESULTS["certificate"].run(one, {"requirements": (_RULE,)}).now  # type: ignore[attr-defined]
    return int(proof.need - proof.bound)


def _ours(one: Snapshot) -> tuple[int, int]:
    problem = problem_of(one, rules_of(one, (_RULE,)), Limits())
    links = nearest_units(problem, CANDIDATES)
    return _assigned(links, cheapest(links, problem.spare, problem.need, links.hops))


def _assigned(links: Links, used: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[int, int]:
    """(pairings, steps between their ends)."""
    return int(used.sum()), int(links.hops[used].sum())


def _networkx(problem: Problem, links: Links) -> tuple[int, int]:
    import networkx as nx

    graph: Any = nx.DiGraph()
    for unit, spare in enumerate(problem.spare.tolist()):
        graph.add_edge("s", ("u", unit), capacity=spare)
    for cell, need in enumerate(problem.need.tolist()):
        graph.add_edge(("c", cell), "t", capacity=need)
    for unit, cell, hops in zip(links.unit.tolist(), links.cell.tolist(), links.hops.tolist(), strict=True):
        graph.add_edge(("u", unit), ("c", cell), capacity=1, weight=hops)
    flow = nx.max_flow_min_cost(graph, "s", "t")
    used = [
        flow["u", unit].get(("c", cell), 0) for unit, cell in zip(links.unit.tolist(), links.cell.tolist(), strict=True)
    ]
    return _assigned(links, np.array(used) > 0)


def _proven(result: Any) -> None:
    if not result.method.exact:
        raise RuntimeError(f"the certificate is {result.now.bound}–{result.now.unmet}, not proven")


def _results(name: str, one: Snapshot, dense: Snapshot, rounds: int, warm_up: int) -> list[Row]:
    several = {
        f"{name}: certificate, two requirements": _milliseconds(lambda: RESULTS["certificate"].run(one, {}), _proven),
        f"{name}: withdrawal of every unit": _milliseconds(lambda: RESULTS["withdrawal"].run(dense, {"worst": 0})),
        f"{name}: where next, {_SITES} canteens": _milliseconds(
            lambda: RESULTS["where-next"].run(one, {"gives": "service:meals", "sites": _SITES}, Timer(_SITE_LIMIT))
        ),
        f"{name}: brokers": _milliseconds(lambda: RESULTS["brokers"].run(dense, {})),
    }
    values = interleaved(several, rounds, warm_up)
    found = [Row(key, float(np.median(v)), "ms", min(v), max(v)) for key, v in values.items()]
    for size in (2, 3):
        found += _once(
            f"{name}: worst {size} exits",
            lambda size=size: RESULTS["withdrawal"].run(dense, {"worst": size}, Timer(_SITE_LIMIT)),  # type: ignore[misc]
            lambda result: result.method.gap,
        )
    for label, rules in (("one requirement", (_RULE,)), ("two requirements", ())):
        found += _once(
            f"{name}: re-pairing plan with explanations, {label}",
            lambda rules=rules: RESULTS["repair"].run(one, {"requirements": rules}, Timer(_PLAN_LIMIT)),  # type: ignore[misc]
            lambda result: result.method.gap,
        )
    return found


def _binding(name: str, one: Snapshot, crossed: Snapshot) -> list[Row]:
    """Plans that are integer programs: present pairings may end, or whoever can give the one service need not give the other."""
    found: list[Row] = []
    for label, snapshot, asked in (
        ("that may end pairings", one, {"moves": True, "explain": False}),
        ("of abilities that cross", crossed, {"explain": False}),
    ):
        found += _once(
            f"{name}: re-pairing plan {label}",
            lambda snapshot=snapshot, asked=asked: RESULTS["repair"].run(snapshot, asked, Timer(_BINDING_LIMIT)),  # type: ignore[misc]
            lambda result: result.method.gap,
        )
    return found


def locations(rounds: int) -> list[Row]:
    """The three location models against spopt (CBC) at the smallest size, ours alone at the middle one."""
    units, grids = SIZES[0]
    distance, weight = plane(units, grids)
    radius = float(np.sort(distance, axis=1)[:, CANDIDATES - 1].max() / 2)
    near = sparse.csr_matrix((distance <= radius).astype(np.float64))
    reachable = np.diff(near.indptr) > 0
    distance, weight, near = distance[reachable], weight[reachable], near[np.flatnonzero(reachable)]
    found: list[Row] = []
    few_distance, few_weight = distance[:_MEDIAN, : _MEDIAN // 4], weight[:_MEDIAN]
    ours: dict[str, Callable[[], float]] = {
        "LSCP": lambda: cover_all(near).value,
        "MCLP": lambda: cover_most(near, weight, _SITES).value,
        "p-median": lambda: nearest(few_distance, few_weight, _SITES).value,
    }
    for model, solve in ours.items():
        expected = solve()

        def equal(value: float, expected: float = expected, model: str = model) -> None:
            if abs(value - expected) > 1e-6 * max(1.0, abs(expected)):
                raise RuntimeError(f"{model}: {value} instead of {expected}")

        table, heavy = (few_distance, few_weight) if model == "p-median" else (distance, weight)
        name = f"{table.shape[1]:,} × {table.shape[0]:,}: {model}"
        theirs = _spopt(model, table, heavy, radius)
        values = interleaved(
            {f"{name}, spopt (CBC)": _milliseconds(theirs, equal), name: _milliseconds(solve, equal)}, rounds
        )
        found += rows(values, "ms", f"{name}, spopt (CBC)")
    units, grids = SIZES[1]
    distance, weight = plane(units, grids)
    kept = np.argsort(distance, axis=1)[:, :CANDIDATES]
    covers = sparse.csr_matrix(
        (np.ones(kept.size), (np.repeat(np.arange(grids), CANDIDATES), kept.ravel())), (grids, units)
    )

    def off(located: Any) -> float:
        return float(abs(located.value - located.bound) / max(1.0, abs(located.value)))

    for model, work in (
        ("LSCP", lambda: cover_all(covers, Timer(_SITE_LIMIT))),
        ("MCLP", lambda: cover_most(covers, weight, _SITES, Timer(_SITE_LIMIT))),
    ):
        found += _once(f"{units:,} × {grids:,}: {model}, {CANDIDATES} nearest sites", work, off)
    return found


def _spopt(model: str, distance: Any, weight: Any, radius: float) -> Callable[[], float]:
    # A tool of developers, which an installed govnet does without.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pulp
        from spopt.locate import LSCP, MCLP, PMedian

    def solve() -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            problem = {
                "LSCP": lambda: LSCP.from_cost_matrix(distance, radius),
                "MCLP": lambda: MCLP.from_cost_matrix(distance, weight, radius, _SITES),
                "p-median": lambda: PMedian.from_cost_matrix(distance, weight, _SITES),
            }[model]()
            return float(problem.solve(pulp.PULP_CBC_CMD(msg=False)).problem.objective.value())

    return solve
