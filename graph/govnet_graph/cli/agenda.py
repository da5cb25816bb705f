"""``govnet agenda``: what the joint meeting should discuss, as a document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from govnet_graph.cases.agenda import FORMS, Agenda, agenda, as_of_month, write
from govnet_graph.cli.case_pull import day_of
from govnet_graph.cli.common import EngineOption, say, settings_with, with_graph
from govnet_graph.errors import BadInput
from govnet_graph.standards.atomic import new_file
from govnet_graph.store.driver import Graph


def command(
    area: Annotated[str, typer.Option(help="Code of an area; the loaded district where left out.")] = "",
    month: Annotated[str, typer.Option(help="Month of the meeting, such as 2026-06.")] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", help="Day that is told of; today where left out.")] = None,
    days: Annotated[int, typer.Option(min=0, max=400, help="Days to look ahead for pairings that end.")] = 60,
    out: Annotated[Path | None, typer.Option("--out", help="File to write: .docx, .xlsx, .html or .json.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    engine: EngineOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make the agenda of the joint meeting: unmet needs, late and refused cases, idle resources, pairings that end. 联席会议议题。"""
    form = out.suffix.removeprefix(".").lower() if out is not None else "json" if as_json else "html"
    if form not in FORMS:
        raise BadInput(f"--out: there is no form {form[:20]!r}.", hint=f"Name a file that ends in {', '.join(FORMS)}.")
    if lang not in ("zh", "en"):
        raise BadInput(f"--lang: {lang[:20]!r} is neither zh nor en.")
    day = day_of("--as-of", as_of, None)
    as_of_month(month, day)

    async def work(graph: Graph) -> Agenda:
        return await agenda(graph, area=area, month=month, as_of=day, days=days)

    found = with_graph(settings_with(engine=engine), work)
    content = write(found, form, lang)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    with new_file(out, force=force) as file:
        file.write(content)
    say(f"{out} is written: {', '.join(f'{s.title.en} {s.total}' for s in found.sections)}.")
