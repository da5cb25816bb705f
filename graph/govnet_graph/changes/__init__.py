"""Groups of changes: previewed, applied in batches that survive a kill, listed, undone as a whole."""

from govnet_graph.changes.apply import apply, preview
from govnet_graph.changes.ending import no_longer_listed
from govnet_graph.changes.model import (
    Cancelled,
    ChangeSet,
    Conflict,
    End,
    Item,
    NotUndoable,
    OpenPlan,
    PlanInfo,
    Preview,
    Summary,
    TooManyEnded,
)
from govnet_graph.changes.plans import open_plan, plans
from govnet_graph.changes.undo import undo

__all__ = [
    "Cancelled",
    "ChangeSet",
    "Conflict",
    "End",
    "Item",
    "NotUndoable",
    "OpenPlan",
    "PlanInfo",
    "Preview",
    "Summary",
    "TooManyEnded",
    "apply",
    "no_longer_listed",
    "open_plan",
    "plans",
    "preview",
    "undo",
]
