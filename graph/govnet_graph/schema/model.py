"""Building blocks of the schema: frozen dataclasses that refuse an empty description.

The schema is the only place where a label, a relationship type or a property gets its meaning. Everything
that needs one (constraints, upserts, the data dictionary, ledgers, the API) derives it from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_LABEL = re.compile(r"^[A-Z][A-Za-z]*$")
_TYPE = re.compile(r"^[A-Z][A-Z_]*$")


class SchemaError(ValueError):
    """The schema contradicts itself; raised when the package is imported, never at run time."""


class Privacy(StrEnum):
    """Who may see a value, from everyone to holders of a special right."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"

    @property
    def masked_by_default(self) -> bool:
        """Whether a reader without a scope sees a mask instead of the value."""
        return self in (Privacy.PERSONAL, Privacy.SENSITIVE)


class ValueType(StrEnum):
    """Types of property values; every engine that runs the questions stores all of them natively."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    STRINGS = "strings"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages. Raises SchemaError when either is empty."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise SchemaError(f"a description is empty: {self!r}")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship.

    Parameters
    ----------
    name : str
        Snake-case name in the graph.
    type : ValueType
        Type of the stored value.
    text : Text
        What it means, with its unit where it has one.
    privacy : Privacy
        Who may see it.
    values : tuple of str
        The closed list of allowed values; empty where any value of the type is allowed.
    required : bool
        Whether a record without it is refused.
    minimum : float or None
        Smallest allowed number.
    """

    name: str
    type: ValueType
    text: Text
    privacy: Privacy = Privacy.PUBLIC
    values: tuple[str, ...] = ()
    required: bool = False
    minimum: float | None = None

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise SchemaError(f"property name {self.name!r} is not snake case")


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label, what it stands for and which properties its nodes may carry."""

    label: str
    text: Text
    properties: tuple[Property, ...]
    indexed: tuple[str, ...] = ()
    by_name: dict[str, Property] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _LABEL.match(self.label):
            raise SchemaError(f"label {self.label!r} is not in camel case")
        names = {p.name: p for p in self.properties}
        if len(names) != len(self.properties):
            raise SchemaError(f"{self.label} names a property twice")
        missing = [name for name in self.indexed if name not in names]
        if missing:
            raise SchemaError(f"{self.label} indexes unknown properties {missing}")
        object.__setattr__(self, "by_name", names)


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type, the labels it may join and which properties it may carry.

    ``pairs`` lists (start label, end label); the pseudo label ``Entity`` stands for any node.
    ``dated`` says that it can begin and end, so that it carries ``since`` and ``until``.
    """

    type: str
    text: Text
    pairs: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...]
    dated: bool = True
    indexed: tuple[str, ...] = ()
    by_name: dict[str, Property] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not _TYPE.match(self.type):
            raise SchemaError(f"relationship type {self.type!r} is not in capitals")
        names = {p.name: p for p in self.properties}
        if len(names) != len(self.properties):
            raise SchemaError(f"{self.type} names a property twice")
        object.__setattr__(self, "by_name", names)

    def joins(self, start: str, end: str) -> bool:
        """Whether this type may lead from a node of label ``start`` to one of label ``end``."""
        return any(a in (start, "Entity") and b in (end, "Entity") for a, b in self.pairs)


@dataclass(frozen=True, slots=True)
class RelationshipSet:
    """A named set of relationship types that questions share.

    ``literal`` is how the set must be written in a ``.cypher`` file: types cannot be parameters there, so a
    check compares what a file wrote with this.
    """

    name: str
    text: Text
    types: tuple[str, ...]

    @property
    def literal(self) -> str:
        """The types joined by ``|`` in the schema's order."""
        return "|".join(self.types)


@dataclass(frozen=True, slots=True)
class Schema:
    """All labels, relationship types and sets of one schema version, cross-checked on creation."""

    version: int
    nodes: dict[str, NodeType]
    relationships: dict[str, RelationshipType]
    sets: dict[str, RelationshipSet]
    areas: tuple[str, ...]

    def __post_init__(self) -> None:
        for rel in self.relationships.values():
            for pair in rel.pairs:
                unknown = [label for label in pair if label != "Entity" and label not in self.nodes]
                if unknown:
                    raise SchemaError(f"{rel.type} joins unknown labels {unknown}")
        for named in self.sets.values():
            unknown = [name for name in named.types if name not in self.relationships]
            if unknown:
                raise SchemaError(f"set {named.name} holds unknown types {unknown}")
        unknown = [label for label in self.areas if label not in self.nodes]
        if unknown:
            raise SchemaError(f"unknown area labels {unknown}")
