"""The matrix room where the district is so large that its matrix is shown in parts; the parts are real, the size is made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Request, Route, expect

from tests.browser.neo4j_browser import Kit
from tests.browser.planner import Planner

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINDOWS = [("zh", 1440), ("zh", 390), ("en", 1440), ("en", 390)]
STREETS = 7
PROBLEM = {"type": "/problems/query-failed", "code": "query-failed", "title": "Query failed", "status": 500}


@pytest.fixture(params=WINDOWS, ids=[f"{language}-{width}" for language, width in WINDOWS])
def planner(request: pytest.FixtureRequest, browser: Browser, district: Kit) -> Iterator[Planner]:
    opened = Planner(browser, f"http://127.0.0.1:{district.port}", *request.param)
    opened.page.route("**/api/v1/areas?*level=Street*", _many)
    yield opened
    opened.faults = [fault for fault in opened.faults if "500" not in fault]
    opened.close()


def _many(route: Route) -> None:
    """Says that a thousand communities lie in each street."""
    answer = route.fetch()
    told = answer.json()
    for row in told["items"]:
        row["parts"] = 1000
    route.fulfill(response=answer, body=json.dumps(told))


def _area(route: Route) -> str | None:
    return parse_qs(urlsplit(route.request.url).query).get("area", [None])[0]


def _refuse(route: Route) -> None:
    route.fulfill(status=500, content_type="application/problem+json", body=json.dumps(PROBLEM))


def test_the_first_streets_are_there_before_the_whole_matrix(planner):
    held: list[Route] = []
    planner.page.route(
        "**/coverage/states*", lambda route: route.continue_() if _area(route) is not None else held.append(route)
    )
    page = planner.open("/matrix?area=210902006")
    part = page.locator(".matrix-part")
    expect(part.get_by_role("status")).to_contain_text(planner.say("已显示 7 个街道中的 3 个", "3 of 7 streets shown"))
    # the chosen street is among the first, and can be worked with
    expect(page.locator(".matrix tbody tr.Street")).to_have_count(1)
    page.locator(".matrix tbody tr.Street .fold").click()
    page.locator(".matrix tbody tr.Street .fold").click()
    expect(page.locator(".matrix tbody tr.Community").first).to_be_visible()
    planner.fits()
    planner.accessible()
    planner.shot("part")
    for route in held:
        route.continue_()
    expect(part).to_have_count(0)
    page.locator(".matrix-filters select").first.select_option("")
    expect(page.locator(".matrix tbody tr.Street")).to_have_count(STREETS)


def test_where_the_whole_is_refused_it_is_read_street_by_street_and_what_failed_is_asked_for_again(planner):
    failing = {"210902005"}
    planner.page.route(
        "**/coverage/states*",
        lambda route: _refuse(route) if _area(route) is None or _area(route) in failing else route.continue_(),
    )
    page = planner.open("/matrix")
    part = page.locator(".matrix-part")
    expect(part.get_by_role("status")).to_contain_text(planner.say("已显示 7 个街道中的 6 个", "6 of 7 streets shown"))
    expect(part).to_contain_text(planner.say("没有读到的街道：1 个", "Streets that could not be read: 1"))
    expect(page.locator(".matrix tbody tr.Street")).to_have_count(STREETS - 1)
    planner.fits()
    planner.accessible()
    planner.shot("part-failed")
    failing.clear()
    part.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(part).to_have_count(0)
    expect(page.locator(".matrix tbody tr.Street")).to_have_count(STREETS)


def test_a_small_district_asks_for_its_matrix_once(browser: Browser, district: Kit):
    planner = Planner(browser, f"http://127.0.0.1:{district.port}", "zh", 1440)
    asked: list[str] = []

    def heard(request: Request) -> None:
        asked.append(urlsplit(request.url).path)

    planner.page.on("request", heard)
    page = planner.open("/matrix")
    expect(page.locator(".matrix tbody tr.Street")).to_have_count(STREETS)
    page.wait_for_load_state("networkidle")
    for path in ("/coverage/states", "/requirements", "/ready", "/areas"):
        assert asked.count(f"/api/v1{path}") == 1, path
    planner.close()
