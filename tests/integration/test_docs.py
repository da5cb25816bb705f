"""What the documentation tells a reader to type works as it stands there, on a served demonstration district.

A block of language ``console`` holds commands after ``$`` and what they print, where ``…`` stands for anything;
``cypher`` blocks are run against the same graph, ``python`` blocks as doctests. Blocks of other languages
(``sh``: what needs a machine of its own) are only read by people.
"""

from __future__ import annotations

import asyncio
import doctest
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines.registry import attach_configured
from tests.conftest import needs

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "_made" not in path.parts)
FENCE = re.compile(r"^```(?P<language>console|cypher|python)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
pytestmark = [pytest.mark.embedded, pytest.mark.slow]


class Block(NamedTuple):
    """One fenced block with the line that it begins on."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(m["language"], m["text"], text.count("\n", 0, m.start()) + 1) for m in FENCE.finditer(text)]


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of a console block with what the page says that it prints."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "a console block begins with a command"
    return [(command, printed.strip()) for command, _, printed in (part.partition("\n") for part in parts[1:])]


def fits(expected: str, printed: str) -> bool:
    """Whether a text is as a page shows it."""
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def test_a_text_that_differs_does_not_fit() -> None:
    assert fits("a\n…\nz", "a\nb\nc\nz") and fits("", "") and fits("…200…", "HTTP 200 OK")
    assert not fits("a\n…\nz", "a\nb") and not fits("", "something") and not fits("304", "200")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A home where `govnet up` serves the demonstration district, as `make run` does."""
    needs("embedded")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("docs")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = {**os.environ, "GOVNET_HOME": str(home), "GOVNET_PORT": str(port), "PATH": path, "COLUMNS": "120"}
    found["PYTHONUNBUFFERED"] = "1"  # both streams in the order that a terminal shows
    log = home / "up.log"
    with log.open("wb") as out:
        server = subprocess.Popen(["govnet", "up", "--data", "demo"], env=found, stdout=out, stderr=out, cwd=ROOT)
    try:
        for _ in range(240):
            assert server.poll() is None, log.read_text()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/ready", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail(f"not served within two minutes: {log.read_text()}")
        yield found
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def run(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env=environment, cwd=environment["GOVNET_HOME"], timeout=120, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\nexit code {done.returncode}\n{done.stdout}"
    return done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_says_works(page: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    here = f"127.0.0.1:{environment['GOVNET_PORT']}"
    for block in blocks(page):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        text = block.text.replace("127.0.0.1:8000", here)
        match block.language:
            case "console":
                # One shell for a block, so that a variable set by one command serves the next.
                set_before = ""
                for command, expected in commands(text):
                    if re.match(r"\w+=\$?\(?", command):
                        set_before += command + "\n"
                        continue
                    printed = run(set_before + command, environment)
                    assert fits(expected, printed), f"{where}\n$ {command}\n{printed}"
            case "cypher":
                asyncio.run(_read(text, Settings(home=Path(environment["GOVNET_HOME"]))))
            case "python":
                for name in ("GOVNET_HOME", "GOVNET_PORT"):
                    monkeypatch.setenv(name, environment[name])
                test = doctest.DocTestParser().get_doctest(text, {}, where, str(page), block.line)
                said: list[str] = []
                failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append).failed
                assert not failed, "".join(said)


async def _read(text: str, settings: Settings) -> None:
    engine = attach_configured(settings)
    assert engine is not None
    async with Graph.open(engine, settings) as graph:
        await graph.read(text)
