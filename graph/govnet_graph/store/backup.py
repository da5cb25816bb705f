"""Backup and restore: the whole graph as one compressed file of records that any engine can write and any can read.

The first line says what the file is, each further line is one record, the last holds their number and hash. So a file that
was cut short or damaged is found out before anything is restored, and what was restored can be compared with what was
saved. A backup by the engine's own means would be faster, but is tied to the engine, its version and its host.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson

from govnet_graph.errors import BadInput, FoundProblems
from govnet_graph.store.backup_file import Backup, Writer, inspect, lines
from govnet_graph.store.commit import commit, packed
from govnet_graph.store.content import content_hash, stream
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.restoring import restore_steps
from govnet_graph.store.state import RESTORING, GraphState, clear, prepare, read_state

_MARKS = ("dataset", "home", "loading", "fingerprint")
# What readers saw after the backup was made had higher data versions; those must not come back with other content.
_JUMP = 1_000_000
_TRIES = 3
_TELL = 1000
Told = Callable[[int], None]


class NotEmpty(BadInput):
    """A backup is restored into an empty database only."""

    code = "not-empty"


class RestoreDiffers(FoundProblems):
    """What was restored is not what was saved."""

    code = "restore-differs"


async def backup(graph: Graph, target: Path, *, progress: Told | None = None) -> Backup:
    """Save the whole graph; the graph stays in use meanwhile.

    Parameters
    ----------
    graph : Graph
    target : Path
        A file, or a folder in which a file named after data set, data version and moment is made. Readable by its owner only.
    progress : callable, optional
        Called with the number of records saved so far.

    Raises
    ------
    BadInput
        The file is there already, or the folder is not.
    WriteConflict
        The graph kept changing while it was read; nothing is left behind.
    """
    for left in reversed(range(_TRIES)):
        try:
            return await _backup_once(graph, target, progress)
        except WriteConflict:
            if not left:
                raise
    raise AssertionError("unreachable")


async def _backup_once(graph: Graph, target: Path, progress: Told | None) -> Backup:
    state = await read_state(graph)
    if state is None:
        raise BadInput("The graph is empty; there is nothing to save.", hint="Load a data set first.")
    created = dt.datetime.now(dt.UTC).replace(microsecond=0)
    path = _named(target, state, created)
    head = {
        "schema_version": state.schema_version,
        "data_version": state.data_version,
        "loaded_version": state.loaded_version,
        "created": created.isoformat(),
        **{name: getattr(state, name) for name in _MARKS},
    }
    with Writer(path, head) as file:
        async for record in stream(graph, history=True):
            file.add(record.line())
            if progress and file.content.count % _TELL == 0:
                progress(file.content.count)
        after = await read_state(graph)
        if after is None or after.data_version != state.data_version:
            raise WriteConflict("The graph changed while it was saved; nothing was kept.", hint="Run it again.")
        file.end()
    found = file.content
    return Backup(path, found.count, found.hexdigest(), state.dataset, state.data_version, created.isoformat())


def _named(target: Path, state: GraphState, created: dt.datetime) -> Path:
    """The file to make: the target, or in a folder one that is named after data set, data version and moment."""
    if not target.is_dir():
        return target
    return target / f"govnet-{state.dataset or 'empty'}-v{state.data_version}-{created:%Y%m%dT%H%M%SZ}.jsonl.gz"


async def restore(graph: Graph, path: Path, *, batch_size: int = 5000, progress: Told | None = None) -> Backup:
    """Restore a backup into an empty database, and compare the hash of what is there then with that of the file.

    A restore that was killed is repeated; it begins anew.

    Raises
    ------
    BackupUnusable, NotEmpty
        Nothing was changed.
    RestoreDiffers
        The graph does not hold what was saved.
    """
    saved, head = inspect(path)
    await _require_empty(graph)
    state = await prepare(graph)
    version = await commit(graph, [], state.data_version, {"loading": RESTORING})
    done = 0
    records = (orjson.loads(line) for line in lines(path))
    for batch in packed(restore_steps((r for r in records if isinstance(r, list)), batch_size), batch_size):
        version = await commit(graph, batch, version)
        done += sum(step.size for step in batch)
        if progress:
            progress(done)
    held = await content_hash(graph, history=True)
    if held != saved.sha256:
        raise RestoreDiffers(
            f"The graph holds other records than {path} ({held[:12]}… instead of {saved.sha256[:12]}…).",
            hint="Restore it again into an empty database; it is not usable as it is.",
        )
    await _finish(graph, head, version)
    return saved


async def _require_empty(graph: Graph) -> None:
    """Raise NotEmpty where the graph holds records; what an interrupted restore left is removed."""
    state = await read_state(graph)
    if state is not None and state.loading == RESTORING:
        await clear(graph)
    elif state is not None and await graph.read("MATCH (n) WHERE NOT n:GraphState RETURN 1 LIMIT 1"):
        raise NotEmpty(
            f"The database holds the data set {state.dataset!r}; a backup is restored into an empty one only.",
            hint="Choose another GOVNET_HOME or GOVNET_DATABASE.",
        )


async def _finish(graph: Graph, head: Mapping[str, Any], version: int) -> None:
    """Give the graph the marks that it had, and a data version that no reader has seen."""
    target = max(version, int(head["data_version"])) + _JUMP
    marks: dict[str, Any] = {name: head[name] for name in _MARKS}
    marks["loaded_version"] = target if head["loaded_version"] == head["data_version"] else None
    await commit(graph, [], version, marks | {"data_version": target})
