"""Neo4j Community as an engine: jars from Maven, a Java that suits, a directory of its own, orders to its child."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from govnet_graph.errors import BadInput
from govnet_graph.store.engines import distribution, jars, java, runtime
from govnet_graph.store.engines.bolt import free_ports
from govnet_graph.store.engines.model import EngineError, EngineOptions
from govnet_graph.store.engines.process import Spec

MODULE = "govnet_graph.store.engines.server_child"
NEWEST = "2026.08.1"
LONG_TERM = "5.26.30"
DATABASE = "neo4j"
USER = "neo4j"
VERSION_FILE = "version"
_TOOL_SECONDS = 120
_VERSION = re.compile(r"^(?:5|20[0-9]{2})\.[0-9]{1,2}\.[0-9]{1,3}$")
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_FLAGS = (
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
    "--enable-native-access=ALL-UNNAMED",
    "-XX:+ExitOnOutOfMemoryError",  # half a server would be worse than none
    "-Dfile.encoding=UTF-8",
)


def prepare(
    home: Path, version: str | None, options: EngineOptions, lock: int, *, detached: bool, report: Callable[[str], None]
) -> Spec:
    """Everything that the child needs to know; downloads, configures and sets the password. The caller holds the lock.

    Raises
    ------
    BadInput
        The version is none.
    EngineError
        No Java suits, a download failed, or the data are of a newer version.
    """
    data = home / "neo4j"
    data.mkdir(mode=0o700, exist_ok=True)
    version = _version(data, version)
    program = java.find(version, options.java)
    class_path = jars.class_path(version, options.cache or jars.default_cache(), maven=options.maven, report=report)
    ports = free_ports(2)
    bolt, http = options.bolt_port or ports[0], options.http_port or ports[1]
    configuration = data / "conf"
    configuration.mkdir(mode=0o700, exist_ok=True)
    text = distribution.configuration(class_path, version, bolt=bolt, http=http, pagecache=options.pagecache)
    runtime.write_whole(configuration / "neo4j.conf", text.encode())
    environment = {
        "CLASSPATH": os.pathsep.join(map(str, class_path)),
        "NEO4J_HOME": str(data),
        "NEO4J_CONF": str(configuration),
    }
    return Spec(
        kind="neo4j",
        home=str(home),
        user=USER,
        password=_password(data, program.program, environment),
        database=DATABASE,
        version=version,
        bolt_port=bolt,
        http_port=http,
        heap=options.heap,
        start_timeout=options.start_timeout,
        stop_timeout=options.stop_timeout,
        lock=lock,
        detached=detached,
        command=[
            str(program.program),
            f"-Xms{options.heap}",
            f"-Xmx{options.heap}",
            *_FLAGS,
            distribution.main_class(class_path, version),
            f"--home-dir={data}",
            f"--config-dir={configuration}",
        ],
        environment=environment,
    )


def _version(data: Path, asked: str | None) -> str:
    """The version to start: the one asked for, else that of the data, else the newest. Data are never opened by an older one."""
    if asked is not None and not _VERSION.match(asked):
        raise BadInput(f"{asked!r} is not a version of Neo4j.", hint=f"Tested are {NEWEST} and {LONG_TERM}.")
    try:
        written = (data / VERSION_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return asked or NEWEST
    if asked is None or _numbers(asked) == _numbers(written):
        return written
    if _numbers(asked) < _numbers(written):
        raise EngineError(
            f"The data in {data} were written by Neo4j {written}, which {asked} cannot open.",
            f"Start {written}, or set GOVNET_HOME to an empty directory and load again.",
        )
    return asked


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _password(data: Path, program: Path, environment: dict[str, str]) -> str:
    """The password of this data; drawn and set before the first start, when there is no server yet that could tell."""
    password = runtime.read_password(data)
    if (data / VERSION_FILE).exists():
        if password is None:
            raise EngineError(
                f"The password of the data in {data} is gone, and Neo4j cannot be asked for it.",
                f"Restore the file {data / 'password'}, or move the directory away and load again.",
            )
        return password
    password = password or runtime.make_password(data)
    # The tool reads arguments from a file named with @, so that the password stands in no argument list.
    tool = ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", f"@{data / 'password'}"]
    command = [str(program), "-Xmx256m", "-XX:+UseSerialGC", *tool]
    try:
        done = subprocess.run(
            command,
            env=os.environ | environment,
            cwd=data,
            umask=0o077,
            capture_output=True,
            text=True,
            timeout=_TOOL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineError(
            f"Neo4j's admin tool did not end within {_TOOL_SECONDS} s.", "Try again when the machine has less to do."
        ) from None
    if done.returncode:
        said = (done.stderr + done.stdout).strip()
        raise EngineError(
            f"Neo4j's first password could not be set: {said.splitlines()[-1] if said else done.returncode}",
            "See the details.",
            said,
        )
    return password
