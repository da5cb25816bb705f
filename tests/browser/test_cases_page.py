"""A planner's way through the pages of cases: raise, see who could answer, dispatch, accept, solve, confirm; by keyboard too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from govnet_graph.cases import MACHINE

pytestmark = pytest.mark.browser
VIEWS = [("zh", 1440), ("zh", 390), ("en", 1440), ("en", 390)]
GRID = "210902003013001"
SAID = {
    "zh": {"state": "已确认", "late": "超期", "choose": "请先选择", "undo": "撤销"},
    "en": {"state": "closed", "late": "late", "choose": "Choose first", "undo": "Take back"},
}
#: What assistive technology needs of every page; each gives the elements that lack it.
NEEDS = {
    "a field has a label": """[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
        .filter((e) => !e.labels?.length && !e.ariaLabel).map((e) => e.outerHTML)""",
    "a button says what it does": """[...document.querySelectorAll('button, summary, a')].filter((e) => !e.textContent.trim())
        .map((e) => e.outerHTML)""",
    "an id is there once": """[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, at, all) => all.indexOf(id) !== at)""",
    "what an element refers to is there": """[...document.querySelectorAll('[aria-describedby]')].map((e) => e.getAttribute('aria-describedby'))
        .filter((id) => !document.getElementById(id))""",
    "one heading of the first order": "[...document.querySelectorAll('h1')].slice(1).map((e) => e.outerHTML)",
    "what scrolls can be reached by keyboard": "[...document.querySelectorAll('.wide:not([tabindex])')].map((e) => e.outerHTML)",
    "a heading of a table says what it heads": "[...document.querySelectorAll('th:not([scope])')].map((e) => e.outerHTML)",
}


def _sound(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert page.locator("html").get_attribute("lang") in ("zh-CN", "en")
    for need, lacking in NEEDS.items():
        assert page.evaluate(lacking) == [], need


def _shot(page: Page, name: str) -> None:
    """Keep a picture where somebody asks for it, to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


def _send(page: Page, step: str) -> None:
    """Send a step's form, opened where it is folded."""
    form = page.locator(f"form[data-step={step}]")
    if form.locator("details").get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("button").click()


def _done(page: Page, step: str, language: str) -> None:
    text = MACHINE[step].text
    expect(page.locator("p[role=status]")).to_contain_text(text.en if language == "en" else text.zh, timeout=20_000)


def _raise(page: Page, language: str, name: str) -> None:
    page.locator("#raise-name").fill(name)
    page.locator("#raise-area").fill(GRID)
    page.locator("#raise-kind").select_option("neighbour-dispute")
    page.locator("#raise-channel").select_option("forum")
    page.locator("form[data-raise] button").click()
    _done(page, "raise", language)


@pytest.mark.parametrize(("language", "width"), VIEWS)
def test_a_case_goes_all_its_way(open_page, language, width):
    said = SAID[language]
    page = open_page(f"/cases?lang={language}", width)
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("tbody")).to_contain_text(said["late"])
    _sound(page)
    _shot(page, f"cases-list-{language}-{width}")

    _raise(page, language, f"楼上漏水 {language} {width}")
    expect(page.locator("h1")).to_have_text(f"楼上漏水 {language} {width}")
    assert page.locator("input[name=target]").count() > 1
    _sound(page)
    _shot(page, f"case-raised-{language}-{width}")

    _send(page, "dispatch")
    expect(page.locator("#status")).to_contain_text(said["choose"])
    page.locator("input[name=target]").first.check()
    _send(page, "dispatch")
    _done(page, "dispatch", language)
    for step in ("accept", "done", "confirm"):
        _send(page, step)
        _done(page, step, language)
    expect(page.locator("dl.facts")).to_contain_text(said["state"])
    expect(page.locator("form[data-step]")).to_have_count(1)
    rows = page.locator("table").last.locator("tbody tr")
    expect(rows).to_have_count(5)
    _sound(page)
    _shot(page, f"case-closed-{language}-{width}")


def test_a_refusal_needs_a_reason_and_a_step_can_be_taken_back(open_page):
    page = open_page("/cases?lang=en", 1440)
    _raise(page, "en", "楼道噪声")
    page.locator("input[name=target]").first.check()
    _send(page, "dispatch")
    _done(page, "dispatch", "en")
    _send(page, "refuse")
    expect(page.locator("#step-refuse-reason:invalid")).to_have_count(1)
    page.locator("#step-refuse-reason").fill("不属本单位职责")
    page.locator("form[data-step=refuse] button").click()
    _done(page, "refuse", "en")
    expect(page.locator("table").last).to_contain_text("不属本单位职责")
    page.locator("form[data-undo] summary").click()
    page.locator("form[data-undo] button").click()
    expect(page.locator("p[role=status]")).to_contain_text("Take back", timeout=20_000)
    expect(page.locator("form[data-step=accept]")).to_have_count(1)


def test_two_windows_and_one_case(open_page):
    """Who comes second is told what happened, and nothing is written twice."""
    page = open_page("/cases?lang=zh", 1440)
    _raise(page, "zh", "井盖松动")
    other = page.context.new_page()
    other.goto(page.url)
    _send(page, "whistle")
    _done(page, "whistle", "zh")
    _send(other, "whistle")
    expect(other.locator("#status")).to_contain_text("不允许这一步")


def test_the_page_can_be_used_by_keyboard(open_page):
    page = open_page("/cases?lang=en", 1440)
    _raise(page, "en", "公共晾衣架损坏")
    summary = page.locator("form[data-step=whistle] summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("请各部门报到")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _done(page, "whistle", "en")
    expect(page.locator("table").last).to_contain_text("请各部门报到")


def test_the_list_is_filtered_and_the_start_page_leads_to_it(open_page):
    page = open_page("/?lang=en", 390)
    page.get_by_role("link", name="Cases", exact=True).click()
    expect(page.locator("h1")).to_have_text("Cases")
    page.locator("#state").select_option("refused")
    page.locator("form[role=search] button").click()
    expect(page.locator("#state")).to_have_value("refused")
    states = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert states and all(text.startswith("refused") for text in states)
