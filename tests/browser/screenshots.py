"""Takes the pictures of the documents: ``python -m tests.browser.screenshots ADDRESS FOLDER`` against a served demo district."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.conftest import chromium

VIEWS = [
    ("start-page", "zh", 1440),
    ("start-page-en", "en", 1440),
    ("start-page-narrow", "zh", 390),
    ("start-page-en-narrow", "en", 390),
]


def main(address: str, folder: Path) -> None:
    """One picture a language and width."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, language, width in VIEWS:
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(f"{address}/?lang={language}")
            page.screenshot(path=folder / f"{name}.png", full_page=width < 1000)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
