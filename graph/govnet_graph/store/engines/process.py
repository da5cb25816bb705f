"""Starting and stopping the child process that keeps an engine, whichever engine it is: the starter's side.

The child is a module of this package run by the same Python. It gets its orders as one line of JSON on standard input
(so that no password stands in an argument or in the environment), says on standard output how it fares, one JSON object
a line, and writes everything else to the log. ``child`` is its side.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

import govnet_graph
from govnet_graph.store.engines import runtime
from govnet_graph.store.engines.diagnose import explain
from govnet_graph.store.engines.model import EngineError, LocalKind

_LOG_BYTES = 262_144


@dataclass(frozen=True, slots=True)
class Spec:
    """Orders to a child. ``command`` and ``environment`` are for engines that are a program of their own."""

    kind: LocalKind
    home: str
    user: str
    password: str
    database: str
    version: str
    bolt_port: int
    http_port: int
    heap: str
    start_timeout: float
    stop_timeout: float
    lock: int = -1
    detached: bool = False
    command: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """Directory of this kind of engine's own files."""
        return Path(self.home) / self.kind


def token(pid: int) -> str | None:
    """What tells this process from a later one with the same number; None when it does not run (a zombie does not)."""
    if sys.platform == "linux":
        # Ticks since boot: unlike a time of day, they do not move when the clock is set.
        with suppress(OSError, IndexError):
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return None if fields[0] in "ZX" else f"{boot}/{fields[19]}"
        return None
    try:
        process = psutil.Process(pid)
        return None if process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD) else repr(process.create_time())
    except psutil.Error:
        return None


def kill_if(pid: int, expected: str, number: int) -> bool:
    """Signal a process if it is still the one that was meant; whether it was."""
    if token(pid) != expected:
        return False
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    except PermissionError:
        raise EngineError(
            f"Process {pid} belongs to another user.", "Stop the engine as the user who started it."
        ) from None
    return True


class Launched:
    """A child that this process started and that has said that its engine answers."""

    def __init__(self, process: subprocess.Popen[bytes], spec: Spec) -> None:
        self._process = process
        self._spec = spec

    def stop(self) -> None:
        """Ask the child to close its engine, and kill it when it has not within the time allowed."""
        with self._process as process:  # also closes the pipes
            process.terminate()
            try:
                process.wait(self._spec.stop_timeout)
            except subprocess.TimeoutExpired:
                process.kill()
            process.wait()


def launch(module: str, spec: Spec) -> Launched | None:
    """Start a child and wait until its engine answers. None for a detached one, which is nobody's child any more.

    The caller holds the lock of the data directory, ``spec.lock``; the child inherits it.

    Raises
    ------
    EngineError
        The engine did not come up; nothing is left running.
    """
    home = Path(spec.home)
    log = runtime.log_path(home)
    # The module's own folder goes onto the path, because a child started in another directory must find the same code.
    packages = [str(Path(folder).absolute().parent) for folder in govnet_graph.__path__]
    environment = {key: value for key, value in os.environ.items() if not _is_secret(key)}
    environment["PYTHONPATH"] = os.pathsep.join([*packages, *filter(None, [environment.get("PYTHONPATH")])])
    try:
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as errors:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=home,
                env=environment,
                pass_fds=[spec.lock],
                start_new_session=True,  # Ctrl-C in the terminal is the starter's affair
            )
    except OSError as error:
        raise EngineError(
            f"The engine's process could not be started: {error.strerror}.", "See the message of the system."
        ) from error
    keeper: dict[str, Any] = {}
    try:
        _await_ready(process, spec, keeper)
    except BaseException as error:
        _abandon(process, keeper)
        if isinstance(error, _Failed):
            raise explain(str(error), log_end(home), kind=spec.kind, home=home, log=log) from None
        raise
    if not spec.detached:
        return Launched(process, spec)
    with process:
        process.wait()
    return None


class _Failed(Exception):
    """The child has failed; the text is its own reason, if it could give one."""


def _await_ready(process: subprocess.Popen[bytes], spec: Spec, keeper: dict[str, Any]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(asdict(spec)).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise _Failed("") from None
    for said in _sayings(process, time.monotonic() + spec.start_timeout):
        if said["state"] == "started":
            keeper.update(said)
        elif said["state"] == "ready":
            return
        else:
            raise _Failed(said["reason"])
    raise _Failed("")


def _sayings(process: subprocess.Popen[bytes], deadline: float) -> Iterator[dict[str, Any]]:
    """What the child says, until it says no more."""
    assert process.stdout is not None
    pending = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise _Failed("the engine did not answer in time")
            received = os.read(process.stdout.fileno(), 65536)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            for line in lines:
                yield json.loads(line)


def _abandon(process: subprocess.Popen[bytes], keeper: dict[str, Any]) -> None:
    """End a child that did not come up. It gets a moment to close its engine, because data may be open already."""
    with process:
        # A detached child is no child of ours: it is known by what it said of itself.
        if keeper and keeper["pid"] != process.pid:
            kill_if(keeper["pid"], keeper["token"], signal.SIGTERM)
            _wait(lambda: token(keeper["pid"]) != keeper["token"], 5.0)
            kill_if(keeper["pid"], keeper["token"], signal.SIGKILL)
        process.terminate()
        try:
            process.wait(5.0)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()


def _wait(done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def stop_recorded(home: Path, record: runtime.Record, timeout: float) -> None:
    """Stop the engine of a record, whoever started it, and wait until its data directory is free.

    Raises
    ------
    EngineError
        It runs where its processes cannot be reached from here, or does not end.
    """
    processes = [(record.keeper, record.keeper_token), (record.pid, record.pid_token)]
    if not any(kill_if(pid, expected, signal.SIGTERM) for pid, expected in processes) and runtime.is_locked(home):
        raise EngineError(f"The engine of {home} runs in another container or on another machine.", "Stop it there.")
    if not _wait(lambda: not runtime.is_locked(home), timeout):
        for pid, expected in processes:
            kill_if(pid, expected, signal.SIGKILL)
        if not _wait(lambda: not runtime.is_locked(home), 10.0):
            raise EngineError(f"Process {record.pid} does not end.", "See the log of the engine and of the system.")


def log_end(home: Path) -> str:
    """The end of the engine's log; empty when there is none."""
    try:
        with runtime.log_path(home).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LOG_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _is_secret(name: str) -> bool:
    return name.startswith("GOVNET_") and any(word in name for word in ("PASSWORD", "SECRET", "KEY", "TOKEN"))
