"""What is asked of a case and what comes of it: requests, outcomes, events, and what may go wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field

from govnet_graph.errors import BadInput, GovnetError

MAX_REASON = 2000


class CaseConflict(GovnetError):
    """The case is in a state in which this step may not be taken, or has moved on; the message says which state."""

    code = "case-state"


class NotYours(GovnetError):
    """Somebody else has to take this step."""

    code = "case-not-yours"


class KeyReused(BadInput):
    """The request key came with another request before."""

    code = "key-reused"


def _hash(request: object) -> str:
    """SHA-256 over what a request asks for; who sends it and the key itself are no part of it."""
    told = {name: value for name, value in asdict(request).items() if name not in ("key", "author")}  # type: ignore[call-overload]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be raised.

    Parameters
    ----------
    name : str
        What it is about, in a few words.
    area : str
        Id of the grid, community, street or district where it was raised.
    kind : str
        Code of a CaseKind of the graph.
    channel : str
        Through which channel it came; see the schema.
    author : str
        Who records it: the id of an API key, or ``local``.
    on : date, optional
        Day on which it was raised; today where left out. Not in the future.
    actor : str, optional
        Id of the member, unit or organization that raised it.
    description, address, external : str, optional
    latitude, longitude : float, optional
        Degrees, WGS 84.
    id : str, optional
        Id that it shall have; made up where left out.
    key : str, optional
        Request key: the same key means the same request, whose effect is not repeated.
    """

    name: str
    area: str
    kind: str = "unsorted"
    channel: str = "resident"
    author: str = "local"
    on: dt.date | None = None
    actor: str = ""
    description: str = ""
    address: str = ""
    external: str = ""
    latitude: float | None = None
    longitude: float | None = None
    id: str = ""
    key: str = ""

    @property
    def hash(self) -> str:
        """What the request asks for, as one number."""
        return _hash(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRequest:
    """A step to be taken with a case.

    Parameters
    ----------
    case, step : str
        Id of the case and name of a step of the machine.
    author : str
        Who records it.
    on : date, optional
        Day on which it was taken; today where left out. Neither in the future nor before the step before it.
    reason : str
        Why, or what was done.
    actor : str
        Id of the member, unit or organization that takes it. A step of the holder is refused where this is neither the
        holder nor one of its members; left out, the caller speaks for whoever has to take the step.
    target : str
        Id of whom the case is sent to (``dispatch``).
    kind : str
        Code of the kind that it is sorted to (``sort``).
    expected : int, optional
        Number of steps that the caller knows of; refused where others were taken since.
    key : str
        Request key.
    """

    case: str
    step: str
    author: str = "local"
    on: dt.date | None = None
    reason: str = ""
    actor: str = ""
    target: str = ""
    kind: str = ""
    expected: int | None = None
    key: str = ""

    @property
    def hash(self) -> str:
        """What the request asks for, as one number."""
        return _hash(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to.

    ``state`` is the state after it, ``steps`` the number of steps taken with the case, ``plan`` the group of changes that
    takes it back. ``already`` says that this request had been answered before and nothing was written. ``due_assumed``
    says that the deadline was reckoned without the year's holiday calendar, which is not published yet.
    """

    case: str
    step: str
    step_id: str
    state: str
    steps: int
    plan: str
    data_version: int
    next_due_on: dt.date | None = None
    due_assumed: bool = False
    already: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a case, for whoever follows cases from outside.

    ``cursor`` is the data version that it was recorded with: give the largest one seen as ``since`` and nothing is missed
    or told twice. ``event`` is ``case.`` and the step's name, or ``case.undone``.
    """

    cursor: int
    event: str
    case: str
    step_id: str
    state: str
    day: dt.date | None
    recorded_at: dt.datetime
    target: str | None = None
    reason: str | None = None
    due_on: dt.date | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A deadline that has passed, or is near.

    ``id`` names this deadline of this case: it is the same each day, so that it can be told once. ``event`` is
    ``case.late`` or ``case.due-soon``; ``waits_for`` is the role that has to act, ``who`` the ids with whom it lies.
    """

    id: str
    event: str
    case: str
    state: str
    due_on: dt.date
    working_days: int
    waits_for: str
    who: tuple[str, ...] = field(default=())
