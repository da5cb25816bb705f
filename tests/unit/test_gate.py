"""The gate on free Cypher without a database: words of texts, and plans as Neo4j gave them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.browser import example
from govnet_graph.questions import View, catalogue, pasteable, views
from govnet_graph.store.gate import OPERATORS, check_plan, check_text
from govnet_graph.store.tokens import StatementRefused, tokens
from tests.statements import ALLOWED, REFUSED

_WRITES = (
    "Create",
    "Merge",
    "Set",
    "Remove",
    "Delete",
    "Foreach",
    "Load",
    "Show",
    "Terminate",
    "Transaction",
    "Administration",
    "Drop",
)


def node(operator: str, *children: dict[str, Any], details: str = "") -> dict[str, Any]:
    """One operator of a plan in the driver's form."""
    return {"operatorType": operator, "args": {"Details": details}, "children": list(children)}


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_is_allowed_has_nothing_to_refuse_in_its_words(statement):
    assert check_text(statement) == statement


@pytest.mark.parametrize(("statement", "named"), REFUSED)
def test_words_alone_refuse_all_but_what_only_the_plan_tells(statement, named):
    operators = ("Set", "Remove", "Delete", "DetachDelete", "Foreach", "Create", "Transaction")
    if named.startswith(operators):
        check_text(statement)
    else:
        with pytest.raises(StatementRefused) as refused:
            check_text(statement)
        assert named in str(refused.value)


def test_the_catalogue_keeps_the_bounds():
    """What an investigator pastes and changes is within them; two texts hold what the database cannot stop."""
    refused = set()
    for asked in (*catalogue().values(), *views().values()):
        question = asked.question if isinstance(asked, View) else asked
        try:
            check_text(pasteable(asked, example(question)).strip().removesuffix(";"))
        except StatementRefused:
            refused.add(question.id)
    assert refused == {"recorded-changes", "shortest-path"}


def test_a_long_parameter_counts_for_what_is_built_of_it():
    doubled = "WITH $t AS s " + "WITH s + s AS s " * 12 + "RETURN s"
    assert check_text(doubled, 1000)
    with pytest.raises(StatementRefused, match="too large"):
        check_text(doubled, 100_000)


def test_a_plan_that_reads_passes():
    check_plan(
        node("ProduceResults@neo4j", node("Expand(All)@neo4j", node("NodeUniqueIndexSeek@neo4j")), details="n"), "neo4j"
    )
    check_plan(node("ProcedureCall@neo4j", details="db.labels() :: (label :: STRING)"), "neo4j")
    check_plan(node("StatefulShortestPath(All, Trail)@neo4j"), "neo4j")


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        (node("ProduceResults@neo4j", node("LoadCSV@neo4j", details="r")), "LoadCSV"),
        (node("ProduceResults@neo4j", node("EmptyResult@neo4j", node("Create@neo4j"))), "Create"),
        (node("AdministrationCommand"), "AdministrationCommand"),
        (node("ProduceResults@neo4j", node("ShowSettings@neo4j")), "ShowSettings"),
        (node("ProduceResults@neo4j", node("TransactionApply@neo4j")), "TransactionApply"),
        (node("ProcedureCall@system", details="db.labels() :: (label :: STRING)"), "system"),
        (node("db.labels@system"), "db.labels"),
        (node("ProcedureCall@neo4j", details="dbms.listConfig() :: (name :: STRING)"), "dbms.listConfig"),
        (node("ProcedureCall@neo4j"), "call ''"),
        (node("OperatorOfTheFuture@neo4j"), "OperatorOfTheFuture"),
    ],
)
def test_a_plan_that_does_more_is_refused(plan, named):
    with pytest.raises(StatementRefused, match=named.replace("(", r"\(")):
        check_plan(plan, "neo4j")


def test_no_operator_on_the_list_writes_or_looks_at_the_server():
    assert [name for name in OPERATORS if name.startswith(_WRITES)] == []


def test_a_long_statement_is_refused():
    with pytest.raises(StatementRefused, match="characters"):
        check_text("RETURN 1 //" + "x" * 30_000)


@given(st.text(max_size=80))
def test_no_text_hides_a_load_from_the_gate(text):
    """Whatever stands in a string, a quoted name or a comment before it, LOAD CSV after it is seen."""
    string = "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    name = "`" + text.replace("`", "``") + "`"
    comment = "/*" + text.replace("*/", "").replace("*", "") + "*/"
    for before in (string, name, comment + "1"):
        with pytest.raises(StatementRefused):
            check_text(f"RETURN {before}, COUNT {{ LOAD CSV FROM 'x' AS r RETURN r }}")


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused(text):
    with suppress(StatementRefused):
        assert all(token.text or token.kind in ("string", "quoted") for token in tokens(text))
