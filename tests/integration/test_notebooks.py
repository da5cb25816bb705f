"""The optional py2neo module against real Neo4j."""

from __future__ import annotations

import pytest

from govnet_graph.questions import question
from tests.agreement import reload
from tests.integration.conftest import PARAMS

pytestmark = pytest.mark.parametrize("settings", [p for p in PARAMS if p.id != "embedded"], indirect=True)


@pytest.fixture
def notebook(engine, on_graph, district):
    from govnet_graph.notebooks import objects as notebooks

    on_graph(lambda graph: reload(graph, district))
    graph = notebooks.open_graph(engine)
    yield notebooks, graph
    notebooks.close_graph(graph)


def test_a_question_gives_its_expected_rows(notebook):
    notebooks, graph = notebook
    asked = question("unit-members")
    rows = notebooks.ask(graph, asked.id, asked.expected.parameters)
    assert [row["role"] for row in rows] == [row[1] for row in asked.expected.rows]


def test_objects_read_and_write(notebook):
    notebooks, graph = notebook
    unit = notebooks.entity_class("Unit").match(graph, "unit-a").first()
    assert unit.name == "甲区法院"
    assert {other.__node__["id"] for other in unit.paired_with} == {"990101001001001", "990101001001"}
    unit.name = "改名"
    graph.push(unit)
    assert graph.evaluate("MATCH (u:Unit {id: 'unit-a'}) RETURN u.name") == "改名"


def test_an_unknown_label_is_refused(notebook):
    with pytest.raises(notebook[0].BadInput, match="no label"):
        notebook[0].entity_class("Circus")
