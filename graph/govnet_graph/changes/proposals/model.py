"""A proposal: changes of pairings that somebody suggests, with what they rest on, until they are decided, applied, undone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from govnet_graph.changes.proposals.resting import Facts, Pair
from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.records import edge_id
from govnet_graph.schema import Text

Operation = Literal["create", "end", "supersede"]
TYPE = "PAIRED_WITH"
#: States in which a plan may still be decided on.
UNDECIDED = ("open",)
OPEN = ("open", "approved")
_PAIR = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)>([A-Za-z0-9][A-Za-z0-9._-]*)(?::([A-Za-z0-9._,-]+))?")
HAND = "hand"
_OBJECTIVES = ("uncovered", "worst_load", "changes", "hops")


class NotAProposal(GovnetError):
    """The plan is a load, an import, an edit or an undo, not something that was proposed."""

    code = "not-a-proposal"


class NotInThatState(GovnetError):
    """The plan is in another state than what was asked of it needs; nothing was changed."""

    code = "plan-state"


class NotApproved(NotInThatState):
    """The plan is applied only after somebody has approved it."""

    code = "plan-not-approved"


class OwnPlan(GovnetError):
    """Whoever proposed a plan may not approve it here."""

    code = "plan-own"


class PlanOvertaken(GovnetError):
    """The graph has moved in a way that touches what the plan rests on; ``moved`` says how. Nothing of it was applied."""

    code = "plan-overtaken"

    def __init__(self, message: str, hint: str, moved: list[dict[str, Any]]) -> None:
        super().__init__(message, hint)
        self.moved = moved


class NothingToPropose(BadInput):
    """The result holds no change, so there is nothing to keep as a plan."""

    code = "nothing-to-propose"


class BadEdit(BadInput):
    """An edit of a plan makes no sense: the pair is there already, or is not, or is not a pair."""

    code = "plan-edit-invalid"


@dataclass(frozen=True, slots=True)
class PairChange:
    """One change of a pairing.

    Attributes
    ----------
    operation : {"create", "end", "supersede"}
        A pairing begins, ends, or undertakes other services or takes another share of capacity.
    unit, area : str
        Ids of its ends.
    pairing : str
        Id of the relationship; empty for one that begins, until the plan is kept.
    services : tuple of str
        Codes of what it undertakes afterwards; of what it undertook, where it ends.
    used : int
        Share of the unit's capacity that it takes.
    before : tuple of str
        What it undertook before it was changed.
    reason : Text or None
    next_best : str
        Id of the unit that was the next best choice; empty where there was none.
    cost : Text or None
        What the next best choice would cost.
    """

    operation: Operation
    unit: str
    area: str
    pairing: str = ""
    services: tuple[str, ...] = ()
    used: int = 1
    before: tuple[str, ...] = ()
    reason: Text | None = None
    next_best: str = ""
    cost: Text | None = None

    @property
    def pair(self) -> str:
        """``unit>area``, as locks and edits name it."""
        return f"{self.unit}>{self.area}"

    @property
    def rests(self) -> Pair:
        """What ``rests_on`` needs to know."""
        return self.unit, self.area, tuple(sorted({*self.services, *self.before}))

    @property
    def plain_id(self) -> str:
        """The id that a relationship of this pair has, unless one of another time has it."""
        return edge_id(TYPE, self.unit, self.area)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "operation": self.operation,
            "unit": self.unit,
            "area": self.area,
            "pairing": self.pairing or None,
            "services": list(self.services),
            "before": list(self.before),
            "used": self.used,
            "reason": _both(self.reason),
            "next_best": self.next_best or None,
            "cost": _both(self.cost),
        }


@dataclass(frozen=True, slots=True)
class Pairs:
    """A pair as somebody gives it: ``unit>area`` or ``unit>area:service,service``."""

    unit: str
    area: str
    services: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> Pairs:
        """Parse a pair. Raises BadEdit."""
        found = _PAIR.fullmatch(text.strip())
        if found is None:
            raise BadEdit(f"{text[:80]!r} is not a pair.", hint="Write unit>area, or unit>area:service,service.")
        unit, area, services = found.groups()
        return cls(unit, area, tuple(sorted(set(services.split(",")))) if services else ())

    def __str__(self) -> str:
        return f"{self.unit}>{self.area}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it is kept.

    Attributes
    ----------
    name, author, reason : str
    area : str
        Id of the area that it is about.
    effective_on : date
        Day from which its changes hold and for which coverage was judged.
    method : str
        Kind of result that proposed it, or ``hand``.
    options : mapping
        Options that it was computed with.
    snapshot : str
        Hash of the snapshot that it was made against.
    base_version : int
        Data version of that snapshot.
    changes : tuple of PairChange
        In order.
    rests : Facts
        What it rests on.
    lock, forbid : tuple of str
        Pairs (``unit>area``) that a new computation must keep, or must not make.
    objective : mapping
        What was optimized, by name, each a number; empty for a plan made by hand.
    certificate : str
        SHA-256 of the certificate of the coverage that it leads to; empty where there is none.
    outcome : mapping
        What else the result told, as plain data: method, gap, what stays uncovered and why.
    revises : str
        Id of the plan that it was made from; empty for none.
    """

    name: str
    author: str
    reason: str
    area: str
    effective_on: dt.date
    method: str
    options: dict[str, Any]
    snapshot: str
    base_version: int
    changes: tuple[PairChange, ...]
    rests: Facts
    lock: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    objective: Mapping[str, Any] = field(default_factory=dict)
    certificate: str = ""
    outcome: Mapping[str, Any] = field(default_factory=dict)
    revises: str = ""


@dataclass(frozen=True, slots=True)
class Proposal(Draft):
    """A proposal as the graph holds it. Moments are naive UTC."""

    id: str = ""
    state: str = "open"
    proposed_at: dt.datetime | None = None
    verdict: str = ""
    decided_by: str = ""
    decided_at: dt.datetime | None = None
    applied_version: int | None = None

    def as_json(self, *, changes: bool = True) -> dict[str, Any]:
        """The whole proposal as plain values; what it rests on is left out."""
        told: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "author": self.author,
            "reason": self.reason,
            "area": self.area,
            "effective_on": self.effective_on.isoformat(),
            "method": self.method,
            "options": dict(self.options),
            "snapshot": self.snapshot,
            "base_version": self.base_version,
            "certificate": self.certificate or None,
            "objective": {name: self.objective[name] for name in sorted(self.objective, key=_rank)},
            "lock": list(self.lock),
            "forbid": list(self.forbid),
            "revises": self.revises or None,
            "proposed_at": _moment(self.proposed_at),
            "verdict": self.verdict or None,
            "decided_by": self.decided_by or None,
            "decided_at": _moment(self.decided_at),
            "applied_version": self.applied_version,
            "outcome": dict(self.outcome),
        }
        if changes:
            told["changes"] = [{"position": n, **c.as_json()} for n, c in enumerate(self.changes, 1)]
        return told


def _rank(name: str) -> tuple[int, str]:
    """The order in which objectives decide."""
    return (_OBJECTIVES.index(name) if name in _OBJECTIVES else len(_OBJECTIVES)), name


def _both(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _moment(value: dt.datetime | None) -> str | None:
    return None if value is None else value.isoformat() + "Z"
