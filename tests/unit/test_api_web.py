"""How the planners' page is served: its document at every room, its files packed and kept, and what stands in where it was not built."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from govnet_api.routers import web
from tests.served import Rows, application, client_of

ROOT = Path(__file__).parents[2]
DOCUMENT = '<!doctype html><div id="root"></div>'
SCRIPT = "export const answer = 42;"


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A page that was built."""
    folder = tmp_path / "app"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(DOCUMENT)
    (folder / "assets" / "index-abc.js").write_text(SCRIPT)
    (folder / "assets" / "index-abc.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    monkeypatch.setattr(web, "BUILT", folder)
    return folder


@pytest.fixture
def client(tmp_path, built):
    assert (built / "index.html").is_file()
    with client_of(application(tmp_path, Rows([]))) as opened:
        yield opened


def _addresses() -> list[str]:
    return [re.sub(r"\{\w+\}", "unit-d", path) for path in web.ROOMS]


def test_the_document_stands_at_every_room_under_a_policy_without_exceptions(client):
    for path in _addresses():
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200 and answer.text == DOCUMENT, path
        assert answer.headers["cache-control"] == "no-cache"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy


def test_an_address_without_a_room_is_still_not_found(client):
    assert client.get("/nonsense").status_code == 404
    assert client.get("/static/app/assets/nonsense.js").status_code == 404
    assert client.get("/static/app/../../texts.yaml").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "coding"), [("br, gzip", "gzip"), ("gzip;q=0", None), ("identity", None), ("GZIP", "gzip")]
)
def test_a_file_is_sent_packed_to_whoever_takes_that_and_kept_for_ever(client, accepted, coding):
    answer = client.get("/static/app/assets/index-abc.js", headers={"Accept-Encoding": accepted})
    assert answer.text == SCRIPT
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["content-type"].startswith(("text/javascript", "application/javascript"))
    assert "immutable" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding"


def test_without_a_built_page_the_rooms_say_how_to_build_it(tmp_path, monkeypatch):
    monkeypatch.setattr(web, "BUILT", tmp_path / "nothing")
    with client_of(application(tmp_path, Rows([]))) as client:
        for path in _addresses():
            said = client.get(path, headers={"Accept-Language": "en"}).text
            assert "make web" in said and "Node" in said, path
        assert client.get("/api/v1/health").status_code == 200


def test_the_server_knows_the_rooms_that_the_page_has():
    source = (ROOT / "web" / "src" / "app" / "rooms.ts").read_text(encoding="utf-8")
    paths = set(re.findall(r'path: "([^"]+)"', source))
    served = set()
    for path in web.ROOMS:
        served.add(re.sub(r"\{(\w+)\}", r":\1", path))
    # A part that may be missing is an address of its own for the server.
    wanted = {p for path in paths for p in ({path[:-1], path.rpartition("/")[0]} if path.endswith("?") else {path})}
    assert served == wanted


def test_the_pages_that_the_server_writes_keep_their_addresses_beside_the_rooms(client):
    source = (ROOT / "web" / "src" / "app" / "rooms.ts").read_text(encoding="utf-8")
    pages = re.findall(r'href: "([^"]+)"', source)
    assert pages == ["/cases", "/watches"] and not set(pages) & set(web.ROOMS)
    answer = client.get("/watches?lang=en", headers={"Accept": "text/html"})
    assert answer.text != DOCUMENT and '<html lang="en">' in answer.text
