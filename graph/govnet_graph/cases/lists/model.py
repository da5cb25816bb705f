"""What is asked of a list and what comes of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass

from govnet_graph.cases.lists.machine import Thing
from govnet_graph.errors import GovnetError


class ListConflict(GovnetError):
    """The need or project is in a state in which this step may not be taken; the message says which."""

    code = "list-state"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """A step to be taken with a need or a project.

    Parameters
    ----------
    thing : Thing
    step : str
        Name of a step of ``LIST_STEPS``.
    id : str
        Of the need or project; left out for the step that makes one, unless it shall have this id.
    author : str
        Who records it: the id of an API key, or ``local``.
    on : date, optional
        Day on which it was taken; today where left out. Not in the future.
    reason : str
        Why.
    by : str
        Id of the resource, unit or project that meets a need.
    owner : str
        Id of the organization (for a project: or unit) that answers for it.
    name, area : str
        What is needed or planned; the area that raised the need.
    services : tuple of str
        Codes of the services that it is for.
    for_needs : tuple of str
        Ids of the needs that a project is for.
    headcount, priority : int, optional
        People concerned; 1 the highest.
    due_on : date, optional
        Day by which it should be met or finished.
    key : str
        Request key: the same key means the same request, whose effect is not repeated.
    """

    thing: Thing
    step: str
    id: str = ""
    author: str = "local"
    on: dt.date | None = None
    reason: str = ""
    by: str = ""
    owner: str = ""
    name: str = ""
    area: str = ""
    services: tuple[str, ...] = ()
    for_needs: tuple[str, ...] = ()
    headcount: int | None = None
    priority: int | None = None
    due_on: dt.date | None = None
    key: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 over what the request asks for; who sends it and the key are no part of it."""
        told = {name: value for name, value in asdict(self).items() if name not in ("key", "author")}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ListOutcome:
    """What a step came to. ``plan`` is the group of changes that takes it back; ``already`` says that this request had been answered before."""

    id: str
    thing: str
    step: str
    state: str
    plan: str
    data_version: int
    already: bool = False
