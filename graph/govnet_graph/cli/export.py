"""``govnet export``: the whole graph or one answer as a file."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from govnet_graph.cli.ask import pairs as pairs
from govnet_graph.cli.common import (
    EngineOption,
    JsonOption,
    Tongue,
    print_json,
    progress_bar,
    say,
    settings_with,
    with_graph,
)
from govnet_graph.errors import BadInput
from govnet_graph.questions import question
from govnet_graph.standards.answers import answer_writer, told, write_csv
from govnet_graph.standards.atomic import new_file, new_folder
from govnet_graph.standards.exporting import FORMATS, Format, export, format_of
from govnet_graph.standards.model import About, Disclosure
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import ask
from govnet_graph.store.whole import whole

_SUFFIXES = {f.suffix: f.id for f in FORMATS.values() if f.single is not None}


def _format(given: str | None, output: Path | None) -> str:
    """The format that was asked for, else the one that the file's name ends like."""
    if given is not None:
        return given
    name = output.name if output else ""
    # The longest first, so that .popolo.json is not taken for .json.
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return _SUFFIXES[suffix]
    for suffix in (".csv", ".docx"):
        if name.endswith(suffix):
            return suffix[1:]
    raise BadInput("Which format?", hint=f"Give --format with one of {', '.join(FORMATS)}.")


def command(
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME=VALUE]...", help="Parameters of the question.")
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}; by default as the file is named.")
    ] = None,
    question_id: Annotated[
        str | None,
        typer.Option(
            "--question",
            "-q",
            help="Export the answer to one question, every row unless limit= is given, not the whole graph.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File; for csv and neo4j a folder, or a .zip file. - is standard output."),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Show members' names and other personal data.")] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Add plans, changes, superseded relationships and moments of recording.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV for programs: leave text that a spreadsheet might run as it is.")
    ] = False,
    stamp: Annotated[
        bool, typer.Option("--stamp", help="Put the moment in; without it the same graph gives the same bytes.")
    ] = False,
    lang: Annotated[Tongue, typer.Option("--lang", help="Language of a Word document.")] = Tongue.ZH,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the whole graph or one answer, for example: govnet export -f popolo -o district.popolo.json."""
    wanted = _format(format_, output)
    moment = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0) if stamp else None
    if question_id is None and parameters:
        raise BadInput("The whole graph takes no parameters.", hint="Name a question with --question.")
    if output is None or str(output) == "-":
        if sys.stdout.isatty():
            raise BadInput("Where to?", hint="Name a file with -o, or send standard output on with -o - | …")
        if as_json:
            raise BadInput(
                "Standard output takes the export itself.", hint="Name a file with -o to have the summary as JSON."
            )
    if question_id is not None:
        if history:
            raise BadInput("An answer has no history.", hint="Leave --history out, or ask a history question.")
        _answer(
            question_id,
            parameters or [],
            wanted,
            output,
            engine,
            names=names,
            raw=raw,
            force=force,
            moment=moment,
            lang=lang,
        )
        return
    about = _graph(format_of(wanted), output, engine, Disclosure(names, history), raw=raw, force=force, moment=moment)
    if as_json:
        print_json(about.as_json())
        return
    counts = about.as_json()
    say(
        f"{wanted}: {counts['nodes']} nodes and {counts['relationships']} relationships, "
        f"{counts['synthetic']} of them synthetic{', with names' if names else ''}."
    )


def _graph(
    wanted: Format,
    output: Path | None,
    engine: str | None,
    disclosure: Disclosure,
    *,
    raw: bool,
    force: bool,
    moment: dt.datetime | None,
) -> About:
    settings = settings_with(engine=engine)
    with progress_bar() as show:

        async def write(graph: Graph) -> About:
            if output is None or str(output) == "-":
                return await export(graph, wanted, sys.stdout.buffer, disclosure, raw=raw, stamp=moment, progress=show)
            if wanted.several is not None and output.suffix != ".zip":
                with new_folder(output, force=force) as folder:
                    return await export(graph, wanted, folder, disclosure, raw=raw, stamp=moment, progress=show)
            with new_file(output, force=force) as file:
                return await export(graph, wanted, file, disclosure, raw=raw, stamp=moment, progress=show)

        return with_graph(settings, write)


def _answer(
    question_id: str,
    parameters: list[str],
    wanted: str,
    output: Path | None,
    engine: str | None,
    *,
    names: bool,
    raw: bool,
    force: bool,
    moment: dt.datetime | None,
    lang: str,
) -> None:
    asked, writer, given = question(question_id), answer_writer(wanted), pairs(parameters)

    async def write(graph: Graph) -> bool:
        if "limit" in given or "skip" in given:
            found = await ask(graph, asked, given, names=names)
        else:
            found = await whole(
                lambda skip, rows: ask(graph, asked, {**given, "skip": skip}, names=names, rows_at_most=rows)
            )
        answer = await told(graph, found, names=names, stamp=moment, lang=lang)
        if output is None or str(output) == "-":
            writer(answer, sys.stdout.buffer)
        else:
            with new_file(output, force=force) as file:
                if wanted == "csv":
                    write_csv(answer, file, raw=raw)
                else:
                    writer(answer, file)
        return answer.answer.more

    if with_graph(settings_with(engine=engine), write):
        say("More rows follow than were written; give limit= or skip=.")
