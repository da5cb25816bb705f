"""The embedded engine: what it needs from this machine, and the orders to its child process."""

from __future__ import annotations

import importlib.util
import platform
import sys
from pathlib import Path

from govnet_graph.store.engines import runtime
from govnet_graph.store.engines.bolt import free_ports
from govnet_graph.store.engines.model import EngineError, EngineOptions
from govnet_graph.store.engines.process import Spec

MODULE = "govnet_graph.store.engines.embedded_child"
DATABASE = "govnet"
USER = "root"
LEAST_GLIBC = (2, 34)
_INSTEAD = "Use --engine neo4j, or the address of a running engine."


def require() -> None:
    """Raise EngineError when the embedded engine cannot run on this machine."""
    if sys.platform == "linux":
        name, version = platform.libc_ver()
        if name != "glibc" or _numbers(version) < LEAST_GLIBC:
            raise EngineError(
                f"The embedded engine needs glibc 2.34 or newer; this system has {name or 'another C library'} {version}".strip()
                + ".",
                _INSTEAD,
            )
    if importlib.util.find_spec("arcadedb_embedded") is None:
        raise EngineError(
            "The package of the embedded engine, arcadedb-embedded, is not installed.", f"Install it. {_INSTEAD}"
        )


def prepare(home: Path, options: EngineOptions, lock: int, *, detached: bool) -> Spec:
    """Everything that the child needs to know. The caller holds the lock."""
    data = home / "embedded"
    data.mkdir(mode=0o700, exist_ok=True)
    ports = free_ports(2)
    return Spec(
        kind="embedded",
        home=str(home),
        user=USER,
        password=runtime.read_password(data) or _new_password(data),
        database=DATABASE,
        version="",
        bolt_port=options.bolt_port or ports[0],
        http_port=options.http_port or ports[1],
        heap=options.heap,
        start_timeout=options.start_timeout,
        stop_timeout=options.stop_timeout,
        lock=lock,
        detached=detached,
    )


def _new_password(data: Path) -> str:
    # The server keeps a hash of the password that it was first started with. When ours is lost, the hash has to go too:
    # the server then takes the new one. The data are not touched, and the directory is private to its owner anyway.
    (data / "config" / "server-users.jsonl").unlink(missing_ok=True)
    return runtime.make_password(data)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
