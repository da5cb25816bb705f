"""Builds a snapshot from plain rows, which a graph and a set of records both give, and hashes it.

Rows are tuples in any order; ids of areas are texts here and become indexes. What leads to no area of the district is
left out, as the questions of the catalogue leave it out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from govnet_graph.coverage import Evidence, Requirement
from govnet_graph.planner.errors import BadCapacity, NotInSnapshot
from govnet_graph.planner.snapshot import (
    LEVELS,
    UNKNOWN,
    Areas,
    Complete,
    Given,
    Need,
    Offer,
    Pairing,
    Project,
    Provider,
    Resource,
    Service,
    Snapshot,
    Tie,
    Unit,
)

Row = tuple[Any, ...]
BODIES = ("Unit", "Organization", "Member")
ANCHORS = ("RESPONSIBLE_FOR", "ASSIGNED_TO")
JOINS = ("MEMBER_OF", "SITS_ON", "PART_OF")
DISTRICT = LEVELS[0]


@dataclass(slots=True)
class Rows:
    """What holds on the day, as rows; every id is a text, every absent value None.

    ========== =====================================================================================================
    areas      id, label, name, name_en, parent (None for the district), demonstration, households, residents, over 70
    needed     id, properties of a requirement
    services   id, code, name, name_en, group
    units      id, name, name_en, kind, district_agency, pairing_capacity, party_members
    able       unit, service code
    located    unit or resource, area
    pairings   id, unit, area, services, capacity_used, since, until, programme (also those that begin after the day)
    given      key, provider, area
    providers  id, label, name
    ledgers    kind, area, ledger
    offers     giver, resource, capacity, schedule
    resources  id, name, kind, capacity, capacity_unit, capacity_bound, schedule, open_to_public
    provides   resource, service code
    serves     resource, area, group
    needs      id, name, headcount, priority, unmet
    asks       need or project, service code
    raised     need, area
    projects   id, name, state
    meant      project, need
    bodies     id, label, name
    ties       type, start, end; rows of both may stand twice, and may lead beyond the district
    ========== =====================================================================================================
    """

    areas: list[Row] = field(default_factory=list)
    needed: list[Row] = field(default_factory=list)
    services: list[Row] = field(default_factory=list)
    units: list[Row] = field(default_factory=list)
    able: list[Row] = field(default_factory=list)
    located: list[Row] = field(default_factory=list)
    pairings: list[Row] = field(default_factory=list)
    given: list[Row] = field(default_factory=list)
    providers: list[Row] = field(default_factory=list)
    ledgers: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)
    resources: list[Row] = field(default_factory=list)
    provides: list[Row] = field(default_factory=list)
    serves: list[Row] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    asks: list[Row] = field(default_factory=list)
    raised: list[Row] = field(default_factory=list)
    projects: list[Row] = field(default_factory=list)
    meant: list[Row] = field(default_factory=list)
    bodies: list[Row] = field(default_factory=list)
    ties: list[Row] = field(default_factory=list)


def build(rows: Rows, area: str, as_of: dt.date, data_version: int | None = None) -> Snapshot:
    """The snapshot of the district that ``area`` lies in, with ``area`` as its root.

    Raises
    ------
    NotInSnapshot
        The area is not there on the day.
    BadCapacity
        A unit or a pairing has a negative capacity.
    """
    areas = _areas(rows.areas, area)
    at = areas.by_id
    services = tuple(Service(row[0], row[1], row[2], row[3] or row[2], row[4]) for row in sorted(rows.services))
    placed = _grouped((r[0], at[r[1]]) for r in rows.located if r[1] in at)
    pairings = tuple(sorted((_pairing(r, at, as_of) for r in rows.pairings if r[2] in at), key=lambda p: p.id))
    units = _units(rows, placed, {p.unit for p in pairings}, at)
    known = {unit.id for unit in units}
    providers, given = _given(rows, at)
    resources = _resources(rows, placed, at)
    needs = _needs(rows, at)
    served = {resource.id for resource in resources}
    ties, bodies = _ties(rows, known, at)
    snapshot = Snapshot(
        as_of=as_of,
        root=areas.index(area),
        areas=areas,
        requirements=tuple(sorted((_requirement(r[0], r[1]) for r in rows.needed), key=lambda r: (r.priority, r.id))),
        services=services,
        units=units,
        pairings=tuple(p for p in pairings if p.unit in known),
        providers=providers,
        given=given,
        ledgers=tuple(sorted({Complete(r[0], at[r[1]], r[2]) for r in rows.ledgers if r[1] in at}, key=_fields)),
        offers=tuple(Offer(*r) for r in sorted(rows.offers, key=_nulls_first) if r[1] in served),
        resources=resources,
        needs=needs,
        projects=_projects(rows, {need.id for need in needs}),
        bodies=bodies,
        ties=ties,
        data_version=data_version,
        hash="",
    )
    return replace(snapshot, hash=content_hash(snapshot))


def _requirement(id_: str, props: Mapping[str, Any]) -> Requirement:
    """A requirement as it is stored: what it asks was judged when it was loaded, and one that suits no area meets none."""
    prefix, _, value = str(props["evidence"]).partition(":")
    return Requirement(
        id=id_,
        name=props["name"],
        name_en=props.get("name_en") or props["name"],
        level=props["level"],
        evidence=Evidence(prefix, value),
        scope=props["scope"],
        minimum=int(props["minimum"]),
        applies=props["applies"],
        group=props.get("group") or "everyone",
        ledger=props["ledger"],
        standard=props["standard"],
        priority=int(props["priority"]),
    )


def _fields(complete: Complete) -> tuple[str, int, str]:
    return complete.kind, complete.area, complete.ledger


def _nulls_first(row: Row) -> list[tuple[bool, Any]]:
    return [(value is not None, value) for value in row]


def _grouped(pairs: Iterable[tuple[str, Any]]) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, set[Any]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: tuple(sorted(values)) for key, values in found.items()}


def _areas(rows: Iterable[Row], root: str) -> Areas:
    """Areas in preorder: those of the district of ``root`` that everything above holds for, too."""
    by_id = {row[0]: row for row in sorted(rows, key=lambda r: (r[0], r[4] or ""), reverse=True)}
    inside: dict[str | None, list[str]] = defaultdict(list)
    for id_, row in by_id.items():
        inside[row[4]].append(id_)
    top = root
    for _ in LEVELS:
        if top in by_id and by_id[top][1] != DISTRICT:
            top = by_id[top][4] or ""
    if top not in by_id or by_id[top][1] != DISTRICT:
        raise NotInSnapshot(
            f"There is no area {root!r} on this day.", hint="Give the code of an area, and a day on which it holds."
        )
    order: list[str] = []
    parents: list[int] = []
    waiting = [(top, UNKNOWN)]
    while waiting:
        id_, parent = waiting.pop()
        waiting.extend((child, len(order)) for child in sorted(inside.get(id_, ()), reverse=True))
        order.append(id_)
        parents.append(parent)
    if root not in order:
        raise NotInSnapshot(
            f"There is no area {root!r} on this day.", hint="Give the code of an area, and a day on which it holds."
        )
    end = np.arange(1, len(order) + 1)
    for i in range(len(order) - 1, 0, -1):
        end[parents[i]] = max(end[parents[i]], end[i])
    listed = [by_id[id_] for id_ in order]

    def numbers(column: int) -> Any:
        return np.array([UNKNOWN if row[column] is None else row[column] for row in listed], dtype=np.int64)

    return Areas(
        ids=tuple(order),
        names=tuple(row[2] for row in listed),
        names_en=tuple(row[3] or row[2] for row in listed),
        level=np.array([LEVELS.index(row[1]) for row in listed], dtype=np.int64),
        parent=np.array(parents, dtype=np.int64),
        end=end,
        demonstration=np.array([row[5] is True for row in listed], dtype=np.bool_),
        households=numbers(6),
        residents=numbers(7),
        residents_over_70=numbers(8),
    )


def _pairing(row: Row, at: Mapping[str, int], as_of: dt.date) -> Pairing:
    id_, unit, area, services, used, since, until, programme = row
    if used is not None and used < 0:
        raise BadCapacity(
            f"The pairing {id_} uses a capacity of {used}.", hint="Correct its capacity_used; it is at least 0."
        )
    share = 1 if used is None else int(used)
    present = since is None or since <= as_of
    return Pairing(id_, unit, at[area], tuple(sorted(set(services or ()))), share, since, until, programme, present)


def _units(
    rows: Rows, placed: Mapping[str, tuple[int, ...]], paired: set[str], at: Mapping[str, int]
) -> tuple[Unit, ...]:
    """The units of the district: those that lie or pair in it, and those of which no place is known."""
    able = _grouped((r[0], r[1]) for r in rows.able)
    somewhere = {r[0] for r in rows.located}
    elsewhere: dict[str, int] = defaultdict(int)
    for row in rows.pairings:
        if row[2] not in at:
            elsewhere[row[1]] += 1 if row[4] is None else row[4]
    found = []
    for id_, name, name_en, kind, agency, capacity, members in sorted(rows.units, key=lambda r: r[0]):
        if capacity is not None and capacity < 0:
            raise BadCapacity(
                f"The unit {id_} ({name}) has a pairing capacity of {capacity}.", hint="Correct it; it is at least 0."
            )
        if id_ in placed or id_ in paired or id_ not in somewhere:
            services = able.get(id_, ())
            found.append(
                Unit(
                    id_,
                    name,
                    name_en or name,
                    kind,
                    agency is True,
                    capacity,
                    members,
                    services,
                    placed.get(id_, ()),
                    elsewhere[id_],
                )
            )
    return tuple(found)


def _given(rows: Rows, at: Mapping[str, int]) -> tuple[tuple[Provider, ...], dict[str, Given]]:
    links = sorted({(r[0], r[1], at[r[2]]) for r in rows.given if r[2] in at})
    giving = {provider for _, provider, _ in links}
    providers = tuple(Provider(*row) for row in sorted(rows.providers) if row[0] in giving)
    index = {provider.id: i for i, provider in enumerate(providers)}
    by_key: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, provider, area in links:
        by_key[key].append((index[provider], area))
    given = {}
    for key, pairs in sorted(by_key.items()):
        table = np.array(pairs, dtype=np.int64)
        given[key] = Given(table[:, 0], table[:, 1])
    return providers, given


def _resources(rows: Rows, placed: Mapping[str, tuple[int, ...]], at: Mapping[str, int]) -> tuple[Resource, ...]:
    """Resources that serve or lie in the district."""
    provides = _grouped((r[0], r[1]) for r in rows.provides)
    serves: dict[str, set[tuple[int, str | None]]] = defaultdict(set)
    for resource, area, group in rows.serves:
        if area in at:
            serves[resource].add((at[area], group))
    return tuple(
        Resource(
            *(row[0], row[1], row[2], row[3], row[4]),
            lower_bound=row[5] == "lower",
            schedule=row[6],
            open_to_public=row[7],
            services=provides.get(row[0], ()),
            serves=tuple(sorted(serves.get(row[0], ()), key=lambda pair: (pair[0], pair[1] or ""))),
            at=placed.get(row[0], ()),
        )
        for row in sorted(rows.resources, key=lambda r: r[0])
        if row[0] in serves or row[0] in placed
    )


def _needs(rows: Rows, at: Mapping[str, int]) -> tuple[Need, ...]:
    asks = _grouped((r[0], r[1]) for r in rows.asks)
    raised = _grouped((r[0], at[r[1]]) for r in rows.raised if r[1] in at)
    return tuple(
        Need(row[0], row[1], asks.get(row[0], ()), raised[row[0]], row[2], row[3], bool(row[4]))
        for row in sorted(rows.needs, key=lambda r: r[0])
        if row[0] in raised
    )


def _projects(rows: Rows, held: set[str]) -> tuple[Project, ...]:
    """Projects for a need of the district, and those for no need in particular."""
    asks, meant = _grouped((r[0], r[1]) for r in rows.asks), _grouped((r[0], r[1]) for r in rows.meant)
    found = []
    for id_, name, state in sorted(rows.projects, key=lambda r: str(r[0])):
        needs = tuple(need for need in meant.get(id_, ()) if need in held)
        if needs or id_ not in meant:
            found.append(Project(id_, name, state, asks.get(id_, ()), needs))
    return tuple(found)


def _ties(rows: Rows, units: set[str], at: Mapping[str, int]) -> tuple[tuple[Tie, ...], tuple[Provider, ...]]:
    """Ties of the bodies that have to do with the areas, those of whom they are joined to, and all these bodies."""
    direct = {(t, a, b) for t, a, b in rows.ties if t in ANCHORS and b in at}
    anchored = units | {start for _, start, _ in direct}
    joins = {(t, a, b) for t, a, b in rows.ties if t in JOINS}
    near = {(t, a, b) for t, a, b in joins if a in anchored or b in anchored}
    around = {b for _, a, b in near if a in anchored} | {a for _, a, b in near if b in anchored}
    far = {(t, a, b) for t, a, b in joins if t in JOINS[:2] and (a in around or b in around)}
    held = anchored | {end for _, a, b in near | far for end in (a, b)}
    bodies = {row[0]: Provider(*row) for row in rows.bodies if row[0] in held}
    return tuple(Tie(*tie) for tie in sorted(direct | near | far)), tuple(bodies[id_] for id_ in sorted(bodies))


def content_hash(snapshot: Snapshot) -> str:
    """SHA-256 over the snapshot's ids and facts in canonical order; neither names nor the data version are part of it."""
    digest = hashlib.sha256()

    def add(what: str, content: object) -> None:
        digest.update(f"{what}\n{json.dumps(content, ensure_ascii=False, default=str)}\n".encode())

    a = snapshot.areas
    add("areas", [snapshot.as_of, snapshot.root, a.ids])
    for column in (a.level, a.parent, a.demonstration, a.households, a.residents, a.residents_over_70):
        digest.update(np.ascontiguousarray(column).astype("<i8").tobytes())
    add("requirements", [[getattr(r, f) for f in _ASKED] + [str(r.evidence)] for r in snapshot.requirements])
    add("services", [[s.code, s.group] for s in snapshot.services])
    add(
        "units",
        [[u.id, u.kind, u.agency, u.capacity, u.members, u.services, u.at, u.elsewhere] for u in snapshot.units],
    )
    add(
        "pairings",
        [[p.id, p.unit, p.area, p.services, p.used, p.since, p.until, p.programme] for p in snapshot.pairings],
    )
    add("providers", [[p.id, p.label] for p in snapshot.providers])
    for key, links in snapshot.given.items():
        add("given", key)
        digest.update(np.stack((links.providers, links.areas)).astype("<i8").tobytes())
    add("ledgers", [_fields(c) for c in snapshot.ledgers])
    add("offers", [[o.giver, o.resource, o.capacity, o.schedule] for o in snapshot.offers])
    for resource in snapshot.resources:
        r = resource
        add(
            "resource",
            [
                r.id,
                r.kind,
                r.capacity,
                r.capacity_unit,
                r.lower_bound,
                r.schedule,
                r.open_to_public,
                r.services,
                r.serves,
                r.at,
            ],
        )
    add("needs", [[n.id, n.services, n.areas, n.headcount, n.priority, n.unmet] for n in snapshot.needs])
    add("projects", [[p.id, p.state, p.services, p.needs] for p in snapshot.projects])
    add("bodies", [[b.id, b.label] for b in snapshot.bodies])
    add("ties", [[t.type, t.start, t.end] for t in snapshot.ties])
    return digest.hexdigest()


_ASKED = ("id", "level", "scope", "minimum", "applies", "group", "ledger", "priority")
