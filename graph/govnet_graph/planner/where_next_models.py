"""Location models on plain arrays: location set covering, maximal covering, p-median; existing sites are fixed by the caller.

Exact (HiGHS); each starts from a greedy choice improved by interchange or local search, which is what a solve that ends early falls back on.
References: Toregas et al. 1971 (LSCP); Church & ReVelle 1974 (MCLP); Elloumi 2010 (the p-median formulation); Teitz & Bart
1968 (interchange).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from govnet_graph.planner.covering_search import fewer_sites
from govnet_graph.planner.mixed import FloatArray, Program, Solved, minimise
from govnet_graph.planner.model import Watch, share, stopped
from govnet_graph.planner.snapshot import IntArray

_ROUNDS, _FEW, _STEPS, _SEARCH, _CLOSE = 20, 100, 10, 0.2, 1e-6


@dataclass(frozen=True, slots=True)
class Located:
    """Chosen sites.

    Attributes
    ----------
    sites : tuple of int
        Columns chosen, ascending.
    value : float
        The model's objective: sites (LSCP), weight covered (MCLP), weighted distance (p-median).
    bound : float
        Proven bound on the best possible value.
    proven : bool
        Whether value and bound are the same.
    """

    sites: tuple[int, ...]
    value: float
    bound: float
    proven: bool


def cover_all(covers: sparse.csr_matrix, watch: Watch | None = None, known: Located | None = None) -> Located:
    """Fewest sites that cover every demand (LSCP).

    Parameters
    ----------
    covers : sparse bool matrix, demands × sites
        Demands that no site covers are left out of account.
    known : Located, optional
        What was found and proven before.
    """
    rows = _distinct(covers[np.diff(covers.indptr) > 0])[0]
    count, sites = rows.shape
    if count == 0:
        return Located((), 0.0, 0.0, True)
    start = _prune(rows, _greedy_all(rows))
    if known is not None and len(known.sites) <= len(start):
        start = list(known.sites)
    ones = np.ones(sites)
    # The relaxation is solved at once. Where it does not reach what was found, a search for less is cheaper than much branching.
    least = max(1.0 if known is None else known.bound, 1.0 if stopped(watch) else _relaxed(rows))
    if sites > _FEW:
        start = fewer_sites(rows, start, round(least), _STEPS * sites, share(watch, _SEARCH))
    solved = minimise(
        Program(ones, rows, np.ones(count), np.full(count, np.inf), np.ones(sites, dtype=np.bool_), ones),
        watch,
        Solved(_marked(start, sites), float(len(start)), least, False),
    )
    chosen = _chosen(solved, sites)
    bound = 1.0 if solved.bound is None else max(1.0, float(np.ceil(solved.bound - 1e-6)))
    proven = solved.proven or bound >= len(chosen)
    return Located(chosen, float(len(chosen)), float(len(chosen)) if proven else bound, proven)


def _relaxed(rows: sparse.csr_matrix) -> float:
    """What the linear relaxation of LSCP proves to be needed at least, in whole sites; 1 where it is not solved.

    The demands' prices are lowered until no site earns more than it costs, so that the proof rests on no tolerance.
    """
    solved = linprog(np.ones(rows.shape[1]), A_ub=-rows, b_ub=-np.ones(rows.shape[0]), bounds=(0, None), method="highs")
    if solved.status != 0:
        return 1.0
    price = np.maximum(0.0, -solved.ineqlin.marginals)
    most = max(1.0, float((rows.T @ price).max()))
    return max(1.0, float(np.ceil(price.sum() / most - _CLOSE)))


def cover_most(
    covers: sparse.csr_matrix,
    weight: FloatArray,
    count: int,
    watch: Watch | None = None,
    known: Located | None = None,
) -> Located:
    """The ``count`` sites that cover the largest weight of demands (MCLP).

    Parameters
    ----------
    covers : sparse bool matrix, demands × sites
    weight : float array, demands
        Not negative.
    count : int
        Number of sites to choose; more than there are means all.
    known : Located, optional
        What was found and proven before.
    """
    sites = covers.shape[1]
    count = min(count, sites)
    kept = (np.diff(covers.indptr) > 0) & (weight > 0)
    rows, merged = _distinct(covers[kept])
    heavy = np.bincount(merged, weights=weight[kept], minlength=rows.shape[0]).astype(np.float64)
    start = _exchange(rows, heavy, _greedy_most(rows, heavy, count))
    if known is not None:
        start = max(start, list(known.sites), key=lambda sites: float(heavy[_reached(rows, sites)].sum()))
    covered = float(heavy[_reached(rows, start)].sum())
    # No choice covers more than its sites would one by one; where sites do not overlap, greedy reaches that.
    ceiling = float(np.sort(rows.T @ heavy)[::-1][:count].sum())
    if count >= sites or covered >= min(ceiling, heavy.sum()):
        return Located(tuple(sorted(start)), covered, covered, True)
    demands = rows.shape[0]
    table = sparse.vstack(
        [
            sparse.hstack([rows, -sparse.eye_array(demands)]),
            sparse.hstack([sparse.csr_matrix(np.ones((1, sites))), sparse.csr_matrix((1, demands))]),
        ]
    ).tocsr()
    low = np.append(np.zeros(demands), 0.0)
    high = np.append(np.full(demands, np.inf), float(count))
    whole = np.append(np.ones(sites, dtype=np.bool_), np.zeros(demands, dtype=np.bool_))
    program = Program(np.append(np.zeros(sites), -heavy), table, low, high, whole, np.ones(sites + demands))
    bound = None if known is None else -known.bound
    solved = minimise(program, watch, Solved(_marked(start, sites), -covered, bound, False))
    chosen = _filled(rows, heavy, _chosen(solved, sites), count)
    value = float(heavy[_reached(rows, chosen)].sum())
    if solved.proven:
        return Located(chosen, value, value, True)
    most = float(heavy.sum()) if solved.bound is None else min(float(heavy.sum()), -solved.bound)
    return Located(chosen, value, max(value, most), most <= value)


def nearest(
    distance: FloatArray,
    weight: FloatArray,
    count: int,
    base: FloatArray | None = None,
    watch: Watch | None = None,
    known: Located | None = None,
) -> Located:
    """The ``count`` sites with the least weighted distance from each demand to its nearest site (p-median).

    Parameters
    ----------
    distance : float array, demands × sites
    weight : float array, demands
        Not negative.
    count : int
        Number of sites to choose, at least 1 where there is no ``base``.
    base : float array, demands, optional
        Distance to the nearest existing site; infinite where there is none.
    known : Located, optional
        What was found and proven before.
    """
    demands, sites = distance.shape
    count = min(count, sites)
    base = np.full(demands, np.inf) if base is None else base
    start = _exchange_distance(distance, weight, base, _greedy_distance(distance, weight, base, count))
    if known is not None:
        start = min(start, list(known.sites), key=lambda sites: _cost(distance, weight, base, sites))
    cost = _cost(distance, weight, base, start)
    if count >= sites:
        return Located(tuple(sorted(start)), cost, cost, True)
    program, fixed = _median_program(distance, weight, count, base)
    least = None if known is None else known.bound - fixed
    solved = minimise(program, watch, Solved(_marked(start, sites), cost - fixed, least, False))
    chosen = _chosen(solved, sites)
    value = _cost(distance, weight, base, chosen)
    if value > cost:  # the solver's tolerance, not a better choice
        chosen, value = tuple(sorted(start)), cost
    bound = value if solved.proven else fixed if solved.bound is None else min(value, solved.bound + fixed)
    return Located(chosen, value, bound, solved.proven)


def _median_program(distance: FloatArray, weight: FloatArray, count: int, base: FloatArray) -> tuple[Program, float]:
    """Elloumi's formulation and the cost that no choice avoids.

    One variable per demand and distinct distance: whether no chosen site is that near. It is 1 unless the nearer ring
    or one of the sites at that distance releases it, so that rows stay sparse.
    """
    sites = distance.shape[1]
    entries: list[tuple[int, int, float]] = []
    cost, low, fixed, row = [], [], 0.0, 0
    for i in range(distance.shape[0]):
        reachable = np.minimum(distance[i], base[i])
        rings, ring = np.unique(
            np.append(reachable, base[i]) if np.isfinite(base[i]) else reachable, return_inverse=True
        )
        fixed += float(weight[i] * rings[0])
        for step in range(len(rings) - 1):
            own = sites + row
            entries.append((row, own, 1.0))
            entries.extend((row, int(j), 1.0) for j in np.flatnonzero(ring[:sites] == step))
            if step:
                entries.append((row, own - 1, -1.0))
            low.append(0.0 if step else 1.0)
            cost.append(float(weight[i] * (rings[step + 1] - rings[step])))
            row += 1
    entries.extend((row, j, 1.0) for j in range(sites))
    low.append(0.0 if np.isfinite(base).all() else 1.0)
    at = np.array([e[:2] for e in entries], dtype=np.int64).T
    rows = sparse.csr_matrix((np.array([e[2] for e in entries]), at), shape=(row + 1, sites + row))
    high = np.append(np.full(row, np.inf), float(count))
    whole = np.append(np.ones(sites, dtype=np.bool_), np.zeros(row, dtype=np.bool_))
    return Program(np.append(np.zeros(sites), cost), rows, np.array(low), high, whole, np.ones(sites + row)), fixed


def _distinct(covers: sparse.csr_matrix) -> tuple[sparse.csr_matrix, IntArray]:
    """The rows with equal ones merged, and to which each was merged: demands that the same sites cover are one demand."""
    seen: dict[bytes, int] = {}
    merged = np.zeros(covers.shape[0], dtype=np.int64)
    kept: list[int] = []
    for i in range(covers.shape[0]):
        key = np.sort(covers.indices[covers.indptr[i] : covers.indptr[i + 1]]).astype(np.int64).tobytes()
        if key not in seen:
            seen[key] = len(kept)
            kept.append(i)
        merged[i] = seen[key]
    return sparse.csr_matrix(covers[kept], dtype=np.float64), merged


def _marked(chosen: list[int], sites: int) -> FloatArray:
    x = np.zeros(sites)
    x[list(chosen)] = 1.0
    return x


def _chosen(solved: Solved, sites: int) -> tuple[int, ...]:
    assert solved.x is not None  # every solve here starts from a choice
    return tuple(int(j) for j in np.flatnonzero(solved.x[:sites] > 0.5))


def _reached(rows: sparse.csr_matrix, chosen: list[int] | tuple[int, ...]) -> npt.NDArray[np.bool_]:
    return np.asarray(rows @ _marked(list(chosen), rows.shape[1]) > 0.5)


def _greedy_all(rows: sparse.csr_matrix) -> list[int]:
    chosen: list[int] = []
    columns = rows.tocsc()
    open_ = np.ones(rows.shape[0])
    while open_.any():
        best = int(np.argmax(rows.T @ open_))
        chosen.append(best)
        open_[columns.indices[columns.indptr[best] : columns.indptr[best + 1]]] = 0.0
    return chosen


def _prune(rows: sparse.csr_matrix, chosen: list[int]) -> list[int]:
    """Without the sites that the others make superfluous, the last chosen first."""
    columns = rows.tocsc()
    times = rows @ _marked(chosen, rows.shape[1])
    kept = list(chosen)
    for site in reversed(chosen):
        own = columns.indices[columns.indptr[site] : columns.indptr[site + 1]]
        if (times[own] > 1.5).all():
            times[own] -= 1.0
            kept.remove(site)
    return kept


def _greedy_most(rows: sparse.csr_matrix, weight: FloatArray, count: int) -> list[int]:
    chosen: list[int] = []
    columns = rows.tocsc()
    open_ = weight.copy()
    for _ in range(count):
        gain = rows.T @ open_
        gain[chosen] = -1.0
        best = int(np.argmax(gain))
        chosen.append(best)
        open_[columns.indices[columns.indptr[best] : columns.indptr[best + 1]]] = 0.0
    return chosen


def _filled(rows: sparse.csr_matrix, weight: FloatArray, chosen: tuple[int, ...], count: int) -> tuple[int, ...]:
    """The choice filled up to ``count`` with the lowest sites that are left, which can only help."""
    spare = [j for j in range(rows.shape[1]) if j not in set(chosen)]
    missing = max(0, count - len(chosen))
    if missing:
        gain = rows.T @ np.where(_reached(rows, chosen), 0.0, weight)
        spare.sort(key=lambda j: (-gain[j], j))
    return tuple(sorted((*chosen, *spare[:missing])))


def _exchange(rows: sparse.csr_matrix, weight: FloatArray, chosen: list[int]) -> list[int]:
    """Swap one site for a better one as long as that helps."""
    columns = rows.tocsc()
    for _ in range(_ROUNDS):
        times = rows @ _marked(chosen, rows.shape[1])
        improved = False
        for place, site in enumerate(chosen):
            own = columns.indices[columns.indptr[site] : columns.indptr[site + 1]]
            without = times.copy()
            without[own] -= 1.0
            gain = rows.T @ np.where(without < 0.5, weight, 0.0)
            lost = gain[site]
            gain[chosen] = -1.0
            best = int(np.argmax(gain))
            if gain[best] > lost + 1e-9:
                chosen[place], improved = best, True
                times = without
                times[columns.indices[columns.indptr[best] : columns.indptr[best + 1]]] += 1.0
        if not improved:
            break
    return chosen


def _cost(distance: FloatArray, weight: FloatArray, base: FloatArray, chosen: list[int] | tuple[int, ...]) -> float:
    """Weighted distance to the nearest of the chosen and existing sites."""
    near = np.minimum(base, distance[:, list(chosen)].min(axis=1)) if len(chosen) else base
    return float((weight * near)[weight > 0].sum())


def _greedy_distance(distance: FloatArray, weight: FloatArray, base: FloatArray, count: int) -> list[int]:
    chosen: list[int] = []
    near = base
    heavy = weight > 0
    for _ in range(count):
        totals = (weight[heavy, None] * np.minimum(near[heavy, None], distance[heavy])).sum(axis=0)
        totals[chosen] = np.inf
        best = int(np.argmin(totals))
        chosen.append(best)
        near = np.minimum(near, distance[:, best])
    return chosen


def _exchange_distance(distance: FloatArray, weight: FloatArray, base: FloatArray, chosen: list[int]) -> list[int]:
    heavy = weight > 0
    for _ in range(_ROUNDS):
        improved = False
        for place in range(len(chosen)):
            rest = chosen[:place] + chosen[place + 1 :]
            near = np.minimum(base, distance[:, rest].min(axis=1)) if rest else base
            totals = (weight[heavy, None] * np.minimum(near[heavy, None], distance[heavy])).sum(axis=0)
            now = totals[chosen[place]]
            totals[chosen] = np.inf
            best = int(np.argmin(totals))
            if totals[best] < now - 1e-9:
                chosen[place], improved = best, True
        if not improved:
            break
    return chosen
