"""Imports through the API: upload, preview, apply as a job, quarantine, forget; who may write, and what is refused."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from govnet_api.app import create_app
from govnet_graph.keys import KeyStore
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW
from tests.messy import street_workbook, workbook

ROOT = "/api/v1/imports"
POPOLO = Path(__file__).parents[1] / "standards" / "council.popolo.json"
HERE = "http://127.0.0.1:8000"


@pytest.fixture
def home(settings, tmp_path):
    return settings.model_copy(update={"home": tmp_path, "ledger_bytes": 200_000, "host": "127.0.0.1"})


@pytest.fixture
def client(engine, home, on_graph, district) -> Iterator[TestClient]:
    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    @contextlib.asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, home) as graph:
            yield graph

    on_graph(fill)
    with TestClient(create_app(provide, home), base_url=HERE, client=("127.0.0.1", 50000)) as running:
        yield running
    on_graph(clear)


def _upload(client: TestClient, content: bytes, name: str = "东街道.xlsx", **headers: str):
    return client.post(ROOT, files={"file": (name, content)}, headers=headers)


def _ended(client: TestClient, job: dict) -> dict:
    deadline = time.monotonic() + 60
    while job["state"] in ("queued", "running") and time.monotonic() < deadline:
        time.sleep(0.05)
        job = client.get(f"/api/v1/jobs/{job['id']}").json()
    return job


def _problem(answer, status: int, code: str) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["code"] == code


def test_the_whole_way_of_a_ledger(client):
    uploaded = _upload(client, street_workbook())
    assert uploaded.status_code == 201
    draft = uploaded.json()
    assert uploaded.headers["location"] == f"{ROOT}/{draft['id']}"
    assert [table["kind"] for table in draft["tables"]] == ["units", "pairings", "workers"]
    assert _upload(client, street_workbook()).json()["id"] == draft["id"]

    shown = client.post(f"{ROOT}/{draft['id']}/preview", json={}).json()
    assert shown["balanced"]
    assert shown["doubts"]["total"] == 2
    assert all(c["total"] == c["imported"] + c["quarantined"] + c["ignored"] for c in shown["cells"].values())
    assert "张示例" not in str(shown["changes"])
    choices = {d["key"]: {"verdict": "join", "target": d["candidates"][0]["id"]} for d in shown["doubts"]["items"]}
    sent = {"choices": choices, "data_version": shown["changes"]["data_version"]}
    again = {"idempotency-key": "one-import"}
    job = client.post(f"{ROOT}/{draft['id']}/apply", json=sent, headers=again)
    assert job.status_code == 202
    ended = _ended(client, job.json())
    assert ended["state"] == "done", ended
    assert ended["result"]["created"] > 10
    assert ended["author"] == "local"
    repeated = client.post(f"{ROOT}/{draft['id']}/apply", json=sent, headers=again).json()
    assert (repeated["id"], repeated["state"]) == (ended["id"], "done")

    held = client.get(f"{ROOT}/{draft['id']}/quarantine")
    values = [c.value for s in openpyxl.load_workbook(io.BytesIO(held.content)) for row in s.iter_rows() for c in row]
    assert "从未听说的单位" in values
    listed = client.get(ROOT).json()["items"]
    assert listed[0]["plan"] == ended["result"]["plan"]
    assert client.get(f"{ROOT}/{draft['id']}").json()["plan"] == ended["result"]["plan"]
    for key in choices:
        assert client.delete(f"{ROOT}/decisions/{key}").status_code == 204
    _problem(client.delete(f"{ROOT}/decisions/{next(iter(choices))}"), 404, "not-found")
    undone = client.post(f"/api/v1/plans/{ended['result']['plan']}/undo")
    assert undone.status_code == 200, undone.text
    assert client.delete(f"{ROOT}/{draft['id']}").status_code == 204
    _problem(client.get(f"{ROOT}/{draft['id']}"), 404, "not-found")


def test_a_preview_that_the_graph_has_overtaken_is_not_applied(client):
    draft = _upload(client, workbook({"结对": [("结对单位", "社区"), ("乙银行", "梅社区")]})).json()
    job = client.post(f"{ROOT}/{draft['id']}/apply", json={"data_version": 1_000_000}).json()
    ended = _ended(client, job)
    assert (ended["state"], ended["problem"]["code"]) == ("failed", "write-conflict")
    assert client.get(ROOT).json()["items"] == [] or all(
        i["name"] != "东街道.xlsx" for i in client.get(ROOT).json()["items"]
    )


def test_what_is_no_ledger_is_refused_and_not_kept(client, home):
    _problem(_upload(client, b"\x00\x01\x02 no workbook", "x.xlsx"), 400, "ledger-unreadable")
    _problem(_upload(client, b"", "x.xlsx"), 400, "ledger-unreadable")
    _problem(_upload(client, b"a,b\n" * 80_000, "x.csv"), 413, "body-too-large")
    _problem(client.post(ROOT, json={}), 415, "unsupported-media-type")
    _problem(client.post(ROOT, files={"other": ("x.csv", b"a")}), 422, "invalid-request")
    _problem(
        client.post(ROOT, content=b"--x\r\n", headers={"content-type": "multipart/form-data"}), 422, "invalid-request"
    )
    assert not list((home.home / "ledgers" / "drafts").glob("*"))
    _problem(client.post(f"{ROOT}/{'0' * 24}/preview", json={}), 404, "not-found")
    _problem(client.get("/api/v1/jobs/none"), 404, "not-found")
    draft = _upload(client, street_workbook()).json()["id"]
    _problem(client.post(f"{ROOT}/{draft}/preview", json={"x": 1}), 400, "bad-input")
    _problem(client.post(f"{ROOT}/{draft}/preview", json=[1]), 422, "invalid-request")
    _problem(client.post(f"{ROOT}/{draft}/apply", json={"data_version": "7"}), 422, "invalid-request")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": HERE},
    ],
)
def test_a_page_of_another_site_cannot_write(client, headers):
    _problem(_upload(client, street_workbook(), **headers), 403, "not-allowed")
    _problem(client.delete(f"{ROOT}/{'0' * 24}", headers=headers), 403, "not-allowed")


def test_a_page_of_this_server_can(client):
    headers = {"origin": HERE, "sec-fetch-site": "same-origin"}
    assert _upload(client, street_workbook(), **headers).status_code == 201


def test_a_key_writes_only_with_its_scope_and_is_the_author(client, home):
    keys = KeyStore(home.home)
    _, reader = keys.create("reader")
    key, writer = keys.create("writer", ["write"])
    _problem(_upload(client, street_workbook(), authorization=f"Bearer {reader}"), 403, "not-allowed")
    assert _upload(client, street_workbook(), authorization=f"Bearer {writer}").json()["author"] == key.id
    _problem(_upload(client, street_workbook(), authorization="Bearer govnet_x_y"), 401, "key-required")


def test_a_file_of_a_standard_goes_the_same_way(client):
    draft = _upload(client, POPOLO.read_bytes(), "council.json").json()
    assert (draft["standard"], draft["tables"]) == ("popolo", [])
    preview = f"{ROOT}/{draft['id']}/preview"
    shown = client.post(preview, json={"member_kind": "volunteer"}).json()
    assert shown["balanced"]
    assert shown["standard"] == "popolo"
    assert "Ada Invented" not in str(shown["changes"])
    assert client.get(f"{ROOT}/{draft['id']}/quarantine").status_code == 200
    _problem(client.post(preview, json={"kind": "units"}), 400, "bad-input")
    _problem(client.post(preview, json={"member_kind": "wizard"}), 400, "bad-input")
    job = client.post(f"{ROOT}/{draft['id']}/apply", json={"member_kind": "volunteer"}).json()
    ended = _ended(client, job)
    assert ended["state"] == "done", ended
    assert client.post(f"/api/v1/plans/{ended['result']['plan']}/undo").status_code == 200
    _problem(_upload(client, b'{"@graph": []}', "x.jsonld"), 400, "ledger-unreadable")
    _problem(_upload(client, b'{"persons": [', "x.json"), 400, "ledger-unreadable")


def test_templates_of_all_kinds_are_there(client):
    for kind in client.get("/api/v1/ledgers").json()["items"]:
        book = openpyxl.load_workbook(io.BytesIO(client.get(kind["template"]).content))
        titles = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
        assert any(str(column["text"]["zh"]) in str(title) for column in kind["columns"] for title in titles)
    _problem(client.get("/api/v1/ledgers/none/template"), 404, "not-found")
