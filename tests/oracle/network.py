"""Paths: a member's units, shortest paths between two entities, the neighbourhood of one.

A path passes no node twice. Its relationships and the nodes after the first all hold on the day; between two entities the
first must hold too, so that the way back is the same.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import networkx as nx

from tests.oracle.values import any_entity, entity, page, path
from tests.oracle.world import Link, Rows, World

Parameters = Mapping[str, Any]
Walk = tuple[list[str], list[Link]]
CONNECTION = ("MEMBER_OF", "SITS_ON", "ASSIGNED_TO", "PAIRED_WITH", "RESPONSIBLE_FOR", "OFFERS", "SERVES", "PART_OF")
NETWORK = (*CONNECTION, "LOCATED_IN")


def walks(
    world: World, start: str, types: Collection[str], day: dt.date, most: int, through: Callable[[str], bool]
) -> Iterator[Walk]:
    """Every path of 1 to ``most`` relationships from a node; only nodes that ``through`` allows lead on."""
    stack: list[Walk] = [([start], [])]
    while stack:
        stops, links = stack.pop()
        for link in world.touching(stops[-1], types, day):
            following = link.other(stops[-1])
            if following in stops or not world.alive(following, day):
                continue
            longer = ([*stops, following], [*links, link])
            yield longer
            if len(longer[1]) < most and through(following):
                stack.append(longer)


def _ids(links: list[Link]) -> list[str]:
    return [x.id for x in links]


def member_units(world: World, parameters: Parameters) -> Rows:
    """Units that a member reaches without passing another unit, by path, shortest first."""
    day, member = parameters["as_of"], parameters["member"]
    if not world.has(member, "Member"):
        return []
    found = walks(world, member, CONNECTION, day, parameters["max_hops"], lambda n: not world.has(n, "Unit"))
    ending = [w for w in found if world.has(w[0][-1], "Unit")]
    ending.sort(key=lambda w: (len(w[1]), w[0][-1], _ids(w[1])))
    rows = [
        [entity(world, stops[-1]), len(links), [x.type for x in links], path(world, stops, links)]
        for stops, links in ending
    ]
    return page(rows, parameters)


def shortest_path(world: World, parameters: Parameters) -> Rows:
    """All shortest paths between two entities that are not the same; both hold on the day, as does all between them."""
    day, a, b = parameters["as_of"], parameters["from"], parameters["to"]
    if a == b or a not in world.nodes or b not in world.nodes:
        return []
    usable = nx.MultiGraph()
    usable.add_nodes_from((a, b))
    for x in world.links(NETWORK, day):
        if world.alive(x.start, day) and world.alive(x.end, day):
            usable.add_edge(x.start, x.end, key=x.id, link=x)
    if not nx.has_path(usable, a, b):
        return []
    found: list[Walk] = []
    for stops in nx.all_shortest_paths(nx.Graph(usable), a, b):
        choices: list[Walk] = [([stops[0]], [])]
        for one, two in itertools.pairwise(stops):
            choices = [([*s, two], [*links, d["link"]]) for s, links in choices for d in usable[one][two].values()]
        found += choices
    found = [w for w in found if len(w[1]) <= parameters["max_hops"]]
    found.sort(key=lambda w: _ids(w[1]))
    return page(
        [[len(links), [x.type for x in links], path(world, stops, links)] for stops, links in found], parameters
    )


def neighbourhood(world: World, parameters: Parameters) -> Rows:
    """Entities around one, by path."""
    found = list(
        walks(world, parameters["entity"], NETWORK, parameters["as_of"], parameters["max_hops"], lambda _: True)
    )
    found.sort(key=lambda w: (len(w[1]), w[0][-1], _ids(w[1])))
    return page(
        [[any_entity(world, stops[-1]), len(links), path(world, stops, links)] for stops, links in found], parameters
    )


NETWORKS = {"member-units": member_units, "shortest-path": shortest_path, "neighbourhood": neighbourhood}
