"""``govnet import``: bring a ledger into the graph, see before what it would change, take it back."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.changes import PlanInfo, Summary, plans, undo
from govnet_graph.changes.imports import Applied, Imports
from govnet_graph.changes.options import Options
from govnet_graph.changes.previews import ImportPreview
from govnet_graph.cli.common import EngineOption, JsonOption, print_json, progress_bar, say, settings_with, with_graph
from govnet_graph.errors import BadInput
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.ledgers.model import address
from govnet_graph.ledgers.templates import template as make_template
from govnet_graph.settings import Settings
from govnet_graph.store.driver import Graph

AUTHOR = "local"
_SHOWN = 10


def _read_map(path: Path | None) -> dict[str, Any]:
    """The options in a file of mappings."""
    if path is None:
        return {}
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read as JSON: {error}.", hint='Write {"tables": {"Sheet1": {…}}}.') from None
    if not isinstance(raw, Mapping) or set(raw) - {"tables", "kind", "choices"}:
        raise BadInput(f"{path} holds no mapping.", hint='Write {"tables": {"Sheet1": {"kind": …, "columns": {…}}}}.')
    return dict(raw)


def _decided(given: list[str]) -> dict[str, Any]:
    """Decisions of the command line: KEY=ID, KEY=new or KEY=not:ID,ID."""
    choices: dict[str, Any] = {}
    for text in given:
        key, found, what = text.partition("=")
        if not found or not what:
            raise BadInput(f"{text!r} is no decision.", hint="Write KEY=ID, KEY=new or KEY=not:ID.")
        if what == "new":
            choices[key] = {"verdict": "new"}
        elif what.startswith("not:"):
            choices[key] = {"verdict": "not", "denied": what[4:].split(",")}
        else:
            choices[key] = {"verdict": "join", "target": what}
    return choices


def command(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Ledger (.xlsx, .xls, .ods, .csv), Popolo, HSDS or exported JSON; where to write with --template."
        ),
    ] = None,
    engine: EngineOption = None,
    kind: Annotated[str, typer.Option("--kind", help="Kind of ledger, where it is not to be found out.")] = "",
    mapping: Annotated[
        Path | None, typer.Option("--map", help="JSON file that says which table and column is what.")
    ] = None,
    complete_for: Annotated[
        str, typer.Option("--complete-for", help="Code of the area for which the ledger lists everything.")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="Day as of which it speaks, such as 2026-06-01.")] = "",
    decide: Annotated[
        list[str] | None,
        typer.Option("--decide", help="Who is who: KEY=ID, KEY=new or KEY=not:ID; repeat for several."),
    ] = None,
    member_kind: Annotated[
        str,
        typer.Option("--member-kind", help="Kind of member that people of a Popolo file are, where it does not say."),
    ] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would change.")] = False,
    quarantine: Annotated[
        Path | None, typer.Option("--quarantine", help="Write rows that could not be imported, with reasons.")
    ] = None,
    allow_ending: Annotated[
        float, typer.Option("--allow-ending", help="Largest share that a complete ledger may end, 0 to 1.")
    ] = 0.2,
    conflicts: Annotated[
        str, typer.Option("--conflicts", help="Whose value stands where the graph has a later one: ledger or graph.")
    ] = "graph",
    yes: Annotated[bool, typer.Option("--yes", help="Apply without asking.")] = False,
    undo_plan: Annotated[str, typer.Option("--undo", metavar="PLAN", help="Take an import back as a whole.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="List imports and remembered decisions.")] = False,
    forget: Annotated[str, typer.Option("--forget", metavar="KEY", help="Forget a decision, or `all` of them.")] = "",
    template: Annotated[
        str, typer.Option("--template", metavar="KIND", help="Write an empty ledger of a kind to FILE.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Import a ledger, or a file of a standard. Exit code 1 says that rows were quarantined or are doubtful."""
    settings = settings_with(engine=engine)
    if template:
        _write_template(template, file)
    elif list_:
        _list(settings, as_json=as_json)
    elif forget:
        count = Imports(settings).decisions.forget(None if forget == "all" else [forget])
        say(f"{count} decisions forgotten.")
    elif undo_plan:
        _undo(settings, undo_plan, as_json=as_json)
    else:
        raw = _read_map(mapping)
        choices = {**raw.get("choices", {}), **_decided(decide or [])}
        raw |= {"choices": choices, "complete_for": complete_for, "as_of": as_of or None}
        raw |= {"allow_ending": allow_ending, "conflicts": conflicts, "member_kind": member_kind} | (
            {"kind": kind} if kind else {}
        )
        options = Options.read(raw)
        _import(settings, file, options, quarantine, only_preview=preview, yes=yes, as_json=as_json)


def _import(
    settings: Settings,
    file: Path | None,
    options: Options,
    quarantine: Path | None,
    *,
    only_preview: bool,
    yes: bool,
    as_json: bool,
) -> None:
    if file is None:
        raise BadInput("The file to import is missing.", hint="`govnet import --help` shows how.")
    imports = Imports(settings)
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size < settings.ledger_bytes else b"\0" * settings.ledger_bytes
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.", hint="Check the path.") from None
    draft = imports.drafts.put(content, file.name, AUTHOR)
    if not (only_preview or yes or sys.stdin.isatty()):
        raise BadInput("Nobody can be asked here.", hint="Give --preview to look, or --yes to import.")

    async def work(graph: Graph) -> tuple[ImportPreview | None, Applied | None]:
        shown = None
        if only_preview or not yes:
            shown = await imports.preview(graph, draft, options, AUTHOR)
            if not as_json:
                _tell(shown)
            if only_preview or not typer.confirm("Import this?", err=True):
                return shown, None
        version = shown.changes.data_version if shown is not None and shown.changes is not None else None
        with progress_bar(not as_json) as show:
            done = await imports.apply(graph, draft, options, author=AUTHOR, expected_version=version, progress=show)
        return done.preview or shown, done

    shown, done = with_graph(settings, work)
    if quarantine is not None and draft.file("quarantine.xlsx").exists():
        quarantine.write_bytes(draft.file("quarantine.xlsx").read_bytes())
    if as_json:
        result = shown.as_json() if shown is not None else {"id": draft.id}
        print_json(result | ({"summary": summary_json(done.summary)} if done else {}))
    elif done is not None:
        _tell_summary(done.summary)
    if shown is not None and not shown.clean:
        raise typer.Exit(1)


def summary_json(summary: Summary) -> dict[str, Any]:
    """What an import or its undoing did, as plain data."""
    return {
        "plan": summary.plan or None,
        "state": summary.state,
        "created": summary.created,
        "changed": summary.changed,
        "ended": summary.ended,
        "withdrawn": summary.withdrawn,
        "unchanged": summary.unchanged,
        "confirmed": summary.confirmed,
        "conflicts": summary.conflicts,
        "data_version": summary.data_version,
        "resumed": summary.resumed,
        "already": summary.already,
    }


def _tell_summary(summary: Summary) -> None:
    if summary.already:
        say(f"Nothing to do: plan {summary.plan} has applied this already.")
        return
    say(
        f"{summary.created} created, {summary.changed} changed, {summary.ended} ended, {summary.unchanged} unchanged. "
        f"Take it back with `govnet import --undo {summary.plan}`."
        if summary.plan
        else "Nothing to do: the graph holds all of it already."
    )


def _tell(shown: ImportPreview) -> None:
    for notice in shown.notices:
        say(f"{notice.zh} {notice.en}")
    for table in shown.tables:
        what = kind_of(table.kind).text if table.kind else None
        say(f"{table.name}: {f'{what.zh} {what.en}' if what else 'no kind fits'} ({table.rows} rows)")
        for column in table.columns:
            say(f"  {column['column']:>3} {column['title']} -> {column['key'] or '(left out)'}")
        if table.missing:
            say(f"  missing: {', '.join(table.missing)}")
    for name, cells in shown.account.as_json().items():
        say(f"{name}: " + ", ".join(f"{count} {what}" for what, count in cells.items()))
    if shown.changes is not None:
        found = shown.changes
        say(
            f"{len(found.new)} new, {len(found.changed)} changed, {len(found.ended)} ended, "
            f"{found.unchanged} unchanged, {len(found.conflicts)} conflicts."
        )
    for row in shown.rows[:_SHOWN]:
        for problem in row.problems:
            at = address(problem.place) if problem.place else f"row {row.number}"
            say(f"  {row.sheet}!{at}: {problem.text.zh} {problem.text.en}")
    if len(shown.rows) > _SHOWN:
        say(f"  … and {len(shown.rows) - _SHOWN} more rows; --quarantine OUT.xlsx writes them all.")
    for review in shown.reviews:
        said = "…" if "Member" in review.labels else review.said.get("name", "")
        say(f"  doubtful: {said} in {', '.join(review.cells[:3])}; --decide {review.key}=…")
        for c in review.candidates:
            title = c.entry.props.get("title") if c.entry.label == "Member" else c.entry.name
            say(f"    {c.entry.id} {title or ''} {c.score:.2f} {c.how}")
    if shown.withheld is not None:
        say(f"{shown.withheld.zh} {shown.withheld.en}")


def _write_template(kind: str, file: Path | None) -> None:
    content = make_template(kind_of(kind).id)
    if file is None:
        raise BadInput("Where to write the template is missing.", hint=f"`govnet import --template {kind} OUT.xlsx`.")
    if file.suffix.lower() != ".xlsx":
        raise BadInput(f"{file} does not end in .xlsx, and a template is a workbook.", hint="Name it OUT.xlsx.")
    try:
        file.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}.", hint="Check the path.") from None
    say(f"{file} is written.")


def _undo(settings: Settings, plan: str, *, as_json: bool) -> None:
    async def work(graph: Graph) -> Summary:
        with progress_bar(not as_json) as show:
            return await undo(graph, plan, author=AUTHOR, reason=f"undo {plan}", progress=show)

    summary = with_graph(settings, work)
    if as_json:
        print_json(summary_json(summary))
    else:
        say(f"{plan} is taken back: {summary.withdrawn} withdrawn, {summary.changed} restored.")


def plan_json(plan: PlanInfo) -> dict[str, Any]:
    """A plan as it is listed."""
    return {
        "plan": plan.id,
        "name": plan.name,
        "state": plan.state,
        "author": plan.author,
        "recorded_at": plan.recorded_at.isoformat() + "Z",
        "data_version": plan.data_version,
        "undoes": plan.undoes,
        "source": plan.source,
    }


def _list(settings: Settings, *, as_json: bool) -> None:
    async def work(graph: Graph) -> list[PlanInfo]:
        return await plans(graph, "import")

    found = with_graph(settings, work)
    decisions = Imports(settings).decisions.listed()
    if as_json:
        told = {
            key: {"verdict": c.verdict.value, "target": c.target, "author": c.author} for key, c in decisions.items()
        }
        print_json({"imports": [plan_json(plan) for plan in found], "decisions": told})
        return
    table = Table("plan", "ledger", "state", "by", "at (UTC)")
    for plan in found:
        table.add_row(plan.id, plan.name, plan.state, plan.author, f"{plan.recorded_at:%Y-%m-%d %H:%M}")
    Console().print(table)
    for key, choice in decisions.items():
        say(f"decided: {key} {choice.verdict} {choice.target}")
