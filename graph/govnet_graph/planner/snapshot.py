"""A snapshot: everything about one district on one day that the planner reads, frozen, with a hash of its content.

Areas stand in preorder (each before those in it, siblings by id), so that an area is the interval ``[i, end[i])`` and
counts are running sums. The hash covers ids and facts in a canonical order, not display names nor the data version: the
same facts give the same hash whatever the order of rows, and renaming changes nothing but the display.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from govnet_graph.coverage import Requirement
from govnet_graph.planner.errors import NotInSnapshot
from govnet_graph.schema import Text

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
LEVELS = ("District", "Street", "Community", "Grid")
UNKNOWN = -1


def _freeze(holder: object) -> None:
    """Make the arrays of a part read-only: a snapshot is kept and shared."""
    for value in vars(holder).values():
        if isinstance(value, np.ndarray):
            value.setflags(write=False)


@dataclass(frozen=True, eq=False)
class Areas:
    """The areas of the district in preorder; all arrays have one entry per area.

    Attributes
    ----------
    ids, names, names_en : tuple of str
        ``names_en`` is the name where there is no English one.
    level : int array
        Index into ``LEVELS``: 0 district, 1 street, 2 community, 3 grid.
    parent : int array
        Index of the area directly above; -1 for the district.
    end : int array
        The area and all areas in it are those from its own index up to this one (exclusive).
    demonstration : bool array
        Whether a grid is a demonstration point.
    households, residents, residents_over_70 : int array
        -1 where unknown.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    level: IntArray
    parent: IntArray
    end: IntArray
    demonstration: BoolArray
    households: IntArray
    residents: IntArray
    residents_over_70: IntArray

    def __post_init__(self) -> None:
        _freeze(self)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def by_id(self) -> Mapping[str, int]:
        """Index by id."""
        return {area: i for i, area in enumerate(self.ids)}

    def index(self, area: str) -> int:
        """Index of an area. Raises NotInSnapshot."""
        if area not in self.by_id:
            raise NotInSnapshot(
                f"There is no area {area!r} in this snapshot.", hint="Give the code of an area of the district."
            )
        return self.by_id[area]

    @cached_property
    def ancestors(self) -> IntArray:
        """Per area its street, community … : shape (areas, 4), the index of the area of each level; -1 below its own."""
        table = np.full((len(self), len(LEVELS)), UNKNOWN, dtype=np.int64)
        at = np.arange(len(self), dtype=np.int64)
        current = at.copy()
        for _ in LEVELS:
            live = current >= 0
            table[at[live], self.level[current[live]]] = current[live]
            current = np.where(live, self.parent[np.maximum(current, 0)], UNKNOWN)
        return table

    def hops(self, a: int, b: int) -> int:
        """Steps between two areas along the hierarchy: 0 for the same, 2 for neighbours in one community."""
        return int(self.hops_from(a)[b])

    def hops_from(self, a: int) -> IntArray:
        """Steps from an area to every area."""
        shared = ((self.ancestors == self.ancestors[a]) & (self.ancestors >= 0)).sum(axis=1) - 1
        return np.asarray(self.level + self.level[a] - 2 * shared)


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of service. ``group`` is whom it is for."""

    id: str
    code: str
    name: str
    name_en: str
    group: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An institution that can pair.

    Attributes
    ----------
    capacity : int or None
        Largest number of grids that it can pair with; None where unknown.
    members : int or None
        Party members that it states; None where unknown.
    services : tuple of str
        Codes that it is known to be able to give: undertaken in a pairing (also an ended one), provided by a resource that it
        offers, or a skill of one of its members.
    at : tuple of int
        Areas where it lies; empty where unknown.
    elsewhere : int
        Pairing capacity that pairings outside the district use, now or later.
    """

    id: str
    name: str
    name_en: str
    kind: str
    agency: bool
    capacity: int | None
    members: int | None
    services: tuple[str, ...]
    at: tuple[int, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """A pairing that holds on the day (``present``) or begins later.

    ``used`` is the share of the unit's capacity that it takes; a pairing that states none counts 1.
    """

    id: str
    unit: str
    area: int
    services: tuple[str, ...]
    used: int
    since: dt.date | None
    until: dt.date | None
    programme: str | None
    present: bool


@dataclass(frozen=True, slots=True)
class Provider:
    """Who or what gives something to an area other than by a pairing; a member is shown by role title, never by name."""

    id: str
    label: str
    name: str


@dataclass(frozen=True, eq=False)
class Given:
    """Links that are evidence of one key, each once: ``providers[i]`` gives it to ``areas[i]`` (indexes), in order."""

    providers: IntArray
    areas: IntArray

    def __post_init__(self) -> None:
        _freeze(self)


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit, organization or member makes a resource available."""

    giver: str
    resource: str
    capacity: int | None
    schedule: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A place or thing that serves people. ``serves`` holds (area, group or None); ``at`` is where it lies, if known."""

    id: str
    name: str
    kind: str
    capacity: int | None
    capacity_unit: str | None
    lower_bound: bool
    schedule: str | None
    open_to_public: bool | None
    services: tuple[str, ...]
    serves: tuple[tuple[int, str | None], ...]
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A need that residents raised by the day and did not withdraw; ``unmet`` where nothing meets it on the day."""

    id: str
    name: str
    services: tuple[str, ...]
    areas: tuple[int, ...]
    headcount: int | None
    priority: int | None
    unmet: bool


@dataclass(frozen=True, slots=True)
class Project:
    """A livelihood project with the services and needs that it is for."""

    id: str
    name: str
    state: str
    services: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Complete:
    """A ledger that is complete for an area (index) on the day."""

    kind: str
    area: int
    ledger: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship that joins two bodies or people, or one of them to an area; both ends are ids."""

    type: str
    start: str
    end: str


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One district on one day.

    Attributes
    ----------
    root : int
        Index of the area that was asked for; results are about it and what lies in it.
    areas : Areas
        All areas of its district.
    requirements : tuple of Requirement
        Those that hold on the day, by priority and id.
    providers : tuple of Provider
        What ``given`` points into, by id.
    given : mapping of str to Given
        Evidence other than pairings, by key (``chain:3``, ``worker:police``, ``service:meals``, ``resource:station``).
    bodies : tuple of Provider
        Units, organizations and members that have to do with the areas, and those joined to them, by id.
    ties : tuple of Tie
        Memberships, seats, superiors, responsibilities and assignments among them.
    data_version : int or None
        Version of the graph's data; None for records that are in no graph. Not part of the hash.
    hash : str
        SHA-256 over the content.
    """

    as_of: dt.date
    root: int
    areas: Areas
    requirements: tuple[Requirement, ...]
    services: tuple[Service, ...]
    units: tuple[Unit, ...]
    pairings: tuple[Pairing, ...]
    providers: tuple[Provider, ...]
    given: Mapping[str, Given]
    ledgers: tuple[Complete, ...]
    offers: tuple[Offer, ...]
    resources: tuple[Resource, ...]
    needs: tuple[Need, ...]
    projects: tuple[Project, ...]
    bodies: tuple[Provider, ...]
    ties: tuple[Tie, ...]
    data_version: int | None
    hash: str
    unit_index: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit_index", {unit.id: i for i, unit in enumerate(self.units)})

    @cached_property
    def inside(self) -> tuple[int, int]:
        """The interval of areas that the snapshot was asked about."""
        return self.root, int(self.areas.end[self.root])

    @cached_property
    def pairing_ids(self) -> frozenset[str]:
        """Ids of all pairings."""
        return frozenset(p.id for p in self.pairings)

    @cached_property
    def present(self) -> tuple[Pairing, ...]:
        """The pairings that hold on the day."""
        return tuple(p for p in self.pairings if p.present)

    def unit(self, unit: str) -> Unit:
        """A unit by id. Raises NotInSnapshot."""
        if unit not in self.unit_index:
            raise NotInSnapshot(
                f"There is no unit {unit!r} in this snapshot.", hint="Give the id of a unit of the district."
            )
        return self.units[self.unit_index[unit]]

    def requirement(self, requirement: str) -> Requirement:
        """A requirement by id. Raises NotInSnapshot."""
        for one in self.requirements:
            if one.id == requirement:
                return one
        known = ", ".join(r.id for r in self.requirements) or "none"
        raise NotInSnapshot(f"There is no requirement {requirement!r} in this snapshot.", hint=f"There are: {known}.")

    def service(self, code: str) -> Service | None:
        """A service by code."""
        return next((s for s in self.services if s.code == code), None)

    def called(self, areas: Iterable[str] = ()) -> dict[str, Text]:
        """Names of requirements and of some areas by id, and of services by code."""
        found = {service.code: Text(service.name, service.name_en or service.name) for service in self.services}
        at = ((area, self.areas.index(area)) for area in areas)
        found |= {area: Text(self.areas.names[i], self.areas.names_en[i]) for area, i in at}
        return found | {rule.id: Text(rule.name, rule.name_en or rule.name) for rule in self.requirements}
