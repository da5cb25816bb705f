"""Cases: their state machine, their clock, the steps that are taken with them, and what follows from these."""

from govnet_graph.cases.events import events, last_cursor, reminders
from govnet_graph.cases.machine import MACHINE, STATES, State, Step, steps_from
from govnet_graph.cases.model import (
    CaseConflict,
    Event,
    KeyReused,
    NewCase,
    NotYours,
    Outcome,
    Reminder,
    StepRequest,
)
from govnet_graph.cases.steps import raise_case, take
from govnet_graph.cases.undo import Undone, last_step, undo_last

__all__ = [
    "MACHINE",
    "STATES",
    "CaseConflict",
    "Event",
    "KeyReused",
    "NewCase",
    "NotYours",
    "Outcome",
    "Reminder",
    "State",
    "Step",
    "StepRequest",
    "Undone",
    "events",
    "last_cursor",
    "last_step",
    "raise_case",
    "reminders",
    "steps_from",
    "take",
    "undo_last",
]
