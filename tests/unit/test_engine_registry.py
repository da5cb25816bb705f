"""Engines without an engine: addresses, settings, the files of a data directory, Bolt's handshake."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.errors import BadInput
from govnet_graph.settings import Settings
from govnet_graph.store.engines import bolt, process, registry, runtime
from govnet_graph.store.engines.address import SCHEMES, is_address, parse_address
from govnet_graph.store.engines.model import Engine, EngineError, EngineOptions
from govnet_graph.store.engines.process import token

# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("bolt://localhost:7687", "bolt://localhost:7687"),
        ("neo4j://graph.example", "neo4j://graph.example"),
        ("neo4j+s://abc123.databases.neo4j.io", "neo4j+s://abc123.databases.neo4j.io"),
        ("bolt+s://10.0.0.5:7000/", "bolt+s://10.0.0.5:7000"),
        ("NEO4J://Graph.Example:7687?region=north", "neo4j://graph.example:7687?region=north"),
        ("bolt://[::1]:7687", "bolt://[::1]:7687"),
        (" bolt://my_host ", "bolt://my_host"),
    ],
)
def test_an_address_becomes_a_remote_engine(text: str, uri: str) -> None:
    engine = parse_address(text, user="neo4j", password="secret", database="graph")
    assert (engine.kind, engine.uri, engine.user, engine.password) == ("remote", uri, "neo4j", "secret")
    assert engine.database == "graph"
    assert (engine.pid, engine.home, engine.http_uri, engine.browser_uri) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("localhost:7687", "not an engine address"),
        ("http://localhost:7474", "over http"),
        ("postgres://localhost", "'postgres' is not a scheme"),
        ("bolt://", "names no host"),
        ("bolt://:7687", "names no host"),
        ("bolt://local host:7687", "'local host' is not a host"),
        ("bolt://host:port", "wrong host or port"),
        ("bolt://host:70000", "wrong host or port"),
        ("bolt://host:0", "0 is not a port"),
        ("bolt://host:7687/movies", "has a path"),
        ("bolt://host:7687?x=1", "something after the port"),
        ("neo4j://host#x", "something after the port"),
        ("bolt://[::1", "wrong host or port"),
        ("bolt://-host", "'-host' is not a host"),
    ],
)
def test_a_wrong_address_is_bad_input_that_names_the_wrong_part(text: str, part: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_address(text)
    assert part in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_credentials_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(BadInput) as caught:
        parse_address("bolt://neo4j:hunter2@host:7687")
    assert "hunter2" not in str(caught.value)
    assert "GOVNET_NEO4J_PASSWORD" in caught.value.hint


def test_without_a_password_no_user_is_named_either() -> None:
    assert parse_address("bolt://host", user="neo4j").user == ""


@given(
    scheme=st.sampled_from(SCHEMES),
    host=st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?\Z"),
    port=st.none() | st.integers(1, 65535),
)
def test_a_good_address_is_kept_as_it_is(scheme: str, host: str, port: int | None) -> None:
    text = f"{scheme}://{host}" + (f":{port}" if port else "")
    assert is_address(text)
    assert parse_address(text).uri == text


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_bad_input(text: str) -> None:
    try:
        engine = parse_address(text)
    except BadInput:
        return
    assert engine.uri.split("://")[0] in SCHEMES


# --- engines and options --------------------------------------------------------------------------------------------


def test_a_password_shows_in_no_text_of_an_engine() -> None:
    engine = Engine("neo4j", "bolt://127.0.0.1:1", "neo4j", "hunter2", "neo4j", "2026.08.1", 7, "http://127.0.0.1:2")
    assert "hunter2" not in repr(engine)
    assert "hunter2" not in json.dumps(engine.public())
    assert engine.browser_uri is not None
    assert engine.browser_uri.startswith("http://127.0.0.1:2/browser/?dbms=bolt%3A%2F%2F")


@pytest.mark.parametrize(
    "wrong", [{"heap": "much"}, {"heap": "0m"}, {"pagecache": "1 g"}, {"bolt_port": 0}, {"http_port": 65536}]
)
def test_wrong_options_are_bad_input(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        EngineOptions(**wrong)  # type: ignore[arg-type]


def test_an_unknown_kind_or_version_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no engine 'oracle'"):
        registry.start("oracle", tmp_path)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="no choice of versions"):
        registry.start("embedded", tmp_path, version="1.0.0")
    with pytest.raises(BadInput, match="not a version of Neo4j"):
        registry.start("neo4j", tmp_path, version="latest")
    assert registry.status(tmp_path).state == "stopped"


def test_the_settings_choose_the_engine(tmp_path: Path) -> None:
    given = {"home": tmp_path, "neo4j_user": "ada", "neo4j_password": "pw", "database": "d"}
    remote = registry.attach_configured(Settings(engine="neo4j://graph.example", **given))
    assert remote is not None
    assert (remote.uri, remote.user, remote.password, remote.database) == ("neo4j://graph.example", "ada", "pw", "d")
    assert registry.attach_configured(Settings(home=tmp_path)) is None
    with registry.connect(Settings(engine="bolt://graph.example", **given)) as engine:
        assert engine.kind == "remote"
    with pytest.raises(BadInput, match="address"):
        registry.start_detached(Settings(engine="bolt://graph.example", **given))
    with pytest.raises(BadInput, match="no engine 'oracle'"):
        registry.start_configured(Settings(engine="oracle", home=tmp_path))


# --- the files of a data directory ----------------------------------------------------------------------------------


def record_of(pid: int, pid_token: str, kind: str = "embedded") -> runtime.Record:
    return runtime.Record(
        kind=kind,  # type: ignore[arg-type]
        uri="bolt://127.0.0.1:7687",
        http_uri=None,
        user="root",
        database="govnet",
        version="1",
        pid=pid,
        pid_token=pid_token,
        keeper=pid,
        keeper_token=pid_token,
        detached=True,
    )


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of an engine's."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as started:
        yield started
        started.kill()


def test_a_record_without_the_lock_is_a_crash_and_is_cleared(tmp_path: Path) -> None:
    runtime.write_record(tmp_path, record_of(os.getpid(), token(os.getpid()) or ""))
    assert registry.status(tmp_path).state == "crashed"
    assert registry.attach(tmp_path) is None
    assert registry.stop(tmp_path) is False
    assert registry.status(tmp_path).state == "stopped"


def test_a_lock_is_held_by_whoever_inherits_it_and_ends_with_him(tmp_path: Path) -> None:
    lock = runtime.take_lock(tmp_path)
    assert lock is not None
    assert runtime.take_lock(tmp_path) is None
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=[lock]) as heir:
        os.close(lock)
        assert registry.status(tmp_path).state == "starting"
        heir.kill()
    assert registry.status(tmp_path).state == "stopped"


def test_another_process_with_the_number_of_an_engine_is_not_signalled(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    runtime.write_record(tmp_path, record_of(sleeper.pid, "an earlier process"))
    lock = runtime.take_lock(tmp_path)
    assert lock is not None
    try:
        with pytest.raises(EngineError, match="another container"):
            registry.stop(tmp_path, timeout=0.2)
    finally:
        os.close(lock)
    assert sleeper.poll() is None


def test_a_process_is_told_from_a_later_one_and_from_a_dead_one(sleeper: subprocess.Popen[bytes]) -> None:
    first = token(sleeper.pid)
    assert first == token(sleeper.pid)
    assert first != token(os.getpid())
    assert not process.kill_if(sleeper.pid, "another", signal.SIGKILL)
    assert process.kill_if(sleeper.pid, first or "", signal.SIGKILL)
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert token(sleeper.pid) is None  # dead, though its number is not free yet


def test_files_are_private_and_written_whole(tmp_path: Path) -> None:
    home = runtime.prepare_home(tmp_path / "a" / "home")
    assert home.stat().st_mode & 0o777 == 0o700
    first = runtime.make_password(home)
    runtime.write_record(home, record_of(1, "x"))
    for name in ("password", "engine.json"):
        assert (home / name).stat().st_mode & 0o777 == 0o600
    assert runtime.read_password(home) == first
    assert len(first) >= 32
    assert first not in (home / "engine.json").read_text()
    assert sorted(path.name for path in home.iterdir()) == ["engine.json", "password"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"kind": "embedded"}'])
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "engine.json").write_text(text)
    assert runtime.read_record(tmp_path) is None
    assert registry.attach(tmp_path) is None


def test_a_data_directory_that_cannot_be_used_is_an_engine_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(EngineError, match="cannot be used: Not a directory") as caught:
        registry.start("embedded", file / "home")
    assert "GOVNET_HOME" in caught.value.hint
    assert caught.value.exit_code == 3


def test_a_nearly_full_disk_is_said_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "_SPARE_BYTES", 1 << 60)
    with pytest.raises(EngineError, match=r"The disk of .* is full"):
        registry.start("embedded", tmp_path)


def test_an_engine_of_another_kind_is_not_taken_for_the_one_asked_for(tmp_path: Path) -> None:
    (tmp_path / "neo4j").mkdir()
    runtime.make_password(tmp_path / "neo4j")
    with socket.socket() as listener:
        port = fake_bolt(listener, b"\x00\x00\x08\x05")
        record = record_of(os.getpid(), token(os.getpid()) or "", kind="neo4j")
        uri = f"bolt://127.0.0.1:{port}"
        runtime.write_record(tmp_path, runtime.Record(**{**runtime.asdict(record), "uri": uri}))
        lock = runtime.take_lock(tmp_path)
        assert lock is not None
        try:
            with pytest.raises(EngineError, match=r"neo4j runs in .*, and embedded was asked for"):
                registry.start("embedded", tmp_path)
            assert registry.start("neo4j", tmp_path).engine.uri == uri
            with pytest.raises(EngineError, match=r"and 5\.26\.30 was asked for"):
                registry.start("neo4j", tmp_path, version="5.26.30")
            # No engine was named, so the one that runs is meant; one was named, so it is not.
            assert registry.start_configured(Settings(home=tmp_path)).engine.kind == "neo4j"
            with pytest.raises(EngineError, match="and embedded was asked for"):
                registry.attach_configured(Settings(home=tmp_path, engine="embedded"))
        finally:
            os.close(lock)


# --- Bolt -----------------------------------------------------------------------------------------------------------


def fake_bolt(listener: socket.socket, answer: bytes) -> int:
    """Answers every connection with these bytes, in pieces."""
    listener.bind(("127.0.0.1", 0))
    listener.listen()

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(20)
                for byte in answer:
                    connection.sendall(bytes([byte]))

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        (b"\x00\x00\x08\x05", True),
        (b"\x00\x00\x04\x04", True),
        (b"\x00\x00\x00\x00", False),
        (b"HTTP", False),
        (b"\x00", False),
    ],
)
def test_a_server_answers_when_it_accepts_a_version_of_bolt(answer: bytes, accepted: bool) -> None:
    with socket.socket() as listener:
        assert bolt.answers(fake_bolt(listener, answer)) is accepted


def test_nobody_answers_on_a_free_port() -> None:
    ports = bolt.free_ports(4)
    assert len(set(ports)) == 4
    assert all(bolt.is_free(port) and not bolt.answers(port) for port in ports)
    with socket.socket() as listener:
        assert not bolt.is_free(fake_bolt(listener, b""))
