"""The lists of needs and projects at work: put something on, say what meets it, start and finish it, each dated and undoable."""

from govnet_graph.cases.lists.machine import LIST_STEPS, ListStep, Thing, steps_of
from govnet_graph.cases.lists.model import ListConflict, ListOutcome, ListRequest
from govnet_graph.cases.lists.steps import take_list_step, thing_of

__all__ = [
    "LIST_STEPS", "ListConflict", "ListOutcome", "ListRequest", "ListStep", "Thing", "steps_of", "take_list_step", "thing_of",
]  # fmt: skip
