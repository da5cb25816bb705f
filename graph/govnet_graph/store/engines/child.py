"""Starting and stopping the child process that keeps an engine: the child's side. See ``process`` for the starter's.

A child ends when it gets SIGTERM, and in the foreground also when its starter is gone: its standard input then ends,
and on Linux the kernel signals it. A detached child has left the starter's session and waits for SIGTERM alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from govnet_graph.store.engines import bolt, runtime
from govnet_graph.store.engines.process import Spec, token

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)  # loaded early: between fork and exec as little as possible may happen
_LAST_RESORT = 15.0


class EngineFailed(Exception):
    """The engine did not come up; the text says why, and is empty where only the log can tell."""


class Keeper:
    """What an engine's child needs: its orders, a way to report, and the moment to stop."""

    def __init__(self, spec: Spec, reports: int) -> None:
        self.spec = spec
        self.stopping = threading.Event()
        self._reports: int | None = reports

    def say(self, state: str, **more: Any) -> None:
        """Report to the starter, who may be gone, and who listens no more after ``ready``."""
        if self._reports is None:
            return
        with contextlib.suppress(OSError):
            os.write(self._reports, json.dumps({"state": state, **more}).encode() + b"\n")

    def ready(self, pid: int, version: str) -> None:
        """The engine answers: leave the record for other processes, tell the starter, let go of it if detached."""
        spec = self.spec
        record = runtime.Record(
            kind=spec.kind,
            uri=f"bolt://{bolt.LOOPBACK}:{spec.bolt_port}",
            http_uri=f"http://{bolt.LOOPBACK}:{spec.http_port}",
            user=spec.user,
            database=spec.database,
            version=version,
            pid=pid,
            pid_token=token(pid) or "",
            keeper=os.getpid(),
            keeper_token=token(os.getpid()) or "",
            detached=spec.detached,
        )
        runtime.write_record(Path(spec.home), record)
        self.say("ready")
        if self._reports is not None:
            os.close(self._reports)
            self._reports = None  # the number may soon be that of a file of the database

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def listen(self) -> None:
        """Stop on SIGTERM and SIGHUP; Ctrl-C belongs to the starter."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow(self, starter: int) -> None:
        """Stop when the starter ends, however it ends."""

        def until_end_of_input() -> None:
            with contextlib.suppress(OSError):
                while os.read(sys.stdin.fileno(), 4096):
                    pass
            self.stopping.set()

        # Input ends late when the starter has forked without closing its files, so the kernel is asked as well. Its
        # signal also comes when merely the starting *thread* ends: the parent's number tells the two apart.
        def parent_changed(_number: int, _frame: FrameType | None) -> None:
            if os.getppid() != starter:
                self.stopping.set()

        signal.signal(signal.SIGUSR1, parent_changed)
        die_with_parent(signal.SIGUSR1)
        if os.getppid() != starter:
            self.stopping.set()
        threading.Thread(target=until_end_of_input, name="starter", daemon=True).start()


def die_with_parent(number: int) -> None:
    """Have the kernel send a signal when the thread that started this process ends. Linux only; elsewhere nothing."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def run(keep: Callable[[Keeper], None]) -> NoReturn:
    """Be the child: read the orders, keep the engine, end.

    ``keep`` starts the engine, calls ``ready``, waits for ``stopping``, closes the engine and returns; what it raises
    goes to the log with its traceback and to the starter as one line.
    """
    os.umask(0o077)
    spec = Spec(**json.loads(sys.stdin.buffer.readline()))
    reports = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever an engine prints belongs in the log
    starter = os.getppid()
    if spec.detached:
        if os.fork():
            os._exit(0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    keeper = Keeper(spec, reports)
    keeper.listen()
    if not spec.detached:
        keeper.follow(starter)
    keeper.say("started", pid=os.getpid(), token=token(os.getpid()))
    code = 0
    try:
        keep(keeper)
    except EngineFailed as error:
        code = 1
        print(error, file=sys.stderr)
        keeper.say("failed", reason=str(error))
    except BaseException as error:  # noqa: BLE001 - whatever it was, the starter is to hear of it
        code = 1
        traceback.print_exc()
        keeper.say("failed", reason=f"{type(error).__name__}: {error}")
    finally:
        _end(Path(spec.home), code)
    raise AssertionError("unreachable")


def closing(keeper: Keeper) -> None:
    """The engine is about to close: withdraw the record first, so that nobody connects to an engine that is going, and
    make sure of an end even if the engine hangs."""
    runtime.remove_record(Path(keeper.spec.home))
    timer = threading.Timer(keeper.spec.stop_timeout + _LAST_RESORT, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _end(home: Path, code: int) -> NoReturn:
    runtime.remove_record(home)
    sys.stdout.flush()
    sys.stderr.flush()
    # Not sys.exit: threads of a virtual machine that failed half-way would keep the process.
    os._exit(code)
