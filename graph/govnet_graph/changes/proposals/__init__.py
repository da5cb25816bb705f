"""Proposals: what the planner or a person suggests, kept, edited, solved anew, compared, decided, applied in one transaction."""

from govnet_graph.changes.proposals.applying import apply, overtaken
from govnet_graph.changes.proposals.checking import checked
from govnet_graph.changes.proposals.deciding import approve, discard, refuse
from govnet_graph.changes.proposals.editing import HandEdits
from govnet_graph.changes.proposals.keeping import keep, read
from govnet_graph.changes.proposals.model import (
    BadEdit,
    Draft,
    NotApproved,
    NotAProposal,
    NothingToPropose,
    NotInThatState,
    OwnPlan,
    PairChange,
    PlanOvertaken,
    Proposal,
)
from govnet_graph.changes.proposals.previewing import compare, preview
from govnet_graph.changes.proposals.proposing import by_hand, draft_of, edit, propose, resolve
from govnet_graph.changes.proposals.solving import Solved, solve

__all__ = [
    "BadEdit",
    "Draft",
    "HandEdits",
    "NotAProposal",
    "NotApproved",
    "NotInThatState",
    "NothingToPropose",
    "OwnPlan",
    "PairChange",
    "PlanOvertaken",
    "Proposal",
    "Solved",
    "apply",
    "approve",
    "by_hand",
    "checked",
    "compare",
    "discard",
    "draft_of",
    "edit",
    "keep",
    "overtaken",
    "preview",
    "propose",
    "read",
    "refuse",
    "resolve",
    "solve",
]
