"""Groups of changes: previewed, applied, killed, resumed, undone; on every engine."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import signal
import subprocess
import sys

import pytest

from govnet_graph.changes import (
    Cancelled,
    ChangeSet,
    End,
    NotUndoable,
    OpenPlan,
    TooManyEnded,
    apply,
    no_longer_listed,
    open_plan,
    plans,
    preview,
    undo,
)
from govnet_graph.questions import question
from govnet_graph.records import Edge, Node, RecordError, edge_id, problems_of
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.export import read_records
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear, read_state
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

DAY = dt.date(2026, 7, 1)
LATER = dt.datetime(2026, 7, 2, 9, 0, 0)
GRID = "990101001001001"
PAIR = edge_id("PAIRED_WITH", "unit-new", GRID)
SOURCE = Node("Source", "src-ledger-1", {"name": "结对台账", "kind": "ledger", "source": "src-ledger-1"})


@pytest.fixture
def loaded(on_graph, district):
    """A graph that holds the invented district and nothing else."""

    async def fill(graph: Graph) -> None:
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


def _stated(**more: object) -> dict[str, object]:
    return {"source": SOURCE.id, "source_ref": "Sheet1!A2", **more}


def _ledger(**more: object) -> ChangeSet:
    """Adds a unit and its pairing, renames another, corrects a membership, ends a pairing, confirms a grid."""
    given: dict[str, object] = {
        "kind": "import",
        "name": "结对台账.xlsx",
        "author": "tester",
        "reason": "import",
        "source": SOURCE,
        "nodes": (
            Node("Unit", "unit-new", _stated(name="新单位", kind="agency")),
            Node("Unit", "unit-a", _stated(name="改名单位")),
            Node("Grid", GRID, _stated()),
        ),
        "edges": (
            Edge("PAIRED_WITH", "unit-new", GRID, PAIR, _stated(since=DAY)),
            Edge("MEMBER_OF", "member-04", "unit-d", "MEMBER_OF:member-04>unit-d", _stated(role="leader")),
        ),
        "ends": (End("PAIRED_WITH:unit-a>990101001001001", DAY, "gone"),),
        "confirm": DAY,
    }
    return ChangeSet(**{**given, **more})  # type: ignore[arg-type]


def _apply(changeset: ChangeSet, **options: object):
    return lambda graph: apply(graph, changeset, **{"now": LATER, **options})  # type: ignore[arg-type]


def _undo(plan: str, **options: object):
    return lambda graph: undo(graph, plan, author="tester", reason="test", **options)  # type: ignore[arg-type]


def test_a_preview_says_what_would_change_and_writes_nothing(loaded):
    before = loaded(lambda g: content_hash(g, history=True)), loaded(read_state)
    found = loaded(lambda g: preview(g, _ledger()))
    assert {(i.kind, i.id) for i in found.new} == {
        ("Source", SOURCE.id), ("Unit", "unit-new"), ("PAIRED_WITH", PAIR),
    }  # fmt: skip
    changed = {i.id: i for i in found.changed}
    assert changed["unit-a"].before["name"] != "改名单位" and changed["unit-a"].after["name"] == "改名单位"
    assert changed["MEMBER_OF:member-04>unit-d"].before["role"] == "staff"
    assert [(i.id, i.before, i.after) for i in found.ended] == [
        ("PAIRED_WITH:unit-a>990101001001001", {"until": None}, {"until": DAY})
    ]
    assert (found.unchanged, found.confirmed, found.conflicts) == (1, 1, ())
    assert (loaded(lambda g: content_hash(g, history=True)), loaded(read_state)) == before


def test_applying_does_what_the_preview_said_and_undoing_restores_exactly(loaded):
    before = loaded(content_hash)
    summary = loaded(_apply(_ledger()))
    assert (summary.created, summary.changed, summary.ended, summary.confirmed) == (3, 2, 1, 1)
    assert loaded(content_hash) != before
    nodes, edges = loaded(read_records)
    assert list(problems_of(nodes, edges)) == []
    held = {n.id: n.props for n in nodes}
    assert held["unit-a"]["kind"], "a patch leaves what it does not state"
    assert held[GRID]["confirmed_on"] == DAY and held[GRID]["source"] != SOURCE.id
    assert held["unit-a"]["search"].startswith("unit-a|改名单位|gaimingdanwei|gmdw|")
    undone = loaded(_undo(summary.plan, now=dt.datetime(2026, 7, 3, 9, 0, 0)))
    assert (undone.state, undone.changed, undone.withdrawn) == ("undone", 3, 3)
    assert loaded(content_hash) == before
    assert loaded(open_plan) is None
    assert {p.id: p.state for p in loaded(lambda g: plans(g, "import"))}[summary.plan] == "undone"
    assert loaded(lambda g: g.read("MATCH (n:Withdrawn) RETURN n.id, n.was ORDER BY n.id")) == [
        [SOURCE.id, "Source"],
        ["unit-new", "Unit"],
    ]
    nodes, edges = loaded(read_records)
    assert list(problems_of(nodes, edges)) == []
    assert "unit-new" not in {n.id for n in nodes}


def test_what_was_believed_between_an_import_and_its_undoing_can_still_be_asked(loaded):
    ledger = _ledger(
        nodes=(),
        edges=(Edge("PAIRED_WITH", "unit-b", GRID, edge_id("PAIRED_WITH", "unit-b", GRID), _stated(since=DAY)),),
    )

    def believed(moment: dt.datetime) -> set[str]:
        given = {"area": GRID, "as_of": "2026-07-05", "known_at": moment.isoformat(), "limit": 100}
        return {r["unit"]["id"] for r in loaded(lambda g: ask(g, question("believed-pairings"), given)).records()}

    plan = loaded(_apply(ledger)).plan
    loaded(_undo(plan, now=dt.datetime(2026, 7, 4, 9, 0, 0)))
    first, between, last = (believed(dt.datetime(2026, *day, 12, 0)) for day in ((7, 1), (7, 3), (7, 5)))
    assert "unit-a" in first and "unit-b" not in first
    assert "unit-b" in between and "unit-a" not in between
    assert last == first


def test_the_pairing_of_a_unit_that_was_taken_back_was_believed_in_between(loaded):
    loaded(_undo(loaded(_apply(_ledger())).plan, now=dt.datetime(2026, 7, 4, 9, 0, 0)))

    def units(moment: str) -> set[str]:
        given = {"area": GRID, "as_of": "2026-07-05", "known_at": moment, "limit": 100}
        return {r["unit"]["id"] for r in loaded(lambda g: ask(g, question("believed-pairings"), given)).records()}

    assert "unit-new" in units("2026-07-03T12:00:00") - units("2026-07-05T12:00:00")


def test_the_same_content_is_applied_once(loaded):
    first = loaded(_apply(_ledger()))
    again = loaded(_apply(_ledger()))
    assert (again.already, again.written, again.plan) == (True, 0, first.plan)
    assert again.data_version == first.data_version == loaded(read_state).data_version
    loaded(_undo(first.plan))
    third = loaded(_apply(_ledger()))
    assert third.plan != first.plan and third.created == 3, "what was taken back can be applied again"
    before = loaded(content_hash)
    loaded(_undo(third.plan))
    assert loaded(lambda g: g.read("MATCH (n:Withdrawn {id: 'unit-new'}) RETURN count(n)")) == [[2]]
    assert loaded(content_hash) != before


def test_a_statement_of_what_is_there_writes_nothing(loaded):
    version = loaded(read_state).data_version
    same = _ledger(source=None, nodes=(Node("Grid", GRID, {}),), edges=(), ends=(), confirm=None)
    assert loaded(_apply(same)).plan == "" and loaded(read_state).data_version == version
    assert [p.id for p in loaded(lambda g: plans(g, "import")) if p.key is not None] == []


def test_a_preview_that_the_graph_has_overtaken_is_refused(loaded):
    version = loaded(lambda g: preview(g, _ledger())).data_version
    other = _ledger(nodes=(Node("Unit", "unit-b", _stated(name="别名")),), edges=(), ends=())
    loaded(_apply(other, expected_version=version))
    with pytest.raises(WriteConflict, match="preview"):
        loaded(_apply(_ledger(), expected_version=version))


def test_an_import_that_was_stopped_is_resumed_or_taken_back(loaded):
    before = loaded(content_hash)
    calls = iter([False, False, True])
    with pytest.raises(Cancelled) as stopped:
        loaded(_apply(_ledger(), batch_size=2, cancelled=lambda: next(calls)))
    held = loaded(open_plan)
    assert held is not None and held.id == stopped.value.plan
    other = _ledger(name="另一台账.xlsx", nodes=(Node("Unit", "unit-b", _stated(name="别名")),))
    with pytest.raises(OpenPlan, match=r"结对台账\.xlsx.*tester") as refused:
        loaded(_apply(other))
    assert held.id in refused.value.hint
    resumed = loaded(_apply(_ledger(), batch_size=2))
    assert resumed.resumed and resumed.plan == held.id and 0 < resumed.written < 6
    whole = loaded(content_hash)
    loaded(_undo(resumed.plan))
    assert loaded(content_hash) == before
    loaded(_apply(_ledger()))
    assert loaded(content_hash) == whole
    calls = iter([False, True])
    loaded(_undo(_applied(loaded)))
    with pytest.raises(Cancelled):
        loaded(_apply(_ledger(), batch_size=2, cancelled=lambda: next(calls)))
    loaded(_undo(loaded(open_plan).id))
    assert loaded(content_hash) == before, "a half-applied import leaves no trace in what is believed"


def _applied(loaded) -> str:
    return next(p.id for p in loaded(lambda g: plans(g, "import")) if p.state == "applied")


def test_an_undo_that_was_stopped_is_resumed(loaded):
    before = loaded(content_hash)
    plan = loaded(_apply(_ledger())).plan
    for stop in range(1, 6):
        calls = iter([False] * stop + [True] * 99)
        try:
            loaded(_undo(plan, batch_size=1, cancelled=lambda calls=calls: next(calls)))
        except Cancelled:
            with pytest.raises(OpenPlan, match="undoing"):
                loaded(_apply(_ledger(name="x", nodes=())))
    loaded(_undo(plan, batch_size=1))
    assert loaded(content_hash) == before
    assert [p.state for p in loaded(plans) if p.undoes == plan] == ["applied"]
    assert loaded(_undo(plan)).already


def test_an_undo_is_refused_where_later_changes_rest_on_it(loaded):
    first = loaded(_apply(_ledger())).plan
    rename = _ledger(
        name="更名", source=None, confirm=None, edges=(), ends=(), nodes=(Node("Unit", "unit-new", {"name": "又改"}),)
    )
    second = loaded(_apply(rename)).plan
    with pytest.raises(NotUndoable, match=f"{second}.*unit-new"):
        loaded(_undo(first))
    loaded(_undo(second))
    link = edge_id("PAIRED_WITH", "unit-new", "990101001001002")
    pair = _ledger(
        name="又一结对", source=None, confirm=None, nodes=(), ends=(),
        edges=(Edge("PAIRED_WITH", "unit-new", "990101001001002", link, {"source": "src-needs"}),),
    )  # fmt: skip
    third = loaded(_apply(pair)).plan
    with pytest.raises(NotUndoable, match=f"{third}.*{link}"):
        loaded(_undo(first))
    loaded(_undo(third))
    loaded(_undo(first))
    with pytest.raises(NotUndoable, match="is an undo"):
        loaded(_undo(next(p.id for p in loaded(plans) if p.undoes == first)))
    with pytest.raises(NotUndoable, match="load"):
        loaded(_undo(loaded(lambda g: plans(g, "load"))[0].id))


def test_what_another_source_gave_for_a_later_day_is_a_conflict(loaded):
    early = dt.date(2026, 5, 1)
    ledger = _ledger(confirm=early, ends=(), edges=())
    found = loaded(lambda g: preview(g, ledger))
    assert [(c.id, c.property, c.ledger, c.graph_day) for c in found.conflicts] == [
        ("unit-a", "name", "改名单位", NOW.date())
    ]
    assert "unit-a" not in {i.id for i in found.changed}
    kept = loaded(_apply(ledger))
    assert kept.conflicts == 1 and kept.changed == 0
    loaded(_undo(kept.plan))
    taken = loaded(_apply(ledger, conflicts="ledger"))
    assert (taken.conflicts, taken.changed) == (1, 1)
    assert loaded(lambda g: g.read("MATCH (u:Unit {id: 'unit-a'}) RETURN u.name")) == [["改名单位"]]


def test_a_complete_ledger_ends_what_it_no_longer_lists_within_a_guard(loaded):
    ends, among = loaded(lambda g: no_longer_listed(g, "pairings", "990101", DAY, []))
    live = loaded(
        lambda g: g.read(
            "MATCH (:Unit)-[r:PAIRED_WITH]->() WHERE (r.since IS NULL OR r.since < $day) AND (r.until IS NULL OR r.until > $day)"
            " RETURN r.id ORDER BY r.id",
            {"day": DAY},
        )
    )
    assert [e.entity for e in ends] == [row[0] for row in live] and among == len(live) > 2
    fewer, _ = loaded(lambda g: no_longer_listed(g, "pairings", "990101", DAY, [ends[0].entity]))
    assert fewer == ends[1:]
    ledger = _ledger(nodes=(), edges=(), ends=ends, among=among)
    assert loaded(lambda g: preview(g, ledger)).share == 1.0
    version = loaded(read_state).data_version
    with pytest.raises(TooManyEnded, match="100%"):
        loaded(_apply(ledger))
    assert loaded(read_state).data_version == version
    before = loaded(content_hash)
    summary = loaded(_apply(ledger, allow_ending=1.0))
    assert summary.ended == among
    count = loaded(
        lambda g: g.read(
            "MATCH (:Unit)-[r:PAIRED_WITH]->() WHERE r.id IN $ids RETURN count(r)", {"ids": [e.entity for e in ends]}
        )
    )
    assert count == [[among]], "nothing was deleted"
    back = _ledger(name="b", edges=(_listed(ends[0].entity),), nodes=(), ends=(), confirm=dt.date(2026, 8, 1))
    assert loaded(lambda g: preview(g, back)).changed[0].after["until"] is None, "what is listed again holds again"
    loaded(_undo(summary.plan))
    assert loaded(content_hash) == before


def _listed(id_: str) -> Edge:
    end = End(id_, DAY)
    target = id_.partition(">")[2].partition("#")[0]
    return Edge("PAIRED_WITH", end.start, target, id_, _stated())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"nodes": (Node("Unit", "unit-x", _stated(name="x", kind="nonsense")),)}, "nonsense"),
        ({"nodes": (Node("Unit", "unit-x", _stated(kind="agency")),)}, "lacks name"),
        ({"nodes": (Node("Unit", GRID, _stated(name="x", kind="agency")),)}, "id of a Grid"),
        ({"nodes": (Node("Nonsense", "x", {}),)}, "schema does not know"),
        ({"nodes": (Node("Unit", "unit-a", {}), Node("Unit", "unit-a", {}))}, "twice"),
        ({"edges": (Edge("PAIRED_WITH", "unit-a", "nowhere", "PAIRED_WITH:unit-a>nowhere", _stated()),)}, "nowhere"),
        ({"edges": (Edge("PAIRED_WITH", "unit-a", GRID, "other", _stated()),)}, "does not name its type"),
        ({"edges": (Edge("PAIRED_WITH", GRID, "unit-a", f"PAIRED_WITH:{GRID}>unit-a", _stated()),)}, "may not join"),
        (
            {"edges": (Edge("PART_OF", "org-street-1", "org-group-1", "PART_OF:org-street-1>org-group-1", _stated()),)},
            "org-group-1 would be part of org-branch-1 would be part of org-community-1 would be part of org-street-1",
        ),
        ({"source": None}, "no source"),
        ({"ends": (End("PAIRED_WITH:unit-a>nowhere", DAY),)}, "not in the graph"),
        ({"ends": (End("unit-nowhere", DAY),)}, "not in the graph"),
        ({"ends": (End("unit-a", DAY),)}, "is listed and is to end"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(loaded, more, said):
    version = loaded(read_state).data_version
    with pytest.raises(RecordError, match=said):
        loaded(_apply(_ledger(**more)))
    assert loaded(read_state).data_version == version


def test_of_two_writers_at_once_one_wins_and_the_other_is_told(loaded):
    sets = [
        _ledger(
            name=f"台账{n}",
            nodes=(Node("Unit", f"unit-n{n}", _stated(name=f"单位{n}", kind="agency")),),
            edges=(),
            ends=(),
        )
        for n in range(2)
    ]

    async def both(graph: Graph) -> list[object]:
        # Both looked at the same version: without it, one that begins when the other has ended follows it in peace.
        seen = (await read_state(graph)).data_version
        return await asyncio.gather(
            *(apply(graph, each, expected_version=seen, batch_size=1, now=LATER) for each in sets),
            return_exceptions=True,
        )

    found = loaded(both)
    lost = [each for each in found if isinstance(each, Exception)]
    assert len(lost) == 1 and isinstance(lost[0], WriteConflict | OpenPlan), found
    won = next(n for n, each in enumerate(found) if not isinstance(each, Exception))
    assert loaded(open_plan) is None
    units = loaded(
        lambda g: g.read("MATCH (u:Unit) WHERE u.id STARTS WITH 'unit-n' AND u.id <> 'unit-new' RETURN u.id")
    )
    assert units == [[f"unit-n{won}"]]


def test_who_finds_done_what_was_to_be_done_is_told_that_the_graph_moved(loaded, monkeypatch):
    """Somebody writes the same between the look for its plan and the comparison, which then finds nothing to do."""
    module, wanted = sys.modules["govnet_graph.changes.apply"], _ledger()
    look = module.plan_of_key

    async def work(graph: Graph):
        async def late(graph: Graph, key: str):
            found = await look(graph, key)
            monkeypatch.undo()
            await apply(graph, wanted, now=LATER)
            return found

        monkeypatch.setattr(module, "plan_of_key", late)
        with pytest.raises(WriteConflict, match="moved"):
            await apply(graph, wanted, now=LATER)
        return await apply(graph, wanted, now=LATER)

    assert loaded(work).already


def test_a_load_that_was_interrupted_stands_in_the_way(loaded, district):
    class Killed(Exception):
        pass

    def kill(*_: object) -> None:
        raise Killed

    renamed = dataclasses.replace(
        district,
        nodes=tuple(
            dataclasses.replace(n, props={**n.props, "name": "又名"}) if n.id == "unit-a" else n for n in district.nodes
        ),
    )
    with pytest.raises(Killed):
        loaded(lambda g: load(g, renamed, author="test", reason="test", progress=kill, batch_size=1))
    with pytest.raises(OpenPlan, match="load of district"):
        loaded(_apply(_ledger()))


_KILLED = """
import asyncio, json, os, signal, sys
from pathlib import Path
from govnet_graph.changes import apply, undo
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.registry import attach
from tests.integration.test_changes import LATER, many

home, engine, what, batches = sys.argv[1:]
seen = 0

def count(*_):
    global seen
    seen += 1
    if seen == int(batches):
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    settings = Settings(home=Path(home), engine=engine)
    async with Graph.open(attach(settings.home), settings) as graph:
        if what == "apply":
            await apply(graph, many(), batch_size=10, progress=count, now=LATER)
        else:
            await undo(graph, what, author="tester", reason="test", batch_size=10, progress=count)

asyncio.run(main())
"""


def many() -> ChangeSet:
    """Forty new members with two relationships each, ten changed grids, and all that the small ledger states."""
    members = [
        Node("Member", f"member-n{n:02}", _stated(title=f"志愿者{n}", name=f"成员{n}", kind="volunteer"))
        for n in range(40)
    ]
    links = [
        Edge(type_, m.id, end, edge_id(type_, m.id, end), _stated(role="volunteer"))
        for m in members
        for type_, end in (("MEMBER_OF", "unit-a"), ("ASSIGNED_TO", GRID))
    ]
    small = _ledger()
    return _ledger(nodes=(*small.nodes, *members), edges=(*small.edges, *links))


def _kill(settings, what: str, batches: int) -> None:
    """Run ``what`` in a process of its own that is killed after so many batches."""
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(settings.home), settings.engine, what, str(batches)], check=False
    )
    assert done.returncode == -signal.SIGKILL


def test_what_was_killed_is_resumed_or_taken_back_without_a_trace(loaded, settings, engine):
    before = loaded(content_hash)
    loaded(_apply(many()))
    whole = loaded(content_hash)
    loaded(_undo(_applied(loaded)))
    assert loaded(content_hash) == before
    for batches in (1, 4, 9) if engine.kind == "embedded" else (5,):
        _kill(settings, "apply", batches)
        half = loaded(open_plan)
        assert half is not None
        resumed = loaded(_apply(many(), batch_size=10))
        assert resumed.plan == half.id and loaded(content_hash) == whole
        _kill(settings, resumed.plan, batches)
        assert loaded(open_plan).undoes == resumed.plan
        if batches > 1:  # the first one writes the plan
            assert loaded(content_hash) not in (before, whole)
        loaded(_undo(resumed.plan, batch_size=10))
        assert loaded(content_hash) == before
        _kill(settings, "apply", batches)
        loaded(_undo(loaded(open_plan).id))
        assert (loaded(content_hash), loaded(open_plan)) == (before, None)
