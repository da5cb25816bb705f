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
from govnet_api.routers.resources import OPERATIONS
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
from tests.messy import workbook

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
        if "get" not in item:
            continue
        query, filled = {}, path
        for parameter in item["get"].get("parameters", []):
            name = parameter["name"]
            if parameter["in"] == "path":
                filled = filled.replace(f"{{{name}}}", str(changes.get(name, parameter["example"])))
            elif parameter["required"] or name in changes:
                value = changes.get(name, parameter.get("example"))
                query[name] = ",".join(value) if isinstance(value, list) else value
        yield filled, query, item["get"]


@pytest.fixture(scope="module")
def made(client, document) -> dict[str, Any]:
    """What some addresses need to be there: an uploaded ledger with a row that cannot be read, its import, and two plans."""
    unit = client.get("/api/v1/units", params={"limit": 1}).json()["items"][0]["unit"]["name"]
    rows = [("结对单位", "社区"), (unit, "爱民社区"), ("从未听说的单位", "从未听说的社区")]
    draft = client.post("/api/v1/imports", files={"file": ("结对.xlsx", workbook({"结对": rows}))}).json()["id"]
    assert client.post(f"/api/v1/imports/{draft}/preview", json={}).status_code == 200
    job = client.post(f"/api/v1/imports/{draft}/apply", json={}).json()
    for _ in range(600):
        if job["state"] not in ("queued", "running"):
            break
        time.sleep(0.1)
        job = client.get(f"/api/v1/jobs/{job['id']}").json()
    assert job["state"] == "done", job
    sent = document["paths"]["/api/v1/plans"]["post"]["requestBody"]["content"]["application/json"]["example"]
    plans = [client.post("/api/v1/plans", json=sent).json()["id"] for _ in range(2)]
    kept = {}
    for name in ("webhook", "watch"):
        path = f"/api/v1/{name}{'es' if name == 'watch' else 's'}"
        sent = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
        sent = {key: value for key, value in sent.items() if key != "webhooks"}
        kept[name] = client.post(path, json=sent).json()["id"]
    client.post(f"/api/v1/webhooks/{kept['webhook']}/test")  # nobody listens there: an attempt is on record
    sent = document["paths"]["/api/v1/cases"]["post"]["requestBody"]["content"]["application/json"]["example"]
    raised = client.post("/api/v1/cases", json=sent).json()
    reported = {"service_request_id": raised["case"], "token": raised["step_id"]}
    return {"draft": draft, "job": job["id"], "plan": plans[0], "plans": plans, **kept, **reported}


#: Values that every address takes which knows them.
ALSO = {"days": 400, "ids": ["unit-210902-11"]}
#: Nothing is wrong in this district, no answer that is watched has changed yet, and the first load changed nothing that
#: was there: an empty list is the answer.
MAY_BE_EMPTY = ("/quality", "/notices", "/plans/plan-load-demo-1/changes")


def asks(operation: dict[str, Any]) -> bool:
    return "text/csv" in operation["responses"]["200"]["content"]


def test_each_example_of_the_document_is_answered_as_described(client, document, made):
    wrong, empty = [], []
    for path, query, operation in tries(document, **made, **ALSO):
        response = client.get(path, params=query)
        if response.status_code != 200:
            wrong.append((path, response.status_code, response.text[:200]))
            continue
        content = operation["responses"]["200"]["content"]
        if "application/json" not in content:  # a file: of the kind that is described, and not empty
            if response.headers["content-type"].split(";")[0] not in content or not response.content:
                wrong.append((path, response.headers["content-type"], len(response.content)))
            continue
        told = response.json()
        schema = content["application/json"]["schema"]
        whole = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": document["components"],
            **schema,
        }
        errors = jsonschema_rs.validator_for(whole, validate_formats=True).iter_errors(told)
        wrong += [(path, error.message[:200]) for error in list(errors)[:1]]
        if isinstance(told, dict) and told.get("items") == [] and not path.endswith(MAY_BE_EMPTY):
            empty.append(path)
    assert (wrong, empty) == ([], [])


def test_each_kind_of_result_answers_its_example_as_described(client, document):
    wrong = []
    for path, item in document["paths"].items():
        if "/plans/results/" not in path:
            continue
        operation = item["post"]
        sent = operation["requestBody"]["content"]["application/json"]["example"]
        response = client.post(path, json=sent, headers={"Prefer": "wait=30"})
        status = str(response.status_code)
        schema = operation["responses"][status]["content"]["application/json"]["schema"]
        whole = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": document["components"],
            **schema,
        }
        errors = jsonschema_rs.validator_for(whole, validate_formats=True).iter_errors(response.json())
        wrong += [(path, status, error.message[:200]) for error in list(errors)[:1]]
    assert wrong == []


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
    assert definition["presets"].splitlines() == [
        ':param unit => "unit-210902-11";',
        ":param as_of => date('2026-06-01');",
        ":param limit => 20;",
        ":param skip => 0;",
    ]
    rows = on_graph(settings, lambda g: g.read(definition["browser"].strip().removesuffix(";")))
    columns = [column["name"] for column in definition["columns"]]
    assert [(r["member"]["id"], r["role"]) for r in told] == [(row[0]["id"], row[1]) for row in native(rows)]
    assert columns == list(told[0]) and len(told) == 20


def test_a_view_draws_what_the_rows_name(client, settings):
    query = {"unit": "unit-210902-11", "as_of": "2026-06-01", "limit": 20}
    rows = client.get("/api/v1/questions/unit-members", params=query).json()["items"]
    answer = client.get("/api/v1/questions/unit-members/view", params=query)
    told = answer.json()
    named = {row["member"]["id"] for row in rows} | {"unit-210902-11"}
    assert {node["id"] for node in told["nodes"]} == named and len(told["relationships"]) == len(rows) == 20
    assert told["truncated"] and told["as_of"] == "2026-06-01"
    definition = client.get("/api/v1/questions/unit-members/definition", params=query).json()["view"]
    drawn = on_graph(settings, lambda g: g.read(definition["browser"].strip().removesuffix(";")))
    assert {node["id"] for nodes, _ in drawn for node in nodes} == named and definition["shows"] == "rows"
    again = client.get(
        "/api/v1/questions/unit-members/view", params=query, headers={"If-None-Match": answer.headers["etag"]}
    )
    other = client.get("/api/v1/questions/unit-members/view", params={**query, "limit": 19})
    assert (again.status_code, again.content) == (304, b"") and other.headers["etag"] != answer.headers["etag"]
    assert client.get("/api/v1/questions/members/view").json()["code"] == "not-found"
    assert client.get("/api/v1/questions/members/definition").json()["view"] is None


def test_a_view_tells_names_to_those_who_may_see_them_and_writes_that_down(client, settings):
    query = {"member": "member-f136", "as_of": "2026-06-01"}
    assert NAMES["member-f136"] not in client.get("/api/v1/questions/member-roles/view", params=query).text
    _, text = KeyStore(settings.home).create("views", ["names"])
    told = client.get("/api/v1/questions/member-roles/view", params=query, headers={"X-API-Key": text})
    assert NAMES["member-f136"] in told.text
    assert "/questions/member-roles/view" in (settings.home / "audit.log").read_text()


@pytest.mark.parametrize(
    ("language", "marked", "head"), [("zh", "演示数据", "未覆盖"), ("en", "demonstration data", "Uncovered")]
)
def test_the_plain_page_shows_the_figures_of_the_matrix(client, language, marked, head):
    page = client.get("/plain", headers={"Accept-Language": language, "Accept": "text/html"}).text
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
        if "get" in item:
            item["get"]["parameters"] = [p for p in item["get"].get("parameters", []) if p["name"] != "cursor"]
    # A key that was used with another body is rightly refused; keys have tests of their own.
    for operation in (one for item in described["paths"].values() for one in item.values() if isinstance(one, dict)):
        named = operation.get("parameters", [])
        operation["parameters"] = [p for p in named if p["name"] != "Idempotency-Key"]
    # Two moments that a generator invents span more than ninety days, and its parameters are those of no question.
    for form in ("json", "xml"):
        listed = described["paths"][f"/open311/v2/requests.{form}"]["get"]
        listed["parameters"] = [p for p in listed["parameters"] if p["name"] != "end_date"]
    watched = described["paths"]["/api/v1/watches"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    watched["oneOf"][0]["properties"]["parameters"]["additionalProperties"] = False
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(described), encoding="utf-8")
    # A question that has an address of its own takes the same parameters there.
    twice = "|".join(sorted({operation.question for operation in OPERATIONS} - {"entity"}))
    rules = tmp_path / "rules.toml"
    rules.write_text(
        (Path(__file__).parents[1] / "schemathesis.toml").read_text(encoding="utf-8")
        + f'\n[[operations]]\ninclude-path-regex = "^/api/v1/questions/({twice})$"\nphases.coverage.enabled = false\n',
        encoding="utf-8",
    )
    command = [
        "schemathesis",
        "--config-file",
        str(rules),
        "run",
        str(file),
        "--url",
        base,
        "--no-color",
        # CPython 3.11's parser, which Hypothesis asks about its strategies, does not bear two threads.
        "--workers",
        "1",
        "--request-timeout",
        "60",
        "--seed",
        "20260601",
    ]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", "2", "--generation-database", "none"]
    program = Path(sys.executable).parent / command[0]
    done = subprocess.run([program, *command[1:]], cwd=tmp_path, capture_output=True, text=True, timeout=900)
    (tmp_path / "report.txt").write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert f"Tested: {sum(len(item) for item in described['paths'].values())}" in done.stdout
