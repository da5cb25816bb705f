"""``govnet up``: start the engine, load a data set, serve."""

from __future__ import annotations

import socket
import time
from typing import Annotated

import typer

from govnet_graph.cli.common import CypherOption, EngineOption, engine_of, run_on, say, settings_with
from govnet_graph.cli.load import claims, describe, load
from govnet_graph.cli.serve import run_server
from govnet_graph.errors import BadInput
from govnet_graph.seeds import DATASETS
from govnet_graph.store.driver import Graph


def require_free(host: str, port: int) -> None:
    """Raise BadInput when something listens on the port already, before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"{host}:{port} cannot be listened on: {error.strerror}.",
                hint="GOVNET_PORT or --port chooses another port.",
            ) from None


def command(
    data: Annotated[str, typer.Option(help=f"Data set to load: {', '.join(DATASETS)}, or none.")] = "demo",
    engine: EngineOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", envvar="GOVNET_HOST")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", envvar="GOVNET_PORT")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empty our own graph before loading.")] = False,
    cypher: CypherOption = None,
) -> None:
    """Start everything: engine, data, API and page."""
    settings = settings_with(engine=engine, host=host, port=port, cypher=cypher)
    if data not in (*DATASETS, "none"):
        raise BadInput(f"There is no data set {data!r}.", hint=f"There are: {', '.join(DATASETS)} and none.")
    require_free(settings.host, settings.port)

    async def fill(graph: Graph) -> str:
        start = time.monotonic()
        summary = await load(graph, data, settings, fresh=fresh)
        return describe(summary, time.monotonic() - start, await claims(graph))

    say("Starting the engine …")
    with engine_of(settings) as running:
        say(f"{running.kind} {running.version} answers at {running.uri}.")
        if data != "none":
            say(f"Loading {data} …")
            say(run_on(running, settings, fill))
        say(
            f"Serving the page and the API on http://{settings.host}:{settings.port} (documentation at /docs). Stop with Ctrl-C."
        )
        run_server(settings, running)
