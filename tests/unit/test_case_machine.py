"""The state machine of cases: closed in itself, and obeyed by what decides a step, against a plain model."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from govnet_graph.cases.decide import decide, step_named
from govnet_graph.cases.drawing import PLACES, picture, tables
from govnet_graph.cases.held import Dispatch, Held, Party
from govnet_graph.cases.machine import MACHINE, STATES, Clock, Role, steps_from
from govnet_graph.cases.model import CaseConflict, NewCase, NotYours, StepRequest
from govnet_graph.errors import BadInput
from govnet_graph.schema import SCHEMA
from tests.case_model import BY_HOLDER, NEEDS_REASON, RULES, STEPS, Model

DAY = dt.date(2026, 6, 1)
KIND = {
    "dispatch_days": 1,
    "accept_days": 2,
    "solve_days": 10,
    "confirm_days": 5,
    "chain": ["Community", "Street", "District"],
}
AREAS = (("Grid", "g"), ("Community", "c"), ("Street", "s"), ("District", "d"))
PARTIES = {id_: Party(id_, "Unit") for id_ in ("unit-a", "unit-b")}
TARGETS = st.sampled_from(("unit-a", "unit-b"))


def held(state: str = "raised", **more: object) -> Held:
    """A case as the graph might hold it."""
    given = {"areas": AREAS, "kind": KIND, **more}
    props = {"state": state, "kind": "road", "raised_on": DAY, "steps": 1, **given.pop("props", {})}  # type: ignore[dict-item]
    return Held("case-1", props, **given)  # type: ignore[arg-type]


def take(
    case: Held, step: str, day: dt.date = DAY, today: dt.date = DAY, parties=PARTIES, kind=None, **request: object
):
    """Decide a step."""
    return decide(case, StepRequest(case=case.id, step=step, **request), day, today, parties, kind)  # type: ignore[arg-type]


def test_the_machine_is_closed_and_every_state_is_reached_and_left():
    for step in MACHINE.values():
        assert set(step.froms) <= set(STATES) and (step.to is None or step.to in STATES)
        assert step.text.zh and step.about.en
    reached, ring = {"raised"}, {"raised"}
    while ring:
        ring = {step.after(state) for state in ring for step in steps_from(state)} - reached
        reached |= ring
    assert reached == set(STATES)
    assert all(steps_from(state) for state in STATES), "there is a state that nothing leads out of"


def test_the_schema_knows_the_machine():
    assert SCHEMA.nodes["Case"].by_name["state"].values == tuple(STATES)
    assert SCHEMA.nodes["CaseStep"].by_name["step"].values == tuple(MACHINE)
    assert set(Clock) <= set(SCHEMA.nodes["CaseKind"].by_name)


def test_the_plain_model_says_the_same_as_the_machine():
    told = {state: {step.name: step.to or "=" for step in steps_from(state)} for state in STATES}
    assert told == RULES
    assert {s.name for s in MACHINE.values() if "reason" in s.needs} == NEEDS_REASON
    assert {s.name for s in MACHINE.values() if s.role is Role.HOLDER} == BY_HOLDER
    assert [s.name for s in MACHINE.values() if not s.undoable] == ["confirm"]


class Cases(RuleBasedStateMachine):
    """Takes steps at random, right and wrong ones, and compares what is decided with the model."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.held = held(props={"next_due_on": DAY})

    @rule(
        step=st.sampled_from(STEPS),
        reason=st.sampled_from(("", "因")),
        to=st.sampled_from(("", "unit-a", "unit-b")),
        kind=st.sampled_from(("", "road", "wall")),
        actor=st.sampled_from(("", "unit-a", "unit-b")),
    )
    def any_step(self, step: str, reason: str, to: str, kind: str, actor: str) -> None:
        """Most of these may not be taken."""
        self._take(step, reason, to, kind, actor)

    @rule(data=st.data(), to=TARGETS)
    def good_step(self, data: st.DataObject, to: str) -> None:
        """One that its state allows, with all that it needs."""
        step = data.draw(st.sampled_from(sorted(RULES[self.model.state])))
        kind = ("wall" if self.model.kind == "road" else "road") if step == "sort" else ""
        self._take(step, "因" if step in NEEDS_REASON else "", to if step == "dispatch" else "", kind, "")

    def _take(self, step: str, reason: str, target: str, kind: str, actor: str) -> None:
        wrong = self.model.fault(step, reason=reason, target=target, kind=kind, actor=actor)
        request = StepRequest(case="case-1", step=step, reason=reason, target=target, kind=kind, actor=actor)
        kinds = KIND if kind else None
        if wrong:
            with pytest.raises({"state": CaseConflict, "input": BadInput, "who": NotYours}[wrong]):
                decide(self.held, request, DAY, DAY, PARTIES, kinds)
            return
        change = decide(self.held, request, DAY, DAY, PARTIES, kinds)
        self.model.take(step, target=target, kind=kind)
        props = {k: v for k, v in {**self.held.props, **change.case}.items() if v is not None}
        links = {d.id: d for d in self.held.dispatches}
        for d in change.dispatches:
            before = links[d.id].props if d.id in links else {}
            links[d.id] = Dispatch(d.id, d.to, {**before, **d.props})
        self.held = Held("case-1", props, KIND, AREAS, tuple(links.values()), "", DAY)
        assert change.step["to_state"] == self.model.state

    @invariant()
    def the_case_is_as_the_model_says(self) -> None:
        """State, holder, level and counts agree."""
        model, case = self.model, self.held
        assert (case.state, case.level, case.steps) == (model.state, model.level, len(model.log))
        assert [d.to for d in case.holders] == ([model.holder] if model.holder else [])
        assert (case.props.get("kind"), case.props.get("reopened", 0)) == (model.kind, model.reopened)
        assert ("next_due_on" in case.props) == (model.state != "closed")
        assert (case.props.get("closed_on") is not None) == (model.state in ("solved", "closed"))


TestCases = Cases.TestCase
TestCases.settings = settings(max_examples=150, stateful_step_count=30, deadline=None, derandomize=True)


def test_a_step_without_what_it_needs_says_what():
    with pytest.raises(BadInput, match="dispatch needs a target"):
        take(held(), "dispatch")
    with pytest.raises(BadInput, match="refuse needs a reason"):
        take(held("dispatched"), "refuse", reason=" ")
    with pytest.raises(BadInput, match="whistle takes no target"):
        take(held(), "whistle", target="unit-a")
    with pytest.raises(BadInput, match="There is no step 'jump'"):
        step_named("jump")
    with pytest.raises(BadInput, match="There is no step 'raise'"):
        step_named("raise")


def test_double_acceptance_and_steps_of_another_state_name_what_may_be_done():
    with pytest.raises(CaseConflict, match=r"is accepted, and accept is taken in the state dispatched only") as told:
        take(held("accepted"), "accept")
    assert told.value.hint == "Now it may take: refuse, recall, report, escalate, done."


@pytest.mark.parametrize(
    ("party", "said"),
    [
        (Party("m", "Member", until=DAY), "left on 2026-06-01"),
        (Party("m", "Member", since=DAY + dt.timedelta(days=1)), "begins on 2026-06-02"),
        (Party("m", "Grid"), "is a Grid"),
        (None, "There is no target 'm'"),
    ],
)
def test_nobody_who_is_not_there_gets_a_case(party, said):
    with pytest.raises(BadInput, match=said):
        take(held(), "dispatch", target="m", parties={"m": party} if party else {})


def test_who_belongs_to_the_holder_speaks_for_it():
    lies = Dispatch("DISPATCHED_TO:case-1>unit-a", "unit-a", {"outcome": "open", "dispatched_on": DAY})
    case = held("dispatched", dispatches=(lies,))
    staff = {"m": Party("m", "Member", bodies=frozenset({"unit-a"})), "x": Party("x", "Member")}
    assert take(case, "accept", actor="m", parties=staff).step["target"] == "unit-a"
    with pytest.raises(NotYours, match="lies with unit-a, not with x"):
        take(case, "accept", actor="x", parties=staff)


def test_only_who_raised_it_confirms():
    case = held("solved", raiser="member-1")
    with pytest.raises(NotYours, match="raised by member-1"):
        take(case, "confirm", actor="unit-a")
    assert take(case, "confirm").case["agreed_on"] == DAY


def test_days_keep_their_order_and_none_lies_in_the_future():
    case = held("accepted", last_on=DAY, dispatches=(Dispatch("d", "unit-a", {}),))
    with pytest.raises(BadInput, match="lies in the future"):
        take(case, "done", day=DAY + dt.timedelta(days=1))
    with pytest.raises(BadInput, match="lies before the step before it"):
        take(case, "done", day=DAY - dt.timedelta(days=1))
    with pytest.raises(BadInput, match="lies before the case itself"):
        take(held(), "whistle", day=DAY - dt.timedelta(days=1))


def test_deadlines_follow_the_kind_and_count_working_days():
    sent = take(held(), "dispatch", target="unit-a")
    assert sent.case["next_due_on"] == dt.date(2026, 6, 3) == sent.dispatches[0].props["answer_by"]
    again = take(held("solved", props={"closed_on": DAY}), "reopen", reason="又坏了")
    assert (again.case["due_on"], again.case["next_due_on"]) == (dt.date(2026, 6, 15), dt.date(2026, 6, 2))
    assert again.case["closed_on"] is None


def test_a_deadline_in_a_year_whose_calendar_is_not_published_says_so():
    late = dt.date(2026, 12, 30)
    kind = {**KIND, "accept_days": 5}
    change = decide(
        held(kind=kind), StepRequest(case="case-1", step="dispatch", target="unit-a"), late, late, PARTIES, None
    )
    assert change.case["due_assumed"] is True


def test_a_kind_that_the_graph_does_not_hold_sets_no_deadline():
    change = take(held(kind=None), "dispatch", target="unit-a")
    assert "next_due_on" not in change.case and "answer_by" not in change.dispatches[0].props


def test_a_case_of_a_ledger_that_lies_with_nobody_can_be_recalled():
    with pytest.raises(CaseConflict, match="lies with nobody"):
        take(held("accepted"), "done")
    assert take(held("accepted"), "recall", reason="台账不全").case["state"] == "raised"


def test_escalation_ends_at_the_top_and_needs_an_area():
    with pytest.raises(CaseConflict, match="no level above"):
        take(held(props={"level": "District"}), "escalate", reason="无人应答")
    with pytest.raises(CaseConflict, match="lies in no area"):
        take(held(areas=()), "escalate", reason="无人应答")
    skipping = {**KIND, "chain": ["District"]}
    assert take(held(kind=skipping), "escalate", reason="急").case["level"] == "District"


def test_a_second_dispatch_to_the_same_keeps_the_first():
    first = Dispatch("DISPATCHED_TO:case-1>unit-a", "unit-a", {"outcome": "refused"})
    change = take(held("refused", dispatches=(first,)), "dispatch", target="unit-a")
    assert change.dispatches[0].id == "DISPATCHED_TO:case-1>unit-a#2"


def test_what_a_request_asks_for_is_one_number():
    request = StepRequest(case="case-1", step="whistle")
    assert request.hash == StepRequest(case="case-1", step="whistle", key="k", author="other").hash
    assert request.hash != StepRequest(case="case-2", step="whistle").hash
    assert NewCase(name="a", area="b").hash != NewCase(name="a", area="c").hash


def test_the_drawing_and_the_tables_hold_every_state_and_step():
    drawn, told = picture(), tables()
    ElementTree.fromstring(drawn)
    for state in STATES.values():
        assert f"{state.text.zh} {state.name}" in drawn and f"`{state.name}`" in told
    for step in MACHINE.values():
        assert step.text.zh in drawn and f"| `{step.name}` | {step.text.zh} |" in told
    assert set(PLACES) == set(STATES)
