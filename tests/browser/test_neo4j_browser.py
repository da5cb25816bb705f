"""The investigator's kit in a real Neo4j Browser in a real Chromium: paste, guide, style, favourites, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from govnet_graph import browser as kit_of
from govnet_graph.browser.style import LOOKS
from govnet_graph.questions import pasteable, views
from tests.browser.conftest import free_port
from tests.browser.neo4j_browser import PATIENCE, Kit, Neo4jBrowser
from tests.conftest import needs
from tests.integration.conftest import NEO4J

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module", params=NEO4J)
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    needs("browser")
    needs("neo4j")
    with Kit(tmp_path_factory.mktemp("kit"), free_port(), request.param).running() as running:
        yield running


@pytest.fixture
def window(browser: Browser, kit: Kit) -> Iterator[Neo4jBrowser]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Neo4jBrowser(context.new_page(), kit)
    context.close()


def test_a_pasted_question_shows_the_rows_of_the_api(window, kit):
    where, query = "/api/v1/questions/grid-supporters", "grid=210902009002006&as_of=2026-06-01&limit=5"
    items = kit.api(f"{where}?{query}")["items"]
    frame = window.run(kit.api(f"{where}/definition?{query}")["browser"])
    rows = window.table(frame)
    # the first column of the table counts its rows
    shown = [(row[1]["id"], row[2], row[3], row[4]["id"]) for row in rows]
    assert shown == [(i["supporter"]["id"], i["way"], i["hops"], i["place"]["id"]) for i in items] and len(shown) == 5


def test_a_pasted_view_is_drawn_in_the_colours_of_the_style(window, kit):
    window.style(f"{kit.origin}/browser/govnet.grass")
    window.clear()
    where, query = "/api/v1/questions/unit-profile", "unit=unit-210902-11&as_of=2026-06-01"
    picture = kit.api(f"{where}/view?{query}")
    frame = window.run(kit.api(f"{where}/definition?{query}")["view"]["browser"])
    captions, fills = window.drawn(frame)
    assert sorted(fills) == sorted(LOOKS[node["label"]][0] for node in picture["nodes"])
    # Browser breaks and shortens captions to fit the circle
    begins = {re.sub(r"[\s…]", "", text)[:3] for text in captions}
    assert begins == {node["name"][:3] for node in picture["nodes"]}
    assert frame.locator("g.relationship").count() >= len(picture["relationships"])


def test_the_guide_is_played_and_its_steps_run(window, kit):
    frame = window.run(f":play {kit.origin}/browser/guide")
    expect(frame).to_contain_text("基层治理图谱", timeout=PATIENCE)
    told = kit_of.investigation()
    first = 5  # after style, map, starts, parameters and the investigation's own title
    for _ in range(first + 1):
        frame.locator("[data-testid=nextSlide], .nextSlide, button:has(i.sl-arrow-right)").last.click()
    expect(frame).to_contain_text(told.steps[1].title.zh, timeout=PATIENCE)
    frame.locator("pre.runnable:visible").first.click()
    result = window.run_editor("// " + views()["coverage-evidence"].text.zh[:12])
    captions, _ = window.drawn(result)
    assert any("城东社区食堂" in re.sub(r"\s", "", text) or "城东" in text for text in captions)


def test_the_guide_stands_beside_the_editor(window, kit):
    window.paste(f":guide {kit.origin}/browser/guide-coverage")
    window.page.keyboard.press("ControlOrMeta+Enter")
    expect(window.page.locator("body")).to_contain_text("覆盖 Coverage", timeout=PATIENCE)


def test_the_map_shows_each_label_once(window):
    captions, _ = window.drawn(window.run(kit_of.model_map()))
    names = [re.sub(r"[\s…]", "", text) for text in captions]
    assert len(names) == len(set(names)) and len(names) > 12 and "Member" in names
    assert not {"Entity", "GraphState", ""} & set(names)


def test_members_are_drawn_by_their_roles(window, kit):
    """With the style of the kit no circle is empty, and none shows a name."""
    window.style(f"{kit.origin}/browser/govnet.grass")
    step = next(step for step in kit_of.investigation().steps if step.question.id == "who-can-act")
    captions, _ = window.drawn(window.run(pasteable(step.shown, step.parameters)))
    assert len(captions) > 5 and all(text.strip() for text in captions)


def test_dropped_files_become_style_and_favourites(window):
    window.drop("govnet.grass", kit_of.style().encode(), "text/plain")
    expect(window.page.locator("[data-testid=frame]").first).to_contain_text("node.District", timeout=PATIENCE)
    window.drop("favourites.zip", kit_of.zipped(), "application/zip")
    window.page.locator("[data-testid=navigationFavorites]").click()
    body = window.page.locator("body")
    for room in kit_of.ROOMS.values():
        expect(body).to_contain_text(f"govnet {room.zh} {room.en}", timeout=PATIENCE)
