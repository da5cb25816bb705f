"""The Python interface as a notebook uses it, on the embedded engine with the invented district; its doctests too."""

from __future__ import annotations

import asyncio
import datetime as dt
import doctest
import importlib
import pkgutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import govnet_graph
from govnet_graph import notebooks
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.notebooks.district import District
from govnet_graph.questions import BadParameter, catalogue
from govnet_graph.questions.views import views
from govnet_graph.settings import Settings
from govnet_graph.store.engines import registry
from tests.agreement import reload
from tests.conftest import needs
from tests.integration.test_api import on_graph

pytestmark = pytest.mark.embedded
DAY = "2026-06-01"


@pytest.fixture(scope="module")
def home(tmp_path_factory, district) -> Iterator[Path]:
    """A data directory whose embedded engine runs and holds the invented district."""
    needs("embedded")
    chosen = Settings(home=tmp_path_factory.mktemp("python"), engine="embedded")
    with registry.connect(chosen):
        on_graph(chosen, lambda graph: reload(graph, district))
        yield chosen.home


@pytest.fixture
def opened(home) -> Iterator[District]:
    with govnet_graph.connect(home=home) as opened:
        yield opened


def modules() -> list[str]:
    rooms = [f"govnet_graph.notebooks.{found.name}" for found in pkgutil.iter_modules(notebooks.__path__)]
    return ["govnet_graph", *(name for name in rooms if not name.endswith("objects"))]


def test_the_examples_in_the_docstrings_hold(home, monkeypatch, opened):
    monkeypatch.setenv("GOVNET_HOME", str(home))
    tried = 0
    for name in modules():
        failed, count = doctest.testmod(importlib.import_module(name), extraglobs={"district": opened})
        assert failed == 0, name
        tried += count
    assert tried > 12


def test_rows_are_those_of_the_question_files(opened):
    for asked in catalogue().values():
        rows = opened.ask(asked.id, **{_safe(name): value for name, value in asked.expected.parameters.items()})
        assert len(rows) == len(asked.expected.rows) and (rows == [] or list(rows[0]) == rows.columns), asked.id
        assert asked.text.en in rows._repr_html_().replace("&#x27;", "'") and asked.id in repr(rows)


def _safe(name: str) -> str:
    return f"{name}_" if name == "from" else name


def test_every_answer_becomes_a_table_with_typed_columns(opened):
    import pandas as pd

    for asked in catalogue().values():
        rows = opened.ask(asked.id, **{_safe(name): value for name, value in asked.expected.parameters.items()})
        table = rows.frame()
        assert len(table) == len(rows), asked.id
        for column in asked.columns:
            if column.type in ("date", "datetime"):
                assert pd.api.types.is_datetime64_any_dtype(table[column.name]), (asked.id, column.name)
            if column.type == "integer":
                assert table[column.name].dtype == "Int64", (asked.id, column.name)
            if column.type == "entity":
                assert list(table[f"{column.name}.id"].dropna()) == [
                    r[column.name]["id"] for r in rows if r[column.name]
                ]
    members = opened.ask.unit_members(unit="unit-d", as_of=DAY).frame()
    assert members["since"].notna().any()


def test_every_answer_becomes_a_graph(opened):
    for asked in catalogue().values():
        rows = opened.ask(asked.id, **{_safe(name): value for name, value in asked.expected.parameters.items()})
        graph = rows.graph()
        assert graph.graph["question"] == asked.id
        assert all("label" in told for _, told in graph.nodes(data=True)), asked.id
        named = {row[c.name]["id"] for row in rows for c in asked.columns if c.type == "entity" and row[c.name]}
        assert named <= set(graph.nodes), asked.id
    view = opened.graph("unit-members", unit="unit-d", as_of=DAY)
    assert "unit-members" in views() and {told["type"] for *_, told in view.edges(data=True)} == {"MEMBER_OF"}


def test_names_are_masked_unless_asked_for(home, opened):
    who = next(
        row["member"] for row in opened.ask.members(names=True) if row["member"]["name"] != row["member"]["title"]
    )
    masked = {row["member"]["id"]: row["member"]["name"] for row in opened.ask.members()}
    assert masked[who["id"]] == who["title"]
    with govnet_graph.connect(home=home, names=True) as named:
        assert who["name"] in [row["member"]["name"] for row in named.ask.members()]
        assert who["name"] not in [row["member"]["name"] for row in named.ask.members(names=False)]
        assert who["name"] in {told.get("name") for _, told in named.graph("members").nodes(data=True)}
    assert who["name"] not in {told.get("name") for _, told in opened.graph("members").nodes(data=True)}


def test_it_works_where_a_loop_runs_already(home):
    async def cell() -> int:
        with govnet_graph.connect(home=home) as opened:
            return len(opened.ask.units(as_of=DAY))

    assert asyncio.run(cell()) > 3


def test_whole_reads_every_page(opened, monkeypatch):
    whole = opened.ask.members(whole=True, as_of=DAY)
    monkeypatch.setattr("govnet_graph.store.whole.PAGE", 2)
    paged = opened.ask.members(whole=True, as_of=DAY)
    assert paged == whole and len(whole) > 4 and not paged.more
    assert opened.ask.members(limit=2, as_of=DAY).more
    with pytest.raises(BadInput, match="whole"):
        opened.ask.members(whole=True, limit=5)


def test_mistakes_are_told(home, opened):
    with pytest.raises(NotFound, match="no-such"):
        opened.ask("no-such")
    with pytest.raises(AttributeError, match="no_such"):
        _ = opened.ask.no_such
    with pytest.raises(BadParameter, match="needs the parameter 'unit'"):
        opened.ask.unit_members()
    with pytest.raises(NotFound, match="nobody"):
        opened.ask.unit_members(unit="nobody")
    with pytest.raises(BadInput, match="real Neo4j"):
        opened.objects()
    closed = govnet_graph.connect(home=home)
    closed.close()
    closed.close()
    with pytest.raises(BadInput, match="closed"):
        closed.ask.units()
    assert "closed" in repr(closed)
    assert "govnet" not in [thread.name for thread in threading.enumerate() if thread.name == "govnet"][1:]


def test_the_catalogue_is_at_hand(opened, capsys):
    assert set(dir(opened.ask)) == {question_id.replace("-", "_") for question_id in catalogue()}
    assert list(opened.questions) == list(catalogue()) and "unit-members" in repr(opened.questions)
    opened.question("unit_members").help()
    printed = capsys.readouterr().out
    assert "某单位有哪些成员" in printed and "unit (Unit, required)" in printed and "since (date)" in printed
    assert opened.state is not None and opened.state.dataset == "district"
    rows = opened.ask.unit_members(unit="unit-a", as_of=dt.date(2026, 6, 1))
    assert rows.as_of == dt.date(2026, 6, 1) and rows.data_version == opened.state.data_version


def test_importing_the_package_loads_nothing_else():
    code = "import sys, govnet_graph; print([m for m in sys.modules if m.startswith(('neo4j', 'networkx', 'pandas', 'pydantic', 'govnet_graph.'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
