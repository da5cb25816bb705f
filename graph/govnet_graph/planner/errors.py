"""What a caller can do wrong when asking the planner; each is a ``GovnetError`` with a code."""

from __future__ import annotations

from govnet_graph.errors import BadInput


class PlannerError(BadInput):
    """What the planner was given cannot be used; nothing was computed."""

    code = "planner-error"


class BadOption(PlannerError):
    """An option is unknown, or its value is not of its type or out of its bounds."""

    code = "plan-option-invalid"


class NotInSnapshot(PlannerError):
    """An id that an option names is not in the snapshot."""

    code = "not-in-snapshot"


class BadCapacity(PlannerError):
    """A capacity is negative, or missing where an exact one is needed."""

    code = "capacity-invalid"


class ContradictingLocks(PlannerError):
    """Pairs that must stay or be made contradict others that must not, or more are locked than a unit can carry."""

    code = "locks-contradict"


class NoCandidates(PlannerError):
    """A list that something is to be chosen from is empty."""

    code = "no-candidates"


class NotWritable(PlannerError):
    """No relationship that a plan may write can meet the requirement."""

    code = "requirement-not-writable"


class StaleSnapshot(PlannerError):
    """The graph has moved since the snapshot in a way that touches what was asked for."""

    code = "snapshot-stale"
