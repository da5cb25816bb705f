"""Small files of the data directory: replaced as a whole or not at all, by one process at a time, readable by their owner."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from govnet_graph.errors import BadInput

_SECRET_BYTES = 32


class FileDamaged(BadInput):
    """A file in the data directory cannot be read."""

    code = "file-damaged"


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file; empty where there is no file. Raises FileDamaged."""
    try:
        held = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise FileDamaged(f"{path} is damaged: {error}.", hint="Restore it, or delete it and decide again.") from error
    if not isinstance(held, dict):
        raise FileDamaged(f"{path} holds no object.", hint="Restore it, or delete it and decide again.")
    return held


def write_json(path: Path, held: Mapping[str, Any]) -> None:
    """Replace a file by an object."""
    write_bytes(path, json.dumps(held, ensure_ascii=False, indent=1, default=str).encode())


def write_bytes(path: Path, content: bytes | memoryview) -> None:
    """Replace a file as a whole: after a crash it is either the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp makes the file readable by its owner alone.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes from changing a file meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def secret_of(path: Path) -> bytes:
    """The secret kept in a file, made when first asked for."""
    with locked(path):
        try:
            found = bytes.fromhex(path.read_text().strip())
        except FileNotFoundError:
            found = secrets.token_bytes(_SECRET_BYTES)
            write_bytes(path, found.hex().encode())
        except ValueError as error:
            raise FileDamaged(f"{path} is damaged.", hint="Restore it from a backup.") from error
    if len(found) < _SECRET_BYTES:
        raise FileDamaged(f"{path} is too short.", hint="Restore it from a backup.")
    return found
