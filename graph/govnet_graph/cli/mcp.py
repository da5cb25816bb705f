"""``govnet mcp``: the catalogue as tools for an assistant (Model Context Protocol)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from govnet_graph.cli.common import EngineOption, engine_of, run_on, say, settings_with
from govnet_graph.errors import BadInput
from govnet_graph.keys import KeyStore
from govnet_graph.store.driver import Graph


def _server() -> Any:
    """The module that speaks the protocol. Raises BadInput where its library is not installed."""
    try:
        from govnet_graph.assistants import server
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise BadInput(
            "The library mcp is not installed.", hint="Install it with: pip install 'govnet[mcp]'."
        ) from error
    return server


def command(
    engine: EngineOption = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve http://127.0.0.1:PORT/mcp to holders of an API key, instead of stdio.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port for --http.", min=1, max=65535)] = 8001,
) -> None:
    """Serve the questions as read-only tools to an assistant that starts this command and talks to it over stdio."""
    server = _server()
    settings = settings_with(engine=engine)
    keys = KeyStore(settings.home)
    if http and not keys.list():
        raise BadInput("--http needs an API key.", hint="Make one with `govnet keys create LABEL`.")

    async def over_http(graph: Graph) -> None:
        import uvicorn

        config = uvicorn.Config(server.over_http(graph, keys), host="127.0.0.1", port=port, log_level="warning")
        say(f"Serving the tools on http://127.0.0.1:{port}/mcp. Stop with Ctrl-C.")
        await uvicorn.Server(config).serve()

    with engine_of(settings) as running:
        run_on(running, settings, over_http if http else server.over_stdio)
