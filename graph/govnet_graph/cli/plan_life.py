"""``govnet plan preview``, ``edit``, ``approve``, ``apply`` and the rest of a plan's life."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from govnet_graph.changes import Summary
from govnet_graph.changes.proposals import (
    HandEdits,
    Proposal,
    apply,
    approve,
    by_hand,
    compare,
    discard,
    edit,
    preview,
    refuse,
    resolve,
)
from govnet_graph.changes.proposals.previewing import flat
from govnet_graph.changes.proposals.solving import day_of
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
from govnet_graph.cli.plan import AUTHOR
from govnet_graph.cli.plan_results import (
    AreaOption,
    ByOption,
    DayOption,
    LimitOption,
    ReasonOption,
)
from govnet_graph.planner.model import Timer
from govnet_graph.store.driver import Graph

PlanArgument = Annotated[str, typer.Argument(help="Id of the plan.")]
KeepOption = Annotated[bool, typer.Option("--keep", help="Leave the former plan as it is instead of discarding it.")]
_PAIRS = "as unit>area; repeat it or use commas"
AddOption = Annotated[
    list[str] | None,
    typer.Option(
        "--add", help="Pairing to begin, as unit>area or unit>area:service,service; repeat it.", metavar="PAIR"
    ),
]
RemoveOption = Annotated[
    list[str] | None, typer.Option("--remove", help=f"Pairing to end, or not to begin, {_PAIRS}.", metavar="PAIR")
]
LockOption = Annotated[
    list[str] | None, typer.Option("--lock", help=f"Pair that must stay or be made, {_PAIRS}.", metavar="PAIR")
]
ForbidOption = Annotated[
    list[str] | None, typer.Option("--forbid", help=f"Pair that must not be made, {_PAIRS}.", metavar="PAIR")
]
LeaveOption = Annotated[
    list[str] | None, typer.Option("--leave", help="Unit that stops pairing; repeat it or use commas.", metavar="UNIT")
]
UnlockOption = Annotated[
    list[str] | None, typer.Option("--unlock", help=f"Lock or ban to lift, {_PAIRS}.", metavar="PAIR")
]


def register(app: typer.Typer) -> None:
    """Adds the commands of a plan's life."""
    for name, command in (
        ("new", new), ("preview", preview_plan), ("edit", edit_plan), ("resolve", resolve_plan), ("compare", compare_plans),
        ("approve", approve_plan), ("refuse", refuse_plan), ("discard", discard_plan), ("apply", apply_plan),
    ):  # fmt: skip
        app.command(name)(command)


def _split(given: list[str] | None) -> tuple[str, ...]:
    return tuple(part for text in given or () for part in text.split(",") if part)


def _done(
    work: Callable[[Graph], Awaitable[Proposal]], engine: str | None, *, as_json: bool, said: str = "{id} is {state}."
) -> None:
    """Do something to a plan and tell of it."""
    plan = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(plan.as_json())
    else:
        say(said.format(id=plan.id, state=plan.state, changes=len(plan.changes)))


_MADE = "Kept as {id}: {changes} changes. `govnet plan preview {id}` shows what they would do."


def new(
    name: Annotated[str, typer.Argument(help="What the plan is called.")],
    add: AddOption = None,
    remove: RemoveOption = None,
    leave: LeaveOption = None,
    area: AreaOption = None,
    as_of: DayOption = None,
    reason: ReasonOption = "",
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Write a plan down by hand."""
    wanted = HandEdits(add=tuple(add or ()), remove=_split(remove), leave=_split(leave))

    async def work(graph: Graph) -> Proposal:
        return await by_hand(graph, wanted, name=name, author=by, reason=reason, area=area, as_of=day_of(as_of))

    _done(work, engine, as_json=as_json, said=_MADE)


def preview_plan(
    plan: PlanArgument,
    lang: LanguageOption = Tongue.ZH,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Show what applying a plan would do now. Exit code 1 where the graph has moved under it."""

    async def work(graph: Graph) -> dict[str, Any]:
        return await preview(graph, plan)

    found = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(found)
    else:
        for line in found["text"][lang]:
            typer.echo(line)
        for entry in found["moved"]:
            typer.echo(entry["text"][lang])
    if found["moved"]:
        raise typer.Exit(1)


def edit_plan(
    plan: PlanArgument,
    add: AddOption = None,
    remove: RemoveOption = None,
    lock: LockOption = None,
    forbid: ForbidOption = None,
    unlock: UnlockOption = None,
    leave: LeaveOption = None,
    name: Annotated[str, typer.Option(help="Another name for the plan.")] = "",
    reason: ReasonOption = "",
    keep: KeepOption = False,
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Edit a plan by hand; the outcome is a plan of its own."""
    others = (_split(given) for given in (remove, lock, forbid, unlock, leave))
    wanted = HandEdits(tuple(add or ()), *others)

    async def work(graph: Graph) -> Proposal:
        return await edit(graph, plan, wanted, author=by, name=name, reason=reason, keep_former=keep)

    _done(work, engine, as_json=as_json, said=_MADE)


def resolve_plan(
    plan: PlanArgument,
    time_limit: LimitOption = None,
    name: Annotated[str, typer.Option(help="Another name for the plan.")] = "",
    reason: ReasonOption = "",
    keep: KeepOption = False,
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Compute a plan anew around its locks and bans, on what the graph holds now."""
    settings = settings_with(engine=engine)

    async def work(graph: Graph) -> Proposal:
        with progress_bar(not as_json) as shown:
            watch = Timer(time_limit or settings.solve_seconds, lambda done, *_: shown("resolve", int(done * 100), 100))
            return await resolve(graph, plan, author=by, name=name, reason=reason, watch=watch, keep_former=keep)

    _done(work, engine, as_json=as_json, said=_MADE)


def compare_plans(
    plans: Annotated[list[str], typer.Argument(help="Ids of two or more plans.")],
    lang: LanguageOption = Tongue.ZH,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Compare plans side by side."""

    async def work(graph: Graph) -> dict[str, Any]:
        return await compare(graph, plans)

    found = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(found)
        return
    table = Table("", *(one["id"] for one in found["plans"]))
    figures = [_figures(one) for one in found["plans"]]
    for key, text in _FIGURES.items():
        table.add_row(text[lang], *(str(each.get(key, "")) for each in figures))
    Console().print(table)
    for title, changes in (("共同 common", found["common"]), *found["only"].items()):
        typer.echo(f"{title}: " + "; ".join(f"{c['operation']} {c['unit']}>{c['area']}" for c in changes))


_FIGURES: Mapping[str, Mapping[str, str]] = {
    "name": {"zh": "名称", "en": "name"},
    "state": {"zh": "状态", "en": "state"},
    "missing": {"zh": "缺少的提供方", "en": "providers that lack"},
    "uncovered": {"zh": "未覆盖", "en": "uncovered"},
    "covered": {"zh": "已覆盖", "en": "covered"},
    "unknown": {"zh": "未知", "en": "unknown"},
    "worst_load": {"zh": "最重负荷", "en": "worst load"},
    "over": {"zh": "超出能力的单位", "en": "units beyond capacity"},
    "changes": {"zh": "变更数", "en": "changes"},
}


def _figures(one: Mapping[str, Any]) -> dict[str, Any]:
    measures = one["preview"]["measures"]
    return {"name": one["name"], "state": one["state"], **(flat(measures["after"]) if measures else {})}


def approve_plan(
    plan: PlanArgument,
    reason: ReasonOption = "",
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Approve a plan, so that it may be applied."""
    own = settings_with(engine=engine).approve_own

    async def work(graph: Graph) -> Proposal:
        return await approve(graph, plan, author=by, reason=reason, own=own)

    _done(work, engine, as_json=as_json)


def refuse_plan(
    plan: PlanArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Refuse a plan, with the reason."""

    async def work(graph: Graph) -> Proposal:
        return await refuse(graph, plan, author=by, reason=reason)

    _done(work, engine, as_json=as_json)


def discard_plan(
    plan: PlanArgument,
    reason: ReasonOption = "",
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Give a plan up that was not applied."""

    async def work(graph: Graph) -> Proposal:
        return await discard(graph, plan, author=by, reason=reason)

    _done(work, engine, as_json=as_json)


def apply_plan(
    plan: PlanArgument,
    by: ByOption = AUTHOR,
    as_json: JsonOption = False,
    engine: EngineOption = None,
) -> None:
    """Apply an approved plan in one transaction; refused where the graph has moved under it. Repeating it does nothing."""

    async def work(graph: Graph) -> Summary:
        return await apply(graph, plan, author=by)

    summary = with_graph(settings_with(engine=engine), work)
    if as_json:
        print_json(applied(summary))
    elif summary.already:
        say(f"{plan} had been applied already.")
    else:
        say(f"{plan} is applied: {summary.created} begun, {summary.changed} changed, {summary.ended} ended.")


def applied(summary: Summary) -> dict[str, Any]:
    """What applying a plan did, as plain data."""
    names = ("plan", "state", "created", "changed", "ended", "already", "data_version")
    return {name: getattr(summary, name) for name in names}
