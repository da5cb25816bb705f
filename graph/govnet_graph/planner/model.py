"""What all results of the planner share: how a solve is watched, intervals, methods, what is missing.

A result is a frozen dataclass derived from ``Result``: it carries the hash of the snapshot that it was computed from, says
by which method and how exactly, and can be read as plain JSON (the same bytes for the same input) and in words.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, ClassVar, Literal, Protocol

import numpy as np

from govnet_graph.schema import Text

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Watch(Protocol):
    """Follows a long solve and may end it. A solver asks ``stopped`` and ``remaining`` and tells ``advance``."""

    @property
    def stopped(self) -> bool:
        """Whether the solve should end now with the best that it has."""

    @property
    def remaining(self) -> float | None:
        """Seconds until the time limit; None without one."""

    def advance(self, done: float, best: float | None, bound: float | None) -> None:
        """Told from time to time: the share done (0–1), the best value so far and the proven bound, where there are any."""


class Timer:
    """A ``Watch`` with a time limit that can be stopped from another thread and passes on what it is told.

    Parameters
    ----------
    limit : float or None
        Seconds from now.
    tell : callable, optional
        Called with (done, best, bound).
    stop : callable, optional
        Asked whether to stop.
    """

    def __init__(
        self,
        limit: float | None = None,
        tell: Callable[[float, float | None, float | None], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self._until = None if limit is None else time.monotonic() + limit
        self._tell, self._ask, self._stopped = tell, stop, False

    def stop(self) -> None:
        """End the solve as soon as it next asks."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """Whether it was stopped or the time is up."""
        if self._ask is not None and self._ask():
            self._stopped = True
        return self._stopped or self.remaining == 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds until the limit, not below 0; None without one."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    def advance(self, done: float, best: float | None, bound: float | None) -> None:
        """Pass it on."""
        if self._tell is not None:
            self._tell(done, best, bound)


def share(whole: Watch | None, part: float) -> Watch | None:
    """A watch for a part of a solve, which ends with the whole and where its part of the time that is left now (0–1) is used up."""
    return None if whole is None else _Share(whole, part)


class _Share:
    def __init__(self, whole: Watch, part: float) -> None:
        left = whole.remaining
        self._whole, self._own = whole, Timer(None if left is None else part * left)

    @property
    def stopped(self) -> bool:
        """Whether the whole or the part should end."""
        return self._whole.stopped or self._own.stopped

    @property
    def remaining(self) -> float | None:
        """Seconds left of the part; None without a limit."""
        return self._own.remaining

    def advance(self, done: float, best: float | None, bound: float | None) -> None:
        """Passed on."""
        self._whole.advance(done, best, bound)


def stopped(watch: Watch | None) -> bool:
    """Whether a solve should end; never without a watch."""
    return watch is not None and watch.stopped


def remaining(watch: Watch | None) -> float | None:
    """Seconds left; None without a limit."""
    return None if watch is None else watch.remaining


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is known only to lie between two, both included. Raises ValueError when they are reversed."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval from {self.low} to {self.high} is reversed")

    @classmethod
    def of(cls, value: float) -> Interval:
        """A number that is known."""
        return cls(value, value)

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def width(self) -> float:
        """What is not known of it."""
        return self.high - self.low

    def __str__(self) -> str:
        return f"{self.low:g}" if self.known else f"{self.low:g}–{self.high:g}"


@dataclass(frozen=True, slots=True)
class Method:
    """How a result was found, so that it can be judged and repeated.

    Attributes
    ----------
    name : str
        Algorithm and library, such as ``maximum flow (scipy)``.
    exact : bool
        Whether the result is proven optimal or complete; False for a heuristic or a solve that ended early.
    reference : str
        Where the method is published.
    bound : float or None
        Proven bound on the best possible value of the objective, where it is not reached.
    gap : float or None
        |value − bound| ÷ max(1, |value|); 0 where proven optimal, None where no bound is known.
    """

    name: str
    exact: bool
    reference: str
    bound: float | None = None
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A record that is not there and whose knowledge would narrow the result.

    Attributes
    ----------
    kind : str
        ``ledger`` (no complete ledger of the kind ``what`` for ``entity``) or ``property`` (``what`` of ``entity`` is null).
    what : str
        Kind of ledger, or name of the property.
    entity : str
        Id of the area or of the entity.
    name : str
        Its display name.
    narrows : float or None
        By how much the main interval of the result would at most shrink, in its unit; None where not computed.
    """

    kind: Literal["ledger", "property"]
    what: str
    entity: str
    name: str
    narrows: float | None = None


#: Marks a field that ``plain`` leaves out.
_UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Base of every result.

    Attributes
    ----------
    snapshot : str
        Hash of the snapshot.
    as_of : date
        The day that it is about.
    method : Method
    missing : tuple of Missing
        What would narrow it, the most first; empty where nothing is unknown.
    called : mapping of str to Text
        Names of requirements, services and areas by id or code, for the words of the result; no part of its JSON.
    """

    kind: ClassVar[str] = ""

    snapshot: str
    as_of: dt.date
    method: Method
    missing: tuple[Missing, ...] = ()
    called: Mapping[str, Text] = field(default_factory=dict, compare=False, repr=False, metadata={_UNTOLD: True})

    def as_json(self) -> dict[str, Any]:
        """Plain values in a fixed order: the same input gives the same JSON."""
        return {"kind": self.kind, **plain(self)}

    def lines(self, language: Language) -> list[str]:
        """The result in words, for a planner."""
        raise NotImplementedError


def plain(value: Any) -> Any:
    """A result's value as what JSON can hold: dataclasses as maps in field order, days as ISO text, arrays as lists."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        # One form for one number: 3.0 and 3 are the same answer.
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, dt.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if _UNTOLD not in f.metadata}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")
