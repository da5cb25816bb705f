"""Requirements as data: which rows are accepted, what a refusal says, and the three-valued judgement."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.assets import seeds_folder
from govnet_graph.coverage import LEDGERS_OF, Evidence, RequirementError, State, faults_of, judge, requirements_of
from govnet_graph.records import Node, Value
from govnet_graph.schema import EVIDENCE_PREFIXES
from govnet_graph.seeds.read import read_tables

SERVICE = Node("Service", "svc-meals", {"code": "meals", "name": "助餐", "group": "elders", "source": "src-x"})
GOOD: dict[str, Value] = {
    "name": "网格有结对单位", "level": "Grid", "evidence": "pairing", "scope": "reach", "minimum": 1,
    "applies": "demonstration", "ledger": "pairings", "standard": "working list", "priority": 2, "source": "src-x",
}  # fmt: skip


def row(changes: Mapping[str, Value] | None = None, without: str = "", id_: str = "req-1") -> Node:
    return Node("Requirement", id_, {k: v for k, v in {**GOOD, **(changes or {})}.items() if k != without})


def test_a_good_row_becomes_a_requirement() -> None:
    (found,) = requirements_of([row()])
    assert (found.id, str(found.evidence), found.minimum, found.group) == ("req-1", "pairing", 1, "everyone")
    assert found.name_en == "网格有结对单位"


@pytest.mark.parametrize(
    ("evidence", "ledger"),
    [
        ("chain:1", "party-chain"), ("chain:5", "party-chain"),
        ("worker:full-time", "workers"), ("worker:judge", "workers"),
        ("service:meals", "services"), ("service:meals", "pairings"), ("resource:canteen", "resources"),
    ],
)  # fmt: skip
def test_every_form_of_evidence_is_read(evidence: str, ledger: str) -> None:
    (found,) = requirements_of([SERVICE, row({"evidence": evidence, "ledger": ledger})])
    assert str(found.evidence) == evidence


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"evidence": "chain:6", "ledger": "party-chain"}, "'6' is not one of 1, 2, 3, 4, 5"),
        ({"evidence": "chain", "ledger": "party-chain"}, "'' is not one of 1"),
        ({"evidence": "pairing:3"}, "pairing takes no value"),
        ({"evidence": "worker:cook", "ledger": "workers"}, "'cook' is not one of full-time, heating"),
        ({"evidence": "service:massage", "ledger": "services"}, "'massage' is not one of meals"),
        ({"evidence": "resource:castle", "ledger": "resources"}, "'castle' is not one of centre"),
        ({"evidence": "magic:1"}, "does not begin with one of chain, pairing"),
        ({"level": "District"}, "level is 'District', not one of Grid, Community, Street"),
        ({"minimum": 0}, "minimum is 0, below 1"),
        ({"minimum": True}, "minimum is True, not of type integer"),
        ({"priority": 0}, "priority is 0, below 1"),
        ({"ledger": "gossip"}, "ledger is 'gossip', not one of"),
        ({"ledger": "cases"}, "a ledger of cases cannot settle pairing; it needs pairings"),
        ({"level": "Street"}, "applies to demonstration grids, so its level must be Grid"),
    ],
)
def test_a_bad_row_is_refused_with_its_id_and_the_reason(changes: dict[str, Value], reason: str) -> None:
    with pytest.raises(RequirementError) as refused:
        requirements_of([SERVICE, row(changes, id_="req-bad")])
    assert "requirement req-bad: " in str(refused.value)
    assert reason in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("name", ["level", "evidence", "scope", "minimum", "applies", "ledger", "standard", "priority"])
def test_a_missing_cell_is_named(name: str) -> None:
    assert f"{name} is missing" in list(faults_of(row(without=name), ()))


def test_every_faulty_row_is_reported_at_once() -> None:
    with pytest.raises(RequirementError, match=r"req-a.*req-b"):
        requirements_of([row({"minimum": 0}, id_="req-a"), row({"scope": "near"}, id_="req-b"), row(id_="req-c")])


def test_two_rows_that_ask_the_same_of_the_same_areas_are_refused() -> None:
    with pytest.raises(RequirementError, match="req-2: asks the same as req-1"):
        requirements_of([row(), row({"minimum": 3}, id_="req-2")])


def test_a_service_requirement_without_any_service_says_so() -> None:
    with pytest.raises(ValueError, match="there are no services"):
        Evidence.parse("service:meals", ())


def test_requirements_come_by_priority_then_id() -> None:
    rows = [
        row({"priority": 3}, id_="req-a"),
        row({"evidence": "chain:3", "ledger": "party-chain", "priority": 1}, id_="req-z"),
        row({"evidence": "chain:2", "ledger": "party-chain", "priority": 1}, id_="req-b"),
    ]
    assert [r.id for r in requirements_of(rows)] == ["req-b", "req-z", "req-a"]


def test_every_prefix_of_evidence_has_a_ledger_that_settles_it() -> None:
    assert set(LEDGERS_OF) == set(EVIDENCE_PREFIXES)


def test_the_shipped_requirements_hold_and_cover_each_level_and_kind_of_evidence() -> None:
    nodes, _ = read_tables(seeds_folder() / "common")
    found = requirements_of(nodes)
    assert len(found) == sum(n.label == "Requirement" for n in nodes)
    assert {r.level for r in found} == {"Grid", "Community", "Street"}
    assert {r.evidence.prefix for r in found} == set(EVIDENCE_PREFIXES)
    assert all(r.name_en and r.standard for r in found)
    assert {r.applies for r in found} == {"all", "demonstration"}


@given(st.integers(0, 9), st.integers(1, 9), st.booleans())
def test_the_judgement_has_three_values(providers: int, minimum: int, complete: bool) -> None:
    state = judge(providers, minimum, complete)
    assert (state is State.COVERED) == (providers >= minimum)
    assert (state is State.UNCOVERED) == (providers < minimum and complete)
    assert (state is State.UNKNOWN) == (providers < minimum and not complete)


@pytest.mark.parametrize(("providers", "minimum"), [(-1, 1), (0, 0)])
def test_the_judgement_refuses_impossible_counts(providers: int, minimum: int) -> None:
    with pytest.raises(ValueError, match="makes sense"):
        judge(providers, minimum, ledger_complete=True)
