"""Where webhooks may go. Whoever may add one must not be able to reach what only this machine can reach.

An address is looked at twice: its text when it is added, and what its name resolves to each time it is called. The call
then goes to the very address that was looked at, so that a name which resolves differently a moment later gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from urllib.parse import urlsplit

from govnet_graph.errors import BadInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
MAX_URL = 2000
_PORTS = {"http": 80, "https": 443}
#: Prefix of IPv6 addresses that lead to an IPv4 address through a translator (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(BadInput):
    """A webhook may not go there."""

    code = "address-refused"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: scheme, host as written (without brackets), port, and path with query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port, as they stand in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if _PORTS[self.scheme] == self.port else f"{host}:{self.port}"


def networks_of(text: str) -> Networks:
    """The networks in a list parted by commas. Raises BadInput.

    >>> networks_of("127.0.0.1, 10.1.0.0/16")
    (IPv4Network('127.0.0.1/32'), IPv4Network('10.1.0.0/16'))
    """
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise BadInput(
            f"GOVNET_WEBHOOK_NETWORKS: {error}.", hint="List networks such as 10.1.0.0/16, parted by commas."
        ) from None


def place_of(url: str, networks: Networks = ()) -> Place:
    """Where the text of an address leads. Raises AddressRefused for what no webhook may be.

    >>> place_of("https://example.org/hook?a=1")
    Place(scheme='https', host='example.org', port=443, target='/hook?a=1')
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(
            f"{url[:100]!r} is no address.", hint="Give one such as https://example.org/hook."
        ) from None
    if len(url) > MAX_URL or not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        raise AddressRefused(
            f"{url[:100]!r} is too long or holds characters that an address has not.",
            hint="Write it in ASCII, with percent signs and the xn-- form of names.",
        )
    if parts.scheme not in _PORTS:
        raise AddressRefused(f"Webhooks go to http:// and https:// only, not to {parts.scheme[:20] or 'nothing'}://.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("An address may not hold a user or a password.", hint="Deliveries are signed instead.")
    if not parts.hostname or port == 0:
        raise AddressRefused(f"{url[:100]!r} names no host or an impossible port.")
    place = Place(
        parts.scheme,
        parts.hostname,
        port if port is not None else _PORTS[parts.scheme],
        (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
    )
    literal = _literal(place.host)
    if literal is not None or place.host == "localhost" or place.host.endswith(".localhost"):
        require_allowed(place.host, [literal or ipaddress.ip_address("127.0.0.1")], networks)
    return place


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def require_allowed(host: str, found: Iterable[Address], networks: Networks) -> None:
    """Raise AddressRefused unless each address is public or in one of the networks that were opened."""
    for address in found:
        inner = _inner(address)
        opened = any(inner in network for network in networks)
        if not opened and (not inner.is_global or inner.is_multicast or inner.is_reserved):
            raise AddressRefused(
                f"{host[:100]} leads to an address of this machine or of a private network.",
                hint="GOVNET_WEBHOOK_NETWORKS opens single addresses or networks.",
            )


def _inner(address: Address) -> Address:
    """The address that is really reached: the IPv4 address inside an IPv6 one that only wraps it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address.sixtofour is not None:
            return address.sixtofour
        if address.teredo is not None:
            return address.teredo[1]
        if address in _TRANSLATED:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


async def resolve(place: Place, networks: Networks, resolver: Executor) -> str:
    """The one address to call. All that the name resolves to must be allowed.

    ``resolver`` runs the look-up, which cannot be stopped, so that a name server that does not answer holds up nothing else.
    Raises AddressRefused, and OSError where the name is not known.
    """
    loop = asyncio.get_running_loop()
    rows = await loop.run_in_executor(
        resolver, lambda: socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    )
    texts = [str(row[4][0]).partition("%")[0] for row in rows]
    require_allowed(place.host, (ipaddress.ip_address(text) for text in texts), networks)
    if not texts:
        raise OSError(f"{place.host} has no address")
    return texts[0]
