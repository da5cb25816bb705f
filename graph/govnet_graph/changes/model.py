"""What a group of changes is before it is applied, what it would do, and what it did.

A ``ChangeSet`` states what somebody wants the graph to hold; it says nothing about what the graph holds already. The same
form serves loads, imports, edits by a person and applied plans.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.records import Edge, Node, canonical

Kind = Literal["import", "edit", "load", "proposal"]
Side = Literal["graph", "ledger"]
Operation = Literal["create", "change", "end", "supersede", "confirm", "withdraw"]


class OpenPlan(GovnetError):
    """Another group of changes has begun and not ended; only one may be under way."""

    code = "plan-open"


class NotUndoable(GovnetError):
    """A plan cannot be taken back; the message says why, nothing was changed."""

    code = "not-undoable"


class TooManyEnded(BadInput):
    """More relationships would end than the guard allows; nothing was changed."""

    code = "too-many-ended"


class Cancelled(GovnetError):
    """The caller stopped the work between two batches; ``plan`` is left open, to be resumed or undone."""

    code = "cancelled"

    def __init__(self, message: str, hint: str, plan: str) -> None:
        super().__init__(message, hint)
        self.plan = plan


@dataclass(frozen=True, slots=True)
class End:
    """The wish that a relationship (or a node) no longer holds from ``until`` on; nothing is deleted."""

    entity: str
    until: dt.date
    reason: str = ""

    @property
    def type(self) -> str | None:
        """Type of the relationship that ends; None for a node. Read from the id (``TYPE:from>to``)."""
        head, colon, _ = self.entity.partition(":")
        return head if colon else None

    @property
    def start(self) -> str:
        """Id of the node that the ending relationship starts from; of the node itself for a node."""
        return self.entity.partition(":")[2].partition(">")[0] or self.entity


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One undoable group of changes.

    Parameters
    ----------
    kind : str
        import, edit, load or proposal.
    name : str
        What a planner calls it, such as the ledger's file name.
    author, reason : str
        Who wants it and why.
    source : Node or None
        The Source that the records rest on; written with them unless it is there.
    nodes, edges : sequences of Node and Edge
        With ``patch`` only the stated properties are changed; else each record is made exactly equal.
    ends : tuple of End
        What no longer holds.
    among : int or None
        How many live relationships ``ends`` was chosen from, for the guard; None where they were chosen one by one.
    confirm : date or None
        Day as of which the source states all this: written to ``confirmed_on``, and what conflicts are judged by.
    patch : bool
    key : str
        Names this content: a key that was applied is not applied again, one that was begun is resumed. Computed unless given.
    """

    kind: Kind
    name: str
    author: str
    reason: str
    source: Node | None = None
    nodes: Sequence[Node] = ()
    edges: Sequence[Edge] = ()
    ends: tuple[End, ...] = ()
    among: int | None = None
    confirm: dt.date | None = None
    patch: bool = True
    key: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", self._hash())

    def _hash(self) -> str:
        """SHA-256 over the content in any order; author and reason are no part of it."""
        digest = hashlib.sha256(f"{self.kind}|{self.patch}|{self.confirm}".encode())
        # Each record by its own hash, which is shorter than what it says.
        for part in sorted(hashlib.sha256(line.encode()).digest() for line in self._lines()):
            digest.update(part)
        return digest.hexdigest()

    def _lines(self) -> Iterator[str]:
        if self.source is not None:
            yield f"source|{self.source.id}"
        for n in self.nodes:
            yield f"node|{n.label}|{n.id}|{canonical(n.props)}"
        for e in self.edges:
            yield f"edge|{e.id}|{e.start}|{e.end}|{canonical(e.props)}"
        for end in self.ends:
            yield f"end|{end.entity}|{end.until}"


@dataclass(frozen=True, slots=True)
class Item:
    """One record that would change.

    ``kind`` is the label or the relationship type; ``before`` and ``after`` hold the properties that differ (all of them in
    ``after`` for a new record), null where one is absent. ``start`` and ``end`` are the ends of a relationship.
    """

    operation: Operation
    kind: str
    id: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    start: str | None = None
    end: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property on which the change set contradicts a value that another source gave, or confirmed, for a later day."""

    kind: str
    id: str
    property: str
    graph: Any
    ledger: Any
    graph_source: str
    graph_day: dt.date


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a change set would do to the graph at ``data_version``.

    ``unchanged`` counts records that are there as stated, ``confirmed`` those of them (and of no others) whose
    ``confirmed_on`` would move on. ``conflicts`` are not applied unless the caller chooses the ledger's side.
    ``share`` is the share of the live relationships in question that would end; None where there is no such question.
    """

    new: Sequence[Item]
    changed: Sequence[Item]
    ended: Sequence[Item]
    unchanged: int
    confirmed: int
    conflicts: tuple[Conflict, ...]
    data_version: int
    share: float | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing at all would be written."""
        return not (self.new or self.changed or self.ended or self.confirmed)


@dataclass(slots=True)
class Summary:
    """What applying or undoing did, counted in records of this run.

    ``state`` is that of the plan: ``applied`` or ``undone``. ``already`` says that nothing was to do because it had been done
    before, ``resumed`` that an interrupted run was taken up again (what that run wrote is counted as unchanged).
    """

    plan: str
    state: str = "applied"
    created: int = 0
    changed: int = 0
    ended: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    confirmed: int = 0
    conflicts: int = 0
    data_version: int = 0
    resumed: bool = False
    already: bool = False

    @property
    def written(self) -> int:
        """Number of records whose facts were written (confirmations not counted)."""
        return self.created + self.changed + self.ended + self.withdrawn


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """A plan as it is listed. ``undoes`` names the plan that this one took back; ``recorded_at`` is naive UTC."""

    id: str
    name: str
    kind: str
    state: str
    author: str
    reason: str
    recorded_at: dt.datetime
    data_version: int | None
    key: str | None
    undoes: str | None
    source: str | None
