"""Puts the themes of a district together and hands out its records area by area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govnet_graph.records import Edge, Node
from govnet_graph.seeds.demo.activities import Activities
from govnet_graph.seeds.demo.bodies import Bodies
from govnet_graph.seeds.demo.buildings import Buildings
from govnet_graph.seeds.demo.cases import Cases
from govnet_graph.seeds.demo.chain import Chain
from govnet_graph.seeds.demo.dispatch import Dispatch
from govnet_graph.seeds.demo.district import District, Held, districts
from govnet_graph.seeds.demo.grids import Grids
from govnet_graph.seeds.demo.ledgers import ledger_records
from govnet_graph.seeds.demo.lists import Lists
from govnet_graph.seeds.demo.offers import Offers
from govnet_graph.seeds.demo.pairings import Pairings
from govnet_graph.seeds.demo.people import People
from govnet_graph.seeds.demo.places import Places
from govnet_graph.seeds.demo.profile import Profile
from govnet_graph.seeds.demo.sheet import Sheet
from govnet_graph.seeds.demo.units import Units
from govnet_graph.seeds.demo.workers import Workers


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of one area: a district's own (its code), or one community's.

    Relationships lead to records of the same batch, of earlier batches, to the areas themselves, or to services of the
    code list.
    """

    area: str
    nodes: list[Node]
    edges: list[Edge]


def stream(areas: Iterable[Node], profile: Profile, seed: int = 1, held: Held | None = None) -> Iterator[Batch]:
    """A synthetic fill for any list of areas, batch by batch; no more than one district's plan is held in memory.

    Parameters
    ----------
    areas : iterable of Node
        Districts, streets and communities; all of one district next to each other.
    profile : Profile
        How many of what; see ``read_profile``.
    seed : int
        The same seed gives the same records, on every Python and for every district by itself.
    held : Held, optional
        What the data set that is completed has already.

    Raises
    ------
    RecordError
        The areas of one district are not together.
    """
    for district in districts(areas, profile, seed, held or Held()):
        yield from _fill(district)


def generate(
    areas: Iterable[Node], profile: Profile, seed: int = 1, held: Held | None = None
) -> tuple[list[Node], list[Edge]]:
    """All records of ``stream`` at once, for a list of areas in any order."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for batch in stream(sorted(areas, key=lambda area: area.id), profile, seed, held):
        nodes += batch.nodes
        edges += batch.edges
    return nodes, edges


def _fill(district: District) -> Iterator[Batch]:
    grids = Grids(district)
    chain = Chain(district, grids)
    units = Units(district)
    pairings = Pairings(district, grids, units)
    workers = Workers(district, grids, chain, units)
    bodies = Bodies(district, chain, units, pairings)
    people = People(district, grids, chain)
    places = Places(district, grids, chain)
    activities = Activities(district, grids, chain, units, pairings, places)
    left_out = district.profile.leave_out

    sheet = Sheet()
    units.district_records(sheet, pairings.capacity)
    chain.district_records(sheet)
    workers.district_records(sheet)
    people.district_records(sheet)
    bodies.district_records(sheet)
    Offers(district, units).district_records(sheet)
    if "activities" not in left_out:
        activities.district_records(sheet)
    ledger_records(district, sheet)
    yield Batch(district.code, sheet.nodes, sheet.edges)

    parts = [
        grids.community,
        chain.community,
        people.community,
        places.community,
        pairings.community,
        workers.community,
        bodies.community,
    ]
    if "buildings" not in left_out:
        parts.append(Buildings(district, grids, chain).community)
    if "lists" not in left_out:
        parts.append(Lists(district, grids, chain, pairings, places).community)
    if "activities" not in left_out:
        parts.append(activities.community)
    if "cases" not in left_out:
        dispatch = Dispatch(chain, units, pairings, workers, bodies, people)
        parts.append(Cases(district, grids, bodies, activities, dispatch).community)
    for index, community in enumerate(district.communities):
        sheet = Sheet()
        for part in parts:
            part(sheet, index)
        yield Batch(community.code, sheet.nodes, sheet.edges)

    if "activities" not in left_out:
        sheet = Sheet()
        people.gatherings(sheet)
        people.trainings(sheet)
        yield Batch(district.code, sheet.nodes, sheet.edges)
