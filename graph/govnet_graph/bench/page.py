"""The planners' page in Chromium: until it can be used, what travels for it, and matrices of ten and of a hundred times the demonstration.

A large district's first streets are shown before the whole matrix is there, so it has two times: until there are rows to
work with, and until it is whole. The engine has the heap that govnet starts it with.
Every visit is a first one: a window without anything kept. The baseline is the page without scripts, which the same server
writes for the same district. Times are the page's own, from the start of the navigation.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from govnet_graph.bench.engine import Bench
from govnet_graph.bench.model import Row, interleaved, rows
from govnet_graph.bench.served import served
from govnet_graph.errors import BadInput
from govnet_graph.records import Dataset, Edge, Node, edge_id
from govnet_graph.seeds import dataset
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply

_DAY, _WIDE, _HIGH = "2026-06-01", 1440, 900
_GRIDS = (3_500, 35_000)
_PATIENCE = 120_000  # ms
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-quic",
]
_PLAIN, _OVERVIEW = "page without scripts", "overview of a district"
_ROWS = ".matrix tbody tr.Grid"
_WHOLE = f".matrix-room:not(:has(.matrix-part)) {_ROWS}"
_COPIED = ("Street", "Community", "Grid", "Unit")
_KEPT = ("District", "Requirement", "Service", "Source", "Programme", "Ledger")
# Scrolls a screen a frame, as a wheel that is turned fast, and gives the milliseconds between frames.
_SCROLL = """async () => {
  const frame = document.querySelector('.matrix'), gaps = [];
  let last = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 120; i++) {
    frame.scrollTop += frame.clientHeight;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - last);
    last = now;
  }
  return gaps;
}"""


def run(bench: Bench, rounds: int) -> list[Row]:
    """Milliseconds until the page can be used, KB that came for it, and milliseconds between frames while a matrix scrolls.

    Raises
    ------
    BadInput
        There is no Playwright or no Chromium.
    """
    bench.load_demo()
    with _chromium() as browser, served(bench) as (port, _):
        visits = _Visits(browser, f"http://127.0.0.1:{port}")
        ways = {_PLAIN: visits.to("/plain", "main"), _OVERVIEW: visits.to("/", "table.streets tbody tr")}
        found = rows(interleaved(ways, rounds), "ms", _PLAIN)
        found += rows(
            {name: kept[-rounds:] for name, kept in visits.sent("travelled").items()}, "KB", f"{_PLAIN}, travelled"
        )
    for grids in _GRIDS:
        found += _matrix(bench, grids, rounds)
    return found


def _matrix(bench: Bench, grids: int, rounds: int) -> list[Row]:
    """The matrix room of a district of so many grids, all of them as rows."""
    _fill(bench, large(grids))
    name = f"matrix of {grids:,} grids"
    with _chromium() as browser, served(bench) as (port, _):
        visits = _Visits(browser, f"http://127.0.0.1:{port}")
        ways = {
            _PLAIN: visits.to("/plain", "main"),
            f"{name}, first rows": visits.to("/matrix?view=Grid", _ROWS, whole=_WHOLE, script=_SCROLL),
        }
        found = [row for row in rows(interleaved(ways, rounds), "ms", _PLAIN) if row.name != _PLAIN]
        whole = sorted(visits.whole[-rounds:])
        found.append(Row(f"{name}, whole", median(whole), "ms", whole[0], whole[-1]))
        gaps = sorted(visits.told)
        found.append(Row(f"{name}, a frame of scrolling", median(gaps), "ms", gaps[0], gaps[len(gaps) * 99 // 100]))
    return found


def large(grids: int) -> Dataset:
    """The demonstration's areas, units and pairings, so often that there are at least so many grids in one district."""
    demo = dataset("demo")
    home = demo.home
    nodes = [node for node in demo.nodes if node.label in _KEPT]
    there = {node.id for node in nodes}
    edges = [edge for edge in demo.edges if edge.type == "COMPLETE_FOR" and {edge.start, edge.end} <= there]
    several = [node for node in demo.nodes if node.label in _COPIED]
    named = {node.id for node in several}
    links = [
        edge
        for edge in demo.edges
        if edge.type in ("PART_OF", "PAIRED_WITH") and edge.start in named and edge.end in named | {home}
    ]
    streets = {node.id[len(home) :]: i for i, node in enumerate(several) if node.label == "Street"}
    copies = -(-grids // sum(node.label == "Grid" for node in several))
    for copy in range(copies):

        def moved(id_: str, copy: int = copy) -> str:
            if id_ == home or id_ not in named:
                return id_
            if id_.startswith(home):
                own = id_[len(home) :]
                return f"{home}{streets[own[:3]] + copy * len(streets):04}{own[3:]}"
            return f"{id_}-{copy}"

        nodes += [
            Node(
                node.label,
                moved(node.id),
                {**node.props, "code": moved(node.id)} if "code" in node.props else node.props,
            )
            for node in several
        ]
        for edge in links:
            start, end = moved(edge.start), moved(edge.end)
            edges.append(Edge(edge.type, start, end, edge_id(edge.type, start, end, str(copy)), edge.props))
    return Dataset("page", home, tuple(nodes), tuple(edges)).validated()


def _fill(bench: Bench, data: Dataset) -> None:
    async def work() -> None:
        async with bench.graph() as graph:
            await clear(graph)
            await apply(graph, data, author="bench", reason="bench")
            await graph.define(
                ["CALL db.awaitIndexes(600)", "CALL db.resampleOutdatedIndexes()", "CALL db.clearQueryCaches()"]
            )

    asyncio.run(work())


@contextmanager
def _chromium() -> Iterator[Any]:
    program = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if importlib.util.find_spec("playwright") is None or program is None:
        raise BadInput(
            "This benchmark needs Playwright and Chromium.",
            hint="make dev; on Debian: apt-get install chromium; or CHROMIUM=/path/to/it.",
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class _Visits:
    """First visits to addresses of one server; remembers what travelled for each, and what a script told."""

    def __init__(self, browser: Any, address: str) -> None:
        self._browser, self._address = browser, address
        self._bytes: dict[str, list[float]] = {}
        self.whole: list[float] = []
        self.told: list[float] = []

    def to(self, path: str, shown: str, *, whole: str = "", script: str = "") -> Callable[[], float]:
        """A visit to ``path``: the milliseconds until ``shown`` is there and a script of ours gets its turn.

        The milliseconds until ``whole`` is there are kept as well.
        """

        def visit() -> float:
            context = self._browser.new_context(viewport={"width": _WIDE, "height": _HIGH})
            try:
                page = context.new_page()
                page.set_default_timeout(_PATIENCE)
                protocol = context.new_cdp_session(page)
                protocol.send("Network.enable")
                came: list[float] = []
                protocol.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
                page.goto(f"{self._address}{path}{'&' if '?' in path else '?'}as_of={_DAY}", wait_until="commit")
                page.locator(shown).first.wait_for()
                took = float(page.evaluate("performance.now()"))
                if whole:
                    page.locator(whole).first.wait_for()
                    self.whole.append(float(page.evaluate("performance.now()")))
                page.wait_for_load_state("networkidle")
                self._bytes.setdefault(path, []).append(sum(came) / 1000)
                if script:
                    self.told += page.evaluate(script)
                return took
            finally:
                context.close()

        return visit

    def sent(self, what: str) -> dict[str, list[float]]:
        """KB of each visit, by what was visited."""
        names = {"/plain": _PLAIN, "/": _OVERVIEW}
        return {f"{names[path]}, {what}": series for path, series in self._bytes.items()}
