"""The documentation as its reader opens it: built, served, in a real Chromium."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import needs

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    needs("browser")
    folder = tmp_path_factory.mktemp("docs")
    build = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--quiet", "-b", "html", "docs", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, timeout=300)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("缺口", "tutorials/planner-zh.html"),
        ("导入台账", "howto/ledgers-zh.html"),
        ("deliveries webhook", "howto/watches.html"),
        ("撤销 govnet", "howto/planning-zh.html"),
    ],
)
def test_a_search_finds_pages_in_both_languages(browser: Browser, site: str, words: str, page: str) -> None:
    tab = browser.new_page()
    failed: list[str] = []
    tab.on("pageerror", lambda error: failed.append(str(error)))
    tab.goto(f"{site}/search.html?q={words}")
    expect(tab.locator(f"#search-results a[href*='{page}']").first).to_be_visible(timeout=20_000)
    assert failed == []
    tab.goto(f"{site}/search.html?q=没有这样的文字")
    expect(tab.locator("#search-results")).to_contain_text("did not match any documents", timeout=20_000)
    tab.close()


def test_each_page_says_its_language(browser: Browser, site: str) -> None:
    tab = browser.new_page()
    for page, language in (("tutorials/planner-zh", "zh"), ("tutorials/planner", "en")):
        tab.goto(f"{site}/{page}.html")
        assert tab.locator("html").get_attribute("lang") == language
    tab.close()
