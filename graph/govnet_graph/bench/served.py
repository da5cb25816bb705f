"""The API in a process of its own, on the engine of a benchmark."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from govnet_graph.bench.engine import Bench


@contextmanager
def served(bench: Bench) -> Iterator[tuple[int, int]]:
    """(port, process id) of the API, served on loopback until the block ends."""
    port = _free_port()
    env = os.environ | {
        "GOVNET_HOME": str(bench.settings.home),
        "GOVNET_ENGINE": bench.settings.engine,
        "GOVNET_LOG_LEVEL": "warning",
    }
    process = subprocess.Popen([sys.executable, "-m", "govnet_graph.cli", "serve", "--port", str(port)], env=env)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise RuntimeError("the API did not start within 30 s")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
