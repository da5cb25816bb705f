"""What a row is read against, and what it comes to mean: things by role, statements, problems, doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from govnet_graph.ledgers.model import Problem
from govnet_graph.ledgers.who import Decisions, Doubt, Index, Outcome, Reference, resolve
from govnet_graph.spool import compact

_PLACES = ("area", "grid", "community", "street")
_MEMBER = ("Member",)
_REMEMBERED = 20_000

At = tuple[int, int]
"""Which row: the number of its table, and its place among the rows of that."""


@dataclass(slots=True)
class Context:
    """What rows are read against: the index and decisions."""

    index: Index
    decisions: Decisions
    _known: dict[tuple[tuple[str, ...], str, str, str], Outcome] = field(default_factory=dict)
    _version: int = -1

    def resolve(self, reference: Reference) -> Outcome:
        """What a reference means. Rows name the same few things, so it is remembered while the index stays as it is."""
        if self._version != self.index.version or len(self._known) >= _REMEMBERED:
            self._known.clear()
            self._version = self.index.version
        said = (reference.labels, reference.name, reference.code, reference.within)
        found = self._known.get(said)
        if found is None:
            found = resolve(self.index, reference, self.decisions)
            if reference.labels != _MEMBER:
                self._known[said] = found
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """A doubtful reference of a row, as the review list shows it."""

    reference: Reference
    doubt: Doubt
    cell: str


@compact
@dataclass(slots=True)
class Stated:
    """A node that a row states: its label and id, what it says of it, whether the graph holds it already.

    ``by_name`` says that it was recognised by its name alone, so that the name as written is no new name.
    """

    label: str
    id: str
    props: dict[str, Any]
    known: bool
    by_name: bool = False


@dataclass(slots=True)
class Understood:
    """What became of a row: ids by role, nodes that it states, codes and ids for what it names in properties, what stands in its way."""

    roles: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    stated: dict[str, Stated] = field(default_factory=dict)
    translated: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Said] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing stands in the way of the row."""
        return not self.problems and not self.doubts

    def place(self) -> str:
        """Id of the most exact area that the row names; empty when it names none."""
        return next((self.roles[role][0][0] for role in _PLACES if self.roles.get(role)), "")

    def body(self) -> str:
        """Id of the unit, organization or area that a person of this row belongs to; empty when it names none."""
        of_body = (self.roles[role][0][0] for role in ("unit", "organization") if self.roles.get(role))
        return next(of_body, "") or self.place()
