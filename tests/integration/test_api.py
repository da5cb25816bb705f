"""The API on the embedded engine with the demonstration district: every address, as its own document describes it."""

from __future__ import annotations

import asyncio
import copy
import csv
import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import jsonschema_rs
import pytest
import uvicorn
from fastapi import FastAPI

from govnet_api.app import create_app
from govnet_graph.keys import KeyStore
from govnet_graph.questions import catalogue
from govnet_graph.records import Dataset
from govnet_graph.seeds import dataset
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.engines import registry
from govnet_graph.store.state import prepare, read_state
from govnet_graph.store.writer import apply
from tests.conftest import needs

pytestmark = pytest.mark.embedded
# The people whom the article names; everybody else in the district is invented and has no name.
NAMES = {"member-f127": "姜超", "member-f132": "孟祥军", "member-f136": "赵春艳"}


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of the application, served by a thread."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def on_graph(settings: Settings, work: Any) -> Any:
    """The result of an asynchronous function on an open graph."""

    async def opened() -> Any:
        engine = registry.attach(settings.home)
        assert engine is not None
        async with Graph.open(engine, settings) as graph:
            return await work(graph)

    return asyncio.run(opened())


def fill(settings: Settings, data: Dataset) -> None:
    on_graph(settings, lambda graph: apply(graph, data, author="test", reason="test"))


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Iterator[Settings]:
    """Settings of an embedded engine that holds the demonstration district."""
    needs("embedded")
    chosen = Settings(home=tmp_path_factory.mktemp("api"), engine="embedded", batch_size=5000)
    with registry.connect(chosen):
        fill(chosen, dataset("demo"))
        yield chosen


@pytest.fixture(scope="module")
def base(settings) -> Iterator[str]:
    with serving(create_app(settings=settings)) as address:
        yield address


@pytest.fixture(scope="module")
def client(base) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=base, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def document(client) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json()


def tries(document: dict[str, Any], **changes: Any) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(path, query, operation) of each address with the examples of its document, or with these values in their place."""
    for path, item in document["paths"].items():
        query, filled = {}, path
        for parameter in item["get"].get("parameters", []):
            name = parameter["name"]
            if parameter["in"] == "path":
                filled = filled.replace(f"{{{name}}}", str(changes.get(name, parameter["example"])))
            elif parameter["required"] or name in changes:
                query[name] = changes.get(name, parameter.get("example"))
        yield filled, query, item["get"]


def asks(operation: dict[str, Any]) -> bool:
    return "text/csv" in operation["responses"]["200"]["content"]


def test_each_example_of_the_document_is_answered_as_described(client, document):
    wrong, empty = [], []
    for path, query, operation in tries(document):
        response = client.get(path, params=query)
        if response.status_code != 200:
            wrong.append((path, response.status_code, response.text[:200]))
            continue
        told = response.json()
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": document["components"],
            **schema,
        }
        errors = jsonschema_rs.validator_for(whole, validate_formats=True).iter_errors(told)
        wrong += [(path, error.message[:200]) for error in list(errors)[:1]]
        if told.get("items") == []:
            empty.append(path)
    assert (wrong, empty) == ([], [])


def test_csv_has_the_rows_of_json(client, document):
    for path, query, operation in tries(document):
        if asks(operation):
            told = client.get(path, params=query).json()
            response = client.get(path, params=query, headers={"Accept": "text/csv"})
            assert response.headers["content-type"].startswith("text/csv"), path
            rows = list(csv.reader(io.StringIO(response.text)))
            assert len(rows) - 1 == len(told.get("items", [told])), path
            assert {len(row) for row in rows} == {len(rows[0])}, path


def test_an_unknown_id_is_not_found_anywhere(client, document):
    tried, wrong = 0, []
    names = {"id", "from", "area", *(p.name for q in catalogue().values() for p in q.parameters if p.is_id)}
    for path, query, operation in tries(document):
        if not asks(operation):
            continue
        for parameter in operation["parameters"]:
            name, schema = parameter["name"], parameter["schema"]
            if name in names and "A-Za-z0-9" in schema.get("pattern", ""):
                tried += 1
                if parameter["in"] == "path":
                    response = client.get(path.replace(str(parameter["example"]), "nobody-there"), params=query)
                else:
                    response = client.get(path, params={**query, name: "nobody-there"})
                told = response.json()
                if told.get("code") != "not-found" or "nobody-there" not in told["detail"]:
                    wrong.append((path, name, response.status_code))
    assert wrong == []
    assert tried > len(catalogue())


def test_nobody_reads_a_name_without_the_right_to(client, document, settings):
    key, text = KeyStore(settings.home).create("personnel", ["names"])
    for person, name in NAMES.items():
        shown = 0
        for path, query, operation in tries(document, id=person, member=person, entity=person, **{"from": person}):
            if asks(operation) and person in (*path.split("/"), *query.values()):
                answers = [
                    client.get(path, params=query, headers={"Accept": media})
                    for media in ("application/json", "text/csv")
                ]
                assert not any(name in answer.text for answer in answers), path
                shown += name in client.get(path, params=query, headers={"X-API-Key": text}).text
        assert shown >= 3
        assert client.get("/api/v1/search", params={"q": name}).json()["items"] == []
    record = (settings.home / "audit.log").read_text()
    assert f"key={key.id}" in record and not any(name in record for name in NAMES.values())


def test_pages_joined_are_the_whole(client):
    whole = client.get("/api/v1/resources?limit=1000").json()["items"]
    found, following = [], None
    while True:
        told = client.get(
            "/api/v1/resources", params={"limit": 150} | ({"cursor": following} if following else {})
        ).json()
        found += told["items"]
        following = told["next"]
        if following is None:
            break
    assert found == whole and len(whole) > 300


def test_the_definition_can_be_pasted_and_gives_the_same_rows(client, settings):
    query = {"unit": "unit-210902-11", "as_of": "2026-06-01", "limit": 20}
    told = client.get("/api/v1/questions/unit-members", params=query).json()["items"]
    definition = client.get("/api/v1/questions/unit-members/definition", params=query).json()
    params, _, text = definition["browser"].partition("\n\n")
    assert params.splitlines() == [
        ':param unit => "unit-210902-11";',
        ":param as_of => date('2026-06-01');",
        ":param limit => 20;",
        ":param skip => 0;",
    ]
    body = text.strip().removesuffix(";")
    rows = on_graph(settings, lambda g: g.read(body.replace("$as_of", "date($as_of)"), definition["given"]))
    columns = [column["name"] for column in definition["columns"]]
    assert [(r["member"]["id"], r["role"]) for r in told] == [(row[0]["id"], row[1]) for row in native(rows)]
    assert columns == list(told[0]) and len(told) == 20


@pytest.mark.parametrize(
    ("language", "marked", "head"), [("zh", "演示数据", "未覆盖"), ("en", "demonstration data", "Uncovered")]
)
def test_the_start_page_shows_the_figures_of_the_matrix(client, language, marked, head):
    page = client.get("/", headers={"Accept-Language": language, "Accept": "text/html"}).text
    matrix = client.get("/api/v1/coverage/matrix?level=District&limit=1000").json()["items"]
    assert len(matrix) > 10 and marked in page and head in page
    for row in matrix:
        assert f"requirement={row['requirement']['id']}" in page
    for state in ("covered", "uncovered", "unknown"):
        assert f'<td class="number {state}">{sum(row[state] for row in matrix)}</td>' in page
    links = {part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]}
    gaps = sorted(link for link in links if "requirement=" in link)
    assert len(gaps) == len(matrix)
    for link in links - set(gaps[1:]):
        assert client.get(link).status_code == 200, link
    assert "http" not in page.replace("http-equiv", "") and "<script" not in page and "style=" not in page


def test_a_write_moves_tags_and_cursors(client, settings):
    first = client.get("/api/v1/units?limit=2")
    tag, told = first.headers["etag"], first.json()
    assert client.get("/api/v1/units?limit=2", headers={"If-None-Match": tag}).status_code == 304

    async def write(graph: Graph) -> int:
        from govnet_graph.store.state import advance

        before = await read_state(graph)
        await graph.write(lambda t: advance(t, before.data_version, "test-write"))
        return before.data_version

    assert on_graph(settings, write) == told["data_version"]
    again = client.get("/api/v1/units?limit=2", headers={"If-None-Match": tag})
    assert (again.status_code, again.json()["data_version"]) == (200, told["data_version"] + 1)
    stale = client.get("/api/v1/units", params={"limit": 2, "cursor": told["next"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "cursor-stale")


def test_an_engine_that_comes_back_elsewhere_is_found(tmp_path, district):
    chosen = Settings(home=tmp_path, engine="embedded", connect_timeout=2)
    with serving(create_app(settings=chosen)) as base, httpx2.Client(base_url=base, timeout=60) as client:
        missing = client.get("/api/v1/units")
        assert (missing.status_code, missing.json()["code"]) == (503, "engine-unreachable")
        assert client.get("/api/v1/ready").status_code == 503
        with registry.connect(chosen):
            on_graph(chosen, prepare)
            assert client.get("/api/v1/ready").json()["code"] == "nothing-loaded"
            fill(chosen, district)
            units = client.get("/api/v1/units").json()["items"]
            assert len(units) > 3
        gone = client.get("/api/v1/units")
        assert (gone.status_code, gone.json()["code"]) == (503, "engine-unreachable")
        with registry.connect(chosen):
            for _ in range(50):
                found = client.get("/api/v1/units")
                if found.status_code == 200:
                    break
                time.sleep(0.2)
            assert found.json()["items"] == units


def test_schemathesis_finds_no_fault(base, document, tmp_path):
    described = copy.deepcopy(document)
    for item in described["paths"].values():
        # Cursors are signed: whatever a generator invents is rightly refused. They have tests of their own.
        item["get"]["parameters"] = [p for p in item["get"].get("parameters", []) if p["name"] != "cursor"]
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(described), encoding="utf-8")
    command = ["schemathesis", "run", str(file), "--url", base, "--no-color", "--workers", "2", "--seed", "20260601"]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", "2", "--generation-database", "none"]
    program = Path(sys.executable).parent / command[0]
    done = subprocess.run([program, *command[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert f"Tested: {len(described['paths'])}" in done.stdout
