"""``govnet render``: write what is generated from the schema and the shared parts; ``--check`` only compares."""

from __future__ import annotations

from typing import Annotated

import typer

from govnet_graph.cli.common import say
from govnet_graph.errors import FoundProblems
from govnet_graph.generated import STAGES


def command(
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 when a file is stale.")] = False,
) -> None:
    """Write every generated file of a checkout."""
    stale = []
    for stage in STAGES:
        for path, text in stage().items():
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    names = ", ".join(path.name for path in stale)
    if check and stale:
        raise FoundProblems(f"{len(stale)} generated files are stale: {names}.", hint="Run `govnet render` and commit.")
    say(f"Written: {names}." if stale else "All generated files are fresh.")
