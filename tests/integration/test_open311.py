"""Open311 on an engine, served: with the standard's own client, against what the standard says, and with what it refuses."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import jsonschema
import pytest
import uvicorn
import xmltodict
import yaml
from georeport import GeoReport

from govnet_api.app import create_app
from govnet_api.logs import AUDIT_FILE
from govnet_graph import cases
from govnet_graph.cases import StepRequest
from govnet_graph.cases.open311.reports import area_in
from govnet_graph.keys import KeyStore, Scope
from govnet_graph.store.driver import Graph
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

STANDARD = Path(__file__).parents[1] / "standards" / "open311.yaml"
GRID, COMMUNITY = "990101001001001", "990101001001"
RESIDENT = {
    "first_name": "王",
    "last_name": "小明",
    "phone": "13800001234",
    "email": "wang@example.org",
    "device_id": "d-77",
    "account_id": "a-88",
}


@cache
def schema_of(kind: str) -> dict[str, Any]:
    """A JSON Schema of one object of the standard; nothing besides its fields may be there."""
    told = yaml.safe_load(STANDARD.read_text(encoding="utf-8"))[kind]

    def typed(given: Any, *, null: bool) -> dict[str, Any]:
        if isinstance(given, list):
            return {"enum": given}
        plain = {"type": "string", "format": given} if given in ("date-time", "uri") else {"type": given}
        return {"anyOf": [plain, {"type": "null"}]} if null else plain

    properties = {name: typed(kind_, null=False) for name, kind_ in told["required"].items()}
    properties |= {name: typed(kind_, null=True) for name, kind_ in told["optional"].items()}
    return {
        "type": "object",
        "properties": properties,
        "required": list(told["required"]),
        "additionalProperties": False,
    }


def require(kind: str, *values: Any) -> None:
    for value in values:
        jsonschema.Draft202012Validator(schema_of(kind), format_checker=jsonschema.FormatChecker()).validate(value)


@contextmanager
def serving(app: Any) -> Iterator[str]:
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


@pytest.fixture(scope="module")
def home(settings, tmp_path_factory):
    return settings.model_copy(
        update={"home": tmp_path_factory.mktemp("open311"), "host": "127.0.0.1", "watch_seconds": 0.0}
    )


@pytest.fixture(scope="module")
def base(engine, home, on_graph, district) -> Iterator[str]:
    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    @asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, home) as graph:
            yield graph

    on_graph(fill)
    with serving(create_app(provide, home)) as address:
        yield f"{address}/open311/v2"
    on_graph(clear)


@pytest.fixture(scope="module")
def client(base) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=base, timeout=60) as running:
        yield running


def post(client: httpx2.Client, form: str = "json", headers: dict[str, str] | None = None, **fields: str) -> Any:
    sent = {"content-type": "application/x-www-form-urlencoded; charset=utf-8", **(headers or {})}
    return client.post(f"/requests.{form}", content=urlencode(fields), headers=sent)


def error(answer: Any, status: int, word: str) -> None:
    assert answer.status_code == status, answer.text
    if answer.headers["content-type"].startswith("text/xml"):
        told = xmltodict.parse(answer.content, force_list=("error",))["errors"]["error"]
    else:
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        told = answer.json()
    require("error", *told)
    assert word in told[0]["description"] and told[0]["code"] == str(status)


def test_the_standards_client_reads_services_definitions_and_requests(base):
    since, until = "2026-03-25T00:00:00Z", "2026-06-15T00:00:00Z"
    found = {}
    for form in ("json", "xml"):
        there = GeoReport(base, jurisdiction="990101", output_format=form)
        services = there.get_service_list()
        codes = [service["service_code"] for service in services]
        assert {"road", "hazard"} <= set(codes)
        definition = there.get_service_definition("road")
        assert definition["service_code"] == "road" and not definition["attributes"]
        listed = there.get_service_requests(start_date=since, end_date=until)
        one = there.get_service_request(listed[0]["service_request_id"])
        assert one == listed[0]
        closed = there.get_service_requests(start_date=since, end_date=until, status="closed")
        wanted = there.get_service_requests(service_request_id="case-1,case-2", status="closed")
        assert {r["service_request_id"] for r in wanted} == {"case-1", "case-2"}  # ids override all else
        kinds = there.get_service_requests(service_code="road,hazard", start_date=since, end_date=until)
        assert {r["service_code"] for r in kinds} == {"road", "hazard"}
        found[form] = (services, listed, closed if isinstance(closed, list) else [closed])
    services, listed, closed = found["json"]
    require("service", *services)
    require("request", *listed, *closed)
    assert [r["status"] for r in closed] == ["closed"] * len(closed) and closed
    # Both forms say the same: the XML holds text only, and nothing for what is not known.
    as_text = [
        {k: None if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in r.items()}
        for r in listed
    ]
    assert [dict(r) for r in found["xml"][1]] == as_text
    moments = [dt.datetime.fromisoformat(r["requested_datetime"]) for r in listed]
    assert moments == sorted(moments, reverse=True)


def test_a_case_is_told_as_the_standard_has_it(client):
    (told,) = client.get("/requests/case-1.json").json()
    assert told["service_code"] == "hazard" and told["status"] == "open" and told["status_notes"] == "已派单"
    assert told["address_id"] == GRID and told["address"].split(", ")[0] == "松一网格"
    assert told["agency_responsible"] == "甲区法院" and told["requested_datetime"] == "2026-05-10T00:00:00+08:00"
    assert told["expected_datetime"] == "2026-05-20T23:59:59+08:00"
    (english,) = client.get("/requests/case-3.json", headers={"accept-language": "en"}).json()
    assert (english["status"], english["status_notes"]) == ("closed", "solved")
    assert english["updated_datetime"].startswith("2026-04-10")
    assert english["agency_responsible"] == "梅社区调解员"  # a member by the title of the role, never by name


def test_discovery_leads_to_the_endpoint(client, base):
    for address in (f"{base}/discovery.json", base.replace("/v2", "/discovery.json")):
        told = client.get(address).json()
        require("discovery", told)
        require("endpoint", *told["endpoints"])
    assert told["endpoints"][0]["url"] == base
    xml = xmltodict.parse(client.get("/discovery.xml").content)["discovery"]
    assert xml["endpoints"]["endpoint"]["formats"]["format"] == ["text/xml", "application/json"]
    assert client.get(f"{told['endpoints'][0]['url']}/services.json").status_code == 200


def test_a_report_becomes_a_case_that_the_desk_can_work_on(client, on_graph):
    words = "井盖丢了,<b>很危险</b> & 挡路\n请快来"
    filed = post(client, "json", service_code="road", address_id=GRID, lat="42.01", long="121.66", description=words,
                 media_url="https://example.org/p.jpg", jurisdiction_id="990101", **RESIDENT)  # fmt: skip
    assert filed.status_code == 201, filed.text
    (made,) = filed.json()
    require("filed", made)
    assert "不予保存" in made["service_notice"]
    id_ = made["service_request_id"]
    (told,) = client.get(f"/requests/{id_}.json").json()
    require("request", told)
    # Whoever may not see personal data sees what kind of case lies where.
    assert (told["description"], told["lat"], told["address_id"], told["status"]) == (
        "松一网格道路破损",
        None,
        GRID,
        "open",
    )
    assert told["requested_datetime"][:10] == dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date().isoformat()
    recent = client.get("/requests.json").json()
    assert recent[0]["service_request_id"] == id_

    async def held(graph):
        rows = await graph.read("MATCH (c:Case {id: $id}) RETURN properties(c)", {"id": id_})
        every = await graph.read("MATCH (n) RETURN collect(properties(n))")
        await cases.take(graph, StepRequest(case=id_, step="dispatch", target="unit-a"))
        return rows[0][0], json.dumps(every, default=str, ensure_ascii=False)

    case, everything = on_graph(held)
    assert case["description"] == f"{words}\nhttps://example.org/p.jpg" and case["channel"] == "resident"
    for value in RESIDENT.values():
        if len(value) > 1:
            assert value not in everything
    (after,) = client.get(f"/requests/{id_}.json").json()
    assert after["status_notes"] == "已派单" and after["agency_responsible"] == "甲区法院"


def test_what_people_wrote_is_for_those_who_may_see_names(client, home):
    filed = post(
        client,
        service_code="neighbour-dispute",
        address_id=GRID,
        description="楼上张三家漏水",
        lat="42.5",
        long="121.5",
    )
    id_ = filed.json()[0]["service_request_id"]
    _, reader = KeyStore(home.home).create("reader")
    _, trusted = KeyStore(home.home).create("trusted", [Scope.NAMES])
    for key, said, lat in ((reader, "松一网格邻里纠纷", None), (trusted, "楼上张三家漏水", 42.5)):
        (told,) = client.get(f"/requests/{id_}.json", params={"api_key": key}).json()
        assert (told["description"], told["lat"]) == (said, lat)
        xml = client.get(f"/requests/{id_}.xml", headers={"x-api-key": key})
        assert xmltodict.parse(xml.content)["service_requests"]["request"]["description"] == said
    audit = (home.home / AUDIT_FILE).read_text()
    assert "names read" in audit and "/open311/v2/requests" in audit and "张三" not in audit


def test_the_same_report_again_is_one_case(client):
    again = {"idempotency-key": "report-1"}
    first = post(client, headers=again, service_code="road", address_id=GRID)
    second = post(client, headers=again, service_code="road", address_id=GRID)
    assert first.json()[0]["service_request_id"] == second.json()[0]["service_request_id"]
    error(post(client, headers=again, service_code="hazard", address_id=GRID), 409, "request key")


def test_a_place_in_words_finds_its_area_or_says_that_it_did_not(client):
    filed = post(client, "xml", service_code="road", address_string="甲区 松社区 3号楼前")
    told = xmltodict.parse(filed.content)["service_requests"]["request"]
    (made,) = client.get(f"/requests/{told['service_request_id']}.json").json()
    assert made["address_id"] == COMMUNITY and "3号楼" not in made["address"]
    for fields in (
        {"address_string": "大桥下面"},
        {"lat": "42.0", "long": "121.6"},
        {"address_string": "松社区与柏社区之间"},
    ):
        filed = post(client, headers={"accept-language": "en"}, service_code="road", **fields).json()[0]
        assert "whole district" in filed["service_notice"]
        (made,) = client.get(f"/requests/{filed['service_request_id']}.json").json()
        assert made["address_id"] == "990101" and made["status"] == "open"


def test_a_token_leads_to_its_request(client, on_graph):
    id_ = post(client, service_code="road", address_id=GRID).json()[0]["service_request_id"]

    async def step(graph):
        rows = await graph.read("MATCH (s:CaseStep)-[:STEP_OF]->(c:Case {id: $id}) RETURN s.id", {"id": id_})
        return rows[0][0]

    token = on_graph(step)
    found = client.get(f"/tokens/{token}.json").json()
    require("token", *found)
    assert found == [{"service_request_id": id_, "token": token}]
    assert xmltodict.parse(client.get(f"/tokens/{token}.xml").content)["service_requests"]["request"]["token"] == token
    error(client.get("/tokens/nothing.json"), 404, "token")


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("path", "query", "status", "word"),
    [
        ("services", {"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ("services/road", {"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ("services/teapot", {}, 404, "service_code"),
        ("requests", {"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ("requests/case-1", {"jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ("requests/case-none", {}, 404, "service_request_id"),
        ("requests", {"service_code": "teapot"}, 404, "service_code"),
        ("requests", {"status": "lost"}, 400, "status"),
        ("requests", {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400, "90 days"),
        ("requests", {"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, 400, "after"),
        ("requests", {"start_date": "2026-06-01"}, 400, "start_date"),
        ("requests", {"start_date": "2026-06-01T00:00:00"}, 400, "time zone"),
        ("requests", {"end_date": "9999-12-31T23:59:59-12:00"}, 400, "end_date"),
        ("requests", {"colour": "red"}, 400, "colour"),
        ("requests", {"page_size": "5000"}, 400, "page_size"),
        ("requests", {"api_key": "govnet_none_x"}, 403, "api_key"),
        ("tokens/1", {"jurisdiction_id": "x"}, 404, "jurisdiction_id"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_as_the_standard_says_it(client, form, path, query, status, word):
    error(client.get(f"/{path}.{form}", params=query), status, word)


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({"address_id": GRID}, 400, "service_code was not provided"),
        ({"service_code": "teapot", "address_id": GRID}, 404, "service_code"),
        ({"service_code": "road"}, 400, "location"),
        ({"service_code": "road", "lat": "42"}, 400, "together"),
        ({"service_code": "road", "lat": "91", "long": "0"}, 400, "lat"),
        ({"service_code": "road", "lat": "nan", "long": "0"}, 400, "lat"),
        ({"service_code": "road", "address_id": "000"}, 404, "address_id"),
        ({"service_code": "road", "address_id": "unit-a"}, 404, "address_id"),
        ({"service_code": "road", "address_id": GRID, "description": "x" * 4001}, 400, "4000"),
        ({"service_code": "road", "address_id": GRID, "media_url": "javascript:1"}, 400, "media_url"),
        ({"service_code": "road", "address_id": GRID, "attribute[A]": "1"}, 400, "attribute"),
        ({"service_code": "road", "address_id": GRID, "wish": "1"}, 400, "wish"),
        ({"service_code": "road", "address_id": GRID, "jurisdiction_id": "sfgov.org"}, 404, "jurisdiction_id"),
        ({"service_code": "road", "address_id": GRID, "api_key": "govnet_none_x"}, 403, "api_key"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_taken_raises_nothing(client, on_graph, form, fields, status, word):
    async def count(graph):
        return (await graph.read("MATCH (c:Case) RETURN count(c)"))[0][0]

    before = on_graph(count)
    error(post(client, form, **fields), status, word)
    assert on_graph(count) == before


def test_keys_decide_who_may_file(client, home):
    store = KeyStore(home.home)
    _, reader = store.create("reader")
    _, reporter = store.create("app", [Scope.REPORT])
    error(post(client, api_key=reader, service_code="road", address_id=GRID), 403, "report")
    assert post(client, api_key=reporter, service_code="road", address_id=GRID).status_code == 201
    # The app may file, and nothing else that changes the graph.
    undo = client.post(client.base_url.join("/api/v1/plans/plan-x/undo"), headers={"x-api-key": reporter})
    assert undo.status_code == 403
    # A page of another site may not file in the name of who opened it on this machine.
    error(
        post(client, headers={"origin": "http://evil.example"}, service_code="road", address_id=GRID),
        403,
        "another site",
    )


def test_away_from_this_machine_reading_is_open_only_where_that_is_set(engine, home, base):
    @asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, home) as graph:
            yield graph

    assert base
    for public, status in ((False, 403), (True, 200)):
        with serving(create_app(provide, home.model_copy(update={"open311_public": public}))) as address:
            for forwarded in ({"x-forwarded-for": "203.0.113.9"},):
                answer = httpx2.get(f"{address}/open311/v2/requests.json", headers=forwarded)
                assert answer.status_code == status, answer.text
                assert httpx2.get(f"{address}/open311/v2/services.json", headers=forwarded).status_code == 200
                refused = httpx2.post(
                    f"{address}/open311/v2/requests.json",
                    data={"service_code": "road", "address_id": GRID},
                    headers=forwarded,
                )
                error(refused, 403, "api_key")


def test_pages_of_requests_hold_each_request_once(client):
    query = {"start_date": "2026-04-01T00:00:00Z", "end_date": "2026-06-15T00:00:00Z"}
    whole = client.get("/requests.json", params=query).json()
    pages = [
        client.get("/requests.json", params={**query, "page": str(n), "page_size": "1"}).json()
        for n in range(1, len(whole) + 2)
    ]
    assert [request for page in pages for request in page] == whole and pages[-1] == []


def test_an_area_is_found_in_words_only_where_it_is_plain():
    areas = [
        ("9901", "甲区", []),
        ("9901001", "甲街道", []),
        ("990100101", "松社区", ["松树社区"]),
        ("990100102", "柏社区", []),
    ]
    assert area_in("甲区甲街道松社区1号", areas) == "990100101"
    assert area_in("松树社区", areas) == "990100101"
    assert area_in("松社区、柏社区", areas) == ""
    assert area_in("", areas) == "" == area_in("火星", areas)
