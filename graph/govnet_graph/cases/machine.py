"""The state machine of cases, as data: its states, its steps, who takes each, what it needs and what it sets.

Written once. The step function obeys it, the API's description, the page's buttons and the drawing in the documentation
are made from it.

>>> [step.name for step in steps_from("dispatched")]
['accept', 'refuse', 'recall', 'escalate']
>>> MACHINE["done"].after("accepted")
'solved'
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from govnet_graph.schema import CASE_STATES, CASE_STEPS, Text


class Role(StrEnum):
    """In which part somebody takes a step."""

    RAISER = "raiser"
    DISPATCHER = "dispatcher"
    HOLDER = "holder"


class Clock(StrEnum):
    """Which deadline of its kind runs in a state; each counts working days."""

    DISPATCH = "dispatch_days"
    ACCEPT = "accept_days"
    SOLVE = "solve_days"
    CONFIRM = "confirm_days"


@dataclass(frozen=True, slots=True)
class State:
    """A state of a case. ``clock`` is the deadline that runs in it, None where nothing is awaited; ``role`` has to act."""

    name: str
    text: Text
    clock: Clock | None
    role: Role | None

    @property
    def open(self) -> bool:
        """Whether the case still waits to be solved."""
        return self.name not in ("solved", "closed")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken with a case.

    Parameters
    ----------
    name : str
    text : Text
        What a button says.
    about : Text
        What it means, in one sentence.
    froms : tuple of str
        States in which it may be taken; empty for the step that makes a case.
    to : str or None
        State after it; None where it leaves the state as it is.
    role : Role
        Who may take it: a step of the holder may be taken only by the one with whom the case lies.
    needs : tuple of str
        What must be given: ``reason``, ``target`` (id of whom it goes to) or ``kind`` (code of a kind of case).
    undoable : bool
        Whether it may be taken back while it is the last one.
    """

    name: str
    text: Text
    about: Text
    froms: tuple[str, ...]
    to: str | None
    role: Role
    needs: tuple[str, ...] = ()
    undoable: bool = True

    def after(self, state: str) -> str:
        """The state that follows when it is taken in ``state``. Raises KeyError where it may not be."""
        if state not in self.froms:
            raise KeyError(state)
        return self.to or state


STATES = {
    state.name: state
    for state in (
        State("raised", Text("已提出", "raised"), Clock.DISPATCH, Role.DISPATCHER),
        State("whistled", Text("已吹哨", "whistled"), Clock.DISPATCH, Role.DISPATCHER),
        State("dispatched", Text("已派单", "dispatched"), Clock.ACCEPT, Role.HOLDER),
        State("accepted", Text("已接单", "accepted"), Clock.SOLVE, Role.HOLDER),
        State("refused", Text("被拒办", "refused"), Clock.DISPATCH, Role.DISPATCHER),
        State("solved", Text("已办结", "solved"), Clock.CONFIRM, Role.RAISER),
        State("closed", Text("已确认", "closed"), None, None),
    )
}
_WAITING = ("raised", "whistled", "refused")
_HELD = ("dispatched", "accepted")

MACHINE = {
    step.name: step
    for step in (
        Step(
            "raise", Text("提出", "Raise"),
            Text("居民、网格员或议事会提出问题", "A resident, a grid worker or a forum raises it"), (), "raised", Role.RAISER,
        ),
        Step(
            "sort", Text("分类", "Sort"), Text("归入一个种类，期限随之重算", "Put it into a kind; its deadlines follow"),
            _WAITING, None, Role.DISPATCHER, ("kind",),
        ),
        Step(
            "whistle", Text("吹哨", "Whistle"), Text("社区吹哨，请各部门报到", "The community calls for help"),
            ("raised", "refused"), "whistled", Role.DISPATCHER,
        ),
        Step(
            "dispatch", Text("派单", "Dispatch"), Text("派给一个单位、组织或成员", "Send it to a unit, an organization or a member"),
            _WAITING, "dispatched", Role.DISPATCHER, ("target",),
        ),
        Step("accept", Text("接单", "Accept"), Text("承办方接单", "Who it was sent to accepts it"), ("dispatched",), "accepted", Role.HOLDER),
        Step(
            "refuse", Text("拒办", "Refuse"), Text("承办方说明理由后拒办", "Who it was sent to refuses it and says why"),
            _HELD, "refused", Role.HOLDER, ("reason",),
        ),
        Step(
            "recall", Text("收回", "Recall"), Text("从承办方收回，可另行派单", "Take it back from who holds it, to send it elsewhere"),
            _HELD, "raised", Role.DISPATCHER, ("reason",),
        ),
        Step(
            "report", Text("报告进展", "Report"), Text("承办方报告进展", "Who holds it reports how far it is"),
            ("accepted",), None, Role.HOLDER, ("reason",),
        ),
        Step(
            "escalate", Text("上报", "Escalate"), Text("上报到高一级", "Bring it to the next level above"),
            (*_WAITING, *_HELD), None, Role.DISPATCHER, ("reason",),
        ),
        Step("done", Text("办结", "Done"), Text("承办方报告办结", "Who holds it reports that it is solved"), ("accepted",), "solved", Role.HOLDER),
        Step(
            "confirm", Text("确认", "Confirm"), Text("提出人确认已解决", "Who raised it confirms that it is solved"),
            ("solved",), "closed", Role.RAISER, undoable=False,
        ),
        Step(
            "reopen", Text("退回重办", "Reopen"), Text("提出人认为没有解决，退回重办", "Who raised it says that it is not solved"),
            ("solved", "closed"), "raised", Role.RAISER, ("reason",),
        ),
    )
}  # fmt: skip
assert tuple(STATES) == CASE_STATES
assert tuple(MACHINE) == CASE_STEPS


def steps_from(state: str) -> tuple[Step, ...]:
    """The steps that may be taken in a state, in the order of the machine."""
    return tuple(step for step in MACHINE.values() if state in step.froms)
