"""The investigator's kit on a real Neo4j with the demonstration district: every text that it offers runs as it stands.

Texts that Neo4j Browser is to run are read back from the guides themselves, so that what is tested is what is clicked.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from govnet_graph import browser
from govnet_graph.questions import bind, catalogue, pasteable, question, views
from govnet_graph.schema import SCHEMA
from govnet_graph.seeds import dataset
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.engines.registry import connect
from govnet_graph.store.plans import plan
from govnet_graph.store.reader import ask
from govnet_graph.store.writer import apply
from tests.conftest import needs
from tests.integration.conftest import NEO4J

pytestmark = pytest.mark.neo4j
RUNNABLE = re.compile(r'<pre class="pre-scrollable code runnable">(.*?)</pre>', re.DOTALL)
Run = Callable[[Callable[[Graph], Awaitable[Any]]], Any]


@pytest.fixture(scope="module", params=NEO4J)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs a function on a graph that holds the demonstration district."""
    needs("neo4j")
    settings = Settings(
        home=tmp_path_factory.mktemp("demo"),
        engine="neo4j",
        neo4j_version=request.param,
        batch_size=5000,
        query_timeout=120,
    )
    with connect(settings) as engine:

        def run(work: Callable[[Graph], Awaitable[Any]]) -> Any:
            async def opened() -> Any:
                async with Graph.open(engine, settings) as graph:
                    return await work(graph)

            return asyncio.run(opened())

        run(lambda graph: apply(graph, dataset("demo"), author="test", reason="test"))
        yield run


def runnables(guide: str) -> list[str]:
    """The texts of a guide that a click puts into the editor, as Browser reads them."""
    return [html.unescape(text) for text in RUNNABLE.findall(guide)]


def statement(text: str) -> str:
    """One statement without the semicolon that ends it in Browser."""
    return text.strip().removesuffix(";")


def ids(value: Any) -> Any:
    """A value without the names in it."""
    if isinstance(value, dict):
        return {key: ids(item) for key, item in value.items() if key != "name"}
    return [ids(item) for item in value] if isinstance(value, list) else value


def value_of(row: dict[str, Any], path: str) -> Any:
    """A column's value, or a part of it by a dot."""
    found: Any = row
    for part in path.split("."):
        found = found[part]
    return found


def test_the_investigation_shows_what_it_claims(demo):
    """Each text of the steps: a table, or a drawing with the same as a table behind it."""
    told = browser.investigation()
    shown = [(step, drawn) for step in told.steps for drawn in ([True, False] if step.drawn else [False])]
    texts = runnables(browser.guide())[-len(shown) :]
    wrong = []

    async def work(graph):
        for (step, drawn), text in zip(shown, texts, strict=True):
            rows = await graph.read(statement(text))
            answer = await ask(graph, step.question, step.given, names=True)
            records = answer.records()
            where = f"{step.question.id}: {len(records)} rows"
            if len(rows) != len(records):
                wrong.append(f"{where}, {len(rows)} in the guide")
            if not drawn and ids([native(row) for row in rows]) != ids([native(row) for row in answer.rows]):
                wrong.append(f"{where}, others in the guide")
            if len(records) < step.minimum or step.exactly not in (None, len(records)):
                wrong.append(where)
            if not any(all(value_of(r, key) == value for key, value in step.has.items()) for r in records):
                wrong.append(f"{where}, none with {dict(step.has)}")

    demo(work)
    assert wrong == [] and len(told.steps) == 10


def test_the_steps_fit_together(demo):
    """What one step says of the things of another: the closed canteen is not among those left, and helped before."""

    async def work(graph):
        return {step.question.id: (await ask(graph, step.question, step.given)).records() for step in told.steps}

    told = browser.investigation()
    found = demo(work)
    closed = {row["provider"]["id"] for row in found["coverage-evidence"]}
    left = {row["resource"]["id"] for row in found["resources-by-service"]}
    assert not closed & left
    assert {row["provider"]["id"] for row in found["thin-coverage"]} <= left
    most = max(found["areas"], key=lambda row: row["residents_over_70"])["area"]["id"]
    assert {row["place"]["id"] for row in found["grid-supporters"] if row["hops"] == 1} == {most}
    assert {row["day"] for row in found["timeline"]} == {dt.date(2025, 10, 1)}


def test_each_pasted_text_gives_the_rows_of_its_question(demo):
    """With every parameter as a literal, quotes and backslashes of a caller included, a text means what it meant."""
    nasty = [
        "o'clock",
        'a "b"',
        "back\\slash",
        "\\u0027",
        "`x`",
        "$as_of",
        "// no */ comment",
        "松\n山",
        "') RETURN 1 //",
    ]

    async def work(graph):
        wrong = []
        for asked in catalogue().values():
            shown = next(text for name, text in kit.items() if name.endswith(f"/{asked.id}.cypher"))
            rows = [native(row) for row in await graph.read(statement(shown))]
            wanted = [native(row) for row in (await ask(graph, asked, browser.example(asked), names=True)).rows]
            # A member's title stands for a name that is not known, which the reader does and the text does not.
            if len(rows) != len(wanted) or [ids(row) for row in rows] != [ids(row) for row in wanted]:
                wrong.append(f"{asked.id}: {len(rows)} pasted, {len(wanted)} asked")
        for text in nasty:
            given = bind(question("search"), {"q": text, "as_of": "2026-06-01"}, home="210902")
            pasted = await graph.read(statement(pasteable(question("search"), given)))
            if pasted != (await ask(graph, question("search"), given, names=True)).rows:
                wrong.append(text)
        return wrong

    kit = browser.favourites()
    assert demo(work) == []


def test_each_view_of_the_guides_draws_something(demo):
    """Views whose example finds nothing would leave an investigator before an empty frame."""
    quiet = {"stale-facts", "believed-relationships"}

    async def work(graph):
        empty = []
        for each in views().values():
            text = pasteable(each, browser.example(each.question))
            rows = await graph.read(statement(text))
            if not rows:
                empty.append(each.question.id)
        return empty

    assert set(demo(work)) <= quiet


def test_each_starting_point_uses_an_index(demo):
    async def work(graph):
        found = {}
        for label in SCHEMA.nodes:
            root = await plan(graph, statement(next(t for t in starts if f"(n:{label})" in t)), {})
            found[label] = {node.operator.split("@")[0] for node in root.walk()}
        return found

    starts = runnables(browser.guide())
    for label, operators in demo(work).items():
        assert any("IndexSeek" in name for name in operators), (label, operators)
        assert not any("Scan" in name or "Cartesian" in name for name in operators), (label, operators)


def test_the_maps_show_what_is_joined_and_no_more(demo):
    """Both together draw every pair of kinds that a relationship of the graph joins, once; nothing else."""

    async def work(graph):
        drawn = [(await graph.read(statement(text)))[0] for text in (browser.model_map(), browser.provenance_map())]
        pairs = await graph.read(
            "MATCH (a:Entity)-[r]->(b:Entity) RETURN DISTINCT [l IN labels(a) WHERE l <> 'Entity'][0], type(r), "
            "[l IN labels(b) WHERE l <> 'Entity'][0]"
        )
        return drawn, {tuple(row) for row in pairs}

    drawn, pairs = demo(work)
    joined = [[(r.start_node["name"], r.type, r.end_node["name"]) for r in links] for _, links in drawn]
    assert sorted(joined[0] + joined[1]) == sorted(pairs)
    assert not {type_ for _, type_, _ in joined[0]} & {type_ for _, type_, _ in joined[1]}
    for (nodes, _), links in zip(drawn, joined, strict=True):
        names = [node["name"] for node in nodes]
        assert sorted(names) == sorted({label for one, _, other in links for label in (one, other)})
        assert not set(names) & {"Entity", "GraphState"}
    assert all(SCHEMA.relationships[type_].joins(one, other) for one, type_, other in pairs)


def test_the_archive_holds_the_catalogue():
    with zipfile.ZipFile(io.BytesIO(browser.zipped())) as archive:
        names = archive.namelist()
        titles = {name: archive.read(name).decode().splitlines()[0] for name in names}
    assert browser.zipped() == browser.zipped()
    assert {name.split("/")[1].split(".")[0] for name in names} >= {*catalogue(), *SCHEMA.nodes}
    assert sum(name.endswith(".view.cypher") for name in names) == len(views())
    assert all(title.startswith("// ") and len(title) > 5 for title in titles.values())
    assert all(name.count("/") == 1 and name.endswith(".cypher") for name in names)
