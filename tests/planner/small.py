"""Small random districts as rows of a snapshot, and hypothesis strategies for what is asked of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from govnet_graph.planner.building import Rows, build
from govnet_graph.planner.snapshot import Snapshot

HOME, DAY = "990101", dt.date(2026, 6, 1)
CODES = ("meals", "mediation")
RULES = {
    "req-pairing": ("Grid", "pairing", "reach", "pairings"),
    "req-meals": ("Grid", "service:meals", "reach", "services"),
    "req-mediation": ("Community", "service:mediation", "within", "services"),
    "req-street": ("Street", "service:meals", "within", "services"),
    "req-community": ("Community", "pairing", "reach", "pairings"),
}


def area_rows(communities: list[int]) -> list[tuple[Any, ...]]:
    """One street with communities of so many grids each."""
    street = f"{HOME}001"
    rows: list[tuple[Any, ...]] = [
        (HOME, "District", "区", None, None, None, None, None, None),
        (street, "Street", "街", None, HOME, None, None, None, None),
    ]
    for c, grids in enumerate(communities, 1):
        community = f"{street}{c:03}"
        rows.append((community, "Community", f"社{c}", None, street, None, None, None, None))
        rows += [
            (f"{community}{g:03}", "Grid", f"格{c}{g}", None, community, g == 1, None, 100 * g, None)
            for g in range(1, grids + 1)
        ]
    return rows


def rule_row(rule: str, minimum: int = 1, applies: str = "all", priority: int = 1) -> tuple[str, dict[str, Any]]:
    """One requirement."""
    level, evidence, scope, ledger = RULES[rule]
    return rule, {
        "name": f"要求{rule}", "name_en": rule, "level": level, "evidence": evidence, "scope": scope, "minimum": minimum,
        "applies": applies, "ledger": ledger, "standard": "标准", "priority": priority,
    }  # fmt: skip


def service_rows() -> list[tuple[Any, ...]]:
    """The services."""
    return [(f"svc-{code}", code, code, None, "everyone") for code in CODES]


@st.composite
def rows_of(draw: st.DrawFn, *, grids: int = 3, units: int = 3, rules: tuple[str, ...] = tuple(RULES)) -> Rows:
    """The rows of a small district: few enough edits are possible that all combinations can be tried."""
    communities = draw(st.sampled_from([[1], [2], [1, 1], [2, 1]][: grids + 1]))
    rows = Rows(areas=area_rows(communities), services=service_rows())
    places = [row[0] for row in rows.areas]
    targets = [row[0] for row in rows.areas if row[1] in ("Community", "Grid")]
    chosen = draw(st.lists(st.sampled_from(rules), unique=True, min_size=1, max_size=2))
    rows.needed = [
        rule_row(rule, draw(st.integers(1, 2)), draw(st.sampled_from(("all", "all", "demonstration"))))
        for rule in chosen
    ]
    for kind in ("pairings", "services"):
        where = draw(st.sampled_from((None, HOME, HOME, HOME, places[2])))
        if where is not None:
            rows.ledgers.append((kind, where, f"ledger-{kind}"))
    for number in range(1, draw(st.integers(1, units)) + 1):
        unit = f"unit-{number}"
        capacity = draw(st.sampled_from((None, 0, 1, 1, 2, 2, 3)))
        rows.units.append((unit, f"单位{number}", None, draw(st.sampled_from(("agency", "bank"))), True, capacity, 10))
        rows.able += [(unit, code) for code in CODES if draw(st.integers(0, 2))]
        if draw(st.integers(0, 3)):
            rows.located.append((unit, draw(st.sampled_from(places))))
        for target in draw(st.lists(st.sampled_from(targets), unique=True, max_size=1)):
            services = draw(st.sampled_from((None, ["meals"], ["mediation"])))
            since = draw(st.sampled_from((None, dt.date(2026, 1, 1), dt.date(2026, 9, 1))))
            until = draw(st.sampled_from((None, None, dt.date(2026, 8, 1)))) if since != dt.date(2026, 9, 1) else None
            rows.pairings.append(
                (
                    f"PAIRED_WITH:{unit}>{target}",
                    unit,
                    target,
                    services,
                    draw(st.sampled_from((None, 1, 1, 2))),
                    since,
                    until,
                    None,
                )
            )
            rows.able += [(unit, code) for code in services or ()]
    if draw(st.integers(0, 2)) == 0:
        rows.given.append(("service:meals", "res-1", draw(st.sampled_from(places))))
        rows.providers.append(("res-1", "Resource", "食堂"))
    return rows


def snapshot(rows: Rows) -> Snapshot:
    """The snapshot of some rows."""
    return build(rows, HOME, DAY)


@st.composite
def options(draw: st.DrawFn, rows: Rows, *, sets: bool = True, several: bool = True) -> dict[str, Any]:
    """Options of a certificate or plan: one requirement or all, sometimes with limits; with ``sets`` what a planner sets, too."""
    ids = [row[0] for row in rows.needed]
    given: dict[str, Any] = {"candidates": draw(st.sampled_from((0, 1, 8)))}
    if not (several and draw(st.booleans())):
        given["requirements"] = (draw(st.sampled_from(ids)),)
    if draw(st.integers(0, 2)) == 0:
        given["max_hops"] = draw(st.integers(0, 3))
    if draw(st.integers(0, 4)) == 0:
        given["kinds"] = (rows.units[0][3],)
    if draw(st.integers(0, 4)) == 0:
        given["without"] = (rows.units[0][0],)
    if sets:
        targets = [row[0] for row in rows.areas if row[1] in ("Community", "Grid")]
        pairs = [f"{unit[0]}>{target}" for unit in rows.units for target in targets]
        given["forbidden"] = tuple(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=1)))
        if draw(st.integers(0, 2)) == 0:
            given["locked"] = tuple(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=1)))
    return given
