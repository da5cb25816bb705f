"""What every question file must keep, whoever wrote it."""

from __future__ import annotations

import re

import pytest

from govnet_graph.assets import cypher_folder
from govnet_graph.generated import STAGES
from govnet_graph.ledgers.words import terms
from govnet_graph.questions import Area, Shape, catalogue, views
from govnet_graph.questions.terms import UNITS
from govnet_graph.schema import SCHEMA

QUESTIONS = sorted(catalogue().values(), key=lambda q: q.id)
BY_ID = pytest.mark.parametrize("asked", QUESTIONS, ids=lambda q: q.id)


def test_generated_files_are_fresh():
    stale = [
        path.name
        for stage in STAGES
        for path, text in stage().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == []


def test_each_room_of_the_catalogue_has_a_question():
    assert {q.area for q in QUESTIONS} == set(Area)


def test_each_part_is_used():
    texts = "\n".join([*(q.cypher for q in QUESTIONS), *(view.cypher for view in views().values())])
    parts = [path.stem for path in (cypher_folder() / "parts").glob("*.cypher")]
    assert [name for name in parts if f"// part: {name}" not in texts] == []


@BY_ID
def test_it_takes_a_day_and_pages_in_a_total_order(asked):
    assert "$as_of" in asked.body
    assert re.search(r"ORDER BY [^;]+SKIP \$skip\s+LIMIT \$limit$", asked.body), (
        "it must end with ORDER BY … SKIP $skip LIMIT $limit"
    )


@BY_ID
def test_each_parameter_is_used(asked):
    assert [p.name for p in asked.parameters if f"${p.name}" not in asked.body] == []


@BY_ID
def test_its_unions_of_types_are_named_sets(asked):
    """Types cannot be parameters, so a file writes a set out; what it writes must be the schema's set, or be declared by a part."""
    unions = set(re.findall(r":([A-Z_]+(?:\|[A-Z_]+)+)", asked.body))
    literals = {SCHEMA.sets[name].literal for name in asked.sets}
    assert unions == literals


@BY_ID
def test_its_example_fits_its_columns(asked):
    assert all(len(row) == len(asked.columns) for row in asked.expected.rows)
    assert set(asked.expected.parameters) <= {p.name for p in asked.parameters}


def test_each_code_in_answers_has_a_name():
    """Closed values of the schema and of parameters; but for those that mean several things."""
    codes = {value for q in QUESTIONS for p in q.parameters for value in p.values}
    owners = [*SCHEMA.nodes.values(), *SCHEMA.relationships.values()]
    codes |= {value for owner in owners for prop in owner.properties for value in prop.values}
    codes |= {
        value
        for q in QUESTIONS
        for row in q.expected.rows
        for column, value in zip(q.columns, row, strict=True)
        if column.type is Shape.STATE and value is not None
    }
    several = {"station", "telecom", "police", "forum", "open", "community-serial-3"}
    assert codes - set(terms()) - set(SCHEMA.relationships) == several


def test_each_unit_of_a_column_has_a_name():
    assert {column.unit for q in QUESTIONS for column in q.columns if column.unit} == set(UNITS)
