"""``govnet report``: coverage, what changed, open gaps, plans and the certificate of a period, as a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from govnet_graph.cli.case_pull import day_of
from govnet_graph.cli.common import EngineOption, LanguageOption, Tongue, say, settings_with, with_graph
from govnet_graph.errors import BadInput
from govnet_graph.reports import FORMS, Audience, Report, gather, made, period, write
from govnet_graph.standards.atomic import new_file
from govnet_graph.store.driver import Graph


def command(
    first: Annotated[
        str | None, typer.Option("--from", help="First day, compared with the last; 30 days before it where left out.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day; today where left out.")] = None,
    area: Annotated[str, typer.Option(help="Code of an area; the loaded district where left out.")] = "",
    audience: Annotated[Audience, typer.Option(help="Whom it is for.")] = Audience.LEADERS,
    lang: LanguageOption = Tongue.ZH,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write: .docx, .html, .xlsx or .json.")
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", min=0.1, max=3600, help="Seconds at most for the certificate.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    engine: EngineOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Report on a period, for example: govnet report --from 2026-05-01 --to 2026-06-01 -o report.docx. 汇报。"""
    form = output.suffix.removeprefix(".").lower() if output is not None else "json" if as_json else "html"
    if form not in FORMS:
        raise BadInput(
            f"--output: there is no form {form[:20]!r}.", hint=f"Name a file that ends in {', '.join(FORMS)}."
        )
    days = period(day_of("--from", first, None), day_of("--to", last, None))
    settings = settings_with(engine=engine)

    async def work(graph: Graph) -> Report:
        seconds = time_limit or settings.solve_seconds
        facts = await gather(graph, area=area, first=days[0], last=days[1], seconds=seconds)
        return made(facts, audience, settings.least_count)

    found = with_graph(settings, work)
    content = write(found, form, lang)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    with new_file(output, force=force) as file:
        file.write(content)
    verdict = "nothing to certify" if found.certificate is None else f"certificate {found.certificate.verdict}"
    say(f"{output} is written: {found.area[1]}, {days[0]} to {days[1]}, data version {found.data_version}, {verdict}.")
