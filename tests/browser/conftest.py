"""A served demonstration district on a free port, and a Chromium page that reaches nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import chromium, needs

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
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
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    needs("browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()
