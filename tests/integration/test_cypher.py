"""Free Cypher through the API on real Neo4j: what it refuses, what it gives, how it ends; and that nothing gets out."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from govnet_api.app import create_app
from govnet_graph.errors import GovnetError
from govnet_graph.keys import KeyStore
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines import registry
from govnet_graph.store.free import FreeCypher
from govnet_graph.store.writer import apply
from tests.conftest import needs
from tests.integration.conftest import NEO4J
from tests.integration.test_api import on_graph, serving
from tests.statements import ALLOWED, MALFORMED, REFUSED, URL

SECONDS = 5.0
ENDLESS = (
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c "
    "WITH a, b, c WHERE a * b * c = 7 RETURN count(*) AS n"
)
Ask = Any


@pytest.fixture(scope="module", params=[pytest.param(v, id=v, marks=pytest.mark.neo4j) for v in NEO4J])
def settings(request, tmp_path_factory, district) -> Iterator[Settings]:
    """Settings of a Neo4j that holds the invented district, with free Cypher switched on."""
    needs("neo4j")
    home = tmp_path_factory.mktemp(f"cypher{request.param}")
    chosen = Settings(
        home=home, engine="neo4j", neo4j_version=request.param,
        cypher=True, cypher_timeout=SECONDS, cypher_rows=50, cypher_bytes=200_000, cypher_at_once=2,
    )  # fmt: skip
    with registry.connect(chosen):
        on_graph(chosen, lambda graph: apply(graph, district, author="test", reason="test"))
        yield chosen


@pytest.fixture(scope="module")
def base(settings) -> Iterator[str]:
    with serving(create_app(settings=settings)) as address:
        yield address


@pytest.fixture(scope="module")
def key(settings) -> str:
    return KeyStore(settings.home).create("investigator", ["cypher", "names"])[1]


@pytest.fixture(scope="module")
def ask(base, key) -> Iterator[Ask]:
    with httpx2.Client(base_url=base, timeout=30, headers={"X-API-Key": key}) as client:

        def post(statement: str, **more: Any) -> httpx2.Response:
            return client.post("/api/v1/cypher", json={"statement": statement, **more})

        yield post


def running(settings: Settings) -> list[str]:
    """The texts of all queries that the server runs now, but for the one that asks."""
    rows = on_graph(settings, lambda graph: graph.read("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery"))
    return [text for (text,) in rows if text and not text.startswith("SHOW TRANSACTIONS")]


def gone(settings: Settings, seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while running(settings):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


async def contents(graph: Graph) -> Any:
    """Everything that a statement might have changed."""
    nodes = "MATCH (n) RETURN count(n), sum(size(keys(n))), sum(size(labels(n)))"
    edges = "MATCH ()-[r]->() RETURN count(r), sum(size(keys(r)))"
    indexes = "SHOW INDEXES YIELD name RETURN count(name)"
    return [await graph.read(text) for text in (nodes, edges, indexes)]


def test_refused_statements_are_refused_and_nothing_reaches_out(ask, settings):
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"a,b\n")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}/x"
    before, wrong = on_graph(settings, contents), []
    try:
        for statement, named in REFUSED:
            response = ask(statement.replace(URL, address))
            told = response.json()
            if (response.status_code, told["code"]) != (403, "statement-refused") and not _unknown_to_the_database(
                told
            ):
                wrong.append((statement, response.status_code, told))
            elif told["code"] == "statement-refused" and named.lower() not in told["detail"].lower():
                wrong.append((statement, named, told["detail"]))
        # Without the gate the same server does reach out: the listener would have heard it.
        heard = on_graph(settings, lambda graph: graph.read(f"LOAD CSV FROM '{address}' AS row RETURN row"))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert wrong == []
    assert (heard, asked) == ([[["a", "b"]]], ["/x"])
    assert on_graph(settings, contents) == before


def _unknown_to_the_database(told: dict[str, Any]) -> bool:
    return told["code"] == "bad-statement" and "SyntaxError" in told["hint"]


def test_malformed_statements_are_told_in_the_databases_words(ask):
    for statement in MALFORMED:
        response = ask(statement)
        told = response.json()
        assert (response.status_code, told["code"]) == (400, "bad-statement"), (statement, told)
        assert "Neo.ClientError." in told["hint"], told


def test_allowed_statements_are_answered(ask):
    wrong = []
    for statement in ALLOWED:
        response = ask(statement, parameters={"id": "unit-a"})
        if response.status_code != 200 or not response.json()["columns"] or not response.json()["rows"]:
            wrong.append((statement, response.text[:300]))
    assert wrong == []


def test_values_are_plain(ask, settings):
    told = ask(
        "MATCH p = (u:Unit)-[r]->(n) WITH p, u, r ORDER BY u.id, r.id LIMIT 1 "
        "RETURN u, r, p, date('2026-06-01') AS d, duration('P1D') AS l, 0.0 / 0.0 AS nan, {a: [1, null]} AS m"
    ).json()
    row = dict(zip(told["columns"], told["rows"][0], strict=True))
    assert (row["d"], row["l"], row["nan"], row["m"]) == ("2026-06-01", "P1D", None, {"a": [1, None]})
    assert row["u"]["id"] == row["u"]["properties"]["id"] == row["r"]["from"] and "Unit" in row["u"]["labels"]
    assert row["p"]["relationships"] == [row["r"]] and row["p"]["nodes"][0] == row["u"]
    state = on_graph(settings, lambda graph: graph.read("MATCH (s:GraphState) RETURN s.data_version"))
    assert (told["data_version"], told["truncated"]) == (state[0][0], False)


def test_rows_and_bytes_are_limited(ask):
    many = ask("UNWIND range(1, 1000000000) AS x RETURN x").json()
    assert (len(many["rows"]), many["truncated"], many["limit_reached"]) == (50, True, "rows")
    few = ask("UNWIND range(1, 1000000000) AS x RETURN x", limit=7).json()
    assert [row[0] for row in few["rows"]] == [1, 2, 3, 4, 5, 6, 7] and few["truncated"]
    exact = ask("UNWIND range(1, 7) AS x RETURN x", limit=7).json()
    assert (len(exact["rows"]), exact["truncated"], exact["limit_reached"]) == (7, False, None)
    wide = ask("UNWIND range(1, 40) AS x RETURN $t + x AS t", parameters={"t": "x" * 10_000}).json()
    assert 15 <= len(wide["rows"]) < 20 and wide["limit_reached"] == "bytes"


def test_a_query_without_end_is_ended_on_the_server(ask, settings):
    response = ask(ENDLESS)
    assert (response.status_code, response.json()["code"]) == (504, "query-timeout")
    assert gone(settings)


@contextmanager
def calling(base: str, key: str) -> Iterator[None]:
    """A caller who waits for a query without end, and hangs up at the end of the block."""
    body = json.dumps({"statement": ENDLESS}).encode()
    head = f"POST /api/v1/cypher HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {key}\r\nContent-Type: application/json\r\n"
    address = urlsplit(base)
    with socket.create_connection((address.hostname, address.port)) as caller:
        caller.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        yield


def test_the_third_waits_and_who_hangs_up_ends_his_query(key, settings):
    patient = settings.model_copy(update={"cypher_timeout": 300.0})
    post = {"json": {"statement": "RETURN 1 AS one"}, "headers": {"X-API-Key": key}}
    with serving(create_app(settings=patient)) as base:
        with calling(base, key), calling(base, key):
            deadline = time.monotonic() + 60
            while running(settings).count(ENDLESS) < 2:
                assert time.monotonic() < deadline
            third = httpx2.post(f"{base}/api/v1/cypher", **post)
            assert (third.status_code, third.json()["code"], third.headers["retry-after"]) == (429, "cypher-busy", "2")
        # Long before the time limit would have ended them.
        assert gone(settings), running(settings)
        deadline = time.monotonic() + 30
        while httpx2.post(f"{base}/api/v1/cypher", **post).status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_each_use_is_recorded_without_its_parameters(ask, settings):
    ask("MATCH (u:Unit {id: $id}) RETURN u.name AS recorded", parameters={"id": "unit-a"})
    ask("CREATE (recorded)")
    record = (settings.home / "audit.log").read_text()
    answered = next(line for line in record.splitlines() if "u.name AS recorded" in line)
    assert "rows=1 " in answered and "outcome=answered" in answered and "hash=" in answered and "unit-a" not in answered
    assert any("CREATE (recorded)" in line and "outcome=statement-refused" in line for line in record.splitlines())
    assert "route=/api/v1/cypher rows=1" in record


def test_the_scopes_cypher_and_names_are_both_needed(base, settings):
    _, reader = KeyStore(settings.home).create("reader", ["read", "names"])
    post = {"json": {"statement": "RETURN 1 AS one"}}
    assert httpx2.post(f"{base}/api/v1/cypher", **post).json()["code"] == "key-required"
    assert httpx2.post(f"{base}/api/v1/cypher", headers={"X-API-Key": reader}, **post).json()["code"] == "not-allowed"
    assert httpx2.get(f"{base}/api/v1/cypher", headers={"X-API-Key": reader}).status_code == 405


def test_bad_requests_are_told(base, key):
    def send(content: bytes | str, kind: str = "application/json") -> tuple[int, str]:
        response = httpx2.post(
            f"{base}/api/v1/cypher", content=content, headers={"X-API-Key": key, "Content-Type": kind}
        )
        return response.status_code, response.json()["code"]

    assert send("{}") == (422, "invalid-request")
    assert send("[1]") == (422, "invalid-request")
    assert send("nonsense") == (422, "invalid-request")
    assert send(json.dumps({"statement": "RETURN 1", "limit": 0})) == (422, "invalid-request")
    assert send(json.dumps({"statement": "RETURN 1", "other": 0})) == (422, "invalid-request")
    assert send(json.dumps({"statement": "RETURN 1", "parameters": {"a b": 1}})) == (422, "invalid-request")
    assert send(json.dumps({"statement": "RETURN $a", "parameters": {"a": 2**63}})) == (400, "bad-input")
    assert send(json.dumps({"statement": "RETURN $a", "parameters": {"a": [2**64, -(10**30)]}})) == (400, "bad-input")
    assert send(json.dumps({"statement": "RETURN $a", "parameters": {"a": float("inf")}})) == (400, "bad-input")
    assert send(json.dumps({"statement": "RETURN 1"}), "text/plain") == (415, "unsupported-media-type")
    assert send(json.dumps({"statement": "RETURN 1 //" + "x" * 70_000})) == (413, "body-too-large")


def overlong(settings: Settings, statement: str, seconds: float) -> tuple[str, int, int, int]:
    """A statement with so many seconds and the only place: the error's code, watches and free places then, and places at the end."""

    async def work(graph: Graph) -> tuple[str, int, int, int]:
        free = FreeCypher(settings.model_copy(update={"cypher_timeout": seconds, "cypher_at_once": 1}))
        code = ""
        try:
            await free.run(graph, statement, {})
        except GovnetError as error:
            code = error.code
        watches, places = len(free.watching), free.free_places
        # The watch over the query ends when the server lists it no more.
        await asyncio.gather(*free.watching)
        return code, watches, places, free.free_places

    return on_graph(settings, work)  # type: ignore[no-any-return]


def test_a_loop_that_the_server_cannot_stop_keeps_its_place(settings):
    """The time limit does not end a loop inside one expression; until it ends by itself, nobody else gets its place."""
    # Lists from data can be looped over too; this one is long, but ends.
    loop = (
        "UNWIND range(1, 16000) AS x WITH collect(x) AS l "
        "RETURN reduce(s = 0, a IN l | s + reduce(t = 0, b IN l | t + a * b % 7)) AS s"
    )
    assert overlong(settings, loop, 0.2) == ("query-timeout", 1, 0, 1)
    assert gone(settings)


def test_planning_that_takes_too_long_keeps_its_place(settings):
    """Until the server is done with it, nobody else gets the place of a statement that it could not plan in time."""
    star = "MATCH " + ", ".join(f"(c)--(a{i})" for i in range(60)) + " RETURN 1 AS n"
    code, watches, places, after = overlong(settings, star, 1.0)
    assert (code, watches + places, after) == ("query-timeout", 1, 1)
    assert gone(settings)


@pytest.mark.embedded
def test_the_embedded_engine_takes_none(tmp_path, district):
    needs("embedded")
    chosen = Settings(home=tmp_path, engine="embedded", cypher=True)
    key = KeyStore(tmp_path).create("investigator", ["cypher", "names"])[1]
    with registry.connect(chosen), serving(create_app(settings=chosen)) as base:
        on_graph(chosen, lambda graph: apply(graph, district, author="test", reason="test"))
        response = httpx2.post(f"{base}/api/v1/cypher", json={"statement": "RETURN 1"}, headers={"X-API-Key": key})
        assert (response.status_code, response.json()["code"]) == (403, "cypher-off")
        assert "--engine neo4j" in response.json()["hint"]
