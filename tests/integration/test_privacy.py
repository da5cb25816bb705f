"""What a reader without rights must never see, whatever is asked."""

from __future__ import annotations

import json

import pytest

from govnet_graph.questions import catalogue, question
from govnet_graph.schema import SCHEMA, Privacy
from govnet_graph.seeds import dataset
from govnet_graph.store.driver import native
from govnet_graph.store.reader import ask
from tests.agreement import cases, reload

ARTICLE = dataset("article")
NAMES = [n.props["name"] for n in ARTICLE.nodes if n.label == "Member"]


@pytest.fixture(scope="module")
def article(on_graph):
    on_graph(lambda graph: reload(graph, ARTICLE))
    return on_graph


def _everything(names: bool):
    """Every question, asked of every person of the article and of a spread of the rest, as one text."""

    async def work(graph):
        members = [n for n in ARTICLE.nodes if n.label == "Member"]
        texts = []
        for asked in catalogue().values():
            given = list(cases(asked, ARTICLE, most=4, days=(None,)))
            for parameter in asked.parameters:
                if parameter.is_id and parameter.type in ("Member", "Entity") and parameter.required:
                    given += [{**first, parameter.name: m.id} for m in members for first in given[:1]]
            for parameters in given:
                parameters.pop("as_of")
                answer = await ask(graph, asked, parameters, home=ARTICLE.home, names=names)
                texts.append(json.dumps(native(answer.rows), ensure_ascii=False, default=str))
        return "\n".join(texts)

    return work


def test_no_question_tells_a_name(article):
    assert len(NAMES) == 3
    text = article(_everything(names=False))
    assert [name for name in NAMES if name in text] == []


def test_who_may_see_names_sees_them(article):
    text = article(_everything(names=True))
    assert [name for name in NAMES if name not in text] == []


def test_no_search_finds_out_a_name(article):
    found = article(lambda graph: graph.read("MATCH (m:Member) RETURN m.search"))
    assert [name for (text,) in found for name in NAMES if name in text] == []


def test_the_entity_question_shows_public_properties_alone(article):
    async def work(graph):
        shown = set()
        for node in ARTICLE.nodes:
            answer = await ask(graph, question("entity"), {"entity": node.id})
            shown |= {(node.label, item["property"]) for item in answer.records()[0]["properties"]}
        return shown

    public = {
        (label, p.name) for label, node in SCHEMA.nodes.items() for p in node.properties if p.privacy is Privacy.PUBLIC
    }
    assert article(work) <= public


def test_every_hidden_property_is_hidden_from_the_entity_question():
    """The question lists the names in its text, because no client knows the schema; the list must be the schema's."""
    body = question("entity").body
    hidden = {p.name for node in SCHEMA.nodes.values() for p in node.properties if p.privacy is not Privacy.PUBLIC}
    assert {name for name in hidden if f"'{name}'" not in body} == set()
