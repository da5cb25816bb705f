"""Every question on every engine: the expected rows, the oracle on the invented district, the oracle on random ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from govnet_graph.questions import catalogue
from tests.agreement import answer, disagreement, disagreements, reload
from tests.oracle import World
from tests.random_districts import arguments, districts
from tests.twins import HOME, twin


@pytest.fixture(scope="module")
def loaded(on_graph, district):
    on_graph(lambda graph: reload(graph, district))
    return on_graph


def test_each_question_gives_its_expected_rows(loaded, district):
    async def work(graph):
        return {q.id: await answer(graph, q, q.expected.parameters, district.home) for q in catalogue().values()}

    answers = loaded(work)
    wrong = {id_: rows for id_, rows in answers.items() if rows != catalogue()[id_].expected.rows}
    assert not wrong


def test_the_engine_agrees_with_the_oracle(loaded, district):
    assert loaded(lambda graph: disagreements(graph, district)) == []


def test_a_second_district_changes_nothing_for_the_first(on_graph, district):
    """A question about an area, the whole district where none is named, is about nothing outside it."""
    asked = [q for q in catalogue().values() if any(p.default == "home" for p in q.parameters)]

    async def work(graph):
        answers = []
        for data in (twin(district), district):
            await reload(graph, data)
            answers.append(
                {q.id: await answer(graph, q, {**q.expected.parameters, "limit": 1000}, HOME) for q in asked}
            )
        return answers

    among, alone = on_graph(work)
    assert [name for name, rows in alone.items() if rows != among[name]] == []


@seed(20260601)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_the_engine_agrees_with_the_oracle_on_random_districts(on_graph, data):
    made = data.draw(districts())
    asked = [(q, data.draw(arguments(q, made))) for q in catalogue().values()]

    async def work(graph):
        await reload(graph, made)
        found = [await disagreement(graph, World(made), q, given) for q, given in asked if given is not None]
        return [text for text in found if text]

    assert on_graph(work) == []
