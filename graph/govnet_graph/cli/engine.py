"""``govnet engine``: start, stop and look at the engine of a data directory."""

from __future__ import annotations

from typing import Annotated

import typer

from govnet_graph.cli.common import EngineOption, JsonOption, print_json, say, settings_with
from govnet_graph.errors import EngineUnreachable
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
