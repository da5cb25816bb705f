"""``govnet case ledger``: the cases as a workbook in the form in which ledgers are imported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govnet_graph.cases.ledger import case_ledger
from govnet_graph.cli.case_pull import day_of
from govnet_graph.cli.common import EngineOption, say, settings_with, with_graph
from govnet_graph.standards.atomic import new_file
from govnet_graph.store.driver import Graph


def command(
    output: Annotated[Path, typer.Argument(help="File to write, .xlsx.")],
    area: Annotated[str | None, typer.Option(help="Code of the area that the cases were raised in.")] = None,
    since: Annotated[str | None, typer.Option(help="First day on which they were raised.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day on which they were raised.")] = None,
    personal: Annotated[
        bool, typer.Option("--personal", help="Write what people wrote and exact addresses too (personal data).")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    engine: EngineOption = None,
) -> None:
    """Write cases as a ledger: one row a dispatch. `govnet import` reads it back."""
    days = [day_of(name, text, None) for name, text in (("--since", since), ("--until", until))]

    async def work(graph: Graph) -> bytes:
        return await case_ledger(graph, area=area, since=days[0], until=days[1], personal=personal)

    content = with_graph(settings_with(engine=engine), work)
    with new_file(output, force=force) as file:
        file.write(content)
    say(f"{output} is written.")
