"""What a kind of ledger is made of: columns with their targets, and what a row says in the schema's terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from govnet_graph.schema import SCHEMA, Property, Text, ValueType

RowValue = str | int | float | bool | dt.date | list[str]
"""A normalised value of a row. An absent key is an empty cell; the empty list is never used."""


class Form(StrEnum):
    """How a column's text is read beyond its type."""

    PLAIN = "plain"
    AREA_CODE = "area-code"
    PARENT_CODE = "parent-code"
    CREDIT_CODE = "credit-code"
    PHONES = "phones"
    ID_NUMBER = "id-number"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column's value goes: a property of one of the row's roles (a node or a relationship of its kind)."""

    role: str
    property: str


@dataclass(frozen=True, slots=True)
class RowNode:
    """A node that a row speaks about.

    Parameters
    ----------
    role : str
        Name within the kind, to which columns and edges refer.
    labels : tuple of str
        Labels that it may have.
    stated : bool
        True where the row states the node (it is created or patched), False where it only refers to one.
    fixed : mapping
        Properties that every node of this role carries in this kind, such as ``kind``.
    within : str
        Role of the area that a name is looked up in, such as the community of a grid; empty for none.
    """

    role: str
    labels: tuple[str, ...]
    stated: bool = False
    fixed: Mapping[str, RowValue] = field(default_factory=dict)
    within: str = ""


@dataclass(frozen=True, slots=True)
class RowEdge:
    """A relationship that a row states between two roles.

    ``end`` lists roles in order of preference: the first that the row fills in is meant (grid, else community).
    ``role`` names the relationship, so that columns can give it properties.
    """

    role: str
    type: str
    start: str
    end: tuple[str, ...]
    fixed: Mapping[str, RowValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of a ledger kind.

    Type, meaning, allowed values and privacy come from the schema's property where the column has a target; what
    is used only to tell people apart (telephone, identity number) has none and is never kept. ``refers`` says that
    the column names a node that the row does not state; ``owner`` is the label or relationship type of the target.
    """

    key: str
    text: Text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    target: Target | None = None
    form: Form = Form.PLAIN
    type: ValueType = ValueType.STRING
    values: tuple[str, ...] = ()
    minimum: float | None = None
    properties: tuple[Property, ...] = ()
    refers: bool = False
    owner: str = ""

    @property
    def kept(self) -> bool:
        """Whether the value may enter the graph."""
        return self.target is not None

    @property
    def meaning(self) -> Text:
        """The schema's description of the property; the column's own text where it has none."""
        return self.properties[0].text if self.properties else self.text


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """A kind of ledger: what one row says, and in which columns. ``id`` is one of the schema's ``LEDGER_KINDS``."""

    id: str
    text: Text
    columns: tuple[LedgerColumn, ...]
    nodes: tuple[RowNode, ...]
    edges: tuple[RowEdge, ...] = ()
    names: tuple[str, ...] = ()
    """Words by which titles and sheets name such a ledger."""

    def column(self, key: str) -> LedgerColumn:
        """The column of that key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def node(self, role: str) -> RowNode:
        """The node of that role. Raises KeyError."""
        for node in self.nodes:
            if node.role == role:
                return node
        raise KeyError(role)

    def edge(self, role: str) -> RowEdge:
        """The relationship of that role. Raises KeyError."""
        for edge in self.edges:
            if edge.role == role:
                return edge
        raise KeyError(role)

    def property_of(self, target: Target) -> tuple[Property, ...]:
        """The schema's properties that a target means: one for each label of the role. Empty when there is none."""
        for node in self.nodes:
            if node.role == target.role:
                found = (SCHEMA.nodes[label].by_name.get(target.property) for label in node.labels)
                return tuple(p for p in found if p is not None)
        for edge in self.edges:
            if edge.role == target.role:
                prop = SCHEMA.relationships[edge.type].by_name.get(target.property)
                return (prop,) if prop is not None else ()
        return ()
