"""What an engine is to the rest of the program, what may be chosen about it, and how it fails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from govnet_graph.errors import BadInput, EngineUnreachable

Kind = Literal["embedded", "neo4j", "remote"]
LocalKind = Literal["embedded", "neo4j"]
State = Literal["running", "starting", "crashed", "stopped"]
_MEMORY = re.compile(r"^[1-9][0-9]*[kmgKMG]$")


class EngineError(EngineUnreachable):
    """An engine could not be started, found or stopped.

    Parameters
    ----------
    message : str
        One line: what went wrong.
    hint : str
        One line: what to do about it.
    tail : str
        The last lines of the engine's log, where there are any; many lines.
    """

    code = "engine-failed"

    def __init__(self, message: str, hint: str = "", tail: str = "") -> None:
        super().__init__(message, hint)
        self.tail = tail


class PortTaken(EngineError):
    """Another program listens on a port that the engine was to use."""

    code = "engine-port-taken"


@dataclass(frozen=True, slots=True)
class Engine:
    """A database that answers over Bolt.

    ``user`` and ``password`` are both empty where the engine asks for neither. ``database`` is empty for the engine's
    own default. ``pid`` and ``home`` are known for engines that govnet started; ``http_uri`` for those with a web port.
    """

    kind: Kind
    uri: str
    user: str
    password: str = field(repr=False)
    database: str
    version: str = ""
    pid: int | None = None
    http_uri: str | None = None
    home: Path | None = None

    @property
    def browser_uri(self) -> str | None:
        """Address of Neo4j Browser, already pointed at this database; None for engines without it."""
        if self.kind != "neo4j" or self.http_uri is None:
            return None
        return f"{self.http_uri}/browser/?dbms={quote(f'bolt://{self.user}@{urlsplit(self.uri).netloc}', safe='')}"

    def public(self) -> dict[str, Any]:
        """Everything but the password, as JSON values."""
        return {
            "kind": self.kind,
            "uri": self.uri,
            "user": self.user,
            "database": self.database,
            "version": self.version,
            "pid": self.pid,
            "http_uri": self.http_uri,
            "browser_uri": self.browser_uri,
            "home": str(self.home) if self.home else None,
        }


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What may be chosen about an engine that is to be started.

    ``heap`` and ``pagecache`` are sizes such as ``512m`` (the embedded engine has no separate page cache). ``cache`` is
    where downloads are kept, by default the user's cache directory, so that data directories share them. ``java`` is the
    program that runs Neo4j, by default one that is found; ``maven`` the repository it is downloaded from, by default
    Maven Central. Ports left out are free ones. Times are in seconds.
    """

    heap: str = "512m"
    pagecache: str = "256m"
    java: str = ""
    cache: Path | None = None
    maven: str = ""
    bolt_port: int | None = None
    http_port: int | None = None
    start_timeout: float = 180.0
    stop_timeout: float = 60.0

    def __post_init__(self) -> None:
        for name, size in (("heap", self.heap), ("pagecache", self.pagecache)):
            if not _MEMORY.match(size):
                raise BadInput(f"{size!r} is not a size for {name}.", hint="Write it as 512m or 2g.")
        for name, port in (("bolt_port", self.bolt_port), ("http_port", self.http_port)):
            if port is not None and not 0 < port < 65536:
                raise BadInput(f"{port} is not a port for {name}.", hint="Ports lie between 1 and 65535.")


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """What is going on in a data directory. ``engine`` is there when the state is ``running``."""

    state: State
    engine: Engine | None
    log: Path
