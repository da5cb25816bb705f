"""The three lists: opening hours as ledgers write them, the matching against linear programs, the result on random districts."""

from __future__ import annotations

import copy
import json

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from govnet_graph.planner import RESULTS
from govnet_graph.planner.errors import BadOption, NotInSnapshot
from govnet_graph.planner.matching_flow import Edges, match
from govnet_graph.planner.opening_hours import DAY, overlap, parse
from tests.planner.places import district
from tests.planner.small import snapshot

MATCH = RESULTS["match"]
FAST = {"deadline": None, "database": None}
seeds = st.integers(0, 2**31)


def told(text):
    """Opening hours as (weekday, nth of the month, opens, closes), days together that open alike."""
    hours = parse(text)
    if hours is None:
        return None
    found: dict[tuple, str] = {}
    for span in hours:
        day, start = divmod(span.start, DAY)
        end = span.end - day * DAY
        key = (span.nth, f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}")
        found[key] = found.get(key, "") + "一二三四五六日"[day]
    return sorted((days, *key) for key, days in found.items())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周一至周五 08:30-17:00", [("一二三四五", 0, "08:30-17:00")]),
        ("每日 11:00-13:00", [("一二三四五六日", 0, "11:00-13:00")]),
        ("每日 18:30-07:30", [("一二三四五六日", 0, "18:30-31:30")]),
        ("工作日 17:00-20:00", [("一二三四五", 0, "17:00-20:00")]),
        ("周末 09:00-17:00", [("六日", 0, "09:00-17:00")]),
        ("周六 00:00-23:59", [("六", 0, "00:00-23:59")]),
        ("每月第一个周日 09:00-12:00", [("日", 1, "09:00-12:00")]),
        ("每月第二个周六 14:00-16:00", [("六", 2, "14:00-16:00")]),
        ("周一、周三、周五 8:30-11:30,13:30-17:00", [("一三五", 0, "08:30-11:30"), ("一三五", 0, "13:30-17:00")]),
        ("星期一到星期六 上午8点半至11点30分", [("一二三四五六", 0, "08:30-11:30")]),
        ("周一至周五08:30～17:00，周末09:00～12:00", [("一二三四五", 0, "08:30-17:00"), ("六日", 0, "09:00-12:00")]),
        ("周五至周一 9:00-10:00", [("一五六日", 0, "09:00-10:00")]),
        ("每周三 14:00—16:00", [("三", 0, "14:00-16:00")]),
        ("24小时", [("一二三四五六日", 0, "00:00-24:00")]),
        ("周一至周五 08:30-17:00;周六 09:00-12:00", [("一二三四五", 0, "08:30-17:00"), ("六", 0, "09:00-12:00")]),
    ],
)
def test_opening_hours_are_read(text, expected):
    assert told(text) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [None, "", "  ", "夜间", "寒暑假 08:30-17:00", "周一", "08:30-17:00", "周一至周五 25:00-26:00", "周六 9:00-9:00", "详询社区",
     "周一至周五 08:30-17:00(节假日除外)", "法定节假日 09:00-12:00", "每月第六个周日 09:00-12:00", "周一至周五 08:30", "周六;09:00-12:00"],
)  # fmt: skip
def test_what_cannot_be_read_is_unknown(text):
    assert parse(text) is None


@settings(max_examples=300, **FAST)
@given(st.text(alphabet="周一二三六日至-0123456789:;、每月第个工作夜间 小时", max_size=25))
def test_no_text_breaks_the_reader(text):
    hours = parse(text)
    assert hours is None or all(0 <= span.start < span.end <= span.start + DAY for span in hours)


@pytest.mark.parametrize(
    ("open_", "wanted", "minutes"),
    [
        ("每日 18:30-07:30", "周一 06:00-09:00", 90),
        ("周日 22:00-02:00", "周一 00:00-24:00", 120),
        ("每月第一个周日 09:00-12:00", "周日 09:00-12:00", 0),
        ("周日 09:00-12:00", "每月第一个周日 10:00-13:00", 120),
        ("每月第一个周日 09:00-12:00", "每月第一个周日 10:00-13:00", 120),
        ("周一 09:00-12:00,10:00-13:00", "周一 09:00-18:00", 240),
        ("周六 09:00-12:00", "周日 09:00-12:00", 0),
    ],
)
def test_overlap_is_counted_once_and_over_midnight(open_, wanted, minutes):
    assert overlap(parse(open_), parse(wanted)) == minutes


# The matching


@seed(1)
@settings(max_examples=300, **FAST)
@given(seeds)
def test_the_matching_is_the_optimum_of_the_linear_program_and_serves_by_priority(number):
    rng = np.random.default_rng(number)
    needs, resources = (int(x) for x in rng.integers(1, 6, 2))
    can = rng.random((needs, resources)) < 0.5
    need, resource = np.nonzero(can)
    edges = Edges(need, resource, rng.integers(0, 5, len(need)))
    demand, capacity, weight = rng.integers(0, 6, needs), rng.integers(0, 7, resources), rng.integers(1, 4, needs)
    flow = match(edges, demand, weight, capacity)
    served = np.bincount(need, weights=flow, minlength=needs)
    assert (flow >= 0).all() and (served <= demand).all()
    assert (np.bincount(resource, weights=flow, minlength=resources) <= capacity).all()
    if not len(need):
        return
    limits = np.vstack([need == i for i in range(needs)] + [resource == j for j in range(resources)]).astype(float)
    best = linprog(-weight[need], A_ub=limits, b_ub=np.concatenate([demand, capacity]))
    assert weight @ served == pytest.approx(-best.fun)
    cheapest = linprog(
        edges.cost,
        A_ub=np.vstack([limits, -weight[need][None, :].astype(float)]),
        b_ub=np.concatenate([demand, capacity, [best.fun]]),
    )
    assert edges.cost @ flow == pytest.approx(cheapest.fun)
    for level in sorted(set(weight.tolist()), reverse=True):
        graph = nx.DiGraph()
        graph.add_nodes_from(("s", "t"))
        for i in np.flatnonzero(weight >= level):
            graph.add_edge("s", f"n{i}", capacity=int(demand[i]))
        graph.add_edges_from((f"n{i}", f"r{j}") for i, j in zip(need, resource, strict=True) if weight[i] >= level)
        for j in range(resources):
            graph.add_edge(f"r{j}", "t", capacity=int(capacity[j]))
        assert served[weight >= level].sum() == nx.maximum_flow_value(graph, "s", "t")


@seed(2)
@settings(max_examples=150, **FAST)
@given(seeds, st.sampled_from((None, "周六 09:00-11:00", "周一 08:00-12:00")))
def test_matches_hold_and_each_limit_is_true(number, when):
    rows = district(number)
    one = snapshot(rows)
    found = MATCH.run(one, {"when": when})
    needs = {n.id: n for n in one.needs if n.unmet}
    resources = {r.id: r for r in one.resources}
    people = {id_: 1 if n.headcount is None else n.headcount for id_, n in needs.items()}
    assert (found.needs, found.people) == (len(needs), sum(people.values()))
    sure = [m for m in found.matches if m.certain]
    served = {id_: sum(m.people for m in sure if m.need == id_) for id_ in needs}
    assert all(served[id_] <= people[id_] for id_ in needs)
    for match_ in found.matches:
        need, resource = needs[match_.need], resources[match_.resource]
        assert match_.service in set(need.services) & set(resource.services) and resource.open_to_public is not False
        assert match_.people > 0 and bool(match_.open) != match_.certain
    for id_, resource in resources.items():
        used = sum(m.people for m in sure if m.resource == id_)
        offered = [o.capacity for o in one.offers if o.resource == id_]
        total = (
            resource.capacity
            if resource.capacity is not None
            else sum(offered)
            if offered and None not in offered
            else 0
        )
        assert used <= (0 if resource.capacity_unit == "grids" else total)
        if used and when:
            assert overlap(parse(resource.schedule), parse(when)) >= 60
    assert found.met.low == sum(served.values()) <= found.met.high <= found.people
    left = {u.need: u for u in found.unmet}
    assert {id_: u.people for id_, u in left.items()} == {
        id_: people[id_] - n for id_, n in served.items() if n < people[id_]
    }
    for id_, unmet in left.items():
        giving = [r for r in resources.values() if set(r.services) & set(needs[id_].services)]
        assert (unmet.limit == "service") == (not giving)
        if unmet.limit == "access":
            assert all(r.open_to_public is False for r in giving)
    assert {i.resource for i in found.idle}.isdisjoint(m.resource for m in sure)
    json.dumps(found.as_json())
    assert found.lines("zh") and found.lines("en")


@seed(3)
@settings(max_examples=60, **FAST)
@given(seeds)
def test_more_capacity_never_serves_fewer_and_more_hours_neither(number):
    rows = district(number)
    found = MATCH.run(snapshot(rows), {"when": "周六 09:00-11:00"})
    richer = copy.deepcopy(rows)
    richer.resources = [(*r[:3], None if r[3] is None else r[3] + 3, *r[4:]) for r in rows.resources]
    more = MATCH.run(snapshot(richer), {"when": "周六 09:00-11:00"})
    assert more.met.low >= found.met.low
    wider = copy.deepcopy(richer)
    wider.resources = [(*r[:6], "每日 00:00-24:00", r[7]) for r in richer.resources]
    assert MATCH.run(snapshot(wider), {"when": "周六 09:00-11:00"}).met.low >= more.met.low
    renamed = copy.deepcopy(rows)
    renamed.resources = [(r[0], f"新{r[0]}", *r[2:]) for r in reversed(rows.resources)]
    again = MATCH.run(snapshot(renamed), {"when": "周六 09:00-11:00"})
    assert [(m.need, m.resource, m.people) for m in again.matches] == [
        (m.need, m.resource, m.people) for m in found.matches
    ]


def test_bad_input_is_named():
    one = snapshot(district(1))
    for asked, error, text in [
        ({"when": "晚上"}, BadOption, "晚上"),
        ({"service": "massage"}, NotInSnapshot, "massage"),
        ({"minutes": 0}, BadOption, "minutes"),
    ]:
        with pytest.raises(error, match=text):
            MATCH.run(one, asked)
