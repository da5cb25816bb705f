"""``govnet engine``: start, stop and look at the engine of a data directory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, progress_bar, say, settings_with, with_graph
from govnet_graph.errors import EngineUnreachable
from govnet_graph.store.backup import backup as save
from govnet_graph.store.backup import restore as bring_back
from govnet_graph.store.backup_file import Backup
from govnet_graph.store.backup_file import inspect as look_at
from govnet_graph.store.driver import Graph
from govnet_graph.store.engines import registry

app = typer.Typer(help="Start, stop and look at the engine.", no_args_is_help=True)


@app.command()
def start(
    engine: EngineOption = None,
    version: Annotated[
        str | None, typer.Option(help="Version of Neo4j to start.", envvar="GOVNET_NEO4J_VERSION")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Start the engine in the background; it stays until `govnet engine stop`."""
    settings = settings_with(engine=engine, neo4j_version=version)
    running = registry.start_detached(settings, report=say)
    if as_json:
        print_json(running.public())
    else:
        say(f"{running.kind} {running.version} answers at {running.uri} (process {running.pid}).")


@app.command()
def stop() -> None:
    """Stop the engine of this data directory."""
    say("Stopped." if registry.stop(settings_with().home) else "No engine was running.")


@app.command()
def status(as_json: JsonOption = False) -> None:
    """Say whether the engine of this data directory runs, and where; exits with 3 when it does not."""
    settings = settings_with()
    running = registry.attach(settings.home)
    if as_json:
        print_json(running.public() if running else None)
    elif running:
        say(f"{running.kind} {running.version} answers at {running.uri} (process {running.pid}).")
    if running is None:
        raise EngineUnreachable(f"No engine runs for {settings.home}.", hint="`govnet engine start` starts one.")


def _told(saved: Backup) -> dict[str, Any]:
    return {
        "file": str(saved.path),
        "records": saved.records,
        "sha256": saved.sha256,
        "dataset": saved.dataset,
        "data_version": saved.data_version,
        "created": saved.created,
    }


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="File to make, or a folder to make a named one in.")],
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save the whole graph, history included, in one file that every engine can restore; the graph stays in use."""

    async def work(graph: Graph) -> Backup:
        total = (await graph.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) + count(r)"))[0][0]
        with progress_bar(not as_json) as shown:
            return await save(graph, target, progress=lambda done: shown("records", done, total))

    saved = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(_told(saved))
    else:
        say(f"{saved.path}: {saved.records} records at data version {saved.data_version}, sha256 {saved.sha256}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `govnet engine backup` made.")],
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Restore a backup into an empty database, and compare what is there then with what was saved."""
    settings = settings_with(engine=engine)
    total = look_at(file)[0].records

    async def work(graph: Graph) -> Backup:
        with progress_bar(not as_json) as shown:
            return await bring_back(
                graph, file, batch_size=settings.batch_size,
                progress=lambda done: shown("records", done, total),
            )  # fmt: skip

    saved = with_graph(settings, work)
    if as_json:
        print_json(_told(saved) | {"verified": True})
    else:
        say(f"{saved.records} records restored and verified, sha256 {saved.sha256}.")
