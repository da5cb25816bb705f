"""Watches, notices and webhooks through the API and on the page: who may what, what is refused, what is told, by itself."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi.testclient import TestClient
from standardwebhooks.webhooks import Webhook as Verifier

from govnet_api.app import create_app
from govnet_graph.changes import ChangeSet, End, apply
from govnet_graph.keys import KeyStore, Scope
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW
from tests.receivers import Receiver, receiver

HERE = "http://127.0.0.1:8000"
ROOT = "/api/v1"
GRID = "990101001001001"


@pytest.fixture
def home(settings, tmp_path):
    more = {
        "home": tmp_path,
        "host": "127.0.0.1",
        "watch_seconds": 0.1,
        "webhook_networks": "127.0.0.1/32",
        "webhook_timeout": 5.0,
    }
    return settings.model_copy(update=more)


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


@pytest.fixture
def there() -> Iterator[Receiver]:
    with receiver() as running:
        yield running


def problem(answer, status: int, code: str) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert answer.json()["code"] == code


def eventually(ask, seconds: float = 60.0):
    deadline = time.monotonic() + seconds
    while not (found := ask()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found
    return found


def leave(on_graph) -> None:
    """The last unit of a grid leaves it."""
    end = End(f"PAIRED_WITH:unit-a>{GRID}", NOW.date())
    on_graph(lambda graph: apply(graph, ChangeSet("edit", "end", "test", "it ended", ends=(end,))))


def test_a_change_reaches_page_webhook_and_feed_by_itself_and_once(client, there, on_graph, caplog):
    caplog.set_level(logging.DEBUG)
    made = client.post(f"{ROOT}/webhooks", json={"url": f"{there.url}/hook", "label": "12345"})
    assert made.status_code == 201, made.text
    hook = made.json()
    secret = hook.pop("secret")
    assert client.get(made.headers["location"]).json() == hook
    assert client.get(f"{ROOT}/webhooks").json() == {"items": [hook]}

    tested = client.post(f"{ROOT}/webhooks/{hook['id']}/test").json()
    assert (tested["state"], tested["status"], tested["attempts"]) == ("delivered", 204, 1)

    sent = {
        "question": "unpaired-areas",
        "parameters": {"area": "990101001001"},
        "label": "松社区结对",
        "webhooks": [hook["id"]],
    }
    watch = client.post(f"{ROOT}/watches", json=sent)
    assert watch.status_code == 201, watch.text
    told = watch.json()
    assert told["problem"] is None and told["data_version"] and told["title"]["zh"] == "松社区结对"
    assert client.get(f"{ROOT}/notices").json() == {"items": [], "next": None}
    assert "还没有通知" in client.get("/watches").text and "松社区结对" in client.get("/watches").text

    leave(on_graph)
    (notice,) = eventually(lambda: client.get(f"{ROOT}/notices").json()["items"])
    assert notice["type"] == "watch.changed" and notice["data"]["appeared"][0]["area"]["id"] == GRID
    assert client.get(f"{ROOT}/watches/{told['id']}/notices").json()["items"] == [notice]
    eventually(lambda: len(there.got) == 2)
    headers, body = there.got[1]
    assert Verifier(secret).verify(body, headers)["data"]["notice"] == notice["id"]

    atom = client.get(told["feeds"]["atom"], headers={"accept-language": "en"})
    assert atom.headers["content-type"] == "application/atom+xml" and f"urn:govnet:{notice['id']}" in atom.text
    feed = client.get(told["feeds"]["json"]).json()
    assert feed["items"][0]["id"] == notice["id"] and "松一网格" in feed["items"][0]["content_text"]
    assert feed["feed_url"] == HERE + told["feeds"]["json"]
    for path, words in (
        ("/plain", "松社区结对：新增 1 行"),
        ("/watches?lang=en", "松社区结对: 1 appeared"),
        ("/watches", "松一网格"),
    ):
        assert words in client.get(path).text, path
    time.sleep(0.5)
    assert len(client.get(f"{ROOT}/notices").json()["items"]) == 1 and len(there.got) == 2
    assert client.post(f"{ROOT}/watches/{told['id']}/run").json() == {"items": []}

    deliveries = client.get(f"{ROOT}/webhooks/{hook['id']}/deliveries").json()["items"]
    assert [d["state"] for d in deliveries] == ["delivered", "delivered"]
    again = client.post(f"{ROOT}/webhooks/{hook['id']}/deliveries/{deliveries[0]['id']}/replay")
    assert again.status_code == 202
    eventually(lambda: len(there.got) == 3)
    assert there.got[2][0]["webhook-id"] == headers["webhook-id"]

    assert client.delete(f"{ROOT}/watches/{told['id']}").status_code == 204
    problem(client.get(told["feeds"]["atom"]), 404, "not-found")
    assert len(client.get(f"{ROOT}/notices").json()["items"]) == 1
    assert client.delete(f"{ROOT}/webhooks/{hook['id']}").status_code == 204
    problem(client.get(f"{ROOT}/webhooks/{hook['id']}"), 404, "not-found")
    assert secret not in caplog.text and secret.removeprefix("whsec_") not in caplog.text


def test_what_changed_while_no_server_ran_is_told_when_one_runs_again(engine, home, on_graph, district):
    @contextlib.asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, home) as graph:
            yield graph

    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    for number in range(2):
        with TestClient(create_app(provide, home), base_url=HERE, client=("127.0.0.1", 50000)) as running:
            if number == 0:
                made = running.post(
                    f"{ROOT}/watches", json={"question": "unpaired-areas", "parameters": {"area": "990101001001"}}
                )
                assert made.status_code == 201
            else:
                eventually(lambda: running.get(f"{ROOT}/notices").json()["items"])
        leave(on_graph)
    on_graph(clear)


def test_secrets_are_in_no_answer_and_not_in_the_graph(client, there, on_graph):
    secret = client.post(f"{ROOT}/webhooks", json={"url": there.url}).json()["secret"]

    async def everything(graph):
        return json.dumps((await graph.read("MATCH (n) RETURN collect(properties(n))"))[0][0], default=str)

    assert secret not in on_graph(everything)
    for path in ("webhooks", "watches", "notices"):
        assert secret not in client.get(f"{ROOT}/{path}").text


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("webhooks", {}, 422, "invalid-request"),
        ("webhooks", {"url": 5}, 422, "invalid-request"),
        ("webhooks", {"url": "ftp://example.org"}, 400, "address-refused"),
        ("webhooks", {"url": "http://10.0.0.1"}, 400, "address-refused"),
        ("webhooks", {"url": "http://169.254.169.254/"}, 400, "address-refused"),
        ("webhooks", {"url": "https://example.org", "label": "x" * 101}, 400, "bad-input"),
        ("webhooks", {"url": "https://example.org", "secret": "mine"}, 422, "invalid-request"),
        ("watches", {}, 422, "invalid-request"),
        ("watches", {"question": "nothing"}, 404, "not-found"),
        ("watches", {"question": "units", "parameters": {"nothing": "1"}}, 400, "bad-parameter"),
        ("watches", {"question": "units", "parameters": {"limit": "1"}}, 400, "bad-parameter"),
        ("watches", {"question": "unit-profile", "parameters": {"unit": "unit-none"}}, 404, "not-found"),
        ("watches", {"question": "units", "parameters": ["x"]}, 422, "invalid-request"),
        ("watches", {"question": "units", "webhooks": ["webhook-1"]}, 404, "not-found"),
        ("watches", {"question": "units", "webhooks": "webhook-1"}, 422, "invalid-request"),
        ("watches", {"kind": "weather"}, 422, "invalid-request"),
        ("watches", {"kind": "cases", "parameters": {"event": "eaten"}}, 400, "bad-parameter"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(client, path, body, status, code):
    problem(client.post(f"{ROOT}/{path}", json=body), status, code)
    assert client.get(f"{ROOT}/{path}").json()["items"] == []


def test_what_is_not_there_or_not_understood(client):
    for method, path in (
        ("GET", "watches/watch-1"), ("DELETE", "watches/watch-1"), ("POST", "watches/watch-1/run"), ("GET", "watches/watch-1/feed.json"),
        ("DELETE", "webhooks/webhook-1"), ("POST", "webhooks/webhook-1/test"), ("GET", "webhooks/webhook-1/deliveries"),
    ):  # fmt: skip
        problem(client.request(method, f"{ROOT}/{path}"), 404, "not-found")
    hook = client.post(f"{ROOT}/webhooks", json={"url": "https://example.org"}).json()["id"]
    for text in ("1", "x", "9" * 30):
        problem(client.post(f"{ROOT}/webhooks/{hook}/deliveries/{text}/replay"), 404, "not-found")
    problem(client.get(f"{ROOT}/webhooks/{hook}/deliveries", params={"state": "lost"}), 400, "bad-parameter")
    problem(client.get(f"{ROOT}/notices", params={"limit": "0"}), 400, "bad-parameter")
    problem(client.get(f"{ROOT}/notices", params={"colour": "red"}), 400, "bad-parameter")
    assert client.get(f"{ROOT}/notices", params={"after": "0", "before": "5", "limit": "1"}).json()["items"] == []


def test_keys_decide_who_may_mind_webhooks_and_watches(client, home):
    store = KeyStore(home.home)
    keys = {scope: store.create(scope, [scope])[1] for scope in (Scope.READ, Scope.WRITE, Scope.REPORT, Scope.WEBHOOKS)}
    wanted = {"url": "https://example.org"}
    for scope, key in keys.items():
        headers = {"x-api-key": key}
        allowed = scope is Scope.WEBHOOKS
        answers = [
            client.get(f"{ROOT}/webhooks", headers=headers), client.post(f"{ROOT}/webhooks", json=wanted, headers=headers),
            client.post(f"{ROOT}/watches", json={"kind": "cases"}, headers=headers),
        ]  # fmt: skip
        assert [a.status_code < 400 for a in answers] == [allowed] * 3, scope
        assert (
            client.get(f"{ROOT}/watches", headers=headers).status_code == 200
        )  # what is watched and told is masked already
        assert client.get(f"{ROOT}/notices", headers=headers).status_code == 200
        # And a key for webhooks changes nothing in the graph.
        if allowed:
            problem(client.post(f"{ROOT}/plans/plan-x/undo", headers=headers), 403, "not-allowed")
    problem(client.post(f"{ROOT}/webhooks", json=wanted, headers={"origin": "http://evil.example"}), 403, "not-allowed")
    away = {"x-forwarded-for": "203.0.113.9"}
    assert client.get(f"{ROOT}/notices", headers=away).status_code == 401
    assert (
        "通知" in client.get("/watches", headers=away).text
        and "feed.atom" not in client.get("/watches", headers=away).text
    )
