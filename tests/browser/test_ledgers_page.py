"""A planner's way through the page of ledgers: a messy workbook, doubts, quarantine, correction, undo; in a real Chromium."""

from __future__ import annotations

import io
import os
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.messy import workbook

pytestmark = pytest.mark.browser
POPOLO = Path(__file__).parents[1] / "standards" / "council.popolo.json"
TITLES = ("序号", "结对单位", "街道", "社区", "网格", "结对日期", "服务内容")
CASES = [("zh", 1440, 2), ("zh", 390, 3), ("en", 1440, 4), ("en", 390, 5)]
UNITS = {2: "示例宣传事物单位02", 3: "示例政法事物单位03", 4: "示例教育但位04", 5: "示例科记单位05"}
SAID = {
    "zh": {"new": "新增", "done": "已导入", "undone": "已整体撤销", "failed": "没有成功"},
    "en": {"new": "New", "done": "Imported", "undone": "taken back as a whole", "failed": "did not work"},
}


def _ledger(day: str, doubtful: str, grid: str) -> bytes:
    place = ("和平街道", "益民社区居委会", grid)
    rows = [
        (1, "示例组织事务单位01", *place, "2026.3.1", ""),
        (2, doubtful, *place, "2026年3月", ""),
        (3, "从未听说的单位", *place, "2026-03-05", ""),
        (4, "示例组织事务单位01", "和平街道", "益民社区", "第99网格", "2026-03-05", ""),
        ("合计", 4, "", "", "", "", ""),
    ]
    return workbook({f"结对{day}": [("和平街道结对共建台账",), TITLES, *rows]})


def _upload(page: Page, content: bytes, name: str) -> None:
    page.locator("#file").set_input_files(
        files=[{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    page.locator("#upload button").click()
    expect(page.locator("#counts")).to_be_visible(timeout=20_000)


def _fits(page: Page) -> None:
    beyond = page.evaluate(
        "document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll('body *')]"
        ".filter(e => !e.closest('.scroller, .rooms') && e.getBoundingClientRect().right > window.innerWidth + 1)"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"the page scrolls sideways by {wide} px: {beyond}"


def _shot(page: Page, name: str) -> None:
    """Keep a picture where somebody asks for it, to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


@pytest.mark.parametrize(("language", "width", "number"), CASES)
def test_a_messy_ledger_comes_in_is_corrected_and_taken_back(open_page, tmp_path, language, width, number):
    said = SAID[language]
    page = open_page(f"/ledgers?lang={language}", width)
    _upload(page, _ledger(f"{language}{width}", UNITS[number], f"第{number}网格"), f"结对-{language}-{width}.xlsx")
    expect(page.locator("select[data-kind]")).to_have_value("pairings")
    assert page.locator("select[data-column]").count() >= 6
    cells = page.locator("#found table").first.locator("tbody td").all_inner_texts()
    total, imported, quarantined, ignored = (int(text) for text in cells[1:5])
    assert total == imported + quarantined + ignored
    assert quarantined > imported > 0
    expect(page.locator(".doubt")).to_have_count(1)
    _fits(page)
    _shot(page, f"ledgers-doubt-{language}-{width}")

    page.locator(".doubt input[value^='join=']").first.check()
    page.locator("#again").click()
    expect(page.locator(".doubt")).to_have_count(0)
    with page.expect_download() as download:
        page.locator("#quarantine").click()
    rejected = Path(tmp_path, "quarantine.xlsx")
    download.value.save_as(rejected)
    page.locator("#apply").click()
    expect(page.locator("#status")).to_contain_text(said["done"], timeout=20_000)
    expect(page.locator("button[data-plan]").first).to_be_visible()
    _fits(page)
    _shot(page, f"ledgers-done-{language}-{width}")

    book = openpyxl.load_workbook(rejected)
    sheet = book.worksheets[0]
    held = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum("从未听说的单位" in row for row in held) == 1
    assert sum(any("99" in str(value) for value in row) for row in held) == 1
    assert len(held) == 3
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "从未听说的单位":
                cell.value = "示例组织事务单位01"
            elif cell.value == "第99网格":
                cell.value = f"第{number - 1}网格"
    corrected = io.BytesIO()
    book.save(corrected)
    book.close()
    _upload(page, corrected.getvalue(), f"改正-{language}-{width}.xlsx")
    expect(page.locator("#quarantine")).to_have_count(0, timeout=20_000)
    page.locator("#apply").click()
    expect(page.locator("#status")).to_contain_text(said["done"], timeout=20_000)

    for _ in range(2):
        page.locator("button[data-plan]").first.click()
        expect(page.locator("#status")).to_contain_text(said["undone"], timeout=20_000)
    expect(page.locator("button[data-plan]")).to_have_count(0)
    _fits(page)


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1440)])
def test_a_popolo_file_comes_in_with_a_kind_for_its_people(open_page, language, width):
    said = SAID[language]
    page = open_page(f"/ledgers?lang={language}", width)
    content = POPOLO.read_bytes().replace(b"Invented Council", f"Invented Council {language}".encode())
    _upload(page, content, f"council-{language}.popolo.json")
    expect(page.locator("select[data-kind]")).to_have_count(0)
    assert page.locator("#share").count() == 0
    held = page.locator("#found").inner_text()
    assert "/persons/0" in held
    page.locator("#member-kind").select_option("volunteer")
    expect(page.locator("#status")).to_have_text("")
    expect(page.locator("#member-kind")).to_have_value("volunteer")
    assert "/persons/0 " not in page.locator("#found").inner_text().replace(":", " ")
    _fits(page)
    _shot(page, f"ledgers-popolo-{language}-{width}")
    page.locator("#apply").click()
    expect(page.locator("#status")).to_contain_text(said["done"], timeout=20_000)
    page.locator("button[data-plan]").first.click()
    expect(page.locator("#status")).to_contain_text(said["undone"], timeout=20_000)


def test_every_kind_has_a_template_to_download(open_page):
    page = open_page("/ledgers?lang=en", 1440)
    page.locator("#blank-kind").select_option("pairings")
    with page.expect_download() as download:
        page.locator("#blank").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book.sheetnames
    expect(page.locator("#history")).not_to_be_empty()


def test_the_overview_leads_to_the_ledgers(open_page):
    page = open_page("/?lang=en", 390)
    page.get_by_role("link", name="Ledgers").click()
    expect(page.locator("h1")).to_have_text("Import ledgers")
