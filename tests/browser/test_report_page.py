"""The report room in Chromium: chosen by keyboard, looked at, kept as Word; what it shows is what the API tells."""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import Iterator

import docx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.planner import Planner

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINDOWS = [("zh", 1440), ("en", 390)]
STREET = "210902003"
ASKED = f"from=2026-05-01&to=2026-07-01&area={STREET}"
#: A certificate is proven before the report is there.
PATIENCE = 120_000


@pytest.fixture(params=WINDOWS, ids=[f"{language}-{width}" for language, width in WINDOWS])
def planner(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Planner]:
    opened = Planner(browser, address, *request.param)
    yield opened
    opened.close()


def _told(address: str, audience: str) -> dict:
    with urllib.request.urlopen(
        f"{address}/api/v1/report?{ASKED}&audience={audience}&format=json", timeout=120
    ) as answer:
        return json.load(answer)


def test_a_report_is_chosen_looked_at_and_kept(planner):
    page = planner.open(f"/report?{ASKED}")
    paper = page.locator(".report-paper")
    told, lang = _told(planner.address, "leaders"), planner.language
    expect(paper.locator("h2")).to_have_text(told["title"][lang], timeout=PATIENCE)
    figures = [figure for figure in told["figures"] if figure["whole"]]
    rows = paper.locator("section").first.locator("tbody tr")
    expect(rows).to_have_count(len(figures))
    cells = rows.nth(0).locator("td").all_inner_texts()[1:5]
    assert cells == [str(figures[0][name]) for name in ("covered", "uncovered", "unknown", "total")]
    expect(paper).to_contain_text(told["certificate"]["seal"])
    expect(paper).to_contain_text(planner.say("含演示数据", "generated for demonstration"))
    planner.fits()
    planner.accessible()
    planner.shot("report")
    # Other readers, by keyboard; the address keeps it.
    chooser = page.locator(".report-asked select").first
    chooser.focus()
    page.keyboard.press("ArrowDown")
    expect(chooser).to_have_value("joint-meeting")
    meeting = _told(planner.address, "joint-meeting")
    rows = sum(len(section["rows"]) for section in meeting["sections"])
    expect(paper.locator("tbody tr")).to_have_count(rows, timeout=PATIENCE)
    assert "for=joint-meeting" in page.url
    planner.fits()
    with page.expect_download() as saved:
        page.get_by_role("button", name=planner.say("存为 Word", "Save as Word")).click()
    document = docx.Document(io.BytesIO(saved.value.path().read_bytes()))
    assert document.paragraphs[0].text == meeting["title"][lang]
    assert sum(len(table.rows) - 1 for table in document.tables) == rows


def test_the_overview_tells_of_a_month_and_leads_to_its_report(planner):
    page = planner.open("/?as_of=2026-07-01")
    page.get_by_role("button", name=planner.say("看近 30 天", "Last 30 days")).click()
    assert "since=month" in page.url
    counted = page.locator(".overview-counted dd")
    expect(counted.first).not_to_have_text("…")
    pairings = f"{planner.address}/api/v1/questions/pairing-changes?from=2026-05-31&as_of=2026-07-01&limit=1000"
    with urllib.request.urlopen(pairings, timeout=60) as answer:
        told = [row["change"] for row in json.load(answer)["items"]]
    expect(counted.nth(2)).to_have_text(str(told.count("began")))
    expect(counted.nth(3)).to_have_text(str(told.count("ended")))
    shown = counted.all_inner_texts()
    assert len(shown) == 4 and all(text.isdigit() for text in shown)
    expect(page.get_by_text(planner.say("最新通知", "Newest notices"))).to_be_visible()
    planner.fits()
    planner.accessible()
    page.get_by_role("link", name=planner.say("写成汇报", "Make a report of it")).click()
    expect(page.get_by_label(planner.say("期末", "To"), exact=True)).to_have_value("2026-07-01")
    assert "from=2026-05-31" in page.url


def test_gaps_leave_as_word_with_the_filters_of_the_address(planner):
    page = planner.open("/gaps?area=210902003013&state=uncovered&as_of=2026-06-01")
    rows = page.locator(".gaps tbody tr:not(.spacer)")
    expect(rows.first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name=planner.say("导出 Word", "Export to Word")).click()
    table = docx.Document(io.BytesIO(saved.value.path().read_bytes())).tables[0]
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told[0][0] == planner.say("区域", "Area") and len(told) - 1 == rows.count()
    assert {row[5] for row in told[1:]} == {planner.say("缺口", "gap")}
