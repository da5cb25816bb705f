"""``govnet plan``: what was imported, edited and proposed, what each changed, and taking one back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup
from typer.main import get_command

from govnet_graph.changes import PlanInfo, Summary, plans, undo
from govnet_graph.changes.plans import plan as plan_of
from govnet_graph.cli.common import (
    EngineOption,
    JsonOption,
    LanguageOption,
    Tongue,
    print_json,
    progress_bar,
    say,
    settings_with,
    with_graph,
)
from govnet_graph.questions import question
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import Answer, ask


class _Whole(TyperGroup):
    """Finds the commands of the planner when they are asked for: their solvers take a while to load, which no other verb needs."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Every command, those of the planner first."""
        self._load()
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One command."""
        if cmd_name not in self.commands:
            self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        from govnet_graph.cli import plan_life, plan_results

        more = typer.Typer(rich_markup_mode=None)
        plan_results.register(more)
        plan_life.register(more)
        found: Any = get_command(more)
        self.commands = {**found.commands, **self.commands}


app = typer.Typer(
    cls=_Whole,
    help="Prove coverage, close its gaps: solve, keep as plans, decide, apply, take back; and imports and edits.",
    no_args_is_help=True,
)
AUTHOR = "local"


class Kind(StrEnum):
    """What a plan may be."""

    LOAD = "load"
    IMPORT = "import"
    EDIT = "edit"
    PROPOSAL = "proposal"


def _plain(plan: PlanInfo) -> dict[str, Any]:
    return {
        "id": plan.id,
        "name": plan.name,
        "kind": plan.kind,
        "state": plan.state,
        "author": plan.author,
        "reason": plan.reason,
        "recorded_at": plan.recorded_at.isoformat() + "Z",
        "data_version": plan.data_version,
        "undoes": plan.undoes,
        "source": plan.source,
    }


@app.command("list")
def list_plans(
    kind: Annotated[Kind | None, typer.Option(help="Only plans of this kind.")] = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the plans, newest first."""

    async def work(graph: Graph) -> list[PlanInfo]:
        return await plans(graph, kind)

    found = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json([_plain(plan) for plan in found])
        return
    table = Table("plan", "kind", "state", "by", "at (UTC)", "name")
    for plan in found:
        table.add_row(plan.id, plan.kind, plan.state, plan.author, f"{plan.recorded_at:%Y-%m-%d %H:%M}", plan.name)
    Console().print(table)


@app.command()
def show(
    plan: Annotated[str, typer.Argument(help="Id of the plan.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most changes to show.")] = 100,
    skip: Annotated[int, typer.Option(min=0, help="Changes to leave out before these.")] = 0,
    names: Annotated[bool, typer.Option("--names", help="Show names, and what was there before and after.")] = False,
    lang: LanguageOption = Tongue.ZH,
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one plan and what it changed; of a proposal, each change with its reason and what was next best."""

    async def work(graph: Graph) -> tuple[PlanInfo, Answer, dict[str, Any] | None]:
        given = {"plan": plan, "limit": limit, "skip": skip}
        info, answer = await plan_of(graph, plan), await ask(graph, question("plan-changes"), given, names=names)
        if info.kind != Kind.PROPOSAL:
            return info, answer, None
        from govnet_graph.changes.proposals import read

        return info, answer, (await read(graph, plan)).as_json()

    info, answer, proposal = with_graph(settings_with(engine=engine), work)
    records = answer.records()
    if as_json:
        print_json({**_plain(info), "changes": records, "more": answer.more, "proposal": proposal})
        return
    say(f"{info.id}: {info.kind} {info.name!r} by {info.author}, {info.state}. {info.reason}")
    if proposal is not None:
        for change in proposal["changes"][skip : skip + limit]:
            said = [text[lang] for text in (change["reason"], change["cost"]) if text]
            print(
                f"{change['position']}. {change['operation']} {change['unit']} > {change['area']}", *said, sep="\n   "
            )
    else:
        table = Table("operation", "kind", "id", *(("before", "after") if names else ()))
        for record in records:
            held = [str(record["change"].get(key) or "") for key in ("before", "after")] if names else []
            table.add_row(record["operation"], record["kind"], record["id"], *held)
        Console().print(table)
    if answer.more:
        say(f"There are more: --skip {skip + limit}.")


@app.command("undo")
def undo_plan(
    plan: Annotated[str, typer.Argument(help="Id of the plan.")],
    reason: Annotated[str, typer.Option(help="Why it is taken back.")] = "",
    engine: EngineOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back everything that a plan did, also one that was interrupted; nothing of it is forgotten."""

    async def work(graph: Graph) -> Summary:
        with progress_bar(not as_json) as shown:
            return await undo(graph, plan, author=AUTHOR, reason=reason or f"undo {plan}", progress=shown)

    summary = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(told(plan, summary))
    elif summary.already:
        say(f"{plan} had been taken back already.")
    else:
        say(f"{plan} is taken back: {summary.withdrawn} withdrawn, {summary.changed} restored.")


def told(plan: str, summary: Summary) -> dict[str, Any]:
    """What an undo did, as plain data."""
    return {
        "plan": plan,
        "state": summary.state,
        "undone_by": None if summary.already else summary.plan,
        "withdrawn": summary.withdrawn,
        "restored": summary.changed,
        "already": summary.already,
        "resumed": summary.resumed,
        "data_version": summary.data_version,
    }
