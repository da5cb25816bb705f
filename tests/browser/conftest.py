"""A served demonstration district on a free port, and a Chromium page that reaches nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.neo4j_browser import Kit
from tests.conftest import chromium, needs

# The network is drawn by WebGL, which a machine without a graphics card does in software.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of ``govnet up --data demo``, started as a user would."""
    needs("browser")
    needs("embedded")
    port, home = free_port(), tmp_path_factory.mktemp("home")
    env = os.environ | {"GOVNET_HOME": str(home), "GOVNET_PORT": str(port)}
    log = Path(home, "up.log")
    with log.open("wb") as out:
        program = str(Path(sys.executable).with_name("govnet"))
        process = subprocess.Popen([program, "up", "--data", "demo"], env=env, stdout=out, stderr=out)
    try:
        yield _served(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _served(base: str, process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/api/v1/ready", timeout=5):
                return base
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"it did not serve:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """The demonstration district on the newest real Neo4j, with the API and the planners' page."""
    needs("browser")
    needs("neo4j")
    with Kit(tmp_path_factory.mktemp("district"), free_port()).running() as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    needs("browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[[str, int], Page]]:
    """Opens a path at a width; fails at the end if anything went to another host or was reported as an error."""
    faults: list[str] = []
    contexts = []

    def opened(path: str, width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.on(
            "request",
            lambda request: None if request.url.startswith((address, "data:", "blob:")) else faults.append(request.url),
        )
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.ok
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
