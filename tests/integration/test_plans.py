"""What Neo4j would do for each question: it enters the graph through an index, and never multiplies rows by rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govnet_graph.bench.parameters import demo_parameters
from govnet_graph.questions import Question, bind, catalogue, parse, question
from govnet_graph.schema import SCHEMA
from govnet_graph.seeds import dataset
from govnet_graph.store.plans import PlanNode, plan
from govnet_graph.store.reader import home_of
from tests.agreement import reload
from tests.integration.conftest import PARAMS

# The embedded engine tells no plan in these terms.
pytestmark = pytest.mark.parametrize("settings", [p for p in PARAMS if p.id != "embedded"], indirect=True)

SEEKS = {
    "NodeUniqueIndexSeek",
    "NodeUniqueIndexSeekByRange",
    "NodeIndexSeek",
    "NodeIndexSeekByRange",
    "MultiNodeIndexSeek",
    "NodeIndexContainsScan",  # of a TEXT index
    "DirectedRelationshipIndexSeek",
}
NO_ENTRY = {"Argument", "Unwind", "EmptyRow"}
# Labels with few nodes by design, whatever the size of the graph.
SMALL = {
    "Requirement": "a table of a few dozen rows",
    "Service": "a list of services, the same everywhere",
    "Source": "one per table or document",
    "Claim": "one per figure of a text",
    "CaseKind": "a table of a dozen rows",
    "Unit": "about a hundred a district",
    "Plan": "one per load, import or edit",
}
# Questions about every node of a label: reading them all is the answer.
EVERY = {
    ("idle-resources", "Resource"): "judges all resources where no area is named",
    ("members", "Member"): "lists members",
    ("multi-role-members", "Member"): "compares all members",
    ("organizations", "Organization"): "lists organizations",
    ("projects", "Project"): "lists projects",
    ("quality", "Case"): "looks for cases that no area leads to",
    ("quality", "Need"): "looks for needs that no area leads to",
    ("resources", "Resource"): "lists resources",
}
# Operators that pass on at most as many rows as they get.
_NO_MORE = {"Filter", "Projection", "CacheProperties", "Limit", "Distinct", "Argument", "NodeUniqueIndexSeek"}


@pytest.fixture(scope="module")
def planned(on_graph):
    """Plans a question on the demo district, as the reader sends it but without its wrapping."""

    async def load(graph):
        await reload(graph, dataset("demo"))
        # Plans go by statistics, which the engine gathers in the background, and plans of a smaller graph may be kept.
        await graph.define(["CALL db.prepareForReplanning(300)"])

    on_graph(load)

    def explain(one: Question, like: str = "") -> PlanNode:
        async def work(graph):
            given = (await demo_parameters(graph))[like or one.id]
            return await plan(graph, one.body, bind(one, given, home=await home_of(graph)))

        return on_graph(work)

    return explain


def _one_row(side: PlanNode) -> bool:
    """Whether this side of a product surely holds one row at most: what an id or the surrounding row gives."""
    return all(node.operator in _NO_MORE for node in side.walk())


def faults(question_id: str, root: PlanNode) -> Iterator[str]:
    """What is wrong with a plan, one line each."""
    for node in root.walk():
        if node.operator == "CartesianProduct" and not any(_one_row(side) for side in node.children):
            yield f"{question_id}: a Cartesian product of rows by rows"
        if node.children or node.operator in SEEKS | NO_ENTRY:
            continue
        label = node.details.rsplit(":", 1)[-1].strip("`")
        if node.operator != "NodeByLabelScan" or not (label in SMALL or (question_id, label) in EVERY):
            yield f"{question_id}: enters the graph by {node.operator} {node.details}"


def test_each_question_enters_by_an_index_and_multiplies_nothing(planned):
    found = [fault for one in catalogue().values() for fault in faults(one.id, planned(one))]
    assert found == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("MATCH (u:Member {note: $unit})", "NodeByLabelScan"),
        ("MATCH (u {id: $unit})", "AllNodesScan"),
        ("MATCH (a:Unit)<-[:SUPERSEDED]-() MATCH (u:Entity {source: $unit}), (a:Entity {source: $unit})", "Cartesian"),
        ("MATCH ()-[r:RAISED_IN]->(u) WHERE r.source_ref = $unit", "DirectedRelationshipTypeScan"),
    ],
)
def test_a_question_with_a_bad_plan_is_found(planned, text, fault):
    good = question("unit-profile")
    bad = parse(
        "unit-profile", f"{good.cypher.split('*/')[0]}*/\n{text}\nRETURN u AS unit, $as_of AS day, $skip, $limit"
    )
    assert any(fault in line for line in faults("bad", planned(bad, like="unit-profile")))


def test_each_exception_is_needed(planned):
    used = {
        (one.id, node.details.rsplit(":", 1)[-1])
        for one in catalogue().values()
        for node in planned(one).leaves()
        if node.operator == "NodeByLabelScan"
    }
    assert set(EVERY) <= used
    assert set(SMALL) <= {label for _, label in used}


def test_a_profile_counts_and_an_explanation_does_not(on_graph):
    async def work(graph):
        text, given = "MATCH (u:Unit {id: $unit}) RETURN u.name", {"unit": "unit-1"}
        return await plan(graph, text, given), await plan(graph, text, given, profile=True)

    explained, profiled = on_graph(work)
    assert explained.hits is None and explained.total_hits == 0
    assert profiled.total_hits > 0
    assert [node.operator for node in explained.walk()] == [node.operator for node in profiled.walk()]


def test_what_rests_on_a_source_is_asked_of_every_type(planned):
    indexed = {
        node.details.split("[", 1)[1].split(":", 1)[1].split("(", 1)[0]
        for node in planned(question("rests-on-source")).leaves()
        if node.operator == "DirectedRelationshipIndexSeek"
    }
    assert indexed == set(SCHEMA.relationships) - {"SUPERSEDED"}
