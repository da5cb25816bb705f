"""The life of a plan on every engine: proposed, looked at, edited, decided, applied in one transaction, taken back."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import textwrap

import orjson
import pytest

from govnet_graph.changes import ChangeSet, End, NotUndoable, OpenPlan, undo
from govnet_graph.changes import apply as apply_set
from govnet_graph.changes.plans import plan as plan_of
from govnet_graph.changes.proposals import (
    BadEdit,
    HandEdits,
    NotApproved,
    NotAProposal,
    NothingToPropose,
    NotInThatState,
    OwnPlan,
    PlanOvertaken,
    apply,
    approve,
    by_hand,
    checked,
    compare,
    discard,
    edit,
    preview,
    propose,
    read,
    refuse,
    resolve,
    solve,
)
from govnet_graph.errors import NotFound
from govnet_graph.planner.errors import ContradictingLocks, NotInSnapshot
from govnet_graph.questions import question
from govnet_graph.records import Edge, Node
from govnet_graph.store.backup import backup, restore
from govnet_graph.store.commit import Stamp, commit, plan_step
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import native
from govnet_graph.store.reader import ask
from govnet_graph.store.snapshots import read_snapshot
from govnet_graph.store.state import clear, read_state
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

DAY = dt.date(2026, 6, 1)
STREET = "990101001"
NEW = "unit-f>990101001002002"
ENDED = "unit-b>990101001001002"
AT = dt.datetime(2026, 6, 20, 9)


@pytest.fixture
def fresh(on_graph, district):
    """A graph that holds the invented district, and is emptied afterwards."""

    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


def written(graph, *, add=(NEW,), remove=(ENDED,), name="结对调整", author="planner", area=STREET):
    return by_hand(
        graph, HandEdits(add=add, remove=remove), name=name, author=author, reason="会议议定", area=area, as_of=DAY
    )


async def approved(graph, **given):
    plan = await written(graph, **given)
    return await approve(graph, plan.id, author="secretary", reason="同意")


async def pairings(graph) -> dict[str, dict]:
    rows = await graph.read("MATCH (:Unit)-[r:PAIRED_WITH]->() RETURN r.id, properties(r)")
    return {id_: native(props) for id_, props in rows}


def test_the_whole_life_of_a_plan(fresh):
    async def work(graph):
        before = await content_hash(graph)
        plan = await written(graph)
        assert (plan.state, plan.author, plan.reason, plan.area, plan.method) == (
            "open",
            "planner",
            "会议议定",
            STREET,
            "hand",
        )
        assert [(c.operation, c.pair) for c in plan.changes] == [("create", NEW), ("end", ENDED)]
        assert plan.lock == (NEW,) and plan.forbid == (ENDED,) and len(plan.snapshot) == 64
        assert await content_hash(graph) == before, "a proposal states nothing about the district"
        assert await read(graph, plan.id) == plan
        shown = await preview(graph, plan.id)
        assert shown["moved"] == [] and shown["difference"]["kind"] == "difference"
        gained = {(m["area"], m["requirement"]) for m in shown["difference"]["gained"]}
        lost = {(m["area"], m["requirement"]) for m in shown["difference"]["lost"]}
        assert not gained & lost and shown["measures"]["after"]["changes"] == {"create": 1, "supersede": 0, "end": 1}
        with pytest.raises(NotApproved):
            await apply(graph, plan.id, author="planner")
        decided = await approve(graph, plan.id, author="secretary", reason="同意")
        assert (decided.state, decided.decided_by, decided.verdict) == ("approved", "secretary", "同意")
        assert await approve(graph, plan.id, author="another") == decided, "approving again changes nothing"
        summary = await apply(graph, plan.id, author="clerk", now=AT)
        assert (summary.created, summary.ended, summary.already) == (1, 1, False)
        held = await pairings(graph)
        made, ended = held["PAIRED_WITH:" + NEW], held["PAIRED_WITH:" + ENDED]
        assert (made["since"], made["change"], made["source"]) == (DAY, plan.id, f"src-{plan.id}")
        assert (ended["until"], ended["services"]) == (DAY, ["haircut"])
        again = await apply(graph, plan.id, author="clerk")
        assert again.already and again.data_version == summary.data_version
        assert (await preview(graph, plan.id))["difference"] is None
        info = await plan_of(graph, plan.id)
        assert (info.state, info.data_version, info.recorded_at) == ("applied", summary.data_version, AT)
        undone = await undo(graph, plan.id, author="clerk", reason="误")
        assert (undone.state, undone.withdrawn, undone.changed) == ("undone", 2, 1)
        assert await content_hash(graph) == before
        with pytest.raises(NotInThatState):
            await apply(graph, plan.id, author="clerk")
        return (await read(graph, plan.id)).state

    assert fresh(work) == "undone"


def test_a_plan_and_its_changes_are_read_by_the_questions(fresh):
    async def work(graph):
        plan = await approved(graph)
        rows = (await ask(graph, question("plans"), {"kind": "proposal", "state": "approved"})).records()
        row = next(row for row in rows if row["plan"]["id"] == plan.id)
        assert (row["method"], row["area"], row["verdict"]) == ("hand", STREET, "同意")
        changes = (await ask(graph, question("plan-changes"), {"plan": plan.id})).records()
        assert [(c["position"], c["operation"], c["entity"]["id"], c["to"]["id"]) for c in changes] == [
            (1, "create", "unit-f", "990101001002002"),
            (2, "end", "unit-b", "990101001001002"),
        ]
        assert all(c["reason"] and c["reason_en"] for c in changes)
        learned = {"after": AT - dt.timedelta(seconds=1)}
        assert (await ask(graph, question("recorded-changes"), learned)).records() == []
        await apply(graph, plan.id, author="clerk", now=AT)
        told = (await ask(graph, question("recorded-changes"), learned)).records()
        assert {(r["change"], r["id"]) for r in told} == {
            ("created", f"src-{plan.id}"),
            ("created", "PAIRED_WITH:" + NEW),
            ("ended", "PAIRED_WITH:" + ENDED),
        }
        assert {native(r["at"]) for r in told} == {AT}, "what a plan did is learned when it is applied"

    fresh(work)


def test_editing_gives_a_plan_of_its_own(fresh):
    async def work(graph):
        first = await written(graph)
        wanted = HandEdits(add=("unit-d>990101001001002:mediation",), remove=(NEW,), lock=("unit-a>990101001001001",))
        second = await edit(graph, first.id, wanted, author="other", reason="改由派出所")
        assert second.revises == first.id and (await read(graph, first.id)).state == "discarded"
        assert [(c.operation, c.pair, c.services) for c in second.changes] == [
            ("end", ENDED, ("haircut",)),
            ("create", "unit-d>990101001001002", ("mediation",)),
        ]
        assert second.lock == ("unit-a>990101001001001", "unit-d>990101001001002")
        assert second.forbid == tuple(sorted((ENDED, NEW)))
        third = await edit(
            graph, second.id, HandEdits(unlock=("unit-a>990101001001001",)), author="o", keep_former=True
        )
        assert third.lock == ("unit-d>990101001001002",) and (await read(graph, second.id)).state == "open"
        side = await compare(graph, [second.id, third.id])
        assert side["same_ground"] and len(side["common"]) == 2 and side["only"] == {second.id: [], third.id: []}
        side = await compare(graph, [first.id, second.id])
        assert [c["unit"] for c in side["common"]] == ["unit-b"]
        assert [c["unit"] for c in side["only"][first.id]] == ["unit-f"]
        more = await edit(graph, third.id, HandEdits(add=("unit-a>990101001001001:haircut",)), author="o")
        change = more.changes[-1]
        assert (change.operation, change.before) == ("supersede", ("legal-advice", "mediation"))
        assert change.services == ("haircut", "legal-advice", "mediation")
        await approve(graph, more.id, author="s")
        await apply(graph, more.id, author="s")
        held = await pairings(graph)
        assert held["PAIRED_WITH:unit-a>990101001001001"]["services"] == list(change.services)
        await undo(graph, more.id, author="s", reason="误")
        return (await pairings(graph))["PAIRED_WITH:unit-a>990101001001001"]["services"]

    assert fresh(work) == ["mediation", "legal-advice"]


BAD_EDITS = [
    (HandEdits(add=("unit-a>990101001001001",)), BadEdit),
    (HandEdits(remove=("unit-f>990101001001001",)), BadEdit),
    (HandEdits(leave=("unit-f",)), BadEdit),
    (HandEdits(add=("no pair",)), BadEdit),
    (HandEdits(add=("nobody>990101001001001",)), NotInSnapshot),
    (HandEdits(leave=("nobody",)), NotInSnapshot),
    (HandEdits(add=("unit-f>nowhere",)), NotInSnapshot),
    (HandEdits(add=(NEW, "unit-f>990101001001002"), remove=(NEW,)), ContradictingLocks),
    (HandEdits(), NothingToPropose),
]


def test_edits_that_make_no_sense_are_refused(fresh):
    async def work(graph):
        version = (await read_state(graph)).data_version
        for wanted, error in BAD_EDITS:
            with pytest.raises(error):
                await by_hand(graph, wanted, name="x", author="x", area=STREET, as_of=DAY)
        assert (await read_state(graph)).data_version == version

    fresh(work)


def test_decisions(fresh):
    async def work(graph):
        plan = await written(graph)
        with pytest.raises(OwnPlan):
            await approve(graph, plan.id, author="planner", own=False)
        assert (await approve(graph, plan.id, author="planner")).state == "approved"
        refused = await refuse(graph, plan.id, author="secretary", reason="单位已满")
        assert (refused.state, refused.verdict) == ("refused", "单位已满")
        for decide in (approve, discard):
            with pytest.raises(NotInThatState):
                await decide(graph, plan.id, author="x")
        with pytest.raises(NotInThatState):
            await apply(graph, plan.id, author="x")
        with pytest.raises(NotUndoable):
            await undo(graph, plan.id, author="x", reason="x")
        other = await written(graph)
        assert (await discard(graph, other.id, author="planner")).state == "discarded"
        with pytest.raises(NotAProposal):
            await approve(graph, "plan-load-district-1", author="x")
        with pytest.raises(NotFound):
            await read(graph, "nobody-there")

    fresh(work)


def moving(what: str) -> ChangeSet:
    """Something that somebody else writes while a plan waits."""
    changes = {
        "unrelated-name": {"nodes": (Node("Unit", "unit-f", {"name": "己气象局"}),)},
        "unrelated-unit": {"nodes": (Node("Unit", "unit-e", {"pairing_capacity": 7}),)},
        "unrelated-area": {"nodes": (Node("Grid", "990101002002002", {"residents": 851}),)},
        "capacity": {"nodes": (Node("Unit", "unit-f", {"pairing_capacity": 1}),)},
        "pairing-ended": {"ends": (End("PAIRED_WITH:" + ENDED, dt.date(2026, 5, 1)),)},
        "pairing-made": {
            "edges": (
                Edge("PAIRED_WITH", "unit-d", "990101001002002", "PAIRED_WITH:unit-d>990101001002002#x",
                     {"since": DAY, "source": "src-pairings"}),
            )
        },
        "requirement": {"nodes": (Node("Requirement", "req-grid-pairing", {"minimum": 3}),)},
    }  # fmt: skip
    return ChangeSet("edit", what, "somebody", "test", **changes[what])


def test_what_does_not_touch_a_plan_does_not_block_it(fresh):
    async def work(graph):
        plan = await approved(graph)
        for what in ("unrelated-name", "unrelated-unit", "unrelated-area"):
            await apply_set(graph, moving(what))
            assert (await preview(graph, plan.id))["moved"] == []
        return await apply(graph, plan.id, author="clerk")

    assert fresh(work).created == 1


TOUCHED = {
    "capacity": {("unit", "unit-f", "capacity")},
    "pairing-ended": {("unit", "unit-b", "pairings"), ("area", "990101001001002", "pairings")},
    "pairing-made": {("area", "990101001002002", "pairings")},
    "requirement": {("requirement", "req-grid-pairing", "minimum")},
}


def test_a_graph_that_moved_under_a_plan_refuses_it_with_the_reason(fresh):
    async def work(graph):
        for what, facts in TOUCHED.items():
            plan = await approved(graph)
            written_by = await apply_set(graph, moving(what))
            before = await content_hash(graph)
            shown = await preview(graph, plan.id)
            with pytest.raises(PlanOvertaken) as refused:
                await apply(graph, plan.id, author="clerk")
            assert await content_hash(graph) == before
            held = await read(graph, plan.id)
            assert held.state == "refused" and held.decided_by == "govnet"
            for entry in refused.value.moved:
                assert entry["text"]["zh"] and entry["text"]["en"] and entry["id"] in held.verdict
            assert shown["moved"] == refused.value.moved
            assert {(entry["kind"], entry["id"], entry["fact"]) for entry in refused.value.moved} == facts
            await undo(graph, written_by.plan, author="somebody", reason="test")

    fresh(work)


def test_of_two_planners_at_once_one_wins(fresh):
    async def work(graph):
        one = await approved(graph, name="one")
        two = await approved(graph, add=("unit-f>990101001001002",), name="two")
        done = await asyncio.gather(
            *(apply(graph, plan.id, author="clerk") for plan in (one, two)), return_exceptions=True
        )
        refused = [found for found in done if isinstance(found, PlanOvertaken)]
        assert len(refused) == 1 and {entry["id"] for entry in refused[0].moved} >= {"unit-b", "unit-f"}
        states = sorted([(await read(graph, plan.id)).state for plan in (one, two)])
        assert states == ["applied", "refused"]
        same = await approved(graph, add=("unit-d>990101001001001",), remove=(), name="same")
        done = await asyncio.gather(*(apply(graph, same.id, author="clerk") for _ in range(3)))
        assert sorted(found.already for found in done) == [False, True, True]
        assert len({found.data_version for found in done}) == 1

    fresh(work)


def test_a_plan_that_another_applies_meanwhile_is_told_to_be_applied(fresh, monkeypatch):
    """The other writes between what is read and what is checked, where its source is there already."""
    from govnet_graph.changes.proposals import applying

    check, others = applying.require_valid, []

    async def work(graph):
        plan = await approved(graph)

        async def meanwhile(*given):
            if not others:
                others.append("")
                others[0] = await apply(graph, plan.id, author="other")
            await check(*given)

        monkeypatch.setattr(applying, "require_valid", meanwhile)
        found = await apply(graph, plan.id, author="clerk")
        assert (others[0].already, found.already) == (False, True)
        assert found.data_version == others[0].data_version

    fresh(work)


def test_an_open_proposal_blocks_nothing_and_waits_for_what_is_under_way(fresh):
    async def work(graph):
        plan = await approved(graph)
        await apply_set(graph, moving("unrelated-unit"))
        state = await read_state(graph)
        stamp = Stamp("plan-import-9", AT, ref="import")
        step = plan_step(stamp, name="台账", kind="import", author="x", reason="x", key="k")
        await commit(graph, [step], state.data_version)
        for attempt in (
            written(graph),
            refuse(graph, plan.id, author="x", reason="x"),
            apply(graph, plan.id, author="x"),
        ):
            with pytest.raises(OpenPlan):
                await attempt

    fresh(work)


def test_a_computed_plan_comes_with_reasons_and_is_computed_anew_around_edits(fresh):
    async def work(graph):
        solved = await solve(graph, "repair", {"requirements": ["req-grid-pairing"]}, area=STREET, as_of=DAY)
        plan = await propose(graph, solved, name="补缺", author="planner", reason="测试")
        assert plan.method == "repair" and len(plan.certificate) == 64 and plan.changes
        assert plan.options["requirements"] == ["req-grid-pairing"]
        assert plan.objective["uncovered"]["after"] < plan.objective["uncovered"]["before"]
        assert all(change.reason is not None for change in plan.changes)
        rows = (await ask(graph, question("plan-changes"), {"plan": plan.id})).records()
        assert [row["position"] for row in rows] == list(range(1, len(plan.changes) + 1))
        assert all(row["cost"] and row["cost_en"] for row in rows if row["next_best"])
        pair = next(change.pair for change in plan.changes if change.operation == "create")
        edited = await edit(graph, plan.id, HandEdits(remove=(pair,)), author="planner")
        assert edited.objective == {} and edited.certificate == "" and pair in edited.forbid
        again = await resolve(graph, edited.id, author="planner")
        assert again.revises == edited.id and pair not in {change.pair for change in again.changes}
        assert again.forbid == edited.forbid
        locked = await edit(graph, again.id, HandEdits(lock=(pair,)), author="planner")
        assert locked.certificate == again.certificate, "a lock changes nothing of the plan itself"
        last = await resolve(graph, locked.id, author="planner", name="末稿")
        assert pair in {change.pair for change in last.changes} and last.name == "末稿"
        await approve(graph, last.id, author="secretary")
        await apply(graph, last.id, author="clerk")
        # The graph is now what the plan promised: the certificate can be made again from it.
        after = await read_snapshot(graph, STREET, DAY)
        assert after.hash == last.outcome["after"]
        found = await solve(graph, "certificate", {"requirements": ["req-grid-pairing"]}, area=STREET, as_of=DAY)
        held = orjson.dumps(found.result.as_json(), option=orjson.OPT_SORT_KEYS)
        assert hashlib.sha256(held).hexdigest() == last.certificate
        told = await checked(graph, found.as_json())
        assert told["valid"] and not told["stale"]
        tampered = await checked(
            graph, found.as_json() | {"verdict": "met" if found.result.verdict != "met" else "open"}
        )
        assert not tampered["valid"] and tampered["faults"]

    fresh(work)


def test_a_unit_that_leaves_is_stood_in_for(fresh):
    async def work(graph):
        plan = await by_hand(graph, HandEdits(leave=("unit-b",)), name="退出", author="p", area=STREET, as_of=DAY)
        assert {change.operation for change in plan.changes} == {"end"} and plan.options == {"without": ["unit-b"]}
        again = await resolve(graph, plan.id, author="p")
        assert {c.pair for c in again.changes if c.operation == "end"} == {c.pair for c in plan.changes}
        assert "unit-b" not in {c.unit for c in again.changes if c.operation == "create"}

    fresh(work)


KILLED = textwrap.dedent(
    """
    import asyncio, os, sys
    from govnet_graph.changes.proposals import applying
    from govnet_graph.settings import Settings
    from govnet_graph.store import commit as committing
    from govnet_graph.store.driver import Graph, Transaction
    from govnet_graph.store.engines.registry import connect

    ran = 0
    run = Transaction.run

    async def dying(self, text, parameters=None):
        global ran
        rows = await run(self, text, parameters)
        ran += 1
        if ran == int(sys.argv[2]):
            os._exit(9)
        return rows

    async def main():
        settings = Settings()
        with connect(settings) as engine:
            async with Graph.open(engine, settings) as graph:
                Transaction.run = dying
                await applying.apply(graph, sys.argv[1], author="clerk")

    asyncio.run(main())
    """
)


def test_a_kill_in_the_middle_leaves_all_or_nothing(fresh, engine, settings):
    plan = fresh(approved)
    before = fresh(content_hash)
    password = {"GOVNET_NEO4J_PASSWORD": engine.password} if engine.password else {}
    environment = {**os.environ, "GOVNET_HOME": str(settings.home), "GOVNET_ENGINE": settings.engine, **password}
    for statement in (1, 4, 6):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, plan.id, str(statement)], env=environment, capture_output=True, check=False
        )
        assert done.returncode == 9, done.stderr.decode()[-2000:]
        assert fresh(content_hash) == before
        assert fresh(lambda graph: read(graph, plan.id)).state == "approved"
    assert fresh(lambda graph: apply(graph, plan.id, author="clerk")).created == 1


def test_a_plan_is_kept_by_a_backup_as_it_is(fresh, tmp_path):
    async def work(graph):
        plan = await approved(graph)
        whole = await content_hash(graph, history=True)
        kept = await backup(graph, tmp_path)
        await clear(graph)
        await restore(graph, kept.path)
        assert await content_hash(graph, history=True) == whole
        return plan, await read(graph, plan.id)

    before, after = fresh(work)
    assert json.dumps(before.as_json()) == json.dumps(after.as_json())
