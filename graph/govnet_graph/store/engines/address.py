"""Addresses of running engines, as the user writes them."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from govnet_graph.errors import BadInput
from govnet_graph.store.engines.model import Engine

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_HOST = re.compile(r"^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$")
_EXAMPLE = "Write it as bolt://host:7687 or neo4j+s://host."


def is_address(text: str) -> bool:
    """Whether the text is meant as an address rather than as the name of an engine to start."""
    return "://" in text


def parse_address(text: str, *, user: str = "", password: str = "", database: str = "") -> Engine:
    """The engine at an address. Nothing is connected to.

    Parameters
    ----------
    text : str
        ``bolt://``, ``neo4j://`` and their ``+s`` and ``+ssc`` forms, with a host and at most a port
        (and, for ``neo4j``, a routing context ``?key=value``).
    user, password : str
        Credentials; both empty for an engine that asks for none.
    database : str
        Name of the database, empty for the engine's default.

    Raises
    ------
    BadInput
        The text is not such an address; the message names the part that is wrong and never repeats a password.
    """
    scheme, separator, _ = text.strip().partition("://")
    scheme = scheme.lower()
    if not separator:
        raise BadInput(f"{text!r} is not an engine address.", hint=_EXAMPLE)
    if scheme in ("http", "https"):
        raise BadInput(f"An engine is not spoken to over {scheme}.", hint="Give its Bolt address: bolt://host:7687.")
    if scheme not in SCHEMES:
        raise BadInput(f"{scheme!r} is not a scheme of an engine address.", hint=f"Use one of {', '.join(SCHEMES)}.")
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise BadInput(f"The engine address has a wrong host or port: {error}.", hint=_EXAMPLE) from None
    if "@" in parts.netloc:
        raise BadInput(
            "The engine address must not hold a user or password.",
            hint="Set GOVNET_NEO4J_USER and GOVNET_NEO4J_PASSWORD.",
        )
    host = parts.hostname or ""
    if not _is_host(host):
        raise BadInput(
            f"{host!r} is not a host in an engine address." if host else "The engine address names no host.",
            hint=_EXAMPLE,
        )
    if port == 0:
        raise BadInput("0 is not a port of an engine address.", hint=_EXAMPLE)
    if parts.path not in ("", "/"):
        raise BadInput(
            f"The engine address has a path, {parts.path!r}.", hint="Set GOVNET_DATABASE to name the database."
        )
    if parts.fragment or (parts.query and not scheme.startswith("neo4j")):
        raise BadInput("The engine address has something after the port.", hint=_EXAMPLE)
    shown = f"[{host}]" if ":" in host else host
    uri = f"{scheme}://{shown}" + (f":{port}" if port else "") + (f"?{parts.query}" if parts.query else "")
    # A user name alone means that no password was given: an engine without authentication refuses neither.
    return Engine(kind="remote", uri=uri, user=user if password else "", password=password, database=database)


def _is_host(host: str) -> bool:
    if ":" in host:
        try:
            ipaddress.IPv6Address(host.partition("%")[0])
        except ValueError:
            return False
        return True
    return bool(_HOST.match(host))
