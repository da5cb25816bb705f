"""The door to engines: start one, find the one that runs, stop it.

A data directory has at most one running engine. Whoever starts an engine in the foreground owns it: it ends with its
starter. A detached one stays until it is stopped. Any process of the same user can use either.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from govnet_graph.errors import BadInput
from govnet_graph.settings import Settings
from govnet_graph.store.engines import bolt, embedded, process, runtime, server
from govnet_graph.store.engines.address import is_address, parse_address
from govnet_graph.store.engines.diagnose import explain
from govnet_graph.store.engines.model import Engine, EngineError, EngineOptions, EngineStatus, LocalKind, PortTaken

Report = Callable[[str], None]
_log = logging.getLogger("govnet.engine")
_PORT_TRIES = 3
_MOMENT = 5.0


class RunningEngine:
    """An engine that answers, and the right to stop it if it was started here.

    As a context manager it stops, at the end, an engine that was started here in the foreground; a detached one or one
    that was found running stays.
    """

    def __init__(self, engine: Engine, *, launched: process.Launched | None = None, detached: bool = False) -> None:
        self.engine = engine
        self.started_here = launched is not None or detached
        self._launched = launched
        self._detached = detached
        self._owner = os.getpid()

    def stop(self) -> None:
        """Stop the engine if it was started here, detached or not; else, and when it is stopped already, do nothing."""
        launched, self._launched = self._launched, None
        detached, self._detached = self._detached, False
        if os.getpid() != self._owner:  # a fork of the starter has no say
            return
        if launched is not None:
            launched.stop()
        elif detached and self.engine.home is not None:
            stop(self.engine.home)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._detached:
            self.stop()


def start(
    kind: LocalKind,
    home: Path,
    *,
    version: str | None = None,
    detached: bool = False,
    options: EngineOptions | None = None,
    report: Report | None = None,
) -> RunningEngine:
    """Start an engine on a data directory, or return the one that runs there.

    Parameters
    ----------
    kind : {"embedded", "neo4j"}
        Which engine.
    home : Path
        Data directory; made if it is not there.
    version : str, optional
        Version of Neo4j, by default that of the data, else ``server.NEWEST``. The embedded engine has its package's.
    detached : bool
        Let the engine outlive this process.
    options : EngineOptions, optional
        Memory, ports, Java, downloads, times.
    report : callable, optional
        Told, in one line each, what takes long: the first download. By default it goes to the log ``govnet.engine``.

    Raises
    ------
    BadInput
        The kind, version or an option is wrong.
    EngineError
        The engine did not start, or another kind or version of engine runs there. Nothing is left running.
    """
    options = options or EngineOptions()
    report = report or _log.info
    if kind not in ("embedded", "neo4j"):
        raise BadInput(
            f"There is no engine {kind!r}.", hint="There are: embedded, neo4j, and addresses such as bolt://host:7687."
        )
    if kind == "embedded" and version is not None:
        raise BadInput("The embedded engine has no choice of versions.", hint="Leave the version out.")
    home = runtime.prepare_home(home)
    lock = _lock_or_find(home, options.start_timeout)
    if isinstance(lock, Engine):
        return RunningEngine(_require(lock, kind, version))
    try:
        runtime.remove_record(home)  # of an engine that was killed: the lock is ours, so nothing runs
        launched = _launch(kind, home, version, options, lock, detached=detached, report=report)
    finally:
        os.close(lock)  # the child has it too and keeps it
    engine = runtime.look(home).engine
    if engine is None:
        if launched is not None:
            launched.stop()
        raise explain(
            "it ended as soon as it had started",
            process.log_end(home),
            kind=kind,
            home=home,
            log=runtime.log_path(home),
        )
    return RunningEngine(engine, launched=launched, detached=detached)


def _lock_or_find(home: Path, seconds: float) -> int | Engine:
    """The lock of the data directory, or the engine that has it and answers."""
    deadline = time.monotonic() + seconds
    while True:
        lock = runtime.take_lock(home)
        if lock is not None:
            return lock
        found = runtime.look(home).engine
        if found is not None and bolt.answers(urlsplit(found.uri).port or 0):
            return found
        if time.monotonic() > deadline:
            raise EngineError(
                f"An engine is starting or closing in {home} and has not finished within {seconds:g} s.",
                f"The log is {runtime.log_path(home)}.",
            )
        time.sleep(0.1)


def _require(engine: Engine, kind: LocalKind, version: str | None) -> Engine:
    if engine.kind != kind:
        raise EngineError(
            f"{engine.kind} runs in {engine.home}, and {kind} was asked for.",
            "Run `govnet engine stop` first, or set GOVNET_HOME.",
        )
    if version is not None and engine.version != version:
        raise EngineError(
            f"{kind} {engine.version} runs in {engine.home}, and {version} was asked for.",
            "Run `govnet engine stop` first, or set GOVNET_HOME.",
        )
    return engine


def _launch(
    kind: LocalKind,
    home: Path,
    version: str | None,
    options: EngineOptions,
    lock: int,
    *,
    detached: bool,
    report: Report,
) -> process.Launched | None:
    for port in (options.bolt_port, options.http_port):
        if port is not None and not bolt.is_free(port):
            raise PortTaken(f"Another program listens on port {port}.", "Stop that program or choose another port.")
    if kind == "embedded":
        embedded.require()
    for left in reversed(range(_PORT_TRIES)):
        try:
            if kind == "embedded":
                return process.launch(embedded.MODULE, embedded.prepare(home, options, lock, detached=detached))
            spec = server.prepare(home, version, options, lock, detached=detached, report=report)
            return process.launch(server.MODULE, spec)
        except PortTaken:
            # Between choosing a free port and listening on it somebody else may come first; then choose again.
            if not left or (options.bolt_port and options.http_port):
                raise
    raise AssertionError("unreachable")


def status(home: Path) -> EngineStatus:
    """What is going on in a data directory: running (with its engine), starting (or closing), crashed, or stopped."""
    return runtime.look(home)


def attach(home: Path) -> Engine | None:
    """The engine that runs on a data directory, whoever started it; None when there is none."""
    return runtime.look(home).engine


def stop(home: Path, *, timeout: float = 60.0) -> bool:
    """Stop the engine of a data directory, whoever started it, and wait for its end. Whether one was running.

    What a killed engine left behind is cleared.

    Raises
    ------
    EngineError
        It cannot be stopped from here, or does not end.
    """
    home = home.expanduser().absolute()
    deadline = time.monotonic() + _MOMENT
    while True:
        locked, record = runtime.is_locked(home), runtime.read_record(home)
        if not locked:
            if record is not None:
                runtime.remove_record(home)
            return False
        if record is not None:
            break
        if time.monotonic() > deadline:
            raise EngineError(f"An engine is starting or closing in {home}.", "Try again in a moment.")
        time.sleep(0.1)
    process.stop_recorded(home, record, timeout)
    runtime.remove_record(home)
    return True


def options_of(settings: Settings) -> EngineOptions:
    """The settings that concern an engine to be started."""
    return EngineOptions(
        heap=settings.heap, pagecache=settings.pagecache, java=settings.java, cache=settings.cache, maven=settings.maven
    )


def start_configured(settings: Settings, *, detached: bool = False, report: Report | None = None) -> RunningEngine:
    """The engine that the settings name, started if it does not run; one given by address is only named.

    An engine that runs already on the data directory is used whatever its kind, unless the settings name a kind.
    """
    if is_address(settings.engine):
        return RunningEngine(_remote(settings))
    if "engine" not in settings.model_fields_set:
        found = attach(settings.home)
        if found is not None and bolt.answers(urlsplit(found.uri).port or 0):
            return RunningEngine(found)
    kind, version = _named(settings)
    return start(kind, settings.home, version=version, detached=detached, options=options_of(settings), report=report)


@contextmanager
def connect(settings: Settings, *, report: Report | None = None) -> Iterator[Engine]:
    """The engine that the settings name, for the length of a block; ended after it if the block had it started."""
    with start_configured(settings, report=report) as running:
        yield running.engine


def start_detached(settings: Settings, *, report: Report | None = None) -> Engine:
    """Start the engine that the settings name so that it outlives this process, or find it running.

    Raises
    ------
    BadInput
        The settings name an engine by address: there is nothing to start.
    """
    if is_address(settings.engine):
        _remote(settings)  # a wrong address is the first thing to say
        raise BadInput(
            f"{settings.engine} is the address of an engine that somebody else runs.",
            hint="Only embedded and neo4j can be started.",
        )
    return start_configured(settings, detached=True, report=report).engine


def attach_configured(settings: Settings) -> Engine | None:
    """The engine that the settings name, without starting anything; None when it does not run."""
    if is_address(settings.engine):
        return _remote(settings)
    found = attach(settings.home)
    if found is None or "engine" not in settings.model_fields_set:
        return found
    return _require(found, *_named(settings))


def _named(settings: Settings) -> tuple[LocalKind, str | None]:
    if settings.engine == "embedded":
        return "embedded", None
    if settings.engine == "neo4j":
        # A version that nobody asked for must not turn away from the data, or the engine, that is there.
        return "neo4j", settings.neo4j_version or None if "neo4j_version" in settings.model_fields_set else None
    raise BadInput(
        f"There is no engine {settings.engine!r}.",
        hint="There are: embedded, neo4j, and addresses such as bolt://host:7687.",
    )


def _remote(settings: Settings) -> Engine:
    password = settings.neo4j_password.get_secret_value()
    return parse_address(settings.engine, user=settings.neo4j_user, password=password, database=settings.database)
