"""Takes the pictures of the documents.

``python -m tests.browser.screenshots rooms FOLDER`` those of the rooms of the planners' page, on a Neo4j that it starts,
``python -m tests.browser.screenshots neo4j FOLDER`` those of Neo4j Browser, on a Neo4j and an API that it starts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from govnet_graph.browser import investigation, model_map
from govnet_graph.questions import pasteable
from tests.browser.conftest import FLAGS, free_port
from tests.browser.neo4j_browser import Kit, Neo4jBrowser
from tests.conftest import chromium

#: Rooms of the planners' page, by the name of their picture.
ROOMS = {
    "overview": "/",
    "report": "/report?from=2026-05-01&to=2026-07-01",
    "matrix": "/matrix?area=210902003",
    "gaps": "/gaps?state=uncovered&cell=210902003001004~req-demo-pairing",
    "entity": "/entities/unit-210902-11",
    "network": "/network?from=unit-210902-11,210902101202001",
    "ledgers": "/ledgers",
    "ask": "/ask/member-units?member=member-f136",
}


#: A plan to be looked at in its room.
PLAN = {
    "area": "210902003",
    "as_of": "2026-06-01",
    "options": {"requirements": ["req-demo-pairing"]},
    "save": {"name": "和平街道补齐结对", "reason": "联席会议议题"},
}


def rooms(address: str, folder: Path) -> None:
    """The rooms of the planners' page, in Chinese, on the day on which the demonstration district is best looked at."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        asked = browser.new_page().request.post(
            f"{address}/api/v1/plans/results/repair", data=PLAN, headers={"prefer": "wait=60"}
        )
        for name, path in {**ROOMS, "plans": f"/plans/{asked.json()['plan']}"}.items():
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}as_of=2026-06-01")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(2_000)  # the drawing settles
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


def neo4j_browser(kit: Kit, folder: Path) -> None:
    """The guide, a drawn view and the map of the model, in the style of the kit. No view here holds a person's name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        window = Neo4jBrowser(browser.new_page(viewport={"width": 1200, "height": 620}), kit)
        window.style(f"{kit.origin}/browser/govnet.grass")
        window.clear()
        frame = window.run(f":play {kit.origin}/browser/guide")
        expect(frame).to_contain_text("基层治理图谱")
        window.page.wait_for_timeout(2_000)  # the frame unfolds
        window.page.screenshot(path=folder / "neo4j-browser-guide.png")
        step = next(s for s in investigation().steps if s.question.id == "resources-by-service")
        for name, text in (("view", pasteable(step.shown, step.parameters)), ("map", model_map())):
            window.clear()
            window.drawn(window.run(text))
            window.page.screenshot(path=folder / f"neo4j-browser-{name}.png")
        browser.close()


if __name__ == "__main__":
    if sys.argv[1] == "neo4j":
        with tempfile.TemporaryDirectory() as home, Kit(Path(home), free_port()).running() as running:
            neo4j_browser(running, Path(sys.argv[2]))
    elif sys.argv[1] == "rooms":
        with tempfile.TemporaryDirectory() as home, Kit(Path(home), free_port()).running() as running:
            rooms(f"http://127.0.0.1:{running.port}", Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
