"""Who may ask, who sees names, and what is written down about it."""

from __future__ import annotations

import re

import pytest

from govnet_api.security import is_loopback
from govnet_graph.errors import BadInput
from govnet_graph.keys import KeyStore
from tests.served import Rows, application, audit_of, client_of, member, recorded

PATH = "/api/v1/units/unit-d/members"
AWAY = "https://govnet.example.org"


@pytest.fixture
def graph():
    return Rows([member(n) for n in range(3)])


@pytest.fixture
def keys(tmp_path):
    return KeyStore(tmp_path)


@pytest.fixture
def reader(keys):
    return keys.create("dashboard")[1]


@pytest.fixture
def seer(keys):
    return keys.create("personnel", ["names"])[1]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_which_hosts_are_this_machine(host, expected):
    assert is_loopback(host) is expected


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_no_key_no_listening_beyond_this_machine(tmp_path, graph, host):
    with pytest.raises(BadInput, match="govnet keys create"):
        application(tmp_path, graph, host=host)
    KeyStore(tmp_path).create("one")
    application(tmp_path, graph, host=host)


def test_this_machine_may_try_without_a_key_and_without_names(tmp_path, graph):
    with client_of(application(tmp_path, graph)) as client:
        response = client.get(PATH)
        assert response.status_code == 200 and "Secret Name" not in response.text
        assert response.json()["items"][0]["member"]["name"] == "title 0"
    assert audit_of(tmp_path) == ""


@pytest.mark.parametrize(
    ("base", "headers"),
    [
        (AWAY, {}),
        ("http://127.0.0.1:8000", {"X-Forwarded-For": "10.0.0.1"}),
        ("http://127.0.0.1:8000", {"Forwarded": "for=10.0.0.1"}),
        ("http://127.0.0.1:8000", {"Authorization": "Bearer nonsense"}),
        ("http://127.0.0.1:8000", {"Authorization": "Basic Zm9vOmJhcg=="}),
        ("http://127.0.0.1:8000", {"X-API-Key": ""}),
    ],
)
def test_whoever_is_not_known_to_be_local_needs_a_right_key(tmp_path, graph, reader, base, headers):
    with client_of(application(tmp_path, graph), base=base) as client:
        response = client.get(PATH, headers=headers)
        assert (response.status_code, response.json()["code"]) == (401, "key-required")
        assert response.headers["www-authenticate"].startswith("Bearer") and graph.asked == 0
        assert client.get(PATH, headers={**headers, "Authorization": f"bearer {reader}"}).status_code == 200


def test_a_rebound_host_name_reads_nothing(tmp_path, graph, reader):
    with client_of(application(tmp_path, graph)) as client:
        response = client.get(PATH, headers={"Host": "evil.example.org"})
        assert (response.status_code, response.json()["code"]) == (421, "misdirected")
        assert client.get(PATH, headers={"Host": "evil.example.org", "X-API-Key": reader}).status_code == 200
        for host in ("localhost:8000", "[::1]:8000", "127.0.0.1"):
            assert client.get(PATH, headers={"Host": host}).status_code == 200


def test_beyond_this_machine_only_probes_and_descriptions_are_open(tmp_path, graph, reader):
    with client_of(application(tmp_path, graph, host="0.0.0.0"), base=AWAY) as client:
        open_ = [
            "/api/v1/health",
            "/api/v1/ready",
            "/api/v1/openapi.json",
            "/docs",
            "/problems",
            "/static/page.css",
            "/",
        ]
        assert {path: client.get(path).status_code for path in open_} == dict.fromkeys(open_, 200)
        closed = [
            PATH,
            "/api/v1/units/unit-d",
            "/api/v1/questions",
            "/api/v1/schema",
            "/api/v1/questions/unit-members/definition",
            "/api/v1/nonsense",
        ]
        assert {path: client.get(path).status_code for path in closed} == dict.fromkeys(closed, 401)
        assert client.get(PATH, headers={"X-API-Key": reader}).status_code == 200
        assert "key-required" in client.get("/plain").text


def test_a_revoked_key_is_refused_while_serving(tmp_path, graph, keys):
    key, text = keys.create("gone")
    with client_of(application(tmp_path, graph), base=AWAY, **{"X-API-Key": text}) as client:
        assert client.get(PATH).status_code == 200
        KeyStore(tmp_path).revoke(key.id)
        assert client.get(PATH).status_code == 401


def test_a_key_file_that_cannot_be_trusted_lets_nobody_in(tmp_path, graph, keys, reader):
    with client_of(application(tmp_path, graph), base=AWAY, **{"X-API-Key": reader}) as client:
        keys.path.write_text("{")
        response = client.get(PATH)
        assert (response.status_code, response.json()["code"]) == (503, "keys-unusable")
        assert str(tmp_path) not in response.json()["detail"]


def test_names_are_for_keys_that_may_see_them_and_each_read_is_recorded(tmp_path, graph, keys, reader, seer):
    with client_of(application(tmp_path, graph)) as client:
        assert "Secret Name" not in client.get(PATH, headers={"X-API-Key": reader}).text
        response = client.get(PATH, headers={"X-API-Key": seer})
        assert response.json()["items"][0]["member"]["name"] == "Secret Name 0"
        assert client.get(PATH, headers={"X-API-Key": seer, "Accept": "text/csv"}).text.count("Secret Name") == 3
    lines = audit_of(tmp_path).splitlines()
    seer_id = next(key.id for key in keys.list() if key.label == "personnel")
    assert len(lines) == 2
    assert all(f"key={seer_id} route=/api/v1/units/{{id}}/members rows=3" in line for line in lines)
    assert "Secret" not in audit_of(tmp_path) and seer not in audit_of(tmp_path)


def test_the_record_is_kept_whatever_the_log_level_and_is_private(tmp_path, graph, seer):
    with client_of(application(tmp_path, graph, log_level="critical")) as client:
        client.get(PATH, headers={"X-API-Key": seer})
    assert audit_of(tmp_path).count("names read") == 1
    assert (tmp_path / "audit.log").stat().st_mode & 0o077 == 0


def test_answers_with_and_without_names_have_different_tags(tmp_path, graph, reader, seer):
    with client_of(application(tmp_path, graph)) as client:
        masked, shown = (client.get(PATH, headers={"X-API-Key": key}).headers["etag"] for key in (reader, seer))
        assert masked != shown
        again = client.get(PATH, headers={"X-API-Key": reader, "If-None-Match": shown})
        assert again.status_code == 200 and "Secret Name" not in again.text
        assert "authorization" in again.headers["vary"].lower() and again.headers["cache-control"].startswith("private")


def test_the_access_log_tells_the_route_and_not_what_was_asked(tmp_path, graph, reader):
    with client_of(application(tmp_path, graph)) as client, recorded("govnet.access") as said:
        client.get(f"{PATH}?role=staff", headers={"X-API-Key": reader})
        client.get("/api/v1/units/nobody%0Aforged")
        client.get("/nowhere/secret")
        lines = said().splitlines()
    assert len(lines) == 3
    assert re.fullmatch(
        r"GET /api/v1/units/\{id\}/members 200 [\d.]+ms \d+B key=[0-9a-f]{8} request=[0-9a-f]{16}", lines[0]
    )
    assert not any(word in "".join(lines) for word in ("staff", "unit-d", "nobody", "forged", "secret", reader))
