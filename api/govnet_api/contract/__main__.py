"""Prints the OpenAPI document, without an engine: ``python -m govnet_api.contract``. The page's types are made from it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import orjson

from govnet_api.app import create_app
from govnet_graph.settings import Settings


def main() -> None:
    """The document of a server on this machine, as JSON on standard output."""
    with tempfile.TemporaryDirectory() as home:
        app = create_app(settings=Settings(home=Path(home), host="127.0.0.1"))
        sys.stdout.buffer.write(orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    main()
