"""Cases on engines: a case's whole way, requests repeated, two who want the same, taking back, events, reminders, bad input."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as steady
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from govnet_graph.cases import (
    CaseConflict,
    KeyReused,
    NewCase,
    NotYours,
    StepRequest,
    events,
    last_cursor,
    raise_case,
    reminders,
    take,
    undo_last,
)
from govnet_graph.cases import read as case_reads
from govnet_graph.changes import NotUndoable, apply, plans
from govnet_graph.changes.model import ChangeSet
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions import question
from govnet_graph.records import Node, problems_of
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import Graph
from govnet_graph.store.export import read_records
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear
from tests.agreement import reload
from tests.case_model import NEEDS_REASON, RULES, STEPS, Model

DAY = dt.date(2026, 6, 1)
GRID = "990101001001001"


@pytest.fixture(scope="module")
def loaded(on_graph, district):
    on_graph(lambda graph: reload(graph, district))
    yield on_graph
    on_graph(clear)


async def _new(graph: Graph, **more: object) -> str:
    given = {"name": "井盖缺失", "area": GRID, "kind": "road", "on": DAY, **more}
    return (await raise_case(graph, NewCase(**given))).case  # type: ignore[arg-type]


async def _do(graph: Graph, case: str, *steps: str, **more: object):
    """Take steps one after another on the day of raising, with what each needs."""
    needs = {"dispatch": {"target": "unit-a"}, **{name: {"reason": "因"} for name in NEEDS_REASON}}
    outcome = None
    for step in steps:
        outcome = await take(graph, StepRequest(case=case, step=step, on=DAY, **{**needs.get(step, {}), **more}))
    return outcome


async def _profile(graph: Graph, case: str) -> dict:
    return (await ask(graph, question("case-profile"), {"case": case})).records()[0]


async def _steps(graph: Graph, case: str) -> list[str]:
    return [r["step"] for r in (await ask(graph, question("case-history"), {"case": case})).records()]


def test_the_whole_way_of_a_case(loaded):
    async def work(graph):
        case = await _new(graph, actor="member-02", description="门牌3号前", channel="full-time-worker")
        await _do(graph, case, "whistle", "dispatch", "refuse")
        await _do(graph, case, "dispatch", target="unit-b")
        done = await _do(graph, case, "accept", "report", "done")
        back = await _do(graph, case, "reopen", "dispatch", "accept", "done", "confirm")
        return (
            done,
            back,
            await _profile(graph, case),
            await ask(graph, question("case-history"), {"case": case}),
            await problems(graph),
        )

    done, back, profile, history, faults = loaded(work)
    assert faults == []
    assert (done.state, back.state, back.steps) == ("solved", "closed", 13)
    # raised on a Monday; two working days to confirm after it is solved are counted from its kind
    assert profile["due_on"] == dt.date(2026, 6, 15) and profile["next_due_on"] is None
    assert [(d["to"]["id"], d["outcome"]) for d in profile["dispatches"]] == [
        ("unit-a", "refused"), ("unit-a", "solved"), ("unit-b", "solved"),
    ]  # fmt: skip
    assert (profile["state"], profile["reopened"], profile["closed_on"], profile["agreed_on"]) == (
        "closed",
        1,
        DAY,
        DAY,
    )
    assert profile["details"] == {}, "what happened is personal"
    rows = history.records()
    assert [r["number"] for r in rows] == list(range(1, 14))
    assert rows[0]["actor"]["id"] == "member-02" and rows[3]["reason"] == "因"
    assert {r["author"] for r in rows} == {"local"} and {r["source"] for r in rows} == {"src-case-desk"}


async def problems(graph: Graph) -> list[str]:
    """What the schema has against what the graph holds."""
    return list(problems_of(*await read_records(graph)))


def test_a_repeated_request_does_not_repeat_the_effect(loaded):
    async def work(graph):
        raised = [await raise_case(graph, NewCase(name="路", area=GRID, kind="road", key="k-raise")) for _ in range(2)]
        case = raised[0].case
        asked = StepRequest(case=case, step="dispatch", target="unit-a", key="k-1")
        first = await take(graph, asked)
        version = await last_cursor(graph)
        again = [await take(graph, asked) for _ in range(2)]
        with pytest.raises(KeyReused, match="another request"):
            await take(graph, StepRequest(case=case, step="dispatch", target="unit-b", key="k-1"))
        other = await take(graph, StepRequest(case=case, step="accept", key="k-1", author="somebody-else"))
        return raised, first, again, version, await last_cursor(graph), other, await _steps(graph, case)

    raised, first, again, before, after, other, steps = loaded(work)
    assert raised[0].case == raised[1].case and raised[1].already and not raised[0].already
    assert [(o.step_id, o.state, o.plan, o.already) for o in again] == [
        (first.step_id, "dispatched", first.plan, True)
    ] * 2
    assert after == before + 1 == other.data_version, "only the other author's step was written"
    assert steps == ["raise", "dispatch", "accept"]


def test_a_repeated_request_stays_answered_after_the_step_was_taken_back(loaded):
    async def work(graph):
        case = await _new(graph)
        asked = StepRequest(case=case, step="whistle", key="k-undone")
        await take(graph, asked)
        await undo_last(graph, case, author="tester")
        return await take(graph, asked), await _steps(graph, case)

    outcome, steps = loaded(work)
    assert outcome.already and steps == ["raise"]


def test_of_those_who_dispatch_one_case_at_once_one_wins(loaded, engine, settings):
    async def one(case: str, target: str):
        async with Graph.open(engine, settings) as graph:
            return await take(graph, StepRequest(case=case, step="dispatch", target=target))

    async def work(graph):
        case = await _new(graph)
        targets = ["unit-a", "unit-b", "unit-d", "unit-e", "member-04"]
        ended = await asyncio.gather(*(one(case, target) for target in targets), return_exceptions=True)
        return targets, ended, await _profile(graph, case), await _steps(graph, case)

    targets, ended, profile, steps = loaded(work)
    won = [target for target, end in zip(targets, ended, strict=True) if not isinstance(end, BaseException)]
    lost = [end for end in ended if isinstance(end, BaseException)]
    assert len(won) == 1
    assert all(isinstance(end, CaseConflict) and "is dispatched" in end.message for end in lost), lost
    assert [d["to"]["id"] for d in profile["dispatches"]] == won
    assert steps == ["raise", "dispatch"]


def test_those_who_dispatch_different_cases_at_once_all_succeed(loaded):
    async def work(graph):
        cases = [await _new(graph) for _ in range(4)]
        asked = [StepRequest(case=case, step="dispatch", target="unit-a") for case in cases]
        return await asyncio.gather(*(take(graph, request) for request in asked))

    assert [outcome.state for outcome in loaded(work)] == ["dispatched"] * 4


def test_the_same_request_sent_at_once_is_one_step(loaded):
    async def work(graph):
        case = await _new(graph)
        asked = StepRequest(case=case, step="whistle", key="k-together")
        outcomes = await asyncio.gather(*(take(graph, asked) for _ in range(4)))
        return outcomes, await _steps(graph, case)

    outcomes, steps = loaded(work)
    assert len({o.step_id for o in outcomes}) == 1 and sum(not o.already for o in outcomes) == 1
    assert steps == ["raise", "whistle"]


def test_a_request_that_another_sent_while_it_was_looked_up_is_answered(loaded, monkeypatch):
    """Not refused for the state that the very same request brought about."""

    async def work(graph):
        case, looked_up = await _new(graph), case_reads.answered
        asked = StepRequest(case=case, step="whistle", key="k-overtaken")

        async def overtaken(*args):
            found = await looked_up(*args)
            monkeypatch.undo()
            await take(graph, asked)
            return found

        monkeypatch.setattr(case_reads, "answered", overtaken)
        return await take(graph, asked), await _steps(graph, case)

    outcome, steps = loaded(work)
    assert outcome.already and outcome.state == "whistled"
    assert steps == ["raise", "whistle"]


def test_taking_back_leaves_the_graph_as_it_was(loaded):
    async def work(graph):
        case = await _new(graph)
        found = []
        for step in ("whistle", "dispatch", "accept", "report", "escalate", "done"):
            before = await content_hash(graph)
            outcome = await _do(graph, case, step)
            undone = await undo_last(graph, case, author="tester", step_id=outcome.step_id)
            again = await undo_last(graph, case, author="tester", step_id=outcome.step_id)
            found.append((step, undone.step, before == await content_hash(graph), again.already))
            await _do(graph, case, step)
        return found

    assert loaded(work) == [(s, s, True, True) for s in ("whistle", "dispatch", "accept", "report", "escalate", "done")]


def test_what_may_not_be_taken_back_says_so(loaded):
    async def work(graph):
        case = await _new(graph)
        await _do(graph, case, "dispatch", "accept", "done", "confirm")
        with pytest.raises(NotUndoable, match="confirm"):
            await undo_last(graph, case, author="tester")
        with pytest.raises(CaseConflict, match="not the last step"):
            await undo_last(graph, case, author="tester", step_id="step-3")
        with pytest.raises(NotUndoable, match="comes from a ledger"):
            await undo_last(graph, "case-1", author="tester")
        with pytest.raises(NotFound):
            await undo_last(graph, "no-such", author="tester")
        fresh = await _new(graph)
        await apply(
            graph,
            ChangeSet("edit", "x", "t", "r", nodes=(Node("Case", fresh, {"note": "改", "source": "src-cases"}),)),
        )
        with pytest.raises(NotUndoable, match="changed"):
            await undo_last(graph, fresh, author="tester")

    loaded(work)


def test_a_raised_case_can_be_taken_back_whole(loaded):
    async def work(graph):
        case = await _new(graph)
        undone = await undo_last(graph, case, author="tester")
        rows = await graph.read("MATCH (n:Case {id: $id}) RETURN n", {"id": case})
        return undone, rows

    undone, rows = loaded(work)
    assert undone.state is None and rows == []


def test_events_are_told_in_order_once_and_what_was_taken_back_too(loaded):
    async def work(graph):
        start = await last_cursor(graph)
        case = await _new(graph)
        await _do(graph, case, "whistle", "dispatch")
        first = await events(graph, start)
        await undo_last(graph, case, author="tester", reason="错了")
        pages, cursor = [], first[-1].cursor
        while page := await events(graph, cursor, limit=1):
            pages += page
            cursor = page[-1].cursor
        return case, first, pages, await events(graph, start, case=case), await events(graph, start, case="case-1")

    case, first, later, whole, nothing = loaded(work)
    assert [(e.event, e.case) for e in first] == [(f"case.{s}", case) for s in ("raise", "whistle", "dispatch")]
    assert [e.cursor for e in first] == sorted({e.cursor for e in first})
    assert [(e.event, e.detail, e.reason, e.state) for e in later] == [("case.undone", "dispatch", "错了", "whistled")]
    assert [e.event for e in whole] == ["case.raise", "case.whistle", "case.undone"] and nothing == []


def test_reminders_name_each_deadline_once(loaded):
    async def work(graph):
        case = await _new(graph, area="990101001001")
        await _do(graph, case, "dispatch")
        days = [dt.date(2026, 6, day) for day in (1, 2, 3, 4, 5)]
        found = {day: [r for r in await reminders(graph, day=day) if r.case == case] for day in days}
        await _do(graph, case, "accept", "done")
        confirmed = [r for r in await reminders(graph, day=dt.date(2026, 7, 1)) if r.case == case]
        return case, found, confirmed

    case, found, confirmed = loaded(work)
    told = [[(r.event, r.who, r.working_days) for r in one] for one in found.values()]
    assert told == [
        [],
        [("case.due-soon", ("unit-a",), 1)],
        [("case.due-soon", ("unit-a",), 0)],
        [("case.late", ("unit-a",), -1)],
        [("case.late", ("unit-a",), -2)],
    ]
    late = [one[0].id for one in list(found.values())[-2:]]
    assert late[0] == late[1] == f"case.late:{case}:dispatched:2026-06-03"
    assert [(r.waits_for, r.state) for r in confirmed] == [("raiser", "solved")]


def test_escalation_climbs_the_chain_and_says_who_has_it(loaded):
    async def work(graph):
        case = await _new(graph)
        who = []
        for level in ("Community", "Street", "District"):
            rows = (await ask(graph, question("case-clock"), {"ahead": 60, "as_of": DAY})).records()
            row = next(r for r in rows if r["case"]["id"] == case)
            who.append((row["level"], [w["id"] for w in row["who"]]))
            if level != "District":
                await _do(graph, case, "escalate")
        with pytest.raises(CaseConflict, match="no level above"):
            await _do(graph, case, "escalate")
        return who

    assert loaded(work) == [
        ("Community", ["org-community-1", "org-joint-1"]),
        ("Street", ["org-street-1"]),
        ("District", ["org-district"]),
    ]


BAD = {
    "unknown kind": (NewCase(name="a", area=GRID, kind="comet"), NotFound, "There is no kind of case 'comet'"),
    "no area": (NewCase(name="a", area=""), BadInput, "needs an area"),
    "unknown area": (NewCase(name="a", area="999", kind="road"), NotFound, "There is no area '999'"),
    "a unit for an area": (NewCase(name="a", area="unit-a", kind="road"), NotFound, "There is no area 'unit-a'"),
    "no name": (NewCase(name=" ", area=GRID, kind="road"), BadInput, "needs a name"),
    "unknown channel": (NewCase(name="a", area=GRID, channel="owl"), BadInput, "There is no channel 'owl'"),
    "future": (NewCase(name="a", area=GRID, on=dt.date(2100, 1, 1)), BadInput, "lies in the future"),
    "half a place": (NewCase(name="a", area=GRID, latitude=42.0), BadInput, "given together"),
    "no such place": (NewCase(name="a", area=GRID, latitude=99.0, longitude=0.0), BadInput, "between -90 and 90"),
    "who left": (NewCase(name="a", area=GRID, kind="road", actor="member-13"), BadInput, "left on 2026-02-01"),
    "an id that is taken": (NewCase(name="a", area=GRID, kind="road", id="case-1"), CaseConflict, "There is a case-1"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_case_that_cannot_be_is_refused_and_nothing_is_written(loaded, name):
    request, error, said = BAD[name]

    async def work(graph):
        before = await content_hash(graph)
        with pytest.raises(error, match=said):
            await raise_case(graph, request)
        return before == await content_hash(graph)

    # the source of all steps may be made on the way, so it is made before
    loaded(_new)
    assert loaded(work)


def test_a_step_that_cannot_be_is_refused_and_nothing_is_written(loaded):
    asked = [
        (StepRequest(case="no-such", step="whistle"), NotFound, "There is no case"),
        (StepRequest(case="case-2", step="jump"), BadInput, "There is no step"),
        (StepRequest(case="case-2", step="sort", kind="comet"), NotFound, "There is no kind of case"),
        (StepRequest(case="case-2", step="dispatch", target="member-13"), BadInput, "left on 2026-02-01"),
        (StepRequest(case="case-2", step="dispatch", target="no-such"), NotFound, "There is no target"),
        (StepRequest(case="case-2", step="accept"), CaseConflict, "case-2 is refused"),
        (StepRequest(case="case-1", step="accept", actor="unit-b"), NotYours, "lies with unit-a"),
        (StepRequest(case="case-1", step="accept", on=dt.date(2026, 5, 1)), BadInput, "lies before"),
        (StepRequest(case="case-3", step="confirm", on=dt.date(2026, 4, 9)), BadInput, "lies before"),
        (StepRequest(case="case-2", step="dispatch", target="unit-a", expected=7), CaseConflict, "has taken 0 steps"),
    ]

    async def work(graph):
        await _new(graph)
        before = await content_hash(graph)
        for request, error, said in asked:
            with pytest.raises(error, match=said):
                await take(graph, request)
        return before == await content_hash(graph)

    assert loaded(work)


def test_a_case_of_a_ledger_goes_on_here(loaded):
    """case-2 was refused by unit-b according to its ledger; from there on steps are recorded."""

    async def work(graph):
        await take(graph, StepRequest(case="case-2", step="dispatch", target="unit-a", on=DAY))
        rows = (await ask(graph, question("case-history"), {"case": "case-2"})).records()
        old = (await ask(graph, question("case-profile"), {"case": "case-2", "as_of": dt.date(2026, 5, 20)})).records()[
            0
        ]
        await undo_last(graph, "case-2", author="tester")
        return [(r["step"], r["day"], r["number"]) for r in rows], old["state"]

    steps, then = loaded(work)
    assert steps == [
        ("raise", dt.date(2026, 5, 12), None), ("dispatch", dt.date(2026, 5, 13), None), ("refuse", None, None),
        ("dispatch", DAY, 1),
    ]  # fmt: skip
    assert then == "refused"


def test_a_case_without_an_area_can_be_worked_but_not_escalated(loaded):
    async def work(graph):
        lost = Node(
            "Case",
            "case-lost",
            {"name": "无处", "kind": "road", "state": "raised", "channel": "forum", "source": "src-cases"},
        )
        await apply(graph, ChangeSet("edit", "lost", "t", "r", nodes=(lost,)))
        with pytest.raises(CaseConflict, match="lies in no area"):
            await _do(graph, "case-lost", "escalate")
        outcome = await take(graph, StepRequest(case="case-lost", step="dispatch", target="unit-a"))
        return outcome.state

    assert loaded(work) == "dispatched"


def test_each_step_is_one_plan_that_names_its_author(loaded):
    async def work(graph):
        case = await _new(graph, author="key-7")
        outcome = await take(graph, StepRequest(case=case, step="whistle", author="key-8", reason="急"))
        held = {p.id: p for p in await plans(graph, "edit")}
        return held[outcome.plan], outcome

    plan, outcome = loaded(work)
    assert (plan.author, plan.reason, plan.state, plan.data_version) == ("key-8", "急", "applied", outcome.data_version)


@pytest.mark.usefixtures("loaded")
def test_steps_at_random_end_where_the_plain_model_says(engine, settings):
    """Right and wrong steps, repeated requests and steps taken back, on one engine; each example is a case of its own."""

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.runner = asyncio.Runner()
            self.opened = Graph.open(engine, settings)
            self.graph = self.runner.run(self.opened.__aenter__())

        def teardown(self) -> None:
            self.runner.run(self.opened.__aexit__(None, None, None))
            self.runner.close()

        def run(self, work):
            return self.runner.run(work)

        @initialize()
        def raised(self) -> None:
            self.model, self.last = Model(), None
            self.case = self.run(_new(self.graph, area="990101001001"))

        @rule(data=st.data(), to=st.sampled_from(("unit-a", "unit-b")), wrong=st.sampled_from((*STEPS, *[""] * 22)))
        def step(self, data, to: str, wrong: str) -> None:
            name = wrong or data.draw(st.sampled_from(sorted(RULES[self.model.state])))
            given = {
                "reason": "因" if name in NEEDS_REASON else "",
                "target": to if name == "dispatch" else "",
                "kind": ("wall" if self.model.kind == "road" else "road") if name == "sort" else "",
            }
            request = StepRequest(
                case=self.case, step=name, on=DAY, key=f"k-{self.case}-{len(self.model.log)}-{name}", **given
            )
            fault = self.model.fault(name, actor="", **given)
            if fault:
                with pytest.raises(CaseConflict):
                    self.run(take(self.graph, request))
                return
            outcome = self.run(take(self.graph, request))
            if outcome.already:  # the same request was taken back before, and stays so
                return
            self.model.take(name, target=given["target"], kind=given["kind"])
            self.last = request
            assert (outcome.state, outcome.steps) == (self.model.state, len(self.model.log))

        @rule()
        def repeat(self) -> None:
            if self.last is not None:
                assert self.run(take(self.graph, self.last)).already

        @rule()
        def take_back(self) -> None:
            may = bool(self.model.past) and self.model.past[-1] is not None
            if len(self.model.log) == 1:
                return
            if not may:
                with pytest.raises(NotUndoable):
                    self.run(undo_last(self.graph, self.case, author="tester"))
                return
            self.model.undo()
            assert self.run(undo_last(self.graph, self.case, author="tester")).state == self.model.state

        @invariant()
        def the_graph_is_as_the_model_says(self) -> None:
            if not hasattr(self, "case"):
                return
            shown = self.run(_profile(self.graph, self.case))
            now = (shown["state"], shown["kind"], shown["level"], shown["reopened"], shown["steps"])
            model = self.model
            assert now == (model.state, model.kind, model.level, model.reopened, len(model.log))
            held = [d["to"]["id"] for d in shown["dispatches"] if d["outcome"] == "open"]
            assert held == ([model.holder] if model.holder else [])
            assert self.run(_steps(self.graph, self.case)) == model.log

    few = steady(
        max_examples=6, stateful_step_count=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Machine, settings=few)
