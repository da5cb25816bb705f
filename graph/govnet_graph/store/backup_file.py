"""The file of a backup: a first line that says what it is, a record a line, a last line with their number and hash.

A file under its own name is whole: it is written beside it, flushed to disk, and only then given its name.
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from govnet_graph.errors import BadInput
from govnet_graph.schema import SCHEMA
from govnet_graph.store.content import ContentHash

FORMAT = "govnet-backup"
VERSION = 1


class BackupUnusable(BadInput):
    """The file is no backup, is damaged or was cut short, or follows a newer schema; nothing was changed."""

    code = "backup-unusable"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup file holds. ``sha256`` is the content hash of all records, history included."""

    path: Path
    records: int
    sha256: str
    dataset: str | None
    data_version: int
    created: str


class Writer:
    """Writes one backup file, readable by its owner only. As a context manager it leaves nothing behind unless ``end`` was reached.

    Raises
    ------
    BadInput
        The file is there already, or its folder is not.
    """

    def __init__(self, target: Path, head: Mapping[str, Any]) -> None:
        if target.exists():
            raise BadInput(f"{target} is there already.", hint="Give another name; a backup never replaces one.")
        if not target.parent.is_dir():
            raise BadInput(f"There is no folder {target.parent}.", hint="Make it first.")
        self.content = ContentHash()
        self._target = target
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        self._name = name
        self._raw = open(handle, "wb")  # noqa: SIM115 - closed in __exit__
        self._out = gzip.GzipFile(filename="", fileobj=self._raw, mode="wb", compresslevel=5, mtime=0)
        self._out.write(orjson.dumps({"format": FORMAT, "version": VERSION, **head}) + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._raw.close()
        os.unlink(self._name)

    def add(self, line: bytes) -> None:
        """Write one record."""
        self.content.add(line)
        self._out.write(line + b"\n")

    def end(self) -> None:
        """Write the last line, flush to disk and give the file its name."""
        self._out.write(orjson.dumps({"records": self.content.count, "sha256": self.content.hexdigest()}) + b"\n")
        self._out.close()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        try:
            os.link(self._name, self._target)  # fails where somebody made the file meanwhile, as a rename would not
        except FileExistsError:
            raise BadInput(f"{self._target} is there already.", hint="Give another name.") from None


def inspect(path: Path) -> tuple[Backup, Mapping[str, Any]]:
    """Read a backup file from its first to its last line; what it holds, and its first line. Raises BackupUnusable."""
    found = ContentHash()
    head, tail = _ends(path, found)
    if tail.get("records") != found.count or tail.get("sha256") != found.hexdigest():
        raise BackupUnusable(f"{path} is damaged: its records are not those that were saved.", hint="Take another one.")
    saved = Backup(path, found.count, found.hexdigest(), head["dataset"], head["data_version"], head["created"])
    return saved, head


def _ends(path: Path, found: ContentHash) -> tuple[dict[str, Any], dict[str, Any]]:
    head: dict[str, Any] | None = None
    last: bytes | None = None
    try:
        for line in lines(path):
            if head is None:
                head = _head(path, line)
                continue
            if last is not None:
                found.add(last)
            last = line
        tail = orjson.loads(last) if last is not None else None
    except (OSError, EOFError, gzip.BadGzipFile, ValueError) as error:
        raise BackupUnusable(f"{path} cannot be read to its end: {error}.", hint="Take another one.") from None
    if head is None or not isinstance(tail, dict):
        raise BackupUnusable(f"{path} was cut short.", hint="Take another one.")
    return head, tail


def _head(path: Path, line: bytes) -> dict[str, Any]:
    head = orjson.loads(line)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BackupUnusable(f"{path} is no backup of govnet.", hint="`govnet engine backup` makes one.")
    if head["version"] > VERSION or head["schema_version"] > SCHEMA.version:
        raise BackupUnusable(f"{path} was made by a newer govnet.", hint="Upgrade govnet.")
    return head


def lines(path: Path) -> Iterator[bytes]:
    """Every line of a backup file."""
    with gzip.open(path, "rb") as file:
        for line in file:
            yield line.rstrip(b"\n")
