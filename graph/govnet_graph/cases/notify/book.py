"""The file in which webhooks, what is to be sent, standing questions and notices are kept, beside the graph.

One SQLite file in the data directory, readable by its owner alone, because it holds the secrets that webhooks are signed
with. Several processes may use it at once: each change is one immediate transaction. The graph holds nothing of it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from govnet_graph.errors import BadInput

FILE = "notices.sqlite3"
_VERSION = 1
_WAIT_SECONDS = 10.0
_TABLES = """
CREATE TABLE webhook (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, label TEXT NOT NULL, secret TEXT NOT NULL, author TEXT NOT NULL, created REAL NOT NULL,
  disabled TEXT
);
CREATE TABLE message (id TEXT PRIMARY KEY, type TEXT NOT NULL, created REAL NOT NULL, body TEXT NOT NULL);
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE,
  webhook TEXT NOT NULL REFERENCES webhook(id) ON DELETE CASCADE,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL, leased REAL NOT NULL DEFAULT 0,
  status INTEGER, error TEXT, tried REAL,
  UNIQUE (message, webhook)
);
CREATE INDEX delivery_due ON delivery (state, due);
CREATE TABLE watch (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, question TEXT NOT NULL, parameters TEXT NOT NULL,
  webhooks TEXT NOT NULL, author TEXT NOT NULL, created REAL NOT NULL,
  turn INTEGER NOT NULL DEFAULT 0, version INTEGER, day TEXT, held BLOB, evaluated REAL, problem TEXT
);
CREATE TABLE notice (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, watch TEXT NOT NULL, created REAL NOT NULL, body TEXT NOT NULL
);
CREATE INDEX notice_watch ON notice (watch, number);
"""


class NoticesUnusable(BadInput):
    """The file of webhooks and notices cannot be trusted or read."""

    code = "notices-unusable"


class Book:
    """The file of one data directory, made when something is first written to it."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self.path.exists()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that nobody else writes beside: kept as a whole, or not at all. Raises NoticesUnusable."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the file, whoever writes meanwhile. Raises NoticesUnusable."""
        with self._opened() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._require_private()
            with closing(sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
                connection.row_factory = sqlite3.Row
                _prepare(connection)
                yield connection
        except sqlite3.OperationalError as error:
            raise NoticesUnusable(
                f"The file of notices cannot be used: {error}.", hint="Is the disk full or read-only?"
            ) from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise NoticesUnusable(
                f"{self.path} is damaged: {error}.",
                hint="Restore it, or move it away and add webhooks and watches again.",
            ) from error

    def _require_private(self) -> None:
        """Make the file readable by its owner alone, before anything is in it. Its side files take its mode."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            mode = self.path.stat().st_mode
        except OSError as error:
            raise NoticesUnusable(f"{self.path} cannot be opened: {error.strerror}.") from error
        if os.name == "posix" and mode & 0o077:
            raise NoticesUnusable(
                f"{self.path} can be read by others, and it holds the secrets of webhooks.",
                hint=f"Run `chmod 600 {self.path}` and make new webhooks.",
            )


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == _VERSION:
        return
    if version > _VERSION:
        raise NoticesUnusable(
            f"The file of notices has version {version}; this govnet knows versions up to {_VERSION}.",
            hint="Upgrade govnet; nothing was changed.",
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
