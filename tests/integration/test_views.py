"""Every view on every engine draws what its question's rows name: on the invented district and on random ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from govnet_graph.errors import NotFound
from govnet_graph.questions import BadParameter, view, views
from govnet_graph.records import Dataset, Node
from govnet_graph.store.pictures import see
from govnet_graph.store.reader import NothingLoaded
from govnet_graph.store.state import clear
from tests.agreement import DAYS, cases, reload
from tests.pictured import misdrawn
from tests.random_districts import arguments, districts

DAY = {"as_of": "2026-06-01"}


@pytest.fixture(scope="module")
def loaded(on_graph, district):
    on_graph(lambda graph: reload(graph, district))
    return on_graph


def test_each_view_draws_the_expected_rows(loaded, district):
    """A page from the middle too: a view that sorts otherwise than its question would draw other rows."""

    async def work(graph):
        found, empty = [], []
        for each in views().values():
            example = each.question.expected.parameters
            pages = ({}, {"skip": 1, "limit": 2}, {"limit": 1})
            found += [await misdrawn(graph, district, each, {**example, **paging}) for paging in pages]
            if not (await see(graph, each, example, home=district.home)).nodes:
                empty.append(each.question.id)
        return [text for text in found if text], empty

    assert loaded(work) == ([], [])


def test_each_view_draws_what_its_rows_name(loaded, district):
    async def work(graph):
        asked = [(each, given) for each in views().values() for given in cases(each.question, district, DAYS, 5)]
        found = [await misdrawn(graph, district, each, given) for each, given in asked]
        return [text for text in found if text]

    assert loaded(work) == []


@seed(20260602)
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_each_view_draws_what_its_rows_name_on_random_districts(on_graph, data):
    made = data.draw(districts())
    asked = [(each, data.draw(arguments(each.question, made))) for each in views().values()]

    async def work(graph):
        await reload(graph, made)
        found = [await misdrawn(graph, made, each, given) for each, given in asked if given is not None]
        return [text for text in found if text]

    assert on_graph(work) == []


def test_a_picture_is_bounded_and_says_so(on_graph, district):
    async def work(graph):
        await reload(graph, district)
        gaps = view("coverage-gaps")
        whole = await see(graph, gaps, DAY, home=district.home)
        few = await see(graph, gaps, DAY, home=district.home, most=3)
        page = await see(graph, gaps, {**DAY, "limit": 2}, home=district.home)
        return whole, few, page

    whole, few, page = on_graph(work)
    assert not whole.truncated and len(whole.nodes) > 3
    assert few.truncated and few.nodes == whole.nodes[:3]
    assert page.truncated and 0 < len(page.nodes) < len(whole.nodes)
    for picture in (whole, few, page):
        ids = {node["id"] for node in picture.nodes}
        assert len(ids) == len(picture.nodes)
        assert {end for link in picture.relationships for end in (link["from"], link["to"])} <= ids


def test_a_picture_hides_names(on_graph, district):
    people = [n for n in district.nodes if n.label == "Member"]
    secret = Dataset(
        district.name,
        district.home,
        tuple(
            Node(n.label, n.id, {**n.props, "name": f"Secret {n.id}", "title": f"title {n.id}"}) if n in people else n
            for n in district.nodes
        ),
        district.edges,
    )

    async def work(graph, names):
        texts = []
        for each in views().values():
            for parameters in cases(each.question, secret, DAYS[2:3], 6):
                picture = await see(graph, each, parameters, home=secret.home, names=names)
                texts.append(picture.plain())
        return json.dumps(texts, default=str)

    on_graph(lambda graph: reload(graph, secret))
    masked = on_graph(lambda graph: work(graph, False))
    assert "Secret" not in masked and "title member" in masked
    assert "Secret member" in on_graph(lambda graph: work(graph, True))


def test_a_wrong_question_is_an_error(on_graph, district):
    async def work(graph):
        await reload(graph, district)
        with pytest.raises(NotFound, match="no Member 'nobody'"):
            await see(graph, view("member-units"), {"member": "nobody"}, home=district.home)
        with pytest.raises(NotFound, match="not a Member"):
            await see(graph, view("member-units"), {"member": "unit-a"}, home=district.home)
        with pytest.raises(BadParameter):
            await see(graph, view("member-units"), {"member": "x' OR 1=1", "nothing": 1}, home=district.home)
        await clear(graph)
        with pytest.raises(NothingLoaded):
            await see(graph, view("coverage-gaps"), DAY, home=district.home)

    on_graph(work)


def test_a_question_without_a_view_says_so():
    with pytest.raises(NotFound, match="has no view"):
        view("members")
    with pytest.raises(NotFound, match="There is no question"):
        view("nothing")
