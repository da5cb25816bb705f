"""Plans through the API and the command line: listed, shown with their changes, taken back by those who may."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from govnet_api.app import create_app
from govnet_graph.changes import ChangeSet, apply
from govnet_graph.cli import app as cli
from govnet_graph.keys import KeyStore
from govnet_graph.records import Node
from govnet_graph.settings import Settings
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.registry import connect
from govnet_graph.store.writer import apply as load
from tests.conftest import needs

pytestmark = pytest.mark.embedded


@pytest.fixture(scope="module")
def settings(tmp_path_factory, district) -> Iterator[Settings]:
    needs("embedded")
    chosen = Settings(home=tmp_path_factory.mktemp("plans"), engine="embedded")
    with connect(chosen):
        on_graph(chosen, lambda graph: load(graph, district, author="test", reason="test"))
        yield chosen


def on_graph(settings: Settings, work):
    async def opened():
        with connect(settings) as engine:
            async with Graph.open(engine, settings) as graph:
                return await work(graph)

    return asyncio.run(opened())


@pytest.fixture
def client(settings) -> Iterator[TestClient]:
    with TestClient(create_app(None, settings), base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as opened:
        yield opened


def rename(settings: Settings, name: str) -> str:
    node = Node("Member", "member-04", {"title": name})
    changeset = ChangeSet("edit", f"改称 {name}", "tester", "test", nodes=(node,))
    return on_graph(settings, lambda graph: apply(graph, changeset)).plan


def test_a_plan_is_listed_shown_and_taken_back(settings, client):
    before = on_graph(settings, content_hash)
    plan = rename(settings, "甲")
    listed = client.get("/api/v1/plans", params={"kind": "edit", "state": "applied"}).json()["items"]
    assert [row["plan"]["id"] for row in listed if row["plan"]["id"] == plan] == [plan]
    assert client.get(f"/api/v1/plans/{plan}").json()["entity"]["id"] == plan
    rows = client.get(f"/api/v1/plans/{plan}/changes").json()["items"]
    assert [(row["operation"], row["kind"], row["id"]) for row in rows] == [("change", "Member", "member-04")]
    assert set(rows[0]["change"]) == {"id", "label"}, "what was there before and after may hold names"
    answer = client.post(f"/api/v1/plans/{plan}/undo", json={"reason": "误"})
    assert answer.status_code == 200 and answer.json()["restored"] == 1
    again = client.post(f"/api/v1/plans/{plan}/undo")
    assert again.status_code == 200 and again.json()["already"] is True
    assert on_graph(settings, content_hash) == before
    taken = client.get("/api/v1/plans", params={"kind": "edit", "state": "applied"}).json()["items"]
    assert [(row["undoes"], row["author"], row["reason"]) for row in taken if row["undoes"] == plan] == [
        (plan, "local", "误")
    ]


def test_before_and_after_are_shown_to_those_who_may_see_names(settings, client):
    plan = rename(settings, "乙")
    _, key = KeyStore(settings.home).create("reader", ["read", "names"])
    rows = client.get(f"/api/v1/plans/{plan}/changes", headers={"X-API-Key": key}).json()["items"]
    assert json.loads(rows[0]["change"]["after"])["title"] == "乙"


def test_only_those_who_may_write_take_a_plan_back(settings, client):
    plan = rename(settings, "丙")
    path = f"/api/v1/plans/{plan}/undo"
    _, reader = KeyStore(settings.home).create("reader", ["read"])
    assert client.post(path, headers={"X-API-Key": reader}).json()["code"] == "not-allowed"
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.example"}):
        assert client.post(path, headers=header).status_code == 403
    key, writer = KeyStore(settings.home).create("writer", ["write"])
    answer = client.post(path, headers={"X-API-Key": writer})
    assert answer.status_code == 200
    rows = client.get("/api/v1/plans", params={"kind": "edit"}).json()["items"]
    assert [row["author"] for row in rows if row["undoes"] == plan] == [key.id]


@pytest.mark.parametrize(
    ("plan", "body", "status", "code"),
    [
        ("plan-load-district-1", None, 409, "not-undoable"),
        ("nobody-there", None, 404, "not-found"),
        ("plan-import-1", b"{", 422, "invalid-request"),
        ("plan-import-1", b'{"reason": 1}', 422, "invalid-request"),
        ("plan-import-1", b'{"other": "x"}', 422, "invalid-request"),
    ],
)
def test_what_cannot_be_taken_back_is_a_problem(client, plan, body, status, code):
    headers = {"Content-Type": "application/json"} if body else {}
    answer = client.post(f"/api/v1/plans/{plan}/undo", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_command_line_does_the_same(settings, monkeypatch):
    monkeypatch.setenv("GOVNET_HOME", str(settings.home))
    plan = rename(settings, "丁")
    listed = json.loads(CliRunner().invoke(cli, ["plan", "list", "--kind", "edit", "--json"]).stdout)
    assert listed[0]["id"] == plan or plan in {row["id"] for row in listed}
    shown = json.loads(CliRunner().invoke(cli, ["plan", "show", plan, "--names", "--json"]).stdout)
    assert [row["id"] for row in shown["changes"]] == ["member-04"] and "丁" in shown["changes"][0]["change"]["after"]
    undone = json.loads(CliRunner().invoke(cli, ["plan", "undo", plan, "--json"]).stdout)
    assert (undone["state"], undone["restored"]) == ("undone", 1)
    again = CliRunner().invoke(cli, ["plan", "undo", plan])
    assert again.exit_code == 0 and "already" in again.stderr
