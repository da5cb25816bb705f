"""Where files of an export go that has several: into one zip archive, or into a folder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Members(Protocol):
    """A place for files. One is open at a time."""

    def open(self, name: str) -> IO[bytes]:
        """A new file to write; the caller closes it before the next."""

    def close(self) -> None:
        """Nothing more is to come."""


class Archive:
    """A zip archive on a stream that need not be seekable; it holds no clock and no owner."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)

    def open(self, name: str) -> IO[bytes]:
        """A new file in the archive."""
        told = zipfile.ZipInfo(name, _LONG_AGO)
        told.compress_type = zipfile.ZIP_DEFLATED
        told.external_attr = 0o644 << 16
        told.create_system = 3  # the same on every system
        return self._zip.open(told, "w", force_zip64=True)

    def close(self) -> None:
        """Writes the directory of the archive."""
        self._zip.close()


class Folder:
    """A folder, which exists and is empty."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self, name: str) -> IO[bytes]:
        """A new file below the folder."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")

    def close(self) -> None:
        """Does nothing: each file is whole when it is closed."""


@contextmanager
def member(members: Members, name: str) -> Iterator[IO[bytes]]:
    """One file, closed at the end."""
    with members.open(name) as file:
        yield file
