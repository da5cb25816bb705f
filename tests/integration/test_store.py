"""Loading, resuming, refusing, correcting: on every engine."""

from __future__ import annotations

import asyncio
import dataclasses

import pytest

from govnet_graph.errors import EngineUnreachable
from govnet_graph.questions import BadParameter, question
from govnet_graph.records import Dataset, problems_of
from govnet_graph.store.driver import Graph, QueryFailed, QueryTimedOut, WriteConflict
from govnet_graph.store.export import read_records
from govnet_graph.store.reader import NothingLoaded, ask
from govnet_graph.store.state import ForeignGraph, SchemaTooNew, advance, clear, prepare, read_state
from govnet_graph.store.writer import apply
from tests.agreement import NOW


@pytest.fixture
def empty(on_graph):
    async def wipe(graph):
        await clear(graph)
        await graph.write(lambda t: t.run("MATCH (n) WHERE n:Stranger OR n:GraphState DETACH DELETE n"))

    on_graph(wipe)
    yield on_graph
    on_graph(wipe)


def _load(data, **options):
    return lambda graph: apply(graph, data, author="test", reason="test", now=NOW, **options)


def _with(data: Dataset, node_id: str, **props: object) -> Dataset:
    nodes = tuple(dataclasses.replace(n, props={**n.props, **props}) if n.id == node_id else n for n in data.nodes)
    return dataclasses.replace(data, nodes=nodes)


def test_what_is_loaded_is_what_was_given(empty, district):
    empty(_load(district))
    nodes, edges = empty(read_records)
    given = {n.id: (n.label, dict(n.props)) for n in district.nodes}
    held = {
        n.id: (n.label, {k: v for k, v in n.props.items() if k not in ("search", "recorded_at", "change")})
        for n in nodes
        if not n.id.startswith("plan-load-")
    }
    assert held == given
    assert {(e.type, e.start, e.end, e.id) for e in edges} == {(e.type, e.start, e.end, e.id) for e in district.edges}
    assert list(problems_of(nodes, edges)) == []


def test_a_second_load_changes_nothing(empty, district):
    first = empty(_load(district))
    second = empty(_load(district))
    assert first.written == len(district.nodes) + len(district.edges)
    assert (second.written, second.unchanged, second.data_version) == (0, first.written, first.data_version)


def test_a_load_that_was_killed_is_resumed(empty, district):
    class Killed(Exception):
        pass

    def kill(_what, done, total):
        if done > total / 2:
            raise Killed

    with pytest.raises(Killed):
        empty(_load(district, batch_size=20, progress=kill))
    state = empty(read_state)
    assert (state.dataset, state.loading) == (None, "district")
    resumed = empty(_load(district))
    assert 0 < resumed.written < len(district.nodes) + len(district.edges)
    assert resumed.written + resumed.unchanged == len(district.nodes) + len(district.edges)
    assert empty(read_state).loading is None
    plans = empty(lambda g: g.read("MATCH (p:Plan {kind: 'load'}) RETURN p.id, p.state, p.data_version"))
    assert plans == [[resumed.plan, "applied", resumed.data_version]]
    groups = empty(lambda g: g.read("MATCH (n:Entity) WHERE NOT n:Plan RETURN DISTINCT n.change"))
    assert groups == [[resumed.plan]], "both halves belong to one group"


def test_a_correction_supersedes_and_keeps_what_was_believed(empty, district):
    empty(_load(district))
    wanted = "MEMBER_OF:member-04>unit-d"
    edges = tuple(
        dataclasses.replace(e, props={**e.props, "role": "leader"}) if e.id == wanted else e for e in district.edges
    )
    summary = empty(_load(dataclasses.replace(_with(district, "unit-a", name="改名"), edges=edges)))
    assert (summary.changed_nodes, summary.changed_edges) == (1, 1)
    old = empty(lambda g: g.read("MATCH (:Member)-[r:SUPERSEDED]->(:Unit) RETURN r.id, r.was, r.role, r.change"))
    assert [row[:3] for row in old] == [[wanted, "MEMBER_OF", "staff"]] and old[0][3] != summary.plan
    kept = empty(
        lambda g: g.read("MATCH (c:Change {change: $plan}) RETURN c.entity, c.before, c.change", {"plan": summary.plan})
    )
    assert kept[0][0] == "unit-a" and "甲区法院" in kept[0][1] and kept[0][2] == summary.plan


def test_every_write_raises_the_data_version(empty, district):
    versions = [empty(_load(district)).data_version, empty(_load(_with(district, "unit-a", name="乙"))).data_version]
    assert versions[0] < versions[1]


def test_an_emptied_graph_is_still_ours_and_its_versions_go_on(empty, district):
    before = empty(_load(district)).data_version
    empty(clear)
    state = empty(read_state)
    assert (state.dataset, state.loading) == (None, None) and state.data_version > before
    with pytest.raises(NothingLoaded):
        empty(lambda g: ask(g, question("units"), {}))
    assert empty(_load(district)).data_version > before


def test_two_writers_do_not_interleave(empty):
    async def work(graph: Graph):
        state = await prepare(graph)
        await graph.write(lambda t: advance(t, state.data_version, "first"))
        assert await graph.write(lambda t: advance(t, state.data_version, "first")) is False
        with pytest.raises(WriteConflict):
            await graph.write(lambda t: advance(t, state.data_version, "second"))
        return state.data_version, (await read_state(graph)).data_version

    before, after = empty(work)
    assert after == before + 1


def test_another_programs_graph_is_refused_and_not_touched(empty, district):
    empty(lambda g: g.write(lambda t: t.run("CREATE (:Stranger {name: 'theirs'})")))
    with pytest.raises(ForeignGraph):
        empty(_load(district))
    assert empty(lambda g: g.read("MATCH (n) RETURN labels(n), n.name")) == [[["Stranger"], "theirs"]]


def test_a_newer_schema_is_refused(empty, district):
    empty(prepare)
    empty(lambda g: g.write(lambda t: t.run("MATCH (s:GraphState) SET s.schema_version = 99")))
    with pytest.raises(SchemaTooNew):
        empty(_load(district))


def test_an_empty_graph_says_what_to_do(empty):
    with pytest.raises(NothingLoaded, match="govnet load"):
        empty(lambda g: ask(g, question("units"), {}))


def test_a_bad_parameter_is_named(empty, district):
    empty(_load(district))
    with pytest.raises(BadParameter, match="nonsense"):
        empty(lambda g: ask(g, question("units"), {"nonsense": "1"}))


def test_a_read_session_cannot_write_on_neo4j_and_can_on_the_embedded_engine(empty, district, engine):
    """The embedded engine does not heed the access mode of a session: a known gap, which only our own texts may meet."""
    empty(_load(district))

    async def work(graph):
        await graph.read("MATCH (u:Unit {id: 'unit-a'}) SET u.name = 'x' RETURN 1")

    if engine.kind == "embedded":
        empty(work)
    else:
        with pytest.raises(QueryFailed):
            empty(work)
    written = empty(lambda g: g.read("MATCH (u:Unit {name: 'x'}) RETURN count(u)"))
    assert written == [[1 if engine.kind == "embedded" else 0]]


def test_a_query_that_takes_too_long_is_given_up(empty):
    long = "UNWIND range(1, 3000) AS a UNWIND range(1, 30000) AS b RETURN sum(a * b)"
    with pytest.raises(QueryTimedOut):
        empty(lambda g: g.read(long, timeout=0.2))


def test_an_engine_that_is_not_there_is_said_to_be_so(engine, settings):
    nowhere = dataclasses.replace(engine, uri="bolt://127.0.0.1:1")

    async def work():
        async with Graph.open(nowhere, settings):
            pass

    with pytest.raises(EngineUnreachable):
        asyncio.run(work())


def test_a_wrong_password_is_said_to_be_so(engine, settings):
    async def work():
        async with Graph.open(dataclasses.replace(engine, password="wrong-password"), settings):
            pass

    with pytest.raises(EngineUnreachable, match="GOVNET_NEO4J_PASSWORD"):
        asyncio.run(work())
