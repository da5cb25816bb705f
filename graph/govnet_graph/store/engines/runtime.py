"""The files of a data directory that say what runs in it: a lock, a record, a password. All of mode 0600.

``engine.lock`` is locked (flock) by the engine's own processes for as long as one of them lives, so a lock cannot be
left behind by a crash. ``engine.json`` says where the running engine answers; found without the lock it is a trace of a
crash. ``<kind>/password`` belongs to the data and outlives the engine.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from govnet_graph.store.engines.model import Engine, EngineError, EngineStatus, Kind

if sys.platform != "win32":
    import fcntl

_SPARE_BYTES = 64 * 1024 * 1024
_RECORD = "engine.json"
_LOCK = "engine.lock"


@dataclass(frozen=True, slots=True)
class Record:
    """What ``engine.json`` holds. ``keeper`` is the process that closes the engine when it is told to; the tokens tell a
    process from a later one with the same number (``process.token``)."""

    kind: Kind
    uri: str
    http_uri: str | None
    user: str
    database: str
    version: str
    pid: int
    pid_token: str
    keeper: int
    keeper_token: str
    detached: bool


def log_path(home: Path) -> Path:
    """Where the engine of this data directory writes what it has to say."""
    return home / "engine.log"


def prepare_home(home: Path) -> Path:
    """Make the data directory, private to its owner, and check that an engine can live in it.

    Raises
    ------
    EngineError
        It cannot be made or written, or its disk is nearly full.
    """
    if sys.platform == "win32":
        raise EngineError(
            "govnet starts engines on Linux and macOS only.", "Use WSL, Docker, or the address of a running engine."
        )
    home = home.expanduser().absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home) as probe:
            probe.write(b"govnet")
        stats = os.statvfs(home)
    except OSError as error:
        raise _unusable(home, error) from None
    free = stats.f_bavail * stats.f_frsize
    if free < _SPARE_BYTES:
        raise EngineError(
            f"The disk of {home} is full: {free // 1024 // 1024} MB are left, an engine needs {_SPARE_BYTES // 1024 // 1024}.",
            "Free some space or set GOVNET_HOME to another disk.",
        )
    return home


def _unusable(home: Path, error: OSError) -> EngineError:
    if error.errno == errno.ENOSPC:
        return EngineError(f"The disk of {home} is full.", "Free some space or set GOVNET_HOME to another disk.")
    return EngineError(
        f"The data directory {home} cannot be used: {error.strerror}.", "Set GOVNET_HOME to a directory of yours."
    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 so that a reader sees the old content or the new, also after a power cut."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def take_lock(home: Path) -> int | None:
    """Lock the data directory; the descriptor keeps the lock while any process has it open. None when it is locked."""
    descriptor = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError as error:
        os.close(descriptor)
        raise EngineError(
            f"The file system of {home} has no locks: {error.strerror}.", "Set GOVNET_HOME to a local disk."
        ) from None
    return descriptor


def is_locked(home: Path) -> bool:
    """Whether an engine, or somebody starting one, holds the data directory."""
    try:
        descriptor = os.open(home / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def write_record(home: Path, record: Record) -> None:
    """Say where the engine answers."""
    write_whole(home / _RECORD, json.dumps(asdict(record), indent=2).encode() + b"\n")


def remove_record(home: Path) -> None:
    """Say that no engine answers here any more."""
    (home / _RECORD).unlink(missing_ok=True)


def read_record(home: Path) -> Record | None:
    """The record as it was written, whether or not its engine still lives. None where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads((home / _RECORD).read_text(encoding="utf-8"))
        return Record(**found)
    except (OSError, ValueError, TypeError):
        return None


def look(home: Path) -> EngineStatus:
    """What is going on in a data directory, without touching it."""
    home = home.expanduser().absolute()
    record = read_record(home)
    if not is_locked(home):
        return EngineStatus("crashed" if record else "stopped", None, log_path(home))
    # Read again: between the two looks an engine may have closed and another begun.
    record = read_record(home)
    return (
        EngineStatus("running", _engine(record, home), log_path(home))
        if record
        else EngineStatus("starting", None, log_path(home))
    )


def _engine(record: Record, home: Path) -> Engine:
    password = read_password(home / record.kind)
    if password is None:
        raise EngineError(
            f"The password of the engine in {home} is gone.", "Run `govnet engine stop`, then start it again."
        )
    return Engine(
        kind=record.kind,
        uri=record.uri,
        user=record.user,
        password=password,
        database=record.database,
        version=record.version,
        pid=record.pid,
        http_uri=record.http_uri,
        home=home,
    )


def read_password(data: Path) -> str | None:
    """The password kept with an engine's data; None when there is none that can be read."""
    try:
        return (data / "password").read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def make_password(data: Path) -> str:
    """Draw a password for this data and keep it. 192 random bits; letters and digits, so that it needs no quoting."""
    password = secrets.token_hex(24)
    write_whole(data / "password", password.encode() + b"\n")
    return password
