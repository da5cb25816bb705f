"""What exports and imports share: what may be shown, what an export says of itself, records that were read, writers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from govnet_graph.errors import BadInput
from govnet_graph.records import Edge, Node, Properties
from govnet_graph.schema import SCHEMA, Privacy, Property
from govnet_graph.standards.reasons import Why

#: Labels and types that tell how the graph came to be what it is; they are left out unless history is asked for.
HISTORY_LABELS = frozenset({"Plan", "Change"})
HISTORY_TYPES = frozenset({"CHANGES", "SUPERSEDED"})
#: Made from the other properties by the store; never part of an export.
DERIVED = frozenset({"search"})


class FileUnreadable(BadInput):
    """A file does not have the structure of the standard that it is read as."""

    code = "file-unreadable"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be shown of the graph, by the schema's privacy classes.

    Parameters
    ----------
    names : bool
        Show personal and sensitive properties, such as names of members.
    history : bool
        Show internal properties too, and the plans, changes and superseded relationships of the graph's own history.
    """

    names: bool = False
    history: bool = False

    def allows(self, prop: Property) -> bool:
        """Whether a property may be shown."""
        if prop.name in DERIVED:
            return False
        return self.names if prop.privacy.masked_by_default else self.history or prop.privacy is Privacy.PUBLIC

    def labels(self) -> tuple[str, ...]:
        """The labels to export, in the schema's order."""
        return tuple(label for label in SCHEMA.nodes if self.history or label not in HISTORY_LABELS)

    def types(self) -> tuple[str, ...]:
        """The relationship types to export, in the schema's order."""
        return tuple(type_ for type_ in SCHEMA.relationships if self.history or type_ not in HISTORY_TYPES)

    def node_properties(self, label: str) -> tuple[Property, ...]:
        """What may be shown of nodes of one label, besides the id, in the schema's order."""
        return _node_properties(self, label)

    def edge_properties(self, type_: str) -> tuple[Property, ...]:
        """What may be shown of relationships of one type, besides the id, in the schema's order."""
        return _edge_properties(self, type_)

    def node(self, node: Node) -> Node:
        """The node as it may be shown. What the schema does not know is left out: nobody said that it is public."""
        declared = self.node_properties(node.label)
        return Node(
            node.label, node.id, {p.name: node.props[p.name] for p in declared if node.props.get(p.name) is not None}
        )

    def edge(self, edge: Edge) -> Edge:
        """The relationship as it may be shown."""
        declared = self.edge_properties(edge.type)
        shown = {p.name: edge.props[p.name] for p in declared if edge.props.get(p.name) is not None}
        return Edge(edge.type, edge.start, edge.end, edge.id, shown)


@lru_cache(maxsize=256)
def _node_properties(disclosure: Disclosure, label: str) -> tuple[Property, ...]:
    return tuple(p for p in SCHEMA.nodes[label].properties if p.name != "id" and disclosure.allows(p))


@lru_cache(maxsize=256)
def _edge_properties(disclosure: Disclosure, type_: str) -> tuple[Property, ...]:
    declared = {p.name: p for p in SCHEMA.relationships[type_].properties}
    if type_ == "SUPERSEDED":
        # It carries what the relationship had that it once was.
        for other in SCHEMA.relationships.values():
            declared |= {p.name: p for p in other.properties if p.name not in declared}
    return tuple(p for p in declared.values() if p.name != "id" and disclosure.allows(p))


def display_name(node: Node) -> str:
    """What stands for a node where only one text fits: its name, a member's role title where the name may not be shown."""
    return str(node.props.get("name") or node.props.get("title") or node.id)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and how many of them were generated for demonstration."""

    total: int = 0
    synthetic: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself. It holds no clock unless ``stamp`` was asked for: the same graph gives the same bytes."""

    dataset: str
    home: str
    data_version: int
    disclosure: Disclosure
    nodes: Mapping[str, Count]
    edges: Mapping[str, Count]
    stamp: dt.datetime | None = None
    schema_version: int = SCHEMA.version

    @property
    def synthetic(self) -> int:
        """Number of records that were generated for demonstration."""
        return sum(count.synthetic for count in (*self.nodes.values(), *self.edges.values()))

    @property
    def total(self) -> int:
        """Number of records in all."""
        return sum(count.total for count in (*self.nodes.values(), *self.edges.values()))

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        told: dict[str, Any] = {
            "dataset": self.dataset,
            "home": self.home,
            "data_version": self.data_version,
            "schema_version": self.schema_version,
            "names": self.disclosure.names,
            "history": self.disclosure.history,
            "nodes": sum(count.total for count in self.nodes.values()),
            "relationships": sum(count.total for count in self.edges.values()),
            "synthetic": self.synthetic,
        }
        if self.synthetic:
            told["notice"] = {
                "zh": f"含 {self.synthetic} 条为演示而生成的记录（synthetic）",
                "en": f"{self.synthetic} records were generated for demonstration (synthetic)",
            }
        if self.stamp is not None:
            told["exported_at"] = self.stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        return told


class Writer(Protocol):
    """Takes a graph in pages and writes it in one format.

    ``labels`` and ``types`` say what it can carry; it is given all nodes, label after label in the schema's order and by
    id, then all relationships, type after type. Records come as they may be shown; nothing is to be kept back here.
    """

    labels: frozenset[str]
    types: frozenset[str]

    def begin(self, about: About) -> None:
        """Called once, first."""

    def nodes(self, label: str, page: Sequence[Node], /) -> None:
        """Some nodes of one label."""

    def edges(self, type_: str, page: Sequence[Edge], /) -> None:
        """Some relationships of one type."""

    def end(self) -> None:
        """Called once, last; the file is whole afterwards."""


EVERY_LABEL = frozenset(SCHEMA.nodes)
EVERY_TYPE = frozenset(SCHEMA.relationships)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a file that was not imported: where (a JSON pointer) and why."""

    path: str
    why: Why

    @property
    def reason(self) -> str:
        """The reason in English."""
        return self.why.text.en


@dataclass(frozen=True, slots=True)
class Records:
    """What a file yielded: records that fit the schema, and everything that was left out, by name.

    Relationships may lead to ids that are not among ``nodes``, such as an area of the graph; whoever applies them resolves
    or refuses these. ``nodes`` begins with the Source that all records rest on: the file itself.
    """

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    unread: tuple[Unread, ...] = ()
    about: Properties = field(default_factory=dict)

    @property
    def source(self) -> Node:
        """The file as a Source."""
        return self.nodes[0]

    @property
    def elsewhere(self) -> frozenset[str]:
        """Ids that relationships lead to and that are not among the nodes."""
        held = {node.id for node in self.nodes}
        return frozenset(end for edge in self.edges for end in (edge.start, edge.end) if end not in held)
