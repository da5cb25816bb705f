"""Engines for real: started, found, stopped, killed, orphaned. What was committed is there whatever happened."""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import psutil
import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, ServiceUnavailable, SessionExpired

from govnet_graph.store.engines import embedded, registry, runtime, server
from govnet_graph.store.engines.model import Engine, EngineError, EngineOptions, PortTaken
from govnet_graph.store.engines.process import token
from tests.conftest import needs

# Starts an engine on a directory, says its process's number, and waits for an end by somebody else's hand.
STARTER = """
import os, sys, time
from pathlib import Path
from govnet_graph.store.engines import registry
kind, home, how, version = sys.argv[1:]
running = registry.start(kind, Path(home), version=version or None, detached=how == "detached")
fork = os.fork() if how == "forked" else -1
if fork:
    print(running.engine.pid, running.started_here, fork, flush=True)
if how == "waiting" or not fork:
    time.sleep(120)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A data directory whose engine, should a test leave one, is stopped."""
    yield tmp_path
    with suppress(EngineError):
        registry.stop(tmp_path)


@contextmanager
def opened(engine: Engine) -> Iterator[Driver]:
    with GraphDatabase.driver(engine.uri, auth=(engine.user, engine.password)) as driver:
        yield driver


def add(driver: Driver, engine: Engine, *ids: int) -> None:
    for number in ids:
        driver.execute_query("CREATE (n:Entity:Unit {id: $id})", id=number, database_=engine.database)


def ids(engine: Engine) -> list[int]:
    with opened(engine) as driver:
        found = driver.execute_query("MATCH (n:Unit) RETURN n.id AS id ORDER BY id", database_=engine.database)
        return [record["id"] for record in found.records]


def wait_for(done: Callable[[], bool], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def starter(kind: str, home: Path, how: str, version: str = "") -> Iterator[tuple[subprocess.Popen[str], int, bool]]:
    """Another process that starts an engine: it, the engine's process, and whether it was the one to start it."""
    command = [sys.executable, "-c", STARTER, kind, str(home), how, version]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            pid, started_here, fork = process.stdout.readline().split()
            try:
                yield process, int(pid), started_here == "True"
            finally:
                if fork != "-1":
                    os.kill(int(fork), signal.SIGKILL)
        finally:
            process.kill()


def family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.parents()[:1]]


def assert_private(home: Path, engine: Engine) -> None:
    """Nobody else can read the data directory, and the password stands nowhere but in its file."""
    assert home.stat().st_mode & 0o077 == 0
    for path in home.rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path
            if path.name != "password":
                assert engine.password.encode() not in path.read_bytes(), path
    assert engine.pid is not None
    for process in family(engine.pid):
        assert engine.password not in " ".join(process.cmdline())
        assert engine.password not in str(process.environ()) or process.pid == os.getpid()


def assert_on_loopback_only(engine: Engine) -> None:
    assert engine.pid is not None
    listening = [c for c in psutil.Process(engine.pid).net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert {c.laddr.ip.removeprefix("::ffff:") for c in listening} == {"127.0.0.1"}
    assert engine.http_uri is not None
    assert {c.laddr.port for c in listening} == {urlsplit(uri).port for uri in (engine.uri, engine.http_uri)}


def assert_refuses_strangers(engine: Engine) -> None:
    for auth in (None, (engine.user, "not the password")):
        with GraphDatabase.driver(engine.uri, auth=auth) as driver, pytest.raises(AuthError):
            driver.execute_query("RETURN 1", database_=engine.database)


# --- the embedded engine --------------------------------------------------------------------------------------------


@pytest.fixture(params=[pytest.param(None, marks=pytest.mark.embedded)])
def with_embedded() -> None:
    needs("embedded")


@pytest.mark.usefixtures("with_embedded")
class TestEmbedded:
    def test_it_starts_privately_and_keeps_its_data(self, home: Path) -> None:
        with registry.start("embedded", home) as running:
            engine = running.engine
            assert running.started_here
            assert (engine.kind, engine.database, engine.home) == ("embedded", "govnet", home)
            assert registry.status(home).state == "running"
            assert registry.attach(home) == engine
            with opened(engine) as driver:
                add(driver, engine, 1)
            assert_private(home, engine)
            assert_on_loopback_only(engine)
            assert_refuses_strangers(engine)
            assert "production" in runtime.log_path(home).read_text()
            assert "WAL flush: 2 (full fsync) [OK]" in runtime.log_path(home).read_text()
        assert registry.status(home).state == "stopped"
        assert not (home / "engine.json").exists()
        with registry.start("embedded", home) as running:
            assert running.engine.password == engine.password
            assert ids(running.engine) == [1]

    def test_its_tool_server_is_off(self, home: Path) -> None:
        with registry.start("embedded", home) as running:
            engine = running.engine
            secret = base64.b64encode(f"{engine.user}:{engine.password}".encode()).decode()
            request = urllib.request.Request(
                f"{engine.http_uri}/api/v1/mcp",
                data=b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
                headers={"Content-Type": "application/json", "Authorization": f"Basic {secret}"},
            )
            with pytest.raises(HTTPError) as caught:
                urllib.request.urlopen(request, timeout=10)
            with caught.value as answer:
                assert b"MCP server is disabled" in answer.read()

    def test_every_commit_survives_a_kill(self, home: Path) -> None:
        running = registry.start("embedded", home)
        assert running.engine.pid is not None
        with opened(running.engine) as driver:
            add(driver, running.engine, *range(60))
            os.kill(running.engine.pid, signal.SIGKILL)
        assert wait_for(lambda: registry.status(home).state == "crashed")
        assert registry.attach(home) is None
        running.stop()  # nothing is left to stop, and nothing goes wrong
        with registry.start("embedded", home) as again:
            assert ids(again.engine) == list(range(60))

    @pytest.mark.parametrize("how", ["waiting", "forked"])
    def test_it_ends_with_its_starter_however_that_ends(self, home: Path, how: str) -> None:
        # "forked": a fork of the starter lives on and holds the pipe open, so that its end alone would tell nothing.
        with starter("embedded", home, how) as (process, pid, _):
            first = token(pid)
            assert first is not None
            if how == "waiting":
                process.kill()
            assert wait_for(lambda: token(pid) != first)
        assert wait_for(lambda: registry.status(home).state == "stopped")
        assert "ArcadeDB Server is down" in runtime.log_path(home).read_text()

    def test_it_does_not_end_with_the_thread_that_started_it(self, home: Path) -> None:
        started: list[registry.RunningEngine] = []
        thread = threading.Thread(target=lambda: started.append(registry.start("embedded", home)))
        thread.start()
        thread.join()
        with started[0] as running:
            time.sleep(1.0)
            assert ids(running.engine) == []

    def test_a_second_start_finds_the_first(self, home: Path) -> None:
        with registry.start("embedded", home) as running:
            with starter("embedded", home, "leaving") as (process, pid, started_here):
                assert (pid, started_here) == (running.engine.pid, False)
                process.wait(30)
            with registry.start("embedded", home) as same:
                assert same.engine == running.engine
                assert not same.started_here
            same.stop()
            assert ids(running.engine) == []  # neither took it away

    def test_two_starts_at_once_make_one_engine(self, home: Path) -> None:
        def begin(_: int) -> tuple[int, bool]:
            with starter("embedded", home, "detached") as (process, pid, started_here):
                process.wait(60)
                return pid, started_here

        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(begin, range(3)))
        assert len({pid for pid, _ in found}) == 1
        assert sorted(started_here for _, started_here in found) == [False, False, True]

    def test_a_detached_one_outlives_its_starter_until_it_is_stopped(self, home: Path) -> None:
        with starter("embedded", home, "detached") as (process, pid, _):
            assert process.wait(30) == 0
        engine = registry.attach(home)
        assert engine is not None
        assert engine.pid == pid
        with opened(engine) as driver:
            add(driver, engine, 1)
        assert registry.stop(home) is True
        assert token(pid) is None
        assert registry.stop(home) is False
        with registry.start("embedded", home, detached=True) as running:
            assert ids(running.engine) == [1]
        assert registry.status(home).state == "running"
        running.stop()
        assert registry.status(home).state == "stopped"

    def test_a_port_that_was_asked_for_and_is_taken_is_said(self, home: Path) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(PortTaken, match=str(port)):
                registry.start("embedded", home, options=EngineOptions(bolt_port=port))
        with registry.start("embedded", home, options=EngineOptions(bolt_port=port)) as running:
            assert urlsplit(running.engine.uri).port == port

    @pytest.mark.parametrize("which", [0, 1])
    def test_a_port_that_is_taken_meanwhile_is_replaced(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, which: int
    ) -> None:
        free_ports = embedded.free_ports
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            taken = free_ports(2)
            taken[which] = other.getsockname()[1]
            drawn = [taken]
            monkeypatch.setattr(embedded, "free_ports", lambda count: drawn.pop() if drawn else free_ports(count))
            with registry.start("embedded", home) as running:
                assert ids(running.engine) == []
        assert drawn == []

    def test_data_that_cannot_be_read_are_refused_and_left_alone(self, home: Path) -> None:
        with registry.start("embedded", home) as running, opened(running.engine) as driver:
            add(driver, running.engine, 1)
        database = home / "embedded" / "databases" / "govnet"
        for name in ("schema.json", "schema.prev.json"):
            (database / name).write_text("x")
        before = sorted((path.name, path.stat().st_size) for path in database.iterdir())
        with pytest.raises(EngineError, match="cannot be read") as caught:
            registry.start("embedded", home)
        assert "Restore a backup" in caught.value.hint
        assert registry.status(home).state == "stopped"
        assert sorted((path.name, path.stat().st_size) for path in database.iterdir()) == before

    def test_a_lost_password_does_not_lose_the_data(self, home: Path) -> None:
        with registry.start("embedded", home) as running, opened(running.engine) as driver:
            add(driver, running.engine, 1)
        (home / "embedded" / "password").unlink()
        with registry.start("embedded", home) as again:
            assert again.engine.password != running.engine.password
            assert ids(again.engine) == [1]

    def test_a_heap_beyond_the_machine_is_said(self, home: Path) -> None:
        with pytest.raises(EngineError, match="heap") as caught:
            registry.start("embedded", home, options=EngineOptions(heap="900000g"))
        assert "GOVNET_HEAP" in caught.value.hint
        assert "object heap" in caught.value.tail
        assert registry.status(home).state == "stopped"


# --- Neo4j ----------------------------------------------------------------------------------------------------------


@pytest.fixture(
    params=[pytest.param(v, marks=[pytest.mark.neo4j, pytest.mark.slow]) for v in (server.LONG_TERM, server.NEWEST)]
)
def version(request: pytest.FixtureRequest) -> str:
    needs("neo4j")
    return str(request.param)


class TestNeo4j:
    def test_it_starts_privately_and_every_commit_survives_a_kill(self, home: Path, version: str) -> None:
        running = registry.start("neo4j", home, version=version)
        engine = running.engine
        assert (engine.kind, engine.version, engine.database) == ("neo4j", version, "neo4j")
        assert_private(home, engine)
        assert_on_loopback_only(engine)
        assert_refuses_strangers(engine)
        with urllib.request.urlopen(f"{engine.http_uri}/browser/", timeout=30) as page:
            assert b"<html" in page.read().lower()
        with opened(engine) as driver:
            add(driver, engine, *range(40))
            found = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions", database_="neo4j")
            assert found.records[0]["versions"] == [version]
            assert engine.pid is not None
            os.kill(engine.pid, signal.SIGKILL)
        assert wait_for(lambda: registry.status(home).state == "stopped")
        running.stop()
        # No version is named: that of the data is meant.
        with registry.start("neo4j", home) as again:
            assert (again.engine.version, again.engine.password) == (version, engine.password)
            assert ids(again.engine) == list(range(40))
            begun = time.monotonic()
        assert time.monotonic() - begun < 9  # Neo4j's own habit is to wait for ten seconds
        assert registry.status(home).state == "stopped"

    def test_one_that_runs_out_of_memory_is_started_again(self, home: Path, version: str) -> None:
        with registry.start("neo4j", home, version=version) as running, opened(running.engine) as driver:
            add(driver, running.engine, 1)
            bomb = f"RETURN size(reduce(s = 'x', i IN {[1] * 31} | s + s)) AS n"
            with pytest.raises((ServiceUnavailable, SessionExpired)), driver.session() as session:
                session.run(bomb).consume()

            def answers() -> bool:
                record = runtime.read_record(home)
                return (
                    record is not None and record.pid != running.engine.pid and registry.status(home).state == "running"
                )

            assert wait_for(answers, 90)
            assert ids(running.engine) == [1]
            assert "ran out of memory" in runtime.log_path(home).read_text()

    def test_it_ends_with_its_starter_and_with_its_keeper(self, home: Path, version: str) -> None:
        with starter("neo4j", home, "waiting", version) as (process, pid, _):
            first = token(pid)
            assert first is not None
            process.kill()
            assert wait_for(lambda: token(pid) != first)
        assert wait_for(lambda: registry.status(home).state == "stopped")
        if sys.platform != "linux":
            return  # elsewhere the kernel does not tell a server that its keeper was killed
        engine = registry.start("neo4j", home, detached=True).engine
        record = runtime.read_record(home)
        assert record is not None
        assert engine.pid == record.pid != record.keeper
        os.kill(record.keeper, signal.SIGKILL)
        assert wait_for(lambda: token(record.pid) != record.pid_token)
        assert wait_for(lambda: registry.status(home).state == "crashed")
