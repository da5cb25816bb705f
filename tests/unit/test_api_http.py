"""The way of a request: paging, entity tags, media types, and an error for everything else."""

from __future__ import annotations

import asyncio
import csv
import io

import httpx2
import pytest

from govnet_api.errors import STATUS
from govnet_api.texts import texts
from govnet_graph.errors import EngineUnreachable
from govnet_graph.store.driver import QueryFailed, QueryTimedOut
from tests.served import HERE, Rows, application, client_of, member

UNIT = "/api/v1/units/unit-d"


@pytest.fixture
def graph():
    return Rows([member(n) for n in range(5)])


@pytest.fixture
def client(tmp_path, graph):
    with client_of(application(tmp_path, graph)) as client:
        yield client


def problem(response, code):
    """The problem, after checking that it is one and says what every problem says."""
    told = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (told["code"], told["status"], told["type"]) == (code, response.status_code, f"/problems/{code}")
    assert response.status_code == STATUS[code]
    assert told["title"] == texts()[f"problem.{code}.title"].en and told["detail"]
    assert told["instance"] == f"urn:govnet:request:{response.headers['x-request-id']}"
    return told


def test_a_list_says_its_day_its_version_and_that_more_follows(client):
    told = client.get(f"{UNIT}/members?limit=2&as_of=2026-06-01").json()
    assert [item["member"]["id"] for item in told["items"]] == ["member-00", "member-01"]
    assert (told["as_of"], told["data_version"]) == ("2026-06-01", 7)
    assert set(told["items"][0]) == {"member", "role", "skills"} and isinstance(told["next"], str)


def test_pages_joined_are_the_whole(client):
    found, following = [], None
    for _ in range(3):
        query = {"limit": 2} | ({"cursor": following} if following else {})
        told = client.get(f"{UNIT}/members", params=query).json()
        found += [item["member"]["id"] for item in told["items"]]
        following = told["next"]
    assert found == [f"member-{n:02}" for n in range(5)] and following is None


def test_a_definition_says_which_page_it_is(client):
    query = {"unit": "unit-d", "role": "staff", "as_of": "2026-06-01", "limit": 2}
    following = client.get("/api/v1/questions/unit-members", params=query).json()["next"]
    told = client.get("/api/v1/questions/unit-members/definition", params={**query, "cursor": following}).json()
    assert told["given"] == {**query, "skip": 2}
    assert told["presets"] == (
        ':param unit => "unit-d";\n:param role => "staff";\n'
        ":param as_of => date('2026-06-01');\n:param limit => 2;\n:param skip => 2;\n"
    )
    assert 'MATCH (u:Unit {id: "unit-d"})' in told["browser"] and told["browser"].endswith("SKIP 2 LIMIT 2;\n")
    other = client.get("/api/v1/questions/unit-members/definition", params={"unit": "unit-e", "cursor": following})
    problem(other, "bad-cursor")
    bare = client.get("/api/v1/questions/unit-members/definition").json()
    assert bare["given"]["unit"] and bare["given"]["skip"] == 0


def test_a_page_of_moved_data_is_refused(client, graph):
    following = client.get(f"{UNIT}/members?limit=2").json()["next"]
    graph.version += 1
    told = problem(client.get(f"{UNIT}/members", params={"limit": 2, "cursor": following}), "cursor-stale")
    assert "again" in told["hint"]


def test_a_cursor_of_other_parameters_is_refused(client):
    following = client.get(f"{UNIT}/members?limit=2").json()["next"]
    assert client.get(f"{UNIT}/members", params={"cursor": following, "limit": 3}).status_code == 200
    problem(client.get(f"{UNIT}/members", params={"cursor": following, "role": "staff"}), "bad-cursor")
    problem(client.get(f"{UNIT}/members", params={"cursor": "x"}), "bad-cursor")


def test_one_thing_is_an_object_of_its_own(client):
    told = client.get(UNIT).json()
    assert told["member"]["id"] == "member-00" and told["data_version"] == 7 and "items" not in told


def test_an_unchanged_answer_is_not_computed_again(client, graph):
    first = client.get(f"{UNIT}/members")
    tag, asked = first.headers["etag"], graph.asked
    again = client.get(f"{UNIT}/members", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"], graph.asked) == (304, b"", tag, asked)
    graph.version += 1
    moved = client.get(f"{UNIT}/members", headers={"If-None-Match": tag})
    assert moved.status_code == 200 and moved.headers["etag"] != tag
    assert client.get(f"{UNIT}/members", headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize("path", ["/api/v1/questions", "/api/v1/schema", "/api/v1/openapi.json"])
def test_what_never_changes_has_a_tag_of_its_own(client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_tags_differ_by_parameters_media_type_and_address(client):
    tags = {
        client.get(path, headers={"Accept": media}).headers["etag"]
        for path in (
            f"{UNIT}/members",
            f"{UNIT}/members?limit=2",
            f"{UNIT}/members?role=staff",
            UNIT,
            "/api/v1/questions/unit-members?unit=unit-d",
        )
        for media in ("application/json", "text/csv")
    }
    assert len(tags) == 10


def test_csv_is_a_table_that_spreadsheets_take_for_text(client, graph):
    graph.rows = [[{"id": "m", "label": "Member", "name": None, "title": "=1+1"}, "-2", ["a", "b"]], [None, None, None]]
    response = client.get(f"{UNIT}/members?limit=1&role=staff", headers={"Accept": "text/csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["content-disposition"] == 'attachment; filename="unit-members.csv"'
    assert list(csv.reader(io.StringIO(response.text))) == [
        ["member.id", "member.name", "role", "skills"],
        ["m", "'=1+1", "'-2", '["a","b"]'],
    ]
    following = client.get(response.links["next"]["url"].join([f"{UNIT}/members", ""]), headers={"Accept": "text/csv"})
    assert list(csv.reader(io.StringIO(following.text)))[1:] == [["", "", "", ""]]


@pytest.mark.parametrize(
    ("path", "code", "named", "said"),
    [
        (
            f"{UNIT}/members?nonsense=1",
            "bad-parameter",
            "nonsense",
            "It takes: as_of, cursor, format, limit, role, whole.",
        ),
        (f"{UNIT}/members?limit=1&limit=2", "bad-parameter", "limit", "twice"),
        (f"{UNIT}/members?limit=", "bad-parameter", "limit", "empty"),
        (f"{UNIT}/members?limit=0", "bad-parameter", "limit", "between 1 and 1000"),
        (f"{UNIT}/members?limit=1e3", "bad-parameter", "limit", "whole number"),
        (f"{UNIT}/members?skip=3", "bad-parameter", "skip", "cursor"),
        (f"{UNIT}/members?as_of=2026-02-30", "bad-parameter", "as_of", "2026-02-30"),
        (f"{UNIT}/members?role=king", "bad-parameter", "role", "staff, leader"),
        (f"{UNIT}/members?role=%FF", "bad-parameter", None, "UTF-8"),
        (f"{UNIT}/members?" + "&".join(f"a{n}=1" for n in range(50)), "bad-parameter", None, "many"),
        (f"{UNIT}?limit=2", "bad-parameter", "limit", "It takes: as_of, format, role."),
        ("/api/v1/questions/unit-members", "bad-parameter", "unit", "needs the parameter"),
        ("/api/v1/questions/unit-members/definition?skip=1", "bad-parameter", "skip", "It takes"),
        ("/api/v1/questions?x=1", "bad-parameter", "x", "no query"),
        ("/api/v1/units/nobody", "not-found", None, "Unit 'nobody'"),
        ("/api/v1/units/a%20b", "not-found", None, "Ids hold"),
        ("/api/v1/units/unit-d%0A", "not-found", None, "Ids hold"),
        ("/api/v1/units/" + "x" * 300, "bad-parameter", "id", "at most 200"),
        ("/api/v1/questions/unit-members/definition?unit=a%20b", "not-found", None, "Ids hold"),
        ("/api/v1/questions/nonsense", "not-found", None, "'nonsense'"),
        ("/api/v1/questions/nonsense/definition", "not-found", None, "'nonsense'"),
        ("/api/v1/nonsense", "no-such-path", None, "/docs"),
        (f"{UNIT}/members/", "no-such-path", None, "/docs"),
        ("/problems/nonsense", "no-such-path", None, "nonsense"),
        ("/static/nonsense.js", "no-such-path", None, "/docs"),
        ("/static/../app.py", "no-such-path", None, "/docs"),
    ],
)
def test_what_cannot_be_answered_is_said(client, path, code, named, said):
    told = problem(client.get(path), code)
    assert told.get("parameter") == named
    assert said in told["detail"] + told.get("hint", "")


def test_an_id_of_another_kind_is_said_to_be_so(client, graph):
    graph.known["unit-e"] = "Grid"
    assert "is a Grid, not a Unit" in problem(client.get("/api/v1/units/unit-e"), "not-found")["detail"]
    graph.known["unit-e"] = "Organization"
    assert "is an Organization, not a Unit" in problem(client.get("/api/v1/units/unit-e"), "not-found")["detail"]


def test_other_media_types_are_refused(client):
    for path in (f"{UNIT}/members", "/api/v1/questions", "/api/v1/health", "/api/v1/schema"):
        problem(client.get(path, headers={"Accept": "image/png"}), "not-acceptable")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", [f"{UNIT}/members", "/api/v1/health", "/plain", "/problems/busy"])
def test_other_methods_are_refused_with_those_that_are_not(client, method, path):
    response = client.request(method, path)
    problem(response, "method-not-allowed")
    assert response.headers["allow"] == "GET"


def test_head_is_get_without_a_body(client):
    got, asked = client.get(f"{UNIT}/members"), client.head(f"{UNIT}/members")
    assert asked.status_code == 200 and asked.content == b""
    assert asked.headers["content-length"] == str(len(got.content)) and asked.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize(
    ("headers", "path", "code"),
    [
        ({}, f"{UNIT}/members?role=" + "x" * 9000, "uri-too-long"),
        ({f"x-{n}": "1" for n in range(120)}, UNIT, "headers-too-large"),
        ({"x-long": "x" * 40_000}, UNIT, "headers-too-large"),
        ({"content-length": "70000"}, UNIT, "body-too-large"),
        ({"content-length": "9" * 5000}, UNIT, "body-too-large"),
    ],
)
def test_a_request_of_unreasonable_size_is_refused(client, graph, headers, path, code):
    problem(client.get(path, headers=headers), code)
    assert graph.asked == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (QueryTimedOut("The engine gave no answer within 30 s."), "query-timeout"),
        (QueryFailed("The engine refused the query (Neo.X): secret value"), "query-failed"),
        (EngineUnreachable("The engine at bolt://10.0.0.5:7687 does not answer."), "engine-unreachable"),
        (RuntimeError("secret value"), "internal"),
    ],
)
def test_a_failing_engine_is_told_without_its_secrets(client, graph, error, code):
    graph.error = error
    response = client.get(f"{UNIT}/members")
    problem(response, code)
    assert "secret" not in response.text and "10.0.0.5" not in response.text
    graph.error = None
    assert client.get(f"{UNIT}/members").status_code == 200


def test_without_an_engine_the_server_lives_and_is_not_ready(tmp_path):
    app = application(tmp_path, failing=EngineUnreachable("No engine runs.", hint="`govnet engine start` starts one."))
    with client_of(app) as client:
        assert client.get("/api/v1/health").json()["status"] == "ok"
        told = problem(client.get("/api/v1/ready"), "engine-unreachable")
        assert "engine start" in told["hint"]
        response = client.get(f"{UNIT}/members")
        problem(response, "engine-unreachable")
        assert int(response.headers["retry-after"]) > 0


@pytest.mark.parametrize(("dataset", "loading"), [(None, None), (None, "demo")])
def test_a_graph_that_is_not_loaded_in_full_answers_nothing(client, graph, dataset, loading):
    graph.dataset, graph.loading, graph.version = dataset, loading, graph.version + 1
    for path in (UNIT, "/api/v1/ready"):
        told = problem(client.get(path), "nothing-loaded")
        assert "govnet load" in told["hint"]


def test_ready_says_what_is_loaded(client, graph):
    graph.loading = "demo"
    told = client.get("/api/v1/ready").json()
    assert (told["status"], told["dataset"], told["data_version"], told["loading"]) == ("ready", "demo", 7, "demo")


async def test_more_requests_than_connections_are_told_to_come_back(tmp_path, graph):
    graph.hold = asyncio.Event()
    app = application(tmp_path, graph, pool_size=2)
    transport = httpx2.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport, base_url=HERE) as client:
        waiting = [asyncio.create_task(client.get(f"{UNIT}/members")) for _ in range(2)]
        for _ in waiting:
            await graph.entered.acquire()
        refused = await client.get(f"{UNIT}/members")
        alive = await client.get("/api/v1/health")
        graph.hold.set()
        assert [(await task).status_code for task in waiting] == [200, 200]
        problem(refused, "busy")
        assert (refused.headers["retry-after"], alive.status_code) == ("1", 200)
        assert (await client.get(f"{UNIT}/members")).status_code == 200


def test_every_response_carries_the_security_headers(client):
    for path in ("/", "/plain", "/docs", UNIT, "/api/v1/nonsense", "/static/page.css", "/problems"):
        headers = client.get(path, headers={"Accept": "text/html, */*"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert "access-control-allow-origin" not in headers


def test_a_request_id_is_kept_when_it_is_sane(client):
    assert client.get("/api/v1/health", headers={"X-Request-ID": "abc-12345"}).headers["x-request-id"] == "abc-12345"
    for strange in ("a b c d e f g h", "x" * 100, "short"):
        assert client.get("/api/v1/health", headers={"X-Request-ID": strange}).headers["x-request-id"] != strange
