"""``govnet serve``: the API and the page, on an engine that is there already."""

from __future__ import annotations

import os
from typing import Annotated

import typer
import uvicorn

from govnet_graph.cli.common import CypherOption, EngineOption, engine_of, settings_with
from govnet_graph.errors import BadInput
from govnet_graph.settings import Settings
from govnet_graph.store.engines.model import Engine


def run_server(settings: Settings, engine: Engine) -> None:
    """Serve until told to stop. The settings travel by environment, because the server imports the application by name.

    ``engine`` is the one that runs: of whatever kind it was found to be, it is that which is to be served.
    """
    for name in ("home", "host", "port", "log_level", "cypher"):
        os.environ[f"GOVNET_{name.upper()}"] = str(getattr(settings, name))
    os.environ["GOVNET_ENGINE"] = engine.uri if engine.kind == "remote" else engine.kind
    if engine.kind == "neo4j":
        os.environ["GOVNET_NEO4J_VERSION"] = engine.version
    config = uvicorn.Config(
        "govnet_api.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    try:
        uvicorn.Server(config).run()
    except SystemExit as stop:
        if stop.code:
            raise BadInput(
                f"The server could not start on {settings.host}:{settings.port}.",
                hint="The lines above say why; GOVNET_PORT chooses another port.",
            ) from None


def command(
    engine: EngineOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", envvar="GOVNET_HOST")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", envvar="GOVNET_PORT")] = None,
    cypher: CypherOption = None,
) -> None:
    """Serve the API on a graph that is loaded already."""
    settings = settings_with(engine=engine, host=host, port=port, cypher=cypher)
    with engine_of(settings) as running:
        run_server(settings, running)
