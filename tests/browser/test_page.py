"""The planners' page against the API on a real Neo4j, in both languages and at both widths: each journey, by keyboard where it counts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.neo4j_browser import Kit
from tests.browser.planner import Planner

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINDOWS = [("zh", 1440), ("zh", 390), ("en", 1440), ("en", 390)]
STATES = ("covered", "uncovered", "unknown")
UNIT, GRID, STREET = "unit-210902-11", "210902003013001", "210902003"
ROOMS = [
    "/", "/matrix", "/matrix?view=Grid&group=street&sort=sum", "/gaps", f"/gaps?cell={STREET}~req-street-meals", f"/entities/{UNIT}",
    f"/entities/{GRID}", "/network", f"/network?from={UNIT}", "/ask", "/ask/unit-load",
]  # fmt: skip


@pytest.fixture(params=WINDOWS, ids=[f"{language}-{width}" for language, width in WINDOWS])
def planner(request: pytest.FixtureRequest, browser: Browser, district: Kit) -> Iterator[Planner]:
    opened = Planner(browser, f"http://127.0.0.1:{district.port}", *request.param)
    yield opened
    opened.close()


@pytest.fixture
def reader(browser: Browser, district: Kit) -> Iterator[Planner]:
    """One window, for what neither language nor width changes."""
    opened = Planner(browser, f"http://127.0.0.1:{district.port}", "zh", 1440)
    yield opened
    opened.close()


def _figures(district: Kit) -> dict[str, int]:
    """Judgements by state, as the API's other question counts them."""
    rows = district.api("/api/v1/coverage/matrix?level=District&limit=1000")["items"]
    return {state: sum(row[state] for row in rows) for state in STATES}


# --- journeys -------------------------------------------------------------------------------------------------------


def test_monday_morning_the_overview_counts_and_leads_to_the_first_reason_in_two_clicks(planner, district):
    page = planner.open("/")
    figures = _figures(district)
    for state in STATES:
        expect(page.locator(f".tile.{state} strong")).to_have_text(f"{figures[state]:,}")
    assert page.locator("table.streets tbody tr").count() == 18
    expect(page.locator(".badge.synthetic").first).to_be_visible()
    planner.fits()
    planner.shot("overview")
    # first click: the gap; it opens in the list of gaps with its reason
    page.locator(".overview-side > .panel").first.locator(".overview-list a").first.click()
    reason = page.get_by_role("dialog")
    expect(reason).to_contain_text(planner.say("为什么算缺口", "Why this is a gap"))
    expect(reason).to_contain_text(planner.say("怎样消除", "What would close it"))
    expect(reason.locator(".providers li").first).to_be_visible()
    planner.fits()
    planner.shot("reason")


def test_the_matrix_is_walked_by_keyboard_from_the_district_to_a_reason(planner):
    page = planner.open("/matrix")
    rows = page.locator(".matrix tbody tr")
    expect(rows).to_have_count(8)
    rows.nth(1).locator("[data-at='1-0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".matrix tbody tr.Community").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".matrix tbody tr.Community")).to_have_count(0)
    page.keyboard.press("End")
    expect(page.locator("[data-at$='-19']:focus")).to_be_visible()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    expect(sheet.locator("li").first).to_be_visible()
    sheet.locator("li button").first.focus()
    page.keyboard.press("Enter")
    expect(sheet).to_contain_text(planner.say("依据台账", "Settled by"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    planner.fits()
    planner.shot("matrix")


def test_the_matrix_shows_the_states_of_the_api_and_moves_through_time(planner, district):
    page = planner.open(f"/matrix?view=Grid&area={STREET}")
    told = district.api(f"/api/v1/coverage/states?area={STREET}")["items"]
    grids = {a["area"]["id"]: a["states"] for row in told if row["level"] == "Grid" for a in row["areas"]}
    expect(page.locator(".matrix")).to_be_visible()
    assert page.locator("table[role=grid]").get_attribute("aria-rowcount") == str(len(grids) + 1)
    first = page.locator(".matrix tbody tr.Grid").first
    states = [mark for mark in first.locator("td .mark").evaluate_all("all => all.map(m => m.classList[1])") if mark]
    letters = {"covered": "+", "uncovered": "-", "unknown": "?"}
    assert sorted(letters[state] for state in states) == sorted(grids[min(grids)])
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".day-notice")).to_be_visible()
    assert "as_of=" in page.url
    before = page.url
    page.reload()
    expect(page.locator(".day-notice")).to_be_visible()
    assert page.url == before
    planner.fits()


def test_the_gaps_of_a_community_are_found_kept_in_the_address_and_exported(planner, district):
    page = planner.open("/gaps")
    rows = page.locator(".gaps tbody tr:not(.spacer)")
    expect(rows.first).to_be_visible()
    page.get_by_label(planner.say("名称", "Name"), exact=True).fill("爱民社区")
    wanted = district.api("/api/v1/coverage/gaps?area=210902003013&limit=1000")["items"]
    expect(rows).to_have_count(len(wanted))
    page.locator(".gaps-filters select").first.select_option("uncovered")
    certain = [row for row in wanted if row["state"] == "uncovered"]
    expect(rows).to_have_count(len(certain))
    assert "state=uncovered" in page.url and "q=" in page.url
    page.reload()
    expect(rows).to_have_count(len(certain))
    planner.fits()
    planner.shot("gaps")
    with page.expect_download() as saved:
        page.get_by_role("button", name=planner.say("导出 Excel", "Export to Excel")).click()
    book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()), read_only=True)
    kept = [
        row for row in book.worksheets[0].iter_rows(values_only=True) if any("爱民社区" in str(cell) for cell in row)
    ]
    assert len(kept) == len(certain), "the file holds what the room shows"
    assert not any("和平社区" in str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row)
    with page.expect_download() as saved:
        page.get_by_role("button", name=planner.say("导出 Word", "Export to Word")).click()
    assert len(docx.Document(io.BytesIO(saved.value.path().read_bytes())).tables[0].rows) == len(certain) + 1
    rows.first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(planner.say("谁最近、最有余力", "Who is nearest able to help"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_unit_s_page_explains_its_connections_and_gives_its_cypher(planner, district):
    page = planner.open(f"/entities/{UNIT}")
    told = district.api(f"/api/v1/entities/{UNIT}")
    pairings = next(r["count"] for r in told["relationships"] if r["type"] == "PAIRED_WITH")
    group = page.locator(".entity-group", has_text=planner.say("结对共建 →", "paired with →"))
    expect(group.locator("h3 .badge")).to_have_text(str(pairings))
    expect(page.locator(".entity-time li").first).to_be_visible()
    expect(page.locator(".small-network canvas").first).to_be_visible()
    expect(page.locator(".entity h1")).to_have_text(told["entity"]["name"])
    summary = page.locator(".entity-columns .cypher summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=planner.say("复制", "Copy with")).first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert UNIT in copied and "MATCH" in copied
    planner.fits()
    planner.shot("entity")


def test_members_appear_by_role_never_by_name(reader):
    page = reader.open("/entities/member-f136")
    expect(page.locator(".entity h1")).not_to_be_empty()
    expect(page.locator(".entity")).to_contain_text("姓名需要相应权限")


def test_the_network_expands_filters_finds_ways_and_is_shared_by_its_address(planner):
    page = planner.open(f"/network?from={UNIT}")
    counts = page.locator(".network-counts")
    expect(counts).to_contain_text(planner.say("个事物", "things"))
    expect(page.locator(".network-drawing canvas").first).to_be_visible()
    before = counts.inner_text()
    filtered = page.get_by_label(planner.say("筛选", "Filter"), exact=True)
    filtered.fill("韩家店村第1网格")
    page.locator(".network-members button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=planner.say("展开", "Expand"), exact=True).click()
    expect(counts).not_to_have_text(before)
    assert "%2C" in page.url or "," in page.url
    page.get_by_label(planner.say("所属", "member of"), exact=True).uncheck()
    assert "off=MEMBER_OF" in page.url
    planner.fits()
    planner.shot("network")
    planner.open(f"/network?start=member-f136&end={GRID}")
    expect(page.locator(".network-ways li").first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name=planner.say("导出图片", "Save picture")).click()
    picture = saved.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 5_000
    planner.shot("ways")


def test_anything_is_found_by_pinyin_initials_and_by_the_words_of_a_question(planner):
    page = planner.open("/")
    expect(page.locator(".tile").first).to_be_visible()
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.fill("ams")
    expect(page.get_by_role("option").first).to_contain_text("爱民社区")
    planner.shot("search")
    page.keyboard.press("Enter")
    expect(page.locator(".entity h1")).to_have_text("爱民社区")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(planner.say("结对负担", "How loaded"))
    option = page.get_by_role("option").first
    expect(option).to_contain_text("unit-load")
    page.keyboard.press("Enter")
    expect(page.locator(".ask-rows tbody tr").first).to_be_visible()
    assert "/ask/unit-load" in page.url
    planner.fits()
    planner.shot("ask")


def test_codes_in_answers_are_called_by_name(planner):
    """What a program reads as a code a planner reads as a word; ids stay what they are."""
    page = planner.open("/ask/claims-check?verdict=untestable&as_of=2026-06-01")
    rows = page.locator(".ask-rows tbody tr")
    expect(rows.first).to_contain_text(planner.say("无法检验", "untestable"))
    expect(rows.first).to_contain_text(planner.say("没有可统计的指标", "no metric"))
    if planner.language == "zh":
        expect(page.locator(".ask-rows tbody")).not_to_contain_text("no-metric")
    expect(rows.first).to_contain_text("src-article")
    expect(page.locator(".ask-form select option:checked")).to_have_text(planner.say("无法检验", "untestable"))
    planner.fits()
    planner.shot("ask-codes")


# --- every room -----------------------------------------------------------------------------------------------------


def test_axe_finds_no_serious_fault_in_any_room(planner):
    for path in ROOMS:
        page = planner.open(path)
        expect(page.locator("main h1, main h2").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        planner.fits()
        planner.accessible()


def test_the_language_is_switched_and_kept(reader):
    page = reader.page
    page.goto(f"{reader.address}/gaps")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "lang=en" in page.url
    page.goto(f"{reader.address}/matrix")
    expect(page.locator("h1")).to_have_text("Coverage matrix")


# --- states ---------------------------------------------------------------------------------------------------------


def test_nothing_found_is_said_and_a_way_back_offered(planner):
    page = planner.open("/gaps?q=没有这样的区域")
    expect(page.locator(".nothing")).to_contain_text(planner.say("没有符合条件的缺口", "No gap matches"))
    planner.shot("empty")
    page.get_by_role("button", name=planner.say("清除筛选", "Clear filters")).click()
    expect(page.locator(".gaps tbody tr").nth(5)).to_be_visible()


def test_an_unknown_thing_is_told_in_the_readers_language(planner):
    page = planner.open("/entities/unit-nowhere")
    expect(page.get_by_role("alert")).to_contain_text(planner.say("没有找到", "Not found"))
    planner.faults = [fault for fault in planner.faults if "404" not in fault]
    planner.shot("error")


def _failing(page: Page) -> Callable[[], None]:
    """Lets requests for the matrix fail as they do when the server is gone; calling it mends that."""

    def lose(route: Route) -> None:
        route.abort()

    page.route("**/coverage/states*", lose)
    return lambda: page.unroute("**/coverage/states*", lose)


def test_a_lost_server_is_told_and_can_be_tried_again(planner):
    mend = _failing(planner.page)
    page = planner.open("/matrix")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(planner.say("服务器没有回应", "The server does not answer"))
    mend()
    alert.get_by_role("button").click()
    expect(page.locator(".matrix tbody tr").first).to_be_visible()
    planner.faults = [fault for fault in planner.faults if "ERR_FAILED" not in fault]


def test_a_wait_is_shown_while_it_lasts(planner):
    held: list[Route] = []
    planner.page.route("**/coverage/states*", lambda route: held.append(route))
    page = planner.open("/matrix")
    expect(page.locator(".waiting").first).to_be_visible()
    planner.shot("waiting")
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    expect(page.locator(".matrix tbody tr").first).to_be_visible()
