"""Another endpoint's requests as cases: once, changed where they changed there, ours where we work on them."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from govnet_graph import cases
from govnet_graph.cases import StepRequest
from govnet_graph.cases.open311.fetching import Endpoint, EndpointFailed
from govnet_graph.cases.open311.pulling import PREFIX, Options, pull
from govnet_graph.changes import undo
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions.values import ZONE
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

GRID = "990101001001001"
SINCE, UNTIL = (dt.datetime(2026, 5, day, tzinfo=ZONE) for day in (1, 31))


def theirs(number: int, **more) -> dict:
    """A request as another program writes it: numbers where the standard has text, and nulls."""
    return {
        "service_request_id": 638000 + number, "status": "open", "service_name": "Pothole", "service_code": 6, "description": "坑 <b>",
        "agency_responsible": None, "requested_datetime": f"2026-05-{number % 28 + 1:02}T18:30:00Z", "updated_datetime": None,
        "expected_datetime": "2026-06-01T00:00:00+08:00", "address": "甲区 松社区 5号", "address_id": 545483, "zipcode": 94122,
        "lat": "42.01", "long": "121.66", "media_url": "", **more,
    }  # fmt: skip


class Other:
    def __init__(self) -> None:
        self.requests: list[dict] = []
        self.asked: list[dict[str, list[str]]] = []
        self.page = 10_000
        self.xml_only = False
        self.raw: tuple[int, bytes, str] | None = None
        self.url = ""


@contextmanager
def other() -> Iterator[Other]:
    held = Other()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            held.asked.append(query)
            start, end = (dt.datetime.fromisoformat(query[name][0]) for name in ("start_date", "end_date"))
            inside = [r for r in held.requests if start <= dt.datetime.fromisoformat(r["requested_datetime"]) <= end]
            page = int(query.get("page", ["1"])[0])
            shown = inside[(page - 1) * held.page : page * held.page]
            if held.raw is not None:
                status, body, location = held.raw
            elif held.xml_only and parts.path.endswith(".json"):
                status, body, location = 404, b"<errors/>", ""
            elif parts.path.endswith(".xml"):
                fields = "".join(
                    "<request>"
                    + "".join(f"<{k}>{'' if v is None else str(v).replace('<', '&lt;')}</{k}>" for k, v in r.items())
                    + "</request>"
                    for r in shown
                )
                status, body, location = (
                    200,
                    f"<?xml version='1.0' encoding='utf-8'?><service_requests>{fields}</service_requests>".encode(),
                    "",
                )
            else:
                status, body, location = 200, json.dumps(shown).encode(), ""
            self.send_response(status)
            if location:
                self.send_header("location", location)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    held.url = f"http://127.0.0.1:{server.server_address[1]}/open311/v2"
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def loaded(on_graph, district):
    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


def read(there: Other, since=SINCE, until=UNTIL) -> list[dict]:
    with Endpoint(there.url) as endpoint:
        return list(endpoint.requests(since, until))


async def pulled_cases(graph) -> list[dict]:
    rows = await graph.read(
        "MATCH (c:Case)-[r:RAISED_IN]->(a) WHERE c.id STARTS WITH $prefix RETURN properties(c), a.id ORDER BY c.external",
        {"prefix": PREFIX},
    )
    return [{**case, "area": area} for case, area in rows]


def test_requests_become_cases_once(loaded):
    with other() as there:
        there.requests = [
            theirs(1),
            theirs(2, status="closed", updated_datetime="2026-05-20T00:00:00Z"),
            theirs(3, address_id=GRID, address=""),
        ]
        found = read(there)

        async def work(graph):
            first = await pull(graph, there.url, found, Options({"6": "road"}))
            held = await pulled_cases(graph)
            second = await pull(graph, there.url, read(there), Options({"6": "road"}))
            assert await pulled_cases(graph) == held
            await undo(graph, first.plan, author="test", reason="not ours")
            assert await pulled_cases(graph) == []
            third = await pull(graph, there.url, found, Options({"6": "road"}))
            return first, held, second, third

        first, held, second, third = loaded(work)
    assert (first.requests, first.created, first.unplaced, first.unsorted) == (3, 3, 0, 0)
    assert (second.created, second.changed, second.unchanged, second.already) == (0, 0, 3, True)
    assert third.created == 3
    assert [case["area"] for case in held] == ["990101001001", "990101001001", GRID]
    assert [case["state"] for case in held] == ["raised", "closed", "raised"]
    assert held[1]["closed_on"] == dt.date(2026, 5, 20) or str(held[1]["closed_on"]) == "2026-05-20"
    # Half past six in the evening in London is the next day here.
    assert str(held[0]["raised_on"]) == "2026-05-03"
    assert held[0]["kind"] == "road" and held[0]["name"] == "松社区Pothole" and held[0]["description"] == "坑 <b>"


def test_what_changed_there_changes_here_unless_we_work_on_it(loaded):
    with other() as there:
        there.requests = [theirs(1), theirs(2)]

        async def work(graph):
            await pull(graph, there.url, read(there), Options({"6": "road"}))
            ours, following = [case["id"] for case in await pulled_cases(graph)]
            await cases.take(graph, StepRequest(case=ours, step="dispatch", target="unit-a"))
            for request in there.requests:
                request |= {"status": "closed", "updated_datetime": "2026-05-25T00:00:00Z"}
            done = await pull(graph, there.url, read(there), Options({"6": "road"}))
            states = {case["id"]: case["state"] for case in await pulled_cases(graph)}
            return ours, following, done, states

        ours, following, done, states = loaded(work)
    assert (done.created, done.changed, done.differ) == (0, 1, [ours])
    assert states == {ours: "dispatched", following: "closed"}


def test_xml_pages_and_spans_are_read_to_the_end(loaded):
    with other() as there:
        there.xml_only, there.page = True, 50
        there.requests = [theirs(n) for n in range(120)]
        found = read(there, dt.datetime(2026, 1, 1, tzinfo=ZONE), UNTIL)
        assert len({r["service_request_id"] for r in found}) == 120 == len(found)
        spans = [(q["start_date"][0], q["end_date"][0]) for q in there.asked]
        days = [dt.datetime.fromisoformat(b) - dt.datetime.fromisoformat(a) for a, b in spans]
        assert max(days) <= dt.timedelta(days=90) and len(set(spans)) == 2

        async def work(graph):
            return await pull(graph, there.url, found, Options())

        done = loaded(work)
        assert (done.created, done.unsorted) == (120, 120)
        # An endpoint that knows no pages answers with the same list, and that is the end.
        there.page, there.xml_only = 10_000, False
        assert len(read(there)) == 120


def test_what_cannot_be_read_is_named_and_the_rest_is_taken(loaded):
    with other() as there:
        found = [
            theirs(1), theirs(2, status="lost"), theirs(3, service_request_id=None), theirs(4, requested_datetime="soon"),
            theirs(5, service_request_id=f"{PREFIX}0123456789abcdef"), theirs(6, lat="north", address=None, description={"a": 1}),
        ]  # fmt: skip

        async def work(graph):
            done = await pull(graph, there.url, found, Options({"6": "road"}))
            return done, await pulled_cases(graph)

        done, held = loaded(work)
    assert (done.created, done.copies, len(done.unread), done.unplaced) == (2, 1, 3, 1)
    assert (
        "status" in done.unread[0] and "service_request_id" in done.unread[1] and "requested_datetime" in done.unread[2]
    )
    assert held[1]["area"] == "990101" and "latitude" not in held[1]


def test_an_endpoint_that_fails_changes_nothing():
    with other() as there:
        for raw, word in (
            ((500, b"oops", ""), "500"), ((302, b"", "http://elsewhere.example/"), "elsewhere"), ((200, b"no json", ""), "JSON"),
            ((200, b'{"a": 1}', ""), "list"), ((200, b"<!DOCTYPE x><service_requests/>", ""), "document type"), ((200, b"<a><b></a>", ""), "XML"),
        ):  # fmt: skip
            there.raw = raw
            with pytest.raises(EndpointFailed, match=word):
                read(there)
    with pytest.raises(EndpointFailed, match="does not answer"):
        read(there)
    for bad in ("ftp://x", "x", "http://", "http://a?b=c", "http://user@a"):
        with pytest.raises(BadInput):
            Endpoint(bad)


def test_an_unknown_kind_or_area_is_refused(loaded):
    async def work(graph):
        with pytest.raises(BadInput, match="teapot"):
            await pull(graph, "http://x", [theirs(1)], Options({"6": "teapot"}))
        with pytest.raises(NotFound, match="unit-a"):
            await pull(graph, "http://x", [theirs(1)], Options(area="unit-a"))

    loaded(work)
