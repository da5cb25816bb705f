"""The process of the embedded engine: ArcadeDB with its Bolt port, in a Java virtual machine of this process.

Run by ``process.launch`` only. See ``child`` for how it is told what to do and when to stop.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import os
from pathlib import Path
from typing import Any

from govnet_graph.store.engines import bolt, child
from govnet_graph.store.engines.child import EngineFailed, Keeper

_FULL_FLUSH = 2
_BOLT_PLUGIN = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"
_LOGGING = """\
# Written at each start. Everything goes to the log of the child process; building an index is not news.
handlers = java.util.logging.ConsoleHandler
.level = INFO
io.undertow.level = WARNING
org.xnio.level = WARNING
org.jboss.level = WARNING
com.arcadedb.index.level = WARNING
com.arcadedb.index.lsm.LSMTreeIndex.level = WARNING
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""


def keep(keeper: Keeper) -> None:
    """Start the server, open the database, wait, close."""
    spec = keeper.spec
    _require_schema(spec.data / "databases" / spec.database)
    os.chdir(spec.data)  # ArcadeDB writes its own log below the working directory
    server = _server(keeper)
    server.start()
    try:
        _open_database(server, spec.database)
        if not bolt.answers(spec.bolt_port):
            raise EngineFailed(f"the Bolt port {spec.bolt_port} does not answer")
        keeper.ready(os.getpid(), importlib.metadata.version("arcadedb-embedded"))
        keeper.stopping.wait()
    finally:
        child.closing(keeper)
        server.stop()


def _require_schema(database: Path) -> None:
    """Refuse data whose schema cannot be read. ArcadeDB would go on with an empty one, and the graph would seem empty."""
    texts = [path.read_bytes() for path in (database / "schema.json", database / "schema.prev.json") if path.exists()]
    if texts and not any(_is_json_object(text) for text in texts):
        raise EngineFailed(f"corrupt schema in {database}")


def _is_json_object(text: bytes) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _server(keeper: Keeper) -> Any:
    spec = keeper.spec
    logging = spec.data / "logging.properties"
    logging.write_text(_LOGGING, encoding="utf-8")
    # A crash of the virtual machine writes its report here, read by the package when it starts the machine.
    os.environ["ARCADEDB_JVM_ERROR_FILE"] = str(spec.data / "hs_err_pid%p.log")
    # Neither package has types; imported here, because the import already looks for the virtual machine's library.
    arcadedb = importlib.import_module("arcadedb_embedded")
    importlib.import_module("arcadedb_embedded.jvm").start_jvm(
        heap_size=spec.heap,
        jvm_args=[
            "-Xrs",  # leaves SIGTERM to us: the virtual machine would end the process under our feet
            f"-Djava.util.logging.config.file={logging}",
            f"-Darcadedb.txWalFlush={_FULL_FLUSH}",  # a commit is on the disk before it is acknowledged
        ],
    )
    return arcadedb.create_server(
        root_path=str(spec.data),
        root_password=spec.password,
        config={
            "mode": "production",
            "host": bolt.LOOPBACK,
            "http_port": spec.http_port,
            "bolt_port": spec.bolt_port,
            "server_plugins": _BOLT_PLUGIN,
        },
    )


def _open_database(server: Any, name: str) -> None:
    database = server.create_database(name)  # opens it where it is there already
    settings = importlib.import_module("jpype").JClass("com.arcadedb.GlobalConfiguration")
    flush = database.get_java_database().getConfiguration().getValueAsInteger(settings.TX_WAL_FLUSH)
    if flush != _FULL_FLUSH:
        raise EngineFailed(f"the write-ahead log is flushed at level {flush}, not {_FULL_FLUSH}")


if __name__ == "__main__":
    child.run(keep)
