"""What each step sets: properties of the case, of its dispatches, and of the step's own record. Exact; no clock is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.cases.clock import Due, due_after
from govnet_graph.cases.held import LEVELS, Dispatch, Held, Party, Props
from govnet_graph.cases.machine import STATES, Clock, Step
from govnet_graph.cases.model import CaseConflict, StepRequest
from govnet_graph.errors import BadInput
from govnet_graph.records import edge_id

_STARTS_CLOCK = ("dispatch", "refuse", "recall", "done", "reopen")


@dataclass(frozen=True, slots=True)
class Change:
    """What a step changes; None takes a property of the case away."""

    case: Props
    step: Props
    dispatches: list[Dispatch]


@dataclass(slots=True)
class Taking:
    """One step with all that was checked, and what it comes to.

    ``target`` is whom the case goes to; ``kind`` the kind by which deadlines are reckoned, None where the graph holds none of
    that code: then no deadline is set; ``holder`` the dispatch that a step of the holder is about.
    """

    held: Held
    request: StepRequest
    step: Step
    day: dt.date
    target: Party | None
    kind: Mapping[str, Any] | None
    holder: Dispatch | None
    case: Props = field(default_factory=dict)
    record: Props = field(default_factory=dict)
    dispatches: list[Dispatch] = field(default_factory=list)

    def change(self) -> Change:
        """What the step changes. Raises BadInput or CaseConflict."""
        after = self.step.after(self.held.state)
        self.case |= {"state": after, "steps": self.held.steps + 1}
        self.record |= {"from_state": self.held.state, "to_state": after}
        if (due := self._due(after)) is not None:
            self._until("next_due_on", due)
        effect = getattr(self, f"_{self.step.name}", None)
        if effect is not None:
            effect()
        self.record["due_on"] = self.case.get("next_due_on", self.held.props.get("next_due_on"))
        if self.step.name == "confirm":
            del self.record["due_on"]
        self.record |= {"why": self.request.reason.strip() or None, "actor": self.request.actor or None}
        return Change(self.case, {k: v for k, v in self.record.items() if v is not None}, self.dispatches)

    def _until(self, name: str, due: Due) -> None:
        self.case[name] = due.day
        if due.assumed:
            self.case["due_assumed"] = True

    def _after(self, clock: Clock, start: dt.date | None = None) -> Due | None:
        return due_after(start or self.day, int(self.kind[clock])) if self.kind is not None else None

    def _due(self, after: str) -> Due | None:
        """When the next step is due, where this step starts a clock."""
        clock = STATES[after].clock
        if self.step.name == "accept":
            solved_by = self.held.props.get("due_on")
            return Due(solved_by, False) if solved_by is not None else self._after(Clock.SOLVE)
        if self.step.name == "escalate":
            # The level above has as long as somebody to whom it is sent anew.
            return self._after(Clock.ACCEPT if clock is Clock.ACCEPT else Clock.DISPATCH)
        return self._after(clock) if clock is not None and self.step.name in _STARTS_CLOCK else None

    def _of_holder(self, **props: Any) -> None:
        assert self.holder is not None
        self.record["target"] = self.holder.to
        if props:
            self.dispatches.append(Dispatch(self.holder.id, self.holder.to, props))

    def _sort(self) -> None:
        if self.request.kind == self.held.props.get("kind"):
            raise BadInput(f"{self.held.id} is of the kind {self.request.kind} already.")
        self.case["kind"] = self.record["detail"] = self.request.kind
        begun = self.held.begun_on or self.day
        self.case["due_assumed"] = None
        for name, clock in (("due_on", Clock.SOLVE), ("next_due_on", Clock.DISPATCH)):
            if (due := self._after(clock, begun)) is not None:
                self._until(name, due)

    def _dispatch(self) -> None:
        assert self.target is not None
        to = self.record["target"] = self.target.id
        before = sum(d.to == to for d in self.held.dispatches)
        id_ = edge_id("DISPATCHED_TO", self.held.id, to, str(before + 1) if before else "")
        props: Props = {"dispatched_on": self.day, "outcome": "open"}
        if "next_due_on" in self.case:
            props["answer_by"] = self.case["next_due_on"]
        self.dispatches.append(Dispatch(id_, to, props))

    def _accept(self) -> None:
        self._of_holder(accepted_on=self.day)

    def _refuse(self) -> None:
        self._of_holder(outcome="refused", refusal=self.request.reason.strip())

    def _recall(self) -> None:
        # A ledger may name several that hold it, or nobody.
        for dispatch in self.held.holders:
            self.record["target"] = dispatch.to
            self.dispatches.append(Dispatch(dispatch.id, dispatch.to, {"outcome": "recalled", "closed_on": self.day}))

    def _report(self) -> None:
        self._of_holder()

    def _escalate(self) -> None:
        level = self.held.level
        if level is None:
            raise CaseConflict(
                f"{self.held.id} lies in no area, so there is no level above.", hint="Correct where it was raised."
            )
        chain = (self.kind or {}).get("chain") or LEVELS
        above = [name for name in self.held.above(level) if name in chain]
        if not above:
            raise CaseConflict(f"{self.held.id} lies with the {level} already; there is no level above.")
        self.case["level"] = self.record["detail"] = above[0]

    def _done(self) -> None:
        self.case["closed_on"] = self.day
        self._of_holder(outcome="solved", closed_on=self.day)

    def _confirm(self) -> None:
        self.case |= {"agreed_on": self.day, "next_due_on": None}

    def _reopen(self) -> None:
        again = int(self.held.props.get("reopened") or 0) + 1
        self.case |= {"closed_on": None, "agreed_on": None, "reopened": again, "begun_on": self.day}
        if (due := self._after(Clock.SOLVE)) is not None:
            self._until("due_on", due)
