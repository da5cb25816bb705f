"""What differs between versions of Neo4j, asked of the jars themselves: the class that starts it, the settings it knows."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from govnet_graph.store.engines.bolt import LOOPBACK
from govnet_graph.store.engines.model import EngineError

_MAIN_CLASSES = ("org.neo4j.server.Neo4jCommunity", "org.neo4j.server.CommunityEntryPoint")
_ALWAYS = """\
# Written by govnet at each start.
server.default_listen_address={host}
server.default_advertised_address={host}
server.bolt.listen_address={host}:{bolt}
server.bolt.advertised_address={host}:{bolt}
server.http.listen_address={host}:{http}
server.http.advertised_address={host}:{http}
server.memory.pagecache.size={pagecache}
dbms.usage_report.enabled=false
"""
# An unknown setting keeps a server from starting, so these are written only where they are known.
_WHERE_KNOWN = (
    ("client.allow_telemetry", "false"),  # Browser
    ("server.fleet_discovery.enabled", "false"),  # broadcasts into the local network
    ("dbms.fleet_manager.enabled", "false"),
    ("server.http.x_forward.enabled", "false"),
    # Else the Bolt server waits ten seconds for nothing when it stops, after the data are closed. The name changed.
    ("internal.dbms.bolt.netty_server_shutdown_quiet_period", "0"),
    ("internal.dbms.bolt.netty_server_shutdown_quiet_period_duration", "0s"),
)
_JARS = ("neo4j-configuration", "neo4j-server", "neo4j-fleet-management", "neo4j-kernel")
_CLASSES = ("Settings.class", "Connector.class", "BuiltInDbmsProcedures.class")


def configuration(class_path: list[Path], version: str, *, bolt: int, http: int, pagecache: str) -> str:
    """The text of ``neo4j.conf`` for a server on loopback that talks to nobody else."""
    known = _settings(class_path, version)
    lines = [f"{name}={value}" for name, value in _WHERE_KNOWN if name in known]
    return _ALWAYS.format(host=LOOPBACK, bolt=bolt, http=http, pagecache=pagecache) + "\n".join(lines) + "\n"


def main_class(class_path: list[Path], version: str) -> str:
    """The class that starts the server.

    Raises
    ------
    EngineError
        None of the known ones is there.
    """
    for path in _jars(class_path, ("neo4j",), version):
        with zipfile.ZipFile(path) as content:
            names = set(content.namelist())
        for name in _MAIN_CLASSES:
            if f"{name.replace('.', '/')}.class" in names:
                return name
    raise EngineError(
        f"Neo4j {version} is not laid out as the versions that govnet knows.", "Choose a version that is tested."
    )


def _settings(class_path: list[Path], version: str) -> set[str]:
    """Which of the settings that are optional this version defines, by their names in its classes."""
    found: set[str] = set()
    for path in _jars(class_path, _JARS, version):
        with zipfile.ZipFile(path) as content:
            texts = [content.read(entry) for entry in content.namelist() if entry.endswith(_CLASSES)]
        # A name in a class file is preceded by its length and followed by the next constant, never by a letter.
        for name, _ in _WHERE_KNOWN:
            if any(re.search(re.escape(name).encode() + rb"(?![a-z_.])", text) for text in texts):
                found.add(name)
    return found


def _jars(class_path: list[Path], names: tuple[str, ...], version: str) -> list[Path]:
    wanted = {f"{name}-{version}.jar" for name in names}
    return [path for path in class_path if path.name in wanted]
