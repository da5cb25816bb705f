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
import time
from pathlib import Path

from govnet_graph.store.engines import bolt, child, runtime
from govnet_graph.store.engines.child import EngineFailed, Keeper
from govnet_graph.store.engines.server import DATABASE, VERSION_FILE

# The server survives this by two minutes, or, where only our database is lost, for ever.
_LOST = re.compile(rf"Failed to start DatabaseId\{{[0-9a-f]+\[(?:system|{DATABASE})\]\}}|No space left on device")
_CAUSE = re.compile(r"(?:Caused by: |\"stacktrace\":\")([\w.$]+(?:Exception|Error)(?:: (?:(?!\\n\\tat)[^\n])*)?)")
_PAUSE, _LOOK = 0.1, 0.5
#: Exit code of Java where -XX:+ExitOnOutOfMemoryError ended it; so often in so many seconds it is started again.
_OUT_OF_MEMORY = 3
_RESTARTS, _SPAN = 3, 600.0


def keep(keeper: Keeper) -> None:
    """Keep a server: start it, wait for the end of either, close. One that ran out of memory is started again."""
    failures: list[float] = []
    while not _kept(keeper):
        failures = [*(moment for moment in failures if time.monotonic() - moment < _SPAN), time.monotonic()]
        if len(failures) > _RESTARTS:
            raise EngineFailed(f"it ran out of memory {len(failures)} times in {_SPAN / 60:g} minutes")
        print("The engine ran out of memory and is started again.", file=sys.stderr)


def _kept(keeper: Keeper) -> bool:
    """One run of the server, from its start to its end; False where it ended for want of memory."""
    logs = [_Log(keeper.spec.data / "logs" / name) for name in ("neo4j.log", "debug.log")]
    server = _start(keeper)
    lost = False
    try:
        _await_answer(keeper, server, logs[1])
        runtime.write_whole(keeper.spec.data / VERSION_FILE, keeper.spec.version.encode() + b"\n")
        keeper.ready(server.pid, keeper.spec.version)
        while server.poll() is None and not keeper.stopping.wait(_LOOK):
            pass
        lost = server.poll() == _OUT_OF_MEMORY and not keeper.stopping.is_set()
        return not lost
    except EngineFailed:
        for log in logs:
            print(*log.telling(), sep="\n", file=sys.stderr)
        raise
    finally:
        if lost:
            runtime.remove_record(Path(keeper.spec.home))
        else:
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
    return subprocess.Popen(
        spec.command,
        env=os.environ | spec.environment,
        cwd=spec.data,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=sys.stderr,
        pass_fds=[spec.lock],
        preexec_fn=lambda: child.die_with_parent(signal.SIGTERM),
    )


def _await_answer(keeper: Keeper, server: subprocess.Popen[bytes], log: _Log) -> None:
    """Wait until Bolt answers, and then the web port, which opens last."""
    spec = keeper.spec
    deadline = time.monotonic() + spec.start_timeout
    written = ""
    while not (bolt.answers(spec.bolt_port) and _web_answers(spec.http_port, spec.bolt_port)):
        stopping = keeper.stopping.wait(_PAUSE)
        if server.poll() is not None:
            raise EngineFailed("")
        if stopping:
            raise EngineFailed("it was told to stop")
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
