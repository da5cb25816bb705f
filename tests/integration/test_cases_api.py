"""Cases over HTTP and on their pages: raise, propose, take steps, repeat, take back, follow; who may, and what is refused."""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi.testclient import TestClient

from govnet_api.app import create_app
from govnet_graph.cases import MACHINE, STATES
from govnet_graph.keys import KeyStore
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import clear
from tests.agreement import reload

ROOT = "/api/v1/cases"
HERE = "http://127.0.0.1:8000"
GRID = "990101001001001"


@pytest.fixture(scope="module")
def home(settings, tmp_path_factory):
    return settings.model_copy(update={"home": tmp_path_factory.mktemp("home"), "host": "127.0.0.1"})


@pytest.fixture(scope="module")
def client(engine, home, on_graph, district) -> Iterator[TestClient]:
    @contextlib.asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, home) as graph:
            yield graph

    on_graph(lambda graph: reload(graph, district))
    with TestClient(create_app(provide, home), base_url=HERE, client=("127.0.0.1", 50000)) as running:
        yield running
    on_graph(clear)


def _raise(client: TestClient, **more: object) -> str:
    body = {"name": "井盖缺失", "area": GRID, "kind": "road", **more}
    told = client.post(ROOT, json=body)
    assert told.status_code == 201, told.text
    return told.json()["case"]


def _step(client: TestClient, case: str, step: str, *, key: str = "", **more: object):
    headers = {"idempotency-key": key} if key else {}
    return client.post(f"{ROOT}/{case}/steps", json={"step": step, **more}, headers=headers)


def _problem(answer, status: int, code: str) -> dict:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["code"] == code
    return answer.json()


def test_a_case_from_its_raising_to_its_confirmation(client):
    raised = client.post(ROOT, json={"name": "井盖缺失", "area": GRID, "kind": "road", "description": "门牌3号"})
    case = raised.json()["case"]
    assert raised.headers["location"] == f"{ROOT}/{case}"
    assert raised.json()["allowed"] == ["sort", "whistle", "dispatch", "escalate"]
    best = client.get(f"{ROOT}/{case}/candidates").json()["items"][0]
    assert best["candidate"]["id"] == "unit-a" and best["path"]["nodes"][0]["id"] == case
    assert _step(client, case, "dispatch", target=best["candidate"]["id"]).json()["state"] == "dispatched"
    assert _step(client, case, "accept", actor="unit-a").json()["state"] == "accepted"
    assert _step(client, case, "report", reason="已到现场").json()["state"] == "accepted"
    assert _step(client, case, "done").json()["allowed"] == ["confirm", "reopen"]
    last = _step(client, case, "confirm").json()
    assert (last["state"], last["next_due_on"]) == ("closed", None)
    steps = client.get(f"{ROOT}/{case}/steps").json()
    assert [row["step"] for row in steps["taken"]] == ["raise", "dispatch", "accept", "report", "done", "confirm"]
    assert [step["name"] for step in steps["allowed"]] == ["reopen"] and steps["undoable"] is None
    shown = client.get(f"{ROOT}/{case}")
    assert shown.json()["state"] == "closed" and shown.headers["etag"]
    assert "门牌3号" not in shown.text, "what happened is personal"
    listed = client.get(ROOT, params={"state": "closed", "kind": "road"}).json()["items"]
    assert case in [row["case"]["id"] for row in listed]


def test_repeating_a_request_does_not_repeat_its_effect(client):
    body = {"name": "路灯不亮", "area": GRID, "kind": "road"}
    first, again = (client.post(ROOT, json=body, headers={"idempotency-key": "r-1"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    case = first.json()["case"]
    assert again.json()["case"] == case and again.json()["already"]
    one, two = (_step(client, case, "whistle", key="s-1") for _ in range(2))
    assert one.json()["step_id"] == two.json()["step_id"] and two.json()["already"]
    _problem(_step(client, case, "escalate", key="s-1", reason="急"), 422, "key-reused")
    _problem(_step(client, case, "whistle", key=" "), 400, "bad-parameter")
    assert client.get(f"{ROOT}/{case}").json()["steps"] == 2


def test_a_step_is_taken_back_once(client):
    case = _raise(client)
    taken = _step(client, case, "whistle").json()
    assert client.get(f"{ROOT}/{case}/steps").json()["undoable"] == taken["step_id"]
    body = {"reason": "点错了", "step_id": taken["step_id"]}
    first, again = (client.post(f"{ROOT}/{case}/undo", json=body).json() for _ in range(2))
    assert (first["step"], first["state"], first["already"], again["already"]) == ("whistle", "raised", False, True)
    _problem(client.post(f"{ROOT}/{case}/undo", json={"step_id": "step-other"}), 409, "case-state")
    _problem(client.post(f"{ROOT}/case-1/undo"), 409, "not-undoable")


def test_events_are_followed_by_their_cursor(client):
    start = 0
    while (page := client.get(f"{ROOT}/events", params={"since": start}).json())["items"]:
        start = page["next"]
    case = _raise(client)
    _step(client, case, "whistle", reason="请报到")
    found = client.get(f"{ROOT}/events", params={"since": start}).json()
    assert [(e["event"], e["case"], e["reason"]) for e in found["items"]] == [
        ("case.raise", case, None), ("case.whistle", case, "请报到"),
    ]  # fmt: skip
    assert client.get(f"{ROOT}/events", params={"since": found["next"]}).json() == {"items": [], "next": found["next"]}
    _problem(client.get(f"{ROOT}/events", params={"since": "x"}), 400, "bad-parameter")


BAD = {
    "unknown kind": ({"kind": "comet"}, 404, "not-found"),
    "no area": ({"area": ""}, 422, "invalid-request"),
    "unknown area": ({"area": "1"}, 404, "not-found"),
    "left": ({"actor": "member-13"}, 400, "bad-input"),
    "no place on earth": ({"latitude": 91, "longitude": 0}, 422, "invalid-request"),
    "unknown field": ({"colour": "red"}, 422, "invalid-request"),
    "not a day": ({"on": "yesterday"}, 422, "invalid-request"),
    "future": ({"on": "2100-01-01"}, 400, "bad-input"),
    "a control character": ({"name": "a\x00b"}, 422, "invalid-request"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_raised_is_a_clear_problem(client, name):
    change, status, code = BAD[name]
    _problem(client.post(ROOT, json={"name": "a", "area": GRID, "kind": "road", **change}), status, code)


def test_what_cannot_be_done_now_says_what_can(client):
    case = _raise(client)
    told = _problem(_step(client, case, "accept"), 409, "case-state")
    assert told["hint"] == "Now it may take: sort, whistle, dispatch, escalate."
    _problem(_step(client, case, "jump"), 400, "bad-input")
    _problem(_step(client, case, "dispatch"), 400, "bad-input")
    _problem(_step(client, case, "dispatch", target="unit-a", expected=9), 409, "case-state")
    _step(client, case, "dispatch", target="unit-a")
    _problem(_step(client, case, "accept", actor="unit-b"), 403, "case-not-yours")
    _step(client, case, "accept")
    _problem(_step(client, case, "accept"), 409, "case-state")
    _problem(_step(client, "no-such", "accept"), 404, "not-found")
    _problem(client.get(f"{ROOT}/no-such/steps"), 404, "not-found")
    _problem(client.get(f"{ROOT}/unit-a/steps"), 404, "not-found")


def test_only_who_may_write_takes_steps(client, home):
    keys = KeyStore(home.home)
    reader, writer = keys.create("reader", ["read"])[1], keys.create("writer", ["read", "write"])[1]
    case = _raise(client)
    body = {"step": "whistle"}
    _problem(client.post(f"{ROOT}/{case}/steps", json=body, headers={"x-api-key": reader}), 403, "not-allowed")
    _problem(
        client.post(f"{ROOT}/{case}/steps", json=body, headers={"origin": "https://elsewhere.example"}),
        403,
        "not-allowed",
    )
    told = client.post(f"{ROOT}/{case}/steps", json=body, headers={"x-api-key": writer})
    assert told.status_code == 200
    history = client.get(f"{ROOT}/{case}/history").json()["items"]
    assert history[-1]["author"] not in ("local", None)


def test_the_description_holds_the_whole_machine(client):
    told = client.get("/api/v1/case-machine").json()
    assert [s["name"] for s in told["states"]] == list(STATES) and [s["name"] for s in told["steps"]] == list(MACHINE)
    document = client.get("/api/v1/openapi.json").json()
    body = document["paths"][f"{ROOT}/{{id}}/steps"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["step"]["enum"] == [s for s in MACHINE if s != "raise"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_show_each_state_with_its_steps(client, lang):
    case = _raise(client)
    way = ["whistle", "dispatch", "refuse", "dispatch", "accept", "done", "confirm"]
    given = {"dispatch": {"target": "unit-a"}, "refuse": {"reason": "忙 <b>"}}
    for step in [None, *way]:
        if step:
            assert _step(client, case, step, **given.get(step, {})).status_code == 200
        page = client.get(f"/cases/{case}", params={"lang": lang})
        state = client.get(f"{ROOT}/{case}").json()["state"]
        assert page.status_code == 200 and page.headers["content-language"].startswith(lang)
        offered = re.findall(r'data-step="([a-z]+)"', page.text)
        assert offered == [s.name for s in MACHINE.values() if state in s.froms]
        text = STATES[state].text
        assert (text.zh if lang == "zh" else text.en) in page.text
        assert "<b>" not in page.text
    listed = client.get("/cases", params={"lang": lang, "state": "closed"})
    assert f"/cases/{case}" in listed.text


def test_pages_of_what_is_not_there(client):
    assert client.get("/cases/no-such").status_code == 404
    assert client.get("/cases/unit-a").status_code == 404
    assert client.get("/cases", params={"area": "1"}).status_code == 404
    assert client.get("/cases", params={"state": "lost"}).status_code == 400
    assert client.get("/cases", params={"page": "x"}).status_code == 200
