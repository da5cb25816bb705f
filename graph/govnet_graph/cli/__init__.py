"""The command line: one file a verb. Exit codes: 0 fine, 1 problems found, 2 bad input, 3 engine unreachable."""

from __future__ import annotations

import gc
import sys

import typer

from govnet_graph import __version__
from govnet_graph.cli import (
    agenda,
    ask,
    bench,
    case,
    check,
    doctor,
    engine,
    export,
    import_,
    keys,
    lessons,
    lists,
    load,
    mcp,
    plan,
    questions,
    render,
    report,
    serve,
    up,
    watch,
    webhook,
)
from govnet_graph.errors import GovnetError

app = typer.Typer(
    name="govnet",
    help="How a city district is governed at the grassroots, as a graph that answers questions. 基层治理图谱",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (up, serve, load, ask, questions, agenda, report, lessons, export, mcp, check, render, bench, doctor):
    app.command(module.__name__.rsplit(".", 1)[-1])(module.command)
app.command("import")(import_.command)
app.add_typer(engine.app, name="engine")
app.add_typer(keys.app, name="keys")
app.add_typer(plan.app, name="plan")
app.add_typer(case.app, name="case")
app.add_typer(lists.app, name="lists")
app.add_typer(watch.app, name="watch")
app.add_typer(webhook.app, name="webhook")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass


def main() -> None:
    """Entry point: runs a verb and turns our own errors into one line and an exit code."""
    # Ledgers and answers are many small objects in no circles; looking for circles as often as Python does takes a tenth of an import.
    gc.set_threshold(50_000, 20, 10)
    try:
        app()
    except GovnetError as error:
        tail = getattr(error, "tail", "")
        if tail:
            print(tail, file=sys.stderr)
        print(f"govnet: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
