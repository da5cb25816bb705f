"""Every question on every engine: the expected rows, the oracle on the invented district, the oracle on random ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, seed, settings

from govnet_graph.questions import catalogue
from govnet_graph.records import Dataset
from tests.agreement import answer, disagreements, reload
from tests.random_districts import districts


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


@seed(20260601)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=districts())
def test_the_engine_agrees_with_the_oracle_on_random_districts(on_graph, data: Dataset):
    async def work(graph):
        await reload(graph, data)
        return await disagreements(graph, data, most=2)

    assert on_graph(work) == []
