"""Page cursors: opaque to the caller, signed, and good for one question, its parameters and one data version.

Rows have a total order, so a cursor only needs to remember how many were given. It also fixes the day that the answer
is about, because the default of ``as_of`` would change at midnight.
"""

from __future__ import annotations

import binascii
import datetime as dt
import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson
from itsdangerous import BadSignature, Signer

from govnet_graph.errors import BadInput, GovnetError

FILE = "cursor-secret"
MAX_CURSOR = 600
# What a cursor replaces or what may differ from page to page without mixing rows.
_NOT_HASHED = frozenset({"cursor", "limit", "whole"})


class BadCursor(BadInput):
    """The cursor was not made here, or not for this request."""

    code = "bad-cursor"


class CursorStale(GovnetError):
    """The data moved since the cursor was given."""

    code = "cursor-stale"

    def __init__(self) -> None:
        super().__init__(
            "The data changed since this page began, so its next page would not fit.",
            hint="Start again without the cursor.",
        )


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: rows to skip, in which data version, on which day."""

    skip: int
    data_version: int
    as_of: dt.date

    def require_fresh(self, data_version: int) -> None:
        """Raise CursorStale when the data have moved since."""
        if data_version != self.data_version:
            raise CursorStale


def hash_of(parameters: Mapping[str, str]) -> str:
    """A short hash of the parameters that decide which rows there are and in which order."""
    kept = sorted((name, value) for name, value in parameters.items() if name not in _NOT_HASHED)
    return hashlib.blake2b(orjson.dumps(kept), digest_size=9).hexdigest()


class Cursors:
    """Makes and reads cursors with one secret."""

    def __init__(self, secret: str | bytes) -> None:
        self._signer = Signer(secret, salt="govnet.cursor", digest_method=hashlib.sha256)

    def make(self, question: str, parameters: Mapping[str, str], cursor: Cursor) -> str:
        """The text of a cursor."""
        body = orjson.dumps([question, hash_of(parameters), cursor.skip, cursor.data_version, cursor.as_of])
        return self._signer.sign(urlsafe_b64encode(body).rstrip(b"=")).decode("ascii")

    def read(self, text: str, question: str, parameters: Mapping[str, str]) -> Cursor:
        """The cursor of a text that came with these parameters. Raises BadCursor."""
        try:
            if len(text) > MAX_CURSOR:
                raise BadSignature("too long")
            body = self._signer.unsign(text.encode("ascii"))
            made_for, its_hash, skip, version, day = orjson.loads(urlsafe_b64decode(body + b"=" * (-len(body) % 4)))
            cursor = Cursor(skip, version, dt.date.fromisoformat(day))
        except (BadSignature, ValueError, TypeError, binascii.Error):
            raise BadCursor(
                "This cursor was not made by this server.",
                hint="Use the text of `next` unchanged, or start without a cursor.",
            ) from None
        if made_for != question:
            raise BadCursor(
                f"This cursor belongs to the question {made_for}, not to {question}.", hint="Start without a cursor."
            )
        if its_hash != hash_of(parameters):
            raise BadCursor(
                "This cursor belongs to other parameters.",
                hint="Send the parameters of the first page again, or start without a cursor.",
            )
        return cursor


def secret_in(home: Path) -> bytes:
    """The secret kept in the data directory, made on first use; private to its owner."""
    path = home / FILE
    with suppress(FileNotFoundError):
        return _complete(path)
    home.mkdir(parents=True, exist_ok=True)
    # Written aside and linked, so that another process never reads half of it.
    fresh = home / f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_hex(32).encode())
    try:
        os.link(fresh, path)
    except FileExistsError:  # another process was first; its secret is the one
        pass
    finally:
        fresh.unlink()
    return _complete(path)


def _complete(path: Path) -> bytes:
    text = path.read_bytes()
    if len(text) < 32:
        raise BadInput(
            f"{path} is damaged.", hint="Delete it; a new one is made, and cursors given before no longer work."
        )
    return text
