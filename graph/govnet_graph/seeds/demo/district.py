"""One district to be filled: its areas, its numbers, and what an earlier data set already says about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from govnet_graph.records import Dataset, Node, RecordError
from govnet_graph.seeds.demo.dice import Dice
from govnet_graph.seeds.demo.profile import Profile

AREA_LABELS = ("District", "Street", "Community")
_DISTRICT, _STREET = 6, 9


@dataclass(frozen=True, slots=True)
class Area:
    """A street or community; ``urban`` is false for villages."""

    code: str
    name: str
    urban: bool = True

    @property
    def street(self) -> str:
        """Code of the street that it is or lies in."""
        return self.code[:_STREET]


@dataclass(frozen=True, slots=True)
class Held:
    """What a data set has already, so that the fill adds only the rest.

    ``counts`` is by the profile's names; ``workers`` lists communities with a full-time worker and ``canteens``
    streets with a canteen; ``ids`` holds every id of the data set.
    """

    counts: Counter[str] = field(default_factory=Counter)
    workers: frozenset[str] = frozenset()
    canteens: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


def held_by(data: Dataset) -> Held:
    """What ``data`` holds of the things that the profile counts."""
    labels = {node.id: node for node in data.nodes}
    counts: Counter[str] = Counter()
    for node in data.nodes:
        if node.label == "Resource" and node.props.get("kind") == "canteen":
            counts["canteens"] += 1
        elif node.label == "Member" and node.props.get("kind") == "full-time-grid-worker":
            counts["full_time_workers"] += 1
    workers, canteens = set(), set()
    for edge in data.edges:
        if edge.type == "ASSIGNED_TO" and edge.props.get("role") == "full-time":
            workers.add(edge.end)
        elif edge.type == "SERVES" and labels[edge.start].props.get("kind") == "canteen":
            canteens.add(edge.end[:_STREET])
    return Held(counts, frozenset(workers), frozenset(canteens), frozenset(labels))


@dataclass(frozen=True)
class District:
    """A district with its streets and communities in code order."""

    code: str
    streets: tuple[Area, ...]
    communities: tuple[Area, ...]
    profile: Profile
    seed: int
    held: Held

    def dice(self, *topic: object) -> Dice:
        """A stream of random choices for one topic of this district."""
        return Dice("demo", self.seed, self.code, *topic)

    @cached_property
    def _areas_of_kind(self) -> dict[str, int]:
        urban = sum(c.urban for c in self.communities)
        return {
            "district": 1,
            "street": len(self.streets),
            "community": urban,
            "village": len(self.communities) - urban,
            "area": len(self.communities),
        }

    def total(self, name: str) -> int:
        """How many of a thing the fill adds here: the exact number in the profile's own district, else the scaled one.

        Raises RecordError where the profile does not say.
        """
        count = self.profile.counts.get(name)
        if count is None:
            raise RecordError(f"the profile has no count {name!r}", hint="Add it to counts in demo/profile.yaml.")
        exact = count.exact if self.code == self.profile.district else None
        wanted = count.scaled(self._areas_of_kind[count.per]) if exact is None else exact
        return max(0, wanted - self.held.counts[name])

    def anchor(self, id_: str) -> str | None:
        """``id_`` where the data set to be completed has such a node, else None."""
        return id_ if id_ in self.held.ids else None


def districts(areas: Iterable[Node], profile: Profile, seed: int, held: Held) -> Iterator[District]:
    """The districts of a list of areas that have communities, one at a time.

    Areas of other labels are passed over. Within a district any order will do. Raises RecordError where a district's
    areas are not together or a community's street is missing.
    """
    done: set[str] = set()
    for code, group in groupby((a for a in areas if a.label in AREA_LABELS), key=lambda a: a.id[:_DISTRICT]):
        if code in done:
            raise RecordError(f"the areas of district {code} are not together", hint="Sort the list of areas by code.")
        done.add(code)
        rows = sorted(group, key=lambda a: a.id)
        streets = tuple(Area(a.id, str(a.props["name"])) for a in rows if a.label == "Street")
        communities = tuple(
            Area(a.id, str(a.props["name"]), a.props.get("kind") != "village") for a in rows if a.label == "Community"
        )
        lost = {c.street for c in communities} - {s.code for s in streets}
        if lost:
            raise RecordError(f"the list of areas has communities of {min(lost)}, but not that street")
        if communities:
            yield District(code, streets, communities, profile, seed, held)
