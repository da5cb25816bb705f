"""Results and plans over HTTP and on the command line: the whole way, who may do what, and every refusal."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from govnet_api.app import create_app
from govnet_graph.changes import ChangeSet
from govnet_graph.changes import apply as apply_set
from govnet_graph.cli import app as cli
from govnet_graph.keys import KeyStore
from govnet_graph.records import Node
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

ROOT = "/api/v1/plans"
HERE = "http://127.0.0.1:8000"
STREET = "990101001"
WHERE = {"area": STREET, "as_of": "2026-06-01"}
ASKED = {**WHERE, "options": {"requirements": ["req-grid-pairing"]}}
NEW, ENDED = "unit-f>990101001002002", "unit-b>990101001001002"


@pytest.fixture
def home(settings, tmp_path):
    return settings.model_copy(update={"home": tmp_path, "host": "127.0.0.1"})


@pytest.fixture
def filled(on_graph, district):
    """The invented district on the engine; what runs something on its graph."""

    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


@contextlib.contextmanager
def served(engine, settings) -> Iterator[TestClient]:
    """A client on this machine of the API on the engine."""

    @contextlib.asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, settings) as graph:
            yield graph

    with TestClient(create_app(provide, settings), base_url=HERE, client=("127.0.0.1", 50000)) as running:
        # A Neo4j that has just started plans each statement for the first time, which takes longer than callers usually wait.
        running.headers["prefer"] = "wait=60"
        yield running


@pytest.fixture
def client(engine, home, filled) -> Iterator[TestClient]:
    assert filled
    with served(engine, home) as running:
        yield running


def _problem(answer, status: int, code: str) -> dict:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["code"] == code
    return answer.json()


def _ended(client: TestClient, job: dict) -> dict:
    deadline = time.monotonic() + 120
    while job["state"] in ("queued", "running") and time.monotonic() < deadline:
        time.sleep(0.05)
        job = client.get(f"/api/v1/jobs/{job['id']}").json()
    return job


def _saved(client: TestClient, **more) -> dict:
    answer = client.post(f"{ROOT}/results/repair", json={**ASKED, "save": {"name": "补缺", "reason": "会议"}, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_results_are_answered_at_once_or_as_jobs(client):
    kinds = {kind["name"]: kind for kind in client.get(f"{ROOT}/results").json()["items"]}
    assert {"certificate", "repair"} <= set(kinds)
    for name, kind in kinds.items():
        assert kind["address"] == f"{ROOT}/results/{name}" and kind["text"]["zh"] and kind["text"]["en"]
    answer = client.post(f"{ROOT}/results/certificate", json=ASKED)
    assert answer.status_code == 200 and answer.headers["etag"], answer.text
    told = answer.json()
    assert (told["kind"], told["area"], told["as_of"]) == ("certificate", STREET, "2026-06-01")
    assert told["text"]["zh"] and told["text"]["en"] and told["method"]["reference"] and told["data_version"] > 0
    held = client.post(f"{ROOT}/check", json=told).json()
    assert held["valid"] and not held["stale"] and held["faults"] == []
    forged = client.post(f"{ROOT}/check", json=told | {"verdict": "met" if told["verdict"] != "met" else "open"}).json()
    assert not forged["valid"] and forged["faults"]
    queued = client.post(f"{ROOT}/results/certificate", json=ASKED, headers={"prefer": "respond-async"})
    assert queued.status_code == 202 and queued.headers["location"].startswith("/api/v1/jobs/")
    ended = _ended(client, queued.json())
    assert ended["state"] == "done" and ended["result"] == told and not ended["resumable"]
    again = client.post(f"/api/v1/jobs/{ended['id']}/resume")
    _problem(again, 409, "not-resumable")


def test_the_whole_way_of_a_plan(client, filled):
    before = filled(content_hash)
    solved = _saved(client)
    plan = solved["plan"]
    shown = client.get(f"{ROOT}/{plan}/proposal")
    told = shown.json()
    assert (told["state"], told["method"], told["reason"], told["author"]) == ("open", "repair", "会议", "local")
    assert [change["position"] for change in told["changes"]] == list(range(1, len(told["changes"]) + 1))
    same = client.get(f"{ROOT}/{plan}/proposal", headers={"if-none-match": shown.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    preview = client.get(f"{ROOT}/{plan}/preview").json()
    assert preview["moved"] == [] and preview["difference"]["gained"] and preview["text"]["zh"]
    assert preview["measures"]["after"]["missing"] < preview["measures"]["before"]["missing"]
    pair = next(f"{c['unit']}>{c['area']}" for c in told["changes"] if c["operation"] == "create")
    edited = client.post(f"{ROOT}/{plan}/edit", json={"remove": [pair], "reason": "另有安排", "keep": True})
    assert edited.status_code == 201 and edited.headers["location"].endswith("/proposal"), edited.text
    again = client.post(f"{ROOT}/{edited.json()['id']}/resolve", json={"name": "重排"})
    assert again.status_code == 201, again.text
    other = again.json()
    assert other["name"] == "重排" and pair not in {f"{c['unit']}>{c['area']}" for c in other["changes"]}
    side = client.get(f"{ROOT}/compare", params={"plans": f"{plan},{other['id']}"}).json()
    assert [one["id"] for one in side["plans"]] == [plan, other["id"]] and side["same_ground"]
    _problem(client.post(f"{ROOT}/{plan}/apply"), 409, "plan-not-approved")
    assert client.post(f"{ROOT}/{plan}/approve", json={"reason": "同意"}).json()["verdict"] == "同意"
    done = client.post(f"{ROOT}/{plan}/apply").json()
    assert done["state"] == "applied" and done["created"] > 0 and not done["already"]
    assert client.post(f"{ROOT}/{plan}/apply").json() == done | {
        "created": 0,
        "changed": 0,
        "ended": 0,
        "already": True,
    }
    client.post(f"{ROOT}/{other['id']}/approve")
    refused = _problem(client.post(f"{ROOT}/{other['id']}/apply"), 409, "plan-overtaken")
    assert refused["moved"] and refused["moved"][0]["text"]["zh"]
    assert client.get(f"{ROOT}/{other['id']}/proposal").json()["state"] == "refused"
    rows = client.get(ROOT, params={"kind": "proposal", "state": "applied"}).json()["items"]
    assert [row["plan"]["id"] for row in rows] == [plan]
    undone = client.post(f"{ROOT}/{plan}/undo", json={"reason": "误"}).json()
    assert undone["state"] == "undone" and filled(content_hash) == before


def test_a_plan_by_hand(client):
    sent = {**WHERE, "name": "手工", "add": [NEW], "remove": [ENDED]}
    made = client.post(ROOT, json=sent)
    assert made.status_code == 201 and made.json()["method"] == "hand", made.text
    plan = made.json()["id"]
    assert client.get(f"{ROOT}/{plan}/preview").json()["difference"]["lost"] is not None
    assert client.post(f"{ROOT}/{plan}/refuse", json={"reason": "单位已满"}).json()["state"] == "refused"
    _problem(client.post(f"{ROOT}/{plan}/approve"), 409, "plan-state")
    other = client.post(ROOT, json=sent).json()["id"]
    assert client.post(f"{ROOT}/{other}/discard").json()["state"] == "discarded"


def test_every_refusal_has_its_code(client):
    solve = f"{ROOT}/results/repair"
    plan = client.post(ROOT, json={**WHERE, "name": "x", "add": [NEW]}).json()["id"]
    for path, body, status, code in [
        (solve, {"as_of": "2026-13-01"}, 422, "invalid-request"),
        (solve, {"options": {"nothing": 1}}, 422, "invalid-request"),
        (solve, {"options": {"candidates": -1}}, 422, "invalid-request"),
        (solve, {"options": {"locked": ["no pair"]}}, 422, "invalid-request"),
        (solve, {"time_limit": 0}, 422, "invalid-request"),
        (solve, {"area": "990199"}, 404, "not-in-snapshot"),
        (solve, {**WHERE, "options": {"requirements": ["req-none"]}}, 404, "not-in-snapshot"),
        (solve, {**WHERE, "options": {"requirements": ["req-grid-chain"]}}, 409, "requirement-not-writable"),
        (solve, {**WHERE, "options": {"locked": [NEW], "forbidden": [NEW]}}, 409, "locks-contradict"),
        (ROOT, {**WHERE, "name": "x"}, 409, "nothing-to-propose"),
        (ROOT, {**WHERE, "name": "x", "remove": [NEW]}, 409, "plan-edit-invalid"),
        (ROOT, {**WHERE, "add": [NEW]}, 422, "invalid-request"),
        (f"{ROOT}/{plan}/edit", {}, 409, "plan-edit-invalid"),
        (f"{ROOT}/{plan}/refuse", {}, 422, "invalid-request"),
        (f"{ROOT}/nobody-there/approve", {}, 404, "not-found"),
        (f"{ROOT}/plan-load-district-1/apply", {}, 409, "not-a-proposal"),
        (f"{ROOT}/check", {"kind": "repair"}, 409, "no-certificate"),
    ]:
        _problem(client.post(path, json=body), status, code)
    _problem(client.post(f"{ROOT}/results/none", json={}), 404, "no-such-path")
    _problem(client.get(f"{ROOT}/compare", params={"plans": plan}), 400, "bad-input")
    _problem(client.get(f"{ROOT}/compare"), 400, "bad-parameter")
    _problem(client.get(f"{ROOT}/nobody-there/preview"), 404, "not-found")


def test_who_may_compute_and_who_may_write(client, home):
    keys = KeyStore(home.home)
    _, reader = keys.create("reader")
    _, other = keys.create("other")
    key, writer = keys.create("writer", ["write"])
    asks = {"headers": {"x-api-key": reader, "prefer": "respond-async"}}
    job = client.post(f"{ROOT}/results/certificate", json=ASKED, **asks).json()
    mine = client.get(f"/api/v1/jobs/{job['id']}", headers={"x-api-key": reader})
    assert mine.status_code == 200
    _problem(client.get(f"/api/v1/jobs/{job['id']}", headers={"x-api-key": other}), 403, "not-allowed")
    assert client.get(f"/api/v1/jobs/{job['id']}", headers={"x-api-key": writer}).status_code == 200
    save = {**ASKED, "save": {"name": "x"}}
    _problem(client.post(f"{ROOT}/results/repair", json=save, headers={"x-api-key": reader}), 403, "not-allowed")
    made = client.post(f"{ROOT}/results/repair", json=save, headers={"x-api-key": writer}).json()
    assert client.get(f"{ROOT}/{made['plan']}/proposal").json()["author"] == key.id
    for path in ("approve", "apply", "edit", "resolve", "discard", "undo"):
        _problem(client.post(f"{ROOT}/{made['plan']}/{path}", headers={"x-api-key": reader}), 403, "not-allowed")
    for headers in ({"origin": "https://example.org"}, {"sec-fetch-site": "cross-site"}):
        _problem(client.post(f"{ROOT}/results/certificate", json=ASKED, headers=headers), 403, "not-allowed")


@pytest.mark.usefixtures("filled")
def test_the_author_may_be_kept_from_approving(engine, home):
    with served(engine, home.model_copy(update={"approve_own": False})) as client:
        plan = client.post(ROOT, json={**WHERE, "name": "x", "add": [NEW]}).json()["id"]
        _problem(client.post(f"{ROOT}/{plan}/approve"), 403, "plan-own")
        _, writer = KeyStore(home.home).create("secretary", ["write"])
        assert client.post(f"{ROOT}/{plan}/approve", headers={"x-api-key": writer}).json()["state"] == "approved"


def run(*arguments: str):
    return CliRunner().invoke(cli, ["plan", *arguments])


@pytest.fixture
def terminal(engine, settings, filled, monkeypatch):
    """The command line on the same graph."""
    assert engine
    monkeypatch.setenv("GOVNET_HOME", str(settings.home))
    monkeypatch.setenv("GOVNET_ENGINE", settings.engine)
    return filled


@pytest.mark.usefixtures("terminal")
def test_the_command_line_does_the_same(tmp_path):
    where = ["--area", STREET, "--as-of", "2026-06-01"]
    file = tmp_path / "certificate.json"
    found = run("certificate", *where, "--requirements", "req-grid-pairing", "--out", str(file), "--lang", "en")
    told = json.loads(file.read_text())
    assert (
        found.exit_code == (1 if told["verdict"] == "deficient" else 0)
        and found.stdout.splitlines() == told["text"]["en"]
    )
    assert run("check", str(file)).exit_code == 0
    file.write_text(json.dumps(told | {"verdict": "met" if told["verdict"] != "met" else "open"}))
    checked = run("check", str(file), "--json")
    assert checked.exit_code == 1 and json.loads(checked.stdout)["faults"]
    made = run("repair", *where, "--requirements", "req-grid-pairing", "--save", "补缺", "--reason", "会议", "--json")
    plan = json.loads(made.stdout)["plan"]
    assert run("preview", plan).exit_code == 0
    pair = next(
        f"{c['unit']}>{c['area']}" for c in json.loads(run("show", plan, "--json").stdout)["proposal"]["changes"]
    )
    edited = json.loads(run("edit", plan, "--lock", pair, "--keep", "--json").stdout)
    again = json.loads(run("resolve", edited["id"], "--json").stdout)
    assert pair in again["lock"]
    side = run("compare", plan, again["id"])
    assert side.exit_code == 0 and "已覆盖" in side.stdout
    early = run("apply", plan)
    assert (early.exit_code, getattr(early.exception, "code", "")) == (1, "plan-not-approved")
    assert run("approve", plan, "--by", "secretary", "--reason", "同意").exit_code == 0
    done = json.loads(run("apply", plan, "--json").stdout)
    assert done["state"] == "applied" and "already" in run("apply", plan).stderr
    run("approve", again["id"])
    late = run("apply", again["id"])
    assert getattr(late.exception, "exit_code", 0) == 1 and late.exception.code == "plan-overtaken"
    assert run("undo", plan).exit_code == 0


@pytest.mark.usefixtures("terminal")
def test_bad_input_on_the_command_line(tmp_path):
    for arguments in (
        ["repair", "--as-of", "someday"],
        ["repair", "--requirements", "req-none", "--as-of", "2026-06-01"],
        ["new", "x", "--add", "no pair"],
        ["approve", "nobody-there"],
        ["compare", "one"],
        ["check", str(tmp_path / "none.json")],
    ):
        assert run(*arguments).exception.exit_code == 2, arguments
    assert run("repair", "--nothing").exit_code == 2
    (tmp_path / "broken.json").write_text("{")
    assert run("check", str(tmp_path / "broken.json")).exception.exit_code == 2


def test_an_engine_that_is_not_there_is_said_so(tmp_path, monkeypatch):
    monkeypatch.setenv("GOVNET_HOME", str(tmp_path))
    monkeypatch.setenv("GOVNET_ENGINE", "bolt://127.0.0.1:1")
    monkeypatch.setenv("GOVNET_CONNECT_TIMEOUT", "1")
    assert run("certificate").exception.exit_code == 3


def test_a_solve_on_data_that_move_keeps_its_plan(client, filled):
    """A plan that is kept after something unrelated was written is applied all the same."""
    plan = _saved(client)["plan"]
    renamed = ChangeSet("edit", "rename", "x", "x", nodes=(Node("Unit", "unit-e", {"name": "戊有限公司"}),))
    filled(lambda graph: apply_set(graph, renamed))
    client.post(f"{ROOT}/{plan}/approve")
    assert client.post(f"{ROOT}/{plan}/apply").status_code == 200
