"""API keys: made, listed, revoked and checked. Only a slow hash of each is kept, in the data directory.

A key reads ``govnet_<id>_<secret>``. The id finds the record, so that one hash at most is computed for a request;
the secret has 256 random bits and is shown once, when the key is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from govnet_graph.errors import BadInput, NotFound

FILE = "api-keys.json"
_PREFIX = "govnet"
_COST = {"n": 2**14, "r": 8, "p": 1}
_MEMORY = 64 * 2**20
_MAX_KEY = 200


class Scope(StrEnum):
    """What a key allows: reading the graph with names masked, seeing the names of members, asking in Cypher of one's own,
    changing the graph by imports, filing reports through Open311 and nothing else, and deciding what is watched and told to
    which webhooks.

    ``cypher`` is of use with ``names`` only: a free query can read everything, so whoever may ask one may see names.
    """

    READ = "read"
    NAMES = "names"
    CYPHER = "cypher"
    WRITE = "write"
    REPORT = "report"
    WEBHOOKS = "webhooks"


class KeysUnusable(BadInput):
    """The file of keys cannot be trusted; nobody is let in by it."""

    code = "keys-unusable"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key besides its secret. ``created`` is in UTC."""

    id: str
    label: str
    scopes: frozenset[Scope]
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class _Record:
    key: ApiKey
    salt: bytes
    hash: bytes
    cost: dict[str, int]


def _hash(secret: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, dklen=32, maxmem=_MEMORY, **cost)


class KeyStore:
    """The keys of one data directory. The file is read again whenever it has changed, so revoking works at once."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE
        self._stamp: tuple[int, int, int] | None = None
        self._records: dict[str, _Record] = {}
        self._process_key = secrets.token_bytes(32)
        self._verified: dict[bytes, str] = {}

    def create(self, label: str, scopes: Iterable[str] = (Scope.READ,)) -> tuple[ApiKey, str]:
        """A new key and its text, which cannot be shown again. Raises BadInput for an unknown scope or an empty label."""
        if not label.strip() or len(label) > 100 or not label.isprintable():
            raise BadInput(
                "A key needs a label of at most 100 printable characters.",
                hint="Name the program or the person that will use it.",
            )
        wanted = frozenset(_scope(name) for name in scopes) | {Scope.READ}
        if Scope.CYPHER in wanted and Scope.NAMES not in wanted:
            raise BadInput(
                "The scope cypher needs the scope names too, because a free query can read everything.",
                hint="Add --scope names.",
            )
        key = ApiKey(secrets.token_hex(4), label.strip(), wanted, dt.datetime.now(dt.UTC).replace(microsecond=0))
        secret, salt = secrets.token_urlsafe(32), secrets.token_bytes(16)
        with self._changing() as records:
            records[key.id] = _Record(key, salt, _hash(secret, salt, _COST), dict(_COST))
        return key, f"{_PREFIX}_{key.id}_{secret}"

    def list(self) -> list[ApiKey]:
        """All keys, oldest first."""
        return sorted((record.key for record in self._read().values()), key=lambda key: (key.created, key.id))

    def revoke(self, key_id: str) -> ApiKey:
        """Remove a key; requests with it are refused from then on. Raises NotFound."""
        with self._changing() as records:
            if key_id not in records:
                raise NotFound(f"There is no API key {key_id!r}.", hint="`govnet keys list` shows the ids.")
            return records.pop(key_id).key

    def recall(self, presented: str) -> ApiKey | None:
        """The key of this text where it was checked before and still stands; costs no slow hash."""
        records = self._read()
        known = self._verified.get(self._digest(presented))
        return records[known].key if known in records else None

    def check(self, presented: str) -> ApiKey | None:
        """The key of this text, or None. Slow on purpose (about 50 ms): call it outside the event loop."""
        parts = presented.split("_", 2) if len(presented) <= _MAX_KEY else []
        if len(parts) != 3 or parts[0] != _PREFIX:
            return None
        record = self._read().get(parts[1])
        if record is None or not hmac.compare_digest(_hash(parts[2], record.salt, record.cost), record.hash):
            return None
        self._verified[self._digest(presented)] = record.key.id
        return record.key

    def _digest(self, presented: str) -> bytes:
        # The table of checked keys must not hold keys, and its look-up must not be steered by who guesses them.
        return hmac.digest(self._process_key, presented.encode("utf-8", "surrogateescape"), "sha256")

    def _read(self) -> dict[str, _Record]:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            self._stamp, self._records, self._verified = None, {}, {}
            return self._records
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if stamp != self._stamp:
            if os.name == "posix" and status.st_mode & 0o077:
                raise KeysUnusable(
                    f"{self.path} can be read by others.", hint=f"Run `chmod 600 {self.path}` and make new keys."
                )
            self._records, self._verified = _parse(self.path), {}
            self._stamp = stamp
        return self._records

    @contextmanager
    def _changing(self) -> Iterator[dict[str, _Record]]:
        """The records, to be changed in place and then written as a whole; one process at a time."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.name == "posix":
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            self._stamp = None
            records = dict(self._read())
            yield records
            _write(self.path, records)
        finally:
            os.close(lock)


def _scope(name: str) -> Scope:
    try:
        return Scope(name)
    except ValueError:
        raise BadInput(f"There is no scope {name!r}.", hint=f"Scopes are {', '.join(Scope)}.") from None


def _parse(path: Path) -> dict[str, _Record]:
    try:
        listed: list[dict[str, Any]] = json.loads(path.read_bytes())["keys"]
        return {
            item["id"]: _Record(
                ApiKey(
                    item["id"],
                    item["label"],
                    frozenset(Scope(s) for s in item["scopes"]),
                    dt.datetime.fromisoformat(item["created"]),
                ),
                bytes.fromhex(item["salt"]),
                bytes.fromhex(item["hash"]),
                {name: int(item["cost"][name]) for name in _COST},
            )
            for item in listed
        }
    except (ValueError, KeyError, TypeError) as error:
        raise KeysUnusable(
            f"{path} is damaged: {error}.", hint="Restore it, or delete it and make new keys."
        ) from error


def _write(path: Path, records: dict[str, _Record]) -> None:
    listed = [
        {
            "id": r.key.id,
            "label": r.key.label,
            "scopes": sorted(r.key.scopes),
            "created": r.key.created.isoformat(),
            "salt": r.salt.hex(),
            "hash": r.hash.hex(),
            "cost": r.cost,
        }
        for r in records.values()
    ]
    # mkstemp makes the file readable by its owner alone, and the rename keeps either the old list or the new one.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with open(handle, "w", encoding="utf-8") as file:
            json.dump({"keys": listed}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
