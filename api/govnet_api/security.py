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


class NotAllowed(GovnetError):
    """The caller is known and may not do this."""

    code = "not-allowed"


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

    def author(self, headers: Mapping[bytes, bytes]) -> str:
        """Who a change is by: the id of a key that may write, else ``local``. Raises NotAllowed."""
        return self.acting(headers, "change the graph", Scope.WRITE)

    def asker(self, headers: Mapping[bytes, bytes]) -> str:
        """Who asks for work that changes nothing: the id of the key, else ``local``. Raises NotAllowed."""
        return self.acting(headers, "have this server compute")

    def acting(self, headers: Mapping[bytes, bytes], what: str, *scopes: Scope) -> str:
        """Who does something, which ``what`` names, that needs one of the scopes: the id of the key, else ``local``.

        Without a key the request came from this machine; but a browser on it opens foreign pages too, so where it says
        which page the request is from, that must be one of this server's own. Raises NotAllowed.
        """
        if self.key is not None:
            if scopes and not self.scopes.intersection(scopes):
                raise NotAllowed(
                    f"This API key may not {what}.", hint=f"`govnet keys create LABEL --scope {scopes[0]}` makes one."
                )
            return self.key
        site = headers.get(b"sec-fetch-site")
        origin = headers.get(b"origin")
        foreign = site is not None and site not in (b"same-origin", b"none")
        if origin is not None:
            foreign = foreign or origin.lower() != b"http://" + headers.get(b"host", b"").lower()
        if foreign:
            raise NotAllowed(
                f"A page of another site may not {what}.", hint="Use the pages of this server, or send a key."
            )
        return LOCAL


LOCAL = "local"
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
        presented = self.presented(headers)
        if presented is not None:
            return await self.of_key(presented)
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

    @staticmethod
    def presented(headers: Mapping[bytes, bytes]) -> str | None:
        """The text of the key that came in the headers, None where none came; empty for an Authorization of a kind not taken."""
        authorization = headers.get(b"authorization")
        if authorization is not None:
            kind, _, value = authorization.decode("latin-1").partition(" ")
            return value.strip() if kind.lower() == "bearer" else ""
        key = headers.get(b"x-api-key")
        return key.decode("latin-1").strip() if key is not None else None

    async def of_key(self, presented: str) -> Caller:
        """Who holds the key of this text. Raises Unauthorized."""
        key = self._keys.recall(presented)
        if key is None:
            async with self._hashing:
                key = await asyncio.to_thread(self._keys.check, presented)
        if key is None:
            raise Unauthorized(
                "This API key is not known or was revoked.", hint="`govnet keys list` shows which keys there are."
            )
        return Caller(key.id, key.scopes)
