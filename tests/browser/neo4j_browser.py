"""Drives Neo4j Browser in Chromium: signs in, runs what an investigator would paste, reads what it shows."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

PATIENCE = 60_000  # ms; a busy machine is no fault of what is shown
_DROP = """([text, name, type]) => {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, {type}));
  const target = document.querySelector('.filedrop');
  for (const kind of ['dragenter', 'dragover', 'drop'])
    target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


class Kit:
    """A Neo4j with the demonstration district, and the API beside it; each as a user would start it."""

    def __init__(self, home: Path, port: int, version: str = "") -> None:
        self.home = home
        self.port = port
        chosen = {"GOVNET_NEO4J_VERSION": version} if version else {}
        own = {
            "GOVNET_HOME": str(home),
            "GOVNET_ENGINE": "neo4j",
            "GOVNET_PORT": str(port),
            "GOVNET_QUERY_TIMEOUT": "120",
        }
        self._env = os.environ | own | chosen
        self._program = str(Path(sys.executable).with_name("govnet"))

    def govnet(self, *arguments: str) -> str:
        """What a command prints; it must end well."""
        done = subprocess.run([self._program, *arguments], env=self._env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def running(self) -> Iterator[Kit]:
        """Everything up, and down again."""
        self.govnet("engine", "start")
        try:
            self.govnet("load", "demo")
            with (self.home / "serve.log").open("wb") as out:
                server = subprocess.Popen([self._program, "serve"], env=self._env, stdout=out, stderr=out)
            try:
                self._wait()
                yield self
            finally:
                server.terminate()
                server.wait(timeout=60)
        finally:
            self.govnet("engine", "stop")

    def _wait(self) -> None:
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/ready", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.5)
        raise AssertionError((self.home / "serve.log").read_text(encoding="utf-8", errors="replace")[-2000:])

    @property
    def origin(self) -> str:
        """Address of the API by the name that Neo4j Browser trusts."""
        return f"http://localhost:{self.port}"

    def api(self, path: str) -> Any:
        """What the API answers, as JSON."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=120) as answer:
            return json.load(answer)


class Neo4jBrowser:
    """One window of Neo4j Browser, signed in."""

    def __init__(self, page: Page, kit: Kit) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        page.goto(json.loads(kit.govnet("engine", "status", "--json"))["browser_uri"])
        password = page.locator("input[type=password]").first
        password.fill((kit.home / "neo4j" / "password").read_text(encoding="utf-8").strip())
        password.press("Enter")
        expect(page.locator("[data-testid=frameCommand]").first).to_contain_text(":play", timeout=PATIENCE)

    def paste(self, text: str) -> None:
        """Put a text into the editor in place of what is there."""
        self.page.locator("[data-testid=activeEditor] .monaco-editor").first.click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def run(self, text: str) -> Locator:
        """Run a text; the frame that it opens."""
        self.paste(text)
        return self.run_editor(text.strip().split("\n")[0][:40])

    def run_editor(self, begins: str = "") -> Locator:
        """Run what is in the editor; the frame that it opens, whose command begins so."""
        self.page.keyboard.press("ControlOrMeta+Enter")
        frame = self.page.locator("[data-testid=frame]").first
        expect(frame.locator("[data-testid=frameCommand]")).to_contain_text(begins, timeout=PATIENCE)
        return frame

    def style(self, address: str) -> None:
        """Load a style from an address and wait until it is there."""
        frame = self.run(f":style {address}")
        expect(frame).to_contain_text("node.District", timeout=PATIENCE)

    def clear(self) -> None:
        """Close every frame."""
        self.paste(":clear")
        self.page.keyboard.press("ControlOrMeta+Enter")
        expect(self.page.locator("[data-testid=frame]")).to_have_count(0, timeout=PATIENCE)

    def drawn(self, frame: Locator) -> tuple[list[str], list[str]]:
        """Captions and fills of the nodes that a frame draws, once it draws them."""
        nodes = frame.locator("g.node")
        expect(nodes.first).to_be_visible(timeout=PATIENCE)
        self.page.wait_for_timeout(1500)  # the drawing settles
        fills = frame.locator("g.node circle.b-outline").evaluate_all("all => all.map(c => c.getAttribute('fill'))")
        return nodes.all_text_contents(), fills

    def table(self, frame: Locator) -> list[list[Any]]:
        """The rows of a frame's table, each cell read as JSON where it is that."""
        rows = frame.locator("[data-testid=frameContents] table tbody tr")
        expect(rows.first).to_be_visible(timeout=PATIENCE)
        cells = rows.evaluate_all("all => all.map(row => [...row.querySelectorAll('td')].map(cell => cell.innerText))")
        return [[_value(text) for text in row] for row in cells]

    def drop(self, name: str, content: bytes, media: str) -> None:
        """Drop a file on the window."""
        self.page.evaluate(_DROP, [base64.b64encode(content).decode(), name, media])


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.strip()
