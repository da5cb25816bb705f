"""The plain page and the documentation, in both languages and at both widths, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
HEADINGS = {"zh": "zh-CN", "en": "en"}


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[[str, int], Page]]:
    """Opens a path at a width; fails at the end if anything went to another host or was reported as an error."""
    faults: list[str] = []
    contexts = []

    def opened(path: str, width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith((address, "data:")) else faults.append(request.url),
        )
        answer = page.goto(address + path)
        assert answer is not None and answer.ok
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_plain_page_counts_the_three_states(open_page, language, width):
    page = open_page(f"/plain?lang={language}", width)
    expect(page.locator("html")).to_have_attribute("lang", HEADINGS[language])
    rows = page.locator("main table tbody tr")
    assert rows.count() >= 18
    numbers = [int(text) for text in page.locator("main table tbody td").all_inner_texts() if text.strip().isdigit()]
    assert sum(numbers) > 1000
    for word in {"zh": ("满足", "未知", "演示"), "en": ("overed", "nknown", "ynthetic")}[language]:
        assert word in page.locator("body").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"


def test_the_language_can_be_switched(open_page):
    page = open_page("/plain?lang=zh", 1440)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_documentation_lists_the_interface(open_page, width):
    page = open_page("/docs", width)
    kinds = page.locator(".opblock-tag")
    expect(kinds.nth(15)).to_be_visible(timeout=90_000)
    # Closed at first, because hundreds of operations take long to draw.
    page.locator("#operations-tag-coverage").click()
    expect(page.locator(".opblock").nth(10)).to_be_attached(timeout=60_000)
