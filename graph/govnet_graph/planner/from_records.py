"""The rows of a snapshot from records: for data sets that are in no graph, and to check what a graph gives."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from govnet_graph.planner.building import ANCHORS, BODIES, JOINS, Rows, build
from govnet_graph.planner.snapshot import LEVELS, Snapshot
from govnet_graph.records import Dataset, Edge, Node, Properties


def snapshot_of(data: Dataset, as_of: dt.date, area: str | None = None) -> Snapshot:
    """The snapshot of a data set; ``area`` is its home unless given. Raises NotInSnapshot, BadCapacity."""
    return build(rows_of(data, as_of), area or data.home, as_of)


def holds(props: Properties, day: dt.date) -> bool:
    """Whether what carries these properties holds on a day."""
    since, until = props.get("since"), props.get("until")
    return not (isinstance(since, dt.date) and day < since) and not (isinstance(until, dt.date) and day >= until)


def rows_of(data: Dataset, day: dt.date) -> Rows:
    """The rows of everything that holds on the day."""
    return _Reading(data, day).rows()


class _Reading:
    def __init__(self, data: Dataset, day: dt.date) -> None:
        self.day = day
        self.nodes = {node.id: node for node in data.nodes if holds(node.props, day)}
        #: Needs that something meets from a later day on; what that is need not hold yet.
        self.later = {
            e.start
            for e in data.edges
            if e.type == "MET_BY" and isinstance(s := e.props.get("since"), dt.date) and s > day
        }
        self.every: dict[str, list[Edge]] = defaultdict(list)
        for edge in data.edges:
            if edge.start in self.nodes and edge.end in self.nodes:
                self.every[edge.type].append(edge)

    def of(self, *labels: str) -> Iterator[Node]:
        return (node for node in self.nodes.values() if node.label in labels)

    def links(self, type_: str, start: str = "", end: str | tuple[str, ...] = "") -> Iterator[Edge]:
        """Relationships that hold on the day, of a type and between nodes of the labels, where these are given."""
        ends = (end,) if isinstance(end, str) else end
        for edge in self.every[type_]:
            fits = (not start or self.nodes[edge.start].label == start) and (
                ends == ("",) or self.nodes[edge.end].label in ends
            )
            if fits and holds(edge.props, self.day):
                yield edge

    def code(self, service: str) -> Any:
        return self.nodes[service].props.get("code")

    def rows(self) -> Rows:
        rows = Rows(
            areas=list(self.areas()),
            needed=[(n.id, n.props) for n in self.of("Requirement")],
            services=[(n.id, *_got(n.props, "code", "name", "name_en", "group")) for n in self.of("Service")],
            units=[(n.id, *_got(n.props, *_UNIT)) for n in self.of("Unit")],
            able=list(self.able()),
            located=[
                (e.start, e.end) for e in self.links("LOCATED_IN", end=LEVELS) if self.nodes[e.start].label in _PLACED
            ],
            pairings=list(self.pairings()),
            given=list(self.given()),
            ledgers=[
                (self.nodes[e.start].props.get("kind"), e.end, e.start) for e in self.links("COMPLETE_FOR", end=LEVELS)
            ],
            offers=[(e.start, e.end, *_got(e.props, "capacity", "schedule")) for e in self.links("OFFERS")],
            resources=[(n.id, *_got(n.props, *_RESOURCE)) for n in self.of("Resource")],
            provides=[(e.start, self.code(e.end)) for e in self.links("PROVIDES", "Resource")],
            serves=[(e.start, e.end, e.props.get("group")) for e in self.links("SERVES", "Resource", LEVELS)],
            asks=[(e.start, self.code(e.end)) for e in self.links("FOR", end="Service")],
            raised=[(e.start, e.end) for e in self.links("RAISED_BY", "Need", LEVELS)],
            projects=[(n.id, *_got(n.props, "name", "state")) for n in self.of("Project")],
            meant=[(e.start, e.end) for e in self.links("FOR", "Project", "Need")],
        )
        rows.needs = list(self.needs())
        rows.ties, rows.bodies = self.ties()
        giving = {row[1] for row in rows.given}
        rows.providers = [
            (n.id, n.label, n.props.get("title") if n.label == "Member" else n.props.get("name"))
            for n in self.nodes.values()
            if n.id in giving
        ]
        return rows

    def areas(self) -> Iterator[tuple[Any, ...]]:
        above: dict[str, list[str]] = defaultdict(list)
        for edge in self.links("PART_OF", end=LEVELS):
            upper = LEVELS.index(self.nodes[edge.end].label)
            label = self.nodes[edge.start].label
            if label in LEVELS and LEVELS.index(label) == upper + 1:
                above[edge.start].append(edge.end)
        for node in self.of(*LEVELS):
            for parent in above.get(node.id, [None] if node.label == LEVELS[0] else []):
                yield (node.id, node.label, *_got(node.props, "name", "name_en"), parent, *_got(node.props, *_AREA))

    def able(self) -> Iterator[tuple[str, Any]]:
        for edge in self.every["PAIRED_WITH"]:
            # What a unit once undertook it can do, so an ended pairing tells it too; one that is to come does not yet.
            since = edge.props.get("since")
            if not (isinstance(since, dt.date) and since > self.day):
                yield from ((edge.start, code) for code in _texts(edge.props.get("services")))
        provided: dict[str, list[Any]] = defaultdict(list)
        for edge in self.links("PROVIDES", "Resource"):
            provided[edge.start].append(self.code(edge.end))
        for edge in self.links("OFFERS", "Unit"):
            yield from ((edge.start, code) for code in provided[edge.end])
        for edge in self.links("MEMBER_OF", "Member", "Unit"):
            yield from ((edge.end, code) for code in _texts(self.nodes[edge.start].props.get("skills")))

    def pairings(self) -> Iterator[tuple[Any, ...]]:
        for edge in self.every["PAIRED_WITH"]:
            until = edge.props.get("until")
            if not (isinstance(until, dt.date) and until <= self.day):
                yield (edge.id, edge.start, edge.end, *_got(edge.props, *_PAIRING))

    def given(self) -> Iterator[tuple[str, str, str]]:
        for edge in self.links("RESPONSIBLE_FOR", "Organization", LEVELS):
            level = self.nodes[edge.start].props.get("level")
            if level is not None:
                yield f"chain:{level}", edge.start, edge.end
        for edge in self.links("ASSIGNED_TO", "Member", LEVELS):
            if edge.props.get("role") == "full-time":
                yield "worker:full-time", edge.start, edge.end
            if edge.props.get("profession") is not None:
                yield f"worker:{edge.props['profession']}", edge.start, edge.end
        provided: dict[str, list[Any]] = defaultdict(list)
        for edge in self.links("PROVIDES", "Resource"):
            provided[edge.start].append(self.code(edge.end))
        for edge in self.links("SERVES", "Resource", LEVELS):
            yield f"resource:{self.nodes[edge.start].props.get('kind')}", edge.start, edge.end
            yield from ((f"service:{code}", edge.start, edge.end) for code in provided[edge.start])

    def ties(self) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Ties and bodies of every district; which of them belong to one is decided when the snapshot is built."""
        ties = [e for type_ in ANCHORS for e in self.links(type_, end=LEVELS) if self.joins(e.start)]
        ties += [e for type_ in JOINS for e in self.links(type_) if self.joins(e.start) and self.joins(e.end)]
        bodies = [(n.id, n.label, n.props.get("title" if n.label == "Member" else "name")) for n in self.of(*BODIES)]
        return [(e.type, e.start, e.end) for e in ties], bodies

    def joins(self, node: str) -> bool:
        return self.nodes[node].label in BODIES

    def needs(self) -> Iterator[tuple[Any, ...]]:
        met = {edge.start for edge in self.links("MET_BY")}
        for node in self.of("Need"):
            raised, state = node.props.get("raised_on"), node.props.get("state")
            withdrawn = node.props.get("withdrawn_on")
            kept = isinstance(withdrawn, dt.date) and withdrawn > self.day
            if (state == "withdrawn" and not kept) or (isinstance(raised, dt.date) and raised > self.day):
                continue
            wanted = state == "open" or kept or (state == "met" and node.id in self.later)
            unmet = wanted and node.id not in met
            yield (node.id, *_got(node.props, "name", "headcount", "priority"), unmet)


_UNIT = ("name", "name_en", "kind", "district_agency", "pairing_capacity", "party_members")
_AREA = ("demonstration", "households", "residents", "residents_over_70")
_RESOURCE = ("name", "kind", "capacity", "capacity_unit", "capacity_bound", "schedule", "open_to_public")
_PAIRING = ("services", "capacity_used", "since", "until", "programme")
_PLACED = ("Unit", "Resource")


def _got(props: Properties, *names: str) -> tuple[Any, ...]:
    return tuple(props.get(name) for name in names)


def _texts(value: Any) -> list[str]:
    return list(value or ())
