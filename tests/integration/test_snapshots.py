"""The planner's snapshot read from a graph against the one built from the records, and against the oracle's judgement."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings

from govnet_graph.planner.errors import NotInSnapshot
from govnet_graph.planner.from_records import snapshot_of
from govnet_graph.planner.judging import STATES, judge_all
from govnet_graph.planner.snapshot import Areas, Given, Snapshot
from govnet_graph.seeds import dataset
from govnet_graph.store.reader import NothingLoaded
from govnet_graph.store.snapshots import read_snapshot
from govnet_graph.store.state import clear, read_state
from tests.agreement import DAYS, reload
from tests.oracle.judgement import Judge
from tests.oracle.world import World
from tests.random_districts import districts


def content(value):
    """A snapshot's part as what can be compared."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, Snapshot | Areas | Given):
        return {f.name: content(getattr(value, f.name)) for f in fields(value) if f.name != "data_version"}
    if isinstance(value, dict):
        return {key: content(item) for key, item in value.items()}
    return value


def difference(ours, theirs):
    """The fields in which two snapshots differ, with both values."""
    a, b = content(ours), content(theirs)
    return {name: (a[name], b[name]) for name in a if a[name] != b[name]}


def verdicts(snapshot):
    """(area, requirement, state, number of providers) as the planner judges them."""
    return sorted(
        (snapshot.areas.ids[area], id_, STATES[state].value, int(count))
        for id_, judged in judge_all(snapshot).items()
        for area, state, count in zip(judged.areas, judged.states, judged.providers, strict=True)
    )


def oracle(data, day, root):
    return sorted((v.area, v.requirement, v.state, len(v.providers)) for v in Judge(World(data), day).verdicts(root))


def test_a_snapshot_of_the_invented_district_is_that_of_its_records(on_graph, district):
    async def work(graph):
        await reload(graph, district)
        asked = [(district.home, day) for day in DAYS] + [
            (area, DAYS[2]) for area in ("990101002", "990101001001", "990101002001001")
        ]
        return {(area, day): await read_snapshot(graph, area, day) for area, day in asked}

    for (area, day), read in on_graph(work).items():
        assert difference(read, snapshot_of(district, day, area)) == {}
        assert verdicts(read) == oracle(district, day, area)


def test_a_snapshot_of_the_demonstration_is_that_of_its_records(on_graph):
    data = dataset("demo")

    async def work(graph):
        await reload(graph, data)
        state = await read_state(graph)
        return state.data_version, await read_snapshot(graph, None, dt.date(2026, 6, 1))

    version, read = on_graph(work)
    assert difference(read, snapshot_of(data, dt.date(2026, 6, 1))) == {}
    assert read.data_version == version


@seed(20260602)
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=districts())
def test_snapshots_of_random_districts_are_those_of_their_records(on_graph, data):
    async def work(graph):
        await reload(graph, data)
        return {day: await read_snapshot(graph, data.home, day) for day in DAYS}

    for day, read in on_graph(work).items():
        assert difference(read, snapshot_of(data, day)) == {}
        assert verdicts(read) == oracle(data, day, data.home)


def test_a_snapshot_is_kept_until_the_graph_moves_or_whoever_asks_wants_it_fresh(on_graph, district):
    renamed = "MATCH (u:Unit {id: 'unit-a'}) SET u.pairing_capacity = 77"

    async def work(graph):
        await reload(graph, district)
        first = await read_snapshot(graph, None, DAYS[2])
        assert await read_snapshot(graph, None, DAYS[2]) is first
        assert await read_snapshot(graph, None, DAYS[1]) is not first
        with pytest.raises(ValueError, match="read-only"):
            first.areas.level[0] = 3
        # Another program writes past the data version.
        await graph.write(lambda transaction: transaction.run(renamed))
        assert (await read_snapshot(graph, None, DAYS[2])).unit("unit-a").capacity == first.unit("unit-a").capacity
        assert (await read_snapshot(graph, None, DAYS[2], fresh=True)).unit("unit-a").capacity == 77
        assert (await read_snapshot(graph, None, DAYS[2])).unit("unit-a").capacity == 77
        await reload(graph, district)
        assert (await read_snapshot(graph, None, DAYS[2])).unit("unit-a").capacity == first.unit("unit-a").capacity

    on_graph(work)


def test_an_area_that_is_not_there_is_named(on_graph, district):
    async def work(graph):
        await reload(graph, district)
        await read_snapshot(graph, "990199", DAYS[0])

    with pytest.raises(NotInSnapshot, match="990199"):
        on_graph(work)


def test_an_empty_graph_has_no_snapshot(on_graph):
    async def work(graph):
        await clear(graph)
        await read_snapshot(graph, None, DAYS[0])

    with pytest.raises(NothingLoaded):
        on_graph(work)
