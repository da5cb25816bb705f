"""The process beside a Neo4j server: starts it, waits until it answers, passes on the end. Run by ``process.launch`` only.

It exists because a Java program of others cannot be taught to end with its starter.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from govnet_graph.store.engines import bolt, child, runtime
from govnet_graph.store.engines.child import EngineFailed, Keeper
from govnet_graph.store.engines.server import DATABASE, VERSION_FILE

# The server survives this by two minutes, or, where only our database is lost, for ever.
_LOST = re.compile(rf"Failed to start DatabaseId\{{[0-9a-f]+\[(?:system|{DATABASE})\]\}}|No space left on device")
_CAUSE = re.compile(r"(?:Caused by: |\"stacktrace\":\")([\w.$]+(?:Exception|Error)(?:: (?:(?!\\n\\tat)[^\n])*)?)")
_PAUSE = 0.1


def keep(keeper: Keeper) -> None:
    """Start the server, wait until it answers, wait for the end of either, close."""
    logs = [_Log(keeper.spec.data / "logs" / name) for name in ("neo4j.log", "debug.log")]
    server = _start(keeper)
    try:
        _await_answer(keeper, server, logs[1])
        runtime.write_whole(keeper.spec.data / VERSION_FILE, keeper.spec.version.encode() + b"\n")
        keeper.ready(server.pid, keeper.spec.version)
        keeper.stopping.wait()
    except EngineFailed:
        for log in logs:
            print(*log.telling(), sep="\n", file=sys.stderr)
        raise
    finally:
        child.closing(keeper)
        _close(server, keeper.spec.stop_timeout)


class _Log:
    """One of the server's own logs, from this start on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._from = path.stat().st_size if path.exists() else 0
        self._seen = self._from

    def more(self) -> str:
        """What was written since the last time this was asked."""
        text = self._read(self._seen)
        self._seen += len(text)
        return text.decode("utf-8", "replace")

    def telling(self) -> list[str]:
        """The warnings and errors of this start with their causes, for the log that the user is pointed to."""
        text = self._read(self._from).decode("utf-8", "replace")
        return [
            line[:500] for line in text.splitlines() if re.search(r"\b(?:ERROR|Caused by)\b", line)
        ] + _CAUSE.findall(text)

    def _read(self, start: int) -> bytes:
        try:
            with self._path.open("rb") as file:
                # A log that was rotated begins anew.
                file.seek(start if file.seek(0, os.SEEK_END) >= start else 0)
                return file.read()
        except OSError:
            return b""


def _start(keeper: Keeper) -> subprocess.Popen[bytes]:
    """The server's process. It shares the lock, so that the data stay locked should only this process be killed."""
    spec = keeper.spec
    server = subprocess.Popen(
        spec.command,
        env=os.environ | spec.environment,
        cwd=spec.data,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=sys.stderr,
        pass_fds=[spec.lock],
        preexec_fn=lambda: child.die_with_parent(signal.SIGTERM),
    )

    def until_end() -> None:
        server.wait()
        keeper.stopping.set()

    threading.Thread(target=until_end, name="server", daemon=True).start()
    return server


def _await_answer(keeper: Keeper, server: subprocess.Popen[bytes], log: _Log) -> None:
    """Wait until Bolt answers, and then the web port, which opens last."""
    spec = keeper.spec
    deadline = time.monotonic() + spec.start_timeout
    written = ""
    while not (bolt.answers(spec.bolt_port) and _web_answers(spec.http_port, spec.bolt_port)):
        if keeper.stopping.wait(_PAUSE):
            raise EngineFailed("" if server.poll() is not None else "it was told to stop")
        written += log.more()
        if _LOST.search(written):
            time.sleep(_PAUSE)  # the cause may be on the lines that follow
            causes = _CAUSE.findall(written + log.more())
            raise EngineFailed(causes[-1] if causes else "its database did not start")
        if time.monotonic() > deadline:
            raise EngineFailed("the engine did not answer in time")


def _web_answers(port: int, bolt_port: int) -> bool:
    """Whether the web port answers, and is that of the server with this Bolt port rather than somebody else's."""
    connection = http.client.HTTPConnection(bolt.LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Accept": "application/json"})
        found = json.loads(connection.getresponse().read())
        return str(found["bolt_direct"]).endswith(f":{bolt_port}")
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return False
    finally:
        connection.close()


def _close(server: subprocess.Popen[bytes], seconds: float) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    child.run(keep)
