"""Who asks and what they may see.

On a loopback address the API is open for trying out, without names. Everywhere else a key is needed. Whether a request
came over loopback is judged by the request itself too, so that a server started with other flags than the settings say,
a proxy on the same machine, or a web page that rebinds its name to 127.0.0.1, gets nothing without a key.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.keys import KeyStore, Scope

audit = logging.getLogger("govnet.audit")
_PROXIED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")


class Unauthorized(GovnetError):
    """A key is needed and was not given, or is not one of ours."""

    code = "key-required"


class Misdirected(GovnetError):
    """The request names a host that this open server is not."""

    code = "misdirected"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the id of the key, None where none was needed, and what it allows."""

    key: str | None
    scopes: frozenset[Scope]

    @property
    def names(self) -> bool:
        """Whether the caller may see names of members."""
        return Scope.NAMES in self.scopes


ANYONE = Caller(None, frozenset({Scope.READ}))


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    bare = host.strip("[]").partition("%")[0]
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=256)
def _host_of(header: bytes) -> str:
    """The host of a Host header, without its port."""
    text = header.decode("latin-1").strip().lower()
    return text[: text.index("]") + 1] if text.startswith("[") and "]" in text else text.partition(":")[0]


class Guard:
    """Decides who a request comes from."""

    def __init__(self, keys: KeyStore, host: str) -> None:
        self._keys = keys
        self._host = host
        self._open = is_loopback(host)
        self._hashing = asyncio.Semaphore(2)

    @property
    def is_open(self) -> bool:
        """Whether the server may be read without a key over loopback."""
        return self._open

    def require_startable(self) -> None:
        """Raise BadInput when the server would listen beyond this machine and nobody holds a key."""
        if not self._open and not self._keys.list():
            raise BadInput(
                f"The API does not listen on {self._host} without an API key.",
                hint="Make one with `govnet keys create LABEL`, or listen on 127.0.0.1.",
            )

    async def caller(self, scope: Mapping[str, Any], headers: Mapping[bytes, bytes]) -> Caller:
        """Who asks. Raises Unauthorized or Misdirected."""
        presented = _presented(headers)
        if presented is not None:
            return await self._of_key(presented)
        server = scope.get("server")
        if not self._open or not server or not is_loopback(str(server[0])) or any(name in headers for name in _PROXIED):
            raise Unauthorized(
                "An API key is needed here.", hint="Send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`."
            )
        if not is_loopback(_host_of(headers.get(b"host", b"localhost"))):
            raise Misdirected(
                "Without a key this server answers to the names localhost and 127.0.0.1 only.",
                hint="Use http://127.0.0.1, or send a key.",
            )
        return ANYONE

    async def _of_key(self, presented: str) -> Caller:
        key = self._keys.recall(presented)
        if key is None:
            async with self._hashing:
                key = await asyncio.to_thread(self._keys.check, presented)
        if key is None:
            raise Unauthorized(
                "This API key is not known or was revoked.", hint="`govnet keys list` shows which keys there are."
            )
        return Caller(key.id, key.scopes)


def _presented(headers: Mapping[bytes, bytes]) -> str | None:
    """The text of the key that came with the request; empty for an Authorization of another kind."""
    authorization = headers.get(b"authorization")
    if authorization is not None:
        kind, _, value = authorization.decode("latin-1").partition(" ")
        return value.strip() if kind.lower() == "bearer" else ""
    key = headers.get(b"x-api-key")
    return key.decode("latin-1").strip() if key is not None else None
