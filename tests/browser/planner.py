"""A planner's window on the page: opens rooms, watches for faults, asks axe."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

PATIENCE = 30_000  # ms; a busy machine is no fault of the page
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_SERIOUS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`)"""


class Planner:
    """One window of one language and width; ``faults`` collects what went wrong or went elsewhere."""

    def __init__(self, browser: Browser, address: str, language: str, width: int) -> None:
        self.address, self.language, self.width = address, language, width
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900},
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        own = (address, "data:", "blob:")
        self.page.on("request", lambda r: None if r.url.startswith(own) else self.faults.append(r.url))

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def open(self, path: str) -> Page:
        """Go to a room, in the window's language."""
        joint = "&" if "?" in path else "?"
        answer = self.page.goto(f"{self.address}{path}{joint}lang={self.language}")
        assert answer is not None and answer.ok
        return self.page

    def say(self, zh: str, en: str) -> str:
        """The text of the window's language."""
        return en if self.language == "en" else zh

    def fits(self) -> None:
        """The page must not scroll sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{self.page.url} scrolls sideways: {wide}"

    def accessible(self) -> None:
        """Axe must find no serious fault."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(_SERIOUS)
        assert found == [], f"{self.page.url}: {found}"

    def shot(self, name: str) -> None:
        """Keep a picture where somebody asks for it, to look at."""
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            self.page.screenshot(path=str(Path(folder, f"{name}-{self.language}-{self.width}.png")))

    def close(self) -> None:
        """End the window; it must have seen no fault."""
        self.context.close()
        assert self.faults == [], self.faults
