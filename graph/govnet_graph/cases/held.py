"""What the graph holds of a case, as steps are decided by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Props = dict[str, Any]
#: Levels of area, lowest first.
LEVELS = ("Grid", "Community", "Street", "District")


def lowest_level(label: str) -> str:
    """The level at which a case of an area with this label lies at first."""
    return "Community" if label == "Grid" else label


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who acts or is acted on. ``bodies`` are the ids of those for whom a member speaks."""

    id: str
    label: str
    since: dt.date | None = None
    until: dt.date | None = None
    bodies: frozenset[str] = frozenset()

    def speaks_for(self, other: str) -> bool:
        """Whether what it does counts as done by ``other``."""
        return other == self.id or other in self.bodies


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One DISPATCHED_TO of a case: its id, to whom it leads, its properties."""

    id: str
    to: str
    props: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether the case lies there: neither refused, solved nor taken back."""
        props = self.props
        return props.get("outcome", "open") == "open" and props.get("closed_on") is None and props.get("until") is None


@dataclass(frozen=True, slots=True)
class Held:
    """What the graph holds of a case. ``areas`` holds (level, id) from where it was raised upwards; empty where it lies nowhere."""

    id: str
    props: Mapping[str, Any]
    kind: Mapping[str, Any] | None
    areas: tuple[tuple[str, str], ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    raiser: str = ""
    last_on: dt.date | None = None

    @property
    def state(self) -> str:
        """Name of its state."""
        return str(self.props["state"])

    @property
    def steps(self) -> int:
        """Number of steps taken so far."""
        return int(self.props.get("steps") or 0)

    @property
    def level(self) -> str | None:
        """Level of area at which it lies: a community at the least, whose organization dispatches for its grids."""
        return self.props.get("level") or (lowest_level(self.areas[0][0]) if self.areas else None)

    @property
    def begun_on(self) -> dt.date | None:
        """Day from which its deadlines count: that on which it was raised, or reopened last."""
        return self.props.get("begun_on") or self.props.get("raised_on")

    def above(self, level: str) -> list[str]:
        """The levels above one, lowest first, of the areas that it lies in."""
        return [name for name, _ in self.areas if LEVELS.index(name) > LEVELS.index(level)]

    @property
    def holders(self) -> tuple[Dispatch, ...]:
        """The dispatches by which somebody holds it."""
        return tuple(d for d in self.dispatches if d.holds)
