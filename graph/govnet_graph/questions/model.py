"""What a question is: its text in both languages, typed parameters, named columns, grain, Cypher."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from govnet_graph.questions.terms import UNITS
from govnet_graph.schema import Text


class Kind(StrEnum):
    """Types of parameters besides labels: a parameter may also name a label, ``Area`` or ``Entity``."""

    STRING = "string"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    STRINGS = "strings"
    SEARCH = "search"


class Shape(StrEnum):
    """Types of columns."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    STRINGS = "strings"
    ENTITY = "entity"
    ENTITIES = "entities"
    PATH = "path"
    STATE = "state"
    MAP = "map"
    MAPS = "maps"


class Area(StrEnum):
    """Rooms of the catalogue."""

    MEMBER = "member"
    UNIT = "unit"
    GRID = "grid"
    COVERAGE = "coverage"
    RESOURCES = "resources"
    DISPATCH = "dispatch"
    NETWORK = "network"
    HISTORY = "history"
    PROVENANCE = "provenance"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    ``type`` is a Kind or the label of a node whose id is expected (``Area`` for any area, ``Entity`` for any node).
    ``default`` is None for a parameter that may be left out, ``today`` for a day, ``home`` for the loaded district;
    ``required`` says that there is no default.
    """

    name: str
    type: str
    text: Text
    required: bool
    default: str | int | bool | None = None
    values: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    @property
    def is_id(self) -> bool:
        """Whether the value is the id of a node."""
        return self.type not in set(Kind)


@dataclass(frozen=True, slots=True)
class Column:
    """One named column of the answer, with its unit where it has one."""

    name: str
    type: Shape
    text: Text
    unit: str = ""

    @property
    def heading(self) -> Text:
        """Its text, with the unit in brackets where it has one."""
        if not self.unit:
            return self.text
        return Text(f"{self.text.zh}（{UNITS.get(self.unit, self.unit)}）", f"{self.text.en} ({self.unit})")


@dataclass(frozen=True, slots=True)
class Expected:
    """A worked example: the answer on the invented district of the tests."""

    parameters: dict[str, object]
    rows: list[list[object]]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One question of the catalogue; ``cypher`` is the file's whole text, ready to paste."""

    id: str
    text: Text
    area: Area
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    grain: Text
    sets: tuple[str, ...]
    expected: Expected
    cypher: str

    @property
    def body(self) -> str:
        """The Cypher below the header comment."""
        return self.cypher.split("*/", 1)[1].strip()

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, if there is one."""
        return next((p for p in self.parameters if p.name == name), None)
