"""Districts of any size for the planner's benchmark: units × grids, eight units that could help each grid; no engine needed."""

from __future__ import annotations

import datetime as dt

import numpy as np

from govnet_graph.planner.building import Rows, build
from govnet_graph.planner.snapshot import Snapshot

DAY, HOME = dt.date(2026, 6, 1), "990101"
CANDIDATES = 8
CODES = ("meals", "mediation")
_IN_COMMUNITY, _IN_STREET, _PAIRED, _ABLE = 6, 12, 0.7, 0.6


def district(
    units: int, grids: int, *, every: bool = False, seed: int = 1, asked: tuple[str, ...] = ("", "mediation")
) -> Snapshot:
    """A district; the same arguments give the same. ``asked`` are the services that each grid needs, empty for a pairing.

    Seven grids of ten are paired with one unit of their neighbourhood, with ``every`` each grid with all eight that could
    help it. Capacities hold a tenth more than there are grids.
    """
    rng = np.random.default_rng(seed)
    rows, codes = Rows(), _areas(grids)
    rows.areas = codes
    at = [row[0] for row in codes if row[1] == "Grid"]
    communities = [row[0] for row in codes if row[1] == "Community"]
    rows.services = [(f"svc-{code}", code, code, None, "everyone") for code in CODES]
    rows.needed = [
        _rule(f"req-{code}", f"service:{code}", "services") if code else _rule("req-pairing", "pairing", "pairings")
        for code in asked
    ]
    rows.ledgers = [(kind, HOME, f"ledger-{kind}") for kind in ("pairings", "services", "resources")]
    capacity = np.maximum(1, rng.multinomial(round(1.1 * grids), np.full(units, 1 / units)))
    home = np.arange(units) * len(communities) // units
    for unit in range(units):
        id_ = f"unit-{unit:05}"
        room = int(capacity[unit]) + (grids * CANDIDATES // units * 2 if every else 0)
        rows.units.append((id_, f"单位{unit}", None, "agency", True, room, 10))
        rows.located.append((id_, communities[home[unit]]))
        rows.able += [(id_, code) for code in CODES if rng.random() < _ABLE]
    able = set(rows.able)
    load = np.zeros(units, dtype=np.int64)
    for grid, near in enumerate(neighbours(units, grids)):
        helping = near if every else rng.permutation(near)[:1] if rng.random() < _PAIRED else near[:0]
        for unit in helping:
            if load[unit] < capacity[unit] or every:
                load[unit] += 1
                id_ = f"unit-{unit:05}"
                services = ["mediation"] if (id_, "mediation") in able else []
                rows.pairings.append((f"P:{id_}>{at[grid]}", id_, at[grid], services, 1, None, None, None))
    people = rng.integers(300, 2500, len(codes))
    rows.areas = [
        (*row[:7], int(people[i]) if row[1] == "Grid" else None, int(people[i]) // 8 if row[1] == "Grid" else None)
        for i, row in enumerate(codes)
    ]
    for canteen in range(max(2, grids // 200)):
        place = communities[int(rng.integers(len(communities)))]
        rows.given.append(("service:meals", f"res-{canteen:04}", place))
        rows.providers.append((f"res-{canteen:04}", "Resource", f"食堂{canteen}"))
    return build(rows, HOME, DAY)


def neighbours(units: int, grids: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """The eight units that could help each grid: shape (grids, 8)."""
    middle = np.arange(grids) * units // grids
    return np.asarray((middle[:, None] + np.arange(CANDIDATES)[None, :] - CANDIDATES // 2) % units)


def plane(
    sites: int, demands: int, seed: int = 1
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """(distances demands × sites, weights) of points drawn in a square, in whole units."""
    rng = np.random.default_rng(seed)
    a, b = rng.random((demands, 1, 2)), rng.random((1, sites, 2))
    return np.rint(1000 * np.hypot(*np.moveaxis(a - b, 2, 0))), rng.integers(300, 2500, demands).astype(np.float64)


def _areas(grids: int) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = [(HOME, "District", "区", None, None, None, None, None, None)]
    street = community = ""
    for grid in range(grids):
        place, number = divmod(grid, _IN_COMMUNITY)
        if number == 0:
            if place % _IN_STREET == 0:
                street = f"{HOME}{place // _IN_STREET + 1:04}"
                found.append((street, "Street", street, None, HOME, None, None, None, None))
            community = f"{street}{place % _IN_STREET + 1:03}"
            found.append((community, "Community", community, None, street, None, None, None, None))
        found.append((f"{community}{number + 1:03}", "Grid", f"格{grid}", None, community, False, None, None, None))
    return found


def _rule(id_: str, evidence: str, ledger: str) -> tuple[str, dict[str, object]]:
    fixed = {"level": "Grid", "scope": "reach", "minimum": 1, "applies": "all", "standard": "基准", "priority": 1}
    return id_, {"name": id_, "evidence": evidence, "ledger": ledger, **fixed}
