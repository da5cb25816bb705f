"""The oracle against the worked examples, against the README of the invented district, and against itself.

No database runs here: these tests say whether the oracle can be trusted, and whether the examples in the question files
are right. Whether an engine agrees with both is the integration tests' business.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govnet_graph.questions import bind, catalogue
from govnet_graph.records import Dataset, Edge, Node, edge_id
from govnet_graph.seeds.read import read_tables
from tests.oracle import ORACLE, World
from tests.oracle.judgement import Judge
from tests.random_districts import HOME, arguments, days, districts

DISTRICT = Path(__file__).parents[1] / "district"
DAY = dt.date(2026, 6, 1)
QUESTIONS = sorted(catalogue().values(), key=lambda q: q.id)
RANK = {"covered": 0, "uncovered": 1, "unknown": 2}
steady = settings(max_examples=30, deadline=None, derandomize=True)


def _district() -> Dataset:
    nodes, edges = read_tables(DISTRICT)
    return Dataset("district", HOME, tuple(nodes), tuple(edges)).validated()


INVENTED = World(_district())


def _ask(world: World, question: str, **given: object) -> list[list[object]]:
    asked = next(q for q in QUESTIONS if q.id == question)
    return ORACLE[question](world, bind(asked, {"as_of": DAY, "limit": 1000, **given}, home=world.home))


def _states(data: Dataset, day: dt.date) -> dict[tuple[str, str], str]:
    return {(v.area, v.requirement): v.state for v in Judge(World(data), day).verdicts(HOME)}


def _with(data: Dataset, *, nodes: Iterable[Node] = (), edges: Iterable[Edge] = ()) -> Dataset:
    return replace(data, nodes=(*data.nodes, *nodes), edges=(*data.edges, *edges)).validated()


def _edge(type_: str, start: str, end: str, **props: object) -> Edge:
    return Edge(type_, start, end, edge_id(type_, start, end, "new"), {"source": "src-1", **props})  # type: ignore[dict-item]


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda q: q.id)
def test_each_worked_example_is_what_the_oracle_computes(asked):
    parameters = bind(asked, asked.expected.parameters, home=INVENTED.home)
    assert asked.expected.rows
    assert ORACLE[asked.id](INVENTED, parameters) == asked.expected.rows


def test_the_oracle_answers_exactly_the_questions_there_are():
    assert set(ORACLE) == {q.id for q in QUESTIONS}


def test_the_tables_of_coverage_in_the_readme_are_right():
    text = (DISTRICT / "README.md").read_text(encoding="utf-8")
    grids = [f"9901010{s}00{c}00{g}" for s in ("01", "02") for c in (1, 2) for g in (1, 2)]
    communities = [g[:12] for g in grids[::2]]
    heads = {"g1": grids, "c1": [*communities, "990101001", "990101002"]}
    signs = {"+": "covered", "-": "uncovered", "?": "unknown"}
    written, columns = {}, []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == "requirement":
            columns = heads[cells[1]]
        elif re.match(r"req-", cells[0]):
            for area, cell in zip(columns, cells[1:], strict=True):
                if cell:
                    written[area, cells[0].split()[0]] = (signs[cell[0]], int(cell[1:]))
    judged = Judge(INVENTED, DAY).verdicts(HOME)
    assert written == {(v.area, v.requirement): (v.state, len(v.providers)) for v in judged}


def test_a_pairing_counts_from_its_first_day_and_not_on_its_last():
    def paired(grid: str, day: dt.date) -> list[str]:
        rows = _ask(INVENTED, "coverage-evidence", area=grid, requirement="req-grid-pairing", as_of=day)
        return [row[4]["id"] for row in rows if row[4]]

    eve = DAY - dt.timedelta(days=1)
    assert (paired("990101002002001", eve), paired("990101002002001", DAY)) == ([], ["unit-d"])
    assert (paired("990101002002002", eve), paired("990101002002002", DAY)) == (["unit-b"], [])


@steady
@given(data=districts(), day=days)
def test_another_provider_never_takes_coverage_away(data, day):
    grid = next(n.id for n in data.nodes if n.label == "Grid")
    unit = Node("Unit", "unit-new", {"name": "新单位", "kind": "bank", "source": "src-1"})
    more = _with(data, nodes=[unit], edges=[_edge("PAIRED_WITH", unit.id, grid, services=["meals"])])
    before, after = _states(data, day), _states(more, day)
    changed = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert before.keys() == after.keys()
    assert {now for _, now in changed.values()} <= {"covered"}


@steady
@given(data=districts(), day=days, end=days)
def test_ending_pairings_never_adds_coverage_and_changes_nothing_before_the_end(data, day, end):
    def ended(edge: Edge) -> Edge:
        since, until = edge.props.get("since"), edge.props.get("until")
        if edge.type != "PAIRED_WITH" or (until is not None and until <= end):
            return edge
        if since is not None and since >= end:
            since = None
        return replace(
            edge,
            props={
                **{k: v for k, v in edge.props.items() if k != "since"},
                **({"since": since} if since else {}),
                "until": end,
            },
        )

    kept = tuple(e for e in data.edges if e.type != "PAIRED_WITH" or (e.props.get("since") or end) <= end)
    data = replace(data, edges=kept)
    less = replace(data, edges=tuple(map(ended, kept))).validated()
    before, after = _states(data, day), _states(less, day)
    if day < end:
        assert before == after
    assert {key for key in after if after[key] == "covered"} <= {key for key in before if before[key] == "covered"}


@steady
@given(
    data=districts(), day=days, kind=st.sampled_from(("pairings", "workers", "services", "resources", "party-chain"))
)
def test_a_complete_ledger_only_turns_unknown_into_uncovered(data, day, kind):
    ledger = Node("Ledger", "ledger-new", {"name": "新台账", "kind": kind, "source": "src-1"})
    more = _with(data, nodes=[ledger], edges=[_edge("COMPLETE_FOR", ledger.id, HOME)])
    before, after = _states(data, day), _states(more, day)
    kinds = {n.id: n.props.get("ledger") for n in data.nodes if n.label == "Requirement"}
    for (area, requirement), state in before.items():
        settled = state == "unknown" and kinds[requirement] == kind
        assert after[area, requirement] == ("uncovered" if settled else state)


@steady
@given(data=districts(), day=days)
def test_gaps_matrix_thin_and_missing_ledgers_count_the_same_judgements(data, day):
    world = World(data)
    states = list(_states(data, day).values())
    for level in ("District", "Street"):
        rows = _ask(world, "coverage-matrix", as_of=day, level=level)
        assert [sum(row[2 + i] for row in rows) for i in range(3)] == [states.count(s) for s in RANK]
    gaps = _ask(world, "coverage-gaps", as_of=day)
    assert len(gaps) == len(states) - states.count("covered")
    assert sum(row[2] for row in _ask(world, "missing-ledgers", as_of=day)) == states.count("unknown")
    assert len(_ask(world, "thin-coverage", as_of=day)) <= states.count("covered")


@steady
@given(data=districts(), day=days)
def test_what_a_unit_alone_covers_is_what_is_lost_when_it_leaves(data, day):
    world = World(data)
    for unit in world.labelled("Unit"):
        rows = _ask(world, "unit-only-coverage", unit=unit, as_of=day)
        lost = {item["id"] for row in rows for item in row[7]}
        gone = {unit} | {n.id for n in data.nodes if n.label == "Resource" and _only_offerer(world, n.id, day) == unit}
        left = replace(
            data, edges=tuple(e for e in data.edges if not (e.start in gone and e.type in ("PAIRED_WITH", "SERVES")))
        )
        before, after = _states(data, day), _states(left, day)
        fallen = {key: after[key] for key in before if before[key] == "covered" and after[key] != "covered"}
        assert lost <= gone
        assert {(row[0]["id"], row[3]["id"]): row[8] for row in rows} == fallen


def _only_offerer(world: World, resource: str, day: dt.date) -> str | None:
    offerers = {x.start for x in world.into(resource, ("OFFERS",), day) if world.alive(x.start, day)}
    return offerers.pop() if len(offerers) == 1 else None


@steady
@given(data=districts(), day=days, pick=st.data())
def test_the_shortest_way_back_is_as_long_as_the_way_there(data, day, pick):
    world = World(data)
    ends = st.sampled_from([n.id for n in data.nodes])
    a, b = pick.draw(ends), pick.draw(ends)
    there, back = (_ask(world, "shortest-path", as_of=day, **{"from": x, "to": y}) for x, y in ((a, b), (b, a)))
    assert sorted(tuple(row[1][::-1]) for row in there) == sorted(tuple(row[1]) for row in back)
    assert len({row[0] for row in [*there, *back]}) <= 1


@steady
@given(data=districts(), day=days)
def test_more_hops_only_add_units_and_every_step_holds(data, day):
    world = World(data)
    for member in world.labelled("Member"):
        near, far = (_ask(world, "member-units", member=member, as_of=day, max_hops=n) for n in (2, 3))
        assert far[: len(near)] == near
        for row in far:
            nodes = [n["id"] for n in row[3]["nodes"]]
            assert len(set(nodes)) == len(nodes) == row[1] + 1
            assert nodes[0] == member
            for step, a, b in zip(row[3]["steps"], nodes, nodes[1:], strict=False):
                assert {step["from"], step["to"]} == {a, b}
                assert (step["since"] or day) <= day
                assert step["until"] is None or step["until"] > day


@steady
@given(data=districts(), pick=st.data())
def test_every_question_has_rows_of_its_columns_and_pages_add_up(data, pick):
    world = World(data)
    for asked in QUESTIONS:
        values = pick.draw(arguments(asked, data), label=asked.id)
        if values is None:
            continue
        rows = ORACLE[asked.id](world, bind(asked, values, home=HOME))
        assert all(len(row) == len(asked.columns) for row in rows)
        first, rest = ({**values, "skip": skip, "limit": limit} for skip, limit in ((0, 2), (2, 998)))
        assert [row for page in (first, rest) for row in ORACLE[asked.id](world, bind(asked, page, home=HOME))] == rows
