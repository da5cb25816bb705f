"""The child processes that keep engines, with children that keep none; and what is made of an engine's last words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from govnet_graph.store.engines import process, runtime
from govnet_graph.store.engines.diagnose import explain
from govnet_graph.store.engines.model import EngineError, PortTaken
from govnet_graph.store.engines.process import Spec, token

# --- child processes ------------------------------------------------------------------------------------------------


def spec_of(home: Path, lock: int, **more: object) -> Spec:
    given: dict[str, object] = {
        "kind": "embedded",
        "home": str(home),
        "user": "root",
        "password": "hunter2hunter2",
        "database": "govnet",
        "version": "",
        "bolt_port": 1,
        "http_port": 2,
        "heap": "64m",
        "start_timeout": 30.0,
        "stop_timeout": 5.0,
        "lock": lock,
    }
    return Spec(**{**given, **more})  # type: ignore[arg-type]


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[int]:
    taken = runtime.take_lock(tmp_path)
    assert taken is not None
    yield taken
    os.close(taken)


def fake_child(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> str:
    """A child module of this body; it finds ``keeper`` and the modules ``child``, ``os`` and ``time``."""
    code = "import os, time\nfrom govnet_graph.store.engines import child\n\ndef keep(keeper):\n"
    code += "".join(f"    {line}\n" for line in body.splitlines()) + "\nchild.run(keep)\n"
    (folder / "fake_engine_child.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return "fake_engine_child"


def test_a_child_gets_its_orders_unseen_and_stops_when_told(
    tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVNET_NEO4J_PASSWORD", "hunter3")
    body = "print('hello', os.environ.get('GOVNET_NEO4J_PASSWORD'))\nkeeper.ready(os.getpid(), '1')\nkeeper.stopping.wait()"
    launched = process.launch(fake_child(tmp_path, monkeypatch, body), spec_of(tmp_path, lock))
    assert launched is not None
    record = runtime.read_record(tmp_path)
    assert record is not None
    assert record.pid_token == token(record.pid)
    if sys.platform == "linux":
        for name in ("cmdline", "environ"):
            assert b"hunter" not in Path(f"/proc/{record.pid}/{name}").read_bytes()
    launched.stop()
    assert token(record.pid) is None
    assert runtime.read_record(tmp_path) is None
    assert process.log_end(tmp_path) == "hello None\n"


def test_the_reason_of_a_child_that_fails_reaches_its_starter(
    tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "raise child.EngineFailed('the moon is in the wrong place')"
    with pytest.raises(EngineError) as caught:
        process.launch(fake_child(tmp_path, monkeypatch, body), spec_of(tmp_path, lock))
    assert caught.value.message == "The embedded engine did not start: the moon is in the wrong place"
    assert str(runtime.log_path(tmp_path)) in caught.value.hint
    assert caught.value.tail == "the moon is in the wrong place"


def test_a_child_that_dies_without_a_word_is_explained_by_its_log(
    tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "print('java.io.IOException: No space left on device', flush=True)\nos.kill(os.getpid(), 9)"
    with pytest.raises(EngineError, match=r"The disk of .* is full"):
        process.launch(fake_child(tmp_path, monkeypatch, body), spec_of(tmp_path, lock))


@pytest.mark.parametrize("detached", [False, True])
def test_a_child_that_does_not_get_ready_is_ended(
    tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch, detached: bool
) -> None:
    body = "print('pid', os.getpid(), flush=True)\nkeeper.stopping.wait()"
    spec = spec_of(tmp_path, lock, start_timeout=1.5, detached=detached)
    with pytest.raises(EngineError, match="did not answer in time"):
        process.launch(fake_child(tmp_path, monkeypatch, body), spec)
    assert token(int(process.log_end(tmp_path).split()[1])) is None


def test_a_child_that_does_not_close_is_killed(tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "keeper.ready(os.getpid(), '1')\nkeeper.stopping.wait()\ntime.sleep(60)"
    launched = process.launch(fake_child(tmp_path, monkeypatch, body), spec_of(tmp_path, lock, stop_timeout=0.3))
    assert launched is not None
    record = runtime.read_record(tmp_path)
    assert record is not None
    launched.stop()
    assert token(record.pid) is None


def test_a_child_that_fails_late_writes_into_no_file_that_was_opened_since(
    tmp_path: Path, lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = (
        "keeper.ready(os.getpid(), '1')\nnew = open('data', 'wb', 0)\nkeeper.stopping.wait()\nraise ValueError('late')"
    )
    launched = process.launch(fake_child(tmp_path, monkeypatch, body), spec_of(tmp_path, lock))
    assert launched is not None
    launched.stop()
    assert (tmp_path / "data").read_bytes() == b""
    assert "ValueError: late" in process.log_end(tmp_path)


# --- what went wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message", "error"),
    [
        ("Caused by: java.io.IOException: No space left on device\nJSONException", "is full", EngineError),
        ("bind(..) failed with error(-98): Address already in use", "listens on a port", PortTaken),
        (
            "PortBindException: Address 127.0.0.1:40929 is already in use, cannot bind to it.",
            "listens on a port",
            PortTaken,
        ),
        ("Unable to listen for BOLT connections using the configured ports '42619'", "listens on a port", PortTaken),
        ("Unable to listen to a HTTP port in the configured port range 21012 - 21012", "listens on a port", PortTaken),
        ("Could not reserve enough space for 943718400000 KB object heap", "heap", EngineError),
        ("Exception: java.lang.OutOfMemoryError thrown from", "out of memory", EngineError),
        ("LockException: Database 'govnet' is locked by another process (path=x)", "Another program has", EngineError),
        ("com.arcadedb.serializer.json.JSONException: Invalid JSON object format", "cannot be read", EngineError),
        ("IllegalStateException: Failed to load data from legacy metadata store", "cannot be read", EngineError),
        ("java.lang.UnsupportedClassVersionError: org/neo4j/x", "too old", EngineError),
    ],
)
def test_the_words_of_an_engine_are_explained(words: str, message: str, error: type[EngineError]) -> None:
    for reason, log in ((words, "much else"), ("", f"before\n{words}\nafter")):
        found = explain(reason, log, kind="neo4j", home=Path("data"), log=Path("data/engine.log"))
        assert type(found) is error
        assert message in found.message
        assert "\n" not in found.message + found.hint
        assert found.hint
        assert found.tail == log


def test_unknown_words_are_quoted_without_stack_frames() -> None:
    log = (
        "starting\njava.lang.IllegalStateException: the moon\n\tat org.neo4j.Moon.rise(Moon.java:1)\n\tat java.base/x\n"
    )
    found = explain("", log, kind="neo4j", home=Path("data"), log=Path("data/engine.log"))
    assert found.message == "The neo4j engine did not start: java.lang.IllegalStateException: the moon"
