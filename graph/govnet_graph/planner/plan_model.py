"""What a re-pairing plan is: edits with their reasons, what is left uncovered and why, and how good it is proven to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from govnet_graph.planner.changes import Edit
from govnet_graph.planner.model import Interval, Language, Result
from govnet_graph.planner.saying import repair_lines

Reason = Literal["no-able-unit", "lock", "distance", "capacity-unknown", "capacity"]


@dataclass(frozen=True, slots=True)
class Cost:
    """How much worse a plan would be, in the order in which plans are compared: the first number that differs decides.

    Attributes
    ----------
    uncovered : int
        More providers that lack.
    worst_load : int
        More pairings of the most loaded unit that the plan gives one.
    changes, hops : int
        More edits, and more steps between the units and areas newly paired.
    """

    uncovered: int
    worst_load: int
    changes: int
    hops: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit and an area, with their names."""

    unit: str
    unit_name: str
    area: str
    area_name: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best plan without a change.

    Attributes
    ----------
    instead : tuple of Pair
        Pairs that would be made instead, in order; the first serves the area of the change. Empty where nothing could.
    given_up : tuple of Pair
        Other new pairs of the plan that would not be made.
    cost : Cost
    exact : bool
        Whether ``cost`` is that of the best plan without the change. Else a plan of this cost exists and a better one may: what is
        uncovered more is then still proven where ``proven`` says so.
    proven : bool
        Whether no plan without the change leaves less uncovered than this one.
    """

    instead: tuple[Pair, ...]
    given_up: tuple[Pair, ...]
    cost: Cost
    exact: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One edit of the plan with its reason.

    Attributes
    ----------
    edit : Edit
    unit_name, area_name : str
    requirements : tuple of str
        What it counts for.
    why : str
        ``gap`` (it supplies a provider that lacks), ``lock`` (the planner set it), ``forbidden`` (the planner ruled the pair out)
        or ``room`` (it ends so that the unit can serve where more lacks).
    hops : int or None
        Steps between unit and area; None where the unit's place is not known, or nothing is newly paired.
    load, capacity : int
        Load of the unit after the plan, and its capacity (None where unknown).
    next_best : Alternative or None
        None for what the planner set, and where it was not asked for.
    """

    edit: Edit
    unit_name: str
    area_name: str
    requirements: tuple[str, ...]
    why: Literal["gap", "lock", "forbidden", "room"]
    hops: int | None
    load: int
    capacity: int | None
    next_best: Alternative | None = None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An area that still lacks providers, and the smallest reason.

    ``reason`` is ``no-able-unit`` (nobody known could), ``lock`` (only what the planner set or ruled out stands in the way),
    ``distance`` (only the largest number of steps does), ``capacity-unknown`` (only units that state no capacity could) or
    ``capacity`` (it lies in a deficient set). ``units`` are those that could serve it but for the reason, some of them.
    """

    area: str
    area_name: str
    requirement: str
    lacking: int
    reason: Reason
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """One of the plan's objectives in order: its value before and after, the proven bound, and whether that is reached."""

    name: Literal["uncovered", "worst_load", "changes", "hops"]
    before: int
    after: int
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Result):
    """A re-pairing plan: the least change that makes coverage as good as it can be.

    Attributes
    ----------
    requirements : tuple of str
    objectives : tuple of Objective
        Uncovered need, worst load, number of changes, distance: in the order in which they were minimised.
    changes : tuple of Change
    uncovered : tuple of Uncovered
    unknown : Interval
        Providers that lack in the end: at least and at most, by what is not known of areas without a complete ledger.
    after : str
        Hash of the snapshot after the plan.
    complete : bool
        Whether the solve came to its end; False where it was stopped or its time was up.
    """

    kind: ClassVar[str] = "repair"

    requirements: tuple[str, ...]
    objectives: tuple[Objective, ...]
    changes: tuple[Change, ...]
    uncovered: tuple[Uncovered, ...]
    unknown: Interval
    after: str
    complete: bool

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits alone, as ``apply_changes`` takes them."""
        return tuple(change.edit for change in self.changes)

    def objective(self, name: str) -> Objective:
        """One objective by name."""
        return next(one for one in self.objectives if one.name == name)

    def lines(self, language: Language) -> list[str]:
        """The plan in words."""
        return repair_lines(self, language)
